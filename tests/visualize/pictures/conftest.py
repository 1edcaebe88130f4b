"""Workspaces that pictures are drawn of: the sample plan, and the whole of the samples with who cooperates with whom."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import cooperation_sample
import pytest

import innograph
from innograph.graph.settings import Settings


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[innograph.Workspace]:
    """The plan alone."""
    with innograph.Workspace.create(tmp_path_factory.mktemp("pictures") / "plan") as made:
        made.load(innograph.sample("changji") / "plan.txt")
        yield made


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[innograph.Workspace]:
    """The plan, its rosters and the cooperation sample, at home in 昌吉市."""
    folder = tmp_path_factory.mktemp("pictures") / "whole"
    with innograph.Workspace.create(folder, Settings(title="whole", home_region=cooperation_sample.HOME)) as made:
        shutil.copy(cooperation_sample.ALIASES, Path(folder) / "aliases.csv")
        for file in cooperation_sample.FILES:
            made.load(file)
        yield made
