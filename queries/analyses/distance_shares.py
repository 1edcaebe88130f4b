"""How far away the partners are: shares of partnerships by the least level that contains both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.regions import region_by_code, relative_level
from innograph.graph.text import Text

from ..answering import Found
from ..network import network_of
from .pairing import NO_HOME, PAIRS, bodies_in, kinds_of_pairs, of_that_kind, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

_LEVELS = ("local", "prefecture", "province", "nation", "abroad", None)
"""From the nearest to what is not known."""


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each distance at which there are partners, the nearest first."""
    network = network_of(store)
    own = bodies_in(network, parameters["region"])
    if not own.any() and parameters["region"] is None:
        return Found([], [NO_HOME])
    ones, others = network.pairs
    meant = (own[ones] | own[others]) & of_that_kind(network, parameters["pair"], ones, others)
    ones, others = ones[meant], others[meant]
    partner = np.where(own[ones], others, ones)
    distances = _distances(network, parameters["region"])[network.seats[partner]]
    kinds = kinds_of_pairs(network, ones, others)
    known = int((distances < _LEVELS.index(None)).sum())
    found: list[tuple[Any, ...]] = []
    examples: list[list[tuple[int, int]]] = []
    for number, level in enumerate(_LEVELS):
        here = np.flatnonzero(distances == number)
        if not len(here):
            continue
        by_kind = np.bincount(kinds[here], minlength=len(PAIRS)).tolist()
        part = len(here) / known if level else None
        found.append((level, len(here), len(ones), len(here) / len(ones), part, *by_kind))
        examples.append([(int(ones[here[0]]), int(others[here[0]]))])
    proof = shown(store, network, examples)
    rows = [(*row, *proven) for row, proven in zip(found, proof, strict=True)]
    return Found(rows, _remarks(network, parameters["region"], int(own.sum()), len(ones), len(ones) - known))


def _distances(network: Network, region: str | None) -> NDArray[np.int64]:
    """Return for each region, and at the end for none, how far it is: a number in the order of the levels."""
    regions = network.regions
    if region is None:
        codes = list(regions.relative)
    else:
        home = regions.things.index[region]
        codes = [_seen_from(network, home, one) for one in range(len(regions.things.ids))]
    return np.array([_LEVELS.index(code) for code in (*codes, None)])


def _seen_from(network: Network, home: int, other: int) -> str | None:
    regions = network.regions
    if home in regions.above(other):
        return "local"
    here, there = region_by_code(regions.codes[home]), region_by_code(regions.codes[other])
    return relative_level(there, here) if here and there else None


def _remarks(network: Network, region: str | None, bodies: int, pairs: int, unknown: int) -> list[Text]:
    told = [
        Text(
            f"{bodies}家机构的{pairs}对伙伴，其中{unknown}对的对方所在区域不详（“距离”空白）。",
            f"{pairs} partnerships of {bodies} bodies; in {unknown} the partner's seat is unknown (no distance).",
        )
    ]
    if region:
        name = network.regions.things.names[network.regions.things.index[region]]
        told.append(Text(f"远近从{name}看。", f"Distances are seen from {name}."))
    return told
