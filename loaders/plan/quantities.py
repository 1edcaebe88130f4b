"""Quantities in a clause: figure, unit, and the words that compare (超过50家, 2件以上, 10%左右)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = {
    ">": "超过|突破|大于|高于|多于",
    ">=": "不少于|不低于|不小于|至少|达到|达|增至|增加到|增加至|增长到|增长至|提高到|提高至|提升到|提升至|上升到|上升至|扩大到|扩大至",
    "<=": "不超过|不高于|不大于|控制在|低于|降至|降到|降低到|降低至|下降到|下降至|压缩到|压缩至|缩短到|缩短至",
    "~": "约|大约|近",
}
_AFTER = {">=": "以上|及以上", "<=": "以内|以下|之内", "~": "左右"}
# 达到50家 states a value to be reached exactly unless 以上 follows; only the other words are bounds by themselves.
_REACHED = frozenset(word for words in _BEFORE.values() for word in words.split("|") if word[-1] in "到至达")

_UNITS = (
    "平方千米|千伏安|兆伏安|吉瓦时|兆瓦时|吉瓦|[kMGT]Wh|[kMG]W|亩次|学时|课时|例(?!如|外)|份(?!额)|册|班(?!子|组|级)|"
    "个百分点|个(?!月|工作日|小时|一(?!体))|百分点|人次|户次|场次|篇次|家次|平方公里|平方米|立方米|公里|公顷|千瓦时|千瓦|兆瓦|吨标准煤|万吨|吨|公斤|亩|头|只|羽|"
    "美元|元|家|项|件|次|人|所|名|座|条|场|户|台套|台|套|种|门|篇|本|部|处|支|批|期|类|辆|艘|张|幅|位|对|轮|枚|款|株|"
    "%|‰|倍|分钟|小时|天|页|米|升|平米|村|间|床|卡|企"
)
_NUMERAL = "[一二三四五六七八九十两百]"
_QUANTITY = re.compile(
    rf"(?:(?P<before>{'|'.join(sorted((w for ws in _BEFORE.values() for w in ws.split('|')), key=len, reverse=True))}) *)?"
    rf"(?:(?<!\d)(?P<value>\d{{1,15}}+(?:,\d{{3}})*+(?:\.\d{{1,9}}+)?)(?!\d)|(?<!{_NUMERAL})(?P<numeral>{_NUMERAL}{{1,7}}+))"
    r"(?: *+[—–\-－~～至到]{1,2} *+(?P<upto>\d{1,15}+(?:\.\d{1,9}+)?)(?!\d))? *+"
    rf"(?P<more>余|多)?(?P<unit>[千百]?[万亿]{{0,2}}(?:{_UNITS})|[万亿]{{1,2}})"
    rf"(?P<after>{'|'.join(w for ws in _AFTER.values() for w in ws.split('|'))})?"
)
_COMPARATOR_BEFORE = {
    word: sign for sign, words in _BEFORE.items() for word in words.split("|") if word not in _REACHED
}
_COMPARATOR_AFTER = {word: sign for sign, words in _AFTER.items() for word in words.split("|")}
# 第3次 counts nothing, 每3家 and 3A级 measure something else, and 从30家增至50家 starts from what there is.
_NO_FIGURE_BEHIND = re.compile(r"(?:[第前每由从A-Za-z\d.,〔（“+]|(?<![占同])[由从比](?:20\d\d年)?的?)$")
# A number in characters is a figure where a bound says so (五个以上); without one only before the measure of a body or
# thing (企业两家), never one: 一批, 三个方面, 两项机制 count no result.
_COUNTED_BY_CHARACTERS = frozenset("家所座件")
_NO_NUMERAL_BEHIND = re.compile("[第每前近数]$")
_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit; ``span`` covers the comparing words too."""

    value: float
    upto: float | None
    unit: str
    comparator: str
    span: Span


def quantities(text: str, span: Span) -> Iterator[Quantity]:
    """Yield the quantities in ``text`` between the offsets of ``span``.

    Examples:
        >>> text = "高新技术企业超过50家，活动20次以上，增长10%左右，科普8万人次，建设1到2个"
        >>> [(q.value, q.upto, q.unit, q.comparator) for q in quantities(text, Span(0, len(text)))]  # doctest: +NORMALIZE_WHITESPACE
        [(50.0, None, '家', '>'), (20.0, None, '次', '>='), (10.0, None, '%', '~'), (8.0, None, '万人次', '='),
         (1.0, 2.0, '个', 'range')]
    """
    for match in _QUANTITY.finditer(text, span.start, span.end):
        context = text[max(span.start, match.start() - _CONTEXT) : match.start()]
        if match.group("before") is None and _NO_FIGURE_BEHIND.search(context):
            continue
        if match.group("numeral") and not _is_counted(match, context):
            continue
        upto = float(match.group("upto")) if match.group("upto") else None
        yield Quantity(
            value=_value(match),
            upto=upto,
            unit=match.group("unit"),
            comparator=_comparator(match) if upto is None else "range",
            span=Span(match.start(), match.end()),
        )


def _comparator(match: re.Match[str]) -> str:
    after = _COMPARATOR_AFTER.get(match.group("after") or "")
    before = _COMPARATOR_BEFORE.get(match.group("before") or "")
    return after or before or (">" if match.group("more") else "=")


def _is_counted(match: re.Match[str], context: str) -> bool:
    if _NO_NUMERAL_BEHIND.search(context):
        return False
    if match.group("before") or match.group("after"):
        return True
    return match.group("unit") in _COUNTED_BY_CHARACTERS and _value(match) > 1


def _value(match: re.Match[str]) -> float:
    """The figure; a number in characters (二十五) is read from its tens and hundreds."""
    numeral: str | None = match.group("numeral")
    if not numeral:
        return float(match.group("value").replace(",", ""))
    total, digit = 0, 0
    for character in numeral:
        if character in "十百":
            total, digit = total + (digit or 1) * (10 if character == "十" else 100), 0
        else:
            digit = _DIGITS[character]
    return float(total + digit)
