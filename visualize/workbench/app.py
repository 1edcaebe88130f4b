"""The workbench as an application: which address is answered by which view, and what an error looks like."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from mimetypes import guess_type
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from innograph.graph.errors import Ambiguous, InnographError, NothingFound, UnknownQuestion, UsageError
from innograph.graph.text import Text, use_language

from .api import answers
from .guard import Access, Guard
from .pages import page
from .uploading import Uploads
from .views import asking, cooperation, evidence, findings, jobs, overview, things, uploads
from .web import desk_of, language_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from .desk import Desk

_FOR_EVER = "public, max-age=31536000, immutable"
_NO_PAGE = Text("没有这一页", "There is no such page")
_ERROR = Text("出了问题", "Something went wrong")
_STATUS: tuple[tuple[type[InnographError], int], ...] = (
    (NothingFound, 404),
    (UnknownQuestion, 404),
    (Ambiguous, 409),
    (UsageError, 400),
)


def create_app(desk: Desk, access: Access, language: str = "") -> ASGIApp:
    """Return the workbench behind its guard.

    Args:
        desk: the workspace.
        access: who may come in.
        language: of the workspace; empty: the browser's.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        await desk.open()
        app.state.uploads = Uploads(desk.folder)
        yield
        await desk.close()
        app.state.uploads.close()

    routes = [*ROUTES, Route("/static/{name}", _static)]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={InnographError: _trouble, HTTPException: _trouble, Exception: _fault},
    )
    app.state.desk = desk
    app.state.language = language
    return Guard(app, access)


ROUTES = (
    *answers.ROUTES,
    *overview.ROUTES,
    *asking.ROUTES,
    *evidence.ROUTES,
    *things.ROUTES,
    *uploads.ROUTES,
    *jobs.ROUTES,
    *findings.ROUTES,
    *cooperation.ROUTES,
)


async def _static(request: Request) -> Response:
    """Answer with a file of the workbench, or with the vis-network that comes with pyvis."""
    name = request.path_params["name"]
    content = _file(name)
    if content is None:
        raise HTTPException(404)
    kind = guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=kind, headers={"cache-control": _FOR_EVER})


@cache
def _files() -> frozenset[str]:
    return frozenset(file.name for file in files("innograph").joinpath("visualize/workbench/static").iterdir())


def _file(name: str) -> bytes | None:
    """Return the contents of a file that is there; no path is made of what a request says."""
    if name not in _files():
        return None
    return files("innograph").joinpath(f"visualize/workbench/static/{name}").read_bytes()


async def _trouble(request: Request, error: Exception) -> Response:
    """Answer a user's mistake with a page that says what, where and what to do."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    title = _ERROR
    if isinstance(error, HTTPException):
        status, title = error.status_code, _NO_PAGE if error.status_code == 404 else _ERROR
    if request.url.path.endswith(".json"):
        code = error.code if isinstance(error, InnographError) else str(status)
        with use_language(language_of(request)):
            message = str(error) if isinstance(error, InnographError) else title.show()
        return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)
    with use_language(language_of(request)):
        message = "" if isinstance(error, HTTPException) else str(error)
        try:
            return await desk_of(request).read(
                lambda reader: page(reader, request, "error.html", title=title.show(), status=status, message=message)
            )
        except InnographError:  # the workspace itself cannot be read: there is no frame to put the message in
            return PlainTextResponse(message or title.show(), status_code=status)


async def _fault(request: Request, _: Exception) -> Response:
    """Answer a fault of the program's own without a word of its insides; the log has them."""
    said = Text(
        "程序出错了，详情见启动 innograph 的窗口", "The program failed; the window that runs innograph has details"
    )
    with use_language(language_of(request)):
        return PlainTextResponse(said.show(), status_code=500)
