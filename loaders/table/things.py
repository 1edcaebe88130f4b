"""Reads the things that rows name: of which type each is, and what identifies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.bodies import identify
from innograph.graph.identity import keyed_id, node_id
from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.text import Text

from ..regions import region_assertions, region_id
from .bodies import body_assertions
from .cells import folded, not_among, region_in, type_of
from .columns import BadRegisterKey, key_of
from .values import BadCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from innograph.graph.records import Assertion, Value

    from .model import NodeRule
    from .reader import SheetReader

_Cells = tuple[str, ...]
_Ends = tuple[str, ...]
_NO_TYPE = Text("没有写明类型", "its type is not given")


class ThingReader:
    """Reads the nodes of one rule.

    Args:
        sheet: what reads the sheet's columns.
        rule: the rule.
        pick: takes from a row the cells that the things are made from; a row with the same says the same things.
    """

    def __init__(self, sheet: SheetReader, rule: NodeRule, pick: Callable[[_Cells], _Cells]) -> None:
        self.sheet = sheet
        self.rule = rule
        self.pick = pick
        self.known: dict[_Cells, _Ends] = {}
        self.place = next(sheet.columns[key] for key in rule.identifying if key in sheet.columns)
        self.properties = sheet.properties(rule.properties)
        self._ontology = load_ontology()

    def read(self, cells: _Cells, ends: Mapping[str, _Ends], said: list[Assertion]) -> _Ends:
        """Return the ids of the things a row names, and append to ``said`` what says that they exist.

        Args:
            cells: the row.
            ends: the ids of the things that rules before this one found in the row.
            said: what the row says.
        """
        rule = self.rule
        names = self._names(cells)
        if rule.id is not None:
            return self._typed_out(rule.id, cells, names, said)
        if rule.key is not None and self._has_key(cells):
            own_id = self._keyed(cells, names)
            if own_id:
                return self._stated(*own_id, names[:1], cells, said)
            if rule.key.scheme == "":
                return ()
        within = [end.partition(":")[2] for end in ends.get(rule.within, ())[:1]] if rule.within else []
        return tuple(end for name in names for end in self._named(name, within, cells, said))

    def _names(self, cells: _Cells) -> _Ends:
        if len(self.rule.name) == 1:
            return self.sheet.items(self.rule.name[0], cells)
        name = " ".join(" ".join(self.sheet.items(key, cells)) for key in self.rule.name).strip()
        return (name,) if name else ()

    def _has_key(self, cells: _Cells) -> bool:
        return self.rule.key is not None and any(self.sheet.items(key, cells) for key in self.rule.key.columns)

    def _label(self, cells: _Cells, name: str) -> str | None:
        """Return the type of the thing called ``name``; why it has none is reported."""
        rule = self.rule.type
        if rule.column is None or not rule.values:
            shown = next(iter(self.sheet.items(rule.column, cells)), name) if rule.column else name
            try:
                return type_of(shown, rule.types)
            except BadCell as error:
                if rule.otherwise:
                    return rule.otherwise
                self.sheet.bad(self.place, shown, error.problem)
                return None
        column = self.sheet.columns.get(rule.column)
        words = {folded(word) for word in self.sheet.items(rule.column, cells)}
        found = next((label for word, label in rule.values.items() if word in words), None)
        found = found or rule.otherwise or None
        if found is None and column is None:
            self.sheet.bad(self.place, name or cells[self.place.index], _NO_TYPE)
        elif found is None and column is not None:
            self.sheet.bad(column, cells[column.index], not_among(rule.values) if words else _NO_TYPE)
        return found

    def _keyed(self, cells: _Cells, names: _Ends) -> tuple[str, str] | None:
        """Return type and id of the thing that the row's key identifies; a bad key is reported."""
        key = self.rule.key
        if key is None:
            return None
        parts = [next(iter(self.sheet.items(column, cells)), "") for column in key.columns]
        if key.scheme:
            try:
                parts = [key_of(key.scheme, parts[0])]
            except BadRegisterKey as error:
                self.sheet.report(self.sheet.columns[key.columns[0]], error.problem)
                return None
        label = self._label(cells, names[0] if names else "")
        if label is None:
            return None
        if key.scheme:
            root, own = self._ontology.nodes[label].root, parts[0]
            # What keyed_id makes of it, without folding what has nothing to fold.
            quick = own.isascii() and own.isalnum()
            return label, f"{root}:{key.scheme}={own}" if quick else keyed_id(root, key.scheme, own)
        while parts and not parts[-1]:
            parts.pop()
        return label, node_id(label, *parts)

    def _typed_out(self, column: str, cells: _Cells, names: _Ends, said: list[Assertion]) -> _Ends:
        found: list[str] = []
        for text in self.sheet.items(column, cells):
            label, _, rest = text.partition(":")
            if label not in self.rule.type.types or not rest:
                shape = "、".join(f"{one}:…" for one in self.rule.type.types)
                problem = Text(f"编号应为 {shape}", f"an id here is {shape}")
                self.sheet.bad(self.sheet.columns[column], text, problem)
            else:
                found.extend(self._stated(label, text, names[:1], cells, said))
        return tuple(found)

    def _named(self, name: str, within: list[str], cells: _Cells, said: list[Assertion]) -> Iterable[str]:
        """Yield the id of the thing called ``name``, which no key identifies."""
        label = self._label(cells, name)
        if label == "Region":
            try:
                region = region_in(name, self.place.column.kind, self.sheet.home)
            except BadCell as error:
                self.sheet.bad(self.place, name, error.problem)
                return
            self._say(region_assertions(region, self.sheet.evidence(self.place.index)), said)
            yield region_id(region)
        elif label == "Department":
            yield from self._department(name, cells, said)
        elif label is not None:
            yield from self._stated(label, node_id(label, *within, name), (name,), cells, said)

    def _department(self, name: str, cells: _Cells, said: list[Assertion]) -> Iterable[str]:
        body = identify(name, self.sheet.home)
        if body.label not in self.rule.type.types:
            self.sheet.bad(
                self.place, name, Text("看不出是哪个部门，请写全称", "it names no department; write the full name")
            )
            return
        yield body.id
        if self.rule.reference:
            return
        self._say(body_assertions(body, self.sheet.evidence(self.place.index)), said)
        extra = self.sheet.values(self.properties, cells)
        if extra:
            self._state(body.label, body.id, {"name": body.name, **extra}, said)

    def _stated(self, label: str, own_id: str, names: _Ends, cells: _Cells, said: list[Assertion]) -> _Ends:
        """Append the assertion that the thing exists, unless another source is to say so; return its id."""
        if not self.rule.reference:
            properties: dict[str, Value] = {"name": names[0]} if names else {}
            properties.update(self._register(label, own_id))
            properties.update(self.sheet.values(self.properties, cells))
            self._state(label, own_id, properties, said)
        return (own_id,)

    def _register(self, label: str, own_id: str) -> dict[str, Value]:
        """Return the register's key as the property that the type has for it."""
        scheme = self.rule.key.scheme if self.rule.key else ""
        start = f":{scheme}="
        if not scheme or start not in own_id:
            return {}
        known = self._ontology.nodes[label].properties.values()
        return {prop.name: own_id.partition(start)[2] for prop in known if prop.identifier == scheme}

    def _state(self, label: str, own_id: str, properties: dict[str, Value], said: list[Assertion]) -> None:
        if self.sheet.is_new((label, own_id, *map(str, properties.values()), *properties)):
            said.append(NodeAssertion(label, own_id, properties, self.sheet.evidence(self.place.index)))

    def _say(self, assertions: Iterable[Assertion], said: list[Assertion]) -> None:
        for one in assertions:
            if isinstance(one, EdgeAssertion):
                mark = hash((one.type, one.source, one.target, one.key, repr(one.properties)))
            else:
                mark = hash((one.label, one.id, repr(one.properties)))
            if self.sheet.is_new(mark):
                said.append(one)
