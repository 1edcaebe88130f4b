"""The card that government sites put above a document: 索引号, 文号, 发布机构, 成文日期, 标题.

It is a table, or lines of names and values: 发布日期：2025-03-10 来源：甲市科技局. A form that was filled in says
填报单位：甲市科技局 in such a line.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from ...document import Span
from .numbering import NUMBER
from .titles import is_office, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document import Document, Table

_WORDS = {
    "number": "文号|发文字号|发文文号|文件编号",
    "issuer": "发布机构|发文机关|发文单位|制发机关|发布单位|公开主体",
    "date": "成文日期|发文日期|印发日期",
    "published": "发布日期|公开日期",
    "title": "标题|名称|文件名称|信息名称",
    "": "索引号|主题分类|主题词|有效性|公开方式|公开时限|公开形式|信息类别|文件状态|体裁分类|组配分类|生效日期|废止日期|关键词",
}
_NAMES = {name: re.compile(f"(?:{words})[：:]?") for name, words in _WORDS.items()}
_FEWEST = 2
# What only stands in lines; in a table these head columns.
_IN_LINES = {
    "issuer": "填报单位|填表单位|上报单位|来源|信息来源|文章来源",
    "published": "发布时间|填报日期|填报时间|填表日期",
    "": "浏览次数|阅读次数|点击数|字体|作者|责任编辑",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s|]))(?:"
    + "|".join(f"(?P<{name or 'other'}>{words}|{_IN_LINES.get(name, words)})" for name, words in _WORDS.items())
    + ") ?："
)
# One line is enough where it says who filled in a form.
_FILLED_IN = re.compile("(?:填报|填表|上报)单位 ?：")
_LINES_ABOVE = 30


def is_card(document: Document, table: Table) -> bool:
    """Whether a table is such a card: at least two of its cells are the names of what stands beside them."""
    return sum(1 for _ in _entries(document, table)) >= _FEWEST


def read_card(document: Document) -> dict[str, Span]:
    """Return what the document's cards say, by ``number``, ``issuer``, ``date``, ``published`` and ``title``.

    Examples:
        >>> from innograph.graph.records import Locator
        >>> from innograph.loaders.document import DocumentBuilder, Draft
        >>> builder = DocumentBuilder("a")
        >>> builder.table([[Draft(t, Locator()) for t in ("索引号：", "0151", "文号：", "甲政办发〔2025〕9号")]], Locator())
        >>> document = builder.build()
        >>> {name: document.quote(span) for name, span in read_card(document).items()}
        {'number': '甲政办发〔2025〕9号'}
    """
    found: dict[str, Span] = {}
    for table in document.tables:
        entries = list(_entries(document, table))
        if len(entries) >= _FEWEST:
            for name, span in entries:
                if name and len(span):
                    found.setdefault(name, span)
    for line in card_lines(document):
        for name, span in _entries_of_line(document, line):
            said = document.folded[span.start : span.end]
            if name and len(span) and (name != "issuer" or is_office(said)):
                found.setdefault(name, span)
    return found


def card_lines(document: Document) -> tuple[Span, ...]:
    r"""Return the lines above the first heading that hold names and values, and those that say who filled in a form.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> document = document_of_lines("a", "发布日期：2025-03-10 来源：甲市科技局\n甲市方案\n一、甲\n名称：乙")
        >>> [document.quote(line) for line in card_lines(document)]
        ['发布日期：2025-03-10 来源：甲市科技局']
    """
    lines = [document.trim(paragraph.span) for paragraph in document.paragraphs]
    above = itertools.takewhile(lambda s: not NUMBER.match(document.folded[s.start : s.end]), lines[:_LINES_ABOVE])
    named = [line for line in above if _LABEL.match(document.folded[line.start : line.end])]
    if sum(1 for line in named for _ in _entries_of_line(document, line)) < _FEWEST:
        named = []
    filled_in = (line for line in lines if _FILLED_IN.match(document.folded, line.start, line.end))
    return tuple(sorted({*named, *filled_in}, key=lambda line: line.start))


def without_card_lines(document: Document) -> Document:
    """Return ``document`` without the paragraphs that are lines of its card; offsets do not change."""
    lines = {line.start for line in card_lines(document)}
    return document.without(lambda paragraph: document.trim(paragraph.span).start in lines)


def _entries_of_line(document: Document, line: Span) -> Iterator[tuple[str, Span]]:
    labels = list(_LABEL.finditer(document.folded[line.start : line.end]))
    ends = [*(label.start() for label in labels[1:]), len(line)]
    for label, end in zip(labels, ends, strict=True):
        name = (label.lastgroup or "").removeprefix("other")
        value = document.trim(Span(line.start + label.end(), line.start + end))
        yield name, document.trim(Span(value.start, value.start + len(document.quote(value).rstrip("|｜"))))


def _entries(document: Document, table: Table) -> Iterator[tuple[str, Span]]:
    for row in table.rows:
        cells = list(dict.fromkeys(row))
        for cell, beside in itertools.pairwise(cells):
            text = squeezed(document.folded[cell.span.start : cell.span.end])
            name = next((name for name, pattern in _NAMES.items() if pattern.fullmatch(text)), None)
            if name is not None:
                yield name, beside.span
