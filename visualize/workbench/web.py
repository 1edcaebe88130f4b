"""From a view to an endpoint: the thread it runs on, the language of the request, and the form that was sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile

from innograph.graph.days import day_of
from innograph.graph.text import use_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from innograph.graph.text import Language
    from innograph.workspace import Workspace

    from .desk import Desk, Reader

    View = Callable[[Reader, Request], Response]
    Form = dict[str, list[str]]
    Changing = Callable[[Workspace, Form], str]
    Endpoint = Callable[[Request], Awaitable[Response]]

_PATIENCE = 2.0
"""Seconds a page waits for the graph of another day before it says that it is being made."""
LANGUAGE_COOKIE = "innograph_language"
_YEAR = 365 * 24 * 3600


def desk_of(request: Request) -> Desk:
    """Return the desk of the workbench that a request is sent to."""
    desk: Desk = request.app.state.desk
    return desk


def day_in(request: Request) -> dt.date | None:
    """Return the day that an address asks for; ``None`` if it means now.

    Raises:
        UsageError: it is no day.
    """
    said = request.query_params.get("as_of", "").strip()
    return day_of(said) if said else None


def language_of(request: Request) -> Language:
    """Return the language of a request: said in its address, chosen before, that of the workspace, the browser's."""
    said = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE) or request.app.state.language
    if said in ("zh", "en"):
        return "zh" if said == "zh" else "en"
    first = request.headers.get("accept-language", "").lower()
    return "en" if first.startswith("en") else "zh"


def reading(view: View) -> Endpoint:
    """Return an endpoint that answers with what ``view`` makes of one state of the workspace."""

    async def endpoint(request: Request) -> Response:
        patience, href = (_PATIENCE, address_of(request)) if _for_people(request) else (None, "")
        with use_language(language_of(request)):
            answer = await desk_of(request).read(lambda reader: view(reader, request), patience=patience, href=href)
        keep_language(request, answer)
        return answer

    return endpoint


def keep_language(request: Request, answer: Response) -> None:
    """Have the browser remember a language that the address of a page says."""
    if request.query_params.get("lang"):
        answer.set_cookie(LANGUAGE_COOKIE, language_of(request), max_age=_YEAR, httponly=True, samesite="strict")


def _for_people(request: Request) -> bool:
    """Whether a browser asks for a page to show; scripts and programs wait for what they asked for."""
    return "text/html" in request.headers.get("accept", "")


def address_of(request: Request) -> str:
    """Return the address of a request within this workbench."""
    return inside(request.url.path + (f"?{request.url.query}" if request.url.query else ""))


def changing(change: Changing) -> Endpoint:
    """Return an endpoint that changes the workspace and then leads to the address that ``change`` returns."""
    from starlette.responses import RedirectResponse

    async def endpoint(request: Request) -> Response:
        form = await form_of(request)
        with use_language(language_of(request)):
            to = await desk_of(request).change(partial(_changed, change, form, request))
        return RedirectResponse(to, status_code=303)

    return endpoint


def _changed(change: Changing, form: Form, request: Request, workspace: Workspace) -> str:
    return change(workspace, {**form, **{name: [str(value)] for name, value in request.path_params.items()}})


async def form_of(request: Request) -> Form:
    """Return the texts of the form that was sent; files are left out."""
    found: Form = {}
    async with request.form(max_files=0, max_fields=1000) as sent:
        for name, value in sent.multi_items():
            if not isinstance(value, UploadFile):
                found.setdefault(name, []).append(value)
    return found


def one(form: Form, name: str, default: str = "") -> str:
    """Return the first value of a form's field."""
    return form.get(name, [default])[0].strip()


def inside(address: str, default: str = "/") -> str:
    r"""Return an address of this workbench, or ``default`` for one that leads elsewhere.

    Examples:
        >>> inside("/findings?page=2"), inside("//evil.example"), inside("https://evil.example"), inside("/\\evil")
        ('/findings?page=2', '/', '/', '/')
    """
    fine = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if fine else default
