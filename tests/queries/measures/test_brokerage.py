"""Brokerage after Gould and Fernandez: the four kinds one by one, a graph worked out by hand, and the definition spelt out."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from innograph.queries.measures.brokerage import ROLES, brokerage, partial_brokerage

COORDINATOR, CONSULTANT, GATEWAY, LIAISON = range(4)


def matrix(ties: list[tuple[int, int]], size: int) -> sparse.csr_array:
    found = np.zeros((size, size), dtype=np.int64)
    for one, other in ties:
        found[one, other] = found[other, one] = 1
    return sparse.csr_array(found)


def spelt_out(ties: list[tuple[int, int]], groups: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Whole and partial credit by the definition: every two bodies without a tie, and all who are tied to both."""
    graph = nx.Graph(ties)
    graph.add_nodes_from(range(len(groups)))
    graph.remove_nodes_from([body for body, group in enumerate(groups) if group < 0])
    whole, partial = np.zeros((len(groups), 4)), np.zeros((len(groups), 4))
    for one, other in combinations(graph, 2):
        brokers = set(graph[one]) & set(graph[other])
        if graph.has_edge(one, other):
            continue
        for broker in brokers:
            groups_of = groups[one], groups[broker], groups[other]
            if len(set(groups_of)) == 1:
                role = COORDINATOR
            elif len(set(groups_of)) == 3:
                role = LIAISON
            else:
                role = CONSULTANT if groups[one] == groups[other] else GATEWAY
            whole[broker, role] += 1
            partial[broker, role] += 1 / len(brokers)
    return whole, partial


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ([0, 0, 0], COORDINATOR),
        ([1, 0, 1], CONSULTANT),
        ([0, 0, 1], GATEWAY),
        ([1, 0, 0], GATEWAY),
        ([1, 0, 2], LIAISON),
    ],
)
def test_one_two_path_is_of_one_kind(groups: list[int], role: int) -> None:
    path = matrix([(0, 1), (1, 2)], 3)
    expected = np.zeros((3, 4), dtype=np.int64)
    expected[1, role] = 1
    assert brokerage(path, np.array(groups)).tolist() == expected.tolist()
    assert partial_brokerage(path, np.array(groups)).credit.tolist() == expected.tolist()


def test_a_triangle_has_no_broker() -> None:
    triangle = matrix([(0, 1), (1, 2), (0, 2)], 3)
    assert not brokerage(triangle, np.array([0, 1, 2])).any()
    assert not partial_brokerage(triangle, np.array([0, 1, 2])).credit.any()


# Two towns, p (0 1 2 3) and q (4 5), and a hermit (6) of r. Ties: 0-1 0-2 1-2 2-3 2-4 1-4 4-5 3-5.
# Two ends without a tie of their own, and who is tied to both:
#   0,3: 2            p-p-p           1,3: 2         p-p-p
#   0,4: 1 and 2      p-p-q twice     3,4: 2 and 5   p-p-q by 2; p-q-q by 5
#   1,5: 4            p-q-q           2,5: 3 and 4   p-p-q by 3; p-q-q by 4
#   0,5: nobody, and nobody is tied to 6.
TIES = [(0, 1), (0, 2), (1, 2), (2, 3), (2, 4), (1, 4), (4, 5), (3, 5)]
TOWNS = [0, 0, 0, 0, 1, 1, 2]


def test_two_towns_by_hand() -> None:
    whole = brokerage(matrix(TIES, 7), np.array(TOWNS))
    assert ROLES == ("coordinator", "consultant", "gateway", "liaison")
    assert whole.tolist() == [
        [0, 0, 0, 0],
        [0, 0, 1, 0],
        [2, 0, 2, 0],
        [0, 0, 1, 0],
        [0, 0, 2, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 0],
    ]


def test_two_towns_with_shared_credit_by_hand() -> None:
    found = partial_brokerage(matrix(TIES, 7), np.array(TOWNS))
    assert found.credit.tolist() == [
        [0, 0, 0, 0],
        [0, 0, 0.5, 0],
        [2, 0, 1.0, 0],
        [0, 0, 0.5, 0],
        [0, 0, 1.5, 0],
        [0, 0, 0.5, 0],
        [0, 0, 0, 0],
    ]
    assert found.credit.sum() == 6, "one for each two ends that somebody ties together"
    assert not found.error.any()


def test_who_has_no_group_is_left_out() -> None:
    """Without 2, of the six pairs of ends are left: 0,4 by 1; 1,5 by 4; 3,4 by 5."""
    groups = np.array([0, 0, -1, 0, 1, 1, 2])
    assert brokerage(matrix(TIES, 7), groups)[:, GATEWAY].tolist() == [0, 1, 0, 0, 1, 1, 0]
    assert brokerage(matrix(TIES, 7), groups).sum() == 3
    assert partial_brokerage(matrix(TIES, 7), groups).credit[:, GATEWAY].tolist() == [0, 1, 0, 0, 1, 1, 0]


@given(
    st.integers(1, 9).flatmap(
        lambda size: st.tuples(
            st.sets(st.sampled_from([(a, b) for a in range(size) for b in range(a)] or [(0, 0)])).map(
                lambda ties: [tie for tie in ties if tie[0] != tie[1]]
            ),
            st.lists(st.integers(-1, 3), min_size=size, max_size=size),
        )
    )
)
def test_the_definition_spelt_out(case: tuple[list[tuple[int, int]], list[int]]) -> None:
    ties, groups = case
    whole, partial = spelt_out(ties, groups)
    assert brokerage(matrix(ties, len(groups)), np.array(groups)).tolist() == whole.tolist()
    np.testing.assert_allclose(
        partial_brokerage(matrix(ties, len(groups)), np.array(groups)).credit, partial, atol=1e-12
    )


def test_a_larger_graph_with_hubs() -> None:
    """More bodies than are worked on at once, hubs among them."""
    graph = nx.barabasi_albert_graph(700, 6, seed=4)
    ties, groups = list(graph.edges), [body % 5 for body in graph]
    whole, partial = spelt_out(ties, groups)
    assert brokerage(matrix(ties, 700), np.array(groups)).tolist() == whole.tolist()
    np.testing.assert_allclose(partial_brokerage(matrix(ties, 700), np.array(groups)).credit, partial, atol=1e-9)


def test_a_draw_is_near_and_tells_how_near() -> None:
    graph = nx.barabasi_albert_graph(400, 5, seed=9)
    ties, groups = list(graph.edges), [body % 4 for body in graph]
    exact = spelt_out(ties, groups)[1].sum(axis=1)
    hub = int(exact.argmax())
    drawn = [partial_brokerage(matrix(ties, 400), np.array(groups), ends=80, seed=seed) for seed in range(60)]
    told = np.array([one.credit[hub].sum() for one in drawn])
    errors = np.array([one.error[hub] for one in drawn])
    assert told.mean() == pytest.approx(exact[hub], rel=0.05), "right on average"
    assert errors.mean() == pytest.approx(told.std(), rel=0.3), "the error told is the spread there is"
    assert (abs(told - exact[hub]) <= 2 * errors).mean() >= 0.85


def test_the_same_draw_gives_the_same() -> None:
    ties, groups = matrix(list(nx.path_graph(50).edges), 50), np.arange(50) % 3
    first, again = (partial_brokerage(ties, groups, ends=10, seed=3) for _ in range(2))
    other = partial_brokerage(ties, groups, ends=10, seed=4)
    assert first.credit.tolist() == again.credit.tolist() != other.credit.tolist()
    assert first.error.any()
    assert not partial_brokerage(ties, groups, ends=50).error.any(), "all are drawn: nothing is left to chance"


def test_the_error_of_two_drawn_and_of_one_by_hand() -> None:
    """A path 0-1-2-3 of one group: from each end of it one two-path starts, by 1 from 0 and 2, and by 2 from 1 and 3.

    Whichever two are drawn, 1 gets 0, 1 or 2 halves of credit; sample variance 1/2 where it gets one of the two.
    """
    path, group = matrix([(0, 1), (1, 2), (2, 3)], 4), np.zeros(4, dtype=np.int64)
    drawn = [partial_brokerage(path, group, ends=2, seed=seed) for seed in range(20)]
    told = {(one.credit[1].sum(), round(float(one.error[1]), 9)) for one in drawn}
    half = round(2 * (0.5 / 2 * (1 - 2 / 4)) ** 0.5, 9)  # 4/2 of the mean; variance of a mean of 2 of 4
    assert told == {(0.0, 0.0), (1.0, half), (2.0, 0.0)}
    assert np.isnan(partial_brokerage(path, group, ends=1).error).all(), "one tells nothing of the spread"


def test_nobody() -> None:
    nothing = sparse.csr_array((0, 0), dtype=np.int64)
    none = np.empty(0, dtype=np.int64)
    assert brokerage(nothing, none).shape == (0, 4)
    assert partial_brokerage(nothing, none).credit.shape == (0, 4)


def test_groups_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="2 groups"):
        brokerage(matrix(TIES, 7), np.array([0, 1]))
    with pytest.raises(ValueError, match="2 groups"):
        partial_brokerage(matrix(TIES, 7), np.array([0, 1]))
