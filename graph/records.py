"""The records that flow: what a source says (assertions, with evidence) and what results (nodes and edges).

Those that a large table makes by the hundred thousand are named tuples: these are made four times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .identity import edge_id
from .sheet_cells import cell_name
from .text import Language, Text, language

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | float | bool | None | list[str] | Any
"""A property value: text, number, boolean, ``datetime.date``, a list of texts, or nothing."""

_NO_PROPERTIES: Mapping[str, Value] = {}


class Locator(NamedTuple):
    """A place in a source; only the fields that the format has are set.

    Args:
        page: page of a PDF, from 1.
        paragraph: paragraph of a document, from 1.
        line: line of a text file, from 1.
        start: offset of the first character in the source's text, from 0.
        end: offset after the last character.
        sheet: name of a worksheet.
        table: number of a table in a document, from 1.
        row: row of a table, from 1.
        column: column of a table, from 1.
        section: the heading it stands under, such as ``二（一）``.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> with use_language("zh"):
        ...     Locator(line=26, section="二（一）").show()
        '二（一） 第26行'
        >>> Locator(sheet="名单", row=12, column=3).show()
        '名单!C12'
    """

    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    section: str | None = None

    def show(self) -> str:
        """Return the place in words, in the language in use."""
        return show_place(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """Return the fields that are set."""
        return {name: value for name, value in zip(self._fields, self, strict=True) if value is not None}


_PLACE_WORDS = {
    "page": Text("第{value}页", "page {value}"),
    "paragraph": Text("第{value}段", "paragraph {value}"),
    "line": Text("第{value}行", "line {value}"),
    "cell": Text("{value}", "{value}"),
    "sheet": Text("工作表“{value}”", "sheet “{value}”"),
    "table": Text("表{value}", "table {value}"),
    "row": Text("第{value}行", "row {value}"),
    "column": Text("第{value}列", "column {value}"),
}
_CELL = ("sheet", "row", "column")


def show_place(fields: Mapping[str, Any]) -> str:
    """Return in words the place that has these fields of a :class:`Locator`, in the language in use.

    A cell of a workbook is named as spreadsheet programs name it, so that it can be typed into their name box.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> with use_language("en"):
        ...     show_place({"row": 12, "column": 3}), show_place({"sheet": "Batch 1", "row": 12, "column": 3})
        ('row 12 column 3', "'Batch 1'!C12")
    """
    if all(name in fields for name in _CELL):
        around = {name: value for name, value in fields.items() if name not in _CELL}
        fields = {**around, "cell": cell_name(*(fields[name] for name in _CELL))}
    return _place_words(tuple(fields), language()).format(**fields).strip()


@cache
def _place_words(names: tuple[str, ...], _: Language) -> str:
    """Return the template of places that have these fields; they come by the million, in a few combinations."""
    parts = [_PLACE_WORDS[name].show().replace("{value}", f"{{{name}}}") for name in _PLACE_WORDS if name in names]
    return " ".join(["{section}", *parts] if "section" in names else parts)


class Evidence(NamedTuple):
    """Why something is believed: where it stands and the exact words.

    Args:
        quote: an exact substring of the source's text, or the cells of a row.
        place: where the quote stands.
        confidence: 0 to 1; 1 where the text says it, less where a rule concludes it.
    """

    quote: str
    place: Locator = Locator()
    confidence: float = 1.0


def cell_evidence(quote: str, sheet: str | None, row: int, column: int, confidence: float) -> Evidence:
    """Return the evidence that a cell of a table is.

    Large tables have it by the hundred thousand, so it is made without the arguments being looked at one by one.

    Examples:
        >>> cell_evidence("甲 | 乙", None, 2, 1, 1.0) == Evidence("甲 | 乙", Locator(row=2, column=1))
        True
    """
    place = Locator._make((None, None, None, None, None, sheet, None, row, column, None))
    return Evidence._make((quote, place, confidence))


class NodeAssertion(NamedTuple):
    """One source says that a thing exists and has these properties."""

    label: str
    id: str
    properties: Mapping[str, Value]
    evidence: Evidence


class EdgeAssertion(NamedTuple):
    """One source says that two things are related.

    ``key`` tells parallel edges of one type between the same two things apart (a role, a relation word).
    """

    type: str
    source: str
    target: str
    evidence: Evidence
    properties: Mapping[str, Value] = _NO_PROPERTIES
    key: str = ""

    @property
    def id(self) -> str:
        """The edge's id: the same type, ends and key give the same id in every source."""
        return edge_id(self.type, self.source, self.target, self.key)


Assertion = NodeAssertion | EdgeAssertion


def packed(assertion: Assertion) -> tuple[Any, ...]:
    """Return an assertion as plain tuples, which go from one process to another at a fourth of the cost."""
    quote, place, confidence = assertion.evidence
    evidence = (quote, tuple(place), confidence)
    if isinstance(assertion, NodeAssertion):
        return (assertion.label, assertion.id, assertion.properties, evidence)
    type_, source, target, _, properties, key = assertion
    return (type_, source, target, evidence, properties, key)


def unpacked(plain: tuple[Any, ...]) -> Assertion:
    """Return the assertion that :func:`packed` made ``plain`` from.

    Examples:
        >>> said = EdgeAssertion("WITHIN", "Region:652301", "Region:6523", cell_evidence("昌吉市", None, 2, 1, 1.0))
        >>> unpacked(packed(said)) == said, type(unpacked(packed(said)).evidence.place).__name__
        (True, 'Locator')
    """
    if len(plain) == len(NodeAssertion._fields):
        label, own_id, properties, said = plain
        return NodeAssertion._make((label, own_id, properties, _evidence(said)))
    type_, source, target, said, properties, key = plain
    return EdgeAssertion._make((type_, source, target, _evidence(said), properties, key))


def _evidence(plain: tuple[Any, ...]) -> Evidence:
    quote, place, confidence = plain
    return Evidence._make((quote, Locator._make(place), confidence))


class Node(NamedTuple):
    """A node of the assembled graph; ``labels`` has the type's parent first (``Organisation``, ``Department``)."""

    id: str
    labels: tuple[str, ...]
    properties: dict[str, Value]

    @property
    def label(self) -> str:
        """The most specific label."""
        return self.labels[-1]


class Edge(NamedTuple):
    """An edge of the assembled graph."""

    id: str
    type: str
    source: str
    target: str
    properties: dict[str, Value]


class Flaw(StrEnum):
    """Why something that a source says is not in the graph as it says it."""

    NO_END = "no-end"
    ONE_END = "one-end"
    WRONG_END = "wrong-end"
    TWO_TYPES = "two-types"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a source says and the graph has not, or not so.

    Args:
        flaw: why: an edge's end is stated nowhere, its ends proved to be one thing, or of a type that it may not
            have; or a node is said to be of two types, of which the first was taken.
        subject: the edge, or the node.
        detail: the missing end, the thing that both ends are, or the types.
    """

    flaw: Flaw
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The assembled graph.

    Args:
        nodes: by id, in id order.
        edges: by id, in id order.
        stamp: names the state it was assembled from: an engine that carries the same stamp is up to date.
        origins: for what proved to be one thing: the ids that the sources use for it, by the id it has here.
        left_out: what the sources say and the graph has not.
    """

    nodes: dict[str, Node]
    edges: dict[str, Edge]
    stamp: str
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    left_out: tuple[LeftOut, ...] = ()
