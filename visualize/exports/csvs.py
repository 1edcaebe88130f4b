"""The graph as CSV files: one for each type of node and of edge, and a page that explains their columns."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text
from innograph.visualize.tables import formula_safe

from .groups import FOR_ENGINES, LIST_SEPARATOR, Edges, Nodes, edges_by_type, nodes_by_type, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from innograph.graph.records import Graph

README = "README.md"
_BYTE_ORDER_MARK = "\ufeff"
_ENDS = {
    "source": Text("起点的编号", "Id of the thing it goes from"),
    "source_name": Text("起点的名称", "Its name"),
    "target": Text("终点的编号", "Id of the thing it goes to"),
    "target_name": Text("终点的名称", "Its name"),
}
_HOW = f"""\
# 图谱的表格 · The graph as tables

- `nodes-类型.csv` 每行一个节点；`edges-类型.csv` 每行一条关系，两端写编号和名称。UTF-8，带字节顺序标记，Excel 可直接打开。
- 一格有多项时以“{LIST_SEPARATOR}”隔开；不知道的留空；日期如 2024-12-31。
- 以 = + - @ 开头的文字前加了一个单引号，表格软件不会当公式运行。
- `nodes-TYPE.csv` has a row for each node, `edges-TYPE.csv` for each relation with the id and name of both ends. UTF-8 with a
  byte order mark: a spreadsheet opens them as they are.
- Several items in a cell are separated by “{LIST_SEPARATOR}”; what is not known is empty; days are such as 2024-12-31.
- A text that begins with = + - @ has an apostrophe before it, so that no spreadsheet runs it as a formula.
"""


class File(NamedTuple):
    """A file to write: its name, and its text in pieces."""

    name: str
    pieces: Iterator[str]


class _Line:
    """Hands back what a csv writer writes."""

    def write(self, text: str) -> str:
        return text


def csv_files(graph: Graph) -> Iterator[File]:
    """Yield the files, the explanation first.

    Examples:
        >>> from innograph.graph.records import Graph, Node
        >>> tier = Node("Tier:=1+1", ("Tier",), {"name": "=1+1"})
        >>> for file in csv_files(Graph({tier.id: tier}, {}, "s")):
        ...     print(file.name, list(file.pieces)[-1].split(",")[:2])
        README.md ...
        nodes-Tier.csv ['Tier:=1+1', "'=1+1"]
    """
    nodes, edges = list(nodes_by_type(graph)), list(edges_by_type(graph))
    yield File(README, _readme([*nodes, *edges]))
    for those in nodes:
        yield File(_name(those), _rows(_columns(those), _node_rows(those)))
    for between in edges:
        yield File(_name(between), _rows(_columns(between), _edge_rows(between, graph)))


def _name(group: Nodes | Edges) -> str:
    return f"{'nodes' if isinstance(group, Nodes) else 'edges'}-{group.type.name}.csv"


def _own_columns(group: Nodes | Edges) -> list[str]:
    return [name for name in group.properties if name not in FOR_ENGINES and name != "id"]


def _columns(group: Nodes | Edges) -> list[str]:
    return ["id", *(() if isinstance(group, Nodes) else _ENDS), *_own_columns(group)]


def _node_rows(group: Nodes) -> Iterator[list[Any]]:
    names = _own_columns(group)
    for node in group.records:
        values = values_of(node)
        yield [node.id, *map(values.get, names)]


def _edge_rows(group: Edges, graph: Graph) -> Iterator[list[Any]]:
    names = _own_columns(group)
    for edge in group.records:
        values = values_of(edge)
        ends = [text for end in (edge.source, edge.target) for text in (end, graph.nodes[end].properties.get("name"))]
        yield [edge.id, *ends, *map(values.get, names)]


def _rows(columns: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    writer: Any = csv.writer(_Line(), lineterminator="\r\n")
    yield _BYTE_ORDER_MARK + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([formula_safe(value) for value in row])


def _readme(groups: Iterable[Nodes | Edges]) -> Iterator[str]:
    yield _HOW
    for group in groups:
        label, description = group.type.label, group.type.description
        yield f"\n## {_name(group)}: {label.zh} · {label.en}\n\n{description.zh} {description.en}\n\n"
        yield "| 列 · column | 含义 | meaning | 类型 · type |\n|---|---|---|---|\n"
        for name in _columns(group):
            text, kind = _meaning(group, name)
            yield f"| `{name}` | {text.zh} | {text.en} | {kind} |\n"


def _meaning(group: Nodes | Edges, name: str) -> tuple[Text, str]:
    if name in _ENDS and isinstance(group, Edges):
        return _ENDS[name], "string"
    prop = group.properties[name]
    same = prop.description == prop.label
    text = (
        prop.label
        if same
        else Text(f"{prop.label.zh}：{prop.description.zh}", f"{prop.label.en}: {prop.description.en}")
    )
    return Text(text.zh.replace("|", "\\|"), text.en.replace("|", "\\|")), prop.type.value
