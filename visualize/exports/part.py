"""Which part of the graph is exported: all of it, that of one day, what is around a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.days import day_of
from innograph.graph.records import Graph
from innograph.graph.validity import graph_on
from innograph.queries.lookup import FINDABLE, resolve

if TYPE_CHECKING:
    import datetime as dt

    from innograph.workspace import Workspace


def part_of(
    workspace: Workspace, *, as_of: dt.date | str | None = None, around: str | None = None, depth: int = 1
) -> Graph:
    """Return the graph of ``workspace``, or the part of it that is asked for.

    Args:
        workspace: opened.
        as_of: the day whose graph it is.
        around: a thing, named in any way that means one.
        depth: how many steps around it.

    Raises:
        NothingFound: there is no such thing.
        Ambiguous: several things have that name.
    """
    graph = workspace.graph()
    if as_of:
        graph = graph_on(graph, day_of(as_of))
    if around is None:
        return graph
    return neighbourhood(graph, resolve(workspace.store(as_of), around, FINDABLE).id, depth)


def neighbourhood(graph: Graph, centre: str, depth: int) -> Graph:
    """Return what lies within ``depth`` steps of ``centre``, whatever the direction of the edges.

    Examples:
        >>> from innograph.graph.records import Edge, Node
        >>> nodes = {name: Node(name, ("Tier",), {"name": name}) for name in "abcd"}
        >>> edges = {ends: Edge(ends, "NEXT_TIER", *ends, {}) for ends in ("ab", "bc", "cd")}
        >>> near = neighbourhood(Graph(nodes, edges, "s"), "a", 2)
        >>> list(near.nodes), list(near.edges)
        (['a', 'b', 'c'], ['ab', 'bc'])
    """
    near = {centre}
    for _ in range(depth):
        near |= {
            end
            for edge in graph.edges.values()
            if edge.source in near or edge.target in near
            for end in (edge.source, edge.target)
        }
    nodes = {own_id: node for own_id, node in graph.nodes.items() if own_id in near}
    edges = {own_id: edge for own_id, edge in graph.edges.items() if edge.source in near and edge.target in near}
    return Graph(nodes, edges, f"{graph.stamp}~{depth}~{centre}", graph.origins, graph.left_out)
