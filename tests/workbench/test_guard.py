"""Who may come in, and what every answer says of itself: asked over a socket as a hostile client would."""

from __future__ import annotations

import asyncio
import http.client
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hostile_client import raw, says_yes, sources, status_of

from innograph.visualize.workbench.app import ROUTES
from innograph.visualize.workbench.guard import Access, Guard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx
    from starlette.types import Receive, Scope, Send
    from workbench_server import Workbench, WorkbenchOf

TOKEN = "t0ken-of-sixteen-characters"


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
    assert_guarded(workbench.get(path))


def test_so_does_every_address_there_is(workbench: Workbench) -> None:
    """Each route as it is written, with a name of nothing in its place: of pages, files, JSON, and forms that are refused."""
    paths = {re.sub(r"\{[^}]+\}", "none", route.path) for route in ROUTES}
    assert len(paths) > 50
    with workbench.client() as client:
        for path in sorted(paths):
            assert_guarded(client.get(path))
            assert_guarded(client.post(path))  # of no origin: refused, or nothing that takes a form
            assert_guarded(client.request("DELETE", path))


def assert_guarded(answer: httpx.Response) -> None:
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
