"""The columns of one sheet, each with what its cells say; a cell that says the same as an earlier one is not read again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from innograph.graph.ontology import ValueType
from innograph.graph.recognition.keys import REGISTERS, BadKey, check_key
from innograph.graph.text import Text

from .cells import LONGEST_NO_VALUE, clean, folded, items
from .personal import SHORTEST, SHORTEST_NUMBER, is_personal
from .remembered import Answers
from .values import LONGEST, BadCell, bounded, is_sum, plain_figure, unit_behind, value_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.records import Value

    from .model import Column, Condition, Given, Pack, PropertyRule

_CELLS = 1 << 16
# Nothing to clean or to fold, and the marks that stand for an empty cell are none of its ends.
_SAYS_ITSELF = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)?")
#: The whole numbers that are years.
_YEARS = frozenset({"founded", "year", "period_start", "period_end"})
_NUMBERS = (ValueType.INTEGER, ValueType.FLOAT)
_LONGEST_SHOWN = 80


class Unclear(Exception):
    """The quick way has no answer for a cell: it is empty where it must not be, or something is wrong with it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: the issue's code and fields, without the column."""

    code: str
    values: dict[str, Any] = field(default_factory=dict[str, Any])


def bad_value(text: str, problem: Text) -> Problem:
    """Return the problem of a value that does not fit; of a very long one the beginning is shown."""
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return Problem("table.bad-value", {"value": shown, "problem": problem})


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
        self._names = any(column.key in node.identifying for node in pack.nodes)
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
            return self._short(items(cell, self.column)), None
        except BadCell as error:
            return (), bad_value(clean(cell), error.problem)

    def _short(self, found: list[str]) -> tuple[str, ...]:
        """Return what a cell names, refusing what is too long to be a name or a key."""
        longest = max(map(len, found), default=0)
        if self._names and longest > LONGEST:
            problem = (
                f"有{longest}个字，不像名称或编号（最多{LONGEST}个）",
                f"it has {longest} characters; a name or key has at most {LONGEST}",
            )
            raise BadCell(Text(*problem))
        return tuple(found)

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
            if figure is not None and not (self.rule.minimum and figure < self.rule.minimum):
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
            return bounded(value_of(text, self.rule.type, unit=kept), self.rule.minimum), unit
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
            until = column.column.until or bool(self.rule.not_before)
            value = value_of(text, self.rule.type, unit=column.column.unit, until=until)
            return bounded(value, self.rule.minimum), None
        except BadCell as error:
            return None, bad_value(text, error.problem)
        except BadRegisterKey as error:
            return None, error.problem


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
