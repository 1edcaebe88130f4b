"""Writes results to files: whole or not at all, with an error a person can act on where that fails."""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING

from innograph.graph import writing
from innograph.graph.disk import DISK_FULL
from innograph.graph.errors import NoPermission, NoSpace

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


def write_file(path: Path, content: str | bytes) -> None:
    """Write a text in UTF-8, or bytes as they are, making the folder if need be.

    Raises:
        NoPermission: the file may not be written.
        NoSpace: the disk is full.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> file = Path(tempfile.mkdtemp()) / "new" / "a.txt"
        >>> write_file(file, "甲")
        >>> file.read_text(encoding="utf-8"), [one.name for one in file.parent.iterdir()]
        ('甲', ['a.txt'])
    """
    with whole_file(path) as out:
        out.write(content.encode() if isinstance(content, str) else content)


@contextlib.contextmanager
def whole_file(path: Path) -> Generator[IO[bytes]]:
    """Let a file be written as :func:`innograph.graph.writing.whole_file` does, making the folder if need be.

    Raises:
        NoPermission: the file may not be written.
        NoSpace: the disk is full.
    """
    with explained_writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with writing.whole_file(path) as out:
            yield out


@contextlib.contextmanager
def explained_writing(path: Path) -> Generator[None]:
    """Say in words what is the matter with writing ``path``.

    Raises:
        NoPermission: it may not be written.
        NoSpace: the disk is full.
    """
    try:
        yield
    except OSError as error:
        raise (NoSpace if error.errno in DISK_FULL else NoPermission)(path=path) from None
