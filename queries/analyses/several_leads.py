"""Subjects, industries and named things with which tasks under several leads deal."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from innograph.graph.identity import plain
from innograph.graph.text import Text

from ..answering import Found
from .task_profiles import Proof, current, filled, shown, tasks_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from innograph.graph.stores import Store

    from .task_profiles import Task

KINDS = ("Industry", "Platform", "TalentProgram", "Event", "Project", "Tier", "Organisation")
_THINGS = "MATCH (x:{label}) RETURN x.id AS id, x.name AS name, x.quote AS quote, x.place AS place ORDER BY id"
_SHORTEST = 3
"""A name of two characters, such as 工业, is part of too many words to be looked for in a text."""
_LONGEST = 40
_SHOWN = Text("列出{some}项，共有{all}项。", "{some} are shown of {all}.")


@dataclass(frozen=True)
class Area:
    """A thing, and the tasks that deal with it.

    Args:
        id: of the node.
        name: of the thing.
        kind: its type, one of :data:`KINDS`.
        proof: the thing itself, where a source first names it.
        tasks: those that deal with it and that somebody answers for, in order, with what says so.
    """

    id: str
    name: str
    kind: str
    proof: Proof
    tasks: dict[int, list[Proof]] = field(default_factory=dict[int, list[Proof]])


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the things with the most leads first."""
    tasks, older = current(tasks_of(store))
    found: list[tuple[Any, ...]] = []
    for area in areas_apart(store, tasks):
        if parameters["plan"] in (None, *(tasks[at].plan for at in area.tasks)):
            found.append(_row(area, tasks))
    found = [row for row in found if row[3] >= parameters["least"]]
    found.sort(key=lambda row: (-row[3], KINDS.index(row[1]), row[0], row[-1]))
    some = found[: parameters["top"]]
    cut = [filled(_SHOWN, some=len(some), all=len(found))] if len(some) < len(found) else []
    return Found(some, [*cut, *older])


def areas_apart(store: Store, tasks: Sequence[Task]) -> list[Area]:
    """Return the things with which several tasks of one region deal, though no unit answers for all of these.

    Args:
        store: the engine.
        tasks: all tasks.
    """
    scopes = list(dict.fromkeys(task.scope for task in tasks))
    return [
        part
        for area in _areas(store, tasks)
        for scope in scopes
        if len((part := _in_scope(area, tasks, scope)).tasks) > 1
        and not set[str].intersection(*(tasks[at].units for at in part.tasks))
    ]


def link(tasks: Iterable[Task]) -> str:
    """Return how those who answer for some tasks are tied: ``joint``, ``support``, ``partly`` or ``none``.

    ``joint``: one of the tasks is answered for by several of them together; ``support``: each pair has a part in a task of
    the other or the other in its; ``partly``: some pairs have; ``none``: no pair has.

    Examples:
        >>> from .task_profiles import Role, Task
        >>> proof = Proof("e", "", "")
        >>> one = Task("a", "", "p", "", "p", proof, roles=[Role("LEADS", "x", "x", proof)])
        >>> other = Task("b", "", "p", "", "p", proof, roles=[Role("LEADS", "y", "y", proof)])
        >>> link([one, other])
        'none'
        >>> other.roles.append(Role("SUPPORTS", "x", "x", proof))
        >>> link([one, other])
        'support'
    """
    some = list(tasks)
    if any(len(task.units) > 1 for task in some):
        return "joint"
    pairs = [(one, other) for at, one in enumerate(some) for other in some[at + 1 :] if not one.units & other.units]
    tied = [bool(one.units & other.helpers or other.units & one.helpers) for one, other in pairs]
    return "support" if all(tied) else "partly" if any(tied) else "none"


def _areas(store: Store, tasks: Sequence[Task]) -> list[Area]:
    """Return all things with the tasks that name them or write their name."""
    areas: dict[str, Area] = {}
    for at, task in enumerate(tasks):
        for mention in task.named if task.units else ():
            kind = _kind(mention.id)
            if kind:
                area = areas.setdefault(mention.id, Area(mention.id, mention.name, kind, mention.proof))
                area.tasks.setdefault(at, []).append(mention.proof)
    by_name: defaultdict[str, list[Area]] = defaultdict(list)
    for area in _written_things(store) if tasks else ():
        by_name[plain(area.name)].append(areas.setdefault(area.id, area))
    lengths = sorted({len(name) for name in by_name}, reverse=True)
    for at, task in enumerate(tasks):
        for proof in (task.proof, *task.actions) if task.units else ():
            for name in dict.fromkeys(_names_in(plain(proof.quote), by_name, lengths)):
                for area in by_name[name]:
                    area.tasks.setdefault(at, []).append(proof)
    return list(areas.values())


def _kind(own_id: str) -> str | None:
    """Return the kind of a thing; None of offices and groups of them, which act and are not acted on."""
    label = own_id.partition(":")[0]
    if label in ("Department", "Collective"):
        return None
    return label if label in KINDS else "Organisation"


def _written_things(store: Store) -> Iterator[Area]:
    """Yield the things that are looked for in texts; whether a firm's name stands there is for the loader to say."""
    for label in KINDS[:-1]:
        for own, name, quote, place in store.query(_THINGS.format(label=label)).rows:
            if _SHORTEST <= len(plain(name)) <= _LONGEST:
                yield Area(own, name, label, Proof(own, quote, place))


def _names_in(text: str, names: Collection[str], lengths: Sequence[int]) -> Iterator[str]:
    """Yield the names that stand in a text, the longest at each place; what is part of a longer one does not count."""
    at = 0
    while at < len(text):
        name = next((text[at : at + length] for length in lengths if text[at : at + length] in names), "")
        if name:
            yield name
        at += len(name) or 1


def _in_scope(area: Area, tasks: Sequence[Task], scope: str) -> Area:
    """Return the thing with the tasks of one region, but for plans whose title says that they are about nothing else."""
    name = plain(area.name)
    inside = {
        at: proofs
        for at, proofs in sorted(area.tasks.items())
        if tasks[at].scope == scope and name not in plain(tasks[at].plan_name)
    }
    return Area(area.id, area.name, area.kind, area.proof, inside)


def _row(area: Area, tasks: Sequence[Task]) -> tuple[Any, ...]:
    some = [tasks[at] for at in area.tasks]
    leads = list(dict.fromkeys(name for task in some for name in task.names))
    plans = list(dict.fromkeys(task.plan_name for task in some))
    roles = [role.proof for task in some for role in task.answering]
    proofs = shown([area.proof, *(proof for found in area.tasks.values() for proof in found[:1]), *roles])
    names = [task.name for task in some]
    return (area.name, area.kind, leads, len(leads), names, link(some), plans, *proofs)
