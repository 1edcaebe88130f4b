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
    Ties = NDArray[np.int32]

_CELLS = 10_000_000
"""Of the table in which a tie is looked up: as large as a processor's cache holds."""
_PAIRS = 250_000


class Upward(NamedTuple):
    """Each tie of a network once, from the end of lower degree to the higher.

    Args:
        order: the nodes by degree; ``lower`` and ``higher`` are places in it.
        lower: one end of each tie, ascending.
        higher: the other end of each tie, ascending for each lower one.
        begins: where the ties of each lower end begin, and the number of all ties.
        entries: which entry of the matrix each tie is, in the row of its lower end.
    """

    order: Whole
    lower: Whole
    higher: Whole
    begins: Whole
    entries: Whole


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
    once = np.flatnonzero(owner < other)
    entries = once[np.argsort(owner[once] * len(order) + other[once])]
    lower, higher = owner[entries], other[entries]
    begins = np.searchsorted(lower, np.arange(len(order) + 1)).astype(np.int64)
    return Upward(order, lower, higher, begins, entries)


def triangles(network: Upward) -> Iterator[tuple[Ties, Ties, Ties]]:
    """Yield all triangles a, b, c (in the order of their degree), each once, as the numbers of their ties ab, ac and bc.

    Every two ties that go up from the same node are looked up in a table of those that close them; with ties from the
    lower degree to the higher no node has many, which keeps networks with large hubs cheap. What is yielded together has
    some hundred thousand triangles at most, and all numbers are short, so that the work stays in the processor's cache.

    Args:
        network: as :func:`upward` gives it.

    Examples:
        >>> from scipy import sparse
        >>> triangle = sparse.csr_array(np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]))
        >>> [[ties.tolist() for ties in found] for found in triangles(upward(triangle))]
        [[[0], [1], [2]]]
    """
    size, higher = len(network.order), network.higher.astype(np.int32)
    following = network.begins[network.lower + 1] - np.arange(len(higher)) - 1
    by_higher = np.argsort(higher, kind="stable")
    by_higher = by_higher[following[by_higher] > 0]
    middles = higher[by_higher]
    table = np.full(min(max(_CELLS, size), size * size), -1, dtype=np.int32)
    for begin, end in _bands(size):
        here = slice(*network.begins[[begin, end]])
        edges = np.sort(by_higher[slice(*np.searchsorted(middles, [begin, end]))])
        if len(edges) and here.start < here.stop:
            width = size - begin  # all that closes a triangle here is of higher degree
            cells = (network.lower[here] - begin) * width + network.higher[here] - begin
            table[cells] = np.arange(here.start, here.stop, dtype=np.int32)
            starts = ((network.higher[edges] - begin) * width - begin).astype(np.int32)
            for some in _portions(following[edges]):
                yield _closed(edges[some], following[edges[some]], starts[some], higher, table)
            table[cells] = -1


def _bands(size: int) -> Iterator[tuple[int, int]]:
    """Split the nodes so that a table of each band and all nodes after its first has no more than :data:`_CELLS`."""
    begin = 0
    while begin < size:
        end = min(size, begin + max(1, _CELLS // (size - begin)))
        yield begin, end
        begin = end


def _portions(sizes: Whole) -> list[slice]:
    """Split ties so that no portion has many more than :data:`_PAIRS` pairs."""
    cuts = (np.flatnonzero(np.diff(np.cumsum(sizes) // _PAIRS)) + 1).tolist()
    return [slice(*ends) for ends in zip([0, *cuts], [*cuts, len(sizes)], strict=True)]


def _closed(edges: Whole, sizes: Whole, starts: Ties, higher: Ties, table: Ties) -> tuple[Ties, Ties, Ties]:
    """Return those pairs of ties ab, ac that a tie bc closes, and that tie.

    Args:
        edges: the ties ab.
        sizes: how many ties of the same a follow each.
        starts: where in the table the ties of each b stand.
        higher: the end of each tie.
        table: the number of the tie bc, -1 where there is none.
    """
    ends = np.cumsum(sizes)
    one = np.repeat(edges.astype(np.int32), sizes)
    two = np.arange(1, int(ends[-1]) + 1, dtype=np.int32)
    two += np.repeat((edges - (ends - sizes)).astype(np.int32), sizes)
    three = table[np.repeat(starts, sizes) + higher[two]]
    closed = np.flatnonzero(three >= 0)
    return one[closed], two[closed], three[closed]
