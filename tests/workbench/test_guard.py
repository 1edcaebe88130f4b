"""Who may come in, and what every answer says of itself: asked over a socket as a hostile client would."""

from __future__ import annotations

import asyncio
import http.client
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

from innograph.graph.errors import UsageError
from innograph.visualize.workbench.guard import Access, Guard, Limits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from starlette.types import Receive, Scope, Send
    from workbench_server import Workbench, WorkbenchOf

TOKEN = "t0ken-of-sixteen-characters"
ADDRESS = "http://127.0.0.1:8765"


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


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "127.0.0.1:1", ""]
)
def test_a_name_that_is_not_ours_is_refused(workbench: Workbench, host: str) -> None:
    port = urlsplit(workbench.address).port
    status, body = raw(workbench, "/", Host=host.format(port=port))

    assert status == 421
    assert "科技" not in body  # nothing of the workspace is told


def test_two_names_at_once_are_refused(workbench: Workbench) -> None:
    connection = http.client.HTTPConnection(urlsplit(workbench.address).netloc, timeout=60)
    connection.putrequest("GET", "/", skip_host=True)
    for host in ("evil.example", urlsplit(workbench.address).netloc):
        connection.putheader("Host", host)
    connection.endheaders()

    assert connection.getresponse().status in (400, 421)
    connection.close()


@pytest.mark.parametrize("hosts", [["evil.example", "127.0.0.1:8765"], ["127.0.0.1:8765"] * 2, []])
def test_whatever_the_server_lets_through_one_name_is_needed(hosts: list[str]) -> None:
    assert status_of(Guard(says_yes, Access()), [("host", host) for host in hosts]) == 421


@pytest.mark.parametrize(("port", "status"), [(8765, 421), (80, 200), (443, 200)])
def test_the_port_may_be_left_out_where_it_is_the_usual_one(port: int, status: int) -> None:
    assert status_of(Guard(says_yes, Access(port=port)), [("host", "127.0.0.1")]) == status


def test_a_name_with_the_port_of_a_server_in_front() -> None:
    hosts = Access(names=("Bench.Example:443", "inner.example:8443"), token=TOKEN).hosts
    assert {"bench.example", "bench.example:443", "inner.example:8443"} <= hosts
    assert not {"bench.example:8765", "inner.example", "inner.example:8765"} & hosts


def test_names_are_ours_however_they_are_written() -> None:
    guard = Guard(says_yes, Access("Bench.Example", names=("Second.Example",), token=TOKEN))
    shown = ("authorization", f"Bearer {TOKEN}")

    assert status_of(guard, [("host", "bench.example:8765"), shown]) == 200
    assert status_of(guard, [("host", "SECOND.example:8765"), shown]) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_part_of_it_is_taken_into_a_page_of_another_site(site: str) -> None:
    host, from_there = ("host", "127.0.0.1:8765"), ("sec-fetch-site", site)
    guard = Guard(says_yes, Access())

    assert status_of(guard, [host, from_there, ("sec-fetch-mode", "no-cors")]) == 403
    assert status_of(guard, [host, from_there]) == 403
    assert status_of(guard, [host, from_there, ("sec-fetch-mode", "navigate")]) == 200  # a link leads here
    assert status_of(guard, [host, ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "no-cors")]) == 200


async def says_yes(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers everything."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def status_of(app: Guard, headers: list[tuple[str, str]], method: str = "GET") -> int:
    """The status of an answer to a request with exactly these headers."""
    statuses: list[int] = []

    async def run() -> None:
        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        raw_headers = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        scope = {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": raw_headers}
        await app(scope, receive, send)

    asyncio.run(run())
    (status,) = statuses
    return status


def test_localhost_is_our_name_too(workbench: Workbench) -> None:
    port = urlsplit(workbench.address).port

    assert raw(workbench, "/ask", Host=f"localhost:{port}")[0] == 200
    assert raw(workbench, "/ask", Host=f"LOCALHOST:{port}")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://["},
        {"origin": "ftp://{host}"},
        {"origin": "http://evil.example@{host}"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
    ],
)
def test_a_form_of_another_site_changes_nothing(workbench: Workbench, headers: dict[str, str]) -> None:
    source = sources(workbench)[0]
    host = urlsplit(workbench.address).netloc
    with workbench.client(**{name: value.replace("{host}", host) for name, value in headers.items()}) as client:
        answer = client.post(f"{source}/unload")

    assert answer.status_code == 403
    assert source in sources(workbench)


def test_a_form_of_our_own_is_taken(workbench_of: WorkbenchOf, sample_workspace: Callable[[], Path]) -> None:
    workbench = workbench_of(sample_workspace())
    one, other = sources(workbench)[:2]

    assert workbench.post(f"{one}/unload").status_code == 303
    with workbench.client(**{"sec-fetch-site": "same-origin"}) as client:
        assert client.post(f"{other}/unload").status_code == 303
    assert not {one, other} & set(sources(workbench))


def sources(workbench: Workbench) -> list[str]:
    """The addresses of the pages of all sources, as the list of sources links them."""
    parts = workbench.get("/sources").text.split('href="')
    found = (part.partition('"')[0] for part in parts)
    return list(
        dict.fromkeys(
            href for href in found if href.startswith("/sources/") and href.count("/") == 2 and "?" not in href
        )
    )


def test_the_token_is_needed_once_and_then_a_cookie_is(
    workbench_of: WorkbenchOf, sample_workspace: Callable[[], Path]
) -> None:
    workbench = workbench_of(sample_workspace(), token=TOKEN)
    with workbench.client() as client:
        assert client.get("/").status_code == 401
        assert client.get("/", params={"token": TOKEN[:-1]}).status_code == 401
        assert client.get("/", params={"token": ""}).status_code == 401
        cookie_name = f"innograph_session_{urlsplit(workbench.address).port}"
        assert client.get("/", headers={"cookie": f"{cookie_name}={TOKEN}"}).status_code == 401
        assert (
            client.post("/findings", params={"token": TOKEN}, headers={"origin": workbench.address}).status_code == 401
        )

        let_in = client.get("/q/load", params={"token": TOKEN, "sort": "-unit"})
        assert let_in.status_code == 303
        assert let_in.headers["location"] == "/q/load?sort=-unit"
        cookie = let_in.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert TOKEN not in cookie

        page = client.get(let_in.headers["location"])
        assert page.status_code == 200
        assert TOKEN not in page.text

        session = cookie.partition(";")[0]
        assert session.startswith(f"{cookie_name}=")  # another workbench on this machine has its own
        beside = {"cookie": f'theirs={{"a": 1}}; more; {session}'}  # of another program on this machine
        with workbench.client(**beside) as other:
            assert other.get("/ask").status_code == 200


def test_a_program_shows_the_token_in_a_header(workbench_of: WorkbenchOf, sample_workspace: Callable[[], Path]) -> None:
    workbench = workbench_of(sample_workspace(), token=TOKEN)
    with workbench.client() as client:
        assert client.get("/ask", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/ask", headers={"authorization": "Bearer x"}).status_code == 401


def test_the_token_never_leads_to_another_site(workbench_of: WorkbenchOf, sample_workspace: Callable[[], Path]) -> None:
    workbench = workbench_of(sample_workspace(), token=TOKEN)
    connection = http.client.HTTPConnection(urlsplit(workbench.address).netloc, timeout=60)
    connection.request("GET", f"//evil.example/?token={TOKEN}")
    answer = connection.getresponse()

    assert answer.status == 303
    assert answer.headers["location"] == "/evil.example/"
    connection.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_beyond_this_machine_a_token_is_needed(host: str) -> None:
    with pytest.raises(UsageError, match=host):
        Access(host)
    with pytest.raises(UsageError):
        Access(host, token="x" * 15)

    assert Access(host, token="x" * 16).host == host


def test_another_name_needs_a_token_too() -> None:
    with pytest.raises(UsageError, match=r"bench\.example"):
        Access(names=("bench.example",))

    assert "bench.example:8765" in Access(names=("bench.example",), token="x" * 16).hosts


def test_all_addresses_is_no_name() -> None:
    assert "0.0.0.0:8765" not in Access("0.0.0.0", token="x" * 16).hosts


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/q/load",
        "/static/workbench.css",
        "/static/none.css",
        "/nowhere",
        "/q/nothing",
        "/thing/Task:none",
        "/q/due?year=x",
    ],
)
def test_every_answer_says_what_pages_may_do(workbench: Workbench, path: str) -> None:
    answer = workbench.get(path)
    policy = answer.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "base-uri 'none'" in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_a_refusal_says_so_too(workbench: Workbench) -> None:
    with workbench.client(origin="http://evil.example") as client:
        answer = client.post("/findings")

    assert answer.status_code == 403
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../desk.py",
        "/static/..%2fdesk.py",
        "/static/%2e%2e/desk.py",
        "/static/..%5cdesk.py",
        "/static/%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/workbench.css/../../desk.py",
        "/static/.",
        "/static/workbench.css%00.txt",
    ],
)
def test_no_path_leads_out_of_the_static_files(workbench: Workbench, path: str) -> None:
    status, body = raw(workbench, path)

    assert status == 404
    assert "import" not in body
    assert "root:" not in body


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


def test_websockets_are_not_spoken() -> None:
    said: list[str] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        said.append(scope["type"])

    async def run() -> None:
        async def receive() -> dict[str, object]:
            return {"type": "websocket.connect"}

        async def send(_: object) -> None:
            return None

        await Guard(inner, Access())({"type": "websocket", "headers": [], "path": "/"}, receive, send)

    asyncio.run(run())

    assert said == []
