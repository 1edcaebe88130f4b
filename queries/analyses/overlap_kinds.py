"""Fragmentation, overlap and duplication, as the US Government Accountability Office tells them apart."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text

from ..answering import Found
from .several_leads import areas_apart
from .similar_tasks import LEAST, alike, apart
from .task_likeness import is_breakdown
from .task_profiles import current, filled, shown, tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.stores import Store

    from .several_leads import Area
    from .task_profiles import Proof, Task

_BENEFICIARIES = ("Tier", "Organisation")
_ORDER = ("duplication", "overlap", "fragmentation")
_PHRASES = 5
_COORDINATION = Text(
    "另有{pairs}对任务牵头单位不同、只是共用配合单位：这是协同，不算重叠。",
    "Besides, {pairs} pairs of tasks under different leads only share supporting units: that is coordination, not overlap.",
)
_COUNTS = Text(
    "疑似重复{duplication}处、重叠{overlap}处、分散{fragmentation}处。",
    "Possible duplication: {duplication}; overlap: {overlap}; fragmentation: {fragmentation}.",
)
_SHOWN = Text("列出{some}处，共有{all}处。", "{some} are shown of {all}.")


class _Case(NamedTuple):
    """What several tasks under different leads have in common."""

    kind: str
    what: list[str]
    why: str
    tasks: list[int]
    proofs: list[Proof]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the cases: what is nearest to the same work first."""
    tasks, older = current(tasks_of(store))
    plan, kind = parameters["plan"], parameters["kind"]
    cases = [
        case
        for case in (*_duplications(tasks), *_alike(tasks), *_shared_things(areas_apart(store, tasks)))
        if plan is None or plan in {tasks[at].plan for at in case.tasks}
    ]
    counts = {name: sum(case.kind == name for case in cases) for name in _ORDER}
    rows = [_row(case, tasks) for case in cases if kind in (None, case.kind)]
    rows.sort(key=lambda row: _ORDER.index(row[0]))
    some = rows[: parameters["top"]]
    remarks = [filled(_COUNTS, **counts), filled(_COORDINATION, pairs=_coordinated(tasks, cases, plan)), *older]
    if len(some) < len(rows):
        remarks.append(filled(_SHOWN, some=len(some), all=len(rows)))
    return Found(some, remarks)


def _duplications(tasks: Sequence[Task]) -> Iterator[_Case]:
    """Yield indicators for which tasks of one region set targets in one unit of measure, though nobody answers for all."""
    found: defaultdict[tuple[str, str, str, str], dict[int, list[Proof]]] = defaultdict(dict)
    for at, task in enumerate(tasks):
        for target in task.targets if task.units else ():
            key = (task.scope, target.name, target.id, target.unit or "")
            found[key].setdefault(at, []).append(target.proof)
    for (_, name, *_), everywhere in sorted(found.items()):
        proofs = _without_breakdowns(tasks, everywhere)
        if len(proofs) > 1 and not set[str].intersection(*(tasks[at].units for at in proofs)):
            yield _Case(
                "duplication", [name], "same-indicator", list(proofs), [p for some in proofs.values() for p in some]
            )


def _without_breakdowns(tasks: Sequence[Task], proofs: Mapping[int, list[Proof]]) -> dict[int, list[Proof]]:
    """Return the proofs by task, without tasks that are a part of another of these, told once more in an annex."""
    parts = {at for at in proofs if any(is_breakdown(tasks[at], tasks[whole]) for whole in proofs if whole != at)}
    return {at: some for at, some in proofs.items() if at not in parts}


def _alike(tasks: Sequence[Task]) -> Iterator[_Case]:
    for pair in alike(tasks, apart(tasks), LEAST):
        why = pair.reasons
        what = [*why.phrases[:_PHRASES], *why.things] or why.indicators
        proofs = [tasks[pair.one].proof, tasks[pair.other].proof, *why.proofs]
        yield _Case("overlap", list(dict.fromkeys(what)), "similar-tasks", [pair.one, pair.other], proofs)


def _shared_things(areas: Sequence[Area]) -> Iterator[_Case]:
    for area in areas:
        served = area.kind in _BENEFICIARIES
        kind, why = ("overlap", "same-beneficiary") if served else ("fragmentation", "same-area")
        proofs = [area.proof, *(proof for found in area.tasks.values() for proof in found[:1])]
        yield _Case(kind, [area.name], why, list(area.tasks), proofs)


def _coordinated(tasks: Sequence[Task], cases: Sequence[_Case], plan: str | None) -> int:
    """Return how many pairs of tasks under different leads share supporting units and nothing else."""
    told = {pair for case in cases for pair in combinations(sorted(case.tasks), 2)}
    return sum(
        bool(tasks[one].helpers & tasks[other].helpers)
        for one, other in apart(tasks)
        if (one, other) not in told and plan in (None, tasks[one].plan, tasks[other].plan)
    )


def _row(case: _Case, tasks: Sequence[Task]) -> tuple[Any, ...]:
    some = [tasks[at] for at in case.tasks]
    leads = list(dict.fromkeys(name for task in some for name in task.names))
    plans = list(dict.fromkeys(task.plan_name for task in some))
    proofs = shown([*case.proofs, *(role.proof for task in some for role in task.answering)])
    return (case.kind, case.what, leads, [task.name for task in some], case.why, plans, *proofs)
