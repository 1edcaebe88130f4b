"""Where a plan says who is responsible: label lines, brackets, bare sentences; what they close and what stays text."""

from __future__ import annotations

import pytest
from statement_samples import CHANGJI, LEADS, RESPONSIBLE, SUPPORTS, assigned, block_of, plan_of, texts

from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan.model import Role
from innograph.loaders.plan.responsibility.assignments import Context, read_assignments

BRACKETS = ["（{}）", "({})", "〔{}〕", "[{}]", "【{}】"]


class TestBrackets:
    @pytest.mark.parametrize("bracket", BRACKETS)
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ("责任单位：市科技局、财政局", [(RESPONSIBLE, ["市科技局", "市财政局"])]),
            ("牵头单位：市科技局；配合单位：市财政局", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
            ("牵头：市科技局；配合：市财政局", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
            ("市科技局牵头，市财政局配合", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
            ("市科技局、财政局按职责分工负责", [(RESPONSIBLE, ["市科技局", "市财政局"])]),
            ("市科技局、财政局", [(RESPONSIBLE, ["市科技局", "市财政局"])]),
            ("市科技局，各县（市、区）人民政府", [(RESPONSIBLE, ["市科技局", "各县（市、区）人民政府"])]),
            ("市科技局牵头市财政局配合", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
        ],
    )
    def test_kinds(self, bracket: str, content: str, expected: list[tuple[Role, list[str]]]) -> None:
        text = f"建设平台。{bracket.format(content)}"
        assert assigned(text) == expected
        assert texts(text) == [["建设平台。"]]

    def test_a_bracket_opened_as_one_kind_may_close_as_another(self) -> None:
        assert assigned("建设平台。（责任单位：市科技局、财政局〕") == [(RESPONSIBLE, ["市科技局", "市财政局"])]

    def test_before_or_behind_the_full_stop(self) -> None:
        assert assigned("建设平台（市科技局负责）。") == [(RESPONSIBLE, ["市科技局"])]
        assert texts("建设平台（市科技局负责）。引进人才。") == [["建设平台", "引进人才。"]]

    def test_two_brackets_together(self) -> None:
        text = "建平台。（牵头单位：市科技局）（配合单位：市财政局）"
        assert assigned(text) == [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]
        assert len(block_of(text).spans) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "建设平台（含市级园区）。",
            "建设平台（2025年底前完成）。",
            "建设平台。（持续推进）",
            "建设平台（市科技局）和园区。",
            "由市科技局负责的平台（园区）建设。",
            "市科技局负责建设平台。",
        ],
    )
    def test_what_assigns_nothing(self, text: str) -> None:
        assert assigned(text) == []

    def test_a_bracket_over_several_lines(self) -> None:
        text = "建平台。（责任单位：市科技局、\n财政局、市场监督\n管理局）\n引人才。（市人社局负责）"
        assert assigned(text) == [
            (RESPONSIBLE, ["市科技局", "市财政局", "市市场监督管理局"]),
            (RESPONSIBLE, ["市人社局"]),
        ]
        assert texts(text) == [["建平台。"], ["引人才。"]]
        assert block_of(text).unclosed == ()

    @pytest.mark.parametrize(
        "text",
        [
            "建平台。（责任单位：市科技局、财政局",
            "建平台。（市科技局、财政局负责",
            "建平台。（市科技局、财政局",
            "建平台。市科技局、财政局负责）",
            "建平台。（责任单位：市科技局、财政局\n一、引人才（含团队）。",
            "建平台。（责任单位：市科技局、财政局\n引进人才（含团队）。",
        ],
    )
    def test_an_unclosed_bracket_is_read_and_told(self, text: str) -> None:
        assert assigned(text) == [(RESPONSIBLE, ["市科技局", "市财政局"])]
        (unclosed,) = block_of(text).unclosed
        assert "财政局" in text[unclosed.start : unclosed.end]

    def test_the_plan_reports_an_unclosed_bracket_where_it_stands(self) -> None:
        plan = plan_of("昌吉市方案\n一、任务\n（一）甲。做甲。（市科技局负责\n（二）乙。做乙。（市财政局负责）")
        assert [(i.code, i.place.line, i.quote) for i in plan.issues if i.code.startswith("plan.bracket")] == [
            ("plan.bracket-unclosed", 3, "（市科技局负责")
        ]


class TestLines:
    @pytest.mark.parametrize(
        "label", ["责任单位：", "【责任单位】", "[责任单位]：", "——责任单位：", "●责任单位:", "★ 责任单位："]
    )
    def test_how_a_line_begins(self, label: str) -> None:
        text = f"建设平台。\n{label}市科技局、财政局"
        assert assigned(text) == [(RESPONSIBLE, ["市科技局", "市财政局"])]
        assert texts(text) == [["建设平台。"]]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("建平台。市科技局牵头，市财政局配合。", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
            (
                "建平台。由市科技局牵头，市财政局、人社局配合。",
                [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局", "市人社局"])],
            ),
            ("建平台。\n市科技局、财政局按职责分工负责。", [(RESPONSIBLE, ["市科技局", "市财政局"])]),
            ("建平台。\n市科技局会同市财政局负责", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
        ],
    )
    def test_a_sentence_that_says_nothing_else(self, text: str, expected: list[tuple[Role, list[str]]]) -> None:
        assert assigned(text) == expected
        assert texts(text) == [["建平台。"]]

    def test_the_section_of_an_office_stands_aside(self) -> None:
        expected = [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]
        assert assigned("牵头单位：市科技局\n牵头科室：规划科\n配合单位：市财政局") == expected
        assert assigned("牵头科室：规划科\n牵头单位：市科技局\n配合单位：市财政局") == expected
        # Where no office is named, its section is all there is.
        assert assigned("牵头科室：市科技局规划科") == [(LEADS, ["市科技局规划科"])]

    @pytest.mark.parametrize(
        ("text", "deadline"),
        [
            ("责任单位：市科技局。完成时限：2025年6月", "2025年6月"),
            ("完成时限：2025年底。责任单位：市科技局", "2025年底"),
            ("责任单位：市科技局\n完成时间：长期", "长期"),
            ("（责任单位：市科技局；完成时限：2025年底）", "2025年底"),
            ("（责任单位：市科技局。时间要求：2025年底。）", "2025年底"),
            ("责任单位：市科技局；完 成 时 限 ：2025年底；责任人：某某某", "2025年底"),
            ("【责任单位】市科技局 【完成时限】2025年底", "2025年底"),
        ],
    )
    def test_deadlines(self, text: str, deadline: str) -> None:
        (passage,) = block_of(f"建平台。{text}").passages
        assert passage.deadline is not None
        assert f"建平台。{text}"[passage.deadline.start : passage.deadline.end] == deadline
        assert [u.canonical for a in passage.assignments for u in a.units] == ["市科技局"]

    @pytest.mark.parametrize(
        ("text", "is_open"),
        [
            ("（市科技局、财政局等负责）", [True]),
            ("（市科技局、财政局等部门按职责分工负责）", [True]),
            ("（市科技局牵头，市财政局等配合）", [False, True]),
            ("（市科技局等牵头，市财政局配合）", [True, False]),
            ("牵头单位：市科技局\n配合单位：市财政局等", [False, True]),
            ("责任单位：市科技局等有关单位", [True]),
            ("责任单位：市科技局、高等学校", [False]),
        ],
    )
    def test_open_lists(self, text: str, is_open: list[bool]) -> None:
        assert [a.open for a in block_of(f"建平台。{text}").assignments] == is_open


class TestRuleOfPosition:
    @pytest.mark.parametrize(
        "statement",
        [
            "（责任单位：市科技局、财政局、人社局）",
            "（市科技局、财政局、人社局）",
            "（市科技局、财政局、人社局负责）",
            "责任单位：市科技局、财政局、人社局",
        ],
    )
    def test_the_first_leads_and_the_others_support(self, statement: str) -> None:
        found = assigned(f"建平台。{statement}", first_leads=True)
        assert found == [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局", "市人社局"])]

    def test_a_single_unit_leads(self) -> None:
        assert assigned("建平台。（市科技局）", first_leads=True) == [(LEADS, ["市科技局"])]

    def test_others_unnamed_support_too(self) -> None:
        (lead, support) = block_of("建平台。责任单位：市科技局等", first_leads=True).assignments
        assert (lead.open, support.role, support.units, support.open) == (False, SUPPORTS, (), True)

    def test_it_leaves_alone_what_tells_roles_apart(self) -> None:
        text = "建平台。（市教育局牵头，市科协、财政局配合）"
        assert assigned(text, first_leads=True) == [(LEADS, ["市教育局"]), (SUPPORTS, ["市科协", "市财政局"])]
        text = "建平台。责任单位：市科技局（牵头）、财政局"
        assert assigned(text, first_leads=True) == [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]

    @pytest.mark.parametrize(
        "before_and_behind",
        [
            ("本方案责任单位列第一位的为牵头单位。\n", ""),
            ("", "（列第一位的为牵头单位，下同）"),
            ("", "，排在首位的为牵头单位，下同"),
            ("（各项任务中，排名第一的单位为牵头单位）\n", ""),
        ],
    )
    @pytest.mark.parametrize("label", ["责任单位：", ""])
    def test_it_is_stated_once(self, before_and_behind: tuple[str, str], label: str) -> None:
        before, behind = before_and_behind
        plan = plan_of(
            f"昌吉市方案\n{before}一、任务\n（一）甲。做甲。（{label}市科技局、财政局{behind}）\n（二）乙。做乙。（{label}市人社局）"
        )
        assert [[(a.role, [u.canonical for u in a.units]) for a in t.assignments] for t in plan.tasks] == [
            [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])],
            [(LEADS, ["市人社局"])],
        ]

    def test_without_it_nobody_leads(self) -> None:
        assert assigned("建平台。（责任单位：市科技局、财政局）") == [(RESPONSIBLE, ["市科技局", "市财政局"])]


class TestNotes:
    def test_a_note_behind_a_unit_states_its_role(self) -> None:
        assert assigned("责任单位：市科技局（牵头）、市财政局") == [
            (Role.LEAD, ["市科技局"]),
            (Role.SUPPORT, ["市财政局"]),
        ]

    def test_labels_with_spaces(self) -> None:
        assert assigned("牵头单位 ：市科技局；\n配 合 单 位：市财政局；") == [
            (Role.LEAD, ["市科技局"]),
            (Role.SUPPORT, ["市财政局"]),
        ]

    def test_an_open_bracket_is_reported(self) -> None:
        plan = plan_of("昌吉市方案\n一、任务\n（一）甲。做。\n牵头单位：市科技局、市财政局（国资委")
        assert [i.values["value"] for i in plan.issues if i.code == "plan.unit-unclear"] == ["市财政局（国资委"]

    @pytest.mark.parametrize(
        "unread",
        [
            "承接单位：市财政局",
            "（市财政局牵头研究）",
        ],
    )
    @pytest.mark.parametrize("break_", ["", "\n"])
    def test_an_assignment_that_is_not_read_is_reported(self, unread: str, break_: str) -> None:
        plan = plan_of(f"昌吉市方案\n一、任务\n（一）甲。做甲。{break_}{unread}\n（二）乙。做乙。\n牵头单位：市科技局")
        quotes = [i.quote for i in plan.issues if i.code == "plan.assignment-unread"]
        assert len(quotes) == 1
        assert "市财政局" in quotes[0]


class TestAssignments:
    @pytest.mark.parametrize(
        ("label", "role"),
        [
            ("牵头单位", Role.LEAD),
            ("牵头部门", Role.LEAD),
            ("主办单位", Role.LEAD),
            ("牵头责任单位", Role.LEAD),
            ("配合单位", Role.SUPPORT),
            ("协办单位", Role.SUPPORT),
            ("参与单位", Role.SUPPORT),
            ("配合部门", Role.SUPPORT),
            ("责任单位", Role.RESPONSIBLE),
            ("责任部门", Role.RESPONSIBLE),
        ],
    )
    @pytest.mark.parametrize("colon", ["：", ":", " ： ", "﹕"])
    def test_labels(self, label: str, role: Role, colon: str) -> None:
        assert assigned(f"{label}{colon}市科技局") == [(role, ["市科技局"])]

    def test_several_labels_in_one_line(self) -> None:
        text = "牵头单位：市科技局；配合单位：市财政局、人社局。完成时限：2023年底"
        assert assigned(text) == [(Role.LEAD, ["市科技局"]), (Role.SUPPORT, ["市财政局", "市人社局"])]

    @pytest.mark.parametrize("label", ["责任领导", "责任人", "牵头领导", "完成时限", "联系人", "备注"])
    def test_people_and_dates_are_no_units(self, label: str) -> None:
        expected = [(Role.LEAD, ["市科技局"]), (Role.SUPPORT, ["市财政局"])]
        assert assigned(f"牵头单位：市科技局\n{label}：王某某、李某某\n配合单位：市财政局") == expected
        assert assigned(f"牵头单位：市科技局 {label}：王某某、李某某 配合单位：市财政局") == expected

    @pytest.mark.parametrize(
        "text",
        [
            "配合单位：市发改委、\n商务和工信局、\n财政局",
            "配合单位：市发改委\n、商务和工信局\n、财政局",
            "配合单位：市发改委、商务和\n工信局、财政局",
            "配合单位：市发改委、\n\n商务和工信局、财政局\n",
            "配合单位：\n市发改委、商务和工信局、财政局",
            "配合单位：\n市发改委\n商务和工信局\n财政局\n做好宣传。",
        ],
    )
    def test_a_list_broken_over_lines(self, text: str) -> None:
        assert assigned(text) == [(Role.SUPPORT, ["市发改委", "市商务和工信局", "市财政局"])]

    def test_prose_behind_a_list_is_no_unit(self) -> None:
        text = "牵头单位：市科技局\n到2023年，建成平台2个。"
        assert assigned(text) == [(Role.LEAD, ["市科技局"])]
        assert assigned("牵头单位：\n到2023年，建成平台2个。") == []

    def test_a_word_in_a_sentence_is_no_label(self) -> None:
        assert assigned("各牵头单位要压实责任。由责任单位：市科技局落实。") == []

    def test_the_quote_covers_both_lines(self) -> None:
        text = "牵头单位：市科技局  \n\n配合单位：市财政局  "
        document = document_of_lines("a", text)
        block = read_assignments(document, Span(0, len(text)), Context(CHANGJI))
        assert [document.quote(s) for s in block.spans] == ["牵头单位：市科技局  \n\n配合单位：市财政局"]
        assert [document.quote(a.span) for a in block.assignments] == ["牵头单位：市科技局", "配合单位：市财政局"]
