"""What hangs on one body: regions that only it ties, bodies whose only partner elsewhere it is, what falls apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from innograph.graph.text import Text

from ..answering import Found
from ..network import network_of
from ..network.network import KINDS
from .pairing import cut, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

_NAMED = 5


class _Across(NamedTuple):
    """Pairs of partners across regions, and the two regions of each as one number."""

    ones: NDArray[np.int64]
    others: NDArray[np.int64]
    regions: NDArray[np.int64]


class _Lost(NamedTuple):
    """What hangs on a body: a partner for each two regions that it alone ties, and bodies without another partner elsewhere."""

    regions: list[tuple[int, int]]
    bodies: list[int]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each body on which something hangs, those on which most hangs first."""
    network = network_of(store)
    seats = network.seats_at(parameters["level"])
    every = _across(network, seats)
    asked = every
    if parameters["region"]:
        inside = network.within(network.regions.things.index[parameters["region"]])
        near = inside[every.ones] | inside[every.others]
        asked = _Across(*(part[near] for part in every))
    lost = _lost(every, asked)
    names, ids = network.bodies.names, network.bodies.ids
    order = sorted(lost, key=lambda b: (-len(lost[b].regions), -len(lost[b].bodies), names[b], ids[b]))
    rows, remarks = cut(order, parameters["top"])
    proof = shown(store, network, [_examples(body, lost[body]) for body in rows])
    pieces = _Pieces(network)
    told: list[tuple[Any, ...]] = []
    for body, proven in zip(rows, proof, strict=True):
        facts = _facts(network, seats, lost[body])
        where = network.regions.things.names[int(seats[body])]
        kind = KINDS[network.kinds[body]]
        after = pieces.without(body)
        evidence = [ids[body], *proven.edges]
        told.append((names[body], kind, where, *facts, pieces.before, after, proven.quotes, proven.places, evidence))
    regions = len(np.unique(asked.regions))
    sure = Text(
        f"共{len(asked.ones)}对跨区域伙伴，联系{regions}对区域；{len(lost)}家机构有所牵动。",
        f"{len(asked.ones)} pairs of partners across regions tie {regions} pairs of regions; something hangs on {len(lost)} bodies.",
    )
    return Found(told, [sure, *remarks])


def _across(network: Network, seats: NDArray[np.int64]) -> _Across:
    """Return the pairs of partners that are surely in two regions."""
    ones, others = network.pairs
    count = len(network.regions.things.ids)
    here, there = np.minimum(seats[ones], seats[others]), np.maximum(seats[ones], seats[others])
    keys = here * count + there
    sure = [
        int(key)
        for key in np.unique(keys[(here >= 0) & (here != there)])
        if not network.regions.nested(*divmod(int(key), count))
    ]
    kept = (here >= 0) & np.isin(keys, sure)
    return _Across(ones[kept], others[kept], keys[kept])


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
    for at in first[times == sizes[keys // count]].tolist():
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


def _examples(body: int, lost: _Lost) -> list[tuple[int, int]]:
    """Return pairs of partners that stand for what hangs on a body."""
    return [*lost.regions[:1], *((other, body) for other in sorted(lost.bodies)[:1])]


class _Pieces:
    """Into how many pieces the bodies with partners fall, and how many there would be without one of them."""

    def __init__(self, network: Network) -> None:
        self.bodies = len(network.bodies.ids)
        self.size = self.bodies + len(network.projects.ids)
        joint, direct = network.incidence.tocoo(), network.direct.tocoo()
        self.ones = np.concatenate([joint.row, direct.row])
        self.others = np.concatenate([joint.col + self.bodies, direct.col])
        self.tied = np.diff(network.partners.indptr) > 0
        self.before = self._count(np.ones(len(self.ones), dtype=np.bool_), self.tied)

    def without(self, body: int) -> int:
        """Return the number of pieces if a body is gone; who had only that body as partner is a piece alone."""
        left = self.tied.copy()
        left[body] = False
        return self._count((self.ones != body) & (self.others != body), left)

    def _count(self, ties: NDArray[np.bool_], bodies: NDArray[np.bool_]) -> int:
        ones, others = self.ones[ties], self.others[ties]
        graph = sparse.coo_array((np.ones(len(ones), dtype=np.int8), (ones, others)), shape=(self.size, self.size))
        labels = connected_components(graph.tocsr(), directed=False)[1]
        return len(np.unique(labels[: self.bodies][bodies]))
