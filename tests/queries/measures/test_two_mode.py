"""Two-mode measures against Davis's southern women, Newman's figure, and NetworkX's own projection."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.queries.measures.two_mode import components, one_mode_density, projection, two_mode_density

EVENTS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8, unique=True), max_size=12)


@pytest.fixture(scope="module")
def women() -> list[list[str]]:
    """Who came to each of the 14 events (Davis, Gardner and Gardner 1941), as NetworkX has it."""
    davis: Any = nx.davis_southern_women_graph()
    return [sorted(davis[event]) for event, half in davis.nodes(data="bipartite") if half == 1]


class TestDavis:
    def test_density(self, women: list[list[str]]) -> None:
        """18 women, 14 events, 89 attendances, density 0.353: Borgatti and Everett (1997)."""
        ties, actors = sum(map(len, women)), len({one for event in women for one in event})
        assert (len(women), actors, ties) == (14, 18, 89)
        assert two_mode_density(ties, len(women), actors) == pytest.approx(89 / 252)

    def test_who_meets_whom(self, women: list[list[str]]) -> None:
        """139 of 153 pairs of women meet: the density of their co-attendance is 0.908."""
        pairs = projection(women)
        assert len(pairs) == 139
        assert one_mode_density(len(pairs), 18) == pytest.approx(0.908, abs=5e-4)

    def test_newmans_weights_as_networkx_has_them(self, women: list[list[str]]) -> None:
        davis: Any = nx.davis_southern_women_graph()
        everyone = {one for event in women for one in event}
        theirs: Any = nx.bipartite.collaboration_weighted_projected_graph(davis, everyone)
        wanted = {tuple(sorted((a, b))): weight for a, b, weight in theirs.edges(data="weight")}
        assert projection(women) == pytest.approx(wanted)

    def test_they_are_one_component(self, women: list[list[str]]) -> None:
        ties = [(one, f"E{at}") for at, event in enumerate(women) for one in event]
        assert components(ties, {a for a, _ in ties}, {e for _, e in ties}) == 1


def test_newmans_figure() -> None:
    """Papers 1, 2 and 3 of A and B had four, two and three authors: 1/3 + 1 + 1/2 = 11/6."""
    assert projection([["A", "B", "C", "D"], ["A", "B"], ["A", "B", "E"]])["A", "B"] == pytest.approx(11 / 6)


@given(EVENTS)
def test_each_actors_weights_add_up_to_its_shared_events(events: list[list[str]]) -> None:
    """Newman's own check of the formula: Σ w = number of papers with a co-author."""
    pairs = projection(events)
    for actor in "abcdefgh":
        strength = sum(weight for pair, weight in pairs.items() if actor in pair)
        assert strength == pytest.approx(sum(1 for event in events if actor in event and len(event) > 1))


@given(EVENTS)
def test_the_order_of_events_does_not_matter(events: list[list[str]]) -> None:
    assert list(projection(events).items()) == list(projection(events[::-1]).items())


def test_components_count_what_stands_alone() -> None:
    assert components([("a", "x"), ("b", "x"), ("c", "y")], "abcd", "xyz") == 4  # abx, cy, d, z
    assert components([], [], []) == 0
    assert components([], ["x"], ["x"]) == 2


def test_what_has_no_density() -> None:
    for ties, events, actors in ((0, 0, 3), (0, 3, 0), (7, 2, 3), (-1, 2, 3)):
        with pytest.raises(ValueError, match="events and actors"):
            two_mode_density(ties, events, actors)
    for pairs, actors in ((0, 1), (2, 2), (-1, 3)):
        with pytest.raises(ValueError, match="two actors"):
            one_mode_density(pairs, actors)
