"""A process that has run innograph's usual commands, and forks one for each command line ``cli_process`` sends it.

It reads a line of JSON and answers with the exit code, until its input ends. A fork has its own folder, environment,
standard streams and memory, and runs ``python -m innograph``: what is saved are imports, and tables read from files.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import runpy
import sys
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import innograph
from innograph.cli import cli


def warm_up() -> None:
    """Run what most tests run, so that forks find its modules and tables."""
    plan = innograph.sample("changji") / "plan.txt"
    tiers = innograph.sample("changji") / "rosters" / "tiers.csv"
    with tempfile.TemporaryDirectory() as folder:
        for words in (
            ("init", folder),
            ("-w", folder, "load", "--no-build", plan, tiers),
            ("-w", folder, "build"),
            ("-w", folder, "status"),
            ("-w", folder, "ask", "matrix"),
            ("-w", folder, "findings"),
            ("-w", folder, "report", "-o", Path(folder, "report.docx")),
            ("template", "tiers", "-o", Path(folder, "tiers.xlsx")),
            ("map", tiers),
        ):
            result = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
            assert result.exit_code == 0, result.output
        CliRunner().invoke(cli, ["-w", folder, "ask", "nosuch"])  # what is not understood is compared with every phrase
    tasks = Path("/proc/self/task")
    assert len(list(tasks.iterdir())) == 1, "a fork lacks the other threads, and may wait for them for ever"
    gc.collect()
    gc.freeze()  # what is there now is of no concern to the forks' collectors, and its memory stays shared


def run(asked: dict[str, Any]) -> None:
    """Take the place of a process that was started for this command line."""
    to_write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for number, (name, flags) in enumerate(
        [(os.devnull, os.O_RDONLY), (asked["out"], to_write), (asked["err"], to_write)]
    ):
        opened = os.open(name, flags)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv[1:] = asked["words"]
    runpy.run_module("innograph", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    warm_up()
    for line in iter(sys.stdin.readline, ""):
        fork = multiprocessing.get_context("fork").Process(target=run, args=(json.loads(line),))
        fork.start()
        fork.join()
        print(fork.exitcode, flush=True)
