"""Reads a file in a process of its own: what hangs, crashes or fills the memory there ends with a clear error here.

The parsers of office files, pages and PDF are large and partly native code. A malformed file may send them into an
endless loop, a memory blow-up or a crash; none of these can be caught in the process where it happens. So a child
process reads the file under a time limit and, where the system knows one, a memory limit; its answer, such as a
:class:`~innograph.loaders.document.Document`, comes back pickled.
"""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Generator
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, NoReturn, Self, TypeVar, cast

from innograph.graph.errors import InnographError, InputError
from innograph.graph.text import Text

from .refusing import SAVE_AS, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
    with _Child(name, seconds, memory, progress) as child:
        return cast("_Result", next(child.items(reader, (name, data), whole=True)))


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
    with _Child(name, seconds, memory, progress) as child:
        yield from cast("Iterator[_Result]", child.items(reader, given, whole=False))


class _Child:
    """A process of this program that reads one file.

    Args:
        name: the file's name.
        seconds: how long it may say nothing.
        memory: how much memory it may take.
        progress: told how far it is.
    """

    def __init__(self, name: str, seconds: float, memory: int, progress: Callable[[int, int], None] | None) -> None:
        self.name = name
        self.seconds = seconds
        self.memory = memory
        self.progress = progress
        self._late = threading.Event()
        self._clock: threading.Timer | None = None
        self._process = subprocess.Popen(  # noqa: S603 -- this Python, and code of ours
            [sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._wind(0.0)
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not read any more is lost on purpose
                cast("IO[bytes]", pipe).close()
        self._process.wait()

    def items(self, reader: Callable[..., object], given: tuple[Any, ...], *, whole: bool) -> Iterator[object]:
        """Yield what the reader returns, or yields; the time is that of the ``whole``, or of each thing it says."""
        limits = (self.memory, self.seconds if whole else 0.0)
        asked = (reader.__module__, reader.__qualname__, given, self.progress is not None, self.name, *limits)
        try:
            to = cast("IO[bytes]", self._process.stdin)
            pickle.dump(sys.path, to)
            pickle.dump(asked, to)
            to.flush()
            self._wind(self.seconds)
            while True:
                kind, said = pickle.load(cast("IO[bytes]", self._process.stdout))  # noqa: S301 -- our own child wrote it
                if not whole:
                    self._wind(0.0)
                if kind == "end":
                    return
                if kind == "error":
                    error, values = cast("tuple[type[InnographError], dict[str, object]]", said)
                    raise error(**values)
                if kind == "item":
                    yield said
                elif self.progress:
                    self.progress(*said)
                if not whole:
                    self._wind(self.seconds)
        # A child that was ended or crashed leaves a broken pipe or an answer that breaks off.
        except (OSError, EOFError, pickle.UnpicklingError):
            _fail(self.name, self.seconds, late=self._late.is_set())

    def _wind(self, seconds: float) -> None:
        """Let the child have so many seconds from now on; 0: as many as it wants."""
        if self._clock:
            self._clock.cancel()
        self._clock = threading.Timer(seconds, self._end) if seconds else None
        if self._clock:
            self._clock.daemon = True
            self._clock.start()

    def _end(self) -> None:
        self._late.set()
        self._process.kill()


def answer(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Read one file, in the child: take the question from one stream and write what was found to the other."""
    # What a native library prints must not get between the answers.
    with os.fdopen(os.dup(answers.fileno()), "wb") as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), answers.fileno())
        module, function, given, wants_progress, name, memory, cpu_seconds = pickle.load(questions)  # noqa: S301 -- our own parent
        _set_limits(memory, cpu_seconds)

        def say(kind: str, said: object) -> None:
            pickle.dump((kind, said), out, pickle.HIGHEST_PROTOCOL)
            out.flush()

        def progress(done: int, total: int) -> None:
            say("progress", (done, total))

        try:
            reader: Any = getattr(import_module(module), function)
            found: object = reader(*given, progress) if wants_progress else reader(*given)
            for one in cast("Iterable[object]", found) if isinstance(found, Generator) else (found,):
                say("item", one)
            say("end", None)
        except InnographError as error:
            say("error", (type(error), error.values))
        except MemoryError:
            raise
        except Exception as error:  # a mistake of ours must not look like a damaged file
            said = f"{type(error).__name__}: {error}"
            problem = Text(
                f"读取程序出错（{said}），请报告给开发者", f"its reader has a fault ({said}); please report it"
            )
            say("error", (InputError, {"file": name, "problem": problem, "hint": SAVE_AS}))


def _set_limits(memory: int, cpu_seconds: float) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has none, and macOS does not hold it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        if cpu_seconds:
            # Should the parent be gone and nobody watch the clock, the child's own time still ends.
            resource.setrlimit(resource.RLIMIT_CPU, (2 * math.ceil(cpu_seconds), 2 * math.ceil(cpu_seconds)))


def _fail(name: str, seconds: float, *, late: bool) -> NoReturn:
    if late:
        problem = Text(f"{seconds:.0f}秒内没有读完", f"it could not be read within {seconds:.0f} seconds")
    else:
        problem = Text("文件使读取程序崩溃或内存不足", "the file made its reader crash or run out of memory")
    refuse(name, problem, SAVE_AS)
