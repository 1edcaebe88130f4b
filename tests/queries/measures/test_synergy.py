"""Triple-helix synergy: the toys whose values are known, and what an interval must cover."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from innograph.queries.measures.synergy import bias, enough, synergy, triple_helix

CUBE = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])


@pytest.mark.parametrize(
    ("counts", "bits"),
    [
        ([1, 0, 0, 1, 0, 1, 1, 0], -1.0),  # the third is the exclusive or of the others
        ([1, 0, 0, 0, 0, 0, 0, 1], 1.0),  # all three are the same
        ([1] * 8, 0.0),  # independent
        ([1, 0, 1, 0, 0, 1, 0, 1], 0.0),  # two are the same, the third is independent
        ([5, 0, 0, 0, 0, 0, 0, 0], 0.0),  # nothing to know
    ],
)
def test_toys(counts: list[int], bits: float) -> None:
    assert triple_helix(CUBE, np.array([counts], dtype=float)) == pytest.approx([bits])


def test_by_hand() -> None:
    """Three of (0,0,0) and one of (1,1,0): H1 = H2 = H12 = H13 = H23 = H123 and H3 = 0, so that T = 0."""
    assert triple_helix(CUBE, np.array([[3.0, 0, 0, 0, 0, 0, 1, 0]])) == pytest.approx([0.0])


def drawn(shares: list[float], things: int, seed: int) -> sparse.csr_array:
    at = np.random.default_rng(seed).choice(8, size=things, p=shares)
    return sparse.csr_array((np.ones(things), (np.arange(things), at)), shape=(things, 8))


def test_the_interval_covers_the_truth() -> None:
    """Independent traits: T is 0 in truth; 95% intervals of 40 samples leave it out in a few at most."""
    inside = 0
    for seed in range(40):
        found = synergy(CUBE, drawn([1 / 8] * 8, 200, seed), draws=300)
        inside += found.low <= 0 <= found.high
        assert found.low <= found.corrected <= found.high
    assert inside >= 34


def test_shares_of_a_thing_count_in_part() -> None:
    """A thing half in one cell and half in another is as much as one thing in each of two of half the weight."""
    whole = synergy(CUBE, sparse.csr_array(np.full((4, 8), 1 / 8)), draws=5)
    assert (whole.bits, whole.low, whole.high) == pytest.approx((0.0, 0.0, 0.0))
    both = sparse.csr_array(np.array([[0.5, 0, 0, 0, 0, 0, 0, 0.5]] * 3))
    assert synergy(CUBE, both, draws=5).bits == pytest.approx(1.0)


def test_the_same_draws_again() -> None:
    things = drawn([0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 100, 3)
    assert synergy(CUBE, things) == synergy(CUBE, things)
    assert synergy(CUBE, things) != synergy(CUBE, things, seed=1)


def test_few_things_are_refused() -> None:
    assert [enough(30, 6), enough(30, 7), enough(29, 1)] == [True, False, False]
    assert bias(100, 101) == pytest.approx(0.5 / np.log(2))
