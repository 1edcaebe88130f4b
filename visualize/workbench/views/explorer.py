"""The network explorer: what is around a thing, paths between two, and pictures of the whole, each step with its proof."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from innograph.graph.errors import Ambiguous, NothingFound
from innograph.graph.text import Text, language
from innograph.queries.lookup import FINDABLE, look_up, resolve
from innograph.queries.network import network_of
from innograph.visualize.pictures.html import data_of
from innograph.visualize.pictures.png import png_of
from innograph.visualize.pictures.svg import RINGS, network_svg, shape_path

from .. import links
from ..exploring import DEEPEST, KINDS, LIMITS, Asked, Explored, as_listed, asked_in, explored
from ..pages import page
from ..web import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from innograph.queries.lookup import Thing
    from innograph.workspace import Workspace

    from ..desk import Reader

_TITLE = Text("网络图", "Network")
_SEVERAL = Text("“{words}”可能是下面这些", "“{words}” may be one of these")
_NONE = Text("没有找到“{words}”", "Nothing found for “{words}”")
_MOST_KEPT, _MOST_ROWS, _MOST_CHOICES, _MOST_STARTS = 8, 300, 12, 8
_PNG_WIDTH = 1600


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation that is shown: who, what, whom; the quoted line, and where all of its proof is.

    ``edge`` is the id that opens the proof; empty where a line stands for several relations, of which ``href`` tells.
    """

    one: str
    said: str
    other: str
    quote: str
    place: str
    edge: str
    href: str


@dataclass(frozen=True, slots=True)
class Way:
    """A path: the things on it, by id and name, and for each step the relations that make it."""

    things: list[tuple[str, str]]
    steps: list[list[Tie]]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done with the thing that was chosen.

    ``key`` is what it is called in the script, and ``here`` whether it changes the picture that is shown.
    """

    key: str
    label: Text
    href: str
    here: bool = True


def explore(reader: Reader, request: Request) -> Response:
    """Show a part of the network, or where one may begin."""
    asked = asked_in(request.query_params)
    if not asked.whole:
        return _start(reader, request)
    try:
        found = _explored(reader, asked)
    except (Ambiguous, NothingFound):
        return _choice(reader, request, asked)
    canonical = _canonical(request, asked, found)
    if canonical:
        return RedirectResponse(canonical, status_code=303)
    drawing = found.drawing
    by_id = {node["id"]: node for node in drawing.nodes}
    ties = [_tie(edge, by_id, asked.day) for edge in drawing.edges]
    selected = by_id.get(request.query_params.get("selected", ""))
    order = {item["kind"]: number for number, item in enumerate(drawing.legend)}
    nodes = sorted(drawing.nodes, key=lambda node: (node["mark"] != "centre", order[node["kind"]], node["full"]))
    return page(
        reader,
        request,
        "explorer.html",
        of_a_day=True,
        title=found.title,
        room="cooperation",
        asked=asked,
        found=found,
        kinds=KINDS,
        depths=range(1, DEEPEST + 1),
        limits=LIMITS,
        nodes=nodes,
        names={node["id"]: node["full"] for node in drawing.nodes},
        ties=ties[:_MOST_ROWS],
        more_ties=len(ties) - _MOST_ROWS,
        ways=_ways(found, ties, drawing.edges, by_id),
        types=[(reader.workspace.ontology.nodes[name], count) for name, count in sorted(found.types.items())],
        selected=selected,
        acts=_acts(request, asked, found, selected) if selected else (),
        shape_path=shape_path,
        rings=[text for mark, text in RINGS.items() if any(node["mark"] == mark for node in drawing.nodes)],
        here=_same(request, selected=None),
        again={own: as_listed([*asked.expanded, own]) for own in found.crowded},
    )


def explore_json(reader: Reader, request: Request) -> Response:
    """Answer with what the page draws, for its script and for programs.

    Raises:
        NothingFound: there is no such thing.
        Ambiguous: several things have that name.
    """
    asked = asked_in(request.query_params)
    if not asked.whole:
        return JSONResponse({"title": "", "left": 0, "nodes": [], "edges": []})
    found = _explored(reader, asked)
    return JSONResponse({"title": found.title, "left": found.left, **data_of(found.drawing)})


def explore_svg(reader: Reader, request: Request) -> Response:
    """Answer with the part that is shown as SVG.

    Raises:
        NothingFound: there is no such thing.
        Ambiguous: several things have that name.
    """
    return _file(_explored(reader, asked_in(request.query_params)), "svg")


def explore_png(reader: Reader, request: Request) -> Response:
    """Answer with the part that is shown as PNG.

    Raises:
        NothingFound: there is no such thing.
        Ambiguous: several things have that name.
        NoFont: this computer has no font for its letters.
    """
    return _file(_explored(reader, asked_in(request.query_params)), "png")


def _file(found: Explored, form: str) -> Response:
    svg = network_svg(found.drawing)
    content = svg.encode() if form == "svg" else png_of(svg, _PNG_WIDTH)
    name = "".join(letter if letter.isalnum() else "-" for letter in found.title)[:60] or "innograph"
    kind = "image/svg+xml" if form == "svg" else "image/png"
    headers = {"content-disposition": f"inline; filename*=UTF-8''{quote(name)}.{form}"}
    return Response(content, media_type=kind, headers=headers)


def _explored(reader: Reader, asked: Asked) -> Explored:
    """Return what is asked for; the last few are kept, as a page, its picture and its data are asked for one by one."""
    kept: OrderedDict[str, Explored] = reader.once("explored", lambda _: OrderedDict[str, Explored]())
    key = f"{language()} {asked!r}"
    found = kept.pop(key, None) or explored(reader.workspace, asked)
    kept[key] = found
    while len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
    return found


def _same(request: Request, **values: object) -> str:
    """Return the address of the same picture with something changed, without what is not of the picture."""
    query = {name: value for name, value in request.query_params.items() if name not in ("evidence", "lang")}
    return links.with_query(request.url.path, {**query, **values})


def _canonical(request: Request, asked: Asked, found: Explored) -> str:
    """Return the address with ids for names and the types in one value; empty if it is so already."""
    types = None if set(found.types) <= set(asked.types) else as_listed(asked.types)
    better: dict[str, object] = {}
    if found.centre and asked.centre != found.centre.id:
        better["centre"] = found.centre.id
    if found.to and asked.to != found.to.id:
        better["to"] = found.to.id
    if len(request.query_params.getlist("types")) > 1 or (asked.types and types is None):
        better["types"] = types
    return _same(request, **better) if better else ""


def _tie(edge: dict[str, Any], by_id: dict[str, dict[str, Any]], day: str) -> Tie:
    one, other = by_id[edge["from"]], by_id[edge["to"]]
    single = " — " not in edge["id"]
    href = "" if single else links.with_query("/explore", {"centre": one["id"], "to": other["id"], "as_of": day})
    return Tie(
        one["full"],
        edge["kind_label"],
        other["full"],
        edge["quote"],
        edge["place"],
        edge["id"] if single else "",
        href,
    )


def _ways(found: Explored, ties: list[Tie], edges: list[dict[str, Any]], by_id: dict[str, dict[str, Any]]) -> list[Way]:
    """Return the paths with the relations that make each of their steps."""
    between: dict[frozenset[str], list[Tie]] = {}
    for edge, tie in zip(edges, ties, strict=True):
        between.setdefault(frozenset((edge["from"], edge["to"])), []).append(tie)
    paths = [path for path in found.paths.paths if all(own in by_id for own in path)] if found.paths else []
    return [
        Way(
            [(own, by_id[own]["full"]) for own in path],
            [between.get(frozenset(pair), []) for pair in pairwise(path)],
        )
        for path in paths
    ]


def _acts(request: Request, asked: Asked, found: Explored, node: dict[str, Any]) -> list[Act]:
    """Return what can be done with the thing that was chosen."""
    own = node["id"]
    is_centre = found.centre is not None and own == found.centre.id
    acts = [
        Act("expand", Text("展开", "Expand"), _same(request, expanded=as_listed([*asked.expanded, own]))),
    ]
    if own in asked.expanded:
        rest = as_listed(one for one in asked.expanded if one != own)
        acts.append(Act("fold", Text("收起", "Fold"), _same(request, expanded=rest)))
    if not is_centre:
        hidden = as_listed([*asked.hidden, own])
        acts.append(Act("hide", Text("隐藏", "Hide"), _same(request, hidden=hidden, selected=None)))
        day = {"as_of": asked.day}
        acts.append(
            Act(
                "centre",
                Text("以它为中心", "Centre on it"),
                links.with_query("/explore", {"centre": own, **day}),
                here=False,
            )
        )
        if found.centre:
            to = {"centre": found.centre.id, "to": own, **day}
            acts.append(
                Act(
                    "paths",
                    Text("与中心之间的路径", "Paths to the centre"),
                    links.with_query("/explore", to),
                    here=False,
                )
            )
    if own in asked.pins:
        pins = as_listed(f"{x},{y},{one}" for one, (x, y) in asked.pins.items() if one != own)
        acts.append(Act("unpin", Text("放回原处", "Put back"), _same(request, at=pins)))
    else:
        pins = as_listed(f"{x},{y},{one}" for one, (x, y) in {**asked.pins, own: (node["x"], node["y"])}.items())
        acts.append(Act("pin", Text("固定在这里", "Pin it here"), _same(request, at=pins)))
    return acts


def _start(reader: Reader, request: Request) -> Response:
    """Show where one may begin: a search, pictures of the whole, the bodies that are tied most."""
    return _beginning(reader, request, starts=reader.once("explorer starts", _starts))


def _beginning(
    reader: Reader,
    request: Request,
    *,
    starts: Sequence[tuple[str, str]] = (),
    words: str = "",
    choices: Sequence[tuple[Thing, Text, str]] = (),
) -> Response:
    """Return the page before anything is drawn: with good places to begin, or with what the words may mean."""
    return page(
        reader,
        request,
        "explorer_start.html",
        of_a_day=True,
        title=_TITLE.show(),
        room="cooperation",
        status=404 if words and not choices else 200,
        kinds=KINDS,
        starts=starts,
        problem=(_SEVERAL if choices else _NONE).format(words=words) if words else "",
        choices=choices,
        words=words,
    )


def _starts(workspace: Workspace) -> list[tuple[str, str]]:
    """Return plans and the bodies with most partners, by id and name."""
    store = workspace.store()
    plans = store.query(f"MATCH (p:Plan) RETURN p.id AS id, p.name AS name ORDER BY id LIMIT {_MOST_STARTS}").rows
    network = network_of(store)
    partners = network.partners.indptr[1:] - network.partners.indptr[:-1]
    best = sorted(range(len(partners)), key=lambda body: (-int(partners[body]), body))[:_MOST_STARTS]
    bodies = [(network.bodies.ids[body], network.bodies.names[body]) for body in best if partners[body]]
    return [*((str(own), str(name)) for own, name in plans), *bodies]


def _choice(reader: Reader, request: Request, asked: Asked) -> Response:
    """Show which things a name may mean, where it is not one thing's."""
    store = reader.workspace.store(asked.day or None)
    wrong = "centre"
    if not asked.kind:
        try:
            resolve(store, asked.centre, FINDABLE)
        except (Ambiguous, NothingFound):
            pass
        else:
            wrong = "to"
    words = getattr(asked, wrong)
    things: list[Thing] = look_up(store, words, FINDABLE)[:_MOST_CHOICES]
    types = reader.workspace.ontology.nodes
    choices = [(thing, types[thing.label].label, _same(request, **{wrong: thing.id})) for thing in things]
    return _beginning(reader, request, words=words, choices=choices)


ROUTES = (
    Route("/explore", reading(explore)),
    Route("/explore.json", reading(explore_json)),
    Route("/explore.svg", reading(explore_svg)),
    Route("/explore.png", reading(explore_png)),
)
