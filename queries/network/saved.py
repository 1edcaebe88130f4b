"""A network kept in a file, so that a process need not read it from an engine again: that takes seconds, this a moment.

The file is a projection of a projection: it carries the stamp of the graph that it was made of, and what is missing,
damaged, of another graph or another version of this module is made anew. Both engines give the same arrays, so that one
file serves both.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from innograph.graph.kept import keep, kept

from .reading import Bodies, Cooperations, Fields, Money, Participations, Parts, Projects, ones
from .regions import Regions
from .things import Things

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

_VERSION = 1
"""To be counted up whenever :mod:`.reading` reads anything else, or this module writes it in another way."""
_KIND = "network"
_THINGS = ("bodies", "projects", "regions", "industries")
_TEXTS = "texts"


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
    keep(file, _KIND, buffer.getvalue())


def load(file: Path, stamp: str) -> Parts | None:
    """Return what a network is made of, or ``None`` where the file has not the whole of this graph's.

    Args:
        file: where it may be kept.
        stamp: of the graph.
    """
    content = kept(file, _KIND)
    if content is None:
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        texts: dict[str, Any] = orjson.loads(arrays[_TEXTS].tobytes())
        if texts["version"] != _VERSION or texts["stamp"] != stamp:
            return None
        return _unpacked(arrays, texts)


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
