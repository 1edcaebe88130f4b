"""Reads the part of a graph that is drawn from its engine: never the whole graph, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.ontology import load_ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from innograph.graph.stores import Store

_AWAY = """
UNWIND $ids AS own
MATCH (a:{root} {{id: own}})-[r]->(b)
RETURN r.id AS edge, type(r) AS type, a.id AS source, b.id AS target, labels(b) AS labels
"""
_BACK = """
UNWIND $ids AS own
MATCH (a:{root} {{id: own}})<-[r]-(b)
RETURN r.id AS edge, type(r) AS type, b.id AS source, a.id AS target, labels(b) AS labels
"""
_AMONG = """
UNWIND $ids AS own
MATCH (a:{root} {{id: own}})-[r]->(b)
WHERE b.id IN $all
RETURN r.id AS edge, type(r) AS type, a.id AS source, b.id AS target, r.quote AS quote, r.place AS place
"""
_NODES = """
UNWIND $ids AS own
MATCH (n:{root} {{id: own}})
RETURN n.id AS id, labels(n) AS labels, n.name AS name, n.search AS search, n.quote AS quote, n.place AS place
"""
_TIES = """
UNWIND $ids AS own
MATCH (n:{root} {{id: own}})-[r]-(m)
RETURN n.id AS id, count(r) AS ties
"""


class Tie(NamedTuple):
    """An edge that leads from a known node; ``label`` is the type of its other end, ``other``."""

    edge: str
    type: str
    source: str
    target: str
    other: str
    label: str


def ties_of(store: Store, ids: Iterable[str]) -> list[Tie]:
    """Return the edges of nodes in both directions, in the order of their ids.

    Args:
        store: the engine.
        ids: the nodes.
    """
    found: list[Tie] = []
    for root, some in by_root(ids).items():
        for cypher, at in ((_AWAY, 3), (_BACK, 2)):
            rows = store.query(cypher.format(root=root), {"ids": some}).rows
            found += [Tie(row[0], row[1], row[2], row[3], row[at], node_label(row[4])) for row in rows]
    return sorted(found)


def how_tied(store: Store, ids: Iterable[str]) -> dict[str, int]:
    """Return how many edges each node has in the whole graph.

    Args:
        store: the engine.
        ids: the nodes.
    """
    found: dict[str, int] = {}
    for root, some in by_root(ids).items():
        found |= dict(store.query(_TIES.format(root=root), {"ids": some}).rows)
    return found


def nodes_of(store: Store, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what a picture shows of each node, by its id.

    Args:
        store: the engine.
        ids: the nodes.
    """
    found: dict[str, dict[str, Any]] = {}
    for root, some in by_root(ids).items():
        for own, labels, name, search, quote, place in store.query(_NODES.format(root=root), {"ids": some}).rows:
            found[own] = {
                "label": node_label(labels),
                "name": name or own,
                "search": search or "",
                "quote": quote or "",
                "place": place or "",
            }
    return found


def graph_of(store: Store, ids: Iterable[str], allowed: frozenset[str] | None = None) -> nx.MultiDiGraph[str]:
    """Return these nodes and the edges among them, in the order of their ids.

    Args:
        store: the engine.
        ids: the nodes.
        allowed: types of edges; all if none are given.
    """
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    known = nodes_of(store, ids)
    for own in sorted(known):
        made.add_node(own, **known[own])
    edges: list[tuple[Any, ...]] = []
    for root, some in by_root(known).items():
        edges += store.query(_AMONG.format(root=root), {"ids": some, "all": sorted(known)}).rows
    for edge, kind, source, target, quote, place in sorted(edges, key=lambda row: row[0]):
        if allowed is None or kind in allowed:
            made.add_edge(source, target, key=edge, type=kind, quote=quote or "", place=place or "")
    return made


def by_root(ids: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the ids by the most general label of their nodes, by which engines find them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for own in sorted(set(ids)):
        found[load_ontology().nodes[own.partition(":")[0]].root].append(own)
    return found


def node_label(labels: Iterable[str]) -> str:
    """Return the most specific of a node's labels; on a server there is one more, the workspace's own."""
    types = load_ontology().nodes
    return max((name for name in labels if name in types), key=lambda name: (types[name].parent is not None, name))
