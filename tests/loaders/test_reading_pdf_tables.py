"""Ruled tables in PDF files: cells, rows over several lines, and tables over pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdf_maker import LEFT, PdfMaker

if TYPE_CHECKING:
    from innograph.loaders.document import Document
from pdf_reading import HEADER, WIDTHS, cells, read, words

TABLE = [
    HEADER,
    ["1", ("人工智能", 2, 1), "建设算力平台", ("市数据局、市科技局", 3, 1)],
    ["2", None, "培育大模型10个", None],
    ["3", "氢能", "推广燃料电池汽车", None],
    [("二、保障措施", 1, 4), None, None, None],
    ["4", "资金", "设立基金", ""],
]
AS_READ = [
    HEADER,
    ["1", "人工智能", "建设算力平台", "市数据局、市科技局"],
    ["2", "人工智能", "培育大模型10个", "市数据局、市科技局"],
    ["3", "氢能", "推广燃料电池汽车", "市数据局、市科技局"],
    ["二、保障措施"] * 4,
    ["4", "资金", "设立基金", ""],
]


class TestTables:
    @pytest.mark.parametrize("style", ["lines", "bars", "outlines", "dots"])
    @pytest.mark.parametrize("rotate", [0, 90, 180, 270])
    def test_each_way_to_draw_and_turn_one(self, style: str, rotate: int) -> None:
        maker = PdfMaker(rotate=rotate)
        maker.paragraph("附件")
        maker.table(TABLE, WIDTHS, style)
        maker.paragraph("注：按职责分工。")
        document = read(maker)
        assert cells(document) == [AS_READ]
        assert words(document) == ["附件", "注：按职责分工。"]
        rows = document.tables[0].rows
        assert rows[1][1] is rows[2][1]
        assert rows[1][3] is rows[3][3]
        assert len(set(rows[4])) == 1
        assert rows[1][1] is not rows[3][1]

    def test_one_that_is_open_at_its_sides(self) -> None:
        maker = PdfMaker()
        maker.table([HEADER, ["1", "总体", "建平台", "科技局"]], WIDTHS, "open")
        assert cells(read(maker)) == [[HEADER, ["1", "总体", "建平台", "科技局"]]]

    def test_it_stands_in_the_text_where_it_stands_on_the_page(self) -> None:
        maker = PdfMaker()
        maker.paragraph("表前。")
        maker.table([["任务", "单位"], ["建平台", "科技局"]], [100, 100])
        maker.paragraph("表后。")
        document = read(maker)
        assert document.text == "表前。\n任务\n单位\n建平台\n科技局\n表后。"
        assert document.tables[0].at == 4
        cell = document.tables[0].rows[1][1]
        place = document.locate(cell.span)
        assert (place.page, place.table, place.row, place.column) == (1, 1, 2, 2)

    def test_lines_of_a_cell_are_joined_and_those_of_a_list_are_not(self) -> None:
        maker = PdfMaker()
        maker.table(
            [
                ["推动高新技术产业开发区建设", "市科技局\n市财政局\n市教育局"],
                ["领\n域", "市发展和改革委员会、市数据局"],
                ["甲乙\n丙", "1.引进企业。\n2.建设园区。"],
            ],
            [80, 110],
            height=60,
        )
        assert cells(read(maker)) == [
            [
                ["推动高新技术产业开发区建设", "市科技局\n市财政局\n市教育局"],
                ["领域", "市发展和改革委员会、市数据局"],
                ["甲乙丙", "1.引进企业。\n2.建设园区。"],
            ]
        ]

    def test_a_frame_around_a_text_is_text(self) -> None:
        maker = PdfMaker()
        maker.paragraph("一、目标")
        maker.table([["专栏1 重点工程"], ["1.建平台。到2027年建成10家。"]], [448.0])
        maker.paragraph("二、任务")
        document = read(maker)
        assert words(document) == ["一、目标", "专栏1 重点工程", "1.建平台。到2027年建成10家。", "二、任务"]
        assert document.tables == ()

    def test_underlines_and_a_crossing_of_two_lines_are_no_table(self) -> None:
        maker = PdfMaker()
        maker.paragraph("一、目标")
        maker.canvas.line(LEFT, 700, LEFT + 300, 700)
        maker.canvas.line(LEFT, 600, LEFT + 300, 600)
        maker.canvas.line(LEFT + 50, 620, LEFT + 50, 680)
        document = read(maker)
        assert document.tables == ()
        assert words(document) == ["一、目标"]


def two_pages(first: list[list[object]], second: list[list[object]], between: str = "") -> Document:
    maker = PdfMaker(numbers="— {} —")
    maker.paragraph("附件")
    maker.table(first, WIDTHS)  # type: ignore[arg-type]
    maker.new_page()
    if between:
        maker.paragraph(between, indent=0)
    maker.table(second, WIDTHS)  # type: ignore[arg-type]
    return read(maker)


class TestTablesOverPages:
    def test_a_header_that_the_next_page_repeats_is_read_once(self) -> None:
        document = two_pages([HEADER, ["1", "总体", "建平台", "科技局"]], [HEADER, ["2", "人才", "引人才", "人社局"]])
        assert cells(document) == [[HEADER, ["1", "总体", "建平台", "科技局"], ["2", "人才", "引人才", "人社局"]]]
        place = document.locate(document.tables[0].rows[2][2].span)
        assert (place.page, place.table, place.row, place.column) == (2, 1, 3, 3)

    @pytest.mark.parametrize("mark", ["续表", "表1 任务分解（续）"])
    def test_a_line_that_says_that_it_goes_on_is_no_text(self, mark: str) -> None:
        document = two_pages(
            [HEADER, ["1", "总体", "建平台", "科技局"]], [HEADER, ["2", "人才", "引人才", "人社局"]], mark
        )
        assert len(document.tables) == 1
        assert words(document) == ["附件"]

    def test_a_title_between_makes_two(self) -> None:
        document = two_pages(
            [HEADER, ["1", "总体", "建平台", "科技局"]], [HEADER, ["1", "人才", "引人才", "人社局"]], "附件2"
        )
        assert [len(table.rows) for table in document.tables] == [2, 2]
        assert words(document) == ["附件", "附件2"]

    def test_other_columns_make_two(self) -> None:
        maker = PdfMaker()
        maker.table([HEADER, ["1", "总体", "建平台", "科技局"]], WIDTHS)
        maker.new_page()
        maker.table([["名称", "数值"], ["平台", "10个"]], [224.0, 224.0])
        assert len(read(maker).tables) == 2

    def test_a_merged_cell_that_the_break_cuts_is_one(self) -> None:
        document = two_pages(
            [HEADER, ["1", ("施工安全", 2, 1), "试点算法", ("市住建局", 2, 1)], ["2", None, "推广设备", None]],
            [
                HEADER,
                ["3", ("", 2, 1), "开发算法", ("", 2, 1)],
                ["4", None, "覆盖场景", None],
                ["5", "政务", "建场景", ""],
            ],
        )
        rows = document.tables[0].rows
        assert [document.quote(row[1].span) for row in rows] == ["领域", *["施工安全"] * 4, "政务"]
        assert [document.quote(row[3].span) for row in rows] == ["责任单位", *["市住建局"] * 4, ""]
        assert rows[1][1] is rows[4][1]
        assert document.locate(rows[4][3].span).page == 1

    def test_a_merged_cell_whose_text_stands_after_the_break_is_one(self) -> None:
        document = two_pages(
            [HEADER, ["1", ("", 2, 1), "试点算法", "甲局"], ["2", None, "推广设备", "乙局"]],
            [["3", ("施工安全", 2, 1), "开发算法", "丙局"], ["4", None, "覆盖场景", "丁局"]],
        )
        rows = document.tables[0].rows
        assert len({row[1] for row in rows[1:]}) == 1
        assert document.quote(rows[1][1].span) == "施工安全"
        assert document.locate(rows[1][1].span).page == 2

    def test_a_single_row_below_the_break_belongs_to_the_merged_cell_above(self) -> None:
        document = two_pages(
            [HEADER, ["1", ("智慧医疗", 2, 1), "建平台", "甲局"], ["2", None, "建库", "乙局"]],
            [["3", "", "建网", "丙局"], ["4", "养老", "建点", "丁局"]],
        )
        assert [row[1] for row in cells(document)[0]] == ["领域", "智慧医疗", "智慧医疗", "智慧医疗", "养老"]

    def test_an_empty_cell_of_a_column_without_merges_stays_empty(self) -> None:
        document = two_pages(
            [HEADER, ["1", "总体", "建平台", "科技局"]],
            [["2", "人才", "引人才", ""], ["3", "资金", "设基金", "财政局"]],
        )
        assert [row[3] for row in cells(document)[0]] == ["责任单位", "科技局", "", "财政局"]

    def test_a_row_that_the_break_cuts_is_one(self) -> None:
        document = two_pages(
            [HEADER, ["1", "总体", "建设重点实验室和技术创", "市科技局、市财"]],
            [HEADER, ["", "", "新中心", "政局"], ["2", "人才", "引人才", "人社局"]],
        )
        assert cells(document)[0][1:] == [
            ["1", "总体", "建设重点实验室和技术创新中心", "市科技局、市财政局"],
            ["2", "人才", "引人才", "人社局"],
        ]

    def test_a_heading_over_all_columns_alone_on_a_page_is_a_row(self) -> None:
        document = two_pages([HEADER, ["1", "总体", "建平台", "科技局"]], [[("二、保障措施", 1, 4), None, None, None]])
        assert cells(document)[0][-1] == ["二、保障措施"] * 4
