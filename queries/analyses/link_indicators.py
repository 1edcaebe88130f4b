"""Indicators of links: how many enterprises have an institute as partner, ties to outside, density, and reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..measures.indicators import Ratio, density_between, external, linked
from ..measures.matrices import columns_of
from ..network import network_of
from . import structure
from .reaching import NATIONAL, reach_of
from .suggesting import works_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Link, Network
    from .reaching import Reach

    Mask = NDArray[np.bool_]

_STEPS = 2
_EXAMPLES = 2


class _Row(NamedTuple):
    indicator: str
    industry: str | None
    ratio: Ratio
    stand: structure.Stand


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each indicator, and for density one for each industry, the densest first."""
    network = network_of(store)
    reach = reach_of(store, network, NATIONAL)
    inside = structure.chosen(network, {"region": parameters["region"]})
    work = _Indicators(network, inside, str(parameters["level"]))
    whole = [work.with_institute(), work.external(), work.density(), work.reach(reach)]
    industries = list(work.by_industry())
    shown = industries[: int(parameters["top"])]
    rows = [*whole, *shown]
    proof = structure.evidence(store, (row.stand for row in rows))
    table = [
        (row.indicator, row.industry, *row.ratio, row.ratio.share, *of_row)
        for row, of_row in zip(rows, proof, strict=True)
    ]
    return Found(
        table, [structure.counted(network), _graded(network, len(reach.goals)), *_left_out(len(shown), len(industries))]
    )


class _Indicators:
    """The indicators of the enterprises within a region."""

    def __init__(self, network: Network, inside: Mask, level: str) -> None:
        self.network = network
        self.inside = inside
        self.level = level
        self.firms = network.of_kind("Enterprise") & inside
        self.institutes = network.of_kind("Institute")

    def with_institute(self) -> _Row:
        """How many enterprises have an institute as partner."""
        found = linked(self.network.partners, self.firms, self.institutes)
        ratio = Ratio(int(found.sum()), int(self.firms.sum()))
        return _Row("with-institute", None, ratio, self._stand(found, self.institutes))

    def external(self) -> _Row:
        """How many pairs of partners lie in two regions."""
        groups = self.network.seats_at(self.level)
        ratio = external(self.network.partners, groups, self.inside)
        pairs = self.network.partners.tocoo()
        one, other = groups[pairs.row], groups[pairs.col]
        apart = (one >= 0) & (other >= 0) & (one != other) & self.inside[pairs.row]
        first = np.flatnonzero(apart)[:_EXAMPLES]
        ends = zip(pairs.row[first].tolist(), pairs.col[first].tolist(), strict=True)
        links = [link for here, there in ends for link in self.network.links(here, there, most=1)]
        return _Row("external", None, ratio, structure.Stand(links=links))

    def density(self) -> _Row:
        """How many pairs of an enterprise and an institute are partners."""
        found = linked(self.network.partners, self.institutes, self.firms)
        ratio = density_between(self.network.partners, self.firms, self.institutes)
        return _Row("density", None, ratio, structure.Stand(links=self._stand(found, self.firms).links))

    def by_industry(self) -> Iterator[_Row]:
        """How many pairs of an enterprise and an institute of one industry are partners."""
        industries = self.network.fields.industries
        rows: list[_Row] = []
        for number, name in enumerate(industries.names):
            here = works_in(self.network, number)
            firms, institutes = self.firms & here, self.institutes & here
            if firms.any() or institutes.any():
                links = self._stand(linked(self.network.partners, firms, institutes), institutes).links
                stand = structure.Stand([] if links else [industries.ids[number]], links)
                rows.append(_Row("density", name, density_between(self.network.partners, firms, institutes), stand))
        yield from sorted(rows, key=lambda row: (-(row.ratio.share or 0), -row.ratio.denominator))

    def reach(self, reach: Reach) -> _Row:
        """How many enterprises are at most two steps from a national institute."""
        steps = reach.steps.distance
        found = self.firms & (steps >= 0) & (steps <= _STEPS)
        ratio = Ratio(int(found.sum()), int(self.firms.sum()))
        ids = [self.network.bodies.ids[int(body)] for body in reach.goals[:_EXAMPLES]]
        return _Row("reach", None, ratio, structure.Stand([*ids, *self._stand(found, steps == 0).nodes]))

    def _stand(self, bodies: Mask, partners: Mask) -> structure.Stand:
        """Return the first of some bodies as examples, each with a partner of the other group if it has one."""
        nodes: list[str] = []
        links: list[Link] = []
        for body in map(int, np.flatnonzero(bodies)[:_EXAMPLES]):
            near = columns_of(self.network.partners, body)
            nodes.append(self.network.bodies.ids[body])
            links += [
                link for other in near[partners[near]][:1].tolist() for link in self.network.links(body, other, most=1)
            ]
        return structure.Stand(nodes, links)


def _graded(network: Network, national: int) -> Text:
    """Return the remark on how many institutes are national, on which reach depends."""
    institutes = int(network.of_kind("Institute").sum())
    if national:
        return Text(
            f"{institutes}家高校院所中有{national}家标明为国家级。",
            f"Of {institutes} institutes, {national} are said to be national.",
        )
    return Text(
        f"{institutes}家高校院所都没有标明是国家级，因此没有企业能算作可达；请在名册的“级别”列写明。",
        f"None of {institutes} institutes is said to be national, so that no enterprise can be said to reach one; state it in the column 级别 of the roster.",
    )


def _left_out(shown: int, total: int) -> list[Text]:
    if shown >= total:
        return []
    return [Text(f"共{total}个产业，列出前{shown}个。", f"The first {shown} of {total} industries are shown.")]
