"""The properties of a thing or relation, read from the cells of a row and held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from innograph.graph.ontology import ValueType

from .columns import Problem, Unclear
from .remembered import Always
from .values import as_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.records import Value

    from .columns import ColumnReader, GivenReader
    from .model import PropertyRule


class Reporter(Protocol):
    """What takes problems down."""

    def report(self, column: ColumnReader, problem: Problem) -> None:
        """Report what is wrong with a cell."""


class PropertyReader:
    """A property as one sheet has it: from one column alone, which is quick, or from the first place that says it.

    Args:
        rule: the property.
        given: where its value may come from.
    """

    def __init__(self, rule: PropertyRule, given: list[GivenReader]) -> None:
        self.name = rule.name
        self.not_before = rule.not_before
        self.listed = rule.type is ValueType.STRINGS
        self.given = given
        first = given[0]
        asked = [one for one in (first.column, first.when.column if first.when else None) if one]
        self.quick: Mapping[str, Value] | None = None
        if len(given) == 1 and len(asked) <= 1:
            self.quick = first.quick if asked else Always(first.given.constant)
        self.index = asked[0].index if asked else 0


class PropertiesReader:
    """Reads all properties of a thing or relation.

    Args:
        sheet: what reports problems.
        properties: the properties.
    """

    def __init__(self, sheet: Reporter, properties: Sequence[PropertyReader]) -> None:
        self._sheet = sheet
        self._all = properties
        self._quick = [(one.name, one.quick, one.index) for one in properties if one.quick is not None]
        self._is_quick = len(self._quick) == len(properties)
        self._listed = [one.name for one in properties if one.listed]
        #: The first column that each property may come from.
        self.columns = {
            one.name: column for one in properties if (column := next((g.column for g in one.given if g.column), None))
        }
        named = {one.name: one for one in properties}
        #: The ends of times, each with its beginning.
        self._times = [(named[one.not_before], one) for one in properties if one.not_before in named]
        # Whatever has a value and a unit has the value in that unit.
        self._figure, self._unit = named.get("value"), named.get("unit")

    def read(self, cells: tuple[str, ...]) -> dict[str, Value]:
        """Return the properties that a row gives; what is wrong with its cells is reported."""
        try:
            return self.quick(cells)
        except Unclear:
            return self._carefully(cells)

    def quick(self, cells: tuple[str, ...]) -> dict[str, Value]:
        """Return the properties that a row gives.

        Raises:
            Unclear: something is wrong with its cells, or they have to be compared with each other.
        """
        if not self._is_quick:
            raise Unclear
        found = {name: value for name, known, index in self._quick if (value := known[cells[index]]) is not None}
        for name in self._listed:
            if name in found:
                found[name] = list(dict.fromkeys(cast("list[str]", found[name])))
        if self._times and any(_is_reversed(found, begin.name, end.name) for begin, end in self._times):
            raise Unclear
        return found

    def _carefully(self, cells: tuple[str, ...]) -> dict[str, Value]:
        measured = self._measured(cells)
        found: dict[str, Value] = {}
        for one in self._all:
            value = measured[one.name] if one.name in measured else self._first(one, cells)
            if value is not None:
                found[one.name] = value
        for begin, end in self._times:
            column = self.columns.get(end.name) or self.columns.get(begin.name)
            if column and _is_reversed(found, begin.name, end.name):
                # Which of the two is wrong nobody knows; what they date is kept.
                values = {"first": as_shown(found.pop(begin.name)), "value": as_shown(found.pop(end.name))}
                self._sheet.report(column, Problem("table.time-reversed", values))
        # A unit that no column has comes last; all else stands in the order of the rules, as the quick way has it.
        return {**found, **measured}

    def _measured(self, cells: tuple[str, ...]) -> dict[str, Value]:
        """Return the value and the unit where the figure's cell names its unit; else nothing."""
        if self._figure is None or self._figure.listed:
            return {}
        unit = self._first(self._unit, cells) if self._unit else None
        for given in self._figure.given:
            try:
                value, written = given.measured(cells, str(unit or ""))
            except Unclear:
                continue
            return {"value": value, **({"unit": written} if written else {})}
        return {}

    def _first(self, one: PropertyReader, cells: tuple[str, ...]) -> Value:
        """Return the first value that a row gives for a property; for a list all together."""
        several: list[str] = []
        for given in one.given:
            value, problem = given.read(cells)
            if problem and given.column:
                self._sheet.report(given.column, problem)
            if value is None:
                continue
            if not one.listed:
                return value
            several.extend(cast("list[str]", value))
        return list(dict.fromkeys(several)) or None


def _is_reversed(found: Mapping[str, Value], begin: str, end: str) -> bool:
    """Whether a time ends before it begins."""
    first, last = found.get(begin), found.get(end)
    # The ontology has both of one type, and only days and years have a beginning.
    return first is not None and last is not None and cast("int", last) < cast("int", first)
