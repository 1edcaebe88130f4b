"""Who owns the rows of a table of tasks."""

from __future__ import annotations

import pytest
from plan_table_samples import LEADS, RESPONSIBLE, SUPPORTS, TITLE, document_of, plan_of, tasks

from innograph.loaders.plan import parse
from innograph.loaders.plan.model import Role


class TestOwners:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            (
                "牵头单位：市科技局\n配合单位：市财政局、人社局",
                {LEADS: ["市科技局"], SUPPORTS: ["市财政局", "市人社局"]},
            ),
            ("牵头：市科技局 配合：市财政局", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]}),
            ("市科技局牵头，市财政局配合", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]}),
            ("市科技局（牵头）\n市财政局", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]}),
            ("市科技局\n市市场监督\n管理局", {RESPONSIBLE: ["市科技局", "市市场监督管理局"]}),
            ("市科技局 财政局", {RESPONSIBLE: ["市科技局", "市财政局"]}),
            ("市科技局会同市财政局", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]}),
            ("（牵头）市商务局\n（配合）市发改委", {LEADS: ["市商务局"], SUPPORTS: ["市发改委"]}),
            (
                "（主办）市商务局、（协办单位）市发改委、财政局",
                {LEADS: ["市商务局"], SUPPORTS: ["市发改委", "市财政局"]},
            ),
            ("[牵头]市商务局，[参与]市发改委", {LEADS: ["市商务局"], SUPPORTS: ["市发改委"]}),
        ],
    )
    def test_roles_inside_a_cell(self, cell: str, expected: dict[Role, list[str]]) -> None:
        assert tasks(plan_of(["任务", "责任单位"], ["建平台", cell])) == [("建平台", expected)]

    @pytest.mark.parametrize(
        "cell",
        [
            "市科技局（张三）、财政局（李四海）",
            "市科技局 张三\n财政局 李四海",
            "市科技局：张三；财政局：李四海 0994-1234567",
            "责任单位：市科技局、财政局\n责任人：张三",
            "市科技局局长张三、财政局副局长李四海",
        ],
    )
    def test_people_beside_units_are_none(self, cell: str) -> None:
        plan = plan_of(["任务", "责任单位及责任人"], ["建平台", cell])
        assert tasks(plan) == [("建平台", {RESPONSIBLE: ["市科技局", "市财政局"]})]
        for unit in plan.tasks[0].units(RESPONSIBLE):
            assert plan.document.quote(unit.span) == unit.written == unit.canonical[-len(unit.written) :]

    def test_places_beside_people_stay(self) -> None:
        plan = plan_of(["任务", "牵头盟市及责任人"], ["建平台", "包头市 张三、各县（市、区）政府"])
        assert tasks(plan) == [("建平台", {LEADS: ["包头市", "各县（市、区）政府"]})]

    def test_units_inside_other_cells(self) -> None:
        plan = plan_of(
            ["序号", "工作任务", "工作目标", "责任单位"],
            ["1", "建平台（市科技局牵头）", "", "各乡镇"],
            ["2", "引人才", "引进5人。（责任单位：市人社局）", ""],
        )
        assert tasks(plan) == [
            ("建平台", {LEADS: ["市科技局"], RESPONSIBLE: ["各乡镇"]}),
            ("引人才", {RESPONSIBLE: ["市人社局"]}),
        ]

    @pytest.mark.parametrize(
        ("above", "last_row", "below"),
        [
            ([TITLE, "责任单位列第一位的为牵头单位。"], None, None),
            (None, ["注：列首位的为牵头单位", "<"], None),
            (None, None, ["注：责任单位中排在第一位的为牵头单位。"]),
        ],
    )
    def test_the_rule_of_position(
        self, above: list[str] | None, last_row: list[str] | None, below: list[str] | None
    ) -> None:
        rows = [["建平台", "市科技局、财政局"], ["引人才", "市人社局"], *filter(None, [last_row])]
        plan = plan_of(["任务", "责任单位"], *rows, above=above, below=below)
        assert tasks(plan) == [
            ("建平台", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]}),
            ("引人才", {LEADS: ["市人社局"]}),
        ]

    def test_the_rule_in_the_header(self) -> None:
        plan = plan_of(["任务", "责任单位（列第一位的为牵头单位）"], ["建平台", "市科技局、财政局"])
        assert tasks(plan) == [("建平台", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]})]

    def test_each_unit_stands_in_its_cell(self) -> None:
        document = document_of(["任务", "责任单位"], ["建平台", "市科技局、财政局"])
        (task,) = parse(document).tasks
        places = [document.locate(u.span) for u in task.units(RESPONSIBLE)]
        assert [(p.table, p.row, p.column) for p in places] == [(1, 2, 2), (1, 2, 2)]
