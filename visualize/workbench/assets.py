"""The files that pages load: the workbench's own, the pictures' script, and the vis-network that comes with pyvis."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from innograph.visualize.pictures.html import static as picture_file
from innograph.visualize.pictures.html import vis_network

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_OWN = "visualize/workbench/static"
_OTHERS: Mapping[str, Callable[[], str]] = {
    "vis-network.js": vis_network,
    "picture.js": lambda: picture_file("picture.js"),
}


@cache
def content(name: str) -> bytes | None:
    """Return the contents of a file that is there; no path is made of what a request says.

    Args:
        name: of the file.
    """
    if name in _OTHERS:
        return _OTHERS[name]().encode()
    if name not in _names():
        return None
    return files("innograph").joinpath(f"{_OWN}/{name}").read_bytes()


@cache
def address(name: str) -> str:
    """Return the address of a file; it changes with its contents, so that it may be kept for ever.

    Args:
        name: of a file that is there.

    Examples:
        >>> address("vis-network.js").startswith("/static/vis-network.js?v=")
        True
    """
    digest = hashlib.sha256(content(name) or b"").hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def _names() -> frozenset[str]:
    return frozenset(file.name for file in files("innograph").joinpath(_OWN).iterdir())
