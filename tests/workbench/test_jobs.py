"""Long work: its page, how it is stopped, what failed."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from innograph.graph.errors import InputError
from innograph.graph.text import Text
from innograph.visualize.workbench.jobs import Job, Jobs, JobState, Stopped, job_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

    from innograph.graph.stores import Progress

    Sample = Callable[[], Path]


def ended(job: Job) -> Job:
    for _ in range(200):
        if job.ended:
            return job
        time.sleep(0.05)
    raise AssertionError(job.state)


class Slow:
    """Work that says how far it is until it may go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def __call__(self, progress: Progress) -> str:
        while not self.go_on.wait(0.02):
            progress(300, 1200)
        progress(1200, 1200)
        return "made"


class TestJob:
    def test_one_that_is_stopped_before_it_begins_does_nothing(self) -> None:
        job, done = Job("a", "A"), list[int]()
        job.stop()
        job.run(lambda: done.append(1))
        assert (job.state, done) == (JobState.STOPPED, [])

    def test_one_that_is_stopped_ends_where_it_next_says_how_far_it_is(self) -> None:
        job = Job("a", "A")

        def work() -> None:
            job.progress(1, 3)
            job.stop()
            job.progress(2, 3)

        job.run(work)
        assert (job.state, job.done) == (JobState.STOPPED, 1)
        with pytest.raises(Stopped):
            job.progress(3, 3)
        job.shown(3, 3)  # what cannot be stopped any more may still say how far it is
        assert job.done == 3

    def test_a_mistake_of_the_user_is_told(self) -> None:
        job = Job("a", "A")

        def work() -> None:
            raise InputError(file="a.csv", problem=Text("是空的", "it is empty"), hint=Text("换一个", "Take another"))

        job.run(work)
        assert job.state is JobState.FAILED
        assert "a.csv" in job.error

    def test_a_fault_of_ours_says_what_and_what_to_do_and_the_log_has_its_insides(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        job = Job("a", "载入 a.csv")

        def work() -> None:
            raise RuntimeError("deep inside")

        job.run(work)
        assert job.state is JobState.FAILED
        assert all(part in job.error for part in ("载入 a.csv", "工作区没有改变", "请重试", "报告给开发者"))
        assert "deep inside" not in job.error
        assert "deep inside" in caplog.text

    def test_words(self) -> None:
        assert job_words(None) == {"job": None, "going": False, "word": "", "far": ""}
        assert job_words(Job("a", "A", JobState.RUNNING, 5, 0))["far"] == ""

    def test_old_ones_are_forgotten_and_running_ones_are_not(self) -> None:
        jobs = Jobs()
        running = jobs.new("runs")
        for number in range(80):
            jobs.new(str(number)).run(lambda: None)
        assert running.id in jobs
        assert jobs.running == [running]
        assert len(list(jobs._jobs)) < 60  # pyright: ignore[reportPrivateUsage]


class TestPages:
    def test_a_bar_that_moves_and_a_page_that_comes_by_itself(
        self, workbench: Workbench, page: Page, page_log: PageLog
    ) -> None:
        slow = Slow()
        job = workbench.desk.aside("慢的工作", slow)
        page.goto(workbench.url(f"/jobs/{job.id}"))
        bar = page.locator("progress")
        page.get_by_text("300／1,200").wait_for()
        assert (bar.get_attribute("max"), bar.get_attribute("value")) == ("1200", "300")
        slow.go_on.set()
        page.get_by_text("已完成").wait_for()
        assert page.locator("progress").count() == 0
        page_log.assert_clean()

    def test_without_script_it_comes_by_itself_too(self, workbench: Workbench) -> None:
        slow = Slow()
        job = workbench.desk.aside("慢的工作", slow)
        assert '<meta http-equiv="refresh" content="2">' in workbench.get(f"/jobs/{job.id}").text
        slow.go_on.set()
        ended(job)
        assert "http-equiv" not in workbench.get(f"/jobs/{job.id}").text

    def test_cancelled(self, workbench: Workbench, page: Page) -> None:
        job = workbench.desk.aside("慢的工作", Slow())
        page.goto(workbench.url(f"/jobs/{job.id}"))
        page.get_by_role("button", name="取消").click()
        page.get_by_text("已取消").wait_for()
        assert ended(job).state is JobState.STOPPED

    def test_for_programs(self, workbench: Workbench) -> None:
        slow = Slow()
        slow.go_on.set()
        job = ended(workbench.desk.aside("<b>快的</b>", slow))
        said = workbench.get(f"/jobs/{job.id}.json").json()
        assert said["title"] == "<b>快的</b>"
        assert (said["state"], said["done"], said["total"], said["ended"]) == ("done", 1200, 1200, True)
        assert "<b>快的</b>" not in workbench.get(f"/jobs/{job.id}").text

    def test_what_is_not_there(self, workbench: Workbench) -> None:
        assert workbench.get("/jobs/none").status_code == 404
        assert workbench.get("/jobs/none.json").status_code == 404
        assert workbench.post("/jobs/none/cancel").status_code == 404

    def test_a_load_that_is_stopped_leaves_all_as_it_was(
        self, workbench_of: WorkbenchOf, sample_workspace: Sample, tmp_path: Path
    ) -> None:
        workbench = workbench_of(sample_workspace())
        file = tmp_path / "企业.csv"
        file.write_text("企业名称\n" + "".join(f"第{n}号公司\n" for n in range(20_000)), encoding="utf-8")
        reached = threading.Event()

        def work(workspace: object, progress: Progress) -> object:
            def stopping(done: int, total: int) -> None:
                reached.set()
                job.stop()
                progress(done, total)

            return workspace.load(file, progress=stopping)  # type: ignore[attr-defined]

        before = workbench.get("/").text.count('<li><a href="/sources/')
        job = workbench.desk.begin("载入", work)
        assert ended(job).state is JobState.STOPPED
        assert reached.is_set()
        assert workbench.get("/").text.count('<li><a href="/sources/') == before
