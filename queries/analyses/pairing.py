"""What questions about partnerships across regions share: pairs by kind and region, their proof, and how rows are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innograph.graph.text import Text

from ..network import proofs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network, Proof

PAIRS = ("enterprise-institute", "enterprise-enterprise", "institute-institute", "other")
"""Kinds of pairs; ``other`` are those with a body that is neither enterprise nor institute."""
_KIND_AT = {("Enterprise", "Institute"): 0, ("Enterprise", "Enterprise"): 1, ("Institute", "Institute"): 2}


class Shown(NamedTuple):
    """The proof of a row: lines, where they stand, and ids of edges."""

    quotes: list[str]
    places: list[str]
    edges: list[str]


def kinds_of_pairs(network: Network, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the kind of each pair, a number in :data:`PAIRS`.

    Args:
        network: the bodies.
        ones: a body of each pair.
        others: the other body of each.
    """
    firm, institute = network.of_kind("Enterprise"), network.of_kind("Institute")
    firms = firm[ones].astype(np.int64) + firm[others]
    institutes = institute[ones].astype(np.int64) + institute[others]
    kinds = np.full(len(ones), PAIRS.index("other"), dtype=np.int64)
    for (one, other), at in _KIND_AT.items():
        wanted = (one, other).count("Enterprise"), (one, other).count("Institute")
        kinds[(firms == wanted[0]) & (institutes == wanted[1])] = at
    return kinds


def of_that_kind(
    network: Network, pair: str | None, ones: NDArray[np.int64], others: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return for each pair whether it is of the kind asked for.

    Args:
        network: the bodies.
        pair: one of :data:`PAIRS`, or None for any.
        ones: a body of each pair.
        others: the other body of each.
    """
    if pair is None:
        return np.ones(len(ones), dtype=np.bool_)
    return np.equal(kinds_of_pairs(network, ones, others), PAIRS.index(pair))


def at_home(network: Network) -> NDArray[np.bool_]:
    """Return for each body whether it is at home.

    Args:
        network: the bodies and regions.
    """
    local = np.array([*(one == "local" for one in network.regions.relative), False])
    return local[network.seats]


def bodies_in(network: Network, own_id: str | None) -> NDArray[np.bool_]:
    """Return for each body whether it is meant: a body itself, all in a region, or where None is given all at home.

    Args:
        network: the bodies and regions.
        own_id: id of a body or region, or None.
    """
    if own_id is None:
        return at_home(network)
    if own_id in network.regions.things.index:
        return network.within(network.regions.things.index[own_id])
    meant = np.zeros(len(network.bodies.ids), dtype=np.bool_)
    meant[network.bodies.index[own_id]] = True
    return meant


def shown(store: Store, network: Network, pairs: Iterable[Sequence[tuple[int, int]]]) -> list[Shown]:
    """Return the proof of each row, by the pairs of partners that stand for it.

    Args:
        store: the engine.
        network: the bodies and their ties.
        pairs: for each row, pairs of partners by number.
    """
    links = [[link for one, other in some for link in network.links(one, other, most=1)] for some in pairs]
    found = proofs(store, (link for some in links for link in some))
    return [row_of([link.edge for link in some], found) for some in links]


def row_of(edges: list[str], found: Mapping[str, Proof]) -> Shown:
    """Return the proof of a row, each edge and line once.

    Args:
        edges: ids of the edges that stand for it.
        found: the proof of each edge.
    """
    edges = list(dict.fromkeys(edges))
    proven = [found[edge] for edge in edges if edge in found]
    lines = list(dict.fromkeys((proof.quote, proof.place) for proof in proven))
    return Shown([quote for quote, _ in lines], [place for _, place in lines], edges)


def cut(rows: Sequence[Any], top: int, total: int | None = None) -> tuple[Sequence[Any], list[Text]]:
    """Return the first rows, and a remark if that is not all.

    Args:
        rows: in their order.
        top: how many to show.
        total: how many there are, if ``rows`` are only the first of them.

    Examples:
        >>> rows, remarks = cut([3, 2, 1], 2)
        >>> rows, [remark.en for remark in remarks]
        ([3, 2], ['Shown are the first 2 of 3 rows.'])
        >>> cut([1], 2)
        ([1], [])
    """
    total = len(rows) if total is None else total
    if total <= top:
        return rows, []
    return rows[:top], [Text(f"共{total}行，列出前{top}行。", f"Shown are the first {top} of {total} rows.")]


def share(part: int, whole: int) -> str:
    """Return a share of 1 as people read it.

    Args:
        part: the number.
        whole: the denominator.

    Examples:
        >>> share(1, 8), share(0, 0)
        ('12.5%', '–')
    """
    return f"{part / whole:.1%}" if whole else "–"


NO_HOME = Text(
    "没有位于本地的机构：请在工作区设置所在地（home_region），或给出一个区域。",
    "No body is at home: set the workspace's home region, or name a region.",
)
"""Said where a question speaks of home and nobody is there."""
