"""Flows between regions as a sankey: regions down both sides, and between them bands as wide as the pairs of partners."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ..tables import number
from .gathered import gather
from .labels import width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .gathered import Flow, Gathered

MOST_REGIONS = 12
"""So many have a place of their own on each side; the smaller ones are taken together."""
WIDTH, LEFT, RIGHT, THICK = 900, 230, 670, 12
_BANDS = 380.0
"""How high all bands are together."""
_SLOT, _GAP, _TOP = 19.0, 7.0, 8.0
_LABEL_AWAY = 8
_LONGEST = 12.0
"""So many characters of Chinese of a name have room beside its bar."""


class Node(NamedTuple):
    """A region on a side: its bar, and its label with where this stands and how it is anchored there."""

    name: str
    label: str
    home: bool
    color: str
    x: float
    y: float
    height: float
    label_x: float
    label_y: float
    anchor: str


class Band(NamedTuple):
    """What ties two regions; ``said`` is it in words, ``evidence`` the node or edge that proves an example, by ``quote``."""

    path: str
    color: str
    said: str
    evidence: str
    quote: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sankey:
    """A picture of flows from one side to the other.

    Args:
        nodes: the regions, those on the left first.
        bands: what ties them, the widest first.
        height: of the whole.
        most: the widest band between two regions in words; empty if there is none.
    """

    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]
    height: float
    most: str = ""
    width: int = WIDTH


def sankey_of(rows: Sequence[Mapping[str, Any]], home: str = "") -> Sankey:
    """Return the sankey of the rows of the question ``region-matrix``.

    A tie has no direction: it begins on the left at the home region, else at the one that has more ties.

    Args:
        rows: with ``region``, ``other``, ``pairs``, ``projects`` and ``evidence``.
        home: the name of the home region, which comes first and stands out.

    Examples:
        >>> rows = [{"region": "A", "other": "B", "pairs": 3, "projects": 2, "evidence": ["e"]}]
        >>> sankey = sankey_of(rows, home="B")
        >>> [(node.name, node.anchor, node.home) for node in sankey.nodes], sankey.bands[0].said
        ([('B', 'end', True), ('A', 'start', False)], 'B — A：伙伴3对，共同项目2个')
    """
    known = gather(rows, home, MOST_REGIONS)
    if not known.flows:
        return Sankey((), (), 0.0)
    scale = _BANDS / sum(flow.pairs for flow in known.flows)
    sides = [_placed(known, at, scale) for at in (0, 1)]
    height = max(_end(side) for side in sides) + _TOP
    nodes = tuple(
        _node(known, name, place, side, home) for side, places in enumerate(sides) for name, place in places.items()
    )
    across = next((flow.said for flow in known.flows if flow.one != flow.other and known.others != flow.other), "")
    return Sankey(nodes, _bands(known, sides, scale), round(height, 1), across)


class _Place(NamedTuple):
    """Where a region stands: its upper edge, how high its bar is, and how many pairs it has on this side."""

    y: float
    height: float
    pairs: int

    @property
    def slot(self) -> float:
        """How much room it takes: as much as its label needs at least."""
        return max(self.height, _SLOT)


def _placed(known: Gathered, side: int, scale: float) -> dict[str, _Place]:
    """Return where the regions of a side stand, in order, one below the other."""
    pairs: Counter[str] = Counter()
    for flow in known.flows:
        pairs[_end_of(flow, side)] += flow.pairs
    found: dict[str, _Place] = {}
    y = _TOP
    for name in known.order:
        if pairs[name]:
            high = pairs[name] * scale
            found[name] = _Place(y + max(0.0, (_SLOT - high) / 2), high, pairs[name])
            y += found[name].slot + _GAP
    return found


def _end(places: Mapping[str, _Place]) -> float:
    return max(place.y + place.height / 2 + place.slot / 2 for place in places.values())


def _node(known: Gathered, name: str, place: _Place, side: int, home: str) -> Node:
    left = side == 0
    return Node(
        name,
        f"{_cut(name)} {number(place.pairs)}",
        name == home,
        known.color(name),
        LEFT - THICK if left else RIGHT,
        round(place.y, 1),
        round(max(place.height, 1.0), 1),
        LEFT - THICK - _LABEL_AWAY if left else RIGHT + THICK + _LABEL_AWAY,
        round(place.y + place.height / 2 + 4.5, 1),
        "end" if left else "start",
    )


def _cut(name: str) -> str:
    """Return as much of a name as has room."""
    if width(name) <= _LONGEST:
        return name
    while width(name) > _LONGEST - 1:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _bands(known: Gathered, sides: Sequence[Mapping[str, _Place]], scale: float) -> tuple[Band, ...]:
    order = {name: at for at, name in enumerate(known.order)}
    begins: dict[tuple[str, str], tuple[float, float]] = {}
    for side in (0, 1):
        taken: Counter[str] = Counter()
        # Bands leave a region in the order in which the other side's regions stand, so that they do not cross there.
        for flow in sorted(known.flows, key=lambda flow: order[_end_of(flow, 1 - side)]):
            name = _end_of(flow, side)
            y = sides[side][name].y + taken[name] * scale
            taken[name] += flow.pairs
            left = begins.get((flow.one, flow.other), (0.0, 0.0))[0]
            begins[flow.one, flow.other] = (y, 0.0) if side == 0 else (left, y)
    return tuple(_band(known, flow, *begins[flow.one, flow.other], flow.pairs * scale) for flow in known.flows)


def _band(known: Gathered, flow: Flow, one: float, other: float, high: float) -> Band:
    middle, wide = (LEFT + RIGHT) / 2, max(high, 0.8)
    path = (
        f"M{LEFT},{one:.1f} C{middle:.0f},{one:.1f} {middle:.0f},{other:.1f} {RIGHT},{other:.1f}"
        f" V{other + wide:.1f} C{middle:.0f},{other + wide:.1f} {middle:.0f},{one + wide:.1f} {LEFT},{one + wide:.1f} Z"
    )
    return Band(path, known.color(flow.one), flow.said, *proof_of(flow))


def proof_of(flow: Flow) -> tuple[str, str, str]:
    """Return the node or edge that proves an example of a flow, the words that do, and where they stand."""
    row = flow.row
    return str((row["evidence"] or [""])[0]), str(row.get("quote") or ""), str(row.get("place") or "")


def _end_of(flow: Flow, side: int) -> str:
    return flow.other if side else flow.one
