"""What one request may take: what it sends, and how long its answer lasts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
from hostile_client import says_yes, sources, status_of

from innograph.visualize.workbench.guard import Access, Guard, Limits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    import pytest
    from starlette.types import Receive, Scope, Send
    from workbench_server import WorkbenchOf

ADDRESS = "http://127.0.0.1:8765"


def test_what_a_request_says_of_its_length_is_limited(
    workbench_of: WorkbenchOf, sample_workspace: Callable[[], Path]
) -> None:
    workbench = workbench_of(sample_workspace(), limits=Limits(body=1))
    source = sources(workbench)[0]
    with workbench.client(origin=workbench.address) as client:
        answer = client.post(f"{source}/unload", content=b"x" * (1024 * 1024 + 1))

    assert answer.status_code == 413
    assert source in sources(workbench)


def test_what_a_form_sends_without_saying_is_counted(
    workbench_of: WorkbenchOf, sample_workspace: Callable[[], Path]
) -> None:
    workbench = workbench_of(sample_workspace(), limits=Limits(body=1))
    source = sources(workbench)[0]

    def stream() -> Iterator[bytes]:
        for _ in range(40):
            yield b"a=x&" + b"x" * 65532  # 2.5 MB in all

    kind = {"content-type": "application/x-www-form-urlencoded"}
    with workbench.client(origin=workbench.address, **kind) as client:
        answer = client.post(f"{source}/unload", content=stream())

    assert answer.status_code == 413
    assert "1 MB" in answer.text
    assert source in sources(workbench)


def asked(app: Guard, method: str, path: str, content: AsyncIterator[bytes] | None = None) -> httpx.Response:
    """What an application answers, without a server around it."""

    async def run() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as client:
            return await client.request(method, path, content=content, headers={"origin": ADDRESS})

    return asyncio.run(run())


def test_what_a_request_sends_without_saying_is_counted() -> None:
    taken: list[int] = []

    async def reads_all(scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message = await receive()
            taken.append(len(message.get("body", b"")))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"taken"})

    async def stream() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536  # 2.5 MB in all, in pieces and with no word of its length

    app = Guard(reads_all, Access(limits=Limits(body=1)))
    answer = asked(app, "POST", "/", stream())

    assert answer.status_code == 413
    assert sum(taken) <= 1024 * 1024


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    async def sleeps(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(60)

    answer = asked(Guard(sleeps, Access(limits=Limits(seconds=0.05))), "GET", "/")

    assert answer.status_code == 503
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_as_much_as_is_said_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds: list[float] = []
    real = asyncio.wait_for

    async def wait_for(work: Any, timeout: float) -> Any:
        seconds.append(timeout)
        return await real(work, timeout)

    monkeypatch.setattr("innograph.visualize.workbench.guard.asyncio.wait_for", wait_for)
    guard, host = Guard(says_yes, Access()), ("host", "127.0.0.1:8765")
    most = 200 * 1024 * 1024

    assert status_of(guard, [host, ("content-length", str(most))]) == 200
    assert status_of(guard, [host, ("content-length", str(most + 1))]) == 413
    assert seconds == [90.0]  # a minute and a half for an answer; what is too long is not even begun
