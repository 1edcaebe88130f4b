"""Who issued a plan and when: the signature under the notice or the text, and where what follows it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...document import Span
from .days import DAY, MONTH, day_of
from .titles import is_office

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ...document import Document

_MOST_ISSUERS = 8
_CLOSING_LINE = re.compile(
    r"抄送[：:]|（此件.{0,12}(?:公开|发布).{0,6}）$|附件 *[\d一二三四五六七八九十]{0,3} *(?:[：:]|$)"
    r"|[\u4e00-\u9fff ]{2,40}\d{4} *年 *\d{1,2} *月 *\d{1,2} *日 *印发$"
)
# What stands under every page of a government's site.
_FOOT_OF_PAGE = re.compile("网站标识码|ICP备|公网安备|版权所有|网站地图|扫一扫在手机")
# Who filled in a form says so under it, too.
_FILLED_IN = re.compile(r"(?P<before>(?:^|\n) {0,9})(?:填报|填表|上报)单位 ?：")
# （某某局代章） stands between the issuer and the date.
_SEAL = re.compile(r"（[^（）]{2,30}代(?:章|印)）$")
_LETTERHEAD = re.compile(r"(?P<office>[\u4e00-\u9fff（）]{4,40}?)文件$")
# 甲市科技局等六部门关于…: those that are named. The offices may also fill the lines above.
_IN_TITLE = re.compile(
    r"(?P<offices>[\u4e00-\u9fff、 （）]{0,200}?) *(?:等[\d一二三四五六七八九十]{1,3}个?(?:部门|单位|委办局))? *(?:关于|印发)"
)
# What may stand between the office and the day, and behind the day.
_BEFORE_DAY = re.compile(r"(?P<office>.*?)[（ ]*(?:(?:印发|成文|发文)(?:日期|时间) ?：? ?)?$")
_BEHIND_DAY = re.compile(r"[） ]*(?:（此件[^（）]{0,20}）)? *")
_LAST_LINES = 3


@dataclass(frozen=True, slots=True)
class Signature:
    """The issuers and the day, each where it stands."""

    issuers: tuple[Span, ...]
    date: dt.date | None
    start: int


def signatures(document: Document, lines: Sequence[Span]) -> Iterator[Signature]:
    r"""Yield each signature: lines that are nothing but the names of offices, and a line that is a day.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> document = document_of_lines("a", "甲市财政局\n甲市科技局\n二〇二二年六月一日")
        >>> [signature] = signatures(document, [p.span for p in document.paragraphs])
        >>> [document.quote(issuer) for issuer in signature.issuers], str(signature.date)
        (['甲市财政局', '甲市科技局'], '2022-06-01')
    """
    for index, line in enumerate(lines):
        date = DAY.search(document.folded, line.start, line.end)
        issuers = _signed(document, lines, index, date) if date else []
        if date and issuers:
            yield Signature(tuple(issuers), day_of(date), issuers[0].start)


def signed_by_month(document: Document, front: Sequence[Span], lines: Sequence[Span]) -> Signature | None:
    """Return the signature above which no day stands but a month (2025年3月), in the head or at the very end.

    In between, an office and a month are the cells of a table as well.
    """
    for among, first in ((front, 0), (lines, max(len(lines) - _LAST_LINES, 0))):
        for index in range(first, len(among)):
            month = MONTH.search(document.folded, among[index].start, among[index].end)
            issuers = _signed(document, among, index, month) if month else []
            if issuers:
                return Signature(tuple(issuers), None, issuers[0].start)
    return None


def _signed(document: Document, lines: Sequence[Span], index: int, date: re.Match[str]) -> list[Span]:
    """The offices before a date in its line, or in the lines above where it stands alone; else nothing."""
    line = lines[index]
    before = _BEFORE_DAY.match(document.folded, line.start, date.start())
    if before is None or not _BEHIND_DAY.fullmatch(document.folded, date.end(), line.end):
        return []
    offices = document.trim(Span(line.start, before.end("office")))
    if not len(offices):
        return _above(document, lines[max(index - _MOST_ISSUERS, 0) : index])
    found = list(_offices(document, offices))
    return found if found and _covers(found, offices) else []


def _covers(issuers: Sequence[Span], line: Span) -> bool:
    return issuers[0].start == line.start and issuers[-1].end == line.end


def _above(document: Document, lines: Sequence[Span]) -> list[Span]:
    """The offices in the lines right above, in reading order."""
    found: list[Span] = []
    for line in reversed(lines):
        if not found and _SEAL.match(document.folded, line.start, line.end):
            continue
        offices = list(_offices(document, line))
        if not offices:
            break
        found = [*offices, *found]
    return found


def _offices(document: Document, line: Span) -> Iterator[Span]:
    """The offices that a line consists of; nothing where it holds anything else."""
    text = document.folded[line.start : line.end]
    if is_office(text):
        yield line
        return
    parts = [Span(line.start + m.start(), line.start + m.end()) for m in re.finditer(r"[^ 、]+", text)]
    if len(parts) > 1 and all(is_office(document.folded[p.start : p.end]) for p in parts):
        yield from parts
    elif len(parts) > 1 and is_office(text.replace(" ", "")):
        yield line


def closing_offsets(document: Document) -> tuple[int, ...]:
    """Return where what follows a text begins: the signature with its date, 抄送, …印发 and 附件."""
    lines = [document.trim(p.span) for p in document.paragraphs]
    found = {line.start for line in lines if _CLOSING_LINE.match(document.folded, line.start, line.end)}
    found |= {line.start for line in lines if _FOOT_OF_PAGE.search(document.folded, line.start, line.end)}
    found |= {match.end("before") for match in _FILLED_IN.finditer(document.folded)}
    found |= {signature.start for signature in signatures(document, lines)}
    return tuple(sorted(found))


def issuers_in_title(document: Document, lines: Sequence[Span]) -> tuple[Span, ...]:
    r"""Return the offices at the head of 某某人民政府关于…, else that of a letterhead (…文件).

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> document = document_of_lines("a", "甲市财政局 甲市科技局\n甲市教育局关于印发《甲市方案》的通知")
        >>> [document.quote(office) for office in issuers_in_title(document, [p.span for p in document.paragraphs])]
        ['甲市财政局', '甲市科技局', '甲市教育局']
    """
    above: list[Span] = []
    for line in lines:
        match = _IN_TITLE.match(document.folded, line.start, line.end)
        named = document.trim(Span(match.start("offices"), match.end("offices"))) if match else None
        here = list(_offices(document, named)) if named and len(named) else []
        if match and (here or (above and not (named and len(named)))):
            return (*above, *here)
        offices = list(_offices(document, line))
        above = [*above, *offices] if offices else []
    for line in lines:
        match = _LETTERHEAD.match(document.folded, line.start, line.end)
        if match and is_office(match.group("office")):
            return (Span(match.start("office"), match.end("office")),)
    return ()


def lone_date(document: Document, lines: Sequence[Span]) -> dt.date | None:
    """Return the day that stands in a line of its own, or behind 发布日期：; the first of them."""
    for line in lines:
        match = DAY.search(document.folded, line.start, line.end)
        if not match or document.folded[match.end() : line.end].strip("） "):
            continue
        before = document.folded[line.start : match.start()].strip("（ ")
        if not before or re.fullmatch("(?:发布|印发|成文|发文|公布)(?:日期|时间) ?：? ?", before):
            return day_of(match)
    return None
