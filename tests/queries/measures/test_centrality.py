"""Centralities of the Florentine families as published, and others against NetworkX."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from innograph.queries.measures.centrality import Estimate, betweenness, eigenvector, harmonic, pagerank, strength


def matrix(graph: nx.Graph, weight: str | None = None) -> sparse.csr_array:
    return nx.to_scipy_sparse_array(graph, format="csr", dtype=float, weight=weight)


def random_graph(seed: int) -> nx.Graph:
    graph = nx.gnm_random_graph(40, 70, seed=seed)
    for one, other in graph.edges:
        graph[one][other]["weight"] = (one * other) % 5 + 1
    return graph


def test_the_medici() -> None:
    """Padgett's families: the Medici stand on 52.2% of the shortest paths, the Guadagni on 25.5%; degrees 6, 4, 4, 4."""
    families = nx.florentine_families_graph()
    found = betweenness(matrix(families))
    by_name = dict(zip(families, found.values, strict=True))
    ranked = sorted(by_name, key=lambda name: -by_name[name])
    assert ranked[:3] == ["Medici", "Guadagni", "Albizzi"]
    assert [round(by_name[name], 3) for name in ranked[:3]] == [0.522, 0.255, 0.212]
    assert (found.sources, found.errors.any()) == (15, False)
    degrees = dict(zip(families, strength(matrix(families)), strict=True))
    assert [degrees[name] for name in ("Medici", "Guadagni", "Strozzi", "Pazzi")] == [6, 4, 4, 1]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_against_networkx(seed: int) -> None:
    graph = random_graph(seed)
    plain, weighted = matrix(graph), matrix(graph, "weight")
    exact = nx.betweenness_centrality(graph)
    assert betweenness(plain).values == pytest.approx([exact[node] for node in graph], abs=1e-12)
    near = nx.harmonic_centrality(graph)
    assert harmonic(plain).values == pytest.approx([near[node] / 39 for node in graph])
    ranks = nx.pagerank(graph, tol=1e-13, max_iter=2000)
    assert pagerank(weighted) == pytest.approx([ranks[node] for node in graph], abs=1e-9)
    assert strength(weighted).tolist() == [graph.degree(node, weight="weight") for node in graph]


def test_eigenvector_of_the_largest_component() -> None:
    graph = nx.disjoint_union(nx.complete_graph(3), nx.star_graph(4))
    assert eigenvector(matrix(graph)) == pytest.approx([0, 0, 0, 1, 0.5, 0.5, 0.5, 0.5])
    families = nx.florentine_families_graph()
    values = nx.eigenvector_centrality_numpy(families)
    expected = [values[name] / values["Medici"] for name in families]
    assert eigenvector(matrix(families)) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("measure", [betweenness, harmonic])
def test_a_sample_says_how_far_it_may_be_off(measure: Callable[..., Estimate]) -> None:
    """Of the ten most central nodes of ten networks, nine in ten lie within the stated error at the least."""
    within: list[bool] = []
    for seed in range(10):
        plain = matrix(nx.barabasi_albert_graph(400, 3, seed=seed))
        exact, sampled = measure(plain), measure(plain, effort=plain.nnz * 100)
        assert sampled.sources == 100
        top = np.argsort(-exact.values)[:10]
        assert (sampled.errors[top] > 0).all()
        assert sampled.errors[top].mean() < 0.35 * exact.values[top].mean(), "an interval that says something"
        within += (np.abs(sampled.values - exact.values) <= sampled.errors)[top].tolist()
    assert np.mean(within) >= 0.9


def test_the_same_sample_again() -> None:
    plain = matrix(nx.barabasi_albert_graph(400, 3, seed=5))
    one, again, other = (betweenness(plain, effort=1e5, seed=seed) for seed in (0, 0, 1))
    assert one.values.tolist() == again.values.tolist() != other.values.tolist()


def test_nothing_to_measure() -> None:
    empty = sparse.csr_array((0, 0))
    assert [
        len(one) for one in (betweenness(empty).values, harmonic(empty).values, pagerank(empty), eigenvector(empty))
    ] == [0] * 4


def test_davis_southern_women() -> None:
    """Borgatti and Everett (1997), two-mode degrees: 14 events with 89 attendances of 18 women; event E8 has 14 of them."""
    women = nx.davis_southern_women_graph()
    degrees = dict(zip(women, strength(matrix(women)), strict=True))
    events = [degrees[f"E{number}"] for number in range(1, 15)]
    assert events == [3, 3, 6, 4, 8, 8, 10, 14, 12, 5, 4, 6, 3, 3]
    assert sum(events) == 89
    assert degrees["Theresa Anderson"] == degrees["Evelyn Jefferson"] == degrees["Nora Fayette"] == 8
    between = dict(zip(women, betweenness(matrix(women)).values, strict=True))
    assert max(between, key=lambda name: between[name]) == "E8"
