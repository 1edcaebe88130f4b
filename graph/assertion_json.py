"""Assertions as JSON values and back: what other programs may hand in and take away.

:func:`~innograph.graph.ontology.generate.json_schema` describes this form. A date is written ``2022-06-17``; the
ontology says which properties are dates.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NoReturn, cast

from .checking import check_assertions
from .errors import OntologyError
from .ontology import ValueType, load_ontology
from .records import EdgeAssertion, Evidence, Locator, NodeAssertion
from .text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .ontology import Property
    from .records import Assertion, Value

_NODE_KEYS = ("kind", "type", "id", "properties", "evidence")
_EDGE_KEYS = ("kind", "type", "source", "target", "properties", "evidence")
_PLACE_TEXTS = frozenset({"sheet", "section"})
_PLACE_FROM_ZERO = frozenset({"start", "end"})


def assertion_to_json(assertion: Assertion) -> dict[str, Any]:
    """Return ``assertion`` as JSON values.

    Examples:
        >>> said = Evidence("昌吉州昌吉市", Locator(line=3))
        >>> assertion_to_json(EdgeAssertion("WITHIN", "Region:652301", "Region:652300", said))["evidence"]
        {'quote': '昌吉州昌吉市', 'place': {'line': 3}, 'confidence': 1.0}
    """
    said = assertion.evidence
    if isinstance(assertion, NodeAssertion):
        head = {"kind": "node", "type": assertion.label, "id": assertion.id}
    else:
        ends = {"source": assertion.source, "target": assertion.target, "key": assertion.key}
        head = {"kind": "edge", "type": assertion.type, **ends}
    return {
        **head,
        "properties": {name: _to_json(value) for name, value in assertion.properties.items()},
        "evidence": {"quote": said.quote, "place": said.place.to_dict(), "confidence": said.confidence},
    }


def assertion_from_json(data: object) -> Assertion:
    """Return the assertion that ``data`` is the JSON of.

    Args:
        data: JSON values as :func:`assertion_to_json` writes them, perhaps without ``key``, ``place`` or ``confidence``.

    Returns:
        The assertion, as the ontology allows it.

    Raises:
        OntologyError: naming what is missing, unknown, or of the wrong kind.

    Examples:
        >>> said = Evidence("2022年6月17日", Locator(line=2))
        >>> plan = NodeAssertion("Plan", "Plan:p", {"name": "方案", "issue_date": dt.date(2022, 6, 17)}, said)
        >>> assertion_to_json(plan)["properties"]["issue_date"]
        '2022-06-17'
        >>> assertion_from_json(assertion_to_json(plan)) == plan
        True
    """
    given = _mapping("assertion", data)
    kind = given.get("kind")
    if kind == "node":
        assertion: Assertion = _node(given)
    elif kind == "edge":
        assertion = _edge(given)
    else:
        _fail("kind", Text("应为 node 或 edge", "must be node or edge"))
    # Only this one is asked for: that an edge's ends exist can be told from a whole load alone.
    return next(check_assertions([assertion], load_ontology()))


def _to_json(value: Value) -> Value:
    return value.isoformat() if isinstance(value, dt.date) else value


def _fail(where: str, problem: Text) -> NoReturn:
    raise OntologyError(where=where, problem=problem)


def _node(data: Mapping[str, Any]) -> NodeAssertion:
    _keys("node", data, _NODE_KEYS, _NODE_KEYS)
    label = _text(data, "type")
    node_type = load_ontology().concrete.get(label)
    known: Mapping[str, Property] = node_type.properties if node_type else {}
    return NodeAssertion(label, _text(data, "id"), _properties(data["properties"], known), _evidence(data["evidence"]))


def _edge(data: Mapping[str, Any]) -> EdgeAssertion:
    _keys("edge", data, _EDGE_KEYS, (*_EDGE_KEYS, "key"))
    name = _text(data, "type")
    edge_type = load_ontology().edges.get(name)
    known: Mapping[str, Property] = edge_type.properties if edge_type else {}
    return EdgeAssertion(
        name,
        _end(data, "source"),
        _end(data, "target"),
        _evidence(data["evidence"]),
        _properties(data["properties"], known),
        _text(data, "key") if "key" in data else "",
    )


def _end(data: Mapping[str, Any], name: str) -> str:
    end = _text(data, name)
    if not end.partition(":")[2].strip("/"):
        _fail(name, Text(f"“{end}”不是节点的编号", f"“{end}” is no id of a node"))
    return end


def _properties(data: object, known: Mapping[str, Property]) -> dict[str, Value]:
    return {name: _from_json(value, known.get(name)) for name, value in _mapping("properties", data).items()}


def _from_json(value: Any, prop: Property | None) -> Value:
    """Return the value in the property's own type; one that cannot be is left for the ontology to refuse."""
    if prop is None:
        return value
    if prop.type is ValueType.DATE and isinstance(value, str):
        return _date(value)
    if prop.type is ValueType.INTEGER and isinstance(value, float) and value.is_integer():
        return int(value)  # to JSON, 2022.0 is a whole number
    return value


def _date(value: str) -> dt.date | str:
    try:
        date = dt.date.fromisoformat(value)
    except ValueError:
        return value
    return date if date.isoformat() == value else value


def _evidence(data: object) -> Evidence:
    said = _mapping("evidence", data)
    _keys("evidence", said, ("quote",), ("quote", "place", "confidence"))
    quote = _text(said, "quote")
    if not quote:
        _fail("evidence.quote", Text("原文不能为空", "the quote may not be empty"))
    confidence: Any = said.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)):
        _fail("evidence.confidence", Text("应为数", "must be a number"))
    return Evidence(quote, _place(said.get("place", {})), confidence)


def _place(data: object) -> Locator:
    place = _mapping("place", data)
    _keys("place", place, (), Locator._fields)
    for name, value in place.items():
        if name in _PLACE_TEXTS:
            _text(place, name)
        elif type(value) is not int or value < (name not in _PLACE_FROM_ZERO):
            _fail(f"place.{name}", Text(f"{value!r} 不是位置", f"{value!r} is no place"))
    return Locator(**place)


def _mapping(where: str, data: object) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        _fail(where, Text("应为键值对", "must be an object"))
    return cast("dict[str, Any]", data)


def _keys(where: str, data: Mapping[str, Any], required: tuple[str, ...], known: tuple[str, ...]) -> None:
    for name in required:
        if name not in data:
            _fail(where, Text(f"缺少 {name}", f"{name} is missing"))
    for name in data:
        if name not in known:
            _fail(where, Text(f"不认识的键 {name}", f"unknown key {name}; known: {', '.join(known)}"))


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data[name]
    if not isinstance(value, str):
        _fail(name, Text("应为文字", "must be a text"))
    return value
