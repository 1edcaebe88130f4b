"""Writes results to files, with an error a person can act on where that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.disk import DISK_FULL
from innograph.graph.errors import NoPermission, NoSpace

if TYPE_CHECKING:
    from pathlib import Path


def write_file(path: Path, text: str) -> None:
    """Write ``text`` in UTF-8, making the folder if need be.

    Raises:
        NoPermission: the file may not be written.
        NoSpace: the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        if error.errno in DISK_FULL:
            path.unlink(missing_ok=True)
            raise NoSpace(path=path) from None
        raise NoPermission(path=path) from None
