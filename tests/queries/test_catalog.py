"""Question files that are wrong are refused with the file and the line; good ones pass, however they look."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from innograph.graph.errors import CatalogueError, UnknownQuestion
from innograph.graph.text import Text, use_language
from innograph.queries import load_catalogue
from innograph.queries.question_file import read_question

# Line numbers matter below: the header's first key is on line 2, the Cypher's first line is line 18.
GOOD = """---
topic: plans
title: { zh: 题, en: Title }
question: { zh: "“{unit}”做什么？", en: "What does “{unit}” do?" }
parameters:
  unit:
    type: thing
    of: [Organisation]
    label: { zh: 单位, en: Unit }
    example: 科技局
columns:
  task: { zh: 任务, en: Task }
  unit: { zh: 单位, en: Unit }
  evidence: { zh: 依据, en: Evidence }
finding:
  severity: low
  statement: { zh: "{task}", en: "{task}" }
---
MATCH (o:Organisation {id: $unit})-[r:LEADS]->(t:Task)
WHERE t.position > 0
RETURN t.name AS task, o.name AS unit,
    [r.id] AS evidence
ORDER BY task, evidence
"""
CYPHER = GOOD.split("---\n")[2]


def read(folder: Path, text: str, name: str = "made-up.cypher") -> None:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    read_question(file)


def with_cypher(*lines: str) -> str:
    return GOOD.replace(CYPHER, "\n".join(lines) + "\n")


def test_the_pattern_for_these_tests_is_good(tmp_path: Path) -> None:
    read(tmp_path, GOOD)


# (what is replaced, by what, the line of the error, a word of the message)
BROKEN = {
    "unknown label": ("(t:Task)", "(t:Tusk)", 19, "Tusk"),
    "unknown label in a condition": ("t.position > 0", "t:Tusk", 20, "Tusk"),
    "unknown edge type": ("r:LEADS", "r:LEADZ", 19, "LEADZ"),
    "unknown edge type among several": ("r:LEADS", "r:LEADS|LEADZ", 19, "LEADZ"),
    "unknown property": ("t.position", "t.poistion", 20, "poistion"),
    "property of another type": ("t.position", "t.doc_number", 20, "doc_number"),
    "property of another edge type": ("[r.id]", "[r.year]", 22, "year"),
    "unknown property in a pattern": ("{id: $unit}", "{ident: $unit}", 19, "ident"),
    "unknown property in an edge's pattern": ("[r:LEADS]", "[r:LEADS {jiont: true}]", 19, "jiont"),
    "undeclared parameter": ("t.position > 0", "t.position > $least", 20, "least"),
    "unused parameter": ("{id: $unit}", "", 6, "unit"),
    "column missing from RETURN": ("o.name AS unit,\n", "\n", 21, "task, evidence ≠ task, unit, evidence"),
    "column not declared": ("  unit: { zh: 单位, en: Unit }\n", "", 20, "task, unit, evidence ≠ task, evidence"),
    "columns in another order": ("t.name AS task, o.name AS unit", "o.name AS unit, t.name AS task", 21, "unit, task"),
    "column without a name": ("t.name AS task", "t.name", 21, "AS"),
    "column without a name further down": ("[r.id] AS evidence", "[r.id]", 22, "AS"),
    "column too many, a comma at the end": ("[r.id] AS evidence", "[r.id] AS evidence,", 21, "AS"),
    "everything returned": ("t.name AS task, o.name AS unit,\n    [r.id] AS evidence", "*", 21, "AS"),
    "path without bounds": ("[r:LEADS]", "[:LEADS*]", 19, "1..4"),
    "path without an upper bound": ("[r:LEADS]", "[:LEADS*2..]", 19, "1..4"),
    "no RETURN": (CYPHER, "MATCH (o:Organisation {id: $unit})\n", 19, "RETURN"),
    "RETURN only in a subquery": (
        CYPHER, "MATCH (o:Organisation {id: $unit})\nWHERE EXISTS { MATCH (t:Task) RETURN t }\n", 19, "RETURN"),
    "no ORDER BY": ("ORDER BY task, evidence\n", "", 21, "ORDER BY"),
    "order that may be incomplete": ("ORDER BY task, evidence", "ORDER BY task", 21, "evidence"),
    "order of a subquery only": (
        CYPHER, CYPHER.replace("t.position > 0", "EXISTS { MATCH (t) RETURN t ORDER BY t.id, evidence }").replace(
            "ORDER BY task, evidence", ""), 21, "ORDER BY"),
    "kind without its type before it": ("o:Organisation", "o:Department", 19, ":Organisation:Department"),
    "kind before its type": ("o:Organisation", "o:Department:Organisation", 19, ":Organisation:Department"),
    "bad YAML": ("topic: plans", "topic: [plans", 3, "YAML"),
    "tab in YAML": ("  unit:\n", "\tunit:\n", 6, "YAML"),
    "key twice": ("topic: plans\n", "topic: plans\ntopic: plans\n", 3, "topic"),
    "no mapping at all": (GOOD.split("---\n")[1], "just words\n", 2, "made-up.cypher"),
    "empty header": (GOOD.split("---\n")[1], "# nothing\n", 2, "made-up.cypher"),
    "no YAML": ("---\ntopic", "topic", 1, "---"),
    "unknown key": ("topic: plans\n", "topic: plans\nlimit: 5\n", 3, "limit"),
    "unknown key of a parameter": ("    example:", "    exmaple:", 10, "exmaple"),
    "unknown key of a column": ("{ zh: 任务, en: Task }", "{ zh: 任务, en: Task, width: 3 }", 12, "width"),
    "unknown key of the finding": ("  severity: low", "  severity: low\n  weight: 3", 17, "weight"),
    "unknown topic": ("topic: plans", "topic: planz", 2, "plans"),
    "no topic": ("topic: plans\n", "", 2, "plans"),
    "no zh": ("{ zh: 题, en: Title }", "{ en: Title }", 3, "zh"),
    "no en": ("{ zh: 题, en: Title }", "{ zh: 题 }", 3, "en"),
    "blank en": ("{ zh: 题, en: Title }", "{ zh: 题, en: ' ' }", 3, "en"),
    "no title": ("title: { zh: 题, en: Title }\n", "", 2, "title"),
    "column in one language": ("  unit: { zh: 单位, en: Unit }", "  unit: { zh: 单位 }", 13, "columns.unit"),
    "column that is only a word": ("  unit: { zh: 单位, en: Unit }", "  unit: 单位", 13, "columns.unit"),
    "label in one language": ("    label: { zh: 单位, en: Unit }", "    label: { zh: 单位 }", 9, "label"),
    "word of a code in one language": (
        "{ zh: 任务, en: Task }", "{ zh: 任务, en: Task, words: { a: { zh: 甲 } } }", 12, "words.a"),
    "no evidence": ("  evidence: { zh: 依据, en: Evidence }\n", "", 11, "evidence"),
    "no columns": (GOOD[GOOD.index("columns:") : GOOD.index("finding:")], "", 2, "evidence"),
    "unknown type of a parameter": ("type: thing", "type: day", 7, "text, integer, number, date, choice, thing"),
    "thing without its types": ("    of: [Organisation]\n", "", 6, "of"),
    "thing of an unknown type": ("of: [Organisation]", "of: [Organization]", 8, "Organization"),
    "types for what is no thing": ("type: thing", "type: text", 8, "of"),
    "question with no such parameter": ("“{unit}”做什么？", "“{thing}”做什么？", 4, "thing"),
    "statement with no such column": ('en: "{task}" }', 'en: "{tusk}" }', 17, "tusk"),
    "statement in one language": ('{ zh: "{task}", en: "{task}" }', '{ zh: "{task}" }', 17, "statement"),
    "unknown severity": ("severity: low", "severity: awful", 16, "high, medium, low"),
    "finding that is empty": (
        'finding:\n  severity: low\n  statement: { zh: "{task}", en: "{task}" }\n', "finding:\n", 15, "severity"),
    "finding rule that must be asked": ("    example:", "    required: true\n    example:", 10, "required"),
    "both Cypher and an analysis": ("topic: plans\n", "topic: plans\nanalysis: find\n", 3, "analysis"),
    "neither Cypher nor an analysis": (CYPHER, "", 2, "Cypher"),
    "neither, but blank lines": (CYPHER, "\n\n", 2, "Cypher"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, case: str) -> None:
    old, new, line, word = BROKEN[case]
    assert GOOD.count(old) == 1
    with pytest.raises(CatalogueError) as error:
        read(tmp_path, GOOD.replace(old, new))
    problem = error.value.values["problem"]
    assert isinstance(problem, Text)
    assert (error.value.values["file"], error.value.values["line"]) == ("made-up.cypher", line), problem
    assert str(error.value).startswith(f"made-up.cypher:{line}：")
    assert word in problem.en
    assert problem.zh != problem.en


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 1, "made-up.yaml"),
        ("topic: search\ntitle: {zh: 题, en: T}\nquestion: {zh: 问, en: Q}\n"
         "columns: {evidence: {zh: 依据, en: Evidence}}\n", 1, "Cypher"),
        ("topic: search\ntitle: {zh: 题, en: T}\nquestion: {zh: 问, en: Q}\n"
         "columns: {evidence: {zh: 依据, en: Evidence}}\nanalysis: nowhere\n", 5, "nowhere"),
    ],
)  # fmt: skip
def test_a_broken_analysis_is_refused_with_its_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    with pytest.raises(CatalogueError) as error:
        read(tmp_path, text, "made-up.yaml")
    assert error.value.values["line"] == line
    assert word in str(error.value)


RETURN = ["RETURN t.name AS task, o.name AS unit, [r.id] AS evidence", "ORDER BY task, evidence"]
MATCH = "MATCH (o:Organisation {id: $unit})-[r:LEADS]->(t:Task)"
GOOD_CYPHER = {
    "comments": ["// MATCH (x:Nothing {a: $b})-[:NO*]->() RETURN *", MATCH, *RETURN, "// ORDER BY nothing"],
    "comment between": [MATCH, "// it's ([{ $x: unbalanced", *RETURN],
    "strings": [MATCH, "WHERE t.name <> '(x:Nothing {a: $b})' AND t.name <> \"[:NO*]\"", *RETURN],
    "string with a quote": [MATCH, "WHERE t.name <> 'it\\'s $not (a:Param)'", *RETURN],
    "map with colons": [MATCH, "WITH o, r, t, {a: t, b: o} AS both", *RETURN],
    "map with a type's name": [MATCH, "WITH o, r, t, {a: 'x', size: 1} AS sizes", *RETURN],
    "bounded paths": ["MATCH (o:Organisation {id: $unit})-[r:LEADS]->(t:Task)-[:HAS_ACTION*1..2]->(:Action)", *RETURN],
    "exact length": ["MATCH (o:Organisation {id: $unit})-[r:LEADS]->(t:Task)<-[:HAS_TASK*1]-(:Plan)", *RETURN],
    "no length below": ["MATCH (o:Organisation {id: $unit})-[r:LEADS]->(t:Task)<-[:HAS_TASK*..1]-(:Plan)", *RETURN],
    "multiplication": [MATCH, "WHERE t.position * 2 > 1", *RETURN],
    "kind after its type": ["MATCH (o:Organisation:Department {id: $unit})-[r:LEADS]->(t:Task)", *RETURN],
    "several types": ["MATCH (o:Department|Enterprise {id: $unit})-[r:LEADS|SUPPORTS]->(t:Task|Measure)", *RETURN],
    "property of a kind": [MATCH, "WHERE o.jurisdiction IS NULL", *RETURN],
    "type in a condition": [MATCH, "WHERE o:Department OR NOT t:Task", *RETURN],
    "subquery with its own RETURN": [MATCH, "WHERE COUNT { MATCH (t)-[:HAS_ACTION]->(a:Action) RETURN a } > 0", *RETURN],
    "case in a column": [
        MATCH, "RETURN CASE WHEN t.position > 1 THEN 'a, b' ELSE 'c' END AS task, o.name AS unit, [r.id] AS evidence",
        "ORDER BY task, evidence"],
    "functions with commas": [
        MATCH, "RETURN coalesce(t.number, t.name) AS task, o.name AS unit, [r.id, t.id] AS evidence",
        "ORDER BY task, evidence"],
    "distinct": [MATCH, "RETURN DISTINCT t.name AS task, o.name AS unit, [r.id] AS evidence", "ORDER BY task, evidence"],
    "columns by their own name": [
        MATCH, "WITH t.name AS task, o.name AS unit, [r.id] AS evidence", "RETURN task, unit, evidence",
        "ORDER BY task DESC, evidence LIMIT 5"],
    "small letters": [
        "match (o:Organisation {id: $unit})-[r:LEADS]->(t:Task)",
        "return t.name as task, o.name as unit, [r.id] as evidence", "order by task, evidence"],
    "a renamed variable": [
        MATCH, "WITH o, r, t AS first", "MATCH (p:Plan)-[:HAS_TASK]->(t:Task) WHERE t.id = first.id", *RETURN],
    "list comprehension": [MATCH, "WHERE size([x IN [1, 2] WHERE x > 1]) = 1", *RETURN],
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD_CYPHER)
def test_good_cypher_passes(tmp_path: Path, case: str) -> None:
    read(tmp_path, with_cypher(*GOOD_CYPHER[case]))


def test_files_of_windows_editors_pass(tmp_path: Path) -> None:
    (tmp_path / "made-up.cypher").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_question(tmp_path / "made-up.cypher").title == ("题", "Title")


def test_the_line_is_that_of_the_first_of_two_mistakes(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as error:
        read(tmp_path, GOOD.replace("t:Task", "t:Tusk").replace("t.position", "t.poistion"))
    assert error.value.values["line"] == 19


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "find.cypher").write_text(GOOD, encoding="utf-8")
    (tmp_path / "find.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"find\.yaml:1"):
        load_catalogue(tmp_path)


def test_a_folder_of_questions_is_a_catalogue(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.cypher").write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a question", encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert [q.id for q in catalogue] == ["a", "b"]
    assert len(catalogue) == 2


def test_the_first_twelve_questions() -> None:
    assert {q.id for q in load_catalogue()} >= {
        "responsible", "unit", "matrix", "joint-leads", "shared-tasks", "collectives", "targets", "unquantified",
        "same-indicator", "named-unassigned", "based-on", "find",
    }  # fmt: skip


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(UnknownQuestion, match="responsible"):
        load_catalogue()["responsibel"]


@pytest.mark.parametrize(
    "said", ["市科技局", "A B", "it's", 'a "b"', "$(date)", "`x`", "a\\b", "!!", "--format", "市 科技局；甲"]
)
def test_a_command_gives_a_shell_what_was_said(said: str) -> None:
    command = load_catalogue()["unit"].command({"unit": said, "sort": "x"}, "2024-01-31")
    assert shlex.split(command) == ["innograph", "ask", "unit", "--param", f"unit={said}", "--as-of", "2024-01-31"]


def test_a_question_is_told_with_what_is_chosen_in_words() -> None:
    things = load_catalogue()["things"]
    with use_language("zh"):
        assert [things.asked(given) for given in ({}, {"kind": "task"}, {"kind": "平台"})] == [
            "图谱里有哪些企业？",
            "图谱里有哪些任务？",
            "图谱里有哪些平台？",
        ]
