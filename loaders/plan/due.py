"""A task's deadline (完成时限：2025年底) is that of its targets too, where they name no year of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .dates import deadlines
from .titles import squeezed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from .model import Target


def due_by(deadline: str | None, targets: Iterable[Target], issued: dt.date | None) -> tuple[Target, ...]:
    """Return ``targets``, those without a year with the year of the task's ``deadline``; what recurs each year has none."""
    years = {found.year for found in deadlines(squeezed(deadline or ""), issued)}
    if len(years) != 1:
        return tuple(targets)
    year = years.pop()
    return tuple(t if t.year is not None or t.period == "annual" else replace(t, year=year) for t in targets)
