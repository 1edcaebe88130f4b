"""How concentrated responsibility is: the Herfindahl-Hirschman index of each plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from ..answering import Found
from ..measures.concentration import herfindahl
from .assignments import duties_of, proof_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.graph.stores import Store

    from .assignments import Assignment, Duties


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return for each plan one row on who answers for tasks, and one on who takes part in them."""
    duties = duties_of(store, parameters["plan"])
    unowned = sum(not some for some in duties.answering.values())
    remarks = [
        Text(
            f"有{unowned}项任务没有牵头或负责单位，不计入牵头集中度",
            f"{unowned} tasks have nobody who leads or is responsible; they do not count in the first index",
        )
    ]
    return Found([row for one in duties.by_plan() for row in _rows(one)], remarks if unowned else ())


def _rows(duties: Duties) -> Iterator[tuple[Any, ...]]:
    answering = [one for some in duties.answering.values() for one in some]
    taking_part = {unit: float(len(some)) for unit, some in duties.of_unit.items()}
    for kind, weights, counted in (
        ("answer", duties.credits(), answering),
        ("involvement", taking_part, list(duties.assignments)),
    ):
        if weights:
            yield (kind, *_measured(duties, weights, counted))


def _measured(duties: Duties, weights: Mapping[str, float], counted: list[Assignment]) -> tuple[Any, ...]:
    most = max(weights.values())
    largest = sorted(duties.names[unit] for unit, weight in weights.items() if weight == most)
    plan = duties.tasks[counted[0].task].plan_name
    tasks = len({one.task for one in counted})
    index = herfindahl(weights.values())
    share = most / sum(weights.values())
    return index, len(weights), 1 / len(weights), largest, share, tasks, len(counted), plan, *proof_of(counted)
