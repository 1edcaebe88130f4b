"""Link prediction: which nodes that are not tied yet are likely to be, and how well such a guess does.

Two nodes are likely to tie if many paths of three ties join them: the partners of one are tied with the partners of the
other. Common neighbours, paths of two, say nothing between the two sides of a two-mode network: there are none.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .matrices import columns_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Numbers = NDArray[np.float64]
    Nodes = NDArray[np.int64]
    Mask = NDArray[np.bool_]


class Path(NamedTuple):
    """A path of three ties; ``strength`` is what it adds to the score."""

    start: int
    near: int
    far: int
    end: int
    strength: float

    @property
    def nodes(self) -> tuple[int, int, int, int]:
        """The nodes from start to end."""
        return self.start, self.near, self.far, self.end


class Paths:
    """The paths of three ties that begin at some nodes, and the L3 scores that they add up to.

    The score of nodes i and j is Σ a_iu a_uv a_vj / √(k_u k_v) with k the number of ties of a node: a path by way of nodes
    that are tied with everybody counts less. Of several starts the scores are added.

    Args:
        ties: nodes × nodes, symmetric, 1 where two are tied, nothing on the diagonal; fastest as ``float64``.
        starts: the nodes at which the paths begin.

    References:
        Kovács et al. (2019), Network-based prediction of protein interactions, Nature Communications 10, 1240.

    Examples:
        Two firms 0, 1 and two institutes 2, 3: 0 works with 2, and 1 with both. There is one path from 0 to 3, by way of 2
        and 1, which have two ties each.

        >>> from scipy import sparse
        >>> ties = sparse.csr_array(np.array([[0, 0, 1, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 0]]))
        >>> paths = Paths(ties, np.array([0]))
        >>> paths.scores.round(3).tolist(), paths.number(3)
        ([0.0, 0.0, 0.0, 0.5], 1)
        >>> paths.strongest(3)[0].nodes
        (0, 2, 1, 3)
    """

    def __init__(self, ties: Matrix, starts: Nodes) -> None:
        self._ties = ties
        self._starts = np.sort(starts)
        self._damped = _damped(ties)

    @cached_property
    def _near(self) -> Numbers:
        """With how many starts each node is tied."""
        near = self._ties[self._starts].indices
        return np.bincount(near, minlength=self._ties.shape[0]).astype(np.float64)

    @cached_property
    def _second(self) -> tuple[Nodes, Nodes]:
        """The ties of the nodes tied with a start: from which node, and to which; the fewer ties the former has, the later."""
        near = np.flatnonzero(self._near)
        near = near[np.lexsort((-near, self._damped[near]))]
        rows = self._ties[near]
        return np.repeat(near, np.diff(rows.indptr)), rows.indices.astype(np.int64)

    def _summed(self, values: Numbers) -> Numbers:
        """Return for each node the sum of the values of all nodes between it and a start."""
        near, far = self._second
        return np.bincount(far, values[near], minlength=len(self._damped)).astype(np.float64)

    @cached_property
    def scores(self) -> Numbers:
        """The score of each node; 0 for the starts, and for nodes that are tied with one."""
        far = self._summed(self._near * self._damped)
        found = np.asarray(self._ties @ (far * self._damped), dtype=np.float64)
        found[self._near > 0] = 0
        found[self._starts] = 0
        return found

    @cached_property
    def _ways(self) -> Numbers:
        return self._summed(self._near)

    def number(self, end: int) -> int:
        """Return how many paths lead to a node that is no start and is not tied with one.

        Args:
            end: the node.
        """
        return round(float(self._ways[columns_of(self._ties, end)].sum()))

    @cached_property
    def _best(self) -> tuple[Numbers, Nodes]:
        """For each node the best that a node between it and a start gives to a path, and that node."""
        near, far = self._second
        best, who = np.zeros(len(self._damped)), np.full(len(self._damped), -1, dtype=np.int64)
        best[far], who[far] = self._damped[near], near  # where an index is repeated, the last stays
        return best, who

    def strongest(self, end: int, most: int = 3) -> list[Path]:
        """Return the strongest paths to a node that is no start and is not tied with one, the strongest first.

        Args:
            end: the node.
            most: how many; no two of them have the same last node but one.
        """
        best, who = self._best
        far = columns_of(self._ties, end)
        strength = best[far] * self._damped[far]
        order = np.lexsort((far, -strength.round(12)))[:most]  # 2 · 6 and 3 · 4 ties are equally many
        found = [(int(who[far[at]]), int(far[at]), float(strength[at])) for at in order if strength[at] > 0]
        return [Path(self._start(near), near, node, end, value) for near, node, value in found]

    def starts_to(self, end: int) -> Nodes:
        """Return the starts from which a path leads to a node that is no start and is not tied with one.

        Args:
            end: the node.
        """
        far = np.zeros(len(self._damped))
        far[columns_of(self._ties, end)] = 1
        near = (self._ties @ far) * (self._near > 0)
        return self._starts[np.asarray(self._ties[self._starts] @ near) > 0]

    def _start(self, near: int) -> int:
        return int(np.intersect1d(columns_of(self._ties, near), self._starts)[0])


def l3_scores(ties: Matrix, nodes: Nodes) -> Numbers:
    """Return the L3 scores of many nodes at once, as :class:`Paths` has them for one.

    Args:
        ties: nodes × nodes, symmetric, 1 where two are tied, nothing on the diagonal; fastest as ``float64``.
        nodes: by number.

    Returns:
        A row for each of ``nodes``: the score of every node; 0 for itself, and for those that it is tied with.

    Examples:
        >>> from scipy import sparse
        >>> ties = sparse.csr_array(np.array([[0, 0, 1, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 0]]))
        >>> l3_scores(ties, np.array([0, 3])).round(3).tolist()
        [[0.0, 0.0, 0.0, 0.5], [0.5, 0.0, 0.0, 0.0]]
    """
    damped = _damped(ties)
    near = ties[nodes].tocsr()  # few, so that the first product is one of sparse matrices
    owners = np.repeat(np.arange(len(nodes)), np.diff(near.indptr))
    partners = near.indices
    near.data = near.data * damped[partners]
    far = (near @ ties).toarray().T * damped[:, None]
    found = np.asarray(ties @ far, dtype=np.float64)
    found[partners, owners] = 0
    found[nodes, np.arange(len(nodes))] = 0
    return np.ascontiguousarray(found.T)


def _damped(ties: Matrix) -> Numbers:
    """Return 1/√k for each node, 0 for one without ties."""
    degrees = np.diff(ties.indptr).astype(np.float64)
    return np.divide(1.0, np.sqrt(degrees), out=np.zeros_like(degrees), where=degrees > 0)


class Retrieval(NamedTuple):
    """How well a list of at most k guesses does.

    Args:
        precision: what share of the list is right; of k, or of all candidates if they are fewer.
        recall: what share of what is right is on the list.
        hit: 1 if anything on the list is right, or how likely that is.
    """

    precision: float
    recall: float
    hit: float


def top(scores: Numbers, most: int) -> Nodes:
    """Return the places of the highest scores above 0, in the order of their places; of equals the first ones.

    Args:
        scores: numbers.
        most: how many to return.

    Examples:
        >>> top(np.array([0.2, 0.0, 0.5, 0.2]), 2).tolist()
        [0, 2]
    """
    if len(scores) <= most:
        return np.flatnonzero(scores > 0)
    last = np.partition(scores, -most)[-most]
    above = np.flatnonzero(scores > last)
    equal = np.flatnonzero(scores == last)[: most - len(above)] if last > 0 else above[:0]
    return np.sort(np.concatenate([above[scores[above] > 0], equal]))


def retrieval(guessed: Nodes, right: Nodes, candidates: int, most: int) -> Retrieval:
    """Return how well a list of guesses does.

    Args:
        guessed: the list.
        right: what came true, at least one, among the candidates.
        candidates: among how many the guesses were made.
        most: how long the list may be.

    References:
        Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, section 8.4.

    Examples:
        >>> retrieval(np.array([4, 7]), np.array([7, 8]), candidates=20, most=2)
        Retrieval(precision=0.5, recall=0.5, hit=1.0)
    """
    hits = len(np.intersect1d(guessed, right))
    return Retrieval(hits / min(most, candidates), hits / len(right), float(hits > 0))


def by_chance(right: int, candidates: int, most: int) -> Retrieval:
    """Return what a list drawn by chance is expected to do: the mean of the hypergeometric distribution.

    Args:
        right: how many candidates come true, at least one.
        candidates: how many there are.
        most: how long the list may be.

    Examples:
        Two of four come true and one is drawn: half of such lists are right.

        >>> by_chance(2, 4, 1)
        Retrieval(precision=0.5, recall=0.25, hit=0.5)
    """
    drawn = min(most, candidates)
    left = np.arange(drawn)
    missed = float(np.prod(np.maximum(candidates - right - left, 0) / (candidates - left)))
    return Retrieval(right / candidates, drawn / candidates, 1 - missed)


class Estimate(NamedTuple):
    """A mean and its standard error, 0 where all were looked at, ``nan`` where it can't be told."""

    mean: float
    error: float


def estimate(values: Numbers, of: int) -> Estimate:
    """Return the mean of a sample drawn without replacement, with its standard error.

    Args:
        values: of the sample, at least one.
        of: how many there are altogether.

    References:
        Cochran (1977), Sampling Techniques, section 2.6: s/√n · √(1 - n/N).

    Examples:
        >>> estimate(np.array([0.0, 1.0]), of=2), estimate(np.array([0.0, 1.0, 0.0, 1.0]), of=100).error.__round__(3)
        (Estimate(mean=0.5, error=0.0), 0.283)
    """
    number = len(values)
    if number == of:
        return Estimate(float(values.mean()), 0.0)
    spread = float(values.std(ddof=1)) if number > 1 else float("nan")
    return Estimate(float(values.mean()), spread / number**0.5 * (1 - number / of) ** 0.5)
