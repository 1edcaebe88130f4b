"""Tasks of a plan to which nothing in another plan corresponds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from ..answering import Found
from .plans_compared import two_plans, why_not
from .task_profiles import filled, shown, tasks_of
from .tasks_matched import matches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from .task_profiles import Task
    from .tasks_matched import Match

_COUNTS = Text(
    "《{plan}》{all}项任务，{found}项在《{other}》中有对应，{missing}项没有。",
    "Of the {all} tasks of 《{plan}》, {found} have a counterpart in 《{other}》 and {missing} have none.",
)


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the tasks without a counterpart, in the order of the text, each with what comes nearest."""
    plan, other = two_plans(store, "tasks-without-counterpart", parameters)
    problems = why_not(plan, other)
    if problems:
        return Found([], problems)
    tasks, others = tasks_of(store, plan.id), tasks_of(store, other.id)
    near = [some[0] if some else None for some in matches(tasks, others, parameters["least"])]
    rows = [
        _row(task, nearest) for task, nearest in zip(tasks, near, strict=True) if nearest is None or not nearest.known
    ]
    numbers = {"all": len(tasks), "found": len(tasks) - len(rows), "missing": len(rows)}
    return Found(rows, [filled(_COUNTS, plan=plan.name, other=other.name, **numbers)])


def _row(task: Task, nearest: Match | None) -> tuple[Any, ...]:
    name, score = (nearest.other.name, nearest.score) if nearest else (None, 0.0)
    roles = [role.proof for role in task.answering]
    return (task.name, task.names, name, score, task.plan_name, *shown([task.proof, *roles]))
