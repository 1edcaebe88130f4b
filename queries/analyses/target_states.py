"""Each target with the latest report of the progress sheets about it, and how it stands."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text

from ..measures.progress import Course, Progress, Report, State, converted, progress_of
from .target_register import targets_of
from .task_profiles import Proof, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from innograph.graph.stores import Store

    from .target_register import Target

_REPORTS = """
MATCH (r:Progress)-[:REPORTS_ON]->(x:Indicator|Target|Task)
RETURN r.id AS id, r.name AS name, r.date AS date, r.value AS value, r.unit AS unit, r.state AS state,
    r.quote AS quote, r.place AS place, x.id AS about, CASE WHEN x:Indicator THEN x.name ELSE '' END AS indicator
ORDER BY id, about
"""
UNREPORTED = "unreported"
_AS_OF = Text("按{day}前（含当日）的报告计算。", "As of {day}, by what was reported till then.")
_NO_REPORTS = Text("没有进展台账，或其中没有{day}前的报告。", "There is no progress sheet with reports till {day}.")
_NO_SHEET = Text("没有进展台账。", "There is no progress sheet.")
_UNDATED = Text("报告都没有写日期。", "No report has a date.")
_UNDATED_TOO = Text(
    "{count}份报告没有写日期，不知道是否晚于这一天；仍然计入，但有日期的报告优先。",
    "{count} reports have no date and may be later than that day; they count where there is none with a date.",
)
_LATER_UNKNOWN = Text(
    "用的是{day}的图谱，此后的报告不计入。", "It is the graph of {day}: what was reported after it does not count."
)
_WITHOUT_TARGET = Text("{count}项报告的指标没有目标：{names}。", "{count} reported indicators have no target: {names}.")


@dataclass
class Entry:
    """An entry of a progress sheet; ``about`` are the ids of targets and tasks, ``indicators`` the names by their ids."""

    date: dt.date | None
    value: float | None
    unit: str | None
    proof: Proof
    indicators: dict[str, str] = field(default_factory=dict[str, str])
    about: set[str] = field(default_factory=set[str])


class Standing(NamedTuple):
    """A target, its latest report, and how it stands: a :class:`State`, or that nobody reported."""

    target: Target
    entry: Entry | None
    state: str
    progress: Progress


class Standings(NamedTuple):
    """All targets asked for, as of which day, and what there is to say."""

    standings: list[Standing]
    remarks: list[Text]


def standings_of(store: Store, parameters: Mapping[str, Any]) -> Standings:
    """Return how targets stand, in the order of plans and text.

    Args:
        store: the engine.
        parameters: ``plan`` and ``unit`` say which targets; ``day`` as of when, without it as of the day of the graph,
            and of the graph of today as of the latest report; ``patience`` for how many days a report counts.
    """
    everything = targets_of(store)
    wanted = {target.id for target in targets_of(store, parameters["plan"], parameters["unit"])}
    entries = _entries(store)
    latest = max((entry.date for entry in entries if entry.date), default=dt.date.max)
    day: dt.date = parameters["day"] or store.day or latest
    told = [entry for entry in entries if entry.date is None or entry.date <= day]
    scopes: defaultdict[str, set[str]] = defaultdict(set)
    for target in everything:
        scopes[target.indicator].add(target.scope)
    found = [
        _standing(target, told, day, parameters["patience"], several=len(scopes[target.indicator]) > 1)
        for target in everything
        if target.id in wanted
    ]
    return Standings(found, [*_basis(told, day, store.day), *_strays(told, everything)])


def _basis(told: Sequence[Entry], day: dt.date, graph_of: dt.date | None) -> list[Text]:
    """Return by which reports it is told; the last of all days stands for none."""
    if day == dt.date.max:
        return [_UNDATED if told else _NO_SHEET]
    said = [filled(_AS_OF if told else _NO_REPORTS, day=day)]
    if graph_of and graph_of < day:
        said.append(filled(_LATER_UNKNOWN, day=graph_of))
    undated = sum(entry.date is None for entry in told)
    return [*said, filled(_UNDATED_TOO, count=undated)] if undated else said


def neat(value: float | None) -> float | None:
    """Return a number as people write it: with two decimals at most, and none where it is whole.

    Examples:
        >>> neat(2401.0), neat(133.2723), neat(None)
        (2401, 133.27, None)
    """
    return None if value is None else int(value) if value.is_integer() else round(value, 2)


def _entries(store: Store) -> list[Entry]:
    found: dict[str, Entry] = {}
    for row in store.query(_REPORTS).dicts():
        proof = Proof(row["id"], row["quote"], row["place"])
        entry = found.setdefault(row["id"], Entry(row["date"], row["value"], row["unit"], proof))
        if row["indicator"]:
            entry.indicators[row["about"]] = row["indicator"]
        else:
            entry.about.add(row["about"])
    return list(found.values())


def _of(target: Target, entries: Iterable[Entry]) -> tuple[list[Entry], bool]:
    """Return the reports of a target, the latest first, and whether they are known by the indicator alone.

    Those that name the target count; else those that name its task; else those of its indicator that name neither.
    """
    ranks: list[list[Entry]] = [[], [], []]
    for entry in entries:
        measured = not entry.indicators or target.indicator in entry.indicators
        if target.id in entry.about:
            ranks[0].append(entry)
        elif target.owner in entry.about and measured:
            ranks[1].append(entry)
        elif not entry.about and target.indicator in entry.indicators:
            ranks[2].append(entry)
    some = next((rank for rank in ranks if rank), ranks[2])
    latest = sorted(some, key=lambda entry: (entry.date or dt.date.min, entry.proof.id), reverse=True)
    return latest, bool(some) and some is ranks[2]


def _standing(target: Target, entries: Sequence[Entry], day: dt.date, patience: int, *, several: bool) -> Standing:
    reports, by_indicator = _of(target, entries)
    if not reports:
        return Standing(target, None, UNREPORTED, Progress(State.UNCOUNTABLE))
    entry = reports[0]
    value = None if entry.value is None else converted(entry.value, entry.unit, target.unit)
    reason = "ambiguous" if by_indicator and several else "units" if value is None and entry.value is not None else None
    if reason:
        return Standing(target, entry, State.UNCOUNTABLE.value, Progress(State.UNCOUNTABLE, reason))
    earlier = (converted(one.value, one.unit, target.unit) for one in reports[1:] if one.value is not None)
    report = Report(value, entry.date, next((one for one in earlier if one is not None), None))
    progress = progress_of(
        target.goal,
        _course(target, entry),
        report,
        day,
        whole=target.whole,
        linear=not target.steady,
        patience=patience,
    )
    return Standing(target, entry, progress.state.value, progress)


def _course(target: Target, entry: Entry) -> Course:
    """Return from when until when: what recurs each year is worked on in the year of the report."""
    deadline = dt.date(target.due, 12, 31) if target.due else None
    if target.period == "annual" and entry.date and (deadline is None or entry.date < deadline):
        return Course(dt.date(entry.date.year, 1, 1), dt.date(entry.date.year, 12, 31))
    return Course(target.start, deadline)


def _strays(entries: Sequence[Entry], targets: Sequence[Target]) -> list[Text]:
    """Return the remark on indicators that are reported and have no target."""
    measured = {target.indicator for target in targets}
    names = sorted({name for entry in entries for own, name in entry.indicators.items() if own not in measured})
    listed = Text("、".join(names), ", ".join(names))
    if not names:
        return []
    remark = Text(
        _WITHOUT_TARGET.zh.format(count=len(names), names=listed.zh),
        _WITHOUT_TARGET.en.format(count=len(names), names=listed.en),
    )
    return [remark]
