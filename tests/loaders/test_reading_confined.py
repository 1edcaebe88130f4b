"""The process that reads: what hangs, crashes or eats memory there is an error here, and what it tells arrives."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from innograph.graph.errors import InputError, NotAPlan
from innograph.graph.records import Locator
from innograph.graph.text import Text
from innograph.loaders.document import Document, DocumentBuilder, Draft
from innograph.loaders.reading.confined import read_confined, stream_confined


def reads(name: str, data: bytes, progress: object = None) -> Document:
    builder = DocumentBuilder(name)
    shared = Draft(data.decode(), Locator(row=1, column=1))
    builder.table([[shared], [shared]], Locator())
    if callable(progress):
        progress(1, 2)
        progress(2, 2)
    print("noise of a library")
    os.write(1, b"noise of native code")
    return builder.build()


def hangs(name: str, data: bytes) -> Document:
    time.sleep(60)
    raise AssertionError


def crashes(name: str, data: bytes) -> Document:
    os.abort()


def eats(name: str, data: bytes) -> Document:
    held = [bytearray(1024**3) for _ in range(64)]
    raise AssertionError(len(held))


def refuses(name: str, data: bytes) -> Document:
    raise NotAPlan(file=name, problem=Text("甲", "a"), hint=Text("乙", "b"))


def counts(to: int, fail_at: int, progress: object = None) -> Iterator[int]:
    for number in range(to):
        if number == fail_at:
            raise NotAPlan(file="a", problem=Text("甲", "a"), hint=Text("乙", "b"))
        if callable(progress):
            progress(number, to)
        yield number


def has_a_bug(name: str, data: bytes) -> Document:
    raise KeyError("甲")


def dawdles(pauses: int) -> Iterator[int]:
    for number in range(pauses):
        time.sleep(0.7)
        yield number


def goes_silent(file: str) -> Iterator[int]:
    yield os.getpid()
    time.sleep(60)
    Path(file).write_text("still there", encoding="utf-8")


@pytest.fixture(autouse=True)
def found_by_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child looks for a reader by its module's name, so this file's folder must be on its path."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    for reader in (reads, hangs, crashes, eats, refuses, counts, dawdles, goes_silent, has_a_bug):
        monkeypatch.setattr(reader, "__module__", "test_reading_confined")


def test_the_document_arrives_whole_and_progress_on_the_way() -> None:
    told: list[tuple[int, int]] = []
    document = read_confined(reads, "a", "市科技局".encode(), progress=lambda done, total: told.append((done, total)))
    assert document.text == "市科技局"
    first, second = document.tables[0].rows
    assert first[0] is second[0]
    assert told == [(1, 2), (2, 2)]


def test_without_progress() -> None:
    assert read_confined(reads, "a", b"x").text == "x"


def test_a_hang_ends_in_time() -> None:
    started = time.monotonic()
    with pytest.raises(InputError, match=r"没有读完|could not be read within"):
        read_confined(hangs, "a", b"x", seconds=1)
    assert time.monotonic() - started < 20


def test_a_crash_is_an_error() -> None:
    with pytest.raises(InputError, match=r"崩溃|crash"):
        read_confined(crashes, "a", b"x")


def test_a_mistake_of_ours_does_not_look_like_a_bad_file() -> None:
    with pytest.raises(InputError, match=r"KeyError.*甲"):
        read_confined(has_a_bug, "a", b"x")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a memory limit")
def test_a_memory_blow_up_is_an_error() -> None:
    with pytest.raises(InputError, match=r"内存|memory"):
        read_confined(eats, "a", b"x")


def test_the_readers_own_error_arrives_as_it_was() -> None:
    with pytest.raises(NotAPlan) as raised:
        read_confined(refuses, "a", b"x")
    assert raised.value.values == {"file": "a", "problem": Text("甲", "a"), "hint": Text("乙", "b")}


class TestStreams:
    def test_everything_arrives_in_order_with_progress(self) -> None:
        told: list[tuple[int, int]] = []
        stream = stream_confined(counts, "a", (3, -1), progress=lambda done, total: told.append((done, total)))
        assert (list(stream), told) == ([0, 1, 2], [(0, 3), (1, 3), (2, 3)])

    def test_what_came_before_an_error_is_had(self) -> None:
        stream = stream_confined(counts, "a", (3, 2))
        assert [next(stream), next(stream)] == [0, 1]
        with pytest.raises(NotAPlan):
            next(stream)

    def test_a_slow_reader_may_take_long_if_it_says_something_now_and_then(self) -> None:
        """Three seconds in all, never more than two without a word (the child takes a while to begin)."""
        assert list(stream_confined(dawdles, "a", (4,), seconds=2)) == [0, 1, 2, 3]

    def test_silence_ends_in_time(self, tmp_path: Path) -> None:
        stream = stream_confined(goes_silent, "a", (str(tmp_path / "x"),), seconds=2)
        next(stream)
        with pytest.raises(InputError, match=r"没有读完|could not be read within"):
            next(stream)

    def test_closing_ends_the_child(self, tmp_path: Path) -> None:
        with closing(stream_confined(goes_silent, "a", (str(tmp_path / "x"),))) as stream:
            child = next(stream)
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
