"""Makes the graph from what the ledger holds: one node or edge for each subject, whoever speaks of it.

How several statements about one subject become one:

- The surest statement wins, property by property; among equally sure ones that of the source whose content came
  last, and inside one source the last. A property a statement does not know (``None``) overrides nothing.
- Lists are united, without repeats: the surest statement's items first, then by source and place in the source.
- ``quote`` and ``place`` are those of the surest statement; among equals, of the first source by name, and there of
  the first place. ``sources`` is how many sources speak of the subject.
- ``search`` holds every name and document number that any source gives, not only the winning one.

So the order in which files were loaded decides only where equally sure sources contradict each other. Properties
stand in the order of the ontology: the same ledger always gives the same graph, byte for byte.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .errors import OntologyError
from .ontology import ValueType
from .records import Edge, EdgeAssertion, Graph, Node, NodeAssertion
from .search_text import search_text
from .text import Text, use_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .ledger import Ledger, Stated
    from .ontology import Ontology, Property

_Kind = TypeVar("_Kind")

ASSEMBLY_VERSION = 2
"""Part of the stamp: raise it when this program makes another graph from the same ledger, so that engines rebuild."""


def current_stamp(ledger: Ledger, ontology: Ontology) -> str:
    """Return the stamp that a graph assembled now would carry, without assembling it."""
    with ledger.snapshot():
        parts = (ledger.workspace, ledger.generation, ledger.state, ontology.fingerprint, ASSEMBLY_VERSION)
    return "-".join(str(part) for part in parts)


def assemble(ledger: Ledger, ontology: Ontology) -> Graph:
    """Return the graph that the ledger's sources make together.

    Args:
        ledger: what the sources say.
        ontology: the types; the graph has nothing that does not fit them.

    Returns:
        Nodes and edges in id order.

    Raises:
        OntologyError: a record does not fit the ontology, or two records of one id contradict each other in their
            type or ends. ``check_assertions`` keeps such records out; an ontology that changed may let them in.
    """
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    # Places are put into words: in Chinese, so that the graph does not depend on who assembles it.
    with ledger.snapshot(), use_language("zh"):
        stamp = current_stamp(ledger, ontology)
        for subject, group in groupby(ledger.assertions(), key=attrgetter("subject")):
            stated = list(group)
            if isinstance(stated[0].assertion, NodeAssertion):
                nodes[subject] = _node(subject, stated, ontology)
            else:
                edges[subject] = _edge(subject, stated, ontology)
    for edge in edges.values():
        _check_ends(edge, nodes, ontology)
    return Graph(nodes=nodes, edges=edges, stamp=stamp)


def _node(subject: str, stated: list[Stated], ontology: Ontology) -> Node:
    label = _only(subject, {s.assertion.label for s in stated if isinstance(s.assertion, NodeAssertion)})
    if label not in ontology.concrete:
        raise OntologyError(where=subject, problem=Text(f"没有节点类型 {label}", f"there is no node type {label}"))
    node_type = ontology.concrete[label]
    by_trust = _by_trust(stated)
    own = _merge(stated, by_trust, node_type.properties)
    try:
        ontology.check_node(label, own)
    except OntologyError as error:
        raise OntologyError(where=subject, problem=error.values["problem"]) from error
    names = search_text(_names(own, by_trust))
    return Node(subject, node_type.labels, {"id": subject, **own, "search": names, **_proof(by_trust)})


def _edge(subject: str, stated: list[Stated], ontology: Ontology) -> Edge:
    said = [s.assertion for s in stated if isinstance(s.assertion, EdgeAssertion)]
    type_, source, target = _only(subject, {(edge.type, edge.source, edge.target) for edge in said})
    if type_ not in ontology.edges:
        raise OntologyError(where=subject, problem=Text(f"没有关系类型 {type_}", f"there is no edge type {type_}"))
    by_trust = _by_trust(stated)
    own = _merge(stated, by_trust, ontology.edges[type_].properties)
    return Edge(subject, type_, source, target, {"id": subject, **own, **_proof(by_trust)})


def _check_ends(edge: Edge, nodes: Mapping[str, Node], ontology: Ontology) -> None:
    own = {name: value for name, value in edge.properties.items() if name not in ontology.edge_system}
    for end in (edge.source, edge.target):
        if end not in nodes:
            raise OntologyError(where=edge.id, problem=Text(f"没有节点 {end}", f"there is no node {end}"))
    try:
        ontology.check_edge(edge.type, nodes[edge.source].label, nodes[edge.target].label, own)
    except OntologyError as error:
        raise OntologyError(where=edge.id, problem=error.values["problem"]) from error


def _only(subject: str, kinds: set[_Kind]) -> _Kind:
    """Return the one kind that all records of ``subject`` agree on."""
    if len(kinds) > 1:
        named = " / ".join(sorted(str(kind) for kind in kinds))
        problem = Text(f"同一编号指不同的东西：{named}", f"one id for several things: {named}")
        raise OntologyError(where=subject, problem=problem)
    return next(iter(kinds))


def _by_trust(stated: list[Stated]) -> list[Stated]:
    """Return the statements, the surest first, then in an order that does not depend on when sources were loaded."""
    if len(stated) == 1:
        return stated
    return sorted(stated, key=lambda s: (-s.assertion.evidence.confidence, s.source.origin))


def _merge(stated: list[Stated], by_trust: list[Stated], types: Mapping[str, Property]) -> dict[str, Any]:
    """Return one set of properties, in the order of the ontology.

    Args:
        stated: the statements in load order.
        by_trust: the same, the surest first.
        types: the properties that the ontology knows; others are kept, for the check to find.
    """
    merged: dict[str, Any] = {}
    for statement in sorted(stated, key=lambda s: s.assertion.evidence.confidence):
        merged.update((k, v) for k, v in statement.assertion.properties.items() if v is not None)
    for name, value in merged.items():
        if isinstance(value, list):
            merged[name] = list(dict.fromkeys(item for s in by_trust for item in _items(s, name)))
        elif isinstance(value, int) and name in types and types[name].type is ValueType.FLOAT:
            merged[name] = float(value)  # 50 and 50.0 are one value, and engines want one type
    return {name: merged[name] for name in (*types, *(merged.keys() - types.keys())) if name in merged}


def _items(statement: Stated, name: str) -> list[str]:
    value: Any = statement.assertion.properties.get(name)
    return cast("list[str]", value) if isinstance(value, list) else []


def _names(own: Mapping[str, Any], by_trust: Iterable[Stated]) -> list[str]:
    """Return the winning names, then what else any source calls it."""
    names: list[str] = []
    said: list[Mapping[str, Any]] = [own, *(s.assertion.properties for s in by_trust)]
    for properties in said:
        single: tuple[Any, ...] = (properties.get("name"), properties.get("short"))
        several: list[str] = properties.get("aliases") or []
        names += [name for name in single if name] + several
        names += _ways_to_write(properties.get("doc_number") or "")
    return names


def _ways_to_write(doc_number: str) -> list[str]:
    """Return a document number with each kind of brackets that people type for 〔〕, which few keyboards have."""
    if not doc_number:
        return []
    bare = re.sub(r"[\[(（【]", "〔", re.sub(r"[\])）】]", "〕", doc_number))
    return [doc_number, *(bare.replace("〔", left).replace("〕", right) for left, right in ("〔〕", "[]", "()"))]


def _proof(by_trust: list[Stated]) -> dict[str, Any]:
    first = by_trust[0].assertion.evidence
    return {
        "quote": first.quote,
        "place": first.place.show(),
        "sources": len({s.source.id for s in by_trust}),
    }
