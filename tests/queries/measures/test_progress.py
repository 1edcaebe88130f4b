"""The state of a target: worked examples by hand, and what must hold of all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.queries.measures.progress import (
    Course,
    Goal,
    Progress,
    Report,
    State,
    converted,
    is_reached,
    missing,
    progress_of,
)

START, END = dt.date(2021, 1, 1), dt.date(2022, 1, 1)
COURSE = Course(START, END)
"""365 days, so that 73 days are a fifth of it."""
FIFTH, HALFWAY = dt.date(2021, 3, 15), dt.date(2021, 7, 2)
LOWER = (">", ">=", "=", "~", "range")
RANK = {State.UNCOUNTABLE: 0, State.BEHIND: 1, State.ON_COURSE: 2, State.MET: 3}
AMOUNTS = st.floats(0, 1e9, allow_nan=False)
ASKED = st.floats(0.01, 1e6)
DAYS = st.dates(START - dt.timedelta(400), END + dt.timedelta(400))


def told(sign: str, asked: float | None, value: float | None, date: dt.date | None = FIFTH, **more: Any) -> Progress:
    day = more.pop("day", date or FIFTH)
    course = more.pop("course", COURSE)
    return progress_of(Goal(sign, asked), course, Report(value, date, more.pop("before", None)), day, **more)


class TestByHand:
    def test_time(self) -> None:
        assert (FIFTH - START).days == 73
        assert (COURSE.elapsed(START), COURSE.elapsed(FIFTH), COURSE.elapsed(END)) == (0.0, 0.2, 1.0)
        assert (COURSE.elapsed(dt.date(2020, 6, 1)), COURSE.elapsed(dt.date(2024, 6, 1))) == (0.0, 1.0)
        assert Course(None, END).elapsed(FIFTH) is None
        assert Course(START, None).elapsed(FIFTH) is None
        assert Course(END, START).elapsed(dt.date(2020, 1, 1)) is None
        assert Course(None, END).elapsed(END) == 1.0

    @pytest.mark.parametrize(
        ("sign", "value", "state", "short"),
        [
            (">", 51, "met", 0),
            (">", 50, "on-course", 1),
            (">", 10, "on-course", 41),  # a fifth of 50 after a fifth of the time
            (">", 9, "behind", 42),
            (">=", 50, "met", 0),
            (">=", 49, "on-course", 1),
            ("=", 50, "met", 0),
            ("=", 60, "met", 0),
            ("~", 47.5, "met", 0),  # 5 % below
            ("~", 47, "on-course", 3),
            ("range", 50, "met", 0),
            ("range", 9, "behind", 41),
        ],
    )
    def test_fifty_things(self, sign: str, value: float, state: str, short: float) -> None:
        found = told(sign, 50, value, whole=True)
        assert (found.state.value, found.short, found.reason) == (state, short, None)
        assert found.done == pytest.approx(value / 50)

    def test_what_was_expected(self) -> None:
        assert told(">=", 50, 9).expected == pytest.approx(10)
        assert told(">=", 50, 9, linear=False).expected == 50
        assert told(">=", 50, 30, linear=False).state is State.BEHIND

    def test_more_than_a_measure_that_is_not_counted(self) -> None:
        """More than 5 亿元 may be 5.01: nothing is missing, and yet it is not reached."""
        found = told(">", 5, 5, END)
        assert (found.state, found.short) == (State.BEHIND, 0)

    def test_at_the_deadline_there_is_no_more_on_course(self) -> None:
        assert told(">=", 50, 49, END).state is State.BEHIND
        assert told(">=", 50, 50, END).state is State.MET

    def test_at_most(self) -> None:
        assert told("<=", 5, 4).state is State.ON_COURSE  # it may still rise
        assert told("<=", 5, 5, END).state is State.MET
        found = told("<=", 5, 7, END)
        assert (found.state, found.short, found.done) == (State.BEHIND, 2, None)
        assert (told("<=", 5, 7).state, told("<=", 5, 7).reason) == (State.UNCOUNTABLE, "no-baseline")

    def test_growth(self) -> None:
        assert told("growth", None, 12, before=10).state is State.ON_COURSE
        assert told("growth", None, 12, END, before=10).state is State.MET
        found = told("growth", None, 10, before=12)
        assert (found.state, found.short) == (State.BEHIND, 2)
        assert told("growth", None, 12, before=12).state is State.BEHIND
        assert told("growth", None, 12).reason == "no-earlier"

    @pytest.mark.parametrize(
        ("reason", "more"),
        [
            ("no-value", {"value": None}),
            ("no-figure", {"asked": None}),
            ("no-date", {"date": None}),
            ("no-deadline", {"course": Course(START, None)}),
            ("no-start", {"course": Course(None, END)}),
            ("stale", {"day": FIFTH + dt.timedelta(31), "patience": 30}),
            ("after-deadline", {"day": END + dt.timedelta(1)}),
        ],
    )
    def test_why_it_cannot_be_told(self, reason: str, more: dict[str, Any]) -> None:
        given: dict[str, Any] = {"asked": 50, "value": 20} | more
        found = told(">=", **given)
        assert (found.state, found.reason) == (State.UNCOUNTABLE, reason)

    def test_just_not_stale(self) -> None:
        assert told(">=", 50, 20, day=FIFTH + dt.timedelta(30), patience=30).state is State.ON_COURSE
        assert told(">=", 50, 20, END, day=END + dt.timedelta(900), patience=30).state is State.BEHIND

    @pytest.mark.parametrize("more", [{"date": None}, {"course": Course(None, None)}, {"day": dt.date(2030, 1, 1)}])
    def test_what_is_reached_is_met_whatever_else_is_unknown(self, more: dict[str, Any]) -> None:
        assert told(">=", 50, 50, **more).state is State.MET

    def test_units(self) -> None:
        assert converted(8, "万人次", "人次") == 80_000
        assert converted(3200, "万元", "亿元") == pytest.approx(0.32)
        assert converted(2, "百万元", "万元") == 200
        assert converted(5, "‰", "%") == 0.5
        assert converted(30, "名", "人") == converted(30, None, "人") == 30
        for unit, wanted in (("人", "人次"), ("家", "%"), (None, "万人"), ("个", "亩"), ("%", "个百分点")):
            assert converted(1, unit, wanted) is None


@given(st.sampled_from(LOWER), ASKED, AMOUNTS, AMOUNTS, DAYS, DAYS, st.booleans())
def test_more_is_never_worse(
    sign: str, asked: float, one: float, other: float, date: dt.date, day: dt.date, whole: bool
) -> None:
    less, more = (told(sign, asked, v, date, day=day, whole=whole) for v in sorted((one, other)))
    assert RANK[more.state] >= RANK[less.state]
    assert (more.short or 0) <= (less.short or 0)


@given(ASKED, AMOUNTS, AMOUNTS, DAYS, DAYS)
def test_less_is_never_worse_where_at_most_is_asked(
    asked: float, one: float, other: float, date: dt.date, day: dt.date
) -> None:
    less, more = (told("<=", asked, v, date, day=day) for v in sorted((one, other)))
    assert RANK[less.state] >= RANK[more.state]


@given(st.sampled_from(LOWER), ASKED, ASKED, AMOUNTS, DAYS)
def test_who_asks_more_is_never_better_served(sign: str, one: float, other: float, value: float, date: dt.date) -> None:
    easy, hard = (told(sign, asked, value, date) for asked in sorted((one, other)))
    assert RANK[easy.state] >= RANK[hard.state]


@given(st.sampled_from(LOWER), ASKED, AMOUNTS, DAYS, DAYS)
def test_the_same_value_later_is_never_better(
    sign: str, asked: float, value: float, one: dt.date, other: dt.date
) -> None:
    """As of the day of the report, so that none is stale."""
    sooner, later = (told(sign, asked, value, date) for date in sorted((one, other)))
    assert RANK[sooner.state] >= RANK[later.state]


@given(st.sampled_from([*LOWER, "<="]), ASKED, AMOUNTS, DAYS, DAYS, DAYS)
def test_waiting_makes_nothing_clearer(
    sign: str, asked: float, value: float, date: dt.date, one: dt.date, other: dt.date
) -> None:
    soon, late = (told(sign, asked, value, date, day=day) for day in sorted((one, other)))
    assert late.state is soon.state or late.state is State.UNCOUNTABLE


@given(st.sampled_from([*LOWER, "<="]), ASKED, AMOUNTS, DAYS, st.sampled_from([0.1, 10.0, 1e4]))
def test_the_unit_of_measure_does_not_matter(
    sign: str, asked: float, value: float, date: dt.date, times: float
) -> None:
    assert told(sign, asked, value, date).state is told(sign, asked * times, value * times, date).state


@given(st.sampled_from([*LOWER, "<="]), st.integers(1, 10**6), st.integers(0, 10**6))
def test_nothing_is_missing_exactly_where_it_is_reached(sign: str, asked: int, value: int) -> None:
    """Counted one by one: what is missing, added (or taken away), reaches it, and one less does not."""
    goal = Goal(sign, asked)
    short = missing(goal, value, whole=True)
    assert (short == 0) is is_reached(goal, value)
    if short:
        assert is_reached(goal, value - short if sign == "<=" else value + short)


@given(st.sampled_from(LOWER), ASKED, AMOUNTS, DAYS)
def test_what_is_expected_lies_between_nothing_and_all(sign: str, asked: float, value: float, date: dt.date) -> None:
    found = told(sign, asked, value, date)
    assert found.expected is None or 0 <= found.expected <= asked
    assert (found.reason is None) is (found.state is not State.UNCOUNTABLE)
