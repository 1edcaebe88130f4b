"""What programs need to know of the ontology, made from it: a JSON Schema of assertions, and Neo4j's constraints."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ..text import Text
from .model import ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import EdgeType, NodeType, Ontology, Property

_JSON_TYPES = {
    ValueType.STRING: "string",
    ValueType.INTEGER: "integer",
    ValueType.FLOAT: "number",
    ValueType.BOOLEAN: "boolean",
    ValueType.DATE: "string",
    ValueType.STRINGS: "array",
}
_PLACE: dict[str, tuple[dict[str, Any], Text]] = {
    "page": ({"type": "integer", "minimum": 1}, Text("PDF 的页，从1起", "Page of a PDF, from 1")),
    "paragraph": ({"type": "integer", "minimum": 1}, Text("文档的段，从1起", "Paragraph of a document, from 1")),
    "line": ({"type": "integer", "minimum": 1}, Text("文本的行，从1起", "Line of a text file, from 1")),
    "start": ({"type": "integer", "minimum": 0}, Text("首字符的位置，从0起", "Offset of the first character, from 0")),
    "end": ({"type": "integer", "minimum": 0}, Text("末字符之后的位置", "Offset after the last character")),
    "sheet": ({"type": "string"}, Text("工作表的名称", "Name of a worksheet")),
    "table": ({"type": "integer", "minimum": 1}, Text("文档中第几个表，从1起", "Number of a table, from 1")),
    "row": ({"type": "integer", "minimum": 1}, Text("表格的行，从1起", "Row of a table, from 1")),
    "column": ({"type": "integer", "minimum": 1}, Text("表格的列，从1起", "Column of a table, from 1")),
    "section": ({"type": "string"}, Text("所在标题的编号", "The heading it stands under")),
}
_ASSERTION = Text("一份来源说的一个节点或一条关系，附依据", "A node or an edge that one source states, with evidence")
_EVIDENCE = Text("为什么这样说：原文及其位置", "Why it is believed: the exact words and where they stand")
_QUOTE = Text("原文，一字不改", "The exact words of the source")
_WHERE = Text("原文的位置；只写该格式有的项", "Where the quote stands; only what the format has")
_CONFIDENCE = Text(
    "0 到 1：原文写明为1，由规则推断的小于1", "0 to 1: 1 where the text says it, less where a rule concludes it"
)
_KEY = Text("区分同样两端之间的同类关系", "Tells parallel edges of one type between the same two things apart")


def json_schema(ontology: Ontology) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one assertion as JSON.

    It describes what :func:`~innograph.graph.assertion_json.assertion_to_json` writes.

    Args:
        ontology: the types.

    Returns:
        The schema, with one alternative for each type that nodes or edges may be of.

    Examples:
        >>> from innograph.graph.ontology import load_ontology
        >>> schema = json_schema(load_ontology())
        >>> schema["$defs"]["LEADS"]["properties"]["target"]["pattern"]
        '^(?:Task|Action|Measure):/*[^/]'
    """
    nodes = {name: _node_schema(t) for name, t in ontology.concrete.items()}
    edges = {name: _edge_schema(ontology, t) for name, t in ontology.edges.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "innograph assertion / 创新图谱的一条陈述",
        "description": _both(_ASSERTION),
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in (*nodes, *edges)],
        "$defs": {**nodes, **edges, "evidence": _evidence_schema()},
    }


def neo4j_constraints(ontology: Ontology, label: str) -> list[str]:
    """Return the statements that make ids unique in one workspace of a Neo4j database, which may be shared.

    The edges' constraints hold for all workspaces of the database, and leave alone what has no ``workspace``.

    Args:
        ontology: the types.
        label: the label that all nodes of the workspace carry.

    Returns:
        One statement for the nodes and one for each edge type; running them again changes nothing.

    Raises:
        ValueError: the label is no ASCII identifier.

    Examples:
        >>> from innograph.graph.ontology import load_ontology
        >>> print(neo4j_constraints(load_ontology(), "Innograph_0a1b2c3d4e5f")[0])
        CREATE CONSTRAINT innograph_0a1b2c3d4e5f IF NOT EXISTS FOR (n:Innograph_0a1b2c3d4e5f) REQUIRE n.id IS UNIQUE
    """
    if not (label.isascii() and label.isidentifier()):
        raise ValueError(f"no ASCII identifier: {label!r}")
    name = f"innograph_{label.removeprefix('Innograph_')}"
    return [
        f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE",
        *(
            f"CREATE CONSTRAINT innograph_edge_{edge_type.lower()} IF NOT EXISTS"
            f" FOR ()-[r:{edge_type}]-() REQUIRE (r.workspace, r.id) IS UNIQUE"
            for edge_type in ontology.edges
        ),
    ]


def _both(text: Text) -> str:
    return f"{text.en} / {text.zh}"


def _object(properties: Mapping[str, Any], required: list[str], title: Text, description: Text) -> dict[str, Any]:
    return {
        "title": _both(title),
        "description": _both(description),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _node_schema(node_type: NodeType) -> dict[str, Any]:
    fields = {
        "kind": {"const": "node"},
        "type": {"const": node_type.name},
        "id": _id_schema([node_type.name]),
        "properties": _properties_schema(node_type.properties),
        "evidence": {"$ref": "#/$defs/evidence"},
    }
    return _object(fields, list(fields), node_type.label, node_type.description)


def _edge_schema(ontology: Ontology, edge_type: EdgeType) -> dict[str, Any]:
    fields = {
        "kind": {"const": "edge"},
        "type": {"const": edge_type.name},
        "source": _id_schema(_expand(ontology, edge_type.source)),
        "target": _id_schema(_expand(ontology, edge_type.target)),
        "key": {"description": _both(_KEY), "type": "string", "default": ""},
        "properties": _properties_schema(edge_type.properties),
        "evidence": {"$ref": "#/$defs/evidence"},
    }
    required = [name for name in fields if name != "key"]
    return _object(fields, required, edge_type.label, edge_type.description)


def _expand(ontology: Ontology, names: tuple[str, ...]) -> list[str]:
    """Return the types that nodes may be of: an abstract type's children in its place."""
    expanded = [concrete for name in names for concrete in ontology.concrete if name in ontology.nodes[concrete].labels]
    return list(dict.fromkeys(expanded))


def _id_schema(labels: list[str]) -> dict[str, Any]:
    start = labels[0] if len(labels) == 1 else f"(?:{'|'.join(labels)})"
    return {"type": "string", "pattern": f"^{start}:/*[^/]"}


def _properties_schema(properties: Mapping[str, Property]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _property_schema(p) for name, p in properties.items()},
        "required": [name for name, p in properties.items() if p.required],
        "additionalProperties": False,
    }


def _property_schema(prop: Property) -> dict[str, Any]:
    json_type = _JSON_TYPES[prop.type]
    schema: dict[str, Any] = {"title": _both(prop.label)}
    if prop.description != prop.label:
        schema["description"] = _both(prop.description)
    schema["type"] = json_type if prop.required else [json_type, "null"]
    if prop.type is ValueType.DATE:
        # Validators may ignore a format, but not a pattern.
        schema |= {"format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    elif prop.type is ValueType.STRINGS:
        schema["items"] = {"type": "string"}
    elif prop.type is ValueType.STRING and prop.required:
        schema["minLength"] = 1
    if prop.example is not None:
        schema["examples"] = [prop.example.isoformat() if isinstance(prop.example, dt.date) else prop.example]
    return schema


def _evidence_schema() -> dict[str, Any]:
    place = {name: {"description": _both(words), **schema} for name, (schema, words) in _PLACE.items()}
    fields = {
        "quote": {"description": _both(_QUOTE), "type": "string", "minLength": 1},
        "place": _object(place, [], Text("位置", "Place"), _WHERE),
        "confidence": {
            "description": _both(_CONFIDENCE),
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "default": 1.0,
        },
    }
    return _object(fields, ["quote"], Text("依据", "Evidence"), _EVIDENCE)
