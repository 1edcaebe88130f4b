"""Reads the ontology's YAML files and checks them as a whole; an error names the file and the key."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, cast

import yaml

from ..cypher import KEYWORDS
from ..errors import OntologyError
from ..safe_yaml import LOADER
from ..text import Text
from .model import EdgeType, NodeType, Ontology, Property, ValueType

TYPES = Path(__file__).parent / "types"

# The embedded engine answers to these names itself, so a property of that name could never be read back.
ENGINE_NAMES = frozenset({"title", "type", "labels", "workspace"})

_NODE_KEYS = {"label", "description", "color", "shape", "parent", "abstract", "recognised_by", "properties"}
_EDGE_KEYS = {"label", "reverse", "description", "source", "target", "properties"}
_PROPERTY_KEYS = {
    "type",
    "label",
    "description",
    "required",
    "example",
    "identifier",
    "minimum",
    "not_before",
    "usual",
}
_NUMBERS = (ValueType.INTEGER, ValueType.FLOAT)


@cache
def load_ontology(folder: Path = TYPES) -> Ontology:
    """Read all types below ``folder``.

    Args:
        folder: has ``nodes/*.yaml``, ``edges/*.yaml`` (the file's name is the type's name) and ``system.yaml``.

    Returns:
        The checked ontology.

    Raises:
        OntologyError: with the file and the key that is wrong.
    """
    files = sorted(folder.rglob("*.yaml"))
    digest = hashlib.blake2b(digest_size=8)
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    system = _read(folder / "system.yaml")
    nodes = {f.stem: _node_type(f, _read(f)) for f in sorted(folder.glob("nodes/*.yaml"))}
    nodes = {name: _inherit(folder, nodes, t) for name, t in nodes.items()}
    edges = {f.stem: _edge_type(f, _read(f), nodes) for f in sorted(folder.glob("edges/*.yaml"))}
    return Ontology(
        nodes=nodes,
        edges=edges,
        both=_properties(folder / "system.yaml", system["both"]),
        node_system=_properties(folder / "system.yaml", system["node"]),
        edge_system=_properties(folder / "system.yaml", system["edge"]),
        fingerprint=digest.hexdigest(),
    )


def _fail(file: Path, key: str, zh: str, en: str) -> NoReturn:
    raise OntologyError(where=f"{file.name}: {key}", problem=Text(zh, en))


def _read(file: Path) -> dict[str, Any]:
    try:
        # The same safe loader, in C where there is one: seven times as fast.
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        _fail(file, "yaml", f"读不出 YAML：{error}", f"cannot be read as YAML: {error}")
    if not isinstance(data, dict):
        _fail(file, "yaml", "应为键值对", "must be a mapping")
    return cast("dict[str, Any]", data)


def _only(file: Path, where: str, data: dict[str, Any], allowed: set[str]) -> None:
    for key in data:
        if key not in allowed:
            _fail(file, f"{where}{key}", "不认识的键", f"unknown key; known: {', '.join(sorted(allowed))}")


def _text(file: Path, key: str, data: dict[str, Any], where: str = "") -> Text:
    found = data.get(key)
    value = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    if not value.get("zh") or not value.get("en"):
        _fail(file, f"{where}{key}", "需要 zh 和 en 两种文字", "needs both zh and en")
    return Text(str(value["zh"]), str(value["en"]))


def _properties(file: Path, data: Any) -> dict[str, Property]:
    if not isinstance(data, dict):
        _fail(file, "properties", "应为键值对", "must be a mapping")
    found: dict[str, Property] = {}
    for name, spec in cast("dict[object, object]", data).items():
        where = f"properties.{name}"
        if not isinstance(name, str) or not isinstance(spec, dict):
            _fail(file, where, "属性名应为文字，内容为键值对", "must be a name (quote words such as no) with a mapping")
        spec = cast("dict[str, Any]", spec)
        _only(file, f"{where}.", spec, _PROPERTY_KEYS)
        if not (name.isascii() and name.isidentifier() and name == name.lower()):
            _fail(file, where, "属性名须为小写 ASCII 标识符", "a property name is a lower-case ASCII identifier")
        if name.upper() in KEYWORDS or name in ENGINE_NAMES:
            _fail(file, where, "属性名是 Cypher 关键字或引擎保留名", "the name is a Cypher keyword or an engine's own")
        try:
            value_type = ValueType(spec.get("type", ""))
        except ValueError:
            known = ", ".join(ValueType)
            _fail(file, f"{where}.type", f"类型应为其中之一：{known}", f"the type must be one of {known}")
        example = spec.get("example")
        if not value_type.accepts(example):
            _fail(file, f"{where}.example", "示例与类型不符", "the example is not of that type")
        found[name] = Property(
            name=name,
            type=value_type,
            label=_text(file, "label", spec, f"{where}."),
            description=_text(file, "description" if "description" in spec else "label", spec, f"{where}."),
            required=bool(spec.get("required", False)),
            example=example,
            identifier=str(spec.get("identifier", "")),
            minimum=_minimum(file, where, spec, value_type),
            not_before=str(spec.get("not_before", "")),
            usual=_usual(file, where, spec, value_type),
        )
    for name, prop in found.items():
        if prop.not_before and (prop.not_before not in found or found[prop.not_before].type is not prop.type):
            where = f"properties.{name}.not_before"
            _fail(file, where, "应为同类的另一属性", "must be another property of the same type")
    return found


def _minimum(file: Path, where: str, spec: dict[str, Any], value_type: ValueType) -> float | None:
    minimum, example = spec.get("minimum"), spec.get("example")
    if minimum is None:
        return None
    if (
        value_type not in _NUMBERS
        or not ValueType.FLOAT.accepts(minimum)
        or (example is not None and example < minimum)
    ):
        _fail(
            file,
            f"{where}.minimum",
            "应为不大于示例的数，且属性是数",
            "must be a number, as the property is, and not above the example",
        )
    return float(minimum)


def _usual(file: Path, where: str, spec: dict[str, Any], value_type: ValueType) -> tuple[str, ...]:
    usual = spec.get("usual", [])
    if not ValueType.STRINGS.accepts(usual) or (usual and value_type is not ValueType.STRING):
        _fail(file, f"{where}.usual", "应为文字的列表，且属性是文字", "must be a list of texts, of a property of text")
    return tuple(usual)


def _node_type(file: Path, data: dict[str, Any]) -> NodeType:
    _only(file, "", data, _NODE_KEYS)
    if not isinstance(data.get("parent"), str | None):
        _fail(file, "parent", "应为类型名", "must be the name of a type")
    if data.get("recognised_by", "name") != "name":
        _fail(file, "recognised_by", "只能是 name", "may only be name")
    return NodeType(
        name=file.stem,
        label=_text(file, "label", data),
        description=_text(file, "description", data),
        color=str(data.get("color", "")),
        shape=str(data.get("shape", "dot")),
        parent=data.get("parent"),
        abstract=bool(data.get("abstract", False)),
        recognised_by_name="recognised_by" in data,
        properties=_properties(file, data.get("properties") or {}),
    )


def _inherit(folder: Path, nodes: dict[str, NodeType], node_type: NodeType) -> NodeType:
    file = folder / "nodes" / f"{node_type.name}.yaml"
    if not node_type.color.startswith("#"):
        _fail(file, "color", "缺少颜色（#RRGGBB）", "a colour (#RRGGBB) is missing")
    if node_type.parent is None:
        return node_type
    parent = nodes.get(node_type.parent)
    if parent is None or parent.parent is not None or not parent.abstract:
        _fail(
            file,
            "parent",
            "上级类型不存在、不是抽象类型或层级过深",
            "the parent does not exist, is not abstract, or has a parent",
        )
    return NodeType(
        name=node_type.name,
        label=node_type.label,
        description=node_type.description,
        color=node_type.color,
        shape=node_type.shape,
        parent=node_type.parent,
        recognised_by_name=node_type.recognised_by_name,
        properties={**parent.properties, **node_type.properties},
    )


def _edge_type(file: Path, data: dict[str, Any], nodes: dict[str, NodeType]) -> EdgeType:
    _only(file, "", data, _EDGE_KEYS)
    ends: dict[str, tuple[str, ...]] = {}
    for end in ("source", "target"):
        listed = data.get(end)
        if not isinstance(listed, list) or not listed:
            _fail(file, end, "应列出节点类型", "must list node types")
        names = cast("list[object]", listed)
        for name in names:
            if name not in nodes:
                _fail(file, end, f"没有节点类型 {name}", f"there is no node type {name}")
        ends[end] = tuple(str(name) for name in names)
    return EdgeType(
        name=file.stem,
        label=_text(file, "label", data),
        reverse=_text(file, "reverse", data),
        description=_text(file, "description", data),
        source=ends["source"],
        target=ends["target"],
        properties=_properties(file, data.get("properties") or {}),
    )
