"""PDF files: paragraphs over line and page ends, ruled tables over pages, and files that are none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pdf_maker import LEFT, TOP, PdfMaker

from innograph.loaders.loading import parse_plan
from innograph.loaders.plan.export import to_json

if TYPE_CHECKING:
    pass
from pdf_reading import LONG, read, words

SAMPLE = Path(__file__).parents[2] / "data/sample/changji/plan.txt"


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
