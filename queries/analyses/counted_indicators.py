"""Which indicators the rosters can count, and how: the bundled table ``data/lookups/counted_indicators.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from innograph.graph.identity import plain
from innograph.graph.safe_yaml import LOADER

if TYPE_CHECKING:
    from collections.abc import Mapping

_UPWARDS = ("及以上", "以上")


@dataclass(frozen=True, slots=True)
class Rule:
    """What to count for some indicators.

    Args:
        words: what such an indicator is called.
        count: tier, platform, member, project, or none.
        titles: names of tiers.
        level: at which level they are awarded.
        kinds: kinds of platforms.
        operator: the type of body that must run them.
        why: why rosters cannot tell, where the count is none.
    """

    words: tuple[str, ...]
    count: str
    titles: frozenset[str]
    level: str | None
    kinds: frozenset[str]
    operator: str | None
    why: str | None


class Reading(NamedTuple):
    """The rule for an indicator, and the levels that it allows; none where it names none."""

    rule: Rule
    levels: tuple[str, ...]


class _Table(NamedTuple):
    before: tuple[str, ...]
    behind: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    by_word: Mapping[str, Rule]


def reading_of(indicator: str) -> Reading | None:
    """Return what to count for an indicator, if the table knows it.

    Examples:
        >>> told = reading_of("新建各类企业研发平台")
        >>> told.rule.count, told.rule.operator, told.levels
        ('platform', 'Enterprise', ())
        >>> reading_of("州级以上众创空间数量").levels
        ('nation', 'province', 'prefecture')
        >>> reading_of("规模以上工业企业高新技术企业数量占比") is None
        True
    """
    table, words = _table(), plain(indicator)
    levels: tuple[str, ...] = ()
    while words:
        if rule := table.by_word.get(words):
            return Reading(rule, levels)
        level = level_of(words, start=True)
        if level and not levels:
            words = words.removeprefix(next(w for w in table.levels[level] if words.startswith(w)))
            upwards = next((word for word in _UPWARDS if words.startswith(word)), "")
            order = tuple(table.levels)
            levels = order[: order.index(level) + 1] if upwards else (level,)
            words = words.removeprefix(upwards)
        elif word := next((w for w in table.before if words.startswith(w)), ""):
            words = words.removeprefix(word)
        elif word := next((w for w in table.behind if words.endswith(w)), ""):
            words = words.removesuffix(word)
        else:
            return None
    return None


def level_of(words: str, *, start: bool = False) -> str | None:
    """Return the level that words name, or that they start with.

    Examples:
        >>> level_of("自治区级"), level_of("自治区级众创空间"), level_of("自治区级众创空间", start=True), level_of("其他")
        ('province', None, 'province', None)
    """
    written = plain(words)
    for level, names in _table().levels.items():
        if any(written.startswith(name) if start else written == name for name in names):
            return level
    return None


def load_rules() -> tuple[Rule, ...]:
    """Return the bundled rules; what they say and from where stands beside them."""
    return _table().rules


@cache
def _table() -> _Table:
    text = files("innograph").joinpath("data/lookups/counted_indicators.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506  # it makes no objects
    rules = tuple(_rule(one) for one in told["rules"])
    longest = {name: tuple(sorted(told[name], key=len, reverse=True)) for name in ("before", "behind")}
    levels = {level: tuple(names) for level, names in told["levels"].items()}
    return _Table(longest["before"], longest["behind"], levels, rules, {w: rule for rule in rules for w in rule.words})


def _rule(told: Mapping[str, Any]) -> Rule:
    words, titles, kinds = (tuple(map(plain, told.get(name, ()))) for name in ("words", "titles", "kinds"))
    level, operator, why = (told.get(name) for name in ("level", "operator", "why"))
    return Rule(words, told["count"], frozenset(titles), level, frozenset(kinds), operator, why)
