"""One self-contained HTML page: the picture, the matrix, and the evidence behind every edge. It opens offline."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from innograph.graph.search_text import search_text
from innograph.graph.text import Text, language

from ..templating import csp_hash, own_text
from .svg import RINGS, environment, flows_svg, shape_path

if TYPE_CHECKING:
    from ..matrix import Matrix
    from .drawing import Drawing
    from .flows import Flows

_WORDS = {
    "search": Text("查找：输入名称或拼音后按回车", "Find: type a name or its pinyin and press Enter"),
    "sift": Text(
        "只看含有这些字的：任务、单位、区域，或拼音", "Only what has this in it: task, unit, region, or pinyin"
    ),
    "legend": Text("图例", "Legend"),
    "matrix": Text("责任矩阵", "Responsibility matrix"),
    "network": Text("关系图", "Network"),
    "between": Text("区域之间", "Between regions"),
    "evidence": Text("证据", "Evidence"),
    "none": Text("没有找到", "Nothing found"),
    "direction": Text("箭头由主体指向对象", "Arrows point from subject to object"),
    "flows": Text("点一条带或表中的格子，看一处原文", "Click a band or a cell of the table to read one of its sources"),
    "crossing": Text("区域对区域", "Regions by regions"),
    "shades": Text("数字为伙伴对数，越深越多", "Figures count pairs of partners, the darker the more"),
    "region": Text("区域", "Region"),
    "made": Text("由 innograph 生成，可离线打开", "Made by innograph; opens offline"),
    "task": Text("任务", "Task"),
    "whole": Text("看全图", "Show all"),
    "close": Text("关闭", "Close"),
}
_HINT = Text("点任一连线或节点，看原文", "Click an edge or a node to read its source")
_HINT_WITH_MATRIX = Text(
    "点任一连线、节点或矩阵中的格子，看原文", "Click an edge, a node or a cell of the matrix to read its source"
)

_HINT_OF_MATRIX = Text("点矩阵中的格子，看原文", "Click a cell of the matrix to read its source")


def page(title: str, drawing: Drawing | None = None, matrix: Matrix | None = None, flows: Flows | None = None) -> str:
    """Return the page.

    Args:
        title: what it says.
        drawing: the network, if it is to stand on the page.
        matrix: the responsibility matrix, the same.
        flows: the flows, the same.

    Returns:
        HTML in UTF-8 that makes no request and lets no other script run: its Content-Security-Policy names the hashes
        of its own scripts and style.
    """
    scripts = [*([vis_network()] if drawing else []), static("picture.js")]
    style = static("picture.css")
    return (
        environment()
        .get_template("picture.html")
        .render(
            lang="zh-CN" if language() == "zh" else "en",
            words={name: text.show() for name, text in _WORDS.items()},
            hint=_hint(drawing, matrix),
            title=title,
            drawing=drawing,
            matrix=matrix,
            flows=flows,
            shape_path=shape_path,
            search_text=_search_text,
            rings={mark: text.show() for mark, text in RINGS.items() if drawing and _is_marked(drawing, mark)},
            directed=bool(drawing and any(edge["arrow"] for edge in drawing.edges)),
            # made by our own template, which escapes what it shows
            flows_svg=Markup(flows_svg(flows, inline=True)) if flows else "",  # noqa: S704
            data=_json_block(data_of(drawing)) if drawing else "",
            scripts=[Markup(s) for s in scripts],  # noqa: S704  # our own file and the vendored library, not user text
            style=Markup(style),  # noqa: S704
            script_hashes=[csp_hash(s) for s in scripts],
            style_hash=csp_hash(style),
        )
    )


def data_of(drawing: Drawing) -> dict[str, Any]:
    """Return what the script needs to draw a network: for the page's data block, or for the explorer as JSON.

    Args:
        drawing: the network.
    """
    return {
        "nodes": drawing.nodes,
        "edges": drawing.edges,
        "opening": drawing.opening,
        "none": _WORDS["none"].show(),
    }


def _search_text(name: str) -> str:
    return search_text([name])


def _is_marked(drawing: Drawing, mark: str) -> bool:
    return any(node["mark"] == mark for node in drawing.nodes)


def _hint(drawing: Drawing | None, matrix: Matrix | None) -> str:
    if drawing and matrix:
        return _HINT_WITH_MATRIX.show()
    return _HINT.show() if drawing else _HINT_OF_MATRIX.show() if matrix else _WORDS["flows"].show()


def _json_block(value: object) -> Markup:
    """JSON for a ``<script type=application/json>``: with no ``<`` in it, nothing in it can end the block."""
    text = (
        json.dumps(value, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    return Markup(text)  # noqa: S704


@cache
def vis_network() -> str:
    """The vis-network library that comes with pyvis, licence notice included."""
    file = files("pyvis").joinpath("lib/vis-9.1.2/vis-network.min.js")
    return file.read_text(encoding="utf-8").replace("</script", "<\\/script")


def static(name: str) -> str:
    """Return one of our own scripts or styles.

    Args:
        name: of its file.
    """
    return own_text("pictures", name)
