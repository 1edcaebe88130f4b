"""Keeps which ids of the sources became one thing, so that a thing's proof is found without assembling the graph."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

Origins = dict[str, tuple[str, ...]]


def read_joined(file: Path, stamp: str) -> Origins | None:
    """Return the ids behind each thing that was joined of several.

    Args:
        file: as :func:`write_joined` wrote it.
        stamp: of the graph that is meant.

    Returns:
        By the thing's id; ``None`` where the file is missing, damaged, or of another graph.

    Examples:
        >>> file = Path(tempfile.mkdtemp()) / "joined.json"
        >>> write_joined(file, "s1", {"a": ("a", "b")})
        >>> read_joined(file, "s1"), read_joined(file, "s2")
        ({'a': ('a', 'b')}, None)
    """
    try:
        held: Any = orjson.loads(file.read_bytes())
        if held["stamp"] != stamp:
            return None
        joined = cast("dict[str, list[str]]", held["joined"])
        return {thing: tuple(map(str, ids)) for thing, ids in joined.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_joined(file: Path, stamp: str, origins: Mapping[str, tuple[str, ...]]) -> None:
    """Write what :func:`read_joined` reads: all of it, or nothing where that is not allowed; it can be made again."""
    written = orjson.dumps({"stamp": stamp, "joined": {thing: list(ids) for thing, ids in origins.items()}})
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(written)
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
