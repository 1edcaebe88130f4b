"""How much of what is loaded is covered: which part of the tasks is somebody's, of the targets reported, of firms tied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text
from innograph.queries.measures.indicators import Ratio, linked
from innograph.queries.network import network_of

from .links import to_question

if TYPE_CHECKING:
    from innograph.workspace import Workspace

_TASKS = "MATCH (:Plan)-[:HAS_TASK]->(t:Task) RETURN count(DISTINCT t.id)"
_TARGETS = "MATCH (t:Target) RETURN count(t.id)"
_ENTERPRISES = "MATCH (e:Enterprise) RETURN count(e.id)"
_ALL_ROWS = 1_000_000
"""A question that shows a part of its rows is asked for all."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One share.

    Args:
        words: what the ratio counts.
        ratio: how many of how many.
        lacking: what the others are called.
        href: the question that lists them.
    """

    words: Text
    ratio: Ratio
    lacking: Text
    href: str


def coverage_of(workspace: Workspace) -> list[Covered]:
    """Return the shares of what is loaded; none of a kind of which there is nothing.

    What is lacking is counted by the question that lists it, so that both agree; enterprises with an institute as partner
    are those of the question ``link-indicators``.
    """
    shares = [*_of_tasks(workspace), *_of_targets(workspace), *_of_enterprises(workspace)]
    return [one for one in shares if one.ratio.denominator]


def _of_tasks(workspace: Workspace) -> list[Covered]:
    tasks = _count(workspace, _TASKS)
    owned = tasks - _rows(workspace, "unassigned")
    return [
        Covered(
            Text("有责任单位的任务", "Tasks that some unit answers for"),
            Ratio(owned, tasks),
            Text("没有责任单位", "nobody owns"),
            to_question("unassigned"),
        ),
        Covered(
            Text("其中写明牵头单位的", "of these, with a lead"),
            Ratio(owned - _rows(workspace, "no-lead"), owned),
            Text("没有牵头单位", "have no lead"),
            to_question("no-lead"),
        ),
        Covered(
            Text("有目标值的任务", "Tasks with a figure to reach"),
            Ratio(tasks - _rows(workspace, "unquantified", kind="task"), tasks),
            Text("没有数值", "have no figure"),
            to_question("unquantified", {"kind": "task"}),
        ),
    ]


def _of_targets(workspace: Workspace) -> list[Covered]:
    targets = _count(workspace, _TARGETS)
    unreported = {"state": "unreported"}
    return [
        Covered(
            Text("填报了进展的目标", "Targets that were reported on"),
            Ratio(targets - _rows(workspace, "target-progress", **unreported, top=_ALL_ROWS), targets),
            Text("没有填报", "not reported"),
            to_question("target-progress", unreported),
        )
    ]


def _of_enterprises(workspace: Workspace) -> list[Covered]:
    if not _count(workspace, _ENTERPRISES):
        return []
    network = network_of(workspace.store())
    enterprises = network.of_kind("Enterprise")
    partnered = linked(network.partners, enterprises, network.of_kind("Institute"))
    return [
        Covered(
            Text("有高校院所伙伴的企业", "Enterprises with an institute as partner"),
            Ratio(int(partnered.sum()), int(enterprises.sum())),
            Text("没有伙伴", "have none"),
            to_question("partnerless"),
        )
    ]


def _count(workspace: Workspace, cypher: str) -> int:
    return int(workspace.store().query(cypher).rows[0][0])


def _rows(workspace: Workspace, question: str, **given: Any) -> int:
    return len(workspace.answer(question, given).rows.rows)
