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


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_examples_work_and_find_something(question: str, changji: Workspace) -> None:
    for parameter in QUESTIONS[question].parameters:
        assert parameter.example is not None, f"{question}: {parameter.name} has no example"
    for given in given_in(question):
        answer = changji.answer(question, given)
        assert bool(answer.rows.rows) is (question != "unassigned"), (question, given)  # each task has its units
        assert answer.rows.columns == tuple(c.name for c in QUESTIONS[question].columns)
        assert list(answer.frame().columns) == list(answer.rows.columns)


@pytest.mark.parametrize("both", [False, True], ids=["one-plan", "two-plans"])
@pytest.mark.parametrize("server", ["neo4j", "neo4j-current"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_same_rows(question: str, server: str, both: bool, on_engine: Callable[[str, bool], Workspace]) -> None:
    local, remote = on_engine("kglite", both), on_engine(server, both)
    for given in given_in(question):
        if both and question == "shared-tasks":
            given = {**given, "unit": "州科技局", "other": "州工信局"}
        assert told(remote, question, given) == told(local, question, given)


@pytest.mark.parametrize("question", QUESTIONS)
def test_coded_values_have_words(question: str, two_plans: Workspace) -> None:
    """A column with words has one for each code that occurs; every word is in both languages."""
    for column in QUESTIONS[question].columns:
        if column.words:
            answer = two_plans.answer(question, given_in(question)[1])
            codes = {row[column.name] for row in answer.dicts()} - {None}
            assert codes, (question, column.name)
            assert codes <= set(column.words), (question, column.name)
            assert all(word.zh and word.en for word in column.words.values())


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_are_in_the_same_order_again(question: str, changji: Workspace) -> None:
    given = given_in(question)[1]
    assert told(changji, question, given) == told(changji, question, given)
    ids = [tuple(row["evidence"]) for row in changji.answer(question, given).dicts()]
    assert len(set(ids)) == len(ids), "two rows stand on the same evidence: one of them says nothing new"
