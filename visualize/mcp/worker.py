"""A process that holds the workspace and answers one call after the other; a call that takes too long ends it.

Neither an analysis nor the embedded engine can be stopped from another thread, and a ledger belongs to one thread. So the
process that speaks the protocol holds no workspace: it asks this one, and starts another where it had to end it.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import anyio

from innograph.graph.errors import InnographError, QueryTooLong
from innograph.graph.text import Language, Text, choose_language
from innograph.workspace import Workspace

from . import resources
from .tools import Limits, Tools

if TYPE_CHECKING:
    import datetime as dt
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

_PREPARING = 1800.0
"""Seconds for the process to start and the graph to be brought up to date."""
_SOONEST, _LATEST = 0.001, 0.02
_READY, _BEGUN, _DONE, _REFUSED, _FAULT = "ready", "begun", "done", "refused", "fault"


class Refused(Exception):
    """A call was not answered, and why, in the user's language."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a worker works with: the workspace, the engine's address, the language of messages, limits, a day."""

    folder: Path
    store: str | None
    language: Language
    limits: Limits
    as_of: dt.date | None = None


class Worker:
    """Asks the process, which is started when it is first needed. Use it as a context manager.

    Args:
        given: what it works with.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._running: tuple[BaseProcess, Connection[Any, Any]] | None = None
        self._turn = anyio.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def start(self) -> None:
        """Start the process if none is running."""
        self._connection()

    async def ask(self, what: str, *details: Any) -> Any:
        """Return what the process answers.

        Args:
            what: ``tools``, ``call``, or ``read``.
            details: of a call the tool's name and the values, of a reading the address and nothing else.

        Raises:
            Refused: the call was wrong, took too long, or failed.
        """
        async with self._turn:
            try:
                return await self._asked(what, details)
            except Refused:
                raise
            except BaseException as error:  # also where the client has lost its patience
                self._end()
                if isinstance(error, TimeoutError):
                    raise Refused(str(QueryTooLong(seconds=f"{self._given.limits.seconds:g}"))) from None
                if isinstance(error, (EOFError, OSError)):
                    ended = Text(
                        "这次调用意外中止，请换个问法或缩小范围", "this call broke off; ask for less, or otherwise"
                    )
                    raise Refused(ended.show()) from None
                raise

    async def _asked(self, what: str, details: tuple[Any, ...]) -> Any:
        connection = self._connection()
        connection.send((what, details))
        seconds = _PREPARING
        while True:
            await _readable(connection, seconds)
            kind, said = connection.recv()
            if kind == _DONE:
                return said
            if kind in (_REFUSED, _FAULT):
                raise Refused(said)
            seconds = self._given.limits.seconds if kind == _BEGUN else _PREPARING

    def _connection(self) -> Connection[Any, Any]:
        if self._running is None or not self._running[0].is_alive():
            self._end()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=work, args=(theirs, self._given), daemon=True)
            process.start()
            theirs.close()
            self._running = process, ours
        return self._running[1]

    def _end(self) -> None:
        if self._running:
            process, connection = self._running
            self._running = None
            process.kill()
            process.join()
            connection.close()


async def _readable(connection: Connection[Any, Any], seconds: float) -> None:
    """Wait until something can be read.

    Raises:
        TimeoutError: nothing came in time.
    """
    until, pause = time.monotonic() + seconds, _SOONEST
    while not connection.poll(0):
        if time.monotonic() > until:
            raise TimeoutError
        await anyio.sleep(pause)
        pause = min(2 * pause, _LATEST)


def work(connection: Connection[Any, Any], given: Given) -> None:
    """Answer what is asked through ``connection`` until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks, and ends both
    choose_language(given.language)
    try:
        with Workspace(given.folder, given.store) as workspace:
            tools = Tools(workspace, given.limits, given.as_of)
            connection.send((_READY, None))
            while True:
                what, details = connection.recv()
                connection.send(_answered(connection, workspace, tools, what, details))
    except InnographError as error:
        connection.send((_REFUSED, str(error)))
    except (EOFError, OSError):
        return


def _answered(
    connection: Connection[Any, Any], workspace: Workspace, tools: Tools, what: str, details: tuple[Any, ...]
) -> tuple[str, Any]:
    try:
        if what == "tools":
            return _DONE, tools.listed()
        if what == "read":
            return _DONE, resources.read(details[0], workspace.catalogue())
        tools.prepare()
        connection.send((_BEGUN, None))
        return _DONE, tools.call(*details)
    except InnographError as error:
        return _REFUSED, str(error)
    except Exception as error:  # a mistake of ours must not end the conversation, nor show its insides
        problem = Text("程序出错（{kind}），请换个问法", "the program failed ({kind}); ask otherwise")
        return _FAULT, problem.format(kind=type(error).__name__)
