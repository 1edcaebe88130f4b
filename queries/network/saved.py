"""A network kept in a file, so that a process need not read it from an engine again: that takes seconds, this a moment.

The file is a projection of a projection: it carries the stamp of the graph that it was made of, and what is missing,
damaged, of another graph or another version of this module is made anew. Both engines give the same arrays, so that one
file serves both.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import time
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from .reading import Bodies, Cooperations, Fields, Money, Participations, Parts, Projects, ones
from .regions import Regions
from .things import Things

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_VERSION = 1
"""To be counted up whenever :mod:`.reading` reads anything else, or this module writes it in another way."""
_MAGIC = b"innograph network\n"
_THINGS = ("bodies", "projects", "regions", "industries")
_TEXTS, _DIGEST = "texts", 32
_STALE_SECONDS = 600.0


def save(file: Path, stamp: str, parts: Parts) -> None:
    """Keep what a network is made of, in the place of what the file had; where that cannot be written, nothing is kept.

    Args:
        file: where.
        stamp: of the graph.
        parts: read from it.
    """
    arrays, texts = _packed(parts)
    texts |= {"version": _VERSION, "stamp": stamp}
    buffer = io.BytesIO()
    arrays[_TEXTS] = np.frombuffer(orjson.dumps(texts), dtype=np.uint8)
    np.savez(buffer, **arrays)
    content = buffer.getvalue()
    with contextlib.suppress(OSError):  # a folder that may not be written, a full disk: it is only a copy
        _remove_leftovers(file)
        handle, name = tempfile.mkstemp(prefix=_leftover_prefix(file), dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.writelines((_MAGIC, _digest(content), content))
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)


def load(file: Path, stamp: str) -> Parts | None:
    """Return what a network is made of, or ``None`` where the file has not the whole of this graph's.

    Args:
        file: where it may be kept.
        stamp: of the graph.
    """
    try:
        content = file.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + _DIGEST
    rest = content[start:]
    if content[:start] != _MAGIC + _digest(rest):
        return None
    with np.load(io.BytesIO(rest), allow_pickle=False) as arrays:
        texts: dict[str, Any] = orjson.loads(arrays[_TEXTS].tobytes())
        if texts["version"] != _VERSION or texts["stamp"] != stamp:
            return None
        return _unpacked(arrays, texts)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()


def _leftover_prefix(file: Path) -> str:
    return f".{file.name}.part-"


def _remove_leftovers(file: Path) -> None:
    """Remove what a killed process left; what is young may be another one's at work."""
    for part in file.parent.glob(f"{_leftover_prefix(file)}*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > _STALE_SECONDS:
                part.unlink()


def _packed(parts: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    bodies, projects, ties, direct, regions, seats, fields = parts
    ends = np.array(list(fields.edges), dtype=np.int64).reshape(-1, 2)
    arrays: dict[str, Any] = {
        "kinds": bodies.kinds,
        "years": projects.years,
        "costs": projects.money.amounts,
        "participants": ties.bodies,
        "participated": ties.projects,
        "amounts": ties.amounts,
        "sources": direct.sources,
        "targets": direct.targets,
        "parents": regions.parents,
        "seats": seats,
        "workers": ends[:, 0],
        "fields": ends[:, 1],
    }
    texts: dict[str, Any] = {
        "bodies": _listed(bodies.things),
        "projects": _listed(projects.things),
        "costs": projects.money.currencies,
        "participations": ties.edges,
        "currencies": ties.currencies,
        "cooperations": direct.edges,
        "kinds": direct.kinds,
        "regions": _listed(regions.things),
        "codes": regions.codes,
        "levels": regions.levels,
        "relative": regions.relative,
        "industries": _listed(fields.industries),
        "fields": list(fields.edges.values()),
    }
    return arrays, texts


def _unpacked(arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]) -> Parts:
    bodies, projects, regions, industries = (Things.of(zip(*texts[name], strict=True)) for name in _THINGS)
    workers, fields = arrays["workers"], arrays["fields"]
    matrix = ones(workers, fields, (len(bodies.ids), len(industries.ids)))
    edges = dict(zip(zip(workers.tolist(), fields.tolist(), strict=True), texts["fields"], strict=True))
    return Parts(
        Bodies(bodies, arrays["kinds"]),
        Projects(projects, arrays["years"], Money(arrays["costs"], texts["costs"])),
        Participations(
            arrays["participants"],
            arrays["participated"],
            texts["participations"],
            arrays["amounts"],
            texts["currencies"],
        ),
        Cooperations(arrays["sources"], arrays["targets"], texts["cooperations"], texts["kinds"]),
        Regions(regions, texts["codes"], texts["levels"], arrays["parents"], texts["relative"]),
        arrays["seats"],
        Fields(industries, matrix, edges),
    )


def _listed(things: Things) -> tuple[Any, Any]:
    return things.ids, things.names
