"""All triangles of a network, a great many at a time: what structural holes and brokerage are counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy import sparse

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Whole = NDArray[np.int64]

_CELLS = 10_000_000
_PAIRS = 1_000_000
_AT_ONCE = 2_000_000


class Upward(NamedTuple):
    """Each tie of a network once, from the end of lower degree to the higher.

    Args:
        order: the nodes by degree; ``lower`` and ``higher`` are places in it.
        lower: one end of each tie, ascending.
        higher: the other end of each tie, ascending for each lower one.
        begins: where the ties of each lower end begin, and the number of all ties.
    """

    order: Whole
    lower: Whole
    higher: Whole
    begins: Whole


def upward(ties: Matrix) -> Upward:
    """Return each tie of a network once.

    Args:
        ties: nodes × nodes, symmetric, an entry where two are tied, nothing on the diagonal.

    Examples:
        >>> from scipy import sparse
        >>> path = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
        >>> found = upward(path)
        >>> found.order[found.lower].tolist(), found.order[found.higher].tolist()
        ([0, 2], [1, 1])
    """
    order = np.argsort(np.diff(ties.indptr), kind="stable").astype(np.int64)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    owner = rank[np.repeat(np.arange(len(order)), np.diff(ties.indptr))]
    other = rank[ties.indices]
    once = owner < other
    lower, higher = owner[once], other[once]
    sorted_ = np.argsort(lower * len(order) + higher)
    lower = lower[sorted_]
    return Upward(order, lower, higher[sorted_], np.searchsorted(lower, np.arange(len(order) + 1)).astype(np.int64))


def triangles(network: Upward) -> Iterator[tuple[Whole, Whole, Whole]]:
    """Yield all triangles a, b, c (in the order of their degree), each once, as the numbers of their ties ab, ac and bc.

    Every two ties that go up from the same node are looked up in a table of those that close them; with ties from the
    lower degree to the higher no node has many, which keeps networks with large hubs cheap.

    Args:
        network: as :func:`upward` gives it.

    Examples:
        >>> from scipy import sparse
        >>> triangle = sparse.csr_array(np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]))
        >>> [[ties.tolist() for ties in found] for found in triangles(upward(triangle))]
        [[[0], [1], [2]]]
    """
    waiting: list[tuple[Whole, Whole, Whole]] = []
    for some in _by_portions(network):
        waiting.append(some)
        if sum(len(one[0]) for one in waiting) >= _AT_ONCE:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def _joined(some: list[tuple[Whole, Whole, Whole]]) -> tuple[Whole, Whole, Whole]:
    one, two, three = (np.concatenate(part) for part in zip(*some, strict=True))
    return one, two, three


def _by_portions(network: Upward) -> Iterator[tuple[Whole, Whole, Whole]]:
    size, count = len(network.order), len(network.lower)
    following = network.begins[network.lower + 1] - np.arange(count) - 1
    by_higher = np.argsort(network.higher, kind="stable")
    highers = network.higher[by_higher]
    rows = max(1, min(size, _CELLS // max(size, 1)))
    tied = np.zeros(rows * size, dtype=np.bool_)
    number = np.empty(rows * size, dtype=np.int32)  # looked at only where two are tied
    for begin in range(0, size, rows):
        here = slice(*network.begins[[begin, min(begin + rows, size)]])
        places = (network.lower[here] - begin) * size + network.higher[here]
        tied[places], number[places] = True, np.arange(here.start, here.stop)
        edges = by_higher[slice(*np.searchsorted(highers, [begin, begin + rows]))]
        for some in _portions(edges, following[edges]):
            sizes = following[some]
            skipped = np.cumsum(sizes) - sizes
            second = np.repeat(some + 1 - skipped, sizes) + np.arange(int(sizes.sum()))
            closing = np.repeat((network.higher[some] - begin) * size, sizes) + network.higher[second]
            closed = np.flatnonzero(tied[closing])
            yield np.repeat(some, sizes)[closed], second[closed], number[closing[closed]].astype(np.int64)
        tied[places] = False


def _portions(edges: Whole, sizes: Whole) -> Iterator[Whole]:
    """Split edges so that no portion has many more than :data:`_PAIRS` pairs."""
    cuts = np.flatnonzero(np.diff(np.cumsum(sizes) // _PAIRS)) + 1
    yield from (portion for portion in np.split(edges, cuts) if len(portion))
