"""The proof of a node or edge: every quoted line with its document, its place, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import links

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.ledger import EvidenceRecord
    from innograph.workspace import Workspace

    from .desk import Reader

_MOST = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A quoted line: what stands before and after it, where, how sure its reading is, and its source's page."""

    quote: str
    before: str
    after: str
    source: str
    place: str
    confidence: float
    href: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a node or edge.

    Args:
        subject: its id.
        what: what it is, in words: a name, or who does what.
        lines: the quoted lines, the surest first.
        more: how many further ones are not shown.
    """

    subject: str
    what: str
    lines: tuple[Line, ...]
    more: int = 0


def proof_of(reader: Reader, subject: str) -> Proof:
    """Return the proof of a node or edge; one without lines if nobody states it."""
    workspace = reader.workspace
    records = workspace.evidence(subject)
    shown = records[:_MOST]
    digests = {source.origin: source.sha256 for source in reader.sources}
    around = workspace.surroundings(shown)
    lines = [
        Line(
            record.quote,
            near.before if near else "",
            near.after if near else "",
            record.source,
            record.place.show(),
            record.confidence,
            _page_of(digests, record, subject),
        )
        for record, near in zip(shown, around, strict=True)
    ]
    return Proof(subject, describe(workspace, subject), tuple(lines), len(records) - len(lines))


def describe(workspace: Workspace, subject: str) -> str:
    """Return what a node or edge is: its name, or the names of both ends with what ties them; else its id."""
    kind, known = subject.partition(":")[0], workspace.ontology
    if kind in known.nodes:
        named = workspace.store().query(f"MATCH (n:{kind} {{id: $id}}) RETURN n.name AS name", {"id": subject}).rows
        return str(named[0][0]) if named else subject
    if kind in known.edges:
        query = f"MATCH (a)-[r:{kind} {{id: $id}}]->(b) RETURN a.name AS one, b.name AS other"
        ends = workspace.store().query(query, {"id": subject}).rows
        return f"{ends[0][0]} {known.edges[kind].label.show()} {ends[0][1]}" if ends else subject
    return subject


def _page_of(digests: Mapping[str, str], record: EvidenceRecord, subject: str) -> str:
    return links.to_source(digests[record.origin], subject) if record.origin in digests else ""
