"""The year by which something is to be reached: 到2025年底, 2021—2023年, “十四五”末, 三年内; not 较2020年 or 2019年1月1日."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .numerals import value_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_YEAR = r"(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})"
_TAIL = r"(?:度(?!预算|计划|目录|考核|报告|工作|评估)|年?底|末|前|以前|之前|止|期间|内|上半年|下半年|第?[一二三四1-4]季度|\d{1,2}月(?!\d{1,2}日)[底末]?|[底末]){0,3}(?:前|以前|之前|止)?"
_DATE = re.compile(
    rf"(?P<lead>(?:力争|争取|确保)?(?:截至|截止|到|至|在|于|以)?)"
    rf"(?P<firsts>(?:{_YEAR}年?(?:底|末)?(?:—{{1,2}}|[–\-－~～至到、和与])(?={_YEAR})){{0,6}}+)"
    rf"(?<!\d)(?P<year>{_YEAR})年(?P<tail>{_TAIL})"
    r"|(?P<plan_lead>(?:力争|争取|确保)?(?:截至|到|至|在)?)[“‘\"']?十(?P<five>[一二三四五六七八九])五[”’\"']?"
    r"(?P<end>(?:时期|期间|期|以来|发展|规划)?(?:末期?|内|结束时?|收官之年)?)"
    r"|(?P<within>(?:力争|争取|确保)?(?:在|用)?(?:(?:未来|今后|接下来)(?P<coming>\d{1,2}|[一两二三四五六七八九十])年(?:内|时间)?"
    r"|(?<![\d第近前])(?P<span>\d{1,2}|[一两二三四五六七八九十])年(?:之内|以内|内|左右的?时间|时间)(?!外)))"
    r"|(?P<this>今年(?:年?底前?|内|末)?|本年度|(?<![每当\w])年(?:底前|内(?![^，。；]{0,2}次))"
    r"|(?P<whole>(?:(?<![\u4e00-\u9fff])|(?<=力争|争取|确保)|(?<=[省市州区县]))全年(?![龄制级份])))|(?P<next>明年(?:年?底前?|末)?)"
)
_LISTED = re.compile(rf"(?P<year>{_YEAR})年?(?:底|末)?[、和与]")
# 较2020年, 从2020年的, 2019年同期 and 2020年以来 say what is compared with or when it began, 2019年1月1日 is a day, and
# 2021年度预算 or 2022年版 name something.
_COMPARED_WITH = re.compile(r"(?:[较比从由自]|相比|[较比从由自](?:到|至|在)|超过|低于|高于|少于)$")
_NO_DEADLINE = re.compile(
    r"起|以?来|以?后|的?(?:同期|基础上|基数|水平|版|印发|发布|制定|出台|下发|预算|《)|\d{1,2}月\d{1,2}日|开始|"
    r"度(?:预算|计划|目录|考核|报告|工作|评估)"
)
_PAST = re.compile(r"目前|现有(?!基础)|已有(?!基础)|已经|当前(?!和|及|以及|阶段)|已(?=[建达形累完实培积汇认获])")
_FROM_THEN_ON = re.compile(rf"{_YEAR}年(?:度|\d{1, 2}月(?:\d{1, 2}日)?)?(?:起|开始|以?后)")
_NO_PERIOD = re.compile("以来|规划|发展")
_CONTEXT = 4
_PLAN_PERIOD_ENDS = 2015
_YEARS_OF_A_PLAN = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """A year in a clause, and where the words that name it stand; ``implied`` if 全年 says it, which gives way to any other."""

    year: int
    start: int
    end: int
    implied: bool = False


def deadlines(text: str, issued: dt.date | None = None) -> list[Deadline]:
    """Return the years ``text`` names as those by which something is reached.

    Args:
        text: a clause without spaces.
        issued: the day 三年内 and 今年 count from; without it they say nothing.

    Examples:
        >>> import datetime as dt
        >>> [d.year for d in deadlines("到2023年和2025年，“十四五”末，2021—2024年，比2020年")]
        [2023, 2025, 2025, 2024]
        >>> [d.year for d in deadlines("三年内，今年底前", dt.date(2022, 6, 17))]
        [2025, 2022]
        >>> [[d.year for d in deadlines(text, dt.date(2022, 6, 17))] for text in ("全年新增5家", "2025年全年新增5家")]
        [[2022], [2025]]
    """
    if "年" not in text and "五" not in text:
        return []
    found: list[Deadline] = []
    for match in _DATE.finditer(text):
        year = _year_of(match, text, issued)
        if year and match.group("firsts"):
            listed = _LISTED.finditer(text, match.start("firsts"), match.end("firsts"))
            found.extend(Deadline(int(value_of(one.group("year"))), match.start(), one.end()) for one in listed)
        if year:
            found.append(Deadline(year, match.start(), match.end(), implied=bool(match.group("whole"))))
    named = [deadline for deadline in found if not deadline.implied]
    return named or found


def without_dates(text: str) -> str:
    """Return ``text`` without the words that name a deadline.

    Examples:
        >>> without_dates("力争到2025年底前培育企业")
        '培育企业'
    """
    if "年" not in text and "五" not in text:
        return text
    kept, at = "", 0
    for match in _DATE.finditer(text):
        if _is_deadline(match, text):
            kept, at = kept + text[at : match.start()], match.end()
    return kept + text[at:]


def begins(text: str) -> bool:
    """Whether ``text`` says from which year on something holds, so that no year before it is its deadline.

    Examples:
        >>> [begins(text) for text in ("自2026年起每年新增2个", "到2026年新增2个")]
        [True, False]
    """
    return _FROM_THEN_ON.search(text) is not None


def is_past(text: str, years: Sequence[Deadline], issued: dt.date | None) -> bool:
    """Whether a clause says what was reached before the plan was issued.

    Examples:
        >>> is_past("目前全市企业达到50家", [], None)
        True
    """
    if _PAST.search(text):
        return True
    return bool(issued and years and all(deadline.year < issued.year for deadline in years))


def _is_deadline(match: re.Match[str], text: str) -> bool:
    if not match.group("year") and not match.group("five"):
        return True
    if _COMPARED_WITH.search(text[max(0, match.start() - _CONTEXT) : match.start()]):
        return False
    if match.group("year"):
        return not _NO_DEADLINE.match(text, match.end())
    # “十四五” alone says no more than which plan something belongs to.
    return bool(match.group("plan_lead") or match.group("end")) and not _NO_PERIOD.search(match.group())


def _year_of(match: re.Match[str], text: str, issued: dt.date | None) -> int | None:
    if not _is_deadline(match, text):
        return None
    if match.group("year"):
        return int(value_of(match.group("year")))
    if match.group("five"):
        return _PLAN_PERIOD_ENDS + _YEARS_OF_A_PLAN * (int(value_of(match.group("five"))) - 2)
    if issued is None:
        return None
    years = match.group("coming") or match.group("span")
    if years:
        return issued.year + int(value_of(years))
    return issued.year + bool(match.group("next"))
