"""Which findings a report tells, in which order, and as how many points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.ledger.triage import State
from innograph.queries.question import Severity
from innograph.visualize.found import finding_like

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.queries import Finding
    from innograph.workspace import Workspace

LISTED = (State.CONFIRMED, State.OPEN)
"""Dismissed findings are counted and never listed."""
_ONE_BY_ONE = {State.CONFIRMED: 12, State.OPEN: 4}
"""Findings of one rule are told one by one up to so many, if a person confirmed them or they are serious."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a report is to be about.

    Args:
        plan: only this plan, in any words that mean it; all if ``None``.
        findings: beginnings of the ids of findings; all others are left out. Empty for all.
        severities: only findings of these; empty for all.
        states: only findings of these, of :data:`LISTED`.
        as_of: the day whose graph is asked.
        title: instead of one made from the plan or the workspace.
    """

    plan: str | None = None
    findings: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    states: tuple[str, ...] = tuple(state.value for state in LISTED)
    as_of: dt.date | None = None
    title: str = ""


class Picked(NamedTuple):
    """The findings of a report: those the planner confirmed first, then the open ones, the most serious first.

    Args:
        listed: those that are told.
        dismissed: how many were dismissed.
        left_out: how many others were not chosen.
    """

    listed: tuple[Finding, ...]
    dismissed: int
    left_out: int


class Point(NamedTuple):
    """One numbered point of the report: a finding, or several open ones of one rule."""

    rule: str
    findings: tuple[Finding, ...]


def pick(found: Sequence[Finding], chosen: Chosen) -> Picked:
    """Return the findings that a report tells.

    Args:
        found: all there are.
        chosen: what it is to be about.

    Raises:
        NothingFound: no finding's id begins as one of ``chosen`` does.
        Ambiguous: several begin so.
    """
    named = {finding_like(found, prefix).id for prefix in chosen.findings}
    dismissed = sum(one.state is State.DISMISSED for one in found)
    listed = [
        one
        for one in found
        if (not named or one.id in named)
        and one.state in LISTED
        and one.state.value in chosen.states
        and (not chosen.severities or one.severity.value in chosen.severities)
    ]
    severities = list(Severity)
    listed.sort(key=lambda one: (LISTED.index(one.state), severities.index(one.severity)))  # stable: by rule within
    return Picked(tuple(listed), dismissed, len(found) - dismissed - len(listed))


def points(listed: Iterable[Finding], *, one_by_one: bool = False) -> Iterator[Point]:
    """Yield the points that findings of one state and severity make: each by itself where that is not too many.

    Args:
        listed: in the order of :func:`pick`.
        one_by_one: whether each is a point of its own, since a person named it.
    """
    for rule, group in groupby(listed, key=lambda one: one.rule):
        some = tuple(group)
        first = some[0]
        serious = first.state is State.CONFIRMED or first.severity is Severity.HIGH
        if len(some) == 1 or one_by_one or (serious and len(some) <= _ONE_BY_ONE[first.state]):
            yield from (Point(rule, (one,)) for one in some)
        else:
            yield Point(rule, some)


def of_plan(
    workspace: Workspace, found: Sequence[Finding], plan: str, name: str, as_of: dt.date | None
) -> list[Finding]:
    """Return the findings about one plan, and those about no plan, such as gaps of cooperation.

    Args:
        workspace: where they were found.
        found: all of them.
        plan: the plan's id.
        name: the plan's name.
        as_of: the day whose graph was asked.
    """
    told = {
        rule: _about(workspace, rule, plan, name, as_of)
        for rule in dict.fromkeys(one.rule for one in found)
        if _names_plans(workspace, rule)
    }
    return [one for one in found if one.rule not in told or frozenset(one.evidence) in told[one.rule]]


def _names_plans(workspace: Workspace, rule: str) -> bool:
    return any(column.name in ("plan", "plans") for column in workspace.catalogue()[rule].columns)


def _about(workspace: Workspace, rule: str, plan: str, name: str, as_of: dt.date | None) -> set[frozenset[str]]:
    """Return the evidence of each row of a rule that is about the plan."""
    question = workspace.catalogue()[rule]
    taken = {parameter.name for parameter in question.parameters}
    given = {"top": 2**31 - 1} if "top" in taken else {}
    asked = workspace.answer(rule, given | ({"plan": plan} if "plan" in taken else {}), as_of=as_of)
    rows = asked.dicts()
    if "plan" not in taken:
        rows = [row for row in rows if name in (row.get("plans") or [row.get("plan")])]
    return {frozenset(row["evidence"]) for row in rows}
