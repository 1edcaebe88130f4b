"""Keeps which ids of the sources became one thing, so that a thing's proof is found without assembling the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from .kept import keep, kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Origins = dict[str, tuple[str, ...]]

_KIND = "joined"


def read_joined(file: Path, stamp: str) -> Origins | None:
    """Return the ids behind each thing that was joined of several.

    Args:
        file: as :func:`write_joined` wrote it.
        stamp: of the graph that is meant.

    Returns:
        By the thing's id; ``None`` where the file is missing, damaged, or of another graph.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> file = Path(tempfile.mkdtemp()) / "joined.json"
        >>> write_joined(file, "s1", {"a": ("a", "b")})
        >>> read_joined(file, "s1"), read_joined(file, "s2")
        ({'a': ('a', 'b')}, None)
    """
    content = kept(file, _KIND)
    if content is None:
        return None
    held: dict[str, Any] = orjson.loads(content)
    return {thing: tuple(ids) for thing, ids in held["joined"].items()} if held["stamp"] == stamp else None


def write_joined(file: Path, stamp: str, origins: Mapping[str, tuple[str, ...]]) -> None:
    """Write what :func:`read_joined` reads: all of it, or nothing where that is not allowed; it can be made again."""
    keep(file, _KIND, orjson.dumps({"stamp": stamp, "joined": dict(origins)}))
