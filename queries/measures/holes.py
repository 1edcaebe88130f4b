"""Structural holes: how far a node's contacts are tied to each other, and so how little they offer apart.

A search for triangles gives, for each tie, the sums over all common neighbours that the formulas need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from .triangles import triangles, upward

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Numbers = NDArray[np.float64]


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
    network = upward(weights)
    ties, equal = weights.data[network.entries], bool((weights.data == 1).all())
    lower, higher = network.order[network.lower], network.order[network.higher]
    from_lower, to_higher = scale[lower], scale[higher]
    through, common = np.zeros(len(ties)), np.zeros(len(ties))
    for low, middle, high in triangles(network):
        for tie, one, other, of_third in (
            (low, middle, high, to_higher[middle]),
            (middle, low, high, to_higher[low]),
            (high, low, middle, from_lower[low]),
        ):
            products = 1.0 if equal else ties[one] * ties[other]
            np.add.at(common, tie, products)
            np.add.at(through, tie, products * of_third)
    both = np.empty((2, weights.nnz))
    both[:, network.entries] = both[:, _mirrored(weights)[network.entries]] = through, common
    return both[0], both[1]


def _mirrored(matrix: Matrix) -> NDArray[np.int64]:
    """Return for each entry (i, j) of a symmetric matrix which entry is (j, i)."""
    numbers = np.arange(matrix.nnz, dtype=np.int64)
    mirrored = sparse.csr_array((numbers, matrix.indices, matrix.indptr), matrix.shape).T.tocsr()
    return np.asarray(mirrored.data, dtype=np.int64)
