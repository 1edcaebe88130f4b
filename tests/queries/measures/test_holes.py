"""Structural holes: Borgatti's example as published, and Burt's formulas written out in plain sums."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from innograph.queries.measures.holes import structural_holes

BORGATTI = ("AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC")


def test_borgattis_example() -> None:
    """Borgatti (1997): constraint of G .400 and of A .595, effective size 4.667 and 2.5."""
    graph = nx.Graph([tuple(pair) for pair in BORGATTI])
    found = structural_holes(nx.to_scipy_sparse_array(graph, format="csr"))
    at = {name: number for number, name in enumerate(graph)}
    assert found.constraint[at["G"]] == pytest.approx(0.400, abs=5e-4)
    assert found.constraint[at["A"]] == pytest.approx(0.595, abs=5e-4)
    assert found.effective_size[at["G"]] == pytest.approx(4.667, abs=5e-4)
    assert found.effective_size[at["A"]] == pytest.approx(2.5)
    assert found.efficiency[at["G"]] == pytest.approx(4.667 / 6, abs=5e-4)
    assert found.efficiency[at["A"]] == pytest.approx(2.5 / 4)


weighted_pairs = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 9),
    max_size=25,
)


@settings(deadline=None)
@given(weighted_pairs)
def test_burts_formulas(pairs: dict[tuple[int, int], int]) -> None:
    weights = np.zeros((9, 9))
    for (one, other), weight in pairs.items():
        weights[one, other] = weights[other, one] = weight
    found = structural_holes(sparse.csr_array(weights))
    for i in range(9):
        contacts = [j for j in range(9) if weights[i, j]]
        if not contacts:
            assert math.isnan(found.constraint[i])
            assert math.isnan(found.effective_size[i])
            continue
        constraint, size = 0.0, 0.0
        for j in contacts:
            share = weights[i, j] / weights[i].sum()
            for q in range(9):
                if q not in (i, j) and weights[q].sum():
                    share += weights[i, q] / weights[i].sum() * weights[q, j] / weights[q].sum()
            assert found.dyads[i, j] == pytest.approx(share**2)
            constraint += share**2
            size += 1 - sum(
                weights[i, q] / weights[i].sum() * weights[j, q] / weights[j].max() for q in range(9) if q not in (i, j)
            )
        assert found.constraint[i] == pytest.approx(constraint)
        assert found.effective_size[i] == pytest.approx(size)
        assert found.efficiency[i] == pytest.approx(size / len(contacts))


def test_triangles_in_portions_are_all_found(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.gnm_random_graph(60, 600, seed=1)
    monkeypatch.setattr("innograph.queries.measures.triangles._PAIRS", 50)
    found = structural_holes(nx.to_scipy_sparse_array(graph, format="csr", dtype=float))
    expected = nx.constraint(graph)
    assert found.constraint == pytest.approx([expected[node] for node in graph])
