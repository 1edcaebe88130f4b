"""How central each node of an undirected network is: by ties, by reach, by the shortest paths through it.

Degree, weighted degree, eigenvector centrality and PageRank are exact on any network. Betweenness and harmonic
centrality take a search from each node; on a large network they are estimated from a sample of nodes, with the error
that such a sample leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy import sparse

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Numbers = NDArray[np.float64]

EFFORT = 2e8
"""How many entries a search from all sources together may read before sources are sampled: some seconds."""
_AT_ONCE = 64
_Z = 1.96
_DAMPING = 0.85
_ROUNDS = 1000
_TOLERANCE = 1e-12


class Estimate(NamedTuple):
    """A value for each node, and how far it may be off.

    Args:
        values: one for each node.
        errors: half the width of the 95% interval for each node; all 0 where the values are exact.
        sources: from how many nodes a search was made.
    """

    values: Numbers
    errors: Numbers
    sources: int


def betweenness(adjacency: Matrix, effort: float = EFFORT, seed: int = 0) -> Estimate:
    """Return the share of all shortest paths between two others that pass through each node.

    Args:
        adjacency: nodes × nodes, symmetric, 1 where two are tied.
        effort: entries of the matrix to read; a search from one node reads all of them about once.
        seed: for the sample of nodes where a search from each would be too much.

    Returns:
        From 0 to 1: divided by the (n-1)(n-2)/2 pairs of others.

    References:
        Brandes (2001), A faster algorithm for betweenness centrality; the sample: Brandes and Pich (2007), Centrality
        estimation in large networks. The interval is the normal one of a mean over sources drawn without replacement;
        for nodes that few paths pass through, which a sample may miss altogether, it is too narrow.

    Examples:
        >>> from scipy import sparse
        >>> star = sparse.csr_array(np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]]))
        >>> betweenness(star).values.tolist()
        [1.0, 0.0, 0.0]
    """
    return _estimated(
        adjacency, _dependencies, max((adjacency.shape[0] - 1) * (adjacency.shape[0] - 2), 1), effort, seed
    )


def harmonic(adjacency: Matrix, effort: float = EFFORT, seed: int = 0) -> Estimate:
    """Return how near each node is to all others: the mean of 1/distance, 0 for what cannot be reached.

    Args:
        adjacency: nodes × nodes, symmetric, 1 where two are tied.
        effort: as in :func:`betweenness`.
        seed: as in :func:`betweenness`.

    Returns:
        From 0 to 1.

    References:
        Marchiori and Latora (2000), Harmony in the small-world; the sample: Eppstein and Wang (2004), Fast approximation
        of centrality.

    Examples:
        >>> from scipy import sparse
        >>> path = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
        >>> harmonic(path).values.tolist()
        [0.75, 1.0, 0.75]
    """
    return _estimated(adjacency, _nearness, max(adjacency.shape[0] - 1, 1), effort, seed)


def strength(weights: Matrix) -> Numbers:
    """Return the sum of the weights of each node's ties; with weights of 1 this is the degree.

    Args:
        weights: nodes × nodes, symmetric.

    Examples:
        >>> from scipy import sparse
        >>> strength(sparse.csr_array(np.array([[0, 3], [3, 0]]))).tolist()
        [3.0, 3.0]
    """
    return np.asarray(weights.sum(axis=1), dtype=np.float64).ravel()


def pagerank(weights: Matrix) -> Numbers:
    """Return the PageRank of each node; the sum is 1.

    Args:
        weights: nodes × nodes, symmetric; a step follows a tie with a chance in proportion to its weight.

    References:
        Page, Brin, Motwani and Winograd (1999), The PageRank citation ranking; with the usual damping of 0.85.

    Examples:
        >>> from scipy import sparse
        >>> pagerank(sparse.csr_array(np.array([[0, 1], [1, 0]]))).tolist()
        [0.5, 0.5]
    """
    nodes, out = weights.shape[0], strength(weights)
    if not nodes:
        return out
    share = np.divide(1.0, out, out=np.zeros_like(out), where=out > 0)
    ranks = np.full(nodes, 1 / nodes)
    for _ in range(_ROUNDS):
        stuck = ranks[out == 0].sum()
        new = _DAMPING * (weights @ (ranks * share) + stuck / nodes) + (1 - _DAMPING) / nodes
        done = np.abs(new - ranks).sum() < _TOLERANCE * nodes
        ranks = new
        if done:
            break
    return ranks


def eigenvector(adjacency: Matrix) -> Numbers:
    """Return for each node of the largest component how central its neighbours are; the greatest value is 1.

    Between components the values cannot be compared, so that outside the largest one (of equals the first) they are 0.

    Args:
        adjacency: nodes × nodes, symmetric, not negative.

    References:
        Bonacich (1972), Factoring and weighting approaches to status scores and clique identification.

    Examples:
        >>> from scipy import sparse
        >>> star = sparse.csr_array(np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]]))
        >>> eigenvector(star).round(4).tolist()
        [1.0, 0.7071, 0.7071]
    """
    _, component = connected_components(adjacency, directed=False)
    inside = component == np.bincount(component).argmax() if len(component) else np.zeros(0, dtype=np.bool_)
    values = inside.astype(np.float64)
    for _ in range(_ROUNDS):
        new = adjacency @ values + values  # the matrix plus 1, so that a two-mode network converges too
        new = np.where(inside, new / max(new[inside].max(initial=0.0), 1.0), 0.0)
        done = np.abs(new - values).max(initial=0.0) < _TOLERANCE
        values = new
        if done:
            break
    return values


def _estimated(adjacency: Matrix, sums: Any, whole: float, effort: float, seed: int) -> Estimate:
    """Return what searches from all nodes or from a sample of them give, as a share of ``whole``."""
    nodes = adjacency.shape[0]
    wanted = max(2, int(effort / max(adjacency.nnz, 1)))
    exact = wanted >= nodes
    sources = np.arange(nodes) if exact else np.sort(np.random.default_rng(seed).choice(nodes, wanted, replace=False))
    # Half the digits in a sample cost half the time, and its error is far greater than theirs.
    links = adjacency.astype(np.float64 if exact else np.float32)
    first, second = np.zeros(nodes), np.zeros(nodes)
    for start in range(0, len(sources), _AT_ONCE):
        for part in sums(links, sources[start : start + _AT_ONCE]):
            first += part.sum(axis=1, dtype=np.float64)
            second += np.square(part, dtype=np.float64).sum(axis=1)
    if exact:
        return Estimate(first / whole, np.zeros(nodes), nodes)
    spread = np.maximum(second - first**2 / wanted, 0) / (wanted - 1)
    error = _Z * nodes * np.sqrt(spread / wanted * (1 - wanted / nodes))
    return Estimate(first * nodes / wanted / whole, error / whole, wanted)


def _waves(links: Matrix, sources: NDArray[np.int64]) -> list[NDArray[Any]]:
    """Return for each distance the number of shortest paths from the sources: nodes × sources, 0 at other distances."""
    start = np.zeros((links.shape[0], len(sources)), dtype=links.dtype)
    start[sources, np.arange(len(sources))] = 1
    waves, seen = [start], start > 0
    while waves[-1].any():
        wave = _product(links, waves[-1])
        wave[seen] = 0
        seen |= wave > 0
        waves.append(wave)
    return waves[:-1]


def _nearness(links: Matrix, sources: NDArray[np.int64]) -> Iterator[NDArray[Any]]:
    """Yield 1/distance of each node from each source."""
    found = np.zeros((links.shape[0], len(sources)), dtype=links.dtype)
    for distance, wave in enumerate(_waves(links, sources)[1:], start=1):
        found[wave > 0] = 1 / distance
    yield found


def _dependencies(links: Matrix, sources: NDArray[np.int64]) -> Iterator[NDArray[Any]]:
    """Yield the share of each source's shortest paths that pass through each node."""
    waves = _waves(links, sources)
    whole = np.zeros_like(waves[0]) if waves else np.zeros((links.shape[0], 0))
    below = np.zeros_like(whole)
    for distance in range(len(waves) - 1, 1, -1):
        wave = waves[distance]
        below = np.divide(1 + below, wave, out=np.zeros_like(wave), where=wave > 0)
        below = _product(links, below) * waves[distance - 1]
        whole += below
    yield whole


def _product(links: Matrix, block: NDArray[Any]) -> NDArray[Any]:
    """Return ``links @ block``; ``links`` is symmetric, and of its rows only those that matter are read."""
    rows = np.flatnonzero(block.any(axis=1))
    if 2 * len(rows) > len(block):
        return np.asarray(links @ block)
    return np.asarray(links[rows].T @ block[rows])
