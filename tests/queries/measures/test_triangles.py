"""Triangles: each once, by the numbers of its ties, against NetworkX and with portions of any size."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from innograph.queries.measures import triangles as module
from innograph.queries.measures.triangles import triangles, upward


def matrix(graph: nx.Graph) -> sparse.csr_array:
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), dtype=np.int64))


def listed(graph: nx.Graph) -> list[tuple[int, ...]]:
    """The corners of each triangle, checked against its three ties."""
    network = upward(matrix(graph))
    lower, higher = network.order[network.lower].tolist(), network.order[network.higher].tolist()
    found: list[tuple[int, ...]] = []
    for ties in triangles(network):
        for one, two, three in np.stack(ties, axis=1).tolist():
            assert (lower[one], higher[one], higher[two]) == (lower[two], lower[three], higher[three])
            found.append(tuple(sorted((lower[one], higher[one], higher[two]))))
    return found


def expected(graph: nx.Graph) -> list[tuple[int, ...]]:
    return sorted(
        corners
        for corners in combinations(sorted(graph), 3)
        if all(graph.has_edge(*p) for p in combinations(corners, 2))
    )


def test_the_ties_go_up() -> None:
    star = nx.star_graph(3)
    network = upward(matrix(star))
    assert network.order.tolist() == [1, 2, 3, 0], "the middle has the most ties"
    assert (network.lower.tolist(), network.higher.tolist()) == ([0, 1, 2], [3, 3, 3])
    assert listed(star) == []


def test_two_triangles_with_a_tie_in_common() -> None:
    assert sorted(listed(nx.Graph([(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]))) == [(0, 1, 2), (1, 2, 3)]


@given(st.integers(1, 8), st.randoms(use_true_random=False))
def test_every_triangle_once(size: int, random: object) -> None:
    graph = nx.gnp_random_graph(size, 0.5, seed=random)
    assert sorted(listed(graph)) == expected(graph)


@pytest.mark.parametrize(("cells", "pairs"), [(1, 1), (130, 5), (1000, 10**6), (10**6, 7), (10**6, 10**6)])
def test_portions_change_nothing(monkeypatch: pytest.MonkeyPatch, cells: int, pairs: int) -> None:
    for name, value in (("_CELLS", cells), ("_PAIRS", pairs)):
        monkeypatch.setattr(module, name, value)
    graph = nx.barabasi_albert_graph(60, 5, seed=2)
    assert sorted(listed(graph)) == expected(graph)
    network = upward(matrix(graph))
    assert (len(list(triangles(network))) > 1) == (min(cells, pairs) < 10**6)


def test_nobody() -> None:
    network = upward(sparse.csr_array((0, 0), dtype=np.int64))
    assert list(triangles(network)) == []
