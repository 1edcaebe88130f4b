"""Properties of nodes and edges in words: labels from the ontology, figures, days and codes as people write them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.ontology import ValueType
from innograph.graph.regions import region_table
from innograph.graph.regions.countries import countries
from innograph.graph.text import Text
from innograph.queries.vocabulary import WORDS

from .grid import day, figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.ontology import Property

_PERIODS = {
    "annual": Text("每年", "each year"),
    "cumulative": Text("累计", "cumulative"),
    "new": Text("新增", "new"),
}
_LEVELS = {
    "nation": Text("国家级", "national"),
    "province": Text("省级", "province"),
    "prefecture": Text("地州市级", "prefecture"),
    "county": Text("县市级", "county"),
    "town": Text("乡镇街道级", "town"),
    "country": Text("国家", "country"),
}
_CODES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("Department", "level"): _LEVELS,
    ("Region", "level"): _LEVELS,
    ("Target", "kind"): WORDS["target-kind"],
    ("Target", "comparator"): WORDS["comparator"],
    ("Target", "period"): _PERIODS,
    ("Target", "modality"): {"aim": Text("力争", "aim"), "ensure": Text("确保", "ensure")},
}
_PLACES = frozenset({"country", "jurisdiction"})
"""Codes of registers of places, which are shown with the place's name."""
_YEARS = frozenset({"year", "founded", "period_start", "period_end"})
"""Numbers that are written without separators."""
_NOT_SHOWN = frozenset({"name", "position"})
"""The heading is the name, and the position among the tasks only orders them."""
_YES = WORDS["yes-no"]["yes"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A property in words.

    Args:
        name: of the property.
        label: what it is.
        text: its value.
        exact: the exact figure, where a rounded one is shown.
        described: what the label means, where it is not plain.
        said: whether it says only that something holds, so that its label is enough.
    """

    name: str
    label: str
    text: str
    exact: str = ""
    described: str = ""
    said: bool = False


def facts_of(
    owner: str,
    known: Mapping[str, Property],
    values: Mapping[str, Any],
    words: Mapping[str, Mapping[str, Text]] | None = None,
) -> tuple[Fact, ...]:
    """Return the properties that have a value, in the ontology's order.

    Args:
        owner: the type of the node or edge.
        known: the properties it may have.
        values: by name.
        words: for a property, what its codes are called here; others are called the same everywhere.

    Examples:
        >>> from innograph.graph.ontology import load_ontology
        >>> known = load_ontology().nodes["Target"].properties
        >>> [(fact.label, fact.text) for fact in facts_of("Target", known, {"comparator": ">=", "year": 2023})]
        [('比较', '不少于'), ('年份', '2023')]
    """
    facts = (
        _fact(known[name], values[name], (words or {}).get(name) or _CODES.get((owner, name), {}))
        for name in known
        if name not in _NOT_SHOWN and values.get(name) not in (None, "", [], False)
    )
    return tuple(facts)


def _fact(known: Property, value: Any, words: Mapping[str, Text]) -> Fact:
    label = known.label.show()
    described = known.description.show() if known.description != known.label else ""
    if known.type is ValueType.BOOLEAN:
        return Fact(known.name, label, _YES.show(), described=described, said=True)
    text, exact = _shown(known, value, words)
    return Fact(known.name, label, text, exact, described)


def _shown(known: Property, value: Any, words: Mapping[str, Text]) -> tuple[str, str]:
    """Return a value as people read it, and the exact figure where that is rounded."""
    if isinstance(value, list):
        return "、".join(str(one) for one in cast("list[object]", value)), ""
    if known.name in _PLACES:
        return place_words(str(value)), ""
    if isinstance(value, dt.date):
        return day(value), ""
    if isinstance(value, int | float) and known.name not in _YEARS:
        cell = figure(value)
        return cell.items[0].text, cell.exact
    word = words.get(str(value))
    return word.show() if word else str(value), ""


def place_words(code: str) -> str:
    """Return what the place of a code is called: a country of ISO 3166, or a division of China.

    Examples:
        >>> place_words("CN"), place_words("DE"), place_words("652301"), place_words("?")
        ('中国', '德国', '昌吉市', '?')
    """
    if code == "CN":
        return _CHINA.show()
    if code in countries():
        return Text(countries()[code].zh, countries()[code].en).show()
    return region_table()[code].short if code in region_table() else code


_CHINA = Text("中国", "China")
