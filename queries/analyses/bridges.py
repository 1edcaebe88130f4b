"""What the network hangs on: bodies and pairs of partners whose loss cuts others off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..measures.cuts import Cut, cuts
from ..network import network_of
from . import structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Link, Network

    Mask = NDArray[np.bool_]

_NAMED = 5


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each loss, the one that cuts off the most first."""
    network = network_of(store)
    found = structure.remembered(network, "cuts", lambda: cuts(network.partners))
    asked = structure.chosen(network, parameters)
    if parameters["body"]:
        asked &= np.arange(len(asked)) == network.bodies.index[parameters["body"]]
    fitting = [cut for cut in found if _fits(cut, asked, parameters["loss"])]
    fitting.sort(key=lambda cut: (-_cut_off(cut), cut.other >= 0, cut.node, cut.other))
    shown = fitting[: int(parameters["top"])]
    proof = structure.evidence(store, (_stand(network, cut) for cut in shown))
    rows = [(*_row(network, cut), *of_row) for cut, of_row in zip(shown, proof, strict=True)]
    bodies = sum(cut.other < 0 for cut in found)
    remark = Text(
        f"全网有{bodies}个单位、{len(found) - bodies}对合作一旦失去就会使网络断开。",
        f"In the whole network there are {bodies} bodies and {len(found) - bodies} pairs whose loss cuts it.",
    )
    return Found(rows, [structure.counted(network), remark, *structure.cut_short(len(rows), len(fitting))])


def _fits(cut: Cut, asked: Mask, loss: str | None) -> bool:
    own = bool(asked[cut.node]) or (cut.other >= 0 and bool(asked[cut.other]))
    return own and loss in (None, _loss(cut))


def _loss(cut: Cut) -> str:
    return "body" if cut.other < 0 else "pair"


def _cut_off(cut: Cut) -> int:
    return sum(len(part) for part in cut.parts[1:])


def _row(network: Network, cut: Cut) -> Iterator[Any]:
    yield _loss(cut)
    yield network.bodies.names[cut.node]
    yield network.bodies.names[cut.other] if cut.other >= 0 else None
    yield len(cut.parts)
    yield _cut_off(cut)
    yield len(cut.parts[0])
    lost = np.concatenate(cut.parts[1:])
    yield int((network.of_kind("Enterprise")[lost]).sum())
    yield int((network.of_kind("Institute")[lost]).sum())
    yield [network.bodies.names[body] for body in lost[:_NAMED]]


def _stand(network: Network, cut: Cut) -> structure.Stand:
    """Return the tie that is lost, or the body with a tie into each part it holds together."""
    if cut.other >= 0:
        return structure.Stand(links=network.links(cut.node, cut.other))
    links: list[Link] = []
    partners = network.partners_of(cut.node)
    for part in cut.parts[: _NAMED + 1]:
        links += network.links(cut.node, int(np.intersect1d(partners, part, assume_unique=True)[0]), most=1)
    return structure.Stand([network.bodies.ids[cut.node]], links)
