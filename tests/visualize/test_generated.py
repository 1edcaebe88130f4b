"""The generated files: what is written, what is found stale, and that the repository's own are up to date."""

from __future__ import annotations

import json
from pathlib import Path

from innograph.graph.ontology import load_ontology
from innograph.visualize.generated import generated_files, stale, write_generated

DOCS = Path(__file__).parents[2] / "docs"
NAMES = [
    "plan-format.zh-CN.md",
    "plan-format.md",
    "rosters.zh-CN.md",
    "rosters.md",
    "reference/ontology.zh-CN.md",
    "reference/ontology.md",
    "reference/questions.zh-CN.md",
    "reference/questions.md",
    "reference/assertion.schema.json",
    "reference/neo4j.cypher",
]


def test_files() -> None:
    files = generated_files()
    assert list(files) == NAMES
    assert all(
        content.endswith("\n") and not content.endswith("\n\n") and "\r" not in content for content in files.values()
    )
    assert files == generated_files()
    assert "科技" in files["reference/assertion.schema.json"], "Chinese is written as Chinese"
    assert json.loads(files["reference/assertion.schema.json"])["oneOf"]


def test_cypher_is_comments_then_statements() -> None:
    lines = generated_files()["reference/neo4j.cypher"].splitlines()
    statements = [line for line in lines if not line.startswith("//")]
    assert lines[: -len(statements)] == [line for line in lines if line.startswith("//")]
    assert len(statements) == 1 + len(load_ontology().edges)
    assert all(line.startswith("CREATE CONSTRAINT innograph") and line.endswith(";") for line in statements)
    assert "(n:Innograph_000000000000)" in statements[0]


def test_write_then_nothing_is_stale(tmp_path: Path) -> None:
    folder = tmp_path / "文档"
    assert stale(folder) == NAMES
    assert write_generated(folder) == [folder / name for name in NAMES]
    assert stale(folder) == []
    assert write_generated(folder) == []


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    write_generated(tmp_path)
    (tmp_path / "reference/ontology.md").write_text("changed", encoding="utf-8")
    (tmp_path / "reference/neo4j.cypher").unlink()
    (tmp_path / "reference/questions.zh-CN.md").write_bytes(b"\xff\xfe")
    (tmp_path / "own.md").write_text("mine", encoding="utf-8")
    expected = ["reference/ontology.md", "reference/questions.zh-CN.md", "reference/neo4j.cypher"]
    assert stale(tmp_path) == expected
    before = (tmp_path / "reference/ontology.zh-CN.md").stat().st_mtime_ns
    assert write_generated(tmp_path) == [tmp_path / name for name in expected]
    assert (tmp_path / "reference/ontology.zh-CN.md").stat().st_mtime_ns == before
    assert (tmp_path / "own.md").read_text(encoding="utf-8") == "mine"


def test_line_ends_of_windows_are_not_stale(tmp_path: Path) -> None:
    write_generated(tmp_path)
    for name in NAMES:
        path = tmp_path / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert stale(tmp_path) == []


def test_the_repository_is_up_to_date() -> None:
    assert stale(DOCS) == [], "run: innograph schema generate"
