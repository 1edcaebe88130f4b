"""Communities of the network: circles of bodies that work with each other more than with others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..measures.communities import Communities, communities
from ..network import network_of
from ..network.network import KINDS
from . import structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

_MAIN = 3
_CENTRAL = 5


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each community, the largest first."""
    network = network_of(store)
    resolution = float(parameters["resolution"])
    found = structure.remembered(
        network, "communities", lambda: communities(structure.weights(network, True), resolution), given=resolution
    )
    total = int(found.members.max(initial=-1)) + 1
    asked = range(total)
    if parameters["body"]:
        own = int(found.members[network.bodies.index[parameters["body"]]])
        asked = range(own, own + 1) if own >= 0 else range(0)
    shown = asked[: int(parameters["top"])]
    ties = structure.remembered(network, "communities:ties", lambda: _Ties(network, found), given=resolution)
    central = [ties.central(community) for community in shown]
    proof = structure.evidence(store, (_stand(network, bodies) for bodies in central))
    rows = [
        (
            community + 1,
            *_described(network, np.flatnonzero(found.members == community)),
            [network.bodies.names[body] for body in bodies],
            ties.inner[community],
            *of_row,
        )
        for community, bodies, of_row in zip(shown, central, proof, strict=True)
    ]
    return Found(rows, [*_remarks(network, found, total), *structure.cut_short(len(rows), len(asked))])


class _Ties:
    """The ties within communities."""

    def __init__(self, network: Network, found: Communities) -> None:
        pairs = structure.weights(network, True).tocoo()
        self.members = found.members
        same = found.members[pairs.row] == found.members[pairs.col]
        size = len(found.members)
        self.inside = np.bincount(pairs.row[same], pairs.data[same], minlength=size)
        whole = np.bincount(pairs.row, pairs.data, minlength=size)
        tied = found.members >= 0
        self.inner = [
            float((within / of).round(9))
            for within, of in zip(
                np.bincount(found.members[tied], self.inside[tied]),
                np.bincount(found.members[tied], whole[tied]),
                strict=True,
            )
        ]

    def central(self, community: int) -> list[int]:
        """Return the members with the most ties within a community."""
        bodies = np.flatnonzero(self.members == community)
        return [int(body) for body in bodies[np.lexsort((bodies, -self.inside[bodies]))][:_CENTRAL]]


def _described(network: Network, bodies: NDArray[np.int64]) -> Iterator[Any]:
    """Yield size, kinds, main regions and main industries of some bodies."""
    yield len(bodies)
    by_kind = np.bincount(network.kinds[bodies], minlength=len(KINDS))
    firms, institutes = int(by_kind[KINDS.index("Enterprise")]), int(by_kind[KINDS.index("Institute")])
    yield firms
    yield institutes
    yield len(bodies) - firms - institutes
    yield structure.counts(network.seats[bodies], network.regions.things.names, _MAIN)
    fields = network.fields.matrix[bodies].indices.astype(np.int64)
    yield structure.counts(fields, network.fields.industries.names, _MAIN)


def _stand(network: Network, bodies: list[int]) -> structure.Stand:
    """Return the most central members, and how the first of them is tied to the others."""
    links = [link for other in bodies[1:] for link in network.links(bodies[0], other, most=1)]
    return structure.Stand([network.bodies.ids[body] for body in bodies], links)


def _remarks(network: Network, found: Communities, total: int) -> list[Text]:
    return [
        structure.counted(network),
        Text(
            f"分为{total}个社群，模块度{found.modularity:.3f}（0.3以上一般认为有明显的社群结构）。",
            f"There are {total} communities; modularity {found.modularity:.3f} (above 0.3 a network is usually said to have clear communities).",
        ),
    ]
