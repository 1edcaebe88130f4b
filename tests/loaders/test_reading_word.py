"""Word documents: merged cells, tables in tables, and the numbers that Word shows without writing them."""

from __future__ import annotations

import io
from copy import deepcopy

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from innograph.graph.errors import InputError
from innograph.loaders.document import Document
from innograph.loaders.reading.word import read_word


def read(word: WordDocument) -> Document:
    buffer = io.BytesIO()
    word.save(buffer)
    return read_word("a.docx", buffer.getvalue())


def words(document: Document) -> list[str]:
    return [document.quote(paragraph.span) for paragraph in document.paragraphs]


def cells(document: Document) -> list[list[str]]:
    return [[document.quote(cell.span) for cell in row] for row in document.tables[0].rows]


def filled(rows: list[list[str]]) -> tuple[WordDocument, object]:
    word = docx.Document()
    table = word.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    return word, table


class TestTables:
    def test_merged_cells_are_one(self) -> None:
        word, table = filled([["领域", "任务", "单位"], ["总体", "建平台", "科技局"], ["", "引企业", ""], ["", "", ""]])
        table.cell(1, 0).merge(table.cell(2, 0))  # type: ignore[attr-defined]
        table.cell(3, 0).merge(table.cell(3, 2)).text = "二、其他"  # type: ignore[attr-defined]
        document = read(word)
        assert cells(document) == [
            ["领域", "任务", "单位"],
            ["总体", "建平台", "科技局"],
            ["总体", "引企业", ""],
            ["二、其他"] * 3,
        ]
        rows = document.tables[0].rows
        assert rows[1][0] is rows[2][0]
        place = document.locate(rows[2][1].span)
        assert (place.table, place.row, place.column) == (1, 3, 2)

    def test_a_table_in_a_cell(self) -> None:
        word, table = filled([["任务", "单位"], ["建平台", "科技局"]])
        inner = table.cell(1, 1).add_table(1, 2)  # type: ignore[attr-defined]
        inner.cell(0, 0).text, inner.cell(0, 1).text = "商务局", "财政局"
        assert cells(read(word)) == [["任务", "单位"], ["建平台", "科技局\n商务局\n财政局"]]

    def test_a_frame_around_a_text_is_no_table(self) -> None:
        word, _ = filled([["专栏1 重点工程\n建设平台5家。"]])
        document = read(word)
        assert document.tables == ()
        assert words(document) == ["专栏1 重点工程", "建设平台5家。"]

    def test_an_absurd_span(self) -> None:
        word, table = filled([["甲", "乙"]])
        row = table._tbl.tr_lst[0]  # type: ignore[attr-defined]
        row.tc_lst[0].get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="99999"/>'))
        for _ in range(1_100):
            row.addnext(deepcopy(row))
        with pytest.raises(InputError, match=r"大得|large"):
            read(word)


LEVEL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:suff w:val="{3}"/><w:lvlText w:val="{2}"/></w:lvl>'


def listed(levels: list[tuple[str, str, str]], paragraphs: list[tuple[str, int]], override: str = "") -> WordDocument:
    """A document whose paragraphs belong to one list; ``levels`` are form, pattern and what follows the number."""
    word = docx.Document()
    numbering = word.part.numbering_part.element
    made = "".join(LEVEL.format(i, *level) for i, level in enumerate(levels))
    first = next(numbering.iterchildren(qn("w:num")))
    first.addprevious(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{made}</w:abstractNum>'))
    for number, extra in ((90, ""), (91, override)):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{extra}</w:num>')
        )
    for text, level in paragraphs:
        settings = word.add_paragraph(text.lstrip("*"))._p.get_or_add_pPr()
        number = 91 if text.startswith("*") else 90
        settings.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )
    return word


CHINESE = [
    ("chineseCounting", "%1、", "nothing"),
    ("chineseCountingThousand", "（%2）", "nothing"),
    ("decimal", "%3.", "tab"),
    ("decimal", "%3.%4", "space"),
]


class TestNumbers:
    def test_levels_count_and_start_anew(self) -> None:
        word = listed(
            CHINESE,
            [
                ("目标", 0),
                ("任务", 0),
                ("平台", 1),
                ("甲", 2),
                ("乙", 2),
                ("丙", 3),
                ("企业", 1),
                ("丁", 2),
                ("保障", 0),
            ],
        )
        document = read(word)
        assert words(document) == [
            "一、目标",
            "二、任务",
            "（一）平台",
            "1.甲",
            "2.乙",
            "2.1 丙",
            "（二）企业",
            "1.丁",
            "三、保障",
        ]
        assert document.issues == ()

    def test_an_empty_paragraph_counts_and_shows_nothing(self) -> None:
        assert words(read(listed(CHINESE, [("目标", 0), ("", 0), ("任务", 0)]))) == ["一、目标", "三、任务"]

    def test_a_list_that_starts_anew(self) -> None:
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        word = listed(CHINESE, [("目标", 0), ("任务", 0), ("*目标", 0), ("*任务", 0)], override)
        assert words(read(word)) == ["一、目标", "二、任务", "一、目标", "二、任务"]

    def test_articles_and_more_than_ten(self) -> None:
        word = listed([("chineseCounting", "第%1条", "space")], [("甲", 0)] * 12)
        assert words(read(word))[9:] == ["第十条 甲", "第十一条 甲", "第十二条 甲"]

    def test_a_style_numbers_too(self) -> None:
        word = docx.Document()
        word.add_paragraph("加强领导", style="List Number")
        word.add_paragraph("强化保障", style="List Number")
        document = read(word)
        assert words(document) == ["1.加强领导", "2.强化保障"]
        assert document.issues == ()

    def test_bullets_say_nothing(self) -> None:
        word = docx.Document()
        word.add_paragraph("加强领导", style="List Bullet")
        document = read(word)
        assert (words(document), document.issues) == (["加强领导"], ())

    def test_a_form_that_is_not_known_is_reported(self) -> None:
        document = read(listed([("hebrew1", "%1.", "tab")], [("目标", 0), ("", 0), ("任务", 0)]))
        assert words(document) == ["目标", "任务"]
        (issue,) = document.issues
        assert (issue.code, issue.values) == ("word.auto-numbering", {"count": 2})
