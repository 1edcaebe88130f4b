"""Numbers as plans write them: 3,000, 2.4, 二十五, 三万五千, 两亿三千万, 二〇二五."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

ARABIC = r"\d{1,15}+(?:,\d{3})*+(?:\.\d{1,9}+)?"
_BELOW_MYRIAD = "[一二三四五六七八九十百千两零〇]{1,9}+"
# 五万名 counts 5 万名 as 5万名 does; only where more follows is 万 part of the number (三万五千名).
CHINESE = rf"(?:万(?=亿)|{_BELOW_MYRIAD}(?:亿{_BELOW_MYRIAD}(?:万(?:{_BELOW_MYRIAD})?)?|万{_BELOW_MYRIAD})?)"


def value_of(number: str) -> float:
    """Return what a number in digits or in characters says.

    Examples:
        >>> [value_of(n) for n in ("3,000", "2.4", "二十五", "一千零五", "三万五千", "一亿两千万", "千", "二〇二五")]
        [3000.0, 2.4, 25.0, 1005.0, 35000.0, 120000000.0, 1000.0, 2025.0]
    """
    if number[0].isascii():
        return float(number.replace(",", ""))
    if not any(c in _SMALL or c in _LARGE for c in number):
        return float("".join(str(_DIGITS[c]) for c in number))
    return float(_counted(number))


def _counted(number: str) -> int:
    """Add up a number that names its tens, hundreds, 万 and 亿."""
    total, section, digit = 0, 0, 0
    for character in number:
        if character in _LARGE:
            total += (section + digit or 1) * _LARGE[character]
            section, digit = 0, 0
        elif character in _SMALL:
            section, digit = section + (digit or 1) * _SMALL[character], 0
        else:
            digit = _DIGITS[character]
    return total + section + digit
