"""One small table in every format."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl

from innograph.loaders.table.sources import Sheet, open_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


HEADER = ("企业名称", "代码", "地区", "年份")
ROWS = [("某某公司", "9165", "昌吉市", "2022"), ("乙公司", "0012", "", "2023"), ("丙“公司”", "1,2", "阜康\n市", "1")]


def known(cells: Sequence[str]) -> bool:
    return "企业名称" in cells


def read(
    file: Path, data: bytes, is_header: Callable[[Sequence[str]], bool] = known
) -> list[tuple[Sheet, list[tuple[int, tuple[str, ...]]]]]:
    file.write_bytes(data)
    return [(sheet, [(row.number, row.cells) for row in sheet.rows]) for sheet in open_sheets(file, is_header)]


def one(file: Path, data: bytes, is_header: Callable[[Sequence[str]], bool] = known) -> tuple[Sheet, list[Any]]:
    (found,) = read(file, data, is_header)
    return found


def codes(sheet: Sheet) -> list[str]:
    return [issue.code for issue in sheet.issues]


def as_book(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), corner: tuple[int, int] = (1, 1)) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for r, cells in enumerate(rows, start=corner[0]):
        for c, value in enumerate(cells, start=corner[1]):
            if value not in ("", None):
                sheet.cell(r, c, value)
                if isinstance(value, str):
                    sheet.cell(r, c).data_type = "s"
    for cells in merged:
        sheet.merge_cells(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


EXPECTED = [(2, ROWS[0]), (3, ROWS[1]), (4, ROWS[2])]
