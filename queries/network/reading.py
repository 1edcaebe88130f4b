"""What a network is read from: the bodies, projects, ties, regions and fields of a graph, all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from .regions import Regions
from .things import Things

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    Matrix = sparse.csr_array[Any, tuple[int, int]]

KINDS = ("Enterprise", "Institute", "Department", "ServiceBody", "Collective")
"""Kinds of bodies, by number."""
_TIMEOUT = 120.0

_Rows = Callable[[str], list[tuple[Any, ...]]]


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


class Money(NamedTuple):
    """What projects cost altogether: ``nan`` where that is unknown."""

    amounts: NDArray[np.float64]
    currencies: Sequence[str | None]


class Bodies(NamedTuple):
    """All organisations, and the kind of each, a number in :data:`KINDS`."""

    things: Things
    kinds: NDArray[np.int64]


class Projects(NamedTuple):
    """All projects, the year in which each began (0 where that is unknown), and what they cost."""

    things: Things
    years: NDArray[np.int64]
    money: Money


class Fields(NamedTuple):
    """What bodies work on: bodies × industries, 1 where an edge says so, and the id of that edge."""

    industries: Things
    matrix: Matrix
    edges: Mapping[tuple[int, int], str]


class Parts(NamedTuple):
    """All that a network is made of, of one graph."""

    bodies: Bodies
    projects: Projects
    participations: Participations
    cooperations: Cooperations
    regions: Regions
    seats: NDArray[np.int64]
    fields: Fields


def read(store: Store) -> Parts:
    """Read everything; nothing more is asked of the engine afterwards.

    Args:
        store: the engine.

    Raises:
        KeyError: an edge leads to what is not there, as when the graph is changed meanwhile.
    """

    def rows(cypher: str) -> list[tuple[Any, ...]]:
        return sorted(store.query(cypher, timeout=_TIMEOUT).rows, key=lambda row: row[0])

    bodies, projects, regions = _bodies(rows), _projects(rows), _regions(rows)
    return Parts(
        bodies,
        projects,
        _participations(rows, bodies.things, projects.things),
        _cooperations(rows, bodies.things),
        regions,
        _seats(rows, bodies.things, regions),
        _fields(rows, bodies.things),
    )


def _bodies(rows: _Rows) -> Bodies:
    found: list[tuple[Any, ...]] = []
    for number, kind in enumerate(KINDS):
        found += rows(f"MATCH (o:Organisation:{kind}) RETURN o.id AS id, o.name AS name, {number} AS kind ORDER BY id")
    found.sort(key=lambda row: row[0])
    return Bodies(Things.of(found), np.array([row[2] for row in found], dtype=np.int64))


def _projects(rows: _Rows) -> Projects:
    found = rows(
        "MATCH (p:Project) RETURN p.id AS id, p.name AS name, p.start_date AS began,"
        " p.amount AS amount, p.currency AS currency ORDER BY id"
    )
    years = np.array([row[2].year if row[2] else 0 for row in found], dtype=np.int64)
    return Projects(Things.of(found), years, Money(_amounts(row[3] for row in found), [row[4] for row in found]))


def _participations(rows: _Rows, bodies: Things, projects: Things) -> Participations:
    found = rows(
        "MATCH (o:Organisation)-[r:PARTICIPATES_IN]->(p:Project)"
        " RETURN r.id AS id, o.id AS body, p.id AS project, r.amount AS amount, r.currency AS currency"
    )
    return Participations(
        _numbers(bodies, (row[1] for row in found)),
        _numbers(projects, (row[2] for row in found)),
        [row[0] for row in found],
        _amounts(row[3] for row in found),
        [row[4] for row in found],
    )


def _cooperations(rows: _Rows, bodies: Things) -> Cooperations:
    found = rows(
        "MATCH (a:Organisation)-[r:COOPERATES_WITH]->(b:Organisation)"
        " RETURN r.id AS id, a.id AS source, b.id AS target, r.kind AS kind ORDER BY id"
    )
    return Cooperations(
        _numbers(bodies, (row[1] for row in found)),
        _numbers(bodies, (row[2] for row in found)),
        [row[0] for row in found],
        [row[3] for row in found],
    )


def _regions(rows: _Rows) -> Regions:
    found = rows(
        "MATCH (g:Region) OPTIONAL MATCH (g)-[:WITHIN]->(h:Region) RETURN g.id AS id, g.name AS name, g.level AS level,"
        " h.id AS parent, g.relative AS relative, g.code AS code ORDER BY id, parent"
    )
    found = [row for row, before in zip(found, [None, *found], strict=False) if before is None or row[0] != before[0]]
    things = Things.of(found)
    parents = np.array([things.index.get(row[3], -1) for row in found], dtype=np.int64)
    return Regions(
        things, [row[5] or "" for row in found], [row[2] or "" for row in found], parents, [r[4] for r in found]
    )


def _seats(rows: _Rows, bodies: Things, regions: Regions) -> NDArray[np.int64]:
    located = rows(
        "MATCH (o:Organisation)-[r:LOCATED_IN]->(g:Region) RETURN o.id AS body, g.id AS region ORDER BY body, region"
    )
    depths = [len(regions.above(region)) for region in range(len(regions.things.ids))]
    found = np.full(len(bodies.ids), -1, dtype=np.int64)
    for body_id, region_id in sorted(located):
        body, region = bodies.index[body_id], regions.things.index[region_id]
        if found[body] < 0 or depths[region] > depths[found[body]]:
            found[body] = region
    return found


def _fields(rows: _Rows, bodies: Things) -> Fields:
    industries = Things.of(rows("MATCH (i:Industry) RETURN i.id AS id, i.name AS name ORDER BY id"))
    found = rows(
        "MATCH (o:Organisation)-[r:FOCUSES_ON]->(i:Industry) RETURN r.id AS id, o.id AS body, i.id AS industry ORDER BY id"
    )
    workers, fields = _numbers(bodies, (row[1] for row in found)), _numbers(industries, (row[2] for row in found))
    edges = dict(zip(zip(workers.tolist(), fields.tolist(), strict=True), (row[0] for row in found), strict=True))
    return Fields(industries, ones(workers, fields, (len(bodies.ids), len(industries.ids))), edges)


def ones(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> Matrix:
    """Return a matrix with 1 at the places given, however often each is.

    Args:
        rows: of the places.
        columns: of the places.
        shape: of the matrix.

    Examples:
        >>> ones(np.array([0, 0]), np.array([1, 1]), (1, 2)).toarray().tolist()
        [[0, 1]]
    """
    found = sparse.coo_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape).tocsr()
    found.data = np.ones_like(found.data)
    found.sort_indices()
    return found


def _numbers(things: Things, ids: Iterable[str]) -> NDArray[np.int64]:
    return np.array([things.index[own] for own in ids], dtype=np.int64)


def _amounts(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
