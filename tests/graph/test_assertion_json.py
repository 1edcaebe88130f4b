"""Assertions as JSON: whatever a loader may say comes back as it was, and fits the schema on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from innograph.graph.assertion_json import assertion_from_json, assertion_to_json
from innograph.graph.errors import OntologyError
from innograph.graph.ontology import ValueType, load_ontology
from innograph.graph.ontology.generate import json_schema
from innograph.graph.records import EdgeAssertion, Evidence, Locator, NodeAssertion, packed, unpacked
from innograph.graph.text import use_language
from innograph.loaders.plan import parse
from innograph.loaders.plan.emit import assertions_of
from innograph.loaders.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.ontology import Property
    from innograph.graph.records import Assertion

PLAN = Path(__file__).parents[2] / "data" / "sample" / "changji" / "plan.txt"
ONTOLOGY = load_ontology()
VALIDATOR = Draft202012Validator(json_schema(ONTOLOGY), format_checker=Draft202012Validator.FORMAT_CHECKER)

VALUES: dict[ValueType, st.SearchStrategy[Any]] = {
    ValueType.STRING: st.text(),
    ValueType.INTEGER: st.integers(-(2**63), 2**63 - 1),
    ValueType.FLOAT: st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**63), 2**63 - 1),
    ValueType.BOOLEAN: st.booleans(),
    ValueType.DATE: st.dates(),
    ValueType.STRINGS: st.lists(st.text(), max_size=3),
}
EVIDENCE = st.builds(
    Evidence,
    quote=st.text(min_size=1).filter(str.strip),
    place=st.builds(
        Locator,
        **dict.fromkeys(("page", "paragraph", "line", "table", "row", "column"), st.none() | st.integers(min_value=1)),
        **dict.fromkeys(("start", "end"), st.none() | st.integers(min_value=0)),
        **dict.fromkeys(("sheet", "section"), st.none() | st.text()),
    ),
    confidence=st.floats(0, 1),
)


def properties(known: Mapping[str, Property]) -> st.SearchStrategy[dict[str, Any]]:
    def values(prop: Property) -> st.SearchStrategy[Any]:
        return VALUES[prop.type].filter(lambda v: v != "") if prop.required else st.none() | VALUES[prop.type]

    required = {name: values(p) for name, p in known.items() if p.required}
    return st.fixed_dictionaries(required, optional={n: values(p) for n, p in known.items() if not p.required})


def ids(allowed: tuple[str, ...]) -> st.SearchStrategy[str]:
    labels = [label for label in ONTOLOGY.concrete if ONTOLOGY.descends(label, allowed)]
    rest = st.text(min_size=1).filter(lambda text: text.strip("/"))
    return st.builds("{}:{}".format, st.sampled_from(labels), rest)


@st.composite
def assertions(draw: st.DrawFn) -> Assertion:
    if draw(st.booleans()):
        node_type = draw(st.sampled_from(list(ONTOLOGY.concrete.values())))
        own_id = draw(ids((node_type.name,)))
        return NodeAssertion(node_type.name, own_id, draw(properties(node_type.properties)), draw(EVIDENCE))
    edge_type = draw(st.sampled_from(list(ONTOLOGY.edges.values())))
    source, target = draw(ids(edge_type.source)), draw(ids(edge_type.target))
    said, values = draw(EVIDENCE), draw(properties(edge_type.properties))
    return EdgeAssertion(edge_type.name, source, target, said, values, draw(st.text()))


@settings(deadline=None)
@given(assertions())
def test_round_trip(assertion: Assertion) -> None:
    data = json.loads(json.dumps(assertion_to_json(assertion)))
    back = assertion_from_json(data)
    assert back == assertion
    assert list(back.properties) == list(assertion.properties)
    assert {n: type(v) for n, v in back.properties.items()} == {n: type(v) for n, v in assertion.properties.items()}
    assert VALIDATOR.is_valid(data)


def test_round_trip_of_the_sample_plan() -> None:
    said = list(assertions_of(parse(read_document(PLAN.name, PLAN.read_bytes()))))
    text = json.dumps([assertion_to_json(a) for a in said], ensure_ascii=False)
    assert [assertion_from_json(data) for data in json.loads(text)] == said


def test_a_text_that_looks_like_a_date_stays_a_text() -> None:
    node = NodeAssertion("Task", "Task:p/1", {"name": "2022-06-17"}, Evidence("x"))
    assert assertion_from_json(assertion_to_json(node)) == node


def test_whole_numbers_that_json_writes_with_a_point() -> None:
    data = assertion_to_json(NodeAssertion("Task", "Task:p/1", {"name": "x", "position": 3}, Evidence("x")))
    data["properties"]["position"] = 3.0
    assert VALIDATOR.is_valid(data)
    assert repr(assertion_from_json(data).properties["position"]) == "3"


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        ([], "assertion：应为键值对", "assertion: must be an object"),
        ({"kind": "x"}, "kind：应为 node 或 edge", "kind: must be node or edge"),
        ({"kind": "node"}, "node：缺少 type", "node: type is missing"),
    ],
)
def test_messages_say_where(data: object, zh: str, en: str) -> None:
    with pytest.raises(OntologyError) as caught:
        assertion_from_json(data)
    for language, expected in (("zh", zh), ("en", en)):
        with use_language(language):
            assert str(caught.value) == expected


@given(assertions())
def test_what_goes_to_another_process_comes_out_as_it_was(said: Assertion) -> None:
    plain = packed(said)
    found = unpacked(plain)
    assert found == said
    assert (type(found), type(found.evidence), type(found.evidence.place)) == (type(said), Evidence, Locator)
    # Plain through and through: what is not makes pickling slow.
    assert type(plain) is tuple
    assert all(type(part) is not Evidence and type(part) is not Locator for part in (*plain, *plain[3]))
