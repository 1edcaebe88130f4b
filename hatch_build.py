"""Build hook: makes an editable install see the top-level folders as the package ``innograph``.

The folders stand at the top of the repository (``graph/``, ``loaders/`` …) and are installed below ``innograph``.
A wheel maps them with ``sources``; an editable install needs a real folder of that name on the path, so this hook
makes ``.editable/innograph`` whose entries are links to the folders and root modules.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LINK_FOLDER = Path(".editable") / "innograph"


class EditableLinks(BuildHookInterface):  # type: ignore[type-arg]
    """Links every packaged folder and root module into ``.editable/innograph`` for editable builds only."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the links when ``version`` says that the build is editable."""
        if version != "editable":
            return
        root = Path(self.root)
        target = root / LINK_FOLDER
        if target.exists():
            shutil.rmtree(target)
        target.mkdir(parents=True)
        for name in self.build_config.target_config["only-include"]:
            _link(root / name, target / name)


def _link(source: Path, link: Path) -> None:
    if sys.platform == "win32" and source.is_dir():
        import _winapi

        _winapi.CreateJunction(str(source), str(link))
    elif sys.platform == "win32":
        os.link(source, link)
    else:
        link.symlink_to(os.path.relpath(source, link.parent), target_is_directory=source.is_dir())
