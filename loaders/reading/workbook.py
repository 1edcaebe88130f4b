"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .et, .ods): each sheet's titles, tables and notes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ..document import DocumentBuilder, Draft
from .archive import open_archive
from .formulas import unsaved_formulas
from .grid import MOST_CELLS
from .percent import Percentages
from .refusing import DELETE_STRAY_CELLS, PROTECTED, REMOVE_PASSWORD, SAVE_AGAIN, TOO_LARGE_TABLE, refuse
from .sheet_parts import SheetParts
from .sheets import add_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

    from ..document import Document
    from .percent import Percentage
    from .sheets import Row

_DAMAGED = Text("工作簿已损坏", "the workbook is damaged")
_ZIP = b"PK\x03\x04"
_SHEET = re.compile(r"xl/worksheets/[^/]{1,100}\.xml")
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\s[^<>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^<>]*[^/<>]>")
_REPEATED = re.compile(rb"table:number-(?:rows|columns)-repeated=\"(\d{1,9})\"")
_LARGEST_BOX = 20 * MOST_CELLS
_MOST_REPEATED = 16_384


def read_workbook(name: str, data: bytes) -> Document:
    """Read a workbook; a cell's place is its sheet, row and column.

    Raises:
        InputError: it is damaged, encrypted, or a sheet of it is absurdly large.
    """
    if data.startswith(_ZIP):
        open_archive(name, data)
        if stray_cells(data):
            refuse(name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    builder = DocumentBuilder(name)
    issues: list[Issue] = []
    try:
        # Only .xlsx says in parts of XML how its cells are shown.
        parts = SheetParts(data) if data.startswith(_ZIP) else None
        percentages = Percentages(parts) if parts else None
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.visible != SheetVisibleEnum.Visible:
                    issues.append(
                        Issue("workbook.hidden-sheet", Locator(sheet=sheet.name), values={"name": sheet.name})
                    )
                elif sheet.typ == SheetTypeEnum.WorkSheet:
                    rows = _rows(name, workbook, sheet.name, percentages.of(sheet.name) if percentages else {})
                    add_sheet(builder, rows, Locator(sheet=sheet.name))
                    issues += unsaved_formulas(parts, sheet.name) if parts else ()
    except PasswordError:
        refuse(name, PROTECTED, REMOVE_PASSWORD)
    except BaseException as error:
        # calamine has errors of its own, and a panic of its Rust code is no Exception
        if type(error).__module__ not in ("python_calamine", "pyo3_runtime", "_python_calamine") and not isinstance(
            error, (OSError, ValueError)
        ):
            raise
        refuse(name, _DAMAGED, SAVE_AGAIN)
    return builder.build(tuple(issues))


def _rows(
    name: str, workbook: CalamineWorkbook, sheet_name: str, percentages: dict[tuple[int, int], Percentage]
) -> Iterator[Row]:
    sheet = workbook.get_sheet_by_name(sheet_name)
    if sheet.start is None:
        return
    if sheet.height * sheet.width > _LARGEST_BOX:
        refuse(name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
    top, left = sheet.start
    merged = merged_cells(sheet)
    made: dict[tuple[int, int], Draft] = {}
    filled = 0

    def draft(row: int, column: int, value: object) -> Draft:
        at = merged.get((row, column), (row, column))
        found = made.get(at)
        if found is None:
            shown = percentages.get(at) if type(value) in (int, float) else None
            text = (shown.show(cast("float", value)) if shown else None) or written(value)
            found = Draft(text, Locator(sheet=sheet_name, row=at[0] + 1, column=at[1] + 1))
            if at in merged:
                made[at] = found
        return found

    # iter_rows() would begin with the empty rows above the used part.
    for row, values in enumerate(sheet.to_python(), start=top):
        if not any(value != "" or (row, left + c) in merged for c, value in enumerate(values)):
            continue
        filled += len(values)
        if filled > MOST_CELLS:
            refuse(name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
        drafts = [draft(row, left + c, value) for c, value in enumerate(values)]
        if any(cell.text for cell in drafts):
            yield row + 1, drafts


def merged_cells(sheet: CalamineSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For each position that a merged cell covers within the sheet's used part, where that cell begins."""
    start, end = sheet.start, sheet.end
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    if start is None or end is None:
        return covered
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for row in range(max(top, start[0]), min(bottom, end[0]) + 1):
            for column in range(max(left, start[1]), min(right, end[1]) + 1):
                if len(covered) >= MOST_CELLS:
                    return covered
                covered[row, column] = (top, left)
    return covered


def written(value: object) -> str:
    """Return a cell's value as a clerk writes it: whole numbers without a point, dates as 年月日.

    Examples:
        >>> written(2025.0), written(0.65), written(datetime.date(2025, 12, 1)), written(True)
        ('2025', '0.65', '2025年12月1日', '是')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.date):
        day = f"{value.year}年{value.month}月{value.day}日"
        clock = value.time() if isinstance(value, datetime.datetime) else datetime.time()
        return f"{day} {clock:%H:%M}" if clock != datetime.time() else day
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(value: float) -> str:
    """Without the noise of binary fractions, and never in powers of ten."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def stray_cells(data: bytes) -> bool:
    """Whether a sheet's cells lie so far apart that the range between them would fill the memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if _SHEET.fullmatch(entry.filename) and _box(archive.read(entry)) > _LARGEST_BOX:
                return True
            if entry.filename == "content.xml" and _repeats(archive.read(entry)):
                return True
    return False


def _box(sheet: bytes) -> int:
    rows: set[int] = set()
    columns: set[bytes] = set()
    for match in _CELL.finditer(sheet):
        columns.add(match.group(1))
        rows.add(int(match.group(2)))
    if not rows:
        return 0
    numbers = [_column(column) for column in columns]
    return (max(rows) - min(rows) + 1) * (max(numbers) - min(numbers) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _repeats(content: bytes) -> bool:
    """OpenDocument says of a run of equal cells how long it is; a run of cells with words is never that long."""
    cells = re.finditer(rb"<table:(?:table-cell|table-row)\b([^<>]*)>(?=<text:)", content)
    return any(
        int(cast("bytes", count)) > _MOST_REPEATED for cell in cells for count in _REPEATED.findall(cell.group(1))
    )
