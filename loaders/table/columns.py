"""The columns of one sheet, each with what its cells say; a cell that says the same as an earlier one is not read again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast

from innograph.graph.ontology import ValueType
from innograph.graph.recognition.keys import REGISTERS, BadKey, check_key

from .cells import LONGEST_NO_VALUE, clean, folded, items
from .personal import SHORTEST, SHORTEST_NUMBER, is_personal
from .remembered import Always, Answers
from .values import BadCell, is_sum, plain_figure, unit_behind, value_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.records import Value
    from innograph.graph.text import Text

    from .model import Column, Condition, Given, Pack, PropertyRule

_CELLS = 1 << 16
# Nothing to clean or to fold, and the marks that stand for an empty cell are none of its ends.
_SAYS_ITSELF = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)?")
#: The whole numbers that are years.
_YEARS = frozenset({"founded", "year", "period_start", "period_end"})
_NUMBERS = (ValueType.INTEGER, ValueType.FLOAT)


class Unclear(Exception):
    """The quick way has no answer for a cell: it is empty where it must not be, or something is wrong with it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: the issue's code and fields, without the column."""

    code: str
    values: dict[str, Any] = field(default_factory=dict[str, Any])


def bad_value(text: str, problem: Text) -> Problem:
    """Return the problem of a value that does not fit."""
    return Problem("table.bad-value", {"value": text, "problem": problem})


class Reporter(Protocol):
    """What takes problems down."""

    def report(self, column: ColumnReader, problem: Problem) -> None:
        """Report what is wrong with a cell."""


Said = tuple[tuple[str, ...], Problem | None]


class ColumnReader:
    """Reads the cells of one column.

    ``said`` is what a cell names, each once, or its problem; ``hides`` is whether it holds a person's number, other than
    a register's key or a sum of money that happens to look like one.

    Args:
        column: what the pack says of it.
        index: its place in a row, from 0.
        pack: the pack, which says what the cells become.
        personal: whether personal data is allowed.
    """

    def __init__(self, column: Column, index: int, pack: Pack, *, personal: bool) -> None:
        self.column = column
        self.index = index
        self._checked = () if personal else tuple(_checks(column.key, pack))
        self._personal = personal
        self.said: Answers[str, Said] = Answers(self._read, _CELLS)
        self.hides: Answers[str, bool] = Answers(self._hides, _CELLS)
        # Whether a plain word says itself, and nothing less or else.
        self.as_written = not (column.split or column.values or column.drop_ending) and column.kind == "text"

    def first(self, cell: str) -> str:
        """Return the first thing that a cell names.

        Raises:
            Unclear: it names none.
        """
        found = self.first_or_none(cell)
        if not found:
            raise Unclear
        return found

    def first_or_none(self, cell: str) -> str:
        """Return the first thing that a cell names, or an empty text.

        Raises:
            Unclear: something is wrong with it.
        """
        found, problem = self.said[cell]
        if problem:
            raise Unclear
        return found[0] if found else ""

    def _read(self, cell: str) -> Said:
        if self.as_written and LONGEST_NO_VALUE < len(cell) < SHORTEST_NUMBER and _SAYS_ITSELF.fullmatch(cell):
            return (() if cell in self.column.missing else (cell,)), None
        if len(cell) >= SHORTEST and self.hides[cell]:
            return (), Problem("table.personal-value")
        try:
            return tuple(items(cell, self.column)), None
        except BadCell as error:
            return (), bad_value(clean(cell), error.problem)

    def _hides(self, cell: str) -> bool:
        return len(cell) >= SHORTEST and not self._personal and is_personal(cell) and not self._excused(cell)

    def _excused(self, cell: str) -> bool:
        text = clean(cell)
        for scheme, value_type in self._checked:
            try:
                if scheme:
                    check_key(scheme, text)
                elif not is_sum(text, self.column.unit):
                    continue
                else:
                    value_of(text, value_type, unit=self.column.unit)
            except ValueError:
                continue
            return True
        return False


def _checks(key: str, pack: Pack) -> Iterator[tuple[str, ValueType]]:
    """Yield which registers' keys, and which figures, the cells of a column become."""
    for node in pack.nodes:
        if node.key and node.key.scheme in REGISTERS and key in node.key.columns:
            yield node.key.scheme, ValueType.STRING
    rules = [rule for node in pack.nodes for rule in node.properties]
    rules += [rule for edge in pack.edges for rule in edge.properties]
    for rule in rules:
        if any(given.column == key for given in rule.given):
            if rule.identifier:
                yield rule.identifier, ValueType.STRING
            elif rule.type in _NUMBERS:
                yield "", rule.type


class ConditionReader:
    """Says whether a row fulfils a condition.

    Args:
        condition: the condition.
        column: its column; a condition on a column that the sheet lacks never holds.
    """

    def __init__(self, condition: Condition, column: ColumnReader | None) -> None:
        self.condition = condition
        self.column = column
        self.known: Answers[str, bool] = Answers(self.holds_for, _CELLS)

    def holds(self, cells: tuple[str, ...]) -> bool:
        """Whether the row with these cells fulfils it."""
        return self.column is not None and self.known[cells[self.column.index]]

    def holds_for(self, cell: str) -> bool:
        """Whether a row with this cell in the column of the condition fulfils it."""
        found = self.column.said[cell][0] if self.column else ()
        words = self.condition.words
        return any(folded(one) in words for one in found) if words else bool(found)


class GivenReader:
    """Reads the value of a property from one column, or is its constant.

    Args:
        rule: the property.
        given: where the value comes from.
        column: its column.
        when: its condition.
    """

    def __init__(
        self, rule: PropertyRule, given: Given, column: ColumnReader | None, when: ConditionReader | None
    ) -> None:
        self.rule = rule
        self.given = given
        self.column = column
        self.when = when
        self.known: Answers[str, tuple[Value, Problem | None]] = Answers(self._read, _CELLS)
        self.quick: Answers[str, Value] = Answers(self._quickly, _CELLS)
        plain = column is not None and not (rule.identifier or given.values or when)
        self._is_text = plain and rule.type is ValueType.STRING
        self._is_figure = plain and rule.type is ValueType.FLOAT and column is not None and column.as_written

    def _quickly(self, cell: str) -> Value:
        """Return the value of a cell with which nothing is wrong."""
        if self._is_figure and self.column and len(cell) < SHORTEST_NUMBER and cell not in self.column.column.missing:
            figure = plain_figure(cell)
            if figure is not None:
                return figure
        if self._is_text and self.column:
            found, problem = self.column.said[cell]
            value: Value = found[0] if found else None
        else:
            value, problem = self._read(cell)
        if problem:
            raise Unclear
        return None if value == [] else value

    def read(self, cells: tuple[str, ...]) -> tuple[Value, Problem | None]:
        """Return the value a row gives, or what is wrong with its cell."""
        if self.when and not self.when.holds(cells):
            return None, None
        if self.column is None:
            return self.given.constant, None
        return self.known[cells[self.column.index]]

    def measured(self, cells: tuple[str, ...], unit: str) -> tuple[Value, str]:
        """Return a figure whose unit another cell says, and its unit: where that cell is empty, the one behind it.

        Args:
            cells: the row.
            unit: what the other cell says.

        Raises:
            Unclear: it is no figure in that unit.
        """
        if self.column is None or (self.when and not self.when.holds(cells)):
            raise Unclear
        found, problem = self.column.said[cells[self.column.index]]
        if problem or not found:
            raise Unclear
        text = found[0]
        unit = unit or self.column.column.unit or unit_behind(text)
        # A rate is written with its mark even where the unit is called something else.
        kept = "%" if unit_behind(text) == "%" else unit
        try:
            return value_of(text, self.rule.type, unit=kept), unit
        except BadCell:
            raise Unclear from None

    def _read(self, cell: str) -> tuple[Value, Problem | None]:
        column = self.column
        if column is None:
            return (self.given.constant if self.when is None or self.when.holds_for(cell) else None), None
        found, problem = column.said[cell]
        if problem or not found:
            return None, problem
        words = [self.given.values.get(folded(one), one) for one in found] if self.given.values else list(found)
        if self.rule.type is ValueType.STRINGS:
            return words, None
        text = words[0]
        try:
            if self.rule.identifier:
                return key_of(self.rule.identifier, text), None
            if self.rule.name in _YEARS and self.rule.type is ValueType.INTEGER:
                return year_of(text), None
            until = column.column.until or self.rule.name in ("valid_to", "end_date")
            return value_of(text, self.rule.type, unit=column.column.unit, until=until), None
        except BadCell as error:
            return None, bad_value(text, error.problem)
        except BadRegisterKey as error:
            return None, error.problem


class PropertyReader:
    """A property as one sheet has it: from one column alone, which is quick, or from the first place that says it.

    Args:
        rule: the property.
        given: where its value may come from.
    """

    def __init__(self, rule: PropertyRule, given: list[GivenReader]) -> None:
        self.name = rule.name
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
        return found

    def _carefully(self, cells: tuple[str, ...]) -> dict[str, Value]:
        measured = self._measured(cells)
        found: dict[str, Value] = {}
        for one in self._all:
            value = measured[one.name] if one.name in measured else self._first(one, cells)
            if value is not None:
                found[one.name] = value
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


class BadRegisterKey(ValueError):
    """A key that its register cannot have given."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def key_of(scheme: str, text: str) -> str:
    """Return a key as its register writes it.

    Raises:
        BadRegisterKey: the register cannot have given it.

    Examples:
        >>> key_of("pic", " 999999999 "), key_of("h2020", "7309")
        ('999999999', '7309')
    """
    # A register of the pack's own is taken at its word, and most keys have nothing to fold.
    if scheme not in REGISTERS and text.isascii() and text.isalnum():
        return text
    try:
        return check_key(scheme, text)
    except BadKey as error:
        raise BadRegisterKey(Problem("table.bad-key", {"value": text, "problem": error.problem})) from error
