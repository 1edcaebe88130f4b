"""The graph as JSON-LD, for programs that know linked data; what its words mean is in the file.

Things and types have names in ``urn:innograph:``, since nobody owns a domain for them; schema.org's words are used where
they mean the same.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from innograph.graph.ontology import ValueType, load_ontology

from .groups import FOR_ENGINES, edges_by_type, nodes_by_type, properties_of, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.graph.ontology import Property
    from innograph.graph.records import Graph
    from innograph.graph.text import Text

NAMESPACE = "urn:innograph:"
_PREFIXES = {
    "ontology": f"{NAMESPACE}ontology:",
    "thing": f"{NAMESPACE}thing:",
    "edge": f"{NAMESPACE}edge:",
    "schema": "https://schema.org/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SAME = {"name": "schema:name", "aliases": "schema:alternateName"}
"""Properties that schema.org has too, with the same meaning for any thing."""
_BROADER = {
    "Organisation": "schema:Organization",
    "Event": "schema:Event",
    "Region": "schema:AdministrativeArea",
}
"""Types all of whose things are of a type of schema.org."""
_DATATYPES = {
    ValueType.INTEGER: "xsd:integer",
    ValueType.FLOAT: "xsd:double",
    ValueType.BOOLEAN: "xsd:boolean",
    ValueType.DATE: "xsd:date",
}
_PROVED_BY = frozenset({"quote", "place"})
_NO_IRI = re.compile("[^A-Za-z0-9\\-._~:/@!$&'()*+,;=\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]")
"""What the path of an IRI cannot hold (RFC 3987)."""


def json_ld(graph: Graph) -> Iterator[str]:
    """Yield the text of a JSON-LD file: the types with their words, then a line for each thing and each relation.

    A relation is a property of the thing it goes from; with its own properties and its quote, it is an ``rdf:Statement``.

    Examples:
        >>> from innograph.graph.records import Graph, Node
        >>> tier = Node("Tier:高 企", ("Tier",), {"name": "高企", "quote": "高企：3家", "place": "第2行", "sources": 1})
        >>> document = json.loads("".join(json_ld(Graph({tier.id: tier}, {}, "s"))))
        >>> document["@graph"][-1]["@id"], document["@graph"][-1]["evidence"]["schema:text"]
        ('thing:Tier:高%20企', '高企：3家')
    """
    yield f'{{"@context": {_text(context())},\n"@graph": [\n'
    between = ""
    for one in _objects(graph):
        yield between + _text(one)
        between = ",\n"
    yield "\n]}\n"


def context() -> dict[str, Any]:
    """Return the context: what each word of the file means.

    Examples:
        >>> context()["Task"], context()["valid_from"]
        ('ontology:Task', {'@id': 'ontology:valid_from', '@type': 'xsd:date'})
    """
    ontology = load_ontology()
    terms: dict[str, Any] = {"@version": 1.1, **_PREFIXES, "evidence": "ontology:evidence"}
    terms |= {name: f"ontology:{name}" for name in ontology.nodes}
    terms |= {name: {"@id": f"ontology:{name}", "@type": "@id", "@container": "@set"} for name in ontology.edges}
    return terms | {name: _term(prop) for name, prop in _known_properties().items()}


def _known_properties() -> dict[str, Property]:
    """Return every property of things and relations."""
    ontology = load_ontology()
    nodes = (properties_of(one.properties, edge=False) for one in ontology.nodes.values())
    edges = (properties_of(one.properties, edge=True) for one in ontology.edges.values())
    known = {name: prop for properties in (*nodes, *edges) for name, prop in properties.items()}
    return {name: prop for name, prop in known.items() if name not in FOR_ENGINES | {"id", "quote"}}


def _term(prop: Property) -> str | dict[str, str]:
    iri = _SAME.get(prop.name, f"ontology:{prop.name}")
    if prop.type is ValueType.STRINGS:
        return {"@id": iri, "@container": "@set"}
    return {"@id": iri, "@type": _DATATYPES[prop.type]} if prop.type in _DATATYPES else iri


def _objects(graph: Graph) -> Iterator[dict[str, Any]]:
    yield from _vocabulary()
    outgoing: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in graph.edges.values():
        outgoing[edge.source][edge.type].append(edge.target)
    for nodes in nodes_by_type(graph):
        for node in nodes.records:
            about = {"@id": _iri("thing", node.id), "@type": list(node.labels)}
            ends: Mapping[str, list[str]] = outgoing.get(node.id, {})
            relations = {name: [_iri("thing", end) for end in dict.fromkeys(ends[name])] for name in sorted(ends)}
            yield {**about, **_said(values_of(node)), **relations}
    for edges in edges_by_type(graph):
        for edge in edges.records:
            yield {
                "@id": _iri("edge", edge.id),
                "@type": "rdf:Statement",
                "rdf:subject": {"@id": _iri("thing", edge.source)},
                "rdf:predicate": {"@id": f"ontology:{edge.type}"},
                "rdf:object": {"@id": _iri("thing", edge.target)},
                **_said(values_of(edge)),
            }


def _vocabulary() -> Iterator[dict[str, Any]]:
    """Yield the types and properties of the ontology, each with its words in both languages."""
    ontology = load_ontology()
    for node_type in ontology.nodes.values():
        parents = [f"ontology:{node_type.parent}"] if node_type.parent else []
        broader = [*parents, *([_BROADER[node_type.name]] if node_type.name in _BROADER else [])]
        above = {"rdfs:subClassOf": [{"@id": one} for one in broader]} if broader else {}
        yield _word(node_type.name, "rdfs:Class", node_type.label, node_type.description) | above
    for edge_type in ontology.edges.values():
        yield _word(edge_type.name, "rdf:Property", edge_type.label, edge_type.description)
    for prop in _known_properties().values():
        if prop.name not in _SAME:
            yield _word(prop.name, "rdf:Property", prop.label, prop.description)


def _word(name: str, kind: str, label: Text, description: Text) -> dict[str, Any]:
    return {
        "@id": f"ontology:{name}",
        "@type": kind,
        "rdfs:label": _both(label),
        "rdfs:comment": _both(description),
    }


def _both(text: Text) -> list[dict[str, str]]:
    return [{"@value": text.zh, "@language": "zh"}, {"@value": text.en, "@language": "en"}]


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of a thing or relation, with the quote that proves them."""
    hidden = FOR_ENGINES | _PROVED_BY | {"id"}
    said = {name: value for name, value in values.items() if name not in hidden}
    if "quote" in values:
        place = {"place": values["place"]} if values.get("place") else {}
        said["evidence"] = {"@type": "schema:Quotation", "schema:text": values["quote"], **place}
    return said


def _iri(prefix: str, own_id: str) -> str:
    return f"{prefix}:{_NO_IRI.sub(lambda found: quote(found[0], safe=''), own_id)}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_day)


def _day(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(value)
