"""Rows of a workbook (.xlsx, .xlsm, .xlsb, .xls, .et, .ods), read in a process of its own."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ...reading.confined import read_confined
from ...reading.formulas import unsaved_formulas
from ...reading.percent import Percentages
from ...reading.refusing import (
    DELETE_STRAY_CELLS,
    PROTECTED,
    REMOVE_PASSWORD,
    SAVE_AGAIN,
    TOO_LARGE_TABLE,
    refuse,
)
from ...reading.sheet_parts import SheetParts
from ...reading.workbook import merged_cells, stray_cells
from .model import Grid
from .values import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

    from ...reading.percent import Percentage
    from .model import Line

_ZIP = b"PK\x03\x04"
_MOST_CELLS = 5_000_000
_LARGEST_BOX = 20_000_000
_DAMAGED = Text("工作簿已损坏", "the workbook is damaged")
_NOTHING_SEEN = Text("工作簿的工作表都是隐藏的或没有内容", "all sheets of the workbook are hidden or hold nothing")
_UNHIDE = Text("请取消隐藏后重新保存", "Unhide them and save it again")


@dataclass(slots=True)
class SheetCells:
    """One worksheet, as the process that reads it hands it over; see :class:`~.model.Grid` for the fields."""

    name: str
    lines: list[tuple[int, tuple[str, ...]]] = field(default_factory=list["tuple[int, tuple[str, ...]]"])
    across: set[int] = field(default_factory=set[int])
    grouped: set[int] = field(default_factory=set[int])
    issues: list[Issue] = field(default_factory=list["Issue"])


def read_workbook(name: str, data: bytes) -> Iterator[Grid | Issue]:
    """Yield the tables of a workbook, and what a user should know of those that were left out.

    Args:
        name: the file's name, for messages.
        data: its bytes, as :func:`~innograph.loaders.reading.archive.open_archive` has found them sane if they are an archive.

    Raises:
        InputError: it is damaged, encrypted, or a sheet of it is absurdly large, or none can be seen.
    """
    # What comes out of the child is what the reader returns, which need not be a document.
    found = read_confined(cells_of_workbook, name, data)
    yield from (one for one in found if isinstance(one, Issue))
    sheets = [one for one in found if isinstance(one, SheetCells) and one.lines]
    if not sheets:
        refuse(name, _NOTHING_SEEN, _UNHIDE)
    for sheet in sheets:
        lines: Iterator[Line] = iter(sheet.lines)
        across, grouped = frozenset(sheet.across), frozenset(sheet.grouped)
        yield Grid(name, lines, sheet.name, issues=sheet.issues, across=across, grouped=grouped)


def cells_of_workbook(name: str, data: bytes) -> list[SheetCells | Issue]:
    """Read a workbook in this process: its visible sheets, and an issue for each hidden one.

    Raises:
        InputError: it is damaged, encrypted, or a sheet of it is absurdly large.
    """
    if data.startswith(_ZIP) and stray_cells(data):
        refuse(name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        # Only .xlsx says in parts of XML how its cells are shown.
        parts = SheetParts(data) if data.startswith(_ZIP) else None
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return list(_sheets(name, workbook, parts))
    except PasswordError:
        refuse(name, PROTECTED, REMOVE_PASSWORD)
    except BaseException as error:
        # calamine has errors of its own, and a panic of its Rust code is no Exception
        if type(error).__module__ not in ("python_calamine", "pyo3_runtime", "_python_calamine") and not isinstance(
            error, (OSError, ValueError)
        ):
            raise
        refuse(name, _DAMAGED, SAVE_AGAIN)


def _sheets(name: str, workbook: CalamineWorkbook, parts: SheetParts | None) -> Iterator[SheetCells | Issue]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    percentages = Percentages(parts) if parts else None
    for one in workbook.sheets_metadata:
        if one.visible != SheetVisibleEnum.Visible:
            yield Issue("workbook.hidden-sheet", Locator(sheet=one.name), values={"name": one.name})
        elif one.typ == SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_name(one.name)
            if sheet.start is not None:
                cells = _Reader(name, sheet, percentages.of(one.name) if percentages else {}).read()
                cells.issues.extend(unsaved_formulas(parts, one.name) if parts else ())
                yield cells


class _Reader:
    """Reads one worksheet; a merged cell stands in all positions that it covers."""

    def __init__(self, name: str, sheet: CalamineSheet, percentages: dict[tuple[int, int], Percentage]) -> None:
        self._name = name
        self._sheet = sheet
        self._percentages = percentages
        self._merged = merged_cells(sheet)
        self._texts: dict[tuple[int, int], str] = {}
        self._top, self._left = sheet.start or (0, 0)

    def read(self) -> SheetCells:
        """Return the rows that hold anything.

        Raises:
            InputError: there are absurdly many cells.
        """
        cells = SheetCells(self._sheet.name)
        filled = 0
        if self._sheet.height * (self._left + self._sheet.width) > _LARGEST_BOX:
            refuse(self._name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
        merged_rows = {row for row, _ in self._merged}
        # Not iter_rows, which also yields the empty rows above the first that is used.
        for row, values in enumerate(self._sheet.to_python(), start=self._top):
            texts = [self._text(row, column, value) for column, value in enumerate(values, start=self._left)]
            if not any(texts):
                continue
            filled += len(texts)
            if filled > _MOST_CELLS:
                refuse(self._name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
            cells.lines.append((row + 1, ("",) * self._left + tuple(texts)))
            if row in merged_rows:
                self._mark(cells, row, texts)
        return cells

    def _text(self, row: int, column: int, value: object) -> str:
        at = self._merged.get((row, column)) if self._merged else None
        if at is None:
            return self._shown((row, column), value)
        # The first position that is met is the one the merged cell begins at, which alone has a value.
        if at not in self._texts:
            self._texts[at] = self._shown(at, value)
        return self._texts[at]

    def _shown(self, at: tuple[int, int], value: object) -> str:
        shown = self._percentages.get(at) if type(value) in (int, float) else None
        text = shown.show(cast("float", value)) if shown else None
        return text or cell_text(value).replace("\r\n", "\n").replace("\r", "\n")

    def _mark(self, cells: SheetCells, row: int, texts: list[str]) -> None:
        """Note what the merged cells of a row mean for it."""
        columns = range(self._left, self._left + len(texts))
        starts = [self._merged.get((row, column), (row, column)) for column in columns]
        filled = [start for start, text in zip(starts, texts, strict=True) if text.strip()]
        if len(set(filled)) < len(filled):
            cells.grouped.add(row + 1)
            if len(set(filled)) == 1:
                cells.across.add(row + 1)
