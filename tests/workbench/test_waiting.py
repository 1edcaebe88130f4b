"""Who waits too long, and too many who wait: work that nobody waits for stops, and lines have an end."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from workspace_samples import workspace_beside

from innograph import Workspace
from innograph.graph.deadline import TookTooLong, check_deadline, deadline
from innograph.visualize.workbench import desk as desk_module
from innograph.visualize.workbench.days import DayInTheMaking
from innograph.visualize.workbench.desk import Desk, Reader
from innograph.visualize.workbench.guard import Limits
from innograph.visualize.workbench.lines import Busy
from innograph.visualize.workbench.paths import shortest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workbench_server import Workbench, WorkbenchOf

PATIENCE = 30.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty workspace with its graph."""
    return workspace_beside(tmp_path, {})


class Gate:
    """Something in whose middle a thread stands until it may go on."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def __call__(self, *_: object) -> None:
        self.reached.set()
        assert self.go_on.wait(PATIENCE)


@pytest.fixture
def gate() -> Iterator[Gate]:
    """A gate that is open in the end, whatever happens."""
    made = Gate()
    yield made
    made.go_on.set()


def occupied(workbench: Workbench, pool: ThreadPoolExecutor, gate: Gate) -> None:
    """Have the reading thread stand in the gate."""
    pool.submit(asyncio.run, workbench.desk.read(gate))
    assert gate.reached.wait(PATIENCE)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


class TestDeadline:
    def test_the_nearest_word_counts(self) -> None:
        with deadline(-1.0):
            with deadline(math.inf):
                check_deadline()
            with pytest.raises(TookTooLong):
                check_deadline()
        check_deadline()

    def test_the_engine_is_not_asked_any_more(self, folder: Path) -> None:
        with Workspace(folder) as workspace:
            store = workspace.store()
            with deadline(-1.0):
                with workspace.held():  # what others need too is done
                    pass
                with pytest.raises(TookTooLong):
                    workspace.store()
                with pytest.raises(TookTooLong):
                    workspace.store("2024-06-30")
                with pytest.raises(TookTooLong):
                    shortest(store, "Task:a", "Task:b")
            assert not list(folder.glob("graph@*"))

    def test_work_that_is_given_up_stops_at_its_next_step(
        self, folder: Path, workbench_of: WorkbenchOf, monkeypatch: pytest.MonkeyPatch, gate: Gate
    ) -> None:
        workbench = workbench_of(folder, limits=Limits(seconds=0.5))
        steps: list[str] = []

        def answer(self: Workspace, *_: Any, **__: Any) -> None:
            steps.append("first")
            gate()
            try:
                self.store()
            except TookTooLong:
                steps.append("stopped")
                raise
            steps.append("second")

        with monkeypatch.context() as patch:
            patch.setattr(Workspace, "answer", answer)
            assert workbench.get("/q/load.json").status_code == 503
            gate.go_on.set()
            until(lambda: len(steps) > 1)
        assert steps == ["first", "stopped"]
        assert workbench.get("/q/load.json").status_code == 200

    def test_what_is_worked_out_for_all_is_not_begun(self, folder: Path, workbench_of: WorkbenchOf) -> None:
        desk, made = workbench_of(folder).desk, list[int]()

        def late(reader: Any) -> None:
            with deadline(-1.0):
                reader.once("late", lambda _: made.append(1))

        with pytest.raises(TookTooLong):
            asyncio.run(desk.read(late))
        assert made == []

    def test_what_stands_in_line_when_it_is_given_up_is_not_begun(self, folder: Path) -> None:
        async def run() -> list[str]:
            desk, begun = Desk(folder), list[str]()
            await desk.open()
            with deadline(-1.0):
                with pytest.raises(TookTooLong):
                    await desk.read(lambda _: begun.append("read"))
                with pytest.raises(TookTooLong):
                    await desk.change(lambda _: begun.append("changed"))
                jobs = [
                    desk.begin("job", lambda _, __: (check_deadline(), begun.append("job"))),
                    desk.aside("aside", lambda _: (check_deadline(), begun.append("aside"))),
                ]
            while not all(job.ended for job in jobs):
                await asyncio.sleep(0.02)
            await desk.close()
            return begun

        assert sorted(asyncio.run(run())) == ["aside", "job"]  # long work has no such limit


class TestLines:
    def test_readers_beyond_the_end_of_the_line_are_told_to_come_again(
        self, folder: Path, workbench_of: WorkbenchOf, monkeypatch: pytest.MonkeyPatch, gate: Gate
    ) -> None:
        monkeypatch.setattr(desk_module, "_MOST_READS", 3)
        workbench = workbench_of(folder)
        with ThreadPoolExecutor(3) as pool:
            occupied(workbench, pool, gate)
            waiting = [pool.submit(workbench.get, "/ask") for _ in range(2)]
            reads = workbench.desk._reads  # pyright: ignore[reportPrivateUsage]
            until(lambda: reads._there == 3)  # pyright: ignore[reportPrivateUsage]

            page, data = workbench.get("/q/load"), workbench.get("/q/load.json")
            assert [page.status_code, data.status_code] == [503, 503]
            assert [page.headers["retry-after"], data.headers["retry-after"]] == ["5", "5"]
            assert "已有3项请求在等待" in page.text
            assert data.json()["error"]["code"] == "busy"
            assert workbench.get("/static/workbench.css").status_code == 200  # of no line

            gate.go_on.set()
            assert [one.result(PATIENCE).status_code for one in waiting] == [200, 200]
        assert workbench.get("/q/load").status_code == 200

    def test_jobs_beyond_the_end_of_the_line_are_not_begun(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, gate: Gate
    ) -> None:
        monkeypatch.setattr(desk_module, "_MOST_ASIDES", 3)
        monkeypatch.setattr(desk_module, "_MOST_WRITES", 2)
        desk = Desk(folder)
        asides = [desk.aside(str(number), gate) for number in range(3)]  # two at work, one waits
        writes = [desk.begin(str(number), gate) for number in range(2)]
        with pytest.raises(Busy):
            desk.aside("one more", gate)
        with pytest.raises(Busy):
            desk.begin("one more", gate)
        with pytest.raises(Busy):
            asyncio.run(desk.change(lambda _: None))
        assert desk.jobs.running == [*asides, *writes]  # those refused have left no trace

        gate.go_on.set()
        until(lambda: not desk.jobs.running)
        until(lambda: desk._asides._there == desk._writes._there == 0)  # pyright: ignore[reportPrivateUsage]
        assert desk.aside("again", lambda _: None)
        asyncio.run(desk.close())

    def test_days_beyond_the_end_of_the_line_are_not_made(
        self, folder: Path, workbench_of: WorkbenchOf, monkeypatch: pytest.MonkeyPatch, gate: Gate
    ) -> None:
        def slow(*_: object, **__: object) -> Iterator[object]:
            gate()
            yield None

        monkeypatch.setattr("innograph.visualize.workbench.days.confined", slow)
        monkeypatch.setattr(desk_module, "_MOST_DAYS", 1)
        workbench = workbench_of(folder)
        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(workbench.get, "/q/load.json?as_of=2024-06-30")
            assert gate.reached.wait(PATIENCE)
            second = workbench.get("/q/load.json?as_of=2024-07-31")
            assert (second.status_code, second.json()["error"]["code"]) == (503, "busy")
            gate.go_on.set()
            told = first.result(PATIENCE)
        # The process above makes nothing: after a few tries the asker is sent away, and not kept for ever.
        assert (told.status_code, told.json()["error"]["code"]) == (503, "day-not-ready")
        assert told.headers["retry-after"] == "5"

    def test_so_many_may_wait_in_the_lines_as_they_are_shipped(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, gate: Gate
    ) -> None:
        """64 pages, 32 changes, 100 uploads that are looked at, 8 days; the next of each is told to come again."""

        def held_up(*_: object, **__: object) -> Iterator[object]:
            gate()
            yield None

        monkeypatch.setattr("innograph.visualize.workbench.days.confined", held_up)

        async def days(desk: Desk) -> None:
            for day in range(1, 9):
                with pytest.raises(DayInTheMaking):
                    await desk.read(partial(of_day, f"2024-06-{day:02}"), patience=0)
            with pytest.raises(Busy) as refused:
                await desk.read(partial(of_day, "2024-06-30"), patience=0)
            assert refused.value.values["waiting"] == 8

        async def run() -> None:
            desk = Desk(folder)
            await desk.open()
            try:
                await days(desk)
                reads = [asyncio.ensure_future(desk.read(gate)) for _ in range(64)]
                await asyncio.sleep(0)
                for _ in range(32):
                    desk.begin("write", gate)
                for _ in range(100):
                    desk.aside("aside", gate)
                for one_more, most in (
                    (desk.read(gate), 64),
                    (desk.change(gate), 32),
                    (later(lambda: desk.begin("write", gate)), 32),
                    (later(lambda: desk.aside("aside", gate)), 100),
                ):
                    with pytest.raises(Busy) as refused:
                        await asyncio.wait_for(one_more, 1.0)
                    assert refused.value.values["waiting"] == most
                gate.go_on.set()
                await asyncio.gather(*reads)
            finally:
                gate.go_on.set()
                await desk.close()

        asyncio.run(run())


def of_day(day: str, reader: Reader) -> None:
    reader.workspace.store(day)


async def later(work: Callable[[], object]) -> object:
    return work()
