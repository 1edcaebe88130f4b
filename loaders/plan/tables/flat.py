"""Tables that lost their form when they were pasted as text, a cell a line: they cannot be read, and are no prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...document import Span
from ..structure.titles import ANNEX, squeezed
from .columns import Column, column_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...document import Document

_HEADER_LINES, _LEAST_KNOWN, _LONGEST_HEADER = 8, 3, 12
_FEWEST_LINES = 12
_COLUMN_GAP = re.compile(" {2,}|\t")
_TELLING = frozenset({Column.LEAD, Column.RESPONSIBLE, Column.SUPPORT, Column.VALUE})


def flat_tables(document: Document) -> tuple[Span, ...]:
    r"""Return where such tables stand: from their header words, in lines one after the other, to the next annex.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> cells = "\n".join(f"{n}\n建平台\n{n}个\n市科技局" for n in range(1, 4))
        >>> document = document_of_lines("a", f"一、任务\n附1\n序号\n任务\n2027年目标值\n责任单位\n{cells}")
        >>> [document.quote(span)[:2] for span in flat_tables(document)]
        ['序号']
    """
    lines = [document.trim(paragraph.span) for paragraph in document.paragraphs]
    return tuple(_found(document, lines))


def without_flat_tables(document: Document, tables: Sequence[Span]) -> Document:
    """Return ``document`` without the lines of ``tables``; offsets do not change."""
    return document.without(lambda p: any(table.start <= p.span.end - 1 < table.end for table in tables))


def _found(document: Document, lines: Sequence[Span]) -> Iterator[Span]:
    position = 0
    while position < len(lines):
        if not _is_header(document, lines[position : position + _HEADER_LINES]):
            position += 1
            continue
        end = position
        while end < len(lines) and not ANNEX.fullmatch(document.folded, lines[end].start, lines[end].end):
            end += 1
        if end - position >= _FEWEST_LINES:
            yield Span(lines[position].start, lines[end - 1].end)
        position = end


def _is_header(document: Document, lines: Sequence[Span]) -> bool:
    """Whether the words of a header begin here: one a line, or several in one line with gaps between."""
    words = [document.folded[line.start : line.end] for line in lines]
    if not words:
        return False
    if len(words[0]) <= _LONGEST_HEADER and "  " not in words[0]:
        cells = [squeezed(word) for word in words if len(word) <= _LONGEST_HEADER]
    else:
        cells = [squeezed(cell) for cell in _COLUMN_GAP.split(words[0]) if len(cell) <= _LONGEST_HEADER]
    if not cells or column_of(cells[0]) in (None, Column.OTHER):
        return False
    known = {column_of(cell) for cell in cells} - {None, Column.OTHER}
    return len(known) >= _LEAST_KNOWN and bool(known & _TELLING)
