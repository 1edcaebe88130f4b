"""Neo4j: how one gets in, and what is said where one does not."""

from __future__ import annotations

import time

import pytest
from neo4j_fixtures import Neo4j
from neo4j_server import free_port
from store_helpers import UNUSED, connect

from innograph.graph.errors import BadStore, CannotConnect, LoginRefused, NoPassword, SecretInAddress
from innograph.graph.stores import open_store

pytestmark = pytest.mark.usefixtures("nothing_deprecated")


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "no-such-host.invalid", "192.0.2.1:7687"])
def test_no_server_is_said_soon(scheme: str, host: str) -> None:
    address = f"{scheme}://{host.format(port=free_port())}"
    start = time.monotonic()
    with pytest.raises(CannotConnect, match=address.replace(".", r"\.")):
        open_store(address, file=UNUSED, workspace="0" * 12, user="neo4j", password="x")
    assert time.monotonic() - start < 12


@pytest.mark.parametrize(
    "address", ["", "sqlite", "kglite://x", "http://localhost:7474", "neo4j://", "neo4j://host:notaport", "bolt://[::1"]
)
def test_an_address_that_cannot_be_one(address: str) -> None:
    with pytest.raises(BadStore) as caught:
        open_store(address, file=UNUSED, workspace="0" * 12, user="neo4j", password="x")
    assert caught.type is BadStore
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("address", ["neo4j://neo4j:hunter2@host:7687", "bolt://neo4j:hunter2@host:x", "x://hunter2@h"])
def test_a_password_in_the_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(SecretInAddress) as caught:
        open_store(address, file=UNUSED, workspace="0" * 12)
    assert "NEO4J_PASSWORD" in str(caught.value)
    assert "hunter2" not in f"{caught.value} {caught.value!r}"


def test_no_password(neo4j_server: Neo4j, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    with pytest.raises(NoPassword, match="NEO4J_PASSWORD") as caught:
        open_store(neo4j_server.uri, file=UNUSED, workspace="0" * 12)
    assert caught.value.exit_code == 2


def test_user_and_password_from_the_environment(neo4j_server: Neo4j, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    with open_store(neo4j_server.uri, file=UNUSED, workspace="0" * 12) as store:
        assert store.query("RETURN 1 AS one").rows == [(1,)]


def test_a_wrong_password(neo4j_server: Neo4j) -> None:
    with pytest.raises(LoginRefused, match=neo4j_server.user) as caught:
        connect(neo4j_server, "0" * 12, password="hunter2")
    assert "hunter2" not in f"{caught.value} {caught.value!r}"
