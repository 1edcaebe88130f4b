"""Tables pasted as text: told, and never taken for prose."""

from __future__ import annotations

from innograph.loaders.document import document_of_lines
from innograph.loaders.plan import parse


class TestFlatTables:
    CELLS = "\n".join(f"{n}\n智慧农业\n建设数字农场\n{n}0个以上\n县农业农村局" for n in range(1, 5))
    BODY = "博爱县行动方案\n一、任务\n（一）建平台。做平台。（县科技局负责）\n"

    def test_a_table_pasted_a_cell_a_line_is_told_and_is_no_prose(self) -> None:
        plan = parse(
            document_of_lines("a.txt", f"{self.BODY}附1\n序号\n领域\n工作指标\n目标值\n责任单位\n{self.CELLS}")
        )
        assert [task.section.title for task in plan.tasks] == ["建平台"]
        assert [target.value for task in plan.tasks for target in task.targets] == []
        assert [(i.place.line, i.quote[:5]) for i in plan.issues if i.code == "plan.flat-table"] == [(5, "序号 领域")]

    def test_a_table_with_gaps_for_columns_too(self) -> None:
        rows = "\n".join(f" {n}   智慧农业   建设数字农场   {n}0个以上   县农业农村局" for n in range(1, 14))
        header = "序号   领域   工作指标   目标值   责任单位"
        plan = parse(document_of_lines("a.txt", f"{self.BODY}附1\n{header}\n{rows}"))
        assert [target.value for task in plan.tasks for target in task.targets] == []
        assert "plan.flat-table" in {issue.code for issue in plan.issues}

    def test_short_lines_of_prose_are_none(self) -> None:
        lines = "\n".join(f"序号{n}" for n in range(20))
        plan = parse(document_of_lines("a.txt", f"{self.BODY}{lines}"))
        assert "plan.flat-table" not in {issue.code for issue in plan.issues}
