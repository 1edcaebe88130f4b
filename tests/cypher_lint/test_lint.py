"""The linter itself: that it finds what it is there for, at the right line, and leaves good queries alone.

Node takes two seconds to read the package, so all queries are linted in one run; each test looks at its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from cypher_lint import LintCypher, install

FRONT_MATTER = """---
id: who-leads
title: {zh: 谁牵头, en: Who leads}
---
"""
GOOD_QUERY = """// whole-line comment
MATCH (b:Body)-[r:LEADS]->(t:Task {id: $task})
CALL (b) { MATCH (b)-[:SUPPORTS]->(other:Task) RETURN count(other) AS supported }
RETURN b.name AS name, size(b.name) AS length, supported
ORDER BY name
"""
GOOD = {
    "plain": GOOD_QUERY,
    "front-matter": FRONT_MATTER + GOOD_QUERY,
    "windows": "\ufeff" + (FRONT_MATTER + GOOD_QUERY).replace("\n", "\r\n"),
}
ERRORS = {  # name: (the query, behind four lines of front matter; line:column; part of the message)
    "语法": ("MATCH (b:Body\nRETURN b", "6:1", "Invalid input 'RETURN'"),
    "undeclared-variable": ("MATCH (b:Body)\nRETURN c.name", "6:8", "Variable `c` not defined"),
    "unknown-function": ("MATCH (b:Body)\nRETURN lenght(b.name)", "6:8", "Function lenght is not present"),
    "wrong-type": ("RETURN\n  size(1)", "6:8", "Type mismatch"),
    "older-cypher": ("MATCH (b)\nSET b.x = 1 MATCH (c) RETURN c", "6:13", "WITH is required between SET"),
    "no-query": ("", "1:3", "Expected any of"),
}
WARNINGS = {
    "deprecated-function": ("MATCH (n:Body) RETURN id(n) AS n", "deprecated function"),
    "deprecated-call": ("MATCH (n) CALL { WITH n MATCH (n)--(m) RETURN m } RETURN m", "Use CALL (n) { ... }"),
    "cartesian-product": ("MATCH (a:Body), (b:Task) RETURN a, b", "cartesian product"),
}
OPEN_FRONT_MATTER = "---\nid: open\n" + GOOD_QUERY


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the queries above, a file each."""
    folder = tmp_path_factory.mktemp("cypher")
    texts = GOOD | {name: FRONT_MATTER + query for name, (query, *_) in ERRORS.items()}
    texts |= {name: query for name, (query, _) in WARNINGS.items()} | {"open": OPEN_FRONT_MATTER}
    for name, text in texts.items():
        (folder / f"{name}.cypher").write_bytes(text.encode())
    return folder


@pytest.fixture(scope="module")
def told(lint_cypher: LintCypher, folder: Path) -> dict[str, list[str]]:
    """What the linter says of each query: `line:column kind: message`."""
    files = sorted(folder.iterdir())
    code, output = lint_cypher(files)
    assert code == 1
    lines: dict[str, list[str]] = {file.stem: [] for file in files}
    for line in output.splitlines():
        file, rest = line.split(".cypher:", 1)
        lines[Path(file).name].append(rest)
    return lines


@pytest.mark.parametrize("name", GOOD)
def test_says_nothing_of_a_good_query(told: dict[str, list[str]], name: str) -> None:
    assert told[name] == []


@pytest.mark.parametrize("name", ERRORS)
def test_finds_an_error_behind_front_matter(told: dict[str, list[str]], name: str) -> None:
    _, place, message = ERRORS[name]
    assert told[name][0].startswith(f"{place} error: ")
    assert message in told[name][0]


@pytest.mark.parametrize("name", WARNINGS)
def test_tells_a_warning(told: dict[str, list[str]], name: str) -> None:
    assert all(line.startswith("1:") and " warning: " in line for line in told[name])
    assert WARNINGS[name][1] in "".join(told[name])


def test_front_matter_that_never_ends_is_an_error(told: dict[str, list[str]]) -> None:
    assert told["open"][0].startswith("1:1 error: ")


def test_only_an_error_sets_the_exit_code(lint_cypher: LintCypher, folder: Path) -> None:
    code, output = lint_cypher([folder / "plain.cypher", folder / "deprecated-call.cypher"])
    assert code == 0
    assert len(output.splitlines()) == 1


@pytest.mark.usefixtures("lint_cypher")
def test_once_installed_it_needs_no_npm(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert request.config.cache is not None
    cache = request.config.cache.mkdir("cypher-lint")
    monkeypatch.setenv("PATH", "")
    assert install(cache) == cache / "lint.mjs"
