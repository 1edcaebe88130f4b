"""Targets that have a figure: one for each figure of a clause, or for each member of an enumeration."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...document import Span
from ..model import Target
from .indicators import (
    GROWTH_ALONE,
    in_context,
    indicator_of,
    is_bare_verb,
    measured,
    names_something,
    noun_behind,
    with_its_thing,
)
from .measures import MONEY, SHARE, SIZE, TIME, base_of
from .quantities import Quantity, quantities
from .rules import is_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .clauses import Clause

PERIOD = {
    "annual": re.compile("每年|年均|逐年|每年度"),
    "cumulative": re.compile("累计"),
    "new": re.compile("新增|新建|新培育|新引进|新认定"),
}
_AREA = re.compile(r"[万亿]?(?:亩|平方米|平方公里|公里|公顷|兆瓦|千瓦|吨|立方米)$")
_EACH = re.compile("分别")
_ON_AVERAGE = re.compile("(?:年均|每年|平均|同比)$")
_ALL = re.compile("(?<![年平户人月日])均(?!衡|等|匀|价|值|可|由)")
_MEMBERS = re.compile("、|以及|[和与及](?!谐|美|田|静|硕|平|率|时)")
_MEASURE = re.compile(
    "(?:率|占比|比重|比例|数|量|额|规模|水平|指数|收入|产值|增速|增幅|面积|里程|密度|投资|投入|增长|增加值|利润|总值)$"
)
_LEAST_MEMBERS = 2
_WINDOW = 120
_MARKS = re.compile("[ 、，）（]*")
_MARKS_AND_WORDS = re.compile("[ 、，和与及）（]*")
# 5000万元以上项目 is a class of projects, 100亿元以上投资 an amount.
_AMOUNT = re.compile(
    r"^的?[^，。；、]{0,12}?(?:投资|产值|收入|销售|营收|税收|贷款|融资|交易|利润|增加值|外资|消费|产业|集群|规模|资金|基金|成本|补)"
)
_SEPARATE = re.compile("[、，）]|以及|[和与及并]")
_THING = re.compile("的?[\u4e00-\u9fff“]{2}")
_OF_A_THING = re.compile("的[\u4e00-\u9fff]{2}")
_CLASS_OF_PEOPLE = re.compile(r"^的?(?:企业|单位|规模|机构|村|社区|用人)")
_PART_OR_YEAR = re.compile(r"（(?:其中|含|包括|到|20\d\d)")
_PLACE = re.compile(r"(?:在|于|向|从)$")
_ATTRIBUTIVE = MONEY | SIZE | TIME | {"人", "级", "位", "岁", "km", "P", "度"}
_UNITLESS = re.compile(r"指数|得分|评分|系数|pH|PUE|能效|比$|总分|分值|排名")
_SHORT_UNIT = re.compile(r"(?P<unit>[\u4e00-\u9fff]{1,2})(?P<after>以上|左右|以内)?(?=$|[、）])")
# 建设10个基地以上: the bound stands behind the noun.
_AFTER_NOUN = {"以上": ">=", "左右": "~", "以内": "<="}
_LARGE_NUMBERS = ("", "万", "亿")
_NO_UNIT = re.compile("^(?:以|左|上|下|之|的|在|为|并|且|和|与|及|等|目标|大关|水平)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A target as its clause says it, with what is doubtful about it.

    Args:
        target: without year and modality; ``None`` where no target can be read out of the figure.
        at: where in the clause the figure stands.
        doubt: the code of an issue, or an empty string.
        said: the figure or the unit that is doubtful.
    """

    target: Target | None
    at: int
    doubt: str = ""
    said: str = ""


def figures_of(
    clause: Clause, start: int, whole: str, *, among_gifts: bool = False, dated: bool = True
) -> tuple[list[Figure], str]:
    """Read the figures of ``clause`` from the offset ``start`` on.

    Args:
        clause: the clause.
        start: where to begin.
        whole: what the clauses before it measured.
        among_gifts: whether the sentence gives something.
        dated: whether a year is named by which the figures are to be reached.

    Returns:
        The figures in order, and what they measured last.
    """
    found = [
        q
        for q in _without_sizes(clause, list(quantities(clause.masked, Span(start, len(clause.text)))))
        if not (
            _is_aside(clause, start, q) or is_rule(q, *_around(clause, start, q), among_gifts=among_gifts, dated=dated)
        )
    ]
    if not found:
        return [], whole
    listed = _listed(clause, start, found, whole)
    if listed:
        return listed, whole
    figures: list[Figure] = []
    for position, quantity in enumerate(found):
        follower = found[position + 1].span.start if position + 1 < len(found) else None
        if _is_attribute(clause, start, quantity, follower):
            continue
        figure, start, whole = _single(clause, start, quantity, follower, whole)
        if figure:
            figures.append(figure)
    return _with_their_thing(figures), whole


def _with_their_thing(figures: Sequence[Figure]) -> list[Figure]:
    """Give each figure that counts a level the thing that the last of them names."""
    named: list[Figure] = []
    following = ""
    for figure in reversed(figures):
        target = figure.target and replace(figure.target, indicator=with_its_thing(figure.target.indicator, following))
        following = target.indicator if target else ""
        named.append(replace(figure, target=target))
    return named[::-1]


def _around(clause: Clause, start: int, quantity: Quantity) -> tuple[str, str]:
    """What stands before and behind a figure, as far as it can matter."""
    before = clause.masked[max(start, quantity.span.start - _WINDOW) : quantity.span.start]
    return before, clause.masked[quantity.span.end : quantity.span.end + _WINDOW]


def _listed(clause: Clause, start: int, found: Sequence[Quantity], whole: str) -> list[Figure]:
    """One target for each member of 甲率和乙率分别达到65%和55%, or of 甲率、乙率均达到90%; none unless the list is clear.

    The members may be what the clause before speaks of (``whole``): 甲和乙明显壮大，分别达到50家和60家.
    """
    text = clause.text
    for pattern, shared in ((_EACH, False), (_ALL, True)):
        word = pattern.search(clause.masked, start)
        behind = [q for q in found if word and q.span.start >= word.start()]
        if not word or not behind:
            continue
        grown = _grown_in(text[word.end() : behind[0].span.start])
        each = _ON_AVERAGE.search(text, start, word.start()) if grown else None
        subject = indicator_of(text[start : each.start() if each else word.start()]) or whole
        members = [indicator_of(member) for member in _MEMBERS.split(subject)]
        if len(members) < _LEAST_MEMBERS or not all(map(names_something, members)):
            continue
        if shared and len(behind) == 1 and (grown or _MEASURE.search(members[-1])):
            members = _with_their_measure(members)
            behind = behind * len(members)
        if len(members) != len(behind):
            continue
        bounds = {q.comparator for q in behind} - {"="}
        bound = bounds.pop() if len(bounds) == 1 else None
        if grown:
            members = _growing(members, behind, text, f"{each.group() if each else ''}{grown}")
        period, end = period_in(text[start : word.start()]), behind[-1].span.end
        return [
            Figure(_target(clause, start, end, member, q, comparator=bound, period=period), q.span.start)
            for member, q in zip(members, behind, strict=True)
        ]
    return []


def _grown_in(text: str) -> str:
    """Return the words for growth that are all that stands before a figure, or an empty string."""
    said = indicator_of(text)
    return said if GROWTH_ALONE.fullmatch(said) else ""


def _growing(members: Sequence[str], figures: Sequence[Quantity], text: str, grown: str) -> list[str]:
    """Say of each member that it grows: 分别增长10%和下降5% is 甲增长 and 乙下降, and no level of either."""
    named: list[str] = []
    end = figures[0].span.start
    for member, figure in zip(members, figures, strict=True):
        between = _MARKS_AND_WORDS.sub("", text[end : figure.span.start], count=1)
        grown = _grown_in(between) or grown
        named.append(f"{member}{grown}")
        end = figure.span.end
    return named


def _with_their_measure(members: Sequence[str]) -> list[str]:
    """Give each member the measure that stands once behind the last: 冶金企业、化工企业达标率 is 冶金企业达标率 too."""
    named: list[str] = []
    following = ""
    for member in reversed(members):
        if not _MEASURE.search(member) and following:
            at = following.find(member[-2:])
            # Members of one list are mostly of one length: 蔬菜、水果自给率.
            shared = following[at + 2 if at >= 0 else len(member) :]
            named.append(f"{member}{shared}")
            continue
        following = member
        named.append(member)
    return named[::-1]


def _without_sizes(clause: Clause, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Leave out how large a thing is that a figure before it counts: 新建1座日处理300吨的处理厂, 10条超10亿元产业链."""
    before: Quantity | None = None
    for quantity in found:
        between = clause.masked[before.span.end : quantity.span.start] if before else ""
        counted = before is not None and base_of(before.unit) not in _ATTRIBUTIVE | SHARE
        thing = _OF_A_THING if between else _THING
        large = base_of(quantity.unit) in _ATTRIBUTIVE and thing.match(clause.masked, quantity.span.end)
        if not (counted and large and not _SEPARATE.search(between)):
            yield quantity
            before = quantity


def _is_attribute(clause: Clause, start: int, quantity: Quantity, follower: int | None) -> bool:
    """Whether a figure only says which things are meant: 投资10亿元以上项目20个, 在8个行业分别培育2个."""
    before, unit = _around(clause, start, quantity)[0], base_of(quantity.unit)
    gap = clause.masked[quantity.span.end : follower]
    if follower is not None:
        joined = bool(gap) and not _PART_OR_YEAR.match(gap) and not _SEPARATE.search(gap) and len(gap) > 1
        if joined and (unit in _ATTRIBUTIVE or _PLACE.search(before)):
            return True
    if quantity.comparator not in (">=", "<=") or not quantity.after or not gap:
        return False
    if unit in MONEY or unit in ("万", "亿"):
        return gap[0] not in "、，）和与及并■" and not _AMOUNT.match(gap)
    return unit in ("人", "名") and _CLASS_OF_PEOPLE.match(gap) is not None


def _is_aside(clause: Clause, start: int, quantity: Quantity) -> bool:
    """Whether a figure stands in a bracket that names no part and no year: 2个（每个县至少1个）."""
    before = _around(clause, start, quantity)[0]
    bracket = before.rfind("（")
    return bracket >= 0 and "）" not in before[bracket:] and not _PART_OR_YEAR.match(before, bracket)


def _single(
    clause: Clause, start: int, quantity: Quantity, follower: int | None, whole: str
) -> tuple[Figure | None, int, str]:
    """Read one figure; the next one's words begin where this one's end."""
    text = clause.text
    gap = text[quantity.span.end : follower]
    before = text[start : quantity.span.start]
    noun, taken = noun_behind(gap, another=follower is not None)
    if quantity.unit in _LARGE_NUMBERS and _unit_in(gap):
        noun = ""
    if not noun and follower is not None and gap and not taken and is_bare_verb(indicator_of(before)):
        noun = gap
    if quantity.unit in SHARE and noun and indicator_of(before):
        noun, taken = (noun, taken) if noun.startswith("的") else ("", taken)
    scale = bool(noun) and bool(_AREA.search(quantity.unit)) and quantity.comparator == "="
    bound = _AFTER_NOUN.get(noun[-2:]) if quantity.comparator == "=" else None
    name = noun[:-2] if bound else noun
    indicator = name.removeprefix("的") + ("面积" if "亩" in quantity.unit else "") if scale else measured(before, name)
    if not indicator and quantity.unit in SHARE:  # 增速达7%，力争8%
        indicator = whole
    indicator, whole = in_context(indicator, whole)
    end = quantity.span.end + (len(noun) if noun else 0)
    following = quantity.span.end + max(taken, len(noun) if follower is None else 0)
    if not names_something(indicator):
        return None, following, whole
    target = _target(
        clause,
        start,
        end,
        indicator,
        quantity,
        kind="scale" if scale else None,
        comparator=bound,
    )
    if quantity.unit and not (quantity.unit in _LARGE_NUMBERS and _unit_in(gap)):
        return Figure(target, quantity.span.start), following, whole
    return _without_unit(clause, quantity, target, gap), following, whole


def _without_unit(clause: Clause, quantity: Quantity, target: Target, gap: str) -> Figure:
    """A bound number without a unit: an index has none, another noun in its place is doubtful."""
    said = clause.text[quantity.span.start : quantity.span.end]
    unit = _unit_in(gap)
    if unit:
        comparator = _AFTER_NOUN.get(unit.group("after") or "", target.comparator)
        span = Span(target.span.start, clause.span(0, quantity.span.end + unit.end()).end)
        named = replace(target, unit=f"{quantity.unit}{unit.group('unit')}", comparator=comparator, span=span)
        return Figure(named, quantity.span.start, "target.unknown-unit", named.unit or "")
    if gap and gap[0] not in "、，）和与及并":
        return Figure(None, quantity.span.start, "target.number-without-unit", said)
    doubt = "" if _UNITLESS.search(target.indicator) else "target.number-without-unit"
    return Figure(target, quantity.span.start, doubt, said)


def _unit_in(gap: str) -> re.Match[str] | None:
    """One or two characters in the place of a unit."""
    return None if _NO_UNIT.match(gap) else _SHORT_UNIT.match(gap)


def _target(
    clause: Clause,
    start: int,
    end: int,
    indicator: str,
    quantity: Quantity,
    *,
    kind: str | None = None,
    comparator: str | None = None,
    period: str | None = None,
) -> Target:
    lead = (_MARKS_AND_WORDS if start else _MARKS).match(clause.text, start, end - 1)
    return Target(
        indicator=indicator,
        kind=kind or ("cap" if quantity.comparator == "<=" else "numeric"),
        comparator=comparator or quantity.comparator,
        value=quantity.value,
        value_to=quantity.upto,
        unit=quantity.unit or None,
        year=None,
        period=period or period_in(clause.text[start : quantity.span.start]),
        span=clause.span(lead.end() if lead else start, end),
    )


def period_in(text: str) -> str | None:
    """Return the period that words before a figure name: 每年, 累计 or 新增."""
    return next((name for name, pattern in PERIOD.items() if pattern.search(text)), None)
