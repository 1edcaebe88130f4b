"""What stands on pages instead of what is written for programs: links for commands in messages, words for ids in quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Page(NamedTuple):
    """Where something is done: what it is called there, and its address."""

    words: Text
    href: str


_UPLOAD = _Page(Text("上传文件", "Upload files"), "/uploads")
_HISTORY = _Page(Text("核对的经过", "the history of the review"), "/review/history")
_PAGES: Mapping[str, _Page] = {
    "ask": _Page(Text("提问", "Ask"), "/ask"),
    "check": _UPLOAD,
    "findings": _Page(Text("发现", "Findings"), "/findings"),
    "load": _UPLOAD,
    "map": _UPLOAD,
    "parse": _UPLOAD,
    "questions": _Page(Text("提问", "Ask"), "/ask"),
    "review": _Page(Text("核对是否同一", "Who is who"), "/review"),
    "review history": _HISTORY,
    "review undo": _HISTORY,
    "review withdraw": _HISTORY,
    "status": _Page(Text("来源", "Sources"), "/sources"),
    "template": _UPLOAD,
    "unload": _Page(Text("“来源”页的“撤下”", "“Unload” on the page of sources"), "/sources"),
}
_FIELDS: Mapping[str, Text] = {
    "author": Text("“核对人”", "“Decided by”"),
    "edition": Text("“版次”：", "“edition”: "),
    "like": Text("“按哪种名录读”", "“Read it as”"),
    "map": Text("“按哪种名录读”", "“Read it as”"),
    "type": Text("“每行说的是”", "“Each row is about”"),
}
"""What an option is called in a form."""
_ONLY_THERE = Text("（由管理员在终端执行）", " (for the administrator, in a terminal)")
_COMMAND = re.compile(
    r"`?innograph (?P<command>review (?:history|undo|withdraw)|[a-z]+)(?P<given>(?<=unload) [^\s，。；、）;,)`]+|(?<=withdraw) \d+"
    r"| (?:文件夹|文件|包名|FILE|PACK|DIR)\b)?`?"
    r"|--(?P<option>author|edition|like|map|type)\b"
)


_ID = re.compile(r"(?<![A-Za-z])(?P<type>[A-Z][A-Za-z]{2,30}):[^\s|，。；、]+")


def excerpt(quote: str, most: int) -> str:
    """Return the beginning of a quoted line for a list; ids in it are told by their type, in brackets.

    Where the proof itself is shown, the line is as it stands.

    Args:
        quote: the line.
        most: characters that are shown.

    Examples:
        >>> excerpt("Target:2022-15/2.2#21b0 | 虚构样例", 40), excerpt("ISO:9001认证", 40), excerpt("甲乙丙丁", 3)
        ('〔目标〕 | 虚构样例', 'ISO:9001认证', '甲乙…')
    """
    known = load_ontology().nodes
    told = _ID.sub(
        lambda found: f"〔{known[found['type']].label.show()}〕" if found["type"] in known else found[0], quote
    )
    return told if len(told) <= most else f"{told[: most - 1]}…"


def in_browser(message: str) -> Markup:
    """Return a message with links to pages in the place of the terminal's commands.

    A command that no page stands for is left, with a word on who runs it.

    Args:
        message: in the language in use; it is text, whatever it holds.

    Examples:
        >>> in_browser("全部问题：innograph questions")
        Markup('全部问题：<a href="/ask">提问</a>')
        >>> in_browser("先执行 innograph unload 方案.txt，再载入 <b>")
        Markup('先执行 <a href="/sources">“来源”页的“撤下”</a>，再载入 &lt;b&gt;')
        >>> in_browser("或用 --map 指明"), in_browser("请执行 innograph build 重建")
        (Markup('或用 “按哪种名录读” 指明'), Markup('请执行 <code>innograph build</code>（由管理员在终端执行） 重建'))
    """
    made, at = Markup(), 0
    for found in _COMMAND.finditer(message):
        made += escape(message[at : found.start()]) + _shown(found)
        at = found.end()
    return made + escape(message[at:])


def _shown(found: re.Match[str]) -> Markup:
    if found["option"]:
        return escape(_FIELDS[found["option"]].show())
    page = _PAGES.get(found["command"])
    if page:
        return Markup('<a href="{}">{}</a>').format(page.href, page.words.show())
    return Markup("<code>{}</code>{}").format(found[0].strip("`"), _ONLY_THERE.show())
