"""The numbers of headings: 一、 （一） 1. （1）, what rank each form has, and what follows what."""

from __future__ import annotations

import re

NUMERAL = "[一二三四五六七八九十百零〇]"
#: Rank and form of the numbers that headings begin with, the highest rank first.
RANKS: tuple[tuple[int, str], ...] = (
    (1, rf"第{NUMERAL}{{1,5}}(?:部分|章|篇)[ 　]*|{NUMERAL}{{1,5}}、(?!{NUMERAL}{{1,5}}[、（])"),
    (2, rf"（{NUMERAL}{{1,5}}）[、.]?|第{NUMERAL}{{1,5}}条[ 　]*"),
    (3, r"(?<![\d.])\d{1,3} ?[.、](?!\d) *"),
    (4, r"（\d{1,3}） *"),
)
NUMBER = re.compile("|".join(f"(?P<k{rank}>{form})" for rank, form in RANKS))
_DIGITS_RANK = 3
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


def rank_of(match: re.Match[str]) -> int:
    """Return the rank of a match of :data:`NUMBER`."""
    return next(rank for rank, _ in RANKS if match.group(f"k{rank}"))


def value_of(number: str) -> int:
    """Return the value of a heading's number.

    Examples:
        >>> [value_of(n) for n in ("一、", "（十一）", "第二十三条", "7.", "（12）", "一百零五、")]
        [1, 11, 23, 7, 12, 105]
    """
    digits = re.search(r"\d+", number)
    if digits:
        return int(digits.group())
    total, digit = 0, 0
    for character in number:
        if character in "十百":
            total, digit = total + (digit or 1) * (10 if character == "十" else 100), 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
    return total + digit


class Numbering:
    """Follows the numbers of a text, and says of each whether it comes next.

    A number comes next if it is the one after the last of its form, or 1; numbers of a lower rank may run on across the
    headings above them or start again.
    """

    def __init__(self) -> None:
        self._last: dict[int, int] = {}
        self._rank = 0
        self.length = 0

    def accept(self, match: re.Match[str]) -> bool:
        """Take ``match`` of :data:`NUMBER` if it comes next; return whether it does."""
        rank, value = rank_of(match), value_of(match.group())
        if value != self._last.get(rank, 0) + 1 and value != 1:
            return False
        self._last[rank], self._rank = value, rank
        self.length += 1
        return True

    def goes_on(self, match: re.Match[str]) -> bool:
        """Whether ``match`` is the number after the last of its form."""
        rank = rank_of(match)
        return rank in self._last and value_of(match.group()) == self._last[rank] + 1

    def may_follow_title(self, match: re.Match[str]) -> bool:
        """Whether ``match`` may stand right behind the title of the heading above it: 一、任务（一）建平台."""
        rank, value = rank_of(match), value_of(match.group())
        if rank == self._rank + 1:
            return value in (1, self._last.get(rank, 0) + 1)
        # 一、任务1.建平台 leaves （一） out.
        return self._rank == 1 and rank == _DIGITS_RANK and value in (1, self._last.get(rank, 0) + 1)
