"""Flows between regions, as the workbench shows them: a sankey, and the same as a table of regions by regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text

from ..tables import number
from .gathered import gather
from .sankey import MOST_REGIONS, Sankey, proof_of, sankey_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHADES = 5
"""So many shades a cell of the table may have: by the root, so that one large figure leaves the others some."""


class Cell(NamedTuple):
    """What ties two regions, or one within: its figure, that in words, its shade, and one line that proves it."""

    text: str
    said: str
    shade: int
    edge: str
    quote: str
    place: str


@dataclass(frozen=True, slots=True)
class Flows:
    """A picture of flows.

    Args:
        title: what it says.
        sankey: the regions on both sides, and the bands between them.
        names: of the regions of the table, in the order of the sankey.
        cells: of the table, by the names of two regions, in either order.
        note: what is to be known of it.
        left_out: how many regions have no place of their own, and how to see them; empty if all have one.
    """

    title: str
    sankey: Sankey
    names: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    note: str = ""
    left_out: str = ""


_LEFT_OUT = Text(
    "较小的{n}个区域合在一起；一个区域的全部联系：innograph draw 区域名 --kind regions；逐对列出：innograph ask region-matrix",
    "{n} smaller regions are taken together; all ties of one: innograph draw REGION --kind regions; pair by pair:"
    " innograph ask region-matrix",
)


def flows_of(rows: Sequence[Mapping[str, Any]], title: str, note: str = "", home: str = "") -> Flows:
    """Return the flows that the rows of the question ``region-matrix`` tell of.

    Args:
        rows: with ``region``, ``other``, ``pairs``, ``projects``, ``quote``, ``place`` and ``evidence``.
        title: of the picture.
        note: beneath it.
        home: the name of the home region, which comes first and stands out.

    Examples:
        >>> row = {"region": "A", "other": "B", "pairs": 3, "projects": 2, "quote": "q", "place": "p", "evidence": ["e"]}
        >>> flows = flows_of([row], "A and B", home="B")
        >>> flows.names, flows.cells["A", "B"].text, len(flows.sankey.bands)
        (('B', 'A'), '3', 1)
    """
    known = gather(rows, home, MOST_REGIONS)
    largest = max((flow.pairs for flow in known.flows), default=0)
    cells: dict[tuple[str, str], Cell] = {}
    for flow in known.flows:
        shade = max(1, round((flow.pairs / largest) ** 0.5 * SHADES)) if flow.pairs else 0
        cell = Cell(number(flow.pairs), flow.said, shade, *proof_of(flow))
        cells[flow.one, flow.other] = cells[flow.other, flow.one] = cell
    own_place = [name for name in known.order if name != known.others]
    together = len({name for row in rows for name in (row["region"], row["other"])}) - len(own_place)
    left_out = _LEFT_OUT.format(n=number(together)) if together else ""
    return Flows(title, sankey_of(rows, home), known.order, cells, note, left_out)
