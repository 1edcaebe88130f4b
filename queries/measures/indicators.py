"""Indicators of how groups of nodes are linked; each gives its numerator and its denominator, never a bare share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Mask = NDArray[np.bool_]


class Ratio(NamedTuple):
    """How many of how many."""

    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        """The numerator as a share of the denominator; None of nothing."""
        return self.numerator / self.denominator if self.denominator else None


def linked(adjacency: Matrix, ones: Mask, others: Mask) -> Mask:
    """Return which of ``ones`` have a tie with any of ``others``.

    Args:
        adjacency: nodes × nodes, symmetric, an entry where two are tied.
        ones: for each node whether it is asked about.
        others: for each node whether a tie with it counts.

    Examples:
        >>> from scipy import sparse
        >>> path = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
        >>> linked(path, np.array([True, True, False]), np.array([False, False, True])).tolist()
        [False, True, False]
    """
    return ones & ((adjacency @ others.astype(np.int64)) > 0)


def density_between(adjacency: Matrix, ones: Mask, others: Mask) -> Ratio:
    """Return how many of the pairs of one and another are tied; no node may be both.

    Args:
        adjacency: nodes × nodes, symmetric, an entry where two are tied.
        ones: for each node whether it is of the first group.
        others: for each node whether it is of the second.

    References:
        Wasserman and Faust (1994), Social Network Analysis, chapter 4: the density between two subsets.

    Examples:
        >>> from scipy import sparse
        >>> path = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
        >>> density_between(path, np.array([True, True, False]), np.array([False, False, True]))
        Ratio(numerator=1, denominator=2)
    """
    return Ratio(int(adjacency[ones][:, others].nnz), int(ones.sum()) * int(others.sum()))


def external(adjacency: Matrix, groups: NDArray[np.int64], own: Mask) -> Ratio:
    """Return how many ties of ``own`` nodes lead to another group, of those whose two groups are known.

    Args:
        adjacency: nodes × nodes, symmetric, an entry where two are tied.
        groups: the group of each node; -1 where it is unknown.
        own: for each node whether its ties count; a tie of two such nodes counts once.

    References:
        The external part of the E-I index: Krackhardt and Stern (1988), Informal networks and organizational crises.

    Examples:
        >>> from scipy import sparse
        >>> path = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
        >>> external(path, np.array([7, 7, 8]), np.array([True, True, True]))
        Ratio(numerator=1, denominator=2)
    """
    ties = adjacency.tocoo()
    once = (own[ties.row] | own[ties.col]) & (ties.row < ties.col)
    one, other = groups[ties.row[once]], groups[ties.col[once]]
    known = (one >= 0) & (other >= 0)
    return Ratio(int((known & (one != other)).sum()), int(known.sum()))
