"""Who decides: the name that forms fill in and that a browser remembers.

In a page that decides something, show a field ``author`` filled with :func:`author_of`. Let its form post to
``Route(path, signing(change), methods=["POST"])``: ``change(workspace, form)`` then finds a name in ``one(form,
"author")`` where there is any, and what was typed is filled in from then on. Without a name it is empty: say so on the
page, as the ledger refuses decisions of nobody.
"""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from .guard import LOOPBACK
from .web import changing, one

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from innograph.workspace import Workspace

    from .web import Changing, Endpoint, Form

AUTHOR_COOKIE = "innograph_author"
_LONGEST = 60
_YEAR = 365 * 24 * 3600


def author_of(request: Request) -> str:
    """Return who decides unless a form says otherwise: the name last used in this browser, else who is logged in.

    Somebody at another machine is not who is logged in on this one: without a name of their own it is empty.

    Examples:
        >>> from starlette.requests import Request
        >>> head = [(b"cookie", b"innograph_author=%E8%A7%84%E5%88%92%E7%A7%91")]
        >>> author_of(Request({"type": "http", "headers": head}))
        '规划科'
        >>> author_of(Request({"type": "http", "headers": [], "client": ("192.0.2.7", 40000)}))
        ''
    """
    known = _tidied(unquote(request.cookies.get(AUTHOR_COOKIE, "")))
    if known:
        return known
    here = request.client is not None and request.client.host in LOOPBACK
    return _login() if here else ""


def signing(change: Changing) -> Endpoint:
    """Return an endpoint like ``changing`` whose form has a name in ``author``; the browser remembers it.

    Args:
        change: is given the workspace and the form, and returns the address to lead to.
    """

    async def endpoint(request: Request) -> Response:
        named = ""

        def signed(workspace: Workspace, form: Form) -> str:
            nonlocal named
            named = _tidied(one(form, "author"))
            return change(workspace, {**form, "author": [named or author_of(request)]})

        answer = await changing(signed)(request)
        if named:
            answer.set_cookie(AUTHOR_COOKIE, quote(named), max_age=_YEAR, httponly=True, samesite="strict")
        return answer

    return endpoint


def _tidied(name: str) -> str:
    """Return a name without line breaks and other unseen signs, cut where it is too long for one."""
    return "".join(sign if sign.isprintable() else " " for sign in name).strip()[:_LONGEST]


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
