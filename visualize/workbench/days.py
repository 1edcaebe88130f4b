"""Makes the graphs of other days for pages that ask for them, in a process of its own: all other pages go on.

The graph of a day is made of all that the ledger holds, which takes a minute where there is much of it. It ends up in a
file of the workspace, where the thread that reads finds it.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from innograph.graph.confined import Ended, Fault, confined
from innograph.graph.errors import EngineError, InnographError
from innograph.graph.text import Text
from innograph.workspace import Workspace

from .lines import Line

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

_SECONDS, _MEMORY = 1800.0, 64 * 1024**3
"""What a process that has lost its way may take; one that has not needs what the graph of today needs."""
_ENDED = Text(
    "{day} 的图谱没有做成：进程超时或意外中止。请重试；内存不足时先关闭别的程序",
    "The graph of {day} was not made: its process took too long or broke off. Try again; if memory is short, close other"
    " programs first",
)


def make_day(folder: Path, store: str | None, day: str) -> None:
    """Make the graph of a day in the workspace's folder, if it is not there.

    Args:
        folder: the workspace.
        store: an engine's address that goes before the one in the settings.
        day: in ISO form.

    Raises:
        InnographError: it cannot be made.
    """
    with Workspace(folder, store) as workspace:
        workspace.store(day)


class Days:
    """Makes graphs of days, one after the other and each once, however many ask for it.

    Args:
        folder: the workspace.
        store: an engine's address that goes before the one in the settings.
        most: how many days may wait to be made.
    """

    def __init__(self, folder: Path, store: str | None, most: int) -> None:
        self._given = folder, store
        self._thread = Line(1, "innograph-day", most)
        self._making: dict[str, Future[InnographError | None]] = {}

    async def made(self, day: str) -> None:
        """Return when the graph of a day is made; who stops waiting does not stop it for others.

        Raises:
            Busy: too many other days are to be made first.
            InnographError: it cannot be made.
        """
        self._making = {known: making for known, making in self._making.items() if not making.done()}
        making = self._making.get(day)
        if making is None:
            self._thread.admit()
            making = self._making[day] = self._thread.submit(self._make, day)
        await asyncio.wait({asyncio.wrap_future(making)})
        if error := making.result():
            raise error

    def close(self) -> None:
        """Return when what is being made is made; what has not begun is dropped."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _make(self, day: str) -> InnographError | None:
        """Make the graph of a day, and return what prevented it: all who wait for it are told, and there may be none."""
        try:
            for _ in confined(make_day, (*self._given, day), seconds=_SECONDS, memory=_MEMORY):
                pass
        except InnographError as error:
            return error
        except (Ended, Fault):
            logging.getLogger(__name__).exception("the graph of %s was not made", day)
            return EngineError(problem=Text(_ENDED.zh.format(day=day), _ENDED.en.format(day=day)))
        return None
