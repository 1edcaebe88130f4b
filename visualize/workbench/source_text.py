"""The text of a loaded document, paragraph by paragraph and table by table, with the quotes of the graph marked in it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.ledger import Archive
from innograph.loaders.document import Span
from innograph.loaders.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from innograph.graph.ledger import EvidenceRecord, Source
    from innograph.graph.records import Locator
    from innograph.loaders.document import Document, Table
    from innograph.workspace import Workspace

PAGE_BLOCKS = 150
_COPIES = "sources"


class Mark(NamedTuple):
    """A stretch of the text that proves a node or edge."""

    start: int
    end: int
    subject: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph.

    Args:
        text: its words.
        subject: the node or edge that it proves; empty if it proves none.
        more: how many further ones it proves.
        asked: whether it is what the page is to show.
    """

    text: str
    subject: str = ""
    more: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a row of a table, each of whose cells has pieces of its own.

    Args:
        place: where it stands in the file.
        cells: the pieces of the paragraph, or of each cell.
        row: whether it is a row of a table.
    """

    place: str
    cells: tuple[tuple[Piece, ...], ...]
    row: bool = False

    @property
    def asked(self) -> bool:
        """Whether something in it is what the page is to show."""
        return any(piece.asked for cell in self.cells for piece in cell)


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of a document: its blocks, which page it is, from 1, and how many there are."""

    blocks: tuple[Block, ...]
    page: int
    pages: int


def copy_of(workspace: Workspace, sha256: str) -> Path | None:
    """Return the kept copy of a source's file, or ``None`` if it is gone."""
    return Archive(workspace.folder / _COPIES).path(sha256)


def document_of(workspace: Workspace, source: Source) -> Document | None:
    """Return a source as its reader reads it, or ``None`` if its copy is gone.

    Raises:
        InputError: it can no longer be read.
    """
    copy = copy_of(workspace, source.sha256)
    return _read(source.name, copy) if copy else None


@lru_cache(maxsize=4)
def _read(name: str, copy: Path) -> Document:
    """Read a copy; its name says its content, so that it never changes."""
    return read_document(name, copy.read_bytes())


def marks_in(workspace: Workspace, source: Source, document: Document) -> list[Mark]:
    """Return where a document says what the graph has from it, in the order of the text."""
    subjects = dict.fromkeys(subject for _, subject, _ in workspace.said_by(source))
    whereabouts = Whereabouts(document)
    found = {
        Mark(span.start, span.end, subject)
        for subject in subjects
        for span in whereabouts.of(source, workspace.evidence(subject))
    }
    return sorted(found)


class Whereabouts:
    """Finds quotes in a document.

    Args:
        document: the document.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        found = [(part.place, part.span.start) for part in (*document.paragraphs, *document.set_aside)]
        found += [(cell.place, cell.span.start) for table in document.tables for row in table.rows for cell in row]
        self._starts: dict[Locator, int] = {}
        for place, start in found:
            self._starts.setdefault(_bare(place), start)

    def of(self, source: Source, records: Iterable[EvidenceRecord]) -> list[Span]:
        """Return where those of the quotes stand that are from ``source``, whose document this is."""
        spans = (self._span(record.place, record.quote) for record in records if record.origin == source.origin)
        return [span for span in spans if span is not None and len(span)]

    def _span(self, place: Locator, quote: str) -> Span | None:
        if self._document.exact_offsets and place.start is not None:
            span = Span(place.start, place.start + len(quote))
            if self._document.quote(span) == quote:
                return span
        start = self._starts.get(_bare(place))
        at = self._document.text.find(quote, start) if start is not None else -1
        return Span(at, at + len(quote)) if at >= 0 else None


def _bare(place: Locator) -> Locator:
    """Return a place without offsets and heading."""
    return place._replace(start=None, end=None, section=None)


def text_page(document: Document, marks: Sequence[Mark], asked: Sequence[Span], page: int | None) -> TextPage:
    """Return a page of a document.

    Args:
        document: the document.
        marks: what proves something, in the order of the text.
        asked: what the page is to show.
        page: which, from 1; ``None`` for the one with the first of ``asked``.
    """
    spans = _blocks(document)
    starts = [parts[0][0].start for parts in spans]
    pages = max(1, -(-len(spans) // PAGE_BLOCKS))
    if page is None:
        first = min((span.start for span in asked), default=0)
        page = max(0, bisect_left(starts, first + 1) - 1) // PAGE_BLOCKS + 1
    page = min(max(1, page), pages)
    shown = spans[(page - 1) * PAGE_BLOCKS : page * PAGE_BLOCKS]
    return TextPage(tuple(_block(document, parts, marks, asked) for parts in shown), page, pages)


_Part = tuple[Span, "Locator"]


def _blocks(document: Document) -> list[list[_Part]]:
    """Return the parts of each paragraph and each row of a table, in the order of the text."""
    found: list[list[_Part]] = [[(paragraph.span, paragraph.place)] for paragraph in document.paragraphs]
    for table in document.tables:
        found += _rows(table)
    return sorted(found, key=lambda parts: parts[0][0].start)


def _rows(table: Table) -> list[list[_Part]]:
    rows = [[(cell.span, cell.place) for cell in dict.fromkeys(row) if len(cell.span)] for row in table.rows]
    return [row for row in rows if row]


def _block(document: Document, parts: Sequence[_Part], marks: Sequence[Mark], asked: Sequence[Span]) -> Block:
    place = parts[0][1]
    in_table = place.row is not None
    shown = (place._replace(column=None) if in_table else place).show()
    return Block(shown, tuple(_pieces(document, span, marks, asked) for span, _ in parts), in_table)


def _pieces(document: Document, span: Span, marks: Sequence[Mark], asked: Sequence[Span]) -> tuple[Piece, ...]:
    """Return the pieces of a stretch of text: it is cut wherever a mark begins or ends."""
    here = [mark for mark in marks if mark.start < span.end and mark.end > span.start]
    wanted = [one for one in asked if one.start < span.end and one.end > span.start]
    edges = {span.start, span.end}
    ends = [(one.start, one.end) for one in here] + [(one.start, one.end) for one in wanted]
    edges |= {min(max(at, span.start), span.end) for pair in ends for at in pair}
    cuts = sorted(edges)
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        over = sorted((m for m in here if m.start <= start and m.end >= end), key=lambda m: (m.end - m.start, m))
        is_asked = any(one.start <= start and one.end >= end for one in wanted)
        subject, more = (over[0].subject, len({m.subject for m in over}) - 1) if over else ("", 0)
        pieces.append(Piece(document.text[start:end], subject, more, is_asked))
    return tuple(pieces)
