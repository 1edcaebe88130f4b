"""Quantities in a clause: figure, unit, and the words that compare (超过50家, 2件以上, 10%左右)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..document import Span
from .measures import UNITS
from .numerals import ARABIC, CHINESE, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The words before and behind a figure that compare, and what they say.
BEFORE = {
    ">": "超过|突破|大于|高于|多于|优于|超出|超|逾|>|＞",
    ">=": "不少于|不低于|不小于|不得少于|不得低于|不弱于|至少|起码|≥|≧|>=",
    "<=": "不超过|不高于|不大于|不多于|不得超过|不得高于|控制在|低于|小于|少于|≤|≦|<=|<|＜",
    "~": "大约|约|近|接近",
    "=": "达到|达|增至|增加到|增加至|增长到|增长至|提高到|提高至|提升到|提升至|上升到|上升至|扩大到|扩大至|拓展到|拓展至|升至|"
    "发展到|降至|降到|降低到|降低至|下降到|下降至|压缩到|压缩至|缩短到|缩短至|压减到|压减至|缩减到|缩减至|减少到|减少至|稳定在|保持在|维持在|巩固在|降到|提至",
}
AFTER = {
    ">=": "以上|及以上|（含）以上|或以上|或更多",
    "<=": "以内|以下|之内|及以下|（含）以内|（含）以下",
    "~": "左右|上下",
}
_SIGN_BEFORE = {word: sign for sign, words in BEFORE.items() for word in words.split("|")}
_SIGN_AFTER = {word: sign for sign, words in AFTER.items() for word in words.split("|")}


def _longest_first(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


BOUNDS = _longest_first(_SIGN_BEFORE)
_SCALED = rf"(?:[千百]?[万亿]{{0,2}}(?:余|多)?(?:{UNITS})|[千百]?[万亿]{{1,2}}(?:余|多)?)"
_QUANTITY = re.compile(
    rf"(?P<before>(?:{BOUNDS})(?:约|近|到|至)?)?"
    rf"(?:(?<![\d.])(?P<value>{ARABIC})(?![\d.])|(?P<share>百分之|千分之)?(?P<numeral>{CHINESE}))"
    rf"(?:(?:{_SCALED})?(?:[—–\-－~～]{{1,2}}|[至到])(?P<upto>{ARABIC}|{CHINESE})(?![\d.]))?"
    rf"(?P<more>余|多)?"
    rf"(?P<unit>{_SCALED}(?:（(?:{UNITS})）)?(?:/(?:{UNITS}|[\u4e00-\u9fff]{{1,3}}))?)?"
    rf"(?P<after>{_longest_first(_SIGN_AFTER)})?"
)
# 第3次 counts nothing, 每3家 and 3A级 measure something else, and 从30家增至50家 starts from what there is.
_NO_FIGURE_BEHIND = re.compile(
    r"(?:[第前每由从A-Za-z\d.,〔“+/:：·]|(?<![占同])[由从比](?:20\d\d年)?的?|[^年](?:上|下)?周)$"
)
_NO_FIGURE_AHEAD = re.compile(r"[级型版]|强(?!的)")
# Of a figure without a unit: 3A级, 5G and 2025年 are no amounts.
_NO_AMOUNT_AHEAD = re.compile(r"[A-Za-z年月日号时星：/×·+\d.-]")
_FIRST_YEAR = 1900
# A number in characters is a figure where a bound says so (五个以上); without one only before the measure of a body or
# thing (企业两家), never one: 一批, 三个方面, 两项机制 count no result.
_COUNTED_BY_CHARACTERS = frozenset("家所座件名")
_NEVER_IN_CHARACTERS = frozenset("类级等期批流")
_NO_NUMERAL_BEHIND = re.compile("[第每前近数几]$")
_VAGUE = frozenset("十百千万")
_CONTEXT = 12
# 至少降低0.5个百分点, 不低于总投资的30%: the bound stands apart from its figure.
_BOUND_APART = re.compile("(?:至少|最少|起码|不得?(?:低于|少于))[\u4e00-\u9fff]{1,8}$")
_SHARES = {"百分之": "%", "千分之": "‰"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit; ``span`` covers the comparing words, ``unit`` is empty where none stands there."""

    value: float
    upto: float | None
    unit: str
    comparator: str
    span: Span
    bound: str = ""
    after: str = ""


def quantities(text: str, span: Span) -> Iterator[Quantity]:
    """Yield the quantities in ``text``, which is without spaces, between the offsets of ``span``.

    A figure that has a bound and no unit is one too: 用户数超过5000.

    Examples:
        >>> text = "高新技术企业超过50家，活动20次以上，增长10%左右，科普8万余人次，建设1到2个，占比达百分之三十"
        >>> [(q.value, q.upto, q.unit, q.comparator) for q in quantities(text, Span(0, len(text)))]  # doctest: +NORMALIZE_WHITESPACE
        [(50.0, None, '家', '>'), (20.0, None, '次', '>='), (10.0, None, '%', '~'), (8.0, None, '万人次', '>'),
         (1.0, 2.0, '个', 'range'), (30.0, None, '%', '=')]
    """
    for match in _QUANTITY.finditer(text, span.start, span.end):
        context = text[max(span.start, match.start() - _CONTEXT) : match.start()]
        if not _is_figure(match, context, text):
            continue
        upto = value_of(match.group("upto")) if match.group("upto") else None
        unit = _SHARES.get(match.group("share") or "") or re.sub("[余多]", "", match.group("unit") or "")
        yield Quantity(
            value=value_of(match.group("value") or match.group("numeral")),
            upto=upto,
            unit=unit,
            comparator=_comparator(match, context) if upto is None else "range",
            span=Span(match.start(), match.end()),
            bound=match.group("before") or "",
            after=match.group("after") or "",
        )


def _comparator(match: re.Match[str], context: str) -> str:
    before = match.group("before") or ""
    after = _SIGN_AFTER.get(match.group("after") or "")
    said = _SIGN_BEFORE.get(before) or _SIGN_BEFORE.get(before[:-1], "=")
    if before[-1:] in ("约", "近"):
        said = "~"
    more = match.group("more") or re.search("[余多]", match.group("unit") or "")
    if said == "=":
        said = ">=" if _BOUND_APART.search(context) else ">" if more else "="
    return after or said


def _is_figure(match: re.Match[str], context: str, text: str) -> bool:
    if match.group("before") is None and _NO_FIGURE_BEHIND.search(context):
        return False
    if _NO_FIGURE_AHEAD.match(text, match.end()):
        return False
    if match.group("unit") is None and match.group("share") is None:
        bound = (match.group("before") or match.group("after")) is not None
        return match.group("value") is not None and bound and not _NO_AMOUNT_AHEAD.match(text, match.end())
    if match.group("unit") == "年" and match.group("value") and value_of(match.group("value")) > _FIRST_YEAR:
        return False
    return not match.group("numeral") or _is_counted(match, context)


def _is_counted(match: re.Match[str], context: str) -> bool:
    """Whether a number in characters counts something."""
    numeral, unit = match.group("numeral"), match.group("unit") or ""
    bound = _SIGN_BEFORE.get(match.group("before") or "")
    if match.group("share"):
        return True
    if not match.group("before") and _NO_NUMERAL_BEHIND.search(context):
        return False
    if unit[:1] in _NEVER_IN_CHARACTERS or (numeral in _VAGUE and (bound == "~" or not match.group("before"))):
        return False
    if match.group("before") or match.group("after"):
        return True
    return unit in _COUNTED_BY_CHARACTERS and value_of(numeral) > 1
