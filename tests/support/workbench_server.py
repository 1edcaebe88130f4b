"""A running workbench for tests, on a free port of this machine. A pytest plugin: `pytest_plugins = ["workbench_server"]`.

- `workbench`: on the plan, its rosters and the cooperation sample; one for the session, so only to be read.
- `workbench_of(folder)`: on a workspace of the test's own, which it may change; stopped after the test.
- `sample_workspace()`: a folder with a copy of that workspace, for `workbench_of`.
"""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import cooperation_sample
import httpx
import pytest
from locks import alone_in

from innograph import Workspace
from innograph.graph.settings import Settings
from innograph.visualize.workbench.desk import Desk
from innograph.visualize.workbench.guard import Access, Limits
from innograph.visualize.workbench.serving import listening_at, server_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import uvicorn

_START_SECONDS = 60.0
_STOP_SECONDS = 30.0


@dataclass(frozen=True)
class Workbench:
    """A running workbench.

    Args:
        address: without a slash at its end.
        folder: of the workspace.
        desk: for tests of what happens while somebody reads.
    """

    address: str
    folder: Path
    desk: Desk

    def url(self, path: str) -> str:
        """Return the whole address of a path such as ``/q/load``."""
        return self.address + path

    def client(self, **headers: str) -> httpx.Client:
        """Return a client for plain requests; close it. It does not follow where an answer leads."""
        return httpx.Client(base_url=self.address, headers=headers, timeout=60.0, trust_env=False)

    def get(self, path: str) -> httpx.Response:
        """Return the answer to one request, after all that it leads to."""
        with self.client() as client:
            return client.get(path, follow_redirects=True)

    def post(self, path: str, form: dict[str, str] | None = None) -> httpx.Response:
        """Send a form as a page of the workbench would, and return the answer itself."""
        with self.client(origin=self.address) as client:
            return client.post(path, data=form or {})


WorkbenchOf: TypeAlias = "Callable[..., Workbench]"
"""Starts a workbench on a folder, with what :func:`running` may be given; it is stopped after the test."""


@contextmanager
def running(
    folder: Path,
    *,
    store: str | None = None,
    language: str = "zh",
    token: str = "",
    names: tuple[str, ...] = (),
    limits: Limits | None = None,
) -> Generator[Workbench]:
    """Run a workbench in a thread of this process, in Chinese unless a request asks for English.

    Args:
        folder: a workspace.
        store: an engine's address that goes before the one in the settings.
        language: of the pages; empty: the browser's.
        token: needed by who comes in.
        names: further host names.
        limits: of a request.
    """
    with listening_at(Access("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        desk = Desk(folder, store)
        server = server_of(desk, Access("127.0.0.1", port, token, names, limits or Limits()), language)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="workbench")
        thread.start()
        try:
            _wait_until_started(server, thread)
            yield Workbench(f"http://127.0.0.1:{port}", folder, desk)
        finally:
            server.should_exit = True
            thread.join(_STOP_SECONDS)
            assert not thread.is_alive(), "the workbench did not stop"


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    waited = threading.Event()
    for _ in range(round(_START_SECONDS / 0.02)):
        if server.started or not thread.is_alive():
            break
        waited.wait(0.02)
    assert server.started, "the workbench did not start: see its log above"


@pytest.fixture(scope="session")
def sample_snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace that others are copies of; all workers of a test run share it, so copy it and leave it as it is."""
    own = tmp_path_factory.getbasetemp()
    run = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "workbench"
    made = run / "samples"
    with alone_in(run):
        if not made.is_dir():
            unfinished = run / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            settings = Settings(title="昌吉", home_region=cooperation_sample.HOME)
            with Workspace.create(unfinished, settings) as workspace:
                shutil.copy(cooperation_sample.ALIASES, unfinished / "aliases.csv")
                for file in cooperation_sample.FILES:
                    workspace.load(file)
                workspace.build()
            unfinished.rename(made)
    return made


@pytest.fixture
def sample_workspace(sample_snapshot: Path, tmp_path: Path) -> Callable[[], Path]:
    """Give folders with a copy of the samples' workspace, each for itself."""

    def copy() -> Path:
        folder = tmp_path / f"samples-{len(list(tmp_path.glob('samples-*')))}"
        shutil.copytree(sample_snapshot, folder)
        return folder

    return copy


@pytest.fixture(scope="session")
def workbench(sample_snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The workbench on all samples: for the session, only to be read."""
    folder = tmp_path_factory.mktemp("workbench") / "samples"
    shutil.copytree(sample_snapshot, folder)
    with running(folder) as started:
        yield started


@pytest.fixture
def workbench_of() -> Iterator[WorkbenchOf]:
    """Start workbenches on folders of the test's own; they are stopped after it."""
    with ExitStack() as stack:
        yield lambda *given, **more: stack.enter_context(running(*given, **more))
