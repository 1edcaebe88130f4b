"""The most central bodies of the network of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..measures.centrality import Estimate, betweenness, eigenvector, harmonic, pagerank, strength
from ..network import network_of
from . import structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each body asked about, the most central first."""
    network = network_of(store)
    measure = str(parameters["measure"])
    tied = np.flatnonzero(np.diff(network.partners.indptr) > 0)
    found = structure.remembered(network, f"centrality:{measure}", lambda: _measured(network, measure, tied))
    asked = np.flatnonzero(structure.chosen(network, parameters)[tied])
    order = asked[np.lexsort((asked, -found.values[asked].round(12)))]
    shown = order[: int(parameters["top"])]
    partners = np.diff(network.partners.indptr)
    ties = strength(structure.weights(network, True))
    proof = structure.evidence(store, (structure.Stand([network.bodies.ids[int(body)]]) for body in tied[shown]))
    rows = [
        (
            rank,
            *structure.described(network, int(tied[one])),
            int(partners[tied[one]]),
            int(ties[tied[one]]),
            int(found.values[one]) if measure in ("degree", "strength") else float(found.values[one].round(9)),
            float(found.errors[one].round(9)) if found.sources < len(tied) else None,
            *proof[rank - 1],
        )
        for rank, one in enumerate(shown.tolist(), start=1)
    ]
    return Found(
        rows, [structure.counted(network), *_sampled(found, tied), *structure.cut_short(len(rows), len(order))]
    )


def _measured(network: Network, measure: str, tied: NDArray[np.int64]) -> Estimate:
    """Return the measure of each body that has partners."""
    plain = network.partners[tied][:, tied].tocsr()
    if measure == "betweenness":
        return betweenness(plain)
    if measure == "harmonic":
        return harmonic(plain)
    if measure == "degree":
        values = strength(plain)
    elif measure == "eigenvector":
        values = eigenvector(plain)
    else:
        weighted = structure.weights(network, True)[tied][:, tied].tocsr()
        values = strength(weighted) if measure == "strength" else pagerank(weighted) * len(tied)
    return Estimate(values, np.zeros_like(values), len(tied))


def _sampled(found: Estimate, tied: NDArray[np.int64]) -> list[Text]:
    if found.sources >= len(tied):
        return []
    return [
        Text(
            f"网络较大，数值由随机抽取的{found.sources}个起点估计（共{len(tied)}个，随机种子固定）；“误差”为95%置信区间的半宽，差距小于误差的名次不可当真。",
            f"The network is large: values are estimated from searches that began at {found.sources} of {len(tied)} bodies, drawn with a fixed seed. The error is half the 95% interval; ranks that differ by less mean nothing.",
        )
    ]
