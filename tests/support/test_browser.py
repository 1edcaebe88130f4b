"""The browser fixtures themselves: that nothing leaves this machine unseen, and that errors are not lost."""

from __future__ import annotations

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from browser import PageLog, is_local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

FOREIGN = "https://innograph.invalid"


class Handler(BaseHTTPRequestHandler):
    """`/` is a small page, `/away` redirects off this machine."""

    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/away" else 200)
        if self.path == "/away":
            self.send_header("Location", f"{FOREIGN}/redirected")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write("<!doctype html><link rel=icon href=data:,><h1>任务</h1>".encode())

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("file:///index.html", True),
        ("data:text/plain,x", True),
        ("about:blank", True),
        ("blob:null/1", True),
        ("http://localhost:8000/", True),
        ("ws://127.0.0.1:8000/", True),
        ("http://[::1]:8000/", True),
        ("https://example.org/", False),
        ("http://localhost.example.org/", False),
        ("http://192.168.1.1/", False),
        ("wss://example.org/", False),
        ("http:///", False),
    ],
)
def test_what_counts_as_this_machine(url: str, local: bool) -> None:
    assert is_local(url) is local


def test_a_page_of_this_machine_is_clean(page: Page, page_log: PageLog, site: str) -> None:
    page.goto(site)
    assert page.locator("h1").inner_text() == "任务"
    page_log.assert_clean()


@pytest.mark.parametrize(
    "script",
    [
        f"fetch('{FOREIGN}/fetched').catch(() => 0)",
        f"new Promise((done) => Object.assign(new Image(), {{ onerror: done, src: '{FOREIGN}/image.png' }}))",
        "fetch('/away').catch(() => 0)",
        f"new Promise((done) => new WebSocket('{FOREIGN}/socket'.replace('https', 'wss')).onerror = done)",
        f"navigator.sendBeacon('{FOREIGN}/beacon')",
    ],
    ids=["fetch", "image", "redirect", "websocket", "beacon"],
)
def test_a_request_off_this_machine_is_blocked_and_told(page: Page, page_log: PageLog, site: str, script: str) -> None:
    page.goto(site)
    page.evaluate(f"async () => {{ await {script} }}")
    for _ in range(50):  # the events of a request come after what its script sees
        page.wait_for_timeout(0 if page_log.blocked else 100)
    assert [urlsplit(url).hostname for url in page_log.blocked] == ["innograph.invalid"]
    with pytest.raises(AssertionError, match="outside this machine"):
        page_log.assert_clean()


def test_a_pop_up_is_watched_too(page: Page, page_log: PageLog, site: str) -> None:
    page.goto(site)
    with page.expect_popup() as popup:
        page.evaluate("open('/')")
    popup.value.evaluate(f"fetch('{FOREIGN}/from-pop-up').catch(() => 0)")
    assert page_log.blocked == [f"{FOREIGN}/from-pop-up"]


def test_errors_are_recorded(page: Page, page_log: PageLog, site: str) -> None:
    page.goto(site)
    page.evaluate("console.error('told'); setTimeout(() => { throw new Error('thrown') })")
    page.wait_for_timeout(100)
    assert [error.split(" (")[0] for error in page_log.console_errors] == ["told"]
    assert any("thrown" in error for error in page_log.page_errors)
    with pytest.raises(AssertionError, match="thrown"):
        page_log.assert_clean()


def test_other_tests_may_use_asyncio_while_the_browser_lives() -> None:
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"


def test_and_the_browser_goes_on_after_that(page: Page, page_log: PageLog, site: str) -> None:
    page.goto(site)
    page_log.assert_clean()
