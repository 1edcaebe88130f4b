"""Where the partners of a region or body are, altogether or year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..network import network_of, proofs
from .pairing import NO_HOME, bodies_in, cut, row_of, share, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network


class _Ties(NamedTuple):
    """Ties from own bodies to partners: one entry for each pair, or for each pair and project."""

    own: NDArray[np.int64]
    partners: NDArray[np.int64]
    projects: NDArray[np.int64]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each region with partners, or for each year and region, those with most projects first."""
    network = network_of(store)
    own = bodies_in(network, parameters["of"])
    if not own.any() and parameters["of"] is None:
        return Found([], [NO_HOME])
    seats = network.seats_at(parameters["level"])
    ones, others = network.pairs
    pairs = _outward(own, ones, others, np.full(len(ones), -1))
    joint = _outward(own, *network.joint)
    regions = _regions(network, seats, pairs, joint)
    rows, remarks = cut(regions, parameters["top"])
    unknown = int((seats[pairs.partners] < 0).sum())
    told = _told(len(pairs.own), unknown)
    if parameters["by"] == "year":
        undated = len(np.unique(joint.projects[network.years[joint.projects] == 0]))
        return Found(_by_year(store, network, seats, rows, joint), [told, _undated(undated), *remarks])
    return Found(_altogether(store, network, seats, rows, pairs, joint), [told, *remarks])


def _outward(
    own: NDArray[np.bool_], ones: NDArray[np.int64], others: NDArray[np.int64], projects: NDArray[np.int64]
) -> _Ties:
    """Return the ties between an own body and one that is none."""
    out = np.flatnonzero(own[ones] != own[others])
    first = own[ones[out]]
    inner, outer = np.where(first, ones[out], others[out]), np.where(first, others[out], ones[out])
    return _Ties(inner, outer, projects[out])


def _regions(network: Network, seats: NDArray[np.int64], pairs: _Ties, joint: _Ties) -> list[int]:
    """Return the regions of the partners, those with most shared projects first, then those with most pairs."""
    number = len(network.regions.things.ids)
    projects = max(len(network.projects.ids), 1)
    shared = np.unique((seats[joint.partners] + 1) * projects + joint.projects) // projects
    by_projects = np.bincount(shared, minlength=number + 1)[1:]
    by_pairs = np.bincount(seats[pairs.partners] + 1, minlength=number + 1)[1:]
    names = network.regions.things.names
    found = np.flatnonzero(by_pairs).tolist()
    return sorted(found, key=lambda one: (-by_projects[one], -by_pairs[one], names[one], one))


def _altogether(
    store: Store, network: Network, seats: NDArray[np.int64], regions: Sequence[int], pairs: _Ties, joint: _Ties
) -> list[tuple[Any, ...]]:
    places, joint_places = seats[pairs.partners], seats[joint.partners]
    found: list[tuple[Any, ...]] = []
    examples: list[list[tuple[int, int]]] = []
    for region in regions:
        here, shared = np.flatnonzero(places == region), joint.projects[joint_places == region]
        projects, partners = np.unique(shared), np.unique(pairs.partners[here])
        years = network.years[projects]
        years = years[years > 0]
        last = int(years.max()) if len(years) else None
        number = (len(here), len(partners), len(np.unique(pairs.own[here])), len(projects))
        found.append((*_place(network, region), None, *number, len(here) / len(pairs.own), last))
        examples.append([(int(pairs.own[here[0]]), int(pairs.partners[here[0]]))])
    proof = shown(store, network, examples)
    return [(*row, *proven) for row, proven in zip(found, proof, strict=True)]


def _by_year(
    store: Store, network: Network, seats: NDArray[np.int64], regions: Sequence[int], joint: _Ties
) -> list[tuple[Any, ...]]:
    """Return a row for each year in which projects with a region began, the regions in their order."""
    places, years = seats[joint.partners], network.years[joint.projects]
    all_pairs = {int(year): _pairs(network, joint, years == year) for year in np.unique(years[years > 0])}
    found: list[tuple[Any, ...]] = []
    links: list[list[Any]] = []
    for year, everywhere in all_pairs.items():
        for region in regions:
            here = np.flatnonzero((places == region) & (years == year))
            if not len(here):
                continue
            partners, own = np.unique(joint.partners[here]), np.unique(joint.own[here])
            pairs, projects = _pairs(network, joint, here), np.unique(joint.projects[here])
            number = (pairs, len(partners), len(own), len(projects))
            found.append((*_place(network, region), year, *number, pairs / everywhere, year))
            first = int(here[0])
            project = int(joint.projects[first])
            links.append([network.participation(int(side[first]), project) for side in (joint.own, joint.partners)])
    known = proofs(store, (link for some in links for link in some))
    proof = [row_of([link.edge for link in some], known) for some in links]
    return [(*row, *proven) for row, proven in zip(found, proof, strict=True)]


def _pairs(network: Network, joint: _Ties, which: NDArray[Any]) -> int:
    """Return how many different pairs these are."""
    return len(np.unique(joint.own[which] * len(network.bodies.ids) + joint.partners[which]))


def _place(network: Network, region: int) -> tuple[str, str | None]:
    return network.regions.things.names[region], network.regions.relative[region]


def _told(pairs: int, unknown: int) -> Text:
    return Text(
        f"共{pairs}对与外部机构的伙伴关系，{unknown}对（{share(unknown, pairs)}）的对方所在区域不详，不在表中。",
        f"{pairs} partnerships with bodies outside; in {unknown} ({share(unknown, pairs)}) the partner's seat is unknown, and "
        "they are not in the table.",
    )


def _undated(projects: int) -> Text:
    return Text(
        f"按项目开始的年份计；{projects}个项目没有开始日期，直接合作没有年份，均不在表中。",
        f"By the year in which projects began; {projects} projects without one, and direct cooperation, are not in the table.",
    )
