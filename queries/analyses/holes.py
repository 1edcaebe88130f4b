"""Who spans structural holes: bodies whose partners are not partners of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..answering import Found
from ..measures.holes import Holes, structural_holes
from ..network import network_of
from . import structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each body asked about, the one with the greatest effective size first."""
    network = network_of(store)
    by_ties = parameters["ties"] == "counted"
    found = structure.remembered(
        network, f"holes:{by_ties}", lambda: structural_holes(structure.weights(network, by_ties))
    )
    order = _in_order(network, found, parameters)
    shown = [int(body) for body in order[: int(parameters["top"])]]
    main = [_main_partner(found, body) for body in shown]
    stands = (
        structure.Stand([network.bodies.ids[body]], network.links(body, partner, most=1))
        for body, (partner, _) in zip(shown, main, strict=True)
    )
    proof = structure.evidence(store, stands)
    partners = np.diff(network.partners.indptr)
    rows = [
        (
            *structure.described(network, body),
            int(partners[body]),
            float(found.effective_size[body].round(9)),
            float(found.efficiency[body].round(9)),
            float(found.constraint[body].round(9)),
            network.bodies.names[partner],
            share,
            *of_row,
        )
        for body, (partner, share), of_row in zip(shown, main, proof, strict=True)
    ]
    return Found(rows, [structure.counted(network), *structure.cut_short(len(rows), len(order))])


def _in_order(network: Network, found: Holes, parameters: Mapping[str, Any]) -> NDArray[np.int64]:
    asked = structure.chosen(network, parameters) & ~np.isnan(found.constraint)
    if parameters["body"]:
        asked &= np.arange(len(asked)) == network.bodies.index[parameters["body"]]
    bodies = np.flatnonzero(asked)
    return bodies[np.lexsort((bodies, found.constraint[bodies].round(9), -found.effective_size[bodies].round(9)))]


def _main_partner(found: Holes, body: int) -> tuple[int, float]:
    """Return the partner that constrains a body most, and which share of its constraint comes from there."""
    start, end = found.dyads.indptr[body], found.dyads.indptr[body + 1]
    most = int(np.argmax(found.dyads.data[start:end].round(12)))
    return int(found.dyads.indices[start + most]), float(
        (found.dyads.data[start + most] / found.constraint[body]).round(9)
    )
