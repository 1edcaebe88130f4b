"""Who might become a partner of a body, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..measures.link_prediction import Paths
from ..measures.matrices import columns_of
from ..network import network_of
from . import suggesting
from .structure import cut_short, described, evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

    Nodes = NDArray[np.int64]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the candidates that are not yet partners, the best first, each with its reasons."""
    network = network_of(store)
    body = network.bodies.index[parameters["body"]]
    start, wanted = np.array([body]), suggesting.industries_of(network, body)
    paths = Paths(suggesting.ties(network), start)
    scores = suggesting.scored(network, paths.scores, start, wanted)
    new = suggesting.chosen(network, parameters) & suggesting.addressed(network, scores)
    new[[body, *columns_of(network.partners, body).tolist()]] = False
    rows, fitting = suggesting.ranked(network, scores, new, parameters["top"])
    remarks = [
        *_counted(network, body, paths, fitting),
        *_unknown(network, body, wanted),
        *cut_short(len(rows), fitting),
    ]
    return Found(_told(store, network, (body, wanted), paths, scores, rows), remarks)


def _told(
    store: Store,
    network: Network,
    asked: tuple[int, Nodes],
    paths: Paths,
    scores: suggesting.Scores,
    rows: Sequence[int],
) -> list[tuple[Any, ...]]:
    body, wanted = asked
    found = [suggesting.Suggestion(body, row, paths.strongest(row)) for row in rows]
    proof = evidence(store, suggesting.stands(store, network, wanted, found))
    return [
        (
            *described(network, row),
            suggesting.distance(network, row),
            float(scores.total[row]),
            suggesting.basis(scores, row),
            float(scores.network[row]),
            float(paths.scores[row]),
            paths.number(row) if scores.network[row] else 0,
            suggesting.ways(network, ways),
            float(scores.field[row]),
            _shared(network, row, wanted),
            float(scores.region[row]),
            suggesting.nearby(network, body, row),
            len(columns_of(network.partners, row)),
            *proven,
        )
        for (_, row, ways), proven in zip(found, proof, strict=True)
    ]


def _shared(network: Network, body: int, wanted: Nodes) -> list[str]:
    same = np.intersect1d(suggesting.industries_of(network, body), wanted)
    return [network.fields.industries.names[int(industry)] for industry in same]


def _counted(network: Network, body: int, paths: Paths, fitting: int) -> list[Text]:
    name, partners, reached = (
        network.bodies.names[body],
        len(columns_of(network.partners, body)),
        int((paths.scores > 0).sum()),
    )
    told = Text(
        f"“{name}”现有伙伴{partners}家；经伙伴的伙伴可到{reached}家尚无合作的单位。符合条件、有推荐依据的共{fitting}家。",
        f"Partners of “{name}” now: {partners}; bodies that are none yet and are reached by way of partners of partners: "
        f"{reached}. Of those asked for, the number that something speaks for is {fitting}.",
    )
    return [told] if reached else [told, suggesting.WEAK]


def _unknown(network: Network, body: int, wanted: Nodes) -> list[Text]:
    found: list[Text] = []
    if not len(wanted):
        found.append(Text("它的产业、领域不详，未计领域相同。", "Its fields are not known, so no field can match."))
    if network.seats[body] < 0:
        found.append(Text("它的所在区域不详，未计区域相近。", "Its seat is not known, so no region can match."))
    return found
