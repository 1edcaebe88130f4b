"""What hangs on one body: regions that only it ties, bodies whose only partner elsewhere it is, what falls apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.sparse.csgraph import connected_components

from innograph.graph.text import Text

from ..answering import Found
from ..measures.cuts import cuts
from ..network import network_of
from ..network.network import KINDS
from .pairing import cut, shown
from .structure import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

_NAMED = 5
_AT_LEAST = 2
"""Pairs of partners: two regions with only one hang on both its bodies, which says nothing of either."""


class _Across(NamedTuple):
    """Pairs of partners across regions, and the two regions of each as one number."""

    ones: NDArray[np.int64]
    others: NDArray[np.int64]
    regions: NDArray[np.int64]


class _Lost(NamedTuple):
    """What hangs on a body: a pair for each two regions that it alone ties, and bodies without another partner elsewhere."""

    regions: list[tuple[int, int]]
    bodies: list[int]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each body on which something hangs, those on which most hangs first."""
    network = network_of(store)
    level, region = parameters["level"], parameters["region"]
    seats = network.seats_at(level)
    asked, tied, lost = remembered(network, f"brokers:{level}", lambda: _asked(network, seats, level, region), region)
    hanging = len(lost)
    if parameters["body"]:
        own = network.bodies.index[parameters["body"]]
        lost = {own: lost.get(own, _Lost([], []))} if len(network.partners_of(own)) else {}
    names, ids = network.bodies.names, network.bodies.ids
    order = sorted(lost, key=lambda b: (-len(lost[b].regions), -len(lost[b].bodies), names[b], ids[b]))
    rows, remarks = cut(order, parameters["top"])
    proof = shown(store, network, [_examples(network, body, lost[body]) for body in rows])
    before, falls_into = remembered(network, "pieces", lambda: _pieces(network))
    told: list[tuple[Any, ...]] = []
    for body, proven in zip(rows, proof, strict=True):
        facts = _facts(network, seats, lost[body])
        seat = int(seats[body])
        where = network.regions.things.names[seat] if seat >= 0 else None
        kind = KINDS[network.kinds[body]]
        after = before + falls_into.get(body, 1) - 1
        evidence = [ids[body], *proven.edges]
        told.append(
            (
                names[body],
                kind,
                where,
                _hangs(lost[body]),
                *facts,
                before,
                after,
                proven.quotes,
                proven.places,
                evidence,
            )
        )
    sure = Text(
        f"共{asked}对跨区域伙伴，联系{tied}对区域；{hanging}家机构有所牵动。",
        f"Pairs of partners across regions: {asked}; pairs of regions they tie: {tied}; bodies on which something "
        f"hangs: {hanging}.",
    )
    return Found(told, [sure, *remarks])


def _asked(
    network: Network, seats: NDArray[np.int64], level: str, region: str | None
) -> tuple[int, int, dict[int, _Lost]]:
    """Return how many pairs across regions are asked about, how many pairs of regions they tie, and what hangs on whom."""
    every = remembered(network, f"across:{level}", lambda: _across(network, seats))
    asked = every
    if region:
        inside = network.within(network.regions.things.index[region])
        near = inside[every.ones] | inside[every.others]
        asked = _Across(*(part[near] for part in every))
    return len(asked.ones), len(np.unique(asked.regions)), _lost(every, asked)


def _across(network: Network, seats: NDArray[np.int64]) -> _Across:
    """Return the pairs of partners that are surely in two regions."""
    ones, others = network.pairs
    count = len(network.regions.things.ids)
    here, there = np.minimum(seats[ones], seats[others]), np.maximum(seats[ones], seats[others])
    kept = network.regions.surely_apart(here, there)
    return _Across(ones[kept], others[kept], (here * count + there)[kept])


def _lost(every: _Across, asked: _Across) -> dict[int, _Lost]:
    """Return what hangs on each body.

    Args:
        every: all pairs across regions, by which a body's only partner elsewhere is known.
        asked: the pairs that are asked about.
    """
    found: defaultdict[int, _Lost] = defaultdict(lambda: _Lost([], []))
    ends, partners = (np.concatenate([asked.ones, asked.others]), np.concatenate([asked.others, asked.ones]))
    _, numbered, sizes = np.unique(asked.regions, return_inverse=True, return_counts=True)
    count = int(ends.max(initial=0)) + 1
    keys, first, times = np.unique(np.tile(numbered, 2) * count + ends, return_index=True, return_counts=True)
    whole = sizes[keys // count]
    for at in first[(times == whole) & (whole >= _AT_LEAST)].tolist():
        found[int(ends[at])].regions.append((int(ends[at]), int(partners[at])))
    degrees = np.bincount(np.concatenate([every.ones, every.others]), minlength=count)
    for at in np.flatnonzero(degrees[ends] == 1).tolist():
        found[int(partners[at])].bodies.append(int(ends[at]))
    return dict(found)


def _facts(network: Network, seats: NDArray[np.int64], lost: _Lost) -> tuple[int, list[str], int, list[str]]:
    """Return how many hang on a body, and the names of the first of them."""
    names, bodies = network.regions.things.names, network.bodies.names
    regions = sorted(" — ".join(sorted(names[int(seats[end])] for end in pair)) for pair in lost.regions)
    alone = sorted(bodies[body] for body in lost.bodies)
    return len(regions), regions[:_NAMED], len(alone), alone[:_NAMED]


def _hangs(lost: _Lost) -> str:
    """Return what hangs on a body, as a code."""
    if lost.regions:
        return "both" if lost.bodies else "regions"
    return "bodies" if lost.bodies else "nothing"


def _examples(network: Network, body: int, lost: _Lost) -> list[tuple[int, int]]:
    """Return pairs of partners that stand for what hangs on a body; where nothing does, for its being a partner at all."""
    found = [*lost.regions[:1], *((other, body) for other in sorted(lost.bodies)[:1])]
    return found or [(body, int(network.partners_of(body)[0]))]


def _pieces(network: Network) -> tuple[int, dict[int, int]]:
    """Return into how many pieces the bodies with partners fall, and for those who hold one together, into how many it falls.

    Without any other body the number stays; who had only that body as partner is a piece alone.
    """
    labels = connected_components(network.partners, directed=False)[1]
    before = len(np.unique(labels[np.diff(network.partners.indptr) > 0]))
    found = remembered(network, "cuts", lambda: cuts(network.partners))
    return before, {cut.node: len(cut.parts) for cut in found if cut.other < 0}
