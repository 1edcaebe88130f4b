"""The quoted line behind an edge or a node: fetched for the rows that are shown, not for the whole graph."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.ontology import load_ontology

if TYPE_CHECKING:
    from collections.abc import Iterable

    from innograph.graph.stores import Store

_EDGES = """
UNWIND $rows AS row
MATCH (a:{source} {{id: row.source}})-[r:{type}]->(b:{target} {{id: row.target}})
WHERE r.id = row.edge
RETURN r.id AS id, r.quote AS quote, r.place AS place
ORDER BY id
"""
_NODES = """
UNWIND $ids AS own
MATCH (n:{label} {{id: own}})
RETURN n.id AS id, n.quote AS quote, n.place AS place
ORDER BY id
"""


class Link(NamedTuple):
    """An edge by its id, with its type and ends, by which an engine finds it at once."""

    edge: str
    type: str
    source: str
    target: str


class Proof(NamedTuple):
    """The words that say it, and where they stand."""

    quote: str
    place: str


def proofs(store: Store, links: Iterable[Link]) -> dict[str, Proof]:
    """Return the proof of each edge, by its id.

    Args:
        store: the engine.
        links: the edges.
    """
    kinds: defaultdict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for link in dict.fromkeys(links):
        kinds[link.type, _root(link.source), _root(link.target)].append(link)
    found: dict[str, Proof] = {}
    for (kind, source, target), some in kinds.items():
        cypher = _EDGES.format(source=source, type=kind, target=target)
        rows = [{"edge": one.edge, "source": one.source, "target": one.target} for one in some]
        found |= {own: Proof(quote, place) for own, quote, place in store.query(cypher, {"rows": rows}).rows}
    return found


def proofs_of_nodes(store: Store, ids: Iterable[str]) -> dict[str, Proof]:
    """Return the proof of each node, by its id.

    Args:
        store: the engine.
        ids: the nodes.
    """
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for own in dict.fromkeys(ids):
        kinds[_root(own)].append(own)
    found: dict[str, Proof] = {}
    for label, some in kinds.items():
        rows = store.query(_NODES.format(label=label), {"ids": some}).rows
        found |= {own: Proof(quote, place) for own, quote, place in rows}
    return found


def _root(own_id: str) -> str:
    """Return the most general label of a node, by which engines find it."""
    return load_ontology().nodes[own_id.partition(":")[0]].root
