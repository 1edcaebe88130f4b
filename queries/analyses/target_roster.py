"""Targets against the rosters: what these hold of what an indicator counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text

from ..measures.progress import converted, is_rate, is_reached, missing
from .assignments import at_most
from .counted_indicators import reading_of
from .roster_counts import Counted, Rosters
from .target_register import facts, targets_of
from .target_states import neat
from .task_profiles import filled, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from ..answering import Found
    from .counted_indicators import Reading
    from .target_register import Target

_COUNTS = Text(
    "{all}个目标中{known}个的指标在对照表里：已达到{met}、不足{short}、无法计算{uncountable}；其余{others}个不是名册所数。",
    "Of {all} targets {known} have an indicator in the table: met {met}, short {short}, cannot be counted {uncountable}; the "
    "other {others} are not what rosters count.",
)
_HELD = Text(
    "只是名册所载，不等于实际：名册不全，数就偏少。",
    "It is what the rosters hold, not what there is: with rosters incomplete, it is too low.",
)
_ORDER = ("short", "uncountable", "met")
_NOTHING = Counted({}, {}, held=False)


class _Check(NamedTuple):
    """How a target stands by the rosters."""

    state: str
    reason: str | None
    counted: Counted
    short: float | None = None


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the targets that fall short first."""
    targets = targets_of(store, parameters["plan"], parameters["unit"])
    rosters = Rosters(store)
    checked = [(one, _check(one, reading, rosters)) for one in targets if (reading := reading_of(one.indicator_name))]
    checked.sort(key=lambda pair: _ORDER.index(pair[1].state))
    states = Counter(check.state for _, check in checked)
    counts = {state: states[state] for state in _ORDER}
    rows = [_row(one, check) for one, check in checked if parameters["state"] in (None, check.state)]
    others = len(targets) - len(checked)
    summary = filled(_COUNTS, all=len(targets), known=len(checked), others=others, **counts)
    return at_most(rows, parameters["top"], summary, _HELD)


def _check(target: Target, reading: Reading, rosters: Rosters) -> _Check:
    if reason := _uncountable(target, reading):
        return _Check("uncountable", reason, _NOTHING)
    counted = rosters.count(reading, target)
    if not counted.held:
        return _Check("uncountable", "no-roster", counted)
    sure, most = (_in_unit(number, target) for number in (len(counted.sure), len(counted.sure) + len(counted.possible)))
    short = missing(target.goal, sure, whole=target.whole)
    met, might_be = is_reached(target.goal, sure), is_reached(target.goal, most)
    if met != might_be:
        return _Check("uncountable", "unclear", counted, short)
    return _Check("met" if met else "short", None, counted, short)


def _uncountable(target: Target, reading: Reading) -> str | None:
    """Return why a target cannot be counted whatever the rosters hold, if so."""
    rule = reading.rule
    if is_rate(target.unit):
        return "rate"
    if target.goal.value is None:
        return "no-figure"
    if converted(1, "个", target.unit) is None and converted(1, "人", target.unit) is None:
        return "units"
    if rule.why:
        return rule.why
    if target.period == "annual":
        return "yearly"
    return "level" if rule.count == "tier" and reading.levels and rule.level not in reading.levels else None


def _in_unit(number: int, target: Target) -> float:
    """Return a number of things in the target's unit of measure, which may be 万."""
    told = converted(number, "个", target.unit)
    return float(number) if told is None else told


def _row(target: Target, check: _Check) -> tuple[Any, ...]:
    sure, possible = check.counted.sure, check.counted.possible
    numbers = (len(sure), len(possible)) if check.counted.held else (None, None)
    names = ([name for name, _ in sure.values()], [name for name, _ in possible.values()])
    lines = shown([target.proof, *(proof for some in (sure, possible) for _, proof in some.values())])
    owner = (target.owner_name, target.units, target.plan_name)
    what = (target.name, target.indicator_name, *facts(target))
    return (check.state, check.reason, *what, *numbers, neat(check.short), *names, *owner, *lines)
