"""Concentration against published figures and against what the formula promises."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.queries.measures.concentration import equal_credit, herfindahl

WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any)


@pytest.mark.parametrize(
    ("shares", "index"),
    [
        ([30, 30, 20, 20], 2600),  # US Horizontal Merger Guidelines (1997), section 1.5, note 17
        ([100], 10000),  # a monopoly, the same note
        ([40, 15, 12, 10, 8, 5, 3, 3, 2, 2], 2184),  # 1600+225+144+100+64+25+9+9+4+4, by hand
    ],
)
def test_published(shares: list[float], index: int) -> None:
    assert herfindahl(shares) == pytest.approx(index / 10000, abs=1e-12)


@given(WEIGHTS)
def test_the_formula_in_fractions(weights: list[int]) -> None:
    total = sum(weights)
    assert herfindahl(weights) == pytest.approx(float(sum(Fraction(w, total) ** 2 for w in weights)), rel=1e-12)


@given(WEIGHTS, st.sampled_from([1e-200, 1e-3, 7.0, 1e200]))
def test_only_shares_count(weights: list[int], scale: float) -> None:
    assert herfindahl([w * scale for w in weights]) == pytest.approx(herfindahl(weights), rel=1e-9)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [1, float("nan")], [float("inf")]])
def test_what_has_no_index(weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"held|finite"):
        herfindahl(weights)


def test_one_who_is_named_twice_in_a_group_counts_once() -> None:
    assert equal_credit([["a", "a", "b"], ["c"]]) == {"a": 0.5, "b": 0.5, "c": 1.0}


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), max_size=20))
def test_credits_add_up_to_the_groups_with_members(groups: list[list[str]]) -> None:
    found = equal_credit(groups)
    assert sum(found.values()) == pytest.approx(sum(1 for group in groups if group))
    assert set(found) == {unit for group in groups for unit in group}
