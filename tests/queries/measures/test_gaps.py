"""Steps to a goal and ladders, against NetworkX's own search and ladders drawn by hand."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from innograph.queries.measures.gaps import UNREACHED, ladders, steps_to

SIZE = 9
NODES = st.integers(0, SIZE - 1)
TIES = st.lists(st.tuples(NODES, NODES), max_size=20)


def matrix(ties: list[tuple[int, int]], size: int = SIZE) -> Any:
    found = np.zeros((size, size), dtype=np.int64)
    for one, other in ties:
        found[one, other] = found[other, one] = 1
    return sparse.csr_array(found)


def goals(*numbers: int, size: int = SIZE) -> Any:
    found = np.zeros(size, dtype=np.bool_)
    found[list(numbers)] = True
    return found


class TestSteps:
    def test_florentine_families_from_the_medici(self) -> None:
        """Padgett's marriages: by hand from the ties, Ginori and Bischeri are two steps away, Pucci marries nobody."""
        graph: Any = nx.florentine_families_graph()
        graph.add_node("Pucci")
        names = sorted(graph)
        ties = [(names.index(one), names.index(other)) for one, other in graph.edges]
        found = steps_to(matrix(ties, len(names)), goals(names.index("Medici"), size=len(names)))
        steps = dict(zip(names, found.distance.tolist(), strict=True))
        assert [steps[name] for name in ("Medici", "Albizzi", "Ginori", "Bischeri", "Lamberteschi", "Pucci")] == [
            0, 1, 2, 3, 3, UNREACHED
        ]  # fmt: skip

    @given(TIES, st.sets(NODES, max_size=3))
    def test_as_networkx_finds_them(self, ties: list[tuple[int, int]], wanted: set[int]) -> None:
        graph = nx.Graph(ties)
        graph.add_nodes_from(range(SIZE))
        expected: dict[int, int] = nx.multi_source_dijkstra_path_length(graph, wanted) if wanted else {}
        found = steps_to(matrix(ties), goals(*wanted))
        assert found.distance.tolist() == [expected.get(node, UNREACHED) for node in range(SIZE)]
        for node, following in enumerate(found.towards.tolist()):
            if expected.get(node, 0):
                nearer = [one for one in graph[node] if expected.get(one) == expected[node] - 1]
                assert following == min(nearer)
            else:
                assert following == UNREACHED

    def test_there_may_be_nobody(self) -> None:
        assert steps_to(matrix([], 0), goals(size=0)).distance.tolist() == []

    @pytest.mark.parametrize("number", [SIZE - 1, SIZE + 1])
    def test_another_number_of_goals_is_refused(self, number: int) -> None:
        with pytest.raises(ValueError, match="each node"):
            steps_to(matrix([]), goals(size=number))


class TestLadders:
    def test_a_step_that_two_ways_lead_to_stands_above_the_longer(self) -> None:
        assert ladders([("a", "d"), ("a", "b"), ("b", "c"), ("c", "d")]) == [{"a": 1, "b": 2, "c": 3, "d": 4}]

    def test_two_that_end_in_one_step_are_one_ladder(self) -> None:
        assert ladders([("b", "c"), ("a", "c")]) == [{"a": 1, "b": 1, "c": 2}]

    def test_steps_in_a_circle_share_a_place(self) -> None:
        assert ladders([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]) == [{"a": 1, "b": 2, "c": 2, "d": 3}]
        assert ladders([("a", "a")]) == [{"a": 1}]

    def test_of_nothing(self) -> None:
        assert ladders([]) == []

    @given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
    def test_the_order_of_the_pairs_does_not_count(self, ties: list[tuple[str, str]]) -> None:
        found = ladders(ties)
        assert found == ladders(list(reversed(ties))) == ladders(ties + ties)
        assert sorted(step for ladder in found for step in ladder) == sorted({step for tie in ties for step in tie})
        assert [list(ladder) for ladder in found] == [list(ladder) for ladder in ladders(reversed(ties))]
        for ladder in found:
            assert min(ladder.values()) == 1
