"""Runs a function in a process of its own: what hangs, crashes or fills the memory there ends with a clear error here.

Parsers of files and graph engines are large and partly native code. A malformed file or a hostile query may send them into an
endless loop, a memory blow-up or a crash; none of these can be caught in the process where it happens. So a child process
works under a time limit and, where the system knows one, a memory limit; its answer comes back pickled.
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
from typing import IO, TYPE_CHECKING, Any, Self, cast

from .errors import InnographError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CHILD = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    f"from {__name__} import answer; answer(sys.stdin.buffer, sys.stdout.buffer)"
)


class Ended(Exception):
    """The child was ended or crashed; ``late`` if it took too long, else it crashed or took too much memory."""

    def __init__(self, *, late: bool) -> None:
        super().__init__(late)
        self.late = late


class Fault(Exception):
    """The function raised what it should not: a mistake of ours, in words."""


def confined(
    function: Callable[..., object],
    given: tuple[Any, ...],
    *,
    seconds: float,
    memory: int,
    whole: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Generator[object]:
    """Yield what ``function(*given)``, or ``function(*given, progress)``, returns or yields, as a child process does it.

    The child works on while this process is at its own work. Closing the generator ends it.

    Args:
        function: of a module, so that the child finds it by its name.
        given: what it is called with.
        seconds: the time limit: of the ``whole``, else of each thing it says.
        memory: the memory limit, in bytes, where the system holds one.
        whole: see ``seconds``.
        progress: told what the function tells its own; called in this process.

    Raises:
        InnographError: the function's own.
        Ended: the child took too long, too much memory, or crashed.
        Fault: the function raised anything else.

    Examples:
        >>> from operator import add
        >>> list(confined(add, (1, 2), seconds=60, memory=2**32))
        [3]
    """
    with _Child(seconds, progress) as child:
        yield from child.items(function, given, memory, whole=whole)


class _Child:
    """A process of this program that does one thing.

    Args:
        seconds: how long it may say nothing.
        progress: told how far it is.
    """

    def __init__(self, seconds: float, progress: Callable[[int, int], None] | None) -> None:
        self.seconds = seconds
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

    def items(
        self, function: Callable[..., object], given: tuple[Any, ...], memory: int, *, whole: bool
    ) -> Iterator[object]:
        """Yield what the function returns, or yields; the time is that of the ``whole``, or of each thing it says."""
        limits = (memory, self.seconds if whole else 0.0)
        asked = (function.__module__, function.__qualname__, given, self.progress is not None, *limits)
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
                if kind == "fault":
                    raise Fault(said)
                if kind == "item":
                    yield said
                elif self.progress:
                    self.progress(*said)
                if not whole:
                    self._wind(self.seconds)
        # A child that was ended or crashed leaves a broken pipe or an answer that breaks off.
        except (OSError, EOFError, pickle.UnpicklingError):
            raise Ended(late=self._late.is_set()) from None

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
    """Do one thing, in the child: take the question from one stream and write what was found to the other."""
    # What a native library prints must not get between the answers.
    with os.fdopen(os.dup(answers.fileno()), "wb") as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), answers.fileno())
        module, function, given, wants_progress, memory, cpu_seconds = pickle.load(questions)  # noqa: S301 -- our own parent
        _set_limits(memory, cpu_seconds)

        def say(kind: str, said: object) -> None:
            pickle.dump((kind, said), out, pickle.HIGHEST_PROTOCOL)
            out.flush()

        def progress(done: int, total: int) -> None:
            say("progress", (done, total))

        try:
            work: Any = getattr(import_module(module), function)
            found: object = work(*given, progress) if wants_progress else work(*given)
            for one in cast("Iterable[object]", found) if isinstance(found, Generator) else (found,):
                say("item", one)
            say("end", None)
        except InnographError as error:
            say("error", (type(error), error.values))
        except MemoryError:
            raise
        except Exception as error:  # a mistake of ours must not look like a damaged file
            say("fault", f"{type(error).__name__}: {error}")


def _set_limits(memory: int, cpu_seconds: float) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has none, and macOS does not hold it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        if cpu_seconds:
            # Should the parent be gone and nobody watch the clock, the child's own time still ends.
            resource.setrlimit(resource.RLIMIT_CPU, (2 * math.ceil(cpu_seconds), 2 * math.ceil(cpu_seconds)))
