"""Every question of the catalogue gives the same rows on every engine: the same values, types and order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from innograph import Workspace
from innograph.queries import load_catalogue

QUESTIONS = {question.id: question for question in load_catalogue()}
Given = dict[str, Any]


def typed(value: Any) -> Any:
    """A value with its type, so that 50 and 50.0 differ, and a list from a tuple."""
    return (list, [typed(v) for v in value]) if isinstance(value, list) else (type(value), value)


def given_in(question: str) -> list[Given]:
    """The question with all of its examples; and with those that must be given."""
    parameters = QUESTIONS[question].parameters
    everything = {p.name: p.example for p in parameters}
    return [everything, {p.name: p.example for p in parameters if p.required}]


def told(workspace: Workspace, question: str, given: Given) -> list[Any]:
    return [[typed(value) for value in row] for row in workspace.answer(question, given).rows.rows]


# Of the samples: each task has its units and a lead, and the parent plan is only cited.
NOTHING_TO_FIND = {
    "unassigned",
    "no-lead",
    "lead-alone",
    "open-lists",
    "compare-plans",
    "tasks-without-counterpart",
    "leads-elsewhere",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_examples_work_and_find_something(question: str, whole: Workspace) -> None:
    for parameter in QUESTIONS[question].parameters:
        assert parameter.example is not None, f"{question}: {parameter.name} has no example"
    for given in given_in(question):
        answer = whole.answer(question, given)
        assert bool(answer.rows.rows) is (question not in NOTHING_TO_FIND), (question, given)
        assert answer.rows.columns == tuple(c.name for c in QUESTIONS[question].columns)
        assert list(answer.frame().columns) == list(answer.rows.columns)


@pytest.mark.parametrize("server", ["neo4j", "neo4j-current"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_same_rows(question: str, server: str, whole_on: Callable[[str], Workspace]) -> None:
    local, remote = whole_on("kglite"), whole_on(server)
    for given in given_in(question):
        assert told(remote, question, given) == told(local, question, given)


# Bodies, industries and units of the examples that plans alone do not name.
IN_PLANS = {
    "shared-tasks": {"unit": "州科技局", "other": "州工信局"},
    "suggest-partners": {"body": "中科院新疆生地所"},
    "cooperation": {"body": "中科院新疆生地所"},
    "industry-partners": {"industry": "节能环保"},
}


@pytest.mark.parametrize("engine", ["neo4j"], indirect=True)
@pytest.mark.parametrize("question", QUESTIONS)
def test_same_rows_of_two_plans(
    question: str, two_plans: Workspace, on_engine: Callable[[str, bool], Workspace]
) -> None:
    """Without rosters, and with as little given as can be: the LTS alone, since the queries are those of the whole."""
    local, remote = on_engine("kglite", True), two_plans
    given = given_in(question)[1] | IN_PLANS.get(question, {})
    assert told(remote, question, given) == told(local, question, given)


@pytest.mark.parametrize("question", QUESTIONS)
def test_coded_values_have_words(question: str, whole: Workspace) -> None:
    """A column with words has one for each code that occurs; every word is in both languages."""
    for column in QUESTIONS[question].columns:
        if column.words:
            answer = whole.answer(question, given_in(question)[1])
            codes = {row[column.name] for row in answer.dicts()} - {None}
            assert codes <= set(column.words), (question, column.name)
            assert all(word.zh and word.en for word in column.words.values())


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_are_in_the_same_order_again(question: str, whole: Workspace) -> None:
    given = given_in(question)[1]
    assert told(whole, question, given) == told(whole, question, given)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_id_of_the_evidence_is_there(question: str, whole: Workspace) -> None:
    """And no two rows are the same."""
    graph = whole.graph()
    rows = whole.answer(question, given_in(question)[1]).dicts()
    cited = {own_id for row in rows for own_id in row["evidence"]}
    assert cited <= graph.nodes.keys() | graph.edges.keys()
    assert len({str(row) for row in rows}) == len(rows)
