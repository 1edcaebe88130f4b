"""What the benchmark of the questions asks, and what it makes of the answers."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from innograph.graph.text import Text
from innograph.queries.question import Parameter, ParameterType, Question

FOLDER = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def asking() -> ModuleType:
    return imported("asking")


@pytest.fixture(scope="module")
def questions() -> ModuleType:
    return imported("questions")


def imported(name: str) -> ModuleType:
    """A script of the folder, which finds its neighbours as when it is run."""
    from importlib import import_module

    sys.path.insert(0, str(FOLDER))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(FOLDER))


class Drawn:
    """Three bodies are drawn and two projects; there is nothing else."""

    def drawn(self, labels: tuple[str, ...]) -> list[tuple[str, str]]:
        if labels == ("Plan",):
            return []
        names = ["p", "q"] if labels == ("Project",) else ["a", "b", "c"]
        return [(f"{labels[0]}:{name}", name.upper()) for name in names]


def question(*parameters: Parameter) -> Question:
    return Question("q", "search", Text("", ""), Text("", ""), parameters, (), Path("q.cypher"))


def parameter(name: str, *of: str, required: bool = True, **more: Any) -> Parameter:
    return Parameter(name, ParameterType.THING, Text("", ""), required=required, of=of, **more)


def asked(asking: ModuleType, one: Question, *, with_examples: bool = False) -> list[tuple[dict[str, Any], str]]:
    return [(ask.given, ask.way) for ask in asking.asks_of(one, Drawn(), with_examples=with_examples)]


def test_a_neighbourhood_is_asked_by_id_and_by_name(asking: ModuleType) -> None:
    assert asked(asking, question(parameter("body", "Organisation"))) == [
        ({"body": "Organisation:a"}, "id"),
        ({"body": "Organisation:b"}, "id"),
        ({"body": "Organisation:c"}, "id"),
        ({"body": "A"}, "name"),
        ({"body": "B"}, "name"),
        ({"body": "C"}, "name"),
    ]


def test_two_things_of_a_type_are_never_the_same(asking: ModuleType) -> None:
    pairs = asked(asking, question(parameter("one", "Project"), parameter("other", "Project")))
    assert [tuple(given.values()) for given, way in pairs if way == "name"] == [("P", "Q"), ("Q", "P")]


def test_what_the_data_has_none_of_is_not_asked(asking: ModuleType) -> None:
    assert asked(asking, question(parameter("plan", "Plan"), parameter("body", "Organisation"))) == []


def test_the_whole_is_asked_in_every_way_it_offers(asking: ModuleType) -> None:
    by = Parameter("by", ParameterType.CHOICE, Text("", ""), options=dict.fromkeys("xyz", Text("", "")), default="y")
    one = question(by, parameter("body", "Organisation", required=False), parameter("plan", "Plan", required=False))
    assert asked(asking, one) == [
        ({}, "whole"),
        ({"by": "x"}, "whole"),
        ({"by": "z"}, "whole"),
        ({"body": "Organisation:a"}, "whole"),
    ]


def test_examples_are_asked_where_they_fit(asking: ModuleType) -> None:
    one = question(
        parameter("body", "Organisation", example="B"), parameter("plan", "Plan", required=False, example="?")
    )
    examples = [({"body": "B", "plan": "?"}, "name"), ({"body": "B"}, "name")]
    assert asked(asking, one, with_examples=True)[:2] == examples


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([5, 1, 4, 2, 3], 0.5, 3), (list(range(1, 101)), 0.95, 95), (list(range(1, 221)), 0.95, 209), ([7], 0.95, 7)],
)
def test_quantiles_are_values_that_occurred(
    questions: ModuleType, values: list[int], share: float, expected: int
) -> None:
    assert questions.quantile(values, share) == expected


def told(rows: list[Any], name: str = "q", error: str = "") -> dict[str, Any]:
    return {"question": name, "given": {}, "rows": rows, "remarks": [], "error": error}


def test_the_same_answers_are_no_difference(questions: ModuleType) -> None:
    assert list(questions.differences([told([["a", 1]])], [told([["a", 1]])])) == []


def test_an_integer_is_no_float_and_only_the_first_difference_of_a_question_is_told(questions: ModuleType) -> None:
    ours = [told([["a", 2]]), told([["b"]]), told([], "r")]
    theirs = [told([["a", 2.0]]), told([["c"]]), told([["d"]], "r")]
    assert list(questions.differences(ours, theirs)) == [
        "q {}: rows[0][1]: 2, Neo4j 2.0",
        "r {}: rows: 0 entries, Neo4j 1",
    ]


def test_a_name_that_is_not_known_is_a_failure_of_an_example_only(questions: ModuleType) -> None:
    answers = [told([], error="NothingFound: x"), told([], error="Ambiguous: y"), told([], error="EngineError: z")]
    assert list(questions.failures(answers, with_examples=False)) == ["q {}: EngineError: z"]
    assert list(questions.failures(answers, with_examples=True)) == ["q {}: NothingFound: x", "q {}: EngineError: z"]


@pytest.mark.parametrize(("wall", "processor", "over"), [(3.5, 1.0, True), (2.9, 2.8, False)])
def test_limits_hold_for_the_time_that_people_wait(
    questions: ModuleType, capsys: pytest.CaptureFixture[str], wall: float, processor: float, over: bool
) -> None:
    times = {"first": wall, "first_cpu": processor, "warm": 0.1, "cpu": 0.1, "megabytes": 100.0}
    whole = {"question": "q", "given": {}, "way": "whole", "rows": [], **times}
    near = {**whole, "way": "id", "first": wall / 60, "first_cpu": processor / 60}
    marked = questions._tables([whole, near], [], {})
    assert [line.partition(":")[0] for line in marked] == (["q by id", "q"] if over else [])
    shown = capsys.readouterr().out
    assert f"{wall:8.2f}{processor:7.2f}" in shown, "both times are told"
