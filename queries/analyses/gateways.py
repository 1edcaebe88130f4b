"""Bodies that tie together others who have no tie of their own, by the regions of the three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..measures.brokerage import ROLES, brokerage, partial_brokerage
from ..network import network_of
from ..network.network import KINDS
from .pairing import cut, shown
from .structure import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

_EXACT_UP_TO = 20_000_000
"""Two-paths that are all followed for partial credit; beyond, some are drawn."""
_DRAWN = 1000


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each body that brokers, those that do so most in the role asked for first."""
    network = network_of(store)
    seats = network.seats_at(parameters["level"])
    larger = network.regions.larger(seats)
    remarks = _remarks(network, seats, larger)
    seats = np.where(larger, -1, seats)
    drawn = _drawn(network) if parameters["credit"] == "partial" else None
    if drawn:
        remarks.append(_told_drawn(drawn))
    credit, error = remembered(
        network,
        f"gateways:{parameters['level']}:{parameters['credit']}",
        lambda: _credited(network, seats, parameters["credit"], drawn),
    )
    rows, cut_off = cut(_ranked(network, credit, parameters), parameters["top"])
    wanted = parameters["role"]
    roles = [ROLES.index(wanted) if wanted in ROLES else int(np.argmax(credit[body])) for body in rows]
    ends = [_two_path(network, seats, body, role) for body, role in zip(rows, roles, strict=True)]
    proof = shown(store, network, ends)
    names = network.regions.things.names
    told = [
        (
            network.bodies.names[body],
            KINDS[network.kinds[body]],
            names[int(seats[body])],
            *(round(value, 3) if isinstance(value, float) else value for value in credit[body].tolist()),
            round(sum(credit[body].tolist()), 3),
            round(float(error[body]), 3),
            *proven,
        )
        for body, proven in zip(rows, proof, strict=True)
    ]
    return Found(told, [*remarks, *cut_off])


def _credited(
    network: Network, seats: NDArray[np.int64], credit: str, drawn: int | None
) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Return what each body is credited with by role, and the standard error of its sum."""
    if credit == "partial":
        found = partial_brokerage(network.partners, seats, ends=drawn)
        return found.credit, found.error
    return brokerage(network.partners, seats), np.zeros(len(seats))


def _ranked(network: Network, credit: NDArray[Any], parameters: Mapping[str, Any]) -> list[int]:
    """Return the bodies that broker, in their order."""
    role, region = parameters["role"], parameters["region"]
    total = credit.sum(axis=1)
    first = credit[:, ROLES.index(role)] if role in ROLES else total
    meant = first > 0
    if region:
        meant &= network.within(network.regions.things.index[region])
    names, ids = network.bodies.names, network.bodies.ids
    return sorted(np.flatnonzero(meant).tolist(), key=lambda body: (-first[body], -total[body], names[body], ids[body]))


def _drawn(network: Network) -> int | None:
    degrees = np.diff(network.partners.indptr).astype(np.float64)
    return _DRAWN if (degrees**2).sum() > _EXACT_UP_TO else None


def _two_path(network: Network, seats: NDArray[np.int64], broker: int, role: int) -> list[tuple[int, int]]:
    """Return the first two ends between which a body has that role, each with the body itself."""
    ties = network.partners
    around = network.partners_of(broker)
    around = around[seats[around] >= 0]
    own = seats[broker]
    for one in around.tolist():
        others = np.setdiff1d(around[around > one], network.partners_of(one), assume_unique=True)
        inside = (seats[others] == own).astype(int) + int(seats[one] == own)
        roles = np.select([inside == 2, inside == 1, seats[others] == seats[one]], [0, 2, 1], 3)
        fitting = others[roles == role]
        if len(fitting):
            return [(one, broker), (broker, int(fitting[0]))]
    raise AssertionError(f"{ROLES[role]} without a two-path in {ties.shape}")


def _remarks(network: Network, seats: NDArray[np.int64], larger: NDArray[np.bool_]) -> list[Text]:
    tied = np.diff(network.partners.indptr) > 0
    known, without = int((tied & (seats >= 0)).sum()), int((tied & (seats < 0)).sum())
    unsure = int((tied & larger).sum())
    found = [
        Text(
            f"共{known + without}家有伙伴的机构，其中{without}家所在区域不详，未计入。",
            f"{known + without} bodies have partners; {without} of them, whose seat is unknown, are left out.",
        )
    ]
    if unsure:
        found.append(
            Text(
                f"另有{unsure}家只知在更大的区域，是否同属一个区域不能断定，也未计入。",
                f"Also left out, since only a larger region is known and it may be the same: {unsure}.",
            )
        )
    return found


def _told_drawn(drawn: int) -> Text:
    return Text(
        f"份额由随机抽取的{drawn}家机构推算；标准误见“误差”列（约95%的情形在±2倍以内）。",
        f"Credit is estimated from {drawn} bodies drawn by chance; see the standard error (within ± 2 of it in "
        "about 95% of cases).",
    )
