"""Names as they stand in a picture: in at most two lines, and how much room these take."""

from __future__ import annotations

import unicodedata

FONT_SIZE = 13
LINE_HEIGHT = 16
_LATIN = 0.56
"""How wide a letter is, by the width of a Chinese character; capitals are wider, small letters narrower."""
_LINE = 10.0
_LINES = 2


def width(text: str) -> float:
    """Return how wide a line is, in characters of Chinese.

    Args:
        text: the line.

    Examples:
        >>> width("科技局"), width("AB")
        (3.0, 1.12)
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else _LATIN for c in text)


def wrapped(name: str) -> list[str]:
    """Return a name in at most two lines; what does not fit is cut, with an ellipsis.

    Args:
        name: of a thing.

    Examples:
        >>> wrapped("昌吉市科技局"), wrapped("昌吉市科技创新支持产业高质量发展三年行动方案")
        (['昌吉市科技局'], ['昌吉市科技创新支持产', '业高质量发展三年行…'])
        >>> wrapped("Institute of Ecology and Geography")
        ['Institute of', 'Ecology and…']
    """
    left = " ".join(name.split())
    lines: list[str] = []
    while left and len(lines) < _LINES:
        line = _fitting(left)
        lines.append(line.rstrip())
        left = left[len(line) :].lstrip()
    if left:
        last = lines[-1]
        while width(last) > _LINE - 1:
            last = last[:-1]
        lines[-1] = f"{last.rstrip()}…"
    return lines or [""]


def _fitting(text: str) -> str:
    """Return as much of a text as fits into a line; Latin words are not broken if that can be helped."""
    taken, used = 0, 0.0
    while taken < len(text) and used + width(text[taken]) <= _LINE:
        used += width(text[taken])
        taken += 1
    if taken < len(text) and text[taken].isascii() and text[taken].isalnum():
        space = text.rfind(" ", 0, taken)
        if space > 0:
            return text[: space + 1]
    return text[:taken]
