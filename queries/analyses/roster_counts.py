"""Counts in the rosters what an indicator asks for: for certain, and what it may be besides."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.identity import plain

from .counted_indicators import level_of
from .task_profiles import Proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from innograph.graph.stores import Store

    from .counted_indicators import Reading, Rule
    from .target_register import Target

_TIERS = """
MATCH (e:Organisation:Enterprise)-[q:QUALIFIES_AS]->(t:Tier)
RETURN e.id AS id, e.name AS name, t.id AS tier, q.year AS year, q.id AS edge, q.quote AS quote, q.place AS place
ORDER BY name, id, edge
"""
_STEPS = """
MATCH (t:Tier) OPTIONAL MATCH (t)-[:NEXT_TIER]->(n:Tier)
RETURN t.id AS id, t.name AS name, n.id AS next ORDER BY id, next
"""
_PLATFORMS = """
MATCH (f:Platform)
RETURN f.id AS id, f.name AS name, f.kind AS kind, f.level AS level, f.year AS year, f.quote AS quote, f.place AS place
ORDER BY name, id
"""
_OPERATORS = """
MATCH (o:Organisation)-[:OPERATES]->(f:Platform)
RETURN f.id AS id, CASE WHEN o:Enterprise THEN 'Enterprise' ELSE 'other' END AS operator ORDER BY id, operator
"""
_MEMBERS = """
MATCH (e:Organisation:Enterprise)-[m:MEMBER_OF]->(f:Platform)
RETURN e.id AS id, e.name AS name, f.id AS platform, m.id AS edge, m.quote AS quote, m.place AS place
ORDER BY name, id, edge
"""
_PROJECTS = """
MATCH (o:Organisation)-[:PARTICIPATES_IN]->(x:Project)
RETURN x.id AS id, x.name AS name, x.start_date AS begin, x.end_date AS end, o.id AS party, x.quote AS quote,
    x.place AS place
ORDER BY name, id, party
"""
_REGIONS = "MATCH (x:{label})-[:LOCATED_IN]->(r:Region) RETURN x.id AS id, r.code AS code ORDER BY id, code"


class Fit(IntEnum):
    """Whether a thing is of those to be counted."""

    NO = 0
    POSSIBLE = 1
    SURE = 2


class Counted(NamedTuple):
    """What is counted for certain and what may be besides, each thing once by its name, with the lines that say so.

    ``held`` is whether the rosters hold such things at all.
    """

    sure: dict[str, tuple[str, Proof]]
    possible: dict[str, tuple[str, Proof]]
    held: bool


class Rosters:
    """The rosters of a graph; each is read when it is first needed.

    Args:
        store: the engine.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, reading: Reading, target: Target) -> Counted:
        """Return what the rosters hold of what a target measures, in its region and by its year."""
        of = {"tier": self._tiers, "platform": self._platforms, "member": self._members, "project": self._projects}
        told = list(of[reading.rule.count](reading, target))
        best: dict[str, tuple[Fit, str, Proof]] = {}
        for own, name, fit, proof in told:
            if fit > best.get(own, (Fit.NO,))[0]:
                best[own] = (fit, name, proof)
        parts = [
            {own: (name, proof) for own, (found, name, proof) in best.items() if found is fit}
            for fit in (Fit.SURE, Fit.POSSIBLE)
        ]
        return Counted(parts[0], parts[1], bool(told))

    def _tiers(self, reading: Reading, target: Target) -> Iterator[tuple[str, str, Fit, Proof]]:
        fits = self._steps_fitting(reading.rule)
        for row in self._rows(_TIERS):
            fit = min(fits[row["tier"]], self._lies(row["id"], "Organisation", target), _in_time(row["year"], target))
            yield row["id"], row["name"], fit, Proof(row["edge"], row["quote"], row["place"])

    def _steps_fitting(self, rule: Rule) -> dict[str, Fit]:
        """Return whether who stands on a step of the ladder has a title.

        Surely where the step is called so, possibly where it joins several titles or lies above such a step.
        """
        rows = self._rows(_STEPS)
        nexts: defaultdict[str, list[str]] = defaultdict(list)
        found: dict[str, Fit] = {}
        for row in rows:
            name = plain(row["name"])
            joined = rule.titles & set(re.split(r"[()、/]", name))
            found[row["id"]] = Fit.SURE if name in rule.titles else Fit.POSSIBLE if joined else Fit.NO
            if row["next"]:
                nexts[row["id"]].append(row["next"])
        above = [step for step, fit in found.items() if fit]
        while above:
            for step in nexts.pop(above.pop(), []):
                found[step] = max(found[step], Fit.POSSIBLE)
                above.append(step)
        return found

    def _platforms(self, reading: Reading, target: Target) -> Iterator[tuple[str, str, Fit, Proof]]:
        rows = self._platform_rows
        # Without a roster the graph has but the platforms that a plan names.
        for row in rows if any(row["kind"] for row in rows) else ():
            told = [self._of_kind(row, reading.rule), _at_level(row["level"], reading)]
            where = self._lies(row["id"], "Platform", target)
            # Of what is known by its name alone nothing can be said.
            known = bool(row["kind"]) or (bool(reading.levels) and told[1] is Fit.SURE)
            if known or told[0] is Fit.SURE:
                fit = min(*told, where, self._run_by(row["id"], reading.rule), _in_time(row["year"], target))
                yield row["id"], row["name"], fit, Proof(row["id"], row["quote"], row["place"])

    def _members(self, reading: Reading, target: Target) -> Iterator[tuple[str, str, Fit, Proof]]:
        platforms = {row["id"]: row for row in self._platform_rows}
        for row in self._rows(_MEMBERS):
            platform = platforms[row["platform"]]
            told = (self._of_kind(platform, reading.rule), _at_level(platform["level"], reading))
            fit = min(*told, self._lies(platform["id"], "Platform", target))
            yield row["id"], row["name"], fit, Proof(row["edge"], row["quote"], row["place"])

    def _projects(self, _: Reading, target: Target) -> Iterator[tuple[str, str, Fit, Proof]]:
        parties: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._rows(_PROJECTS):
            parties[row["id"]].append(row)
        for own, rows in parties.items():
            if len(rows) < 2:
                continue
            first = rows[0]
            fit = min(
                self._crosses([row["party"] for row in rows], target), _runs(first["begin"], first["end"], target)
            )
            yield own, first["name"], fit, Proof(own, first["quote"], first["place"])

    def _crosses(self, parties: Iterable[str], target: Target) -> Fit:
        """Whether some parties are in the plan's region and others outside: possibly where a region is not stated."""
        lie = [self._lies(party, "Organisation", target) for party in parties]
        if Fit.SURE in lie and Fit.NO in lie:
            return Fit.SURE
        return Fit.POSSIBLE if Fit.POSSIBLE in lie else Fit.NO

    def _of_kind(self, platform: dict[str, Any], rule: Rule) -> Fit:
        if platform["kind"]:
            return Fit.SURE if plain(platform["kind"]) in rule.kinds else Fit.NO
        name = plain(platform["name"])
        return Fit.SURE if any(kind in name for kind in rule.kinds) else Fit.POSSIBLE

    def _run_by(self, platform: str, rule: Rule) -> Fit:
        if rule.operator is None:
            return Fit.SURE
        operators = self._operators.get(platform, [])
        if not operators:
            return Fit.POSSIBLE
        return Fit.SURE if rule.operator in operators else Fit.NO

    def _lies(self, own: str, label: str, target: Target) -> Fit:
        """Whether a thing lies in the region of the plan."""
        codes = (self._organisations if label == "Organisation" else self._platform_regions).get(own, [])
        if target.region is None or not codes:
            return Fit.POSSIBLE
        return Fit.SURE if any(target.within(code) for code in codes) else Fit.NO

    @cached_property
    def _platform_rows(self) -> list[dict[str, Any]]:
        return self._rows(_PLATFORMS)

    @cached_property
    def _operators(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._rows(_OPERATORS):
            found[row["id"]].append(row["operator"])
        return found

    @cached_property
    def _organisations(self) -> dict[str, list[str]]:
        return self._regions("Organisation")

    @cached_property
    def _platform_regions(self) -> dict[str, list[str]]:
        return self._regions("Platform")

    def _regions(self, label: str) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._rows(_REGIONS.format(label=label)):
            found[row["id"]].append(row["code"])
        return found

    def _rows(self, cypher: str) -> list[dict[str, Any]]:
        return self._store.query(cypher, timeout=60.0).dicts()


def _at_level(written: str | None, reading: Reading) -> Fit:
    """Whether a level is one of those that an indicator names."""
    if not reading.levels:
        return Fit.SURE
    level = level_of(written or "")
    return Fit.POSSIBLE if level is None else Fit.SURE if level in reading.levels else Fit.NO


def _in_time(year: int | None, target: Target) -> Fit:
    """Whether what was recognised in a year counts: no later than the target's, and if it must be new, under the plan."""
    new = target.period == "new"
    if year is None:
        return Fit.POSSIBLE if new else Fit.SURE
    if target.due is not None and year > target.due:
        return Fit.NO
    if new and target.start is None:
        return Fit.POSSIBLE
    return Fit.NO if new and target.start is not None and year < target.start.year else Fit.SURE


def _runs(begin: Any, end: Any, target: Target) -> Fit:
    """Whether a project runs under the plan, by the end of the target's year."""
    if begin is None:
        return Fit.POSSIBLE
    if target.due is not None and begin.year > target.due:
        return Fit.NO
    return Fit.NO if target.start is not None and (end or begin).year < target.start.year else Fit.SURE
