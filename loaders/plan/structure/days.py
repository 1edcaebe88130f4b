"""Days of the calendar, in digits or characters: 2022年6月17日, ２０２２年６月１７日, 二〇二二年六月十七日, 2022-06-17.

The nought of 二〇二二 is typed in many ways, as a Latin letter too.
"""

from __future__ import annotations

import datetime as dt
import re

from .numbering import value_of

_FIGURE = "[〇○零Oo一二三四五六七八九]"
DAY = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4}) *年 *(?P<month>\d{1,2}) *月 *(?P<day>\d{1,2}) *日"
    r"|(?P<year2>\d{4})(?P<mark>[-./])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?!\d)"
    rf"|(?P<cyear>{_FIGURE}{{4}})年(?P<cmonth>[一二三四五六七八九十]{{1,2}})月(?P<cday>[一二三四五六七八九十]{{1,3}})日)"
)
#: A month whose day is not said, which signs a plan as well.
MONTH = re.compile(rf"(?<!\d)(?:\d{{4}} *年 *\d{{1,2}}|{_FIGURE}{{4}}年[一二三四五六七八九十]{{1,2}}) *月")
_FIGURES = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零Oo", "0"
)


def day_of(match: re.Match[str]) -> dt.date | None:
    """Return the day that a match of :data:`DAY` names, or ``None`` where there is no such day.

    Examples:
        >>> [str(day_of(DAY.search(text))) for text in ("2022 年 6 月 17 日", "二〇二一年九月二十二日", "2020-02-30")]
        ['2022-06-17', '2021-09-22', 'None']
    """
    if match.group("cyear"):
        year = int("".join(_FIGURES[c] for c in match.group("cyear")))
        month, day = value_of(match.group("cmonth")), value_of(match.group("cday"))
    else:
        year, month, day = (int(match.group(name) or match.group(f"{name}2")) for name in ("year", "month", "day"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
