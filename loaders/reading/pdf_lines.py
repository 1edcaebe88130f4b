"""Letters to lines, and lines to the text of a cell: where a space is a word's end and where it is the typesetter's."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .pdf_page import Letter

_SAME_LINE = 0.45
_WIDE = 0.8
_GAP_OF_WORDS = 0.18
_GAP_BESIDE_CHINESE = 0.5
_GAP_IN_CHINESE = 0.33
_FEW_GAPS = 3
_WIDEST_SPREAD = 2.0
_CHINESE = 2  # the kind of a gap with wide letters at both sides; it is 1 with one, 0 with none
_ROOM = 2.0
PADDING = 5.4
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．﹒、](?!\d)|[（(]\d{1,2}[）)]"
    r"|[①-⑳]|[●○■□◆◇★▲·•]|第[一二三四五六七八九十百]{1,4}[章条节部]"
)
_BODY_NAME = re.compile(r"[局委办厅院部会行处室署校府团队所司站社]$|中心$")
_SENTENCE_END = "。；;！!？?：:"
_JOINING = "-/("
_CLOSING = "),.;:%/"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Args:
        text: as it stands, with the spaces that part words.
        left: where it begins.
        right: where it ends.
        base: the height of its base line.
        size: of its letters.
        opening: the width of what at its start can't be parted: a Chinese character, or a word or number.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    opening: float


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """Return the lines that letters make, from the top."""
    return [line for row in _rows(letters) if (line := _line(row))]


def begins_item(text: str) -> bool:
    """Whether a line begins with the number of a heading or the mark of a list.

    Examples:
        >>> [begins_item(text) for text in ("（一）总体", "2.引人才", "2.4亿人次", "第三条 适用", "建平台")]
        [True, True, False, True, False]
    """
    return bool(_ITEM.match(text))


def joined(before: str, after: str) -> str:
    """Return a text that was broken in two lines; a space stands only between words.

    Examples:
        >>> joined("建设科技创新", "平台"), joined("an action", "plan"), joined("共建", "AI"), joined("达到50", "0家")
        ('建设科技创新平台', 'an action plan', '共建AI', '达到500家')
    """
    if not before or not after or not (before[-1].isascii() and after[0].isascii()):
        return before + after
    if (before[-1].isdigit() and after[0].isdigit()) or before[-1] in _JOINING or after[0] in _CLOSING:
        return before + after
    return f"{before} {after}"


def cell_text(letters: Sequence[Letter], width: float) -> str:
    """Return the text of a cell ``width`` wide; a line break stays where the writer set one and it parts something."""
    lines = lines_of(letters)
    text = ""
    for before, line in zip([None, *lines], lines, strict=False):
        room = width - 2 * PADDING - (before.right - before.left) if before else 0.0
        text = f"{text}\n{line.text}" if before and _parts(before, line, room) else joined(text, line.text)
    return text


def _parts(before: Line, line: Line, room: float) -> bool:
    """Whether a line of a cell begins something new: an item of a list, or the next of several bodies."""
    if begins_item(line.text) and before.text[-1] in _SENTENCE_END:
        return True
    left_over = room >= _ROOM * before.size + max(line.opening - line.size, 0)
    if begins_item(line.text) and left_over:
        return True
    return left_over and bool(_BODY_NAME.search(before.text)) and bool(_BODY_NAME.search(line.text))


def _rows(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Letters with about the same base line."""
    row: list[Letter] = []
    for letter in sorted(letters, key=lambda letter: -letter.base):
        if row and row[0].base - letter.base > _SAME_LINE * max(row[0].size, letter.size):
            yield row
            row = []
        row.append(letter)
    if row:
        yield row


def _line(row: list[Letter]) -> Line | None:
    letters = _without_doubles(sorted(row, key=lambda letter: letter.left))
    size = median(letter.size for letter in letters)
    wide = [_is_wide(letter) for letter in letters]
    gaps = [(b.left - a.right) / size for a, b in pairwise(letters)]
    kinds = [a + b for a, b in pairwise(wide)]
    usual = {kind: _usual([g for g, k in zip(gaps, kinds, strict=True) if k == kind], kind) for kind in set(kinds)}
    limits = (_GAP_OF_WORDS, _GAP_BESIDE_CHINESE, _GAP_IN_CHINESE)
    text = letters[0].text
    opening = letters[0].right
    opened = wide[0]
    for letter, gap, kind in zip(letters[1:], gaps, kinds, strict=True):
        is_space = gap - usual[kind] >= limits[kind] or (letter.spaced and kind < _CHINESE)
        opened = opened or is_space or kind > 0
        if not opened:
            opening = letter.right
        text += f" {letter.text}" if is_space else letter.text
    text = text.strip()
    if not text:
        return None
    left = letters[0].left
    return Line(
        text, left, max(letter.right for letter in letters), median(x.base for x in letters), size, opening - left
    )


def _usual(gaps: list[float], kind: int) -> float:
    """The gap that letters of a kind keep on a line, which is justified or spread: 领　域 is one word."""
    if len(gaps) >= _FEW_GAPS:
        return min(max(median(gaps), 0.0), _WIDEST_SPREAD)
    return min(max(min(gaps), 0.0), _WIDEST_SPREAD) if kind == _CHINESE else 0.0


def _without_doubles(letters: list[Letter]) -> list[Letter]:
    """Letters but for those that were drawn again, a little moved, to look bold."""
    kept: list[Letter] = []
    for letter in letters:
        doubled = any(other.text == letter.text and letter.left < (other.left + other.right) / 2 for other in kept[-2:])
        if not doubled:
            kept.append(letter)
    return kept


def _is_wide(letter: Letter) -> bool:
    if unicodedata.east_asian_width(letter.text[0]) in "WF":
        return True
    return not letter.text.isascii() and letter.right - letter.left >= _WIDE * letter.size
