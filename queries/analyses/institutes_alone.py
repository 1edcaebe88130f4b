"""Institutes without an enterprise partner."""

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
    """Return the institutes that no enterprise works with, those with most projects first."""
    network = network_of(store)
    known = Enterprises(store, network)
    fields = known.industries()
    asked = network.of_kind("Institute")
    if parameters["region"]:
        asked = asked & network.within(network.regions.things.index[parameters["region"]])
    if parameters["industry"]:
        asked = asked & fields.of(parameters["industry"])
    counts = partners_by_kind(network)
    total, projects = counts.sum(axis=1), np.diff(network.incidence.indptr)
    alone: list[int] = np.flatnonzero(asked & (counts[:, _FIRM] == 0)).tolist()
    known_at_all = bool(counts[network.of_kind("Institute"), _FIRM].any())
    names = network.bodies.names
    alone.sort(key=lambda body: (-int(projects[body]), names[body], body))
    rows: Sequence[int]
    rows, remarks = cut(alone, parameters["top"])
    proof = lines(store, [[network.bodies.ids[body]] for body in rows])
    told = [
        (
            names[body],
            known.region_of(body),
            fields.names(body),
            int(projects[body]),
            int(counts[body, _INSTITUTE]),
            int(total[body] - counts[body, _INSTITUTE]),
            "unknown" if not known_at_all else "others" if total[body] else "nobody",
            *proven,
        )
        for body, proven in zip(rows, proof, strict=True)
    ]
    number = int(asked.sum())
    counted = Text(
        f"{number}家高校院所中，{len(alone)}家（{share(len(alone), number)}）没有企业伙伴。",
        f"{len(alone)} of {number} institutes ({share(len(alone), number)}) have no enterprise partner.",
    )
    return Found(told, [counted, *remarks])
