"""Workbooks as files of rows: sheets, merged cells, dates and hidden rows."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from paper import converted

from innograph.graph.records import NodeAssertion
from innograph.loaders.table import load_table
from innograph.loaders.table.sources import Row

if TYPE_CHECKING:
    from pathlib import Path
from table_source_samples import EXPECTED, HEADER, ROWS, as_book, codes, one, read


class TestWorkbook:
    def test_values_and_merged_cells(self, tmp_path: Path) -> None:
        rows = [
            ["企业名称", "日期", "时刻", "数", "比例", "是否", "代码"],
            ["甲", dt.date(2022, 6, 17), dt.datetime(2022, 6, 17, 8, 30), 1e-7, 0.65, True, "007"],
            [None, None, None, 12345678901234567890.0, 2.0, False, "1.0"],
        ]
        book = openpyxl.load_workbook(io.BytesIO(as_book(rows, merged=("A2:A3",))))
        book.worksheets[0]["E2"].number_format = "0%"
        buffer = io.BytesIO()
        book.save(buffer)
        _, found = one(tmp_path / "a.xlsx", buffer.getvalue())
        assert found == [
            (2, ("甲", "2022-06-17", "2022-06-17 08:30", "0.0000001", "65%", "是", "007")),
            (3, ("甲", "", "", "12345678901234600000", "2", "否", "1.0")),
        ]

    def test_columns_keep_their_numbers(self, tmp_path: Path) -> None:
        sheet, rows = one(tmp_path / "a.xlsx", as_book([["企业名称", "代码"], ["甲", "1"]], corner=(4, 3)))
        assert (sheet.header, rows) == (Row(4, ("", "", "企业名称", "代码")), [(5, ("", "", "甲", "1"))])

    def test_notes_merged_across(self, tmp_path: Path) -> None:
        data = as_book([HEADER, ROWS[0], ["一、化工"], ROWS[1], ["本表由科技局填写"]], merged=("A3:D3", "A5:D5"))
        sheet, rows = one(tmp_path / "a.xlsx", data)
        assert [number for number, _ in rows] == [2, 4]
        assert [(issue.code, issue.values["count"]) for issue in sheet.issues] == [("table.note", 2)]

    def test_sheets_hidden_ones_and_empty_ones(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for name in ("甲", "乙", "丙"):
            sheet = book.create_sheet(name)
            sheet.append(["企业名称", "代码"])
            sheet.append([name, 1])
        book["丙"].sheet_state = "hidden"
        buffer = io.BytesIO()
        book.save(buffer)
        found = read(tmp_path / "a.xlsx", buffer.getvalue())
        assert [(sheet.sheet, rows) for sheet, rows in found] == [
            ("甲", [(2, ("甲", "1"))]),
            ("乙", [(2, ("乙", "1"))]),
        ]
        assert [(code, sheet.sheet) for sheet, _ in found for code in codes(sheet)] == [("workbook.hidden-sheet", "甲")]

    def test_formulas_have_their_saved_results_or_are_told(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet_made = book.worksheets[0]
        for row in [["企业名称", "人数", "备注"], ["甲", "=3+4", '=""'], ["乙", "=5+6", '=""']]:
            sheet_made.append(row)
        book.save(tmp_path / "a.xlsx")
        sheet, rows = one(tmp_path / "a.xlsx", (tmp_path / "a.xlsx").read_bytes())
        assert rows == [(2, ("甲", "", "")), (3, ("乙", "", ""))]
        assert [(i.code, i.values["count"], i.place.show()) for i in sheet.issues] == [
            ("workbook.formula-unsaved", 4, "Sheet!B2")
        ]
        saved = converted(tmp_path / "a.xlsx", "xlsx", tmp_path / "out")  # as a spreadsheet program saves it
        sheet, rows = one(tmp_path / "b.xlsx", saved.read_bytes())
        assert rows == [(2, ("甲", "7", "")), (3, ("乙", "11", ""))]
        assert not sheet.issues

    def test_a_hidden_sheet_is_told_where_the_first_sheet_is_not_read(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title = "目录"
        for name, rows in {
            "目录": [["说明"], ["见后"]],
            "甲": [["企业名称"], ["甲公司"]],
            "乙": [["企业名称"], ["乙公司"]],
        }.items():
            sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book["乙"].sheet_state = "hidden"
        book.save(tmp_path / "a.xlsx")
        loaded = load_table(tmp_path / "a.xlsx")
        assert [one.id for one in loaded.assertions if isinstance(one, NodeAssertion)] == ["Enterprise:甲公司"]
        assert sorted(issue.code for issue in loaded.issues) == ["table.sheet-unread", "workbook.hidden-sheet"]

    @pytest.mark.parametrize("kind", ["xls", "ods"])
    def test_other_workbooks(self, tmp_path: Path, kind: str) -> None:
        (tmp_path / "a.xlsx").write_bytes(as_book([HEADER, *ROWS]))
        old = converted(tmp_path / "a.xlsx", kind, tmp_path / "out")
        _, rows = one(tmp_path / f"b.{kind}", old.read_bytes())
        assert rows == EXPECTED
