"""Neo4j: what happens when the server goes away, other people's data in the same database, two who write at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import pytest
from neo4j_fixtures import Neo4j, OwnNeo4j
from neo4j_server import Server
from store_helpers import (
    assert_holds,
    borrow_workspace,
    connect,
    edge,
    edges_in,
    graph,
    node,
    nodes_in,
    remove_workspace,
)

from innograph.graph.errors import ConnectionLost, EngineError
from innograph.graph.records import Edge, Graph, Node
from innograph.graph.stores import Store

pytestmark = pytest.mark.usefixtures("nothing_deprecated")


@pytest.fixture
def open_workspace(neo4j_server: Neo4j) -> Iterator[Callable[[], tuple[str, Store]]]:
    """Open one more workspace of the session's server."""
    opened: list[tuple[str, Store]] = []

    def open_one() -> tuple[str, Store]:
        workspace = borrow_workspace(neo4j_server)
        opened.append((workspace, connect(neo4j_server, workspace)))
        return opened[-1]

    yield open_one
    for workspace, store in opened:
        store.close()
        remove_workspace(neo4j_server, workspace)


def ask(server: Neo4j | Server, cypher: str, **parameters: Any) -> list[list[Any]]:
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        records = driver.execute_query(neo4j.Query(cypher), parameters).records  # type: ignore[arg-type]
        return [list(record.values()) for record in records]


def plan(tasks: int, stamp: str = "s1") -> Graph:
    things: list[Node | Edge] = [node("Department", f"D{i}") for i in range(10)]
    things += [node("Task", f"T{i:05}", position=i) for i in range(tasks)]
    things += [edge("LEADS", f"D{i % 10}", f"T{i:05}", f"L{i:05}", written=f"第{i}") for i in range(tasks)]
    return graph(things, stamp)


# The server goes away


def test_killed_in_the_middle_of_a_sync_the_next_one_completes_it(own_neo4j: OwnNeo4j) -> None:
    server = own_neo4j()
    written = plan(12_000)

    def kill_in_the_middle_of_the_edges(done: int, total: int) -> None:
        if done > len(written.nodes) + 5_000:
            server.kill()

    with connect(server, "0123456789ab") as store:
        store.sync(plan(100, stamp="before"))
        start = time.monotonic()
        with pytest.raises(ConnectionLost, match="innograph build"):
            store.sync(written, progress=kill_in_the_middle_of_the_edges)
        assert time.monotonic() - start < 60
        with pytest.raises(ConnectionLost):
            store.query("RETURN 1 AS one")
        server.restart()
        assert store.stamp() is None
        assert 5_000 <= store.query("MATCH ()-[r:LEADS]->() RETURN count(r) AS n").rows[0][0] < 12_000
        store.sync(written)
        assert_holds(store, written)
    assert ask(server, "MATCH (n:Innograph_0123456789ab) RETURN count(n)") == [[12_010]]
    assert ask(server, "MATCH ()-[r]->() RETURN count(r)") == [[12_000]]


# Other people's data

FOREIGN = """
CREATE (d:Department {id: 'D1', name: '别人的部门', note: 'theirs'})-[:LEADS {id: 'L00001', written: '别人的'}]->
       (t:Task {id: 'T00001', name: '别人的任务', foreign: true}),
       (d)-[:LEADS {id: 'L00002'}]->(:Task {id: 'T00001', name: '同一编号'}),
       (:Task {id: 'T00002', workspace: 'their own property', retired: true})-[:NEXT]->(d),
       (:Tier:Person {id: 7}), (:Organisation)
"""
SNAPSHOT = """
MATCH (n) WHERE NOT n:Innograph AND NOT n:InnographWorkspace
RETURN 'node' AS kind, elementId(n) AS id, labels(n) AS what, properties(n) AS properties
UNION ALL MATCH (a)-[r]->(b) WHERE NOT a:Innograph OR NOT b:Innograph
RETURN 'edge' AS kind, elementId(r) AS id, [elementId(a), type(r), elementId(b)] AS what, properties(r) AS properties
"""


@pytest.fixture
def foreign(neo4j_server: Neo4j) -> Iterator[Callable[[], list[list[Any]]]]:
    """Other people's graph, with our labels, types and ids, in the same database; gives a way to see all of it."""
    ask(neo4j_server, FOREIGN)
    known = [row[1] for row in snapshot(neo4j_server)]
    yield lambda: snapshot(neo4j_server)
    ask(neo4j_server, "MATCH (n) WHERE elementId(n) IN $known DETACH DELETE n", known=known)


def snapshot(server: Neo4j) -> list[list[Any]]:
    return sorted(ask(server, SNAPSHOT), key=lambda row: (row[0], row[1]))


def test_other_peoples_graph_is_neither_seen_nor_touched(
    neo4j_server: Neo4j, foreign: Callable[[], list[list[Any]]], open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    before = foreign()
    assert len(before) >= 9
    _, store = open_workspace()
    _, neighbour = open_workspace()
    neighbour.sync(plan(3, stamp="neighbour"))
    for state in (plan(5), plan(2, stamp="changed"), graph([], stamp="empty"), plan(5)):
        store.sync(state)
        assert_holds(store, state)
        assert store.query("MATCH (n) RETURN count(n) AS n").rows == [(len(state.nodes),)]
        assert store.query("MATCH (a)-[r]->(b) RETURN count(r) AS n").rows == [(len(state.edges),)]
        assert foreign() == before
        assert_holds(neighbour, plan(3, stamp="neighbour"))


def test_a_foreign_relationship_on_our_node_outlives_the_node(
    neo4j_server: Neo4j, foreign: Callable[[], list[list[Any]]], open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()
    store.sync(plan(3))
    ask(
        neo4j_server,
        f"MATCH (t:Innograph_{workspace} {{id: 'T00001'}}), (d:Department {{note: 'theirs'}})"
        " CREATE (d)-[:BOOKMARK {why: 'important'}]->(t), (d)-[:LEADS {id: 'L00001'}]->(t)",
    )
    bookmark = "MATCH ({note: 'theirs'})-[r:BOOKMARK]->(n) RETURN elementId(r), r.why, n.id, properties(n), labels(n)"
    before = foreign()
    [first] = ask(neo4j_server, bookmark)
    assert_holds(store, plan(3))

    without = graph([node("Department", "D0")], stamp="s2")
    store.sync(without)
    assert_holds(store, without)
    assert foreign() == before
    [retired] = ask(neo4j_server, bookmark)
    assert retired[:3] == first[:3]
    assert retired[3] == {"id": "T00001", "workspace": workspace, "retired": True}
    assert retired[4] == ["Innograph"]

    store.sync(plan(3))
    assert_holds(store, plan(3))
    assert foreign() == before
    [revived] = ask(neo4j_server, bookmark)
    assert revived[:4] == first[:4]
    assert set(revived[4]) == set(first[4])

    store.sync(without)
    ask(neo4j_server, "MATCH ({note: 'theirs'})-[r]->(n:Innograph {workspace: $id}) DELETE r", id=workspace)
    store.sync(without)
    assert ask(neo4j_server, "MATCH (n:Innograph {workspace: $id}) RETURN n.id", id=workspace) == [["D0"]]


def test_every_node_carries_our_labels_and_workspace(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()
    store.sync(plan(3))
    assert ask(
        neo4j_server,
        f"MATCH (n:Innograph_{workspace}) UNWIND labels(n) AS label WITH n, label WHERE label STARTS WITH 'Innograph'"
        " RETURN DISTINCT label, n.workspace, count(DISTINCT n) ORDER BY label",
    ) == [["Innograph", workspace, 13], [f"Innograph_{workspace}", workspace, 13]]
    assert ask(
        neo4j_server, "MATCH ()-[r {workspace: $id}]->() RETURN count(r), count(DISTINCT r.id)", id=workspace
    ) == [[3, 3]]


def test_constraints_bind_our_own_records_only(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()
    store.sync(plan(1))
    shown = "SHOW CONSTRAINTS YIELD name, entityType, labelsOrTypes, properties WHERE name STARTS WITH 'innograph'"
    found = ask(neo4j_server, f"{shown} RETURN entityType, labelsOrTypes, properties")
    assert ["NODE", [f"Innograph_{workspace}"], ["id"]] in found
    assert ["RELATIONSHIP", ["LEADS"], ["workspace", "id"]] in found
    assert all(labels[0].startswith("Innograph") for kind, labels, _ in found if kind == "NODE")
    assert all(properties == ["workspace", "id"] for kind, _, properties in found if kind == "RELATIONSHIP")
    # Theirs have no workspace: a hundred of one type and one id are no matter.
    ask(neo4j_server, "UNWIND range(1, 100) AS i CREATE (:Theirs)-[:LEADS {id: 'same'}]->(:Theirs)")
    ask(neo4j_server, "UNWIND range(1, 100) AS i CREATE (:Task {id: 'same'})")
    ask(neo4j_server, "MATCH (n) WHERE n:Theirs OR n.id = 'same' DETACH DELETE n")


def test_two_syncs_at_once_cannot_make_duplicates(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()
    store.sync(plan(3))
    with pytest.raises(neo4j.exceptions.ConstraintError):
        ask(neo4j_server, f"MATCH (a:Innograph_{workspace})-[r]->(b) CREATE (a)-[c:LEADS]->(b) SET c = properties(r)")
    assert_holds(store, plan(3))


def test_what_others_did_to_our_records_is_put_right(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()
    store.sync(plan(3))
    ask(neo4j_server, f"MATCH (n:Innograph_{workspace}:Task) SET n.position = 99, n.extra = 1, n:Department:Theirs")
    ask(neo4j_server, f"MATCH (:Innograph_{workspace})-[r:LEADS]->() SET r.written = 'x'")
    store.sync(plan(3))
    assert_holds(store, plan(3))
    assert ask(neo4j_server, f"MATCH (n:Innograph_{workspace}:Theirs) RETURN count(n), count(n.extra)") == [[3, 0]]


def test_a_second_sync_writes_nothing_but_the_stamp(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, store = open_workspace()
    store.sync(plan(50))
    told: list[tuple[int, int]] = []
    store.sync(plan(50), progress=lambda done, total: told.append((done, total)))
    assert told == []


def test_a_query_cannot_reach_out_of_its_workspace(
    foreign: Callable[[], list[list[Any]]], open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    _, store = open_workspace()
    store.sync(plan(2))
    for cypher in (
        "MATCH (n) WHERE n.note = 'theirs' RETURN n.id AS x",
        "MATCH (n:Task) WHERE n.foreign RETURN n.id AS x",
        "MATCH (n:Person|Tier) RETURN n.id AS x",
        "OPTIONAL MATCH (n:Organisation) WHERE n.id IS NULL WITH n WHERE n IS NOT NULL RETURN 1 AS x",
        "MATCH (t:Task) RETURN [(t)--(d) WHERE d.note = 'theirs' | d.id][0] AS x ORDER BY x DESC SKIP 2",
        "WITH COUNT { (:Person) } AS x WHERE x > 0 RETURN x",
        "WITH EXISTS { (:Department {note: 'theirs'}) } AS x WHERE x RETURN x",
    ):
        assert store.query(cypher).rows == [], cypher
    assert len(nodes_in(store)["Task"]) == len(edges_in(store)["LEADS"]) == 2


def test_a_foreign_relationship_between_our_nodes_is_not_seen(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()
    store.sync(plan(2))
    ours = f"MATCH (d:Innograph_{workspace} {{id: 'D0'}}), (t:Innograph_{workspace} {{id: 'T00001'}})"
    ask(neo4j_server, f"{ours} CREATE (d)-[:LEADS {{id: 'theirs'}}]->(t), (d)-[:LEADS {{workspace: 'theirs'}}]->(t)")
    assert_holds(store, plan(2))
    assert store.query("MATCH (d)-[r:LEADS]->(t) RETURN d.id, t.id, r.written ORDER BY t.id").rows == [
        ("D0", "T00000", "第0"), ("D1", "T00001", "第1")
    ]  # fmt: skip
    for cypher in (
        "MATCH ({id: 'D0'})-->({id: 'T00001'}) RETURN 1 AS x",
        "MATCH ({id: 'T00001'})<--({id: 'D0'}) RETURN 1 AS x",
        "MATCH ({id: 'D0'})-[:LEADS*1..3]-({id: 'T00001'}) RETURN 1 AS x",
        "MATCH (d {id: 'D0'}) WITH [(d)-->(t {id: 'T00001'}) | t.id] AS x WHERE size(x) > 0 RETURN x",
        "MATCH (d {id: 'D0'}) WHERE (d)--({id: 'T00001'}) RETURN 1 AS x",
        "MATCH (d {id: 'D0'}) WHERE EXISTS { (d)-[r]-(:Task {id: 'T00001'}) } RETURN 1 AS x",
    ):
        assert store.query(cypher).rows == [], cypher


def test_a_foreign_node_on_a_path_between_our_nodes_is_not_seen(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()
    store.sync(plan(2))
    ours = f"MATCH (d:Innograph_{workspace} {{id: 'D0'}}), (t:Innograph_{workspace} {{id: 'T00001'}})"
    ask(neo4j_server, f"{ours} CREATE (d)-[:LEADS]->(:Task:Theirs {{name: '别人的'}})-[:NEXT]->(t)")
    try:
        for path in ("[*1..2]", "[*2]", "[:LEADS|NEXT*0..3]", "[*..3 {}]"):
            assert store.query(f"MATCH ({{id: 'D0'}})-{path}-({{id: 'T00001'}}) RETURN 1 AS x").rows == [], path
        found = (
            "MATCH p = (:Department {id: 'D0'})-[*0..2]-() UNWIND nodes(p) AS n RETURN DISTINCT n.id AS x ORDER BY x"
        )
        assert store.query(found).rows == [("D0",), ("T00000",)]
    finally:
        ask(neo4j_server, "MATCH (n:Theirs) DETACH DELETE n")


@pytest.mark.parametrize("cypher", ["CALL db.labels()", "LOAD CSV FROM 'file:///x.csv' AS line RETURN line"])
def test_the_server_is_not_asked_for_what_is_not_the_graph(
    cypher: str, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    _, store = open_workspace()
    with pytest.raises(EngineError, match=r"CALL db|LOAD CSV"):
        store.query(cypher)


# Two processes write one workspace


def test_a_sync_that_is_overtaken_writes_nothing_more(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()
    store.sync(plan(1, stamp="s0"))
    overtaking = plan(4, stamp="s2")

    def overtake(done: int, total: int) -> None:
        if store.stamp() is None:
            with connect(neo4j_server, workspace) as second:
                second.sync(overtaking)

    with pytest.raises(EngineError, match="innograph build"):
        store.sync(plan(9, stamp="s1"), progress=overtake)
    assert_holds(store, overtaking)
    store.sync(plan(9, stamp="s1"))
    assert_holds(store, plan(9, stamp="s1"))


def test_a_sync_that_is_overtaken_at_its_end_sets_no_stamp(
    neo4j_server: Neo4j, open_workspace: Callable[[], tuple[str, Store]]
) -> None:
    workspace, store = open_workspace()

    class Killed(Exception):
        pass

    def die(done: int, total: int) -> None:
        raise Killed

    def overtake(done: int, total: int) -> None:
        if done == total:
            with connect(neo4j_server, workspace) as second, pytest.raises(Killed):
                second.sync(plan(9, stamp="s2"), progress=die)

    with pytest.raises(EngineError, match="innograph build"):
        store.sync(plan(4, stamp="s1"), progress=overtake)
    assert store.stamp() is None
    store.sync(plan(4, stamp="s1"))
    assert_holds(store, plan(4, stamp="s1"))


def test_the_driver_says_nothing_on_the_terminal(
    open_workspace: Callable[[], tuple[str, Store]], capfd: pytest.CaptureFixture[str]
) -> None:
    _, store = open_workspace()
    store.sync(graph([]))
    store.query("MATCH (n:NoSuchLabel)-[:NO_SUCH_TYPE]->() RETURN n.no_such_property AS x")
    with pytest.raises(EngineError):
        store.query("MATCH (n")
    assert capfd.readouterr() == ("", "")
