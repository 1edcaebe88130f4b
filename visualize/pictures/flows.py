"""Flows between regions: a ring of regions, and between each two a band as wide as what ties them."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from ..tables import number
from .gathered import gather
from .labels import width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .gathered import Flow, Gathered

MOST_REGIONS = 14
"""So many have a place of their own; the smaller ones are taken together."""
_RADIUS, _THICK, _GAP = 250.0, 16.0, 0.035
_SMALLEST_LABEL = 17.0
_LABEL_AWAY = 14.0
_FONT_SIZE = 13


class Arc(NamedTuple):
    """A region on the ring: its path, its label with the place where this stands, and how it is anchored there."""

    name: str
    label: str
    path: str
    color: str
    home: bool
    x: float
    y: float
    anchor: str
    lead: str


class Band(NamedTuple):
    """What ties two regions, or one within; ``said`` is it in words, and ``quote`` one line that proves it."""

    path: str
    color: str
    said: str
    quote: str
    place: str
    edge: str
    home: bool


@dataclass(frozen=True, slots=True)
class Flows:
    """A picture of flows.

    Args:
        title: what it says.
        arcs: the regions.
        bands: what ties them, the widest first.
        note: what is to be known of it.
        half_width: how far it reaches to either side.
        half_height: how far it reaches up and down.
    """

    title: str
    arcs: tuple[Arc, ...]
    bands: tuple[Band, ...]
    note: str = ""
    half_width: float = 0.0
    half_height: float = 0.0


def flows_of(rows: Sequence[Mapping[str, Any]], title: str, note: str = "", home: str = "") -> Flows:
    """Return the flows that the rows of the question ``region-matrix`` tell of.

    Args:
        rows: with ``region``, ``other``, ``pairs``, ``projects``, ``quote``, ``place`` and ``evidence``.
        title: of the picture.
        note: beneath it.
        home: the name of the home region, which begins the ring and stands out.

    Examples:
        >>> row = {"region": "A", "other": "B", "pairs": 3, "projects": 2, "quote": "q", "place": "p", "evidence": ["e"]}
        >>> flows = flows_of([row], "A and B", home="B")
        >>> [arc.name for arc in flows.arcs], len(flows.bands)
        (['B', 'A'], 1)
    """
    known = gather(rows, home, MOST_REGIONS)
    if not known.order:
        return Flows(title, (), (), note)
    spans = _spans(known.order, known.totals)
    bands, arcs = _bands(known, spans, home), _arcs(known, spans, home)
    wide = max(abs(arc.x) + width(arc.label) * _FONT_SIZE + 8 for arc in arcs)
    high = max(max(abs(arc.y) for arc in arcs) + _FONT_SIZE, _RADIUS + _THICK)
    return Flows(title, tuple(arcs), tuple(bands), note, round(wide, 1), round(high, 1))


def _spans(order: Sequence[str], totals: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """Return the angles between which each region stands; the first region is in the middle of the top."""
    gap = min(_GAP, pi / len(order))
    scale = (2 * pi - gap * len(order)) / sum(totals.values())
    at = -pi / 2 - totals[order[0]] * scale / 2
    found: dict[str, tuple[float, float]] = {}
    for name in order:
        found[name] = (at, at + totals[name] * scale)
        at = found[name][1] + gap
    return found


def _bands(known: Gathered, spans: Mapping[str, tuple[float, float]], home: str) -> list[Band]:
    place = {name: at for at, name in enumerate(known.order)}
    parts: dict[tuple[str, str], tuple[float, float]] = {}
    for name in known.order:
        # Each band begins opposite of where it leads, so that bands of one region do not cross.
        def turn(flow: Flow, name: str = name) -> int:
            partner = flow.other if flow.one == name else flow.one
            return -((place[partner] - place[name]) % len(place))

        begin, end = spans[name]
        at = begin
        for flow in sorted((flow for flow in known.flows if name in (flow.one, flow.other)), key=turn):
            wide = (end - begin) * flow.pairs / known.totals[name]
            parts[name, flow.other if flow.one == name else flow.one] = (at, at + wide)
            at += wide
    found: list[Band] = []
    for flow in known.flows:
        strong = min((flow.one, flow.other), key=place.__getitem__)
        found.append(
            Band(
                _band(parts[flow.one, flow.other], parts[flow.other, flow.one]),
                known.color(strong),
                flow.said,
                str(flow.row["quote"] or ""),
                str(flow.row["place"] or ""),
                str((flow.row["evidence"] or [""])[0]),
                home in (flow.one, flow.other),
            )
        )
    return found


def _arcs(known: Gathered, spans: Mapping[str, tuple[float, float]], home: str) -> list[Arc]:
    outside = _RADIUS + _THICK + _LABEL_AWAY
    found: list[Arc] = []
    for side in (1, -1):
        own = [name for name in known.order if (cos(sum(spans[name]) / 2) >= 0) is (side > 0)]
        own.sort(key=lambda name: sin(sum(spans[name]) / 2))
        heights = _spread([sin(sum(spans[name]) / 2) * outside for name in own])
        for name, y in zip(own, heights, strict=True):
            middle = sum(spans[name]) / 2
            inner = (outside**2 - min(abs(y), outside - 1) ** 2) ** 0.5
            x = side * max(abs(cos(middle)) * outside, inner)
            edge = _at(middle, _RADIUS + _THICK)
            found.append(
                Arc(
                    name,
                    f"{name} {number(known.totals[name])}",
                    _ring(*spans[name]),
                    known.color(name),
                    name == home,
                    round(x + side * 4, 1),
                    round(y, 1),
                    "start" if side > 0 else "end",
                    f"M{edge} L{x:.1f},{y:.1f}",
                )
            )
    return sorted(found, key=lambda arc: known.order.index(arc.name))


def _spread(heights: list[float]) -> list[float]:
    """Return ascending heights moved apart until labels have room, as little as need be."""
    found = list(heights)
    for _ in range(200):
        moved = False
        for at in range(len(found) - 1):
            lacking = _SMALLEST_LABEL - (found[at + 1] - found[at])
            if lacking > 0.1:
                found[at] -= lacking / 2
                found[at + 1] += lacking / 2
                moved = True
        if not moved:
            break
    return found


def _at(angle: float, radius: float) -> str:
    return f"{cos(angle) * radius:.1f},{sin(angle) * radius:.1f}"


def _ring(begin: float, end: float) -> str:
    outer, large = _RADIUS + _THICK, int(end - begin > pi)
    return (
        f"M{_at(begin, _RADIUS)} A{_RADIUS},{_RADIUS} 0 {large} 1 {_at(end, _RADIUS)}"
        f" L{_at(end, outer)} A{outer},{outer} 0 {large} 0 {_at(begin, outer)} Z"
    )


def _band(one: tuple[float, float], other: tuple[float, float]) -> str:
    """Return a band between two stretches of the ring, or a hump on one."""
    radius = _RADIUS - 3
    if one == other:
        begin, end = one
        large = int(end - begin > pi)
        return f"M{_at(begin, radius)} A{radius},{radius} 0 {large} 1 {_at(end, radius)} Q{_at((begin + end) / 2, radius * 0.55)} {_at(begin, radius)} Z"
    parts = [f"A{radius},{radius} 0 {int(end - begin > pi)} 1 {_at(end, radius)}" for begin, end in (one, other)]
    return f"M{_at(one[0], radius)} {parts[0]} Q0,0 {_at(other[0], radius)} {parts[1]} Q0,0 {_at(one[0], radius)} Z"
