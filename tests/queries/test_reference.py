"""The reference page of the questions, and the command lines it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from innograph.graph.ontology.markdown import prose
from innograph.graph.text import Text, use_language
from innograph.queries import Catalogue, load_catalogue
from innograph.queries.question import (
    SEVERITY_WORDS,
    Column,
    FindingRule,
    Parameter,
    ParameterType,
    Question,
    Severity,
)
from innograph.queries.reference import commands, questions_page
from innograph.queries.vocabulary import TOPICS

CATALOGUE = load_catalogue()


def made_up(*parameters: Parameter, **fields: Any) -> Question:
    given = {
        "analysis": "find",
        "finding": None,
        "columns": (Column("evidence", Text("依据", "Evidence"), {}),),
        **fields,
    }
    return Question(
        id="made-up", topic="search", title=Text("题", "Title"), question=Text("问？", "What?"),
        parameters=parameters, file=Path("made-up.yaml"), **given,
    )  # fmt: skip


def parameter(name: str, example: Any = None, *, required: bool = False, **fields: Any) -> Parameter:
    return Parameter(name, ParameterType.TEXT, Text("名", "Name"), required, example=example, **fields)


def section(page: str, question: Question) -> str:
    _, heading, rest = page.partition(f" `{question.id}`\n")
    assert heading
    return re.split(r"\n##+ ", rest)[0]


@pytest.mark.parametrize("language", ["zh", "en"])
class TestPage:
    def test_every_question_stands_once_under_its_topic(self, language: Any) -> None:
        page = questions_page(CATALOGUE, language)
        topic = ""
        found: list[tuple[str, str]] = []
        for level, title in re.findall(r"^(##+) (.*)$", page, re.MULTILINE):
            if level == "##":
                topic = title
            else:
                found.append((topic, title))
        assert found == [(TOPICS[q.topic].show(language), f"{q.title.show(language)} `{q.id}`") for q in CATALOGUE]

    def test_says_all_of_a_question(self, language: Any) -> None:
        page = questions_page(CATALOGUE, language)
        for question in CATALOGUE:
            shown = section(page, question)
            assert question.question.show(language) in shown
            assert "\n".join(commands(question)) in shown
            for one in (*question.parameters, *question.columns):
                assert f"| `{one.name}` | {one.label.show(language)} |" in shown
            for column in question.columns:
                for value, words in column.words.items():
                    assert f"`{value}` {words.show(language)}" in shown
            assert (f"```cypher\n{question.cypher.strip()}\n```" in shown) == bool(question.cypher)
            if question.analysis:
                assert f"`{question.analysis}`" in shown
            if question.finding:
                assert SEVERITY_WORDS[question.finding.severity].show(language) in shown
                assert prose(question.finding.statement.show(language)) in shown

    def test_is_the_same_whatever_language_is_in_use(self, language: Any) -> None:
        pages = set()
        for in_use in ("zh", "en"):
            with use_language(in_use):
                pages.add(questions_page(CATALOGUE, language))
        assert len(pages) == 1

    def test_defaults_and_examples(self, language: Any) -> None:
        page = questions_page(Catalogue([made_up(parameter("most", 5, default=0))]), language)
        assert "| `0` | `5` |" in page

    def test_special_characters_stay_what_they_are(self, language: Any) -> None:
        rule = FindingRule(Severity.HIGH, Text("{a}<b|c>", "{a}<b|c>"))
        assert prose("{a}<b|c>") in questions_page(Catalogue([made_up(finding=rule)]), language)


class TestCommands:
    def test_of_the_catalogue_give_every_required_parameter(self) -> None:
        for question in CATALOGUE:
            for line in commands(question):
                words = shlex.split(line)
                given = dict(word.split("=", 1) for word in words[4::2])
                assert words[:3] == ["innograph", "ask", question.id]
                assert {p.name for p in question.parameters if p.required} <= set(given)
                assert given == {p.name: str(p.example) for p in question.parameters if p.name in given}

    def test_values_that_a_shell_would_split_are_quoted(self) -> None:
        question = made_up(parameter("a", "x y", required=True), parameter("b", 3), parameter("c"))
        assert commands(question) == [
            'innograph ask made-up --param "a=x y"',
            'innograph ask made-up --param "a=x y" --param b=3',
        ]


def test_required_parameters_have_examples() -> None:
    """The pages show how each question is asked, which takes an example for what must be given."""
    assert [(q.id, p.name) for q in CATALOGUE for p in q.parameters if p.required and p.example is None] == []
