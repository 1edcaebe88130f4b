"""What the desk promises in numbers: how often it tries, how long it waits, what ends with it, and in which language."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from workspace_samples import workspace_beside

from innograph import Workspace
from innograph.graph.errors import GraphChanged
from innograph.graph.text import language, use_language
from innograph.visualize.workbench.desk import Desk
from innograph.visualize.workbench.jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from innograph.graph.stores import Progress

PLAN = "石城市科技创新行动方案\n\n一、重点任务\n\n（一）办好科技活动。\n\n牵头单位：石城市科技局\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty workspace with its graph, beside a plan."""
    return workspace_beside(tmp_path, {"plan.txt": PLAN})


def at_desk(folder: Path, talk: Callable[[Desk], Awaitable[Any]]) -> Any:
    """Open a desk, do something at it, and close it."""

    async def run() -> Any:
        desk = Desk(folder)
        await desk.open()
        try:
            return await talk(desk)
        finally:
            await desk.close()

    return asyncio.run(run())


@pytest.mark.parametrize("changes", [0, 1, 2, 3])
def test_a_graph_that_changes_is_read_three_times_at_most(folder: Path, changes: int) -> None:
    tries: list[int] = []

    def work(_: object) -> str:
        tries.append(1)
        if len(tries) <= changes:
            raise GraphChanged
        return "read"

    async def talk(desk: Desk) -> Any:
        return await desk.read(work)

    if changes < 3:
        assert at_desk(folder, talk) == "read"
        assert len(tries) == changes + 1
    else:
        with pytest.raises(GraphChanged):
            at_desk(folder, talk)
        assert len(tries) == 3


def slow_build(monkeypatch: pytest.MonkeyPatch, wait: Callable[[], object]) -> None:
    """Have each build on the writing thread wait first."""
    real = Workspace.refresh

    def refresh(self: Workspace, *given: Any, **named: Any) -> bool:
        if threading.current_thread().name.startswith("innograph-write"):
            wait()
        return real(self, *given, **named)

    monkeypatch.setattr(Workspace, "refresh", refresh)


def count_tasks(reader: Any) -> int:
    return int(reader.workspace.store().query("MATCH (t:Task) RETURN count(t) AS n").rows[0][0])


def test_the_page_after_a_change_shows_it_where_the_graph_is_quick(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(desk: Desk) -> Any:
        slow_build(monkeypatch, lambda: time.sleep(0.3))
        await desk.change(lambda workspace: workspace.load(folder.parent / "plan.txt"))
        return await desk.read(count_tasks)

    assert at_desk(folder, talk) == 1


def test_a_change_waits_only_a_few_seconds_for_a_graph_that_is_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    async def talk(desk: Desk) -> Any:
        slow_build(monkeypatch, lambda: go_on.wait(20))
        begun = time.monotonic()
        await desk.change(lambda workspace: workspace.load(folder.parent / "plan.txt"))
        waited, tasks = time.monotonic() - begun, await desk.read(count_tasks)
        go_on.set()
        return waited, tasks

    waited, tasks = at_desk(folder, talk)
    assert 2.5 < waited < 8
    assert tasks == 0  # still the graph of before


def test_what_is_at_work_and_what_waits_ends_with_the_desk(folder: Path) -> None:
    begun = threading.Semaphore(0)

    def until_stopped(progress: Progress) -> None:
        begun.release()
        for step in range(600):
            progress(step, 600)
            time.sleep(0.05)

    async def talk(desk: Desk) -> Any:
        jobs = [desk.aside(str(number), until_stopped) for number in range(2)]
        jobs.append(desk.begin("writes", lambda _, progress: until_stopped(progress)))
        for _ in jobs:
            assert begun.acquire(timeout=20)
        return [*jobs, desk.aside("waits", until_stopped)]

    started = time.monotonic()
    *running, waiting = at_desk(folder, talk)
    assert time.monotonic() - started < 20
    assert [job.state for job in running] == [JobState.STOPPED] * 3
    assert waiting.state is not JobState.DONE
    assert waiting.done == 0


@pytest.mark.parametrize("chosen", ["zh", "en"])
def test_all_threads_speak_the_language_of_who_asks(folder: Path, chosen: Any) -> None:
    async def talk(desk: Desk) -> list[str]:
        with use_language(chosen):
            jobs = [desk.begin("writes", lambda *_: language()), desk.aside("aside", lambda _: language())]
            said = [await desk.read(lambda _: language()), await desk.change(lambda _: language())]
        while not all(job.ended for job in jobs):
            await asyncio.sleep(0.02)
        return [*said, *(str(job.result) for job in jobs)]

    assert at_desk(folder, talk) == [chosen] * 4
