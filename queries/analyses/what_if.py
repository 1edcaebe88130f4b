"""What changes if a unit is removed, merged into another, or hands its tasks over: before and after, side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.errors import BadParameter
from innograph.graph.text import Text

from ..answering import Found
from ..measures.concentration import herfindahl
from ..measures.two_mode import components
from .assignments import Duties, duties_of, proof_of, strongest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.stores import Store

    from .assignments import Assignment

_LEAD, _SUPPORT = 1.0, 0.5


class _Change(NamedTuple):
    """A change: what becomes of the assignments of ``unit`` in ``tasks``, and whether the unit stays."""

    unit: str
    into: str | None
    tasks: set[str]
    stays: bool


class _Sides(NamedTuple):
    """Duties before and after a change, the units there are, and the assignments that the change touches."""

    before: Duties
    after: Duties
    units_before: set[str]
    units_after: set[str]
    touched: list[Assignment]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return one row for each measure."""
    _refuse_what_does_not_fit(parameters)
    everything = duties_of(store, parameters["plan"])
    unit, into = parameters["unit"], parameters["into"]
    theirs = everything.of_unit.get(unit, [])
    duties = everything.within({one.plan for one in theirs})
    task = parameters["task"]
    if task and task not in {one.task for one in theirs}:
        raise _bad("task", "该单位不在这项任务中", "the unit has no part in this task")
    if not theirs:
        return Found([], [Text("该单位没有任务，没有变化", "the unit has no tasks; nothing changes")])
    names = _names(store, duties, into)
    tasks = {task} if task else {one.task for one in theirs}
    change = _Change(unit, into, tasks, stays=parameters["change"] == "move")
    plans = "、".join(dict.fromkeys(f"《{one.plan_name}》" for one in duties.tasks.values()))
    remark = Text(f"范围：{plans}的{len(duties.tasks)}项任务", f"Covers the {len(duties.tasks)} tasks of {plans}")
    return Found(list(_rows(_sides(replace(duties, names=names), change), change)), [remark])


def _refuse_what_does_not_fit(parameters: Mapping[str, Any]) -> None:
    change, into = parameters["change"], parameters["into"]
    if change != "remove" and not into:
        raise _bad("into", "合并或移交时须给出接收单位", "a merger or a move needs the unit that receives the tasks")
    if change == "remove" and into:
        raise _bad(
            "into", "撤销时没有接收单位；请选 merge 或 move", "nobody receives tasks in a removal; choose merge or move"
        )
    if change != "move" and parameters["task"]:
        raise _bad("task", "只有移交（move）才能指定任务", "only a move can be of one task")
    if into == parameters["unit"]:
        raise _bad("into", "接收单位就是该单位自己", "a unit cannot receive its own tasks")


def _bad(parameter: str, zh: str, en: str) -> BadParameter:
    return BadParameter(question="what-if", parameter=parameter, problem=Text(zh, en))


def _names(store: Store, duties: Duties, into: str | None) -> Mapping[str, str]:
    """Return the names of units, also of the receiving one, which may have had no task."""
    if into is None or into in duties.names:
        return duties.names
    rows = store.query("MATCH (o:Organisation {id: $id}) RETURN o.name AS name ORDER BY name", {"id": into}).rows
    return {**duties.names, into: rows[0][0]}


def _sides(before: Duties, change: _Change) -> _Sides:
    touched = [one for one in before.of_unit[change.unit] if one.task in change.tasks]
    moved = [
        one._replace(unit=change.into) if one in touched and change.into else one
        for one in before.assignments
        if change.into or one not in touched
    ]
    after = Duties(before.tasks, strongest(moved), before.names)
    units = set(before.of_unit)
    received = units | ({change.into} if change.into else set[str]())
    return _Sides(before, after, units, received if change.stays else received - {change.unit}, touched)


def _rows(sides: _Sides, change: _Change) -> Iterator[tuple[Any, ...]]:
    before, after = sides.before, sides.after
    for measure, was, now in (
        ("unanswered", _empty(before.answering), _empty(after.answering)),
        ("nobody", _empty(before.of_task), _empty(after.of_task)),
    ):
        newly = [task for task in now if task not in was]
        proof = [one for task in newly for one in before.of_task[task]]
        names = [before.tasks[task].name for task in newly]
        yield measure, len(was), len(now), names, *_proof(proof, sides.touched)
    leads = [one for some in before.answering.values() for one in some]
    yield "concentration", _concentration(before), _concentration(after), [], *_proof(leads, sides.touched)
    parts = (_parts(before, sides.units_before), _parts(after, sides.units_after))
    yield "components", *parts, [], *_proof(before.assignments, sides.touched)
    if change.into:
        loads = [duties.loads(_LEAD, _SUPPORT).get(change.into, 0.0) for duties in (before, after)]
        proof = [*before.of_unit.get(change.into, []), *sides.touched]
        yield "load", *loads, [before.names[change.into]], *_proof(proof, sides.touched)


def _empty(of_task: Mapping[str, list[Assignment]]) -> list[str]:
    return [task for task, some in of_task.items() if not some]


def _concentration(duties: Duties) -> float | None:
    weights = duties.credits().values()
    return herfindahl(weights) if weights else None


def _parts(duties: Duties, units: set[str]) -> int:
    return components(((one.unit, one.task) for one in duties.assignments), units, duties.tasks)


def _proof(proof: Sequence[Assignment], touched: Sequence[Assignment]) -> tuple[Any, ...]:
    """Return what proves a row; where the change has no such effect, the assignments it touches."""
    return tuple(proof_of(proof or touched))
