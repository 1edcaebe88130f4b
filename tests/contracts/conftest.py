"""The engines that the contract is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_helpers import borrow_workspace, new_workspace, remove_workspace

from innograph.graph.stores import Store, open_store

Open = Callable[[], Store]

_SERVERS = {"neo4j": "neo4j_server", "neo4j-current": "neo4j_current"}


@pytest.fixture(params=["kglite", "kglite-bulk", *_SERVERS])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each engine in turn; kglite once more as it takes large graphs, with lone records as it takes small ones."""
    if request.param == "kglite-bulk":
        monkeypatch.setattr("innograph.graph.stores.kglite.BULK_FROM", 2)
    return str(request.param)


@pytest.fixture
def open_again(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Open the test's own store, empty at first; every call opens the same one anew. All are closed at the end."""
    opened: list[Store] = []
    server = request.getfixturevalue(_SERVERS[engine]) if engine in _SERVERS else None
    workspace = new_workspace() if server is None else borrow_workspace(server)

    def open_one() -> Store:
        if server is None:
            opened.append(open_store("kglite", file=tmp_path / "graph.kgl", workspace=workspace))
        else:
            opened.append(
                open_store(
                    server.uri, file=tmp_path / "none", workspace=workspace, user=server.user, password=server.password
                )
            )
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()
    if server is not None:
        remove_workspace(server, workspace)


@pytest.fixture
def store(open_again: Open) -> Store:
    """The test's own store, empty at first."""
    return open_again()
