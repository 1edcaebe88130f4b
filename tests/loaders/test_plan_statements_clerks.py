"""The forms in which clerks write who is responsible, and where the rule of position holds."""

from __future__ import annotations

import pytest
from statement_samples import LEADS, RESPONSIBLE, SUPPORTS, assigned, plan_of, texts

from innograph.loaders.plan.model import Role

TASK = "湖州市科技行动方案\n一、重点任务\n（一）建设平台。建设平台2个。"
Roles = list[tuple[Role, list[str]]]


def of_task(said: str) -> Roles:
    """Who is responsible for the plan's only task, after which ``said`` stands."""
    (task,) = plan_of(f"{TASK}{said}").tasks
    assert [plan_of(TASK + said).document.quote(s) for s in task.sentences] == ["建设平台2个。"]
    return [(a.role, [u.canonical for u in a.units]) for a in task.assignments]


class TestFormsOfClerks:
    @pytest.mark.parametrize("mark", ["；", "，", "。"])
    @pytest.mark.parametrize("break_", ["", "\n"])
    def test_who_leads_stands_before_the_first_label(self, mark: str, break_: str) -> None:
        assert of_task(f"{break_}省工信厅、省数据局牵头{mark}责任单位：各市人民政府") == [
            (LEADS, ["省工信厅", "省数据局"]),
            (RESPONSIBLE, ["各市人民政府"]),
        ]

    def test_prose_before_a_label_is_no_unit(self) -> None:
        text = "建平台，由专家牵头；责任单位：市科技局"
        assert assigned(text) == [(RESPONSIBLE, ["市科技局"])]

    @pytest.mark.parametrize("mark", ["；", "，"])
    def test_a_verb_behind_a_mark_is_not_of_the_label_before_it(self, mark: str) -> None:
        assert of_task(f"\n牵头单位：市科技局{mark}市工信局、财政局配合") == [
            (LEADS, ["市科技局"]),
            (SUPPORTS, ["市工信局", "市财政局"]),
        ]
        assert of_task("（市科技局；市工信局配合）") == [(RESPONSIBLE, ["市科技局"]), (SUPPORTS, ["市工信局"])]

    @pytest.mark.parametrize(
        ("said", "units"),
        [
            ("\n（责任单位：市科技局\n市财政局）", ["市科技局", "市财政局"]),
            ("\n责任单位：市科技局\n市财政局", ["市科技局", "市财政局"]),
            (
                "\n责任单位:省人才办、省教育厅\n　　省科技厅、各市（州）人民政府",
                ["省人才办", "省教育厅", "省科技厅", "各市（州）人民政府"],
            ),
        ],
    )
    def test_a_line_of_nothing_but_units_goes_on_with_the_list(self, said: str, units: list[str]) -> None:
        assert of_task(said) == [(RESPONSIBLE, units)]

    @pytest.mark.parametrize("line", ["湖州市科学技术局", "组织企业家、市科技局", "2026年3月2日"])
    def test_other_lines_do_not(self, line: str) -> None:
        assert assigned(f"建平台。\n责任单位：市人社局\n{line}") == [(RESPONSIBLE, ["市人社局"])]

    @pytest.mark.parametrize(
        ("said", "deadline"),
        [
            ("（市科技局牵头，市财政局配合，2026年12月底前完成）", "2026年12月底前"),
            ("（2026年12月底前完成，市科技局牵头，市财政局配合）", "2026年12月底前"),
            ("市科技局牵头，市财政局配合，2026年底前完成。", "2026年底前"),
            ("该项任务由市科技局牵头，市财政局配合，于2026年6月底前完成。", "2026年6月底前"),
            ("（完成时限：2026年6月；市科技局牵头，市财政局配合）", "2026年6月"),
            ("（完成时间：2026年6月底前，牵头单位：市科技局，配合单位：市财政局）", "2026年6月底前"),
            ("（牵头单位：市科技局，完成时间：2026年6月底前，配合单位：市财政局）", "2026年6月底前"),
            ("（市科技局牵头，市财政局配合）", None),
        ],
    )
    def test_a_deadline_among_the_units(self, said: str, deadline: str | None) -> None:
        (task,) = plan_of(f"{TASK}{said}").tasks
        assert task.deadline == deadline
        assert of_task(said) == [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            (
                "（市交通运输局负责；金塔县、敦煌市配合）",
                [(RESPONSIBLE, ["市交通运输局"]), (SUPPORTS, ["金塔县", "敦煌市"])],
            ),
            (
                "（市科技局、财政局、教育局和各区（县、市））",
                [(RESPONSIBLE, ["市科技局", "市财政局", "市教育局", "各区（县、市）"])],
            ),
            ("牵头单位为市科技局，配合单位为市财政局。", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
            ("牵头单位是市科技局，配合单位是市财政局。", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
            ("此项工作由市科技局牵头，市财政局参与。", [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]),
        ],
    )
    def test_sentences(self, said: str, expected: Roles) -> None:
        assert of_task(said) == expected

    @pytest.mark.parametrize("text", ["牵头单位为市级部门的，要建平台。", "责任单位为各区重点企业提供服务。"])
    def test_a_word_for_units_in_prose_is_no_label(self, text: str) -> None:
        assert assigned(text) == []

    @pytest.mark.parametrize("bracket", ["［{}］", "{{{}}}", "「{}」", "<{}>", "《{}》", "〈{}〉", "｛{}｝"])
    def test_brackets_for_other_things(self, bracket: str) -> None:
        expected = [(LEADS, ["市科技局"]), (SUPPORTS, ["市财政局"])]
        for content in ("牵头单位：市科技局，配合单位：市财政局", "市科技局牵头，市财政局配合"):
            assert of_task(bracket.format(content)) == expected

    @pytest.mark.parametrize("text", ["印发《市科技局》。", "做到<市科技局>。", "推进「市科技局牵头制定的办法」落地。"])
    def test_what_such_brackets_otherwise_hold(self, text: str) -> None:
        assert assigned(text) == []

    def test_a_bracket_before_the_full_stop_without_a_verb(self) -> None:
        assert assigned("建平台（市科技局）。") == [(RESPONSIBLE, ["市科技局"])]
        assert texts("建平台（市科技局、财政局）。") == [["建平台"]]
        # Behind units it only says which they are.
        assert assigned("会商有关部门（市科技局）。") == []

    @pytest.mark.parametrize(
        "said",
        [
            "责任单位 市科技局",
            "责任单位市科技局",
            "（高新区（新吴区）、市科技局，六月底）",
            "市科技局负责把平台建好。",
            "建好平台（某项目组、市科技局）。",
            "会商有关部门（市科技局）。",
        ],
    )
    def test_what_may_assign_and_is_not_read_is_reported(self, said: str) -> None:
        plan = plan_of(f"{TASK}{said}\n（二）引进人才。引进人才2名。（市人社局负责）")
        assert plan.tasks[0].assignments == ()
        (unread,) = [i for i in plan.issues if i.code == "plan.assignment-unread"]
        assert "市科技局" in unread.quote


class TestWhereTheRuleHolds:
    @staticmethod
    def _leads(*said: str, head: str = "", end: str = "") -> list[list[str]]:
        tasks = "".join(f"\n（{n}）平台{n}。建设平台2个。{s}" for n, s in zip("一二三", said, strict=True))
        plan = plan_of(f"湖州市科技行动方案\n{head}一、重点任务{tasks}{end}")
        return [[u.canonical for u in task.units(LEADS)] for task in plan.tasks]

    UNITS = "责任单位：市科技局、市财政局"

    @pytest.mark.parametrize(
        "said",
        [
            f"（{UNITS}，列第一位的为牵头单位，下同）",
            f"（{UNITS}）（列第一位的为牵头单位，下同）",
            f"\n{UNITS}。\n（列第一位的为牵头单位，下同）",
        ],
    )
    def test_from_here_on(self, said: str) -> None:
        brackets = f"（{self.UNITS}）"
        assert self._leads(brackets, said, brackets) == [[], ["市科技局"], ["市科技局"]]

    @pytest.mark.parametrize(
        "rule",
        ["（列第一位的均为牵头单位，下同）", "（各项任务中列第一位的为牵头单位）", "\n注：列第一位的为牵头单位，下同"],
    )
    def test_for_all(self, rule: str) -> None:
        brackets = f"（{self.UNITS}）"
        assert self._leads(brackets, brackets, brackets, end=rule) == [["市科技局"]] * 3
        assert self._leads(brackets, brackets, brackets, head=f"{rule.strip()}\n") == [["市科技局"]] * 3
