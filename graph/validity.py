"""The graph as it was on one day: what is known not to have held, or not to have been said, by then is left out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from .assemble import recipe
from .records import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .ontology import Ontology
    from .records import Edge, Node
    from .regions import Region

DAY_VERSION = 2
"""Part of the stamp: raise it when this module leaves out something else, so that graphs of days are made anew."""
_SAID_ON: Mapping[str, tuple[str, ...]] = {"Progress": ("date",), "Plan": ("issue_date", "print_date")}
"""By type of node: which properties tell when it was said, the first that is there; before that day nobody knew it."""
_SETS = frozenset(("HAS_TASK", "HAS_MEASURE", "HAS_ACTION", "SETS_TARGET"))
"""What only a plan brings into the world is not there without it."""


def day_stamp(stamp: str, day: dt.date) -> str:
    """Return the stamp of the graph of a day.

    Args:
        stamp: of the whole graph.
        day: the day.

    Examples:
        >>> day_stamp("s", dt.date(2024, 6, 30)).startswith("s@2024-06-30")
        True
    """
    return f"{stamp}@{day.isoformat()}~{DAY_VERSION}"


def recipe_on(day: dt.date, ontology: Ontology, home: Region | None) -> str:
    """Return what names how the graph of a day is made, whatever the sources say; see :func:`recipe`.

    Args:
        day: the day.
        ontology: the types.
        home: the region from which it is seen.
    """
    return day_stamp(recipe(ontology, home), day)


def graph_on(graph: Graph, day: dt.date) -> Graph:
    """Return the part of ``graph`` that held on ``day``, as far as it was said by then.

    Both days of a validity belong to it; where one is not stated, it is open on that side. An edge holds while it and
    both its ends do. A standing in a later year was not known then, nor was a report of progress or a plan of a later
    day, whatever its validity says; what a plan sets goes with it. What has no date is not known to be later: it stays.

    Args:
        graph: the graph, with ``valid_from`` and ``valid_to`` on some nodes and edges.
        day: the day.

    Returns:
        The nodes and edges that held, under a stamp of their own.

    Examples:
        >>> from innograph.graph.records import Node
        >>> tier = Node("Tier:高企", ("Tier",), {"name": "高企", "valid_to": dt.date(2023, 12, 31)})
        >>> sheet = Node("Progress:高企", ("Progress",), {"name": "高企", "date": dt.date(2023, 6, 30)})
        >>> whole = Graph({tier.id: tier, sheet.id: sheet}, {}, "s")
        >>> [sorted(graph_on(whole, dt.date(year, 1, 1)).nodes) for year in (2023, 2024)]
        [['Tier:高企'], ['Progress:高企']]
    """
    gone = {own_id for own_id, node in graph.nodes.items() if not _known(node, day)}
    if gone:
        gone = _with_their_own(gone, graph.edges.values())
    nodes = {own_id: node for own_id, node in graph.nodes.items() if own_id not in gone}
    edges = {
        own_id: edge
        for own_id, edge in graph.edges.items()
        if edge.source in nodes and edge.target in nodes and _holds(edge.properties, day) and _reached(edge, day)
    }
    return Graph(nodes, edges, day_stamp(graph.stamp, day), graph.origins, graph.left_out)


def _known(node: Node, day: dt.date) -> bool:
    if not _holds(node.properties, day):
        return False
    said = (node.properties.get(name) for name in _SAID_ON.get(node.labels[-1], ()))
    since = next((one for one in said if isinstance(one, dt.date)), None)
    return since is None or since <= day


def _holds(properties: Mapping[str, Any], day: dt.date) -> bool:
    begin, end = properties.get("valid_from"), properties.get("valid_to")
    return bool((begin is None or begin <= day) and (end is None or day <= end))


def _reached(edge: Edge, day: dt.date) -> bool:
    year = edge.properties.get("year") if edge.type == "QUALIFIES_AS" else None
    return not isinstance(year, int) or year <= day.year


def _with_their_own(gone: set[str], edges: Iterable[Edge]) -> set[str]:
    """Return what is gone together with what nothing else sets: the tasks of a plan, their actions, their targets."""
    set_by: dict[str, set[str]] = {}
    for edge in edges:
        if edge.type in _SETS:
            set_by.setdefault(edge.target, set()).add(edge.source)
    while True:
        more = {own for own, by in set_by.items() if own not in gone and by <= gone}
        if not more:
            return gone
        gone |= more
