"""Neo4j's own Cypher linter for the catalogue's queries: installed by npm once, then offline.

A pytest plugin too: `pytest_plugins = ["cypher_lint"]` gives the fixture `lint_cypher`.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from locks import alone_in
from needs import missing

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINTER = Path(__file__).resolve().parent.parent / "cypher_lint"
_INSTALL = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")


class LintError(RuntimeError):
    """The linter could not be installed, or did not run."""


class LintCypher(Protocol):
    """Lints these files; (0, "") when there is nothing to say of them."""

    def __call__(self, files: Sequence[Path]) -> tuple[int, str]: ...


def install(cache: Path) -> Path:
    """Put the linter and its npm package into `cache`, if this very version is not there; return the script."""
    script = cache / "lint.mjs"  # beside node_modules, where Node looks for the package
    sources = {path: (_LINTER / path.name).read_bytes() for path in (cache / "package.json", script)}
    stamp = cache / "installed"  # written last, so that an interrupted install is done again
    wanted = b"".join(sources.values())
    with alone_in(cache):
        if not (stamp.is_file() and stamp.read_bytes() == wanted):
            npm = shutil.which("npm")
            if npm is None:
                raise LintError("npm is not on PATH")
            for path, content in sources.items():
                path.write_bytes(content)
            run = _run([npm, *_INSTALL], cwd=cache)
            if run.returncode != 0:
                raise LintError(f"npm could not install the linter:\n{(run.stdout + run.stderr).strip()}")
            stamp.write_bytes(wanted)
    return script


def lint(files: Sequence[Path], cache: Path) -> tuple[int, str]:
    """Lint .cypher files: (exit code, output), where 1 means that a query has an error.

    Each line of the output reads `file:line:column error|warning: message [CYPHER version]`. A warning alone
    (a deprecated form, a cartesian product) leaves the exit code 0: ask for an output of "" to refuse those too.
    """
    node = shutil.which("node")
    if node is None:
        raise LintError("node is not on PATH")
    run = _run([node, str(install(cache)), *map(str, files)])
    if run.returncode not in (0, 1) or run.stderr:
        raise LintError(f"the linter failed:\n{run.stderr.strip()}")
    return run.returncode, run.stdout


def _run(command: list[str], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="session")
def lint_cypher(request: pytest.FixtureRequest) -> LintCypher:
    """`lint`, with its package in pytest's cache; a skip (in CI, a failure) without Node.js and npm."""
    if not (shutil.which("node") and shutil.which("npm")):
        missing("Neo4j's Cypher linter needs Node.js >= 20 and npm: install both")
    if request.config.cache is None:
        missing("Neo4j's Cypher linter is kept in pytest's cache: run without `-p no:cacheprovider`")
    cache = request.config.cache.mkdir("cypher-lint")
    try:
        install(cache)
    except LintError as why:
        missing(str(why))
    return lambda files: lint(files, cache)
