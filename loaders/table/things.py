"""Reads the things that rows name: of which type each is, and what identifies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.bodies import identify
from innograph.graph.identity import keyed_id, node_id
from innograph.graph.ontology import load_ontology
from innograph.graph.recognition.branches import id_by_key, is_lent, is_part, key_in
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.regions import full_name
from innograph.graph.text import Text

from ..bodies import body_assertions
from ..regions import region_assertions, region_id
from .cells import folded, not_among, settled_region, type_of
from .columns import BadRegisterKey, Unclear, key_of
from .properties import PropertiesReader
from .remembered import Answers, mark_of
from .values import BadCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from innograph.graph.records import Assertion, Value

    from .columns import ColumnReader
    from .model import NodeRule, TypeRule
    from .reader import SheetReader

_Cells = tuple[str, ...]
_Ends = tuple[str, ...]
_Kind = tuple[str, str, tuple[str, ...]]
_KEYS = 1 << 16
# Marks what is said besides the row's own things: of these, what a relation says in the pack's own right is said too.
_BESIDES = "besides"
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
        self.known: dict[int, _Ends] = {}
        self.place = next(sheet.columns[key] for key in rule.identifying if key in sheet.columns)
        self.properties = PropertiesReader(sheet, sheet.properties(rule.properties))
        self._columns = {"name": self.place, **self.properties.columns}
        self._ontology = load_ontology()
        # A table of nothing else says itself what there is.
        self._defines = all(one.type == rule.type for one in sheet.pack.nodes)
        self._quick = QuickThing.of(self)

    def read(self, cells: _Cells, ends: Mapping[str, _Ends], said: list[Assertion]) -> _Ends:
        """Return the ids of the things a row names, and append to ``said`` what says that they exist.

        Args:
            cells: the row.
            ends: the ids of the things that rules before this one found in the row.
            said: what the row says.
        """
        if self._quick:
            try:
                return self._quick.read(cells, said)
            except Unclear:
                pass
        return self._carefully(cells, ends, said)

    def _carefully(self, cells: _Cells, ends: Mapping[str, _Ends], said: list[Assertion]) -> _Ends:
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
        words = self.sheet.items(rule.column, cells)
        found = label_of(words, rule)
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
            name = names[0] if names else ""
            self.sheet.tell_shared_key(self.sheet.columns[key.columns[0]], key.scheme, own, name)
            return label, id_by_key(root, key.scheme, own, name)
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
                region, by_home = settled_region(name, self.place.column.kind, self.sheet.home)
            except BadCell as error:
                self.sheet.bad(self.place, name, error.problem)
                return
            if by_home:
                self.sheet.tell(self.place, "table.region-by-home", by_home, region=full_name(region))
            self._say(region_assertions(region, self.sheet.evidence(self.place.index)), said)
            yield region_id(region)
        elif label == "Department":
            yield from self._department(name, cells, said)
        elif label is not None:
            if not self._defines and not self._ontology.nodes[label].properties["name"].is_usual(name):
                self.sheet.tell(self.place, "table.unusual-value", name)
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
        extra = self.properties.read(cells)
        if extra:
            self.state(body.label, body.id, {"name": body.name, **extra}, said)

    def _stated(self, label: str, own_id: str, names: _Ends, cells: _Cells, said: list[Assertion]) -> _Ends:
        """Append the assertion that the thing exists, unless another source is to say so; return its id."""
        if not self.rule.reference:
            properties: dict[str, Value] = {"name": names[0]} if names else {}
            scheme = self.rule.key.scheme if self.rule.key else ""
            known = key_in(own_id) if scheme else None
            if known and known[0] == scheme:
                properties.update(dict.fromkeys(register_names(label, scheme), known[1]))
            properties.update(self.properties.read(cells))
            self.state(label, own_id, properties, said)
        return (own_id,)

    def state(self, label: str, own_id: str, properties: dict[str, Value], said: list[Assertion]) -> None:
        """Append the assertion that a thing exists, unless an earlier row said the same."""
        if self.sheet.is_news(mark_of(properties, label, own_id), own_id, properties, self._columns):
            said.append(NodeAssertion(label, own_id, properties, self.sheet.evidence(self.place.index)))

    def _say(self, assertions: Iterable[Assertion], said: list[Assertion]) -> None:
        for one in assertions:
            if isinstance(one, EdgeAssertion):
                mark = mark_of(one.properties, _BESIDES, one.type, one.source, one.target, one.key)
            else:
                mark = mark_of(one.properties, _BESIDES, one.label, one.id)
            if self.sheet.is_new(mark):
                said.append(one)


class QuickThing:
    """Reads a thing that a register's key in one column identifies, where nothing is wrong with the row.

    Args:
        thing: the careful reader, which reads the same from every row.
        column: the column of the key.
    """

    def __init__(self, thing: ThingReader, column: ColumnReader) -> None:
        rule, sheet = thing.rule, thing.sheet
        self._thing = thing
        self._scheme = rule.key.scheme if rule.key else ""
        self._lent = is_lent(self._scheme)
        self._index = column.index
        self._column = column
        self._name = sheet.columns.get(rule.name[0]) if rule.name else None
        self._kind = sheet.columns.get(rule.type.column) if rule.type.column else None
        self._labels: Answers[str, _Kind] = Answers(self._kind_in, _KEYS)

    @classmethod
    def of(cls, thing: ThingReader) -> QuickThing | None:
        """Return what reads things quickly, or ``None`` for a rule that asks for more than it can."""
        rule = thing.rule
        if rule.id is not None or rule.key is None or not rule.key.scheme or len(rule.name) > 1:
            return None
        column = thing.sheet.columns.get(rule.key.columns[0])
        by_word = bool(rule.type.values) and rule.type.column in thing.sheet.columns
        one_type = rule.type.column is None and len(rule.type.types) == 1
        return cls(thing, column) if column and (by_word or one_type) else None

    def read(self, cells: _Cells, said: list[Assertion]) -> _Ends:
        """Return the id of the thing in a tuple, and append to ``said`` what says that it exists.

        Raises:
            Unclear: a cell is empty or bad.
        """
        thing = self._thing
        own = self._key(cells[self._index])
        label, start, names = self._labels[cells[self._kind.index] if self._kind else ""]
        own_id = start + own
        found: dict[str, Value] = {}
        if self._name:
            called, problem = self._name.said[cells[self._name.index]]
            if problem:
                raise Unclear
            if called:
                found["name"] = name = called[0]
                if self._lent and (is_part(name) or thing.sheet.keys_met.apart_from(self._scheme, own, name)):
                    raise Unclear
        if thing.rule.reference:
            return (own_id,)
        for name in names:
            found[name] = own
        found.update(thing.properties.quick(cells))
        thing.state(label, own_id, found, said)
        return (own_id,)

    def _key(self, cell: str) -> str:
        try:
            own = key_of(self._scheme, self._column.first(cell))
        except BadRegisterKey:
            raise Unclear from None
        # What an id would fold is left to what makes ids.
        if not (own.isascii() and own.isalnum()):
            raise Unclear
        return own

    def _kind_in(self, cell: str) -> _Kind:
        """Return the type that a cell says, how ids of that type begin, and which of its properties are the key."""
        rule = self._thing.rule.type
        label: str | None = rule.types[0]
        if self._kind:
            words, problem = self._kind.said[cell]
            label = None if problem else label_of(words, rule)
        if label is None:
            raise Unclear
        return label, keyed_id(load_ontology().nodes[label].root, self._scheme, ""), register_names(label, self._scheme)


def label_of(words: Iterable[str], rule: TypeRule) -> str | None:
    """Return the type that the words of a cell mean."""
    shown = {folded(word) for word in words}
    return next((label for word, label in rule.values.items() if word in shown), None) or rule.otherwise or None


def register_names(label: str, scheme: str) -> tuple[str, ...]:
    """Return the properties of a type that are the key of the register ``scheme``.

    Examples:
        >>> register_names("Institute", "ror"), register_names("Region", "ror")
        (('ror',), ())
    """
    known = load_ontology().nodes[label].properties.values()
    return tuple(prop.name for prop in known if prop.identifier == scheme)
