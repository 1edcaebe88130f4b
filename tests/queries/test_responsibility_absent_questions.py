"""Who is named without a task, and who might be expected and is not there: rows by hand, on every engine."""

from __future__ import annotations

from typing import Any

import pytest
from responsibility_sample import (
    A,
    Opened,
    assert_proven,
    found,
    role,
    rows,
    small,
)
from store_helpers import edge, node

from innograph import Workspace
from innograph.graph.bodies import identify
from innograph.graph.records import Edge, Node
from innograph.graph.regions import region_table
from innograph.queries import ask, load_catalogue
from innograph.queries.analyses.mandates import load_functions


class TestNamedUnassigned:
    """A heading that names a body counts as a sentence does, and comes first; the sample's eight are in
    test_questions_by_hand."""

    def test_a_heading(self, opened: Opened) -> None:
        things = small(
            node("Action", "a", position=1, quote="依托丙公司。"),
            edge("HAS_ACTION", "t1", "a", "x1"),
            node("Enterprise", "丙公司"),
            node("Institute", "丁学院"),
            edge("NAMES", "a", "丙公司", "n1", quote="依托丙公司。", place="第2行", relation="依托"),
            edge("NAMES", "t1", "丁学院", "n2", quote="建设丁学院。", place="第1行", relation="建设"),
            edge("NAMES", "t1", A, "n3", quote="推广甲局经验。", place="第1行", relation=""),
            role("LEADS", A, "t1"),
        )
        told = found(opened(things), "named-unassigned", "body", "kind", "relations", "quote", "evidence")
        assert told == [
            ("丁学院", "institute", ["建设"], ["建设丁学院。"], ["n2"]),
            ("丙公司", "enterprise", ["依托"], ["依托丙公司。"], ["n1"]),
        ]


def department(name: str, code: str, mandate: str) -> Node:
    return node("Department", f"Department:{code}/{name}", jurisdiction=code, mandate=mandate)


def plan_of(
    code: str, sentence: str, *things: Node | Edge, title: str = "办好这件事", **properties: Any
) -> list[Node | Edge]:
    """A plan that an office of a region issued, with one task of one sentence."""
    office = department("政府办公室", code, "人民政府办公室")
    return [
        node("Plan", "p", quote="p", **properties),
        node("Task", "t", name=title, position=1, number="（一）", quote=title, place="第1行"),
        node("Action", "a", name=sentence, position=1, quote=sentence, place="第2行"),
        office,
        edge("ISSUED_BY", "p", office.id, "i"),
        edge("HAS_TASK", "p", "t", "h"),
        edge("HAS_ACTION", "t", "a", "x"),
        *things,
    ]


def lead_of(code: str, mandate: str) -> list[Node | Edge]:
    unit = department(mandate, code, mandate)
    return [unit, role("LEADS", unit.id, "t")]


CITY, PREFECTURE, PROVINCE = "652301", "652300", "650000"
SCIENCE = lead_of(CITY, "科技局")


class TestExpectedAbsent:
    COLUMNS = ("number", "words", "bodies", "list")

    def test_the_seed(self, changji: Workspace) -> None:
        """Read for each subject of the table in the 13 tasks, and for the units of each.

        （二） 融资. （六） 研学旅游, 智慧旅游, 文化创意 without 文旅局, which supports （五） and （十二）; 科普 without 科协, which is
        nowhere in the plan. 朗青畜牧 is the name of a firm. （九） 职称: 人社局 may be one of 各成员单位. 高校 in （一） and （七） are no
        city's. Covered: 环保 in （六） by the prefecture's branch in the city, 专精特新 by 商务和工信局, the rest by name.
        """
        told = rows(changji, "expected-absent", *self.COLUMNS)
        assert told == [
            ("（二）", ["融资"], ["昌吉市金融办"], "complete"),
            ("（六）", ["旅游", "文化创意"], ["昌吉市文旅局"], "complete"),
            ("（六）", ["科普"], ["昌吉市科协"], "complete"),
            ("（九）", ["职称"], ["昌吉市人社局"], "open"),
            ("（十二）", ["科普"], ["昌吉市科协"], "complete"),
            ("（十三）", ["科普", "科学素质"], ["昌吉市科协"], "complete"),
        ]
        assert_proven(changji, "expected-absent")

    def test_its_findings(self, changji: Workspace) -> None:
        told = [f for f in changji.findings() if f.rule == "expected-absent"]
        assert len({f.id for f in told}) == len(told) == 5
        assert told[1].statement.zh == "“推动民生领域科技创新”讲到旅游、文化创意，分工中没有昌吉市文旅局，疑似缺位"
        assert "possibly missing" in told[1].statement.en
        assert told[1].quotes == (
            "依托特变电工、笑厨、朗青畜牧等科普教育基地，组织研学旅游。",
            "研究低碳环保技术，发展智慧旅游，推进智慧旅游综合展示平台、文化创意产业公共技术服务平台建设。",
        )

    @pytest.mark.parametrize(
        ("unit", "missing"),
        [
            (lead_of(CITY, "文旅局"), []),
            (lead_of(CITY, "文体广旅局"), []),  # another name for the same mandate
            (lead_of(CITY, "教育和文旅局"), []),  # a joint body
            (lead_of(CITY, "科技局"), ["昌吉市文旅局"]),
            (lead_of(PREFECTURE, "文旅局"), ["昌吉市文旅局"]),  # the prefecture's is another body
            (lead_of("652302", "文旅局"), ["昌吉市文旅局"]),  # so is the next city's
        ],
        ids=lambda value: "",
    )
    def test_a_body_is_known_by_level_place_and_mandate(
        self, opened: Opened, unit: list[Node | Edge], missing: list[str]
    ) -> None:
        told = found(opened(plan_of(CITY, "发展智慧旅游。", *unit)), "expected-absent", "bodies")
        assert told == ([(missing,)] if missing else [])

    def test_a_branch_in_the_place_has_its_parents_mandate(self, opened: Opened) -> None:
        parent, branch = (
            department("生态环境局", PREFECTURE, "生态环境局"),
            department("分局", PREFECTURE, "生态环境局昌吉市分局"),
        )
        things = [
            parent, branch, role("LEADS", branch.id, "t"), edge("PART_OF", branch.id, parent.id, "e1"),
            node("Region", f"Region:{CITY}"), node("Region", "Region:652302"),
        ]  # fmt: skip
        here = edge("LOCATED_IN", branch.id, f"Region:{CITY}", "e2")
        assert found(opened(plan_of(CITY, "治理污染。", *things, here)), "expected-absent", "bodies") == []
        there = edge("LOCATED_IN", branch.id, "Region:652302", "e2")
        told = found(opened(plan_of(CITY, "治理污染。", *things, there)), "expected-absent", "bodies")
        assert told == [(["昌吉市生态环境局"],)]

    def test_the_body_that_the_place_has_is_named(self, opened: Opened) -> None:
        joint = department("昌吉市教育和文旅局", CITY, "教育和文旅局")
        told = found(opened(plan_of(CITY, "发展智慧旅游。", *SCIENCE, joint)), "expected-absent", "bodies")
        assert told == [([joint.properties["name"]],)]

    def test_a_province_has_its_own_bodies_and_more_mandates(self, opened: Opened) -> None:
        things = plan_of(PROVINCE, "支持高校发展旅游。", *lead_of(PROVINCE, "科技厅"))
        assert found(opened(things), "expected-absent", "words", "bodies") == [
            (["旅游", "高校"], ["新疆维吾尔自治区文旅厅", "新疆维吾尔自治区教育厅"])
        ]  # both rest on one sentence: one row

    def test_a_plan_older_than_a_mandate(self, opened: Opened) -> None:
        for year, missing in ((2017, []), (2018, [(["旅游"],)])):
            things = plan_of(CITY, "发展旅游。", *SCIENCE, period_start=year)
            assert found(opened(things), "expected-absent", "words") == missing

    @pytest.mark.parametrize(
        ("group", "state"), [("昌吉市各有关部门", "open"), ("昌吉市各成员单位", "open"), ("昌吉市各乡镇", "complete")]
    )
    def test_groups_that_may_include_it(self, opened: Opened, group: str, state: str) -> None:
        things = [*SCIENCE, node("Collective", group), role("SUPPORTS", group, "t")]
        assert found(opened(plan_of(CITY, "发展旅游。", *things)), "expected-absent", "list") == [(state,)]

    def test_a_list_that_ends_in_and_others(self, opened: Opened) -> None:
        unit = department("科技局", CITY, "科技局")
        things = plan_of(CITY, "发展旅游。", unit, role("LEADS", unit.id, "t", open=True))
        assert found(opened(things), "expected-absent", "list") == [("open",)]

    def test_names_of_bodies_say_nothing(self, opened: Opened) -> None:
        firm = [node("Enterprise", "甲旅游公司"), edge("NAMES", "a", "甲旅游公司", "n", relation="")]
        assert found(opened(plan_of(CITY, "支持甲旅游公司做强。", *SCIENCE, *firm)), "expected-absent", "words") == []
        told = found(opened(plan_of(CITY, "支持甲旅游公司发展旅游。", *SCIENCE, *firm)), "expected-absent", "words")
        assert told == [(["旅游"],)]

    def test_the_heading_speaks_too(self, opened: Opened) -> None:
        things = plan_of(CITY, "做好工作。", *SCIENCE, title="发展旅游")
        assert found(opened(things), "expected-absent", "quote", "place", "evidence") == [
            (["发展旅游"], ["第1行"], ["t"])
        ]

    def test_what_is_not_judged(self, opened: Opened) -> None:
        """A task of nobody; and plans of the nation or of nobody, which a remark counts."""
        question = load_catalogue()["expected-absent"]
        nobodys = ask(opened(plan_of(CITY, "发展旅游。")), question, {})
        assert (nobodys.dicts(), nobodys.remarks) == ([], ())
        national = ask(opened(plan_of("100000", "发展旅游。", *SCIENCE)), question, {})
        assert (national.dicts(), [r.en[:7] for r in national.remarks]) == ([], ["1 plans"])


class TestTheTableOfMandates:
    def test_every_body_is_a_department_by_that_very_name(self) -> None:
        """But the two that the nation sends out, whose mandate is their parent's."""
        home, sent_out = region_table()[CITY], {"人民银行", "金融监管总局"}
        for function in load_functions():
            for body in set(function.bodies) - sent_out:
                told = identify(f"市{body}", home)
                assert (told.label, told.mandate, told.jurisdiction) == ("Department", body, home), body
        assert identify("人行昌吉州中心支行", home).parent.mandate == "人民银行"  # type: ignore[union-attr]

    def test_no_word_stands_twice_and_each_row_says_from_where(self) -> None:
        functions = load_functions()
        words = [word for function in functions for word in function.words]
        assert len(set(words)) == len(words)
        assert len(functions) == 46
        assert all(f.words and f.bodies and f.source and 1949 <= f.valid_from <= 2026 for f in functions)
        assert all(len(word) > 1 for word in words)
