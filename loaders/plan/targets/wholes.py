"""Targets without a figure: 全覆盖 is 100 %, 逐年递增 a trend, 不低于2019年同期 is measured by something else, 翻一番 twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Target
from .indicators import DRIVEN, indicator_of, names_something
from .quantities import BOUNDS

if TYPE_CHECKING:
    from .clauses import Clause

_COVERAGE = re.compile(
    r"全(?:面|域|员|量|程)?覆盖率?|全部(?=参与|纳入|覆盖|建成|完成|实现|达标|接入|建立|配备|配齐|落实到位)|(?:100%|百分之百|应)覆盖(?!率)|"
    r"覆盖(?:所有|全部)(?=[^的]{2,20}$)"
)
_REST_OF_COVERAGE = re.compile(r"到|之?中[来去]?$")
# 全覆盖监管, 建成全面覆盖城乡的网络: what covers all is an attribute there.
_ATTRIBUTE_BEHIND = re.compile(r"(?![、，）和与及以并]|(?:的)?(?:目标|任务|要求)$)")
_NEARLY = re.compile(r"基本(?:上)?(?:实现)?$|基本实现")
_REACHING = re.compile("(?:基本(?:上)?|全面)?实现|基本(?:上)?$")
_TREND = re.compile(
    r"逐年(?:稳步|持续|小幅|大幅)?(?:递增|增长|提高|上升|增加|提升|扩大|下降|递减|降低|减少)|稳步(?:增长|提高|上升)(?=$)|持续(?:稳步|稳定|较快)?(?:增长|递增)(?=$)|只增不减"
)
_MECHANISM = re.compile(r"的?(?:机制|制度|体系|办法|原则|方式|趋势|要求)")
_MANNER = re.compile(r"按.{0,10}比例$")
_RELATIVE = re.compile(
    rf"(?P<bound>{BOUNDS})(?:(?!\d)|(?=20\d\d年))(?P<of>[^，。；、的\d]{{0,8}}(?:20\d\d年(?:同期|水平|末|底)?|上年度?|上一年度?|去年|同期|"
    r"全国|全省|全市|全区|全州|全自治区|国家|省定|各项|地区生产总值|经济|财政收入|GDP)[^，。；\d]{0,8}?"
    r"(?:同期(?:水平|余额)?|水平|余额|平均(?:水平|增速|增幅|增长)?|均值|增速|增幅|增长|(?<=[年度期])(?=$|、)))"
)
_IN_STEP = re.compile("(?P<of>与[^，。；、\\d]{2,12}增长(?:保持)?(?:基本)?同步)(?:增长)?$")
_NO_RELATIVE = re.compile("标准|价格|利率|工资|电价|先进|领先|一流|国际")
_RELATIVE_SIGN = {
    "不低于": ">=",
    "不少于": ">=",
    "达到": ">=",
    "不高于": "<=",
    "不超过": "<=",
    "低于": "<=",
    "少于": "<=",
}
_DOUBLED = re.compile("翻(?P<times>[一两二三])?番(?P<bound>以上)?")
_TIMES = {"一": 1, "两": 2, "二": 2, "三": 3}


def coverage_in(clause: Clause, whole: str) -> tuple[Target, int] | None:
    """Return the full coverage that ``clause`` asks for, and where its words end."""
    if "覆盖" not in clause.masked and "全部" not in clause.masked:
        return None
    match = _COVERAGE.search(clause.masked)
    if not match:
        return None
    rest = clause.text[match.end() :]
    word = match.group()
    if word.endswith("覆盖") and rest and _is_attribute(word, rest):
        return None
    before = clause.text[: match.start()]
    nearly = _NEARLY.search(before)
    indicator = _covered(before, rest, word, whole)
    if not names_something(indicator):
        return None
    end = len(clause.text) if not rest[:1] or rest[0] not in "、，" else match.end()
    sign = "~" if nearly else "="
    return Target(indicator, "coverage", sign, 100.0, "%", None, clause.span(0, end)), end


def trend_in(clause: Clause) -> Target | None:
    """Return the trend without a figure that ``clause`` asks for."""
    match = _TREND.search(clause.masked)
    if not match or _MECHANISM.match(clause.masked, match.end()) or clause.text.startswith("的", match.end()):
        return None
    indicator = DRIVEN.sub("", indicator_of(_MANNER.sub("", clause.text[: match.start()])))
    if not names_something(indicator):
        return None
    return Target(indicator, "trend", "growth", None, None, None, clause.span(0, len(clause.text)))


def relative_in(clause: Clause, whole: str = "") -> Target | None:
    """Return what ``clause`` measures by another year, another place or another figure, or by how often it doubles.

    Where it does not say what, it is ``whole``.
    """
    doubled = _DOUBLED.search(clause.masked)
    if doubled:
        indicator = indicator_of(clause.text[: doubled.start()].removesuffix("实现")) or whole
        value = float(2 ** _TIMES.get(doubled.group("times") or "一", 1))
        sign = ">=" if doubled.group("bound") else "="
        target = Target(indicator, "relative", sign, value, "倍", None, clause.span(0, len(clause.text)))
        return target if names_something(indicator) else None
    in_step = _IN_STEP.search(clause.masked)
    if in_step:
        indicator = f"{indicator_of(clause.text[: in_step.start()]) or whole}（{in_step.group('of')}）"
        return Target(indicator, "relative", "=", None, None, None, clause.span(0, len(clause.text)))
    match = _RELATIVE.search(clause.masked)
    if not match or _NO_RELATIVE.search(match.group()) or re.match("[^，。；]{0,4}\\d", clause.masked[match.end() :]):
        return None
    indicator = indicator_of(clause.text[: match.start()]) or whole
    if not names_something(indicator):
        return None
    sign = _RELATIVE_SIGN.get(match.group("bound"), ">")
    indicator = f"{indicator}（{clause.text[match.start() : match.end()]}）"
    return Target(indicator, "relative", sign, None, None, None, clause.span(0, len(clause.text)))


def _is_attribute(word: str, rest: str) -> bool:
    if not _ATTRIBUTE_BEHIND.match(rest):
        return False
    return word != "全面覆盖" or "的" in rest


def _covered(before: str, rest: str, word: str, whole: str) -> str:
    subject = indicator_of(_REACHING.sub("", before)) or whole
    behind = "" if rest[:1] in ("、", "，", "）", "和", "并") else _REST_OF_COVERAGE.sub("", rest)
    if word.startswith(("全部", "覆盖")) or (behind and word.startswith("全面")):
        return f"{subject}{'覆盖' if '覆盖' in word else ''}{behind}"
    return f"{subject}覆盖率"
