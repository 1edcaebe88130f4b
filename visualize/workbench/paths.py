"""The shortest ways from one thing to another: asked of the engine step by step, from both ends at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.deadline import check_deadline
from innograph.graph.ontology import load_ontology
from innograph.visualize.pictures.neighbourhood import THROUGH
from innograph.visualize.pictures.reading import by_root, node_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from innograph.graph.stores import Store

MOST_STEPS = 4
MOST_PATHS = 10
_NEAR = """
UNWIND $ids AS own
MATCH (a:{root} {{id: own}})-[r]-(b)
RETURN DISTINCT own, b.id AS other
"""
_TYPED = """
UNWIND $ids AS own
MATCH (a:{root} {{id: own}})-[r]-(b)
RETURN DISTINCT own, b.id AS other, labels(b) AS labels
"""


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest ways from one thing to another.

    Args:
        paths: the first of them, each the ids of its things in their order.
        total: how many there are.
    """

    paths: tuple[tuple[str, ...], ...] = ()
    total: int = 0

    @property
    def steps(self) -> int:
        """How many steps each takes; 0 if there is none."""
        return len(self.paths[0]) - 1 if self.paths else 0


class _Side:
    """What has been reached from one end: for each thing those before it, and in how many ways it is reached."""

    def __init__(self, end: str) -> None:
        self.before: dict[str, list[str]] = {end: []}
        self.ways: dict[str, int] = {end: 1}
        self.front: list[str] = [end]

    def step(self, near: dict[str, set[str]]) -> None:
        """Go one step on, to what is near the front and not known yet."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for own in self.front:
            for other in near.get(own, ()):
                if other not in self.before:
                    found[other].append(own)
        for other, before in found.items():
            self.before[other] = sorted(before)
            self.ways[other] = sum(self.ways[own] for own in before)
        self.front = sorted(found)

    def back(self, own: str, most: int) -> list[list[str]]:
        """Return ways from a thing back to the end, at most so many."""
        if not self.before[own]:
            return [[own]]
        found: list[list[str]] = []
        for before in self.before[own]:
            found += [[own, *way] for way in self.back(before, most - len(found))]
            if len(found) >= most:
                break
        return found


def shortest(
    store: Store, one: str, other: str, allows: Callable[[str], bool] | None = None, most_steps: int = MOST_STEPS
) -> Paths:
    """Return the shortest ways between two things, whatever the direction of the edges.

    No way leads through a region, an industry or a tier: that two things share one ties them to thousands.

    Args:
        store: the engine.
        one: id of a thing.
        other: id of another.
        allows: whether a way may lead through things of a type; by default all are allowed.
        most_steps: longer ways are not looked for.

    Raises:
        TookTooLong: nobody waits for it any more.
    """
    sides = (_Side(one), _Side(other))
    for _ in range(most_steps):
        check_deadline()
        side = min(sides, key=lambda known: len(known.front))
        side.step(_near(store, side.front, {one, other}, allows))
        if not side.front:
            return Paths()
        met = sorted(set(sides[0].front) & set(sides[1].front))
        if met:
            return _joined(sides, met)
    return Paths()


def _joined(sides: tuple[_Side, _Side], met: list[str]) -> Paths:
    paths: list[tuple[str, ...]] = []
    for own in met:
        if len(paths) >= MOST_PATHS:
            break
        there = sides[0].back(own, MOST_PATHS)
        beyond = sides[1].back(own, MOST_PATHS)
        paths += [(*reversed(way), *rest[1:]) for way in there for rest in beyond]
    return Paths(tuple(paths[:MOST_PATHS]), sum(sides[0].ways[own] * sides[1].ways[own] for own in met))


def _near(
    store: Store, ids: Iterable[str], ends: set[str], allows: Callable[[str], bool] | None
) -> dict[str, set[str]]:
    """Return what each thing is tied to and a way may lead to."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    types = load_ontology().nodes
    for root, some in by_root(ids).items():
        for own, other, *labels in store.query((_TYPED if allows else _NEAR).format(root=root), {"ids": some}).rows:
            passable = types[other.partition(":")[0]].root not in THROUGH
            if other in ends or (passable and (allows is None or allows(node_label(labels[0])))):
                found[own].add(other)
    return found
