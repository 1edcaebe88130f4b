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


@cache
def _float_names(type_name: str, *, edge: bool) -> frozenset[str]:
    ontology = load_ontology()
    known: list[Mapping[str, Property]] = (
        [ontology.edges[type_name].properties, ontology.edge_system]
        if edge
        else [ontology.nodes[type_name].properties, ontology.node_system]
    )
    return frozenset(name for group in known for name, prop in group.items() if prop.type is ValueType.FLOAT)
