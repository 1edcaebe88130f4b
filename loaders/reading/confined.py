"""Reads a file in a process of its own: what hangs, crashes or fills the memory there ends with a clear error here.

The parsers of office files, pages and PDF are large and partly native code. A malformed file may send them into an
endless loop, a memory blow-up or a crash; none of these can be caught in the process where it happens. So a child
process reads the file under a time limit and, where the system knows one, a memory limit; its answer, such as a
:class:`~innograph.loaders.document.Document`, comes back pickled.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from innograph.graph.errors import InputError
from innograph.graph.text import Text

from .refusing import SAVE_AS, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")

SECONDS = 300.0
MEMORY = 4 * 1024**3

_CHILD = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    f"from {__name__} import answer; answer(sys.stdin.buffer, sys.stdout.buffer)"
)


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
    child = subprocess.Popen(  # noqa: S603 -- this Python, and code of ours
        [sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(seconds, end)
    clock.start()
    try:
        said = _ask(child, (memory, reader.__module__, reader.__qualname__, name, data, progress is not None), progress)
    finally:
        clock.cancel()
        child.kill()
        child.wait()
    if said is None:
        _fail(name, seconds, late=late.is_set())
    kind, found = said
    if kind == "error":
        error, values = cast("tuple[type[InputError], dict[str, object]]", found)
        raise error(**values)
    return cast("_Result", found)


def _ask(
    child: subprocess.Popen[bytes], question: tuple[object, ...], progress: Callable[[int, int], None] | None
) -> tuple[str, object] | None:
    """Return what the child found, or its error, each with the word for it; None if it ended without either."""
    try:
        with cast("IO[bytes]", child.stdin) as to, cast("IO[bytes]", child.stdout) as answers:
            pickle.dump(sys.path, to)
            pickle.dump(question, to)
            to.flush()
            while True:
                kind, said = pickle.load(answers)  # noqa: S301 -- our own child wrote it
                if kind != "progress":
                    return str(kind), said
                if progress:
                    progress(*said)
    # A child that was ended or crashed leaves a broken pipe or an answer that breaks off.
    except (OSError, EOFError, pickle.UnpicklingError):
        return None


def answer(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Read one file, in the child: take the question from one stream and write what was found to the other."""
    # What a native library prints must not get between the answers.
    with os.fdopen(os.dup(answers.fileno()), "wb") as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), answers.fileno())
        memory, module, function, name, data, wants_progress = pickle.load(questions)  # noqa: S301 -- our own parent
        _set_limits(memory)
        pickle.dump(_result(out, module, function, (name, data), wants_progress), out)


def _result(out: IO[bytes], module: str, function: str, given: tuple[str, bytes], wants_progress: bool) -> object:
    from importlib import import_module

    def progress(done: int, total: int) -> None:
        pickle.dump(("progress", (done, total)), out)
        out.flush()

    reader: Any = getattr(import_module(module), function)
    try:
        return "found", reader(*given, progress) if wants_progress else reader(*given)
    except InputError as error:
        return "error", (type(error), error.values)


def _set_limits(memory: int) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has none, and macOS does not hold it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        # Should the parent be gone and nobody watch the clock, the child's own time still ends.
        resource.setrlimit(resource.RLIMIT_CPU, (2 * int(SECONDS), 2 * int(SECONDS)))


def _fail(name: str, seconds: float, *, late: bool) -> NoReturn:
    if late:
        problem = Text(f"{seconds:.0f}秒内没有读完", f"it could not be read within {seconds:.0f} seconds")
    else:
        problem = Text("文件使读取程序崩溃或内存不足", "the file made its reader crash or run out of memory")
    refuse(name, problem, SAVE_AS)
