"""Layouts kept in a file of the workspace, so that a picture drawn again need not be laid out again.

The file holds places and nothing else: no name and no id, so that nothing of a source that is taken back stays in it. A
layout is known by the digest of all that it was worked out from, so that one of another graph is never taken for it.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

from innograph.graph.kept import keep, kept

from .layout import LAYOUT_VERSION, places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .layout import Box

    Places = list[tuple[float, float]]

FILE_NAME = "graph.layouts"
_MOST_KEPT = 40
_KIND = "layouts"


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
    key = blake2b(orjson.dumps(asked, default=list), digest_size=32).hexdigest()
    file = folder / FILE_NAME
    content = kept(file, _KIND)
    layouts: dict[str, Any] = {} if content is None else orjson.loads(content)
    known = layouts.get(key)
    if known is not None and len(known) == len(boxes):
        return [(float(x), float(y)) for x, y in known]
    found = places(boxes, ends, centre, home)
    layouts[key] = found
    keep(file, _KIND, orjson.dumps(dict(list(layouts.items())[-_MOST_KEPT:])))
    return found
