"""PDF files: paragraphs over line and page ends, ruled tables over pages, and files that are none."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_maker import LEFT, TOP, PdfMaker

from innograph.graph.errors import InputError
from innograph.graph.text import use_language
from innograph.loaders.loading import parse_plan
from innograph.loaders.plan.export import to_json
from innograph.loaders.reading import pdf, read_document
from innograph.loaders.reading.pdf import read_pdf

if TYPE_CHECKING:
    from innograph.loaders.document import Document

SAMPLE = Path(__file__).parents[2] / "data/sample/changji/plan.txt"
HEADER = ["序号", "领域", "任务", "责任单位"]
WIDTHS = [40.0, 80.0, 200.0, 128.0]
LONG = "支持企业建设重点实验室和中试基地，引进高水平人才团队，推动科技成果在本市转化，到2027年全市高新技术企业达到500家以上。"


def words(document: Document) -> list[str]:
    return [document.quote(paragraph.span) for paragraph in document.paragraphs]


def cells(document: Document) -> list[list[list[str]]]:
    return [[[document.quote(cell.span) for cell in row] for row in table.rows] for table in document.tables]


def read(maker: PdfMaker) -> Document:
    return read_pdf("plan.pdf", maker.bytes())


def refusal(data: bytes) -> str:
    """What is said in English; the Chinese must differ, and both name the file in one line."""
    said: list[str] = []
    for language in ("zh", "en"):
        with pytest.raises(InputError) as raised:
            read_pdf("plan.pdf", data)
        with use_language(language):  # type: ignore[arg-type]
            said.append(str(raised.value))
    assert said[0] != said[1]
    assert all("plan.pdf" in text and "\n" not in text for text in said)
    return said[1]


class TestParagraphs:
    def test_lines_of_a_paragraph_are_joined_and_an_indent_begins_the_next(self) -> None:
        maker = PdfMaker()
        maker.paragraph(LONG)
        maker.paragraph(LONG[::-1])
        assert words(read(maker)) == [LONG, LONG[::-1]]

    def test_without_indents_a_short_line_or_a_number_begins_the_next(self) -> None:
        maker = PdfMaker()
        full = "一" * 27 + "。"
        for text in ("各区人民政府：", full, "2.引进人才。", LONG):
            maker.paragraph(text, indent=0)
        assert words(read(maker)) == ["各区人民政府：", full, "2.引进人才。", LONG]

    def test_a_full_line_goes_on_even_if_a_number_stands_at_its_break(self) -> None:
        text = "二" * 26 + "共计2.5亿元，其中1.2亿元。"
        maker = PdfMaker()
        maker.paragraph(text)
        assert words(read(maker)) == [text]

    def test_a_title_of_two_lines_is_one_and_apart_from_what_stands_around(self) -> None:
        maker = PdfMaker()
        maker.paragraph("附件1", indent=0)
        maker.centred("滨江市推动科技创新和产业创新")
        maker.centred("深度融合行动方案（2026—2028年）")
        maker.centred("（征求意见稿）", size=16)
        maker.paragraph("一、总体要求")
        maker.paragraph(LONG)
        assert words(read(maker)) == [
            "附件1",
            "滨江市推动科技创新和产业创新深度融合行动方案（2026—2028年）",
            "（征求意见稿）",
            "一、总体要求",
            LONG,
        ]

    def test_a_paragraph_goes_on_over_the_page_and_its_place_is_where_it_begins(self) -> None:
        maker = PdfMaker(header="滨江市人民政府公报", numbers="— {} —")
        maker.paragraph("一、总体要求")
        while maker.page == 1:
            maker.paragraph(LONG)
        maker.paragraph("二、保障措施")
        maker.new_page()
        maker.paragraph("三、附则")
        document = read(maker)
        found = words(document)
        assert found == ["一、总体要求", *[LONG] * (len(found) - 3), "二、保障措施", "三、附则"]
        places = [(p.place.page, p.place.paragraph) for p in document.paragraphs]
        on_first = [place for place in places if place[0] == 1]
        assert on_first == [(1, number) for number in range(1, len(on_first) + 1)]
        assert places[len(on_first) :] == [(2, 1), (3, 1)]

    @pytest.mark.parametrize("numbers", ["— {} —", "{}", "第{}页 共3页", "- {} -", "{}/3", "Page {} of 3"])
    def test_page_numbers_are_no_text(self, numbers: str) -> None:
        maker = PdfMaker(numbers=numbers)
        maker.paragraph(LONG)
        assert words(read(maker)) == [LONG]

    def test_a_header_that_pages_repeat_is_no_text_but_one_of_a_single_page_is(self) -> None:
        for pages, expected in ((1, ["滨江市科技局文件", LONG]), (3, [LONG] * 3)):
            maker = PdfMaker(header="滨江市科技局文件")
            maker.paragraph(LONG)
            for _ in range(pages - 1):
                maker.new_page()
                maker.paragraph(LONG)
            assert words(read(maker)) == expected

    def test_a_number_in_the_text_is_no_page_number(self) -> None:
        maker = PdfMaker()
        maker.paragraph("目标值")
        maker.paragraph("150")
        assert words(read(maker)) == ["目标值", "150"]

    @pytest.mark.parametrize(
        ("spread", "text"),
        [
            (["责", "任", "单", "位"], "责任单位"),
            (["姓", "名"], "姓名"),
            (["2", "0", "2", "7"], "2027"),
        ],
    )
    def test_spread_letters_are_one_word(self, spread: list[str], text: str) -> None:
        maker = PdfMaker()
        for index, letter in enumerate(spread):
            maker.line(letter, LEFT + 26 * index, TOP)
        assert words(read(maker)) == [text]

    def test_a_gap_between_words_of_a_line_stays_a_space(self) -> None:
        maker = PdfMaker()
        maker.line("加快场景建设", LEFT, TOP)
        maker.line("推动产业发展", LEFT + 6 * 16 + 9, TOP)
        maker.line("AI Lab 2027 年", LEFT, TOP - 60)
        assert words(read(maker)) == ["加快场景建设 推动产业发展", "AI Lab 2027 年"]

    def test_letters_drawn_twice_to_look_bold_are_read_once(self) -> None:
        maker = PdfMaker()
        for shift in (0, 0.4):
            maker.line("一、总体要求", LEFT + shift, TOP)
        assert words(read(maker)) == ["一、总体要求"]

    def test_a_stamp_across_the_page_is_no_text(self) -> None:
        maker = PdfMaker()
        maker.paragraph(LONG)
        maker.canvas.rotate(45)
        maker.line("内部资料", 500, 100, 40)
        assert words(read(maker)) == [LONG]

    def test_the_sample_reads_as_its_text_does(self) -> None:
        """A page's lines and ends leave no trace: the plan is the one of the text file."""
        maker = PdfMaker(header="昌吉市人民政府", numbers="— {} —")
        for line in SAMPLE.read_text(encoding="utf-8").splitlines():
            if line.strip():
                maker.paragraph(line.strip())
        plans = [
            to_json(parse_plan(name, data)) for name, data in (("a.pdf", maker.bytes()), ("a.txt", SAMPLE.read_bytes()))
        ]
        essences = [
            [
                plan[key]
                for key in ("title", "doc_number", "issuer", "issue_date", "document_targets", "measures", "entities")
            ]
            + [[task[key] for key in ("number", "title", "lead_units", "support_units")] for task in plan["tasks"]]
            + [[t["quote"], t["value"], t["unit"], t["year"]] for task in plan["tasks"] for t in task["targets"]]
            for plan in plans
        ]
        assert essences[0] == essences[1]
        assert plans[0]["tasks"]


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


class TestPictures:
    def test_a_scan_is_refused_with_what_to_do(self) -> None:
        maker = PdfMaker()
        maker.picture(1.0)
        maker.new_page()
        maker.picture(1.0)
        assert "OCR" in refusal(maker.bytes())

    def test_pages_that_are_pictures_are_named(self) -> None:
        maker = PdfMaker(numbers="— {} —")
        maker.paragraph(LONG)
        for _ in range(2):
            maker.new_page()
            maker.picture(0.9)
        document = read(maker)
        assert [(issue.code, issue.values["pages"]) for issue in document.issues] == [("pdf.pictures", "2、3")]
        assert words(document) == [LONG]

    def test_a_text_with_a_small_picture_is_none(self) -> None:
        maker = PdfMaker()
        maker.paragraph(LONG)
        maker.picture(0.1)
        assert read(maker).issues == ()

    def test_a_blank_file_is_empty(self) -> None:
        with pytest.raises(InputError) as raised:
            read_document("plan.pdf", PdfMaker().bytes())
        with use_language("en"):
            assert "empty" in str(raised.value)


def small() -> bytes:
    """A small file with text, a table and a picture, nothing in it compressed."""
    maker = PdfMaker(header="滨江市", numbers="— {} —")
    maker.canvas.setPageCompression(0)
    maker.paragraph("一、总体要求。建平台，引企业。")
    maker.table([["序号", "任务"], ["1", "建平台"]], [60.0, 120.0])
    maker.picture(0.1)
    return maker.bytes()


RESOURCES = b"<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>"


def with_content(content: bytes, form: bytes = b"null") -> bytes:
    """A file whose only page has this content and may use a form X."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>" % RESOURCES,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        form,
    ]
    parts = [
        b"%PDF-1.4\n",
        *(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, start=1)),
    ]
    return b"".join(parts) + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"


def self_holding(times: int) -> bytes:
    """A file whose form draws itself again, so many times."""
    form = b"BT /F1 12 Tf 100 700 Td (a form) Tj ET 0 0 m 90 0 l S" + b" /X Do" * times
    stream = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources %s/Length %d>>stream\n%s\nendstream"
    return with_content(b"/X Do", stream % (RESOURCES, len(form), form))


SMALL = small()
CONFINED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
from innograph.loaders.reading import read_document
try:
    read_document("a.pdf", sys.stdin.buffer.read())
except Exception as error:
    print(type(error).__name__)
"""


class TestBadFiles:
    def test_one_with_a_password(self) -> None:
        maker = PdfMaker(password="geheim")
        maker.paragraph(LONG)
        assert "password" in refusal(maker.bytes())

    @pytest.mark.parametrize("data", [b"%PDF-1.7\n", SMALL[:300], b"%PDF-1.4\n" + b"\0" * 1000])
    def test_a_damaged_one(self, data: bytes) -> None:
        assert "damaged" in refusal(data)

    def test_one_with_too_many_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        maker = PdfMaker()
        for _ in range(5):
            maker.paragraph("一页")
            maker.new_page()
        monkeypatch.setattr(pdf, "MOST_PAGES", 5)
        assert "6; at most 5" in refusal(maker.bytes())

    def test_one_that_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        maker = PdfMaker()
        maker.paragraph("一页")
        monkeypatch.setattr(pdf, "SECONDS", -1.0)
        assert "0 of 1 pages" in refusal(maker.bytes())

    def test_a_page_with_absurdly_many_lines(self) -> None:
        assert "page 1 holds absurdly much" in refusal(with_content(b"0 0 m 10 0 l S " * 210_000))

    def test_a_page_with_absurdly_many_letters(self) -> None:
        lines = b"".join(b"BT /F1 2 Tf 10 %d Td (%s) Tj ET " % (2 * n, b"abcdefgh" * 20) for n in range(400))
        assert "page 1 holds absurdly much" in refusal(with_content(lines))

    def test_a_drawing_of_many_lines_is_no_table(self) -> None:
        lines = b"".join(
            b"%d 100 m %d 700 l S 100 %d m 500 %d l S " % (n % 590, n % 590, n % 830, n % 830) for n in range(4000)
        )
        text = b"BT /F1 12 Tf 100 720 Td (a plan of one line) Tj ET "
        began = time.monotonic()
        document = read_pdf("plan.pdf", with_content(text + lines))
        assert time.monotonic() - began < 20
        assert words(document) == ["a plan of one line"]

    def test_a_form_that_holds_itself_ends(self) -> None:
        assert words(read_pdf("a.pdf", self_holding(1))) == ["a form"]

    @pytest.mark.skipif(sys.platform != "linux", reason="no memory limit that holds")
    def test_a_form_that_holds_itself_twice_ends_with_an_error(self) -> None:
        """It makes pdfium take all memory there is, so the test sets a lower limit than users have."""
        run = subprocess.run([sys.executable, "-c", CONFINED], input=self_holding(2), capture_output=True, timeout=120)
        assert run.stdout == b"InputError\n", run.stderr

    @settings(deadline=20_000, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(
        edits=st.lists(
            st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 40), st.binary(max_size=12)), max_size=12
        ),
        end=st.one_of(st.none(), st.integers(5, len(SMALL))),
    )
    def test_a_malformed_one_is_read_or_refused(self, edits: list[tuple[int, int, bytes]], end: int | None) -> None:
        data = bytearray(SMALL)
        for at, length, put in edits:
            data[at : at + length] = put
        try:
            document = read_pdf("plan.pdf", bytes(data[:end]))
        except InputError:
            return
        for paragraph in document.paragraphs:
            assert document.quote(paragraph.span).strip()
        for table in document.tables:
            assert len({len(row) for row in table.rows}) == 1

    def test_the_letters_of_a_small_one_are_read(self) -> None:
        """What the property above edits is a file that reads well."""
        document = read_document("plan.pdf", SMALL)
        assert cells(document) == [[["序号", "任务"], ["1", "建平台"]]]


MEASURE = """
import os, resource, sys, time
# getrusage keeps the parent's peak over fork and exec, and a process of the test runner grows large.
def peak():
    if os.path.exists("/proc/self/status"):
        return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
from innograph.loaders.reading.pdf import read_pdf
data = sys.stdin.buffer.read()
told = []
began = time.monotonic()
document = read_pdf("plan.pdf", data, lambda done, total: told.append((done, total)))
assert told == [(page, 200) for page in range(1, 201)]
print(time.monotonic() - began, peak(), len(document.paragraphs))
print(len(document.tables), sum(len(table.rows) for table in document.tables))
"""


def test_200_pages_take_little_time_and_memory() -> None:
    maker = PdfMaker(header="滨江市人民政府", numbers="— {} —")
    for number in range(200):
        maker.paragraph(f"{number}.任务")
        for _ in range(4):
            maker.paragraph(LONG)
        maker.table([HEADER, *([str(row), "总体", "建平台", "科技局"] for row in range(5))], WIDTHS)
        if number < 199:
            maker.new_page()
    data = maker.bytes()
    run = subprocess.run([sys.executable, "-c", MEASURE], input=data, capture_output=True, check=True)
    seconds, memory, paragraphs, tables, rows = run.stdout.split()
    assert float(seconds) < 60
    assert int(memory) < 500 * 1024  # kilobytes
    assert (int(paragraphs), int(tables), int(rows)) == (1000, 200, 1200)
