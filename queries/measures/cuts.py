"""What holds a network together: nodes and ties whose loss cuts others off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Whole = NDArray[np.int64]


class Cut(NamedTuple):
    """A loss that cuts a component into parts.

    Args:
        node: the node that is lost, or an end of the tie that is.
        other: the other end of the tie; -1 where a node is lost.
        parts: the nodes of each part, the largest part first.
    """

    node: int
    other: int
    parts: tuple[Whole, ...]


def cuts(adjacency: Matrix) -> list[Cut]:
    """Return all articulation points, in the order of the nodes, and then all bridges, in the order of their ends.

    It takes one depth-first search: linear in nodes and ties.

    Args:
        adjacency: nodes × nodes, symmetric, an entry where two are tied, nothing on the diagonal.

    References:
        Tarjan (1972), Depth-first search and linear graph algorithms; Tarjan (1974), A note on finding the bridges of a
        graph.

    Examples:
        >>> from scipy import sparse
        >>> path = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
        >>> for cut in cuts(path):
        ...     print(cut.node, cut.other, [part.tolist() for part in cut.parts])
        1 -1 [[0], [2]]
        0 1 [[1, 2], [0]]
        1 2 [[0, 1], [2]]
    """
    order, parents = _depth_first(adjacency)
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    sizes, lows = _subtrees(adjacency, order, number, parents)
    search = _Search(order, number, parents, sizes, _component_ends(order, parents, sizes))
    children: dict[int, list[int]] = {}
    bridges: list[Cut] = []
    for child in order.tolist():
        parent = int(parents[child])
        if parent < 0:
            continue
        if lows[child] >= number[parent]:
            children.setdefault(parent, []).append(child)
        if lows[child] > number[parent]:
            bridges.append(search.cut(min(child, parent), max(child, parent), [child]))
    points = [search.cut(node, -1, some) for node, some in children.items() if parents[node] >= 0 or len(some) > 1]
    return sorted(points, key=lambda cut: cut.node) + sorted(bridges, key=lambda cut: (cut.node, cut.other))


class _Search(NamedTuple):
    """A depth-first search: a subtree is a stretch of ``order``, and so is a component."""

    order: Whole
    number: Whole
    parents: Whole
    sizes: Whole
    ends: Whole

    def cut(self, node: int, other: int, children: list[int]) -> Cut:
        """Return the loss of a node or a tie that cuts off the subtrees of some children."""
        stretches = [(int(self.number[child]), int(self.number[child] + self.sizes[child])) for child in children]
        parts = [np.sort(self.order[start:end]) for start, end in stretches]
        rest = np.sort(np.concatenate(self._between(node, stretches)))
        lost = node if other < 0 else -1
        parts.append(rest[rest != lost])
        parts = [part for part in parts if len(part)]
        return Cut(node, other, tuple(sorted(parts, key=lambda part: (-len(part), int(part[0])))))

    def _between(self, node: int, stretches: list[tuple[int, int]]) -> list[Whole]:
        """Return what of the component of ``node`` lies outside the stretches."""
        start, end = int(self.ends[node, 0]), int(self.ends[node, 1])
        found: list[Whole] = []
        for one, other in sorted(stretches):
            found.append(self.order[start:one])
            start = other
        return [*found, self.order[start:end]]


def _depth_first(adjacency: Matrix) -> tuple[Whole, Whole]:
    """Return the nodes as a depth-first search meets them, and from which node it came to each; -1 where it began."""
    indptr, indices = adjacency.indptr.tolist(), adjacency.indices.tolist()
    parents = [-2] * adjacency.shape[0]
    order: list[int] = []
    for root in range(adjacency.shape[0]):
        if parents[root] != -2:
            continue
        parents[root] = -1
        order.append(root)
        path = [(root, iter(indices[indptr[root] : indptr[root + 1]]))]
        while path:
            node, rest = path[-1]
            for other in rest:
                if parents[other] == -2:
                    parents[other] = node
                    order.append(other)
                    path.append((other, iter(indices[indptr[other] : indptr[other + 1]])))
                    break
            else:
                path.pop()
    return np.array(order, dtype=np.int64), np.array(parents, dtype=np.int64)


def _subtrees(adjacency: Matrix, order: Whole, number: Whole, parents: Whole) -> tuple[Whole, Whole]:
    """Return the size of each node's subtree, and the first node in the order that a tie leads to from within it."""
    owner = np.repeat(np.arange(len(order)), np.diff(adjacency.indptr))
    reached = np.where(adjacency.indices == parents[owner], len(order), number[adjacency.indices])
    lows = number.copy()
    np.minimum.at(lows, owner, reached)
    least, sizes, above = lows.tolist(), [1] * len(order), parents.tolist()
    for node in order[::-1].tolist():
        parent = above[node]
        if parent >= 0:
            sizes[parent] += sizes[node]
            least[parent] = min(least[parent], least[node])
    return np.array(sizes, dtype=np.int64), np.array(least, dtype=np.int64)


def _component_ends(order: Whole, parents: Whole, sizes: Whole) -> Whole:
    """Return for each node where its component begins and ends in the order."""
    starts = np.flatnonzero(parents[order] < 0)
    ends = np.empty((len(order), 2), dtype=np.int64)
    lengths = sizes[order[starts]]
    ends[order, 0] = np.repeat(starts, lengths)
    ends[order, 1] = np.repeat(starts + lengths, lengths)
    return ends
