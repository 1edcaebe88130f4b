"""The graph of another day is made aside: who asks for it sees how far it is, all others are answered meanwhile."""

from __future__ import annotations

import datetime as dt
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from workspace_samples import workspace_beside

from innograph import Workspace
from innograph.graph import assemble
from innograph.graph.days import DayNotReady, ready_days_only, told_of_days
from innograph.graph.errors import NoSpace
from innograph.visualize.workbench import days, web
from innograph.visualize.workbench.days import make_day
from innograph.visualize.workbench.guard import Limits
from innograph.visualize.workbench.jobs import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

DURING, OVER = "2024-06-30", "2026-06-30"
PATIENCE = 60.0
BROWSER = {"accept": "text/html,*/*;q=0.8"}
PROJECTS = "Project,Lead,Partners,Start,End\n联合攻关,示例大学,示例公司,2024-01,2025-12\n"
MORE = "Project,Lead,Partners,Start,End\n长期攻关,示例大学,示例公司,2024-01,2029-12\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with one project, which runs in 2024 and 2025."""
    return workspace_beside(tmp_path, {"projects.csv": PROJECTS, "more.csv": MORE}, "projects.csv")


class Barrier:
    """Holds up real builds of days: each is counted and waits until all may go on."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.failing: Exception | None = None

    def __call__(self, function: Any, given: tuple[Any, ...], **limits: Any) -> Iterator[object]:
        self.begun.append(given[-1])
        self.reached.set()
        for _ in range(round(PATIENCE / 0.02)):
            if self.go_on.wait(0.02):
                break
            limits["progress"](0, 0)
        assert self.go_on.is_set()
        if self.failing:
            raise self.failing
        yield from self.real(function, given, **limits)

    real = staticmethod(days.confined)


@pytest.fixture
def barrier(monkeypatch: pytest.MonkeyPatch) -> Iterator[Barrier]:
    """A barrier in front of the process that makes a day."""
    made = Barrier()
    monkeypatch.setattr(days, "confined", made)
    yield made
    made.go_on.set()


def projects(workbench: Workbench, day: str = "") -> set[str]:
    """The names of the projects of the university on a day."""
    answer = workbench.get(f"/q/find.json?name={quote('示例大学')}" + (f"&as_of={day}" if day else ""))
    assert answer.status_code == 200, answer.text
    return {row["other"] for row in answer.json()["rows"]} & {"联合攻关", "长期攻关"}


def test_others_are_answered_while_a_day_is_made_and_it_is_made_once(
    folder: Path, workbench_of: WorkbenchOf, barrier: Barrier
) -> None:
    workbench = workbench_of(folder)
    with ThreadPoolExecutor(3) as readers:
        asking = [readers.submit(projects, workbench, day) for day in (OVER, OVER, DURING)]
        assert barrier.reached.wait(PATIENCE)

        assert projects(workbench) == {"联合攻关"}
        assert workbench.get("/q/load").status_code == 200
        assert not any(one.done() for one in asking)

        barrier.go_on.set()
        assert [one.result(PATIENCE) for one in asking] == [set(), set(), {"联合攻关"}]
    assert sorted(barrier.begun) == [DURING, OVER]
    assert projects(workbench, OVER) == set()
    assert len(barrier.begun) == 2  # and it stays


def test_who_stops_waiting_does_not_stop_it_for_others(
    folder: Path, workbench_of: WorkbenchOf, barrier: Barrier
) -> None:
    workbench = workbench_of(folder, limits=Limits(seconds=1.0))
    assert workbench.get(f"/q/find?name={quote('示例大学')}&as_of={DURING}").status_code == 503  # given up, twice
    assert workbench.get(f"/q/find?name={quote('示例大学')}&as_of={DURING}").status_code == 503

    barrier.go_on.set()
    made = folder / f"graph@{DURING}.kgl"
    for _ in range(600):
        if made.exists():
            break
        threading.Event().wait(0.05)
    assert projects(workbench, DURING) == {"联合攻关"}
    assert barrier.begun == [DURING]


def test_a_day_that_is_asked_for_while_a_load_is_built_is_of_the_new_state(
    folder: Path, workbench_of: WorkbenchOf, barrier: Barrier
) -> None:
    barrier.go_on.set()
    workbench = workbench_of(folder)
    assert projects(workbench, OVER) == set()
    with Workspace(folder) as other:
        other.load(folder.parent / "more.csv")
    for _ in range(600):
        if projects(workbench) == {"联合攻关", "长期攻关"}:
            break
    assert projects(workbench, OVER) == {"长期攻关"}


def test_what_prevents_it_is_told(folder: Path, workbench_of: WorkbenchOf, barrier: Barrier) -> None:
    barrier.failing = NoSpace(path="graph.kgl")
    barrier.go_on.set()
    workbench = workbench_of(folder)

    answer = workbench.get(f"/q/load?as_of={DURING}")
    assert answer.status_code == 500
    assert "磁盘已满" in answer.text

    barrier.failing = days.Ended(late=True)
    answer = workbench.get(f"/q/load?as_of={OVER}")
    assert answer.status_code == 500
    assert f"{OVER} 的图谱没有做成" in answer.text
    assert workbench.get("/q/load").status_code == 200

    # a page that goes on by itself comes right after: it is told the same, and nothing is begun anew
    assert f"{OVER} 的图谱没有做成" in workbench.get(f"/q/load?as_of={OVER}").text
    assert barrier.begun == [DURING, OVER]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages say soon that they wait for a day."""
    monkeypatch.setattr(web, "_PATIENCE", 0.05)


def recipe_of(folder: Path, day: str) -> str:
    """How a workspace wants the graph of a day to be made."""
    with Workspace(folder) as workspace, ready_days_only(), pytest.raises(DayNotReady) as missing:
        workspace.store(day)
    return missing.value.recipe


@pytest.mark.usefixtures("impatient")
def test_a_page_says_what_is_made_and_goes_on_by_itself(
    folder: Path, workbench_of: WorkbenchOf, barrier: Barrier, page: Page, page_log: PageLog
) -> None:
    workbench = workbench_of(folder)
    asked = workbench.url(f"/q/find?name={quote('示例大学')}&as_of={DURING}")
    page.goto(asked)
    assert page.locator("h1").inner_text() == f"生成 {DURING} 的图谱"
    assert page.locator("progress").count() == 1
    assert page.get_by_role("link", name="看现在的").get_attribute("href") == f"/q/find?name={quote('示例大学')}"
    with workbench.client(**BROWSER) as client:
        in_english = client.get(f"{asked}&lang=en")
        assert "Making the graph" in in_english.text
        (job,) = re.findall(r'data-job="([^"]+)"', in_english.text)
        assert client.get(f"/jobs/{job}.json").json()["word"] == "running"  # the script asks on in that language
    with workbench.client(**BROWSER) as client:
        without_script = client.get(asked)
    assert without_script.status_code == 202
    assert '<meta http-equiv="refresh" content="2">' in without_script.text

    barrier.go_on.set()
    page.get_by_role("cell", name="联合攻关").first.wait_for()
    assert page.url == asked
    assert barrier.begun == [DURING]
    page_log.assert_clean()


@pytest.mark.usefixtures("impatient")
def test_a_day_that_is_made_can_be_cancelled(
    folder: Path, workbench_of: WorkbenchOf, barrier: Barrier, page: Page
) -> None:
    workbench = workbench_of(folder)
    with ThreadPoolExecutor(1) as programs:
        program = programs.submit(workbench.get, f"/q/load.json?as_of={DURING}")
        assert barrier.reached.wait(PATIENCE)
        page.goto(workbench.url(f"/q/load?as_of={DURING}"))
        page.get_by_role("button", name="取消").click()
        page.get_by_text("已取消").wait_for()
        assert program.result(PATIENCE).status_code == 503
    assert barrier.begun == [DURING]
    assert not list(folder.glob("graph@*"))


def test_a_wish_to_stop_is_heard_while_the_graph_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "_BEAT", 0.001)
    beats = list[tuple[int, int]]()
    make_day(folder, None, recipe_of(folder, DURING), DURING, lambda done, total: beats.append((done, total)))
    assert len(beats) > 1

    def stop(done: int, total: int) -> None:
        raise Stopped

    given = (folder, None, recipe_of(folder, OVER), OVER)
    with pytest.raises(Stopped):
        list(days.confined(make_day, given, seconds=60, memory=2**36, progress=stop))


def test_counts_are_of_what_the_sources_say_and_then_of_what_is_written(folder: Path) -> None:
    """The sheet names a project and two bodies, and says twice that one takes part; in 2026 these two are over."""
    said: list[tuple[int, int]] = []
    with Workspace(folder) as workspace:
        with told_of_days(lambda done, total: said.append((done, total))):
            workspace.store(OVER)
        assert said[:2] == [(0, 5), (5, 5)]
        assert said[-1] == (3, 3)
        assert {total for _, total in said[2:]} == {3}
        told = len(said)
        workspace.store(DURING)  # outside the block nobody is told
        assert len(said) == told


def test_what_is_told_of_a_day_reaches_its_job_with_the_next_beat() -> None:
    """By way of the beating thread: two threads must not write to the pipe between the processes at once."""
    told, threads = threading.Event(), set[str]()

    def progress(done: int, total: int) -> None:
        threads.add(threading.current_thread().name)
        if (done, total) == (3, 12):
            told.set()

    with days._beating(progress) as tell:  # pyright: ignore[reportPrivateUsage]
        tell(3, 12)
        assert told.wait(PATIENCE)
    assert threads == {"innograph-beat"}


def test_a_program_that_changed_under_the_workbench_is_told_and_nothing_goes_on_for_ever(
    folder: Path, workbench_of: WorkbenchOf, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that makes the day is of the installed program: the workbench here is of another version."""
    monkeypatch.setattr(web, "_PATIENCE", 0.05)
    monkeypatch.setattr(assemble, "ASSEMBLY_VERSION", assemble.ASSEMBLY_VERSION - 1)
    workbench = workbench_of(folder)
    asked = f"/q/load?as_of={DURING}"
    page.goto(workbench.url(asked))
    page.get_by_text("请重新启动工作台").wait_for()
    assert page.locator("[data-running]").count() == 0
    with workbench.client(**BROWSER) as client:
        answer = client.get(asked)
        assert (answer.status_code, "refresh" in answer.text) == (500, False)
        assert "Restart it" in client.get(f"{asked}&lang=en").text
    assert workbench.get("/q/load").status_code == 200
    assert workbench.get(f"/q/load.json?as_of={OVER}").json()["error"]["code"] == "outdated"
    assert not list(folder.glob("graph@*"))


def test_where_there_is_no_time_only_days_that_are_made_are_answered(folder: Path) -> None:
    with Workspace(folder) as workspace:
        with ready_days_only(), pytest.raises(DayNotReady, match=DURING):
            workspace.store(DURING)
        make_day(folder, None, recipe_of(folder, DURING), DURING)
        with ready_days_only():
            held = workspace.store(DURING).query("MATCH (p:Project) RETURN count(p) AS n").rows
    assert held == [(1,)]


def test_the_days_asked_for_last_are_kept(folder: Path) -> None:
    asked = [dt.date(2024, 6, day) for day in (1, 2, 3, 1, 4)]
    with Workspace(folder) as workspace:
        stores = {day: workspace.store(day) for day in asked}
        assert workspace.store(dt.date(2024, 6, 1)) is stores[dt.date(2024, 6, 1)]  # the oldest made, but asked again
        assert workspace.store(dt.date(2024, 6, 3)) is stores[dt.date(2024, 6, 3)]
        assert workspace.store(dt.date(2024, 6, 4)) is stores[dt.date(2024, 6, 4)]
        assert len(list(folder.glob("graph@*.kgl"))) == 3
