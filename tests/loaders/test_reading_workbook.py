"""Workbooks and delimited files: titles, tables, notes, and values as a clerk writes them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.errors import InputError
from innograph.loaders.reading import read_document
from innograph.loaders.reading.delimited import read_delimited
from innograph.loaders.reading.percent import Percentage, Percentages
from innograph.loaders.reading.sheet_parts import SheetParts
from innograph.loaders.reading.workbook import read_workbook, written

if TYPE_CHECKING:
    from innograph.loaders.document import Document


def book(*sheets: list[list[Any]], merged: tuple[str, ...] = (), hidden: int | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
        if number == 1:
            for cells in merged:
                sheet.merge_cells(cells)
        if number == hidden:
            sheet.sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def cells(document: Document) -> list[list[list[str]]]:
    return [[[document.quote(cell.span) for cell in row] for row in table.rows] for table in document.tables]


def words(document: Document) -> list[str]:
    return [document.quote(paragraph.span) for paragraph in document.paragraphs]


HEADER = ["序号", "领域", "任务", "单位"]


class TestWorkbook:
    def test_title_table_and_note(self) -> None:
        data = book(
            [
                ["重点任务分工表"],
                ["填报单位：市科技局", None, None, "单位：万元"],
                HEADER,
                [1, "总体", "建平台", "科技局"],
                [2, None, "引企业", "商务局"],
                ["注：按职责分工。"],
            ],
            merged=("A1:D1", "B4:B5"),
        )
        document = read_document("a.xlsx", data)
        assert words(document) == ["重点任务分工表", "填报单位：市科技局", "单位：万元", "注：按职责分工。"]
        assert cells(document) == [[HEADER, ["1", "总体", "建平台", "科技局"], ["2", "总体", "引企业", "商务局"]]]
        rows = document.tables[0].rows
        assert rows[1][1] is rows[2][1]
        place = document.locate(rows[2][2].span)
        assert (place.sheet, place.row, place.column) == ("表1", 5, 3)
        assert document.paragraphs[3].place.row == 6

    @pytest.mark.parametrize(
        ("value", "code", "text"),
        [
            (0.018, "0.0%", "1.8%"),
            (0.65, "0%", "65%"),
            (0.0235, "0.00%", "2.35%"),
            (1.2, "0.##%", "120%"),
            (-0.05, "0%;[Red]-0%", "-5%"),
            (0.285, "0%", "29%"),
            (0.018, "General", "0.018"),
            (1.8, '0.0"%"', "1.8"),
            ("—", "0%", "—"),
        ],
    )
    def test_percentages_as_they_are_shown(self, value: object, code: str, text: str) -> None:
        workbook = openpyxl.Workbook()
        plain, sheet = workbook.worksheets[0], workbook.create_sheet("指标 & 值")
        plain.append(["指标", "目标值"])
        plain.append(["研发强度", 0.5])
        sheet.append(["指标", "目标值"])
        sheet.append(["研发强度", value])
        sheet["B2"].number_format = code
        buffer = io.BytesIO()
        workbook.save(buffer)
        document = read_document("a.xlsx", buffer.getvalue())
        assert [table[1][1] for table in cells(document)] == ["0.5", text]

    def test_cells_without_places_are_counted(self) -> None:
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        sheet.append(["指标", "目标值"])
        sheet.append(["研发强度", 0.018])
        sheet["B2"].number_format = "0.0%"
        buffer, other = io.BytesIO(), io.BytesIO()
        workbook.save(buffer)
        with zipfile.ZipFile(buffer) as archive, zipfile.ZipFile(other, "w") as changed:
            for name in archive.namelist():
                part = archive.read(name)
                changed.writestr(name, re.sub(rb'(<(?:c|row)) r="\w+"', rb"\1", part) if "sheet1" in name else part)
        assert Percentages(SheetParts(other.getvalue())).of("Sheet") == {(1, 1): Percentage(1, 1)}

    @given(st.floats())
    def test_any_number_is_shown_or_refused(self, value: float) -> None:
        shown = Percentage(0, 2).show(value)
        assert shown is None if not abs(value) < 1e9 else abs(float((shown or "")[:-1]) - value * 100) <= 0.0051

    def test_sheets_and_hidden_ones(self) -> None:
        table = [["甲", "乙"], ["1", "2"]]
        document = read_document("a.xlsx", book(table, table, table, hidden=2))
        assert [t.place.sheet for t in document.tables] == ["表1", "表3"]
        assert [(i.code, i.values) for i in document.issues] == [("workbook.hidden-sheet", {"name": "表2"})]

    def test_formulas_whose_results_were_never_saved_are_told(self) -> None:
        table = [["指标", "目标"], ["甲", "=3+4"], ["乙", "=5+6"], ["丙", 7]]
        document = read_document("a.xlsx", book(table, [["甲", "乙"], ["1", "2"]]))
        assert [(i.code, i.values, i.place.show()) for i in document.issues] == [
            ("workbook.formula-unsaved", {"count": 2}, "表1!B2")
        ]
        assert cells(document)[0][1:] == [["甲", ""], ["乙", ""], ["丙", "7"]]

    def test_empty_rows_and_columns(self) -> None:
        data = book(
            [
                [],
                [None, None, "甲", "乙"],
                [None, None, 1, 2],
                [],
                [None, None, 3, 4],
                [],
                ["附表"],
                ["丙", "丁"],
                [5, 6],
            ]
        )
        document = read_document("a.xlsx", data)
        assert cells(document) == [[["甲", "乙"], ["1", "2"], ["3", "4"]], [["丙", "丁"], ["5", "6"]]]
        assert words(document) == ["附表"]
        assert document.locate(document.tables[0].rows[0][0].span).column == 3

    def test_a_section_row_inside_stays_in_the_table(self) -> None:
        data = book([["甲", "乙"], ["一、平台", None], [1, 2], ["二、企业", None], [3, 4]], merged=("A2:B2", "A4:B4"))
        assert cells(read_document("a.xlsx", data))[0][1] == ["一、平台", "一、平台"]

    def test_a_cell_far_away(self) -> None:
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        sheet["A1"], sheet["XFD1048576"] = "甲", "乙"
        buffer = io.BytesIO()
        workbook.save(buffer)
        with pytest.raises(InputError, match=r"大得|large"):
            read_workbook("a.xlsx", buffer.getvalue())

    def test_no_workbook(self) -> None:
        with pytest.raises(InputError):
            read_document("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook\0".encode("utf-16-le") + b"\0" * 900)

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (2025.0, "2025"),
            (0.65, "0.65"),
            (0.1 + 0.2, "0.3"),
            (3e21, "3000000000000000000000"),
            (-1.50, "-1.5"),
            (7, "7"),
            (datetime.date(2025, 12, 1), "2025年12月1日"),
            (datetime.datetime(2025, 12, 1), "2025年12月1日"),
            (datetime.datetime(2025, 12, 1, 9, 5), "2025年12月1日 09:05"),
            (" 甲\r\n乙 ", "甲\n乙"),
            (float("nan"), ""),
        ],
    )
    def test_values_as_a_clerk_writes_them(self, value: object, text: str) -> None:
        assert written(value) == text


class TestDelimited:
    @pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_separators_and_encodings(self, separator: str, encoding: str) -> None:
        text = f'任务{separator}单位\r\n"建\n平台"{separator}科技局\r\n\r\n引企业{separator}\r\n'
        document = read_document("a.csv", text.encode(encoding))
        assert cells(document) == [[["任务", "单位"], ["建\n平台", "科技局"], ["引企业", ""]]]
        place = document.locate(document.tables[0].rows[1][1].span)
        assert (place.row, place.column) == (2, 2)

    def test_a_title_above(self) -> None:
        document = read_delimited("a.csv", "重点任务分工表,\n任务,单位\n建平台,科技局\n".encode())
        assert words(document) == ["重点任务分工表"]
        assert len(document.tables[0].rows) == 2

    def test_quotes_that_do_not_pair(self) -> None:
        with pytest.raises(InputError, match=r"引号|quotes"):
            read_delimited("a.csv", '任务,单位\n"建平台,科技局\n'.encode())

    def test_too_many_cells(self) -> None:
        with pytest.raises(InputError, match=r"大得|large"):
            read_delimited("a.csv", b",,,,,,,,,a\n" * 101_000)
