"""A task's deadline (完成时限：2025年底) is that of its targets too, where they name no year of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..structure.titles import squeezed
from .dates import deadlines

_ON_AVERAGE = re.compile("年均|年平均")

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ..model import Target


def due_by(deadline: str | None, targets: Iterable[Target], issued: dt.date | None) -> tuple[Target, ...]:
    """Return ``targets``, those without a year with the year of the task's ``deadline``; what recurs each year has none."""
    years = {found.year for found in deadlines(squeezed(deadline or ""), issued)}
    return due_in(years.pop() if len(years) == 1 else None, targets)


def due_in(year: int | None, targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return ``targets``, those without a year with ``year`` if there is one; what recurs each year or only grows has none."""
    if year is None:
        return tuple(targets)
    return tuple(replace(t, year=year) if t.year is None and not recurs(t) else t for t in targets)


def recurs(target: Target) -> bool:
    """Whether a target is set anew each year or has no figure to reach; what grows by so much 年均 is reached by the deadline.

    Examples:
        >>> from innograph.loaders.document import Span
        >>> from ..model import Target
        >>> recurs(Target("培育企业", "numeric", "=", 5.0, "家", None, Span(0, 1), period="annual"))
        True
    """
    if target.kind == "trend":
        return True
    return target.period == "annual" and not _ON_AVERAGE.search(target.indicator)
