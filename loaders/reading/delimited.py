"""Tables as plain text: CSV and TSV, with any of the usual separators."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from innograph.graph.records import Locator
from innograph.graph.text import Text

from ..document import DocumentBuilder, Draft
from .grid import MOST_CELLS
from .refusing import DELETE_STRAY_CELLS, TOO_LARGE_TABLE, refuse
from .sheets import add_sheet
from .text import check_text, decode, issues_of_decoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Document
    from .sheets import Row

_SEPARATORS = ",\t;|，"
_SAMPLE = 20_000
_MEND_QUOTES = Text(
    "含分隔符、引号或换行的单元格要用一对英文引号括起，其中的英文引号写两遍",
    'Put a cell that holds a separator, quote or line break between a pair of ", and write a " inside it twice',
)


def read_delimited(name: str, data: bytes) -> Document:
    r"""Read a CSV or TSV file as a document with a table; a cell's place is its row and column.

    Raises:
        InputError: it is no text, or its quotes do not pair.

    Examples:
        >>> document = read_delimited("a.csv", "任务;单位\n建平台;科技局\n".encode("gb18030"))
        >>> [[document.quote(cell.span) for cell in row] for row in document.tables[0].rows]
        [['任务', '单位'], ['建平台', '科技局']]
    """
    text, encoding = decode(data)
    check_text(name, text)
    text = text.lstrip("\ufeff")
    builder = DocumentBuilder(name)
    add_sheet(builder, _rows(name, text), Locator())
    return builder.build(issues_of_decoding(text, encoding))


def _rows(name: str, text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    filled = 0
    try:
        for number, cells in enumerate(reader, start=1):
            filled += len(cells)
            if filled > MOST_CELLS:
                refuse(name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
            if any(cell.strip() for cell in cells):
                yield number, [Draft(cell, Locator(row=number, column=c)) for c, cell in enumerate(cells, start=1)]
    except csv.Error:
        line = reader.line_num
        problem = Text(
            f"第{line}行附近的引号不成对，或单元格过长",
            f"near line {line} the quotes do not pair, or a cell is too long",
        )
        refuse(name, problem, _MEND_QUOTES)


def separator_of(text: str) -> str:
    """Return the separator that stands most often outside quotes in the first lines; a comma if none does.

    Examples:
        >>> separator_of('"a,b,c";d;e'), separator_of("a")
        (';', ',')
    """
    outside = "".join(text[:_SAMPLE].split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
