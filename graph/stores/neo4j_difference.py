"""What a Neo4j database holds of a workspace, compared with the graph that it should hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..ontology import load_ontology
from .neo4j_rows import as_list, edge_rows, is_same, names_of_edges, names_of_nodes, node_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..records import Edge, Graph, Node

    Read = Callable[..., Iterator[list[Any]]]
    """Runs a query and yields its rows; the parameter ``workspace`` is known to it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What to write, and what to delete.

    Args:
        new_nodes: the server lacks them.
        changed_nodes: the server has them otherwise.
        stale_nodes: the ids of those to delete.
        new_edges: the server lacks them.
        changed_edges: the server has them otherwise, of the same type and between the same ends.
        stale_edges: the server's own ids of those to delete, duplicates among them.
    """

    new_nodes: list[Node]
    changed_nodes: list[Node]
    stale_nodes: list[str]
    new_edges: list[Edge]
    changed_edges: list[Edge]
    stale_edges: list[str]

    @property
    def to_write(self) -> int:
        """How many nodes and edges are to be written."""
        return len(self.new_nodes) + len(self.changed_nodes) + len(self.new_edges) + len(self.changed_edges)


def find_difference(read: Read, graph: Graph, label: str) -> Difference:
    """Compare every record of the workspace, whose nodes carry ``label``, with ``graph``."""
    if next(read(f"MATCH (n:{label}) RETURN n.id LIMIT 1"), None) is None:
        # Edges of ours are between nodes of ours, so there are none either.
        return Difference(list(graph.nodes.values()), [], [], list(graph.edges.values()), [], [])
    new_nodes, changed_nodes, stale_nodes = _nodes(read, graph, label)
    new_edges, changed_edges, stale_edges = _edges(read, graph, label)
    return Difference(new_nodes, changed_nodes, stale_nodes, new_edges, changed_edges, stale_edges)


def _nodes(read: Read, graph: Graph, label: str) -> tuple[list[Node], list[Node], list[str]]:
    missing = dict(graph.nodes)
    changed: list[Node] = []
    stale: list[str] = []
    ours = load_ontology().nodes.keys()
    for labels, names in _kinds_of_nodes(read, graph, label).items():
        stored = read(f"MATCH (n:{label}) WHERE labels(n) = $labels RETURN n.id, {as_list('n', names)}", labels=labels)
        for own_id, values in stored:
            node = missing.pop(own_id, None)
            if node is None:
                stale.append(own_id)
            elif ours & set(labels) != set(node.labels) or not is_same(values, node_rows([node], names)[0]):
                changed.append(node)
    return list(missing.values()), changed, stale


def _kinds_of_nodes(read: Read, graph: Graph, label: str) -> dict[tuple[str, ...], Sequence[str]]:
    """Return the combinations of labels that the server has, each with the properties that such a node should have."""
    of_kind: defaultdict[frozenset[str], list[Node]] = defaultdict(list)
    for node in graph.nodes.values():
        of_kind[frozenset(node.labels)].append(node)
    kinds: dict[tuple[str, ...], Sequence[str]] = {}
    for (labels,) in read(f"MATCH (n:{label}) RETURN DISTINCT labels(n)"):
        wanted = of_kind.get(frozenset(load_ontology().nodes.keys() & set(labels)))
        kinds[tuple(labels)] = names_of_nodes(wanted[0].label, wanted) if wanted else ["id"]
    return kinds


def _edges(read: Read, graph: Graph, label: str) -> tuple[list[Edge], list[Edge], list[str]]:
    missing = dict(graph.edges)
    changed: list[Edge] = []
    stale: list[str] = []
    of_type: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges.values():
        of_type[edge.type].append(edge)
    for (edge_type,) in list(
        read(f"MATCH (:{label})-[r {{workspace: $workspace}}]->(:{label}) RETURN DISTINCT type(r)")
    ):
        names = names_of_edges(edge_type, of_type[edge_type]) if edge_type in of_type else ["id"]
        for element_id, source, target, values in read(
            f"MATCH (a:{label})-[r {{workspace: $workspace}}]->(b:{label}) WHERE type(r) = $type"
            f" RETURN elementId(r), a.id, b.id, {as_list('r', names)}",
            type=edge_type,
        ):
            wanted = missing.get(values[1])
            if wanted is None or (edge_type, source, target) != (wanted.type, wanted.source, wanted.target):
                stale.append(element_id)
                continue
            del missing[wanted.id]
            if not is_same(values, edge_rows([wanted], names)[0][2:]):
                changed.append(wanted)
    return list(missing.values()), changed, stale
