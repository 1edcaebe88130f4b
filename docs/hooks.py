"""What pages that are read in the repository too say otherwise on the site; `mkdocs.yml` names this file."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
