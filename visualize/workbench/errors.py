"""What an error looks like: a page for people, JSON for programs; what, where and what to do, and nothing of our insides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from innograph.graph.days import DayNotReady
from innograph.graph.deadline import TookTooLong
from innograph.graph.errors import Ambiguous, InnographError, InputError, NothingFound, UnknownQuestion, UsageError
from innograph.graph.text import Text, use_language

from .days import TITLE, DayInTheMaking
from .desk import FAULT
from .guard import Refused
from .jobs import job_words
from .lines import Busy
from .pages import page
from .web import desk_of, keep_language, language_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

_TITLES = {
    404: Text("没有这一页", "There is no such page"),
    405: Text("这个地址不支持这种请求方法", "This address does not support the method"),
    413: Text("内容太大", "Too much was sent"),
}
_ERROR = Text("出了问题", "Something went wrong")
_GOES_ON, _LATER = 202, 503
_STATUS: tuple[tuple[type[InnographError], int], ...] = (
    (NothingFound, 404),
    (UnknownQuestion, 404),
    (Ambiguous, 409),
    (UsageError, 400),
    (InputError, 422),
    (Busy, _LATER),
    (TookTooLong, _LATER),
    (DayNotReady, _LATER),
)


async def of_user(request: Request, error: Exception) -> Response:
    """Answer a mistake of the user's, or trouble with the workspace."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    with use_language(language_of(request)):
        message = str(error) if isinstance(error, InnographError) else ""
        answer = await _told(request, status, _ERROR, message, error.code if isinstance(error, InnographError) else "")
    if status == _LATER:
        answer.headers["retry-after"] = str(Busy.seconds)
    return answer


async def of_day(request: Request, error: Exception) -> Response:
    """Answer a page that must wait for the graph of a day: it shows how far that is, and goes on by itself."""
    if not isinstance(error, DayInTheMaking):
        return await of_user(request, error)
    words = job_words(error.job)
    words["going"] = True  # should it have ended just now, the script sees that
    with use_language(language_of(request)):
        answer = await desk_of(request).read(
            lambda reader: page(
                reader,
                request,
                "day.html",
                title=TITLE.format(day=error.day),
                status=_GOES_ON,
                of_a_day=True,
                **words,
            )
        )
    keep_language(request, answer)  # its script asks on in the language of the page
    return answer


async def of_http(request: Request, error: Exception) -> Response:
    """Answer what the web's own rules refuse: no such address, a method it has not."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    with use_language(language_of(request)):
        answer = await _told(request, status, _TITLES.get(status, _ERROR), "", "")
    answer.headers.update((error.headers if isinstance(error, HTTPException) else None) or {})
    return answer


async def of_guard(request: Request, error: Exception) -> Response:
    """Answer a request that the guard broke off: more was sent than it said."""
    status = error.status if isinstance(error, Refused) else 500
    with use_language(language_of(request)):
        return await _told(request, status, _TITLES.get(status, _ERROR), str(error), "")


async def of_program(request: Request, _: Exception) -> Response:
    """Answer a fault of the program's own; the log has its insides."""
    with use_language(language_of(request)):
        if _is_json(request):
            return _json(500, "fault", FAULT.show())
        return PlainTextResponse(FAULT.show(), status_code=500)


async def _told(request: Request, status: int, title: Text, message: str, code: str) -> Response:
    if _is_json(request):
        return _json(status, code or str(status), message or title.show())
    if request.url.path.endswith(".csv"):  # what fetches it reads no pages
        return PlainTextResponse(f"{message or title.show()}\n", status_code=status)
    dated = "as_of" in request.query_params  # the day itself may be what is wrong
    try:
        return await desk_of(request).read(
            lambda reader: page(
                reader, request, "error.html", title=title.show(), status=status, of_a_day=dated, message=message
            )
        )
    except InnographError:  # the workspace itself cannot be read: there is no frame to put the message in
        return PlainTextResponse(message or title.show(), status_code=status)


def _is_json(request: Request) -> bool:
    return request.url.path.endswith(".json")


def _json(status: int, code: str, message: str) -> Response:
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)


HANDLERS: Mapping[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    DayInTheMaking: of_day,
    InnographError: of_user,
    HTTPException: of_http,
    Refused: of_guard,
    Exception: of_program,
}
"""By kind of error: what answers it."""
