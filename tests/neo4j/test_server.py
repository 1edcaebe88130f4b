"""The test server itself: a contract suite that passes on a server that checks no password proves little."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, ClientError
from neo4j_server import CURRENT, LTS, choose_jdk

if TYPE_CHECKING:
    from neo4j_fixtures import Neo4j, OwnNeo4j

FIXTURES = {"neo4j_server": LTS, "neo4j_current": CURRENT}


@pytest.fixture(params=FIXTURES)
def target(request: pytest.FixtureRequest) -> Neo4j:
    """Each release in turn."""
    found: Neo4j = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(("fixture", "version"), FIXTURES.items())
def test_starts_the_release_that_was_asked_for(request: pytest.FixtureRequest, fixture: str, version: str) -> None:
    target: Neo4j = request.getfixturevalue(fixture)
    if target.server is None:
        pytest.skip("the user's own server is of any release")
    assert target.server.running
    with GraphDatabase.driver(target.uri, auth=(target.user, target.password)) as driver:
        answer = driver.execute_query("CALL dbms.components() YIELD versions RETURN versions").records
    assert answer[0]["versions"] == [version]


def test_refuses_a_wrong_password(target: Neo4j) -> None:
    for auth in ((target.user, "neo4j"), (target.user, target.password + "x"), None):
        with GraphDatabase.driver(target.uri, auth=auth) as driver, pytest.raises(AuthError):
            driver.verify_connectivity()


def test_reads_no_file_of_this_machine(target: Neo4j) -> None:
    if target.server is None:
        pytest.skip("the user's own server may allow it")
    with GraphDatabase.driver(target.uri, auth=(target.user, target.password)) as driver:
        url = target.server.log.as_uri()
        with pytest.raises(ClientError, match="allow_csv_import_from_file_urls"):
            driver.execute_query("LOAD CSV FROM $url AS row RETURN row", {"url": url})


@pytest.mark.parametrize("version", [LTS, CURRENT])
def test_what_was_committed_survives_a_kill(own_neo4j: OwnNeo4j, version: str) -> None:
    if version == CURRENT and choose_jdk(version) is None:
        pytest.skip("the current release needs a JDK >= 21")
    server = own_neo4j(version)
    first_pid, first_password = server.pid, server.password
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query("UNWIND range(1, 1000) AS i CREATE (:Kept {i: i})")
    server.kill()
    assert not server.running
    with pytest.raises(ProcessLookupError):
        os.kill(first_pid, 0)

    server.restart()

    assert server.pid != first_pid
    assert server.password == first_password
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        assert driver.execute_query("MATCH (n:Kept) RETURN count(n) AS n").records[0]["n"] == 1000
