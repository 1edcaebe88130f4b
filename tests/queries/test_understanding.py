"""Plain questions: each phrase finds its own question; what is not understood, or not in the graph, is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from innograph import Workspace
from innograph.graph.errors import Ambiguous, NothingFound
from innograph.graph.text import use_language
from innograph.queries import load_catalogue
from innograph.queries.phrases import LONGEST
from innograph.queries.understanding import NothingAsked, NotUnderstood

WholeOn = Callable[[str], Workspace]
SPOKEN = [
    (question.id, language, phrase.spoken)
    for question in load_catalogue()
    for language, phrases in question.phrases.items()
    for phrase in phrases
]


@pytest.fixture(scope="module")
def whole(whole_on: WholeOn) -> Workspace:
    return whole_on("kglite")


def test_every_question_can_be_asked_in_plain_words() -> None:
    for question in load_catalogue():
        assert all(question.phrases[language] for language in ("zh", "en")), question.id


@pytest.mark.parametrize(("question", "language", "spoken"), SPOKEN)
def test_each_phrase_finds_its_own_question(question: str, language: str, spoken: str, whole: Workspace) -> None:
    parameters = load_catalogue()[question].parameters
    options = {p.name: p.options[p.example].show(language) for p in parameters if p.options}  # type: ignore[arg-type]
    asked = spoken.format(**{p.name: p.example for p in parameters} | options)
    understood = whole.understand(asked)
    assert understood.question.id == question, asked
    assert set(understood.given) == {p.name for p in parameters if f"{{{p.name}}}" in spoken}
    assert whole.answer(question, understood.given).rows.columns


@pytest.mark.parametrize(
    ("asked", "question", "given"),
    [
        ("市科技局牵头哪些任务", "unit", {"unit": "市科技局", "role": "牵头"}),
        ("请问 市科技局 牵头哪些任务？", "unit", {"unit": "市科技局", "role": "牵头"}),
        ("市科技局有哪些任务", "unit", {"unit": "市科技局"}),
        ("what is 市科技局 responsible for?", "unit", {"unit": "市科技局", "role": "responsible"}),
        ("谁负责跨区域协同创新", "responsible", {"task": "跨区域协同创新", "role": "负责"}),
        ("who leads 跨区域协同创新?", "responsible", {"task": "跨区域协同创新", "role": "lead"}),
    ],
)
def test_what_planners_type(asked: str, question: str, given: dict[str, str], whole: Workspace) -> None:
    understood = whole.understand(asked)
    assert (understood.question.id, understood.given) == (question, given)


@pytest.mark.parametrize(
    ("asked", "column", "expected"),
    [
        # 市发改委 leads nothing; 市科技局 supports （三）（四）（五）（十） and （十三）.
        ("市发改委牵头哪些任务", "number", []),
        ("what does 市发改委 lead?", "number", []),
        ("市科技局配合哪些任务", "number", ["（三）", "（四）", "（五）", "（十）", "（十三）"]),
        ("which tasks does 市教育局 answer for?", "number", ["（十三）"]),
        ("市教育局负责哪些任务", "number", ["（十三）"]),
        ("市教育局承担哪些任务", "number", ["（十三）", "（十二）"]),
        ("哪些单位配合加强跨区域协同创新", "unit", ["昌吉市发改委", "昌吉市商务和工信局"]),
        ("who supports 加强跨区域协同创新?", "unit", ["昌吉市发改委", "昌吉市商务和工信局"]),
        ("加强跨区域协同创新由谁牵头", "unit", ["昌吉市科技局"]),
        ("谁牵头智慧旅游", "unit", ["昌吉市商务和工信局", "昌吉市科技局"]),
        ("谁负责加强跨区域协同创新", "unit", ["昌吉市科技局"]),
        ("哪些目标没有量化", "kind", ["target"]),
        ("哪些任务没有量化", "kind", []),
        ("which safeguards have no figure?", "kind", ["measure"] * 4),
    ],
)
def test_the_verb_and_the_noun_of_a_question_count(
    asked: str, column: str, expected: list[str], whole: Workspace
) -> None:
    understood = whole.understand(asked)
    assert [row[column] for row in whole.answer(understood.question.id, understood.given).dicts()] == expected


@pytest.mark.parametrize("asked", ["明天天气怎么样", "牵头" * LONGEST, "DROP TABLE"])
def test_what_is_not_understood_is_said_with_three_that_are(asked: str, whole: Workspace) -> None:
    with use_language("zh"), pytest.raises(NotUnderstood) as error:
        whole.understand(asked)
    near = str(error.value).partition("最接近的问法：")[2].partition("。")[0].split("、“")
    assert len(near) == 3
    for one in near:
        assert whole.understand(one.strip("“”")).question


@pytest.mark.parametrize("asked", ["", " ", "?", "请问"])
def test_where_nothing_is_asked_it_is_said_what_one_can_ask(asked: str, whole: Workspace) -> None:
    with pytest.raises(NothingAsked) as error:
        whole.understand(asked)
    with use_language("en"):
        near = str(error.value).partition("One can ask: ")[2].partition(". All")[0].split(", ")
    assert [whole.understand(one.strip("“”")).question.id for one in near] == ["unit", "responsible", "things"]


@pytest.mark.parametrize("asked", ["科技局", "昌吉市科技局", "请问科学技术局？", "kejiju", "示例天岭装备有限公司"])
def test_a_name_alone_asks_what_is_known_of_it(asked: str, whole: Workspace) -> None:
    understood = whole.understand(asked)
    assert (understood.question.id, set(understood.given)) == ("find", {"name"})
    assert whole.answer("find", understood.given).rows.rows


@pytest.mark.parametrize(
    "asked",
    [
        "市科技局不牵头哪些任务",  # never “what 市科技局不 leads”
        "哪些任务市科技局没有牵头",
        "what does 市科技局 not lead",
        "跨区域协同创新不由谁牵头",
        "量子大厦是什么",  # nothing is called so: find would have nothing to show
    ],
)
def test_what_would_be_answered_by_something_else_is_not_understood(asked: str, whole: Workspace) -> None:
    with pytest.raises(NotUnderstood):
        whole.understand(asked)


def test_the_name_that_fits_several_things_is_told_before_one_that_fits_none(whole: Workspace) -> None:
    with pytest.raises(Ambiguous, match="专精特新"):
        whole.understand("哪些企业是专精特新")


def test_an_english_name_is_no_subject_and_a_verb(whole: Workspace) -> None:
    with pytest.raises(NothingFound, match="Science Bureau"):
        whole.understand("what does Science Bureau lead")


def test_what_is_not_in_the_graph_is_said(whole: Workspace) -> None:
    with pytest.raises(NothingFound, match="滨江市林草局"):
        whole.understand("滨江市林草局牵头哪些任务")
    with pytest.raises(Ambiguous):
        whole.understand("局牵头哪些任务")


def test_questions_of_a_workspace_are_understood_too(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "ws") as workspace:
        (tmp_path / "ws" / "questions").mkdir()
        file = tmp_path / "ws" / "questions" / "long-names.cypher"
        file.write_text(
            """---
topic: search
title: { zh: 长名, en: Long names }
question: { zh: "名称有{n}个字以上的有哪些？", en: "Which names have {n} characters?" }
parameters:
  n: { type: integer, label: { zh: 字数, en: Characters }, required: true, example: 9, least: 1 }
columns:
  name: { zh: 名称, en: Name }
  evidence: { zh: 依据, en: Evidence }
phrases:
  zh: ["名称有{n}个字以上的有哪些"]
---
MATCH (o:Organisation)
WHERE size(o.name) >= $n
RETURN o.name AS name, [o.id] AS evidence
ORDER BY name, evidence
""",
            encoding="utf-8",
        )
        understood = workspace.understand("名称有12个字以上的有哪些？")
        assert (understood.question.id, understood.given) == ("long-names", {"n": "12"})
        assert workspace.answer("long-names", {"n": 3}).rows.rows == []
        file.write_text(file.read_text(encoding="utf-8").replace("o:Organisation", "o:Organization"), encoding="utf-8")
        (problem,) = workspace.catalogue().problems
        assert (problem.values["file"], problem.values["line"]) == ("long-names.cypher", 13)
        assert workspace.answer("unassigned").rows.rows == [], "the others can still be asked"
