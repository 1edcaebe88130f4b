"""Lines of pages to paragraphs: a paragraph begins where the typesetter says so, and goes on over the page's end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from .pdf_lines import begins_item, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .pdf_lines import Line

_UPPER_EDGE, _LOWER_EDGE = 0.085, 0.125  # of a page: where headers and page numbers stand
_PAGE_NUMBER = re.compile(
    r"[—–―─\-－~～·•|.\s]{0,6}(?:第\s?)?[0-9０-９一二三四五六七八九十百ivxlcIVXLC]{1,5}\s?页?"
    r"(?:\s?[,，/／;；]?\s?(?:共\s?)?[0-9０-９]{1,5}\s?页?)?[—–―─\-－~～·•|.\s]{0,6}"
    r"|[Pp]age\s?\d{1,5}(?:\s?(?:of|/)\s?\d{1,5})?"
)
_LEADER = re.compile(r"[.．…·]{4}\s?\d{0,4}$")
_DIGITS = re.compile(r"[0-9０-９]{1,9}")
_FEWEST_REPEATS = 3
_OFTEN = 0.3
_INDENT = 1.2
_AT_MARGIN = 0.6
_ROOM = 2.0
_OTHER_SIZE = 0.08
_TITLE_SIZE = 1.12
_WIDEST_LEADING = 2.6
_MORE_LEADING = 1.45
_CENTRED = 0.8
_MARGIN_OF_CENTRED = 2.0
_SENTENCE_END = "。；;！!？?：:"


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page outside its tables, from the top, with the size of the page."""

    page: int
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page begin and end, how large its letters are, and how far apart its base lines."""

    left: float
    right: float
    size: float
    leading: float

    @property
    def width(self) -> float:
        """How long a full line is."""
        return self.right - self.left


def without_running(pages: Sequence[PageLines]) -> list[PageLines]:
    """Return the pages without page numbers and without headers and footers that many pages repeat."""
    repeats = Counter(key for page in pages for key in {_key(line) for line in page.lines if _is_at_edge(page, line)})
    often = max(_FEWEST_REPEATS, _OFTEN * len(pages))
    return [
        replace(page, lines=tuple(line for line in page.lines if not _is_running(page, line, repeats, often)))
        for page in pages
    ]


def _is_running(page: PageLines, line: Line, repeats: Counter[tuple[str, int]], often: float) -> bool:
    if not _is_at_edge(page, line):
        return False
    is_outermost = line is page.lines[0] or line is page.lines[-1]
    return (is_outermost and bool(_PAGE_NUMBER.fullmatch(line.text))) or repeats[_key(line)] >= often


def _is_at_edge(page: PageLines, line: Line) -> bool:
    return line.base < _LOWER_EDGE * page.height or line.base > (1 - _UPPER_EDGE) * page.height


def _key(line: Line) -> tuple[str, int]:
    """What a running line has in common on all pages: its words, but for numbers, and its height."""
    return _DIGITS.sub("#", line.text), round(line.base / max(line.size, 1.0))


def margins_of(pages: Sequence[PageLines]) -> list[Margins]:
    """Return the margins of each page; a page with too few lines has those of the pages of its width."""
    size = _usual_size(line for page in pages for line in page.lines)
    common: dict[int, Margins | None] = {}
    found: list[Margins] = []
    for page in pages:
        width = round(page.width)
        if width not in common:
            alike = [line for other in pages if round(other.width) == width for line in other.lines]
            common[width] = _margins(alike, size)
        usual = common[width] or Margins(0.12 * page.width, 0.88 * page.width, size, _WIDEST_LEADING * size)
        own = _margins(page.lines, size)
        found.append(own if own and own.width >= 0.9 * usual.width else usual)
    return found


def _usual_size(lines: Iterable[Line]) -> float:
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[round(line.size * 2)] += len(line.text)
    return sizes.most_common(1)[0][0] / 2 if sizes else 12.0


def _margins(lines: Sequence[Line], size: float) -> Margins | None:
    """The outermost places where at least a few lines of the text's size begin and end."""
    text = [line for line in lines if abs(line.size - size) <= 2 * _OTHER_SIZE * size]
    few = max(2, len(text) // 50)
    left = _outermost(sorted(line.left for line in text), size, few)
    right = _outermost(sorted(-line.right for line in text), size, few)
    if left is None or right is None or -right - left < 8 * size:
        return None
    gaps = sorted(
        gap for above, below in pairwise(text) if size <= (gap := above.base - below.base) <= _WIDEST_LEADING * size
    )
    return Margins(left, -right, size, gaps[len(gaps) // 4] if gaps else _WIDEST_LEADING * size / _MORE_LEADING)


def _outermost(places: list[float], size: float, few: int) -> float | None:
    for index in range(len(places) - few + 1):
        if places[index + few - 1] - places[index] <= _AT_MARGIN * size:
            return places[index]
    return None


def paragraphs_of(lines: Iterable[PlacedLine]) -> Iterator[tuple[str, int]]:
    """Yield each paragraph of lines that follow one another, with the page it begins on."""
    current: _Open | None = None
    for line in lines:
        if current and _goes_on(current, line):
            current.text = joined(current.text, line.line.text)
            current.last = line
            current.count += 1
            continue
        if current:
            yield current.text, current.first.page
        current = _Open(line.line.text, line, line)
    if current:
        yield current.text, current.first.page


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its page and that page's margins."""

    line: Line
    page: int
    margins: Margins

    @property
    def indent(self) -> float:
        """How far from the margin it begins, in letters."""
        return (self.line.left - self.margins.left) / self.line.size

    @property
    def room(self) -> float:
        """How much of the line is left, in letters."""
        return (self.margins.right - self.line.right) / self.line.size

    @property
    def is_title(self) -> bool:
        """Whether it is larger than the text and stands in the middle."""
        return self.line.size > _TITLE_SIZE * self.margins.size and self._is_in_the_middle

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle, away from both margins, or is a title."""
        return self.is_title or (self._is_in_the_middle and min(self.indent, self.room) >= _MARGIN_OF_CENTRED)

    @property
    def _is_in_the_middle(self) -> bool:
        return abs(self.indent - self.room) <= 2 * _CENTRED


@dataclass(slots=True)
class _Open:
    """A paragraph that may go on: its text so far, its first and last line, and how many it has."""

    text: str
    first: PlacedLine
    last: PlacedLine
    count: int = 1


def _goes_on(current: _Open, line: PlacedLine) -> bool:
    """Whether a line belongs to the paragraph before it."""
    last = current.last
    if abs(line.line.size - last.line.size) > _OTHER_SIZE * last.line.size or _LEADER.search(last.line.text):
        return False
    if line.page == last.page:
        if line.margins != last.margins or last.line.base - line.line.base > _MORE_LEADING * line.margins.leading:
            return False
    elif abs(line.margins.width - last.margins.width) > _ROOM * line.line.size:
        return False
    if last.is_title and line.is_title:
        return line.page == last.page and not begins_item(line.line.text)
    if last.is_centred or line.is_centred:
        return False
    if last.room >= _ROOM + max(line.line.opening / line.line.size - 1, 0):
        return False
    ended = last.line.text[-1] in _SENTENCE_END
    if begins_item(line.line.text) and (ended or line.indent >= _INDENT):
        return False
    if line.indent < _INDENT:
        return True
    # Lines under a number may hang: all but the first are indented alike.
    hangs = last.indent if current.count > 1 else current.first.indent + _INDENT
    return line.indent >= current.first.indent + _INDENT and line.indent >= hangs - _AT_MARGIN and last.room < 1
