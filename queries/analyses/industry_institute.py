"""The matrix of industries and institutes: who works with whom, and where a match is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from innograph.graph.text import Text

from ..answering import Found
from ..measures.matrices import columns_of
from ..network import Link, network_of
from .enterprises import Enterprises, by_name, lines
from .pairing import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Fields, Network

    Matrix = sparse.csr_array[Any, tuple[int, int]]


class _Work(NamedTuple):
    """In which industries projects are: bodies × industries, how many projects a body has in each, and who says so.

    Args:
        projects: the matrix.
        edges: by industry and project, by number, the id of the edge that says so.
    """

    projects: Matrix
    edges: Mapping[tuple[int, int], str]


class _Cell(NamedTuple):
    """An industry and an institute by number, with what ties them."""

    industry: int
    institute: int
    firms: int
    tied: int
    projects: int
    stated: int

    @property
    def capacity(self) -> int:
        return self.projects + self.stated

    @property
    def potential(self) -> int:
        return (self.firms - self.tied) * self.capacity

    @property
    def state(self) -> str:
        return "tied" if self.tied else "empty"


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each cell asked for: first the empty ones, those with most potential before the others."""
    network = network_of(store)
    firms, unknown = Enterprises(store, network).asked({"region": parameters["region"]})
    fields = network.fields
    institutes = network.of_kind("Institute")
    work = _work(store, network)
    cells = _cells(network, fields, firms, institutes, work.projects)
    asked = [cell for cell in cells if parameters["cells"] in (cell.state, "all")]
    if parameters["industry"]:
        asked = [cell for cell in asked if cell.industry == fields.industries.index[parameters["industry"]]]
    names, industries = network.bodies.names, fields.industries.names
    asked.sort(key=lambda c: (c.tied > 0, -c.potential, -c.tied, industries[c.industry], names[c.institute], c[:2]))
    rows, remarks = cut(asked, parameters["top"])
    return Found(
        _told(store, network, firms, work, rows), [*_counted(fields, firms, institutes, cells), *unknown, *remarks]
    )


def _work(store: Store, network: Network) -> _Work:
    """Return in which industries projects are."""
    index = network.fields.industries.index
    rows = store.query(
        "MATCH (p:Project)-[r:FOCUSES_ON]->(i:Industry) RETURN r.id AS id, p.id AS project, i.id AS industry ORDER BY id"
    ).rows
    edges = {(index[industry], network.projects.index[project]): own for own, project, industry in reversed(rows)}
    ends = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    shape = (len(network.projects.ids), len(index))
    held = sparse.coo_array((np.ones(len(ends), dtype=np.int64), (ends[:, 1], ends[:, 0])), shape=shape).tocsr()
    return _Work((network.incidence @ held).tocsr(), edges)


def _cells(
    network: Network, fields: Fields, firms: NDArray[np.bool_], institutes: NDArray[np.bool_], projects: Matrix
) -> list[_Cell]:
    """Return the cells in which somebody works together, or could: there are enterprises, and an institute in the field."""
    numbers = np.flatnonzero(institutes)
    members = fields.matrix[np.flatnonzero(firms)]
    size = np.asarray(members.sum(axis=0)).ravel()
    tied = (members.T @ network.partners[np.flatnonzero(firms)][:, numbers]).tocsr()
    stated, busy = fields.matrix[numbers].T.tocsr(), projects[numbers].T.tocsr()
    where = (tied + stated + busy).tocoo()
    at = (where.row, where.col)
    columns = (where.row, numbers[where.col], size[where.row], tied[at], busy[at], stated[at])
    cells = (_Cell(*numbers) for numbers in zip(*(np.asarray(one).tolist() for one in columns), strict=True))
    return sorted(cell for cell in cells if cell.firms)


def _told(
    store: Store, network: Network, firms: NDArray[np.bool_], work: _Work, cells: Sequence[_Cell]
) -> list[tuple[Any, ...]]:
    partners = [_partners(network, firms, cell) for cell in cells]
    fields, bodies = network.fields, network.bodies
    links = [
        [*_tie(network, cell, some), *_in_the_field(network, work, cell)]
        for some, cell in zip(partners, cells, strict=True)
    ]
    proofs = lines(store, [()] * len(cells), links)
    return [
        (
            fields.industries.names[cell.industry],
            bodies.names[cell.institute],
            cell.state,
            cell.firms,
            cell.tied,
            cell.capacity,
            cell.potential,
            [bodies.names[body] for body in some],
            *proof,
        )
        for cell, some, proof in zip(cells, partners, proofs, strict=True)
    ]


def _tie(network: Network, cell: _Cell, partners: Sequence[int]) -> list[Link]:
    """Return what proves that an enterprise of the industry works with the institute."""
    if not partners:
        return []
    return [_field(network, partners[0], cell.industry), *network.links(partners[0], cell.institute, most=1)]


def _in_the_field(network: Network, work: _Work, cell: _Cell) -> list[Link]:
    """Return what proves that the institute works in the industry: that it says so, or else a project of its."""
    if cell.stated:
        return [_field(network, cell.institute, cell.industry)]
    ids, industry = network.projects.ids, network.fields.industries.ids[cell.industry]
    for project in map(int, columns_of(network.incidence, cell.institute)):
        if edge := work.edges.get((cell.industry, project)):
            return [network.participation(cell.institute, project), Link(edge, "FOCUSES_ON", ids[project], industry)]
    return []


def _field(network: Network, body: int, industry: int) -> Link:
    fields = network.fields
    edge = fields.edges[body, industry]
    return Link(edge, "FOCUSES_ON", network.bodies.ids[body], fields.industries.ids[industry])


def _partners(network: Network, firms: NDArray[np.bool_], cell: _Cell) -> list[int]:
    """Return the enterprises of the industry that work with the institute."""
    near, matrix = map(int, columns_of(network.partners, cell.institute)), network.fields.matrix
    return by_name(network, (body for body in near if firms[body] and matrix[body, cell.industry]))


def _counted(
    fields: Fields, firms: NDArray[np.bool_], institutes: NDArray[np.bool_], cells: Sequence[_Cell]
) -> list[Text]:
    industries = int((np.asarray(fields.matrix[np.flatnonzero(firms)].sum(axis=0)) > 0).sum())
    number, all_cells = int(institutes.sum()), industries * int(institutes.sum())
    tied = sum(cell.tied > 0 for cell in cells)
    empty = len(cells) - tied
    return [
        Text(
            f"{industries}个有企业的产业×{number}家高校院所＝{all_cells}格：{tied}格有合作，"
            f"{empty}格没有合作而院所有此领域，{all_cells - tied - empty}格没有合作、院所也没有此领域（不列）。",
            f"{industries} industries with enterprises × {number} institutes = {all_cells} cells: {tied} with partners, "
            f"{empty} empty though the institute works in the field, {all_cells - tied - empty} empty because it does "
            "not (not listed).",
        )
    ]
