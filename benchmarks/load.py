"""How long a large table takes to become a graph, and how much memory, beside what people write by hand for it.

    python benchmarks/load.py [--data FOLDER] [--neo4j] [--keep]

The table is ``FOLDER/h2020.csv.gz``, the participations in Horizon 2020 as CORDIS publishes them (144,726 rows), with
known answers that the NetworkX graph and both engines are held to; without it, a synthetic table of that shape. Stages, each in a process of its
own, so that its peak of memory is its own:

- pandas + NetworkX: the rows as one ``MultiDiGraph`` of organisations, projects and countries, without evidence.
- ``innograph load`` in a fresh workspace, from the file to an engine that is up to date; and the same once more.
- With ``--neo4j``: the same nodes and edges, with the row that each stands in, in hand-written batches of
  ``UNWIND … MERGE`` and ``UNWIND … MATCH … CREATE``; and ``innograph --store neo4j://… load`` in a fresh workspace.
  The batches by hand are written twice and the second time counts, so that both find a server that is warm.

Neo4j is the server that ``NEO4J_URI``, ``NEO4J_USER`` and ``NEO4J_PASSWORD`` name, else one that is started from Maven's
jars (a JDK and Maven; see ``tests/support/neo4j_server.py``). What a stage writes to a server of yours stays there.

Needs Linux or macOS, which tell the memory of a process that has ended.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROWS, PROJECTS, ORGANISATIONS, COUNTRIES = 144_726, 31_451, 35_871, 169
"""Of h2020.csv.gz, counted by its publishers' own keys (rcn, pic, country); the synthetic table has about as many."""
CONTRIBUTION = "59062053006.72"
"""Euro, the sum of its column of contributions in exact decimals."""

COLUMNS = ["rcn", "role", "pic", "type", "contribution", "country", "start_date", "end_date", "max_contribution"]
LABELS = {"PRC": "Enterprise", "HES": "Institute", "REC": "Institute", "PUB": "Department", "OTH": "ServiceBody"}
BATCH = 5_000
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Run:
    """What one stage took."""

    name: str
    seconds: float
    megabytes: float
    said: str


def main() -> int:
    """Run the stages and print the table."""
    parser = argparse.ArgumentParser(description="Measures loading a large table.")
    parser.add_argument("--data", type=Path, help="a folder with h2020.csv.gz; else a synthetic table")
    parser.add_argument("--neo4j", action="store_true", help="measure Neo4j as well")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the workspaces, and say where it is")
    parser.add_argument("--stage", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stage:
        return STAGES[given.stage[0]](Path(given.stage[1]))
    folder = Path(tempfile.mkdtemp(prefix="innograph-benchmark-"))
    try:
        _measure(folder, given.data, with_neo4j=given.neo4j)
    finally:
        if given.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _measure(folder: Path, data: Path | None, *, with_neo4j: bool) -> None:
    file = data / "h2020.csv.gz" if data else folder / "synthetic.csv.gz"
    if data is None:
        write_synthetic(file)
    own = [sys.executable, str(Path(__file__).resolve()), "--stage"]
    plain = run("pandas + NetworkX", [*own, "networkx", str(file)])
    if data is not None:
        _hold(plain, PROJECTS, ORGANISATIONS, COUNTRIES)
    runs = [plain, *_loads("innograph load", folder / "embedded", file, [])]
    if data is not None:
        _hold(
            run("counts", [*own, "counts", str(folder / "embedded")]), PROJECTS, ORGANISATIONS, COUNTRIES, CONTRIBUTION
        )
    table(runs, {"innograph load": "pandas + NetworkX", "innograph load, again": "innograph load"})
    if not with_neo4j:
        return
    with neo4j_server(folder) as server:
        if server is None:
            return
        os.environ.update(server)
        by_hand = [run("UNWIND by hand", [*own, "unwind", str(file)]) for _ in range(2)][-1]
        loads = _loads("innograph load, Neo4j", folder / "server", file, ["--store", server["NEO4J_URI"]])
        ratios = {"innograph load, Neo4j": "UNWIND by hand", "innograph load, Neo4j, again": "innograph load, Neo4j"}
        if data is not None:
            os.environ["INNOGRAPH_BENCHMARK_STORE"] = server["NEO4J_URI"]
            _hold(
                run("counts", [*own, "counts", str(folder / "server")]),
                PROJECTS,
                ORGANISATIONS,
                COUNTRIES,
                CONTRIBUTION,
            )
        table([by_hand, *loads], ratios)


def _loads(name: str, workspace: Path, file: Path, options: Sequence[str]) -> list[Run]:
    """Load ``file`` in a fresh workspace twice, as a user does."""
    command = [sys.executable, "-m", "innograph"]
    run("init", [*command, "init", str(workspace)])
    load = [*command, "-w", str(workspace), *options, "load", str(file), "--map", "horizon"]
    return [run(name, load), run(f"{name}, again", load)]


def run(name: str, command: Sequence[str]) -> Run:
    """Run a command to its end and return the time it took and the most memory it had."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, cwd=ROOT.parent)  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if process.returncode != 0:
        raise SystemExit(f"{name} failed ({process.returncode}):\n{text}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, Linux kilobytes
    return Run(name, seconds, usage.ru_maxrss / unit, text)


def _hold(counted: Run, *expected: object) -> None:
    found = counted.said.split()[: len(expected)]
    if found != list(map(str, expected)):
        raise SystemExit(f"{counted.name}: projects, organisations, countries should be {expected}, and are {found}")


def table(runs: Sequence[Run], ratios: Mapping[str, str]) -> None:
    """Print the runs, each with its ratio to the one it is measured by."""
    by_name = {one.name: one for one in runs}
    print(f"{'':32}{'seconds':>10}{'MB':>8}  times")
    for one in runs:
        other = by_name.get(ratios.get(one.name, ""))
        times = f"  {one.seconds / other.seconds:.2f} × {other.name}" if other else ""
        print(f"{one.name:32}{one.seconds:10.1f}{one.megabytes:8.0f}{times}")


def write_synthetic(file: Path) -> None:
    """Write a table of the shape of h2020.csv.gz: same columns, about as many rows, things and participations."""
    draw = random.Random(2020)  # noqa: S311
    codes = [a + b for a in "ABDEFGHIJKLMNOPRSTU" for b in "ABDEFGHIJKLMNOPRSTU"][:40]
    organisations = [(900_000_000 + i, draw.choice(list(LABELS)), draw.choice(codes)) for i in range(ORGANISATIONS)]
    with gzip.open(file, "wt", encoding="utf-8", newline="", compresslevel=1) as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        for i in range(ROWS):
            # Every organisation and every project once, then some of each more often than others, as it is.
            pic, kind, country = organisations[i if i < ORGANISATIONS else int(ORGANISATIONS * draw.random() ** 3)]
            project = i if i < PROJECTS else draw.randrange(PROJECTS)
            start = dt.date(2014, 1, 1) + dt.timedelta(days=project % 2_000)
            end = start + dt.timedelta(days=1_095)
            role = "coordinator" if i < PROJECTS else "participant"
            cells = (200_000 + project, role, pic, kind, draw.randrange(10_000, 900_000), country, start, end)
            rows.writerow([*cells, 1_000_000 + project])


# The stages that are no innograph


def _read(file: Path) -> Any:
    import pandas as pd

    return pd.read_csv(file, dtype={"rcn": str, "pic": str}, keep_default_na=False, na_values={"contribution": [""]})


def networkx_stage(file: Path) -> int:
    """Build the graph that anybody would, and print its counts."""
    import networkx as nx

    rows = _read(file)
    graph: Any = nx.MultiDiGraph()
    for row in rows.drop_duplicates("rcn").itertuples():
        graph.add_node(f"P{row.rcn}", kind="Project", number=row.rcn, start=row.start_date, end=row.end_date)
    for row in rows.drop_duplicates("pic").itertuples():
        graph.add_node(f"O{row.pic}", kind=LABELS[row.type], pic=row.pic)
    for country in rows.country.unique():
        graph.add_node(f"R{country}", kind="Region", name=country)
    for row in rows.drop_duplicates(["pic", "country"]).itertuples():
        graph.add_edge(f"O{row.pic}", f"R{row.country}", key="LOCATED_IN")
    for row in rows.drop_duplicates(["pic", "rcn", "role"]).itertuples():
        graph.add_edge(f"O{row.pic}", f"P{row.rcn}", key=row.role, amount=row.contribution, start=row.start_date)
    kinds = [kind for _, kind in graph.nodes(data="kind")]
    projects, countries = kinds.count("Project"), kinds.count("Region")
    print(projects, len(kinds) - projects - countries, countries, graph.number_of_edges())
    return 0


def unwind_stage(file: Path) -> int:
    """Write the same nodes and edges to Neo4j, each with the row it stands in, in batches."""
    import neo4j

    rows = _read(file)
    rows["place"] = [f"第{number}行" for number in range(2, len(rows) + 2)]
    rows["quote"] = rows[COLUMNS].astype(str).agg(" | ".join, axis=1)
    login = (os.environ.get("NEO4J_USER", "neo4j"), os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(os.environ["NEO4J_URI"], auth=login) as driver:
        with driver.session() as session:  # what an earlier run wrote
            session.run("MATCH (n:ByHand) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        write = driver.execute_query
        write("CREATE CONSTRAINT by_hand IF NOT EXISTS FOR (n:ByHand) REQUIRE n.id IS UNIQUE")
        for labels, things in _things(rows):
            for start in range(0, len(things), BATCH):
                merge = f"UNWIND $rows AS r MERGE (n:ByHand {{id: r.id}}) SET n += r, n:{labels}"
                write(neo4j.Query(merge), rows=things[start : start + BATCH])  # type: ignore[arg-type]
        ends = "UNWIND $rows AS r MATCH (a:ByHand {id: r.a}) MATCH (b:ByHand {id: r.b})"
        for edge_type, links in _links(rows):
            for start in range(0, len(links), BATCH):
                create = f"{ends} CREATE (a)-[e:{edge_type}]->(b) SET e = r.p"
                write(neo4j.Query(create), rows=links[start : start + BATCH])  # type: ignore[arg-type]
    return 0


def _things(rows: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    proof = ["quote", "place"]
    projects = rows.drop_duplicates("rcn").assign(id="P" + rows.rcn)
    yield "Project", projects[["id", "rcn", "start_date", "end_date", "max_contribution", *proof]].to_dict("records")
    for kind, group in rows.drop_duplicates("pic").assign(id="O" + rows.pic).groupby("type"):
        yield f"Organisation:{LABELS[str(kind)]}", group[["id", "pic", "type", *proof]].to_dict("records")
    countries = rows.drop_duplicates("country").assign(id="R" + rows.country)
    yield "Region", countries[["id", "country", *proof]].to_dict("records")


def _links(rows: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    own = ["role", "contribution", "start_date", "end_date", "quote", "place"]
    parts = rows.drop_duplicates(["pic", "rcn", "role"])
    values = parts[own].to_dict("records")
    yield (
        "BY_HAND_PARTICIPATES_IN",
        [
            {"a": f"O{a}", "b": f"P{b}", "p": {"id": f"{a}-{b}-{p['role']}", **p}}
            for a, b, p in zip(parts.pic, parts.rcn, values, strict=True)
        ],
    )
    seats = rows.drop_duplicates(["pic", "country"])
    values = seats[["quote", "place"]].to_dict("records")
    yield (
        "BY_HAND_LOCATED_IN",
        [
            {"a": f"O{a}", "b": f"R{b}", "p": {"id": f"{a}-{b}", **p}}
            for a, b, p in zip(seats.pic, seats.country, values, strict=True)
        ],
    )


def counts_stage(workspace: Path) -> int:
    """Print what the engine of a workspace holds: projects, organisations, countries, and the sum of contributions."""
    from innograph import Workspace

    def one(cypher: str) -> Any:
        return store.query(cypher).rows[0][0]

    with Workspace(workspace, os.environ.get("INNOGRAPH_BENCHMARK_STORE")) as opened:
        store = opened.store()
        counted = [one(f"MATCH (n:{label}) RETURN count(n) AS n") for label in ("Project", "Organisation", "Region")]
        # Each amount is right to the cent; an engine's own sum of 131,000 floats is not.
        amounts = store.query("MATCH (:Organisation)-[r:PARTICIPATES_IN]->(:Project) RETURN r.amount AS amount").rows
    print(*counted, f"{math.fsum(amount for (amount,) in amounts if amount is not None):.2f}")
    return 0


STAGES = {"networkx": networkx_stage, "unwind": unwind_stage, "counts": counts_stage}


# Neo4j


@contextmanager
def neo4j_server(folder: Path) -> Iterator[dict[str, str] | None]:
    """Give the environment that names a server; ``None`` if there is none, having said what would make one."""
    if "NEO4J_URI" in os.environ:
        yield {name: os.environ[name] for name in ("NEO4J_URI", "NEO4J_PASSWORD")}
        return
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    import neo4j_server as support

    # The tests' server saves the second compiler, which a server that works for minutes has.
    os.environ["_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=4"
    try:
        jdk = support.choose_jdk(support.LTS)
        if jdk is None or shutil.which("mvn") is None:
            raise support.Neo4jError(f"a JDK >= {support.MIN_JAVA[support.LTS]} and Maven are needed")
        cache = ROOT / ".pytest_cache" / "d" / "neo4j-jars"
        cache.mkdir(parents=True, exist_ok=True)
        server = support.start(folder / "neo4j", support.free_port(), support.fetch_jars(support.LTS, cache), jdk.java)
    except support.Neo4jError as why:
        print(f"without Neo4j: {why}; or set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD")
        yield None
        return
    try:
        yield {"NEO4J_URI": server.uri, "NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
