"""Says what went wrong with a file of the workspace: errors of SQLite and of the system become innograph's own."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..disk import DISK_FULL, NOT_ALLOWED
from ..errors import InnographError, LedgerDamaged, LedgerLocked, NoPermission, NoSpace, WorkspaceError
from ..text import Text

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_SQLITE_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_SQLITE_FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
_SQLITE_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_SQLITE_UNCLEAR = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})


@contextmanager
def explained(path: Path) -> Generator[None]:
    """Raise what goes wrong in the ``with`` block as innograph's own error where it has one.

    Args:
        path: the file that is worked on; an error of the system that names another file is about that one.

    Raises:
        LedgerLocked: another process is writing.
        LedgerDamaged: the file is no ledger.
        NoSpace: the disk is full, or a quota or a limit on the size of a file is reached.
        NoPermission: the file or its folder may not be read or written.
        WorkspaceError: SQLite cannot reach the file, for another reason.

    Examples:
        >>> import errno
        >>> from pathlib import Path
        >>> try:
        ...     with explained(Path("copy.txt")):
        ...         raise OSError(errno.ENOSPC, "No space left on device")
        ... except NoSpace as error:
        ...     print(error.values["path"])
        copy.txt
    """
    try:
        yield
    except sqlite3.Error as error:
        meaning = _of_sqlite(path, error)
        if meaning is None:
            raise
        raise meaning from error
    except OSError as error:
        meaning = _of_system(path, error)
        if meaning is None:
            raise
        raise meaning from error


def _of_system(path: Path, error: OSError) -> InnographError | None:
    named = error.filename if isinstance(error.filename, str) else path
    if error.errno in DISK_FULL:
        return NoSpace(path=named)
    if error.errno in NOT_ALLOWED:
        return NoPermission(path=named)
    return None


def _of_sqlite(path: Path, error: sqlite3.Error) -> InnographError | None:
    extended: int | None = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        # Raised by Python, not by SQLite: text that is no UTF-8, or a cell that is no JSON. The other classes
        # (ProgrammingError …) are mistakes in this program.
        unreadable = type(error) in (sqlite3.DatabaseError, sqlite3.OperationalError)
        return _damaged(path, error) if unreadable else None
    code = extended & 0xFF
    if code in _SQLITE_LOCKED:
        return LedgerLocked(file=path)
    if code == sqlite3.SQLITE_FULL:
        return NoSpace(path=path)
    if code in _SQLITE_FORBIDDEN:
        return NoPermission(path=path)
    if code in _SQLITE_DAMAGED or (code == sqlite3.SQLITE_ERROR and "no such" in str(error)):
        return _damaged(path, error)
    if code in _SQLITE_UNCLEAR:
        return _probe(path) or WorkspaceError(message=f"{path}: {error}")
    return None


def _damaged(path: Path, error: sqlite3.Error) -> LedgerDamaged:
    return LedgerDamaged(file=path, problem=Text(f"SQLite 报告：{error}", f"SQLite says: {error}"))


def _probe(path: Path) -> InnographError | None:
    """Try what SQLite could not do and take the system's word for why.

    SQLite says "disk I/O error" or "unable to open" for a reached quota, a limit on the size of files and a
    forbidden folder alike. So grow a file beside the ledger to where the ledger's own files end, and a little more.
    """
    try:
        if path.exists():
            path.open("rb").close()
        ends = [file.stat().st_size for file in (path, path.with_name(path.name + "-wal")) if file.exists()]
        with tempfile.TemporaryFile(dir=path.parent) as probe:
            probe.seek(max(ends, default=0))
            probe.write(bytes(1 << 20))
    except OSError as error:
        return _of_system(path, error)
    return None
