"""How much paper the body of a report takes, and what gives way where it would take more than two pages."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from .model import Items, Paragraph, Section
from .word_style import NARROW, STYLES, is_narrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from innograph.graph.text import Language

    from .model import Line
    from .word_style import Style

PAGES = 2
"""So many pages the body may take; what it has no room for stands in an annex."""
_A4 = (210.0, 297.0)
_POINTS = 72 / 25.4
_FILLED = {"zh": 0.98, "en": 0.95}
"""How much of a line is filled where it ends: words are not cut, nor may every mark begin a line."""
_BETWEEN = 0.25
"""Part of a character that word processors leave free between Chinese and Latin."""
_SPARE = 1
"""Lines that stay empty: a heading at the end of a page goes to the next with what is under it; the rest is rounding up."""
_WIDE_FONT, _PLAIN_FONT = 1.45, 1.22
"""How tall a line is for its font where no spacing is fixed, with Chinese in it and without."""


def room(language: Language) -> float:
    """Return how tall a body may be, in points.

    Examples:
        >>> round(room("zh") / STYLES["zh"].lines), "lines on two pages of 22"
        (43, 'lines on two pages of 22')
    """
    style = STYLES[language]
    page = (_A4[1] - style.margins[0] - style.margins[2]) * _POINTS
    line = _leading(style, "Body Text", wide=True)
    return PAGES * math.floor(page / line) * line - _SPARE * line


def height(titles: Sequence[str], body: Sequence[Section], annexes: Sequence[str], language: Language) -> float:
    """Return how tall a title, a body and the list of annexes under it are, in points.

    Args:
        titles: the lines of the title.
        body: its sections.
        annexes: their headings.
        language: of the report; it decides page, fonts and spacing.
    """
    contents = "　".join(f"{at}. {name}" for at, name in enumerate(annexes, start=1))
    parts = [
        *((title, "Title") for title in titles),
        ("0", "Subtitle"),
        *_told(body, 1, language),
        (contents, "Body Text"),
    ]
    return sum(_tall(text, name, language) for text, name in parts)


def fullest(
    most: Mapping[str, int],
    weights: Mapping[str, float],
    least: Mapping[str, int],
    fits: Callable[[dict[str, int]], bool],
) -> dict[str, int]:
    """Return how much of each kind there is room for: one by one, what is least for its weight first.

    Args:
        most: how much there is of each kind.
        weights: of the kinds; one of twice the weight gets half as many.
        least: how much of a kind is taken whether it fits or not, if there is so much.
        fits: whether there is room for so much of each kind.

    Examples:
        >>> fullest({"high": 3, "medium": 9}, {"high": 1, "medium": 2}, {}, lambda counts: sum(counts.values()) <= 5)
        {'high': 3, 'medium': 2}
    """
    counts = {kind: min(most[kind], least.get(kind, 0)) for kind in most}
    growing = set(most)
    while growing := {kind for kind in growing if counts[kind] < most[kind]}:
        kind = min(sorted(growing), key=lambda one: (counts[one] + 1) * weights[one])
        larger = {**counts, kind: counts[kind] + 1}
        if fits(larger):
            counts = larger
        else:
            growing.remove(kind)
    return counts


def _told(sections: Sequence[Section], level: int, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of sections with the names of their styles."""
    for section in sections:
        yield f"（一）{section.heading}", f"Heading {level}"
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield _flat(block.line, language), "Body Text"
            elif isinstance(block, Items):
                yield from ((f"10.{_flat(line, language)}", "List Number") for line in block.lines)
        yield from _told(section.sections, level + 1, language)


def _flat(line: Line, language: Language) -> str:
    return "".join(part if isinstance(part, str) else part.show(language) for part in line)


def _tall(text: str, name: str, language: Language) -> float:
    """Return how tall a paragraph is, in points, with the space around it."""
    style = STYLES[language]
    size = style.fonts[name].size
    across = (_A4[0] - style.margins[1] - style.margins[3]) * _POINTS / size
    indent = style.indent if name not in ("Title", "Subtitle") else 0
    lines = math.ceil((_wide(text) + indent) / (across * _FILLED[language]))
    return lines * _leading(style, name, wide=not all(map(is_narrow, text))) + _around(style, name)


def _wide(text: str) -> float:
    """Return how many Chinese characters wide a text is."""
    changes = sum(is_narrow(a) != is_narrow(b) for a, b in pairwise(text))
    return sum(NARROW if is_narrow(letter) else 1.0 for letter in text) + changes * _BETWEEN


def _leading(style: Style, name: str, *, wide: bool) -> float:
    """Return how tall a line is."""
    if style.lines:
        return style.lines * (style.fonts[name].size / 18 if name == "Title" else 1)
    return style.fonts[name].size * 1.15 * (_WIDE_FONT if wide else _PLAIN_FONT)


def _around(style: Style, name: str) -> float:
    """Return the space above and below a paragraph."""
    if name in ("Title", "Subtitle"):
        return style.fonts[name].size / (4 if name == "Title" else 1)
    if style.lines:
        return 0.0
    return 18.0 if name.startswith("Heading") else 6.0
