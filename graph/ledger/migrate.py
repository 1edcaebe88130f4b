"""Brings a ledger to the version this program works with, one numbered SQL file after the other."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import LedgerDamaged, LedgerTooNew
from ..text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MIGRATIONS = sorted((Path(__file__).parent / "migrations").glob("*.sql"))
VERSION = len(MIGRATIONS)
APPLICATION_ID = int.from_bytes(b"inno")


def migrate(connection: sqlite3.Connection, file: Path, *, create: bool) -> None:
    """Apply the migrations that the ledger lacks, each in one transaction.

    Args:
        connection: open on the ledger, in autocommit mode.
        file: the ledger, for messages.
        create: whether an empty file may become a ledger.

    Raises:
        LedgerTooNew: a later innograph wrote it.
        LedgerDamaged: the file is empty, or a database of another program.
        sqlite3.Error: as SQLite gives it.
    """
    version = _version(connection)
    _check(connection, file, version, create=create)
    if version == 0:
        connection.execute("PRAGMA journal_mode = WAL")
    for number, migration in enumerate(MIGRATIONS, start=1):
        if number > version:
            _apply(connection, number, migration.read_text(encoding="utf-8"))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check(connection: sqlite3.Connection, file: Path, version: int, *, create: bool) -> None:
    empty = connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0] == 0
    if empty and not create:
        raise LedgerDamaged(file=file, problem=Text("文件是空的", "the file is empty"))
    if not empty and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        problem = Text("是其他程序的数据库", "it is a database of another program")
        raise LedgerDamaged(file=file, problem=problem)
    if version > VERSION:
        raise LedgerTooNew(file=file, found=version, known=VERSION)


def _apply(connection: sqlite3.Connection, number: int, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it between our look at the version and our turn to write.
        if _version(connection) < number:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """Yield the script's statements; ``executescript`` would commit the transaction we are in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
