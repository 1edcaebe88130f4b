"""Every command in an interpreter that has imported nothing: it finds its modules, and says what a warm one says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_process import call
from click.testing import CliRunner

import innograph
from innograph.cli import cli

SAMPLE = innograph.sample("changji")
PLAN, TIERS = SAMPLE / "plan.txt", SAMPLE / "rosters" / "tiers.csv"
# Those not here are started anew by the tests of their own: demo, serve and mcp.
COMMANDS: dict[str, list[str | Path]] = {
    "init": ["another"],
    "check": [TIERS],
    "map": [TIERS],
    "template": ["tiers"],
    "review": ["--format", "json"],
    "load": [TIERS],
    "build": ["--force"],
    "unload": ["plan.txt"],
    "status": ["--format", "json"],
    "parse": [PLAN],
    "questions": [],
    "ask": ["matrix"],
    "draw": ["-o", "p.html"],
    "report": ["-o", "r.html"],
    "export": ["-o", "g.graphml"],
    "schema": ["show", "Task"],
    "evidence": ["Department:652301/科技局"],
    "findings": [],
    "triage": ["0000", "confirm"],  # there is no such finding
    "cypher": ["MATCH (t:Task) RETURN count(t) AS n"],
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh") / "ws"
    with innograph.Workspace.create(folder) as workspace:
        workspace.load(PLAN)
        workspace.build()
    return folder


def test_no_command_is_left_out() -> None:
    assert set(cli.commands) == COMMANDS.keys() | {"demo", "serve", "mcp"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_bare_interpreter_says_the_same(loaded: Path, tmp_path: Path, command: str) -> None:
    fresh, warm = tmp_path / "fresh", tmp_path / "warm"
    for folder in (fresh, warm):
        folder.mkdir()
        shutil.copytree(loaded, folder / "ws")
    words = ["-w", "ws", command, *COMMANDS[command]]
    one, two = call(*words, cwd=fresh, fresh=True), call(*words, cwd=warm)
    assert one.returncode == (2 if command == "triage" else 0), one.stderr
    assert "Traceback" not in one.stderr
    assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
    assert made_in(fresh) == made_in(warm)


def made_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_schema_generate_check(tmp_path: Path) -> None:
    """In this process: so the questions are answered for the pages once, and not for each of the three calls."""

    def generate(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["--lang", "en", "schema", "generate", str(tmp_path), *words])
        return done.exit_code, done.stderr

    assert generate()[0] == 0
    changed, missing = tmp_path / "reference" / "ontology.zh-CN.md", tmp_path / "reference" / "questions.md"
    were = {file: file.read_bytes() for file in (changed, missing)}
    changed.write_bytes(were[changed] + b"\n")
    missing.unlink()
    code, said = generate("--check")
    assert code == 1
    assert sorted(said.splitlines()) == [f"out of date: {file}" for file in (changed, missing)]
    for file, content in were.items():
        file.write_bytes(content)
    assert generate("--check")[0] == 0
