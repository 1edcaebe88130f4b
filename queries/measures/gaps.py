"""Gaps: how many steps away a partner is, and the steps of a ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from scipy import sparse

    Matrix = sparse.csr_array[Any, tuple[int, int]]

UNREACHED = -1


class Steps(NamedTuple):
    """For each node the number of steps to the nearest goal, and the neighbour that is next on the way.

    Both are :data:`UNREACHED` where no way leads; a goal is 0 steps from itself and has nobody next.
    """

    distance: NDArray[np.int64]
    towards: NDArray[np.int64]


def steps_to(adjacency: Matrix, goals: NDArray[np.bool_]) -> Steps:
    """Return how many steps each node is from the nearest goal: breadth-first search from all goals at once.

    Args:
        adjacency: nodes × nodes, symmetric; what is stored is a tie.
        goals: for each node, whether it is a goal.

    Returns:
        Steps and the next node on the way, of several the one with the smallest number.

    Raises:
        ValueError: the matrix is not square, or has another number of nodes than ``goals``.

    Examples:
        A path 0–1–2, and 3 alone.

        >>> import numpy as np
        >>> from scipy import sparse
        >>> ties = sparse.csr_array(np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]))
        >>> found = steps_to(ties, np.array([True, False, False, False]))
        >>> found.distance.tolist(), found.towards.tolist()
        ([0, 1, 2, -1], [-1, 0, 1, -1])

    References:
        E. F. Moore, The Shortest Path Through a Maze, Proceedings of the International Symposium on the Theory of
        Switching (1959).
    """
    if adjacency.shape != (len(goals), len(goals)):
        raise ValueError("the matrix must have one row and one column for each node")
    distance = np.where(goals, 0, UNREACHED).astype(np.int64)
    towards = np.full(len(goals), UNREACHED, dtype=np.int64)
    front = np.flatnonzero(goals)
    while len(front):
        ties = adjacency[front]
        ones, others = np.repeat(front, np.diff(ties.indptr)), ties.indices.astype(np.int64)
        new = distance[others] == UNREACHED
        reached, first = np.unique(others[new], return_index=True)
        distance[reached] = distance[front[0]] + 1
        towards[reached] = ones[new][first]
        front = reached
    return Steps(distance, towards)


def ladders(ties: Iterable[tuple[str, str]]) -> list[dict[str, int]]:
    """Return the ladders that pairs of a lower and the next higher step form.

    Args:
        ties: lower and higher step.

    Returns:
        For each ladder the place of each step, the lowest 1: one more than the longest way that leads up to it. Steps
        that go round in a circle share a place. Ladders and steps are in order.

    Examples:
        >>> ladders([("b", "c"), ("a", "b"), ("x", "y")])
        [{'a': 1, 'b': 2, 'c': 3}, {'x': 1, 'y': 2}]
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(set(ties)))
    found: list[dict[str, int]] = []
    for members in nx.weakly_connected_components(graph):
        circles: Any = nx.condensation(graph.subgraph(members))
        places = {
            step: place
            for place, level in enumerate(nx.topological_generations(circles), start=1)
            for circle in level
            for step in circles.nodes[circle]["members"]
        }
        found.append(dict(sorted(places.items(), key=lambda item: (item[1], item[0]))))
    return sorted(found, key=lambda ladder: next(iter(ladder)))
