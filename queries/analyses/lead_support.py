"""Which unit supports which in the tasks that this one leads, and where it is mutual."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from .assignments import at_most, duties_of, proof_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from ..answering import Found
    from .assignments import Assignment, Duties

    Arcs = Mapping[tuple[str, str], list[tuple[Assignment, Assignment]]]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return one row for each lead and each unit that supports it, the pairs with the most tasks first."""
    duties, unit = duties_of(store, parameters["plan"]), parameters["unit"]
    arcs = _arcs(duties)
    shown = [pair for pair in arcs if unit is None or unit in pair]
    shown.sort(key=lambda pair: (-len(arcs[pair]), *(duties.names[end] for end in pair), pair))
    mutual = len({frozenset(pair) for pair in shown if _back(pair) in arcs})
    remark = Text(
        f"共{len(shown)}个牵头—配合方向，{mutual}对单位互为牵头和配合",
        f"{len(shown)} directions from lead to support; {mutual} pairs of units lead and support each other",
    )
    return at_most([_row(duties, arcs, pair) for pair in shown], parameters["top"], *([remark] if shown else []))


def _arcs(duties: Duties) -> Arcs:
    """Return the assignments of both ends in each task, for each lead and unit that supports it."""
    arcs: defaultdict[tuple[str, str], list[tuple[Assignment, Assignment]]] = defaultdict(list)
    for some in duties.of_task.values():
        for lead in some:
            for support in some:
                if (lead.kind, support.kind) == ("LEADS", "SUPPORTS"):
                    arcs[lead.unit, support.unit].append((lead, support))
    return dict(arcs)


def _row(duties: Duties, arcs: Arcs, pair: tuple[str, str]) -> tuple[Any, ...]:
    both = arcs[pair]
    tasks = [duties.tasks[lead.task].name for lead, _ in both]
    back = len(arcs.get(_back(pair), []))
    lead, support = (duties.names[end] for end in pair)
    return (
        lead,
        support,
        len(both),
        tasks,
        back,
        "yes" if back else "no",
        *proof_of(one for ends in both for one in ends),
    )


def _back(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[1], pair[0]
