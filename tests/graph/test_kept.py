"""What is kept comes back whole and of its kind, or not at all; whatever is the matter with the disk, nothing is raised."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.kept import keep, kept


@given(content=st.binary(max_size=200))
def test_the_same_comes_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("kept") / "a"
    keep(file, "places", content)
    assert kept(file, "places") == content


def test_it_is_a_line_a_digest_and_the_content(tmp_path: Path) -> None:
    keep(tmp_path / "a", "places", b"content")
    seal = hashlib.blake2b(b"content", digest_size=32).digest()
    assert (tmp_path / "a").read_bytes() == b"innograph places\n" + seal + b"content"


@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_bit_that_is_changed_is_noticed(tmp_path_factory: pytest.TempPathFactory, at: int, bit: int) -> None:
    file = tmp_path_factory.mktemp("kept") / "a"
    keep(file, "places", b"some content")
    damaged = bytearray(file.read_bytes())
    damaged[at % len(damaged)] ^= 1 << bit
    file.write_bytes(damaged)
    assert kept(file, "places") is None


def test_a_file_that_is_cut_off_anywhere_or_longer_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "a"
    keep(file, "places", b"some content")
    whole = file.read_bytes()
    for other in (*(whole[:end] for end in range(len(whole))), whole + b"\0"):
        file.write_bytes(other)
        assert kept(file, "places") is None
    file.write_bytes(whole)
    assert kept(file, "places") == b"some content"


@pytest.mark.parametrize("kind", ["place", "places2", "names"])
def test_another_kind_is_not_used(tmp_path: Path, kind: str) -> None:
    keep(tmp_path / "a", "places", b"content")
    assert kept(tmp_path / "a", kind) is None


def test_what_is_no_file_is_not_used(tmp_path: Path) -> None:
    assert kept(tmp_path / "missing", "places") is None
    assert kept(tmp_path, "places") is None


def test_the_newest_is_kept(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        keep(tmp_path / "a", "places", content)
    assert kept(tmp_path / "a", "places") == b"second"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_where_nothing_can_be_written_nothing_is_raised(tmp_path: Path) -> None:
    keep(tmp_path / "missing" / "a", "places", b"content")
    (tmp_path / "taken").mkdir()
    keep(tmp_path / "taken", "places", b"content")
    assert [file.name for file in tmp_path.iterdir()] == ["taken"]


def test_what_is_wrong_with_the_program_is_raised(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        keep(tmp_path / "a", "places", "text")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
