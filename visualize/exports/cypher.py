"""The graph as a Cypher script, for a Neo4j database of one's own."""

from __future__ import annotations

import datetime as dt
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from innograph.graph.stores.values import batches

from .groups import edges_by_type, nodes_by_type, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.graph.records import Graph

LABEL = "InnographThing"
"""All nodes of a script carry this label, by which their ids are unique and found."""
_ROWS = 50
"""Neo4j plans each statement anew: with more values in it, that takes longer than it saves."""
_HEAD = f"""\
// innograph: {{nodes}} nodes, {{edges}} edges. cypher-shell -f FILE, or paste into Neo4j Browser; Neo4j 5 or later.
// Running it again changes nothing; what was exported before and is gone since stays: MATCH (n:{LABEL}) DETACH DELETE n;
// Ten thousands of things take hours this way: innograph --store neo4j://HOST:7687 build writes them in minutes.
// 每行一条语句；可重复执行，不会重复创建。所有节点都有标签 {LABEL}，编号 id 唯一。数以万计的节点请用 innograph --store neo4j://主机:7687 build。
CREATE CONSTRAINT innograph_thing IF NOT EXISTS FOR (n:{LABEL}) REQUIRE n.id IS UNIQUE;
"""
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile("[\\\\'\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")


def cypher_script(graph: Graph) -> Iterator[str]:
    r"""Yield the text of a script that makes ``graph``: one statement a line, each of which may be repeated.

    Examples:
        >>> from innograph.graph.records import Graph, Node
        >>> text = "".join(cypher_script(Graph({"t": Node("Tier:o'k", ("Tier",), {"name": "o'k"})}, {}, "s")))
        >>> print(text.splitlines()[-1])
        UNWIND [{name: 'o\'k', id: 'Tier:o\'k'}] AS r MERGE (n:InnographThing {id: r.id}) SET n = r, n:Tier;
    """
    yield _HEAD.format(nodes=len(graph.nodes), edges=len(graph.edges))
    for nodes in nodes_by_type(graph):
        labels = "".join(f":{label}" for label in nodes.type.labels)
        for batch in batches(nodes.records, _ROWS):
            rows = ", ".join(_map(values_of(node)) for node in batch)
            yield f"UNWIND [{rows}] AS r MERGE (n:{LABEL} {{id: r.id}}) SET n = r, n{labels};\n"
    for edges in edges_by_type(graph):
        for part in batches(edges.records, _ROWS):
            rows = ", ".join(
                f"{{a: {literal(edge.source)}, b: {literal(edge.target)}, r: {_map(values_of(edge))}}}" for edge in part
            )
            yield (
                f"UNWIND [{rows}] AS x MATCH (a:{LABEL} {{id: x.a}}) MATCH (b:{LABEL} {{id: x.b}})"
                f" MERGE (a)-[e:{edges.type.name} {{id: x.r.id}}]->(b) SET e = x.r;\n"
            )


def literal(value: Any) -> str:
    r"""Return a value as Cypher writes it, on one line.

    A text with a backslash before a u is written as a sum of two: a parser that replaces ``\u0027`` before it looks for the
    ends of texts would else end it there.

    Examples:
        >>> print(literal(["a'b", "\\"]), literal(dt.date(2022, 6, 17)), literal(1.0), literal(True))
        ['a\'b', '\\'] date('2022-06-17') 1.0 true
        >>> print(literal("\\u0027"))
        '\\' + 'u0027'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return f"[{', '.join(map(literal, items))}]"
    if isinstance(value, dt.date):
        return f"date('{value.isoformat()}')"
    if not isinstance(value, str):
        return repr(value)
    parts = value.split("\\u")
    ends = chain((f"{part}\\" for part in parts[:-1]), parts[-1:])
    begun = ("" if at == 0 else "u" for at in range(len(parts)))
    return " + ".join(f"'{start}{_ESCAPED.sub(_escape, end)}'" for start, end in zip(begun, ends, strict=True))


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _map(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {literal(value)}" for name, value in values.items()) + "}"
