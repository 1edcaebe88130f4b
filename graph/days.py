"""Days as people write them."""

from __future__ import annotations

import datetime as dt

from .errors import UsageError
from .text import Text


class BadDay(UsageError):
    """What should be a day is none."""

    code = "bad-day"
    text = Text("“{given}”应写成 2024-12-31 这样的日期", "“{given}” must be a date such as 2024-12-31")


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
