"""Nodes and edges as every engine stores them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ..ontology import ValueType, load_ontology

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..ontology import Property
    from ..records import Edge, Node

T = TypeVar("T")

BATCH = 5_000


def node_values(node: Node) -> dict[str, Any]:
    """Return the properties of ``node`` with its id, as :func:`edge_values` does for an edge."""
    return _values(node.id, node.properties, _float_names(node.label, edge=False))


def edge_values(edge: Edge) -> dict[str, Any]:
    """Return the properties of ``edge`` with its id.

    Unknown ones are left out. Where the ontology says float, ``50`` becomes ``50.0``: engines keep the two apart.
    """
    return _values(edge.id, edge.properties, _float_names(edge.type, edge=True))


def node_names(label: str) -> tuple[str, ...]:
    """Return the names of all properties that a node of this type may have, the id first.

    Examples:
        >>> node_names("Region")[0], "name" in node_names("Region")
        ('id', True)
    """
    return _names(label, edge=False)


def edge_names(edge_type: str) -> tuple[str, ...]:
    """Return the names of all properties that an edge of this type may have, the id first.

    Examples:
        >>> edge_names("LEADS")[0], "joint" in edge_names("LEADS")
        ('id', True)
    """
    return _names(edge_type, edge=True)


def node_columns(nodes: Sequence[Node]) -> dict[str, list[Any]]:
    """Return the properties of nodes of one type, column by column; ``None`` stands for what a node lacks.

    The values are those of :func:`node_values`.

    Examples:
        >>> from innograph.graph.records import Node
        >>> node_columns([Node("T1", ("Task",), {"position": 1}), Node("T2", ("Task",), {"name": "二"})])
        {'id': ['T1', 'T2'], 'name': [None, '二'], 'position': [1, None]}
    """
    return _columns(nodes, _float_names(nodes[0].label, edge=False))


def edge_columns(edges: Sequence[Edge]) -> dict[str, list[Any]]:
    """Return the properties of edges of one type, as :func:`node_columns` does for nodes."""
    return _columns(edges, _float_names(edges[0].type, edge=True))


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Yield ``items`` in pieces of ``size``.

    Examples:
        >>> list(batches([1, 2, 3], 2))
        [[1, 2], [3]]
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _values(own_id: str, properties: Mapping[str, Any], floats: frozenset[str]) -> dict[str, Any]:
    values = {k: float(v) if k in floats else v for k, v in properties.items() if v is not None}
    values["id"] = own_id
    return values


def _columns(records: Sequence[Node] | Sequence[Edge], floats: frozenset[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {"id": [record.id for record in records]}
    said = [record.properties for record in records]
    for name in sorted(set[str]().union(*said) - {"id"}):
        column: list[Any] = [properties.get(name) for properties in said]
        found[name] = [None if v is None else float(v) for v in column] if name in floats else column
    return found


@cache
def _known(type_name: str, *, edge: bool) -> dict[str, Property]:
    ontology = load_ontology()
    own = ontology.edges[type_name].properties if edge else ontology.nodes[type_name].properties
    return {**own, **ontology.both, **(ontology.edge_system if edge else ontology.node_system)}


@cache
def _names(type_name: str, *, edge: bool) -> tuple[str, ...]:
    return ("id", *(name for name in _known(type_name, edge=edge) if name != "id"))


@cache
def _float_names(type_name: str, *, edge: bool) -> frozenset[str]:
    known = _known(type_name, edge=edge)
    return frozenset(name for name, prop in known.items() if prop.type is ValueType.FLOAT)
