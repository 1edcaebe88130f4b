"""Which institutes might help the enterprises of an industry that have no institute as partner, taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..measures.link_prediction import Paths
from ..network import network_of
from . import suggesting
from .enterprises import Enterprises
from .structure import cut_short, described, evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

    Nodes = NDArray[np.int64]

_NAMED = 5


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the institutes, the best first, each with its reasons."""
    network = network_of(store)
    asked, unknown = Enterprises(store, network).asked(parameters)
    institutes = network.of_kind("Institute")
    alone = np.flatnonzero(asked & ~(np.asarray(network.partners @ institutes.astype(np.int64)) > 0))
    remarks = [_counted(network, alone, int(asked.sum())), *unknown]
    if not len(alone):
        return Found([], remarks)
    wanted = np.array([network.fields.industries.index[parameters["industry"]]])
    paths = Paths(suggesting.ties(network), alone)
    scores = suggesting.scored(network, paths.scores, alone, wanted)
    speaks_for = (scores.network > 0) | (scores.field > 0)  # to be in the same place is not enough for an industry
    rows, fitting = suggesting.ranked(network, scores, institutes & speaks_for, parameters["top"])
    weak = [] if paths.scores[institutes].any() else [suggesting.WEAK]
    told = _told(store, network, (alone, wanted), paths, scores, rows)
    return Found(told, [*remarks, *weak, *cut_short(len(rows), fitting)])


def _told(
    store: Store,
    network: Network,
    asked: tuple[Nodes, Nodes],
    paths: Paths,
    scores: suggesting.Scores,
    rows: Sequence[int],
) -> list[tuple[Any, ...]]:
    alone, wanted = asked
    found = [_suggestion(network, paths, alone, row) for row in rows]
    proof = evidence(store, suggesting.stands(store, network, wanted, found))
    told: list[tuple[Any, ...]] = []
    for (_, row, ways), proven in zip(found, proof, strict=True):
        name, _kind, region = described(network, row)
        reaching = [int(one) for one in paths.starts_to(row)] if ways else []
        near = [int(one) for one in alone if suggesting.nearby(network, int(one), row)]
        told.append(
            (
                name,
                region,
                suggesting.distance(network, row),
                float(scores.total[row]),
                suggesting.basis(scores, row),
                float(scores.network[row]),
                float(paths.scores[row]),
                len(reaching),
                suggesting.ways(network, ways, whole=True),
                float(scores.field[row]),
                float(scores.region[row]),
                len(near),
                len(alone),
                [network.bodies.names[one] for one in dict.fromkeys([*reaching, *near, *alone.tolist()])][:_NAMED],
                *proven,
            )
        )
    return told


def _suggestion(network: Network, paths: Paths, alone: Nodes, row: int) -> suggesting.Suggestion:
    """Return a suggestion for the enterprise with the strongest path, or else for one nearby, or else for the first."""
    strongest = paths.strongest(row)
    if strongest:
        return suggesting.Suggestion(strongest[0].start, row, strongest)
    near = (int(one) for one in alone if suggesting.nearby(network, int(one), row))
    return suggesting.Suggestion(next(near, int(alone[0])), row, strongest)


def _counted(network: Network, alone: Nodes, asked: int) -> Text:
    names = [network.bodies.names[int(one)] for one in alone[:_NAMED]]
    more = len(alone) > _NAMED
    listed = Text("、".join(names) + ("等" if more else ""), ", ".join(names) + (" and others" if more else ""))
    return Text(
        f"{asked}家企业中有{len(alone)}家没有高校院所伙伴" + (f"：{listed.zh}。" if names else "。"),
        f"Enterprises without an institute as partner: {len(alone)} of {asked}"
        + (f" ({listed.en})." if names else "."),
    )
