"""The workspace as a server reads it: a request sees one state of it; one thread reads, another writes.

SQLite and the engines are used from the thread that opened them, so all reading is done on one thread and all writing
on another. Readers hold one state of ledger and graph, and go on with it while a change is loaded and its graph is
built; then they change over at once. On a server, whose graph changes under its readers, they wait for it instead.
Who asks for the graph of another day that is not made yet waits for it aside, and then reads; a page says so meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import ExitStack
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from innograph.graph.days import DayNotReady, ready_days_only
from innograph.graph.deadline import check_deadline
from innograph.graph.errors import GraphChanged, InnographError
from innograph.graph.text import Text
from innograph.workspace import Workspace

from .days import Days
from .jobs import Job, Jobs
from .lines import Line, in_background

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future, ThreadPoolExecutor
    from pathlib import Path

    from innograph.graph.ledger import Source
    from innograph.graph.ledger.judgements import Judgements
    from innograph.graph.ledger.triage import Triage
    from innograph.graph.stores import Progress
    from innograph.queries import Finding

_Made = TypeVar("_Made")
_TRIES = 3
_ASIDES = 2
_MOST_READS, _MOST_WRITES, _MOST_ASIDES, _MOST_DAYS = 64, 32, 100, 8
"""How many may stand in each line; a form with more files than that is sent in parts."""
_PATIENCE = 3.0
"""Seconds a change waits for its graph, so that the page after it shows it where that is quick."""
_REST = 5.0
"""Seconds from a build that failed to the next."""
_NEEDED: Mapping[str, Callable[[Workspace], Any]] = {
    "findings": lambda workspace: workspace.findings(),
    "sources": lambda workspace: workspace.status().sources,
}
"""What pages need of every state of the graph and takes long: worked out ahead, before they change over to it."""
FAULT = Text(
    "程序出错了，这一步没有完成。请重试；若还是这样，请把启动 innograph 的窗口里的内容报告给开发者",
    "The program failed, and this was not done. Try again; if it fails again, report what the window that runs innograph"
    " shows",
)


@dataclass(frozen=True, slots=True)
class Reader:
    """What a page reads from.

    Args:
        workspace: held at one state.
        jobs: long work that was begun.
        updating: whether a newer graph is being built.
        trouble: why a newer graph could not be built; empty if none failed.
        triage: decisions as they stand now: they change no graph, so they need not wait for one.
        judgements: who is who, as people decided until now: a question that is settled must not come back.
    """

    workspace: Workspace
    jobs: Jobs
    updating: bool
    trouble: str
    triage: Triage
    judgements: Judgements
    _known: dict[tuple[str, str], Any]

    def once(self, name: str, make: Callable[[Workspace], _Made]) -> _Made:
        """Return what ``make`` makes of the workspace: once for each state of the graph.

        Args:
            name: of what is made; it must not depend on the language.
            make: makes it.
        """
        key = (self.workspace.stamp, name)
        if key not in self._known:
            check_deadline()
            self._known[key] = make(self.workspace)
        made: _Made = self._known[key]
        return made

    def findings(self, as_of: dt.date | None = None) -> list[Finding]:
        """Return all findings with what was decided about each; they are worked out once for a state of the graph.

        Args:
            as_of: the day whose graph is looked at; by default that of now.

        Raises:
            DayNotReady: the graph of that day is not made yet.
        """
        if as_of:
            found = self.once(f"findings@{as_of}", lambda workspace: workspace.findings(as_of=as_of))
        else:
            found = self.once("findings", _NEEDED["findings"])
        decided = self.triage.current()
        return [replace(finding, decision=decided.get(finding.id)) for finding in found]

    @property
    def sources(self) -> Sequence[Source]:
        """What is loaded, in the order of loading; looked up once for a state of the graph."""
        return self.once("sources", _NEEDED["sources"])

    def knows(self, name: str) -> bool:
        """Whether :meth:`once` has made what has this name for this state."""
        return (self.workspace.stamp, name) in self._known

    def knows_findings(self, as_of: dt.date | None = None) -> bool:
        """Whether :meth:`findings` has been worked out for this state."""
        return self.knows(f"findings@{as_of}" if as_of else "findings")


class Desk:
    """Reads from and writes to one workspace for all who have a page of it open.

    Args:
        folder: the workspace.
        store: an engine's address that goes before the one in the settings.
    """

    def __init__(self, folder: Path, store: str | None = None) -> None:
        self.folder = folder
        self._store = store
        self.jobs = Jobs()
        self._reads = Line(1, "innograph-read", _MOST_READS)
        self._writes = Line(1, "innograph-write", _MOST_WRITES)
        self._asides = Line(_ASIDES, "innograph-aside", _MOST_ASIDES)
        self._days = Days(folder, store, self.jobs, _MOST_DAYS)
        self._stack = ExitStack()
        self._hold = ExitStack()
        self._reading: Workspace | None = None
        self._watching: Workspace | None = None
        self._held = self._built = self._trouble = ""
        self._building: Future[None] | None = None
        self._rests_until = 0.0
        self._known: dict[tuple[str, str], Any] = {}

    async def open(self) -> None:
        """Open the workspace, bring its engine up to date and find what there is to find: the first page is quick.

        Raises:
            InnographError: it cannot be used.
        """
        await self.read(lambda reader: (reader.findings(), reader.sources))

    async def close(self) -> None:
        """Let go of the workspace when what is being written is written; work that has not begun is dropped."""
        self.jobs.cancel_all()
        for thread in (self._asides, self._writes):  # elsewhere, so that a second wish to stop is heard
            await asyncio.to_thread(thread.shutdown, wait=True, cancel_futures=True)
        await asyncio.to_thread(self._days.close)
        await self._on(self._reads, self._stack.close)
        self._reads.shutdown(wait=True, cancel_futures=True)

    async def read(self, work: Callable[[Reader], _Made], *, patience: float | None = None, href: str = "") -> _Made:
        """Return what ``work`` makes of one state of the workspace.

        Where ``work`` needs the graph of a day that is not made yet, it is begun anew when that is made; others read
        meanwhile.

        Args:
            work: is given what to read from.
            patience: seconds it waits for the graph of a day; by default until that is made.
            href: the page that is asked for.

        Raises:
            Busy: too many wait.
            TookTooLong: nobody waits for it any more.
            GraphChanged: a server's graph changes again and again.
            DayInTheMaking: there was no patience to wait for the graph of a day.
            DayNotReady: the workspace changes again and again, or somebody cancelled the making of that graph.
            Outdated: the program changed after this one was started, so that the graph of a day cannot be made.
            Exception: what ``work`` raises.
        """
        self._reads.admit()
        tries = _TRIES
        while True:
            try:
                return await self._on(self._reads, partial(self._read, work))
            except DayNotReady as missing:
                tries -= 1
                if not tries:
                    raise
                await self._days.made(missing, after=self._building, patience=patience, href=href)

    async def change(self, work: Callable[[Workspace], _Made]) -> _Made:
        """Return what ``work`` makes of the workspace; its changes are kept when it returns.

        Pages show them as soon as the graph is built. This call waits for that only a few seconds.

        Raises:
            Busy: too many wait.
            TookTooLong: nobody waits for it any more, and it has not begun.
            Exception: what ``work`` raises.
        """
        self._writes.admit()
        made = await self._on(self._writes, partial(self._change, work))
        self._building = self._writes.submit(self._build)
        await asyncio.wait({asyncio.wrap_future(self._building)}, timeout=_PATIENCE)
        return made

    def begin(self, title: str, work: Callable[[Workspace, Progress], object]) -> Job:
        """Begin long work that writes, and return at once: the job says how far it is and takes a wish to stop.

        Args:
            title: what is done, for people.
            work: is given the workspace and a way to say how far it is, which raises when the job is to stop.

        Raises:
            Busy: too many wait.
        """
        self._writes.admit()
        job = self.jobs.new(title)
        self._writes.submit(in_background(partial(self._work, job, work)))
        return job

    def aside(self, title: str, work: Callable[[Progress], object]) -> Job:
        """Begin long work that changes nothing, beside reading and writing, and return at once.

        Args:
            title: what is done, for people.
            work: is given a way to say how far it is, which raises when the job is to stop.

        Raises:
            Busy: too many wait.
        """
        self._asides.admit()
        job = self.jobs.new(title)
        self._asides.submit(in_background(partial(job.run, partial(work, job.progress))))
        return job

    def workspace(self) -> Workspace:
        """Open the workspace for work on another thread; use it as a context manager."""
        return Workspace(self.folder, self._store)

    @staticmethod
    async def _on(thread: ThreadPoolExecutor, work: Callable[[], _Made]) -> _Made:
        """Run ``work`` on one of the threads, in the language of the request."""
        return await asyncio.get_running_loop().run_in_executor(thread, partial(copy_context().run, work))

    # --- on the reading thread

    def _open(self) -> tuple[Workspace, Workspace]:
        """Return the workspace that is held at one state, and the same as it is now."""
        if self._reading is None or self._watching is None:
            self._watching = self._stack.enter_context(Workspace(self.folder, self._store))
            self._reading = self._stack.enter_context(Workspace(self.folder, self._store))
            self._stack.callback(self._hold.close)
            self._renew(self._reading)
        return self._reading, self._watching

    def _renew(self, workspace: Workspace) -> None:
        """Hold the state of this moment instead of an earlier one."""
        self._hold.close()
        self._held = ""
        self._hold.enter_context(workspace.held())
        self._held = self._built = workspace.stamp
        for known in [known for known in list(self._known) if known[0] != self._held]:
            del self._known[known]

    def _read(self, work: Callable[[Reader], _Made]) -> _Made:
        for _ in range(_TRIES):
            check_deadline()
            workspace, now = self._open()
            try:
                updating = self._catch_up(workspace)
                reader = Reader(workspace, self.jobs, updating, self._trouble, now.triage, now.judgements, self._known)
                with ready_days_only():
                    return work(reader)
            except GraphChanged:
                self._built = ""
        raise GraphChanged

    def _catch_up(self, workspace: Workspace) -> bool:
        """Hold the newest state that has a graph, and return whether a newer one is being built."""
        now = self._watching.stamp if self._watching else ""
        if not self._held or now in (self._held, self._built) or not workspace.embedded:
            self._renew(workspace)
            return False
        if (self._building is None or self._building.done()) and time.monotonic() >= self._rests_until:
            self._building = self._writes.submit(self._build)
        return True

    # --- on the writing thread

    def _change(self, work: Callable[[Workspace], _Made]) -> _Made:
        check_deadline()
        with Workspace(self.folder, self._store) as workspace:
            return work(workspace)

    def _build(self, progress: Progress | None = None) -> None:
        """Build the graph of what the ledger holds now; what prevents it is told on the pages."""
        try:
            with Workspace(self.folder, self._store) as workspace:
                workspace.refresh(progress)
                with workspace.held():
                    if workspace.embedded and workspace.stamp != self._held:
                        self._known.update(self._needed(workspace))
                    built = workspace.stamp
            self._built, self._trouble = built, ""
        except InnographError as error:
            self._fail(str(error))
        except Exception:  # else every page would begin it anew, and none would say why
            logging.getLogger(__name__).exception("the graph was not built")
            self._fail(FAULT.show())

    @staticmethod
    def _needed(workspace: Workspace) -> dict[tuple[str, str], Any]:
        """Return what the next pages need: they change over when it is there, and none of them has to wait for it."""
        try:
            return {(workspace.stamp, name): make(workspace) for name, make in _NEEDED.items()}
        except Exception:  # the graph is there; the page that needs what cannot be worked out says why
            logging.getLogger(__name__).exception("what pages need was not worked out ahead")
            return {}

    def _fail(self, why: str) -> None:
        self._trouble, self._rests_until = why, time.monotonic() + _REST

    def _work(self, job: Job, work: Callable[[Workspace, Progress], object]) -> None:
        def done() -> object:
            made = self._change(lambda workspace: work(workspace, job.progress))
            self._build(job.shown)
            return made

        job.run(done)
