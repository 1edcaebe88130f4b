"""The card that government sites put above a document: 索引号, 文号, 发布机构, 成文日期, 标题."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from .titles import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document import Document, Span, Table

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
    return found


def _entries(document: Document, table: Table) -> Iterator[tuple[str, Span]]:
    for row in table.rows:
        cells = list(dict.fromkeys(row))
        for cell, beside in itertools.pairwise(cells):
            text = squeezed(document.folded[cell.span.start : cell.span.end])
            name = next((name for name, pattern in _NAMES.items() if pattern.fullmatch(text)), None)
            if name is not None:
                yield name, beside.span
