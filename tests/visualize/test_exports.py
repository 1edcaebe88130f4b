"""The graph in other programs' forms, read back by other programs: NetworkX, pyld, csv, an engine."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString, cast

import kglite
import neo4j
import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from needs import missing
from neo4j_fixtures import Neo4j
from store_helpers import edge, graph, node

from innograph.graph.records import Graph
from innograph.graph.text import use_language
from innograph.visualize.exports.csvs import csv_files
from innograph.visualize.exports.cypher import LABEL, cypher_script, literal
from innograph.visualize.exports.graphml import graphml
from innograph.visualize.exports.groups import values_of
from innograph.visualize.exports.jsonld import json_ld
from innograph.visualize.exports.writing import write_graph

HOSTILE = [
    "=cmd|' /C calc'!A0",
    'o\'clock "quoted" \\ \\u0027 \\\\u0022',
    "</script><script>alert(1)</script>",
    "a\r\nb\tc",
    "]]>&lt;&#0;<!--",
    "😀 𠮷野家",
    "'}) DETACH DELETE n; //",
    "-1+1 @SUM | x",
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def made(names: list[str]) -> Graph:
    """A graph with these names, values of every type, and parallel edges."""
    things: list[Any] = [node("Region", "Region:652301", name="昌吉市")]
    for at, name in enumerate(names):
        firm = f"Enterprise:652301/{name}"
        things += [
            node(
                "Enterprise",
                firm,
                name=name,
                aliases=[name, "另名"],
                employees=at,
                revenue=1,
                valid_from=dt.date(2022, 6, 17),
                quote=name,
                place="第1行",
                search="x | y",
                sources=1,
            ),
            edge("LOCATED_IN", firm, "Region:652301", f"LOCATED_IN:{at}", quote=name, place="第2行", sources=2),
            edge("PARTICIPATES_IN", firm, "Project:p", f"PARTICIPATES_IN:{at}a", role="牵头", amount=2.5),
            edge("PARTICIPATES_IN", firm, "Project:p", f"PARTICIPATES_IN:{at}b", role=name),
        ]
    things += [node("Project", "Project:p", name="项目"), node("Task", "Task:t", name="任务")]
    things += [
        node("Department", "Department:d", name="局"),
        edge("LEADS", "Department:d", "Task:t", "LEADS:1", joint=True),
    ]
    return graph(things)


@pytest.fixture(scope="module")
def hostile() -> Graph:
    return made(HOSTILE)


# --- GraphML


def test_networkx_reads_the_graphml(hostile: Graph) -> None:
    with use_language("en"):
        read = nx.read_graphml(io.BytesIO("".join(graphml(hostile)).encode()), force_multigraph=True)
    assert set(read) == set(hostile.nodes)
    assert {key for _, _, key in read.edges(keys=True)} == set(hostile.edges)
    assert read.is_directed()
    for at, name in enumerate(HOSTILE):
        assert read.nodes[f"Enterprise:652301/{name}"] == {
            "type": "Enterprise",
            "labels": "Organisation；Enterprise",
            "label": name,
            "name": name,
            "aliases": f"{name}；另名",
            "employees": at,
            "revenue": 1.0,
            "valid_from": "2022-06-17",
            "quote": name,
            "place": "第1行",
            "sources": 1,
        }
        assert type(read.nodes[f"Enterprise:652301/{name}"]["revenue"]) is float
    assert read.edges["Department:d", "Task:t", "LEADS:1"] == {"type": "LEADS", "label": "leads", "joint": True}
    # NetworkX's own writer, on the same graph, is read as the same
    own = io.BytesIO()
    nx.write_graphml(read, own)
    again = nx.read_graphml(io.BytesIO(own.getvalue()), force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(read.nodes(data=True))


def test_graphml_has_no_character_that_xml_has_not() -> None:
    text = "".join(graphml(made(["a\x00b\x1f\ufffe"])))
    read = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    assert read.nodes["Enterprise:652301/a\ufffdb\ufffd\ufffd"]["name"] == "a\ufffdb\ufffd\ufffd"


@settings(deadline=None, max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_name_survives_graphml(name: str) -> None:
    read = nx.read_graphml(io.BytesIO("".join(graphml(made([name]))).encode()), force_multigraph=True)
    assert read.nodes[f"Enterprise:652301/{name}"]["name"] == name


# --- JSON-LD


def triples(document: Any) -> dict[str, list[tuple[str, str, str]]]:
    """The document as an RDF program understands it: by subject, the predicates, values and datatypes."""
    try:
        from pyld import jsonld
    except ImportError:
        missing("JSON-LD is checked by pyld: pip install pyld")
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    dataset: Any = jsonld.to_rdf(document)  # no loader is needed: the context is in the file
    for one in dataset["@default"]:
        value = one["object"]
        found[one["subject"]["value"]].append((one["predicate"]["value"], value["value"], value.get("datatype", "")))
    return found


def test_json_ld_is_understood_as_rdf(hostile: Graph) -> None:
    document = json.loads("".join(json_ld(hostile)))
    found = triples(document)
    xsd, ontology = "http://www.w3.org/2001/XMLSchema#", "urn:innograph:ontology:"
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    department = found["urn:innograph:thing:Department:d"]
    assert sorted(department) == sorted(
        [
            (f"{rdf}type", f"{ontology}Organisation", ""),
            (f"{rdf}type", f"{ontology}Department", ""),
            ("https://schema.org/name", "局", f"{xsd}string"),
            (f"{ontology}LEADS", "urn:innograph:thing:Task:t", ""),
        ]
    )
    statement = found["urn:innograph:edge:LEADS:1"]
    assert (f"{rdf}predicate", f"{ontology}LEADS", "") in statement
    assert (f"{rdf}subject", "urn:innograph:thing:Department:d", "") in statement
    assert (f"{rdf}object", "urn:innograph:thing:Task:t", "") in statement
    assert (f"{ontology}joint", "true", f"{xsd}boolean") in statement
    firms = {s: said for s, said in found.items() if "/" in s and s.startswith("urn:innograph:thing:Enterprise")}
    assert len(firms) == len(HOSTILE)
    assert {v for said in firms.values() for p, v, _ in said if p == "https://schema.org/name"} == set(HOSTILE)
    for said in firms.values():
        assert (f"{ontology}valid_from", "2022-06-17", f"{xsd}date") in said
        assert [kind for p, _, kind in said if p == f"{ontology}revenue"] == [f"{xsd}double"]
        (quotation,) = [value for p, value, _ in said if p == f"{ontology}evidence"]
        assert {p for p, _, _ in found[quotation]} >= {"https://schema.org/text", f"{ontology}place"}
    for subject in found:
        assert subject.startswith(("urn:innograph:", "_:"))
        assert subject.isprintable()
        assert not set(subject) & set(' <>"{}|\\^`')


def test_every_word_of_the_json_ld_is_in_its_context(hostile: Graph) -> None:
    document = json.loads("".join(json_ld(hostile)))
    words = document["@context"]
    for one in document["@graph"]:
        for word in one:
            assert word in words or word.startswith("@") or word.split(":")[0] in words, word
    named = {one["@id"]: one for one in document["@graph"]}
    assert named["ontology:LEADS"]["rdfs:label"][0] == {"@value": "牵头", "@language": "zh"}


# --- CSV


def test_csv_is_read_back_and_runs_nothing(hostile: Graph, tmp_path: Path) -> None:
    write_graph(hostile, "csv", tmp_path / "out")
    written = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert set(written) == {
        "README.md",
        *(f"nodes-{name}.csv" for name in ("Department", "Enterprise", "Project", "Region", "Task")),
        *(f"edges-{name}.csv" for name in ("LEADS", "LOCATED_IN", "PARTICIPATES_IN")),
    }
    assert all(data.startswith(b"\xef\xbb\xbf") for name, data in written.items() if name != "README.md")
    rows = list(csv.DictReader(io.StringIO(written["nodes-Enterprise.csv"].decode("utf-8-sig"), newline="")))
    safe = {name: f"'{name}" if name[0] in "=-" else name for name in HOSTILE}
    assert {row["name"]: row["aliases"] for row in rows} == {name: f"{name}；另名" for name in safe.values()}
    assert rows[0]["employees"].isdigit()
    assert rows[0]["valid_from"] == "2022-06-17"
    assert "search" not in rows[0]
    led = list(csv.DictReader(io.StringIO(written["edges-LEADS.csv"].decode("utf-8-sig"), newline="")))
    assert [(r["source"], r["source_name"], r["target_name"], r["joint"]) for r in led] == [
        ("Department:d", "局", "任务", "True")
    ]
    readme = written["README.md"].decode()
    assert "nodes-Enterprise.csv: 企业 · Enterprise" in readme
    assert all(f"| `{column}` |" in readme for column in rows[0])


def test_a_zip_has_the_same_files_and_the_same_bytes_each_time(hostile: Graph, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_graph(hostile, "csv", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    write_graph(hostile, "csv", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == {
            f.name: f.read_bytes() for f in (tmp_path / "out").iterdir()
        }


def test_a_folder_keeps_what_is_not_ours_and_loses_types_that_are_gone(hostile: Graph, tmp_path: Path) -> None:
    write_graph(hostile, "csv", tmp_path)
    (tmp_path / "own.csv").write_text("mine")
    write_graph(graph([node("Task", "Task:t", name="任务")]), "csv", tmp_path)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["README.md", "nodes-Task.csv", "own.csv"]


@settings(deadline=None, max_examples=60)
@given(TEXTS.filter(lambda text: text.strip() != ""))
def test_any_name_survives_csv(name: str) -> None:
    (file,) = [file for file in csv_files(graph([node("Task", "Task:t", name=name)])) if file.name == "nodes-Task.csv"]
    (row,) = csv.DictReader(io.StringIO("".join(file.pieces).removeprefix("\ufeff"), newline=""))
    assert row["name"] in (name, f"'{name}")
    assert row["name"] in "=+-@" or row["name"][0] not in "=+-@\t\r"


# --- Cypher


@settings(deadline=None)
@given(TEXTS)
def test_an_engine_reads_the_literal_as_the_text(text: str) -> None:
    told = literal(text)
    assert told.isprintable() or not set(told) & set("\n\r\x00\x85\u2028\u2029")
    assert kglite.KnowledgeGraph().cypher(f"RETURN {told} AS value").to_list() == [{"value": text}]


ANY = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("␞␟␝␀\ue000\\'u\n")), max_size=12)
FIRMS = st.lists(
    st.fixed_dictionaries(
        {"name": ANY},
        optional={
            "aliases": st.lists(ANY, max_size=3),
            "employees": st.integers(-(2**53), 2**53),
            "revenue": st.floats(-1e300, 1e300),
            "valid_from": st.dates(dt.date(1800, 1, 1)),
            "quote": ANY,
        },
    ),
    min_size=1,
    max_size=4,
)


def firms_of(rows: list[dict[str, Any]]) -> Graph:
    return graph([node("Enterprise", f"Enterprise:{at}/{row['name']}", **row) for at, row in enumerate(rows)])


@settings(deadline=None)
@given(FIRMS)
def test_an_engine_reads_the_rows_of_a_statement_as_the_values(rows: list[dict[str, Any]]) -> None:
    """What the script would set is returned instead, by an engine that starts in no time."""
    made = firms_of(rows)
    line = "".join(cypher_script(made)).splitlines()[-1]
    start, _, rest = line.rpartition(f" MERGE (n:{LABEL} {{id: f[0]}}) SET n = ")
    values = rest.removesuffix(", n:Organisation:Enterprise;")
    said = kglite.KnowledgeGraph().cypher(f"{start} RETURN {values} AS v").to_list()
    told = [{key: value for key, value in row["v"].items() if value is not None} for row in said]
    assert told == [values_of(one) for one in made.nodes.values()]
    assert all(type(row["revenue"]) is float for row in told if "revenue" in row)


def test_a_value_may_hold_the_signs_that_separate_values() -> None:
    line = "".join(cypher_script(firms_of([{"name": "a␟b␞c␀", "quote": "\ue001"}, {"name": "␝"}]))).splitlines()[-1]
    assert "'\ue000') AS row WITH split(row, '\ue002') AS f" in line
    assert "CASE f[2] WHEN '\ue004' THEN null ELSE f[2] END" in line


def test_a_statement_a_line(hostile: Graph) -> None:
    lines = "".join(cypher_script(hostile)).splitlines()
    assert all(line.startswith("//") or line.endswith(";") for line in lines)
    assert sum(line.endswith(", n:Organisation:Enterprise;") for line in lines) == 1


def test_a_statement_holds_a_thousand_rows() -> None:
    lines = "".join(cypher_script(firms_of([{"name": "企"}] * 2001))).splitlines()
    assert [line.count("Enterprise:") for line in lines if line.startswith("UNWIND")] == [1000, 1000, 1]


@pytest.fixture
def driver(neo4j_server: Neo4j) -> Iterator[neo4j.Driver]:
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        yield driver
        driver.execute_query(f"MATCH (n:{LABEL}) DETACH DELETE n")
        driver.execute_query("DROP CONSTRAINT innograph_thing IF EXISTS")


def run(driver: neo4j.Driver, graph: Graph) -> None:
    for line in "".join(cypher_script(graph)).splitlines():
        if not line.startswith("//"):
            driver.execute_query(cast("LiteralString", line.removesuffix(";")))


def native(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v.to_native() if isinstance(v, neo4j.time.Date) else v for k, v in values.items()}


def test_neo4j_holds_what_the_script_says_and_no_more_when_it_runs_again(driver: neo4j.Driver) -> None:
    graph = made([*HOSTILE, "a\x00b\x1f\x7f\u2028c", "\\u0027 + '\\", "u"])
    for _ in range(2):
        run(driver, graph)
        nodes = driver.execute_query(f"MATCH (n:{LABEL}) RETURN labels(n) AS labels, properties(n) AS values").records
        edges = driver.execute_query(
            f"MATCH (a:{LABEL})-[r]->(b) RETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS values"
        ).records
        assert {r["values"]["id"]: (set(r["labels"]), native(r["values"])) for r in nodes} == {
            n.id: ({LABEL, *n.labels}, values_of(n)) for n in graph.nodes.values()
        }
        assert {r["values"]["id"]: (r["type"], r["a"], r["b"], native(r["values"])) for r in edges} == {
            e.id: (e.type, e.source, e.target, values_of(e)) for e in graph.edges.values()
        }
        assert (len(nodes), len(edges)) == (len(graph.nodes), len(graph.edges))
    (firm,) = driver.execute_query(f"MATCH (n:{LABEL}) WHERE n.name = $name RETURN n", name=HOSTILE[0]).records
    assert firm["n"]["valid_from"].to_native() == dt.date(2022, 6, 17)
    assert type(firm["n"]["revenue"]) is float


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FIRMS)
def test_neo4j_holds_any_value(driver: neo4j.Driver, rows: list[dict[str, Any]]) -> None:
    made = firms_of(rows)
    driver.execute_query(f"MATCH (n:{LABEL}) DETACH DELETE n")
    run(driver, made)
    held = driver.execute_query(f"MATCH (n:{LABEL}) RETURN properties(n) AS values").records
    assert {r["values"]["id"]: native(r["values"]) for r in held} == {n.id: values_of(n) for n in made.nodes.values()}


def test_neo4j_takes_thousands_of_rows_in_seconds(driver: neo4j.Driver) -> None:
    """Fifty rows a second, as lists of maps go, would take a minute."""
    made = firms_of([{"name": f"企业{at}", "aliases": ["甲"], "employees": at} for at in range(3000)])
    begun = time.monotonic()
    run(driver, made)
    assert time.monotonic() - begun < 20
    (row,) = driver.execute_query(f"MATCH (n:{LABEL}) RETURN count(n) AS n, sum(n.employees) AS e").records
    assert (row["n"], row["e"]) == (3000, 2999 * 3000 // 2)


def test_neo4j_takes_a_changed_graph_over_an_earlier_one(driver: neo4j.Driver) -> None:
    run(driver, made(["甲"]))
    later = made(["甲", "乙"])
    later.nodes["Enterprise:652301/甲"].properties.pop("employees")
    run(driver, later)
    rows = driver.execute_query(f"MATCH (n:{LABEL}:Enterprise) RETURN n.name AS name, n.employees AS e ORDER BY name")
    assert [tuple(row) for row in rows.records] == [("乙", 1), ("甲", None)]
