"""The command line on a real Neo4j server: the same answers, clear lines where it fails, nothing twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import neo4j
import pytest
from cli_process import call

import innograph

if TYPE_CHECKING:
    from neo4j_fixtures import Neo4j, OwnNeo4j

PLAN = innograph.sample("changji") / "plan.txt"
# A port of this machine on which nothing listens.
NOWHERE = "bolt://127.0.0.1:9"


@pytest.fixture
def ws(tmp_path: Path) -> Path:
    with innograph.Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(PLAN)
    return tmp_path / "ws"


def test_every_command_gives_the_same_on_both_engines(ws: Path, neo4j_server: Neo4j) -> None:
    on = ["--store", neo4j_server.uri, "-w", str(ws)]
    built = call(*on, "build", cwd=ws, NEO4J_PASSWORD=neo4j_server.password, NEO4J_USER=neo4j_server.user)
    assert built.returncode == 0, built.stderr
    assert "neo4j:" in built.stderr
    for words in (
        ["ask", "matrix", "--format", "json"],
        ["ask", "find", "--name", "kejiju", "--format", "json"],
        ["findings", "--format", "json"],
    ):
        there = call(*on, *words, cwd=ws, NEO4J_PASSWORD=neo4j_server.password, NEO4J_USER=neo4j_server.user)
        here = call("-w", ws, *words, cwd=ws, NEO4J_PASSWORD="")
        assert json.loads(there.stdout) == json.loads(here.stdout)


def test_the_setting_works_like_the_option(ws: Path, neo4j_server: Neo4j) -> None:
    settings = ws / "innograph.toml"
    text = settings.read_text(encoding="utf-8").replace('store = "kglite"', f'store = "{neo4j_server.uri}"')
    settings.write_text(text, encoding="utf-8")
    done = call("-w", ws, "build", cwd=ws, NEO4J_PASSWORD=neo4j_server.password, NEO4J_USER=neo4j_server.user)
    assert (done.returncode, "neo4j:" in done.stderr) == (0, True), done.stderr


def test_wrong_address(ws: Path) -> None:
    start = time.monotonic()
    done = call("--store", NOWHERE, "-w", ws, "build", cwd=ws, NEO4J_PASSWORD="whatever")
    assert (done.returncode, "Cannot reach Neo4j" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert time.monotonic() - start < 30


def test_wrong_password_and_none(ws: Path, neo4j_server: Neo4j) -> None:
    wrong = call("--store", neo4j_server.uri, "-w", ws, "build", cwd=ws, NEO4J_PASSWORD="not-this-one")
    assert (wrong.returncode, "refused the login" in wrong.stderr) == (1, True), wrong.stderr
    none = call("--store", neo4j_server.uri, "-w", ws, "build", cwd=ws, NEO4J_PASSWORD="")
    assert (none.returncode != 0, "NEO4J_PASSWORD" in none.stderr) == (True, True), none.stderr


def test_a_password_in_the_address_is_refused_and_not_repeated(ws: Path) -> None:
    done = call("--store", "bolt://neo4j:sesame@127.0.0.1:7687", "-w", ws, "build", cwd=ws, NEO4J_PASSWORD="")
    assert done.returncode != 0
    assert "sesame" not in done.stderr + done.stdout
    assert "NEO4J_PASSWORD" in done.stderr


def test_server_goes_away_in_the_middle(ws: Path, tmp_path: Path, own_neo4j: OwnNeo4j) -> None:
    """Killed while it writes: one line, exit code 1; the next build completes, and nothing is there twice."""
    server = own_neo4j()
    many = 1_000
    body = PLAN.read_text(encoding="utf-8")
    head, tail = body[: body.index("（一）完善")], body[body.index("三、保障措施") :]
    tasks = "".join(
        f"（一）任务{n}。到2023年，试点{n}个以上。\n牵头单位：市科技局\n配合单位：市财政局\n" for n in range(many)
    )
    (tmp_path / "many.txt").write_text(head.replace("〔2022〕15号", "〔2022〕99号") + tasks + tail, encoding="utf-8")
    with innograph.Workspace(ws) as workspace:
        workspace.load(tmp_path / "many.txt")
        graph = workspace.graph()
    on = ["--store", server.uri, "-w", str(ws)]
    started = subprocess.Popen(
        [sys.executable, "-m", "innograph", *on, "build"],
        cwd=ws,
        env={**os.environ, "INNOGRAPH_LANG": "en", "NEO4J_PASSWORD": server.password, "NEO4J_USER": server.user},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        while started.poll() is None:
            if driver.execute_query("MATCH (n:Task) RETURN count(n) AS n").records[0]["n"] > 0:
                break
            time.sleep(0.02)
    assert started.poll() is None, "the build was over before the server could be killed"
    server.kill()
    _, said = started.communicate(timeout=120)
    assert started.returncode == 1, said
    assert "was lost before the work was done" in said
    assert "Traceback" not in said
    server.restart()
    again = call(*on, "build", cwd=ws, NEO4J_PASSWORD=server.password, NEO4J_USER=server.user)
    assert again.returncode == 0, again.stderr
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        nodes = driver.execute_query(
            "MATCH (n:Innograph) WHERE n.id IS NOT NULL AND NOT n:InnographWorkspace RETURN count(n) AS n, count(DISTINCT n.id) AS d"
        ).records[0]
        edges = driver.execute_query("MATCH ()-[r]->() RETURN count(r) AS n, count(DISTINCT r.id) AS d").records[0]
    assert (nodes["n"], nodes["d"]) == (len(graph.nodes), len(graph.nodes))
    assert (edges["n"], edges["d"]) == (len(graph.edges), len(graph.edges))
