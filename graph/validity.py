"""The graph as it was on one day: what is known not to have held then is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .records import Graph

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from .records import Edge


def graph_on(graph: Graph, day: dt.date) -> Graph:
    """Return the part of ``graph`` that held on ``day``.

    Both days of a validity belong to it; where one is not stated, it is open on that side. An edge holds while it and
    both its ends do. A standing in a later year was not known then, whatever its validity says.

    Args:
        graph: the graph, with ``valid_from`` and ``valid_to`` on some nodes and edges.
        day: the day.

    Returns:
        The nodes and edges that held, under a stamp of their own.

    Examples:
        >>> import datetime as dt
        >>> from innograph.graph.records import Node
        >>> tier = Node("Tier:高企", ("Tier",), {"name": "高企", "valid_to": dt.date(2023, 12, 31)})
        >>> whole = Graph({tier.id: tier}, {}, "s")
        >>> [len(graph_on(whole, dt.date(year, 12, 31)).nodes) for year in (2022, 2023, 2024)]
        [1, 1, 0]
    """
    nodes = {own_id: node for own_id, node in graph.nodes.items() if _holds(node.properties, day)}
    edges = {
        own_id: edge
        for own_id, edge in graph.edges.items()
        if edge.source in nodes and edge.target in nodes and _holds(edge.properties, day) and _reached(edge, day)
    }
    return Graph(nodes, edges, f"{graph.stamp}@{day.isoformat()}", graph.origins, graph.left_out)


def _holds(properties: Mapping[str, Any], day: dt.date) -> bool:
    begin, end = properties.get("valid_from"), properties.get("valid_to")
    return bool((begin is None or begin <= day) and (end is None or day <= end))


def _reached(edge: Edge, day: dt.date) -> bool:
    year = edge.properties.get("year") if edge.type == "QUALIFIES_AS" else None
    return not isinstance(year, int) or year <= day.year
