"""What the questions answer on the bundled samples: the examples that the reference pages show."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import innograph
from innograph.graph.settings import Settings
from innograph.graph.text import use_language
from innograph.queries import load_catalogue
from innograph.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.queries import Answer

_HOME = "652301"
_SAMPLES = ("changji", "cooperation")


@cache
def example_answers() -> Mapping[str, Answer]:
    """Return for each question of the catalogue what it answers with its required examples, by its id.

    Asked is a workspace with everything that is bundled: the digest of a real plan, and invented rosters.
    """
    with tempfile.TemporaryDirectory() as folder:
        workspace = sample_workspace(Path(folder))
        # They are kept for the pages of every language: they may not depend on that of who asks first.
        with workspace, use_language("zh"):
            return {
                question.id: workspace.answer(
                    question.id, {p.name: p.example for p in question.parameters if p.required}
                )
                for question in load_catalogue()
            }


def sample_workspace(folder: Path) -> Workspace:
    """Return a new workspace in ``folder`` with everything that is bundled."""
    workspace = Workspace.create(folder, Settings(title="样例", home_region=_HOME))
    for sample in map(innograph.sample, _SAMPLES):
        if (sample / "aliases.csv").is_file():
            shutil.copy(sample / "aliases.csv", folder)
        for file in [*sample.glob("*.txt"), *sorted((sample / "rosters").glob("*.csv"))]:
            workspace.load(file)
    return workspace
