"""Shows a quote in its place: what stands before and after it in the file it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .document import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.ledger import Archive, EvidenceRecord, Source
    from innograph.graph.records import Locator

    from .document import Document

_REACH = 40
_CELL = " | "


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands before and after a quote; in a table, the other cells of its row."""

    before: str
    after: str


def surroundings_of(
    records: Sequence[EvidenceRecord], plans: Mapping[str, Source], archive: Archive
) -> list[Surroundings | None]:
    """Return what stands around the quote of each record in the kept copy of its file.

    Args:
        records: the evidence.
        plans: the sources that are documents, by origin.
        archive: the kept copies.

    Returns:
        One for each record; ``None`` where the file is no document, such as a roster, or the copy is gone.
    """
    from .reading import read_document

    read: dict[str, Document] = {}
    found: list[Surroundings | None] = []
    for record in records:
        source = plans.get(record.origin)
        copy = archive.path(source.sha256) if source else None
        if source is None or copy is None or not copy.is_file():
            found.append(None)
            continue
        if record.origin not in read:
            read[record.origin] = read_document(source.name, copy.read_bytes())
        found.append(surroundings(read[record.origin], record.place, record.quote))
    return found


def surroundings(document: Document, place: Locator, quote: str, reach: int = _REACH) -> Surroundings | None:
    r"""Return what stands around ``quote``, or ``None`` where it does not stand at ``place``.

    Args:
        document: the file as read.
        place: where the quote is said to stand.
        quote: the exact words.
        reach: how many characters before and after are wanted.

    Examples:
        >>> from innograph.graph.records import Locator
        >>> from innograph.loaders.document import document_of_lines
        >>> document = document_of_lines("a.txt", "（一）建平台。\n牵头单位：市科技局\n配合单位：市财政局")
        >>> surroundings(document, Locator(line=2, start=8, end=17), "牵头单位：市科技局", reach=4)
        Surroundings(before='平台。 ', after=' 配合单')
    """
    in_row = _in_row(document, place, quote)
    if in_row:
        return in_row
    span = _span_of(document, place, quote)
    if span is None:
        return None
    before = document.text[max(0, span.start - reach) : span.start]
    after = document.text[span.end : span.end + reach]
    return Surroundings(" ".join(before.split("\n")), " ".join(after.split("\n")))


def _span_of(document: Document, place: Locator, quote: str) -> Span | None:
    if document.exact_offsets and place.start is not None:
        span = Span(place.start, place.start + len(quote))
        return span if document.quote(span) == quote else None
    wanted = _whereabouts(place)
    starts = [p.span.start for p in document.paragraphs if _whereabouts(p.place) == wanted]
    found = next((at for start in starts if (at := document.text.find(quote, start)) >= 0), -1)
    return Span(found, found + len(quote)) if found >= 0 else None


def _in_row(document: Document, place: Locator, quote: str) -> Surroundings | None:
    """The other cells of the row in which the quote stands."""
    if place.row is None:
        return None
    for table in document.tables:
        for row in table.rows:
            cells = list(dict.fromkeys(cell for cell in row if len(cell.span)))
            texts = [document.quote(cell.span) for cell in cells]
            for index, cell in enumerate(cells):
                if _whereabouts(cell.place) == _whereabouts(place) and quote in texts[index]:
                    head, _, tail = texts[index].partition(quote)
                    before = "".join(f"{text}{_CELL}" for text in texts[:index])
                    after = "".join(f"{_CELL}{text}" for text in texts[index + 1 :])
                    return Surroundings(_one_line(before + head), _one_line(tail + after))
    return None


def _whereabouts(place: Locator) -> tuple[object, ...]:
    """The place without character offsets and heading."""
    return (place.page, place.paragraph, place.line, place.sheet, place.table, place.row, place.column)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
