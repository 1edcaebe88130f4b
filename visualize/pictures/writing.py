"""Writes a picture to a file: text as all our text files are, pixels whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.disk import DISK_FULL
from innograph.graph.errors import NoPermission, NoSpace

from ..files import write_file

if TYPE_CHECKING:
    from pathlib import Path


def write_picture(path: Path, content: str | bytes) -> None:
    """Write a picture, making the folder if need be.

    Args:
        path: of the file.
        content: HTML or SVG as text, PNG as bytes.

    Raises:
        NoPermission: the file may not be written.
        NoSpace: the disk is full.
    """
    if isinstance(content, str):
        write_file(path, content)
        return
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise (NoSpace if error.errno in DISK_FULL else NoPermission)(path=path) from None
    finally:
        part.unlink(missing_ok=True)
