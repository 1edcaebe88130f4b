"""Workspaces of a few lines, for tests of what happens while others load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def workspace_beside(folder: Path, files: Mapping[str, str], *loaded: str) -> Path:
    """Write files into a folder and make a workspace ``ws`` beside them, with its graph.

    Args:
        folder: of the test.
        files: their contents by name.
        loaded: which of them the workspace has; the others are for the test to load.
    """
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    with Workspace.create(folder / "ws") as workspace:
        for name in loaded:
            workspace.load(folder / name)
        workspace.build()
    return folder / "ws"
