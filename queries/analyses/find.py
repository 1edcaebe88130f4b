"""All that is known about a name: the things it may mean, and every edge at each of them in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innograph.graph.ontology import load_ontology

from ..answering import Found
from ..lookup import look_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from innograph.graph.ontology import NodeType
    from innograph.graph.stores import Store

    from ..lookup import Thing

_MOST_THINGS = 5
_EDGES = """
MATCH (n:{label} {{id: $id}}){left}[r:{types}]{right}(other:{others})
RETURN type(r) AS kind, other.id AS id, other.name AS name, r.quote AS quote, r.place AS place, r.id AS edge
ORDER BY kind, name, id, edge
"""
_ITSELF = "MATCH (n:{label} {{id: $id}}) RETURN n.quote AS quote, n.place AS place"


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each edge of the best fits, and one row for each thing that fits less well."""
    return Found(_rows(store, parameters))


def _rows(store: Store, parameters: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    things = look_up(store, str(parameters["name"]))
    for thing in things[:_MOST_THINGS]:
        edges = list(_edges(store, thing))
        yield from edges or [_itself(store, thing)]
    for thing in things[_MOST_THINGS:]:
        yield _itself(store, thing)


def _edges(store: Store, thing: Thing) -> Iterator[tuple[Any, ...]]:
    ontology = load_ontology()
    node_type = _type(thing)
    own = thing.name, node_type.label.show(), thing.fit.value
    shown = {name: node.label.show() for name, node in ontology.nodes.items()}
    types = "|".join(ontology.edges)
    others = "|".join(name for name, t in ontology.nodes.items() if t.parent is None)
    for forward in (True, False):
        left, right = ("-", "->") if forward else ("<-", "-")
        cypher = _EDGES.format(label=":".join(node_type.labels), left=left, right=right, types=types, others=others)
        relations = {kind: (edge.label if forward else edge.reverse).show() for kind, edge in ontology.edges.items()}
        for kind, other_id, name, quote, place, edge in store.query(cypher, {"id": thing.id}).rows:
            facts = (relations[kind], name, shown[other_id.partition(":")[0]], kind, quote, place)
            yield *own, *facts, thing.id, [edge]


def _itself(store: Store, thing: Thing) -> tuple[Any, ...]:
    """Return the row of a thing alone, with the line that names it."""
    node_type = _type(thing)
    rows = store.query(_ITSELF.format(label=":".join(node_type.labels)), {"id": thing.id}).rows
    facts = (None, None, None, None, *rows[0])
    return thing.name, node_type.label.show(), thing.fit.value, *facts, thing.id, [thing.id]


def _type(thing: Thing) -> NodeType:
    return load_ontology().nodes[thing.label]
