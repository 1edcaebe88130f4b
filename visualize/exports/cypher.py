"""The graph as a Cypher script, for a Neo4j database of one's own.

A statement holds the rows of a batch as one text, which the server splits. Neo4j reads a text at once; of a list of maps it plans
each value, which takes a second for fifty rows.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from innograph.graph.ontology import ValueType
from innograph.graph.stores.values import batches

from .groups import edges_by_type, nodes_by_type, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.ontology import Property
    from innograph.graph.records import Edge, Graph

LABEL = "InnographThing"
"""All nodes of a script carry this label, by which their ids are unique and found."""
ROWS = 1000
"""So many rows are in a statement: few enough that an editor still opens the file, and one statement is no long transaction."""
_HEAD = f"""\
// innograph: {{nodes}} nodes, {{edges}} edges. cypher-shell -f FILE, or paste into Neo4j Browser; Neo4j 5 or later.
// Running it again changes nothing; what was exported before and is gone since stays: MATCH (n:{LABEL}) DETACH DELETE n;
// A hundred thousand rows take about a minute. innograph --store neo4j://HOST:7687 build also removes what is gone.
// 每行一条语句，每条语句含至多{ROWS}行数据；可重复执行，不会重复创建。所有节点都有标签 {LABEL}，编号 id 唯一。
// 十万行约需一分钟。要同时删去已不存在的内容，请用 innograph --store neo4j://主机:7687 build。
CREATE CONSTRAINT innograph_thing IF NOT EXISTS FOR (n:{LABEL}) REQUIRE n.id IS UNIQUE;
"""
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile("[\\\\'\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")
_READ = {
    ValueType.INTEGER: "toInteger({})",
    ValueType.FLOAT: "toFloat({})",
    ValueType.BOOLEAN: "toBoolean({})",
    ValueType.DATE: "date({})",
}
_WANTED_MARKS = "␞␟␝␀"
"""Signs of the separators of records, fields and items, and of nothing: what a batch does not hold anyway."""
_OTHER_MARKS = (0xE000, 0x110000)
"""Characters without a meaning, where a batch does hold them."""


class _Marks(NamedTuple):
    """Characters that no value of a batch has: between rows, between fields, before each item of a list, for no value."""

    row: str
    field: str
    item: str
    nothing: str


def cypher_script(graph: Graph) -> Iterator[str]:
    r"""Yield the text of a script that makes ``graph``: one statement a line, each of which may be repeated.

    Examples:
        >>> from innograph.graph.records import Graph, Node
        >>> text = "".join(cypher_script(Graph({"t": Node("Tier:o'k", ("Tier",), {"name": "o'k"})}, {}, "s")))
        >>> for part in text.splitlines()[-1].split(" WITH "):
        ...     print(part)
        UNWIND split('Tier:o\'k␟o\'k', '␞') AS row
        split(row, '␟') AS f MERGE (n:InnographThing {id: f[0]}) SET n = {id: f[0], name: f[1]}, n:Tier;
    """
    yield _HEAD.format(nodes=len(graph.nodes), edges=len(graph.edges))
    for nodes in nodes_by_type(graph):
        labels = "".join(f":{label}" for label in nodes.type.labels)
        for batch in batches(nodes.records, ROWS):
            rows, values = _rows([values_of(node) for node in batch], nodes.properties)
            yield f"{rows} MERGE (n:{LABEL} {{id: f[0]}}) SET n = {values}, n{labels};\n"
    for edges in edges_by_type(graph):
        for part in batches(edges.records, ROWS):
            rows, values = _rows([values_of(edge) for edge in part], edges.properties, [_ends(edge) for edge in part])
            yield (
                f"{rows} MATCH (a:{LABEL} {{id: f[1]}}) MATCH (b:{LABEL} {{id: f[2]}})"
                f" MERGE (a)-[e:{edges.type.name} {{id: f[0]}}]->(b) SET e = {values};\n"
            )


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.source, edge.target


def _rows(
    rows: Sequence[Mapping[str, Any]], known: Mapping[str, Property], ends: Sequence[tuple[str, str]] = ()
) -> tuple[str, str]:
    """Return the beginning of a statement that gives each row as a list ``f`` of texts, and the map of its values.

    Args:
        rows: the properties of each, its id among them.
        known: the properties that it may have.
        ends: what stands behind the id of each, if anything.
    """
    columns = [name for name in known if any(name in row for row in rows)]
    marks = _marks_for(
        "".join(chain.from_iterable(map(_letters, row.values()) for row in rows)) + "".join(chain(*ends))
    )
    told: list[str] = []
    for at, row in enumerate(rows):
        own, *others = (_field(row.get(name), marks) for name in columns)
        told.append(marks.field.join((own, *(ends[at] if ends else ()), *others)))
    between = 2 if ends else 0
    read = [
        f"{name}: {_reader(f'f[{at and at + between}]', known[name].type, marks, always=all(name in row for row in rows))}"
        for at, name in enumerate(columns)
    ]
    text = literal(marks.row.join(told))
    return f"UNWIND split({text}, '{marks.row}') AS row WITH split(row, '{marks.field}') AS f", f"{{{', '.join(read)}}}"


def _marks_for(text: str) -> _Marks:
    r"""Return characters that ``text`` does not have.

    Examples:
        >>> "".join(_marks_for("a␞b"))
        '␟␝␀\ue000'
    """
    taken = set(text)
    free = (one for one in chain(_WANTED_MARKS, map(chr, range(*_OTHER_MARKS))) if one not in taken)
    return _Marks(*(next(free) for _ in _Marks._fields))


def _letters(value: Any) -> str:
    return "".join(cast("list[str]", value)) if isinstance(value, list) else str(value)


def _field(value: Any, marks: _Marks) -> str:
    if value is None:
        return marks.nothing
    if isinstance(value, list):
        return "".join(f"{marks.item}{item}" for item in cast("list[str]", value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _reader(field: str, kind: ValueType, marks: _Marks, *, always: bool) -> str:
    """Return the Cypher that makes a value of a field again; ``always`` if every row has it."""
    told = field if always else f"CASE {field} WHEN '{marks.nothing}' THEN null ELSE {field} END"
    if kind is ValueType.STRINGS:
        return f"split({told}, '{marks.item}')[1..]"
    return _READ.get(kind, "{}").format(told)


def literal(value: str) -> str:
    r"""Return a text as Cypher writes it, on one line.

    A text with a backslash before a u is written as a sum of two: a parser that replaces ``\u0027`` before it looks for the
    ends of texts would else end it there.

    Examples:
        >>> print(literal("a'b\\"))
        'a\'b\\'
        >>> print(literal("\\u0027"))
        '\\' + 'u0027'
    """
    parts = value.split("\\u")
    ends = chain((f"{part}\\" for part in parts[:-1]), parts[-1:])
    begun = ("" if at == 0 else "u" for at in range(len(parts)))
    return " + ".join(f"'{start}{_ESCAPED.sub(_escape, end)}'" for start, end in zip(begun, ends, strict=True))


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"
