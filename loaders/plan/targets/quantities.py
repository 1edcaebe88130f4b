"""Quantities in a clause: figure, unit, and the words that compare (超过50家, 2件以上, 10%左右)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...document import Span
from .measures import MONEY, SIZE, UNITS, base_of
from .numerals import ARABIC, CHINESE, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The words before and behind a figure that compare, and what they say: 达到50家 asks for no fewer, 降至5% for no more.
BEFORE = {
    ">": "超过|突破|大于|高于|多于|优于|超出|超|逾|>|＞",
    ">=": "不少于|不低于|不小于|不得少于|不得低于|不弱于|至少|起码|≥|≧|>=|"
    "达到|达|增至|增加到|增加至|增长到|增长至|提高到|提高至|提升到|提升至|提至|上升到|上升至|扩大到|扩大至|拓展到|拓展至|升至|升到|"
    "发展到|发展至|壮大到|扩展到|扩容到|扩容至|延长到|延长至",
    "<=": "不超过|不高于|不大于|不多于|不得超过|不得高于|控制在|控制到|低于|小于|少于|≤|≦|<=|<|＜|"
    "降至|降到|降低到|降低至|下降到|下降至|压缩到|压缩至|缩短到|缩短至|压减到|压减至|压降到|压降至|缩减到|缩减至|缩小到|缩小至|"
    "减少到|减少至|减至",
    "~": "大约|约|近|接近",
    "=": "稳定在|保持在|维持在|巩固在|稳定到",
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
# A number in characters is a figure where a bound says so (五个以上), where it measures (三十万人次, 八百亿元), where it is
# a range (十到十五个), before the measure of a body or thing (企业两家), and behind the noun it counts (示范园三个). Before
# a noun it is mostly a way of speaking (一批, 三个方面, 两项机制), but not behind a verb that counts (新建三个).
_COUNTED_BY_CHARACTERS = frozenset("家所座件名")
_COUNTED_BEHIND_NOUN = frozenset("个处项条台套场户支门种款部篇间栋艘辆口眼片次株头只站组人") | {"台套", "批次", "场次"}
_NEVER_IN_CHARACTERS = frozenset("类级等期批流")
_MEASURED = (MONEY | SIZE | {"人次", "户次", "台次", "场次", "户"}) - {"方", "P", "斤"}
_NOUN = re.compile("[\u4e00-\u9fff”）]{2}$")
_VERB_OF_COUNTING = re.compile("(?:新建|新增|引进|创建|认定|培育|改造|争创|续建|新认证|新认定)$")
_NO_NUMERAL_BEHIND = re.compile("[第每前近数几上这那哪某各整]$")
# 分为三个, 共八项 and 坚持五个 count what a plan is made of.
_NO_NOUN_BEHIND = re.compile(
    "(?:[为是共有的在到按等做抓]|任务|措施|举措|方面|工作|机制|制度|包括|坚持|把握|突出|聚焦|围绕|做好|建设|新建|打造|完成|实现|培育|至少|其中|以下|如下|上述|一县|一镇|一村|一企|一业)$"
)
_NO_MORE_AHEAD = re.compile("$|[、，；。）（和与及并]|以及")
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
         (1.0, 2.0, '个', 'range'), (30.0, None, '%', '>=')]
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
    return not match.group("numeral") or _is_counted(match, context, text)


def _is_counted(match: re.Match[str], context: str, text: str) -> bool:
    """Whether a number in characters counts something."""
    numeral, unit = match.group("numeral"), match.group("unit") or ""
    bound = _SIGN_BEFORE.get(match.group("before") or "")
    if match.group("share") or (match.group("upto") and unit[:1] not in _NEVER_IN_CHARACTERS):
        return True
    if not match.group("before") and _NO_NUMERAL_BEHIND.search(context):
        return False
    vague = numeral in _VAGUE and (bound == "~" or not match.group("before"))
    if unit[:1] in _NEVER_IN_CHARACTERS or (vague and not (numeral == "十" and _behind_noun(match, context, text))):
        return False
    if match.group("before") or match.group("after"):
        return True
    if value_of(numeral) <= 1:
        return False
    before_noun = unit in _COUNTED_BEHIND_NOUN and _VERB_OF_COUNTING.search(context)
    return bool(unit in _COUNTED_BY_CHARACTERS or _measures(unit) or before_noun or _behind_noun(match, context, text))


def _measures(unit: str) -> bool:
    """Whether a unit measures (万亩, 亿元, 平方公里) or stands behind a large number (万名); 万 alone may name something."""
    base = base_of(unit)
    return base in _MEASURED or (unit[:1] in "万亿" and base not in ("", "万", "亿"))


def _behind_noun(match: re.Match[str], context: str, text: str) -> bool:
    """Whether a number stands behind the noun that it counts: 新建示范园三个."""
    if match.group("unit") not in _COUNTED_BEHIND_NOUN or not _NO_MORE_AHEAD.match(text, match.end()):
        return False
    return _NOUN.search(context) is not None and not _NO_NOUN_BEHIND.search(context)
