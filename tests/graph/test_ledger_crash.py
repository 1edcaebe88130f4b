"""Processes killed at random moments: whatever a ledger or an archive holds afterwards is whole."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from innograph.graph.ledger import Archive, Ledger

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")

KILLS = 30
SIZES = (1500, 2000)

WRITER = """
import hashlib, sys
from pathlib import Path
from innograph.graph.issues import Issue
from innograph.graph.ledger import Archive, Ledger, NewSource
from innograph.graph.records import Evidence, NodeAssertion

folder, round_ = Path(sys.argv[1]), int(sys.argv[2])
sizes = [int(size) for size in sys.argv[3:]]
archive = Archive(folder / "sources")
with Ledger.open(folder / "ledger.sqlite", create=True) as ledger:
    print("open", flush=True)
    while True:
        round_ += 1
        size = sizes[round_ % 2]
        word = f"{round_}"
        content = word.encode() * 300_000
        sha256 = hashlib.sha256(content).hexdigest()
        said = (
            NodeAssertion("Region", f"Region:{n}", {"name": word}, Evidence(word * 20)) for n in range(size)
        )
        issues = (Issue("plan.no-number", quote=word) for n in range(size // 10))
        archive.keep(content, sha256, ".txt")
        ledger.record(NewSource("a.txt", "a.txt", sha256, size, "plan", word), said, issues)
        print(round_, flush=True)
"""


def start(folder: Path, round_: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(round_), *map(str, SIZES)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def state(folder: Path) -> int:
    """Return the round that the ledger holds, having checked that it holds all of that round and nothing else."""
    with Ledger.open(folder / "ledger.sqlite", create=True) as ledger:
        sources = ledger.sources()
        if not sources:
            assert list(ledger.assertions()) == ledger.issues() == []
            return 0
        (source,) = sources
        round_ = int(source.loader_version)
        size = SIZES[round_ % 2]
        stated = list(ledger.assertions())
        assert len(stated) == source.assertions == source.size == size
        assert {s.assertion.properties["name"] for s in stated} == {str(round_)}
        assert [i.issue.quote for i in ledger.issues()] == [str(round_)] * (size // 10)
        assert ledger.generation == round_
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    copy = Archive(folder / "sources").path(source.sha256)
    assert copy is not None
    return round_


def check_copies(folder: Path) -> int:
    """Check that every file with a copy's name has that content; return how many there are."""
    copies = [f for f in (folder / "sources").glob("*.txt") if not f.name.startswith(".")]
    for copy in copies:
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == copy.stem
    return len(copies)


def test_killed_while_recording(tmp_path: Path) -> None:
    chance = random.Random(20220617)
    held, interrupted = 0, 0
    for _ in range(KILLS):
        writer = start(tmp_path, held)
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0.0, 0.35))
        finally:
            writer.send_signal(signal.SIGKILL)
        output = writer.communicate()[0].split()
        acknowledged = int(output[-1]) if output else held
        interrupted += (tmp_path / "ledger.sqlite-wal").exists()
        held = state(tmp_path)
        # What was acknowledged is there; at most the one change after it is there too.
        assert acknowledged <= held <= acknowledged + 1
        check_copies(tmp_path)
    assert held > 0
    assert interrupted > KILLS // 2


def test_killed_while_created(tmp_path: Path) -> None:
    """A ledger killed while it is made can be made again in the same place."""
    chance = random.Random(1)
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        writer = start(folder, 0)
        deadline = time.monotonic() + 10
        while not (folder / "ledger.sqlite").exists() and time.monotonic() < deadline:
            os.sched_yield()
        time.sleep(chance.uniform(0, 0.01))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert state(folder) in (0, 1, 2)


def test_killed_while_copying(tmp_path: Path) -> None:
    code = """
import hashlib, sys
from pathlib import Path
from innograph.graph.ledger import Archive
archive = Archive(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(10**6):
    content = str(n).encode() * 400_000
    archive.keep(content, hashlib.sha256(content).hexdigest(), ".txt")
"""
    chance = random.Random(2)
    copies = left = 0
    for number in range(25):
        folder = tmp_path / str(number) / "sources"
        process = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        copies += check_copies(folder.parent) if folder.exists() else 0
        left += len(list(folder.glob(".*.part"))) if folder.exists() else 0
    assert copies > 0
    assert left > 0, "no kill came in the middle of a copy: the test shows nothing"
