"""The proof of a node or edge: as a page of its own, and as the contents of the drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from innograph.graph.errors import NothingFound
from innograph.graph.text import Text

from ..pages import fragment, page
from ..proof import proof_of
from ..web import reading

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ..desk import Reader

DRAWER = "x-drawer"
_SUBJECT = Text("条目", "node or edge")


def evidence(reader: Reader, request: Request) -> Response:
    """Show every quoted line behind a node or edge.

    Raises:
        NothingFound: nobody states it.
    """
    subject = request.path_params["subject"]
    proof = proof_of(reader, subject)
    if not proof.lines:
        raise NothingFound(name=subject, kind=_SUBJECT, near="、".join(reader.workspace.ids_like(subject)[:3]) or "—")
    if request.headers.get(DRAWER):
        return fragment("proof.html", proof=proof)
    return page(reader, request, "evidence.html", title=proof.what, shown=proof)


ROUTES = (Route("/evidence/{subject:path}", reading(evidence)),)
