"""The targets of two plans set against one another: inherited, raised, lowered, moved, dropped and new."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from innograph.graph.regions import ancestors, region_by_code
from innograph.graph.text import Text

from ..answering import Found
from .plans_compared import targets_of, two_plans, why_not
from .task_profiles import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from innograph.graph.stores import Store

    from .plans_compared import Plan, Target

CHANGES = ("inherited", "raised", "lowered", "part", "moved", "incomparable", "dropped", "new")
_COUNTS = Text(
    "《{plan}》{here}个目标，《{other}》{there}个目标：{counts}。",
    "《{plan}》 has {here} targets, 《{other}》 {there}: {counts}.",
)
_WORDS = {
    "inherited": Text("沿用", "inherited"),
    "raised": Text("提高", "raised"),
    "lowered": Text("降低", "lowered"),
    "part": Text("部分与整体", "part and whole"),
    "moved": Text("数值不变、年份变动", "moved to another year"),
    "incomparable": Text("无法比较", "not to be compared"),
    "dropped": Text("没有承接", "dropped"),
    "new": Text("新增", "new"),
}
_REGIONS = Text(
    "两份文件不是同一地区的：一个地区含另一个时，数量小的是大的一部分，不算提高或降低；比率照常比较。",
    "The plans are not for the same region: where one contains the other, the smaller amount is a part of the larger, neither"
    " raised nor lowered; rates are compared as they stand.",
)


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each target of the plan, in the order of its text, and then for each that it dropped."""
    plan, other = two_plans(store, "compare-plans", parameters)
    here, there = targets_of(store, plan), targets_of(store, other)
    problems = why_not(plan, other, (here, there))
    if problems:
        return Found([], problems)
    pairs = matched(here, there)
    rows = [_row(target, pairs.get(at), plan, other, there) for at, target in enumerate(here)]
    taken = set(pairs.values())
    rows += [_dropped(target) for at, target in enumerate(there) if at not in taken]
    counted = Counter(row[0] for row in rows)
    remarks = [_summary(plan, other, (len(here), len(there)), counted)]
    if plan.region != other.region:
        remarks.append(_REGIONS)
    wanted = parameters["change"]
    return Found([row for row in rows if wanted in (None, row[0])], remarks)


def matched(here: Sequence[Target], there: Sequence[Target]) -> dict[int, int]:
    """Return for each target of a plan which one of the other plan it is held against, both by number.

    Those that agree in most are paired first: indicator, unit of measure, year and whether plan or task sets them; at
    last in the indicator alone. Each target is in one pair at most.

    Args:
        here: the targets of one plan.
        there: those of the other.
    """
    keys: tuple[Callable[[Target], Hashable], ...] = (
        lambda t: (t.indicator, t.measure, t.year, t.rank, t.amount),
        lambda t: (t.indicator, t.measure, t.year, t.amount),
        lambda t: (t.indicator, t.measure, t.year, t.rank),
        lambda t: (t.indicator, t.measure, t.year),
        lambda t: (t.indicator, t.measure, t.amount),
        lambda t: (t.indicator, t.measure),
        lambda t: t.indicator,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for key in keys:
        free: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at, target in enumerate(there):
            if at not in taken:
                free[key(target)].append(at)
        for at, target in enumerate(here):
            if at not in pairs and free[key(target)]:
                pairs[at] = free[key(target)].pop(0)
                taken.add(pairs[at])
    return pairs


def change(target: Target, other: Target, *, nested: int = 0) -> tuple[str, str | None]:
    """Return what became of a target, and where it cannot be compared, why: ``unit``, ``kind`` or ``figure``.

    Args:
        target: of the plan.
        other: what it is held against.
        nested: -1 where the plan is for a part of the other's region, 1 where it is the other way round, else 0.

    Examples:
        >>> from .plans_compared import Target
        >>> from .task_profiles import Proof
        >>> def aims(value, unit):
        ...     return Target("i", "i", "p", 0, "numeric", ">", value, None, unit, 2023, Proof("g", "", ""))
        >>> change(aims(8.0, "万人次"), aims(80_000.0, "人次")), change(aims(3.0, "家"), aims(3.0, "个"))
        (('inherited', None), ('inherited', None))
        >>> change(aims(3.0, "家"), aims(3.0, "%"))
        ('incomparable', 'unit')
        >>> change(aims(50.0, "家"), aims(200.0, "家")), change(aims(50.0, "家"), aims(200.0, "家"), nested=-1)
        (('lowered', None), ('part', None))
    """
    if target.kind != other.kind:
        return "incomparable", "kind"
    if target.measure != other.measure:
        return "incomparable", "unit"
    if (target.comparator == "<=") != (other.comparator == "<="):
        return "incomparable", "kind"
    if target.amount is None or other.amount is None:
        return ("inherited", None) if target.amount is other.amount else ("incomparable", "figure")
    ends = [(target.amount, other.amount), (target.upper or target.amount, other.upper or other.amount)]
    differs = next((a - b for a, b in ends if not math.isclose(a, b, rel_tol=1e-9)), 0.0)
    if differs and nested and (differs > 0) == (nested > 0) and not target.is_rate:
        return "part", None
    if differs:
        return ("raised" if differs > 0 else "lowered"), None
    return ("inherited" if target.year == other.year else "moved"), None


def _row(target: Target, at: int | None, plan: Plan, other: Plan, there: Sequence[Target]) -> tuple[Any, ...]:
    if at is None:
        return ("new", None, target.name, *_facts(target), *[None] * 5, *shown([target.proof]))
    found, reason = change(target, there[at], nested=_nested(plan, other))
    return (found, reason, target.name, *_facts(target), *_facts(there[at]), *shown([target.proof, there[at].proof]))


def _dropped(target: Target) -> tuple[Any, ...]:
    return ("dropped", None, target.name, *[None] * 5, *_facts(target), *shown([target.proof]))


def _facts(target: Target) -> tuple[Any, ...]:
    return (target.owner, target.comparator, target.value, target.unit, target.year)


def _nested(plan: Plan, other: Plan) -> int:
    """Return -1 where a plan is for a part of the other's region, 1 where it is the other way round, else 0."""
    return -1 if _within(plan.region, other.region) else 1 if _within(other.region, plan.region) else 0


def _within(code: str | None, outer: str | None) -> bool:
    region = region_by_code(code) if code else None
    return region is not None and outer in {one.code for one in ancestors(region)}


def _summary(plan: Plan, other: Plan, sizes: tuple[int, int], counted: Mapping[str, int]) -> Text:
    present = [(code, counted[code]) for code in CHANGES if counted[code]]
    zh = "、".join(f"{_WORDS[code].zh}{count}个" for code, count in present)
    en = ", ".join(f"{_WORDS[code].en} {count}" for code, count in present)
    names = {"plan": plan.name, "other": other.name, "here": sizes[0], "there": sizes[1]}
    return Text(_COUNTS.zh.format(**names, counts=zh), _COUNTS.en.format(**names, counts=en))
