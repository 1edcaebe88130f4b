"""The ontology as a page to read: a diagram, then every type with its properties."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, cast

from ..text import Text
from .markdown import code, prose, table
from .model import ValueType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..text import Language
    from .model import EdgeType, NodeType, Ontology, Property

_NOTE = Text(
    "本页由程序生成，请勿手改：innograph schema generate",
    "This page is generated; do not edit it: innograph schema generate",
)
_TITLE = Text("图谱里有什么", "What the graph holds")
_INTRO = Text(
    "{nodes} 种节点、{edges} 种关系。带框的是抽象类型：其节点恰属框内一种。",
    "{nodes} types of nodes and {edges} of edges. A frame is an abstract type: its nodes are of the types inside.",
)
_NODES = Text("节点", "Nodes")
_EDGES = Text("关系", "Edges")
_SYSTEM = Text("系统属性", "System properties")
_SYSTEM_INTRO = Text("由程序自动设置，来源文件不写这些属性。", "innograph sets these itself; no source states them.")
_ON_NODES = Text("每个节点", "On every node")
_ON_EDGES = Text("每条关系", "On every edge")
_PARENT = Text("上级类型：{parent}，有其全部属性", "Kind of: {parent}, with all its properties")
_CHILDREN = Text("抽象类型，下分：{children}", "Abstract; its kinds: {children}")
_COLOUR = Text("图中颜色：{color}，形状：{shape}", "Colour in pictures: {color}, shape: {shape}")
_SOURCE = Text("起点：{types}", "From: {types}")
_TARGET = Text("终点：{types}", "To: {types}")
_FORWARD = Text("正读：{reading}", "Read forward: {reading}")
_BACKWARD = Text("反读：{reading}", "Read backward: {reading}")
_NO_PROPERTIES = Text("没有自己的属性。", "It has no properties of its own.")
_HEADER = (
    Text("属性", "Property"),
    Text("名称", "Name"),
    Text("类型", "Type"),
    Text("必填", "Required"),
    Text("示例", "Example"),
    Text("说明", "Description"),
)
_YES = Text("是", "yes")
_SEMICOLON = Text("；", "; ")
_MINIMUM = Text("不小于{least}", "at least {least}")
_NOT_BEFORE = Text("不早于 {name}", "not before {name}")
_VALUE_TYPES = {
    ValueType.STRING: Text("文字", "text"),
    ValueType.INTEGER: Text("整数", "whole number"),
    ValueType.FLOAT: Text("数", "number"),
    ValueType.BOOLEAN: Text("是或否", "yes or no"),
    ValueType.DATE: Text("日期", "date"),
    ValueType.STRINGS: Text("多个文字", "list of texts"),
}


def reference_page(ontology: Ontology, language: Language) -> str:
    """Return the reference page of the ontology, as Markdown.

    Args:
        ontology: the types.
        language: of the page.

    Returns:
        The page; the same ontology gives the same page.

    Examples:
        >>> from innograph.graph.ontology import load_ontology
        >>> page = reference_page(load_ontology(), "zh")
        >>> print(page.partition("### 牵头")[2].partition("| 属性")[0].strip())
        `LEADS`
        <BLANKLINE>
        单位牵头一项任务。
        <BLANKLINE>
        - 起点：机构 `Organisation`
        - 终点：任务 `Task`、举措 `Action`、保障措施 `Measure`
        - 正读：**机构**牵头**任务、举措、保障措施**
        - 反读：**任务、举措、保障措施**由**机构**牵头
    """
    return _Page(ontology, language).text()


def diagram(ontology: Ontology, language: Language) -> str:
    """Return a Mermaid flowchart of the types.

    Node types are boxes, an abstract type is a frame around its kinds, and each edge type is one rounded shape between
    all its sources and all its targets: one line for each pair of them could not be read.

    Examples:
        >>> from innograph.graph.ontology import load_ontology
        >>> lines = diagram(load_ontology(), "zh").splitlines()
        >>> lines[0], [line.strip() for line in lines if "LEADS" in line]
        ('flowchart LR', ['Organisation --> LEADS(["牵头"]) --> Task & Action & Measure'])
    """
    lines = ["flowchart LR"]
    for node_type in ontology.nodes.values():
        if node_type.abstract:
            lines.append(f"  subgraph {node_type.name}[{_mermaid(node_type.label, language)}]")
            lines += [f"    {_box(child, language)}" for child in _children(ontology, node_type)]
            lines.append("  end")
        elif node_type.parent is None:
            lines.append(f"  {_box(node_type, language)}")
    for edge in ontology.edges.values():
        middle = f"{edge.name}([{_mermaid(edge.label, language)}])"
        lines.append(f"  {' & '.join(edge.source)} --> {middle} --> {' & '.join(edge.target)}")
    lines += [f"  style {t.name} stroke:{t.color},stroke-width:3px" for t in ontology.nodes.values()]
    return "\n".join(lines)


def _box(node_type: NodeType, language: Language) -> str:
    return f"{node_type.name}[{_mermaid(node_type.label, language)}]"


def _mermaid(text: Text, language: Language) -> str:
    return '"' + text.show(language).replace('"', "#quot;") + '"'


def _children(ontology: Ontology, node_type: NodeType) -> list[NodeType]:
    return [t for t in ontology.nodes.values() if t.parent == node_type.name]


class _Page:
    """Writes one page in one language."""

    def __init__(self, ontology: Ontology, language: Language) -> None:
        self.ontology = ontology
        self.language: Language = language
        self.comma = "、" if language == "zh" else ", "

    def text(self) -> str:
        parts = (self.head(), self.nodes(), self.edges(), self.system())
        return "\n\n".join(chain.from_iterable(parts)) + "\n"

    def say(self, text: Text, **values: object) -> str:
        return text.show(self.language).format(**values)

    def head(self) -> Iterator[str]:
        yield f"<!-- {self.say(_NOTE)} -->"
        yield f"# {self.say(_TITLE)}"
        yield self.say(_INTRO, nodes=len(self.ontology.concrete), edges=len(self.ontology.edges))
        yield f"```mermaid\n{diagram(self.ontology, self.language)}\n```"

    def nodes(self) -> Iterator[str]:
        yield f"## {self.say(_NODES)}"
        for node_type in self.ontology.nodes.values():
            yield f"### {self.name(node_type)}"
            yield prose(self.say(node_type.description))
            yield "\n".join(f"- {fact}" for fact in self.node_facts(node_type))
            yield self.properties(self.own(node_type))

    def own(self, node_type: NodeType) -> dict[str, Property]:
        """Return the properties that the type does not have from its parent."""
        parent: Mapping[str, Property] = self.ontology.nodes[node_type.parent].properties if node_type.parent else {}
        return {name: prop for name, prop in node_type.properties.items() if parent.get(name) is not prop}

    def node_facts(self, node_type: NodeType) -> Iterator[str]:
        if node_type.parent:
            yield self.say(_PARENT, parent=self.names([node_type.parent]))
        if node_type.abstract:
            children = [child.name for child in _children(self.ontology, node_type)]
            yield self.say(_CHILDREN, children=self.names(children))
        yield self.say(_COLOUR, color=code(node_type.color), shape=code(node_type.shape))

    def edges(self) -> Iterator[str]:
        yield f"## {self.say(_EDGES)}"
        for edge_type in self.ontology.edges.values():
            yield f"### {self.name(edge_type)}"
            yield prose(self.say(edge_type.description))
            yield "\n".join(f"- {fact}" for fact in self.edge_facts(edge_type))
            yield self.properties(edge_type.properties)

    def edge_facts(self, edge_type: EdgeType) -> Iterator[str]:
        source, target = self.labels(edge_type.source), self.labels(edge_type.target)
        yield self.say(_SOURCE, types=self.names(edge_type.source))
        yield self.say(_TARGET, types=self.names(edge_type.target))
        yield self.say(_FORWARD, reading=self.reading(source, edge_type.label, target))
        yield self.say(_BACKWARD, reading=self.reading(target, edge_type.reverse, source))

    def reading(self, subject: str, words: Text, thing: str) -> str:
        """Return the sentence; an ``…`` in the words is where the other thing stands."""
        shown = prose(self.say(words))
        space = "" if self.language == "zh" else " "
        if "…" in shown:
            return f"**{subject}**{space}{shown.replace('…', f'**{thing}**')}"
        return f"**{subject}**{space}{shown}{space}**{thing}**"

    def system(self) -> Iterator[str]:
        yield f"## {self.say(_SYSTEM)}"
        yield self.say(_SYSTEM_INTRO)
        for title, properties in ((_ON_NODES, self.ontology.node_system), (_ON_EDGES, self.ontology.edge_system)):
            yield f"### {self.say(title)}"
            yield self.properties(properties)

    def properties(self, properties: Mapping[str, Property]) -> str:
        if not properties:
            return self.say(_NO_PROPERTIES)
        header = [self.say(title) for title in _HEADER]
        return "\n".join(table(header, (self.row(p) for p in properties.values())))

    def row(self, prop: Property) -> list[str]:
        return [
            code(prop.name),
            prose(self.say(prop.label)),
            f"{self.say(_VALUE_TYPES[prop.type])} {code(prop.type.value)}",
            self.say(_YES) if prop.required else "",
            self.example(prop.example),
            prose(self.say(_SEMICOLON).join(self.told(prop))),
        ]

    def told(self, prop: Property) -> Iterator[str]:
        """Yield what the label does not say of a property."""
        if prop.description != prop.label:
            yield self.say(prop.description)
        if prop.minimum is not None:
            yield self.say(_MINIMUM, least=f"{prop.minimum:g}")
        if prop.not_before:
            yield self.say(_NOT_BEFORE, name=prop.not_before)

    def example(self, example: object) -> str:
        """Return the example as JSON and YAML write it."""
        if example is None:
            return ""
        if isinstance(example, bool):
            return code(str(example).lower())
        items = cast("list[object]", example) if isinstance(example, list) else [example]
        return self.comma.join(code(str(item)) for item in items)

    def name(self, one: NodeType | EdgeType) -> str:
        return f"{prose(self.say(one.label))} {code(one.name)}"

    def names(self, names: Iterable[str]) -> str:
        return self.comma.join(self.name(self.ontology.nodes[name]) for name in names)

    def labels(self, names: Iterable[str]) -> str:
        return self.comma.join(prose(self.say(self.ontology.nodes[name].label)) for name in names)
