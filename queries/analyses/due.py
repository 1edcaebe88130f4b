"""Targets by the year in which they are due and the unit that answers for them, with how many are reported and met."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from ..answering import Found
from .target_states import UNREPORTED, standings_of
from .task_profiles import filled, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.stores import Store

    from .target_states import Standing

_YEAR = Text(
    "{year}：{all}个目标，已填报{reported}个，已达到{met}个。", "{year}: {all} targets, {reported} reported, {met} met."
)
_NO_YEAR = Text("没有年份", "without a year")
_STATES = ("met", "on-course", "behind", "uncountable")


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return one row for each year and unit, the year that is due first first, those with most targets before others."""
    found = standings_of(store, parameters)
    year, unit = parameters["year"], parameters["unit"]
    asked = [one for one in found.standings if year in (None, one.target.due)]
    groups: defaultdict[tuple[int | None, str, str], list[Standing]] = defaultdict(list)
    for one in asked:
        units = {role.unit: role.name for role in one.target.answering} or {"": ""}
        for own, name in units.items():
            if unit in (None, own):
                groups[one.target.due, name, own].append(one)
    order = sorted(groups, key=lambda key: (key[0] is None, key[0] or 0, -len(groups[key]), key[1:]))
    rows = [_row(key[0], key[1] or None, groups[key]) for key in order]
    return Found(rows, [*_totals(asked), *found.remarks])


def _row(year: int | None, unit: str | None, some: Sequence[Standing]) -> tuple[Any, ...]:
    states = Counter(one.state for one in some)
    entries = [one.entry.proof for one in some if one.entry]
    lines = shown([*(one.target.proof for one in some), *entries])
    counts = (len(some), len(some) - states[UNREPORTED], *(states[state] for state in _STATES))
    return (year, unit, *counts, [one.target.name for one in some], *lines)


def _totals(some: Sequence[Standing]) -> list[Text]:
    """Return for each year how many targets there are, each counted once."""
    by_year: defaultdict[int | None, list[Standing]] = defaultdict(list)
    for one in some:
        by_year[one.target.due].append(one)
    return [_total(year, by_year[year]) for year in sorted(by_year, key=lambda year: (year is None, year or 0))]


def _total(year: int | None, some: Sequence[Standing]) -> Text:
    reported, met = sum(one.state != UNREPORTED for one in some), sum(one.state == "met" for one in some)
    named = Text(str(year), str(year)) if year else _NO_YEAR
    filled_in = filled(_YEAR, year="{year}", all=len(some), reported=reported, met=met)
    return Text(filled_in.zh.replace("{year}", named.zh), filled_in.en.replace("{year}", named.en))
