"""A base without what the table does not have: columns, the nodes they name, the edges between these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..model import header_word
from .bases import column_words, types_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .bases import Base

_KEPT = ("required", "split", "quote_only", "values", "others", "drop_ending", "missing", "kind", "until", "unit")


def trim(base: Base, headers: Mapping[str, str], all_headers: Iterable[str], lists: Iterable[str]) -> dict[str, Any]:
    """Return a pack that reads exactly the given columns.

    Args:
        base: what is known of such tables.
        headers: the header of each column that was found, by key.
        all_headers: those of the whole table.
        lists: the keys of columns whose cells name several things.

    Returns:
        The data of the pack's file; ``nodes`` is empty if nothing names what the rows are about.
    """
    words = {header_word(cell) for cell in all_headers}
    nodes = [node for node in (_node(one, headers) for one in base.data["nodes"]) if node]
    aliases = {node["as"] for node in nodes}
    main = base.data["nodes"][0]["as"]
    if main not in aliases:
        nodes = []
    for node in nodes:
        if node.get("within") not in aliases:
            node.pop("within", None)
    edges = [edge for edge in (_edge(one, headers, aliases) for one in base.data.get("edges", ())) if edge]
    skip = [one for one in base.data.get("skip", ()) if _column_of(one) in headers]
    used = {key for owner in (*nodes, *edges) for key in _columns(owner)} | {str(_column_of(one)) for one in skip}
    splittable = {key for key in lists if _may_split(key, main, nodes, edges, base)}
    columns = {
        key: _column(base.column(key), header, words, used=key in used, split=key in splittable)
        for key, header in headers.items()
    }
    # A header that is also the usual one of another column would be read twice.
    data: dict[str, Any] = {"title": base.data["title"], "match": [list(headers.values())], "columns": columns}
    data["nodes"], data["edges"] = nodes, edges
    if skip:
        data["skip"] = skip
    return data


def _column(spec: Mapping[str, Any], header: str, words: set[str], *, used: bool, split: bool) -> dict[str, Any]:
    """Return a column that is known by the table's own header, and by its usual one where that is no other column's."""
    han = not header.isascii()
    usual = str(spec["en" if han else "zh"])
    other = usual if header_word(usual) not in words else header
    said: dict[str, Any] = {"zh": header, "en": other} if han else {"zh": other, "en": header}
    said.update({name: spec[name] for name in _KEPT if name in spec and name != "quote_only"})
    if split:
        said.setdefault("split", True)
    if not used:
        # What a pack does not use, it must say that it keeps for the quote.
        return {"zh": said["zh"], "en": said["en"], "quote_only": True}
    return said


def distinct_words(columns: dict[str, Any]) -> None:
    """Change the second header of a column that another column has too."""
    owners: dict[str, str] = {}
    for key, spec in columns.items():
        for word in column_words(spec):
            if owners.setdefault(word, key) != key:
                own = spec["zh"] if not str(spec["zh"]).isascii() else spec["en"]
                spec["zh"] = spec["en"] = own


def _node(spec: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any] | None:
    node = dict(spec)
    if "name" in node:
        names = [key for key in _listed(node.pop("name")) if key in headers]
        if names:
            node["name"] = names[0] if len(names) == 1 else names
    if "id" in node and node["id"] not in headers:
        del node["id"]
    if "key" in node:
        key = dict(node.pop("key"))
        columns = [one for one in _listed(key.get("columns", key.get("column"))) if one in headers]
        if columns:
            node["key"] = {**key, "column": columns[0]} if "column" in key else {**key, "columns": columns}
    if not {"name", "id", "key"} & set(node):
        return None
    kind = node["type"]
    if isinstance(kind, dict) and cast("dict[str, Any]", kind).get("column") not in headers:
        rule = cast("dict[str, Any]", kind)
        node["type"] = rule.get("otherwise") or types_of(rule)
    _trim_properties(node, headers)
    return node


def _edge(spec: Mapping[str, Any], headers: Mapping[str, str], aliases: set[str]) -> dict[str, Any] | None:
    edge = dict(spec)
    if not {edge["source"], edge["target"]} <= aliases or ("when" in edge and _column_of(edge["when"]) not in headers):
        return None
    if "key" in edge:
        keys = [key for key in _listed(edge.pop("key")) if key in headers]
        if keys:
            edge["key"] = keys
    _trim_properties(edge, headers)
    return edge


def _trim_properties(owner: dict[str, Any], headers: Mapping[str, str]) -> None:
    kept: dict[str, Any] = {}
    for name, given in owner.pop("properties", {}).items():
        parts = [one for one in _listed(given) if _is_there(one, headers)]
        if parts:
            kept[name] = parts if isinstance(given, list) and len(parts) > 1 else parts[0]
    if kept:
        owner["properties"] = kept


def _is_there(given: object, headers: Mapping[str, str]) -> bool:
    if isinstance(given, str):
        return given in headers
    rule = cast("dict[str, Any]", given)
    return rule.get("column", next(iter(headers))) in headers and (
        "when" not in rule or _column_of(rule["when"]) in headers
    )


def _listed(value: Any) -> list[Any]:
    return [*value] if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType]


def _column_of(condition: object) -> object:
    return cast("dict[str, Any]", condition).get("column") if isinstance(condition, dict) else condition


def _columns(owner: Mapping[str, Any]) -> Iterator[str]:
    """Yield every column that a node or edge is made from."""
    yield from (str(one) for one in _listed(owner.get("name", [])))
    if "id" in owner:
        yield str(owner["id"])
    if isinstance(owner["type"], dict):
        yield str(cast("dict[str, Any]", owner["type"])["column"])
    key = owner.get("key", [])
    if isinstance(key, dict):
        rule = cast("dict[str, Any]", key)
        key = rule.get("columns", rule.get("column"))
    yield from (str(one) for one in _listed(key))
    if "when" in owner:
        yield str(_column_of(owner["when"]))
    for given in owner.get("properties", {}).values():
        for one in _listed(given):
            if isinstance(one, str):
                yield one
            elif isinstance(one, dict):
                rule = cast("dict[str, Any]", one)
                yield from (str(_column_of(rule[name])) for name in ("column", "when") if name in rule)


def _may_split(key: str, main: str, nodes: list[dict[str, Any]], edges: list[dict[str, Any]], base: Base) -> bool:
    """Whether a column may name several things: those that only name nodes beside the main one, or lists."""
    for node in nodes:
        rest = {name: value for name, value in node.items() if name != "name"}
        if key in _columns(rest) or (node["as"] == main and key in _listed(node.get("name"))):
            return False
    if any(key in _columns(edge) for edge in edges):
        return False
    return key not in base.schemes and key not in base.regions
