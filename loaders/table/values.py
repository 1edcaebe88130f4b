"""Figures, dates and yes or no, as people and spreadsheets write them."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from innograph.graph.identity import plain
from innograph.graph.ontology import ValueType
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from innograph.graph.records import Value

LONGEST = 400
"""No value but a text has more characters than this, and no name."""
_LARGEST_INTEGER = 2**63 - 1
_BOOLEANS = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}
_NUMBER = re.compile(r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)(?P<unit>\D*)")
_UNIT = re.compile(r"[^\W_]{1,10}(?:/[^\W_]{1,10})?|%|‰|℃")
_PLAIN_NUMBER = re.compile(r"[0-9]{1,300}(?:\.[0-9]{1,90})?")
_MONEY = re.compile("(?:元|人民币|RMB|CNY|EUR|USD|yuan|euros?|dollars?)$", re.IGNORECASE)
_TIMES = {"": 1, "万": 10**4, "亿": 10**8}
_DATE = re.compile(
    r"(?P<year>\d{4})(?:"
    r"(?:-(?P<m1>\d{1,2})(?:-(?P<d1>\d{1,2}))?|/(?P<m2>\d{1,2})(?:/(?P<d2>\d{1,2}))?|\.(?P<m3>\d{1,2})(?:\.(?P<d3>\d{1,2}))?"
    r"|年(?:(?P<m4>\d{1,2})月(?:(?P<d4>\d{1,2})日?)?)?|(?P<m5>\d\d)(?P<d5>\d\d))(?:T?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?Z?)?)?"
)
_LAST_MONTH = 12
_YEAR = re.compile(r"(?:\d{1,19}|\d,\d{3})(?:\.0{1,9})?年?")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100


class BadCell(ValueError):
    """A cell that does not say what its column should; ``problem`` says why."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def value_of(text: str, value_type: ValueType, *, unit: str = "", until: bool = False) -> Value:
    """Return ``text`` as one value of ``value_type``, which is no list.

    Args:
        text: what the cell says.
        value_type: what it should be.
        unit: the unit that a figure is kept in.
        until: whether a month or year stands for its last day.

    Raises:
        BadCell: it is none.

    Examples:
        >>> value_of("２０２２年", ValueType.INTEGER), value_of("2019.0", ValueType.INTEGER)
        (2022, 2019)
        >>> value_of("1,234.5", ValueType.FLOAT), value_of("1.2亿元", ValueType.FLOAT, unit="万元")
        (1234.5, 12000.0)
    """
    try:
        if len(text) > LONGEST and value_type is not ValueType.STRING:
            raise ValueError
        if value_type is ValueType.DATE:
            return date_of(text, until=until)
        if value_type is ValueType.FLOAT:
            return _float(text, unit)
        if value_type is ValueType.INTEGER:
            return _integer(text, unit)
        return _CONVERTERS[value_type](text)
    except (ValueError, KeyError, ArithmeticError) as error:
        if isinstance(error, BadCell):
            raise
        kind = _KIND_WORDS[value_type]
        raise BadCell(Text(f"应为{kind.zh}", f"it should be {kind.en}")) from None


def bounded(value: Value, minimum: float | None) -> Value:
    """Return a figure that is not less than it can be.

    Raises:
        BadCell: it is.

    Examples:
        >>> bounded(0, 0.0), bounded(-3.5, None)
        (0, -3.5)
        >>> from innograph.graph.text import use_language
        >>> with use_language("en"):
        ...     try:
        ...         bounded(-3, 0.0)
        ...     except BadCell as error:
        ...         print(error.problem.show())
        it cannot be less than 0
    """
    if minimum is not None and isinstance(value, int | float) and value < minimum:
        raise BadCell(Text(f"不能小于{minimum:g}", f"it cannot be less than {minimum:g}"))
    return value


def is_sum(text: str, unit: str) -> bool:
    """Whether a figure is one of money, or has a decimal point; a count of eleven digits is rather a telephone's number.

    Examples:
        >>> is_sum("13800000000", "万元"), is_sum("13800000000.5", ""), is_sum("13800000000", "人")
        (True, True, False)
    """
    return bool(_MONEY.search(unit)) or "." in _folded(text)


def plain_figure(text: str) -> float | None:
    """Return a figure of digits and a point, as most are written; ``None`` where :func:`value_of` has to look closer.

    Examples:
        >>> plain_figure("1234.5"), plain_figure("1,234.5")
        (1234.5, None)
    """
    return float(text) if _PLAIN_NUMBER.fullmatch(text) else None


def date_of(text: str, *, until: bool = False) -> dt.date:
    """Return the day that ``text`` names; of a month or a year, the first day or the last.

    Args:
        text: a date, with or without a time of day.
        until: whether the last day of a month or year is meant.

    Raises:
        ValueError: it names no day; a :class:`BadCell` where it has the form of one.

    Examples:
        >>> [str(date_of(t)) for t in ("2022-06-17", "2022/6/17", "2022.6", "2022年6月17日", "20220617", "2022")]
        ['2022-06-17', '2022-06-17', '2022-06-01', '2022-06-17', '2022-06-17', '2022-01-01']
        >>> str(date_of("2024.2", until=True)), str(date_of("2022-06-17T00:00:00", until=True))
        ('2024-02-29', '2022-06-17')
    """
    match = _DATE.fullmatch(plain(text).upper()) if len(text) <= LONGEST else None
    if match is None:
        raise ValueError(text)
    if not int(match["year"]):
        raise BadCell(Text("没有公元0年", "there is no year 0"))
    year, month, day = int(match["year"]), _part(match, "m"), _part(match, "d")
    if month is None:
        month = _LAST_MONTH if until else 1
    if not 1 <= month <= _LAST_MONTH:
        raise BadCell(Text(f"没有{month}月", f"there is no month {month}"))
    last = calendar.monthrange(year, month)[1]
    if day is None:
        day = last if until else 1
    if not 1 <= day <= last:
        problem = f"{year}年{month}月没有{day}日，只有{last}天", f"{year}-{month:02} has no day {day}, but {last} days"
        raise BadCell(Text(*problem))
    return dt.date(year, month, day)


def unit_behind(text: str) -> str:
    """Return the unit that stands behind a figure; nothing where there is none, or the text is no figure.

    Examples:
        >>> unit_behind("12.3亿元"), unit_behind("１.５％"), unit_behind("12"), unit_behind("约12家")
        ('亿元', '%', '', '')
    """
    match = _NUMBER.fullmatch(_folded(text)) if len(text) <= LONGEST else None
    return match["unit"] if match and _UNIT.fullmatch(match["unit"]) else ""


def year_of(text: str) -> int:
    """Return the year that ``text`` names, or that of the day it names.

    Raises:
        BadCell: it names none, or one in which nothing here can have been.

    Examples:
        >>> [year_of(t) for t in ("2015", "２０１５年", "2015年度", "2015.0", "2015-03-01", "2015年3月")]
        [2015, 2015, 2015, 2015, 2015, 2015]
    """
    bare = _folded(text).removesuffix("度")
    try:
        year = _integer(bare.removesuffix("年"), "") if _YEAR.fullmatch(bare) else date_of(bare).year
    except (ValueError, ArithmeticError):
        year = 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        problem = f"应为{_FIRST_YEAR}至{_LAST_YEAR}年", f"it should be a year from {_FIRST_YEAR} to {_LAST_YEAR}"
        raise BadCell(Text(*problem))
    return year


def _part(match: re.Match[str], name: str) -> int | None:
    return next((int(match[f"{name}{i}"]) for i in range(1, 6) if match[f"{name}{i}"]), None)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("−", "-")


def _number(text: str, unit: str) -> Decimal:
    """Return a figure in ``unit``, which may stand behind it, with 万 or 亿 before it."""
    match = _NUMBER.fullmatch(_folded(text))
    if match is None:
        raise ValueError(text)
    number, written = Decimal(match["number"].replace(",", "")), match["unit"]
    if not written:
        return number
    base, times = _split_unit(_folded(unit))
    for word, factor in _TIMES.items():
        # 万 alone is 万元 where figures are kept in 元 or 万元.
        if unit and written in (f"{word}{base}", word):
            return number * factor / times
    raise ValueError(text)


def _split_unit(unit: str) -> tuple[str, int]:
    if unit[:1] in ("万", "亿"):
        return unit[1:], _TIMES[unit[0]]
    return unit, 1


def _float(text: str, unit: str) -> float:
    quick = plain_figure(text)
    if quick is not None:
        return quick
    number = float(_number(text, unit))
    if not math.isfinite(number):
        raise ValueError(number)
    return number


def _integer(text: str, unit: str) -> int:
    number = _number(text.strip().removesuffix("年") if not unit else text, unit)
    if number != number.to_integral_value() or abs(number) > _LARGEST_INTEGER:
        raise ValueError(number)
    return int(number)


_CONVERTERS: dict[ValueType, Callable[[str], Value]] = {
    ValueType.STRING: str,
    ValueType.BOOLEAN: lambda text: _BOOLEANS[plain(text).lower()],
}
_KIND_WORDS = {
    ValueType.INTEGER: Text("整数", "a whole number"),
    ValueType.FLOAT: Text("数字", "a number"),
    ValueType.BOOLEAN: Text("“是”或“否”", "是 or 否"),
    ValueType.DATE: Text("日期，如 2022-06-17", "a date such as 2022-06-17"),
}


def as_shown(value: Value) -> str:
    """Return a value as a person would write it.

    Examples:
        >>> as_shown(12.0), as_shown(12.5), as_shown("甲")
        ('12', '12.5', '甲')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
