"""How many steps each enterprise is from a national institute."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ..answering import Found
from ..network import network_of
from .enterprises import Enterprises, lines
from .pairing import cut
from .reaching import counted, reach_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..measures.gaps import Steps

_CODES = {1: "one", 2: "two", -1: "none"}


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the enterprises with the way to the nearest institute: those that reach none first, then the farthest."""
    network = network_of(store)
    firms = Enterprises(store, network)
    asked, unknown = firms.asked(parameters)
    reach = reach_of(store, network, parameters["grade"])
    steps, names = reach.steps, network.bodies.names
    meant = [
        body for body in _farthest_first(asked, steps, names) if parameters["steps"] in ("all", _code(steps, body))
    ]
    rows: Sequence[int]
    rows, remarks = cut(meant, parameters["top"])
    ways = [_way(steps, body) for body in rows]
    links = [[network.links(one, other, most=1) for one, other in pairwise(way)] for way in ways]
    nodes = [[network.bodies.ids[body]] if len(way) < 2 else [] for body, way in zip(rows, ways, strict=True)]
    proof = lines(store, nodes, [[link for some in one for link in some] for one in links])
    industries = firms.industries()
    told = [
        (
            names[body],
            firms.region_of(body),
            industries.names(body),
            _code(steps, body),
            len(way) - 1 or None,
            [names[one] for one in way[1:]],
            *proven,
        )
        for body, way, proven in zip(rows, ways, proof, strict=True)
    ]
    return Found(told, [*counted(reach, asked, parameters["grade"]), *unknown, *remarks])


def _farthest_first(asked: NDArray[np.bool_], steps: Steps, names: Any) -> list[int]:
    found: list[int] = np.flatnonzero(asked).tolist()
    return sorted(found, key=lambda body: (steps.distance[body] >= 0, -int(steps.distance[body]), names[body], body))


def _code(steps: Steps, body: int) -> str:
    return _CODES.get(int(steps.distance[body]), "more")


def _way(steps: Steps, body: int) -> list[int]:
    """Return the bodies on the way to the nearest institute, the first the body itself."""
    way = [body]
    while (following := int(steps.towards[way[-1]])) >= 0:
        way.append(following)
    return way
