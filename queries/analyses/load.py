"""How much each unit has to do: tasks by role, a weighted load, and targets it answers for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from .assignments import at_most, duties_of, proof_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from ..answering import Found
    from .assignments import Duties

_TARGETS = """
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)-[:SETS_TARGET]->(g:Target)
WHERE $plan IS NULL OR p.id = $plan
RETURN t.id AS task, count(g) AS targets
ORDER BY task
"""
_ROLES = ("lead", "joint-lead", "responsible", "support")


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return one row for each unit, the most loaded first."""
    duties = duties_of(store, parameters["plan"])
    targets: dict[str, int] = dict(store.query(_TARGETS, {"plan": parameters["plan"]}).rows)
    loads = duties.loads(parameters["lead"], parameters["support"])
    order = sorted(loads, key=lambda unit: (-loads[unit], duties.names[unit], unit))
    return at_most([_row(duties, unit, loads[unit], targets) for unit in order], parameters["top"])


def _row(duties: Duties, unit: str, load: float, targets: Mapping[str, int]) -> tuple[Any, ...]:
    parts = duties.of_unit[unit]
    roles = Counter(duties.role(one) for one in parts)
    answered = sum(targets.get(one.task, 0) for one in parts if one in duties.answering[one.task])
    return duties.names[unit], *(roles[role] for role in _ROLES), load, answered, *proof_of(parts)
