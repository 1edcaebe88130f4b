"""A workspace that the tests of the command line ask; it is loaded by the command line too."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_process import call

import innograph


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plan's workspace: one for the session, so only to be read."""
    folder = tmp_path_factory.mktemp("cli") / "ws"
    assert call("init", folder, cwd=folder.parent).returncode == 0
    assert call("-w", folder, "load", innograph.sample("changji") / "plan.txt", cwd=folder.parent).returncode == 0
    return folder
