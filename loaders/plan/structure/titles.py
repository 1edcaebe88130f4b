"""Titles: which lines read like one, and how many lines one is broken over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.regions import region_table

from ...document import Span
from .days import DAY, MONTH
from .doc_number import HOLDS_NUMBER
from .numbering import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...document import Document

KIND_WORDS = "(?:方案|计划|规划|意见|措施|办法|政策|纲要|细则|要点|清单|条例|规定|决定|工作安排|举措|行动|分工|一览表|分工表|指标表|分解表|任务表|任务书)"
_NOTE = "(?:（.{2,20}）)?"
_NOTE_LINE = re.compile(r"（(?:\d{4} *年?[^（）]{1,14}|试行|修订版?|送审稿|征求意见稿)）")
_TITLE = re.compile(rf".{{4,80}}{KIND_WORDS}{_NOTE}(?:的通知)?{_NOTE}$")
_TAIL = re.compile(rf"^.*{KIND_WORDS}{_NOTE}$")
# 三年行动计划 is the end of a title and none by itself.
_GENERIC = re.compile(
    rf"(?:[一二三四五六七八九十]年|行动|实施|工作|专项|若干|重点|总体|具体){{0,6}}{KIND_WORDS}{_NOTE}"
)
_NOT_IN_TITLE = re.compile("[。；：]|^[（(]|^附件|^--|^[—–-]")
# 甲市贯彻落实《…规划》行动方案 cites in its own words; any other 《 opens the title of another document.
_CARRIES_OUT = re.compile("(?!为)[^《》，]{0,30}(?:贯彻|落实|执行|实施)[^《》，]{0,8}《")
_NO_TITLE_ABOVE = re.compile(r"[。：；，]|的通知|文件$|的(?:意见|决定|报告)$")
#: The line above an annex: 附件, 附件1, 附表二.
ANNEX = re.compile(r"附(?:件|表|录)? *[\d一二三四五六七八九十]{0,3} *[：:]?$")
_LINES_OF_TITLE = 6
_LONGEST_LINE_ABOVE = 40


def with_note(document: Document, title: Span, below: Span | None) -> Span:
    """Return a title with the line below it where that is its note: （2025—2027年）."""
    if below is None or not _NOTE_LINE.fullmatch(document.folded, below.start, below.end):
        return title
    return Span(title.start, below.end)


def is_title(document: Document, line: Span) -> bool:
    """Whether a line ends like the title of a plan (…行动方案（2021-2023年）) and is no sentence, heading or citation."""
    text = document.folded[line.start : line.end]
    return (
        bool(_TAIL.match(text))
        and not _NOT_IN_TITLE.search(text)
        and not _cites(text)
        and not NUMBER.match(text)
        and len(text) >= 4
    )


def _cites(text: str) -> bool:
    """Whether a line begins the title of another document."""
    return "《" in text and not _CARRIES_OUT.match(text)


def reads_as_title(text: str) -> bool:
    """Whether a text without white space reads like a whole title."""
    return bool(_TITLE.match(text)) and not text.startswith(("（", "附件"))


def title_block(document: Document, lines: Sequence[Span], announced: str | None = None) -> Span:
    """Return the title that ends with the last of ``lines``, with the lines above it that it was broken over.

    Args:
        document: the plan.
        lines: the lines down to the title's last.
        announced: the title that the notice announces, if there is one.
    """
    last = len(lines) - 1
    first = last
    while max(0, last - _LINES_OF_TITLE) < first and _goes_on_above(
        document, lines[first - 1], lines[first : last + 1], announced
    ):
        first -= 1
    return Span(lines[first].start, lines[last].end)


def _goes_on_above(document: Document, above: Span, block: Sequence[Span], announced: str | None) -> bool:
    """Whether the line ``above`` is the first part of the title that ``block`` ends."""
    text = document.folded[above.start : above.end]
    if len(text) > _LONGEST_LINE_ABOVE or _NO_TITLE_ABOVE.search(text) or DAY.search(text) or NUMBER.match(text):
        return False
    if _cites(text) or MONTH.search(text) or ("》" in text and "《" not in text):
        return False
    if ANNEX.match(text) or HOLDS_NUMBER.search(text) or is_office(text):
        return False
    below = squeezed("".join(document.folded[s.start : s.end] for s in block))
    joined = squeezed(text) + below
    if announced:
        announced = squeezed(announced)
        return announced.startswith(squeezed(text)) or announced == joined
    if below.count("》") > below.count("《") or ("关于" in text and "关于" not in below):
        return True
    head_of = region_table().head_of
    if _GENERIC.fullmatch(below):
        return True
    return not reads_as_title(below) or (head_of(text) is not None and head_of(below) is None)


_OFFICE = re.compile(
    r"(?:[\u4e00-\u9fff（）·]{2,30}?(?:人民政府办公室|人民政府办公厅|人民政府|办公室|办公厅|委员会|管委会|领导小组|联席会议|指挥部|分行|支行|总工会|联合会|协会|[局厅部委院署]))"
    r"(?:办公室|办公厅)?$"
)


def is_office(text: str) -> bool:
    """Whether a line is nothing but the name of an office that issues documents.

    Examples:
        >>> is_office("昌吉市人民政府办公室"), is_office("国务院"), is_office("建设创新平台。")
        (True, True, False)
    """
    return text in ("国务院", "中共中央") or bool(_OFFICE.match(text))


def squeezed(text: str) -> str:
    """Return ``text`` without white space."""
    return re.sub(r"\s+", "", text)
