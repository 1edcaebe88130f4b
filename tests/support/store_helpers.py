"""What tests of the stores share: small graphs, and all that a store holds, read back with portable Cypher."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import neo4j

from innograph.graph.ontology import ValueType, load_ontology
from innograph.graph.records import Edge, Graph, Node
from innograph.graph.stores import Store, open_store

if TYPE_CHECKING:
    from neo4j_fixtures import Neo4j
    from neo4j_server import Server

Held = dict[str, dict[str, dict[str, tuple[str, Any]]]]
"""Type name -> id -> property -> the value with its Python type's name, since 1 == 1.0 == True."""

ONTOLOGY = load_ontology()
UNUSED = Path("unused")
"""The file of an engine that has none."""


def node(label: str, own_id: str, **properties: Any) -> Node:
    """A node as the assembled graph has it."""
    return Node(own_id, ONTOLOGY.nodes[label].labels, {"name": own_id, **properties})


def edge(edge_type: str, source: str, target: str, own_id: str, **properties: Any) -> Edge:
    """An edge as the assembled graph has it."""
    return Edge(own_id, edge_type, source, target, properties)


def graph(things: Iterable[Node | Edge], stamp: str = "s1") -> Graph:
    """A graph of these, in id order."""
    ordered = sorted(things, key=lambda t: t.id)
    return Graph(
        {t.id: t for t in ordered if isinstance(t, Node)}, {t.id: t for t in ordered if isinstance(t, Edge)}, stamp
    )


def nodes_in(store: Store) -> Held:
    """All nodes of the store under each label that it gives them, parents included."""
    held: Held = {}
    for label, node_type in ONTOLOGY.nodes.items():
        names = sorted({*node_type.properties, *ONTOLOGY.node_system})
        returned = ", ".join(f"n.{name} AS {name}" for name in names)
        rows = store.query(f"MATCH (n:{label}) RETURN {returned}").dicts()
        assert len({row["id"] for row in rows}) == len(rows), f"{label}: an id twice"
        if rows:
            held[label] = {row["id"]: {k: _typed(v) for k, v in row.items()} for row in rows}
    return held


def edges_in(store: Store) -> Held:
    """All edges of the store by type, their ends among their properties."""
    held: Held = {}
    for edge_type, described in ONTOLOGY.edges.items():
        names = sorted({*described.properties, *ONTOLOGY.edge_system})
        returned = ", ".join(f"r.{name} AS {name}" for name in names)
        rows = store.query(f"MATCH (a)-[r:{edge_type}]->(b) RETURN a.id AS source, b.id AS target, {returned}").dicts()
        assert len({row["id"] for row in rows}) == len(rows), f"{edge_type}: an id twice"
        if rows:
            held[edge_type] = {row["id"]: {k: _typed(v) for k, v in row.items()} for row in rows}
    return held


def nodes_of(graph: Graph) -> Held:
    """What :func:`nodes_in` must find once ``graph`` is written."""
    held: Held = defaultdict(dict)
    for one in graph.nodes.values():
        for label in one.labels:
            known = {**ONTOLOGY.nodes[label].properties, **ONTOLOGY.node_system}
            values = {**one.properties, "id": one.id}
            held[label][one.id] = {k: _typed(_as(p.type, values.get(k))) for k, p in known.items()}
    return dict(held)


def edges_of(graph: Graph) -> Held:
    """What :func:`edges_in` must find once ``graph`` is written."""
    held: Held = defaultdict(dict)
    for one in graph.edges.values():
        known = {**ONTOLOGY.edges[one.type].properties, **ONTOLOGY.edge_system}
        values = {**one.properties, "id": one.id}
        held[one.type][one.id] = {k: _typed(_as(p.type, values.get(k))) for k, p in known.items()}
        held[one.type][one.id] |= {"source": _typed(one.source), "target": _typed(one.target)}
    return dict(held)


def assert_holds(store: Store, graph: Graph) -> None:
    """The store holds exactly ``graph``, and says so."""
    assert nodes_in(store) == nodes_of(graph)
    assert edges_in(store) == edges_of(graph)
    assert store.stamp() == graph.stamp


def new_workspace() -> str:
    """A workspace id that no other test has."""
    return secrets.token_hex(6)


def connect(server: Neo4j | Server, workspace: str, **other: str) -> Store:
    """Open a workspace on a server, with its own user and password unless others are given."""
    login = {"user": server.user, "password": server.password, **other}
    return open_store(server.uri, file=UNUSED, workspace=workspace, **login)


def borrow_workspace(server: Neo4j) -> str:
    """An empty workspace of the shared server: one that an earlier test gave back, or else a new one.

    The queries of each workspace are others to the server, and it plans those of a new one for seconds.
    """
    return server.spare.pop() if server.spare else new_workspace()


def remove_workspace(server: Neo4j, workspace: str) -> None:
    """Take every record of a workspace out of the shared server, and keep it for another test.

    Its constraint stays till the session ends: whenever one comes or goes, the server plans all queries anew.
    """
    with _driver(server) as driver:
        driver.execute_query(f"MATCH (n:Innograph_{workspace}) DETACH DELETE n")
        driver.execute_query("MATCH (n:Innograph {workspace: $id}) DETACH DELETE n", id=workspace)
        driver.execute_query("MATCH (n:InnographWorkspace {id: $id}) DETACH DELETE n", id=workspace)
    server.spare.append(workspace)


def drop_constraints(server: Neo4j) -> None:
    """Take out what :func:`remove_workspace` left: the constraints of the workspaces that were given back."""
    with _driver(server) as driver:
        for workspace in server.spare:
            driver.execute_query(f"DROP CONSTRAINT innograph_{workspace} IF EXISTS")


def _driver(server: Neo4j) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password))


def _typed(value: Any) -> tuple[str, Any]:
    return type(value).__name__, value


def _as(value_type: ValueType, value: Any) -> Any:
    return float(value) if value_type is ValueType.FLOAT and value is not None else value
