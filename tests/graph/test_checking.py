"""What a loader says is checked before it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from innograph.graph.checking import check_assertions
from innograph.graph.errors import OntologyError
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, Evidence, NodeAssertion

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = load_ontology()
SAID = Evidence("科技局牵头")
DEPARTMENT = NodeAssertion(
    "Department", "Department:1", {"name": "市科技局", "aliases": ["科技局"], "level": None}, SAID
)
TASK = NodeAssertion("Task", "Task:1", {"name": "任务", "position": 1}, SAID)
LEADS = EdgeAssertion("LEADS", "Department:1", "Task:1", SAID, {"joint": False})


@pytest.mark.parametrize(
    "said", [[DEPARTMENT, TASK, LEADS], [LEADS, TASK, DEPARTMENT], [LEADS, LEADS, DEPARTMENT, TASK], []]
)
def test_good_ones_pass_as_they_are(said: list[NodeAssertion | EdgeAssertion]) -> None:
    assert list(check_assertions(said, ONTOLOGY)) == said


def test_streams() -> None:
    def said():
        yield DEPARTMENT
        raise AssertionError("asked for the second before the first was taken")

    assert next(check_assertions(said(), ONTOLOGY)) is DEPARTMENT


def node(
    label: str = "Department", id_: str = "Department:1", evidence: Evidence = SAID, **properties: object
) -> NodeAssertion:
    return NodeAssertion(label, id_, {"name": "x", **properties}, evidence)


@pytest.mark.parametrize(
    ("wrong", "named", "problem"),
    [
        (node(colour="red"), "Department:1", "colour"),
        (node(aliases="科技局"), "Department:1 (Department.aliases)", "strings"),
        (node(name=None), "Department:1", "name"),
        (node(name=""), "Department:1", "name"),
        (node("Organisation", "Organisation:1"), "Organisation:1", "节点类型"),
        (node("Office", "Office:1"), "Office:1", "节点类型"),
        (node(id_="Task:1"), "Task:1", "Department:…"),
        (node(id_="Department:"), "Department:", "Department:…"),
        (node(id_="Department:/"), "Department:/", "Department:…"),
        (node(id_="1"), "1", "Department:…"),
        (node("Target", "Target:1", kind="numeric", value=float("nan")), "Target:1 (value)", "nan"),
        (node("Target", "Target:1", kind="numeric", value=float("inf")), "Target:1 (value)", "inf"),
        (node(evidence=Evidence("x", confidence=1.5)), "Department:1 (confidence)", "0"),
        (EdgeAssertion("LEADS", "Task:1", "Department:1", SAID), "LEADS Task:1 → Department:1", "source"),
        (EdgeAssertion("LOVES", "Department:1", "Task:1", SAID), "LOVES Department:1 → Task:1", "关系类型"),
        (EdgeAssertion("LEADS", "Department:1", "1", SAID), "LEADS Department:1 → 1", "节点类型"),
        (EdgeAssertion("LEADS", "Department:1", "Task:1", SAID, {"year": 1}), "LEADS Department:1 → Task:1", "year"),
        (EdgeAssertion("LEADS", "Department:1", "Task:2", SAID), "LEADS Department:1 → Task:2", "Task:2"),
        (EdgeAssertion("LEADS", "Department:2", "Task:1", SAID), "LEADS Department:2 → Task:1", "Department:2"),
    ],
)
def test_offender_is_named(wrong: NodeAssertion | EdgeAssertion, named: str, problem: str) -> None:
    with pytest.raises(OntologyError) as refused:
        list(check_assertions([DEPARTMENT, TASK, wrong], ONTOLOGY))
    where, _, what = str(refused.value).partition("：")
    assert where.startswith(named)
    assert problem in what


def test_what_is_wrong_never_reaches_the_ledger(tmp_path: Path) -> None:
    source = NewSource("a.txt", "a.txt", "a" * 64, 1, "plan", "1")
    dangling = EdgeAssertion("LEADS", "Department:1", "Task:2", SAID)
    with Ledger.open(tmp_path / "l.sqlite", create=True) as ledger:
        with pytest.raises(OntologyError):
            ledger.record(source, check_assertions([DEPARTMENT, TASK, dangling], ONTOLOGY), [])
        assert (ledger.sources(), list(ledger.assertions()), ledger.generation) == ([], [], 0)


@pytest.mark.parametrize("name", ["", None])
def test_one_without_a_name_is_found_behind_a_right_one_of_the_same_shape(name: str | None) -> None:
    nameless = NodeAssertion("Department", "Department:2", {"name": name}, SAID)
    with pytest.raises(OntologyError, match="name"):
        list(check_assertions([NodeAssertion("Department", "Department:1", {"name": "局"}, SAID), nameless], ONTOLOGY))


def test_keyed_nodes_need_no_name_and_begin_with_the_most_general_label() -> None:
    keyed = NodeAssertion("Institute", "Organisation:ror=05cy4wa09", {"ror": "05cy4wa09"}, SAID)
    assert list(check_assertions([keyed], ONTOLOGY)) == [keyed]
    with pytest.raises(OntologyError, match="Institute"):
        list(check_assertions([keyed._replace(id="Region:ror=05cy4wa09")], ONTOLOGY))


def test_an_edge_of_a_part_may_end_at_what_the_part_does_not_state() -> None:
    edge = EdgeAssertion("PART_OF", "Organisation:ror=1", "Organisation:ror=2", SAID)
    assert list(check_assertions([edge], ONTOLOGY, whole=False)) == [edge]
    with pytest.raises(OntologyError, match="Organisation:ror=1"):
        list(check_assertions([edge], ONTOLOGY))


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, float("inf"), float("nan")])
def test_numbers_that_no_engine_holds(number: float) -> None:
    project = NodeAssertion("Project", "Project:1", {"name": "甲", "amount": number}, SAID)
    with pytest.raises(OntologyError, match="amount"):
        list(check_assertions([project], ONTOLOGY))
