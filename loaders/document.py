"""What every reader makes of a file: one text, its paragraphs and the cells of its tables with their places.

Everything after reading works on spans of ``Document.text``; :meth:`Document.locate` turns a span back into a place
in the file. ``Document.folded`` is the same text with typing differences removed character by character, so that a
span found in it is a span of the text as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from innograph.graph.records import Evidence, Locator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from innograph.graph.issues import Issue

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FOLD = str.maketrans(
    {chr(code): chr(to) for code, to in _FULL_WIDTH.items()}
    | dict(
        zip(
            "():﹕︰,;!?､[]［］【】﹝﹞．﹒\ue010％＋／\u3000\xa0\t",
            "（）：：：，；！？、〔〕〔〕〔〕〔〕...%+/   ",
            strict=True,
        )
    )
)
_OPENING, _CLOSING = "（〔《“", "）〕》”"
_DIGIT_GROUP = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


def fold(text: str) -> str:
    """Return ``text`` with one form for each bracket, colon, comma, digit and space; the length stays the same.

    Examples:
        >>> fold("(责任单位:省科技厅,２０２７ 年 3,000 家)")
        '（责任单位：省科技厅，2027 年 3,000 家）'
    """
    return _DIGIT_GROUP.sub(",", text.translate(_FOLD))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document's text: offsets of its first character and after its last."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its span and where it stands in the file."""

    span: Span
    place: Locator


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the span of its text, which is empty where the cell is, and where it stands in the file."""

    span: Span
    place: Locator


@dataclass(frozen=True, slots=True)
class Table:
    """One table, row by row, all rows of one length; a merged cell is the same cell in each position it covers.

    ``at`` is the offset in the document's text before which it stands.
    """

    rows: tuple[tuple[Cell, ...], ...]
    place: Locator
    at: int


@dataclass(frozen=True)
class Document:
    """A file as read.

    Args:
        name: the file's name.
        text: all paragraphs and cells in order, exactly as they stand.
        paragraphs: those outside tables that hold more than white space, in order.
        tables: in order.
        issues: what the reader noticed.
        exact_offsets: whether offsets in ``text`` are offsets in the file's own text, once what was removed is added.
        removed: offsets in ``text``, in order, from which on so many characters of the file were left out before.
        set_aside: paragraphs that are no prose; they have places, and :meth:`without` puts more there.
    """

    name: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    issues: tuple[Issue, ...] = ()
    exact_offsets: bool = True
    removed: tuple[tuple[int, int], ...] = ()
    set_aside: tuple[Paragraph, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(p.span.start for p in self.paragraphs))

    @cached_property
    def _places(self) -> tuple[tuple[int, Locator], ...]:
        """Where each paragraph and each cell begins, in order."""
        cells = {cell for table in self.tables for row in table.rows for cell in row if len(cell.span)}
        starts = [(p.span.start, p.place) for p in (*self.paragraphs, *self.set_aside)] + [
            (c.span.start, c.place) for c in cells
        ]
        return tuple(sorted(starts, key=lambda found: found[0]))

    @cached_property
    def folded(self) -> str:
        """The text after :func:`fold`; offsets are the same."""
        return fold(self.text)

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph that holds ``offset``, or of the last one before it."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def paragraphs_in(self, span: Span) -> list[Span]:
        """Return the paragraphs that begin in ``span``, without white space at their ends."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [self.trim(paragraph.span) for paragraph in self.paragraphs[first:last]]

    def without(self, dropped: Callable[[Paragraph], bool]) -> Document:
        """Return the document with the paragraphs set aside that ``dropped`` is true of; offsets do not change."""
        aside = [paragraph for paragraph in self.paragraphs if dropped(paragraph)]
        if not aside:
            return self
        kept = tuple(paragraph for paragraph in self.paragraphs if not dropped(paragraph))
        return replace(self, paragraphs=kept, set_aside=(*self.set_aside, *aside))

    def lines_in(self, span: Span) -> Iterator[Span]:
        """Yield the paragraphs in ``span``, cut off at its ends and without white space; what stands in tables is none."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        for index in range(first, len(self.paragraphs)):
            paragraph = self.paragraphs[index]
            if paragraph.span.start >= span.end:
                break
            line = self.trim(Span(max(paragraph.span.start, span.start), min(paragraph.span.end, span.end)))
            if len(line):
                yield line

    def pieces(self, span: Span, marks: str, *, with_mark: bool = False) -> Iterator[Span]:
        r"""Yield what stands between any of ``marks`` outside brackets, white space trimmed, empty pieces too.

        A bracket or quotation mark that is never closed holds nothing together, and none reaches over a mark ``\n``.

        Examples:
            >>> document = document_of_lines("a", "各县（市、区）政府、市科技局")
            >>> [document.quote(piece) for piece in document.pieces(Span(0, len(document.text)), "、")]
            ['各县（市、区）政府', '市科技局']
        """
        text = self.folded
        last_closing = max(text.rfind(mark, span.start, span.end) for mark in _CLOSING)
        depth, start = 0, span.start
        for match in _marks_and_brackets(marks).finditer(text, span.start, span.end):
            mark, offset = match.group(), match.start()
            if mark in _OPENING:
                depth += offset < last_closing
            elif mark in _CLOSING:
                depth = max(depth - 1, 0)
            elif not depth or mark == "\n":
                yield self.trim(Span(start, match.end() if with_mark else offset))
                depth, start = 0, match.end()
        yield self.trim(Span(start, span.end))

    def locate(self, span: Span, section: str | None = None) -> Locator:
        """Return where ``span`` stands in the file."""
        before = bisect_right(self._places, span.start, key=lambda found: found[0])
        place = self._places[max(before - 1, 0)][1] if self._places else Locator()
        if self.exact_offsets:
            place = place._replace(start=self._in_file(span.start), end=self._in_file(span.end - 1) + 1)
        return place._replace(section=section)

    def _in_file(self, offset: int) -> int:
        """The offset in the file's own text."""
        before = bisect_right(self.removed, offset, key=lambda taken: taken[0])
        return offset + (self.removed[before - 1][1] if before else 0)

    def evidence(self, span: Span, section: str | None = None, confidence: float = 1.0) -> Evidence:
        """Return the quote and place of ``span``."""
        return Evidence(self.quote(span), self.locate(span, section), confidence)

    def quote(self, span: Span) -> str:
        """Return the exact text of ``span``."""
        return self.text[span.start : span.end]

    def trim(self, span: Span) -> Span:
        """Return ``span`` without white space at its ends."""
        text, start, end = self.text, span.start, span.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, max(start, end))


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A cell as a reader hands it over; the same object in each position that a merged cell covers."""

    text: str
    place: Locator


class DocumentBuilder:
    r"""Puts a document together from the paragraphs and tables of a file, in their order.

    Examples:
        >>> builder = DocumentBuilder("a.docx")
        >>> builder.paragraph("附件1", Locator(paragraph=1))
        >>> unit = Draft("市科技局", Locator(table=1, row=1, column=2))
        >>> builder.table([[Draft("建平台", Locator(table=1, row=1, column=1)), unit], [Draft("", Locator()), unit]], Locator())
        >>> document = builder.build()
        >>> document.text
        '附件1\n建平台\n市科技局'
        >>> document.locate(document.tables[0].rows[1][1].span).column
        2
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[str] = []
        self._length = 0
        self._paragraphs: list[Paragraph] = []
        self._tables: list[Table] = []

    def paragraph(self, text: str, place: Locator) -> None:
        """Add a paragraph; each line of it that holds more than white space is one of the document's."""
        for line in text.split("\n"):
            span = self._add(line)
            if line.strip():
                self._paragraphs.append(Paragraph(span, place))

    def table(self, rows: Sequence[Sequence[Draft]], place: Locator) -> None:
        """Add a table; short rows are filled up with empty cells."""
        at, width = self._length, max((len(row) for row in rows), default=0)
        made: dict[Draft, Cell] = {}
        grid: list[tuple[Cell, ...]] = []
        for row in rows:
            cells = [made.get(draft) or made.setdefault(draft, self._cell(draft)) for draft in row]
            filler = Cell(Span(self._length, self._length), place)
            grid.append((*cells, *(filler for _ in range(width - len(cells)))))
        self._tables.append(Table(tuple(grid), place, at))

    def build(self, issues: tuple[Issue, ...] = ()) -> Document:
        """Return the document; its offsets are its own and not those of the file."""
        text = "\n".join(self._lines)
        return Document(self._name, text, tuple(self._paragraphs), tuple(self._tables), issues, exact_offsets=False)

    def _cell(self, draft: Draft) -> Cell:
        text = draft.text.strip()
        return Cell(self._add(text) if text else Span(self._length, self._length), draft.place)

    def _add(self, line: str) -> Span:
        self._lines.append(line)
        start, self._length = self._length, self._length + len(line) + 1
        return Span(start, start + len(line))


@cache
def _marks_and_brackets(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks + _OPENING + _CLOSING)}]")


def document_of_lines(name: str, text: str, issues: tuple[Issue, ...] = ()) -> Document:
    r"""Return the document whose paragraphs are the lines of ``text``.

    Examples:
        >>> document = document_of_lines("a.txt", "一、目标\n\n二、任务\n")
        >>> [(document.quote(p.span), p.place.line) for p in document.paragraphs]
        [('一、目标', 1), ('二、任务', 3)]
    """
    paragraphs: list[Paragraph] = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            paragraphs.append(Paragraph(Span(start, start + len(line)), Locator(line=number)))
        start += len(line) + 1
    return Document(name, text, tuple(paragraphs), issues=issues)
