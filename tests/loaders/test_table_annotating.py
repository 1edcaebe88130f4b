"""Annotated copies: real workbooks, read by openpyxl, with each place worked out by hand."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from innograph.graph.errors import InputError
from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text, use_language
from innograph.loaders.table import annotating, load_table
from innograph.loaders.table.annotating import annotate
from innograph.loaders.table.workbooks import safe_text, sheet_title

ERROR, WARNING, INFO = "00F4B6A6", "00FFF2B3", "00CFE3F5"


def checked(file: Path) -> list[Issue]:
    loaded = load_table(file)
    list(loaded.assertions)
    return list(loaded.issues)


def annotated(file: Path, issues: list[Issue] | None = None) -> tuple[Path, list[Text]]:
    out = file.parent / "out.xlsx"
    with use_language("zh"):
        return out, annotate(file, checked(file) if issues is None else issues, out)


def colour(cell: Cell) -> str | None:
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def marked(sheet: Worksheet) -> dict[str, str | None]:
    return {c.coordinate: colour(c) for row in sheet.iter_rows() for c in row if colour(c)}


def text_of(cell: Cell) -> str:
    assert cell.comment
    return cell.comment.text


CSV = (
    "某市企业名单,,,\n"
    "\n"
    "企业名称,所在区域,从业人数,产品\n"
    "甲公司,昌吉市,12,番茄\n"
    '"乙\n公司",昌吉市,十二,=1+1\n'
    "\n"
    ",昌吉市,5,@x\n"
    "丁公司,朝阳区,#N/A,-2\n"
    "戊公司,昌吉市\n"
)


class TestRows:
    """A csv: the rows as they stand in it."""

    @pytest.fixture
    def sheet(self, tmp_path: Path) -> Worksheet:
        file = tmp_path / "名单.csv"
        file.write_text(CSV, encoding="utf-8")
        out, _ = annotated(file)
        book = load_workbook(out)
        assert book.sheetnames == ["问题", "名单"]
        return book["名单"]

    def test_rows_keep_their_numbers_and_their_text(self, sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=9, max_col=4)]
        assert rows == [
            ["某市企业名单", None, None, None],
            [None, None, None, None],
            ["企业名称", "所在区域", "从业人数", "产品"],
            ["甲公司", "昌吉市", "12", "番茄"],
            ["乙\n公司", "昌吉市", "十二", "=1+1"],
            [None, None, None, None],
            [None, "昌吉市", "5", "@x"],
            ["丁公司", "朝阳区", "#N/A", "-2"],
            ["戊公司", "昌吉市", None, None],
        ]

    def test_every_text_stays_text(self, sheet: Worksheet) -> None:
        for place in ("D5", "D7", "C8", "D8"):
            assert sheet[place].data_type == "s", place
            assert sheet[place].quotePrefix, place

    def test_the_cells_with_issues_are_coloured_by_gravity(self, sheet: Worksheet) -> None:
        # D3 is mapped to nothing; C5 no number; A7 empty though required; B8 names two regions. Row 9 lacks two
        # cells at its end, which the header is told of. C8 says #N/A, which is no number either.
        wrong = {"D3": INFO, "C5": ERROR, "A7": ERROR, "B8": ERROR, "C8": ERROR, "A3": INFO}
        assert marked(sheet) == wrong

    def test_the_comment_says_code_message_and_hint(self, sheet: Worksheet) -> None:
        said = text_of(sheet["A7"])
        assert "错误 table.missing-value" in said
        assert "“企业名称”为空" in said
        assert "请补填" in said

    def test_in_the_other_language(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("企业名称,x\n甲公司,1\n", encoding="utf-8")
        with use_language("en"):
            annotate(file, checked(file), tmp_path / "o.xlsx")
        book = load_workbook(tmp_path / "o.xlsx")
        assert book.sheetnames == ["Issues", "a"]
        assert "maps to nothing" in text_of(book["a"]["B1"])


class TestIssueSheet:
    def test_a_summary_by_code_and_the_list_with_links(self, tmp_path: Path) -> None:
        file = tmp_path / "it's[1].csv"
        file.write_text(
            "企业名称,从业人数,x\n甲公司,a\n乙公司,b,\n,1,\n".replace("甲公司,a\n", "甲公司,a,\n"), encoding="utf-8"
        )
        out, _ = annotated(file)
        book = load_workbook(out)
        sheet = book["问题"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert rows[0][0] == "“it's[1].csv”的检查结果：3处疑问，1条提示"
        summary = {
            row[4]: (row[0], row[1], row[3])
            for row in rows[rows.index(["程度", "第一处", "问题（第一处）", "处数", "代码"]) + 1 :][:3]
        }
        assert summary == {
            "table.bad-value": ("错误", "B2", 2),
            "table.missing-value": ("错误", "A4", 1),
            "table.unmapped-column": ("提示", "C1", 1),
        }
        start = rows.index(["程度", "位置", "问题", "怎么办", "代码"]) + 1
        assert [(row[1], row[4]) for row in rows[start:]] == [
            ("C1", "table.unmapped-column"),
            ("B2", "table.bad-value"),
            ("B3", "table.bad-value"),
            ("A4", "table.missing-value"),
        ]
        links = {sheet.cell(start + i, 2).hyperlink.location for i in range(1, 5)}  # type: ignore[union-attr]
        # A bracket may not stand in a sheet's name; its quote is doubled.
        assert book.sheetnames[1] == "it's 1"
        assert links == {"'it''s 1'!C1", "'it''s 1'!B2", "'it''s 1'!B3", "'it''s 1'!A4"}
        refs = {sheet.cell(start + i, 2).hyperlink.ref for i in range(1, 5)}  # type: ignore[union-attr]
        assert refs == {f"B{start + i}" for i in range(1, 5)}

    def test_an_issue_of_the_whole_file_is_listed_without_a_link(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("企业名称\n甲公司\n", encoding="utf-8")
        whole = Issue("table.count", Locator(), "", {"type": "企业", "found": 1, "least": 2, "most": 3})
        out, _ = annotated(file, [whole])
        book = load_workbook(out)
        assert any("应在2至3之间" in str(row[2].value) for row in book["问题"].iter_rows(max_col=3))
        assert not marked(book["a"])

    def test_two_issues_of_a_cell_share_its_comment_and_the_graver_colours_it(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("企业名称\n甲公司\n", encoding="utf-8")
        place = Locator(row=2, column=1)
        issues = [
            Issue("table.personal-value", place, "", {"column": "甲"}),
            Issue("table.missing-value", place, "", {"column": "乙"}),
        ]
        out, _ = annotated(file, issues)
        cell = load_workbook(out)["a"]["A2"]
        assert colour(cell) == ERROR
        assert text_of(cell).count("table.") == 2

    def test_a_warning_is_yellow(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("企业名称\n甲公司\n", encoding="utf-8")
        out, _ = annotated(file, [Issue("table.personal-value", Locator(row=2, column=1), "", {"column": "甲"})])
        assert marked(load_workbook(out)["a"]) == {"A2": WARNING}

    def test_many_issues_are_all_listed_but_not_all_commented(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(annotating, "_MOST_COMMENTS", 2)
        file = tmp_path / "a.csv"
        file.write_text("企业名称,从业人数\n" + "甲,x\n" * 3, encoding="utf-8")
        out, notes = annotated(file)
        sheet = load_workbook(out)["a"]
        assert marked(sheet) == {"B2": ERROR, "B3": ERROR, "B4": ERROR}
        assert [bool(sheet[place].comment) for place in ("B2", "B3", "B4")] == [True, True, False]
        assert len(notes) == 1
        assert "3个" in notes[0].zh


class TestHostile:
    def test_characters_that_a_workbook_cannot_hold(self, tmp_path: Path) -> None:
        file = tmp_path / "a.json"
        rows = [{"企业名称": "甲\x01公司\x0b", "x": "\ud800b"}, {"企业名称": "", "x": "长" * 40_000}]
        file.write_text(json.dumps(rows), encoding="utf-8")
        out, _ = annotated(file)
        sheet = load_workbook(out)["a"]
        assert sheet["A2"].value == "甲\ufffd公司\ufffd"
        assert str(sheet["B2"].value).endswith("b")
        assert len(str(sheet["B3"].value)) == 32_767
        assert str(sheet["B3"].value).endswith("长…")

    def test_a_header_that_is_a_formula(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text('企业名称,"=HYPERLINK(""x"")"\n甲,1\n', encoding="utf-8")
        out, _ = annotated(file)
        book = load_workbook(out)
        assert book["a"]["B1"].value == '=HYPERLINK("x")'
        assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)

    @pytest.mark.parametrize(
        ("wanted", "title"),
        [("a/b\\c?*[]:", "a b c"), ("'x'", "x"), ("", "Sheet"), ("History", "History 2"), ("名" * 40, "名" * 31)],
    )
    def test_names_of_sheets(self, wanted: str, title: str) -> None:
        assert sheet_title(wanted, []) == title

    def test_control_characters_are_seen(self) -> None:
        assert safe_text("\x00\t\n\x1f") == "\ufffd\t\n\ufffd"


def roster(file: Path) -> Workbook:
    """A workbook as people keep it: a title over merged cells, a formula, a date, a width, a second sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "it's 名单"
    for row in (
        ["名单"],
        ["企业名称", "成立年份", "从业人数", "合计"],
        ["甲公司", 2001, "x", None],
        ["乙公司", "y", 3, None],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet["D3"] = "=SUM(B3:C3)"
    sheet["D4"] = date(2022, 6, 17)
    sheet["D4"].number_format = "yyyy/mm/dd"
    sheet["A3"].font = Font(bold=True, color="FF00FF00")
    sheet["C3"].comment = Comment("原来的批注", "某人")
    sheet.column_dimensions["A"].width = 44
    other = book.create_sheet("别的")
    other["B2"] = "=1+1"
    book.save(file)
    return book


class TestWorkbooks:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "a.xlsx"
        roster(file)
        return file

    def test_the_original_stays_as_it_was(self, file: Path) -> None:
        before = file.read_bytes()
        out, notes = annotated(file)
        assert file.read_bytes() == before
        book = load_workbook(out)
        assert book.sheetnames == ["问题", "it's 名单", "别的"]
        sheet = book["it's 名单"]
        assert sheet["D3"].value == "=SUM(B3:C3)"
        assert book["别的"]["B2"].value == "=1+1"
        assert sheet["D4"].number_format == "yyyy/mm/dd"
        assert sheet["A3"].font.bold
        assert sheet.column_dimensions["A"].width == 44
        assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:D1"]
        assert book.active is book["问题"]
        assert [note.zh[:4] for note in notes] == ["公式保留"]

    def test_cells_are_marked_where_they_stand(self, file: Path) -> None:
        out, _ = annotated(file)
        sheet = load_workbook(out)["it's 名单"]
        assert marked(sheet) == {"D2": INFO, "C3": ERROR, "D3": WARNING, "B4": ERROR}
        assert text_of(sheet["C3"]).startswith("原来的批注\n[错误 table.bad-value]")

    def test_the_links_reach_a_sheet_with_a_quote_in_its_name(self, file: Path) -> None:
        out, _ = annotated(file)
        linked = [c for row in load_workbook(out)["问题"].iter_rows() for c in row if c.hyperlink]
        places = {f"'it''s 名单'!{cell}" for cell in ("D2", "C3", "D3", "B4")}
        assert {c.hyperlink.location for c in linked} == {c.value for c in linked} == places

    def test_an_issue_in_a_merged_cell_marks_the_cell_that_shows(self, file: Path) -> None:
        place = Locator(sheet="it's 名单", row=1, column=3)
        out, _ = annotated(file, [Issue("table.missing-value", place, "", {"column": "x"})])
        assert colour(load_workbook(out)["it's 名单"]["A1"]) == ERROR

    def test_the_copy_says_the_same_as_the_original(self, file: Path) -> None:
        out, _ = annotated(file)

        def said(path: Path) -> tuple[list[object], list[tuple[str, int | None, int | None]]]:
            loaded = load_table(path)
            assertions: list[object] = list(loaded.assertions)
            places = [(i.code, i.place.row, i.place.column) for i in loaded.issues if i.code != "table.sheet-unread"]
            return assertions, places

        assert said(out) == said(file)

    def test_macros_are_said_to_be_missing(self, file: Path) -> None:
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"x")
        _, notes = annotated(file)
        assert "宏" in notes[0].zh
        assert "macros" in notes[0].en

    def test_what_openpyxl_cannot_open_is_written_row_by_row(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        issues = checked(file)

        def fail(*_: object, **__: object) -> None:
            raise KeyError("styles")

        monkeypatch.setattr(annotating, "load_workbook", fail)
        out, _ = annotated(file, issues)
        sheet = load_workbook(out)["it's 名单"]
        assert marked(sheet) == {"D2": INFO, "C3": ERROR, "D3": WARNING, "B4": ERROR}
        assert [cell.value for cell in sheet[4]] == ["乙公司", "y", "3", "2022-06-17"]


class TestRefusals:
    def test_the_input_is_never_written_over(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        roster(file)
        before = file.read_bytes()
        with pytest.raises(InputError, match="文件本身"):
            annotate(file, [], tmp_path / "." / "a.xlsx", force=True)
        assert file.read_bytes() == before

    def test_an_older_file_stays_without_force(self, tmp_path: Path) -> None:
        file, out = tmp_path / "a.csv", tmp_path / "o.xlsx"
        file.write_text("企业名称\n甲公司\n", encoding="utf-8")
        out.write_bytes(b"old")
        with pytest.raises(InputError, match="--force"):
            annotate(file, [], out)
        assert out.read_bytes() == b"old"
        annotate(file, [], out, force=True)
        assert load_workbook(out).sheetnames == ["问题", "a"]

    def test_an_archive_of_several_tables(self, tmp_path: Path) -> None:
        file = tmp_path / "a.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.csv", "企业名称\n甲公司\n")
            archive.writestr("b.csv", "企业名称\n乙公司\n")
        with pytest.raises(InputError, match="解压"):
            annotate(file, checked(file), tmp_path / "o.xlsx")
        assert not (tmp_path / "o.xlsx").exists()

    def test_an_archive_of_one_table(self, tmp_path: Path) -> None:
        file = tmp_path / "a.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.csv", "企业名称,从业人数\n甲公司,x\n")
        out, _ = annotated(file)
        assert marked(load_workbook(out)["a"]) == {"B2": ERROR}

    def test_nothing_half_written_stays(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(annotating, "MOST_ROWS", 2)
        file = tmp_path / "a.csv"
        file.write_text("企业名称\n甲公司\n乙公司\n", encoding="utf-8")
        with pytest.raises(InputError, match="超过2行"):
            annotate(file, [], tmp_path / "o.xlsx")
        assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
