"""What goes into the ledger and what comes out of it: records, and how each is laid out in cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..issues import ISSUE_KINDS, Issue, Severity
from ..records import Assertion, EdgeAssertion, Evidence, Locator, NodeAssertion, show_place
from .codec import decode, encode, storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class NewSource:
    """A file about to be recorded.

    Args:
        origin: the file's identity: its path relative to the workspace if it lies inside, else the absolute path.
        name: the name shown.
        sha256: of the content, 64 hexadecimal digits.
        size: of the content, in bytes.
        loader: which loader reads it.
        loader_version: a file read by another version of its loader is read again.
    """

    origin: str
    name: str
    sha256: str
    size: int
    loader: str
    loader_version: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the ledger holds.

    Args:
        id: its number in the ledger.
        origin: the file's identity, see :class:`NewSource`.
        name: the name shown.
        sha256: of the content.
        size: of the content, in bytes.
        loader: which loader read it.
        loader_version: which version of it.
        loaded_at: when, in UTC, ISO 8601.
        position: rank in the order in which contents arrived; new content goes to the end, the same content read by
            another version of its loader stays where it was.
        assertions: how many things it says.
        issues: how many problems it has, by severity.
    """

    id: int
    origin: str
    name: str
    sha256: str
    size: int
    loader: str
    loader_version: str
    loaded_at: str
    position: int
    assertions: int
    issues: Mapping[Severity, int]


class Change(StrEnum):
    """What :meth:`Ledger.record` did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a file: ``source`` is the file as the ledger holds it, for a duplicate the one it repeats."""

    change: Change
    source: Source


class Stated(NamedTuple):
    """One assertion in the ledger: what it is about, who says it, what it says.

    Args:
        subject: id of the node or edge.
        source: who says it.
        type: the node's label or the edge's type.
        ends: ids of the edge's source and target, and its key; ``None`` for a node.
        properties: what is said of it.
        place_text: where the quote stands, as the ledger writes it; see :attr:`place`.
        quote: the exact words.
        confidence: 0 to 1.
    """

    subject: str
    source: Source
    type: str
    ends: tuple[str, str, str] | None
    properties: dict[str, Any]
    place_text: str
    quote: str
    confidence: float

    @property
    def place(self) -> Locator:
        """Where the quote stands; made when it is asked for, since a graph needs only that of the first statement."""
        return decode_place(self.place_text)

    @property
    def place_in_words(self) -> str:
        """The same in words, in the language in use; of a table with its file, since rows alone do not tell tables apart.

        Graphs ask for it by the million.
        """
        words = show_place(decode(self.place_text))
        return f"{self.source.name} {words}" if self.source.loader == "table" else words

    @property
    def assertion(self) -> Assertion:
        """The assertion as its loader made it."""
        evidence = Evidence(self.quote, self.place, self.confidence)
        if self.ends is None:
            return NodeAssertion(self.type, self.subject, self.properties, evidence)
        source, target, key = self.ends
        return EdgeAssertion(self.type, source, target, evidence, self.properties, key)


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One piece of evidence for a node or an edge.

    Args:
        source: name of the file.
        origin: identity of the file.
        type: the node's label or the edge's type.
        quote: the exact words.
        place: where they stand.
        confidence: 0 to 1.
        properties: what the source says of the node or edge there; the graph may have another's word for it.
    """

    source: str
    origin: str
    type: str
    quote: str
    place: Locator
    confidence: float
    properties: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """One problem and the file that has it."""

    source_id: int
    source: str
    origin: str
    issue: Issue


SOURCE_COLUMNS = "id, origin, name, sha256, size, loader, loader_version, loaded_at, position"
ASSERTION_COLUMNS = "kind, type, subject, from_id, to_id, key, properties, place, quote, confidence"


Kind = Literal["node", "edge"]

_BEFORE_ROW = (None,) * Locator._fields.index("row")

Row = tuple[str | float | None, ...]
"""The cells of one assertion, in the order of :data:`ASSERTION_COLUMNS`."""


def assertion_row(assertion: Assertion) -> Row:
    """Return the cells of an assertion."""
    evidence = assertion.evidence
    said = (
        encode(assertion.properties),
        encode_place(evidence.place),
        storable(evidence.quote),
        evidence.confidence,
    )
    if isinstance(assertion, NodeAssertion):
        return ("node", assertion.label, assertion.id, None, None, None, *said)
    return ("edge", assertion.type, assertion.id, assertion.source, assertion.target, assertion.key, *said)


def stated_of(sources: Mapping[int, Source], row: tuple[Any, ...]) -> Stated:
    """Return the statement from its source's id and the cells that :func:`assertion_row` made."""
    source_id, kind, type_, subject, start, end, key, properties, place, quote, confidence = row
    ends = None if kind == "node" else (start, end, key)
    return Stated(subject, sources[source_id], type_, ends, decode(properties), place, quote, confidence)


def source_cells(source: NewSource) -> tuple[Any, ...]:
    """Return the cells of a source that is recorded now, from ``origin`` to ``loaded_at``."""
    return (
        storable(source.origin),
        storable(source.name),
        source.sha256,
        source.size,
        source.loader,
        source.loader_version,
        dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )


def source_of(row: tuple[Any, ...], issues: Mapping[Severity, int]) -> Source:
    """Return the source with these :data:`SOURCE_COLUMNS`, number of assertions, and problems."""
    names = (*SOURCE_COLUMNS.split(", "), "assertions")
    cells: dict[str, Any] = dict(zip(names, row, strict=True))
    return Source(**cells, issues=issues)


def issues_by_severity(rows: Iterable[tuple[Any, ...]]) -> dict[int, dict[Severity, int]]:
    """Return how many problems of each severity each source has.

    Args:
        rows: source, code of the problem, how many. A code may be unknown, as a later innograph may have recorded it.
    """
    counts: dict[int, dict[Severity, int]] = {}
    for source_id, code, count in rows:
        severity = ISSUE_KINDS[code].severity if code in ISSUE_KINDS else Severity.WARNING
        of_source = counts.setdefault(source_id, {})
        of_source[severity] = of_source.get(severity, 0) + count
    return counts


def issue_of(row: tuple[Any, ...]) -> IssueRecord:
    """Return a problem from its source's id, name and origin, and its code, place, quote and values."""
    source_id, name, origin, code, place, quote, details = row
    return IssueRecord(source_id, name, origin, Issue(code, decode_place(place), quote, decode(details)))


def evidence_of(row: tuple[Any, ...]) -> EvidenceRecord:
    """Return a piece of evidence from its source's name and origin, and its type, quote, place, confidence and properties."""
    source, origin, type_, quote, place, confidence, properties = row
    return EvidenceRecord(source, origin, type_, quote, decode_place(place), confidence, decode(properties))


def first_cell(row: tuple[Any, ...]) -> str:
    """Return the first cell, a text."""
    return str(row[0])


def encode_place(place: Locator) -> str:
    """Return the fields that are set, as JSON."""
    row, column = place.row, place.column
    # A cell of a table, as nearly all places are.
    if row is not None and column is not None and place == (*_BEFORE_ROW, row, column, None):
        return f'{{"row":{row},"column":{column}}}'
    return encode(place.to_dict())


@lru_cache(maxsize=1024)
def decode_place(text: str) -> Locator:
    """Return the place that :func:`encode_place` made ``text`` from; neighbours in a source often share theirs."""
    return Locator(**decode(text))
