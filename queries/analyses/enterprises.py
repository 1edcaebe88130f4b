"""Enterprises as questions about gaps see them: by industry, region and tier, with how many partners of which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from innograph.graph.text import Text

from ..measures.matrices import columns_of
from ..network import Things
from ..network.network import KINDS
from .structure import Stand, evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Link, Network
    from .structure import Evidence

    Matrix = sparse.csr_array[Any, tuple[int, int]]

EXAMPLES = 3
"""How many bodies stand as proof for a row that counts many."""
_UNKNOWN = {
    "industry": Text("{number}家企业产业不详", "enterprises of unknown industry, {number}"),
    "region": Text("{number}家企业所在区域不详", "enterprises of unknown region, {number}"),
    "tier": Text("{number}家企业没有梯度认定", "enterprises without a tier, {number}"),
}


class Membership(NamedTuple):
    """Which body belongs to which thing: bodies × things, 1 where it does; a body may belong to several."""

    things: Things
    matrix: Matrix

    def of(self, own_id: str) -> NDArray[np.bool_]:
        """Return for each body whether it belongs to the thing of that id."""
        column = self.matrix[:, [self.things.index[own_id]]]
        return np.asarray(column.toarray()).ravel() > 0

    def known(self) -> NDArray[np.bool_]:
        """Return for each body whether it belongs to anything."""
        return np.diff(self.matrix.indptr) > 0

    def names(self, body: int) -> list[str]:
        """Return the names of all that a body belongs to."""
        return sorted(self.things.names[int(at)] for at in columns_of(self.matrix, body))


class Qualification(NamedTuple):
    """That an enterprise, by number, attained a tier, by id, in a year or at an unknown time."""

    body: int
    tier: str
    year: int | None
    edge: str


class Group(NamedTuple):
    """The enterprises of one industry, region or tier; without id and name those of which it is unknown."""

    by: str
    own_id: str | None
    name: str | None
    members: NDArray[np.int64]


class Enterprises:
    """All enterprises of a graph.

    Args:
        store: the engine.
        network: its network.
    """

    def __init__(self, store: Store, network: Network) -> None:
        self.network = network
        self._store = store
        self.all = network.of_kind("Enterprise")

    def industries(self) -> Membership:
        """Return the industries of bodies."""
        return Membership(self.network.fields.industries, self.network.fields.matrix)

    def regions(self, level: str) -> Membership:
        """Return the region with which each body counts at a level."""
        seats = self.network.seats_at(level)
        known = np.flatnonzero(seats >= 0)
        return Membership(self.network.regions.things, self._ones(known, seats[known], self.network.regions.things))

    def tiers(self) -> Membership:
        """Return the tiers that enterprises have ever attained."""
        rows = self._store.query("MATCH (t:Tier) RETURN t.id AS id, t.name AS name ORDER BY id").rows
        things = Things.of(sorted(rows, key=lambda row: row[0]))
        held = self.qualifications()
        bodies = np.array([one.body for one in held], dtype=np.int64)
        steps = np.array([things.index[one.tier] for one in held], dtype=np.int64)
        return Membership(things, self._ones(bodies, steps, things))

    def qualifications(self) -> list[Qualification]:
        """Return who attained which tier when, in the order of the edges' ids."""
        rows = self._store.query(
            "MATCH (e:Organisation:Enterprise)-[r:QUALIFIES_AS]->(t:Tier)"
            " RETURN r.id AS id, e.id AS body, t.id AS tier, r.year AS year ORDER BY id"
        ).rows
        index = self.network.bodies.index
        return [Qualification(index[row[1]], row[2], row[3], row[0]) for row in sorted(rows, key=lambda row: row[0])]

    def asked(self, parameters: Mapping[str, Any]) -> tuple[NDArray[np.bool_], list[Text]]:
        """Return for each body whether it is an enterprise that is asked for, and of how many that cannot be told.

        Args:
            parameters: ``region``, ``industry`` and ``tier``, as far as a question has them.
        """
        region, industry, tier = (parameters.get(name) for name in ("region", "industry", "tier"))
        meant, remarks = self.all, list[Text]()
        if region:
            meant = meant & self.network.within(self.network.regions.things.index[region])
            remarks += self._untold("region", self.network.seats >= 0)
        for name, own_id, held in (("industry", industry, self.industries), ("tier", tier, self.tiers)):
            if own_id:
                membership = held()
                meant = meant & membership.of(own_id)
                remarks += self._untold(name, membership.known())
        return meant, remarks

    def groups(self, by: str, level: str, meant: NDArray[np.bool_]) -> list[Group]:
        """Return the enterprises meant by industry, region or tier; last those of which it is unknown.

        Args:
            by: ``industry``, ``region`` or ``tier``.
            level: at which level regions are told apart.
            meant: for each body, whether it counts.
        """
        held = self.regions(level) if by == "region" else self.tiers() if by == "tier" else self.industries()
        columns = held.matrix.tocsc()
        columns.sort_indices()
        found: list[Group] = []
        for at in np.flatnonzero(np.diff(columns.indptr)).tolist():
            inside = columns.indices[columns.indptr[at] : columns.indptr[at + 1]].astype(np.int64)
            found.append(Group(by, held.things.ids[at], held.things.names[at], inside[meant[inside]]))
        found.append(Group(f"no-{by}", None, None, np.flatnonzero(meant & ~held.known())))
        return [group for group in found if len(group.members)]

    def region_of(self, body: int) -> str | None:
        """Return the name of the smallest region in which a body is known to be."""
        seat = int(self.network.seats[body])
        return self.network.regions.things.names[seat] if seat >= 0 else None

    def _untold(self, name: str, known: NDArray[np.bool_]) -> list[Text]:
        number = int((self.all & ~known).sum())
        words = Text(*(text.format(number=number) for text in _UNKNOWN[name]))
        return [Text(f"{words.zh}，未计入。", f"Left out: {words.en}.")] if number else []

    def _ones(self, bodies: NDArray[np.int64], things: NDArray[np.int64], of: Things) -> Matrix:
        shape = (len(self.network.bodies.ids), len(of.ids))
        found = sparse.coo_array((np.ones(len(bodies), dtype=np.int64), (bodies, things)), shape=shape).tocsr()
        found.data = np.ones_like(found.data)
        found.sort_indices()
        return found


def partners_by_kind(network: Network) -> NDArray[np.int64]:
    """Return how many partners of each kind each body has: bodies × kinds, in the order of ``KINDS``.

    Args:
        network: the bodies and their ties.
    """
    kinds = np.zeros((len(network.bodies.ids), len(KINDS)), dtype=np.int64)
    kinds[np.arange(len(kinds)), network.kinds] = 1
    return np.asarray(network.partners @ kinds)


def lines(store: Store, ids: Sequence[Sequence[str]], links: Sequence[Sequence[Link]] = ()) -> list[Evidence]:
    """Return the proof of rows: of each the nodes that it speaks of, and the edges.

    Args:
        store: the engine.
        ids: nodes of each row.
        links: edges of each row, or nothing at all.
    """
    return evidence(store, (Stand(*row) for row in zip(ids, links or [()] * len(ids), strict=True)))


def by_name(network: Network, bodies: Iterable[int]) -> list[int]:
    """Return bodies in the order of their names, those of one name in the order of their ids.

    Args:
        network: the bodies.
        bodies: by number.
    """
    return sorted(bodies, key=lambda body: (network.bodies.names[body], body))
