"""Who leads the same thing in another plan: the same unit, the same function at another level, or someone else."""

from __future__ import annotations

import re
from collections import Counter
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

_MANDATES = "MATCH (o:Organisation:Department) RETURN o.id AS id, o.mandate AS mandate ORDER BY id"
_PHRASES = 5
_OFFICE = re.compile("(?:委员会|办公室|[厅局委办])$")
_COUNTS = Text(
    "{pairs}对任务相对应：{unit}对有同一单位牵头（负责），{function}对由不同层级或地区的同一职能牵头，{other}对由别的职能牵头。",
    "{pairs} pairs of tasks correspond: {unit} have a lead (or responsible unit) in common, {function} are led by the same"
    " function of another level or region, {other} by other functions.",
)


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the tasks that correspond to one another, in the order of the plan, the most alike first."""
    plan, other = two_plans(store, "leads-elsewhere", parameters)
    problems = why_not(plan, other)
    if problems:
        return Found([], problems)
    unit = parameters["unit"]
    mandates: dict[str, str | None] = dict(store.query(_MANDATES).rows)
    found = [
        match
        for some in matches(tasks_of(store, plan.id), tasks_of(store, other.id), parameters["least"])
        for match in some
        if match.known and match.task.units and match.other.units
        if unit is None or unit in match.task.units | match.other.units
    ]
    fits = [_fit(match.task, match.other, mandates) for match in found]
    counts = Counter(fits)
    numbers = {code: counts[f"same-{code}"] for code in ("unit", "function")}
    remarks = [filled(_COUNTS, pairs=len(found), other=counts["other-function"], **numbers)]
    return Found([_row(match, fit) for match, fit in zip(found, fits, strict=True)], remarks)


def _fit(task: Task, other: Task, mandates: Mapping[str, str | None]) -> str:
    """Return what those who lead two tasks have in common: the unit, the function, or neither."""
    if task.units & other.units:
        return "same-unit"
    here, there = ({part for unit in one.units for part in functions(mandates.get(unit))} for one in (task, other))
    return "same-function" if here & there else "other-function"


def functions(mandate: str | None) -> set[str]:
    """Return the functions of a department: several where offices were merged, and without what it is called.

    Examples:
        >>> sorted(functions("商务和工信局")), functions("工信厅"), functions(None)
        (['商务', '工信'], {'工信'}, set())
    """
    bare = _OFFICE.sub("", mandate or "")
    return {part for part in re.split("[和、]", bare) if part}


def _row(match: Match, fit: str) -> tuple[Any, ...]:
    one, other = match.task, match.other
    roles = [role.proof for task in (one, other) for role in task.answering]
    why = [*match.reasons.phrases[:_PHRASES], *match.reasons.indicators, *match.reasons.things]
    proofs = shown([one.proof, other.proof, *match.reasons.proofs, *roles])
    sides = (one.name, one.names, other.name, other.names)
    return (*sides, fit, match.score, list(dict.fromkeys(why)), *proofs)
