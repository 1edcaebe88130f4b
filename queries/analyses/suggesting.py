"""What questions that suggest partners share: the score of a candidate, and the reasons for it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innograph.graph.text import Text

from ..measures.matrices import columns_of
from ..network import Link
from . import structure
from .structure import Stand, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from innograph.graph.stores import Store

    from ..measures.link_prediction import Path
    from ..network import Network

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Numbers = NDArray[np.float64]
    Nodes = NDArray[np.int64]
    Mask = NDArray[np.bool_]

FIELD_WEIGHT, REGION_WEIGHT = 0.3, 0.1
"""What a full match adds to the network's part, which is at most 1. Tried on the projects of Horizon 2020: with more for the
region fewer suggestions come true, with as much or less for the field about as many."""
_LEVELS = ("county", "prefecture", "province")
_SEATS = """
UNWIND $ids AS own
MATCH (o:Organisation {id: own})-[r:LOCATED_IN]->(g:Region)
RETURN r.id AS id, o.id AS body, g.id AS region
ORDER BY id
"""


class Scores(NamedTuple):
    """The score of every body as a partner, and its three parts, each from 0 to 1.

    Args:
        network: its L3 score as a share of the highest that any body has.
        field: what share of the industries wanted it works in.
        region: of county, prefecture and province, what share is the same; of several starts their mean.
    """

    network: Numbers
    field: Numbers
    region: Numbers

    @property
    def total(self) -> Numbers:
        """The score."""
        return self.network + FIELD_WEIGHT * self.field + REGION_WEIGHT * self.region


def ties(network: Network) -> Matrix:
    """Return who are partners, as the measures take it.

    Args:
        network: the network.
    """
    return remembered(network, "ties", lambda: network.partners.astype(np.float64))


def scored(network: Network, l3: Numbers, starts: Nodes, wanted: Nodes) -> Scores:
    """Return the scores of all bodies as partners of some, the starts.

    Args:
        network: the bodies.
        l3: the L3 score of each body.
        starts: for whom partners are looked for, by number.
        wanted: the industries they should work in, by number.
    """
    most = float(l3.max(initial=0.0))
    return Scores(l3 / most if most else l3, _field(network, wanted), _region(network, starts))


def _field(network: Network, wanted: Nodes) -> Numbers:
    matrix = network.fields.matrix
    if not len(wanted):
        return np.zeros(len(network.bodies.ids))
    return np.asarray(matrix[:, wanted].sum(axis=1), dtype=np.float64).ravel() / len(wanted)


def _region(network: Network, starts: Nodes) -> Numbers:
    found = np.zeros(len(network.bodies.ids))
    for seats in _seats(network):
        known = seats[starts][seats[starts] >= 0]
        same = np.append(np.bincount(known, minlength=len(network.regions.things.ids)), 0)  # the last for seats unknown
        found += same[seats]
    return found / (len(_LEVELS) * len(starts))


def _seats(network: Network) -> Sequence[Nodes]:
    """Return with which region each body counts at each level, the smallest level first."""
    return remembered(network, "seats of suggestions", lambda: [network.seats_at(level) for level in _LEVELS])


def nearby(network: Network, one: int, other: int) -> str | None:
    """Return the name of the smallest region in which two bodies both are, or None.

    Args:
        network: the bodies and regions.
        one: number of a body.
        other: number of another.
    """
    both = ((int(seats[one]), int(seats[other])) for seats in _seats(network))
    return next((network.regions.things.names[here] for here, there in both if here == there >= 0), None)


def distance(network: Network, body: int) -> str | None:
    """Return the code of how far from home a body is, or None where that is not known.

    Args:
        network: the bodies and regions.
        body: its number.
    """
    seat = int(network.seats[body])
    return network.regions.relative[seat] if seat >= 0 else None


def industries_of(network: Network, body: int) -> Nodes:
    """Return the industries of a body, by number.

    Args:
        network: the bodies and fields.
        body: its number.
    """
    return columns_of(network.fields.matrix, body)


def ranked(network: Network, scores: Scores, candidates: Mask, most: int) -> tuple[list[int], int]:
    """Return the candidates with the highest scores, and how many have any.

    Of equals the one with most partners comes first, then the first by id.

    Args:
        network: the bodies and their ties.
        scores: of all bodies.
        candidates: for each body, whether it is asked for.
        most: how many to return.
    """
    values = np.where(candidates, scores.total, 0).round(9)
    if (found := int(np.count_nonzero(values))) > most:
        values[values < np.partition(values, -most)[-most]] = 0
    first = np.flatnonzero(values)
    partners = np.diff(network.partners.indptr)[first]
    return first[np.lexsort((first, -partners, -values[first]))][:most].tolist(), found


def chosen(network: Network, parameters: Mapping[str, Any]) -> Mask:
    """Return for each body whether it is of the kind, in the region and in the industry asked for.

    Args:
        network: the bodies.
        parameters: ``kind``, ``region`` and ``industry``, as far as a question has them.
    """
    kind = parameters.get("kind", "any")
    found = structure.chosen(
        network, {"kind": None if kind == "any" else kind.capitalize(), "region": parameters.get("region")}
    )
    if industry := parameters.get("industry"):
        found &= works_in(network, network.fields.industries.index[industry])
    return found


def works_in(network: Network, industry: int) -> Mask:
    """Return for each body whether it works in an industry.

    Args:
        network: the bodies.
        industry: its number.
    """
    return np.asarray(network.fields.matrix[:, [industry]].toarray()).ravel() > 0


def addressed(network: Network, scores: Scores) -> Mask:
    """Return for each body whether it is an addressee of a suggestion.

    A group whose members nobody lists is none, and a department is one only where partners of partners lead to it: it is in
    the same place as everybody that it governs.

    Args:
        network: the bodies.
        scores: of all of them.
    """
    return ~network.of_kind("Collective") & (~network.of_kind("Department") | (scores.network > 0))


def basis(scores: Scores, body: int) -> str:
    """Return the code of what a suggestion stands on.

    Args:
        scores: of all bodies.
        body: the candidate.
    """
    matches = scores.field[body] > 0 or scores.region[body] > 0
    if not scores.network[body]:
        return "match"
    return "paths-match" if matches else "paths"


def ways(network: Network, paths: Sequence[Path], *, whole: bool = False) -> list[str]:
    """Return paths to a candidate in words: by way of whom.

    Args:
        network: the bodies.
        paths: the paths.
        whole: whether to name where each path begins.
    """
    names = network.bodies.names
    return [" → ".join(names[node] for node in path.nodes[not whole : 3]) for path in paths]


class Suggestion(NamedTuple):
    """A candidate, one for whom it might be a partner, and the strongest paths between them."""

    body: int
    candidate: int
    paths: Sequence[Path]


def stands(store: Store, network: Network, wanted: Nodes, rows: Iterable[Suggestion]) -> list[Stand]:
    """Return what suggestions stand on: the strongest path, the fields that match, and the seats if they do.

    Args:
        store: the engine.
        network: the bodies and their ties.
        wanted: the industries that candidates should work in.
        rows: the suggestions.
    """
    suggestions = list(rows)
    near = {(one, other) for one, other, _ in suggestions if nearby(network, one, other)}
    seats = _seat_links(store, network, {body for pair in near for body in pair})
    found: list[Stand] = []
    for one, other, paths in suggestions:
        links = [link for path in paths[:1] for ends in pairwise(path.nodes) for link in network.links(*ends, most=1)]
        links += [link for body in (one, other) for link in _fields(network, body, wanted, other)]
        links += [seats[body] for body in (one, other) if (one, other) in near and body in seats]
        found.append(Stand([network.bodies.ids[other]], links))
    return found


def _fields(network: Network, body: int, wanted: Nodes, candidate: int) -> list[Link]:
    """Return the edges by which a body works in those of the industries wanted that a candidate works in."""
    fields, same = network.fields, np.intersect1d(industries_of(network, candidate), wanted)
    ends = [(body, int(industry)) for industry in np.intersect1d(industries_of(network, body), same)]
    return [
        Link(fields.edges[end], "FOCUSES_ON", network.bodies.ids[body], fields.industries.ids[end[1]]) for end in ends
    ]


def _seat_links(store: Store, network: Network, bodies: Iterable[int]) -> dict[int, Link]:
    """Return for each body the edge that says where it is."""
    rows = store.query(_SEATS, {"ids": [network.bodies.ids[body] for body in sorted(bodies)]}).rows
    found: dict[int, Link] = {}
    for edge, body, region in rows:
        number = network.bodies.index[body]
        if network.regions.things.index[region] == network.seats[number]:
            found.setdefault(number, Link(edge, "LOCATED_IN", body, region))
    return found


WEAK = Text(
    "没有合作网络可依：只按领域和区域推荐，依据较弱，只宜作为摸排的起点。",
    "There is no network to go by: these match in field or region only. The advice is weak, a place to start looking.",
)
"""Said where nothing but field and region speaks for anybody."""
