"""Indicators of links, on a network small enough to count."""

from __future__ import annotations

import networkx as nx
import numpy as np
from scipy import sparse

from innograph.queries.measures.indicators import Ratio, density_between, external, linked

# 0 and 1 are firms of one region, 2 a firm of unknown region; 3 and 4 are institutes of two regions. 0-3, 1-3, 3-4, 0-2.
TIES: sparse.csr_array = nx.to_scipy_sparse_array(
    nx.Graph([(0, 3), (1, 3), (3, 4), (0, 2)]), nodelist=range(5), format="csr"
)
FIRMS = np.array([True, True, True, False, False])
GROUPS = np.array([7, 7, -1, 7, 8])


def test_linked() -> None:
    assert linked(TIES, FIRMS, ~FIRMS).tolist() == [True, True, False, False, False]
    assert linked(TIES, ~FIRMS, FIRMS).tolist() == [False, False, False, True, False]


def test_density_between() -> None:
    assert density_between(TIES, FIRMS, ~FIRMS) == Ratio(2, 6)
    assert density_between(TIES, FIRMS, FIRMS & ~FIRMS) == Ratio(0, 0)
    assert Ratio(2, 8).share == 0.25
    assert Ratio(0, 0).share is None


def test_external() -> None:
    """Of four ties one has an unknown end, and of the other three 3-4 alone leaves its region."""
    assert external(TIES, GROUPS, np.ones(5, dtype=bool)) == Ratio(1, 3)
    assert external(TIES, GROUPS, np.arange(5) == 0) == Ratio(0, 1)
    assert external(TIES, GROUPS, np.arange(5) == 4) == Ratio(1, 1)
