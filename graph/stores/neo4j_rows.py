"""Nodes and edges as rows of values, the same way to the server and back.

A row is a list, since the names of the properties would be most of what is sent if each row repeated them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString, cast

import neo4j

from .values import edge_names, edge_values, node_names, node_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..records import Edge, Node


def node_rows(nodes: Iterable[Node], names: Sequence[str]) -> list[list[Any]]:
    """Return the values of each node in the order of ``names``; ``None`` stands for what it lacks.

    Examples:
        >>> from innograph.graph.records import Node
        >>> node_rows([Node("T1", ("Task",), {"position": 1})], ["id", "name", "position"])
        [['T1', None, 1]]
    """
    return [list(map(node_values(node).get, names)) for node in nodes]


def edge_rows(edges: Iterable[Edge], names: Sequence[str]) -> list[list[Any]]:
    """Return the ends of each edge, then its values in the order of ``names``.

    Examples:
        >>> from innograph.graph.records import Edge
        >>> edge_rows([Edge("L1", "LEADS", "D", "T", {"joint": True})], ["id", "joint"])
        [['D', 'T', 'L1', True]]
    """
    return [[edge.source, edge.target, *map(edge_values(edge).get, names)] for edge in edges]


def names_of_nodes(label: str, nodes: Iterable[Node]) -> list[str]:
    """Return the names of the columns for nodes of one type: all that the ontology knows, and what else they have.

    The same for any nodes, as a rule: the server plans a query once for each text that it has.
    """
    return _with_others(node_names(label), nodes)


def names_of_edges(edge_type: str, edges: Iterable[Edge]) -> list[str]:
    """Return the names of the columns for edges of one type, as :func:`names_of_nodes` does."""
    return _with_others(edge_names(edge_type), edges)


def as_map(row: str, names: Sequence[str], first: int) -> str:
    """Return the Cypher map of a row whose values begin at ``first``, with the workspace that all of ours have.

    Examples:
        >>> as_map("r", ["id", "name"], 2)
        '{id: r[2], name: r[3], workspace: $workspace}'
    """
    values = [f"{name}: {row}[{place}]" for place, name in enumerate(names, first)]
    return "{" + ", ".join([*values, "workspace: $workspace"]) + "}"


def as_list(record: str, names: Sequence[str]) -> str:
    """Return the Cypher list that reads a row back, behind the number of all properties, unknown ones included.

    The number is -1 where the record is of another workspace.

    Examples:
        >>> as_list("n", ["id", "name"])
        '[CASE n.workspace WHEN $workspace THEN size(keys(n)) ELSE -1 END, n.id, n.name]'
    """
    values = [f"{record}.{name}" for name in names]
    return f"[CASE {record}.workspace WHEN $workspace THEN size(keys({record})) ELSE -1 END, {', '.join(values)}]"


def is_same(stored: Sequence[Any], wanted: Sequence[Any]) -> bool:
    """Whether a row that was read back holds ``wanted`` and nothing else.

    Values must be of the same type, too (``1``, ``1.0`` and ``True`` are equal in Python).

    Args:
        stored: the number of its properties with the workspace, then their values.
        wanted: the values.

    Examples:
        >>> is_same([2, "T1", None], ["T1", None]), is_same([3, "T1", None], ["T1", None]), is_same([2, 1], [1.0])
        (True, False, False)
    """
    if stored[0] != len(wanted) - wanted.count(None) + 1:
        return False
    return all(
        there is here or (type(value := native(there)) is type(here) and value == here)
        for there, here in zip(stored[1:], wanted, strict=True)
    )


def native(value: Any) -> Any:
    """Return the driver's dates and times as Python's own."""
    if isinstance(value, list):
        return [native(item) for item in cast("Sequence[Any]", value)]
    if isinstance(value, (neo4j.time.Date, neo4j.time.DateTime, neo4j.time.Time)):
        return value.to_native()
    return value


def literal(cypher: Any) -> LiteralString:
    """Vouch for a query text: the driver's types want one that holds no user's values, and ours are parameters."""
    return cast("LiteralString", cypher)


def _with_others(known: Sequence[str], records: Iterable[Node | Edge]) -> list[str]:
    others = {name for record in records for name in record.properties}.difference(known)
    return [*known, *sorted(others)]
