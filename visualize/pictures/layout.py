"""Where things stand: drawn together by what ties them, pushed apart until no label covers another.

The same picture has the same layout every time: it must open settled and look tomorrow as it looks today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

LAYOUT_VERSION = 1
"""To be counted up whenever the same things get other places."""
_STEPS = 160
_WIDE = 1.9
"""How much wider than high a picture is: as a screen."""
_PULL, _HOME_PULL = 0.15, 0.5
_ROOM = 1.4
"""The whole picture's area by that of all that stands in it."""
_EVEN = 0.5
"""How far things are moved towards being evenly spread."""
_PUSHES, _BEFORE_LOOKING, _ROUNDS, _WIDER = 120, 12, 20, 1.06
_SOON = 30.0
"""Pixels by which two may still be apart to be looked at."""
_GOLDEN = 2.399963
_SPOTS, _SPOT, _AT_ONCE = 6000, 28.0, 300
"""How many places around a node are tried, how far from each other they are, and how many at a time."""


class Box(NamedTuple):
    """What a node takes up, from its place: half its width, and how far up and down it reaches."""

    half: float
    up: float
    down: float


def places(
    boxes: Sequence[Box],
    ends: Sequence[tuple[int, int, float]],
    centre: int | None = None,
    home: frozenset[int] = frozenset(),
) -> list[tuple[float, float]]:
    """Return where each node stands, in pixels; nothing covers anything else.

    Args:
        boxes: what each node takes up.
        ends: of each tie the two nodes and how strong it is, 1 being usual.
        centre: the node that stands at (0, 0).
        home: nodes that are drawn to the middle.

    Examples:
        >>> places([Box(10, 10, 10), Box(10, 10, 10)], [(0, 1, 1.0)], centre=0)[0]
        (0.0, 0.0)
    """
    if not boxes:
        return []
    xy = _settled(_start(len(boxes), ends, centre), ends, _pull(len(boxes), centre, home))
    xy = _apart(_scaled(_spread(xy), boxes), boxes)
    xy -= xy[centre] if centre is not None else (xy.min(axis=0) + xy.max(axis=0)) / 2
    return [(round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in xy]


def _start(count: int, ends: Sequence[tuple[int, int, float]], centre: int | None) -> Points:
    """Return a spiral, the best tied in its middle: no chance, so that it is the same every time."""
    ties = np.zeros(count)
    for one, other, _ in ends:
        ties[one] += 1
        ties[other] += 1
    if centre is not None:
        ties[centre] = np.inf
    rank = np.empty(count)
    rank[np.argsort(-ties, kind="stable")] = np.arange(count)
    radius, angle = np.sqrt(rank + 0.5), rank * _GOLDEN
    return np.stack([radius * np.cos(angle) * _WIDE, radius * np.sin(angle)], axis=1)


def _pull(count: int, centre: int | None, home: frozenset[int]) -> Points:
    """Return how strongly each node is drawn to the middle, across and down."""
    strength = np.full(count, _PULL)
    strength[list(home)] = _HOME_PULL
    if centre is not None:
        strength[centre] = 1.0
    return np.stack([strength, strength * _WIDE], axis=1)


def _settled(xy: Points, ends: Sequence[tuple[int, int, float]], pull: Points) -> Points:
    """Return places after Fruchterman and Reingold (1991), with a pull to the middle that keeps loose parts near."""
    ones = np.array([one for one, _, _ in ends], dtype=np.int64)
    others = np.array([other for _, other, _ in ends], dtype=np.int64)
    strength = np.array([weight for _, _, weight in ends], dtype=float)
    # A node of many ties would draw all of them into one heap.
    ties = np.bincount(np.concatenate([ones, others]), minlength=len(xy))
    strength = strength / np.sqrt(np.maximum(np.minimum(ties[ones], ties[others]), 1)) if len(ones) else strength
    for step in range(_STEPS):
        between = xy[:, None, :] - xy[None, :, :]
        square = np.einsum("ijk,ijk->ij", between, between) + 0.01
        move = np.einsum("ijk,ij->ik", between, 1.0 / square)
        along = xy[ones] - xy[others]
        force = along * (np.linalg.norm(along, axis=1) * strength)[:, None]
        np.add.at(move, ones, -force)
        np.add.at(move, others, force)
        move -= xy * pull
        length = np.linalg.norm(move, axis=1, keepdims=True) + 1e-9
        xy = xy + move / length * np.minimum(length, 2.0 * (1 - step / _STEPS))
    return xy


def _spread(xy: Points) -> Points:
    """Return the places part of the way to evenly spread, across and down: what is tied together crowds the middle."""
    size = np.maximum(xy.max(axis=0) - xy.min(axis=0), 1e-6)
    ranks = xy.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(len(xy) - 1, 1)
    return np.asarray((xy - xy.min(axis=0)) / size * (1 - _EVEN) + ranks * _EVEN)


def _scaled(xy: Points, boxes: Sequence[Box]) -> Points:
    """Return the places so far apart that there is room for everything."""
    area = sum(2 * box.half * (box.up + box.down) for box in boxes) * _ROOM
    middle = (xy.min(axis=0) + xy.max(axis=0)) / 2
    size = np.maximum(xy.max(axis=0) - xy.min(axis=0), 1e-6)
    height = np.sqrt(area / _WIDE)
    return np.asarray((xy - middle) / size * (height * _WIDE, height))


def _apart(xy: Points, boxes: Sequence[Box]) -> Points:
    """Push what overlaps apart, along the shorter way; where that does not settle, make more room and push again."""
    half = np.array([(box.half, (box.up + box.down) / 2) for box in boxes])
    shift = np.array([(0.0, (box.down - box.up) / 2) for box in boxes])
    xy = xy + shift
    for _ in range(_ROUNDS):
        for _ in range(_PUSHES // _BEFORE_LOOKING):
            ones, others = _near(xy, half)
            reach = half[ones] + half[others]
            if not _lacking(xy, ones, others, reach).any():
                return np.asarray(xy - shift)
            for _ in range(_BEFORE_LOOKING):
                _push(xy, ones, others, reach)
        xy = xy * _WIDER
    return np.asarray(xy - shift)


def _near(xy: Points, half: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each two nodes that overlap or soon might."""
    between = np.abs(xy[:, None, :] - xy[None, :, :])
    ones, others = np.nonzero((between < half[:, None, :] + half[None, :, :] + _SOON).all(axis=2))
    return ones[ones < others], others[ones < others]


def _lacking(xy: Points, ones: NDArray[np.int64], others: NDArray[np.int64], reach: Points) -> Points:
    """Return how far each two would have to move apart, across and down; 0 if they do not overlap."""
    lacking = reach - np.abs(xy[ones] - xy[others])
    overlap = lacking.min(axis=1, keepdims=True) > 0.01
    return np.asarray(np.where(overlap, lacking, 0.0))


def _push(xy: Points, ones: NDArray[np.int64], others: NDArray[np.int64], reach: Points) -> None:
    lacking, between = _lacking(xy, ones, others, reach), xy[ones] - xy[others]
    rows, way = np.arange(len(ones)), np.argmin(lacking / reach, axis=1)
    side = np.where(between[rows, way] < 0, -1.0, 1.0)
    push = np.where(lacking[rows, way] > 0, (lacking[rows, way] + 0.5) * side * 0.4, 0.0)
    np.add.at(xy, (ones, way), push)
    np.add.at(xy, (others, way), -push)


def covering(xy: Sequence[tuple[float, float]], boxes: Sequence[Box]) -> set[int]:
    """Return the nodes that cover an earlier one in spite of all pushing; their labels are to be hidden.

    Args:
        xy: where each node stands.
        boxes: what each takes up.

    Examples:
        >>> covering([(0, 0), (5, 0), (99, 0)], [Box(10, 5, 5)] * 3)
        {1}
    """
    found: set[int] = set()
    at = np.array(xy, dtype=float).reshape(-1, 2)
    left, top = at[:, 0] - [b.half for b in boxes], at[:, 1] - [b.up for b in boxes]
    right, low = at[:, 0] + [b.half for b in boxes], at[:, 1] + [b.down for b in boxes]
    for one in range(len(boxes)):
        before = np.array([other not in found for other in range(one)], dtype=bool)
        over = (left[:one] < right[one] - 1) & (right[:one] > left[one] + 1)
        over &= (top[:one] < low[one] - 1) & (low[:one] > top[one] + 1)
        if (over & before).any():
            found.add(one)
    return found


def added(
    boxes: Sequence[Box], known: Mapping[int, tuple[float, float]], beside: Mapping[int, int]
) -> list[tuple[float, float]]:
    """Return where each node stands when some are added to a picture: those that are known stay where they are.

    Each of the others stands as near as there is room to one that it is tied to; nothing covers anything.

    Args:
        boxes: what each node takes up.
        known: where some of them stand.
        beside: for each of the others, the number of a node that is known or was added before it.

    Examples:
        >>> box = Box(10, 10, 10)
        >>> places = added([box, box], {0: (0.0, 0.0)}, {1: 0})
        >>> places[0], places[1] != (0.0, 0.0)
        ((0.0, 0.0), True)
    """
    at = np.zeros((len(boxes), 2))
    size = np.array([(box.half, box.up, box.down) for box in boxes])
    standing = list(known)
    for number, place in known.items():
        at[number] = place
    steps = np.arange(1, _SPOTS + 1)
    angle = steps * _GOLDEN
    spots = (np.sqrt(steps) * _SPOT)[:, None] * np.stack([np.cos(angle) * _WIDE, np.sin(angle)], axis=1)
    for number, anchor in beside.items():
        at[number] = _free(at[anchor] + spots, boxes[number], at[standing], size[standing])
        standing.append(number)
    return [(round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in at]


def _free(spots: Points, box: Box, at: Points, size: Points) -> Points:
    """Return the first spot at which a node covers none that stands; below all of them if there is none."""
    for begin in range(0, len(spots), _AT_ONCE):
        some = spots[begin : begin + _AT_ONCE]
        across = np.abs(some[:, None, 0] - at[None, :, 0]) < box.half + size[None, :, 0]
        down = some[:, None, 1] - at[None, :, 1]
        over = across & (down < box.up + size[None, :, 2]) & (-down < box.down + size[None, :, 1])
        free = np.flatnonzero(~over.any(axis=1))
        if len(free):
            return np.asarray(some[free[0]])
    return np.array([at[:, 0].mean(), (at[:, 1] + size[:, 2]).max() + box.up + 1])
