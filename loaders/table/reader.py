"""Reads the rows of a sheet by a pack: the nodes and edges they say, each with its row as evidence."""

from __future__ import annotations

from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from innograph.graph.issues import Issue
from innograph.graph.recognition.branches import KeysMet
from innograph.graph.records import EdgeAssertion, Locator, cell_evidence
from innograph.graph.text import Text

from .columns import (
    ColumnReader,
    ConditionReader,
    GivenReader,
    Problem,
    Unclear,
    bad_value,
)
from .headings import Headings
from .personal import SHORTEST, SHORTEST_NUMBER, without_personal
from .properties import PropertiesReader, PropertyReader
from .remembered import Answers, mark_of
from .things import ThingReader
from .values import as_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from innograph.graph.records import Assertion, Evidence, Value
    from innograph.graph.regions import Region

    from .contradictions import Facts
    from .model import Condition, EdgeRule, NodeRule, Pack, PropertyRule
    from .remembered import Seen
    from .sources import Row

_SAME = Text("两端是同一个", "both ends are the same thing")
_BLANK = "…"
_ROW = Text("该行", "the row")
_CELL = Text("该单元格", "the cell")
_PAIR = 2
# What keeps a required cell from saying what it should, but not from saying something.
_KEEPS_ROW = frozenset({"table.bad-key", "table.time-reversed"})
_THINGS = 1 << 17
_KEYS = 1 << 16
_Cells = tuple[str, ...]


class SheetReader:
    """Reads rows; where a required cell is empty or bad, the row says nothing, else only that cell is left out.

    What a row says of a thing or a relation that an earlier row said is not said again.

    Args:
        pack: what the columns mean.
        header: the sheet's header.
        where: the file of an archive and the worksheet, by name, as far as there are any.
        home: the region whose 市 or 州 is meant.
        personal: whether personal data is allowed.
        stated: what the file has said so far.
        facts: the last word of the file on each thing and relation.
    """

    def __init__(
        self,
        pack: Pack,
        header: Row,
        where: tuple[str | None, str | None],
        home: Region | None,
        stated: Seen,
        facts: Facts,
        *,
        personal: bool,
    ) -> None:
        self.pack = pack
        self.header = header
        self.home = home
        self.issues: list[Issue] = []
        self.skipped = 0
        self.unfilled = 0
        self.padded = 0
        self.keys_met = KeysMet()
        self._told: set[tuple[str, str]] = set()
        self._reported: set[tuple[int, str, str]] = set()
        self._problems = 0
        self._broken = False
        self._member, self._sheet = where
        self._stated = stated
        self.facts = facts
        places = pack.places(header.cells)
        self.columns = {
            key: ColumnReader(pack.columns[key], index, pack, personal=personal) for key, index in places.items()
        }
        self._confidence = pack.confidence
        self._quoted = _picker(sorted(places.values()))
        readers = sorted(self.columns.values(), key=lambda reader: reader.index)
        self._hides = [reader.hides for reader in readers]
        self._required = [reader for reader in self.columns.values() if reader.column.required]
        # Without the first thing's name there is no telling which of the cells are missing.
        named = next((rule.identifying[:1] for rule in pack.nodes if rule.type.types != ("Region",)), ())
        self._needed = [*self._required, *(self.columns[key] for key in named if key in self.columns)]
        self._unfilled = [self.columns[key] for key in pack.unfilled if key in self.columns]
        self._skip = [self.condition(one) for one in pack.skip]
        self._things = [ThingReader(self, rule, self._picker_of(rule)) for rule in pack.nodes if self._has(rule)]
        self._known = [(thing.rule.alias, thing, thing.pick, thing.known) for thing in self._things]
        aliases = {thing.rule.alias: thing for thing in self._things}
        self._relations = [
            _Relation(self, rule, aliases[rule.target])
            for rule in pack.edges
            if rule.source in aliases and rule.target in aliases
        ]
        self._headings = Headings(header.cells, pack, self.columns)
        self._fewest_empty = self._headings.fewest_empty
        self._begin(header)

    def _has(self, rule: NodeRule) -> bool:
        return any(key in self.columns for key in rule.identifying)

    def _picker_of(self, rule: NodeRule) -> Callable[[_Cells], _Cells]:
        region = next((one for one in self.pack.nodes if one.alias == rule.within), None)
        keys = {*rule.columns, *(region.columns if region else ())}
        return _picker(sorted(self.columns[key].index for key in keys if key in self.columns))

    def condition(self, rule: Condition) -> ConditionReader:
        """Return what judges a condition on the rows of this sheet."""
        return ConditionReader(rule, self.columns.get(rule.column))

    def properties(self, rules: Sequence[PropertyRule]) -> list[PropertyReader]:
        """Return what reads each property of this sheet's rows; one whose columns the sheet lacks is left out."""
        found: list[PropertyReader] = []
        for rule in rules:
            given = [
                GivenReader(
                    rule,
                    one,
                    self.columns[one.column] if one.column else None,
                    self.condition(one.when) if one.when else None,
                )
                for one in rule.given
                if one.column is None or one.column in self.columns
            ]
            if given:
                found.append(PropertyReader(rule, given))
        return found

    def read(self, row: Row) -> list[Assertion]:
        """Return what a row says, nodes before edges, and gather its issues."""
        self._begin(row)
        cells = row.cells
        if self._skip and any(one.holds(cells) for one in self._skip):
            self.skipped += 1
            return []
        if self._unfilled and not any(one.said[cells[one.index]][0] for one in self._unfilled):
            self.unfilled += 1
            return []
        if cells.count("") >= self._fewest_empty and self._is_heading(cells):
            return []
        for reader in self._required:
            found, problem = reader.said[cells[reader.index]]
            if problem or not found:
                self.report(reader, problem or Problem("table.missing-value"))
        said: list[Assertion] = []
        ends: dict[str, tuple[str, ...]] = {}
        learned: list[tuple[ThingReader, int, tuple[str, ...]]] = []
        contested = self.facts.contested
        for alias, thing, pick, ends_of in self._known:
            # Where the same cells are met again, they are far apart in memory: their hash is enough.
            picked = hash(pick(cells))
            known = ends_of.get(picked)
            if known is None or (contested and not contested.isdisjoint(known)):
                before = self._problems
                known = thing.read(cells, ends, said)
                if self._problems == before:
                    learned.append((thing, picked, known))
            ends[alias] = known
        for relation in self._relations:
            relation.read(cells, ends, said)
        if self._broken:
            for mark in self._marks:
                self._stated.forget(mark)
            for subject in self._firsts:
                self.facts.forget(subject)
            return []
        for thing, picked, known in learned:
            if len(thing.known) >= _THINGS:
                thing.known.clear()
            thing.known[picked] = known
        for claim in self._claims:
            self._take(*claim)
        return said

    def _take(self, subject: Hashable, properties: Mapping[str, Value], columns: Mapping[str, ColumnReader]) -> None:
        """Take down what the row says of a subject; that an earlier row says otherwise is told, once of two values."""
        for name, before, row, now in self.facts.take(subject, properties, self._row.number):
            if name in columns and self._stated.is_new(hash((subject, name, frozenset((before, now))))):
                column = columns[name]
                values = {"before": as_shown(before), "row": row, "value": as_shown(now)}
                values["column"] = self.header.cells[column.index].strip()
                self.issues.append(Issue("table.contradiction", self._place(column.index), self.quote(), values))

    def _is_heading(self, cells: _Cells) -> bool:
        """Whether a row only heads others or adds them up; that it is left out is told."""
        found = self._headings.text_of(cells)
        if found is None:
            return False
        index, text = found
        self.issues.append(
            Issue("table.heading-row", self._place(index), self.quote(), {"value": without_personal(text)})
        )
        return True

    def whole(self, row: Row) -> Row | None:
        """Return a row as wide as the header, or ``None`` if it is longer, or what it lacks is no optional end.

        What is added is counted in ``padded``.
        """
        found, width = len(row.cells), len(self.header.cells)
        if found == width:
            return row
        if found > width or any(reader.index >= found for reader in self._needed):
            return None
        self.padded += 1
        return row._replace(cells=(*row.cells, *("",) * (width - found)))

    def _begin(self, row: Row) -> None:
        self._row = row
        self._quote = ""
        self._said: dict[int, Evidence] = {}
        self._marks: list[int] = []
        self._firsts: list[Hashable] = []
        self._claims: list[tuple[Hashable, Mapping[str, Value], Mapping[str, ColumnReader]]] = []
        if self._reported:
            self._reported.clear()
            self._broken = False

    def is_new(self, mark: int) -> bool:
        """Whether nothing with this mark was stated lately; from now on it was."""
        new = self._stated.is_new(mark)
        if new:
            self._marks.append(mark)
        return new

    def is_news(
        self, mark: int, subject: Hashable, properties: Mapping[str, Value], columns: Mapping[str, ColumnReader]
    ) -> bool:
        """Whether a statement with this mark is to be made: it is new, or something else was said since.

        Args:
            mark: see :meth:`is_new`.
            subject: what it is about.
            properties: what it says.
            columns: where each property stands.
        """
        if self._stated.is_new(mark):
            self._marks.append(mark)
        elif not self.facts.differs(subject, properties):
            return False
        if properties:
            if self.facts.is_first(subject, properties, self._row.number):
                self._firsts.append(subject)
            else:
                self._claims.append((subject, properties, columns))
        return True

    def items(self, key: str, cells: _Cells) -> tuple[str, ...]:
        """Return what the cell of a column names; its problem is reported."""
        reader = self.columns.get(key)
        if reader is None:
            return ()
        found, problem = reader.said[cells[reader.index]]
        if problem:
            self.report(reader, problem)
        return found

    def evidence(self, index: int) -> Evidence:
        """Return the row as evidence, with the cell in column ``index`` as the place."""
        said = self._said.get(index)
        if said is None:
            quote = self._quote or self.quote()
            said = cell_evidence(quote, self._sheet, self._row.number, index + 1, self._confidence)
            if self._member:
                said = said._replace(place=said.place._replace(section=self._member))
            self._said[index] = said
        return said

    def _place(self, index: int) -> Locator:
        return Locator(sheet=self._sheet, row=self._row.number, column=index + 1, section=self._member)

    def quote(self) -> str:
        """Return the cells that the pack knows: those of columns nobody mapped stay out of the record."""
        kept = self._quoted(self._row.cells)
        self._quote = quote = " | ".join(kept)
        # Without an address and without digits of other scripts only a long cell can hold what hides.
        shortest = SHORTEST_NUMBER if quote.isascii() and "@" not in quote else SHORTEST
        if max(map(len, kept)) >= shortest and any(
            len(cell) >= shortest and hides[cell] for hides, cell in zip(self._hides, kept, strict=True)
        ):
            shown = (_BLANK if hides[cell] else cell for hides, cell in zip(self._hides, kept, strict=True))
            self._quote = " | ".join(shown)
        return self._quote

    def report(self, column: ColumnReader, problem: Problem) -> None:
        """Report what is wrong with a cell, once; a row without a required cell says nothing."""
        self._problems += 1
        self._broken = self._broken or (column.column.required and problem.code not in _KEEPS_ROW)
        mark = (column.index, problem.code, str(problem.values.get("value")))
        if mark in self._reported:
            return
        self._reported.add(mark)
        values: dict[str, Any] = {"column": self.header.cells[column.index].strip(), **problem.values}
        if "value" in values and column.hides[self._row.cells[column.index]]:
            values["value"] = _BLANK
        if problem.code == "table.personal-value":
            values["loss"] = _ROW if column.column.required else _CELL
        self.issues.append(Issue(problem.code, self._place(column.index), self.quote(), values))

    def bad(self, column: ColumnReader, text: str, problem: Text) -> None:
        """Report a value that does not fit."""
        self.report(column, bad_value(text, problem))

    def tell(self, column: ColumnReader, code: str, words: str, **values: str) -> None:
        """Tell, once for the same words, something that keeps nothing of a cell from being loaded."""
        if (code, words) in self._told:
            return
        self._told.add((code, words))
        named = {"column": self.header.cells[column.index].strip(), "value": words, **values}
        self.issues.append(Issue(code, self._place(column.index), self.quote(), named))

    def tell_shared_key(self, column: ColumnReader, scheme: str, key: str, name: str) -> None:
        """Tell that an earlier row has this key under the name of a branch, or of what this is a branch of."""
        other = self.keys_met.apart_from(scheme, key, name)
        if other is not None:
            values = {"column": self.header.cells[column.index].strip(), "name": name, "other": other, "value": key}
            self.issues.append(Issue("table.shared-key", self._place(column.index), self.quote(), values))


class _Relation:
    """Reads the edges of one rule."""

    def __init__(self, sheet: SheetReader, rule: EdgeRule, target: ThingReader) -> None:
        self.sheet = sheet
        self.rule = rule
        self.place = target.place
        self.when = sheet.condition(rule.when) if rule.when else None
        self.properties = PropertiesReader(sheet, sheet.properties(rule.properties)) if rule.properties else None
        self._columns = self.properties.columns if self.properties else {}
        one = sheet.columns.get(rule.key[0]) if len(rule.key) == 1 else None
        self._keys: Answers[str, str] | None = Answers(one.first_or_none, _KEYS) if one else None
        self._index = one.index if one else 0
        self.dated = any(one.name in ("valid_from", "valid_to") for one in rule.properties)
        self._periods: Answers[tuple[Value, Value], str] = Answers(_period, _KEYS)

    def read(self, cells: _Cells, ends: Mapping[str, tuple[str, ...]], said: list[Assertion]) -> None:
        """Append the edges of a row to ``said``."""
        rule, sheet = self.rule, self.sheet
        sources, targets = ends[rule.source], ends[rule.target]
        if not sources or not targets or (self.when and not self.when.holds(cells)):
            return
        properties = self.properties.read(cells) if self.properties else {}
        key = self._key(cells) if rule.key else ""
        if self.dated:
            # What held twice is two facts: a title lost and won again.
            key += self._periods[properties.get("valid_from"), properties.get("valid_to")]
        pairs = product(sources, targets) if len(sources) + len(targets) > _PAIR else ((sources[0], targets[0]),)
        for source, target in pairs:
            if source == target:
                sheet.bad(self.place, cells[self.place.index].strip(), _SAME)
                continue
            one, other = (target, source) if rule.undirected and target < source else (source, target)
            subject = hash((rule.type, one, other, key))
            if sheet.is_news(mark_of(properties, subject), subject, properties, self._columns):
                said.append(EdgeAssertion(rule.type, one, other, sheet.evidence(self.place.index), properties, key))

    def _key(self, cells: _Cells) -> str:
        if self._keys is not None:
            try:
                return self._keys[cells[self._index]]
            except Unclear:
                pass
        return "/".join([next(iter(self.sheet.items(one, cells)), "") for one in self.rule.key])


def _period(days: tuple[Value, Value]) -> str:
    """Return what tells a fact of these days, first and last, from the same fact at another time."""
    return "@" + "/".join("" if day is None else str(day) for day in days) if any(days) else ""


def _picker(indexes: Sequence[int]) -> Callable[[_Cells], _Cells]:
    """Return what takes the cells at ``indexes`` from a row."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    # Of a tuple, so is a slice.
    return itemgetter(slice(indexes[0], indexes[0] + 1) if indexes else slice(0))
