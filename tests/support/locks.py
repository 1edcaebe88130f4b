"""A lock between processes: what is fetched and installed once for all of the tests' workers is fetched by one."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAIT_SECONDS = 900.0


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process is in `folder`, and keep others out; the lock ends with its process, however."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(folder / "lock.sqlite", timeout=_WAIT_SECONDS, isolation_level=None)
    with closing(lock):
        lock.execute("BEGIN EXCLUSIVE")
        yield
