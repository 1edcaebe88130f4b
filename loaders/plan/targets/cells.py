"""Targets in tables: an indicator in one cell, what it is to reach in another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Target
from .clauses import clause_at
from .dates import deadlines, without_dates
from .figures import figures_of, period_in
from .indicators import GROWTH_ALONE, indicator_of, is_bare_verb, names_something, without_growth
from .measures import TIME, UNITS
from .numerals import ARABIC, CHINESE, value_of
from .wholes import relative_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document import Document, Span
    from .clauses import Clause

_PIECES = "；。，"
_UNIT_BEHIND = re.compile(rf"[（(]单?位?：?(?P<unit>[千百]?[万亿]{{0,2}}(?:{UNITS})?)[）)]$")
_UNIT = re.compile(rf"[千百]?[万亿]{{0,2}}(?:{UNITS})?")
_SIGNS = {
    "≥": ">=",
    "≧": ">=",
    ">=": ">=",
    ">": ">",
    "＞": ">",
    "≤": "<=",
    "≦": "<=",
    "<=": "<=",
    "<": "<=",
    "＜": "<=",
}
_PLAIN = re.compile(
    rf"(?P<sign>≥|≧|>=|>|＞|≤|≦|<=|<|＜)?[〔（]?(?P<value>{ARABIC})(?:[—–\-－~～至到](?P<upto>{ARABIC}))?[〕）]?(?P<after>以上|左右|以内|以下)?(?:（[^（）]{{1,20}}）)?"
)
_IN_CHARACTERS = re.compile(rf"(?P<value>{CHINESE})(?P<unit>[万亿]?(?:{UNITS}))(?P<after>以上|左右|以内|以下)?")
# Words before the figure that say no more than that it is one.
_LEAD = re.compile("(?:力争|累计|总计|新增|全年){1,2}(?=\\d)")
_AFTER = {"以上": ">=", "左右": "~", "以内": "<=", "以下": "<="}
_COVERED = re.compile(r"(?:基本)?(?:实现)?(?:全(?:面|域)?覆盖|全部覆盖|(?:全面|全部|按期|按时)?完成|全部(?:建成|达标))")
_TREND = re.compile(
    r"(?:继续)?(?:逐年|持续|稳步|不断|明显|显著|进一步|大幅|稳定|逐步|有所)(?:稳步|有所)?"
    r"(?:提升|提高|增长|上升|增加|扩大|改善|优化|好转|下降|降低|减少|缩小|增强|递增)"
)
# What is counted and stands somewhere; points of a policy (三大体系, 五大行动) are counted too and are no goal.
_BUILT = re.compile(
    r"(?P<count>[二三四五六七八九十两\d])大[\u4e00-\u9fff]{0,6}(?:高地|中心|基地|枢纽|园区|走廊|集群|平台)"
)
_MODALITY = {"aim": re.compile("力争|争取"), "ensure": re.compile("确保")}
_NO_LABEL = re.compile("达到?|不少于|至少|累计|每年|新增|约|共|总计|全年|全省|全市|年均|预期|目标")
_LOOKS_LIKE_A_YEAR = range(1990, 2061)


def read_cell_target(
    document: Document, indicator: Span, value: Span, *, year: int | None, header_unit: str = ""
) -> tuple[Target, ...]:
    """Read what a row of an indicator table sets as target.

    Args:
        document: where the cells stand.
        indicator: the cell that names the indicator.
        value: the cell that says what it is to reach.
        year: the year of the column; a year in the cell goes before it.
        header_unit: the unit that the head of the column or another cell names.

    Returns:
        The targets; none where the cell says nothing measurable.

    Examples:
        >>> from innograph.loaders.document import Span, document_of_lines
        >>> text = "每年培育标杆企业 100家以上"
        >>> cells = document_of_lines("a", text), Span(0, 8), Span(9, len(text))
        >>> [(t.indicator, t.comparator, t.value, t.unit, t.period) for t in read_cell_target(*cells, year=2027)]
        [('每年培育标杆企业', '>=', 100.0, '家', 'annual')]
    """
    name = clause_at(document, indicator).text.strip(" 。；，、")
    unit = _UNIT_BEHIND.search(name)
    name = name[: unit.start()] if unit else name
    given = header_unit.strip() or (unit.group("unit") if unit else "")
    # A unit row may hold a dash or words that are no unit.
    given = given if _UNIT.fullmatch(given) else ""
    found: list[Target] = []
    for piece in document.pieces(value, _PIECES):
        if not len(piece):
            continue
        clause = clause_at(document, piece)
        years = deadlines(clause.masked)
        for target in _of_piece(clause, name, given):
            found.append(replace(target, year=years[-1].year if years else year))
    modality = next((said for said, word in _MODALITY.items() if word.search(name)), None)
    whole = document.trim(value)
    if len(found) == 1:
        found[0] = replace(found[0], span=whole)
    return tuple(
        replace(target, modality=modality, period=target.period or period_in(name))
        for target in found
        if names_something(target.indicator)
    )


def _of_piece(clause: Clause, name: str, unit: str) -> Iterator[Target]:
    text = without_dates(clause.text).strip("：")
    span = clause.span(0, len(clause.text))
    period = period_in(text)
    plain = _PLAIN.fullmatch(_LEAD.sub("", text))
    counted = _IN_CHARACTERS.fullmatch(text)
    built = _BUILT.fullmatch(text)
    if _COVERED.fullmatch(text):
        sign = "~" if text.startswith("基本") else "="
        yield Target(name, "coverage", sign, 100.0, "%", None, span)
    elif _TREND.fullmatch(text):
        yield Target(name, "trend", "growth", None, None, None, span)
    elif plain:
        yield from (replace(target, period=period) for target in _plain(plain, name, unit, span))
    elif counted and counted.group("unit") not in TIME:
        sign = _AFTER.get(counted.group("after") or "", "=")
        value = value_of(counted.group("value"))
        yield Target(name, "numeric", sign, value, counted.group("unit"), None, span)
    elif built:
        yield Target(name, "numeric", "=", value_of(built.group("count")), "个", None, span)
    else:
        yield from _figures(clause, name, unit)


def _plain(match: re.Match[str], name: str, unit: str, span: Span) -> Iterator[Target]:
    """A bare number: its unit stands in the head of the table or behind the indicator."""
    value, upto = value_of(match.group("value")), match.group("upto")
    if not unit and not match.group("sign") and not match.group("after") and value in _LOOKS_LIKE_A_YEAR:
        return
    sign = _AFTER.get(match.group("after") or "") or _SIGNS.get(match.group("sign") or "", "=")
    yield Target(
        indicator=name,
        kind="numeric",
        comparator="range" if upto else sign,
        value=value,
        value_to=value_of(upto) if upto else None,
        unit=unit or None,
        year=None,
        span=span,
    )


def _figures(clause: Clause, name: str, unit: str) -> Iterator[Target]:
    """Figures with words of their own: 生物医药1个 belongs to the indicator of its row, 年均增长6% grows it."""
    told = relative_in(clause, name)
    if told:
        yield told if told.indicator.startswith(name) else replace(told, indicator=f"{name}（{clause.text}）")
        return
    figures, _ = figures_of(clause, 0, name)
    for figure in figures:
        if figure.target:
            own = figure.target.indicator
            yield replace(figure.target, indicator=_joined(name, own), unit=figure.target.unit or unit or None)


def _joined(name: str, own: str) -> str:
    if own in (name, without_growth(name)) or _NO_LABEL.fullmatch(own) or is_bare_verb(own):
        return name
    if own.startswith(name) or GROWTH_ALONE.fullmatch(own):
        return own if own.startswith(name) else f"{name}{own}"
    return f"{name}（{indicator_of(own) or own}）"
