"""Why a table is not read: the headers it has, and the known ones that come nearest."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from innograph.graph.text import Text

from ..structure.titles import squeezed

if TYPE_CHECKING:
    from ...document import Document, Table

#: Headers of unit columns that people know, to be named where a table has one that is nearly so.
_KNOWN = ("牵头单位", "责任单位", "配合单位", "责任部门", "牵头部门", "配合部门", "主办单位", "协办单位", "负责单位")
_MOST_HEADERS = 8
_LONGEST_HEADER = 16
_NEAR = 0.5
_CONVERTED = (".doc", ".wps", ".rtf", ".odt")


def headers_seen(document: Document, table: Table) -> tuple[str, ...]:
    """Return the words of the first row that has several, as far as they are short enough for headers.

    Examples:
        >>> from innograph.graph.records import Locator
        >>> from innograph.loaders.document import DocumentBuilder, Draft
        >>> builder = DocumentBuilder("a")
        >>> builder.table([[Draft(t, Locator()) for t in ("序号", "任务", "责任单位领导班子")]], Locator())
        >>> document = builder.build()
        >>> headers_seen(document, document.tables[0])
        ('序号', '任务', '责任单位领导班子')
    """
    for row in table.rows:
        words = [squeezed(document.quote(cell.span)) for cell in dict.fromkeys(row) if len(cell.span)]
        if len(words) > 1:
            return tuple(word for word in words if len(word) <= _LONGEST_HEADER)[:_MOST_HEADERS]
    return ()


def nearest(headers: tuple[str, ...]) -> str:
    """Return the known header of a unit column that comes nearest to one of these.

    Examples:
        >>> nearest(("任务", "牵头单住")), nearest(("任务", "地址"))
        ('牵头单位', '责任单位')
    """
    found = [(difflib.SequenceMatcher(None, header, known).ratio(), known) for header in headers for known in _KNOWN]
    best, known = max(found, default=(0.0, ""), key=lambda pair: pair[0])
    return known if best > _NEAR else "责任单位"


def advice(document: Document) -> Text | None:
    """Return what a file's tables lack, or that they may be lost, where the file is refused as no plan.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> advice(document_of_lines("a.txt", "床前明月光")) is None, "丢失" in advice(document_of_lines("a.wps", "附表")).zh
        (True, True)
    """
    if document.name.lower().endswith(_CONVERTED) and not document.tables:
        return Text(
            "文件经过转换，其中的表格可能已丢失，请用 Word 或 WPS 打开原文件，另存为 .docx 后再试",
            "the file was converted and its tables may have been lost: open it in Word or WPS, save it as .docx and try "
            "again",
        )
    for table in document.tables:
        headers = headers_seen(document, table)
        if headers:
            seen, known = "、".join(headers), nearest(headers)
            return Text(
                f"表格的表头是：{seen}；没有认得的单位列，请把写单位的那一列的表头改为“{known}”",
                f"the headers of the table are {seen}, none a known one of units: name the column of units {known}",
            )
    return None
