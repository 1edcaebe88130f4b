"""Tables and Markdown in text files: each cell and heading is a stretch of the file's own text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from innograph.loaders.document import Document, Span, document_of_lines
from innograph.loaders.reading import read_document
from innograph.loaders.reading.lines import read_lines


def cells(document: Document) -> list[list[list[str]]]:
    return [[[document.quote(cell.span) for cell in row] for row in table.rows] for table in document.tables]


def words(document: Document) -> list[str]:
    return [document.quote(paragraph.span) for paragraph in document.paragraphs]


class TestTables:
    def test_markdown(self) -> None:
        text = "重点任务分工表\n\n| 任务 | 牵头单位 |\n|:--|--:|\n| 建平台 | **市科技局** |\n| 引企业 |  |\n\n注：按职责。\n"
        document = read_document("a.md", text.encode())
        assert words(document) == ["重点任务分工表", "注：按职责。"]
        assert cells(document) == [[["任务", "牵头单位"], ["建平台", "市科技局"], ["引企业", ""]]]
        assert document.text == text
        place = document.locate(document.tables[0].rows[1][1].span)
        assert (place.line, place.table, place.row, place.column) == (5, 1, 2, 2)
        assert text[place.start : place.end] == "市科技局"

    def test_markdown_without_bars_at_the_sides(self) -> None:
        assert cells(read_lines("a", "任务 | 单位\n--- | ---\n建平台 | 科技局\n完。")) == [
            [["任务", "单位"], ["建平台", "科技局"]]
        ]

    def test_rows_of_different_length(self) -> None:
        assert cells(read_lines("a", "|甲|乙|\n|--|--|\n|1|\n|1|2|3|\n")) == [
            [["甲", "乙", ""], ["1", "", ""], ["1", "2", "3"]]
        ]

    def test_a_bar_that_is_text(self) -> None:
        assert cells(read_lines("a", "|甲|乙|\n|--|--|\n|a\\|b|2|\n"))[0][1] == ["a\\|b", "2"]

    def test_boxes(self) -> None:
        text = "┌───┬───┐\n│任务│单位│\n├───┼───┤\n│建平台│科技局│\n├───┼───┤\n│引企业│商务局│\n└───┴───┘\n"
        assert cells(read_lines("a", text)) == [[["任务", "单位"], ["建平台", "科技局"], ["引企业", "商务局"]]]

    def test_a_box_whose_cells_run_over_lines_stays_text(self) -> None:
        text = "+--+--+\n|甲|乙|\n+--+--+\n|一|二|\n|三|四|\n+--+--+\n|五|六|\n+--+--+\n"
        assert read_lines("a", text).tables == ()

    def test_tabs(self) -> None:
        text = "附件\n序号\t任务\t单位\n1\t建平台\t科技局\n2\t\t商务局\n以上。"
        document = read_lines("a", text)
        assert cells(document) == [[["序号", "任务", "单位"], ["1", "建平台", "科技局"], ["2", "", "商务局"]]]
        assert words(document) == ["附件", "以上。"]

    def test_tabs_in_prose_are_no_table(self) -> None:
        text = "一、\t总体要求\n二、\t重点任务\n三、\t保障措施\n\t\t市科技局\n\t\t市财政局\n"
        document = read_lines("a", text)
        assert document.tables == ()
        assert len(document.paragraphs) == 5

    def test_one_bar_in_prose_is_no_table(self) -> None:
        assert read_lines("a", "平台|园区建设\n甲|乙\n").tables == ()

    def test_a_table_in_html_is_named(self) -> None:
        assert [i.code for i in read_lines("a", "一、目标\n<table><tr><td>1</table>").issues] == ["text.html-table"]


class TestMarks:
    def test_headings_appear_without_marks(self) -> None:
        text = "# 昌吉市方案\n## 一、目标 ##\n**（一）建平台**\n> 二、任务\n- 三、保障\n1. 四、附则\n- 到2025年建成。\n---\n1.发展"
        assert words(read_lines("a.md", text)) == [
            "昌吉市方案",
            "一、目标",
            "（一）建平台",
            "二、任务",
            "三、保障",
            "四、附则",
            "- 到2025年建成。",
            "1.发展",
        ]

    def test_what_is_no_mark_stays(self) -> None:
        for line in ("— 1 —", "*注：以上", "#号楼", "－ 2 －", "　　1.加强领导"):
            assert words(read_lines("a", line)) == [line]


@given(st.lists(st.text("一、（#*>-|│+─\t ab。\r\\", max_size=12), max_size=12).map("\n".join))
def test_every_span_is_in_its_own_line_and_no_word_is_lost(text: str) -> None:
    document = read_lines("a", text)
    lines = text.split("\n")
    held = {p.place.line: True for p in document.paragraphs}
    for table in document.tables:
        assert len({len(row) for row in table.rows}) == 1
        for row in table.rows:
            for cell in row:
                assert "\n" not in document.quote(cell.span)
                assert document.quote(cell.span) in lines[(cell.place.line or 0) - 1]
                held[cell.place.line] = True
    for number, line in enumerate(lines, start=1):
        assert number in held or not set(line) & set("一、（ab。") or not line.strip()


def test_lines_of_a_span_between_paragraphs_are_none() -> None:
    document = document_of_lines("a", "甲。\n\n\n乙。")
    assert list(document.lines_in(Span(3, 4))) == []
    assert [document.quote(line) for line in document.lines_in(Span(1, 7))] == ["。", "乙。"]
