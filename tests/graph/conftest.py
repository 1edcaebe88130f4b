"""A new ledger, in a file whose name has signs that mean something in an address of SQLite."""

from __future__ import annotations

import os
from collections.abc import Generator
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
