"""What every export reads: the graph's nodes and edges by type, in the order of the ontology, and their values."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.ontology import load_ontology
from innograph.graph.records import Edge
from innograph.graph.stores.values import edge_values, node_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.ontology import EdgeType, NodeType, Property
    from innograph.graph.records import Graph, Node

FOR_ENGINES = frozenset({"search"})
"""Properties that only serve an engine's look-up by name."""
LIST_SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class Nodes:
    """All nodes of one type, in id order; ``properties`` are those that they may have, the id first."""

    type: NodeType
    properties: Mapping[str, Property]
    records: Sequence[Node]


@dataclass(frozen=True, slots=True)
class Edges:
    """All edges of one type, in id order; ``properties`` are those that they may have, the id first."""

    type: EdgeType
    properties: Mapping[str, Property]
    records: Sequence[Edge]


def nodes_by_type(graph: Graph) -> Iterator[Nodes]:
    """Yield the nodes of each type that ``graph`` has.

    Examples:
        >>> from innograph.graph.records import Graph, Node
        >>> tier, task = Node("Tier:高企", ("Tier",), {"name": "高企"}), Node("Task:1", ("Task",), {"name": "一"})
        >>> [(group.type.label.zh, len(group.records)) for group in nodes_by_type(Graph({"a": tier, "b": task}, {}, "s"))]
        [('任务', 1), ('梯度', 1)]
    """
    ontology = load_ontology()
    grouped: defaultdict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes.values():
        grouped[node.label].append(node)
    for node_type in ontology.nodes.values():
        if records := grouped.get(node_type.name):
            yield Nodes(node_type, properties_of(node_type.properties, edge=False), records)


def edges_by_type(graph: Graph) -> Iterator[Edges]:
    """Yield the edges of each type that ``graph`` has."""
    ontology = load_ontology()
    grouped: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges.values():
        grouped[edge.type].append(edge)
    for edge_type in ontology.edges.values():
        if records := grouped.get(edge_type.name):
            yield Edges(edge_type, properties_of(edge_type.properties, edge=True), records)


def properties_of(own: Mapping[str, Property], *, edge: bool) -> dict[str, Property]:
    """Return all properties that a record with these ``own`` ones may have, the id first."""
    ontology = load_ontology()
    system = ontology.edge_system if edge else ontology.node_system
    return {"id": system["id"], **own, **ontology.both, **system}


def values_of(record: Node | Edge) -> dict[str, Any]:
    """Return what is known of a node or edge, its id among it; a number that is none counts as unknown.

    Examples:
        >>> from innograph.graph.records import Edge
        >>> values_of(Edge("PARTICIPATES_IN:1", "PARTICIPATES_IN", "a", "b", {"role": "参与", "cost": None}))
        {'role': '参与', 'id': 'PARTICIPATES_IN:1'}
    """
    values = edge_values(record) if isinstance(record, Edge) else node_values(record)
    return {
        name: value for name, value in values.items() if not (isinstance(value, float) and not math.isfinite(value))
    }


def joined(value: Any) -> Any:
    """Return a list as one text, for formats that have no lists; anything else as it is.

    Examples:
        >>> joined(["科技局", "市科技局"]), joined(3)
        ('科技局；市科技局', 3)
    """
    return LIST_SEPARATOR.join(cast("list[str]", value)) if isinstance(value, list) else value
