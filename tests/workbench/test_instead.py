"""On pages, messages lead to pages where the terminal has commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from innograph.graph.errors import InnographError
from innograph.graph.issues import ISSUE_KINDS
from innograph.visualize.workbench.instead import in_browser

if TYPE_CHECKING:
    from workbench_server import Workbench


def messages() -> list[str]:
    """Return every message that is written for people, in both languages."""
    kinds, found = [InnographError], list[str]()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found += kind.text
    for issue in ISSUE_KINDS.values():
        found += [*issue.text, *issue.hint]
    return found


def test_no_message_asks_for_a_terminal_where_a_page_does_the_same() -> None:
    told = [LexborHTMLParser(str(in_browser(message))).text() for message in messages()]

    commands = {name for text in told for name in re.findall(r"innograph ([a-z]+)", text)}
    assert any("innograph questions" in message for message in messages())
    assert not commands & {"ask", "check", "load", "map", "questions", "review", "unload"}
    assert not [text for text in told if re.search(r"--(map|like|type|author|edition)\b", text)]


@pytest.mark.parametrize(
    ("message", "text", "href"),
    [
        ("若确是同一个，用 innograph review 判定", "若确是同一个，用 核对是否同一 判定", "/review"),
        ("先撤回：innograph review withdraw 12", "先撤回：核对的经过", "/review/history"),
        ("其一：有误（全部：innograph check 文件）", "其一：有误（全部：上传文件）", "/uploads"),
        ("用 `innograph check 文件` 看", "用 上传文件 看", "/uploads"),
        ("run innograph unload a.txt first", "run “来源”页的“撤下” first", "/sources"),
    ],
)
def test_a_command_and_what_was_given_to_it_become_one_link(message: str, text: str, href: str) -> None:
    shown = LexborHTMLParser(str(in_browser(message)))

    assert shown.text() == text
    assert [link.attributes["href"] for link in shown.css("a")] == [href]


def test_what_a_message_quotes_is_text() -> None:
    shown = str(in_browser('<img src=x onerror=a> innograph load <b> "'))

    assert "<img" not in shown
    assert "<b>" not in shown


def test_a_question_that_is_not_understood_leads_to_all_questions(workbench: Workbench) -> None:
    answer = workbench.get("/ask?q=☃☃☃")
    notice = LexborHTMLParser(answer.text).css_first(".notice.warning")

    assert "innograph questions" not in answer.text
    assert [link.attributes["href"] for link in notice.css("a")] == ["/ask"]


def test_so_does_a_question_that_is_not_there_in_english(workbench: Workbench) -> None:
    notice = LexborHTMLParser(workbench.get("/q/nonesuch?lang=en").text).css_first(".notice.warning")

    assert notice.text(strip=False).endswith("All of them: Ask")
