"""The value of a cell as text, the same whatever format it stands in."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

# A number whose digits would fill a page is left as it was written.
_MOST_DIGITS = 400
_SECOND = dt.timedelta(seconds=1)


def cell_text(value: object) -> str:
    """Return a value as a person would type it: ISO dates, 是 or 否, numbers without ``.0`` or powers of ten.

    Examples:
        >>> cell_text(2025.0), cell_text(1e-7), cell_text(0.1 + 0.2), cell_text(None), cell_text(True)
        ('2025', '0.0000001', '0.3', '', '是')
        >>> cell_text(dt.date(2022, 6, 17)), cell_text(dt.datetime(2022, 6, 17)), cell_text(dt.datetime(2022, 6, 17, 8, 30))
        ('2022-06-17', '2022-06-17', '2022-06-17 08:30')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # Fifteen digits are what a spreadsheet shows; what is behind them is noise of binary fractions.
        return _decimal(Decimal(f"{value:.15g}")) if math.isfinite(value) else ""
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return str(value)


def _decimal(number: Decimal) -> str:
    if not number.is_finite():
        return ""
    if number and abs(number.adjusted()) > _MOST_DIGITS:
        return str(number)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _moment(moment: dt.datetime) -> str:
    """A spreadsheet stores 08:30 as a fraction of the day, which may come out as 08:29:59.999999."""
    if moment.microsecond:
        whole = moment.replace(microsecond=0)
        later = moment.microsecond >= 500_000 and whole < dt.datetime.max.replace(microsecond=0, tzinfo=moment.tzinfo)
        moment = whole + _SECOND if later else whole
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.replace(tzinfo=None).isoformat(" ", "seconds" if moment.second else "minutes")
