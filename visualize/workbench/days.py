"""Makes the graphs of other days for pages that ask for them, in a process of its own: all other pages go on.

The graph of a day is made of all that the ledger holds, which takes a minute where there is much of it. It ends up in a
file of the workspace, where the thread that reads finds it. Each is a job: it has a bar, and whoever sees it may cancel it.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from concurrent.futures import wait
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.confined import Ended, Fault, confined
from innograph.graph.days import DayNotReady, day_of, told_of_days
from innograph.graph.errors import EngineError, InnographError
from innograph.graph.text import Text
from innograph.graph.validity import recipe_on
from innograph.workspace import Workspace

from .jobs import Job, Jobs, JobState
from .lines import Line, in_background

if TYPE_CHECKING:
    from collections.abc import Generator
    from concurrent.futures import Future
    from pathlib import Path

    from innograph.graph.stores import Progress

_SECONDS, _MEMORY = 1800.0, 64 * 1024**3
"""What a process that has lost its way may take; one that has not needs what the graph of today needs."""
_BEAT = 0.3
"""Seconds from one sign of life to the next: so soon a wish to stop is heard."""
_REST = 5.0
"""Seconds in which what prevented a day is told to who asks for it again: a page that goes on by itself must not begin it anew."""
TITLE = Text("生成 {day} 的图谱", "Making the graph of {day}")
"""What the making of the graph of a day is called."""
_ENDED = Text(
    "{day} 的图谱没有做成：进程超时或意外中止。请重试；内存不足时先关闭别的程序；刚更新过程序的，请先重新启动工作台",
    "The graph of {day} was not made: its process took too long or broke off. Try again; if memory is short, close other"
    " programs first; if the program was just updated, restart the workbench first",
)


class Outdated(EngineError):
    """The program or the settings changed after the workbench was started: what is made now is not what it asks for."""

    code = "outdated"
    text = Text(
        "{day} 的图谱没有生成：工作台启动以后，程序或工作区的设置变了。请重新启动工作台：在运行它的窗口按 Ctrl+C，再执行 innograph serve",
        "The graph of {day} was not made: the program or the workspace's settings changed after the workbench was started."
        " Restart it: press Ctrl+C in its window, then innograph serve",
    )


class DayInTheMaking(DayNotReady):
    """The graph of a day is being made, and it takes longer than a page waits for it.

    Args:
        day: in ISO form.
        job: makes it.
    """

    def __init__(self, day: str, job: Job) -> None:
        super().__init__(day)
        self.job = job


def make_day(folder: Path, store: str | None, made_by: str, day: str, progress: Progress | None = None) -> None:
    """Make the graph of a day in the workspace's folder, if it is not there.

    Args:
        folder: the workspace.
        store: an engine's address that goes before the one in the settings.
        made_by: the recipe of who asks, see :func:`~innograph.graph.validity.recipe_on`.
        day: in ISO form.
        progress: told now and then how far it is, also where that is as far as before.

    Raises:
        Outdated: this program has another recipe.
        InnographError: it cannot be made.
    """
    with _beating(progress) as tell, Workspace(folder, store) as workspace, told_of_days(tell):
        if recipe_on(day_of(day), workspace.ontology, workspace.settings.home) != made_by:
            raise Outdated(day=day)
        workspace.store(day)


@contextmanager
def _beating(progress: Progress | None) -> Generator[Progress]:
    """Give what is to be told how far it is, and tell that to ``progress`` every moment: there is life, and it may say stop.

    One thread says it all: two would speak at once.
    """
    over = threading.Event()
    far = (0, 0)

    def tell(done: int, total: int) -> None:
        nonlocal far
        far = (done, total)

    def beat() -> None:
        while progress:
            progress(*far)
            if over.wait(_BEAT):
                break

    beating = threading.Thread(target=beat, name="innograph-beat", daemon=True)
    beating.start()
    try:
        yield tell
    finally:
        over.set()
        beating.join()


class _Making(NamedTuple):
    """A day that is being made, or was until a moment ago: by which job, what prevents it and when that was known."""

    job: Job
    outcome: Future[tuple[InnographError | None, float]]

    @property
    def counts(self) -> bool:
        """Whether who asks for the day now is told what comes of this."""
        if not self.outcome.done():
            return True
        return self.job.state is JobState.FAILED and time.monotonic() < self.outcome.result()[1] + _REST


class Days:
    """Makes graphs of days, one after the other and each once, however many ask for it.

    Args:
        folder: the workspace.
        store: an engine's address that goes before the one in the settings.
        jobs: those of the workbench.
        most: how many days may wait to be made.
    """

    def __init__(self, folder: Path, store: str | None, jobs: Jobs, most: int) -> None:
        self._given = folder, store
        self._jobs = jobs
        self._thread = Line(1, "innograph-day", most)
        self._making: dict[str, _Making] = {}

    async def made(
        self,
        missing: DayNotReady,
        *,
        after: Future[None] | None = None,
        patience: float | None = None,
        href: str = "",
    ) -> None:
        """Return when the graph of a day is made; who stops waiting does not stop it for others.

        Args:
            missing: which day, and how it is to be made.
            after: what must be done first: of a state that is left soon the day would be made in vain.
            patience: seconds after which who asks is told of the job instead; by default they wait for its end.
            href: the page that asks for it.

        Raises:
            Busy: too many other days are to be made first.
            DayInTheMaking: it takes longer.
            DayNotReady: somebody cancelled it.
            Outdated: what would be made now is not what is asked for.
            InnographError: it cannot be made.
        """
        self._making = {known: making for known, making in self._making.items() if making.counts}
        making = self._making.get(missing.day) or self._begin(missing, after, href)
        await asyncio.wait({asyncio.wrap_future(making.outcome)}, timeout=patience)
        if not making.outcome.done():
            raise DayInTheMaking(missing.day, making.job)
        if error := making.outcome.result()[0]:
            raise error

    def close(self) -> None:
        """Return when nothing is being made any more; what has not begun is dropped."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _begin(self, missing: DayNotReady, after: Future[None] | None, href: str) -> _Making:
        self._thread.admit()
        job = self._jobs.new(TITLE.format(day=missing.day))
        job.href = href
        making = _Making(job, self._thread.submit(in_background(partial(self._outcome, job, missing, after))))
        self._making[missing.day] = making
        return making

    def _outcome(
        self, job: Job, missing: DayNotReady, after: Future[None] | None
    ) -> tuple[InnographError | None, float]:
        """Make the graph of a day, and return what prevented it: all who wait for it are told, and there may be none."""
        prevented: list[InnographError] = []

        def work() -> None:
            while after and not wait([after], timeout=_BEAT).done:
                job.progress(0, 0)
            try:
                self._make(missing, job.progress)
            except InnographError as error:
                prevented.append(error)
                raise

        job.run(work)
        if job.state is JobState.STOPPED:
            prevented = [DayNotReady(missing.day)]
        elif job.state is JobState.FAILED:
            prevented.append(_not_made(missing.day))  # where it was a fault of ours, which the job has logged
        return next(iter(prevented), None), time.monotonic()

    def _make(self, missing: DayNotReady, progress: Progress) -> None:
        given = (*self._given, missing.recipe, missing.day)
        try:
            for _ in confined(make_day, given, seconds=_SECONDS, memory=_MEMORY, progress=progress):
                pass
        except (Ended, Fault):
            logging.getLogger(__name__).exception("the graph of %s was not made", missing.day)
            raise _not_made(missing.day) from None


def _not_made(day: str) -> EngineError:
    return EngineError(problem=Text(_ENDED.zh.format(day=day), _ENDED.en.format(day=day)))
