"""Communities: groups of nodes with more ties among themselves than chance would give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from graspologic_native import leiden_csr  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy import sparse

    Matrix = sparse.csr_array[Any, tuple[int, int]]

_SEED = 1
_TRIALS_OF_SMALL = 10
_SMALL = 100_000


class Communities(NamedTuple):
    """A division of a network.

    Args:
        members: the community of each node, from 0 for the largest; -1 for a node without ties.
        modularity: how much more weight lies within communities than chance would put there, at most 1.
    """

    members: NDArray[np.int64]
    modularity: float


def communities(weights: Matrix, resolution: float = 1.0) -> Communities:
    """Divide a network by Leiden's method; every community is connected, and the same network gives the same answer.

    Args:
        weights: nodes × nodes, symmetric, nothing on the diagonal.
        resolution: above 1 for more and smaller communities, below for fewer.

    Returns:
        Communities in the order of their size; of equals, the one with the first node first.

    References:
        Traag, Waltman and van Eck (2019), From Louvain to Leiden: guaranteeing well-connected communities; modularity with
        resolution: Reichardt and Bornholdt (2006), Statistical mechanics of community detection.

    Examples:
        >>> from scipy import sparse
        >>> pairs = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
        >>> found = communities(sparse.csr_array(pairs))
        >>> found.members.tolist(), found.modularity
        ([0, 0, 1, 1], 0.5)
    """
    tied = np.diff(weights.indptr) > 0
    members = np.full(len(tied), -1, dtype=np.int64)
    if not tied.any():
        return Communities(members, 0.0)
    live = weights[tied][:, tied].tocsr()
    trials = _TRIALS_OF_SMALL if live.nnz < _SMALL else 1
    parts = live.indptr.astype(np.int64), live.indices.astype(np.int32), live.data.astype(np.float64)
    run = cast("Callable[..., tuple[float, dict[int, int]]]", leiden_csr)
    _, found = run(*parts, live.shape[0], resolution=resolution, seed=_SEED, trials=trials)
    labels = np.array([found[node] for node in range(live.shape[0])], dtype=np.int64)
    members[tied] = _by_size(labels)
    return Communities(members, _modularity(live, members[tied], resolution))


def _by_size(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the labels numbered anew, the largest community first."""
    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return place[inverse]


def _modularity(weights: Matrix, members: NDArray[np.int64], resolution: float) -> float:
    pairs = weights.tocoo()
    whole = float(pairs.data.sum())
    inside = float(pairs.data[members[pairs.row] == members[pairs.col]].sum())
    totals = np.bincount(members[pairs.row], pairs.data)
    return inside / whole - resolution * float(((totals / whole) ** 2).sum())
