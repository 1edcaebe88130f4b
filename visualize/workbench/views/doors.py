"""Short addresses of pages that are questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from ..links import to_question

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_QUESTIONS = {"/targets": "targets", "/flows": "region-matrix"}


async def door(request: Request) -> Response:
    """Lead to the question behind a short address, with the same query."""
    return RedirectResponse(to_question(_QUESTIONS[request.url.path], dict(request.query_params)), status_code=303)


ROUTES = tuple(Route(path, door) for path in _QUESTIONS)
