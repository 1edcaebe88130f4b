"""A file is written whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from innograph.graph.writing import whole_file

OLD = 3600.0


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_readers_see_the_old_one_until_the_new_one_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "甲.txt"
    file.write_bytes(b"old")
    with whole_file(file) as out:
        out.write(b"ne")
        assert file.read_bytes() == b"old"
        out.write(b"w")
    assert file.read_bytes() == b"new"
    assert names(tmp_path) == ["甲.txt"]


def test_what_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")

    def broken_off() -> None:
        with whole_file(file) as out:
            out.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_two_writers_do_not_mix(tmp_path: Path) -> None:
    file = tmp_path / "a"
    with whole_file(file) as one, whole_file(file) as other:
        one.write(b"one")
        other.write(b"other")
        one.write(b", whole")
    assert file.read_bytes() == b"one, whole", "the last that was whole"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("name", ["a", "[1]*.txt"])
def test_what_a_killed_process_left_goes_once_it_is_old(tmp_path: Path, name: str) -> None:
    then = time.time() - OLD
    for left in (f".{name}.part-old", f".{name}.part-young", ".b.part-old", f"{name}.part-old"):
        (tmp_path / left).write_bytes(b"half")
        if not left.endswith("young"):
            os.utime(tmp_path / left, (then, then))
    with whole_file(tmp_path / name) as out:
        out.write(b"1")
    assert names(tmp_path) == sorted([name, f".{name}.part-young", ".b.part-old", f"{name}.part-old"])


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "none" / "a"):
        pass


@pytest.mark.skipif(os.name != "posix", reason="there are no such rights elsewhere")
def test_who_may_read_it_is_as_for_any_other_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    with whole_file(tmp_path / "a"):
        pass
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)
