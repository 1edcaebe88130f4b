"""A sync's transactions on a real server: repeated by the driver, and in the state that an earlier sync left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
from neo4j_fixtures import Neo4j
from store_helpers import assert_holds, borrow_workspace, edge, graph, node, remove_workspace

from innograph.graph.records import Graph
from innograph.graph.stores import Store, open_store


@pytest.fixture
def workspace(neo4j_server: Neo4j) -> Iterator[str]:
    borrowed = borrow_workspace(neo4j_server)
    yield borrowed
    remove_workspace(neo4j_server, borrowed)


@pytest.fixture
def store(neo4j_server: Neo4j, workspace: str) -> Iterator[Store]:
    login = {"user": neo4j_server.user, "password": neo4j_server.password}
    with open_store(neo4j_server.uri, file=Path("unused"), workspace=workspace, **login) as opened:
        yield opened


@pytest.fixture
def ask(neo4j_server: Neo4j) -> Iterator[Callable[..., list[list[Any]]]]:
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:

        def run(cypher: str, **parameters: Any) -> list[list[Any]]:
            query = neo4j.Query(cypher)  # type: ignore[arg-type]
            return [list(record.values()) for record in driver.execute_query(query, parameters).records]

        yield run


def leads(written: str, stamp: str = "s1") -> Graph:
    things = [node("Department", "D"), node("Task", "T1"), node("Task", "T2", position=2)]
    return graph([*things, *(edge("LEADS", "D", t, f"L{t}", written=written) for t in ("T1", "T2"))], stamp)


def test_a_transaction_whose_answer_was_lost_is_not_done_twice(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # What the driver does when the connection breaks after the server has committed: it runs the same work again.
    once = neo4j.Session.execute_write

    def twice(session: neo4j.Session, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        once(session, work, *given, **named)
        return once(session, work, *given, **named)

    monkeypatch.setattr(neo4j.Session, "execute_write", twice)
    for state in (leads("牵头"), leads("改了", "s2"), graph([node("Task", "T2")], "s3"), leads("牵头", "s4")):
        store.sync(state)
        assert_holds(store, state)


def test_what_was_changed_is_written_and_nothing_else(store: Store) -> None:
    store.sync(leads("牵头"))
    changed = leads("牵头", "s2")
    changed.nodes["T1"].properties["position"] = 7
    changed.edges["LT2"].properties["written"] = "改了"
    told: list[tuple[int, int]] = []
    store.sync(changed, progress=lambda done, total: told.append((done, total)))
    assert told == [(4, 5), (5, 5)]  # five records, three as they were
    assert_holds(store, changed)


@pytest.mark.parametrize(
    "tampering",
    [
        "MATCH (n:{label} {{id: 'T2'}}) SET n.position = 2.0",
        "MATCH (n:{label} {{id: 'T2'}}) SET n.position = '2'",
        "MATCH (n:{label} {{id: 'T1'}}) SET n.position = 0",
        "MATCH (n:{label} {{id: 'T1'}}) SET n.unknown = 0",
        "MATCH (n:{label} {{id: 'T1'}}) SET n.name = null",
        "MATCH (n:{label} {{id: 'T1'}}) SET n.workspace = 'another'",
        "MATCH (n:{label} {{id: 'T1'}}) REMOVE n:Task",
        "MATCH (n:{label} {{id: 'T1'}}) SET n:Plan",
        "MATCH (n:{label} {{id: 'T1'}}) SET n.id = 'X'",
        "MATCH (n:{label} {{id: 'T1'}}) DETACH DELETE n",
        "MATCH (:{label})-[r:LEADS {{id: 'LT1'}}]->() SET r.written = null",
        "MATCH (:{label})-[r:LEADS {{id: 'LT1'}}]->() SET r.unknown = 0",
        "MATCH (:{label})-[r:LEADS {{id: 'LT1'}}]->() SET r.id = null",
        "MATCH (:{label})-[r:LEADS {{id: 'LT1'}}]->() DELETE r",
        "MATCH (a:{label})-[r:LEADS {{id: 'LT1'}}]->(b) CREATE (b)-[:LEADS {{workspace: r.workspace, id: 'LX'}}]->(a)",
        "MATCH (a:{label})-[r:LEADS {{id: 'LT1'}}]->(b) CREATE (a)-[:NO_TYPE_OF_OURS {{workspace: r.workspace}}]->(b)",
    ],
)
def test_any_tampering_is_put_right(
    store: Store, workspace: str, ask: Callable[..., list[list[Any]]], tampering: str
) -> None:
    store.sync(leads("牵头"))
    ask(tampering.format(label=f"Innograph_{workspace}"))
    store.sync(leads("牵头"))
    assert_holds(store, leads("牵头"))
    ours = (
        "MATCH (n:Innograph {workspace: $id}) WHERE NOT n:InnographWorkspace RETURN n.id, size(keys(n)) ORDER BY n.id"
    )
    assert ask(ours, id=workspace) == [["D", 3], ["T1", 3], ["T2", 4]]  # id, name, workspace; position
    edges = "MATCH ()-[r {workspace: $id}]->() RETURN r.id, size(keys(r)) ORDER BY r.id"
    assert ask(edges, id=workspace) == [["LT1", 3], ["LT2", 3]]
