"""Who does what, read from an engine at once: what the analyses of responsibility work on.

A unit *answers for* a task if it leads it or, where nobody leads it, if it is responsible for it. Plans that make no
distinction between lead and support are so read with the same measures as those that do.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text

from ..answering import Found
from ..measures.concentration import equal_credit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from innograph.graph.stores import Store

_TASKS = """
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)
WHERE $plan IS NULL OR p.id = $plan
RETURN p.id AS plan, p.name AS plan_name, t.id AS task, t.name AS name, t.number AS number, t.position AS position
ORDER BY plan, task
"""
_ASSIGNMENTS = """
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)<-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(o:Organisation)
WHERE $plan IS NULL OR p.id = $plan
RETURN p.id AS plan, t.id AS task, o.id AS unit, o.name AS name, type(r) AS kind, r.quote AS quote, r.place AS place,
    coalesce(size(split(r.quote, r.written)[0]), 0) AS at, r.id AS edge
ORDER BY plan, task, edge
"""
_RANKS = {"LEADS": 0, "RESPONSIBLE_FOR": 1, "SUPPORTS": 2}


class Task(NamedTuple):
    """A task of a plan."""

    id: str
    name: str
    number: str | None
    plan: str
    plan_name: str


class Assignment(NamedTuple):
    """One unit's part in a task: LEADS, RESPONSIBLE_FOR or SUPPORTS, and the line that says so."""

    plan: str
    task: str
    unit: str
    kind: str
    quote: str
    place: str
    edge: str


class Proof(NamedTuple):
    """What proves a row: each line and place once, and all edges."""

    quotes: list[str]
    places: list[str]
    edges: list[str]


@dataclass(frozen=True)
class Duties:
    """Tasks and who is assigned to them, in the order of the text; of two roles of a unit in a task the stronger.

    Args:
        tasks: by id; those without units too.
        assignments: one for each unit of each task.
        names: what each unit is called.
    """

    tasks: Mapping[str, Task]
    assignments: Sequence[Assignment]
    names: Mapping[str, str]

    @cached_property
    def of_task(self) -> Mapping[str, list[Assignment]]:
        """The assignments of each task, also of one that has none."""
        found: dict[str, list[Assignment]] = {task: [] for task in self.tasks}
        for one in self.assignments:
            found[one.task].append(one)
        return found

    @cached_property
    def of_unit(self) -> Mapping[str, list[Assignment]]:
        """The assignments of each unit."""
        found: defaultdict[str, list[Assignment]] = defaultdict(list)
        for one in self.assignments:
            found[one.unit].append(one)
        return found

    @cached_property
    def answering(self) -> Mapping[str, list[Assignment]]:
        """Who answers for each task: those who lead it, or else those who are responsible for it."""
        return {task: _answering(some) for task, some in self.of_task.items()}

    def role(self, one: Assignment) -> str:
        """Return the code of a role: of several leads each is a joint lead."""
        if one.kind != "LEADS":
            return "support" if one.kind == "SUPPORTS" else "responsible"
        return "joint-lead" if len(self.answering[one.task]) > 1 else "lead"

    def credits(self) -> dict[str, float]:
        """Return what each unit answers for, in tasks: one that several answer for is shared equally."""
        return equal_credit([one.unit for one in some] for some in self.answering.values())

    def loads(self, lead: float, support: float) -> dict[str, float]:
        """Return the weighted load of each unit.

        Args:
            lead: what answering for a task weighs; several share it equally.
            support: what any other part in a task weighs.
        """
        answered = self.credits()
        helped: defaultdict[str, int] = defaultdict(int)
        for task, some in self.of_task.items():
            for one in some:
                helped[one.unit] += one not in self.answering[task]
        return {unit: lead * answered.get(unit, 0.0) + support * helped[unit] for unit in helped}

    def by_plan(self) -> list[Duties]:
        """Return the duties of each plan that has tasks."""
        plans = dict.fromkeys(task.plan for task in self.tasks.values())
        return [self.within({plan}) for plan in plans]

    def within(self, plans: set[str]) -> Duties:
        """Return the duties of some plans."""
        tasks = {own: task for own, task in self.tasks.items() if task.plan in plans}
        return Duties(tasks, [one for one in self.assignments if one.plan in plans], self.names)


def duties_of(store: Store, plan: str | None) -> Duties:
    """Read the duties of a plan, or of all.

    Args:
        store: the engine.
        plan: the id of a plan, or None.
    """
    known = sorted(store.query(_TASKS, {"plan": plan}).rows, key=lambda row: (row[1], row[0], row[5] or 0, row[2]))
    tasks = {row[2]: Task(row[2], row[3], row[4], row[0], row[1]) for row in known}
    order = {task: at for at, task in enumerate(tasks)}
    rows = store.query(_ASSIGNMENTS, {"plan": plan}).rows
    rows.sort(key=lambda row: (order[row[1]], _RANKS[row[4]], row[6] or "", row[7], row[3], row[8]))
    told = [
        Assignment(of, task, unit, kind, quote, place, edge) for of, task, unit, _, kind, quote, place, _, edge in rows
    ]
    return Duties(tasks, strongest(told), {row[2]: row[3] for row in rows})


def strongest(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Return one assignment for each unit of each task: the first, which is the strongest in the order of the text."""
    found: dict[tuple[str, str], Assignment] = {}
    for one in assignments:
        found.setdefault((one.task, one.unit), one)
    return list(found.values())


def proof_of(assignments: Iterable[Assignment]) -> Proof:
    """Return what proves a row that rests on these."""
    some = list(assignments)
    quotes, places = (list(dict.fromkeys(words)) for words in ((o.quote for o in some), (o.place for o in some)))
    return Proof(quotes, places, [one.edge for one in some])


def at_most(rows: Sequence[tuple[Any, ...]], top: int, *remarks: Text) -> Found:
    """Return the first ``top`` rows, and say how many there are if some are left out.

    Args:
        rows: all rows, the most important first.
        top: how many to show.
        remarks: what else there is to say.
    """
    if len(rows) <= top:
        return Found(rows, remarks)
    cut = Text(f"共{len(rows)}行，列出前{top}行", f"{len(rows)} rows; the first {top} are shown")
    return Found(rows[:top], (cut, *remarks))


def _answering(some: Sequence[Assignment]) -> list[Assignment]:
    for kind in ("LEADS", "RESPONSIBLE_FOR"):
        if found := [one for one in some if one.kind == kind]:
            return found
    return []
