"""The network as arrays: bodies, what they take part in, where they are, and what they work on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .proof import Link
from .reading import KINDS as KINDS
from .reading import ones

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy import sparse

    from .reading import Cooperations, Fields, Money, Participations, Parts
    from .regions import Regions
    from .things import Things

    Matrix = sparse.csr_array[Any, tuple[int, int]]


class Joint(NamedTuple):
    """Two bodies, the first by number before the other, and a project that they share."""

    ones: NDArray[np.int64]
    others: NDArray[np.int64]
    projects: NDArray[np.int64]


class Network:
    """The bodies of a graph and how they are tied, of one moment: all is read at once, and nothing asked afterwards.

    Two bodies are *partners* if they take part in the same project or cooperate directly.

    Args:
        parts: what was read from an engine; :func:`network_of` sees to that.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    # --- bodies and projects

    @property
    def bodies(self) -> Things:
        """All organisations."""
        return self._parts.bodies.things

    @property
    def kinds(self) -> NDArray[np.int64]:
        """The kind of each body, a number in :data:`KINDS`."""
        return self._parts.bodies.kinds

    def of_kind(self, kind: str) -> NDArray[np.bool_]:
        """Return for each body whether it is of that kind."""
        return np.equal(self.kinds, KINDS.index(kind))

    @property
    def projects(self) -> Things:
        """All projects."""
        return self._parts.projects.things

    @property
    def years(self) -> NDArray[np.int64]:
        """The year in which each project began; 0 where that is unknown."""
        return self._parts.projects.years

    @property
    def money(self) -> Money:
        """What each project costs."""
        return self._parts.projects.money

    # --- ties

    @property
    def participations(self) -> Participations:
        """Who takes part in which project."""
        return self._parts.participations

    @property
    def cooperations(self) -> Cooperations:
        """Which bodies cooperate directly."""
        return self._parts.cooperations

    @cached_property
    def incidence(self) -> Matrix:
        """Bodies × projects: 1 where a body takes part, however often the sources say so."""
        return ones(self.participations.bodies, self.participations.projects, self._shape(self.projects))

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
        return _without_diagonal(ones(*both, self._shape(self.bodies)))

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

    def partners_of(self, body: int) -> NDArray[np.int64]:
        """Return the partners of a body, by number.

        Args:
            body: its number.
        """
        return self.partners.indices[slice(*self.partners.indptr[[body, body + 1]])].astype(np.int64)

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
        return [int(project) for project in np.intersect1d(here, there, assume_unique=True)]

    def participation(self, body: int, project: int) -> Link:
        """Return the edge by which a body takes part in a project; of several the first by id.

        Args:
            body: its number.
            project: its number.
        """
        places, order = self._participated
        at = order[np.searchsorted(places, body * len(self.projects.ids) + project)]
        edge = self.participations.edges[int(at)]
        return Link(edge, "PARTICIPATES_IN", self.bodies.ids[body], self.projects.ids[project])

    @cached_property
    def _participated(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Body and project of each edge as one number, ascending, and which edge that is."""
        places = self.participations.bodies * len(self.projects.ids) + self.participations.projects
        order = np.argsort(places, kind="stable")
        return places[order], order

    def _cooperation(self, at: int) -> Link:
        one, other = int(self.cooperations.sources[at]), int(self.cooperations.targets[at])
        return Link(self.cooperations.edges[at], "COOPERATES_WITH", self.bodies.ids[one], self.bodies.ids[other])

    @cached_property
    def _cooperation_of(self) -> Mapping[tuple[int, int], int]:
        pairs = zip(self.cooperations.sources.tolist(), self.cooperations.targets.tolist(), strict=True)
        return {pair: at for at, pair in reversed(list(enumerate(pairs)))}

    # --- regions

    @property
    def regions(self) -> Regions:
        """All regions."""
        return self._parts.regions

    @property
    def seats(self) -> NDArray[np.int64]:
        """The smallest region in which each body is said to be, of several the first by id; -1 where none is known."""
        return self._parts.seats

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

    @property
    def fields(self) -> Fields:
        """The industries of bodies."""
        return self._parts.fields

    def _shape(self, others: Things) -> tuple[int, int]:
        return len(self.bodies.ids), len(others.ids)


def _without_diagonal(matrix: Matrix) -> Matrix:
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix
