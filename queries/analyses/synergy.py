"""Triple-helix synergy of enterprises: region, industry, and step on the ladder or size."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from innograph.graph.text import Text

from ..answering import Found
from ..measures import synergy as measure
from ..measures.matrices import columns_of
from ..network import network_of
from . import structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

_TIERS = (
    "MATCH (e:Enterprise)-[r:QUALIFIES_AS]->(t:Tier) RETURN e.id AS id, t.id AS tier, r.year AS year ORDER BY id, tier"
)
_SIZES = "MATCH (e:Enterprise) WHERE e.employees IS NOT NULL RETURN e.id AS id, e.employees AS employees ORDER BY id"
_SIZE_FROM = (20, 300, 1000)
_SHOWN = 3


class _Firm(NamedTuple):
    """An enterprise with its three traits; of its industries each counts in part."""

    body: int
    region: int
    third: int
    industries: tuple[int, ...]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for all enterprises, and one for each larger region with its part in the whole."""
    network = network_of(store)
    wide = network.seats_at(str(parameters["level"]))
    asked = np.flatnonzero(network.of_kind("Enterprise") & structure.chosen(network, parameters))
    firms = list(_firms(network, asked, _thirds(store, network, str(parameters["third"]))))
    if not firms:
        return Found([], _remarks(firms, len(asked)))
    groups: defaultdict[int, list[_Firm]] = defaultdict(list)
    for firm in firms:
        groups[int(wide[firm.body])].append(firm)
    places = sorted((one for one in groups if one >= 0), key=lambda one: (-len(groups[one]), one))
    scopes = [(None, firms), *((one, groups[one]) for one in places)]
    proof = structure.evidence(store, (_stand(network, place, some) for place, some in scopes))
    names = network.regions.things.names
    rows = [
        (None if place is None else names[place], *_measured(some, len(firms)), *of_row)
        for (place, some), of_row in zip(scopes, proof, strict=True)
    ]
    return Found(rows, [*_remarks(firms, len(asked)), _between(rows)])


def _firms(network: Network, asked: NDArray[np.int64], thirds: Mapping[int, int]) -> Iterator[_Firm]:
    """Yield the enterprises of which all three traits are known; the region is the county, or what is stated instead."""
    counties = network.seats_at("county")
    regions = np.where(counties >= 0, counties, network.seats)
    for body in asked.tolist():
        industries = tuple(columns_of(network.fields.matrix, body).tolist())
        if regions[body] >= 0 and industries and body in thirds:
            yield _Firm(body, int(regions[body]), thirds[body], industries)


def _thirds(store: Store, network: Network, trait: str) -> dict[int, int]:
    """Return the third trait of each enterprise: the size, or the latest tier with -1 for none."""
    if trait == "size":
        sizes = store.query(_SIZES).rows
        return {network.bodies.index[own]: bisect_right(_SIZE_FROM, many) for own, many in sizes}
    found = dict.fromkeys(np.flatnonzero(network.of_kind("Enterprise")).tolist(), -1)
    rows = store.query(_TIERS).rows
    numbers = {tier: at for at, tier in enumerate(sorted({row[1] for row in rows}))}
    for own, tier, _ in sorted(rows, key=lambda row: (row[2] or 0, row[1])):
        found[network.bodies.index[own]] = numbers[tier]
    return found


def _cells(firms: Sequence[_Firm]) -> tuple[NDArray[np.int64], sparse.csr_array[Any, tuple[int, int]]]:
    """Return the combinations that occur, and how much of each enterprise falls on each."""
    cells: dict[tuple[int, int, int], int] = {}
    at: list[int] = []
    of: list[int] = []
    share: list[float] = []
    for number, firm in enumerate(firms):
        for industry in firm.industries:
            at.append(number)
            of.append(cells.setdefault((firm.region, industry, firm.third), len(cells)))
            share.append(1 / len(firm.industries))
    shape = (len(firms), len(cells))
    return np.array(list(cells), dtype=np.int64).reshape(-1, 3), sparse.csr_array((share, (at, of)), shape=shape)


def _measured(firms: Sequence[_Firm], total: int) -> Iterator[Any]:
    """Yield state, counts and synergy."""
    cells, shares = _cells(firms)
    enough = measure.enough(len(firms), len(cells))
    yield "estimated" if enough else "too-few"
    yield len(firms)
    yield total
    yield len(cells)
    if not enough:
        yield from (None, None, None, None, None)
        return
    found = measure.synergy(cells, shares)
    yield from (round(value, 9) for value in found)
    yield round(found.bits * len(firms) / total, 9)


def _stand(network: Network, place: int | None, firms: Sequence[_Firm]) -> structure.Stand:
    """Return the region, and the first of its enterprises as examples."""
    own = [] if place is None else [network.regions.things.ids[place]]
    return structure.Stand([*own, *(network.bodies.ids[firm.body] for firm in firms[:_SHOWN])])


def _remarks(firms: Sequence[_Firm], asked: int) -> list[Text]:
    remarks = [
        Text(
            f"{asked}家企业中，{len(firms)}家的三项特征都已知，其余未计入。",
            f"Of {asked} enterprises, all three traits are known of {len(firms)}; the others are left out.",
        )
    ]
    combinations = len(_cells(firms)[0])
    if firms and not measure.enough(len(firms), combinations):
        bias = measure.bias(len(firms), combinations)
        remarks.append(
            Text(
                f"企业太少，不计算：{len(firms)}家企业分布在{combinations}种组合上，联合熵会偏低约{bias:.2f}比特，与协同度本身同样大小，得出的只是偶然。至少需要{measure.FEWEST}家，且平均每种组合{measure.PER_CELL}家。",
                f"Too few enterprises, so that it is not worked out: {len(firms)} fall on {combinations} combinations; their joint entropy would come out about {bias:.2f} bits too low, which is as much as synergy itself, and nothing but chance. It takes {measure.FEWEST} at least, and {measure.PER_CELL} for each combination.",
            )
        )
    return remarks


def _between(rows: Sequence[tuple[Any, ...]]) -> Text:
    """Return the remark on what of the whole lies between regions."""
    whole, parts = rows[0][5], [row[9] for row in rows[1:]]
    placed = sum(row[2] for row in rows[1:])
    if whole is None or None in parts or placed < rows[0][2]:
        return Text(
            "有区域企业太少，或有企业不知属于哪个区域，因此不能算出区域之间的部分。",
            "Some region has too few enterprises, or some enterprise no region of that level, so that the part between regions cannot be told.",
        )
    rest = whole - sum(parts)
    return Text(
        f"各区域的贡献之外，区域之间的协同为{rest:.3f}比特。",
        f"Beside the contributions of regions, {rest:.3f} bits lie between them.",
    )
