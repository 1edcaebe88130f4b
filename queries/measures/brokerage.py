"""Brokerage between groups (Gould and Fernandez 1989): whom a body ties together that have no tie of their own.

A *two-path* is a – b – c with ties a–b and b–c and none between a and c; b is its broker. By the groups of the three:

- coordinator (A–A–A): all of one group;
- consultant (B–A–B): the ends of one group, the broker of another; also called itinerant broker;
- gateway (A–A–B): the broker and one end of one group, the other end of another. Where ties have a direction, this is
  the gatekeeper if the flow comes from the other group, and the representative if it goes there;
- liaison (A–B–C): three groups.

Ties have no direction here, and each two-path is counted once. Software for directed graphs counts an undirected tie as
two arcs: there coordinator, consultant and liaison are twice our counts, gatekeeper and representative each our gateways.

References:
    R. V. Gould and R. M. Fernandez, "Structures of Mediation: A Formal Approach to Brokerage in Transaction Networks",
    Sociological Methodology 19 (1989), 89–126.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from .triangles import triangles, upward

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

ROLES = ("coordinator", "consultant", "gateway", "liaison")
"""The roles of a broker, in the order of the columns of every result."""
_COORDINATOR, _CONSULTANT, _GATEWAY, _LIAISON = range(len(ROLES))
_ALIKE = 8


class Credit(NamedTuple):
    """Bodies × :data:`ROLES`; and for each body the standard error of its sum.

    The error is zero where nothing was left to chance, and ``nan`` where a single body was drawn, which tells nothing of it.
    """

    credit: Floats
    error: Floats


def brokerage(ties: Matrix, groups: Whole) -> Whole:
    """Return how many two-paths each body is the broker of, by role.

    All pairs of neighbours are counted by group, and those with a tie of their own, the triangles, taken off. Triangles
    are listed by way of their corner of least degree, which keeps graphs with large hubs cheap.

    Args:
        ties: bodies × bodies, symmetric, 1 where two are tied, nothing on the diagonal.
        groups: the group of each body, a number; bodies of no group (-1) are left out, as ends and as brokers.

    Returns:
        Bodies × :data:`ROLES`.

    Raises:
        ValueError: ``ties`` and ``groups`` do not fit.

    Examples:
        A star: the middle is of the group of one of its three neighbours, the others are of two more.

        >>> star = sparse.csr_array([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
        >>> brokerage(star, np.array([0, 0, 1, 2])).tolist()[0]
        [0, 0, 2, 1]
    """
    kept, own = _with_group(ties, groups)
    found = np.zeros((len(groups), len(ROLES)), dtype=np.int64)
    found[groups >= 0] = _pairs_of_neighbours(kept, own) - _closed(kept, own)
    return found


def partial_brokerage(ties: Matrix, groups: Whole, *, ends: int | None = None, seed: int = 0) -> Credit:
    """Return the credit each body has for two-paths, by role: 1/n where n bodies broker between the same two ends.

    Args:
        ties: as for :func:`brokerage`.
        groups: as there.
        ends: from how many of the bodies with ties, drawn by chance, two-paths are followed; None for all, which is exact and takes time in
            proportion to the sum of the squared degrees.
        seed: of the draw.

    Returns:
        The credit of each body by role, and the standard error of its sum.

    Raises:
        ValueError: ``ties`` and ``groups`` do not fit.

    Examples:
        A square of one group: two opposite corners are tied by the two others, who share the credit.

        >>> square = sparse.csr_array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]])
        >>> partial_brokerage(square, np.zeros(4, dtype=np.int64)).credit[:, 0].tolist()
        [0.5, 0.5, 0.5, 0.5]
    """
    kept, own = _with_group(ties, groups)
    tied, size = np.flatnonzero(np.diff(kept.indptr)), len(own) * len(ROLES)
    count = len(tied)
    drawn = count if ends is None else min(ends, count)
    starts = np.random.default_rng(seed).permutation(tied)[:drawn] if drawn < count else tied
    sums, squares = np.zeros(size), np.zeros(len(own))
    for start in starts.tolist():
        one = _credit_from(kept, own, start)
        sums += one
        squares += one.reshape(-1, len(ROLES)).sum(axis=1) ** 2
    credit, error = np.zeros((len(groups), len(ROLES))), np.zeros(len(groups))
    if drawn:
        scale = count / 2  # each two-path is met from both of its ends
        mean = (sums / drawn).reshape(-1, len(ROLES))
        credit[groups >= 0] = scale * mean
        if drawn < count:
            spread = np.maximum(squares - drawn * mean.sum(axis=1) ** 2, 0)
            variance = spread / (drawn - 1) if drawn > 1 else np.nan
            error[groups >= 0] = scale * np.sqrt(variance / drawn * (1 - drawn / count))
    return Credit(credit, error)


def _with_group(ties: Matrix, groups: Whole) -> tuple[Matrix, Whole]:
    """Return the ties among bodies that have a group, and their groups."""
    if ties.shape != (len(groups), len(groups)):
        raise ValueError(f"ties of shape {ties.shape} for {len(groups)} groups")
    known = np.flatnonzero(groups >= 0)
    kept = ties if len(known) == len(groups) else ties[known][:, known]
    kept = sparse.csr_array(kept)
    kept.sort_indices()
    return kept, groups[known]


def _role(one: Whole, broker: Whole, other: Whole) -> Whole:
    """Return the role of each broker, by the groups of the two ends and its own."""
    first, second = one == broker, other == broker
    abroad = np.where(one == other, _CONSULTANT, _LIAISON)
    return np.where(first & second, _COORDINATOR, np.where(first | second, _GATEWAY, abroad))


def _pairs_of_neighbours(ties: Matrix, groups: Whole) -> Whole:
    """Return the pairs of neighbours of each body, tied or not, by the role it would have."""
    count = len(groups)
    different, numbered = np.unique(groups, return_inverse=True)
    ones, shape = np.ones(count, dtype=np.int64), (count, len(different))
    member = sparse.csr_array((ones, (np.arange(count), numbered)), shape=shape)
    met = sparse.csr_array(_counted(ties) @ member)
    everyone = np.diff(ties.indptr).astype(np.int64)
    own = np.asarray(met.multiply(member).sum(axis=1)).ravel()
    met.data = met.data * (met.data - 1) // 2
    of_one_group = np.asarray(met.sum(axis=1)).ravel()
    outside = everyone - own
    found = np.empty((count, len(ROLES)), dtype=np.int64)
    found[:, _COORDINATOR] = own * (own - 1) // 2
    found[:, _CONSULTANT] = of_one_group - found[:, _COORDINATOR]
    found[:, _GATEWAY] = own * outside
    found[:, _LIAISON] = outside * (outside - 1) // 2 - found[:, _CONSULTANT]
    return found


def _counted(ties: Matrix) -> Matrix:
    """Return ties with a whole 1 for each."""
    return sparse.csr_array((np.ones(ties.nnz, dtype=np.int64), ties.indices, ties.indptr), shape=ties.shape)


def _closed(ties: Matrix, groups: Whole) -> Whole:
    """Return the pairs of neighbours of each body that have a tie of their own, by the role it would have."""
    count, network = len(groups), upward(ties)
    lower, higher = network.order[network.lower], network.order[network.higher]
    same = (groups[lower] == groups[higher]).astype(np.int8)
    twice, four_times = 2 * same, 4 * same
    below, above = (_ALIKE * ends for ends in (lower, higher))
    found = np.zeros((3, count * _ALIKE), dtype=np.int64)
    for one, two, three in triangles(network):
        alike = same[three] + twice[two] + four_times[one]
        for corner, counted in zip((below[one], above[one], above[two]), found, strict=True):
            np.add.at(counted, corner + alike, 1)
    by_role = np.zeros((count, len(ROLES)), dtype=np.int64)
    for at, counted in enumerate(found):
        for alike, times in enumerate(counted.reshape(count, _ALIKE).T):
            across = 1 << at  # whether the two other corners are of one group
            role = _CONSULTANT if alike == across else _GATEWAY
            by_role[:, {0: _LIAISON, _ALIKE - 1: _COORDINATOR}.get(alike, role)] += times
    return by_role


def _credit_from(ties: Matrix, groups: Whole, start: int) -> Floats:
    """Return the credit for all two-paths from one body, by broker and role."""
    count = len(groups)
    brokers = ties.indices[slice(*ties.indptr[[start, start + 1]])]
    onward = ties[brokers]
    ends, through = onward.indices, np.repeat(brokers, np.diff(onward.indptr))
    open_ = np.ones(count, dtype=np.bool_)
    open_[brokers] = False
    open_[start] = False
    kept = open_[ends]
    ends, through = ends[kept], through[kept]
    credit = 1 / np.bincount(ends, minlength=count)[ends]
    places = through.astype(np.int64) * len(ROLES) + _role(groups[ends], groups[through], groups[[start]])
    return np.bincount(places, credit, count * len(ROLES)).astype(np.float64)
