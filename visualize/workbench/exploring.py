"""What the explorer shows: all of it follows from the address, so that it can be copied, gone back to and downloaded.

A picture grows in stages, the centre first and then each thing that was expanded: what a stage adds finds its place
beside what stands already, so that the same address always gives the same picture and nothing moves when it grows.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from innograph.graph.days import day_of
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text
from innograph.queries.lookup import FINDABLE, resolve
from innograph.visualize.pictures import MOST_EVER, MOST_NODES, Drawing, Scene, Wanted, drawn
from innograph.visualize.pictures.cooperation import cooperation
from innograph.visualize.pictures.neighbourhood import most_tied, reach
from innograph.visualize.pictures.reading import graph_of, ties_of
from innograph.visualize.pictures.responsibility import responsibility

from .paths import MOST_STEPS, Paths, shortest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import networkx as nx
    from starlette.datastructures import QueryParams

    from innograph.graph.stores import Store
    from innograph.queries.lookup import Thing
    from innograph.workspace import Workspace

DEEPEST = 3
LIMITS = (150, MOST_NODES, 600, MOST_EVER)
"""How many nodes a picture begins with at most; the first leaves room to expand."""
_AT_A_TIME = 40
_MOST_LISTED = 60
_COLUMN, _ROW = 300.0, 58.0
KINDS: Mapping[str, tuple[Text, Callable[[Workspace, Wanted], Scene]]] = {
    "cooperation": (Text("谁与谁合作", "Who cooperates with whom"), cooperation),
    "responsibility": (Text("谁负责什么", "Who is responsible for what"), responsibility),
}
_AROUND = Text("{name}：周围{depth}步，{n}个对象", "{name}: {n} things within {depth} steps")
_NEXT_TO = Text("{name}：与{n}个对象直接相连", "{name}: tied to {n} things")
_ALONE = Text("{name}：没有与它相连的对象", "{name}: nothing is tied to it")
_PATH = Text("{one}与{other}：最近{steps}步，有{n}条路径", "{one} and {other}: {steps} steps apart, by {n} paths")
_DIRECT = Text("{one}与{other}：直接相连", "{one} and {other}: tied directly")
_FAR = Text("{one}与{other}：{steps}步之内没有路径", "{one} and {other}: no path of up to {steps} steps")
_SAME = Text("{one}：两端是同一个对象", "{one}: both ends are the same thing")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for.

    Args:
        kind: of a picture of the whole; empty: what is around ``centre``.
        centre: name or id of the thing in the middle.
        to: name or id of another to which paths are drawn.
        depth: steps around the centre.
        types: node types that are drawn; all if there are none.
        most: nodes to begin with at most.
        expanded: ids of things whose neighbours were added, in this order; one twice: more of them.
        hidden: ids of things that are not drawn.
        pins: where things were put.
        day: the day whose graph is meant.
    """

    kind: str = ""
    centre: str = ""
    to: str = ""
    depth: int = 1
    types: tuple[str, ...] = ()
    most: int = LIMITS[0]
    expanded: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    pins: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    day: str = ""

    @property
    def whole(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.kind or self.centre)

    @property
    def room(self) -> int:
        """How many nodes there may be when things have been expanded."""
        return max(self.most, MOST_NODES)

    @property
    def wanted(self) -> Wanted:
        """The same for the builders of pictures."""
        return Wanted(
            self.kind or "neighbourhood",
            self.centre,
            self.depth,
            self.types,
            self.most if not self.kind or self.most != LIMITS[0] else 0,
            day=self.day,
            commands=False,
        )


def asked_in(query: QueryParams) -> Asked:
    """Return what an address asks for; what makes no sense in it is as if it were not there."""
    ontology = load_ontology()
    types = [name for value in query.getlist("types") for name in listed(value) if name in ontology.nodes]
    kind, depth, most, day = (query.get(name, "").strip() for name in ("kind", "depth", "most", "as_of"))
    return Asked(
        kind if kind in KINDS else "",
        query.get("centre", "").strip(),
        query.get("to", "").strip() if kind not in KINDS else "",
        int(depth) if depth in ("1", "2", "3") else 1,
        tuple(dict.fromkeys(types)),
        int(most) if most in {str(limit) for limit in LIMITS} else LIMITS[0],
        tuple(listed(query.get("expanded", "")))[:_MOST_LISTED],
        tuple(dict.fromkeys(listed(query.get("hidden", "")))),
        dict(_pins(query.get("at", ""))),
        day_of(day).isoformat() if day else "",
    )


def listed(value: str) -> list[str]:
    r"""Return the ids in one value of an address.

    Examples:
        >>> listed(as_listed(["Task:a|b%", "Task:c"]))
        ['Task:a|b%', 'Task:c']
    """
    return [unquote(part) for part in value.split("|") if part]


def as_listed(ids: Iterable[str]) -> str:
    """Return ids as one value of an address; the explorer's script does the same.

    Examples:
        >>> as_listed(["Task:a|b%", "Task:c"])
        'Task:a%7Cb%25|Task:c'
    """
    return "|".join(own.replace("%", "%25").replace("|", "%7C") for own in ids)


def _pins(value: str) -> Iterable[tuple[str, tuple[float, float]]]:
    for part in listed(value):
        across, down, own = (*part.split(",", 2), "", "")[:3]
        try:
            x, y = float(across), float(down)
        except ValueError:
            continue
        if own and math.isfinite(x) and math.isfinite(y) and max(abs(x), abs(y)) < 1e5:
            yield own, (round(x, 1), round(y, 1))


@dataclass(frozen=True, slots=True)
class Explored:
    """What there is to show.

    Args:
        title: what it says.
        drawing: the picture.
        centre: the thing in the middle.
        to: the other end of paths.
        paths: the shortest paths, if they were asked for.
        types: how many things of each type there are to choose from.
        left: how many things around the centre are not drawn.
        stopped: the step that filled the picture, if there would be more.
        crowded: things that were expanded and have more around them than was added: how many.
    """

    title: str
    drawing: Drawing
    centre: Thing | None = None
    to: Thing | None = None
    paths: Paths | None = None
    types: Mapping[str, int] = field(default_factory=dict[str, int])
    left: int = 0
    stopped: int = 0
    crowded: Mapping[str, int] = field(default_factory=dict[str, int])


def explored(workspace: Workspace, asked: Asked) -> Explored:
    """Return what an address asks for, drawn.

    Args:
        workspace: what is drawn from.
        asked: what of it.

    Raises:
        NothingFound: there is no such thing.
        Ambiguous: several things have that name.
    """
    store = workspace.store(asked.day or None)
    found, scene = _first(workspace, store, asked)
    drawing = drawn(scene, workspace.folder, store.stamp() or "")
    found, drawing = _expanded(store, asked, found, scene, drawing)
    types = {**Counter(str(node["kind"]) for node in drawing.nodes), **found.types}
    drawing = _without(drawing, {own for own in asked.hidden if found.centre is None or own != found.centre.id})
    shown = len(drawing.nodes)
    note = drawing.note if asked.kind else asked.wanted.left_out(shown, shown + found.left, "")
    nodes = [_pinned(node, asked.pins) for node in drawing.nodes]
    return replace(found, drawing=replace(drawing, title=found.title, note=note, nodes=nodes), types=types)


def _expanded(store: Store, asked: Asked, found: Explored, scene: Scene, drawing: Drawing) -> tuple[Explored, Drawing]:
    """Return what is shown, and its drawing, when things have been expanded one after the other."""
    crowded: dict[str, int] = {}
    for own in asked.expanded:
        if own in scene.graph and own not in asked.hidden:
            before = len(scene.graph)
            scene, crowded[own] = _grown(store, scene, asked, own)
            drawing = drawn(scene, onto=drawing, around=own)
            if found.centre and own == found.centre.id:
                found = replace(found, left=max(found.left - (len(scene.graph) - before), 0))
    return replace(found, crowded={own: left for own, left in crowded.items() if left}), drawing


def _first(workspace: Workspace, store: Store, asked: Asked) -> tuple[Explored, Scene]:
    """Return what is shown before anything is expanded."""
    nothing = Drawing("", [], [], [], (), "", {})
    if asked.kind:
        scene = KINDS[asked.kind][1](workspace, asked.wanted)
        whole = KINDS[asked.kind][1](workspace, replace(asked.wanted, types=())) if asked.types else scene
        return Explored(scene.title, nothing, types=_types_in(whole)), scene
    centre = resolve(store, asked.centre, FINDABLE)
    if asked.to:
        other = resolve(store, asked.to, FINDABLE)
        between, scene = _between(store, centre, other, asked)
        whole = _between(store, centre, other, replace(asked, types=()))[1] if asked.types else scene
        return replace(between, types=_types_in(whole)), scene
    found = reach(store, centre.id, asked.wanted)
    types = found.types if not asked.types else reach(store, centre.id, replace(asked.wanted, types=())).types
    count = found.there - 1
    words = _ALONE if not count else _NEXT_TO if asked.depth == 1 else _AROUND
    title = words.format(name=centre.name, depth=asked.depth, n=count)
    left = found.there - len(found.kept)
    note = asked.wanted.left_out(len(found.kept), found.there, found.left)
    scene = Scene(title, graph_of(store, found.kept), note, centre.id)
    return Explored(title, nothing, centre, types=types, left=left, stopped=found.stopped), scene


def _types_in(scene: Scene) -> Counter[str]:
    return Counter(str(label) for _, label in scene.graph.nodes(data="label"))


def _between(store: Store, one: Thing, other: Thing, asked: Asked) -> tuple[Explored, Scene]:
    """Return the shortest paths between two things."""
    allows = asked.wanted.allows if asked.types else None
    paths = shortest(store, one.id, other.id, allows) if one.id != other.id else Paths()
    words = _SAME if one.id == other.id else _FAR if not paths.total else _DIRECT if paths.steps == 1 else _PATH
    title = words.format(one=one.name, other=other.name, steps=paths.steps or MOST_STEPS, n=paths.total)
    kept = {one.id, other.id, *(own for path in paths.paths for own in path)}
    graph = graph_of(store, kept)
    scene = Scene(title, graph, "", one.id, places=_in_columns(graph, one.id, other.id, paths))
    return Explored(title, Drawing("", [], [], [], (), "", {}), one, other, paths), scene


def _in_columns(graph: nx.MultiDiGraph[str], one: str, other: str, paths: Paths) -> dict[str, tuple[float, float]]:
    """Return places from left to right: a column for each step."""
    step = {one: 0, other: paths.steps or 1} | {own: at for path in paths.paths for at, own in enumerate(path)}
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for own in graph:
        columns[step[own]].append(own)
    return {
        own: (at * _COLUMN, (row - (len(column) - 1) / 2) * _ROW)
        for at, column in columns.items()
        for row, own in enumerate(column)
    }


def _grown(store: Store, scene: Scene, asked: Asked, own: str) -> tuple[Scene, int]:
    """Return a scene with what is around one of its things, and how many more there are."""
    near = Counter(
        tie.other for tie in ties_of(store, [own]) if tie.other not in scene.graph and asked.wanted.allows(tie.label)
    )
    room = min(_AT_A_TIME, asked.room - len(scene.graph))
    chosen = most_tied(store, near)[: max(room, 0)] if len(near) > room else sorted(near)
    if not chosen:
        return scene, len(near)
    more = graph_of(store, [*scene.graph, *chosen])
    made: nx.MultiDiGraph[str] = scene.graph.copy()
    new = set(chosen)
    made.add_nodes_from((one, more.nodes[one]) for one in chosen if one in more)
    for source, target, key, data in more.edges(keys=True, data=True):
        if source in new or target in new:
            made.add_edge(source, target, key=key, **data)
    return replace(scene, graph=made), len(near) - len(chosen)


def _without(drawing: Drawing, hidden: set[str]) -> Drawing:
    """Return a drawing without some of its things; what stays does not move."""
    if not hidden:
        return drawing
    counts = Counter(str(node["kind"]) for node in drawing.nodes if node["id"] not in hidden)
    return replace(
        drawing,
        nodes=[node for node in drawing.nodes if node["id"] not in hidden],
        edges=[edge for edge in drawing.edges if edge["from"] not in hidden and edge["to"] not in hidden],
        legend=[{**item, "count": counts[item["kind"]]} for item in drawing.legend if counts[item["kind"]]],
    )


def _pinned(node: dict[str, Any], pins: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    if node["id"] not in pins:
        return node
    x, y = pins[node["id"]]
    return {**node, "x": x, "y": y}
