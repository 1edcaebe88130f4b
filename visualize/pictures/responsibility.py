"""The plan at a glance: tasks, who leads and supports them, and what their sentences name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text
from innograph.queries.lookup import resolve
from innograph.queries.network import Link, proofs

from .reading import graph_of, ties_of
from .scene import Scene

if TYPE_CHECKING:
    import networkx as nx

    from innograph.graph.stores import Store
    from innograph.workspace import Workspace

    from .reading import Tie
    from .wanted import Wanted

_OVERVIEW = Text("责任分工与关系图", "Responsibilities and network")
_PARTS = frozenset({"HAS_TASK", "HAS_MEASURE"})
_SHOWN = frozenset(
    {
        "Plan",
        "Task",
        "Measure",
        "Department",
        "Collective",
        "Enterprise",
        "Institute",
        "ServiceBody",
        "Platform",
        "TalentProgram",
        "Event",
    }
)
"""Who, what, and how much; sentences and regions come with a neighbourhood."""


def responsibility(workspace: Workspace, wanted: Wanted) -> Scene:
    """Return the plans of a workspace, or the one that is named, with their tasks and who and what these speak of.

    What a sentence of a task names is tied to the task itself.

    Args:
        workspace: what is drawn from.
        wanted: which plan, and what of it.

    Raises:
        NothingFound: there is no such plan.
        Ambiguous: several plans have that name.
    """
    store = workspace.store(wanted.day or None)
    if wanted.thing:
        plan = resolve(store, wanted.thing, ("Plan",))
        plans, title = [plan.id], plan.name
    else:
        plans = [own for (own,) in store.query("MATCH (p:Plan) RETURN p.id AS id ORDER BY id").rows]
        title = workspace.settings.title
    graph = _folded(store, plans, wanted)
    kept = _most_telling(graph, wanted.limit)
    left = [graph.nodes[own]["label"] for own in graph if own not in kept]
    note = wanted.left_out(len(kept), len(graph), max(left, key=left.count, default=""))
    name = f"{title}　{_OVERVIEW.show()}" if title else _OVERVIEW.show()
    return Scene(name, graph.subgraph(kept).copy(), note)


def _folded(store: Store, plans: list[str], wanted: Wanted) -> nx.MultiDiGraph[str]:
    """Return the plans, their parts, and what is tied to the parts or to their sentences."""
    ties = [tie for tie in ties_of(store, plans) if tie.source in plans or tie.label == "Plan"]
    parts = [tie.other for tie in ties if tie.type in _PARTS]
    of_parts = ties_of(store, parts)
    owner = {tie.target: tie.source for tie in of_parts if tie.type == "HAS_ACTION"}
    ties += of_parts
    of_actions = [tie for tie in ties_of(store, owner) if tie.type != "HAS_ACTION"]
    ties += of_actions
    wished = {own for own in plans if wanted.allows("Plan")}
    wished |= {tie.other for tie in ties if tie.label in _SHOWN and wanted.allows(tie.label)}
    graph = graph_of(store, wished)
    folded = [tie for tie in of_actions if _of_owner(tie, owner) != tie]
    proof = proofs(store, (Link(tie.edge, tie.type, tie.source, tie.target) for tie in folded))
    for tie in folded:
        source, target = _of_owner(tie, owner)[2:4]
        if source not in graph or target not in graph:
            continue
        said = proof[tie.edge]
        keys = [key for _, end, key in graph.out_edges(source, keys=True) if end == target]
        known: list[dict[str, Any]] = [graph.edges[source, target, key] for key in keys]
        same = [data for data in known if data["type"] == tie.type]
        if same:  # several sentences of a task name it
            same[0]["quote"], same[0]["place"] = (
                f"{same[0]['quote']}\n{said.quote}",
                f"{same[0]['place']}；{said.place}",
            )
        else:
            graph.add_edge(source, target, key=tie.edge, type=tie.type, quote=said.quote, place=said.place)
    graph.remove_nodes_from([own for own in list(graph) if graph.degree(own) == 0])
    return graph


def _of_owner(tie: Tie, owner: dict[str, str]) -> Tie:
    return tie._replace(source=owner.get(tie.source, tie.source), target=owner.get(tie.target, tie.target))


def _most_telling(graph: nx.MultiDiGraph[str], most: int) -> list[str]:
    """Return the plans and their parts first, then what is tied most."""
    first = {"Plan": 0, "Task": 1, "Measure": 2}

    def order(own: str) -> tuple[int, int, str]:
        return first.get(graph.nodes[own]["label"], len(first)), -int(graph.degree(own)), own

    return sorted(graph, key=order)[:most]
