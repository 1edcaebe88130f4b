"""A mapping pack as frozen records: which tables it reads and what their rows say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from innograph.graph.identity import plain
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.ontology import ValueType
    from innograph.graph.records import Value

Kind = Literal["text", "region", "country", "address", "date", "indicator"]


def header_word(cell: str) -> str:
    """Return what a header cell is compared by: typing differences and case do not count.

    Examples:
        >>> header_word(" 企业　名称 ") == header_word("企业名称"), header_word("Next Tier")
        (True, 'nexttier')
    """
    return plain(cell).lower()


@lru_cache(maxsize=4096)
def _header_words(words: tuple[str, ...]) -> tuple[str, ...]:
    # Asked of each row that could be the header.
    return tuple(dict.fromkeys(map(header_word, words)))


@dataclass(frozen=True, slots=True)
class Column:
    """One column a pack knows.

    Args:
        key: its name inside the pack.
        label: its header in both languages.
        synonyms: other headers it may have.
        required: whether a row without it says nothing.
        split: what stands between several values of a cell: a text, or ``True`` for 、；， and the like.
        quote_only: whether it is only kept in the quote and made into nothing.
        values: words that stand for other words.
        report_others: whether a word that ``values`` does not have is a mistake; else it is kept.
        drop_ending: an ending that a value is written without.
        missing: words that stand for an empty cell, besides 无, —, NA and the like.
        kind: what the cells are. In a country column, NA is Namibia; a date is written as ISO dates are,
            an indicator as plans name it.
        until: whether a month or year stands for its last day, not its first.
        unit: the unit its figures are kept in; a cell may name it, and 万 or 亿 before it.
    """

    key: str
    label: Text
    synonyms: tuple[str, ...] = ()
    required: bool = False
    split: bool | str = False
    quote_only: bool = False
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    report_others: bool = False
    drop_ending: str = ""
    missing: frozenset[str] = frozenset()
    kind: Kind = "text"
    until: bool = False
    unit: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Every header it may have, as compared; the usual ones first."""
        return _header_words((*self.label, *self.synonyms))


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds for a row whose ``column`` has one of ``words``; where there are none, whose column is filled."""

    column: str
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """Where a value comes from: a column, or a constant where ``column`` is ``None``.

    Args:
        column: the column.
        constant: the constant.
        values: words of the column that stand for others, here only.
        when: the condition under which it is said.
    """

    column: str | None = None
    constant: Value = None
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """A property: its value is the first of ``given`` that says one; the rest is as the ontology has it."""

    name: str
    type: ValueType
    given: tuple[Given, ...]
    identifier: str = ""
    minimum: float | None = None
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class TypeRule:
    """What type a thing is of: the only one, the one its name's form says, or the one a column says.

    Args:
        types: those it may be of.
        column: the column that says which: by ``values``, or by the form of what it says.
        values: which type each word of the column means; of several words, the one that stands first here counts.
        otherwise: what it is where neither says.
    """

    types: tuple[str, ...]
    column: str | None = None
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class KeyRule:
    """What identifies a thing: the key that the register ``scheme`` gave it, or, without one, several columns."""

    columns: tuple[str, ...]
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class NodeRule:
    """A thing each row names.

    Args:
        alias: what edges call it.
        type: what type it is of.
        name: the columns that name it; several are one name, with spaces between.
        key: what identifies it, before its name.
        id: the column that has its node id, typed out.
        within: the alias of the region whose name belongs to its identity.
        reference: whether another source states it, so that this one only points at it.
        properties: what is said of it.
    """

    alias: str
    type: TypeRule
    name: tuple[str, ...] = ()
    key: KeyRule | None = None
    id: str | None = None
    within: str | None = None
    reference: bool = False
    properties: tuple[PropertyRule, ...] = ()

    @property
    def identifying(self) -> tuple[str, ...]:
        """The columns without any of which a row does not have the thing; the first is where it is said to stand."""
        return tuple(filter(None, (*self.name, *(self.key.columns if self.key else ()), self.id)))

    @property
    def columns(self) -> Iterator[str]:
        """Every column it is made from."""
        yield from self.identifying
        if self.type.column:
            yield self.type.column
        yield from columns_of(self.properties)


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """How two things of a row relate.

    Args:
        type: the edge type.
        source: the alias of the node it starts at.
        target: the alias of the node it ends at.
        properties: what is said of it.
        key: the columns that tell parallel edges apart.
        when: the condition under which it is said.
        undirected: whether both directions are one edge.
    """

    type: str
    source: str
    target: str
    properties: tuple[PropertyRule, ...] = ()
    key: tuple[str, ...] = ()
    when: Condition | None = None
    undirected: bool = False

    @property
    def columns(self) -> Iterator[str]:
        """Every column it is made from, besides those of its ends."""
        yield from self.key
        if self.when:
            yield self.when.column
        yield from columns_of(self.properties)


def columns_of(rules: Sequence[PropertyRule]) -> Iterator[str]:
    """Yield every column that ``rules`` speak of."""
    for rule in rules:
        for given in rule.given:
            if given.column:
                yield given.column
            if given.when:
                yield given.when.column


@dataclass(frozen=True, slots=True)
class Expected:
    """How many different nodes of a type a table must name at least, and at most."""

    least: int = 0
    most: int | None = None


NOTES_SHEET = Text("填写说明", "Notes")
ISSUES_SHEET = Text("问题", "Issues")


@dataclass(frozen=True, slots=True)
class Pack:
    """How one kind of table becomes nodes and edges.

    Args:
        id: the name of its file.
        title: what such a table is called.
        match: lists of header words; a table is of this kind if its header has all words of one list.
        columns: what it knows, by key.
        nodes: what each row names; one that another is ``within`` stands before it.
        edges: how these relate.
        skip: the rows that are left out.
        unfilled: the columns of which a row must have one: without, it is a line of a form that nobody filled in.
        expect: how many nodes a table must name, by type.
        confidence: how sure its tables are, 0 to 1: where sources differ, the surer one is believed.
        fingerprint: digest of its file.
    """

    id: str
    title: Text
    match: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Column]
    nodes: tuple[NodeRule, ...]
    edges: tuple[EdgeRule, ...]
    skip: tuple[Condition, ...] = ()
    unfilled: tuple[str, ...] = ()
    expect: Mapping[str, Expected] = field(default_factory=dict[str, Expected])
    confidence: float = 1.0
    fingerprint: str = ""

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a table with this header is of this kind and has every column a row cannot do without."""
        words = {header_word(cell) for cell in header}
        return any(words.issuperset(map(header_word, one)) for one in self.match) and self.reads(header)

    def reads(self, header: Sequence[str]) -> bool:
        """Whether a table with this header, said to be of this kind, has the columns that its things are known by."""
        words = {header_word(cell) for cell in header}
        has = {key for key, column in self.columns.items() if words.intersection(column.words)}
        required = {key for key, column in self.columns.items() if column.required}
        return required <= has and any(has.intersection(node.identifying) for node in self.nodes)

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Return the index of each known column in ``header``; its usual header goes before a synonym."""
        indexes = {header_word(cell): index for index, cell in reversed(list(enumerate(header)))}
        found: dict[str, int] = {}
        for key, column in self.columns.items():
            index = next((indexes[word] for word in column.words if word in indexes), None)
            if index is not None:
                found[key] = index
        return found
