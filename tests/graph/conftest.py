"""A new ledger, in a file whose name has signs that mean something in an address of SQLite; a watch on the Neo4j driver."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from innograph.graph.ledger import Ledger


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ("台账 #1%41?.sqlite" if os.name == "posix" else "台账 #1%41.sqlite")


@pytest.fixture
def ledger(file: Path) -> Generator[Ledger]:
    with Ledger.open(file, create=True) as opened:
        yield opened


@pytest.fixture
def nothing_deprecated(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The driver logs the server's notes on each query; a deprecated construct would one day be an error."""
    caplog.set_level(logging.INFO, logger="neo4j.notifications")
    yield
    notes = [r.getMessage() for when in ("setup", "call") for r in caplog.get_records(when)]
    assert not [note for note in notes if "deprecat" in note.lower()]
