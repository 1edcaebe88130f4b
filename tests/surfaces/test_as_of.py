"""A day that is asked about is the same day on every surface: later reports of progress, and plans issued later, do not count."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from cli_process import call
from selectolax.lexbor import LexborHTMLParser
from workspace_samples import workspace_beside

from innograph import Workspace
from innograph.graph.errors import NothingFound
from innograph.visualize.exports.part import part_of
from innograph.visualize.reports.build import Chosen, build_report
from innograph.visualize.reports.page import report_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workbench_server import WorkbenchOf

# From 2025-01-01 to 2027-12-31 are 1094 days. 2026-03-31 is day 454: 41.5 %; 4 of 20 are short of 8.3, and 16 are missing.
# 2026-09-30 is day 637: 58.2 %; 19 of 20 are more than 11.6.
PLAN = """石城政办发〔2025〕3号
石城市科技创新行动方案（2025—2027年）

一、重点任务

（一）建设创新平台。到2027年，创新平台不少于20个。

牵头单位：石城市科技局

石城市人民政府办公室

2025年1月15日
"""
SHEET = "指标,日期,完成值,单位\n创新平台,2026-03-31,4,个\n创新平台,2026-09-30,19,个\n"
DAY, BEFORE, AFTER = "2026-06-30", "2025-01-14", "2040-01-01"
BEHIND = "落后：截至2026-03-31为4个，时间进度41.5%，距目标还差16个"
NOTHING_THEN = "此后印发的文件和其中的任务、此后报告的进展、当天不在有效期内的，都不计入"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"plan.txt": PLAN, "sheet.csv": SHEET}
    return workspace_beside(tmp_path_factory.mktemp("as-of"), files, *files)


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with Workspace(folder) as opened:
        yield opened


def standing(workspace: Workspace, as_of: str | None) -> tuple[object, ...]:
    (row,) = workspace.answer("target-progress", as_of=as_of).dicts()
    return (row["state"], row["reason"], row["reported"], row["date"], row["short"])


def behind(workspace: Workspace, as_of: str | None) -> list[str]:
    return [one.statement.zh for one in workspace.findings(as_of=as_of) if one.rule == "target-progress"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (None, ("on-course", None, 19, dt.date(2026, 9, 30), 1)),
        (DAY, ("behind", None, 4, dt.date(2026, 3, 31), 16)),
        ("2026-03-31", ("behind", None, 4, dt.date(2026, 3, 31), 16)),
        ("2026-03-30", ("unreported", None, None, None, None)),
        ("2026-09-30", ("on-course", None, 19, dt.date(2026, 9, 30), 1)),
        ("2028-01-01", ("uncountable", "after-deadline", 19, dt.date(2026, 9, 30), 1)),  # judged as of that day
    ],
)
def test_the_newest_report_by_that_day_counts(
    workspace: Workspace, as_of: str | None, expected: tuple[object, ...]
) -> None:
    assert standing(workspace, as_of) == expected


def test_the_note_names_the_day(workspace: Workspace) -> None:
    told = [remark.zh for remark in workspace.answer("target-progress", as_of=DAY).remarks]
    assert told[:2] == ["1个目标：落后1。", "按2026-06-30前（含当日）的报告计算。"]
    later = workspace.answer("target-progress", {"day": "2026-12-31"}, as_of=DAY).remarks
    assert [remark.zh for remark in later][1:3] == [
        "按2026-12-31前（含当日）的报告计算。",
        "用的是2026-06-30的图谱，此后的报告不计入。",
    ]


def test_findings_reports_and_exports_are_of_that_day(workspace: Workspace) -> None:
    assert behind(workspace, None) == []
    assert behind(workspace, DAY) == [f"“创新平台不少于20个”{BEHIND}"]
    of_day, of_today = (
        report_html(build_report(workspace, Chosen(as_of=day))) for day in (dt.date.fromisoformat(DAY), None)
    )
    assert BEHIND in LexborHTMLParser(of_day).text()
    assert "落后：" not in LexborHTMLParser(of_today).text()
    dates = [
        node.properties["date"] for node in part_of(workspace, as_of=DAY).nodes.values() if "date" in node.properties
    ]
    assert dates == [dt.date(2026, 3, 31)]


def test_the_command_line_and_the_workbench_agree(folder: Path, workbench_of: WorkbenchOf) -> None:
    found = call("-w", folder, "findings", "--rule", "target-progress", "--as-of", DAY, cwd=folder.parent, lang="zh")
    assert BEHIND in found.stdout.replace("\n", "")
    workbench = workbench_of(folder)
    (row,) = workbench.get(f"/q/target-progress.json?as_of={DAY}").json()["rows"]
    assert (row["state"], row["reported"], row["date"]) == ("behind", 4, "2026-03-31")
    register = LexborHTMLParser(workbench.get(f"/q/targets?as_of={DAY}").text)
    (standing_cell,) = [cell.text() for cell in register.css("main tbody td") if "完成" in cell.text()]
    assert "落后" in standing_cell
    assert "完成4个" in standing_cell


class TestADayWithoutPlans:
    def test_all_questions_answer_and_empty_ones_say_why(self, workspace: Workspace) -> None:
        answers = [
            workspace.answer(question.id, as_of=BEFORE)
            for question in workspace.catalogue()
            if not any(parameter.required for parameter in question.parameters)
        ]
        empty = [answer for answer in answers if not answer.rows.rows]
        assert {"matrix", "targets", "load", "target-progress"} <= {answer.question.id for answer in empty}
        for answer in empty:
            (told,) = [remark for remark in answer.remarks if NOTHING_THEN in remark.zh]
            assert f"the graph of {BEFORE}" in told.en, answer.question.id
        assert not [answer for answer in answers if answer.rows.rows and NOTHING_THEN in str(answer.remarks)]

    def test_what_came_later_is_not_found_and_the_message_names_the_day(self, workspace: Workspace) -> None:
        with pytest.raises(NothingFound, match=f"所查的是{BEFORE}的图谱"):
            workspace.answer("responsible", {"task": "建设创新平台"}, as_of=BEFORE)
        assert len(workspace.answer("responsible", {"task": "建设创新平台"}, as_of="2025-01-15").dicts()) == 1

    def test_pages_and_files(self, workspace: Workspace, workbench_of: WorkbenchOf) -> None:
        workbench = workbench_of(workspace.folder)
        for question in ("matrix", "targets", "target-progress", "due"):
            page = workbench.get(f"/q/{question}?as_of={BEFORE}")
            assert page.status_code == 200
            assert NOTHING_THEN in page.text, question
        assert workspace.findings(as_of=BEFORE) == []
        told = report_html(build_report(workspace, Chosen(as_of=dt.date.fromisoformat(BEFORE))))
        assert "数据截至2025年1月14日" in told


def test_long_after_every_plan_they_are_still_there(workspace: Workspace) -> None:
    assert len(workspace.answer("matrix", as_of=AFTER).dicts()) == 1
    assert standing(workspace, AFTER)[:2] == ("uncountable", "after-deadline")
