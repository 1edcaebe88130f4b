"""Opens the ledger's file and keeps what is done to it in transactions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..errors import LedgerDamaged
from ..text import Text
from .failures import explained
from .migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_PATIENCE = 2.0  # seconds to wait for another process that writes

_CACHE_KIB = 128 * 1024


def connect(file: Path, *, create: bool) -> sqlite3.Connection:
    """Open a ledger and bring it up to this program's version.

    Args:
        file: the ledger.
        create: make it if it does not exist.

    Returns:
        A connection in autocommit mode: every transaction is begun and ended by its user.

    Raises:
        LedgerDamaged: the file is missing, or no ledger, or damaged.
        LedgerTooNew: a later innograph wrote it.
        LedgerLocked: it is of an earlier version and another process is writing it.
        NoPermission: it may not be read, or is of an earlier version and may not be written.
        NoSpace: the disk is full.
    """
    with explained(file):
        if not create and not file.exists():
            raise LedgerDamaged(file=file, problem=Text("文件不存在", "the file is missing"))
        connection = _readable(file, "mode=rwc" if create else "mode=rw")
        try:
            migrate(connection, file, create=create)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Generator[None]:
    """Keep all of what the ``with`` block does, or after an error nothing.

    Inside another transaction it is a part of it that can fail alone.

    Args:
        connection: as :func:`connect` returns it.
        begin: ``BEGIN IMMEDIATE`` to write, ``BEGIN`` to read one state.
    """
    nested = connection.in_transaction
    connection.execute("SAVEPOINT part" if nested else begin)
    try:
        yield
        connection.execute("RELEASE part" if nested else "COMMIT")
    except BaseException:
        # On some errors, such as a full disk, SQLite has ended the transaction by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK TO part" if nested else "ROLLBACK")
        if connection.in_transaction:
            connection.execute("RELEASE part")
        raise


def _readable(file: Path, mode: str) -> sqlite3.Connection:
    try:
        return _open(file, mode)
    except sqlite3.OperationalError:
        if not _for_reading_only(file):
            raise
        # Reading in WAL mode needs two files beside the ledger, which cannot be made here. Nobody has it open for
        # writing either (the files would exist), so it can be read as a file that does not change.
        return _open(file, "mode=ro&immutable=1")


def _open(file: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(_uri(file, mode), uri=True, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        # Subjects are written and read in random order; with SQLite's own 2 MB each of them is a page from the disk.
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _for_reading_only(file: Path) -> bool:
    log = file.with_name(file.name + "-wal")
    return os.access(file, os.R_OK) and not os.access(file.parent, os.W_OK) and not log.exists()


def _uri(file: Path, mode: str) -> str:
    """Return the file's address for SQLite; its parts may hold any character, and start with a drive or a server."""
    path = quote(os.fsencode(file.absolute().as_posix()), safe="/:")
    return f"file://{'' if path.startswith('/') else '/'}{path}?{mode}"
