"""How densely units and tasks, and through tasks units and units, are tied in each plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from ..answering import Found
from ..measures.two_mode import one_mode_density, projection, two_mode_density
from .assignments import duties_of, proof_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from .assignments import Duties


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return one row for each plan whose tasks have units."""
    plans = duties_of(store, parameters["plan"]).by_plan()
    rows = [_row(one) for one in plans if one.assignments]
    left_out = len(plans) - len(rows)
    remark = Text(f"{left_out}份文件的任务都没有写单位", f"the tasks of {left_out} plans name no unit")
    return Found(rows, [remark] if left_out else ())


def _row(duties: Duties) -> tuple[Any, ...]:
    tasks, units, ties = len(duties.tasks), len(duties.of_unit), len(duties.assignments)
    pairs = projection([one.unit for one in some] for some in duties.of_task.values())
    possible = math.comb(units, 2)
    met = one_mode_density(len(pairs), units) if possible else None
    mean = math.fsum(pairs.values()) / len(pairs) if pairs else None
    plan = duties.tasks[duties.assignments[0].task].plan_name
    counts = (
        tasks,
        units,
        ties,
        two_mode_density(ties, tasks, units),
        len(pairs),
        possible,
        met,
        possible - len(pairs),
    )
    return (plan, *counts, mean, *proof_of(duties.assignments))
