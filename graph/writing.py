"""Writes a file whole or not at all: a reader sees what was there before or what is there now, never half of it."""

from __future__ import annotations

import contextlib
import glob
import secrets
import time
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_STALE_SECONDS = 600.0


@contextlib.contextmanager
def whole_file(path: Path) -> Generator[IO[bytes]]:
    """Let a file be written beside ``path``, and put it in its place when all of it is there.

    Each writer has a file of its own, so that two processes that write the same do not mix; the last one stands.

    Args:
        path: in a folder that is there.

    Raises:
        OSError: it cannot be written; what was there before is untouched.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> file = Path(tempfile.mkdtemp()) / "a.txt"
        >>> with whole_file(file) as out:
        ...     _ = out.write(b"1")
        ...     file.exists()
        False
        >>> file.read_text(), [one.name for one in file.parent.iterdir()]
        ('1', ['a.txt'])
    """
    _remove_leftovers(path)
    part = path.with_name(f"{_prefix(path)}{secrets.token_hex(4)}")
    try:
        with part.open("xb") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    return f".{path.name}.part-"


def _remove_leftovers(path: Path) -> None:
    """Remove what a killed process left; what is young may be another one's at work."""
    with contextlib.suppress(OSError):
        for part in path.parent.glob(f"{glob.escape(_prefix(path))}*"):
            if time.time() - part.stat().st_mtime > _STALE_SECONDS:
                part.unlink()
