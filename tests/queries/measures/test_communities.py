"""Communities: the best division of Zachary's club as published, and graphs whose communities are plain to see."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from innograph.queries.measures.communities import communities


def matrix(graph: nx.Graph) -> sparse.csr_array:
    return nx.to_scipy_sparse_array(graph, format="csr", dtype=float, weight=None)


def test_zacharys_club() -> None:
    """The greatest modularity of any division is 0.4198, with four communities (Brandes et al. 2008)."""
    club = nx.karate_club_graph()
    found = communities(matrix(club))
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert max(found.members) == 3
    groups = [{node for node in club if found.members[node] == one} for one in range(4)]
    assert nx.community.modularity(club, groups, weight=None) == pytest.approx(found.modularity)


def test_cliques_in_a_ring_largest_first() -> None:
    graph = nx.disjoint_union_all([nx.complete_graph(4), nx.complete_graph(6), nx.complete_graph(5), nx.empty_graph(1)])
    graph.add_edges_from([(0, 4), (9, 10), (14, 1)])
    assert communities(matrix(graph)).members.tolist() == [2] * 4 + [0] * 6 + [1] * 5 + [-1]


def test_weights_count_and_resolution_divides() -> None:
    square = sparse.csr_array([[0, 9, 0, 1], [9, 0, 1, 0], [0, 1, 0, 9], [1, 0, 9, 0]])
    assert communities(square).members.tolist() == [0, 0, 1, 1]
    assert communities(square, 0.05).members.tolist() == [0, 0, 0, 0]
    assert communities(square, 5).members.tolist() == [0, 1, 2, 3]


def test_no_ties() -> None:
    found = communities(sparse.csr_array((2, 2)))
    assert (found.members.tolist(), found.modularity) == ([-1, -1], 0.0)


def test_the_same_again_and_connected() -> None:
    graph = nx.gnm_random_graph(300, 700, seed=2)
    found = communities(matrix(graph))
    assert communities(matrix(graph)).members.tolist() == found.members.tolist()
    for one in range(max(found.members) + 1):
        assert nx.is_connected(graph.subgraph(node for node in graph if found.members[node] == one))


def test_modularity_at_another_resolution_by_hand() -> None:
    """Two pairs: all weight lies within; chance would put half of it there, which counts for half at a resolution of 0.5."""
    pairs = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    found = communities(sparse.csr_array(pairs), resolution=0.5)
    assert (found.members.tolist(), found.modularity) == ([0, 0, 1, 1], 0.75)
