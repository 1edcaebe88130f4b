"""Tokens: where one is needed, how it is shown, and how long a browser stays known."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hostile_client import answer_of, says_yes, status_of

from innograph.graph.errors import UsageError
from innograph.visualize.workbench.guard import Access, Guard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench_server import WorkbenchOf

TOKEN = "t0ken-of-sixteen-characters"


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


HOST = ("host", "127.0.0.1:8765")


def test_a_browser_stays_known_after_a_restart_until_the_token_changes() -> None:
    headers = answer_of(Guard(says_yes, Access(token=TOKEN)), [HOST], query=f"token={TOKEN}")[1]
    cookie = ("cookie", headers["set-cookie"].partition(";")[0])

    assert status_of(Guard(says_yes, Access(token=TOKEN)), [HOST, cookie]) == 200
    assert status_of(Guard(says_yes, Access(token=f"{TOKEN}!")), [HOST, cookie]) == 401
    assert status_of(Guard(says_yes, Access(port=80, token=TOKEN)), [("host", "127.0.0.1"), cookie]) == 401


def test_a_known_browser_that_shows_the_token_again_is_led_to_the_address_without() -> None:
    guard = Guard(says_yes, Access(token=TOKEN))
    cookie = answer_of(guard, [HOST], query=f"token={TOKEN}")[1]["set-cookie"].partition(";")[0]
    status, headers, _ = answer_of(guard, [HOST, ("cookie", cookie)], query=f"state=open&token={TOKEN}&state=confirmed")

    assert status == 303
    assert headers["location"] == "/?state=open&state=confirmed"
    assert status_of(Guard(says_yes, Access()), [HOST]) == 200  # where no token is needed nobody is led anywhere


@pytest.mark.parametrize(
    ("query", "language", "said"),
    [
        ("", "zh", "需要令牌"),
        ("token=", "zh", "需要令牌"),
        ("token=x", "zh", "令牌不对"),
        ("", "en", "A token is needed"),
        ("token=x", "en", "The token is wrong"),
    ],
)
def test_the_refusal_says_whether_the_token_is_missing_or_wrong(query: str, language: str, said: str) -> None:
    status, _, text = answer_of(
        Guard(says_yes, Access(token=TOKEN)), [HOST, ("accept-language", language)], query=query
    )

    assert status == 401
    assert text.startswith(said)
    assert "innograph serve" in text
    assert TOKEN not in text
