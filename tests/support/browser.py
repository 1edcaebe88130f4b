"""A real Chromium for tests, shut off from everything but this machine.

A pytest plugin: `pytest_plugins = ["browser"]` gives the fixtures `browser`, `page_log` and `page`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from needs import missing
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    WebSocket,
    sync_playwright,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

EXECUTABLES = ("chromium", "chromium-browser", "google-chrome")
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Also stops what no request event tells of: preconnects, WebSockets and the second leg of a redirect.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
)
LOCAL_SCHEMES = frozenset({"file", "data", "blob", "about"})
_LOOP: pytest.StashKey[asyncio.AbstractEventLoop] = pytest.StashKey()


def is_local(url: str) -> bool:
    """True for what never leaves this machine: the loopback, and schemes without a host."""
    parts = urlsplit(url)
    if parts.scheme in LOCAL_SCHEMES:
        return True
    host = parts.hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass
class PageLog:
    """What went wrong on a test's pages: `assert_clean`, or read the lists where some of it is expected."""

    blocked: list[str] = field(default_factory=list)
    """Addresses outside this machine that were asked for; none was reached."""
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)

    def assert_clean(self) -> None:
        """Fail with all of it, if there is any."""
        assert not self.blocked, f"the page asked for addresses outside this machine: {self.blocked}"
        assert not self.page_errors, f"uncaught errors on the page: {self.page_errors}"
        assert not self.console_errors, f"errors on the console: {self.console_errors}"

    def watch(self, context: BrowserContext) -> None:
        """Record from all of this context's pages, pop-ups too, and abort requests that would leave the machine."""
        context.route("**/*", self._abort_foreign)
        context.on("request", lambda request: self._record(request.url))  # unlike `route`, with redirects
        context.on("console", self._record_console)
        context.on("weberror", lambda web_error: self.page_errors.append(str(web_error.error)))
        context.on("page", lambda page: page.on("websocket", self._record_socket))

    def _record(self, url: str) -> None:
        if url and url not in self.blocked and not is_local(url):
            self.blocked.append(url)

    def _record_socket(self, socket: WebSocket) -> None:
        self._record(socket.url)

    def _record_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            url = str(message.location.get("url", ""))
            self.console_errors.append(f"{message.text} ({url})")
            self._record(url)  # of some cross-origin redirects only the console tells

    @staticmethod
    def _abort_foreign(route: Route) -> None:
        if is_local(route.request.url):
            route.continue_()
        else:
            route.abort("blockedbyclient")


def find_chromium() -> str | None:
    """The browser to use: INNOGRAPH_CHROMIUM if it is set, else the first known name on PATH."""
    names = (chosen,) if (chosen := os.environ.get("INNOGRAPH_CHROMIUM")) else EXECUTABLES
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let other tests call `asyncio.run` while the session's browser lives.

    Between its calls Playwright's sync API leaves its event loop marked as this thread's running one, and
    asyncio then refuses any other. So the mark is there only during tests that use the browser.
    """
    uses_browser = "browser" in getattr(item, "fixturenames", ())
    if uses_browser:
        asyncio._set_running_loop(item.config.stash.get(_LOOP, None))
    try:
        return (yield)
    finally:
        if uses_browser:
            asyncio._set_running_loop(None)


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One headless Chromium for the session; a skip (in CI, a failure) where none is installed."""
    executable = find_chromium()
    if executable is None:
        missing("browser tests need Chromium: apt-get install chromium, or set INNOGRAPH_CHROMIUM to one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, headless=True, args=list(ARGS))
        loop = asyncio.get_running_loop()
        request.config.stash[_LOOP] = loop
        yield chromium
        asyncio._set_running_loop(loop)  # the session may well end with a test that uses no browser
        chromium.close()


@pytest.fixture
def page_log() -> PageLog:
    """What the test's `page` has recorded."""
    return PageLog()


@pytest.fixture
def page(browser: Browser, page_log: PageLog) -> Iterator[Page]:
    """A page at the office screen's size, in a context of its own, that can reach only this machine."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        service_workers="block",  # their requests are not seen by `route`
        reduced_motion="reduce",
    )
    page_log.watch(context)
    yield context.new_page()
    context.close()
