"""The workbench as an application: which address is answered by which view."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from mimetypes import guess_type
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from . import assets
from .api import answers, workbooks
from .errors import HANDLERS
from .guard import Access, Guard
from .pages import compile_templates
from .reviewing import Reviewing
from .uploading import Uploads
from .views import (
    asking,
    cooperation,
    doors,
    evidence,
    explorer,
    findings,
    jobs,
    overview,
    reports,
    review,
    sources,
    things,
    uploads,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from .desk import Desk

_FOR_EVER = "public, max-age=31536000, immutable"


def create_app(desk: Desk, access: Access, language: str = "") -> ASGIApp:
    """Return the workbench behind its guard.

    Args:
        desk: the workspace.
        access: who may come in.
        language: of the workspace; empty: the browser's.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        await asyncio.gather(desk.open(), asyncio.to_thread(compile_templates))
        app.state.uploads, app.state.reviewing = Uploads(desk.folder), Reviewing()
        yield
        await desk.close()
        app.state.uploads.close()

    routes = [*ROUTES, Route("/static/{name}", _static)]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers=dict(HANDLERS),
    )
    app.state.desk = desk
    app.state.language = language
    return Guard(app, access)


ROUTES = (
    *answers.ROUTES,
    *workbooks.ROUTES,
    *overview.ROUTES,
    *asking.ROUTES,
    *evidence.ROUTES,
    *things.ROUTES,
    *explorer.ROUTES,
    *sources.ROUTES,
    *uploads.ROUTES,
    *jobs.ROUTES,
    *review.ROUTES,
    *findings.ROUTES,
    *cooperation.ROUTES,
    *doors.ROUTES,
    *reports.ROUTES,
)


async def _static(request: Request) -> Response:
    """Answer with a file of the workbench, or with the vis-network that comes with pyvis and the script that draws with it."""
    name = request.path_params["name"]
    content = assets.content(name)
    if content is None:
        raise HTTPException(404)
    kind = guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=kind, headers={"cache-control": _FOR_EVER})
