"""Region by region: how many pairs of partners, projects and how much money tie them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..network import network_of
from .pairing import cut, of_that_kind, share, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

_MIXED = Text(
    "金额是有金额的项目的总额；跨几对区域的项目在每对中都算，各行不可相加。",
    "Amounts are the totals of projects whose amount is known; a project over several pairs of regions counts in each, "
    "so rows do not add up.",
)


class _Cell(NamedTuple):
    """Two regions by number, the smaller first, with what ties them; ``example`` is a pair of partners."""

    one: int
    other: int
    relation: str
    pairs: int
    projects: NDArray[np.int64]
    example: tuple[int, int]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each two regions with partners in both, and for each region with partners inside."""
    network = network_of(store)
    seats = network.seats_at(parameters["level"])
    wanted = _Wanted(network, parameters["region"], parameters["pair"])
    ones, others = wanted.of(*network.pairs)
    known = (seats[ones] >= 0) & (seats[others] >= 0)
    cells = _cells(network, seats, ones[known], others[known], _projects(network, seats, wanted))
    asked = [cell for cell in cells if parameters["cells"] in (cell.relation, "all")]
    names = network.regions.things.names
    asked.sort(key=lambda c: (-len(c.projects), -c.pairs, names[c.one], names[c.other], c.one, c.other))
    rows, remarks = cut(asked, parameters["top"])
    proof = shown(store, network, [[cell.example] for cell in rows])
    told = [_row(network, cell, proven) for cell, proven in zip(rows, proof, strict=True)]
    return Found(told, [*_remarks(cells, len(ones), int((~known).sum())), _MIXED, *remarks])


class _Wanted:
    """Which pairs count: of a kind, with at least one body in a region."""

    def __init__(self, network: Network, region: str | None, pair: str | None) -> None:
        self.network = network
        self.pair = pair
        self.inside = network.within(network.regions.things.index[region]) if region else None

    def of(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the pairs that count."""
        mask = self.mask(ones, others)
        return ones[mask], others[mask]

    def mask(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each pair whether it counts."""
        kind = of_that_kind(self.network, self.pair, ones, others)
        return kind if self.inside is None else kind & (self.inside[ones] | self.inside[others])


def _keys(network: Network, seats: NDArray[np.int64], ones: NDArray[np.int64], others: NDArray[np.int64]) -> Any:
    """Return a number for the two regions of each pair, the same whichever body comes first."""
    here, there = seats[ones], seats[others]
    return np.minimum(here, there) * len(network.regions.things.ids) + np.maximum(here, there)


def _projects(network: Network, seats: NDArray[np.int64], wanted: _Wanted) -> dict[int, NDArray[np.int64]]:
    """Return the projects of each two regions."""
    joint = network.joint
    mask = wanted.mask(joint.ones, joint.others) & (seats[joint.ones] >= 0) & (seats[joint.others] >= 0)
    keys = _keys(network, seats, joint.ones[mask], joint.others[mask])
    count = max(len(network.projects.ids), 1)
    both = np.unique(keys * count + joint.projects[mask])
    regions, begins = np.unique(both // count, return_index=True)
    return dict(zip(regions.tolist(), np.split(both % count, begins[1:]), strict=bool(len(regions))))


def _cells(
    network: Network,
    seats: NDArray[np.int64],
    ones: NDArray[np.int64],
    others: NDArray[np.int64],
    projects: dict[int, NDArray[np.int64]],
) -> list[_Cell]:
    keys, first, counts = np.unique(_keys(network, seats, ones, others), return_index=True, return_counts=True)
    none = np.empty(0, dtype=np.int64)
    found: list[_Cell] = []
    for key, at, count in zip(keys.tolist(), first.tolist(), counts.tolist(), strict=True):
        one, other = divmod(key, len(network.regions.things.ids))
        relation = "within" if one == other else "nested" if network.regions.nested(one, other) else "across"
        found.append(_Cell(one, other, relation, count, projects.get(key, none), (int(ones[at]), int(others[at]))))
    return found


def _row(network: Network, cell: _Cell, proof: Any) -> tuple[Any, ...]:
    names = network.regions.things.names
    amounts, currencies = network.money.amounts[cell.projects], network.money.currencies
    known = ~np.isnan(amounts)
    sums: dict[str, float] = {}
    for project, amount in zip(cell.projects[known].tolist(), amounts[known].tolist(), strict=True):
        currency = str(currencies[int(project)] or "")
        sums[currency] = sums.get(currency, 0.0) + amount
    money = sorted(sums)
    return (
        names[cell.one],
        names[cell.other],
        cell.relation,
        cell.pairs,
        len(cell.projects),
        [round(sums[currency], 2) for currency in money],
        money,
        int(known.sum()),
        *proof,
    )


def _remarks(cells: list[_Cell], pairs: int, unknown: int) -> list[Text]:
    across = sum(cell.pairs for cell in cells if cell.relation == "across")
    within = sum(cell.pairs for cell in cells if cell.relation == "within")
    nested = sum(cell.pairs for cell in cells if cell.relation == "nested")
    over = [cell.projects for cell in cells if cell.relation == "across"]
    projects = len(np.unique(np.concatenate(over))) if over else 0
    found = [
        Text(
            f"{pairs}对合作伙伴：跨区域{across}对（{share(across, pairs)}），区域内{within}对，"
            f"{unknown}对有一方所在区域不详（不在表中）；跨区域项目{projects}个。",
            f"{pairs} pairs of partners: {across} across regions ({share(across, pairs)}), {within} within one, "
            f"{unknown} with a seat unknown (not in the table); {projects} projects over two or more regions.",
        )
    ]
    if nested:
        found.append(
            Text(
                f"{nested}对的一方只知在更大的区域，是否跨区域不能断定。",
                f"Of {nested} pairs one body is only known to be in a larger region: whether they cross one is unsure.",
            )
        )
    return found
