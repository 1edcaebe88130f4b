"""What cuts a network: articulation points and bridges with their parts, against taking each away."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from innograph.queries.measures.cuts import cuts

pairs = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]), max_size=20)


@given(pairs)
def test_each_loss_leaves_these_parts(edges: list[tuple[int, int]]) -> None:
    graph = nx.empty_graph(12)
    graph.add_edges_from(edges)
    found = cuts(nx.to_scipy_sparse_array(graph, format="csr"))
    losses = [(cut.node, cut.other) for cut in found]
    points = [(node, -1) for node in sorted(graph) if _parts(graph, node, -1)[1:]]
    bridges = [pair for pair in sorted(graph.edges) if _parts(graph, *pair)[1:]]
    assert losses == points + bridges
    for cut in found:
        assert [part.tolist() for part in cut.parts] == _parts(graph, cut.node, cut.other)


def _parts(graph: nx.Graph, node: int, other: int) -> list[list[int]]:
    """The parts of what was connected with a node, once it or its tie with another is taken away; the largest first."""
    before = nx.node_connected_component(graph, node)
    left = graph.subgraph(before).copy()
    if other < 0:
        left.remove_node(node)
    else:
        left.remove_edge(node, other)
    return sorted((sorted(part) for part in nx.connected_components(left)), key=lambda part: (-len(part), part[0]))


def test_the_medici_cut_off_the_pazzi() -> None:
    """Published of Padgett's families: the marriage of the Salviati with the Medici alone ties the Pazzi to the rest."""
    families = nx.florentine_families_graph()
    names = list(families)
    found = {
        (names[cut.node], names[cut.other] if cut.other >= 0 else ""): [
            {names[at] for at in part} for part in cut.parts[1:]
        ]
        for cut in cuts(nx.to_scipy_sparse_array(families, format="csr"))
    }
    assert {one for one, other in found if not other} == {"Medici", "Albizzi", "Guadagni", "Salviati"}
    assert found["Salviati", ""] == [{"Pazzi"}]
    assert sorted(found["Medici", ""], key=len) == [{"Acciaiuoli"}, {"Pazzi", "Salviati"}]


def test_a_long_chain_needs_no_recursion() -> None:
    assert len(cuts(nx.to_scipy_sparse_array(nx.path_graph(5000), format="csr"))) == 4998 + 4999
