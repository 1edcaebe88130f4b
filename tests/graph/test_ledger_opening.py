"""The ledger's file: opened, refused, migrated from an older form, and used by two processes at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from ledger_samples import MIGRATIONS, A, B, dump, make_older, new, node

from innograph.graph.errors import (
    LedgerDamaged,
    LedgerLocked,
    LedgerTooNew,
)
from innograph.graph.issues import Issue
from innograph.graph.ledger import Change, Ledger


class TestOpening:
    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(LedgerDamaged):
            Ledger.open(tmp_path / "none.sqlite")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("content", [b"", b"name,code\nx,1\n" * 400, b"SQLite format 3\x00" + b"\xff" * 5000])
    def test_no_ledger(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        with pytest.raises(LedgerDamaged):
            Ledger.open(file)
        assert file.read_bytes() == content

    def test_of_another_program(self, file: Path) -> None:
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE source (id)")
        for create in (False, True):
            with pytest.raises(LedgerDamaged):
                Ledger.open(file, create=create)
        assert set(dump(file)) == {"source"}

    def test_damaged_inside(self, file: Path) -> None:
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new(), (node(f"Region:{n}") for n in range(2000)), [])
        content = bytearray(file.read_bytes())
        content[3 * 4096 :] = b"\xa5" * (len(content) - 3 * 4096)
        file.write_bytes(content)
        with pytest.raises(LedgerDamaged), Ledger.open(file) as ledger:
            list(ledger.assertions())

    def test_cut_short(self, file: Path) -> None:
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new(), (node(f"Region:{n}") for n in range(2000)), [])
        os.truncate(file, file.stat().st_size // 2)
        with pytest.raises(LedgerDamaged), Ledger.open(file) as ledger:
            list(ledger.assertions())

    @pytest.mark.parametrize("statement", [
        "UPDATE assertion SET properties = '{'",
        "UPDATE assertion SET quote = CAST(x'ff' AS TEXT)",
        "DROP TABLE assertion",
    ])  # fmt: skip
    def test_damaged_cells(self, file: Path, statement: str) -> None:
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new(), [node()], [])
        with sqlite3.connect(file) as connection:
            connection.execute(statement)
        with pytest.raises(LedgerDamaged), Ledger.open(file) as ledger:
            list(ledger.assertions())

    def test_newer_is_refused(self, file: Path) -> None:
        Ledger.open(file, create=True).close()
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA user_version = 99")
        before = dump(file)
        with pytest.raises(LedgerTooNew) as refused:
            Ledger.open(file)
        assert refused.value.values["found"] == 99
        assert dump(file) == before

    def test_older_is_migrated(self, file: Path) -> None:
        make_older(file)
        with Ledger.open(file) as ledger:
            assert (ledger.workspace, ledger.generation) == ("0123456789ab", 7)
            assert [(s.origin, s.assertions) for s in ledger.sources()] == [("a.txt", 1)]
            assert [e.quote for e in ledger.evidence("Region:1")] == ["旧"]
            ledger.record(new("b.txt", "b"), [], [Issue("plan.no-number")])
            assert len(ledger.issues()) == 1
        with sqlite3.connect(file) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (len(list(MIGRATIONS.iterdir())),)

    def test_older_is_migrated_once_by_two_at_a_time(self, file: Path) -> None:
        """Another process migrates while we wait for our turn to."""
        make_older(file)
        other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")

        def finish() -> None:
            for statement in (MIGRATIONS / "0002_issues.sql").read_text(encoding="utf-8").split(";")[:-1]:
                other.execute(statement)
            other.execute("PRAGMA user_version = 2")
            other.execute("COMMIT")

        timer = threading.Timer(0.5, finish)
        timer.start()
        with Ledger.open(file) as ledger:
            assert ledger.issues() == []
        timer.join()
        other.close()

    def test_failed_migration_changes_nothing(self, file: Path) -> None:
        make_older(file)
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE issue (id)")
        before = dump(file)
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            Ledger.open(file)
        assert dump(file) == before

    def test_durable_settings(self, ledger: Ledger) -> None:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert ledger._connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


class TestTwoProcesses:
    def test_second_writer_is_told_and_readers_read(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new("a.txt", "a"), [node()], [])
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            assert writer.stdout.readline() == "inside\n"
            with pytest.raises(LedgerLocked) as told:
                ledger.record(new("c.txt", "c"), [node(B)], [])
            assert told.value.values["file"] == file
            with pytest.raises(LedgerLocked):
                ledger.forget(1)
            assert [s.origin for s in ledger.sources()] == ["a.txt"]
            with Ledger.open(file) as reader:
                assert [s.subject for s in reader.assertions()] == [A]
            writer.communicate("go\n", timeout=30)
        finally:
            writer.kill()
            writer.wait()
        assert [s.origin for s in ledger.sources()] == ["a.txt", "b.txt"]
        assert ledger.record(new("c.txt", "c"), [node(B)], []).change is Change.ADDED

    def test_older_ledger_while_another_writes(self, file: Path) -> None:
        make_older(file)
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerLocked):
            Ledger.open(file)
        other.close()
        Ledger.open(file).close()


WRITER = """
import sys
from pathlib import Path
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.records import Evidence, NodeAssertion

def slow():
    yield NodeAssertion("Region", "Region:1", {"name": "x"}, Evidence("x"))
    print("inside", flush=True)
    sys.stdin.readline()

with Ledger.open(Path(sys.argv[1])) as ledger:
    ledger.record(NewSource("b.txt", "b.txt", "b" * 64, 1, "plan", "1"), slow(), [])
"""
