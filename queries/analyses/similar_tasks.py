"""Tasks that are alike and that no unit answers for both of: possibly the same work under several leads."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text

from ..answering import Found
from .task_likeness import Likeness, is_breakdown
from .task_profiles import current, filled, shown, tasks_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.stores import Store

    from .task_likeness import Reasons
    from .task_profiles import Task

LEAST = 0.1
_PHRASES = 5
_COMPARED = Text(
    "比较了同一地区文件中牵头（负责）单位不同的{pairs}对任务。相似只是线索，是否重叠须由人判断；共同配合属于协同，不算重叠。",
    "{pairs} pairs of tasks under different leads were compared, within the plans of one region. Likeness is a hint that"
    " people must judge; shared support is coordination and not counted.",
)
_SHOWN = Text("列出{some}对，共有{all}对。", "{some} pairs are shown of {all}.")


class Pair(NamedTuple):
    """Two tasks that are alike, by their numbers."""

    one: int
    other: int
    score: float
    reasons: Reasons


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the pairs of tasks, the most alike first."""
    tasks, older = current(tasks_of(store))
    wanted = [(one, other) for one, other in apart(tasks) if _concerns((tasks[one], tasks[other]), parameters)]
    pairs = alike(tasks, wanted, parameters["least"])
    some = pairs[: parameters["top"]]
    remarks = [filled(_COMPARED, pairs=len(wanted)), *older]
    if len(some) < len(pairs):
        remarks.append(filled(_SHOWN, some=len(some), all=len(pairs)))
    return Found([_row(tasks, pair) for pair in some], remarks)


def apart(tasks: Sequence[Task]) -> list[tuple[int, int]]:
    """Return the pairs of tasks of one region that each have units answering for them, but none in common."""
    return [
        (one, other)
        for one, other in combinations(range(len(tasks)), 2)
        if tasks[one].scope == tasks[other].scope
        and tasks[one].units
        and tasks[other].units
        and not tasks[one].units & tasks[other].units
    ]


def alike(tasks: Sequence[Task], pairs: Sequence[tuple[int, int]], least: float) -> list[Pair]:
    """Return which of the pairs are alike at least so much, and for a reason, the most alike first.

    A task and its breakdown in an annex of the plan are one piece of work.
    """
    likeness = Likeness(tasks)
    found: list[Pair] = []
    for one, other in pairs:
        score = float(likeness.scores[one, other])
        if score < least or is_breakdown(tasks[one], tasks[other]) or is_breakdown(tasks[other], tasks[one]):
            continue
        if reasons := likeness.reasons(one, other):
            found.append(Pair(one, other, score, reasons))
    return sorted(found, key=lambda pair: (-round(pair.score, 9), pair.one, pair.other))


def _concerns(pair: tuple[Task, Task], parameters: Mapping[str, Any]) -> bool:
    plan, unit = parameters["plan"], parameters["unit"]
    return (plan is None or plan in {task.plan for task in pair}) and (
        unit is None or any(unit in task.units for task in pair)
    )


def _row(tasks: Sequence[Task], pair: Pair) -> tuple[Any, ...]:
    one, other = tasks[pair.one], tasks[pair.other]
    leads = [role.proof for task in (one, other) for role in task.answering]
    proofs = shown([one.proof, other.proof, *pair.reasons.proofs, *leads])
    sides = (one.name, one.names, other.name, other.names)
    why = (pair.reasons.phrases[:_PHRASES], pair.reasons.indicators, pair.reasons.things)
    return (*sides, pair.score, *why, one.plan_name, other.plan_name, *proofs)
