"""How far a target has come by what was last reported: met, on course, behind, or not to be told, and why.

More is taken to be better but for targets of at most so much. Before the deadline the expectation is linear from nothing
at the start, as the share of the time that has passed (时间进度) is held against the share that is done (完成率).
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

PATIENCE = 365
"""After how many days a report says nothing any more of a target that it does not show as met."""
ABOUT = 0.05
"""By how much a target of about so much (左右) may be missed."""
_SCALES = {"百万": 1e6, "千万": 1e7, "百亿": 1e10, "千亿": 1e11, "万": 1e4, "亿": 1e8}
_SAME = {"名": "人", "‰": "%"} | dict.fromkeys("个家所座处项件户", "个")


class State(StrEnum):
    """How a target stands."""

    MET = "met"
    ON_COURSE = "on-course"
    BEHIND = "behind"
    UNCOUNTABLE = "uncountable"


class Goal(NamedTuple):
    """What a target asks for: ``comparator`` is one of > >= = ~ <= range growth; ``upper`` ends a range."""

    comparator: str
    value: float | None
    upper: float | None = None


class Course(NamedTuple):
    """From when until when a target is worked on, if it is known."""

    start: dt.date | None
    deadline: dt.date | None

    def elapsed(self, day: dt.date) -> float | None:
        """Return the share of the time that has passed on a day, 0 to 1; None where it cannot be told.

        Examples:
            >>> import datetime as dt
            >>> Course(dt.date(2021, 1, 1), dt.date(2021, 12, 31)).elapsed(dt.date(2021, 7, 2))
            0.5
        """
        if self.deadline is not None and day >= self.deadline:
            return 1.0
        if self.deadline is None or self.start is None or self.start >= self.deadline:
            return None
        return max(0.0, (day - self.start).days / (self.deadline - self.start).days)


class Report(NamedTuple):
    """What was reported, in the target's unit of measure, as of when; ``before`` is what the report before it said."""

    value: float | None
    date: dt.date | None
    before: float | None = None


class Progress(NamedTuple):
    """How a target stands.

    Args:
        state: met, on course, behind or uncountable.
        reason: why it cannot be told: ``no-value`` or ``no-date`` (of the report), ``no-figure``, ``no-deadline``,
            ``no-start`` (of the target), ``stale``, ``after-deadline`` (nothing was reported since), ``no-baseline`` (from
            where it is to fall) or ``no-earlier`` (a growth needs two reports).
        done: the share of the value that is reached.
        elapsed: the share of the time that had passed when it was reported.
        expected: what was expected by then.
        short: by how much the target is missed; 0 where it is met.
    """

    state: State
    reason: str | None = None
    done: float | None = None
    elapsed: float | None = None
    expected: float | None = None
    short: float | None = None


def progress_of(
    goal: Goal,
    course: Course,
    report: Report,
    day: dt.date,
    *,
    whole: bool = False,
    linear: bool = True,
    patience: int = PATIENCE,
) -> Progress:
    """Return how a target stands.

    A bare figure (=) and a range are met by what reaches them or their lower end, ``>`` only by more, ``~`` within
    :data:`ABOUT`; at most (<=) is met at the deadline only. What is met stays met however old the report.

    Args:
        goal: what the target asks for.
        course: start and deadline.
        report: the latest report.
        day: as of when it is told.
        whole: whether only whole numbers count, so that more than 4 asks for 5.
        linear: whether the value grows from nothing; else, as with a rate per year, all of it is expected at any time.
        patience: in days.

    Returns:
        The state, with what shows it.

    References:
        Share done against share of time is how Chinese progress sheets judge (完成率、时间进度); a straight line from the
        start is the planned value of earned value management (PMI, The Standard for Earned Value Management, 2019).

    Examples:
        >>> import datetime as dt
        >>> course = Course(dt.date(2021, 1, 1), dt.date(2023, 12, 31))
        >>> sheet = Report(150, dt.date(2022, 12, 31))
        >>> told = progress_of(Goal(">", 200), course, sheet, dt.date(2023, 6, 30), whole=True)
        >>> told.state.value, told.done, round(told.elapsed, 3), round(told.expected, 1), told.short
        ('on-course', 0.75, 0.666, 133.3, 51)
    """
    target = report.before if goal.comparator == "growth" else goal.value
    if report.value is None:
        return Progress(State.UNCOUNTABLE, "no-value")
    if target is None:
        return Progress(State.UNCOUNTABLE, "no-earlier" if goal.comparator == "growth" else "no-figure")
    elapsed = course.elapsed(report.date) if report.date else None
    asked = goal._replace(value=target)
    reached = is_reached(asked, report.value)
    falling, growing = goal.comparator == "<=", goal.comparator == "growth"
    done = report.value / target if target > 0 and not falling and not growing else None
    short = missing(asked, report.value, whole=whole)
    known = Progress(State.MET, None, done, elapsed, None, short)
    if reached and (elapsed == 1.0 or not (falling or growing)):
        return known
    if reason := _untold(course, report, day, patience):
        return known._replace(state=State.UNCOUNTABLE, reason=reason)
    if falling or growing:
        if not reached and falling and elapsed != 1.0:
            return known._replace(state=State.UNCOUNTABLE, reason="no-baseline")
        return known._replace(state=State.ON_COURSE if reached else State.BEHIND)
    if elapsed is None:
        return known._replace(state=State.UNCOUNTABLE, reason="no-start")
    expected = target * elapsed if linear and target > 0 else target
    ahead = elapsed < 1.0 and (report.value >= expected or _equal(report.value, expected))
    return known._replace(state=State.ON_COURSE if ahead else State.BEHIND, expected=expected)


def is_reached(goal: Goal, value: float) -> bool:
    """Whether a value is what a target asks for.

    Args:
        goal: with a value; of a growth, what was before.
        value: in the target's unit of measure.

    Examples:
        >>> [is_reached(Goal(sign, 10), 10) for sign in (">", ">=", "=", "<=")], is_reached(Goal("~", 10), 9.5)
        ([False, True, True, True], True)
    """
    target = goal.value
    if target is None:
        return False
    if goal.comparator in (">", "growth"):
        return value > target and not _equal(value, target)
    if goal.comparator == "<=":
        return value <= target or _equal(value, target)
    least = target - ABOUT * abs(target) if goal.comparator == "~" else target
    return value >= least or _equal(value, least)


def missing(goal: Goal, value: float, *, whole: bool = False) -> float:
    """Return by how much a value misses a target, 0 where it is reached.

    Args:
        goal: with a value; of a growth, what was before.
        value: in the target's unit of measure.
        whole: whether only whole numbers count, so that more than 4 asks for 5.

    Examples:
        >>> missing(Goal(">", 4), 3, whole=True), missing(Goal(">=", 4), 3, whole=True), missing(Goal("<=", 4), 6)
        (2, 1, 2)
    """
    if goal.value is None or is_reached(goal, value):
        return 0.0
    if goal.comparator == "<=":
        return value - goal.value
    return (math.floor(goal.value) + 1 if whole and goal.comparator == ">" else goal.value) - value


def converted(value: float, unit: str | None, wanted: str | None) -> float | None:
    """Return a value in another unit of measure, or None where the two measure different things.

    万 and 亿 are worked out, the measure words for things (个、家、所…) are one, and 名 is 人. A value without unit is
    in the wanted one, unless that counts in 万 or 亿: then nobody knows.

    Args:
        value: in ``unit``.
        unit: as a sheet writes it.
        wanted: as the target has it.

    Examples:
        >>> converted(52000, "人次", "万人次"), converted(48, "个", "家"), converted(7, None, "家")
        (5.2, 48.0, 7.0)
        >>> converted(52000, "人", "万人次"), converted(52000, None, "万人次"), converted(3, "%", "家")
        (None, None, None)
    """
    (own, times), (other, of) = base_unit(unit), base_unit(wanted)
    if not unit:
        return float(value) if of == 1 else None
    return value * times / of if own == other or not (own and other) else None


def is_rate(unit: str | None) -> bool:
    """Whether a unit of measure is that of a share or rate.

    Examples:
        >>> is_rate("%"), is_rate("个百分点"), is_rate("件/万人"), is_rate("家"), is_rate(None)
        (True, True, True, False, False)
    """
    return any(mark in (unit or "") for mark in ("%", "‰", "‱", "百分点", "/", "每", "倍"))


def counts_whole(unit: str | None) -> bool:
    """Whether a unit of measure counts things or people one by one.

    Examples:
        >>> counts_whole("家"), counts_whole("人次"), counts_whole("万人"), counts_whole("%"), counts_whole("亿元")
        (True, True, False, False, False)
    """
    return (
        base_unit(unit)[0] in ("个", "人", "人次", "次", "条", "场", "批", "期", "辆", "台", "套")
        and base_unit(unit)[1] == 1
    )


def base_unit(unit: str | None) -> tuple[str, float]:
    """Return a unit of measure without 万 and 亿, and what these multiply by; measure words for things are one.

    Examples:
        >>> base_unit("万人次"), base_unit("家"), base_unit("‰"), base_unit(None)
        (('人次', 10000.0), ('个', 1.0), ('%', 0.1), ('', 1.0))
    """
    bare, times = (unit or "").strip(), 0.1 if unit == "‰" else 1.0
    while scale := next((word for word in _SCALES if bare.startswith(word)), ""):
        bare, times = bare.removeprefix(scale), times * _SCALES[scale]
    return _SAME.get(bare, bare), times


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9)


def _untold(course: Course, report: Report, day: dt.date, patience: int) -> str | None:
    """Return why a report of something not yet met says nothing, if so."""
    if report.date is None:
        return "no-date"
    if course.deadline is None:
        return "no-deadline"
    if report.date >= course.deadline:
        return None
    if day > course.deadline:
        return "after-deadline"
    return "stale" if (day - report.date).days > patience else None
