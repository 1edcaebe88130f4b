"""Joins the lines of a text that was wrapped at a fixed width, or broken inside a bracket by the end of a page.

The joined text has other offsets than the file; :attr:`Document.removed` keeps how many characters were taken out
before each place, so that places in the file stay exact.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from ..document import Cell, Document, Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEWEST_FULL_LINES = 8
_LEAST_SHARE = 0.4
_NARROWEST, _WIDEST = 18, 80
_RAGGED = 3
_LONGEST_IN_BRACKET = 400
_ENDS = "。；：！？"
_STARTS = re.compile(
    r"[\s\u3000]{2,}|[（(]?[一二三四五六七八九十百]{1,4}[、）)]|第[一二三四五六七八九十百]{1,5}[章条部]|\d{1,3}[.、﹒．]|[（(]\d{1,3}[）)]"
    r"|[—–-]{2}|[\u4e00-\u9fff]{2,6}(?:单位|部门|时限|领导)[：:]|附件?[\d：:]|专栏|\||[（(【〔](?:责任|牵头|配合)"
)
# A long line of prose that stops in the middle of a sentence was broken off by the end of a page.
_BROKEN_OFF = re.compile(r"(?=.{0,400}[，。])[^\n]{40,}[\u4e00-\u9fff\dA-Za-z、，“（]")
_PAGE_MARK = re.compile(r"[—–-]? *\d{1,4} *[—–-]?$")


def unwrapped(document: Document) -> Document:
    r"""Return ``document`` with the lines joined that belong together.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> document = unwrapped(document_of_lines("a.txt", "建平台。（牵\n头单位：市科技局）\n引人才。"))
        >>> [document.quote(p.span) for p in document.paragraphs]
        ['建平台。（牵头单位：市科技局）', '引人才。']
        >>> document.locate(document.paragraphs[1].span).start
        17
    """
    joins = list(_joins(document))
    if not joins:
        return document
    return _Joined(document, joins).document()


def _joins(document: Document) -> Iterator[Span]:
    """What is taken out of the text: the line break and the blanks around it, at each join."""
    width, indented = _width(document), _indented(document)
    open_since: int | None = None
    for above, below in zip(document.paragraphs, document.paragraphs[1:], strict=False):
        line, following = document.quote(above.span), document.quote(below.span)
        if document.text[above.span.end : below.span.start].strip():
            open_since = None  # a table stands between them
            continue
        open_since = _still_open(document, above.span, open_since)
        ahead = following.lstrip()
        inside = open_since is not None and not _STARTS.match(ahead) and _closes(following)
        full = width is not None and _length(line) >= width - _RAGGED and not _STARTS.match(following)
        # Where paragraphs are not indented, a full stop at the end of a full line may end its paragraph.
        ends = not indented and line.rstrip()[-1:] in _ENDS
        broken = _BROKEN_OFF.fullmatch(line.strip()) and not _STARTS.match(following) and "。" in following
        if _PAGE_MARK.fullmatch(ahead) or not (inside or broken or (full and not ends)):
            open_since = None
            continue
        yield Span(above.span.start + len(line.rstrip()), below.span.start + len(following) - len(ahead))


def _indented(document: Document) -> bool:
    lines = [document.quote(p.span) for p in document.paragraphs]
    return sum(line.startswith(("　　", "  ", "\t")) for line in lines) * 10 > len(lines)


def _width(document: Document) -> int | None:
    """The width at which the text was wrapped, or ``None`` where it was not: most long lines are equally long then."""
    lengths = sorted(_length(document.quote(p.span)) for p in document.paragraphs)
    long = [length for length in lengths if length >= _NARROWEST]
    if len(long) < _FEWEST_FULL_LINES:
        return None
    width = long[-1 - len(long) // 20]
    full = [length for length in long if width - _RAGGED <= length <= width + 1]
    if width > _WIDEST or len(full) < _FEWEST_FULL_LINES or len(full) < len(long) * _LEAST_SHARE:
        return None
    return width


def _length(line: str) -> int:
    """The width of a line in Chinese characters: two Latin letters take the room of one."""
    text = line.rstrip()
    narrow = len(text.encode("ascii", "ignore"))
    return len(text) - narrow // 2


def _still_open(document: Document, span: Span, before: int | None) -> int | None:
    """Where the bracket begins that is open at the end of ``span``, if it is short enough to be one that was broken."""
    opened = [before] if before is not None else []
    for offset in range(span.start, span.end):
        character = document.folded[offset]
        if character in "（〔":
            opened.append(offset)
        elif character in "）〕" and opened:
            opened.pop()
    return opened[0] if opened and span.end - opened[0] <= _LONGEST_IN_BRACKET else None


def _closes(line: str) -> bool:
    """Whether the first bracket in ``line`` is one that closes."""
    first = re.search("[（(〔\\[【）)〕\\]】]", line)
    return bool(first) and first.group() in "）)〕]】" if first else False


class _Joined:
    """The document after all joins, with every span moved."""

    def __init__(self, document: Document, joins: Sequence[Span]) -> None:
        self._before = document
        self._joins = joins
        self._starts = [join.start for join in joins]
        taken = 0
        removed: list[tuple[int, int]] = []
        for join in joins:
            removed.append((join.start - taken, taken + len(join)))
            taken += len(join)
        self._removed = tuple(removed)

    def document(self) -> Document:
        pieces: list[str] = []
        start = 0
        for join in self._joins:
            pieces.append(self._before.text[start : join.start])
            start = join.end
        text = "".join((*pieces, self._before.text[start:]))
        return replace(
            self._before,
            text=text,
            paragraphs=tuple(self._paragraphs()),
            tables=tuple(self._table(table) for table in self._before.tables),
            removed=self._removed,
        )

    def _moved(self, offset: int) -> int:
        before = bisect_left(self._starts, offset)
        if not before:
            return offset
        join = self._joins[before - 1]
        taken = self._removed[before - 1][1] - max(join.end - offset, 0)
        return offset - taken

    def _span(self, span: Span) -> Span:
        return Span(self._moved(span.start), self._moved(span.end))

    def _paragraphs(self) -> Iterator[Paragraph]:
        ends = {join.end for join in self._joins}
        pending: Paragraph | None = None
        for paragraph in self._before.paragraphs:
            content = (
                paragraph.span.start
                + len(self._before.quote(paragraph.span))
                - len(self._before.quote(paragraph.span).lstrip())
            )
            if pending and content in ends:
                pending = Paragraph(Span(pending.span.start, paragraph.span.end), pending.place)
                continue
            if pending:
                yield Paragraph(self._span(pending.span), pending.place)
            pending = paragraph
        if pending:
            yield Paragraph(self._span(pending.span), pending.place)

    def _table(self, table: Table) -> Table:
        rows = tuple(tuple(Cell(self._span(cell.span), cell.place) for cell in row) for row in table.rows)
        return Table(rows, table.place, self._moved(table.at))
