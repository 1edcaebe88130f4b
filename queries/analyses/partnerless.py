"""Enterprises without an institute partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..network import network_of
from ..network.network import KINDS
from .enterprises import Enterprises, lines, partners_by_kind
from .pairing import cut, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.stores import Store

_FIRM, _INSTITUTE = KINDS.index("Enterprise"), KINDS.index("Institute")


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the enterprises that no institute works with, those with most other partners first."""
    network = network_of(store)
    firms = Enterprises(store, network)
    asked, unknown = firms.asked(parameters)
    counts = partners_by_kind(network)
    total = counts.sum(axis=1)
    names = network.bodies.names
    alone: list[int] = np.flatnonzero(asked & (counts[:, _INSTITUTE] == 0)).tolist()
    rows: Sequence[int]
    rows, remarks = cut(sorted(alone, key=lambda body: (-int(total[body]), names[body], body)), parameters["top"])
    industries, tiers = firms.industries(), firms.tiers()
    proof = lines(store, [[network.bodies.ids[body]] for body in rows])
    told = [
        (
            names[body],
            firms.region_of(body),
            industries.names(body),
            tiers.names(body),
            int(counts[body, _FIRM]),
            int(total[body] - counts[body, _FIRM]),
            *proven,
        )
        for body, proven in zip(rows, proof, strict=True)
    ]
    number = int(asked.sum())
    counted = Text(
        f"{number}家企业中，{len(alone)}家（{share(len(alone), number)}）没有高校院所伙伴。",
        f"{len(alone)} of {number} enterprises ({share(len(alone), number)}) have no institute partner.",
    )
    return Found(told, [counted, *unknown, *remarks])
