"""Finds the lines again in a text that lost them: whole plans are copied from web pages as a single line.

What was a line break is a space there, or nothing: then the numbers of headings, which follow one another, say where
a line began. Offsets do not change; only the document's paragraphs become shorter.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...document import Paragraph, Span
from ..responsibility.roles import LABEL
from .days import DAY
from .numbering import NUMBER, Numbering
from .titles import is_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document import Document

# A paragraph of prose is rarely longer; one that holds the numbers of several headings besides is a text without lines.
_LONG_PARAGRAPH = 1200
_FEWEST_HEADINGS = 3
_LONGEST_LIST = 200
# A space between Chinese characters or marks; those inside brackets and titles (《…意见 推动…》) are part of them.
_SPACE = re.compile(r"(?<=[^\s\x21-\x7e]) +(?=[^\s\x21-\x7e]|\d)|(?<=[\d日号]) +(?=[（\u4e00-\u9fff])")
_HELD = re.compile(r"《[^》]{0,200}》|（[^（）]{0,200}）")
# What stands before a day, back to a blank or the end of a sentence.
_OFFICE_BEFORE = re.compile(r"(?:^|[。；：\s])(?P<office>[^。；：\s]{4,40}) *$")
_LONGEST_OFFICE = 50
# What may stand right before a heading's number in running text.
_BEFORE_NUMBER = re.compile(r"[。；！？）〕：\s]$")


def relined(document: Document) -> Document:
    """Return ``document`` with a paragraph for each line that can be told apart.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> text = "试点方案。一、任务（一）建平台。做甲。（二）引人才。做乙。二、保障措施。加强领导。"
        >>> document = relined(document_of_lines("a", text))
        >>> [document.quote(p.span) for p in document.paragraphs]
        ['试点方案。', '一、任务', '（一）建平台。做甲。', '（二）引人才。做乙。', '二、保障措施。加强领导。']
    """
    paragraphs = tuple(part for paragraph in document.paragraphs for part in _parts(document, paragraph))
    return document if len(paragraphs) == len(document.paragraphs) else replace(document, paragraphs=paragraphs)


def _parts(document: Document, paragraph: Paragraph) -> Iterator[Paragraph]:
    span = document.trim(paragraph.span)
    cuts = sorted({*_headings_inside(document, span), *_spaces_inside(document, span)})
    if not cuts:
        yield paragraph
        return
    cuts = sorted({*cuts, *_signatures_inside(document, span)})
    for start, end in zip((span.start, *cuts), (*cuts, span.end), strict=True):
        part = document.trim(Span(start, end))
        if len(part):
            yield Paragraph(part, paragraph.place)


def _headings_inside(document: Document, span: Span) -> list[int]:
    """Where headings begin inside a paragraph: numbers in sequence, each behind the end of a sentence or a title."""
    numbering = Numbering()
    found: list[int] = []
    for match in NUMBER.finditer(document.folded, span.start, span.end):
        at_start = match.start() == span.start
        if not at_start and not numbering.may_follow_title(match):
            before = document.folded[max(span.start, match.start() - 1) : match.start()]
            if not _BEFORE_NUMBER.match(before) and not _ends_a_list(document, span.start, match, numbering):
                continue
        if numbering.accept(match) and not at_start:
            found.append(match.start())
    return found if len(found) > 1 or (found and numbering.length > 1) else []


def _signatures_inside(document: Document, span: Span) -> Iterator[int]:
    """Where a signature begins and ends: 特此通知。甲市人民政府办公室 2023年8月9日 甲市行动方案."""
    for match in DAY.finditer(document.folded, span.start, span.end):
        before = _OFFICE_BEFORE.search(document.folded, max(span.start, match.start() - _LONGEST_OFFICE), match.start())
        if before and is_office(before.group("office")):
            yield from (at for at in (before.start("office"), match.end()) if span.start < at < span.end)


def _ends_a_list(document: Document, start: int, number: re.Match[str], numbering: Numbering) -> bool:
    """Whether the number that comes next stands behind a list of units: 牵头单位：市科技局（二）引人才."""
    before = document.folded[max(start, number.start() - _LONGEST_LIST) : number.start()]
    return numbering.goes_on(number) and LABEL.search(before, before.rfind("。") + 1) is not None


def _spaces_inside(document: Document, span: Span) -> list[int]:
    if len(span) < _LONG_PARAGRAPH:
        return []
    numbers = sum(1 for _ in NUMBER.finditer(document.folded, span.start, span.end))
    if numbers < _FEWEST_HEADINGS:
        return []
    text = document.folded[span.start : span.end]
    held = [match.span() for match in _HELD.finditer(text)]
    spaces = (match.end() for match in _SPACE.finditer(text))
    return [span.start + at for at in spaces if not any(begin < at < end for begin, end in held)]
