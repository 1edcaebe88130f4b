"""Reads a file in a process of its own, see :mod:`~innograph.graph.confined`; what ends it is told of the file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from innograph.graph.confined import Ended, Fault, confined
from innograph.graph.text import Text

from .refusing import SAVE_AS_ANY, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

_Result = TypeVar("_Result")

SECONDS = 300.0
MEMORY = 4 * 1024**3


def read_confined(
    reader: Callable[..., _Result],
    name: str,
    data: bytes,
    *,
    progress: Callable[[int, int], None] | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> _Result:
    """Return ``reader(name, data)``, or ``reader(name, data, progress)`` if there is one, as a child process does it.

    Args:
        reader: a function of a module, so that the child finds it by its name.
        name: the file's name.
        data: its bytes.
        progress: told what the reader tells its own; called in this process.
        seconds: the time limit.
        memory: the memory limit, in bytes, where the system holds one.

    Raises:
        InputError: the reader's own, or the child took too long, too much memory, or crashed.
    """
    with _told_of(name, seconds):
        (found,) = confined(reader, (name, data), seconds=seconds, memory=memory, progress=progress)
        return cast("_Result", found)


def stream_confined(
    reader: Callable[..., Iterator[_Result]],
    name: str,
    given: tuple[Any, ...],
    *,
    progress: Callable[[int, int], None] | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Generator[_Result]:
    """Yield what ``reader(*given)``, or ``reader(*given, progress)``, yields, as a child process does it.

    The child works on while this process is at its own work. Closing the generator ends it.

    Args:
        reader: a function of a module that yields; it should yield much at a time.
        name: the file's name, for messages.
        given: what it is called with.
        progress: told what the reader tells its own; called in this process.
        seconds: how long the child may say nothing.
        memory: the memory limit, in bytes, where the system holds one.

    Raises:
        InnographError: the reader's own.
        InputError: the child said nothing for too long, took too much memory, or crashed.
    """
    with _told_of(name, seconds):
        found = confined(reader, given, seconds=seconds, memory=memory, whole=False, progress=progress)
        yield from cast("Iterator[_Result]", found)


@contextmanager
def _told_of(name: str, seconds: float) -> Generator[None]:
    """Tell of the file what ended its reader."""
    try:
        yield
    except Ended as ended:
        if ended.late:
            problem = Text(f"{seconds:.0f}秒内没有读完", f"it could not be read within {seconds:.0f} seconds")
        else:
            problem = Text("文件使读取程序崩溃或内存不足", "the file made its reader crash or run out of memory")
        refuse(name, problem, SAVE_AS_ANY)
    except Fault as fault:
        problem = Text(
            f"读取程序出错（{fault}），请报告给开发者", f"its reader has a fault ({fault}); please report it"
        )
        refuse(name, problem, SAVE_AS_ANY)
