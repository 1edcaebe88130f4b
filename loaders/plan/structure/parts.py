"""The several plans that one file may hold: a notice with two policies, a plan with an annex that counts anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...document import Span
from .numbering import NUMBER, rank_of, value_of
from .titles import ANNEX, is_title, title_block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...document import Document

_LINES_ABOVE = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the document with a title and a numbering of its own; the first begins with the file."""

    span: Span
    title: Span | None = None


def read_parts(document: Document) -> tuple[Part, ...]:
    r"""Return the parts of ``document``: one begins at each title above which headings end and below which they start anew.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> text = "甲市若干政策措施\n一、加大投入\n二、加强领导\n甲市行动方案\n一、建平台"
        >>> document = document_of_lines("a", text)
        >>> [document.quote(part.span).split("\n")[0] for part in read_parts(document)]
        ['甲市若干政策措施', '甲市行动方案']
    """
    lines = [document.trim(p.span) for p in document.paragraphs]
    titles = list(_titles_of_parts(document, lines))
    starts = [0, *(title.start for title in titles)]
    ends = [*starts[1:], len(document.text)]
    return tuple(Part(Span(start, end), title) for start, end, title in zip(starts, ends, (None, *titles), strict=True))


def _titles_of_parts(document: Document, lines: Sequence[Span]) -> Iterator[Span]:
    """The titles above each heading of the first rank that starts counting anew."""
    counted = False
    floor = 0
    for index, line in enumerate(lines):
        match = NUMBER.match(document.folded[line.start : line.end])
        if not match or rank_of(match) != 1:
            continue
        if counted and value_of(match.group()) == 1:
            title = _title_above(document, lines, max(floor, index - _LINES_ABOVE), index)
            if title:
                yield title
        counted, floor = True, index


def _title_above(document: Document, lines: Sequence[Span], first: int, last: int) -> Span | None:
    """The lowest title between two headings of the first rank, with the line 附件1 above it."""
    for index in range(last - 1, first, -1):
        if is_title(document, lines[index]):
            block = title_block(document, lines[: index + 1])
            top = next(i for i in range(index, -1, -1) if lines[i].start == block.start)
            if top and ANNEX.fullmatch(document.folded, lines[top - 1].start, lines[top - 1].end):
                return Span(lines[top - 1].start, block.end)
            return block
    return None
