"""Runs the command line as people do: in a process of its own."""

from __future__ import annotations

import atexit
import functools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def call(
    *words: str | Path, cwd: Path, lang: str = "en", fresh: bool = False, before: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    """Run ``innograph WORDS…``.

    On Linux the process is forked from one that has imported innograph already: a tenth of the work. Elsewhere it is
    a new interpreter; that both do the same, ``test_cli_fresh.py`` shows.

    Args:
        words: the command line.
        cwd: the folder it runs in.
        lang: the language of its messages.
        fresh: ask for a new interpreter: for what depends on how it starts, or on what it has imported.
        before: Python that the process executes first, such as a limit it sets itself; so it is a new interpreter.
        env: more of its environment.
    """
    environment = {**os.environ, "INNOGRAPH_LANG": lang, "COLUMNS": "200", **env}  # who runs the tests may have its own
    if sys.platform == "linux" and not (fresh or before):
        return _forkserver().call([str(word) for word in words], cwd, environment)
    start = ["-c", f"{before}\nfrom innograph.cli import main\nmain()"] if before else ["-m", "innograph"]
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


class _Forkserver:
    """The process that others are forked from: ``cli_forkserver.py``, which ends when this one does."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("cli_forkserver.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a fork has no other threads
            text=True,
        )
        atexit.register(self._end)

    def call(self, words: list[str], cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Have it fork; return what the child said once it has ended."""
        out, err = (Path(self._folder.name, name) for name in ("out", "err"))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"words": words, "cwd": str(cwd), "env": env, "out": str(out), "err": str(err)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        ended = self._process.stdout.readline()
        said = (file.read_text(encoding="utf-8") for file in (out, err))
        return subprocess.CompletedProcess(["innograph", *words], int(ended), *said)

    def _end(self) -> None:
        self._process.communicate()  # closes its input, at which it ends
        self._folder.cleanup()


@functools.cache
def _forkserver() -> _Forkserver:
    return _Forkserver()
