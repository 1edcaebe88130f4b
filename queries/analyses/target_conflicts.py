"""Targets that several tasks or plans of one region set for one indicator and year: duplicates, and conflicts."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from ..answering import Found
from ..measures.progress import base_unit
from .target_register import proofs, targets_of
from .task_profiles import current, filled, shown, tasks_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.stores import Store

    from .target_register import Target

_COUNTS = Text("重复{duplicate}处，冲突{conflict}处。", "Duplicates: {duplicate}; conflicts: {conflict}.")
_ORDER = ("value", "comparator")
_TABLE = re.compile(r"表\d+(?= 第\d+行)")


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the groups of targets, conflicts first."""
    tasks = tasks_of(store)
    kept, remarks = current(tasks)
    older = {task.plan for task in tasks} - {task.plan for task in kept}
    groups = grouped([target for target in targets_of(store) if target.plan not in older])
    told = [(group, _difference(group)) for group in groups if _compared(group) and _concerns(group, parameters)]
    rows = [
        row
        for group, difference in sorted(told, key=lambda one: _ORDER.index(one[1]) if one[1] else len(_ORDER))
        if (row := _row(group, difference))[0] == (parameters["state"] or row[0])
    ]
    conflicts = sum(difference is not None for _, difference in told)
    return Found(rows, [filled(_COUNTS, duplicate=len(told) - conflicts, conflict=conflicts), *remarks])


def grouped(targets: Sequence[Target]) -> list[list[Target]]:
    """Return the targets of one indicator, region, year, period and unit of measure, where there is more than one.

    What is newly added (新增) and what is added up (累计) are two things; so is what recurs each year, and so are 2 sets
    and 1 TB of one thing.
    """
    found: defaultdict[tuple[Any, ...], list[Target]] = defaultdict(list)
    for target in targets:
        period = target.period if target.period in ("annual", "new") else None
        found[target.indicator, target.scope, target.year, period, base_unit(target.unit)[0]].append(target)
    return [group for group in found.values() if len(group) > 1]


def _compared(group: Sequence[Target]) -> list[tuple[Target, Target]]:
    """Return the pairs of a group that speak of one thing: not what one task sets, nor two rows of one table."""
    return [
        (one, other)
        for one, other in combinations(group, 2)
        if one.owner != other.owner and (one.plan != other.plan or not _tables(one) & _tables(other))
    ]


def _tables(target: Target) -> set[str]:
    return set(_TABLE.findall(target.proof.place or ""))


def _difference(group: Sequence[Target]) -> str | None:
    """Return in what a group's targets differ: the value, the comparator, or nothing."""
    differences = {_differs(one, other) for one, other in _compared(group)}
    return next((one for one in _ORDER if one in differences), None)


def _differs(one: Target, other: Target) -> str | None:
    for own, theirs in zip(_amounts(one), _amounts(other), strict=True):
        if own is None or theirs is None:
            if own is not theirs:
                return "value"
        elif not math.isclose(own, theirs, rel_tol=1e-9):
            return "value"
    return None if _sign(one) == _sign(other) else "comparator"


def _amounts(target: Target) -> list[float | None]:
    times = base_unit(target.unit)[1]
    return [None if value is None else value * times for value in (target.goal.value, target.goal.upper)]


def _sign(target: Target) -> str:
    """Return the comparator; a bare figure asks for at least so much, see :mod:`..measures.progress`."""
    return ">=" if target.goal.comparator == "=" else target.goal.comparator


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
