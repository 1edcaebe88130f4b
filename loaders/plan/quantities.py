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
    ">=": "不少于|不低于|不小于|至少|达到|达|增至|增加到|提高到|提升到|上升到|扩大到",
    "<=": "不超过|不高于|不大于|控制在|低于|降至|降低到|下降到|压缩到|缩短到",
    "~": "约|大约|近",
}
_AFTER = {">=": "以上|及以上", "<=": "以内|以下|之内", "~": "左右"}
# 达到50家 states a value to be reached exactly unless 以上 follows; only the other words are bounds by themselves.
_REACHED = frozenset(
    [
        "达到",
        "达",
        "增至",
        "增加到",
        "提高到",
        "提升到",
        "上升到",
        "扩大到",
        "降至",
        "降低到",
        "下降到",
        "缩短到",
        "压缩到",
    ]
)

_UNITS = (
    "个百分点|个(?!月|工作日|小时|一(?!体))|百分点|人次|户次|场次|篇次|家次|平方公里|平方米|立方米|公里|公顷|千瓦时|千瓦|兆瓦|吨标准煤|万吨|吨|公斤|亩|头|只|羽|"
    "美元|元|家|项|件|次|人|所|名|座|条|场|户|台套|台|套|种|门|篇|本|部|处|支|批|期|类|辆|艘|张|幅|位|对|轮|枚|款|株|"
    "%|‰|倍|分钟|小时|天|页|米|升|平米|村|间|床|卡|企"
)
_QUANTITY = re.compile(
    rf"(?:(?P<before>{'|'.join(sorted((w for ws in _BEFORE.values() for w in ws.split('|')), key=len, reverse=True))}) *)?"
    r"(?<!\d)(?P<value>\d{1,15}+(?:,\d{3})*+(?:\.\d{1,9}+)?)(?!\d)"
    r"(?: *+[—–\-－~～至到]{1,2} *+(?P<upto>\d{1,15}+(?:\.\d{1,9}+)?)(?!\d))? *+"
    rf"(?P<more>余|多)?(?P<unit>[千百]?[万亿]{{0,2}}(?:{_UNITS})|[万亿]{{1,2}})"
    rf"(?P<after>{'|'.join(w for ws in _AFTER.values() for w in ws.split('|'))})?"
)
_COMPARATOR_BEFORE = {
    word: sign for sign, words in _BEFORE.items() for word in words.split("|") if word not in _REACHED
}
_COMPARATOR_AFTER = {word: sign for sign, words in _AFTER.items() for word in words.split("|")}
# 第3次 counts nothing, 每3家 and 3A级 measure something else, and 从30家增至50家 starts from what there is.
_NO_FIGURE_BEHIND = re.compile(r"(?:[第前每由从A-Za-z\d.,〔（“+]|[由从比](?:20\d\d年)?的?)$")
_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit; ``span`` covers the comparing words, ``figure`` only figure and unit."""

    value: float
    upto: float | None
    unit: str
    comparator: str
    span: Span
    figure: Span


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
        upto = float(match.group("upto")) if match.group("upto") else None
        yield Quantity(
            value=float(match.group("value").replace(",", "")),
            upto=upto,
            unit=match.group("unit"),
            comparator=_comparator(match) if upto is None else "range",
            span=Span(match.start(), match.end()),
            figure=Span(match.start("value"), match.end("unit")),
        )


def _comparator(match: re.Match[str]) -> str:
    after = _COMPARATOR_AFTER.get(match.group("after") or "")
    before = _COMPARATOR_BEFORE.get(match.group("before") or "")
    return after or before or (">" if match.group("more") else "=")
