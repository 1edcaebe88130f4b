"""Layouts kept in a file of the workspace, so that a picture drawn again need not be laid out again.

The file holds places and nothing else: no name and no id, so that nothing of a source that is taken back stays in it. A
layout is known by the digest of all that it was worked out from, so that one of another graph is never taken for it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from .layout import LAYOUT_VERSION, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .layout import Box

    Places = list[tuple[float, float]]

FILE_NAME = "graph.layouts"
_MOST_KEPT = 40
_MAGIC = b"innograph layouts\n"
_DIGEST = 32


def kept_places(
    folder: Path | None,
    stamp: str,
    boxes: Sequence[Box],
    ends: Sequence[tuple[int, int, float]],
    centre: int | None,
    home: frozenset[int],
) -> Places:
    """Return where things stand, from the file if it has this layout, else worked out and kept.

    Args:
        folder: of the workspace; ``None`` keeps nothing.
        stamp: of the graph and what is drawn of it.
        boxes: what each node takes up.
        ends: the ties.
        centre: the node in the middle.
        home: nodes that are drawn to the middle.
    """
    if folder is None:
        return places(boxes, ends, centre, home)
    asked = [LAYOUT_VERSION, stamp, boxes, ends, centre, sorted(home)]
    key = blake2b(orjson.dumps(asked, default=list), digest_size=_DIGEST).hexdigest()
    file = folder / FILE_NAME
    kept = _read(file)
    known = kept.get(key)
    if known is not None and len(known) == len(boxes):
        return [(float(x), float(y)) for x, y in known]
    found = places(boxes, ends, centre, home)
    kept[key] = found
    _write(file, dict(list(kept.items())[-_MOST_KEPT:]))
    return found


def _read(file: Path) -> dict[str, Any]:
    """Return the layouts in the file; none if it is missing, damaged or of another kind."""
    try:
        content = file.read_bytes()
    except OSError:
        return {}
    start = len(_MAGIC) + _DIGEST
    if content[: len(_MAGIC)] != _MAGIC or content[len(_MAGIC) : start] != _digest(content[start:]):
        return {}
    kept: dict[str, Any] = orjson.loads(content[start:])
    return kept


def _write(file: Path, kept: dict[str, Any]) -> None:
    """Replace the file; where it cannot be written nothing is kept: it is only a copy."""
    content = orjson.dumps(kept)
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.part-", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.writelines((_MAGIC, _digest(content), content))
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()
