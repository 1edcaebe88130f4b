"""Targets: clauses that say how much of what is to be reached, and by when."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from innograph.graph.identity import plain

from ..document import Span
from .model import Target
from .quantities import Quantity, quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..document import Document

_YEAR = re.compile(r"(?:到|至|截至|力争到|争取到)?(?<!\d)(?P<year>20\d{2}) {0,3}年(?:底|末)?(?:前|止)?[，,]? {0,3}")
_MODALITY = {"aim": re.compile("力争|争取"), "ensure": re.compile("确保|保证")}
_PERIOD = {
    "annual": re.compile("每年|年均|逐年"),
    "cumulative": re.compile("累计"),
    "new": re.compile("新增|新建|新培育|新引进|新认定"),
}
_COVERAGE = re.compile(r"全覆盖|全部(?=参与|纳入|覆盖|建成|完成|实现)|覆盖率?(?:达到?|为)?100%")
_TREND = re.compile(r"逐年(?:递增|增长|提高|上升|增加|下降|递减|降低)|稳步(?:增长|提高|上升)(?=$)")
# A clause that gives money away, sets a rate or a period of grace states a rule of the policy and no target.
_NOT_A_TARGET = re.compile(
    r"奖励|奖补|补助|补贴|资助|贴息|减免|免收|免征|最高(?:不超过|可达|达|为)?\d|一次性|奖金|给予|返还|按.{0,12}(?:比例|标准)(?!逐年)|期限|以内申请|申报时间|有效期|机制$|制度$"
)
_MECHANISM = re.compile(r"的?(?:机制|制度|体系|办法)")
_LARGE_UNIT = re.compile(r"[万亿]?(?:亩|平方米|平方公里|公里|公顷|兆瓦|千瓦|吨|立方米)$")
_LEADING_VERB = re.compile(
    r"^(?:力争|争取|确保|保证|使|并|实现|形成|打造|加快建设|加快|完成|达到|以及|和(?!谐|美|田|静|硕|平)|及(?!时))+"
)
_SHORTEST_INDICATOR = 2
_LEAST_MEMBERS = 2
_CLAUSE_ENDS = "，；。！\n"
_AFTER_NOUN = re.compile(
    r"^的?(?P<noun>[\u4e00-\u9fff“”（）A-Za-z&]{2,40}?)(?=(?:以及|和|与|及|、)?(?:\d|$)|[^\u4e00-\u9fff“”（）A-Za-z&])"
)
_VERBS_OF_WORK = "建设|培育|建成|打造|引进|组织|开展|实施|创建|建立|新增|新建|认定|扶持|孵化|举办|形成|完成"
_BARE_VERB = re.compile(rf"[\u4e00-\u9fff]{{0,4}}(?:{_VERBS_OF_WORK})")
_LEADING_WORK = re.compile(rf"^(?:.*(?:{_VERBS_OF_WORK}|共建)(?=..))?")
# 由100亿元 and 从2020年的30家 say where a figure starts from, not what it measures.
_BASELINE = re.compile(r"[，、]?[由从](?:20\d\d ?年)?的?[^，；。、\d]{0,8}\d[\d.,]{0,15}[^，；。\d]{0,6}$")
_BASE_YEAR = re.compile(r"(?:比|较|在)(?:20\d\d ?年|上年|“?[一二三四五六七八九十]{2,3}五”?末)?(?:的)?(?:基础上)?$")
_DOUBLED = re.compile("翻(?P<times>[一两二三])?番(?P<bound>以上)?")
_TIMES = {"一": 1, "两": 2, "二": 2, "三": 3}
_EACH = re.compile("分别")
_MEMBERS = re.compile("、|以及|[和与及]")
# What is part of a whole (其中国家级3个) or only grows (年均增长10%) is named by the target before it.
_PART = re.compile("^（?其中[，：:]?")
_LEVEL_ALONE = re.compile("(?:国家|自治区|省部?|市|州|县|地)级(?:及?以上)?")
_GROWTH_ALONE = re.compile("(?:年均|平均|同比|每年|[比较]上年)*(?:增长|增速|增幅|递增|提高|下降|降低)率?")
_GROWTH_BEHIND = re.compile("(?:年均|平均|同比|每年)*(?:增长|增速|增幅|递增|提高|下降|降低)率?$")
_SUBJECT = re.compile(
    r"(?P<subject>[\u4e00-\u9fff“”A-Za-z&]{2,20}?)(?:继续|保持|稳步|持续|不断|大幅|显著|明显|平稳|稳定|快速|较快|进一步|实现)"
)
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = re.compile("[ 、，]*")
_REST_OF_COVERAGE = re.compile(r"(?:中去|之中|到|中)")
_VERB_OF_REACHING = re.compile(r"(?:实现|达到|总数|数量达|均|分别)$")


def read_targets(document: Document, sentences: Sequence[Span]) -> tuple[Target, ...]:
    """Read the targets in ``sentences``; a year holds for the clauses behind it in its paragraph.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> text = "到2023年，高新技术企业超过50家，实现创新平台全覆盖，经费逐年递增。"
        >>> targets = read_targets(document_of_lines("a", text), [Span(0, len(text))])
        >>> [(t.indicator, t.kind, t.comparator, t.value, t.unit, t.year) for t in targets]  # doctest: +NORMALIZE_WHITESPACE
        [('高新技术企业', 'numeric', '>', 50.0, '家', 2023), ('创新平台覆盖率', 'coverage', '=', 100.0, '%', 2023),
         ('经费', 'trend', 'growth', None, None, 2023)]
    """
    found: list[Target] = []
    year: int | None = None
    paragraph = -1
    for sentence in sentences:
        if document.paragraph_at(sentence.start) != paragraph:
            paragraph, year = document.paragraph_at(sentence.start), None
        modality: str | None = None
        whole = ""
        for clause in document.pieces(sentence, _CLAUSE_ENDS):
            text = document.folded[clause.start : clause.end]
            years = _YEAR.findall(text)
            year = int(years[-1]) if years else year
            modality = _word_of(_MODALITY, text) or modality
            subject = _SUBJECT.match(_indicator(text))
            for found_here in _targets_of_clause(document, clause):
                target, whole = _in_context(found_here, whole)
                if len(plain(target.indicator)) >= _SHORTEST_INDICATOR and _LETTER.search(target.indicator):
                    found.append(replace(target, year=year, modality=modality))
                    subject = None
            whole = subject.group("subject") if subject else whole
    return tuple(found)


def _targets_of_clause(document: Document, clause: Span) -> Iterator[Target]:
    text = document.folded[clause.start : clause.end]
    if _NOT_A_TARGET.search(text):
        return
    coverage = _COVERAGE.search(text)
    if coverage:
        yield _coverage(document, clause, coverage)
        return
    trend = _TREND.search(text)
    if trend and not _MECHANISM.match(text, trend.end()):
        indicator = _indicator(_without_manner(text[: trend.start()]))
        yield Target(indicator, "trend", "growth", None, None, None, clause)
        return
    doubled = _DOUBLED.search(text)
    if doubled:
        yield _doubled(clause, text, doubled)
        return
    figures = tuple(quantities(document.folded, clause))
    shared = _each(document, clause, figures)
    if shared:
        yield from shared
        return
    previous = clause.start
    for quantity in figures:
        target = _numeric(document, Span(previous, clause.end), quantity)
        if target:
            yield target
            marks = _MARKS.match(document.folded, target.span.end, clause.end)
            previous = marks.end() if marks else target.span.end


def _in_context(target: Target, whole: str) -> tuple[Target, str]:
    """Complete an indicator that only says what part (其中国家级) or growth (年均增长) of ``whole`` it measures.

    Returns:
        The target, and the whole that what follows may be a part of.
    """
    indicator = target.indicator
    part = _PART.match(indicator)
    rest = indicator[part.end() :] if part else indicator
    if whole and _LEVEL_ALONE.fullmatch(rest):
        return replace(target, indicator=f"{rest}{_LEADING_WORK.sub('', whole)}"), whole
    if part and rest:
        return replace(target, indicator=rest), whole or rest
    if whole and _GROWTH_ALONE.fullmatch(indicator):
        return replace(target, indicator=f"{_GROWTH_BEHIND.sub('', whole)}{indicator}"), whole
    return target, indicator


def _doubled(clause: Span, text: str, match: re.Match[str]) -> Target:
    """翻一番: twice as much, 翻两番 four times."""
    indicator = _indicator(_BASE_YEAR.sub("", text[: match.start()].removesuffix("实现")))
    value = float(2 ** _TIMES.get(match.group("times") or "一", 1))
    return Target(indicator, "relative", ">=" if match.group("bound") else "=", value, "倍", None, clause)


def _each(document: Document, clause: Span, figures: Sequence[Quantity]) -> tuple[Target, ...]:
    """Return one target for each member of 甲率和乙率分别达到65%和55%; none unless every member has its figure."""
    text = document.folded[clause.start : clause.end]
    each = _EACH.search(text)
    if not each:
        return ()
    members = [_indicator(member) for member in _MEMBERS.split(_indicator(text[: each.start()]))]
    behind = [figure for figure in figures if figure.span.start >= clause.start + each.start()]
    if len(members) < _LEAST_MEMBERS or len(members) != len(behind):
        return ()
    bounds = {figure.comparator for figure in behind} - {"="}
    bound = bounds.pop() if len(bounds) == 1 else None
    return tuple(
        Target(
            indicator=member,
            kind="numeric",
            comparator=bound or figure.comparator,
            value=figure.value,
            value_to=figure.upto,
            unit=figure.unit,
            year=None,
            period=_word_of(_PERIOD, text[: each.start()]),
            span=document.trim(clause),
        )
        for member, figure in zip(members, behind, strict=True)
    )


def _numeric(document: Document, clause: Span, quantity: Quantity) -> Target | None:
    before = document.folded[clause.start : quantity.span.start]
    after = document.folded[quantity.span.end : clause.end]
    noun = _AFTER_NOUN.match(after)
    scale = bool(noun) and bool(_LARGE_UNIT.search(quantity.unit)) and quantity.comparator == "="
    indicator = _indicator(before)
    if noun and (scale or not indicator or _is_bare_verb(indicator)):
        indicator = (
            f"{indicator if not scale else ''}{noun.group('noun')}{'面积' if scale and '亩' in quantity.unit else ''}"
        )
    if len(indicator) < _SHORTEST_INDICATOR:
        return None
    end = quantity.span.end + (noun.end() if noun else 0)
    return Target(
        indicator=indicator,
        kind="scale" if scale else "numeric",
        comparator=quantity.comparator,
        value=quantity.value,
        value_to=quantity.upto,
        unit=quantity.unit,
        year=None,
        period=_word_of(_PERIOD, before),
        span=document.trim(Span(clause.start, min(end, clause.end))),
    )


def _coverage(document: Document, clause: Span, match: re.Match[str]) -> Target:
    text = document.folded[clause.start : clause.end]
    subject = _indicator(text[: match.start()])
    rest = _REST_OF_COVERAGE.sub("", text[match.end() :])
    indicator = f"{subject}{rest}" if rest or not subject else f"{subject}覆盖率"
    return Target(indicator, "coverage", "=", 100.0, "%", None, clause)


def _indicator(text: str) -> str:
    """Return the words that say what is measured, without year, manner and leading verbs of purpose."""
    text = _YEAR.sub("", _BASELINE.sub("", text))
    text = _LEADING_VERB.sub("", text.strip(" ，、"))
    return _VERB_OF_REACHING.sub("", text).strip(" ，、：")


def _without_manner(text: str) -> str:
    return re.sub(r"按.{0,10}比例$", "", text)


def _is_bare_verb(indicator: str) -> bool:
    """Whether nothing but a verb stands before the figure, so that the noun behind it says what is measured."""
    return _BARE_VERB.fullmatch(indicator) is not None


def _word_of(words: dict[str, re.Pattern[str]], text: str) -> str | None:
    return next((name for name, pattern in words.items() if pattern.search(text)), None)
