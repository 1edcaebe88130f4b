"""What a picture shows before anything has a place: a small graph, and what there is to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx


class LineSample(NamedTuple):
    """One kind of line as the legend shows it; ``dashes`` is a list of lengths, empty for a solid line."""

    label: str
    width: float
    ink: str
    dashes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """The part of a graph that is drawn.

    Args:
        title: what the picture says.
        graph: nodes with ``label`` (their type), ``name``, ``quote``, ``place`` and ``search``; edges with ``type``,
            ``quote`` and ``place``. ``degree`` is how important a node is, where that is more than its edges here;
            ``width``, ``ink`` and ``said`` how an edge is drawn and what it says, where
            its type does not say it.
        note: what was left out.
        centre: the node around which everything is.
        home: nodes at home, which stand in the middle.
        lines: of the legend, where they are not those of the edges' types.
        places: where everything stands, if that follows from what is shown; empty: it is worked out.
    """

    title: str
    graph: nx.MultiDiGraph[str]
    note: str = ""
    centre: str | None = None
    home: frozenset[str] = frozenset()
    lines: tuple[LineSample, ...] = field(default=())
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
