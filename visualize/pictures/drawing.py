"""A picture of a network with everything in its place: the data that pages, SVG and the explorer draw."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text

from .labels import FONT_SIZE, LINE_HEIGHT, width, wrapped
from .layout import Box, added, covering
from .layout_cache import kept_places
from .scene import LineSample

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import networkx as nx

    from .scene import Scene

_MOST_LABELS = 150
_RARE = 12
"""Things of a type of which there are no more have their labels before others."""
_SMALLEST, _GROWS, _CENTRE = 6, 10, 18
_GAP = 5
_INK, _STRONG, _SOFT = "#b5aea3", "#3d3832", "#857d72"
_LINES = {
    "LEADS": (3.5, _STRONG, ()),
    "RESPONSIBLE_FOR": (2.5, _STRONG, (2, 4)),
    "SUPPORTS": (1.5, _SOFT, (7, 5)),
}
"""How thick, how dark and how dashed the lines of roles are; all others are thin."""
_OTHERS = (1.0, _INK, ())
_OTHER_LINES = Text("其他关系", "other relations")
_FIRST = ("Plan", "Task", "Measure", "Action", "Target", "Indicator")
_INSIDE = ("box", "ellipse")
"""Shapes that hold their label; others have it below."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a picture of a network shows.

    Args:
        title: what it says.
        nodes: as vis-network wants them, with what a reader is shown of each.
        edges: the same.
        legend: the types that occur, each with its colour, shape and how often.
        lines: the kinds of lines that occur.
        note: what was left out, and how to see it.
        opening: the point on which a picture opens that is too large to be read as a whole.
    """

    title: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    legend: list[dict[str, Any]]
    lines: tuple[LineSample, ...]
    note: str
    opening: dict[str, float]


def drawn(
    scene: Scene, folder: Path | None = None, stamp: str = "", onto: Drawing | None = None, around: str = ""
) -> Drawing:
    """Return the drawing of a scene.

    Args:
        scene: what is to be drawn.
        folder: where layouts are kept; by default they are not.
        stamp: of the graph that the scene is part of.
        onto: a drawing of a part of the scene: what is in it stays where and as it is.
        around: the node around which what is added to ``onto`` is to stand, as far as it is tied to it.
    """
    graph, order = scene.graph, list(scene.graph)
    sizes = _sizes(scene)
    if onto is not None:
        places, sizes, lines = _grown(scene, onto, sizes, around)
    else:
        shown = _labelled(scene)
        lines = {own: wrapped(str(graph.nodes[own]["name"])) if own in shown else [] for own in order}
        places = _laid_out(scene, sizes, lines, folder, stamp)
    nodes, edges = _built(scene, places, sizes, lines)
    return Drawing(
        scene.title,
        nodes,
        edges,
        _legend(graph),
        scene.lines or _line_samples(graph),
        scene.note,
        _opening(scene, places),
    )


def _laid_out(
    scene: Scene, sizes: dict[str, int], lines: dict[str, list[str]], folder: Path | None, stamp: str
) -> dict[str, tuple[float, float]]:
    """Return where everything stands; labels that would cover others are taken out of ``lines``."""
    if scene.places:
        return dict(scene.places)
    graph, order = scene.graph, list(scene.graph)
    boxes = [_box(graph, own, sizes[own], lines[own]) for own in order]
    index = {own: at for at, own in enumerate(order)}
    ends = sorted(
        (index[one], index[other], strength) for (one, other), strength in _strengths(graph).items() if one != other
    )
    centre = index[scene.centre] if scene.centre is not None else None
    xy = kept_places(folder, stamp, boxes, ends, centre, frozenset(index[own] for own in scene.home if own in index))
    for own in {order[at] for at in covering(xy, boxes)}:
        if not _holds_its_label(graph, own):
            lines[own] = []
    return dict(zip(order, xy, strict=True))


def _grown(
    scene: Scene, onto: Drawing, sizes: dict[str, int], around: str
) -> tuple[dict[str, tuple[float, float]], dict[str, int], dict[str, list[str]]]:
    """Return places, sizes and labels: those of a drawing as they are, and what is added to it around what it is tied to."""
    graph, order = scene.graph, list(scene.graph)
    known = {node["id"]: node for node in onto.nodes if node["id"] in graph}
    sizes = {own: known[own]["size"] if own in known else sizes[own] for own in order}
    lines = {
        own: known[own]["label"].strip().splitlines() if own in known else wrapped(str(graph.nodes[own]["name"]))
        for own in order
    }
    index = {own: at for at, own in enumerate(order)}
    beside: dict[int, int] = {}
    standing = dict.fromkeys(known)
    waiting = [own for own in order if own not in known]
    while waiting:
        own = next((one for one in waiting if not standing.keys().isdisjoint(_neighbours(graph, one))), waiting[0])
        near = sorted((one for one in _neighbours(graph, own) if one in standing), key=lambda one: one != around)
        beside[index[own]] = index[near[0] if near else next(iter(standing), own)]
        standing[own] = None
        waiting.remove(own)
    boxes = [_box(graph, own, sizes[own], lines[own]) for own in order]
    xy = added(boxes, {index[own]: (node["x"], node["y"]) for own, node in known.items()}, beside)
    return dict(zip(order, xy, strict=True)), sizes, lines


def _neighbours(graph: nx.MultiDiGraph[str], own: str) -> list[str]:
    """Return what a node is tied to in either direction, in the order of ids."""
    return sorted({*graph.successors(own), *graph.predecessors(own)})


def _importance(graph: nx.MultiDiGraph[str], own: str) -> int:
    return int(graph.nodes[own].get("degree", graph.degree(own)))


def _labelled(scene: Scene) -> set[str]:
    """Return the nodes that have a label: all, or in a large picture the centre and those that are tied most."""
    graph = scene.graph
    counts = Counter(label for _, label in graph.nodes(data="label"))

    def order(own: str) -> tuple[bool, bool, bool, int, str]:
        rare = counts[graph.nodes[own]["label"]] <= _RARE
        return own != scene.centre, not rare, own not in scene.home, -_importance(graph, own), own

    return set(sorted(graph, key=order)[:_MOST_LABELS]) | {n for n in graph if _holds_its_label(graph, n)}


def _holds_its_label(graph: nx.MultiDiGraph[str], own: str) -> bool:
    return load_ontology().nodes[graph.nodes[own]["label"]].shape in _INSIDE


def _sizes(scene: Scene) -> dict[str, int]:
    """Return half the width of each node's sign: it grows with the root of what it is tied to."""
    graph = scene.graph
    most = max((_importance(graph, own) for own in graph if own != scene.centre), default=1)
    sizes = {own: _SMALLEST + _GROWS * (min(_importance(graph, own), most) / max(most, 12)) ** 0.5 for own in graph}
    return {own: _CENTRE if own == scene.centre else round(size) for own, size in sizes.items()}


def _box(graph: nx.MultiDiGraph[str], own: str, size: int, lines: Sequence[str]) -> Box:
    text = max((width(line) for line in lines), default=0.0) * FONT_SIZE / 2
    if _holds_its_label(graph, own):
        high = len(lines) * LINE_HEIGHT / 2 + 6
        return Box(text + 12, high + _GAP, high + _GAP)
    return Box(max(text, size) + _GAP, size + _GAP, size + len(lines) * LINE_HEIGHT + _GAP + 4)


def _strengths(graph: nx.MultiDiGraph[str]) -> dict[tuple[str, str], float]:
    """Return how strongly two nodes draw each other, by how thick the lines between them are."""
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    for source, target, data in graph.edges(data=True):
        one, other = sorted((source, target))
        found[one, other] += 0.5 + float(data.get("width", 1.0)) / 4
    return dict(found)


def _opening(scene: Scene, places: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Return where the centre is, or the best tied node; of a scene with places of its own, its middle."""
    graph = scene.graph
    if not len(graph):
        return {"x": 0.0, "y": 0.0}
    if scene.places:
        across, down = zip(*places.values(), strict=True)
        return {"x": (min(across) + max(across)) / 2, "y": (min(down) + max(down)) / 2}
    best = scene.centre or min(graph, key=lambda own: (-graph.degree(own), own))
    return {"x": places[best][0], "y": places[best][1]}


def _built(
    scene: Scene, places: dict[str, tuple[float, float]], sizes: dict[str, int], lines: dict[str, list[str]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    # pyvis has no type information; what leaves this function is what vis-network's documentation describes
    from pyvis.network import Network  # pyright: ignore[reportMissingTypeStubs]

    ontology, graph = load_ontology(), scene.graph
    network: Any = Network(directed=True)  # undirected, pyvis drops parallel edges
    for own, data in graph.nodes(data=True):
        node_type = ontology.nodes[data["label"]]
        x, y = places[own]
        network.add_node(
            own,
            label="\n".join(lines[own]) or " ",
            title=f"{node_type.label.show()}　{data['name']}",
            full=str(data["name"]),
            search=str(data.get("search", "")),
            kind=data["label"],
            kind_label=node_type.label.show(),
            color=node_type.color,
            shape=node_type.shape,
            size=sizes[own],
            mark="centre" if own == scene.centre else "home" if own in scene.home else "",
            x=x,
            y=y,
            quote=data.get("quote", ""),
            place=data.get("place", ""),
        )
    beside: Counter[tuple[str, ...]] = Counter()
    for source, target, key, data in graph.edges(keys=True, data=True):
        edge_type = ontology.edges[data["type"]]
        thick, ink, dashes = _LINES.get(data["type"], _OTHERS)
        pair = tuple(sorted((source, target)))
        said = data.get("said") or edge_type.label.show()
        network.add_edge(
            source,
            target,
            id=key,
            kind=data["type"],
            kind_label=said,
            title=f"{graph.nodes[source]['name']}　{said}　{graph.nodes[target]['name']}",
            dashes=list(dashes) or False,
            width=data.get("width", thick),
            ink=data.get("ink", ink),
            arrow=edge_type.label != edge_type.reverse,
            bend=beside[pair],
            quote=data.get("quote", ""),
            place=data.get("place", ""),
        )
        beside[pair] += 1
    # pyvis says of a directed network that all its edges have arrows; which have is for us to say
    return network.nodes, [{name: value for name, value in edge.items() if name != "arrows"} for edge in network.edges]


def _line_samples(graph: nx.MultiDiGraph[str]) -> tuple[LineSample, ...]:
    ontology, there = load_ontology(), {data["type"] for _, _, data in graph.edges(data=True)}
    found = [
        LineSample(ontology.edges[kind].label.show(), thick, ink, dashes)
        for kind, (thick, ink, dashes) in _LINES.items()
        if kind in there
    ]
    if there - set(_LINES):
        found.append(LineSample(_OTHER_LINES.show(), *_OTHERS))
    return tuple(found)


def _legend(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    nodes = load_ontology().nodes
    counts = Counter(data["label"] for _, data in graph.nodes(data=True))
    order = sorted(counts, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return [
        {
            "kind": name,
            "label": nodes[name].label.show(),
            "color": nodes[name].color,
            "shape": nodes[name].shape,
            "count": counts[name],
        }
        for name in order
    ]
