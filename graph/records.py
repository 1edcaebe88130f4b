"""The records that flow: what a source says (assertions, with evidence) and what results (nodes and edges)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from .identity import edge_id
from .text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | float | bool | None | list[str] | Any
"""A property value: text, number, boolean, ``datetime.date``, a list of texts, or nothing."""


@dataclass(frozen=True, slots=True)
class Locator:
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
        parts = [self.section] if self.section else []
        for name, words in _PLACE_WORDS.items():
            value = getattr(self, name)
            if value is not None:
                parts.append(words.format(value=value))
        return " ".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields that are set."""
        return {k: v for k, v in asdict(self).items() if v is not None}


_PLACE_WORDS = {
    "page": Text("第{value}页", "page {value}"),
    "paragraph": Text("第{value}段", "paragraph {value}"),
    "line": Text("第{value}行", "line {value}"),
    "sheet": Text("工作表“{value}”", "sheet “{value}”"),
    "table": Text("表{value}", "table {value}"),
    "row": Text("第{value}行", "row {value}"),
    "column": Text("第{value}列", "column {value}"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something is believed: where it stands and the exact words.

    Args:
        quote: an exact substring of the source's text, or the cells of a row.
        place: where the quote stands.
        confidence: 0 to 1; 1 where the text says it, less where a rule concludes it.
    """

    quote: str
    place: Locator = field(default_factory=Locator)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class NodeAssertion:
    """One source says that a thing exists and has these properties."""

    label: str
    id: str
    properties: Mapping[str, Value]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class EdgeAssertion:
    """One source says that two things are related.

    ``key`` tells parallel edges of one type between the same two things apart (a role, a relation word).
    """

    type: str
    source: str
    target: str
    evidence: Evidence
    properties: Mapping[str, Value] = field(default_factory=dict[str, Value])
    key: str = ""

    @property
    def id(self) -> str:
        """The edge's id: the same type, ends and key give the same id in every source."""
        return edge_id(self.type, self.source, self.target, self.key)


Assertion = NodeAssertion | EdgeAssertion


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the assembled graph; ``labels`` has the type's parent first (``Organisation``, ``Department``)."""

    id: str
    labels: tuple[str, ...]
    properties: dict[str, Value]

    @property
    def label(self) -> str:
        """The most specific label."""
        return self.labels[-1]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of the assembled graph."""

    id: str
    type: str
    source: str
    target: str
    properties: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Graph:
    """The assembled graph: nodes and edges by id, both in id order.

    ``stamp`` names the state it was assembled from: an engine that carries the same stamp is up to date.
    """

    nodes: dict[str, Node]
    edges: dict[str, Edge]
    stamp: str
