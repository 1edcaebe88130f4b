"""Pairs of units by the tasks in which both have a part: how many, which share of all they do, and Newman's weight."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from ..answering import Found
from ..measures.similarity import jaccard
from ..measures.two_mode import projection
from .task_profiles import filled, shown, tasks_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from .task_profiles import Role, Task

_MEET = Text(
    "共{units}个单位、{possible}对：{meet}对有共同任务，{never}对从未共事。",
    "{units} units form {possible} pairs: {meet} of them share a task, {never} never do.",
)
_OF_ONE = Text(
    "“{name}”与其他{others}个单位中的{meet}个有共同任务。",
    "“{name}” shares a task with {meet} of the {others} other units.",
)
_SHOWN = Text("列出{some}对，共有{all}对。", "{some} pairs are shown of {all}.")


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the pairs that share most tasks first, and how many never meet."""
    tasks = tasks_of(store, parameters["plan"])
    parts: defaultdict[str, dict[int, Role]] = defaultdict(dict)
    for at, task in enumerate(tasks):
        for role in task.roles:
            parts[role.unit].setdefault(at, role)
    names = {role.unit: role.name for task in tasks for role in task.roles}
    unit = parameters["unit"]
    weights = projection([{role.unit for role in task.roles} for task in tasks])
    found = [
        _row(_asked_first(pair, unit), weight, tasks, parts, names)
        for pair, weight in weights.items()
        if unit is None or unit in pair
    ]
    possible = len(names) * (len(names) - 1) // 2
    meet = {"units": len(names), "possible": possible, "meet": len(weights), "never": possible - len(weights)}
    remarks = [filled(_MEET, **meet)]
    if unit in names:
        remarks.append(filled(_OF_ONE, name=names[unit], others=len(names) - 1, meet=len(found)))
    rows = [row for row in found if row[2] >= parameters["least"]]
    rows.sort(key=lambda row: (-row[2], -row[5], -row[4], row[0], row[1], row[-1]))
    some = rows[: parameters["top"]]
    if len(some) < len(found):
        remarks.append(filled(_SHOWN, some=len(some), all=len(found)))
    return Found(some, remarks)


def _asked_first(pair: tuple[str, str], unit: str | None) -> tuple[str, str]:
    return (pair[1], pair[0]) if pair[1] == unit else pair


def _row(
    pair: tuple[str, str],
    weight: float,
    tasks: list[Task],
    parts: Mapping[str, dict[int, Role]],
    names: Mapping[str, str],
) -> tuple[Any, ...]:
    one, other = (parts[unit] for unit in pair)
    shared = sorted(one.keys() & other.keys())
    proofs = shown(role.proof for at in shared for role in (one[at], other[at]))
    alike = jaccard(one.keys(), other.keys())
    titles = [tasks[at].name for at in shared]
    return (*(names[u] for u in pair), len(shared), len(one.keys() | other.keys()), alike, weight, titles, *proofs)
