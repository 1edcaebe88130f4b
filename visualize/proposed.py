"""What ``innograph map`` and ``innograph template`` print: proposed mappings with their first rows, and the packs there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.text import Text
from innograph.loaders.table.proposals.writing import sureness_words

from .overview import listing
from .tables import json_text, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from innograph.graph.ontology import Property
    from innograph.graph.records import Value
    from innograph.loaders.table import Pack
    from innograph.loaders.table.proposals import Preview, Proposal

_COLUMNS = (Text("列", "Column"), Text("读作", "Read as"), Text("把握", "Sure?"), Text("理由", "Why"))
_ROWS = (Text("行", "Row"), Text("节点", "Nodes"), Text("关系", "Edges"), Text("问题", "Issues"))
_NOT_MAPPED = Text("（不映射）", "(not mapped)")
_HIDDEN = frozenset({"WITHIN"})


def proposals_text(proposals: Sequence[Proposal], form: str) -> str:
    """Return what is proposed for each sheet, and its first rows as they would load.

    Args:
        proposals: one for each sheet.
        form: ``table`` or ``json``; the latter has the mappings themselves too.
    """
    if form == "json":
        return json_text([_plain(one) for one in proposals])
    return "\n\n".join(_for_people(one) for one in proposals)


def _for_people(one: Proposal) -> str:
    place = f"{one.name}!{one.sheet}" if one.sheet else one.name
    heading = Text("{place}：{title}", "{place}: {title}").format(place=place, title=one.title)
    if one.known:
        heading += Text("（映射包 {base} 可直接读）", " (the pack {base} reads it as it is)").format(base=one.base)
    columns = [
        [one.header[match.index], match.key, sureness_words(match.sureness).show(), match.why.show()]
        for match in one.matched.found
    ]
    columns += [[one.header[i], _NOT_MAPPED.show(), "", why.show()] for i, why in one.matched.left.items()]
    rows = [_row(row) for row in one.rows]
    return "\n".join(
        [
            heading,
            table([head.show() for head in _COLUMNS], [[_line(cell) for cell in row] for row in columns]),
            "",
            Text("前{n}行会这样载入：", "The first {n} rows would load so:").format(n=len(rows)),
            table([head.show() for head in _ROWS], rows),
        ]
    )


def _row(row: Preview) -> list[str]:
    said, related = row_words(row)
    return [str(row.number), _lines(said), _lines(related), _lines(issue.message for issue in row.issues)]


def row_words(row: Preview) -> tuple[list[str], list[str]]:
    """Return the nodes and the edges that a row says, each in words."""
    ontology = load_ontology()
    edges = [one for one in row.assertions if isinstance(one, EdgeAssertion) and one.type not in _HIDDEN]
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = [one for one in row.assertions if isinstance(one, NodeAssertion)]
    # What a region lies within is the same for all rows, and would hide what the row says.
    nodes = [one for one in nodes if one.label != "Region" or one.id in ends or not edges]
    names = {one.id: str(one.properties.get("name") or one.id) for one in nodes}
    said = [
        f"{ontology.nodes[one.label].label.show()} {names[one.id]}{_properties(one.properties, ontology.nodes[one.label].properties)}"
        for one in nodes
    ]
    related = [
        f"{names.get(one.source, one.source)} {ontology.edges[one.type].label.show()} "
        f"{names.get(one.target, one.target)}{_properties(one.properties, ontology.edges[one.type].properties)}"
        for one in edges
    ]
    return [_line(text) for text in said], [_line(text) for text in related]


def _properties(given: Mapping[str, Value], known: Mapping[str, Property]) -> str:
    labels = {name: about.label.show() for name, about in {**load_ontology().both, **known}.items()}
    shown = [
        f"{labels.get(name, name)} {_value(value)}"
        for name, value in given.items()
        if name != "name" and value is not None
    ]
    return f"（{'，'.join(shown)}）" if shown else ""


def _value(value: Value) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(_line(text) for text in texts)


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _plain(one: Proposal) -> dict[str, Any]:
    found = [
        {
            "column": m.index + 1,
            "header": one.header[m.index],
            "key": m.key,
            "sureness": m.sureness,
            "why": m.why.show(),
        }
        for m in one.matched.found
    ]
    left = [{"column": i + 1, "header": one.header[i], "why": why.show()} for i, why in one.matched.left.items()]
    return {
        "file": one.name,
        "sheet": one.sheet,
        "title": one.title.show(),
        "pack": one.base or None,
        "known": one.known,
        "columns": found,
        "unmapped": left,
        "yaml": one.text,
        "rows": [_plain_row(row) for row in one.rows],
    }


def _plain_row(row: Preview) -> dict[str, Any]:
    return {
        "row": row.number,
        "nodes": [_plain_node(one) for one in row.assertions if isinstance(one, NodeAssertion)],
        "edges": [_plain_edge(one) for one in row.assertions if isinstance(one, EdgeAssertion)],
        "issues": [
            {"code": one.code, "place": one.place.show(), "message": one.message, "hint": one.hint}
            for one in row.issues
        ],
    }


def _plain_node(one: NodeAssertion) -> dict[str, Any]:
    return {"type": one.label, "id": one.id, "properties": dict(one.properties)}


def _plain_edge(one: EdgeAssertion) -> dict[str, Any]:
    return {"type": one.type, "source": one.source, "target": one.target, "properties": dict(one.properties)}


def packs_text(packs: Iterable[Pack], form: str) -> str:
    """Return the packs, one row each: name, title, and the columns a table must have."""
    heads = {
        "pack": Text("映射包", "Pack"),
        "title": Text("名册", "Table"),
        "required": Text("必填的列", "Required columns"),
    }
    rows = [
        {
            "pack": pack.id,
            "title": pack.title.show(),
            "required": "、".join(column.label.show() for column in pack.columns.values() if column.required),
        }
        for pack in packs
    ]
    return listing(heads, rows, form)
