"""Days as people write them, whether the graph of a day may be made while somebody waits, and who is told how far it is."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from .errors import EngineError, UsageError
from .text import Text

if TYPE_CHECKING:
    from collections.abc import Generator

    from .stores import Progress

_ready_only: ContextVar[bool] = ContextVar("innograph_ready_days_only", default=False)
_told: ContextVar[Progress | None] = ContextVar("innograph_told_of_days", default=None)


class BadDay(UsageError):
    """What should be a day is none."""

    code = "bad-day"
    text = Text("“{given}”应写成 2024-12-31 这样的日期", "“{given}” must be a date such as 2024-12-31")


class DayNotReady(EngineError):
    """The graph of a day is asked for where there is no time to make it.

    Args:
        day: in ISO form.
        recipe: how it must be made, see :func:`~innograph.graph.validity.recipe_on`.
    """

    code = "day-not-ready"
    text = Text("{day} 的图谱还没有做好，请稍后重试", "The graph of {day} is not made yet. Try again in a while")

    def __init__(self, day: str, recipe: str = "") -> None:
        super().__init__(day=day)
        self.day, self.recipe = day, recipe


@contextmanager
def ready_days_only() -> Generator[None]:
    """Inside the ``with`` block, ask only for graphs of days that are made already: making one would hold others up.

    Examples:
        >>> with ready_days_only():
        ...     may_make_day()
        False
        >>> may_make_day()
        True
    """
    token = _ready_only.set(True)
    try:
        yield
    finally:
        _ready_only.reset(token)


def may_make_day() -> bool:
    """Return whether the graph of a day may be made here; else :class:`DayNotReady` is raised where it would be."""
    return not _ready_only.get()


@contextmanager
def told_of_days(progress: Progress) -> Generator[None]:
    """Inside the ``with`` block, tell ``progress`` how far the graph of a day is that has to be made.

    Args:
        progress: told of what the sources say, and then of what is written.

    Examples:
        >>> with told_of_days(print):
        ...     told = teller_of_days()
        ...     told(3, 12)
        3 12
        >>> teller_of_days() is None
        True
    """
    token = _told.set(progress)
    try:
        yield
    finally:
        _told.reset(token)


def teller_of_days() -> Progress | None:
    """Return who is told how far the graph of a day is; see :func:`told_of_days`."""
    return _told.get()


def day_of(given: dt.date | str) -> dt.date:
    """Return a day, or what a text in ISO form says.

    Raises:
        BadDay: it is none.

    Examples:
        >>> day_of("2024-12-31"), day_of(dt.date(2024, 12, 31))
        (datetime.date(2024, 12, 31), datetime.date(2024, 12, 31))
    """
    if isinstance(given, dt.date):
        return given
    try:
        return dt.date.fromisoformat(str(given))
    except ValueError:
        raise BadDay(given=given) from None
