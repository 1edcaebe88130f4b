"""Asks a workbench as a hostile or careless client would, and guards without a server around them."""

from __future__ import annotations

import asyncio
import http.client
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send
    from workbench_server import Workbench

    from innograph.visualize.workbench.guard import Guard


def raw(workbench: Workbench, path: str, **headers: str) -> tuple[int, str]:
    """Ask with the path and the headers exactly as given; no client puts them in order."""
    connection = http.client.HTTPConnection(urlsplit(workbench.address).netloc, timeout=60)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, body


async def says_yes(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers everything."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def answer_of(
    app: Guard, headers: list[tuple[str, str]], method: str = "GET", query: str = ""
) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of the answer to a request with exactly these headers."""
    told: list[Any] = []

    async def run() -> None:
        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            told.append(message)

        raw_headers = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        asked = {"method": method, "path": "/", "query_string": query.encode(), "headers": raw_headers}
        await app({"type": "http", **asked}, receive, send)

    asyncio.run(run())
    (start,) = [message for message in told if message["type"] == "http.response.start"]
    body = b"".join(message["body"] for message in told if message["type"] == "http.response.body")
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body.decode()


def status_of(app: Guard, headers: list[tuple[str, str]], method: str = "GET") -> int:
    """The status of an answer to a request with exactly these headers."""
    return answer_of(app, headers, method)[0]


def sources(workbench: Workbench) -> list[str]:
    """The addresses of the pages of all sources, as the list of sources links them."""
    parts = workbench.get("/sources").text.split('href="')
    found = (part.partition('"')[0] for part in parts)
    return list(
        dict.fromkeys(
            href for href in found if href.startswith("/sources/") and href.count("/") == 2 and "?" not in href
        )
    )
