"""Keeps other people, and other people's pages, away from the workbench. Pure ASGI, around everything else.

- A page of another site that has this machine's name (DNS rebinding) sends its own ``Host``: refused.
- A page of another site that sends a form sends its own ``Origin``: refused. It may lead here, but not take a part of this
  one into itself.
- Beyond this machine a token is needed: once in the address, then in a cookie that scripts cannot read.
- What pages may do is said with every answer: scripts, styles and pictures of the workbench, nothing else.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import cookie_parser

from innograph.graph.deadline import deadline
from innograph.graph.errors import UsageError
from innograph.graph.text import Text, use_language

from .lines import Busy

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    " font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_SAFE = frozenset({"GET", "HEAD"})
_OTHER_SITES = frozenset({"cross-site", "same-site"})
_COOKIE = "innograph_session_{port}"
"""A browser sends the cookies of a machine to all its ports: each workbench has its own."""
_WHY = {
    401: Text(
        "{shown}：请用 innograph serve 启动时显示的地址（含令牌）打开；以前能打开的，令牌可能已经更换",
        "{shown}: open the address that innograph serve shows at its start, with the token in it; where this page"
        " opened before, the token may have been changed",
    ),
    403: Text("不接受其他网站发来的请求", "Another site's requests are not answered"),
    413: Text("内容超过{limit} MB", "More than {limit} MB"),
    421: Text("不认识的主机名“{host}”", "Unknown host name “{host}”"),
    503: Text(
        "超过{seconds}秒没有完成，请{again}秒后重试", "Not done after {seconds} seconds. Come again in {again} seconds"
    ),
}
_TOKEN = "token"  # noqa: S105  # the name of the parameter
_NO_TOKEN = Text("需要令牌", "A token is needed")
_WRONG_TOKEN = Text("令牌不对", "The token is wrong")


class OpenToAll(UsageError):
    """The workbench would be open to others without a token."""

    code = "open-to-all"
    text = Text(
        "监听 {host} 会让其他机器访问，必须用 --token 设一个至少{least}位的令牌（或环境变量 INNOGRAPH_TOKEN）",
        "{host} can be reached from other machines: set a token of at least {least} characters with --token (or"
        " INNOGRAPH_TOKEN)",
    )


LEAST_TOKEN = 16


@dataclass(frozen=True)
class Limits:
    """What one request may take.

    Args:
        body: megabytes of what it sends.
        seconds: until its answer is whole.
    """

    body: int = 200
    seconds: float = 90.0


@dataclass(frozen=True)
class Access:
    """Who may come in.

    Args:
        host: the address that is listened on.
        port: its port.
        token: needed from everybody if it is set.
        names: further host names by which the workbench is reached.

    Raises:
        OpenToAll: others could come in without a token.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    names: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if (self.host not in LOOPBACK or self.names) and len(self.token) < LEAST_TOKEN:
            raise OpenToAll(host=self.host if self.host not in LOOPBACK else self.names[0], least=LEAST_TOKEN)

    @property
    def hosts(self) -> frozenset[str]:
        """What ``Host`` may say: with the port, and without it where it is the usual one.

        A name with a port of its own (``bench.example:443``) is how another server in front of this one is reached.
        """
        said = {name.lower() for name in (self.host, *self.names)}
        outside = {name for name in said if name.count(":") == 1}
        names = {*LOOPBACK, *said} - outside - {"0.0.0.0", "::"}  # noqa: S104  # no name to be called by
        shown = {f"[{name}]" if ":" in name else name for name in names}
        usual = {name.partition(":")[0] for name in outside if name.endswith((":80", ":443"))}
        own = shown if self.port in (80, 443) else set[str]()
        return frozenset({f"{name}:{self.port}" for name in shown} | own | outside | usual)


class Refused(Exception):
    """A request that is not answered, with the reason."""

    def __init__(self, status: int, **values: object) -> None:
        super().__init__(status)
        self.status = status
        self.values = values

    def __str__(self) -> str:
        return _WHY[self.status].format(**self.values)


class Guard:
    """The workbench behind its checks.

    Args:
        app: the workbench.
        access: who may come in.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access
        self._cookie = _COOKIE.format(port=access.port)
        self._session = _session_of(access)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        answer = _Answer(send)
        try:
            self._check(scope, headers)
            known = not self.access.token or self._known(headers)
            if not known or (self.access.token and _has_token(scope)):
                await self._let_in(scope, answer, known=known)
                return
            work = self.app(scope, _limited(receive, headers, self.access.limits.body), answer)
            with deadline(self.access.limits.seconds):  # for the threads that work on it: they cannot be cancelled
                await asyncio.wait_for(work, self.access.limits.seconds)
        except Refused as refused:
            await answer.refuse(refused, headers)
        except TimeoutError:
            await answer.refuse(Refused(503, seconds=round(self.access.limits.seconds), again=Busy.seconds), headers)

    def _check(self, scope: Scope, headers: dict[str, str]) -> None:
        """Refuse what does not come from a page of this workbench."""
        hosts = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        host = hosts[0] if hosts else ""
        if len(hosts) != 1 or host not in self.access.hosts:
            raise Refused(421, host="、".join(hosts)[:100])
        site = headers.get("sec-fetch-site")
        if scope["method"] in _SAFE:
            if site in _OTHER_SITES and headers.get("sec-fetch-mode") != "navigate":
                raise Refused(403)  # a picture or script of ours on its page: how long it takes tells something
            return
        origin = headers.get("origin")
        ours = origin.lower() in (f"http://{host}", f"https://{host}") if origin else site in ("same-origin", "none")
        if not ours:
            raise Refused(403)

    def _known(self, headers: dict[str, str]) -> bool:
        """Whether the browser has been let in, or the caller shows the token itself."""
        shown = headers.get("authorization", "").removeprefix("Bearer ")
        session = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")  # other programs' may be of any form
        return _equal(session, self._session) or _equal(shown, self.access.token)

    async def _let_in(self, scope: Scope, send: Send, *, known: bool) -> None:
        """Take the token out of the address and keep the browser known by a cookie."""
        query = _query(scope)
        shown = next((value for name, value in query if name == _TOKEN), "")
        if not known and (scope["method"] != "GET" or not _equal(shown, self.access.token)):
            raise Refused(401, shown=_WRONG_TOKEN if shown else _NO_TOKEN)
        rest = urlencode([(name, value) for name, value in query if name != _TOKEN])
        path = quote(scope["path"])
        # "//host" would be another site's address
        to = f"/{path.lstrip('/')}" + (f"?{rest}" if rest else "")
        cookie = f"{self._cookie}={self._session}; HttpOnly; SameSite=Strict; Path=/"
        await send(
            {
                "type": "http.response.start",
                "status": 303,
                "headers": [(b"location", to.encode("latin-1")), (b"set-cookie", cookie.encode())],
            }
        )
        await send({"type": "http.response.body", "body": b""})


class _Answer:
    """Sends an answer with the headers that go with every answer."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begun = True
            own = {name.lower() for name, _ in message["headers"]}
            more = [header for header in _HEADERS if header[0] not in own]
            message = {**message, "headers": [*message["headers"], *more]}
        await self._send(message)

    async def refuse(self, refused: Refused, headers: dict[str, str]) -> None:
        """Say why a request is not answered, if nothing has been sent yet."""
        if self._begun:
            return
        english = headers.get("accept-language", "").lower().startswith("en")
        with use_language("en" if english else "zh"):
            text = str(refused)
        said = [(b"content-type", b"text/plain; charset=utf-8")]
        if "again" in refused.values:
            said.append((b"retry-after", str(refused.values["again"]).encode()))
        await self({"type": "http.response.start", "status": refused.status, "headers": said})
        await self({"type": "http.response.body", "body": text.encode()})


def _limited(receive: Receive, headers: dict[str, str], megabytes: int) -> Receive:
    """Return ``receive`` with an end: what a request says of its length, and what it really sends, is counted."""
    most = megabytes * 1024 * 1024
    said = headers.get("content-length", "0")
    if not said.isdigit() or int(said) > most:
        raise Refused(413, limit=megabytes)
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise Refused(413, limit=megabytes)
        return message

    return counted


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _has_token(scope: Scope) -> bool:
    """Whether a page is asked for with a token in its address, which every link on that page would carry on."""
    return scope["method"] in _SAFE and any(name == _TOKEN for name, _ in _query(scope))


def _session_of(access: Access) -> str:
    """Return what the cookie says of a browser that was let in: the same after a restart, another for another token.

    It is made of the token so that nothing has to be kept, and slowly (scrypt, RFC 7914), so that who sees a cookie
    cannot try out tokens.
    """
    if not access.token:
        return ""
    salt = f"innograph session {access.port}".encode()
    return hashlib.scrypt(access.token.encode(), salt=salt, n=2**14, r=8, p=1).hex()


def _equal(one: str, other: str) -> bool:
    """Compare in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
