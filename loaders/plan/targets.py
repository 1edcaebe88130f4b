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
    r"^(?:力争|争取|确保|保证|使|并|实现|形成|打造|加快建设|加快|完成|达到|以及|和(?!谐|美)|及(?!时))+"
)
_SHORTEST_INDICATOR = 2
_CLAUSE_ENDS = "，；。！\n"
_AFTER_NOUN = re.compile(
    r"^的?(?P<noun>[\u4e00-\u9fff“”（）A-Za-z]{2,40}?)(?=(?:以及|和|与|及|、)?(?:\d|$)|[^\u4e00-\u9fff“”（）A-Za-z])"
)
_BARE_VERB = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:建设|培育|建成|打造|引进|组织|开展|实施|创建|建立|新增|新建|认定|扶持|孵化|举办|形成|完成)"
)
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
        for clause in document.pieces(sentence, _CLAUSE_ENDS):
            text = document.folded[clause.start : clause.end]
            years = _YEAR.findall(text)
            year = int(years[-1]) if years else year
            modality = _word_of(_MODALITY, text) or modality
            for target in _targets_of_clause(document, clause):
                if len(plain(target.indicator)) >= _SHORTEST_INDICATOR:
                    found.append(replace(target, year=year, modality=modality))
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
    previous = clause.start
    for quantity in quantities(document.folded, clause):
        target = _numeric(document, Span(previous, clause.end), quantity)
        if target:
            yield target
            previous = target.span.end


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
    text = _YEAR.sub("", text)
    text = _LEADING_VERB.sub("", text.strip(" ，、"))
    return _VERB_OF_REACHING.sub("", text).strip(" ，、：")


def _without_manner(text: str) -> str:
    return re.sub(r"按.{0,10}比例$", "", text)


def _is_bare_verb(indicator: str) -> bool:
    """Whether nothing but a verb stands before the figure, so that the noun behind it says what is measured."""
    return _BARE_VERB.fullmatch(indicator) is not None


def _word_of(words: dict[str, re.Pattern[str]], text: str) -> str | None:
    return next((name for name, pattern in words.items() if pattern.search(text)), None)
