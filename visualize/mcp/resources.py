"""What an assistant can read beside the tools: the ontology, each of its types, and the catalogue of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.errors import NothingFound
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text
from innograph.queries.vocabulary import TOPICS
from innograph.visualize.tables import json_text

from .schemas import tool_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.ontology import EdgeType, NodeType, Property
    from innograph.queries import Catalogue

ONTOLOGY, CATALOGUE = "innograph://ontology", "innograph://catalogue"
MIME = "application/json"
_RESOURCE = Text("资源", "resource")


class Resource(NamedTuple):
    """Something to read."""

    uri: str
    name: str
    title: Text
    description: Text


class _NoResource(NothingFound):
    """There is no such resource."""

    text = Text("没有资源“{name}”，可用：{near}", "There is no resource “{name}”; there are: {near}")


def listed() -> list[Resource]:
    """Return what there is to read.

    Examples:
        >>> [resource.uri for resource in listed()][:3]
        ['innograph://ontology', 'innograph://catalogue', 'innograph://ontology/Action']
    """
    ontology = load_ontology()
    types: list[NodeType | EdgeType] = [*ontology.nodes.values(), *ontology.edges.values()]
    of_types = (Resource(f"{ONTOLOGY}/{one.name}", one.name, one.label, one.description) for one in types)
    return [
        Resource(
            ONTOLOGY,
            "ontology",
            Text("本体", "The ontology"),
            Text("图谱里有哪些类型和关系", "The types of things and relations in the graph"),
        ),
        Resource(
            CATALOGUE,
            "catalogue",
            Text("问题目录", "The catalogue"),
            Text("可以问的问题和各自的工具", "The questions, with the tool for each"),
        ),
        *of_types,
    ]


def read(uri: str, catalogue: Catalogue) -> str:
    """Return the JSON text of a resource.

    Raises:
        NothingFound: there is none of that address.
    """
    if uri == ONTOLOGY:
        return json_text(_ontology())
    if uri == CATALOGUE:
        return json_text(_catalogue(catalogue))
    ontology = load_ontology()
    name = uri.removeprefix(f"{ONTOLOGY}/")
    if uri.startswith(f"{ONTOLOGY}/") and name in ontology.nodes:
        return json_text(
            _node_type(ontology.nodes[name]) | {"properties": _properties(ontology.nodes[name].properties)}
        )
    if uri.startswith(f"{ONTOLOGY}/") and name in ontology.edges:
        return json_text(
            _edge_type(ontology.edges[name]) | {"properties": _properties(ontology.edges[name].properties)}
        )
    raise _NoResource(name=uri[:100], kind=_RESOURCE, near=f"{ONTOLOGY}, {CATALOGUE}, {ONTOLOGY}/Task")


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _ontology() -> dict[str, Any]:
    ontology = load_ontology()
    return {
        "nodes": [_node_type(one) for one in ontology.nodes.values()],
        "edges": [_edge_type(one) for one in ontology.edges.values()],
    }


def _node_type(one: NodeType) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": "node",
        "label": _words(one.label),
        "description": _words(one.description),
        "parent": one.parent,
        "abstract": one.abstract,
    }


def _edge_type(one: EdgeType) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": "edge",
        "label": _words(one.label),
        "reverse": _words(one.reverse),
        "description": _words(one.description),
        "source": list(one.source),
        "target": list(one.target),
    }


def _properties(properties: Mapping[str, Property]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "type": one.type.value,
            "label": _words(one.label),
            "description": _words(one.description),
            "required": one.required,
            "example": one.example,
        }
        for one in properties.values()
    ]


def _catalogue(catalogue: Catalogue) -> list[dict[str, Any]]:
    return [
        {
            "id": question.id,
            "tool": tool_name(question.id),
            "topic": _words(TOPICS[question.topic]),
            "title": _words(question.title),
            "question": _words(question.question),
            "definition": _words(question.definition) if question.definition else None,
            "finding": question.finding is not None,
        }
        for question in catalogue
    ]
