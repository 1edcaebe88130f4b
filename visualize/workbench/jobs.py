"""Long work: what is done, how far it is, what came of it, and the wish to stop it."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from innograph.graph.errors import InnographError
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = 50
_OWN_FAULT = Text(
    "“{title}”没有完成：程序出错，工作区没有改变。请重试；若还是这样，请把启动 innograph 的窗口里的内容报告给开发者",
    "“{title}” was not done: the program failed; the workspace is as before. Try again; if it fails again, report what the"
    " window that runs innograph shows",
)


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


JOB_WORDS = {
    JobState.WAITING: Text("等待中", "waiting"),
    JobState.RUNNING: Text("进行中", "running"),
    JobState.DONE: Text("已完成", "done"),
    JobState.FAILED: Text("未成功", "failed"),
    JobState.STOPPED: Text("已取消", "cancelled"),
}


class Stopped(InnographError):
    """Somebody wished the job to stop."""

    code = "stopped"
    text = Text("已取消", "Cancelled")


@dataclass(slots=True)
class Job:
    """One piece of long work; one thread works on it while others read how far it is.

    Args:
        id: what its page is called by.
        title: what is done.
        state: where it is.
        done: how many records are done.
        total: of how many; 0 while that is unknown.
        result: what came of it.
        error: why it failed.
        href: the page that shows what came of it; empty if its own does.
    """

    id: str
    title: str
    state: JobState = JobState.WAITING
    done: int = 0
    total: int = 0
    result: object = None
    error: str = ""
    href: str = ""
    _stop: bool = field(default=False, repr=False)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.STOPPED)

    def progress(self, done: int, total: int) -> None:
        """Say how far it is.

        Raises:
            Stopped: it is to stop.
        """
        if self._stop:
            raise Stopped
        self.done, self.total = done, total

    def shown(self, done: int, total: int) -> None:
        """Say how far it is with what cannot be stopped any more."""
        self.done, self.total = done, total

    def stop(self) -> None:
        """Wish it to stop: it will at the next thing it says."""
        self._stop = True

    def run(self, work: Callable[[], object]) -> None:
        """Do the work and keep what comes of it; an error ends here: the job tells it, the log has the program's own."""
        if self._stop:
            self.state = JobState.STOPPED
            return
        self.state, ended = JobState.RUNNING, JobState.FAILED
        try:
            self.result = work()
            ended = JobState.DONE
        except Stopped:
            ended = JobState.STOPPED
        except InnographError as error:
            self.error = str(error)
        except Exception:
            logging.getLogger(__name__).exception("the job failed")
            self.error = _OWN_FAULT.format(title=self.title)
        finally:
            self.state = ended


_FAR = Text("{done}／{total}", "{done} of {total}")


def job_words(job: Job | None) -> dict[str, Any]:
    """Return what a page says of a job: itself, whether it goes on, its state in a word, and how far it is.

    A job goes on while a page is made of it; the page must not contradict itself.

    Examples:
        >>> words = job_words(Job("a", "载入 a.csv", done=3, total=1200))
        >>> words["word"], words["far"]
        ('等待中', '3／1,200')
    """
    far = _FAR.format(done=f"{job.done:,}", total=f"{job.total:,}") if job and job.total else ""
    return {
        "job": job,
        "going": job is not None and not job.ended,
        "word": JOB_WORDS[job.state].show() if job else "",
        "far": far,
    }


class Jobs:
    """The jobs of a workbench: those of late, by id.

    Examples:
        >>> jobs = Jobs()
        >>> job = jobs.new("载入 a.csv")
        >>> job.run(lambda: job.progress(1, 2))
        >>> job.state.value, jobs[job.id] is job, jobs.running
        ('done', True, [])
    """

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def new(self, title: str) -> Job:
        """Return a new job; the oldest that ended are forgotten."""
        job = Job(secrets.token_urlsafe(9), title)
        self._jobs[job.id] = job
        for old in [one.id for one in self._jobs.values() if one.ended][: max(0, len(self._jobs) - _KEPT)]:
            del self._jobs[old]
        return job

    def __getitem__(self, job: str) -> Job:
        return self._jobs[job]

    def __contains__(self, job: str) -> bool:
        return job in self._jobs

    @property
    def running(self) -> list[Job]:
        """Those that have not ended."""
        return [job for job in list(self._jobs.values()) if not job.ended]

    def cancel_all(self) -> None:
        """Wish all of them to stop."""
        for job in self.running:
            job.stop()
