"""Copies of source files."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from innograph.graph.errors import InputError, NoSpace
from innograph.graph.ledger import Archive

CONTENT = "昌吉市科技创新行动方案".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "sources")


def test_keeps_bytes_and_files(archive: Archive, tmp_path: Path) -> None:
    copy = archive.keep(CONTENT, SHA256, ".TXT")
    assert (copy.name, copy.read_bytes()) == (f"{SHA256}.txt", CONTENT)
    assert archive.path(SHA256) == copy
    original = tmp_path / "plan.docx"
    original.write_bytes(b"x" * 3_000_000)
    sha256 = hashlib.sha256(b"x" * 3_000_000).hexdigest()
    kept = archive.keep(original, sha256, ".docx")
    assert kept.read_bytes() == original.read_bytes()
    assert {f.name for f in archive.folder.iterdir()} == {copy.name, kept.name}


def test_keeping_again_does_nothing(archive: Archive, tmp_path: Path) -> None:
    copy = archive.keep(CONTENT, SHA256, ".txt")
    before = copy.stat()
    assert archive.keep(tmp_path / "gone.txt", SHA256, ".text") == copy
    after = copy.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_unknown_content_has_no_path(archive: Archive) -> None:
    assert archive.path(SHA256) is None
    archive.keep(CONTENT, SHA256, "")
    assert archive.path("0" * 64) is None
    assert archive.path(SHA256) == archive.folder / SHA256


def test_file_changed_while_read(archive: Archive) -> None:
    with pytest.raises(InputError):
        archive.keep(CONTENT + b"!", SHA256, ".txt")
    assert list(archive.folder.iterdir()) == []


def test_copies_are_as_readable_as_other_new_files(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    assert archive.keep(CONTENT, SHA256, ".txt").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_drop(archive: Archive) -> None:
    kept = archive.keep(CONTENT, SHA256, ".txt")
    gone = archive.keep(b"old", hashlib.sha256(b"old").hexdigest(), ".txt")
    own = archive.folder / "会议记录.txt"
    own.write_text("mine", encoding="utf-8")
    (archive.folder / f".{SHA256}-00000000.part").touch()
    assert archive.drop({hashlib.sha256(b"old").hexdigest()}) == [gone]
    assert set(archive.folder.iterdir()) == {kept, own}


def test_the_next_load_removes_what_a_killed_one_left_half_written(archive: Archive) -> None:
    kept = archive.keep(CONTENT, SHA256, ".txt")
    (archive.folder / f".{SHA256}-00000000.part").write_bytes(CONTENT[:3])
    archive.settle([SHA256])
    assert list(archive.folder.iterdir()) == [kept]


def test_drop_without_folder(archive: Archive) -> None:
    assert archive.drop({SHA256}) == []
    assert not archive.folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="limits on the size of files are a thing of POSIX")
def test_disk_full(archive: Archive) -> None:
    archive.keep(CONTENT, SHA256, ".txt")
    code = """
import hashlib, resource, sys
from pathlib import Path
from innograph.graph.errors import NoSpace
from innograph.graph.ledger import Archive
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
content = b"x" * 5_000_000
try:
    Archive(Path(sys.argv[1])).keep(content, hashlib.sha256(content).hexdigest(), ".txt")
except NoSpace as error:
    print("NoSpace", error.values["path"])
"""
    command = [sys.executable, "-c", code, str(archive.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"NoSpace {archive.folder}\n"
    assert [f.name for f in archive.folder.iterdir()] == [f"{SHA256}.txt"]


def test_device_full() -> None:
    """A device that really answers "no space left"."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    from innograph.graph.ledger.failures import explained

    def write() -> None:
        with explained(Path("copy.txt")), full.open("wb") as file:
            file.write(b"x")

    with pytest.raises(NoSpace):
        write()
