"""Targets for which no single unit answers: joint leads, several responsible alike, supporters only, or nobody."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from ..answering import Found
from .target_register import facts, proofs, targets_of
from .task_profiles import filled, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.stores import Store

    from .target_register import Target
    from .task_profiles import Role

_COUNTS = Text(
    "{all}个目标：{owned}个由一个单位负责，{others}个不是。",
    "{all} targets: one unit answers for {owned}, not for the other {others}.",
)


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the targets in the order of plans and text."""
    targets = targets_of(store, parameters["plan"])
    carried = _carried(targets)
    rows: list[tuple[Any, ...]] = []
    owned = 0
    for target in targets:
        roles, by = _roles(target, carried)
        gap = _gap(roles, overall=target.level == "plan", together=len({one.owner for one in by}) < 2)
        if gap is None:
            owned += 1
        elif _concerns(roles, parameters["unit"]) and parameters["gap"] in (None, gap):
            units = list(dict.fromkeys(role.name for role in roles))
            row = (target.indicator_name, *facts(target), gap, target.owner_name, [one.owner_name for one in by], units)
            lines = [*proofs(target, roles), *(one.proof for one in by)]
            rows.append((*row, target.plan_name, *shown(lines)))
    return Found(rows, [filled(_COUNTS, all=len(targets), owned=owned, others=len(targets) - owned)])


def _carried(targets: Sequence[Target]) -> Mapping[tuple[str, str], list[Target]]:
    """Return by plan and indicator the targets of tasks."""
    found: defaultdict[tuple[str, str], list[Target]] = defaultdict(list)
    for target in targets:
        if target.level != "plan":
            found[target.plan, target.indicator].append(target)
    return found


def _roles(target: Target, carried: Mapping[tuple[str, str], list[Target]]) -> tuple[list[Role], list[Target]]:
    """Return who has a part in a target, and for one of the plan as a whole the targets of tasks that carry it."""
    if target.level != "plan":
        return target.answering or target.roles, []
    by = carried.get((target.plan, target.indicator), [])
    return list(dict.fromkeys(role for one in by for role in one.answering)), by


def _gap(roles: Sequence[Role], *, overall: bool, together: bool) -> str | None:
    """Return why nobody in particular answers for a target, if so.

    Args:
        roles: those who answer for it; where nobody does, all who have a part in it.
        overall: whether it is one of the plan as a whole.
        together: whether they do so in one and the same task.
    """
    types = {role.type for role in roles}
    if not types:
        return "overall" if overall else "nobody"
    if types == {"SUPPORTS"}:
        return "supported"
    if len({role.unit for role in roles}) == 1:
        return None
    return "joint" if together and "LEADS" in types else "several"


def _concerns(roles: Sequence[Role], unit: str | None) -> bool:
    return unit is None or unit in {role.unit for role in roles}
