"""Targets as the questions about them see them: what is asked, by when, who answers for it, and the line that says so."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from innograph.graph.regions import ancestors, region_by_code

from ..measures.progress import Goal, counts_whole, is_rate
from .task_profiles import Proof, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from innograph.graph.stores import Store

_TARGETS = """
MATCH (p:Plan)-[:HAS_TASK|HAS_MEASURE*0..1]->(w:Plan|Task|Measure)-[:SETS_TARGET]->(g:Target)-[:MEASURES]->(i:Indicator)
OPTIONAL MATCH (p)-[:ISSUED_BY]->(b:Organisation:Department)
WITH p, w, g, i, min(b.jurisdiction) AS region
RETURN g.id AS id, g.name AS name, i.id AS indicator, i.name AS indicator_name, w.id AS owner, w.name AS owner_name,
    CASE WHEN w:Plan THEN 'plan' WHEN w:Task THEN 'task' ELSE 'measure' END AS level,
    coalesce(w.position, 0) AS position, p.id AS plan, p.name AS plan_name, region, p.period_start AS first,
    p.period_end AS last, p.issue_date AS issued, g.kind AS kind, g.comparator AS comparator, g.value AS value,
    g.value_to AS value_to, g.unit AS unit, g.year AS year, g.period AS period, g.quote AS quote, g.place AS place,
    coalesce(size(split(w.content, g.quote)[0]), 0) AS at
ORDER BY id
"""
_ROLES = """
MATCH (o:Organisation)-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(w:Task|Measure)
WHERE EXISTS { MATCH (w)-[:SETS_TARGET]->(:Target) }
RETURN w.id AS owner, type(r) AS type, o.id AS unit, o.name AS name, r.quote AS quote, r.place AS place,
    coalesce(size(split(r.quote, r.written)[0]), 0) AS at, r.id AS edge
ORDER BY edge
"""


@dataclass(frozen=True)
class Target:
    """A target of a plan.

    Args:
        id: of the node.
        name: as the graph calls it.
        indicator: id of the indicator.
        indicator_name: what is measured.
        owner: id of the task, safeguard or plan that sets it.
        owner_name: its name.
        level: which of these it is: ``task``, ``measure`` or ``plan``.
        plan: id of the plan.
        plan_name: its title.
        region: code of the region for which the plan is, if it is known.
        kind: numeric, coverage, trend, scale, relative or cap.
        goal: comparator and values.
        unit: of measure.
        year: by the end of which it is due, as the target says.
        period: annual, cumulative or new.
        start: when the plan begins.
        last: the plan's last year.
        proof: the line that sets it.
        roles: who does what in its task.
    """

    id: str
    name: str
    indicator: str
    indicator_name: str
    owner: str
    owner_name: str
    level: str
    plan: str
    plan_name: str
    region: str | None
    kind: str
    goal: Goal
    unit: str | None
    year: int | None
    period: str | None
    start: dt.date | None
    last: int | None
    proof: Proof
    roles: list[Role] = field(default_factory=list[Role])

    @property
    def answering(self) -> list[Role]:
        """Who leads its task; where nobody leads, who is responsible."""
        leads = [role for role in self.roles if role.type == "LEADS"]
        return leads or [role for role in self.roles if role.type == "RESPONSIBLE_FOR"]

    @property
    def units(self) -> list[str]:
        """The names of the units that answer for it, in the order of the text."""
        return list(dict.fromkeys(role.name for role in self.answering))

    @property
    def scope(self) -> str:
        """The region for which the plan is; the plan itself where its issuer is unknown."""
        return self.region or self.plan

    @property
    def due(self) -> int | None:
        """The year by the end of which it is due: its own, or else the plan's last."""
        return self.year or self.last

    @property
    def whole(self) -> bool:
        """Whether only whole numbers count."""
        return counts_whole(self.unit) and (self.goal.value is None or self.goal.value.is_integer())

    @property
    def steady(self) -> bool:
        """Whether all of it is expected at any time: a rate per year."""
        return self.period == "annual" and is_rate(self.unit)

    def within(self, code: str | None) -> bool:
        """Whether a region is that of the plan, or lies in it."""
        region = region_by_code(code) if code else None
        return region is not None and self.region in {region.code, *(outer.code for outer in ancestors(region))}


def targets_of(store: Store, plan: str | None = None, unit: str | None = None) -> list[Target]:
    """Return the targets of all plans, or of one, in the order of plans and text.

    Args:
        store: the engine.
        plan: id of a plan.
        unit: id of a unit that must answer for them.
    """
    rows = store.query(_TARGETS).dicts()
    levels = ("plan", "task", "measure")
    rows.sort(
        key=lambda row: (
            row["plan_name"], row["plan"], levels.index(row["level"]), row["position"], row["owner_name"], row["at"],
            row["indicator_name"], row["id"],
        )
    )  # fmt: skip
    roles = _roles(store) if rows else {}
    found = [_target(row, roles.get(row["owner"], [])) for row in rows if plan in (None, row["plan"])]
    return [one for one in found if unit is None or unit in {role.unit for role in one.answering}]


def proofs(target: Target, roles: Iterable[Role] | None = None) -> list[Proof]:
    """Return the line that sets a target, and those that say who has a part in it.

    Args:
        target: the target.
        roles: which of its roles; without, those who answer for it.
    """
    return [target.proof, *(role.proof for role in (target.answering if roles is None else roles))]


def facts(target: Target) -> tuple[Any, ...]:
    """Return comparator, value, unit of measure and year, as the columns of rows have them."""
    return (target.goal.comparator or None, target.goal.value, target.unit, target.due)


def _roles(store: Store) -> dict[str, list[Role]]:
    """Return the roles in each task or safeguard that sets a target, leads first, in the order of the text."""
    order = ("LEADS", "RESPONSIBLE_FOR", "SUPPORTS")
    rows = store.query(_ROLES).dicts()
    rows.sort(key=lambda r: (r["owner"], order.index(r["type"]), r["place"] or "", r["at"], r["name"], r["edge"]))
    found: defaultdict[str, list[Role]] = defaultdict(list)
    for row in rows:
        proof = Proof(row["edge"], row["quote"], row["place"])
        found[row["owner"]].append(Role(row["type"], row["unit"], row["name"], proof))
    return found


def _target(row: dict[str, Any], roles: list[Role]) -> Target:
    start = dt.date(row["first"], 1, 1) if row["first"] else row["issued"]
    return Target(
        row["id"], row["name"], row["indicator"], row["indicator_name"], row["owner"], row["owner_name"], row["level"],
        row["plan"], row["plan_name"], row["region"], row["kind"],
        Goal(row["comparator"] or "", row["value"], row["value_to"]), row["unit"], row["year"], row["period"], start,
        row["last"], Proof(row["id"], row["quote"], row["place"]), roles,
    )  # fmt: skip
