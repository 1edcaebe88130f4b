"""Fixtures that give a test a real Neo4j. A pytest plugin: `pytest_plugins = ["neo4j_fixtures"]`.

The user's own server if NEO4J_URI is set, else one made from Maven's jars, else a skip (in CI, a failure).
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pytest
from needs import missing
from neo4j_server import (
    CURRENT,
    LTS,
    MIN_JAVA,
    USER,
    Neo4jError,
    Server,
    choose_jdk,
    fetch_jars,
    free_port,
    start,
)
from store_helpers import drop_constraints

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Neo4j:
    """Where a test's Neo4j is and how to log in; `server` is None where the user runs it."""

    uri: str
    user: str
    password: str
    server: Server | None = None
    spare: list[str] = field(default_factory=list, compare=False)
    """Workspaces that tests gave back empty: the server still knows the plans of their queries."""


class OwnNeo4j(Protocol):
    """Starts one more server, of this release, for a test that ends it."""

    def __call__(self, version: str = LTS) -> Server: ...


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """The session's Neo4j, the LTS: all tests share it, so each removes what it wrote and none ends it."""
    if uri := os.environ.get("NEO4J_URI"):
        if (password := os.environ.get("NEO4J_PASSWORD")) is None:
            pytest.fail("NEO4J_URI is set but NEO4J_PASSWORD is not", pytrace=False)
        server = Neo4j(uri, os.environ.get("NEO4J_USER", USER), password)
        yield server
        drop_constraints(server)
        return
    try:
        jars, java = _prepare(LTS, request.config)
    except Neo4jError as why:
        missing(f"{why}; or run `docker compose up -d` and set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD")
    yield from _run(tmp_path_factory.mktemp("neo4j"), jars, java)


@pytest.fixture(scope="session")
def neo4j_current(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """The same on the current release; a skip even in CI where no JDK is new enough for it."""
    try:
        jars, java = _prepare(CURRENT, request.config)
    except Neo4jError as why:
        pytest.skip(str(why))
    yield from _run(tmp_path_factory.mktemp("neo4j-current"), jars, java)


@pytest.fixture
def own_neo4j(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    """Starts servers for a test that kills them: never the user's or the session's; all end with the test."""
    servers: list[Server] = []

    def start_one(version: str = LTS) -> Server:
        try:
            jars, java = _prepare(version, request.config)
        except Neo4jError as why:
            missing(str(why))
        home = tmp_path_factory.mktemp("own-neo4j")
        server = start(home, free_port(), jars, java)
        servers.append(server)
        return server

    yield start_one
    for server in servers:
        server.kill()  # its home is thrown away: no need for a slow, clean end


def _run(home: Path, jars: Path, java: Path) -> Iterator[Neo4j]:
    server = start(home, free_port(), jars, java)
    try:
        yield Neo4j(server.uri, server.user, server.password, server)
    finally:
        server.stop()


def _prepare(version: str, config: pytest.Config) -> tuple[Path, Path]:
    """The release's jars and a java that runs them; or Neo4jError, with a line for someone who lacks them."""
    jdk = choose_jdk(version)
    if jdk is None or shutil.which("mvn") is None:
        raise Neo4jError(f"Neo4j {version} needs a JDK >= {MIN_JAVA[version]} and Maven: install both")
    if config.cache is None:
        raise Neo4jError("Neo4j's jars are kept in pytest's cache: run without `-p no:cacheprovider`")
    return fetch_jars(version, config.cache.mkdir("neo4j-jars")), jdk.java
