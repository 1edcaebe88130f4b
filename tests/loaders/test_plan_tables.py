"""Tables of tasks and indicators, built cell by cell: which column holds what, which rows are one, and who owns them."""

from __future__ import annotations

import pytest
from plan_table_samples import LEADS, RESPONSIBLE, SUPPORTS, TITLE, figures, plan_of, tasks, units

from innograph.loaders.plan import ParsedPlan
from innograph.loaders.plan.tables.columns import Column, column_of


class TestColumns:
    @pytest.mark.parametrize(
        ("words", "column"),
        [
            ("序号", Column.NUMBER),
            ("任务领域", Column.AREA),
            ("一级指标", Column.AREA),
            ("重点任务", Column.TASK),
            ("工作任务及措施", Column.TASK),
            ("主要举措", Column.TASK),
            ("项目名称", Column.TASK),
            ("指标名称", Column.INDICATOR),
            ("目标值", Column.VALUE),
            ("2027年目标值", Column.VALUE),
            ("2025年", Column.VALUE),
            ("2020年现状值", Column.BASELINE),
            ("计量单位", Column.MEASURE_UNIT),
            ("工作目标", Column.GOAL),
            ("牵头单位", Column.LEAD),
            ("牵 头\n部门", Column.LEAD),
            ("牵头单位（排名第一）", Column.LEAD),
            ("配合部门", Column.SUPPORT),
            ("责任单位", Column.RESPONSIBLE),
            ("牵头及配合单位", Column.RESPONSIBLE),
            ("完成时限", Column.DEADLINE),
            ("时间节点", Column.DEADLINE),
            ("备注", Column.OTHER),
            ("责任领导", Column.PERSON),
            ("分管市领导", Column.PERSON),
            ("联系人", Column.PERSON),
            ("责任单位及责任人", Column.RESPONSIBLE),
            ("牵头单位和责任领导", Column.LEAD),
            ("责任厅局", Column.RESPONSIBLE),
            ("牵头盟市", Column.LEAD),
            ("谁牵头", Column.LEAD),
            ("谁配合", Column.SUPPORT),
            ("市科技局", None),
        ],
    )
    def test_header_words(self, words: str, column: Column | None) -> None:
        assert column_of(words) is column

    @pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
    def test_columns_in_any_order(self, order: tuple[int, ...]) -> None:
        header = ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"]
        row = ["7", "建设平台2个", "市科技局、工信局", "市财政局等", "2025年底"]
        (task,) = plan_of([header[i] for i in order], [row[i] for i in order]).tasks
        assert (task.section.number, task.section.title, task.section.path) == ("7", "建设平台2个", "t1.1")
        assert units(task) == {LEADS: ["市科技局", "市工信局"], SUPPORTS: ["市财政局"]}
        assert (task.open, task.deadline, task.table) == (True, "2025年底", TITLE)
        assert figures(task.targets) == [("建设平台", "=", 2, "个", 2025)]

    def test_a_header_over_two_rows_with_years_below(self) -> None:
        plan = plan_of(
            ["序号", "指标名称", "目标值", "<", "<", "责任单位"],
            ["^", "^", "2024年", "2025年", "2026年", "^"],
            ["1", "高新技术企业（家）", "50", "60以上", "—", "市科技局"],
        )
        (task,) = plan.tasks
        assert figures(task.targets) == [
            ("高新技术企业", "=", 50, "家", 2024),
            ("高新技术企业", ">=", 60, "家", 2025),
        ]

    def test_a_header_over_two_rows_with_roles_below(self) -> None:
        plan = plan_of(
            ["序号", "任务", "责任分工", "<"],
            ["^", "^", "牵头单位", "配合单位"],
            ["1", "建平台", "市科技局", "市财政局"],
        )
        assert tasks(plan) == [("建平台", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]})]

    def test_a_header_over_two_rows_with_people_below(self) -> None:
        plan = plan_of(
            ["序号", "任务", "指标", "目标值", "责任分工", "<", "<"],
            ["^", "^", "^", "^", "责任领导", "责任单位", "配合单位"],
            ["1", "育企业", "科技型企业数", "50家", "张三", "市科技局", "市财政局、工信局"],
        )
        assert tasks(plan) == [("育企业", {RESPONSIBLE: ["市科技局"], SUPPORTS: ["市财政局", "市工信局"]})]
        assert figures(plan.tasks[0].targets) == [("科技型企业数", "=", 50, "家", None)]
        assert not any("张三" in plan.document.quote(span) for span in plan.tasks[0].sentences)

    def test_an_indicator_that_is_written_out(self) -> None:
        plan = plan_of(["任务", "主要指标", "责任单位"], ["育企业", "科技型企业达到50家", "市科技局"])
        assert figures(plan.tasks[0].targets) == [("科技型企业", ">=", 50, "家", None)]

    @pytest.mark.parametrize("swapped", [False, True])
    def test_the_coarser_of_two_columns_is_the_title(self, swapped: bool) -> None:
        rows = [["重点任务", "工作内容"], ["平台建设", "建公共平台"], ["企业引进", "引两家企业"]]
        units = ["责任单位", "市科技局", "市商务局"]
        plan = plan_of(*([*(row[::-1] if swapped else row), unit] for row, unit in zip(rows, units, strict=True)))
        assert [task.section.title for task in plan.tasks] == ["平台建设", "企业引进"]

    def test_a_title_row_above_the_header(self) -> None:
        plan = plan_of(
            ["昌吉市平台建设任务分工表", "<", "<"], ["序号", "任务", "责任单位"], ["1", "建平台", "市科技局"], above=[]
        )
        assert [(t.section.title, t.table) for t in plan.tasks] == [("建平台", "昌吉市平台建设任务分工表")]

    def test_unit_as_measure_and_unit_as_body(self) -> None:
        measured = plan_of(["指标", "单位", "2025年目标值", "责任单位"], ["研发投入强度", "%", "2", "市统计局"])
        assert figures(measured.tasks[0].targets) == [("研发投入强度", "=", 2, "%", 2025)]
        assert tasks(measured) == [("研发投入强度", {RESPONSIBLE: ["市统计局"]})]
        named = plan_of(["任务", "单位"], ["建平台", "市科技局"], ["引人才", "市人社局"])
        assert tasks(named) == [("建平台", {RESPONSIBLE: ["市科技局"]}), ("引人才", {RESPONSIBLE: ["市人社局"]})]


class TestRows:
    HEADER = ("序号", "任务", "责任单位")

    def rows(self, *rows: list[str], below: list[str] | None = None) -> ParsedPlan:
        return plan_of(list(self.HEADER), *rows, below=below)

    @pytest.mark.parametrize(
        ("first", "second", "areas"),
        [
            (["一、产业", "<", "<"], ["二、人才", "<", "<"], ["一、产业", "二、人才"]),
            (["产业", "<", "<"], ["人才", "<", "<"], ["产业", "人才"]),
            (["一、产业", "", ""], ["二、人才", "", ""], ["一、产业", "二、人才"]),
            (["一", "产业", ""], ["二", "人才", ""], ["产业", "人才"]),
            (["（一）", "产业", ""], ["（二）", "人才", ""], ["产业", "人才"]),
        ],
    )
    def test_section_rows(self, first: list[str], second: list[str], areas: list[str]) -> None:
        plan = self.rows(
            first, ["1", "建平台", "市科技局"], ["2", "建园区", "市工信局"], second, ["3", "引人才", "市人社局"]
        )
        assert [(t.section.number, t.section.title) for t in plan.tasks] == [
            ("1", "建平台"),
            ("2", "建园区"),
            ("3", "引人才"),
        ]
        assert [t.chapter.title for t in plan.tasks if t.chapter] == [areas[0], areas[0], areas[1]]

    def test_tasks_may_be_counted_in_characters(self) -> None:
        plan = self.rows(["一", "建平台", "市科技局"], ["二", "建园区", ""])
        assert tasks(plan) == [("建平台", {RESPONSIBLE: ["市科技局"]}), ("建园区", {RESPONSIBLE: ["市科技局"]})]

    def test_of_several_items_in_a_cell_the_first_is_the_title(self) -> None:
        cells = (
            "1.建平台2个；2.引企业3家。3.育人才。",
            "（1）建平台\n（2）引企业",
            "1.建2.0版平台",
            "1.建平台。另有3.5亿元",
        )
        plan = self.rows(*([str(i), cell, "市科技局"] for i, cell in enumerate(cells, start=1)))
        assert [task.section.title for task in plan.tasks] == [
            "建平台2个",
            "建平台",
            "建2.0版平台",
            "建平台。另有3.5亿元",
        ]
        said = [plan.document.quote(span) for span in plan.tasks[0].sentences]
        assert said == ["1.建平台2个；", "2.引企业3家。", "3.育人才。"]

    def test_repeated_headers_empty_rows_and_notes_are_no_tasks(self) -> None:
        plan = self.rows(
            ["1", "建平台", "市科技局"],
            list(self.HEADER),
            ["", "", ""],
            ["2", "引人才", "市人社局"],
            ["注：本表由市科技局解释", "<", "<"],
        )
        assert tasks(plan) == [("建平台", {RESPONSIBLE: ["市科技局"]}), ("引人才", {RESPONSIBLE: ["市人社局"]})]

    def test_row_numbers_count_where_no_column_does(self) -> None:
        plan = plan_of(
            ["任务", "责任单位"], ["1.建平台", "市科技局"], ["（2）引人才", "市人社局"], ["办活动", "市科协"]
        )
        assert [(t.section.number, t.section.title) for t in plan.tasks] == [
            ("1", "建平台"),
            ("2", "引人才"),
            ("3", "办活动"),
        ]

    def test_merged_cells_reach_over_their_rows(self) -> None:
        plan = plan_of(
            ["领域", "任务", "责任单位"],
            ["产业", "建平台", "市科技局"],
            ["^", "建园区", "^"],
            ["人才", "引人才", "市人社局"],
        )
        assert tasks(plan) == [
            ("建平台", {RESPONSIBLE: ["市科技局"]}),
            ("建园区", {RESPONSIBLE: ["市科技局"]}),
            ("引人才", {RESPONSIBLE: ["市人社局"]}),
        ]
        assert [t.chapter.title for t in plan.tasks if t.chapter] == ["产业", "产业", "人才"]

    def test_a_merged_title_is_one_task(self) -> None:
        plan = plan_of(
            ["重点任务", "2025年目标值", "责任单位"],
            ["建平台", "2个", "市科技局"],
            ["^", "3家", "市工信局"],
            ["引人才", "5人", "市人社局"],
        )
        assert tasks(plan) == [
            ("建平台", {RESPONSIBLE: ["市科技局", "市工信局"]}),
            ("引人才", {RESPONSIBLE: ["市人社局"]}),
        ]
        assert [[(t.value, t.unit) for t in task.targets] for task in plan.tasks] == [
            [(2, "个"), (3, "家")],
            [(5, "人")],
        ]

    def test_missing_merges_are_filled_from_above(self) -> None:
        plan = plan_of(
            ["领域", "任务", "牵头单位", "配合单位"],
            ["产业", "建平台", "市科技局", "市财政局"],
            ["", "建园区", "", ""],
            ["", "办活动", "市科协", ""],
            ["人才", "引人才", "市人社局", "无"],
            ["", "育团队", "", ""],
        )
        assert tasks(plan) == [
            ("建平台", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]}),
            ("建园区", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]}),
            ("办活动", {LEADS: ["市科协"]}),
            ("引人才", {LEADS: ["市人社局"]}),
            ("育团队", {LEADS: ["市人社局"]}),
        ]
        assert [t.chapter.title for t in plan.tasks if t.chapter] == ["产业", "产业", "产业", "人才", "人才"]

    @pytest.mark.parametrize("nobody", ["无", "—", "/", "-"])
    def test_nobody_supports(self, nobody: str) -> None:
        plan = plan_of(["任务", "牵头单位", "配合单位"], ["建平台", "市科技局", nobody])
        assert tasks(plan) == [("建平台", {LEADS: ["市科技局"]})]
        assert "plan.unit-unclear" not in {i.code for i in plan.issues}

    def test_nobody_at_all_is_told(self) -> None:
        plan = self.rows(["1", "建平台", "市科技局"], ["2", "引人才", "无"])
        assert [i.quote for i in plan.issues if i.code == "plan.no-assignment"] == ["引人才"]
