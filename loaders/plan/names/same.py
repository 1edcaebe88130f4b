"""One thing, one name: 科技特派员 beside 科技特派员制度 in one document is the same programme."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from innograph.graph.regions import region_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..model import Findings, Mention

_CATEGORIES = ("TalentProgram", "Platform", "Event")
# What goes on so is a part of the shorter name's thing and not the same: …中心河北中心, …示范区（一期）, …基地分中心.
_PART = frozenset("分（")

_Key = tuple[str, str]


def with_whole_names(found: Sequence[Findings]) -> list[Findings]:
    """Return findings of one document in which a name that only begins a longer one of its category is that one.

    Examples:
        >>> from ...document import Span
        >>> from ..model import Findings, Mention
        >>> said = [Mention("TalentProgram", name, "", Span(0, 9), 1.0) for name in ("科技特派员", "科技特派员制度")]
        >>> [m.name for m in with_whole_names([Findings(tuple(said), (), ())])[0].mentions]
        ['科技特派员制度']
    """
    whole = _whole_names({(m.category, m.name) for one in found for m in one.mentions})
    return [replace(one, mentions=tuple(dict.fromkeys(_renamed(one.mentions, whole)))) for one in found]


def _whole_names(names: Iterable[_Key]) -> dict[_Key, str]:
    """The longer name by the shorter, where there is only one."""
    ordered = sorted(names)
    whole: dict[_Key, str] = {}
    for category, name in ordered:
        if category in _CATEGORIES:
            behind = bisect_left(ordered, (category, name)) + 1
            longer = _longer(ordered, behind, category, name)
            # 科技活动周, 科技活动周启动式 and …启动式暨大赛 go on one another; two that differ decide nothing.
            longest = max(longer, key=len, default="")
            if longer and all(longest.startswith(one) for one in longer):
                whole[category, name] = longest
    return whole


def _longer(ordered: Sequence[_Key], behind: int, category: str, name: str) -> list[str]:
    found: list[str] = []
    for other_category, other in ordered[behind:]:
        if other_category != category or not other.startswith(name):
            break
        tail = other[len(name) :]
        if _PART.isdisjoint(tail) and not any(region_table().mentions(tail)):
            found.append(other)
    return found


def _renamed(mentions: Iterable[Mention], whole: Mapping[_Key, str]) -> Iterable[Mention]:
    return (replace(m, name=whole.get((m.category, m.name), m.name)) for m in mentions)
