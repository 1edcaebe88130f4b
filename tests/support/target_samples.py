"""Small graphs with targets, and what the questions about them say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store_helpers import ONTOLOGY, edge, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store
from innograph.queries import Answer, ask, load_catalogue

Thing = Node | Edge
Opened = Callable[[list[Thing]], Store]


def told(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in answer.dicts()]


def assert_proven(workspace: Workspace, answer: Answer) -> None:
    """Each id has a record in the ledger with a quote that the row has; no two rows stand on the same."""
    rows = answer.dicts()
    for row in rows:
        assert row["evidence"]
        for own_id in row["evidence"]:
            assert {record.quote for record in workspace.evidence(own_id)} & set(row["quote"]), own_id
    assert len({tuple(row["evidence"]) for row in rows}) == len(rows)


def found(store: Store, question: str, *columns: str, **given: Any) -> list[tuple[Any, ...]]:
    return told(ask(store, load_catalogue()[question], given), *columns)


def plan(own: str, region: str = "652301", **properties: Any) -> list[Thing]:
    """A plan with tasks ``own-1`` to ``own-3``, by the government of a region."""
    office = f"Department:{region}/府办"
    tasks = [node("Task", f"{own}-{at}", position=at, quote=f"{own}-{at}", place=f"第{at}行") for at in (1, 2, 3)]
    return [
        node("Plan", own, quote=own, place="第0行", **properties),
        *tasks,
        *(edge("HAS_TASK", own, task.id, f"h-{task.id}") for task in tasks),
        edge("ISSUED_BY", own, office, f"i-{own}"),
    ]


def offices(*regions: str) -> list[Thing]:
    return [node("Department", f"Department:{code}/府办", jurisdiction=code) for code in regions]


def target(owner: str, own: str, indicator: str, comparator: str = ">=", value: float | None = 50.0, unit: str | None = "家",
           kind: str = "numeric", **properties: Any) -> list[Thing]:  # fmt: skip
    """A target of a task or plan, with the edges to both."""
    facts = {"comparator": comparator, "value": value, "unit": unit, **properties}
    present = {name: fact for name, fact in facts.items() if fact is not None}
    return [
        node("Target", own, kind=kind, quote=own, **{"place": "第9行", **present}),
        edge("SETS_TARGET", owner, own, f"s-{own}"),
        edge("MEASURES", own, f"Indicator:{indicator}", f"m-{own}"),
    ]


def indicators(*names: str) -> list[Thing]:
    return [Node(f"Indicator:{name}", ONTOLOGY.nodes["Indicator"].labels, {"name": name}) for name in names]


def role(kind: str, unit: str, task: str) -> Edge:
    return edge(kind, unit, task, f"{kind}:{unit}>{task}", quote=f"{kind} {unit}", place="第8行", written=unit)


A, B = "Department:652301/甲局", "Department:652301/乙局"
UNITS: list[Thing] = [node("Department", A), node("Department", B)]
