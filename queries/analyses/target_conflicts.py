"""Targets that several tasks or plans of one region set for one indicator and year: duplicates, and conflicts."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from ..answering import Found
from ..measures.progress import converted
from .target_register import proofs, targets_of
from .task_profiles import current, filled, shown, tasks_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.stores import Store

    from .target_register import Target

_COUNTS = Text("重复{duplicate}处，冲突{conflict}处。", "Duplicates: {duplicate}; conflicts: {conflict}.")
_ORDER = ("unit", "value", "comparator")


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the groups of targets, conflicts first."""
    tasks = tasks_of(store)
    kept, remarks = current(tasks)
    older = {task.plan for task in tasks} - {task.plan for task in kept}
    groups = grouped([target for target in targets_of(store) if target.plan not in older])
    told = [(group, _difference(group)) for group in groups if _concerns(group, parameters)]
    rows = [
        row
        for group, difference in sorted(told, key=lambda one: _ORDER.index(one[1]) if one[1] else len(_ORDER))
        if (row := _row(group, difference))[0] == (parameters["state"] or row[0])
    ]
    conflicts = sum(difference is not None for _, difference in told)
    return Found(rows, [filled(_COUNTS, duplicate=len(told) - conflicts, conflict=conflicts), *remarks])


def grouped(targets: Sequence[Target]) -> list[list[Target]]:
    """Return the targets of one indicator, region, year and period, where there is more than one.

    What is newly added (新增) and what is added up (累计) are two things; so is what recurs each year.
    """
    found: defaultdict[tuple[Any, ...], list[Target]] = defaultdict(list)
    for target in targets:
        period = target.period if target.period in ("annual", "new") else None
        found[target.indicator, target.scope, target.year, period].append(target)
    return [group for group in found.values() if len(group) > 1]


def _difference(group: Sequence[Target]) -> str | None:
    """Return in what a group's targets differ: the unit of measure, the value, the comparator, or nothing."""
    first = group[0]
    differences = {_differs(first, other) for other in group[1:]} - {None}
    return min((one for one in differences if one), key=_ORDER.index, default=None)


def _differs(one: Target, other: Target) -> str | None:
    ends: list[tuple[float | None, float | None]] = []
    for own, theirs in ((one.goal.value, other.goal.value), (one.goal.upper, other.goal.upper)):
        if theirs is None or own is None:
            ends.append((own, theirs))
            continue
        same = converted(theirs, other.unit, one.unit)
        if same is None:
            return "unit"
        ends.append((own, same))
    for own, theirs in ends:
        if own is None or theirs is None:
            if own is not theirs:
                return "value"
        elif not math.isclose(own, theirs, rel_tol=1e-9):
            return "value"
    return None if one.goal.comparator == other.goal.comparator else "comparator"


def _concerns(group: Sequence[Target], parameters: Mapping[str, Any]) -> bool:
    plan, unit = parameters["plan"], parameters["unit"]
    units = {role.unit for target in group for role in target.answering}
    return plan in (None, *(target.plan for target in group)) and (unit is None or unit in units)


def _row(group: Sequence[Target], difference: str | None) -> tuple[Any, ...]:
    plans = list(dict.fromkeys(target.plan_name for target in group))
    units = list(dict.fromkeys(name for target in group for name in target.units))
    state = "conflict" if difference else "duplicate"
    what = (group[0].indicator_name, group[0].year, [target.name for target in group])
    lines = [proof for target in group for proof in proofs(target)]
    return (state, difference, *what, [target.owner_name for target in group], units, plans, *shown(lines))
