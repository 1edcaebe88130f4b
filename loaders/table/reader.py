"""Reads one row by a pack: the nodes and edges it says, each with the row as evidence and its cell as the place."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from innograph.graph.identity import node_id
from innograph.graph.issues import Issue
from innograph.graph.ontology import ValueType
from innograph.graph.records import EdgeAssertion, Evidence, Locator, NodeAssertion
from innograph.graph.text import Text

from ..regions import region_assertions, region_id
from .cells import BadCell, items, region_of, type_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.records import Assertion, Value

    from .model import EdgeRule, NodeRule, Pack, PropertyRule
    from .rows import Row

_SAME = Text("两端是同一个", "both ends are the same thing")


class RowReader:
    """Reads one row; where a required cell is empty or bad, the row says nothing, else only that cell is left out.

    Args:
        pack: what the columns mean.
        header: the table's header, for messages.
        places: the index of each of the pack's columns that the table has.
        row: the row, as wide as the header.
    """

    def __init__(self, pack: Pack, header: Row, places: Mapping[str, int], row: Row) -> None:
        self.pack = pack
        self.header = header
        self.places = places
        self.row = row
        self.issues: list[Issue] = []
        self._broken = False

    def read(self) -> list[Assertion]:
        """Return what the row says, nodes before edges, and gather its issues."""
        for key, column in self.pack.columns.items():
            if column.required and not self._items(key):
                self._report("table.missing-value", key, {})
        said: list[Assertion] = []
        ends: dict[str, list[str]] = {}
        for rule in self.pack.nodes:
            ends[rule.alias] = []
            for end, assertions in self._things(rule):
                ends[rule.alias].append(end)
                said.extend(assertions)
        columns = {rule.alias: rule.name for rule in self.pack.nodes}
        for edge in self.pack.edges:
            said.extend(self._edges(edge, ends, columns[edge.target]))
        return [] if self._broken else said

    def _items(self, key: str | None) -> list[str]:
        if key is None or key not in self.places:
            return []
        return items(self.row.cells[self.places[key]], self.pack.columns[key])

    def _evidence(self, key: str) -> Evidence:
        return Evidence(self.row.quote, self._place(key))

    def _place(self, key: str) -> Locator:
        return Locator(row=self.row.number, column=self.places[key] + 1)

    def _report(self, code: str, key: str, values: Mapping[str, object]) -> None:
        column = self.header.cells[self.places[key]].strip()
        self.issues.append(Issue(code, self._place(key), self.row.quote, {"column": column, **values}))
        self._broken = self._broken or self.pack.columns[key].required

    def _bad(self, key: str, text: str, problem: Text) -> None:
        self._report("table.bad-value", key, {"value": text, "problem": problem})

    def _things(self, rule: NodeRule) -> Iterator[tuple[str, list[Assertion]]]:
        """Yield the id of each thing that the rule's cell names, with what says that it exists."""
        properties: dict[str, Value] | None = None
        for text in self._items(rule.name):
            try:
                label = type_of(text, rule.types)
                region = region_of(text) if label == "Region" else None
            except BadCell as error:
                self._bad(rule.name, text, error.problem)
                continue
            said = self._evidence(rule.name)
            if region:
                yield region_id(region), list(region_assertions(region, said))
                continue
            if properties is None:
                properties = self._properties(rule.properties)
            node = NodeAssertion(label, node_id(label, text), {"name": text, **properties}, said)
            yield node.id, [node]

    def _edges(self, rule: EdgeRule, ends: Mapping[str, Sequence[str]], target_column: str) -> Iterator[EdgeAssertion]:
        pairs = list(product(ends[rule.source], ends[rule.target]))
        if not pairs or (rule.when and not self._items(rule.when)):
            return
        properties = self._properties(rule.properties)
        key = next(iter(self._items(rule.key)), "")
        for source, target in pairs:
            if source == target:
                self._bad(target_column, self.row.cells[self.places[target_column]].strip(), _SAME)
            else:
                yield EdgeAssertion(rule.type, source, target, self._evidence(target_column), properties, key)

    def _properties(self, rules: Sequence[PropertyRule]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for rule in rules:
            value = rule.constant if rule.column is None else self._value(rule.column, rule.type)
            if value is not None:
                found[rule.name] = value
        return found

    def _value(self, key: str, value_type: ValueType) -> Value:
        given = self._items(key)
        if not given:
            return None
        if value_type is ValueType.STRINGS:
            return given
        try:
            return value_of(given[0], value_type)
        except BadCell as error:
            self._bad(key, given[0], error.problem)
            return None
