"""Lines, numbers and outlines: where headings begin, in texts with lines and without."""

from __future__ import annotations

import pytest

from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan import ParsedPlan, parse
from innograph.loaders.plan.model import Role
from innograph.loaders.plan.structure.numbering import NUMBER, rank_of, value_of
from innograph.loaders.plan.structure.outline import read_outline, sections_of, sentences
from innograph.loaders.plan.structure.parts import read_parts
from innograph.loaders.plan.structure.relining import relined

LINES = """昌吉市创新平台试点方案
一、重点任务
（一）建平台。建设平台2个。
牵头单位：市科技局
配合单位：市财政局、人社局
（二）引人才。引进人才5人。
牵头单位：市人社局
二、保障措施
（一）加强领导。压实责任。"""


def plan_of(text: str) -> ParsedPlan:
    return parse(document_of_lines("a.txt", text))


def outline_of(text: str) -> list[tuple[str, str, str]]:
    return [(s.path, s.number, s.title) for s in sections_of(read_outline(document_of_lines("a", text)))]


def sentences_of(text: str) -> list[str]:
    document = document_of_lines("a", text)
    return [document.quote(s) for s in sentences(document, Span(0, len(text)))]


def lines_of(text: str) -> list[str]:
    document = relined(document_of_lines("a", text))
    return [document.quote(p.span) for p in document.paragraphs]


class TestTextsWithoutLines:
    @pytest.mark.parametrize("between", ["", " ", "  ", "\u3000"])
    def test_a_plan_in_one_line_says_what_it_says_in_lines(self, between: str) -> None:
        plan = plan_of(LINES.replace("\n", between))
        assert plan.head.title == "昌吉市创新平台试点方案"
        tasks = [
            (t.section.number, t.section.title, *([u.canonical for u in t.units(r)] for r in (Role.LEAD, Role.SUPPORT)))
            for t in plan.tasks
        ]
        assert tasks == [
            ("（一）", "建平台", ["市科技局"], ["市财政局", "市人社局"]),
            ("（二）", "引人才", ["市人社局"], []),
        ]
        assert [[x.value for x in t.targets] for t in plan.tasks] == [[2], [5]]
        assert [s.section.title for s in plan.safeguards] == ["加强领导"]

    @pytest.mark.parametrize("between", ["", " ", "\u3000"])
    def test_a_signature_in_one_line_with_all_else(self, between: str) -> None:
        lines = [
            "吉市水发〔2023〕9号",
            "昌吉市水利局关于印发《昌吉市节水行动方案》的通知",
            "各乡镇：现印发给你们，请落实。",
            "昌吉市水利局",
            "2023年8月9日",
            "昌吉市节水行动方案",
            "一、任务",
            "（一）修渠道。修渠道2条。（责任单位：市水利局）",
            "（二）建水库。建水库1座。（责任单位：市水利局）",
        ]
        head = plan_of(between.join(lines)).head
        assert (head.title, head.issuer, str(head.issue_date)) == ("昌吉市节水行动方案", "昌吉市水利局", "2023-08-09")

    def test_a_rank_left_out(self) -> None:
        assert lines_of("甲市方案一、任务1.甲。做甲。2.乙。做乙。二、其他3.丙。做丙。") == [
            "甲市方案",
            "一、任务",
            "1.甲。做甲。",
            "2.乙。做乙。",
            "二、其他",
            "3.丙。做丙。",
        ]

    def test_numbers_in_sequence_cut_and_others_do_not(self) -> None:
        assert lines_of("一、任务。（一）甲。见（五）条。（二）乙。") == [
            "一、任务。",
            "（一）甲。见（五）条。",
            "（二）乙。",
        ]
        assert lines_of("做好（一）甲和（二）乙的衔接。") == ["做好（一）甲和（二）乙的衔接。"]
        assert lines_of("一、二、三产业融合。") == ["一、二、三产业融合。"]

    def test_lines_that_are_there_stay(self) -> None:
        assert lines_of(LINES) == LINES.split("\n")

    def test_a_long_text_is_cut_at_its_spaces_but_not_inside_titles_and_brackets(self) -> None:
        filler = "建设创新平台，引进创新人才。" * 90
        text = f"试点方案 一、任务 （一）甲。{filler} （二）乙。落实《甲规划 乙规划》（甲 乙）。 （三）丙。做丙。"
        assert lines_of(text) == [
            "试点方案",
            "一、任务",
            f"（一）甲。{filler}",
            "（二）乙。落实《甲规划 乙规划》（甲 乙）。",
            "（三）丙。做丙。",
        ]

    def test_offsets_do_not_change(self) -> None:
        document = document_of_lines("a", LINES.replace("\n", ""))
        assert relined(document).text == document.text


class TestNumbers:
    @pytest.mark.parametrize(
        ("heading", "rank", "value"),
        [
            ("一、任务", 1, 1),
            ("第二部分 任务", 1, 2),
            ("第三章 任务", 1, 3),
            ("（十一）任务", 2, 11),
            ("第二十三条 任务", 2, 23),
            ("7.任务", 3, 7),
            ("12、任务", 3, 12),
            ("1．任务", 3, 1),
            ("1﹒任务", 3, 1),
            ("3 . 任务", 3, 3),
            ("（4）任务", 4, 4),
            ("(4)任务", 4, 4),
        ],
    )
    def test_ranks_and_values(self, heading: str, rank: int, value: int) -> None:
        match = NUMBER.match(document_of_lines("a", heading).folded)
        assert match is not None
        assert (rank_of(match), value_of(match.group())) == (rank, value)

    def test_small_dots_number_the_tasks_of_a_plan(self) -> None:
        plan = plan_of(
            "昌吉市方案\n1﹒建平台。建平台2个。（责任单位：市科技局）\n2﹒引人才。引人才5人。（责任单位：市人社局）"
        )
        assert [(t.section.number, t.section.title) for t in plan.tasks] == [("1", "建平台"), ("2", "引人才")]

    def test_numbers_start_again_in_each_chapter(self) -> None:
        plan = plan_of(
            "昌吉市方案\n一、产业\n（一）甲。做甲。（市科技局负责）\n（二）乙。做乙。（市工信局负责）\n"
            "二、民生\n（一）丙。做丙。（市民政局负责）"
        )
        assert [(t.section.path, t.section.number, t.section.title) for t in plan.tasks] == [
            ("1.1", "（一）", "甲"),
            ("1.2", "（二）", "乙"),
            ("2.1", "（一）", "丙"),
        ]

    def test_numbers_inside_a_line(self) -> None:
        plan = plan_of(
            "昌吉市方案\n一、任务\n（一）建平台。1.建实验室。建实验室2个。（责任单位：市科技局）"
            "2.建园区。建园区1个。（责任单位：市自然资源局）3.建基地。建基地3个。（责任单位：市农业农村局）"
        )
        assert [
            (t.section.number, t.section.title, [u.canonical for u in t.units(Role.RESPONSIBLE)]) for t in plan.tasks
        ] == [
            ("1", "建实验室", ["市科技局"]),
            ("2", "建园区", ["市自然资源局"]),
            ("3", "建基地", ["市农业农村局"]),
        ]


class TestParts:
    def test_a_title_above_numbers_that_start_anew_begins_a_part(self) -> None:
        text = "甲市政策措施\n一、加大投入\n二、加强领导\n附件2\n甲市科普\n行动方案\n一、办活动\n甲市人才行动计划\n一、引人才"
        document = document_of_lines("a", text)
        found = [document.quote(part.span).split("\n")[:3] for part in read_parts(document)]
        assert found == [
            ["甲市政策措施", "一、加大投入", "二、加强领导"],
            ["附件2", "甲市科普", "行动方案"],
            ["甲市人才行动计划", "一、引人才"],
        ]

    @pytest.mark.parametrize("text", ["甲市方案\n一、甲\n二、乙", "一、甲\n做甲\n一、乙", "", "甲市方案"])
    def test_one_part(self, text: str) -> None:
        assert [part.span for part in read_parts(document_of_lines("a", text))] == [Span(0, len(text))]


class TestOutline:
    def test_four_ranks(self) -> None:
        text = "一、总则\n（一）甲\n1.乙\n（1）丙\n（2）丁\n2．戊\n二、任务\n（一）己"
        assert outline_of(text) == [
            ("1", "一", "总则"),
            ("1.1", "（一）", "甲"),
            ("1.1.1", "1", "乙"),
            ("1.1.1.1", "（1）", "丙"),
            ("1.1.1.2", "（2）", "丁"),
            ("1.1.2", "2", "戊"),
            ("2", "二", "任务"),
            ("2.1", "（一）", "己"),
        ]

    def test_numbers_may_start_again(self) -> None:
        assert [p for p, *_ in outline_of("一、甲\n1.乙\n二、丙\n1.丁\n一、戊\n1.己")] == [
            "1",
            "1.1",
            "2",
            "2.1",
            "3",
            "3.1",
        ]

    def test_the_first_rank_may_be_missing(self) -> None:
        assert outline_of("1.甲。\n2.乙。") == [("1", "1", "甲"), ("2", "2", "乙")]

    @pytest.mark.parametrize(
        ("line", "title"),
        [
            ("（一）建平台。建设平台。", "建平台"),
            ("（一）建平台：建设平台", "建平台"),
            ("（一）建平台", "建平台"),
            ("（一）**建平台**。建设平台。", "建平台"),
            ("(一)建平台。", "建平台"),
            ("　　（十一） 建平台。", "建平台"),
            ("第三条 建平台。", "建平台"),
            ("一、" + "长" * 61 + "。", ""),
        ],
    )
    def test_where_a_title_ends(self, line: str, title: str) -> None:
        assert [t for _, _, t in outline_of(line)] == [title]

    @pytest.mark.parametrize(
        "line", ["2023年，建平台。", "1.5倍", "3,000家", "一二三", "一、二、三产业融合。", "第三次会议"]
    )
    def test_what_is_no_heading(self, line: str) -> None:
        assert outline_of(line) == []

    def test_a_task_without_units_stays_and_is_reported(self) -> None:
        plan = plan_of("一、任务\n（一）甲。做甲。\n牵头单位：市科技局\n（二）乙。做乙。")
        assert [(t.section.title, len(t.assignments)) for t in plan.tasks] == [("甲", 1), ("乙", 0)]
        assert ("plan.no-assignment", 4) in [(i.code, i.place.line) for i in plan.issues]

    def test_support_without_lead_is_reported(self) -> None:
        plan = plan_of("一、任务\n（一）甲。做甲。\n配合单位：市科技局")
        assert "plan.lead-missing" in [i.code for i in plan.issues]


class TestSentences:
    def test_quotation_marks_and_brackets_hold_together(self) -> None:
        text = "做到“放得开。管得住。”为止。办好（甲。乙）活动！完"
        assert sentences_of(text) == ["做到“放得开。管得住。”为止。", "办好（甲。乙）活动！", "完"]

    def test_an_unclosed_bracket_ends_with_its_line(self) -> None:
        assert sentences_of("建（平台。\n用平台。再用。") == ["建（平台。", "用平台。", "再用。"]
        assert sentences_of("建“平台。用平台。") == ["建“平台。", "用平台。"]

    def test_none_is_endless_and_nothing_is_lost(self) -> None:
        text = "大" * 5000 + "，" + "小" * 1500
        parts = sentences_of(text)
        assert max(map(len, parts)) <= 2000
        assert "".join(parts) == text
