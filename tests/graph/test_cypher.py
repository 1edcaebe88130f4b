"""Patterns found in queries that are hard to read, and each confined query accepted by the server itself."""

from __future__ import annotations

import neo4j
import pytest
from neo4j_fixtures import Neo4j

from innograph.graph.cypher import confine, read_patterns, refuse_beyond_the_graph
from innograph.graph.errors import EngineError

WORKSPACE = "0123456789ab"

# query -> the same, confined to the label M and the workspace, which is W here
CONFINED = {
    "MATCH (n) RETURN n.id AS x": "MATCH (n:M) RETURN n.id AS x",
    "MATCH () RETURN 1 AS x": "MATCH (:M) RETURN 1 AS x",
    "MATCH ( n :Task ) RETURN n.id AS x": "MATCH ( n :Task&M ) RETURN n.id AS x",
    "MATCH ({id: 'a'})-->() RETURN 1 AS x": "MATCH (:M{id: 'a'})-[{W}]->(:M) RETURN 1 AS x",
    "MATCH (n:Organisation:Department {id: $a}) RETURN n.id AS x": (
        "MATCH (n:Organisation&Department&M {id: $a}) RETURN n.id AS x"
    ),
    "MATCH (n:A|B)--(m:A&!B)--(k:(A|B)&!C {id: 1}) RETURN 1 AS x": (
        "MATCH (n:(A|B)&M)-[{W}]-(m:(A&!B)&M)-[{W}]-(k:((A|B)&!C)&M {id: 1}) RETURN 1 AS x"
    ),
    "MATCH (a) WITH (a.p) AS p RETURN (p)-[1][0]-(2) AS x, (p)-[1][0] AS y": (
        "MATCH (a:M) WITH (a.p) AS p RETURN (p)-[1][0]-(2) AS x, (p)-[1][0] AS y"
    ),
    "MATCH (n:% ) RETURN n.id AS x": "MATCH (n:(%)&M ) RETURN n.id AS x",
    "MATCH (`a)b`:`L)x` {`k(`: ')('}) RETURN `a)b`.id AS x": (
        "MATCH (`a)b`:`L)x`&M {`k(`: ')('}) RETURN `a)b`.id AS x"
    ),
    "MATCH (n:Task WHERE (n.p) > 1 AND (n)-->(:Plan)) RETURN n.id AS x": (
        "MATCH (n:Task&M WHERE (n.p) > 1 AND (n:M)-[{W}]->(:Plan&M)) RETURN n.id AS x"
    ),
    "MATCH (a) WHERE EXISTS { (a)-[:X]->(:B) } RETURN a.id AS x": (
        "MATCH (a:M) WHERE EXISTS { (a:M)-[:X {W}]->(:B&M) } RETURN a.id AS x"
    ),
    "MATCH (a) WHERE NOT exists { MATCH (a)<--(b) WHERE (b.p + 1) * (2) > 3 AND NOT (b)--(:C) } RETURN a.id AS x": (
        "MATCH (a:M) WHERE NOT exists { MATCH (a:M)<-[{W}]-(b:M) WHERE (b.p + 1) * (2) > 3 AND NOT (b:M)-[{W}]-(:C&M) }"
        " RETURN a.id AS x"
    ),
    "MATCH (a) RETURN COUNT { (a)-->(b:B) WHERE (b.p - 1) > 2 } AS x": (
        "MATCH (a:M) RETURN COUNT { (a:M)-[{W}]->(b:B&M) WHERE (b.p - 1) > 2 } AS x"
    ),
    "RETURN COUNT { (:A) } + (1) - (2) AS x": "RETURN COUNT { (:A&M) } + (1) - (2) AS x",
    "RETURN COUNT { (a) } AS x": "RETURN COUNT { (a:M) } AS x",
    "RETURN COLLECT { MATCH (a) RETURN (a.id) } AS x": "RETURN COLLECT { MATCH (a:M) RETURN (a.id) } AS x",
    "MATCH (a) RETURN [(a)-[r:X]->(b:B) WHERE (b.p) > (1) | (b.id)] AS x": (
        "MATCH (a:M) RETURN [(a:M)-[r:X {W}]->(b:B&M) WHERE (b.p) > (1) | (b.id)] AS x"
    ),
    "MATCH (a) RETURN [p = (a)--() | length(p)] AS x": "MATCH (a:M) RETURN [p = (a:M)-[{W}]-(:M) | length(p)] AS x",
    "MATCH (a) WHERE (a)--() OR (NOT (a)<-[:X]-({id: 1})) RETURN a.id AS x": (
        "MATCH (a:M) WHERE (a:M)-[{W}]-(:M) OR (NOT (a:M)<-[:X {W}]-(:M{id: 1})) RETURN a.id AS x"
    ),
    "MATCH (a) WHERE size([(a)-->(b) | 1]) > 1 RETURN a.id AS x": (
        "MATCH (a:M) WHERE size([(a:M)-[{W}]->(b:M) | 1]) > 1 RETURN a.id AS x"
    ),
    "MATCH (a) CALL (a) { MATCH (a)-->(b) RETURN count(b) AS n } RETURN n AS x": (
        "MATCH (a:M) CALL (a) { MATCH (a:M)-[{W}]->(b:M) RETURN count(b) AS n } RETURN n AS x"
    ),
    "MATCH (a) CALL (*) { OPTIONAL MATCH (a)-->(b) RETURN b AS c } RETURN c.id AS x": (
        "MATCH (a:M) CALL (*) { OPTIONAL MATCH (a:M)-[{W}]->(b:M) RETURN b AS c } RETURN c.id AS x"
    ),
    "CALL () { MATCH (a) RETURN a UNION MATCH (a:B) RETURN a } RETURN a.id AS x": (
        "CALL () { MATCH (a:M) RETURN a UNION MATCH (a:B&M) RETURN a } RETURN a.id AS x"
    ),
    "MATCH (a), (b) WITH a, b, (a.p + 1) - (b.p) AS d WHERE (d) < (1) RETURN (d) AS x ORDER BY (d)": (
        "MATCH (a:M), (b:M) WITH a, b, (a.p + 1) - (b.p) AS d WHERE (d) < (1) RETURN (d) AS x ORDER BY (d)"
    ),
    "MATCH (a) WITH (a.p) AS p, (a.q) AS q RETURN (p)-(q) AS x, (p) - (q) AS y, (p)*(q) AS z, (p)<-(q) AS w": (
        "MATCH (a:M) WITH (a.p) AS p, (a.q) AS q RETURN (p)-(q) AS x, (p) - (q) AS y, (p)*(q) AS z, (p)<-(q) AS w"
    ),
    "WITH [1, 2] AS l, 0 AS i RETURN l[(i)]-(1) AS x, -(i) AS y, l[0]-(i) AS z, (l[0])-[1][0] AS w": (
        "WITH [1, 2] AS l, 0 AS i RETURN l[(i)]-(1) AS x, -(i) AS y, l[0]-(i) AS z, (l[0])-[1][0] AS w"
    ),
    "WITH 3 AS p RETURN (p)--(1) AS x, 1--(p) AS y": "WITH 3 AS p RETURN (p)--(1) AS x, 1--(p) AS y",
    "MATCH (a) WHERE a.p IN ['(n)', \"(b:C)-->(d)\", 'a\\'(x)'] RETURN a.id AS x": (
        "MATCH (a:M) WHERE a.p IN ['(n)', \"(b:C)-->(d)\", 'a\\'(x)'] RETURN a.id AS x"
    ),
    "MATCH (a) // (b)-->(c) and 'an open quote\nRETURN a.id AS x /* (d:E) */": (
        "MATCH (a:M) // (b)-->(c) and 'an open quote\nRETURN a.id AS x /* (d:E) */"
    ),
    "MATCH (a)-[r:X|Y*1..3 {k: $a}]->(b)<-[*2]-(c)--(d) RETURN 1 AS x": (
        "MATCH (a:M)-[r:X|Y*1..3 {W, k: $a}]->(b:M)<-[*2 {W}]-(c:M)-[{W}]-(d:M) RETURN 1 AS x"
    ),
    "MATCH (a)\n  -[:X]->\n  (b:B),\n  (c) RETURN 1 AS x": "MATCH (a:M)\n  -[:X {W}]->\n  (b:B&M),\n  (c:M) RETURN 1 AS x",
    "MATCH (a) WITH a ORDER BY (a.p) SKIP (0) LIMIT (5) MATCH (a)--(b) WHERE (b:B) RETURN 1 AS x": (
        "MATCH (a:M) WITH a ORDER BY (a.p) SKIP (0) LIMIT (5) MATCH (a:M)-[{W}]-(b:M) WHERE (b:B&M) RETURN 1 AS x"
    ),
    "MATCH (a) WHERE a:B OR (a:C) OR (a:C|D) RETURN a.id AS x": (
        "MATCH (a:M) WHERE a:B OR (a:C&M) OR (a:(C|D)&M) RETURN a.id AS x"
    ),
    "MATCH (a) RETURN CASE WHEN (a.p) > 1 THEN EXISTS { (a)-->() } ELSE (a:B) END AS x": (
        "MATCH (a:M) RETURN CASE WHEN (a.p) > 1 THEN EXISTS { (a:M)-[{W}]->(:M) } ELSE (a:B&M) END AS x"
    ),
    "MATCH (a) RETURN count(*) AS x, count(DISTINCT (a)) AS y, collect((a.id)) AS z, {k: (1)} AS m": (
        "MATCH (a:M) RETURN count(*) AS x, count(DISTINCT (a)) AS y, collect((a.id)) AS z, {k: (1)} AS m"
    ),
    "MATCH (a) RETURN reduce(s = 0, x IN [1] | s + (x)) AS x, any(v IN [1] WHERE (v) = 1) AS y": (
        "MATCH (a:M) RETURN reduce(s = 0, x IN [1] | s + (x)) AS x, any(v IN [1] WHERE (v) = 1) AS y"
    ),
    "MATCH (a) WHERE all(b IN [a] WHERE (b)-->(:C)) RETURN a.id AS x": (
        "MATCH (a:M) WHERE all(b IN [a] WHERE (b:M)-[{W}]->(:C&M)) RETURN a.id AS x"
    ),
    "UNWIND $a AS row MATCH (n {id: row}) RETURN n.id AS x UNION ALL MATCH (n:B) RETURN n.id AS x": (
        "UNWIND $a AS row MATCH (n:M {id: row}) RETURN n.id AS x UNION ALL MATCH (n:B&M) RETURN n.id AS x"
    ),
    "MATCH (n) WHERE n.match = (1) AND n.`where` IN [(2)] RETURN n.count AS x": (
        "MATCH (n:M) WHERE n.match = (1) AND n.`where` IN [(2)] RETURN n.count AS x"
    ),
    "MATCH (n {match: (1), where: (2)}) RETURN n.id AS x": "MATCH (n:M {match: (1), where: (2)}) RETURN n.id AS x",
    "MATCH (a)-[r]->(b) WHERE (startNode(r)) = (a) RETURN type(r) AS x": (
        "MATCH (a:M)-[r {W}]->(b:M) WHERE (startNode(r)) = (a) RETURN type(r) AS x"
    ),
    "MATCH (a) WHERE (a.p IN [1])  AND exists((a)-->(:B)) RETURN a.id AS x": (
        "MATCH (a:M) WHERE (a.p IN [1])  AND exists((a:M)-[{W}]->(:B&M)) RETURN a.id AS x"
    ),
    "MATCH (a)-->()<--()--()<-->(b) RETURN 1 AS x": (
        "MATCH (a:M)-[{W}]->(:M)<-[{W}]-(:M)-[{W}]-(:M)<-[{W}]->(b:M) RETURN 1 AS x"
    ),
    "MATCH (a)- -(b)-/* to */->(c) RETURN 1 AS x": "MATCH (a:M)-[{W}] -(b:M)-[{W}]/* to */->(c:M) RETURN 1 AS x",
    "MATCH (a)-[]->()<-[ ]-()-[r]-()-[ :X ]-(b) RETURN 1 AS x": (
        "MATCH (a:M)-[{W}]->(:M)<-[{W} ]-(:M)-[r {W}]-(:M)-[ :X {W} ]-(b:M) RETURN 1 AS x"
    ),
    "MATCH (a)-[r:X|Y]-()-[:!X&%]-()-[s IS X]-()-[`r]` :`X]`]-(b) RETURN 1 AS x": (
        "MATCH (a:M)-[r:X|Y {W}]-(:M)-[:!X&% {W}]-(:M)-[s IS X {W}]-(:M)-[`r]` :`X]` {W}]-(b:M) RETURN 1 AS x"
    ),
    "MATCH (a)-[{}]-()-[r {k: 1}]-()-[:X{k: $a, l: {m: 1}.m}]-(b) RETURN 1 AS x": (
        "MATCH (a:M)-[{W}]-(:M)-[r {W, k: 1}]-(:M)-[:X{W, k: $a, l: {m: 1}.m}]-(b:M) RETURN 1 AS x"
    ),
    "MATCH (a)-[*]-()-[*2]-()-[*..3]-()-[r:X*1..]-(b) RETURN 1 AS x": (
        "MATCH (a:M)-[* {W}]-(:M)-[*2 {W}]-(:M)-[*..3 {W}]-(:M)-[r:X*1.. {W}]-(b:M) RETURN 1 AS x"
    ),
    "MATCH (a)-[*1..2 {k: 1}]->()-[:X*0..1{}]->(b) RETURN 1 AS x": (
        "MATCH (a:M)-[*1..2 {W, k: 1}]->(:M)-[:X*0..1{W}]->(b:M) RETURN 1 AS x"
    ),
    "MATCH (a)-[r:X WHERE r.k * 2 > 1]-()-[s {k: 1} WHERE (a)--()]-(b) RETURN 1 AS x": (
        "MATCH (a:M)-[r:X {W} WHERE r.k * 2 > 1]-(:M)-[s {W, k: 1} WHERE (a:M)-[{W}]-(:M)]-(b:M) RETURN 1 AS x"
    ),
    "MATCH (a)-[where:X]->(b)-[WHERE true]->(c) RETURN 1 AS x": (
        "MATCH (a:M)-[where:X {W}]->(b:M)-[{W}WHERE true]->(c:M) RETURN 1 AS x"
    ),
    "MATCH (a)-[r:X]->{1,2}(b)-->+(c)--*(d) RETURN 1 AS x": (
        "MATCH (a:M)-[r:X {W}]->{1,2}(b:M)-[{W}]->+(c:M)-[{W}]-*(d:M) RETURN 1 AS x"
    ),
    "MATCH ANY SHORTEST (a)-->+(b) MATCH SHORTEST 2 PATH GROUPS (a)-[:X]->+(b) RETURN 1 AS x": (
        "MATCH ANY SHORTEST (a:M)-[{W}]->+(b:M) MATCH SHORTEST 2 PATH GROUPS (a:M)-[:X {W}]->+(b:M) RETURN 1 AS x"
    ),
    "MATCH set = (a), on = (b)--(c) RETURN length(set) AS x": (
        "MATCH set = (a:M), on = (b:M)-[{W}]-(c:M) RETURN length(set) AS x"
    ),
    "MATCH (a)-[r]->(b) MATCH (b)<-[r]-(a) WHERE (a)-[r]->() RETURN EXISTS { ()-[r]-(b) } AS x": (
        "MATCH (a:M)-[r {W}]->(b:M) MATCH (b:M)<-[r {W}]-(a:M) WHERE (a:M)-[r {W}]->(:M)"
        " RETURN EXISTS { (:M)-[r {W}]-(b:M) } AS x"
    ),
    "MATCH (a) RETURN [(a)-[:X*1..2]->()-->(b {id: 1}) | b.id] AS x, 1--1 AS y": (
        "MATCH (a:M) RETURN [(a:M)-[:X*1..2 {W}]->(:M)-[{W}]->(b:M {id: 1}) | b.id] AS x, 1--1 AS y"
    ),
    "MATCH (a) // ends with the line\rMATCH (b)-->(c) RETURN 1 AS x": (
        "MATCH (a:M) // ends with the line\rMATCH (b:M)-[{W}]->(c:M) RETURN 1 AS x"
    ),
}


# Neo4j itself refuses these as they stand (labels joined by colons and by | in one clause); the engine we embed does not.
MIXED = {
    "MATCH (o:Organisation:Enterprise)-->(t:Task|Action) RETURN o.id AS x": (
        "MATCH (o:Organisation&Enterprise&M)-[{W}]->(t:(Task|Action)&M) RETURN o.id AS x"
    ),
    "MATCH (o:A|B) WHERE EXISTS { (o)--(:C:D) } OR (o:E:F) RETURN o.id AS x": (
        "MATCH (o:(A|B)&M) WHERE EXISTS { (o:M)-[{W}]-(:C&D&M) } OR (o:E&F&M) RETURN o.id AS x"
    ),
}


def explain(server: Neo4j, query: str) -> None:
    parameters = {"a": ["x"] if "UNWIND" in query else "x"}
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query(neo4j.Query(f"EXPLAIN {query}"), parameters)  # type: ignore[arg-type]


@pytest.mark.parametrize(("query", "confined"), [*CONFINED.items(), *MIXED.items()], ids=lambda t: t[:60])
def test_confines_every_pattern_and_nothing_else(query: str, confined: str) -> None:
    confined = confined.replace("{W", f"{{workspace: '{WORKSPACE}'")
    assert confine(query, "M", WORKSPACE) == confined


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (a)-[r $p]->(b) RETURN 1",
        "MATCH (a)-[$p]->(b) RETURN 1",
        "MATCH (a)-[:X*1..2 $p]->(b) RETURN 1",
        "MATCH (a) WHERE (a)-[:X $p]->() RETURN 1",
        "MATCH (a)-[:$($t)]->(b) RETURN 1",
        "MATCH (a)-[:$any($t)]->(b) RETURN 1",
        "MATCH (a)-[r {workspace: $p}]->(b) RETURN 1",
        "MATCH (a)-[r {k: 1, `workspace`: $p}]->(b) RETURN 1",
        "MATCH (a)-[where {k: 1}.k = 1]->(b) RETURN 1",
    ],
)
def test_a_relationship_that_cannot_be_confined_is_refused(query: str) -> None:
    with pytest.raises(EngineError):
        confine(query, "M", WORKSPACE)


@pytest.mark.parametrize("workspace", ["", "x", "0123456789AB", "0123456789abc", "0123456789ab\n", "'}]-() RETURN"])
def test_only_a_workspaces_id_gets_into_a_query(workspace: str) -> None:
    with pytest.raises(EngineError):
        confine("MATCH (a)--(b) RETURN 1", "M", workspace)


BEYOND = {
    "CALL db.labels()": "CALL db",
    "CALL db.labels() YIELD label RETURN label": "CALL db",
    "match (n) /* a */ call\n`db`.labels YIELD label RETURN label": "CALL `db`",
    "CALL () { CALL apoc.meta.stats() YIELD labels RETURN labels } RETURN labels": "CALL apoc",
    "OPTIONAL CALL db.labels()": "CALL db",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line": "LOAD CSV",
    "MATCH (n) load csv WITH HEADERS FROM $url AS line RETURN line.a": "LOAD CSV",
    "MATCH p = shortestPath((a)-[*1..4]-(b)) RETURN length(p)": "shortestPath",
    "MATCH (a) RETURN allShortestPaths ((a)-[:X*..4]-({id: 1})) AS x": "allShortestPaths",
    "SHOW TRANSACTIONS": "SHOW TRANSACTIONS",
    "SHOW ALL INDEXES YIELD name RETURN name": "SHOW ALL",
    "TERMINATE TRANSACTIONS 'x'": "TERMINATE TRANSACTIONS",
    "RETURN apoc.cypher.runFirstColumnMany('MATCH (n) RETURN n', {}) AS x": "apoc.cypher.runFirstColumnMany",
    "RETURN `apoc`.`cypher` . run('') AS x": "`apoc`.`cypher`.run",
    "MATCH (a)\u2014\u2014(b) RETURN 1": "\u2014",
    "MATCH (a)-\uff1e(b) RETURN 1": "\uff1e",
    "MATCH \\u0028a) RETURN a.id": "\\u0028",
    "RETURN '\\u0027 AS x MATCH (a) RETURN a.id // '": "\\u0027",
}
WITHIN = [
    "CALL { MATCH (n) RETURN n } RETURN n.id",
    "MATCH (n) CALL (n) { RETURN n.id AS x } RETURN x",
    "MATCH (n) CALL (*) { RETURN n.id AS x } RETURN x",
    "MATCH (n) RETURN n.call AS a, n.load AS csv, {call: n.id, show: 1}.show, 'CALL db.labels() ——' AS `——`",
    "MATCH (show:Task) RETURN show, show.id ORDER BY show DESC",
    "MATCH (n:Task) WHERE n.name IN (['科技局']) RETURN date.truncate('year', n.day), n.p.q, toLower(n.name)",
    "RETURN '\\n\\\\' AS x // 全角 ——，CALL db.labels()",
]


@pytest.mark.parametrize(("query", "named"), BEYOND.items(), ids=lambda t: ascii(t[:60]))
def test_what_reads_beyond_the_graph_is_refused_and_named(query: str, named: str) -> None:
    with pytest.raises(EngineError) as caught:
        refuse_beyond_the_graph(query)
    assert named in str(caught.value)


@pytest.mark.parametrize("query", WITHIN)
def test_what_only_looks_like_it_is_not_refused(query: str) -> None:
    refuse_beyond_the_graph(query)


@pytest.mark.parametrize("query", [*CONFINED, *MIXED], ids=lambda t: t[:60])
def test_neo4j_accepts_the_confined_query(neo4j_server: Neo4j, query: str) -> None:
    if query in CONFINED:
        explain(neo4j_server, query)  # so a refusal below is not the fault of the example
    explain(neo4j_server, confine(query, "M", WORKSPACE))


def test_reads_labels_types_parameters_and_open_paths() -> None:
    found = read_patterns("""
        MATCH (o:Organisation:Department {id: $id})-[r:LEADS|SUPPORTS*1..4]->(t:Task|Action)
        WHERE EXISTS { (t)-[:NAMES*]->(:Region) } AND (o)-[x*..]-(t)-[*2..]-()<--(o) AND l[0]-[1][0] = $`two words`
        RETURN [(t)<-[:HAS_TASK*..3]-(p:Plan) | p.`id`] AS plans, n.p*(3) AS times
    """)
    assert [[t.text for t in node.labels] for node in found.nodes if node.labels] == [
        ["Organisation", "Department"], ["Task", "Action"], ["Region"], ["Plan"]
    ]  # fmt: skip
    assert [node.compound for node in found.nodes if node.labels] == [False, True, False, False]
    assert [[t.text for t in r.types] for r in found.relationships] == [
        ["LEADS", "SUPPORTS"], ["NAMES"], [], [], ["HAS_TASK"]
    ]  # fmt: skip
    assert [r.unbounded.line if r.unbounded else None for r in found.relationships] == [None, 3, 3, 3, None]
    assert [arrow.line for arrow in found.arrows] == [3]
    assert list(found.parameters) == ["id", "two words"]
