"""The network, read from an engine: bodies, what they take part in, where they are, and what they work on."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from scipy import sparse

from .proof import Link
from .regions import Regions
from .things import Things

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    Matrix = sparse.csr_array[Any, tuple[int, int]]

KINDS = ("Enterprise", "Institute", "Department", "ServiceBody", "Collective")
"""What :attr:`Network.kinds` counts."""
_TIMEOUT = 120.0


class Participations(NamedTuple):
    """Who takes part in what: one entry for each edge, in the order of their ids; amounts are ``nan`` where unknown."""

    bodies: NDArray[np.int64]
    projects: NDArray[np.int64]
    edges: Sequence[str]
    amounts: NDArray[np.float64]
    currencies: Sequence[str | None]


class Cooperations(NamedTuple):
    """Direct cooperation of two bodies: one entry for each edge, in the order of their ids."""

    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    edges: Sequence[str]
    kinds: Sequence[str | None]


class Joint(NamedTuple):
    """Two bodies, the first by number before the other, and a project that they share."""

    ones: NDArray[np.int64]
    others: NDArray[np.int64]
    projects: NDArray[np.int64]


class Money(NamedTuple):
    """What projects cost altogether: ``nan`` where that is unknown."""

    amounts: NDArray[np.float64]
    currencies: Sequence[str | None]


class Fields(NamedTuple):
    """What bodies work on: bodies × industries, 1 where an edge says so, and the id of that edge."""

    industries: Things
    matrix: Matrix
    edges: Mapping[tuple[int, int], str]


class Network:
    """The bodies of a graph and how they are tied; every part is read when it is first asked for.

    Two bodies are *partners* if they take part in the same project or cooperate directly.

    Args:
        store: the engine; its graph must not change while the network is used.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- bodies and projects

    @cached_property
    def _bodies(self) -> tuple[Things, NDArray[np.int64]]:
        rows: list[tuple[Any, ...]] = []
        for number, kind in enumerate(KINDS):
            asked = f"MATCH (o:Organisation:{kind}) RETURN o.id AS id, o.name AS name, {number} AS kind ORDER BY id"
            rows += self._rows(asked)
        rows.sort(key=lambda row: row[0])
        return Things.of(rows), np.array([row[2] for row in rows], dtype=np.int64)

    @property
    def bodies(self) -> Things:
        """All organisations."""
        return self._bodies[0]

    @property
    def kinds(self) -> NDArray[np.int64]:
        """The kind of each body, a number in :data:`KINDS`."""
        return self._bodies[1]

    def of_kind(self, kind: str) -> NDArray[np.bool_]:
        """Return for each body whether it is of that kind."""
        return np.equal(self.kinds, KINDS.index(kind))

    @cached_property
    def _projects(self) -> tuple[Things, NDArray[np.int64], Money]:
        rows = self._rows(
            "MATCH (p:Project) RETURN p.id AS id, p.name AS name, p.start_date AS began,"
            " p.amount AS amount, p.currency AS currency ORDER BY id"
        )
        rows.sort(key=lambda row: row[0])
        years = np.array([row[2].year if row[2] else 0 for row in rows], dtype=np.int64)
        amounts = np.array([np.nan if row[3] is None else row[3] for row in rows], dtype=np.float64)
        return Things.of(rows), years, Money(amounts, [row[4] for row in rows])

    @property
    def projects(self) -> Things:
        """All projects."""
        return self._projects[0]

    @property
    def years(self) -> NDArray[np.int64]:
        """The year in which each project began; 0 where that is unknown."""
        return self._projects[1]

    @property
    def money(self) -> Money:
        """What each project costs."""
        return self._projects[2]

    # --- ties

    @cached_property
    def participations(self) -> Participations:
        """Who takes part in which project."""
        rows = self._rows(
            "MATCH (o:Organisation)-[r:PARTICIPATES_IN]->(p:Project)"
            " RETURN r.id AS id, o.id AS body, p.id AS project, r.amount AS amount, r.currency AS currency"
        )
        rows.sort(key=lambda row: row[0])
        return Participations(
            _numbers(self.bodies, (row[1] for row in rows)),
            _numbers(self.projects, (row[2] for row in rows)),
            [row[0] for row in rows],
            np.array([np.nan if row[3] is None else row[3] for row in rows], dtype=np.float64),
            [row[4] for row in rows],
        )

    @cached_property
    def cooperations(self) -> Cooperations:
        """Which bodies cooperate directly."""
        rows = self._rows(
            "MATCH (a:Organisation)-[r:COOPERATES_WITH]->(b:Organisation)"
            " RETURN r.id AS id, a.id AS source, b.id AS target, r.kind AS kind ORDER BY id"
        )
        rows.sort(key=lambda row: row[0])
        return Cooperations(
            _numbers(self.bodies, (row[1] for row in rows)),
            _numbers(self.bodies, (row[2] for row in rows)),
            [row[0] for row in rows],
            [row[3] for row in rows],
        )

    @cached_property
    def incidence(self) -> Matrix:
        """Bodies × projects: 1 where a body takes part, however often the sources say so."""
        return _ones(self.participations.bodies, self.participations.projects, self._shape(self.projects))

    @cached_property
    def shared(self) -> Matrix:
        """Bodies × bodies: how many projects two share; nothing on the diagonal."""
        return _without_diagonal((self.incidence @ self.incidence.T).tocsr())

    @cached_property
    def joint(self) -> Joint:
        """Every pair of bodies in every project that both take part in, in the order of the projects."""
        projects = self.incidence.T.tocsr()
        projects.sort_indices()
        sizes = np.diff(projects.indptr)
        entries = np.arange(projects.nnz)
        following = np.repeat(projects.indptr[1:], sizes) - entries - 1
        first = np.repeat(entries, following)
        begins = np.repeat(np.cumsum(following) - following, following)
        second = first + 1 + np.arange(len(first)) - begins
        bodies = projects.indices.astype(np.int64)
        return Joint(bodies[first], bodies[second], np.repeat(np.arange(len(sizes)), sizes)[first])

    @cached_property
    def direct(self) -> Matrix:
        """Bodies × bodies: 1 where two cooperate directly, both ways; nothing on the diagonal."""
        one, other = self.cooperations.sources, self.cooperations.targets
        both = (np.concatenate([one, other]), np.concatenate([other, one]))
        return _without_diagonal(_ones(*both, self._shape(self.bodies)))

    @cached_property
    def partners(self) -> Matrix:
        """Bodies × bodies: 1 where two are partners, both ways."""
        found = (self.shared + self.direct).tocsr()
        found.data = np.ones_like(found.data)
        found.sort_indices()
        return found

    @cached_property
    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Each pair of partners once: the first by number, and the other."""
        ties = self.partners.tocoo()
        once = ties.row < ties.col
        return ties.row[once].astype(np.int64), ties.col[once].astype(np.int64)

    def links(self, one: int, other: int, most: int = 3) -> list[Link]:
        """Return edges that prove two bodies partners: the participations in a shared project, or their cooperation.

        Args:
            one: number of a body.
            other: number of another.
            most: how many shared projects to prove it by.
        """
        found: list[Link] = []
        for project in self.shared_projects(one, other)[:most]:
            found += [self.participation(one, project), self.participation(other, project)]
        if not found:
            pairs = ((one, other), (other, one))
            found = [self._cooperation(self._cooperation_of[pair]) for pair in pairs if pair in self._cooperation_of]
        return found

    def shared_projects(self, one: int, other: int) -> list[int]:
        """Return the projects in which two bodies take part, by number."""
        here, there = (self.incidence.indices[slice(*self.incidence.indptr[[i, i + 1]])] for i in (one, other))
        return [int(project) for project in np.intersect1d(here, there)]

    def participation(self, body: int, project: int) -> Link:
        """Return the edge by which a body takes part in a project; of several the first by id.

        Args:
            body: its number.
            project: its number.
        """
        edge = self._participation_of[body * len(self.projects.ids) + project]
        return Link(edge, "PARTICIPATES_IN", self.bodies.ids[body], self.projects.ids[project])

    @cached_property
    def _participation_of(self) -> Mapping[int, str]:
        keys = self.participations.bodies * len(self.projects.ids) + self.participations.projects
        pairs = zip(keys.tolist(), self.participations.edges, strict=True)
        return dict(reversed(list(pairs)))  # of several edges the first

    def _cooperation(self, at: int) -> Link:
        one, other = int(self.cooperations.sources[at]), int(self.cooperations.targets[at])
        return Link(self.cooperations.edges[at], "COOPERATES_WITH", self.bodies.ids[one], self.bodies.ids[other])

    @cached_property
    def _cooperation_of(self) -> Mapping[tuple[int, int], int]:
        pairs = zip(self.cooperations.sources.tolist(), self.cooperations.targets.tolist(), strict=True)
        return {pair: at for at, pair in reversed(list(enumerate(pairs)))}

    # --- regions

    @cached_property
    def regions(self) -> Regions:
        """All regions."""
        rows = self._rows(
            "MATCH (g:Region) OPTIONAL MATCH (g)-[:WITHIN]->(h:Region) RETURN g.id AS id, g.name AS name, g.level AS level,"
            " h.id AS parent, g.relative AS relative, g.code AS code ORDER BY id, parent"
        )
        rows = [row for row, before in zip(rows, [None, *rows], strict=False) if before is None or row[0] != before[0]]
        rows.sort(key=lambda row: row[0])
        things = Things.of(rows)
        parents = np.array([things.index.get(row[3], -1) for row in rows], dtype=np.int64)
        return Regions(
            things, [row[5] or "" for row in rows], [row[2] or "" for row in rows], parents, [r[4] for r in rows]
        )

    @cached_property
    def seats(self) -> NDArray[np.int64]:
        """The smallest region in which each body is said to be, of several the first by id; -1 where none is known."""
        rows = self._rows(
            "MATCH (o:Organisation)-[r:LOCATED_IN]->(g:Region) RETURN o.id AS body, g.id AS region ORDER BY body, region"
        )
        rows.sort(key=lambda row: (row[0], row[1]))
        depths = [len(self.regions.above(region)) for region in range(len(self.regions.things.ids))]
        found = np.full(len(self.bodies.ids), -1, dtype=np.int64)
        for body_id, region_id in rows:
            body, region = self.bodies.index[body_id], self.regions.things.index[region_id]
            if found[body] < 0 or depths[region] > depths[found[body]]:
                found[body] = region
        return found

    def seats_at(self, level: str) -> NDArray[np.int64]:
        """Return the region that each body counts with at ``level``, as :meth:`Regions.at` says; -1 where none is known.

        Args:
            level: one of :data:`LEVELS`.
        """
        wanted = np.array([self.regions.at(region, level) for region in range(len(self.regions.things.ids))] + [-1])
        return wanted[self.seats]

    def within(self, region: int) -> NDArray[np.bool_]:
        """Return for each body whether it is in ``region`` or in what lies within.

        Args:
            region: number of a region.
        """
        inside = [region in self.regions.above(one) for one in range(len(self.regions.things.ids))]
        return np.array([*inside, False])[self.seats]

    # --- fields

    @cached_property
    def fields(self) -> Fields:
        """The industries of bodies."""
        known = self._rows("MATCH (i:Industry) RETURN i.id AS id, i.name AS name ORDER BY id")
        known.sort(key=lambda row: row[0])
        industries = Things.of(known)
        rows = self._rows(
            "MATCH (o:Organisation)-[r:FOCUSES_ON]->(i:Industry) RETURN r.id AS id, o.id AS body, i.id AS industry ORDER BY id"
        )
        bodies, fields = _numbers(self.bodies, (r[1] for r in rows)), _numbers(industries, (r[2] for r in rows))
        edges = dict(zip(zip(bodies.tolist(), fields.tolist(), strict=True), (r[0] for r in rows), strict=True))
        return Fields(industries, _ones(bodies, fields, self._shape(industries)), edges)

    # --- plumbing

    def _shape(self, others: Things) -> tuple[int, int]:
        return len(self.bodies.ids), len(others.ids)

    def _rows(self, cypher: str) -> list[tuple[Any, ...]]:
        return self._store.query(cypher, timeout=_TIMEOUT).rows


_LOCK = Lock()
_KNOWN: WeakKeyDictionary[Store, tuple[str | None, Network]] = WeakKeyDictionary()


def network_of(store: Store) -> Network:
    """Return the network of the graph that ``store`` holds: the same one as long as that graph stays.

    Args:
        store: the engine.
    """
    stamp = store.stamp()
    with _LOCK:
        known = _KNOWN.get(store)
        if known is None or known[0] != stamp:
            known = _KNOWN[store] = (stamp, Network(store))
        return known[1]


def _numbers(things: Things, ids: Iterable[str]) -> NDArray[np.int64]:
    return np.array([things.index[own] for own in ids], dtype=np.int64)


def _ones(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> Matrix:
    """Return a matrix with 1 at the places given, however often each is."""
    found = sparse.coo_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape).tocsr()
    found.data = np.ones_like(found.data)
    found.sort_indices()
    return found


def _without_diagonal(matrix: Matrix) -> Matrix:
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix
