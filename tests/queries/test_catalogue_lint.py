"""The catalogue before Neo4j's own parser: no error, no warning, nothing deprecated."""

from __future__ import annotations

import re
from itertools import pairwise

from cypher_lint import LintCypher

from innograph.graph.cypher import tokenize
from innograph.queries import load_catalogue
from innograph.queries.catalog import FOLDER


def test_neo4js_own_parser_finds_nothing_wrong(lint_cypher: LintCypher) -> None:
    files = sorted(FOLDER.glob("*.cypher"))
    assert len(files) >= 11
    assert lint_cypher(files) == (0, "")


def test_every_file_of_the_folder_is_a_question() -> None:
    files = [f.name for f in FOLDER.iterdir() if f.is_file()]
    assert sorted(files) == sorted(q.file.name for q in load_catalogue())


def test_no_question_uses_what_only_one_engine_has() -> None:
    """What DESIGN.md lists as outside the portable subset, as far as words show it."""
    refused = {
        "APOC",
        "FOREACH",
        "SHORTEST",
        "PERCENTILECONT",
        "PERCENTILEDISC",
        "LOAD",
        "COLLECT {",
        "ID",
        "ELEMENTID",
    }
    for question in load_catalogue():
        tokens = tokenize(question.cypher)
        called = {a.word for a, b in pairwise(tokens) if b.text == "("}
        blocks = {f"{a.word} {{" for a, b in pairwise(tokens) if b.text == "{"}
        assert not refused & (called | blocks | {t.word for t in tokens if t.word == "SHORTEST"}), question.id
        assert "/*" not in question.cypher, question.id
        assert all(t.text.isascii() for t in tokens if t.kind == "name"), question.id
        assert not re.search(r"\w\s*<=?\s*\w+\s*<=?\s*\w", question.cypher), question.id
