"""Tasks as questions about overlap see them: who answers for each, what it says, measures and names, with the proof."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.identity import plain
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from innograph.graph.stores import Store

_TASKS = """
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)
OPTIONAL MATCH (p)-[:ISSUED_BY]->(b:Organisation:Department)
WITH p, t, min(b.jurisdiction) AS region
RETURN t.id AS id, t.name AS name, t.position AS position, t.quote AS quote, t.place AS place,
    t.section AS section, p.id AS plan, p.name AS plan_name, region, p.period_end AS period_end, p.issue_date AS issued
"""
_ROLES = """
MATCH (o:Organisation)-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t:Task)
RETURN t.id AS task, type(r) AS type, o.id AS unit, o.name AS name, r.id AS edge, r.quote AS quote, r.place AS place,
    coalesce(size(split(r.quote, r.written)[0]), 0) AS at
"""
_ACTIONS = """
MATCH (t:Task)-[:HAS_ACTION]->(a:Action)
RETURN t.id AS task, a.position AS position, a.id AS id, a.quote AS quote, a.place AS place
"""
_TARGETS = """
MATCH (t:Task)-[:SETS_TARGET]->(g:Target)-[:MEASURES]->(i:Indicator)
RETURN t.id AS task, i.id AS id, i.name AS name, g.id AS proof, g.quote AS quote, g.place AS place, g.unit AS unit
"""
_NAMED = """
MATCH (t:Task)-[:HAS_ACTION*0..1]->(w:Task|Action)-[n:NAMES|FOCUSES_ON]->(x:{label})
RETURN t.id AS task, x.id AS id, x.name AS name, n.id AS proof, n.quote AS quote, n.place AS place
"""
_NAMEABLE = ("Industry", "Platform", "TalentProgram", "Event", "Project", "Tier", "Organisation")
"""Not regions: that two tasks name the same city says nothing of what they do."""
_VERSION = re.compile(r"[0-9〇一二三四五六七八九十]{2,4}年度?|[0-9]{4}|修订|征求意见稿|草案|试行|送审稿|[^\w]|版")
_OLDER = Text("《{name}》已有新版，不参与比较。", "《{name}》 has a later version and is not compared.")


class Proof(NamedTuple):
    """A node or an edge, and the words that say it."""

    id: str
    quote: str
    place: str


class Role(NamedTuple):
    """What a unit does in a task: the type of the edge, with the line that says so."""

    type: str
    unit: str
    name: str
    proof: Proof


class Mention(NamedTuple):
    """A thing that a task measures or names."""

    id: str
    name: str
    proof: Proof
    unit: str | None = None


@dataclass(frozen=True)
class Task:
    """A task.

    Args:
        id: of the node.
        name: its title.
        plan: id of its plan.
        plan_name: the plan's title.
        scope: the region for which the plan is; the plan itself where its issuer is unknown.
        proof: its heading.
        dated: the last year of its plan and the day of issue, as text that sorts; empty where unknown.
        section: the title of the part of the plan in which it stands.
        roles: who does what in it, in the order of the text.
        actions: its sentences.
        targets: the indicators it measures.
        named: what it names.
    """

    id: str
    name: str
    plan: str
    plan_name: str
    scope: str
    proof: Proof
    dated: str = ""
    section: str = ""
    roles: list[Role] = field(default_factory=list[Role])
    actions: list[Proof] = field(default_factory=list[Proof])
    targets: list[Mention] = field(default_factory=list[Mention])
    named: list[Mention] = field(default_factory=list[Mention])

    @property
    def text(self) -> str:
        """Title and sentences."""
        return "\n".join([self.name, *(action.quote for action in self.actions)])

    @property
    def answering(self) -> list[Role]:
        """Who leads the task; where the plan names no lead, who is responsible."""
        leads = [role for role in self.roles if role.type == "LEADS"]
        return leads or [role for role in self.roles if role.type == "RESPONSIBLE_FOR"]

    @property
    def units(self) -> set[str]:
        """The ids of the units that answer for the task."""
        return {role.unit for role in self.answering}

    @property
    def names(self) -> list[str]:
        """The names of the units that answer for the task, in the order of the text."""
        return list(dict.fromkeys(role.name for role in self.answering))

    @property
    def helpers(self) -> set[str]:
        """The ids of the units that have a part in the task without answering for it."""
        return {role.unit for role in self.roles} - self.units


def tasks_of(store: Store, plan: str | None = None) -> list[Task]:
    """Return the tasks of all plans, or of one, in the order of plans and text.

    Args:
        store: the engine.
        plan: id of a plan.
    """
    rows = [row for row in _rows(store, _TASKS) if plan is None or row["plan"] == plan]
    rows.sort(key=lambda row: (row["plan_name"], row["plan"], row["position"] or 0, row["id"]))
    tasks = {
        row["id"]: Task(
            row["id"], row["name"], row["plan"], row["plan_name"], row["region"] or row["plan"],
            Proof(row["id"], row["quote"], row["place"]),
            f"{row['period_end'] or ''} {row['issued'] or ''}".strip(), row["section"] or "",
        )
        for row in rows
    }  # fmt: skip
    for task, some in _by_task(_rows(store, _ROLES), tasks, "place", "at", "name", "edge"):
        order = ("LEADS", "RESPONSIBLE_FOR", "SUPPORTS")
        some.sort(key=lambda row: order.index(row["type"]))
        task.roles.extend(
            Role(row["type"], row["unit"], row["name"], Proof(row["edge"], row["quote"], row["place"])) for row in some
        )
    for task, some in _by_task(_rows(store, _ACTIONS), tasks, "position", "id"):
        task.actions.extend(Proof(row["id"], row["quote"], row["place"]) for row in some)
    for task, some in _by_task(_rows(store, _TARGETS), tasks, "place", "proof", "id"):
        task.targets.extend(_mention(row, row["unit"]) for row in some)
    named = (row for label in _NAMEABLE for row in _rows(store, _NAMED.format(label=label)))
    for task, some in _by_task(named, tasks, "id", "place", "proof"):
        task.named.extend(_mention(row) for row in some)
    return list(tasks.values())


def current(tasks: Iterable[Task]) -> tuple[list[Task], list[Text]]:
    """Return the tasks of plans in force, and what is left out: of several versions of a plan the latest counts.

    Versions are plans for one region whose titles differ in years and such words as 修订 and 征求意见稿 only. A task is no
    overlap with what became of it.

    Args:
        tasks: of all plans.
    """
    some = list(tasks)
    latest: dict[tuple[str, str], str] = {}
    for task in sorted(some, key=lambda task: (task.dated, task.plan)):
        latest[_series(task)] = task.plan
    kept = [task for task in some if latest[_series(task)] == task.plan]
    older = dict.fromkeys(task.plan_name for task in some if latest[_series(task)] != task.plan)
    return kept, [filled(_OLDER, name=name) for name in older]


def _series(task: Task) -> tuple[str, str]:
    return task.scope, _VERSION.sub("", plain(task.plan_name))


def _rows(store: Store, cypher: str) -> list[dict[str, Any]]:
    return store.query(cypher, timeout=60.0).dicts()


def _by_task(
    rows: Iterable[dict[str, Any]], tasks: dict[str, Task], *order: str
) -> Iterable[tuple[Task, list[dict[str, Any]]]]:
    """Yield each task with its rows, in the order of these columns."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["task"] in tasks:
            found[row["task"]].append(row)
    for task, some in found.items():
        some.sort(key=lambda row: tuple(row[name] for name in order))
        yield tasks[task], some


def _mention(row: dict[str, Any], unit: str | None = None) -> Mention:
    return Mention(row["id"], row["name"], Proof(row["proof"], row["quote"], row["place"]), unit)


class Shown(NamedTuple):
    """Proofs as the last columns of a row."""

    quote: list[str]
    place: list[str]
    evidence: list[str]


def shown(proofs: Iterable[Proof]) -> Shown:
    """Return quotes, places and ids, each once, in the order given.

    Examples:
        >>> shown([Proof("LEADS:1", "牵头单位：市科技局", "二（一） 第3行"), Proof("LEADS:1", "牵头单位：市科技局", "二（一） 第3行")])
        Shown(quote=['牵头单位：市科技局'], place=['二（一） 第3行'], evidence=['LEADS:1'])
    """
    some = list(dict.fromkeys(proofs))
    ids, quotes, places = ([proof[at] for proof in some] for at in range(3))
    return Shown(*(list(dict.fromkeys(one)) for one in (quotes, places, ids)))


def filled(text: Text, **values: object) -> Text:
    """Return a text with its ``{fields}`` filled in both languages.

    Examples:
        >>> filled(Text("{n}对", "{n} pairs"), n=3)
        Text(zh='3对', en='3 pairs')
    """
    return Text(text.zh.format(**values), text.en.format(**values))
