"""Structural holes: how far a node's contacts are tied to each other, and so how little they offer apart.

A search for triangles gives, for each tie, the sums over all common neighbours that the formulas need.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Numbers = NDArray[np.float64]

_AT_ONCE = 4_000_000


class Holes(NamedTuple):
    """What each node has of structural holes; ``nan`` for a node without ties.

    Args:
        constraint: how far its ties all lead back to the same contacts; up to 1, in small dense networks a little more.
        effective_size: how many contacts it has, less what they overlap.
        efficiency: the effective size as a share of the number of contacts.
        dyads: nodes × nodes: how much of the constraint of one comes from its tie with another.
    """

    constraint: Numbers
    effective_size: Numbers
    efficiency: Numbers
    dyads: Matrix


def structural_holes(weights: Matrix) -> Holes:
    """Return Burt's measures for every node.

    With p_ij the share of i's ties that go to j: constraint c_i = Σ_j (p_ij + Σ_q p_iq p_qj)² over i's contacts j, and
    effective size Σ_j (1 - Σ_q p_iq m_jq) with m_jq the tie of j and q as a share of j's strongest.

    Args:
        weights: nodes × nodes, symmetric, positive where two are tied, nothing on the diagonal.

    References:
        Burt (1992), Structural Holes: The Social Structure of Competition, chapter 2; Borgatti (1997), Structural holes:
        unpacking Burt's redundancy measures.

    Examples:
        Two contacts that know each other constrain more than two that do not:

        >>> triangle = sparse.csr_array(np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]))
        >>> path = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
        >>> structural_holes(triangle).constraint[0], structural_holes(path).constraint[1]
        (np.float64(1.125), np.float64(0.5))
        >>> structural_holes(triangle).effective_size[0], structural_holes(path).effective_size[1]
        (np.float64(1.0), np.float64(2.0))
    """
    whole = weights.astype(np.float64).tocsr()
    whole.sort_indices()
    strengths = np.asarray(whole.sum(axis=1), dtype=np.float64).ravel()
    strongest = whole.max(axis=1).toarray().ravel() if whole.nnz else np.zeros_like(strengths)
    contacts = np.diff(whole.indptr).astype(np.float64)
    owner = np.repeat(np.arange(len(strengths)), np.diff(whole.indptr))
    through, common = _over_common_neighbours(whole, _inverse(strengths))
    dyads = ((whole.data + through) * _inverse(strengths)[owner]) ** 2
    redundant = common * _inverse(strengths)[owner] * _inverse(strongest)[whole.indices]
    known = np.where(contacts > 0, 1.0, np.nan)
    size = known * (contacts - np.bincount(owner, redundant, minlength=len(contacts)).astype(np.float64))
    constraint = known * np.bincount(owner, dyads, minlength=len(contacts)).astype(np.float64)
    shape = (len(contacts), len(contacts))
    return Holes(
        constraint, size, size * _inverse(contacts), sparse.csr_array((dyads, whole.indices, whole.indptr), shape)
    )


def _inverse(values: Numbers) -> Numbers:
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _over_common_neighbours(weights: Matrix, scale: Numbers) -> tuple[Numbers, Numbers]:
    """Return Σ_q w_iq w_qj scale_q and Σ_q w_iq w_qj for each entry (i, j) of ``weights``, in the order of its data."""
    degrees = np.diff(weights.indptr)
    order = np.argsort(degrees, kind="stable")
    upper = sparse.triu(weights[order][:, order], 1, format="csr")  # each tie once, from the lower degree to the higher
    upper.sort_indices()
    ties, scaled = upper.data, scale[order]
    from_lower = scaled[np.repeat(np.arange(len(order)), np.diff(upper.indptr))]
    to_higher = scaled[upper.indices]
    through, common = np.zeros(len(ties)), np.zeros(len(ties))
    for low, middle, high in _triangles(upper):
        one, other, third = ties[low], ties[middle], ties[high]
        for tie, product, of_third in (
            (low, other * third, to_higher[middle]),
            (middle, one * third, to_higher[low]),
            (high, one * other, from_lower[low]),
        ):
            common += np.bincount(tie, product, minlength=len(ties))
            through += np.bincount(tie, product * of_third, minlength=len(ties))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    numbers = _numbered(upper)
    found = (numbers + numbers.T).tocsr()[rank][:, rank]
    found.sort_indices()
    return through[found.data - 1], common[found.data - 1]


def _triangles(upper: Matrix) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """Yield all triangles a < b < c in portions, as the numbers of their ties ab, ac and bc.

    With ties from lower to higher degree no row is long, and the triangles of a tie are what two rows have in common.
    """
    lengths = np.diff(upper.indptr)
    one = np.repeat(np.arange(upper.shape[0]), lengths)
    numbers = _numbered(upper)
    work = np.cumsum(lengths[one] + lengths[upper.indices])
    portions = np.arange(0, (work[-1] if len(work) else 0) + _AT_ONCE, _AT_ONCE)
    bounds: list[int] = np.unique(np.searchsorted(work, portions, side="right")).tolist()
    for start, end in pairwise(bounds):
        left, right = numbers[one[start:end]], numbers[upper.indices[start:end]]
        middle, high = left.multiply(_flat(right)).tocsr(), _flat(left).multiply(right).tocsr()
        ends = np.asarray(middle.indptr, dtype=np.int64)
        yield np.repeat(np.arange(start, end), ends[1:] - ends[:-1]), middle.data - 1, high.data - 1


def _numbered(matrix: Matrix) -> Matrix:
    """Return ``matrix`` with its entries numbered from 1."""
    return sparse.csr_array((np.arange(1, matrix.nnz + 1, dtype=np.int32), matrix.indices, matrix.indptr), matrix.shape)


def _flat(matrix: Matrix) -> Matrix:
    return sparse.csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), matrix.shape)
