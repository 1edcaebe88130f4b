"""One self-contained HTML page: the picture, the matrix, and the evidence behind every edge. It opens offline."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from innograph.graph.text import Text, language

if TYPE_CHECKING:
    from .matrix import Matrix
    from .network import Drawing

_WORDS = {
    "search": Text("查找：输入名称后按回车", "Find: type a name and press Enter"),
    "legend": Text("图例", "Legend"),
    "matrix": Text("责任矩阵", "Responsibility matrix"),
    "network": Text("关系图", "Network"),
    "evidence": Text("证据", "Evidence"),
    "none": Text("没有找到", "Nothing found"),
    "lines": Text(
        "粗实线为牵头，虚线为配合，点线为负责，细实线为其他关系；箭头由主体指向对象",
        "Thick lines lead, dashed ones support, dotted ones are responsible, thin ones are other relations; arrows point"
        " from subject to object",
    ),
    "made": Text("由 innograph 生成，可离线打开", "Made by innograph; opens offline"),
    "task": Text("任务", "Task"),
    "whole": Text("看全图", "Show all"),
    "close": Text("关闭", "Close"),
}
_HINT = Text("点任一连线或节点，看原文", "Click an edge or a node to read its source")
_HINT_WITH_MATRIX = Text(
    "点任一连线、节点或矩阵中的格子，看原文", "Click an edge, a node or a cell of the matrix to read its source"
)


def picture(drawing: Drawing, matrix: Matrix | None = None) -> str:
    """Return the page.

    Args:
        drawing: what the network shows.
        matrix: the responsibility matrix, if it is to stand on the page too.

    Returns:
        HTML in UTF-8 that makes no request and lets no other script run: its Content-Security-Policy names the hashes
        of its own scripts and style.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("innograph", "visualize/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    scripts = [_vis_network(), _template("picture.js")]
    style = _template("picture.css")
    return environment.get_template("picture.html").render(
        lang="zh-CN" if language() == "zh" else "en",
        words={name: text.show() for name, text in _WORDS.items()},
        hint=(_HINT_WITH_MATRIX if matrix else _HINT).show(),
        drawing=drawing,
        matrix=matrix,
        data=_json_block(
            {
                "nodes": drawing.nodes,
                "edges": drawing.edges,
                "opening": drawing.opening,
                "none": _WORDS["none"].show(),
            }
        ),
        scripts=[Markup(s) for s in scripts],  # noqa: S704  # our own file and the vendored library, not user text
        style=Markup(style),  # noqa: S704
        script_hashes=[_csp_hash(s) for s in scripts],
        style_hash=_csp_hash(style),
    )


def _json_block(value: object) -> Markup:
    """JSON for a ``<script type=application/json>``: with no ``<`` in it, nothing in it can end the block."""
    text = (
        json.dumps(value, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    return Markup(text)  # noqa: S704


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _vis_network() -> str:
    """The vis-network library that comes with pyvis, licence notice included."""
    file = files("pyvis").joinpath("lib/vis-9.1.2/vis-network.min.js")
    return file.read_text(encoding="utf-8").replace("</script", "<\\/script")


@cache
def _template(name: str) -> str:
    return files("innograph").joinpath(f"visualize/templates/{name}").read_text(encoding="utf-8")
