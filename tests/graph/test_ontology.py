"""The ontology: every bundled type is right, and every mistake in a type is told with its file and key."""

from __future__ import annotations

import copy
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from innograph.graph.cypher import KEYWORDS
from innograph.graph.errors import OntologyError
from innograph.graph.ontology import Ontology, ValueType, load_ontology
from innograph.graph.ontology.reader import ENGINE_NAMES, TYPES

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = load_ontology()

# The types that section 3 of the design names, and those that rosters added, written down again here on purpose.
NODES = """Plan Task Action Measure Target Indicator Organisation Department Enterprise Institute ServiceBody Collective
    Platform TalentProgram Event Project Region Industry Tier Progress"""
EDGES = """HAS_TASK HAS_ACTION HAS_MEASURE BASED_ON ISSUED_BY LEADS SUPPORTS RESPONSIBLE_FOR SETS_TARGET MEASURES NAMES
    FOCUSES_ON WITHIN LOCATED_IN PART_OF OPERATES HOSTS PARTICIPATES_IN COOPERATES_WITH QUALIFIES_AS NEXT_TIER
    REPORTS_ON RELATED_TO SUCCEEDS MEMBER_OF"""


class TestBundled:
    def test_all_types_of_the_design(self) -> None:
        assert set(ONTOLOGY.nodes) == set(NODES.split())
        assert set(ONTOLOGY.edges) == set(EDGES.split())
        assert set(ONTOLOGY.nodes) - set(ONTOLOGY.concrete) == {"Organisation"}

    def test_bodies(self) -> None:
        children = {name for name, t in ONTOLOGY.nodes.items() if t.parent == "Organisation"}
        assert children == {"Department", "Enterprise", "Institute", "ServiceBody", "Collective"}
        for name in children:
            assert ONTOLOGY.nodes[name].labels == ("Organisation", name)
            assert set(ONTOLOGY.nodes["Organisation"].properties) <= set(ONTOLOGY.nodes[name].properties)

    @pytest.mark.parametrize("name", sorted(ONTOLOGY.concrete))
    def test_node_has_a_required_name_and_fits_its_own_examples(self, name: str) -> None:
        node_type = ONTOLOGY.nodes[name]
        assert node_type.properties["name"].required
        assert node_type.properties["name"].type is ValueType.STRING
        ONTOLOGY.check_node(name, {p.name: p.example for p in node_type.properties.values()})

    @pytest.mark.parametrize("name", sorted(ONTOLOGY.edges))
    def test_edge_fits_its_own_examples_between_all_its_ends(self, name: str) -> None:
        edge_type = ONTOLOGY.edges[name]
        examples = {p.name: p.example for p in edge_type.properties.values()}
        ends = [
            [c for c in ONTOLOGY.concrete if ONTOLOGY.descends(c, end)] for end in (edge_type.source, edge_type.target)
        ]
        assert all(ends)
        for source in ends[0]:
            for target in ends[1]:
                ONTOLOGY.check_edge(name, source, target, examples)

    def test_everything_is_said_in_both_languages(self) -> None:
        for node_type in ONTOLOGY.nodes.values():
            texts = [node_type.label, node_type.description]
            assert all(t.zh and t.en for t in [*texts, *(p.label for p in node_type.properties.values())])
        for edge_type in ONTOLOGY.edges.values():
            texts = [edge_type.label, edge_type.reverse, edge_type.description]
            assert all(t.zh and t.en for t in [*texts, *(p.label for p in edge_type.properties.values())])

    def test_no_source_may_assert_a_system_property(self) -> None:
        for node_type in ONTOLOGY.nodes.values():
            assert not set(node_type.properties) & {*ONTOLOGY.node_system, *ONTOLOGY.both}
        for edge_type in ONTOLOGY.edges.values():
            assert not set(edge_type.properties) & {*ONTOLOGY.edge_system, *ONTOLOGY.both}
        assert set(ONTOLOGY.both) == {"valid_from", "valid_to"}
        assert set(ONTOLOGY.node_system) - set(ONTOLOGY.edge_system) == {"search"}

    def test_property_names_work_in_every_engine(self) -> None:
        kinds = [*ONTOLOGY.nodes.values(), *ONTOLOGY.edges.values()]
        names = {name for kind in kinds for name in kind.properties} | set(ONTOLOGY.node_system)
        assert not {n for n in names if n.upper() in KEYWORDS or n in ENGINE_NAMES or not n.isidentifier()}

    def test_one_property_has_one_type_everywhere(self) -> None:
        """Engines keep a column per property name; ``year`` must not be a text here and a number there."""
        types: dict[str, set[ValueType]] = {}
        for kind in [*ONTOLOGY.nodes.values(), *ONTOLOGY.edges.values()]:
            for prop in kind.properties.values():
                types.setdefault(prop.name, set()).add(prop.type)
        assert {name for name, found in types.items() if len(found) > 1} == set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled types, to make mistakes in."""
    copied = tmp_path / "types"
    shutil.copytree(TYPES, copied)
    return copied


def change(file: Path, *keys: str, to: Any) -> None:
    """Set one key of a YAML file; ``...`` removes it."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    inner = data
    for key in keys[:-1]:
        inner = inner[key]
    if to is ...:
        del inner[keys[-1]]
    else:
        inner[keys[-1]] = copy.deepcopy(to)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


BOTH = {"zh": "一", "en": "one"}


class TestMistakes:
    def test_the_copy_itself_is_right(self, folder: Path) -> None:
        assert load_ontology(folder) == ONTOLOGY

    @pytest.mark.parametrize(
        ("file", "keys", "value", "told"),
        [
            ("nodes/Task.yaml", ["label"], ..., "Task.yaml: label"),
            ("nodes/Task.yaml", ["label", "en"], ..., "Task.yaml: label"),
            ("nodes/Task.yaml", ["label", "zh"], "", "Task.yaml: label"),
            ("nodes/Task.yaml", ["description"], "x", "Task.yaml: description"),
            ("nodes/Task.yaml", ["color"], ..., "Task.yaml: color"),
            ("nodes/Task.yaml", ["colour"], "#000000", "Task.yaml: colour"),
            ("nodes/Task.yaml", ["parent"], "Nothing", "Task.yaml: parent"),
            ("nodes/Task.yaml", ["parent"], "Plan", "Task.yaml: parent"),
            ("nodes/Task.yaml", ["parent"], "Department", "Task.yaml: parent"),
            ("nodes/Task.yaml", ["properties", "number", "type"], "text", "Task.yaml: properties.number.type"),
            ("nodes/Task.yaml", ["properties", "number", "type"], ..., "Task.yaml: properties.number.type"),
            ("nodes/Task.yaml", ["properties", "number", "example"], 3, "Task.yaml: properties.number.example"),
            ("nodes/Task.yaml", ["properties", "number", "kind"], 3, "Task.yaml: properties.number.kind"),
            ("nodes/Task.yaml", ["properties", "number", "minimum"], 0, "Task.yaml: properties.number.minimum"),
            ("nodes/Task.yaml", ["properties", "position", "minimum"], "0", "Task.yaml: properties.position.minimum"),
            ("nodes/Task.yaml", ["properties", "position", "minimum"], 12, "Task.yaml: properties.position.minimum"),
            ("nodes/Task.yaml", ["properties", "position", "usual"], ["1"], "Task.yaml: properties.position.usual"),
            ("nodes/Task.yaml", ["properties", "number", "usual"], "一", "Task.yaml: properties.number.usual"),
            (
                "nodes/Project.yaml",
                ["properties", "end_date", "not_before"],
                "start",
                "Project.yaml: properties.end_date.not_before",
            ),
            (
                "nodes/Project.yaml",
                ["properties", "end_date", "not_before"],
                "cost",
                "Project.yaml: properties.end_date.not_before",
            ),
            (
                "nodes/Task.yaml",
                ["properties", "编号"],
                {"type": "string", "label": BOTH},
                "Task.yaml: properties.编号",
            ),
            (
                "nodes/Task.yaml",
                ["properties", "Number"],
                {"type": "string", "label": BOTH},
                "Task.yaml: properties.Number",
            ),
            ("nodes/Task.yaml", ["properties", "a-b"], {"type": "string", "label": BOTH}, "Task.yaml: properties.a-b"),
            (
                "nodes/Task.yaml",
                ["properties", "order"],
                {"type": "string", "label": BOTH},
                "Task.yaml: properties.order",
            ),
            ("nodes/Task.yaml", ["properties", "in"], {"type": "string", "label": BOTH}, "Task.yaml: properties.in"),
            (
                "nodes/Task.yaml",
                ["properties", "title"],
                {"type": "string", "label": BOTH},
                "Task.yaml: properties.title",
            ),
            (
                "nodes/Task.yaml",
                ["properties", "type"],
                {"type": "string", "label": BOTH},
                "Task.yaml: properties.type",
            ),
            ("edges/LEADS.yaml", ["label"], ..., "LEADS.yaml: label"),
            ("edges/LEADS.yaml", ["reverse"], ..., "LEADS.yaml: reverse"),
            ("edges/LEADS.yaml", ["reverse", "en"], ..., "LEADS.yaml: reverse"),
            ("edges/LEADS.yaml", ["description"], ..., "LEADS.yaml: description"),
            ("edges/LEADS.yaml", ["source"], ..., "LEADS.yaml: source"),
            ("edges/LEADS.yaml", ["source"], [], "LEADS.yaml: source"),
            ("edges/LEADS.yaml", ["target"], "Task", "LEADS.yaml: target"),
            ("edges/LEADS.yaml", ["target"], ["Task", "Nothing"], "LEADS.yaml: target"),
            ("edges/LEADS.yaml", ["color"], "#000000", "LEADS.yaml: color"),
            ("edges/LEADS.yaml", ["properties", "joint", "type"], "bool", "LEADS.yaml: properties.joint.type"),
            ("types/system.yaml", ["node", "id", "type"], "uuid", "system.yaml: properties.id.type"),
        ],
    )
    def test_told_with_file_and_key(self, folder: Path, file: str, keys: list[str], value: Any, told: str) -> None:
        change(folder / file.removeprefix("types/"), *keys, to=value)
        with pytest.raises(OntologyError) as refused:
            load_ontology(folder)
        assert refused.value.values["where"] == told

    @pytest.mark.parametrize("content", ["", "- a\n- b\n", "label: {zh: x", "just words"])
    def test_no_mapping_or_no_yaml(self, folder: Path, content: str) -> None:
        (folder / "nodes" / "Task.yaml").write_text(content, encoding="utf-8")
        with pytest.raises(OntologyError) as refused:
            load_ontology(folder)
        assert refused.value.values["where"] == "Task.yaml: yaml"

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            ("properties: [number]", "Task.yaml: properties"),
            ("properties: {number: }", "Task.yaml: properties.number"),
            ("properties: {no: {type: string}}", "Task.yaml: properties.False"),
            ("parent: [Plan]", "Task.yaml: parent"),
        ],
    )
    def test_wrong_shapes(self, folder: Path, content: str, told: str) -> None:
        label = "{zh: 一, en: one}"
        head = f"label: {label}\ndescription: {label}\ncolor: '#000000'\n"
        (folder / "nodes" / "Task.yaml").write_text(head + content, encoding="utf-8")
        with pytest.raises(OntologyError) as refused:
            load_ontology(folder)
        assert refused.value.values["where"] == told

    def test_missing_system_file(self, folder: Path) -> None:
        (folder / "system.yaml").unlink()
        with pytest.raises(OntologyError, match=r"system\.yaml"):
            load_ontology(folder)

    def test_property_without_both_languages_names_the_property(self, folder: Path) -> None:
        change(folder / "nodes" / "Task.yaml", "properties", "number", "label", "en", to=...)
        with pytest.raises(OntologyError) as refused:
            load_ontology(folder)
        assert "properties.number" in str(refused.value.values["where"])


def test_fingerprint_follows_the_content(folder: Path) -> None:
    assert load_ontology(folder).fingerprint == ONTOLOGY.fingerprint
    change(folder / "nodes" / "Task.yaml", "label", "zh", to="事项")
    assert load_ontology.__wrapped__(folder).fingerprint != ONTOLOGY.fingerprint


class TestChecks:
    ontology: Ontology = ONTOLOGY

    @pytest.mark.parametrize(
        ("value_type", "good", "bad"),
        [
            ("string", ["", "x"], [1, ["x"], b"x", True]),
            ("integer", [0, -5], [1.0, "1", True]),
            ("float", [1, 1.5], ["1.5", False]),
            ("boolean", [True, False], [0, "true"]),
            ("strings", [[], ["x"]], ["x", [1], ("x",), [None]]),
        ],
    )
    def test_value_types(self, value_type: str, good: list[object], bad: list[object]) -> None:
        kind = ValueType(value_type)
        assert all(kind.accepts(v) for v in [*good, None])
        assert not any(kind.accepts(v) for v in bad)

    def test_date_is_a_day_and_no_moment(self) -> None:
        import datetime as dt

        assert ValueType.DATE.accepts(dt.date(2022, 6, 17))
        assert not ValueType.DATE.accepts(dt.datetime(2022, 6, 17))
        assert not ValueType.DATE.accepts("2022-06-17")

    def test_abstract_type_is_refused(self) -> None:
        with pytest.raises(OntologyError, match="Organisation"):
            self.ontology.check_node("Organisation", {"name": "x"})

    def test_child_is_taken_where_the_parent_is(self) -> None:
        self.ontology.check_edge("LEADS", "Collective", "Action", {})
        with pytest.raises(OntologyError, match="LEADS"):
            self.ontology.check_edge("LEADS", "Region", "Action", {})
