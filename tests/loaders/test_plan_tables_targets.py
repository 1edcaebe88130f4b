"""Tables of indicators, and other tables that stand in plans."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan_table_samples import RESPONSIBLE, TITLE, document_of, figures, plan_of, tasks

from innograph.graph.errors import NotAPlan
from innograph.graph.records import NodeAssertion
from innograph.loaders.plan.emit import assertions_of
from innograph.loaders.plan.export import to_json
from innograph.loaders.plan.tables.unread import advice

TEXT = [TITLE, "一、任务", "（一）建平台。建设平台。（责任单位：市科技局）"]


class TestTargets:
    @pytest.mark.parametrize(
        ("deadline", "year"),
        [("2025年底", 2025), ("2025年12月底前", 2025), ("长期", None), ("每年", None), ("2024年至2026年", 2026)],
    )
    def test_the_deadline_is_the_targets(self, deadline: str, year: int | None) -> None:
        plan = plan_of(
            ["任务", "工作目标", "责任单位", "完成时限"], ["育企业", "培育企业50家以上。", "市科技局", deadline]
        )
        (task,) = plan.tasks
        assert task.deadline == deadline
        assert [(t.comparator, t.value, t.unit, t.year) for t in task.targets] == [(">=", 50, "家", year)]
        assert to_json(plan)["tasks"][0]["deadline"] == deadline

    def test_a_year_of_its_own_comes_first(self) -> None:
        plan = plan_of(
            ["任务", "工作目标", "责任单位", "完成时限"], ["育企业", "到2024年，培育企业50家。", "市科技局", "2025年底"]
        )
        assert [(t.value, t.year) for t in plan.tasks[0].targets] == [(50, 2024)]

    def test_indicators_that_nobody_is_named_for_are_the_plans(self) -> None:
        plan = plan_of(
            ["序号", "指标", "单位", "2024年", "2025年"],
            ["1", "高新技术企业", "家", "50", "60"],
            ["2", "研发投入强度", "%", "1.5", "2"],
            above=[*TEXT, "主要指标表"],
        )
        assert figures(plan.targets) == [
            ("高新技术企业", "=", 50, "家", 2024),
            ("高新技术企业", "=", 60, "家", 2025),
            ("研发投入强度", "=", 1.5, "%", 2024),
            ("研发投入强度", "=", 2, "%", 2025),
        ]
        assert tasks(plan) == [("建平台", {RESPONSIBLE: ["市科技局"]})]

    def test_what_there_is_already_is_no_target(self) -> None:
        plan = plan_of(["指标", "2020年现状值", "2025年目标值", "责任单位"], ["企业数量", "30家", "60家", "市科技局"])
        assert figures(plan.tasks[0].targets) == [("企业数量", "=", 60, "家", 2025)]

    def test_the_year_of_the_caption(self) -> None:
        plan = plan_of(
            ["指标", "目标值", "责任单位"], ["企业数量", "60家", "市科技局"], above=[TITLE, "2027年主要指标表"]
        )
        assert figures(plan.tasks[0].targets) == [("企业数量", "=", 60, "家", 2027)]


class TestOtherTables:
    ROSTER = (["姓名", "职务", "电话"], ["某甲", "组长", "1"], ["某乙", "组员", "2"])

    def test_a_table_that_is_none_of_tasks_is_told(self) -> None:
        plan = plan_of(*self.ROSTER, above=TEXT)
        assert tasks(plan) == [("建平台", {RESPONSIBLE: ["市科技局"]})]
        assert [(i.values["rows"], i.place.table) for i in plan.issues if i.code == "plan.table-unread"] == [(3, 1)]

    @pytest.mark.parametrize(
        ("rows", "headers", "nearest"),
        [
            ([["姓名", "电话"], ["甲", "1"]], "姓名、电话", "责任单位"),
            ([["人员表", "<"], ["任务", "牵头的单位"], ["甲", "1"]], "任务、牵头的单位", "牵头单位"),
            ([["一", ""], ["二", ""]], "", "责任单位"),
        ],
    )
    def test_its_headers_are_told_and_what_one_should_be(
        self, rows: list[list[str]], headers: str, nearest: str
    ) -> None:
        (issue,) = (issue for issue in plan_of(*rows, above=TEXT).issues if issue.code == "plan.table-unread")
        assert (issue.values["headers"], issue.values["nearest"]) == (headers, nearest)

    @pytest.mark.parametrize(
        ("name", "rows", "words"),
        [
            ("a.xlsx", [["任务", "管的"], ["建平台", "某局"]], "表格的表头是：任务、管的"),
            ("a.wps", [], "可能已丢失"),
            ("a.docx", [], None),
        ],
    )
    def test_what_a_file_that_is_no_plan_lacks(self, name: str, rows: list[list[str]], words: str | None) -> None:
        said = advice(replace(document_of(*rows), name=name, tables=document_of(*rows).tables if rows else ()))
        assert (said is None) if words is None else (said is not None and words in said.zh)

    def test_alone_it_is_no_plan(self) -> None:
        with pytest.raises(NotAPlan):
            plan_of(*self.ROSTER)

    @pytest.mark.parametrize("rows", [([],), (["责任单位"],), (["", ""], ["", ""]), (["任务", "责任单位"],)])
    def test_tables_with_nothing_in_them(self, rows: tuple[list[str], ...]) -> None:
        assert tasks(plan_of(*rows, above=TEXT)) == [("建平台", {RESPONSIBLE: ["市科技局"]})]

    @pytest.mark.parametrize(
        ("rows", "title"),
        [
            ([["昌吉市任务分工方案", "<"], ["任务", "责任单位"], ["建平台", "市科技局"]], "昌吉市任务分工方案"),
            ([["任务", "责任单位"], ["建平台", "市科技局"]], "a"),
        ],
    )
    def test_a_file_of_tables_has_a_title_too(self, rows: list[list[str]], title: str) -> None:
        plan = plan_of(*rows, above=[])
        assert (plan.head.title, plan.key) == (title, title)
        (node,) = (a for a in assertions_of(plan) if isinstance(a, NodeAssertion) and a.label == "Plan")
        assert (node.id, node.evidence.quote) == (f"Plan:{title}", rows[0][0])

    def test_text_and_table_are_both_read(self) -> None:
        plan = plan_of(["任务", "责任单位"], ["引人才", "市人社局"], above=[*TEXT, "附件1", "任务分工表"])
        assert tasks(plan) == [("建平台", {RESPONSIBLE: ["市科技局"]}), ("引人才", {RESPONSIBLE: ["市人社局"]})]
        assert [t.table for t in plan.tasks] == [None, "任务分工表"]
