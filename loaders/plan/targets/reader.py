"""Targets: clauses that say how much of what is to be reached, and by when."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue

from ...document import Span
from .cells import read_cell_target
from .clauses import clauses_of
from .dates import begins, deadlines, is_past, without_dates
from .due import recurs
from .figures import Figure, figures_of
from .indicators import speaks_for_itself, subject_of
from .measures import UNITS
from .quantities import BOUNDS
from .rules import is_case, is_condition, is_gift, states_goal, states_result
from .wholes import coverage_in, relative_in, trend_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ...document import Document
    from ..model import Target
    from .clauses import Clause
    from .dates import Deadline

__all__ = ["doubts", "read_cell_target", "read_targets"]

MODALITY = {"aim": re.compile("力争|争取"), "ensure": re.compile("确保|保证(?!金|保险)")}
# 每年 at a clause's head holds for the rest of the sentence, until another period begins.
_EACH_YEAR = re.compile(
    r"^[^\d]{0,6}?(?<![^争保取证，、并省市])每年度?(?!以?[\u4e00-\u9fff]{0,3}(?:增长|递增|提高|提升|下降|降低))"
)
_NO_LONGER_EACH_YEAR = re.compile("累计|总计|共计")
# Behind what is held so and so often each year (每年组织4次), what is built or won is not done anew each year.
_ACTIVITY = re.compile("每年.{0,40}(?:次|场|期|批)")
_ONCE = re.compile("新(?!闻)|建成|打造|创建")
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千两万翻]|覆盖|全部|逐年|稳步|持续|只增|不低于|不高于|高于|超过|同步$")
# A sentence without any of these neither sets a target nor names a year.
_WORTH_READING = re.compile(
    r"[\d五〇翻超突]|覆盖|全部|逐年|稳步|持续增长|持续[稳较递]|只增|不[少低高多小大弱]|[高低多少大小优]于|以[上下内]|左右|至少|起码|达|近|约|逾|百分之|千分之|"
    r"同步(?=[，。；]|$)|年[内底]|今年|明年|未来|今后|接下来|[二三四五六七八九十百千两][万亿余多]{0,2}[家所座件名个处项条台套场户支门种款部篇间栋艘辆口眼片次株头只站组人亩元公平吨]"
)
# What a doubt can come from: two years next to each other, a bound number with no unit behind it.
_WORTH_DOUBTING = re.compile(
    rf"20\d\d *年[^。；]{{0,9}}20\d\d *年|(?:{BOUNDS}) *\d[\d., ]*+[余多万亿]*+ *+(?!{UNITS})|\d[余多万亿 ]*+(?:以上|左右|以内|以下)"
)
_EACH = re.compile("分别")
_IN_EACH = re.compile("每年|各|均")


@dataclass(slots=True)
class _Context:
    """What the clauses before say of those that follow."""

    year: int | None = None
    carried: bool = False  # named in another sentence, or only by 全年
    years: tuple[int, ...] = ()
    past: bool = False
    modality: str | None = None
    annual: bool = False
    activity: bool = False
    dated: bool = False
    whole: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class _Doubt:
    code: str
    span: Span
    values: dict[str, object]


def read_targets(
    document: Document, sentences: Sequence[Span], *, issued: dt.date | None = None, carry: bool = False
) -> tuple[Target, ...]:
    """Read the targets in ``sentences``.

    Args:
        document: where they stand.
        sentences: their spans, in order.
        issued: the day the plan was issued, from which 三年内 counts.
        carry: whether a year holds for the paragraphs that follow; else only for the clauses behind it in its own.

    Returns:
        The targets in the order of the text.

    Examples:
        >>> from innograph.loaders.document import Span, document_of_lines
        >>> text = "到2023年，高新技术企业超过50家，实现创新平台全覆盖，经费逐年递增。"
        >>> targets = read_targets(document_of_lines("a", text), [Span(0, len(text))])
        >>> [(t.indicator, t.kind, t.comparator, t.value, t.unit, t.year) for t in targets]  # doctest: +NORMALIZE_WHITESPACE
        [('高新技术企业', 'numeric', '>', 50.0, '家', 2023), ('创新平台覆盖率', 'coverage', '=', 100.0, '%', 2023),
         ('经费', 'trend', 'growth', None, None, 2023)]
    """
    return tuple(found for found in _read(document, sentences, issued, carry=carry) if not isinstance(found, _Doubt))


def doubts(document: Document, sentences: Sequence[Span]) -> Iterator[Issue]:
    """Yield what an attentive reader of the targets in ``sentences`` would ask about.

    Examples:
        >>> from innograph.loaders.document import Span, document_of_lines
        >>> text = "服务企业超过3000。"
        >>> [issue.code for issue in doubts(document_of_lines("a", text), [Span(0, len(text))])]
        ['target.number-without-unit']
    """
    worth = [s for s in sentences if _WORTH_DOUBTING.search(document.folded, s.start, s.end)]
    for found in _read(document, worth, None, carry=False):
        if isinstance(found, _Doubt):
            yield Issue(found.code, document.locate(found.span), document.quote(found.span), dict(found.values))


def _read(
    document: Document, sentences: Sequence[Span], issued: dt.date | None, *, carry: bool
) -> Iterator[Target | _Doubt]:
    context = _Context()
    paragraph = -1
    for sentence in sentences:
        if document.paragraph_at(sentence.start) != paragraph:
            paragraph = document.paragraph_at(sentence.start)
            context = _Context(year=context.year if carry else None)
        if not _WORTH_READING.search(document.folded, sentence.start, sentence.end):
            continue
        context = _Context(year=context.year, carried=True)
        clauses = list(clauses_of(document, sentence))
        gifts = [is_gift(clause.masked) for clause in clauses]
        for position, clause in enumerate(clauses):
            years = [d for d in deadlines(clause.masked, issued) if context.year is None or not d.implied]
            _enter(context, clause, years, issued)
            goal = context.dated or states_goal(clause.masked) or states_result(clause.masked, of_all=True)
            if _FIGURE.search(clause.masked) and not (context.past or _is_rule(clauses, gifts, position, goal=goal)):
                yield from _targets_of(clause, context, years, among_gifts=any(gifts) and not goal)
            _leave(context, clause, years)


def _enter(context: _Context, clause: Clause, years: Sequence[Deadline], issued: dt.date | None) -> None:
    """Take up what ``clause`` says of itself: a new year, 力争, 每年."""
    text = clause.masked
    context.modality = next((name for name, word in MODALITY.items() if word.search(text)), context.modality)
    context.dated = context.dated or bool(years)
    if "年" in text and not years and begins(text):
        context.year = None
    context.past = is_past(text, years, issued) or (context.past and not years)
    if years or _NO_LONGER_EACH_YEAR.search(text):
        context.annual = False
    if context.activity and _ONCE.match(text):
        context.annual = False
    # What is given each year need not come of it each year.
    if "每年" in text and _EACH_YEAR.search(without_dates(text)) and not is_gift(text):
        context.annual = True
        context.activity = _ACTIVITY.search(text) is not None


def _leave(context: _Context, clause: Clause, years: Sequence[Deadline]) -> None:
    if speaks_for_itself(clause.text):
        context.before = clause.text
    if years:
        context.year = None if context.past else years[-1].year
        context.carried = years[-1].implied
        context.years = tuple(deadline.year for deadline in years)


def _is_rule(clauses: Sequence[Clause], gifts: Sequence[bool], position: int, *, goal: bool) -> bool:
    """Whether a clause gives, says whom something is given to, or goes on behind what is given."""
    text = clauses[position].masked
    if gifts[position] or is_case(text):
        return True
    if is_condition(text) and any(gifts[position:]):
        return True
    return any(gifts[:position]) and not (goal or states_result(text))


def _targets_of(
    clause: Clause, context: _Context, years: Sequence[Deadline], *, among_gifts: bool
) -> Iterator[Target | _Doubt]:
    start = 0
    covered = coverage_in(clause, context.whole)
    if covered:
        target, start = covered
        yield _completed(target, context, years, 0)
    else:
        told = trend_in(clause) or relative_in(clause)
        if told:
            yield _completed(told, context, years, 0)
            context.whole = told.indicator
            if told.kind == "trend":
                return
            start = len(clause.text)
    whole = context.whole or subject_of(context.before)
    figures, context.whole = figures_of(
        clause, start, whole, among_gifts=among_gifts, dated=context.year is not None or bool(years)
    )
    yield from _with_years(clause, figures, context, years)


def _with_years(
    clause: Clause, figures: Sequence[Figure], context: _Context, years: Sequence[Deadline]
) -> Iterator[Target | _Doubt]:
    """Give each figure its year: the one before it, or, behind 分别, the one at its place in the list of years."""
    listed = context.years if not years else tuple(deadline.year for deadline in years)
    in_order = _EACH.search(clause.masked) and len(listed) == len(figures) and len(set(listed)) > 1
    doubtful = _two_years(figures, years) if not (in_order or _IN_EACH.search(clause.masked)) else None
    if doubtful:
        values: dict[str, object] = {"first": doubtful[0].year, "second": doubtful[1].year}
        yield _Doubt("target.two-years", clause.span(0, len(clause.text)), values)
    targets = [figure.target for figure in figures if figure.target]
    if in_order and len(targets) == len(figures):
        yield from (_completed(t, context, years, 0) for t in _in_order(targets, listed))
        return
    for figure in figures:
        if figure.target:
            yield _completed(figure.target, context, years, figure.at)
        if figure.doubt:
            yield _Doubt(figure.doubt, clause.span(0, len(clause.text)), {"value": figure.said})


def _in_order(targets: Sequence[Target], years: Sequence[int]) -> Iterator[Target]:
    """Targets that share the words before the first of them: 2026年、2027年分别达到50家和60家."""
    bounds = {target.comparator for target in targets} - {"="}
    span = Span(targets[0].span.start, targets[-1].span.end)
    for target, year in zip(targets, years, strict=True):
        sign = min(bounds) if len(bounds) == 1 else target.comparator
        yield replace(target, comparator=sign, year=year, span=span)


def _two_years(figures: Sequence[Figure], years: Sequence[Deadline]) -> tuple[Deadline, Deadline] | None:
    """Two years that one figure could be meant for."""
    targets = [figure for figure in figures if figure.target]
    if not targets:
        return None
    ahead = bisect_right(years, targets[0].at, key=_start_of)
    if ahead > 1 and years[ahead - 2].year != years[ahead - 1].year:
        return years[ahead - 2], years[ahead - 1]
    return None


def _start_of(deadline: Deadline) -> int:
    return deadline.start


def _completed(target: Target, context: _Context, years: Sequence[Deadline], at: int) -> Target:
    ahead = bisect_right(years, at, key=_start_of)
    year = target.year or (years[max(ahead - 1, 0)].year if years else context.year)
    annual = "annual" if context.annual else None
    found = replace(target, year=year, modality=context.modality, period=target.period or annual)
    # What recurs has the year its sentence gives it, not that of another one, and none of several.
    listed = len(years) if years else len(context.years)
    return replace(found, year=None) if recurs(found) and (listed > 1 or (context.carried and not years)) else found
