"""A mapping pack as frozen records: which tables it reads and what their rows say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.identity import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.ontology import ValueType
    from innograph.graph.records import Value
    from innograph.graph.text import Text


def header_word(cell: str) -> str:
    """Return what a header cell is compared by: typing differences and case do not count.

    Examples:
        >>> header_word(" 企业　名称 ") == header_word("企业名称"), header_word("Next Tier")
        (True, 'nexttier')
    """
    return plain(cell).lower()


@dataclass(frozen=True, slots=True)
class Column:
    """One column a pack knows.

    Args:
        key: its name inside the pack.
        label: its header in both languages.
        synonyms: other headers it may have.
        required: whether a row without it says nothing.
        split: whether a cell lists several values.
        quote_only: whether it is only kept in the quote and made into nothing.
        values: words that stand for other words.
        drop_ending: an ending that a value is written without.
    """

    key: str
    label: Text
    synonyms: tuple[str, ...] = ()
    required: bool = False
    split: bool = False
    quote_only: bool = False
    values: Mapping[str, str] | None = None
    drop_ending: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Every header it may have, as compared; the usual ones first."""
        return tuple(dict.fromkeys(header_word(word) for word in (*self.label, *self.synonyms)))


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """Where a property's value comes from: a column, or a constant where ``column`` is ``None``."""

    name: str
    type: ValueType
    column: str | None = None
    constant: Value = None


@dataclass(frozen=True, slots=True)
class NodeRule:
    """A thing each row names: in the column ``name``, of one of ``types`` (the form of the name says which)."""

    alias: str
    types: tuple[str, ...]
    name: str
    properties: tuple[PropertyRule, ...] = ()


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """How two things of a row relate; ``key`` and ``when`` are columns, ``source`` and ``target`` node aliases."""

    type: str
    source: str
    target: str
    properties: tuple[PropertyRule, ...] = ()
    key: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """How one kind of table becomes nodes and edges.

    Args:
        id: the name of its file.
        title: what such a table is called.
        match: lists of header words; a table is of this kind if its header has all words of one list.
        columns: what it knows, by key.
        nodes: what each row names.
        edges: how these relate.
    """

    id: str
    title: Text
    match: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Column]
    nodes: tuple[NodeRule, ...]
    edges: tuple[EdgeRule, ...]

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a table with this header is of this kind and has every column a row cannot do without."""
        words = {header_word(cell) for cell in header}
        needed = (column for column in self.columns.values() if column.required)
        matched = any(words.issuperset(map(header_word, alternative)) for alternative in self.match)
        return matched and all(words.intersection(column.words) for column in needed)

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Return the index of each known column in ``header``; its usual header goes before a synonym."""
        indexes = {header_word(cell): index for index, cell in reversed(list(enumerate(header)))}
        found: dict[str, int] = {}
        for key, column in self.columns.items():
            index = next((indexes[word] for word in column.words if word in indexes), None)
            if index is not None:
                found[key] = index
        return found
