"""What pages that are read in the repository too say otherwise on the site; `mkdocs.yml` names this file."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

_OTHER_LANGUAGE = re.compile(r"^\[(?:English|中文)\]\([^)\s]+\)\n+", re.MULTILINE)
_GENERATED = re.compile(r"\A<!--[^\n]*-->\n+")
_LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\(((?!\w+:)[^)#\s]+)(?:#[^)\s]*)?\)")


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Leave out what stands before a title, the link to the other language, and links that lead out of `docs`."""
    folder = posixpath.dirname(page.file.src_uri)

    def linked(found: re.Match[str]) -> str:
        outside = posixpath.normpath(posixpath.join(folder, found[2])).startswith("..")
        return found[1] if outside else found[0]

    return _LINK.sub(linked, _OTHER_LANGUAGE.sub("", _GENERATED.sub("", markdown)))


@event_priority(-200)
def on_post_build(config: MkDocsConfig, **_: Any) -> None:
    """Write the search's index for pages opened from the disk again: the plugin wrote it before all languages were there."""
    index = Path(config.site_dir) / "search" / "search_index.json"
    if index.is_file():
        index.with_suffix(".js").write_text(f"var __index = {index.read_text(encoding='utf-8')}", encoding="utf-8")
