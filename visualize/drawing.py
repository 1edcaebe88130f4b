"""Pictures of a workspace: the whole plan, or what is around one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.text import Text
from innograph.queries.lookup import FINDABLE, resolve

from .matrix import matrix_in
from .network import draw, neighbourhood, overview
from .page import picture

if TYPE_CHECKING:
    from innograph.workspace import Workspace

_OVERVIEW = Text("责任分工与关系图", "Responsibilities and network")
_NEXT_TO = Text("{name}：周围1步", "{name}: within one step")
_AROUND = Text("{name}：周围{depth}步", "{name}: within {depth} steps")


def draw_overview(workspace: Workspace) -> tuple[str, str]:
    """Return the page of the whole plan with its matrix, and a file name for it."""
    matrix = matrix_in(workspace)
    title = workspace.settings.title or _OVERVIEW.show()
    return picture(
        draw(overview(workspace.networkx()), f"{title}　{_OVERVIEW.show()}"), matrix if matrix.tasks else None
    ), "innograph"


def draw_thing(workspace: Workspace, name: str, depth: int) -> tuple[str, str]:
    """Return the page of what lies within ``depth`` steps of the thing called ``name``, and a file name for it.

    Raises:
        NothingFound: there is no such thing.
        Ambiguous: several things have that name.
    """
    thing = resolve(workspace.store(), name, FINDABLE)
    near = neighbourhood(workspace.networkx(), thing.id, depth)
    title = (_NEXT_TO if depth == 1 else _AROUND).format(name=thing.name, depth=depth)
    safe = "".join(c if c.isalnum() else "-" for c in thing.name)[:40]
    return picture(draw(near, title, thing.id)), f"innograph-{safe}"
