"""Runs the command line as people do: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def call(
    *words: str | Path, cwd: Path, lang: str = "en", before: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    """Run ``innograph WORDS…``.

    Args:
        words: the command line.
        cwd: the folder it runs in.
        lang: the language of its messages.
        before: Python that the process executes first, such as a limit it sets itself.
        env: more of its environment.
    """
    start = ["-c", f"{before}\nfrom innograph.cli import main\nmain()"] if before else ["-m", "innograph"]
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        cwd=cwd,
        env={**os.environ, "INNOGRAPH_LANG": lang, "COLUMNS": "200", **env},  # whatever runs the tests may have its own
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
