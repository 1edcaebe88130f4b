"""Pictures as SVG: real text with the fonts people have, everything escaped, and nothing fetched."""

from __future__ import annotations

from functools import cache
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text, language

from ..templating import templates_of
from .labels import FONT_SIZE, LINE_HEIGHT, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from ..matrix import Matrix
    from .drawing import Drawing
    from .flows import Flows

FONTS = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
_MARGIN, _TITLE_ROOM, _ROW = 24.0, 44.0, 22.0
_NOTE_FONT = 12
_INSIDE = ("box", "ellipse")
_ARROW = 7.0
_BEND = 26.0
_LEAST_WIDTH = 720.0
RINGS = {"centre": Text("中心", "centre"), "home": Text("本地机构", "bodies at home")}
"""What a ring around a sign means: a thick one, and a thin one."""
_MADE = Text("由 innograph 生成", "Made by innograph")
_CLOSES = "，。；：、）》”！？"
_CELL, _ROLES_ROOM = 34.0, 34.0


class _Words(NamedTuple):
    text: str
    x: float
    y: float


class _Frame(NamedTuple):
    """The whole of a picture and what stands around it."""

    x: float
    y: float
    width: float
    height: float


@cache
def environment() -> Environment:
    """Return what reads our templates."""
    return templates_of("pictures")


def network_svg(drawing: Drawing) -> str:
    """Return the picture of a network with its title, legend and note.

    Args:
        drawing: what it shows.
    """
    nodes = [_node(node) for node in drawing.nodes]
    at = {node["id"]: node for node in drawing.nodes}
    edges = [_edge(edge, at[edge["from"]], at[edge["to"]]) for edge in drawing.edges]
    left = min((n["x"] - n["reach"] for n in nodes), default=0.0) - _MARGIN
    right = max((n["x"] + n["reach"] for n in nodes), default=0.0) + _MARGIN
    top = min((n["y"] - n["up"] for n in nodes), default=0.0) - _MARGIN
    low = max((n["y"] + n["down"] for n in nodes), default=0.0) + _MARGIN
    lacking = max(0.0, _LEAST_WIDTH - (right - left)) / 2
    left, right = left - lacking, right + lacking
    wide = right - left
    legend, high = _legend_rows(drawing, left + _MARGIN, low, wide - 2 * _MARGIN)
    notes = _lines_of(drawing.note, left + _MARGIN, low + high, wide - 2 * _MARGIN)
    frame = _Frame(left, top - _TITLE_ROOM, wide, low - top + _TITLE_ROOM + high + len(notes) * _ROW + _ROW)
    return _rendered("network.svg", frame, drawing.title, notes, nodes=nodes, edges=edges, legend=legend)


def flows_svg(flows: Flows, *, inline: bool = False) -> str:
    """Return the picture of flows.

    Args:
        flows: what it shows.
        inline: for a page, which has title and note itself.
    """
    sankey = flows.sankey
    notes = (
        []
        if inline
        else _lines_of(
            "\n".join(filter(None, (flows.note, flows.left_out))),
            _MARGIN,
            sankey.height + _MARGIN,
            sankey.width - 2 * _MARGIN,
        )
    )
    room = 0.0 if inline else _TITLE_ROOM
    more = 0.0 if inline else (len(notes) + 1) * _ROW + _MARGIN
    frame = _Frame(0.0, -room, sankey.width, sankey.height + room + more)
    return _rendered("flows.svg", frame, "" if inline else flows.title, notes, sankey=sankey, inline=inline)


def matrix_svg(matrix: Matrix, title: str) -> str:
    """Return the responsibility matrix as a picture: tasks down, units across.

    Args:
        matrix: what it shows.
        title: what it says.
    """
    several = len(matrix.plans) > 1
    heads = [_Words(unit, 0.0, 0.0) for unit in matrix.units]
    across = max((width(row.number + row.title) for row in matrix.tasks), default=0.0) * FONT_SIZE + 16
    across = max(across, 220.0)
    down = min(max((len(unit) for unit in matrix.units), default=0), 16) * FONT_SIZE + 14
    rows: list[dict[str, Any]] = []
    y = float(down)
    for plan, tasks in matrix.by_plan():
        if several:
            rows.append({"y": y, "plan": f"《{plan}》", "cells": []})
            y += _CELL - 6
        for index, task in tasks:
            cells = [
                {"x": across + at * _CELL, "role": matrix.cells[index, unit].role, "said": matrix.cells[index, unit]}
                for at, unit in enumerate(matrix.units)
                if (index, unit) in matrix.cells
            ]
            rows.append({"y": y, "plan": "", "text": f"{task.number}{task.title}", "cells": cells})
            y += _CELL - 6
    wide = max(across + len(heads) * _CELL, _LEAST_WIDTH - 2 * _MARGIN)
    frame = _Frame(-_MARGIN, -_TITLE_ROOM, wide + 2 * _MARGIN, y + _TITLE_ROOM + _ROLES_ROOM + _ROW + 8)
    columns = [{"x": across + at * _CELL, "lines": list(_stacked(unit))} for at, unit in enumerate(matrix.units)]
    marks: list[dict[str, Any]] = []
    x = 0.0
    for role in matrix.roles:
        cell = next(cell for cell in matrix.cells.values() if cell.role == role)
        word = cell.mark.word.show()
        marks.append({"x": x, "role": role, "word": word})
        x += width(word) * FONT_SIZE + 52
    return _rendered(
        "matrix.svg",
        frame,
        title,
        [],
        rows=rows,
        columns=columns,
        across=across,
        right=across + len(heads) * _CELL,
        down=down,
        bottom=y,
        row=_CELL - 6,
        cell=_CELL,
        marks=marks,
    )


def _stacked(unit: str) -> str:
    """Return a unit's name for a column's head, which has room for so many letters one below the other."""
    return unit if len(unit) <= 16 else f"{unit[:15]}…"


def _rendered(template: str, frame: _Frame, title: str, notes: Sequence[_Words], **values: Any) -> str:
    return (
        environment()
        .get_template(template)
        .render(
            lang="zh-CN" if language() == "zh" else "en",
            fonts=FONTS,
            frame=frame,
            title=title,
            notes=notes,
            made=_MADE.show(),
            margin=_MARGIN,
            font_size=FONT_SIZE,
            line_height=LINE_HEIGHT,
            **values,
        )
    )


def shape_path(shape: str, size: float) -> str:
    """Return the outline of a sign around (0, 0), as vis-network draws it; empty for a disc.

    Args:
        shape: of the ontology.
        size: half its width.

    Examples:
        >>> shape_path("diamond", 10)
        'M0.0,-10.0 L10.0,0.0 L0.0,10.0 L-10.0,0.0 Z'
    """
    corners: list[tuple[float, float]] = []
    if shape == "star":
        corners = [_corner(at * pi / 5, size * (1.0 if at % 2 == 0 else 0.45)) for at in range(10)]
    elif shape == "hexagon":
        corners = [_corner(pi / 2 + at * pi / 3, size) for at in range(6)]
    elif shape in ("triangle", "triangleDown"):
        corners = [_corner((0 if shape == "triangle" else pi) + at * 2 * pi / 3, size * 1.1) for at in range(3)]
    elif shape == "diamond":
        corners = [_corner(at * pi / 2, size) for at in range(4)]
    elif shape == "square":
        side = size * 0.9
        corners = [(-side, -side), (side, -side), (side, side), (-side, side)]
    if not corners:
        return ""
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in corners) + " Z"


def _corner(angle: float, size: float) -> tuple[float, float]:
    """Return a corner, clockwise from the top."""
    return round(sin(angle) * size, 6) + 0.0, round(-cos(angle) * size, 6) + 0.0


def _node(node: dict[str, Any]) -> dict[str, Any]:
    lines = [line for line in node["label"].split("\n") if line.strip()]
    text = max((width(line) for line in lines), default=0.0) * FONT_SIZE / 2
    inside = node["shape"] in _INSIDE
    size = float(node["size"])
    half, high = (text + 10, max(len(lines), 1) * LINE_HEIGHT / 2 + 4) if inside else (size, size)
    first = -(len(lines) - 1) * LINE_HEIGHT / 2 if inside else size + LINE_HEIGHT * 0.75
    return {
        **node,
        "lines": [
            _Words(line, node["x"], round(node["y"] + first + at * LINE_HEIGHT + 4.5, 1))
            for at, line in enumerate(lines)
        ],
        "half": half,
        "high": high,
        "inside": inside,
        "path": shape_path(node["shape"], size),
        "ink": "#ffffff" if inside and _is_dark(node["color"]) else "#1f1d1a",
        "reach": max(half, text),
        "up": high,
        "down": high if inside else size + len(lines) * LINE_HEIGHT + 6,
    }


def _is_dark(color: str) -> bool:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return red * 0.299 + green * 0.587 + blue * 0.114 <= 140


def _edge(edge: dict[str, Any], source: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    """Return the line between two nodes, from rim to rim, with its arrow."""
    x0, y0, x1, y1 = (float(v) for v in (source["x"], source["y"], target["x"], target["y"]))
    length = hypot(x1 - x0, y1 - y0) or 1.0
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    arrow = _ARROW + float(edge["width"]) if edge["arrow"] else 0.0
    begin, end = _rim(source, ux, uy), length - _rim(target, ux, uy) - 1
    tip = (x0 + ux * end, y0 + uy * end)
    back = max(end - arrow, begin)
    bend = min(edge["bend"] * _BEND / 2, length / 4) * (1 if edge["bend"] % 2 else -1)
    middle = ((x0 + x1) / 2 - uy * bend * 2, (y0 + y1) / 2 + ux * bend * 2)
    foot = (x0 + ux * back, y0 + uy * back)
    curve = f"Q{middle[0]:.1f},{middle[1]:.1f} " if bend else "L"
    side = arrow * 0.38
    return {
        **edge,
        "path": f"M{x0 + ux * begin:.1f},{y0 + uy * begin:.1f} {curve}{foot[0]:.1f},{foot[1]:.1f}",
        "head": f"M{tip[0]:.1f},{tip[1]:.1f} L{foot[0] - uy * side:.1f},{foot[1] + ux * side:.1f}"
        f" L{foot[0] + uy * side:.1f},{foot[1] - ux * side:.1f} Z"
        if edge["arrow"]
        else "",
    }


def _rim(node: dict[str, Any], ux: float, uy: float) -> float:
    """Return how far from its middle a node reaches in a direction."""
    if node["shape"] not in _INSIDE:
        return float(node["size"])
    shown = _node(node)
    return float(min(shown["half"] / max(abs(ux), 1e-6), shown["high"] / max(abs(uy), 1e-6)))


def _legend_rows(drawing: Drawing, left: float, top: float, room: float) -> tuple[list[dict[str, Any]], float]:
    """Return types and lines in rows as wide as the picture, and how high these are."""
    items: list[dict[str, Any]] = [
        {
            **item,
            "path": shape_path(item["shape"], 7),
            "line": None,
            "ring": "",
            "text": f"{item['label']} {item['count']}",
        }
        for item in drawing.legend
    ]
    items += [{"line": line, "text": line.label, "path": "", "ring": ""} for line in drawing.lines]
    marks = {node["mark"] for node in drawing.nodes}
    items += [
        {"line": None, "text": text.show(), "path": "", "shape": "ring", "color": "none", "ring": mark}
        for mark, text in RINGS.items()
        if mark in marks
    ]
    x, y = 0.0, top + _ROW
    for item in items:
        wide = width(item["text"]) * _NOTE_FONT + (58 if item["line"] else 42)
        if x and x + wide > room:
            x, y = 0.0, y + _ROW
        item.update(x=left + x, y=y)
        x += wide
    return items, y - top + _ROW if items else 0.0


def _lines_of(note: str, left: float, top: float, room: float) -> list[_Words]:
    """Return a note in lines as wide as the picture."""
    lines: list[str] = []
    line = ""
    for word in wrapped_words(note):
        if line and width(line + word) * _NOTE_FONT > room:
            lines.append(line)
            line = ""
        line += word
    if line.strip():
        lines.append(line)
    return [_Words(text.strip(), left, top + at * _ROW) for at, text in enumerate(lines)]


def wrapped_words(text: str) -> list[str]:
    """Return the parts of a text between which a line may end: after a space, and on both sides of a Chinese character.

    Args:
        text: a note.

    Examples:
        >>> wrapped_words("共3 nodes。")
        ['共', '3 ', 'nodes。']
    """
    parts: list[str] = []
    for letter in text:
        joins = letter in _CLOSES or (letter.isascii() and parts and parts[-1][-1].isascii() and parts[-1][-1] != " ")
        if parts and joins:
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts
