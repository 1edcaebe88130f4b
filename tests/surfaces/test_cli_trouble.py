"""A full disk, a locked ledger, a folder without permission, an enormous file: one clear line and nothing lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_process import call

import innograph

PLAN = innograph.sample("changji") / "plan.txt"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits and users")


@pytest.fixture
def ws(tmp_path: Path) -> Path:
    with innograph.Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(PLAN)
    return tmp_path / "ws"


def loaded(ws: Path) -> list[str]:
    return [r["name"] for r in json.loads(call("-w", ws, "status", "--format", "json", cwd=ws).stdout)]


def other_plan(folder: Path, name: str = "other.txt") -> Path:
    text = PLAN.read_text(encoding="utf-8").replace("〔2022〕15号", "〔2022〕16号")
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@posix
@pytest.mark.parametrize("limit", [2_000, 40_000, 250_000])
def test_full_disk(ws: Path, tmp_path: Path, limit: int) -> None:
    """A limit on the size of files makes every write beyond it fail, as a full disk does."""
    before = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    )
    done = call("-w", ws, "load", other_plan(tmp_path), cwd=tmp_path, before=before)
    assert (done.returncode, "The disk is full" in done.stderr, "Traceback" in done.stderr) == (1, True, False), (
        done.stderr
    )
    assert loaded(ws) == ["plan.txt"]
    drawn = call("-w", ws, "draw", "-o", tmp_path / "p.html", cwd=tmp_path, before=before)
    assert (drawn.returncode, "The disk is full" in drawn.stderr) == (1, True), drawn.stderr
    assert call("-w", ws, "load", tmp_path / "other.txt", cwd=tmp_path).returncode == 0
    assert loaded(ws) == ["plan.txt", "other.txt"]


def test_locked_ledger(ws: Path, tmp_path: Path) -> None:
    other = sqlite3.connect(ws / "ledger.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    done = call("-w", ws, "load", other_plan(tmp_path), cwd=tmp_path)
    assert (done.returncode, "Another innograph is writing" in done.stderr) == (1, True), done.stderr
    assert time.monotonic() - start < 20
    assert loaded(ws) == ["plan.txt"]  # readers are not kept waiting
    other.execute("ROLLBACK")
    other.close()
    assert call("-w", ws, "load", tmp_path / "other.txt", cwd=tmp_path).returncode == 0


@posix
def test_no_permission(ws: Path, tmp_path: Path) -> None:
    """As a user who may read the workspace and not write it: questions work, loading says why it does not."""
    # The same commands run first in another workspace, so that all modules are there: the interpreter itself may lie
    # where that user may not look.
    before = (
        "import os; from click.testing import CliRunner; from innograph.cli import cli\n"
        f"for words in (['init', 'warm'], ['-w', 'warm', 'load', {str(PLAN)!r}], "
        "['-w', 'warm', 'ask', 'based-on', '--format', 'json'], ['-w', 'warm', 'ask', 'nosuch']):\n"
        "    CliRunner().invoke(cli, words)\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)"
    )
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.getuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    call("-w", ws, "build", cwd=tmp_path)
    for path in (ws, *ws.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = call("-w", ws, "load", other_plan(tmp_path), cwd=tmp_path, before=before)
    assert (done.returncode, "No permission" in done.stderr, "Traceback" in done.stderr) == (1, True, False), (
        done.stderr
    )
    answered = call("-w", ws, "ask", "based-on", "--format", "json", cwd=tmp_path, before=before)
    assert (answered.returncode, len(json.loads(answered.stdout or "[]"))) == (0, 1), answered.stderr
    made = call("init", ws / "inside", cwd=tmp_path, before=before)
    assert (made.returncode, "No permission" in made.stderr) == (1, True), made.stderr


def test_fifty_megabytes_of_text_are_refused_at_once(ws: Path, tmp_path: Path) -> None:
    plan = PLAN.read_text(encoding="utf-8")
    (tmp_path / "huge.txt").write_text(plan * (50_000_000 // len(plan.encode())), encoding="utf-8")
    (tmp_path / "line.txt").write_text("一、" + "推动创新，" * 3_400_000, encoding="utf-8")
    for name in ("huge.txt", "line.txt"):
        begin = time.monotonic()
        done = call("-w", ws, "load", tmp_path / name, cwd=tmp_path)
        assert (done.returncode, "too many for an action plan" in done.stderr) == (1, True), done.stderr
        assert time.monotonic() - begin < 20
    assert loaded(ws) == ["plan.txt"]


@posix
def test_killed_at_any_moment(ws: Path, tmp_path: Path) -> None:
    """``kill -9`` while a file is loaded: afterwards all of it is there or nothing, and the next load is unharmed."""
    plan = other_plan(tmp_path)
    words = [sys.executable, "-m", "innograph", "-w", str(ws), "load", str(plan)]
    start = time.monotonic()
    assert subprocess.run(words, capture_output=True).returncode == 0
    whole = time.monotonic() - start
    with innograph.Workspace(ws) as workspace:
        complete = workspace.graph()
        workspace.unload("other.txt")
        before = workspace.graph()
    kills = 0
    for step in range(16):
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * (0.25 + step * 0.05))
        kills += running.poll() is None
        running.kill()
        running.wait()
        with innograph.Workspace(ws) as workspace:
            now = workspace.graph()
            assert now.nodes in (before.nodes, complete.nodes)
            assert now.edges == (complete.edges if now.nodes == complete.nodes else before.edges)
            assert workspace.ask("matrix").shape[0] == (122 if now.nodes == complete.nodes else 61)
            if now.nodes == complete.nodes:
                workspace.unload("other.txt")
    assert kills >= 8, "most loads were over before they could be killed"
    assert call("-w", ws, "load", plan, cwd=tmp_path).returncode == 0
    assert loaded(ws) == ["plan.txt", "other.txt"]
    assert len(list((ws / "sources").iterdir())) == 2


def test_a_directory_and_a_file_beyond_the_limit(ws: Path, tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x\n" * (33 * 1024 * 1024))
    done = call("-w", ws, "load", tmp_path, tmp_path / "big.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "this is a folder" in done.stderr
    assert "too large" in done.stderr
    assert loaded(ws) == ["plan.txt"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "not valid TOML"),
        ('colour = "red"', "is no setting"),
        ('home_region = "999999"', "no region has the code"),
        ('language = "fr"', "zh or en"),
        ("title = 5", "in quotation marks"),
    ],
)
def test_broken_settings(ws: Path, text: str, says: str) -> None:
    (ws / "innograph.toml").write_text(text, encoding="utf-8")
    done = call("-w", ws, "status", cwd=ws)
    assert (done.returncode, says in done.stderr, "Traceback" in done.stderr) == (1, True, False), done.stderr


def test_damaged_and_newer_ledgers_are_named(ws: Path) -> None:
    for leftover in ws.glob("ledger.sqlite-*"):
        leftover.unlink()
    with sqlite3.connect(ws / "ledger.sqlite") as ledger:
        ledger.execute("PRAGMA user_version = 99")
    ledger.close()
    newer = call("-w", ws, "status", cwd=ws)
    assert (newer.returncode, "later innograph" in newer.stderr) == (1, True), newer.stderr
    (ws / "ledger.sqlite").write_bytes(b"this is no ledger" * 100)
    damaged = call("-w", ws, "status", cwd=ws)
    assert (damaged.returncode, "damaged or no ledger" in damaged.stderr) == (1, True), damaged.stderr
