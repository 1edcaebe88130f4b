"""What is generated from the ontology: the JSON Schema, Neo4j's constraints, and the reference page."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from innograph.graph.assertion_json import assertion_from_json, assertion_to_json
from innograph.graph.errors import OntologyError
from innograph.graph.ontology import load_ontology
from innograph.graph.ontology.generate import json_schema, neo4j_constraints
from innograph.graph.ontology.markdown import code, prose, table
from innograph.graph.ontology.reference import diagram, reference_page
from innograph.graph.records import Locator
from innograph.graph.text import use_language
from innograph.loaders.plan import parse
from innograph.loaders.plan.emit import assertions_of
from innograph.loaders.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from innograph.graph.records import Assertion

PLAN = Path(__file__).parents[2] / "data" / "sample" / "changji" / "plan.txt"
ONTOLOGY = load_ontology()
SCHEMA = json_schema(ONTOLOGY)
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)

EVIDENCE = {"quote": "牵头单位：市科技局", "place": {"line": 3}, "confidence": 1.0}
TASK = {"kind": "node", "type": "Task", "id": "Task:p/2.1", "properties": {"name": "建平台"}, "evidence": EVIDENCE}
PLAN_NODE = {
    "kind": "node",
    "type": "Plan",
    "id": "Plan:p",
    "properties": {"name": "方案", "issue_date": "2022-06-17", "period_start": 2021},
    "evidence": EVIDENCE,
}
LEADS = {
    "kind": "edge",
    "type": "LEADS",
    "source": "Department:652301/科技局",
    "target": "Task:p/2.1",
    "key": "",
    "properties": {"joint": False},
    "evidence": EVIDENCE,
}


@cache
def plan_assertions() -> tuple[Assertion, ...]:
    return tuple(assertions_of(parse(read_document(PLAN.name, PLAN.read_bytes()))))


def changed(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """``data`` with the value at the dotted path set, or taken away where the value is ``...``."""
    copied = copy.deepcopy(data)
    *way, last = path.split(".")
    inner = copied
    for name in way:
        inner = inner[name]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return copied


class TestJsonSchema:
    def test_is_a_schema(self) -> None:
        Draft202012Validator.check_schema(SCHEMA)
        assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]

    def test_one_alternative_for_each_type(self) -> None:
        named = [ref["$ref"].rpartition("/")[2] for ref in SCHEMA["oneOf"]]
        assert sorted(named) == sorted([*ONTOLOGY.concrete, *ONTOLOGY.edges])
        assert "Organisation" not in SCHEMA["$defs"]

    def test_all_that_the_sample_plan_says_fits(self) -> None:
        assertions = plan_assertions()
        assert len(assertions) > 500
        by_type: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for said in map(assertion_to_json, assertions):
            by_type[said["type"]].append(said)
        for name, alike in by_type.items():
            # Trying all alternatives on all of them would take ten times as long and tell no more.
            validator = VALIDATOR.evolve(schema={**SCHEMA, "oneOf": [{"$ref": f"#/$defs/{name}"}]})
            assert [e.message for said in alike for e in validator.iter_errors(said)] == []
            assert VALIDATOR.is_valid(alike[0])

    def test_place_has_the_fields_of_a_locator(self) -> None:
        place = SCHEMA["$defs"]["evidence"]["properties"]["place"]
        assert list(place["properties"]) == list(Locator._fields)

    def test_titles_are_in_both_languages(self) -> None:
        for name in (*ONTOLOGY.concrete, *ONTOLOGY.edges):
            one = ONTOLOGY.nodes.get(name) or ONTOLOGY.edges[name]
            assert SCHEMA["$defs"][name]["title"] == f"{one.label.en} / {one.label.zh}"
            assert one.description.zh in SCHEMA["$defs"][name]["description"]

    @pytest.mark.parametrize("good", [TASK, PLAN_NODE, LEADS])
    def test_right_ones(self, good: dict[str, Any]) -> None:
        assert VALIDATOR.is_valid(good)
        assert assertion_from_json(good)

    @pytest.mark.parametrize("path", ["evidence.place", "evidence.confidence", "key"])
    def test_what_may_be_left_out(self, path: str) -> None:
        shorter = changed(LEADS, path, ...)
        assert VALIDATOR.is_valid(shorter)
        assert assertion_to_json(assertion_from_json(shorter))

    @pytest.mark.parametrize(
        ("data", "path", "value"),
        [
            (TASK, "kind", ...),
            (TASK, "kind", "thing"),
            (TASK, "kind", "edge"),
            (TASK, "type", ...),
            (TASK, "type", "Organisation"),
            (TASK, "type", "Nothing"),
            (TASK, "type", 1),
            (TASK, "id", ...),
            (TASK, "id", "Plan:p"),
            (TASK, "id", "Task:/"),
            (TASK, "surprise", 1),
            (TASK, "properties", ...),
            (TASK, "properties", []),
            (TASK, "properties.name", ...),
            (TASK, "properties.name", ""),
            (TASK, "properties.name", None),
            (TASK, "properties.colour", "red"),
            (TASK, "properties.position", "11"),
            (TASK, "properties.position", 1.5),
            (TASK, "properties.position", True),
            (TASK, "evidence", ...),
            (TASK, "evidence", "牵头单位"),
            (TASK, "evidence.quote", ...),
            (TASK, "evidence.quote", ""),
            (TASK, "evidence.quote", 7),
            (TASK, "evidence.surprise", 1),
            (TASK, "evidence.confidence", 1.2),
            (TASK, "evidence.confidence", "high"),
            (TASK, "evidence.confidence", True),
            (TASK, "evidence.place", []),
            (TASK, "evidence.place.line", 0),
            (TASK, "evidence.place.line", "3"),
            (TASK, "evidence.place.line", True),
            (TASK, "evidence.place.start", -1),
            (TASK, "evidence.place.sheet", 1),
            (TASK, "evidence.place.chapter", 1),
            (PLAN_NODE, "properties.issue_date", "2022-13-01"),
            (PLAN_NODE, "properties.issue_date", "20220617"),
            (PLAN_NODE, "properties.issue_date", 2022),
            (LEADS, "source", ...),
            (LEADS, "source", "Task:p/2.1"),
            (LEADS, "source", "Organisation:x"),
            (LEADS, "source", "Department"),
            (LEADS, "target", "Department:652301/科技局"),
            (LEADS, "target", "Plan:p"),
            (LEADS, "key", None),
            (LEADS, "properties.joint", "yes"),
            (LEADS, "properties.relation", "x"),
            (LEADS, "evidence.quote", ...),
        ],
    )
    def test_wrong_ones_are_refused_by_schema_and_reader_alike(
        self, data: dict[str, Any], path: str, value: Any
    ) -> None:
        wrong = changed(data, path, value)
        assert not VALIDATOR.is_valid(wrong)
        with pytest.raises(OntologyError):
            assertion_from_json(wrong)

    @pytest.mark.parametrize("wrong", [None, [], "x", {}])
    def test_what_is_no_assertion_at_all(self, wrong: object) -> None:
        assert not VALIDATOR.is_valid(wrong)
        with pytest.raises(OntologyError):
            assertion_from_json(wrong)

    def test_dates_are_refused_without_a_format_checker_too(self) -> None:
        assert not Draft202012Validator(SCHEMA).is_valid(changed(PLAN_NODE, "properties.issue_date", "20220617"))

    def test_ends_follow_the_ontology(self) -> None:
        """Every type at every end: the schema allows what the ontology allows, and nothing else."""
        for name, edge in ONTOLOGY.edges.items():
            for end, allowed in (("source", edge.source), ("target", edge.target)):
                pattern = re.compile(SCHEMA["$defs"][name]["properties"][end]["pattern"])
                for label in ONTOLOGY.nodes:
                    expected = label in ONTOLOGY.concrete and ONTOLOGY.descends(label, allowed)
                    assert bool(pattern.search(f"{label}:x")) == expected, (name, end, label)


class TestConstraints:
    def test_one_for_the_nodes_and_one_for_each_edge_type(self) -> None:
        nodes, *edges = neo4j_constraints(ONTOLOGY, "Innograph_0a1b2c3d4e5f")
        assert "FOR (n:Innograph_0a1b2c3d4e5f) REQUIRE n.id IS UNIQUE" in nodes
        assert len(edges) == len(ONTOLOGY.edges)
        for edge_type, statement in zip(ONTOLOGY.edges, edges, strict=True):
            assert statement.endswith(f"FOR ()-[r:{edge_type}]-() REQUIRE (r.workspace, r.id) IS UNIQUE")

    def test_names(self) -> None:
        names = [s.split()[2] for s in neo4j_constraints(ONTOLOGY, "Innograph_0a1b2c3d4e5f")]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"innograph_[a-z0-9_]+", name) for name in names)
        others = [s.split()[2] for s in neo4j_constraints(ONTOLOGY, "Innograph_ffffffffffff")]
        assert set(names) & set(others) == set(names[1:]), "only the nodes' constraint is of one workspace"

    @pytest.mark.parametrize("label", ["", "a b", "图谱", "X) REQUIRE", "1a"])
    def test_a_label_that_is_none(self, label: str) -> None:
        with pytest.raises(ValueError, match="identifier"):
            neo4j_constraints(ONTOLOGY, label)


@pytest.mark.parametrize("language", ["zh", "en"])
class TestReferencePage:
    def test_diagram_names_every_type_once(self, language: Any) -> None:
        drawn = diagram(ONTOLOGY, language)
        declared = re.findall(r'(\w+)(?:\[|\(\[)"([^"]+)"', drawn)
        expected = {t.name: t.label.show(language) for t in (*ONTOLOGY.nodes.values(), *ONTOLOGY.edges.values())}
        assert dict(declared) == expected
        assert len(declared) == len(expected)
        assert re.sub(r'"[^"]*"', "", drawn).isascii(), "ids are ASCII; only labels are not"

    def test_diagram_has_every_end(self, language: Any) -> None:
        drawn = diagram(ONTOLOGY, language)
        for edge in ONTOLOGY.edges.values():
            line = next(line for line in drawn.splitlines() if f" {edge.name}(" in line)
            sources, _, targets = line.split(" --> ")
            assert tuple(sources.split()[::2]) == edge.source
            assert tuple(targets.split()[::2]) == edge.target

    def test_every_type_and_property_has_its_place(self, language: Any) -> None:
        page = reference_page(ONTOLOGY, language)
        for one in (*ONTOLOGY.nodes.values(), *ONTOLOGY.edges.values()):
            assert page.count(f"\n### {prose(one.label.show(language))} `{one.name}`\n") == 1
            assert prose(one.description.show(language)) in page
            for prop in one.properties.values():
                assert f"\n| `{prop.name}` | {prose(prop.label.show(language))} |" in page
        for prop in (*ONTOLOGY.node_system.values(), *ONTOLOGY.edge_system.values()):
            assert f"\n| `{prop.name}` | {prose(prop.label.show(language))} |" in page

    def test_is_the_same_whatever_language_is_in_use(self, language: Any) -> None:
        pages = set()
        for in_use in ("zh", "en"):
            with use_language(in_use):
                pages.add(reference_page(ONTOLOGY, language))
        assert len(pages) == 1

    def test_tables_are_whole(self, language: Any) -> None:
        widths = [
            re.sub(r"\\\|", "", line).count("|")
            for line in reference_page(ONTOLOGY, language).splitlines()
            if line[:1] == "|"
        ]
        assert set(widths) == {7}

    def test_children_list_their_own_properties_only(self, language: Any) -> None:
        page = reference_page(ONTOLOGY, language)
        section = page.partition("`Department`\n\n")[2].partition("###")[0]
        assert "`mandate`" in section
        assert "`aliases`" not in section
        assert "`Organisation`" in section


def test_readings_put_the_other_thing_where_the_words_have_room_for_it() -> None:
    page = reference_page(ONTOLOGY, "zh")
    assert "正读：**政策文件**由**机构**印发\n- 反读：**机构**印发**政策文件**\n" in page
    english = reference_page(ONTOLOGY, "en")
    assert "Read forward: **Organisation** leads **Task, Action, " in english


@pytest.mark.parametrize(
    ("make", "text", "expected"),
    [
        (prose, "a|b\nc", r"a\|b c"),
        (prose, "<b> & *x*", r"&lt;b&gt; &amp; \*x\*"),
        (code, "`x`", "`` `x` ``"),
        (code, "a|b", r"`a\|b`"),
    ],
)
def test_markdown(make: Callable[[str], str], text: str, expected: str) -> None:
    assert make(text) == expected


def test_table_of_nothing() -> None:
    assert table(["a"], []) == ["| a |", "| --- |"]
