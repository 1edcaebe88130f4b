"""L3 on small graphs worked out by hand and against its definition spelt out; what lists of guesses are worth."""

from __future__ import annotations

from itertools import combinations, product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from innograph.queries.measures.link_prediction import (
    Paths,
    by_chance,
    estimate,
    l3_scores,
    retrieval,
    top,
)

Ties = list[tuple[int, int]]
Found = dict[int, list[tuple[int, int, int, float]]]

# Firms 0 1 2, institutes 3 4 5: 0–3, 1–3, 1–4, 2–4, 2–5. Ties: 3 has 2, 1 has 2, 4 has 2, 2 has 2, 0 and 5 have 1.
TWO_MODE: Ties = [(0, 3), (1, 3), (1, 4), (2, 4), (2, 5)]
# A triangle 0 1 2 with a tail 2–3–4 and a second way 1–5–4. Ties: 0:2, 1:3, 2:3, 3:2, 4:2, 5:2.
ONE_MODE: Ties = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (1, 5), (4, 5)]


def matrix(ties: Ties, size: int) -> sparse.csr_array:
    found = np.zeros((size, size))
    for one, other in ties:
        found[one, other] = found[other, one] = 1
    return sparse.csr_array(found)


def spelt_out(ties: Ties, size: int, starts: set[int]) -> Found:
    """All paths of three ties to nodes that are neither starts nor tied with one, by the definition."""
    arcs = {*ties, *((b, a) for a, b in ties)}
    degree = [sum(one == node for one, _ in arcs) for node in range(size)]
    near = {b for a, b in arcs if a in starts}
    found: Found = {end: [] for end in range(size)}
    for start, u, v, end in product(starts, range(size), range(size), range(size)):
        if end not in starts | near and {(start, u), (u, v), (v, end)} <= arcs:
            found[end].append((start, u, v, 1 / sqrt(degree[u] * degree[v])))
    return found


def test_two_modes_by_hand() -> None:
    ties = matrix(TWO_MODE, 6)
    # 0 to 4: only 0–3–1–4, and 3 and 1 have two ties each: 1/√4. 0 to 5 needs five ties: no path of three.
    assert Paths(ties, np.array([0])).scores.tolist() == pytest.approx([0, 0, 0, 0, 0.5, 0])
    # 1 to 5: only 1–4–2–5: 1/√4. Of 1, 3 and 4 are partners already.
    assert Paths(ties, np.array([1])).scores.tolist() == pytest.approx([0, 0, 0, 0, 0, 0.5])
    # Between firms there are paths of two and four, none of three.
    assert l3_scores(ties, np.array([0, 1, 2]))[:, :3].tolist() == [[0] * 3] * 3


def test_one_mode_by_hand() -> None:
    paths = Paths(matrix(ONE_MODE, 6), np.array([0]))
    # 0 to 3: 0–1–2–3, 1 and 2 have three ties each: 1/√9.
    # 0 to 4: 0–2–3–4 with 3 and 2 ties, and 0–1–5–4 with 3 and 2: 2/√6.
    # 0 to 5: 0–2–1–5: 1/√9. 1 and 2 are tied with 0.
    assert paths.scores.tolist() == pytest.approx([0, 0, 0, 1 / 3, 2 / sqrt(6), 1 / 3])
    assert [paths.number(end) for end in (3, 4, 5)] == [1, 2, 1]
    assert [path.nodes for path in paths.strongest(4)] == [(0, 2, 3, 4), (0, 1, 5, 4)], "equal: the lower number first"
    assert [path.strength for path in paths.strongest(4, most=1)] == pytest.approx([1 / sqrt(6)])


def test_nodes_without_ties_get_nothing() -> None:
    paths = Paths(matrix([(0, 1)], 3), np.array([2]))
    assert paths.scores.tolist() == [0, 0, 0]
    assert paths.number(0) == 0
    assert paths.strongest(0) == []
    assert not len(paths.starts_to(0))
    assert not Paths(matrix([], 2), np.array([0, 1])).scores.any()


def test_several_starts_by_hand() -> None:
    # Starts 0 and 2 of TWO_MODE are tied with 3, 4 and 5; 1 is at two ties from both, and no path of three leads anywhere.
    assert not Paths(matrix(TWO_MODE, 6), np.array([0, 2])).scores.any()
    # With a third institute 6 of firm 1, 0–3–1–6 and 2–4–1–6 lead to it: k_3 = k_4 = 2 and k_1 = 3, so 2/√6.
    paths = Paths(matrix([*TWO_MODE, (1, 6)], 7), np.array([2, 0]))
    assert paths.scores.tolist() == pytest.approx([0, 0, 0, 0, 0, 0, 2 / sqrt(6)])
    assert paths.starts_to(6).tolist() == [0, 2]
    assert paths.number(6) == 2


GRAPHS = st.integers(2, 9).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.sampled_from(list(combinations(range(size), 2))), unique=True),
        st.sets(st.integers(0, size - 1), min_size=1, max_size=3),
    )
)


@given(GRAPHS)
def test_against_the_definition(drawn: tuple[int, Ties, set[int]]) -> None:
    size, ties, starts = drawn
    found, paths = spelt_out(ties, size, starts), Paths(matrix(ties, size), np.array(sorted(starts)))
    assert paths.scores.tolist() == pytest.approx([sum(p[3] for p in found[end]) for end in range(size)])
    near = {node for tie in ties for node in tie if set(tie) & starts}
    for end in set(range(size)) - starts - near:
        assert paths.number(end) == len(found[end])
        assert paths.starts_to(end).tolist() == sorted({path[0] for path in found[end]})
        strongest = {far: max(p[3] for p in found[end] if p[2] == far) for far in {p[2] for p in found[end]}}
        shown = paths.strongest(end, most=size)
        assert [(p.far, p.strength) for p in shown] == [
            (far, pytest.approx(value)) for far, value in sorted(strongest.items(), key=lambda it: (-round(it[1], 9), it[0]))
        ]  # fmt: skip
        assert {p.nodes[:3] for p in shown} <= {path[:3] for path in found[end]}


@given(GRAPHS)
def test_many_at_once_are_as_one_by_one(drawn: tuple[int, Ties, set[int]]) -> None:
    size, ties, starts = drawn
    nodes = np.array(sorted(starts))
    expected = [
        [sum(p[3] for p in spelt_out(ties, size, {node})[end]) for end in range(size)] for node in sorted(starts)
    ]
    assert l3_scores(matrix(ties, size), nodes) == pytest.approx(np.array(expected))


@given(st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.3])), st.integers(1, 6))
def test_the_top_is_the_head_of_the_sorted_list(scores: list[float], most: int) -> None:
    ranked = sorted((-score, place) for place, score in enumerate(scores) if score > 0)
    assert top(np.array(scores), most).tolist() == sorted(place for _, place in ranked[:most])


def test_what_a_list_is_worth() -> None:
    # Three guesses of five candidates, two of four right ones among them.
    assert retrieval(np.array([0, 1, 2]), np.array([1, 2, 3, 4]), candidates=5, most=3) == pytest.approx(
        (2 / 3, 0.5, 1)
    )
    # A list of at most ten among five candidates is five long.
    assert retrieval(np.array([0, 1]), np.array([1]), candidates=5, most=10) == pytest.approx((0.2, 1, 1))
    assert retrieval(np.array([0]), np.array([1]), candidates=5, most=1) == (0, 0, 0)


@pytest.mark.parametrize(("right", "candidates", "most"), [(1, 5, 2), (2, 5, 2), (3, 4, 2), (2, 3, 10), (4, 6, 3)])
def test_chance_is_the_mean_of_all_lists(right: int, candidates: int, most: int) -> None:
    lists = list(combinations(range(candidates), min(most, candidates)))
    each = [retrieval(np.array(one), np.arange(right), candidates, most) for one in lists]
    assert by_chance(right, candidates, most) == pytest.approx(tuple(np.mean(each, axis=0)))


def test_the_error_of_a_sample() -> None:
    # 1 2 3 of six: s = 1, so 1/√3 · √(1/2).
    assert estimate(np.array([1.0, 2.0, 3.0]), of=6) == pytest.approx((2, 1 / sqrt(6)))
    assert estimate(np.array([1.0, 3.0]), of=2) == (2, 0), "nobody was left out"
    assert np.isnan(estimate(np.array([1.0]), of=5).error)
