"""Targets against the progress sheets: met, on course, behind, not to be told and why, or not reported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from .assignments import at_most
from .target_register import facts
from .target_states import UNREPORTED, neat, standings_of
from .task_profiles import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from ..answering import Found
    from .target_states import Standing

_WORDS = {
    "behind": Text("落后", "behind"),
    "uncountable": Text("无法计算", "cannot be counted"),
    "on-course": Text("进度正常", "on course"),
    "met": Text("已达到", "met"),
    UNREPORTED: Text("没有填报", "not reported"),
}
_ORDER = list(_WORDS)


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the targets that need most to be looked at first."""
    found = standings_of(store, parameters)
    counts = Counter(one.state for one in found.standings)
    order = sorted(found.standings, key=lambda one: _ORDER.index(one.state))
    rows = [_row(one) for one in order if parameters["state"] in (None, one.state)]
    return at_most(rows, parameters["top"], _summary(counts), *found.remarks)


def _summary(counts: Mapping[str, int]) -> Text:
    present = [code for code in _ORDER if counts.get(code)]
    number = sum(counts.values())
    zh = "、".join(f"{_WORDS[code].zh}{counts[code]}" for code in present)
    en = ", ".join(f"{_WORDS[code].en} {counts[code]}" for code in present)
    return Text(f"{number}个目标：{zh or '无'}。", f"{number} targets: {en or 'none'}.")


def _row(one: Standing) -> tuple[Any, ...]:
    target, entry, progress = one.target, one.entry, one.progress
    reported = (neat(entry.value), entry.unit, entry.date) if entry else (None, None, None)
    told = (progress.done, progress.elapsed, neat(progress.expected), neat(progress.short))
    lines = shown([target.proof, *([entry.proof] if entry else [])])
    owner = (target.owner_name, target.units, target.plan_name)
    what = (target.name, target.indicator_name, *facts(target))
    return (one.state, progress.reason, *what, *reported, *told, *owner, *lines)
