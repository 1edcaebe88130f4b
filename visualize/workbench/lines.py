"""Threads with an end to the line in front of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from math import inf
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from innograph.graph.deadline import deadline
from innograph.graph.errors import InnographError
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


class Busy(InnographError):
    """Too many wait already."""

    code = "busy"
    text = Text(
        "工作台正忙，已有{waiting}项请求在等待。请{seconds}秒后重试",
        "The workbench is busy: {waiting} requests wait already. Try again in {seconds} seconds",
    )
    seconds = 5


class Line(ThreadPoolExecutor):
    """Threads that work one thing off after the other.

    Args:
        threads: how many.
        name: of the threads.
        most: how many things may wait or be worked on where :meth:`admit` is asked first.

    Examples:
        >>> with Line(1, "example", 1) as line:
        ...     line.admit()
        ...     line.submit(pow, 2, 5).result()
        32
    """

    def __init__(self, threads: int, name: str, most: int) -> None:
        super().__init__(threads, name)
        self._most = most
        self._there = 0
        self._counting = Lock()

    def admit(self) -> None:
        """Go on if one more may stand in line.

        Raises:
            Busy: too many wait.
        """
        if self._there >= self._most:
            raise Busy(waiting=self._there, seconds=Busy.seconds)

    def submit(self, fn: Callable[_Given, _Made], /, *args: _Given.args, **kwargs: _Given.kwargs) -> Future[_Made]:
        """Have something done, however many wait; see :class:`~concurrent.futures.Executor`."""
        made = super().submit(fn, *args, **kwargs)
        self._count(1)
        made.add_done_callback(lambda _: self._count(-1))  # also where it is taken back before it has begun
        return made

    def _count(self, more: int) -> None:
        with self._counting:
            self._there += more


def in_background(work: Callable[[], _Made]) -> Callable[[], _Made]:
    """Return ``work`` as it is to be done after the answer to a request: in its language, but however long it takes."""
    context = copy_context()

    def done() -> _Made:
        with deadline(inf):
            return work()

    return lambda: context.run(done)
