"""The assembled graph as a NetworkX graph, for analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from .records import Graph


def to_networkx(graph: Graph) -> nx.MultiDiGraph[str]:
    """Return ``graph`` for analyses; nodes and edges are in id order, so that every result can be repeated.

    Args:
        graph: the assembled graph.

    Returns:
        A graph whose nodes have ``label`` (the most specific), ``labels`` and their known properties; whose edges have
        their id as key, ``type`` and their known properties; and which has the stamp as ``graph["stamp"]``.

    Examples:
        >>> from innograph.graph.records import Edge, Graph, Node
        >>> nodes = {"a": Node("a", ("Tier",), {"name": "A", "year": None}), "b": Node("b", ("Tier",), {"name": "B"})}
        >>> made = to_networkx(Graph(nodes, {"e": Edge("e", "NEXT_TIER", "a", "b", {})}, "s1"))
        >>> made.nodes["a"]
        {'label': 'Tier', 'labels': ('Tier',), 'name': 'A'}
        >>> list(made.edges(keys=True, data="type")), made.graph
        ([('a', 'b', 'e', 'NEXT_TIER')], {'stamp': 's1'})
    """
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(stamp=graph.stamp)
    for own_id, node in sorted(graph.nodes.items()):
        known = {k: v for k, v in node.properties.items() if v is not None}
        made.add_node(own_id, label=node.label, labels=node.labels, **known)
    for own_id, edge in sorted(graph.edges.items()):
        known = {k: v for k, v in edge.properties.items() if v is not None}
        made.add_edge(edge.source, edge.target, key=own_id, type=edge.type, **known)
    return made
