"""Reads a table: bytes in, rows with their numbers out. This version reads CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from innograph.graph.errors import InputError
from innograph.graph.text import Text

from ..reading.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.issues import Issue

_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAVE_AS_CSV = Text("请另存为 CSV（UTF-8，逗号分隔）后再试", "Save it as CSV (UTF-8, comma-separated) and try again")
_MEND_QUOTES = Text(
    "含逗号、引号或换行的单元格要用一对英文引号括起，其中的英文引号写两遍",
    'Put a cell that holds a comma, quote or line break between a pair of ", and write a " inside it twice',
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, from 1, and its cells as they stand."""

    number: int
    cells: tuple[str, ...]

    @property
    def quote(self) -> str:
        """The row as evidence."""
        return " | ".join(self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as read.

    Args:
        name: the file's name.
        header: the first row that is not empty; its cells end with the last that has a word.
        rows: the others, without empty rows and repetitions of the header.
        issues: what the reader noticed.
    """

    name: str
    header: Row
    rows: tuple[Row, ...]
    issues: tuple[Issue, ...] = ()


def read_table(name: str, data: bytes) -> Sheet:
    r"""Read a CSV file in UTF-8, with or without byte order mark, or GB18030.

    Args:
        name: the file's name, for messages.
        data: its bytes.

    Raises:
        InputError: it is empty, is no text, or its quotes do not pair.

    Examples:
        >>> sheet = read_table("a.csv", "名称,级别\n\n\"信息\n产业园\",\n".encode("gb18030"))
        >>> sheet.header.cells, [(row.number, row.cells) for row in sheet.rows]
        (('名称', '级别'), [(3, ('信息\n产业园', ''))])
    """
    text, issues = _text(name, data)
    rows = _records(name, text)
    first = next(rows, None)
    if first is None:
        _fail(name, Text("表是空的", "the table is empty"), _SAVE_AS_CSV)
    header = Row(first.number, _trimmed(first.cells, 0))
    width = len(header.cells)
    body = (Row(row.number, _trimmed(row.cells, width)) for row in rows)
    return Sheet(name, header, tuple(row for row in body if row.cells != header.cells), issues)


def _text(name: str, data: bytes) -> tuple[str, tuple[Issue, ...]]:
    if data.startswith(_ARCHIVES):
        problem = Text(
            "这是 Excel 工作簿或压缩包，本版本只读 CSV",
            "this is an Excel workbook or archive; this version reads CSV only",
        )
        _fail(name, problem, _SAVE_AS_CSV)
    try:
        document = read_text(name, data)
    except InputError as error:
        raise InputError(file=name, problem=error.values["problem"], hint=_SAVE_AS_CSV) from error
    return document.text.lstrip("\ufeff"), document.issues


def _records(name: str, text: str) -> Iterator[Row]:
    """Yield the rows that hold anything; the others are counted, as spreadsheets count them.

    Quotes that do not pair end the reading: from there on nobody knows which cell is in which row.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield Row(number, tuple(cells))
    except csv.Error as error:
        line = reader.line_num
        problem = Text(
            f"第{line}行附近的引号不成对，或单元格过长",
            f"near line {line} the quotes do not pair, or a cell is too long",
        )
        raise InputError(file=name, problem=problem, hint=_MEND_QUOTES) from error


def _trimmed(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return ``cells`` without the empty ones that a spreadsheet adds at the end, but at least ``width`` of them."""
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _fail(name: str, problem: Text, hint: Text) -> NoReturn:
    raise InputError(file=name, problem=problem, hint=hint)
