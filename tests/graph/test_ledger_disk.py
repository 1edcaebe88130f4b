"""The ledger on a full disk, and where one may not read or write."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from ledger_samples import A, dump, make_older, new, node

from innograph.graph.errors import (
    NoSpace,
)
from innograph.graph.ledger import Change, Ledger

IS_ROOT = os.name == "posix" and os.getuid() == 0


def run(code: str, *arguments: object, unprivileged: bool = False) -> str:
    """Run ``code`` in another process and return what it printed; ``unprivileged`` as a user who is not root."""
    imports = "import os, innograph.graph.ledger, innograph.graph.errors, innograph.graph.records\n"
    drop = "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n" if unprivileged and IS_ROOT else ""
    command = [sys.executable, "-c", imports + drop + textwrap.dedent(code), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class TestFullDisk:
    @pytest.mark.skipif(os.name != "posix", reason="limits on the size of files are a thing of POSIX")
    def test_limit_on_the_size_of_files(self, file: Path) -> None:
        """The system refuses to write more, as a reached quota does; SQLite only says "disk I/O error"."""
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new("a.txt", "a"), [node()], [])
        before = dump(file)
        printed = run(
            """
            import resource, sys
            from pathlib import Path
            from innograph.graph.errors import NoSpace
            from innograph.graph.ledger import Ledger, NewSource
            from innograph.graph.records import Evidence, NodeAssertion
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
            long = Evidence("y" * 500)
            many = (NodeAssertion("Region", f"Region:{n}", {"name": "x" * 500}, long) for n in range(20000))
            with Ledger.open(Path(sys.argv[1])) as ledger:
                try:
                    ledger.record(NewSource("a.txt", "a.txt", "b" * 64, 1, "plan", "1"), many, [])
                except NoSpace as error:
                    print(type(error.__cause__).__name__, error.__cause__, error.values["path"] == ledger.file)
                print([s.sha256[0] for s in ledger.sources()])
            """,
            file,
        )
        assert printed.splitlines() == ["OperationalError disk I/O error True", "['a']"]
        assert dump(file) == before

    def test_database_full(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new("a.txt", "a"), [node()], [])
        before = dump(file)
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(NoSpace):
            ledger.record(new("a.txt", "b"), (node(f"Region:{n}") for n in range(5000)), [])
        assert dump(file) == before
        ledger._connection.execute("PRAGMA max_page_count = 1000000")
        assert ledger.record(new("a.txt", "b"), [node()], []).change is Change.REPLACED

    def test_small_disk(self, tmp_path: Path) -> None:
        """A file system of 1 MB, where we may mount one."""
        disk = tmp_path / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "t", str(disk)]
        if not IS_ROOT or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
            pytest.skip("may not mount a file system here")
        try:
            with Ledger.open(disk / "l.sqlite", create=True) as ledger:
                ledger.record(new("a.txt", "a"), [node()], [])
                with pytest.raises(NoSpace):
                    ledger.record(new("a.txt", "b"), (node(f"Region:{n}") for n in range(20000)), [])
                assert [s.sha256[0] for s in ledger.sources()] == ["a"]
            with Ledger.open(disk / "l.sqlite") as ledger:
                assert [s.subject for s in ledger.assertions()] == [A]
        finally:
            subprocess.run(["umount", disk], check=True)


@pytest.mark.skipif(os.name != "posix", reason="folders cannot be made read-only this way on Windows")
class TestNoPermission:
    @pytest.fixture
    def folder(self):
        """A folder that every user may enter: pytest's own are closed to others."""
        import tempfile

        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            folder.chmod(0o755)
            yield folder
            folder.chmod(0o755)

    def test_read_only_folder_can_be_read_and_not_written(self, folder: Path) -> None:
        file = folder / "ledger.sqlite"
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new("a.txt", "a"), [node()], [])
        before = file.read_bytes()
        file.chmod(0o444)
        folder.chmod(0o555)
        assert run(READ_AND_WRITE, file, unprivileged=True).splitlines() == [f"['{A}']", "NoPermission True"]
        assert file.read_bytes() == before

    def test_older_ledger_that_cannot_be_written(self, folder: Path) -> None:
        file = folder / "ledger.sqlite"
        make_older(file)
        file.chmod(0o444)
        folder.chmod(0o555)
        assert run(OPEN, file, unprivileged=True) == "NoPermission"

    def test_unreadable_file(self, folder: Path) -> None:
        file = folder / "ledger.sqlite"
        Ledger.open(file, create=True).close()
        file.chmod(0o000)
        assert run(OPEN, file, unprivileged=True) == "NoPermission"

    def test_creating_in_a_read_only_folder(self, folder: Path) -> None:
        folder.chmod(0o555)
        creating = OPEN.replace("create=False", "create=True")
        assert run(creating, folder / "l.sqlite", unprivileged=True) == "NoPermission"


READ_AND_WRITE = """
import sys
from pathlib import Path
from innograph.graph.errors import NoPermission
from innograph.graph.ledger import Ledger
with Ledger.open(Path(sys.argv[1])) as ledger:
    print([s.subject for s in ledger.assertions()])
    try:
        ledger.forget(1)
    except NoPermission as error:
        print("NoPermission", error.values["path"] == ledger.file)
"""
OPEN = """
import sys
from pathlib import Path
from innograph.graph.errors import InnographError
from innograph.graph.ledger import Ledger
try:
    Ledger.open(Path(sys.argv[1]), create=False)
except InnographError as error:
    print(type(error).__name__)
"""
