"""Networks of two modes, actors and the events they take part in: density, projection to one mode, components."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Actor = TypeVar("Actor", bound=str)


def two_mode_density(ties: int, events: int, actors: int) -> float:
    """Return which share of the possible ties between actors and events there are.

    Args:
        ties: how many pairs of an actor and an event are tied.
        events: how many events there are.
        actors: how many actors there are.

    Returns:
        ``ties / (events * actors)``, from 0 to 1.

    Raises:
        ValueError: there is no event or no actor, or there are more ties than pairs.

    Examples:
        Davis's southern women: 18 women at 14 social events, 89 attendances (Borgatti and Everett: 0.353).

        >>> round(two_mode_density(89, 14, 18), 3)
        0.353

    References:
        S. P. Borgatti and M. G. Everett, Network Analysis of 2-Mode Data, Social Networks 19 (1997).
    """
    if not 0 <= ties <= events * actors or events * actors == 0:
        raise ValueError("there must be events and actors, and no more ties than pairs of both")
    return ties / (events * actors)


def projection(events: Iterable[Collection[Actor]]) -> dict[tuple[Actor, Actor], float]:
    """Return the pairs of actors who meet at an event, with Newman's weight: how strongly they are tied.

    An event ``k`` of ``d`` actors adds ``1 / (d - 1)`` to each pair of them, so that each actor's weights add up to the
    number of events at which the actor meets anybody.

    Args:
        events: the actors of each event.

    Returns:
        The weight of each pair that meets; the two are in order, and so are the pairs.

    Examples:
        The figure in Newman's paper: A and B wrote three papers together, which had four, two and three authors.

        >>> projection([["A", "B", "C", "D"], ["A", "B"], ["A", "B", "E"]])["A", "B"]  # 11/6
        1.8333333333333333

    References:
        M. E. J. Newman, Scientific Collaboration Networks II, Physical Review E 64, 016132 (2001): w = Σ δδ / (d - 1).
    """
    parts: defaultdict[tuple[Actor, Actor], list[float]] = defaultdict(list)
    for event in events:
        actors = sorted(set(event))
        for pair in combinations(actors, 2):
            parts[pair].append(1 / (len(actors) - 1))
    return {pair: math.fsum(parts[pair]) for pair in sorted(parts)}


def one_mode_density(pairs: int, actors: int) -> float:
    """Return which share of the possible pairs of actors there are.

    Args:
        pairs: how many pairs are tied.
        actors: how many actors there are.

    Returns:
        ``pairs / (actors * (actors - 1) / 2)``, from 0 to 1.

    Raises:
        ValueError: there are fewer than two actors, or more pairs than these can form.

    Examples:
        >>> one_mode_density(3, 4)
        0.5
    """
    possible = math.comb(actors, 2)
    if not 0 <= pairs <= possible or possible == 0:
        raise ValueError("there must be two actors, and no more pairs than they can form")
    return pairs / possible


def components(ties: Iterable[tuple[str, str]], actors: Iterable[str], events: Iterable[str]) -> int:
    """Return into how many parts a two-mode network falls that no tie connects.

    Args:
        ties: pairs of an actor and an event.
        actors: all actors, those without ties among them.
        events: all events likewise; an event that is called like an actor is another thing.

    Returns:
        The number of connected components; what has no tie is one by itself.

    Examples:
        >>> components([("a", "x"), ("b", "x")], ["a", "b", "c"], ["x", "y"])
        3
    """
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    graph.add_nodes_from(("actor", actor) for actor in actors)
    graph.add_nodes_from(("event", event) for event in events)
    graph.add_edges_from((("actor", actor), ("event", event)) for actor, event in ties)
    return nx.number_connected_components(graph)
