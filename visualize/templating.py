"""How pages and pictures are made of templates: everything is escaped, and a name that is not there is an error."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def templates_of(room: str) -> Environment:
    """Return what reads the templates of a room of ``visualize/``; its filters, tests and globals may be added.

    Args:
        room: its name.

    Examples:
        >>> templates_of("pictures").from_string("<b>{{ name }}</b>").render(name="<甲>")
        '<b>&lt;甲&gt;</b>'
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined  # here, for most commands make no page

    return Environment(
        loader=PackageLoader("innograph", f"visualize/{room}/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def own_text(room: str, name: str) -> str:
    """Return a script or a style that lies beside the templates of a room.

    Args:
        room: its name.
        name: of the file.
    """
    return files("innograph").joinpath(f"visualize/{room}/templates/{name}").read_text(encoding="utf-8")


def csp_hash(text: str) -> str:
    """Return how a Content-Security-Policy names a script or a style that stands in the page.

    Args:
        text: of the script or style, to the letter.

    Examples:
        >>> csp_hash("alert('Hello, world.');")
        'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
