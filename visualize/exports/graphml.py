"""The graph as GraphML, for Gephi, yEd, NetworkX and igraph.

NetworkX's own writer wants the whole graph a second time, in its own form; this one writes as it reads.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from innograph.graph.ontology import ValueType, load_ontology
from innograph.graph.text import Text

from .groups import FOR_ENGINES, LIST_SEPARATOR, edges_by_type, joined, nodes_by_type, properties_of, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.graph.ontology import Property
    from innograph.graph.records import Graph

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES = {
    ValueType.STRING: "string",
    ValueType.INTEGER: "long",
    ValueType.FLOAT: "double",
    ValueType.BOOLEAN: "boolean",
    ValueType.DATE: "string",
    ValueType.STRINGS: "string",
}
_LISTED = Text(f"多项以“{LIST_SEPARATOR}”隔开", f"items are separated by “{LIST_SEPARATOR}”")
_OURS = {
    "node": {
        "type": Text("类型", "Type"),
        "labels": Text("类型及其上级", "Type, behind the more general one"),
        "label": Text("图上显示的名称，即 name", "What a picture shows: the name"),
    },
    "edge": {
        "type": Text("类型", "Type"),
        "label": Text("图上显示的关系", "What a picture shows: the relation"),
    },
}
"""What programs of pictures look for, beside the properties of the ontology."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TO_ESCAPE = re.compile(f"[&<>\r]|{_NOT_XML.pattern}")


def graphml(graph: Graph) -> Iterator[str]:
    """Yield the text of a GraphML file.

    Numbers and truth values are typed, dates are ISO texts, and the items of a list are joined by ``；``. A character that
    XML cannot hold becomes U+FFFD.

    Examples:
        >>> from innograph.graph.records import Graph, Node
        >>> text = "".join(graphml(Graph({"t": Node("Tier:a&b", ("Tier",), {"name": "a&b"})}, {}, "s")))
        >>> '<node id="Tier:a&amp;b"><data key="n_type">Tier</data>' in text
        True
    """
    ontology = load_ontology()
    yield _HEAD
    for kind, types in (("node", ontology.nodes), ("edge", ontology.edges)):
        known = {
            name: prop
            for one in types.values()
            for name, prop in properties_of(one.properties, edge=kind == "edge").items()
        }
        yield from _keys(kind, known)
    yield '<graph id="innograph" edgedefault="directed">\n'
    for nodes in nodes_by_type(graph):
        for node in nodes.records:
            values = values_of(node)
            shown = {"type": node.label, "labels": list(node.labels), "label": values.get("name", node.id)}
            yield f"<node id={_attribute(node.id)}>{_data('n', shown)}{_data('n', values)}</node>\n"
    for edges in edges_by_type(graph):
        label = edges.type.label.show()
        for edge in edges.records:
            ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
            shown = {"type": edge.type, "label": label}
            yield f"<edge id={_attribute(edge.id)} {ends}>{_data('e', shown)}{_data('e', values_of(edge))}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _keys(kind: str, known: Mapping[str, Property]) -> Iterator[str]:
    """Yield the declarations of what nodes, or edges, may have."""
    for name, text in _OURS[kind].items():
        yield _key(kind, name, "string", text)
    for name, prop in known.items():
        if name != "id" and name not in FOR_ENGINES:
            listed = prop.type is ValueType.STRINGS
            text = Text(f"{prop.label.zh}（{_LISTED.zh}）", f"{prop.label.en} ({_LISTED.en})") if listed else prop.label
            yield _key(kind, name, _TYPES[prop.type], text)


def _key(kind: str, name: str, value_type: str, text: Text) -> str:
    told = escape(f"{text.zh} / {text.en}")
    return f'<key id="{kind[0]}_{name}" for="{kind}" attr.name="{name}" attr.type="{value_type}"><desc>{told}</desc></key>\n'


def _data(kind: str, values: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{kind}_{name}">{_text(value)}</data>'
        for name, value in values.items()
        if name != "id" and name not in FOR_ENGINES
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(joined(value))
    if not _TO_ESCAPE.search(text):
        return text
    # A reader makes a line feed of a bare carriage return.
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
