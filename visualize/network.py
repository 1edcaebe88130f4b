"""Network pictures: which nodes, where they stand, and what an edge shows; pyvis builds the data, our page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text

from .tables import number

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_NODES = 300
_SEED = 7
# Half the picture's width and height: on a laptop's screen (1366×768) so much fits in with labels of 10 pixels.
_WIDTH, _HEIGHT = 580, 335
_FEW = 70
_CHARACTER_WIDTH, _LINE_HEIGHT = 14, 18
_PUSHES = 200
_LONGEST_LABEL = 14
_ROLE_DASHES: dict[str, bool | list[int]] = {"SUPPORTS": [7, 5], "RESPONSIBLE_FOR": [2, 4]}
_ROLE_WIDTHS = {"LEADS": 3.5, "RESPONSIBLE_FOR": 2.5, "SUPPORTS": 1.5}
_ROLE_INKS = {"LEADS": "#3d3832", "RESPONSIBLE_FOR": "#3d3832", "SUPPORTS": "#857d72"}
_INK = "#b5aea3"
# The whole plan at a glance: who, what, and how much; sentences and regions come with a neighbourhood.
OVERVIEW = frozenset(
    {
        "Plan",
        "Task",
        "Measure",
        "Department",
        "Collective",
        "Enterprise",
        "Institute",
        "Platform",
        "TalentProgram",
        "Event",
    }
)
_LEFT_OUT = Text("图中有{shown}个节点，另有{left}个未画出", "{shown} nodes are drawn; {left} more are left out")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a picture shows: nodes and edges as vis-network wants them, the legend, and what was left out.

    ``opening`` is the point a picture too large to be read as a whole opens on.
    """

    title: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    legend: list[dict[str, Any]]
    note: str
    opening: dict[str, float]


def overview(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return the part of ``graph`` worth seeing at once; a thing that a task's sentence names is tied to the task."""
    shown = graph.subgraph(n for n, d in graph.nodes(data=True) if d["label"] in OVERVIEW).copy()
    owner = {a: t for t, a, d in graph.edges(data=True) if d["type"] == "HAS_ACTION"}
    for source, target, key, data in graph.edges(keys=True, data=True):
        if source in owner and owner[source] in shown and target in shown:
            shown.add_edge(owner[source], target, key=key, **data)
    shown.remove_nodes_from([n for n in list(shown) if shown.degree(n) == 0])
    return shown


def neighbourhood(graph: nx.MultiDiGraph[str], centre: str, depth: int) -> nx.MultiDiGraph[str]:
    """Return what lies within ``depth`` steps of ``centre``, whatever the direction of the edges."""
    near = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), centre, cutoff=depth)
    return graph.subgraph(near).copy()


def draw(graph: nx.MultiDiGraph[str], title: str, centre: str | None = None) -> Drawing:
    """Return the drawing of ``graph``: at most :data:`MOST_NODES`, those nearest to ``centre`` or best connected."""
    kept = graph.subgraph(_most_telling(graph, centre)).copy()
    places = _layout(kept, centre)
    nodes, edges = _build(kept, places, centre)
    left = len(graph) - len(kept)
    note = _LEFT_OUT.format(shown=number(len(kept)), left=number(left)) if left else ""
    return Drawing(title, nodes, edges, _legend(kept), note, _opening(kept, places, centre))


def _most_telling(graph: nx.MultiDiGraph[str], centre: str | None) -> list[str]:
    if centre is None:
        order = sorted(graph, key=lambda n: (-graph.degree(n), n))
    else:
        steps = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), centre)
        order = sorted(graph, key=lambda n: (steps.get(n, len(graph)), -graph.degree(n), n))
    return order[:MOST_NODES]


def _opening(
    graph: nx.MultiDiGraph[str], places: dict[str, tuple[float, float]], centre: str | None
) -> dict[str, float]:
    """Return where ``centre`` is, or the middle of the best connected node and what it is tied to."""
    if not len(graph):
        return {"x": 0.0, "y": 0.0}
    best = min(graph, key=lambda n: (-graph.degree(n), n))
    around = [centre] if centre else [best, *sorted(set(nx.all_neighbors(graph, best)))]
    x, y = (sum(places[node][axis] for node in around) / len(around) for axis in (0, 1))
    return {"x": round(x, 1), "y": round(y, 1)}


def _layout(graph: nx.MultiDiGraph[str], centre: str | None) -> dict[str, tuple[float, float]]:
    """Positions that are the same every time: a picture must open settled and look the same tomorrow."""
    import numpy as np

    if not len(graph):
        return {}
    simple = nx.Graph(graph)
    start = {centre: (0.0, 0.0)} if centre else None
    spread = 3.2 / len(simple) ** 0.5
    fixed = [centre] if centre else None
    placed = nx.spring_layout(simple, seed=_SEED, iterations=300, k=spread, pos=start, fixed=fixed)
    # With a fixed centre, networkx does not bring positions to the range from -1 to 1.
    xy = np.array([placed[node] for node in simple], dtype=float)
    low, high = xy.min(axis=0), xy.max(axis=0)
    half = np.where(high > low, (high - low) / 2, 1.0)
    xy = (xy - (low + high) / 2) / half
    # What is tied together crowds the middle: half of the way to evenly spread, across and down.
    ranks = xy.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    xy = (xy + ranks / max(len(simple) - 1, 1) * 2 - 1) / 2
    size = max(1.0, (len(simple) / _FEW) ** 0.5)
    xy = xy * (_WIDTH * size, _HEIGHT * size)
    apart = _apart(graph, {node: (float(x), float(y)) for node, (x, y) in zip(simple, xy, strict=True)}, centre)
    if len(simple) > _FEW:  # too many to be read at once: the picture opens on a part
        return apart
    low_y, high_y = min(y for _, y in apart.values()), max(y for _, y in apart.values())
    squeeze = min(1.0, 2 * _HEIGHT / ((high_y - low_y) or 1.0))
    return {node: (x, round(y * squeeze, 1)) for node, (x, y) in apart.items()}


def _apart(
    graph: nx.MultiDiGraph[str], places: dict[str, tuple[float, float]], centre: str | None
) -> dict[str, tuple[float, float]]:
    """Push nodes up and down until none covers another or its label, or nearly so."""
    import numpy as np

    nodes = list(places)
    below = np.array([0 if _holds_its_label(graph, n) else _LINE_HEIGHT / 2 for n in nodes])
    xy = np.array([places[n] for n in nodes], dtype=float).reshape(-1, 2)
    xy[:, 1] += below
    half = np.array([len(_short(str(graph.nodes[n]["name"]))) * _CHARACTER_WIDTH / 2 for n in nodes])
    high = np.array([_LINE_HEIGHT * 0.7 if _holds_its_label(graph, n) else _size(graph, n, centre) for n in nodes])
    high = high + below + [_LINE_HEIGHT * (n == centre) for n in nodes]
    order = np.sign(np.subtract.outer(np.arange(len(nodes)), np.arange(len(nodes))))
    for _ in range(_PUSHES):
        across = np.abs(xy[:, None, 0] - xy[None, :, 0]) < (half[:, None] + half[None, :])
        gap = xy[:, None, 1] - xy[None, :, 1]
        side = np.where(gap == 0, order, np.sign(gap))
        lacking = np.clip(high[:, None] + high[None, :] - np.abs(gap), 0, None) * across
        np.fill_diagonal(lacking, 0)
        if not lacking.any():
            break
        xy[:, 1] += (lacking * side).sum(axis=1) * 0.25
    xy[:, 1] -= below
    return {node: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(nodes, xy, strict=True)}


def _readable(graph: nx.MultiDiGraph[str], places: dict[str, tuple[float, float]], centre: str | None) -> set[str]:
    """Return the nodes whose labels are shown: the best connected first, none that would cover another label.

    Text and distances grow together when the reader zooms, so labels that are apart here are apart at every zoom.
    A box is its label and is always there; other shapes have theirs below them.
    """
    shown: set[str] = set()
    taken: list[tuple[float, float, float]] = []
    for node in sorted(graph, key=lambda n: (n != centre, not _is_box(graph, n), -graph.degree(n), n)):
        x, y = places[node]
        if not _holds_its_label(graph, node):
            y += _size(graph, node, centre) + _LINE_HEIGHT / 2
        half = len(_short(str(graph.nodes[node]["name"]))) * _CHARACTER_WIDTH / 2 + 4
        if _is_box(graph, node) or all(
            abs(y - other_y) > _LINE_HEIGHT * 1.2 or abs(x - other_x) > half + other
            for other_x, other_y, other in taken
        ):
            taken.append((x, y, half))
            shown.add(node)
    return shown


def _is_box(graph: nx.MultiDiGraph[str], node: str) -> bool:
    return load_ontology().nodes[graph.nodes[node]["label"]].shape == "box"


def _holds_its_label(graph: nx.MultiDiGraph[str], node: str) -> bool:
    return load_ontology().nodes[graph.nodes[node]["label"]].shape in ("box", "ellipse")


def _size(graph: nx.MultiDiGraph[str], node: str, centre: str | None) -> int:
    return 26 if node == centre else 12 + min(graph.degree(node), 16)


def _build(
    graph: nx.MultiDiGraph[str], places: dict[str, tuple[float, float]], centre: str | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    # pyvis has no type information; what leaves this function is what vis-network's documentation describes
    from pyvis.network import Network  # pyright: ignore[reportMissingTypeStubs]

    ontology = load_ontology()
    readable = _readable(graph, places, centre)
    network: Any = Network(directed=True)  # undirected, pyvis drops parallel edges
    for node, data in graph.nodes(data=True):
        node_type = ontology.nodes[data["label"]]
        x, y = places[node]
        network.add_node(
            node,
            label=_short(str(data["name"])) if node in readable else " ",
            title=f"{node_type.label.show()}　{data['name']}",
            full=data["name"],
            kind=data["label"],
            kind_label=node_type.label.show(),
            color=node_type.color,
            shape=node_type.shape,
            size=_size(graph, node, centre),
            x=x,
            y=y,
            quote=data.get("quote", ""),
            place=data.get("place", ""),
        )
    for source, target, key, data in graph.edges(keys=True, data=True):
        network.add_edge(
            source,
            target,
            id=key,
            kind=data["type"],
            kind_label=ontology.edges[data["type"]].label.show(),
            dashes=_ROLE_DASHES.get(data["type"], False),
            width=_ROLE_WIDTHS.get(data["type"], 1),
            ink=_ROLE_INKS.get(data["type"], _INK),
            quote=data.get("quote", ""),
            place=data.get("place", ""),
        )
    return network.nodes, network.edges


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"


def _legend(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    ontology = load_ontology()
    counts = Counter(data["label"] for _, data in graph.nodes(data=True))
    return [
        {"kind": name, "label": t.label.show(), "color": t.color, "shape": t.shape, "count": counts[name]}
        for name, t in _in_order(ontology.nodes.items())
        if counts[name]
    ]


def _in_order(items: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    first = ("Plan", "Task", "Measure", "Action", "Target", "Indicator")
    return sorted(items, key=lambda item: (first.index(item[0]) if item[0] in first else len(first), item[0]))
