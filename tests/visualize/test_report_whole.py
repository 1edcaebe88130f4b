"""What a report must not lose: every unit and task on paper, a page in full, and which plans there are to report on."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from click.testing import CliRunner

import innograph
from innograph.cli import cli
from innograph.graph.text import use_language
from innograph.visualize.matrix import Cell, Matrix, Row
from innograph.visualize.reports import draft, proof
from innograph.visualize.reports.build import Chosen, NamedOnly, build_report
from innograph.visualize.reports.facts import matrix_tables
from innograph.visualize.reports.model import Evidence, Items, MatrixTable, Report, Section, Table
from innograph.visualize.reports.page import report_html
from innograph.visualize.reports.word import report_docx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from innograph.visualize.reports.facts import Facts

DAY = dt.date(2026, 11, 23)
NUMBERS = "一二三四五六七八九"
PLAN = "石城市{name}行动方案（2023—2025年）\n\n二、重点任务\n"
TASK = "\n（{number}）办好活动{number}。\n\n牵头单位：{lead}\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[innograph.Workspace]:
    with innograph.Workspace.create(tmp_path_factory.mktemp("whole") / "ws") as made:
        made.load(innograph.sample("changji") / "plan.txt")
        yield made


def report_of(workspace: innograph.Workspace, chosen: Chosen | None = None, *, paged: bool = True) -> Report:
    with use_language("zh"):
        return build_report(workspace, chosen, day=DAY, paged=paged)


def annex(report: Report, heading: str) -> Section:
    return next(section for section in report.annexes if section.heading == heading)


def test_every_unit_and_task_of_every_plan_is_in_a_table(tmp_path: Path) -> None:
    towns = [f"第{tens}{ones}中学" for tens in NUMBERS[:7] for ones in NUMBERS]  # 63 units: thirty, thirty and three
    large = PLAN.format(name="教育") + TASK.format(number="一", lead="、".join(towns))
    small = PLAN.format(name="文化") + TASK.format(number="一", lead="市文旅局")
    with innograph.Workspace.create(tmp_path / "ws") as made:
        for name, text in (("a", large), ("b", small)):
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
            made.load(tmp_path / f"{name}.txt")
        report = report_of(made)
    blocks = annex(report, "任务责任矩阵").blocks
    (culture,) = [one for one in blocks if isinstance(one, MatrixTable) and "文化" in one.plans[0][0]]
    wide = [one for one in blocks if isinstance(one, MatrixTable) and "教育" in one.plans[0][0]]
    assert [len(one.units) for one in wide] == [30, 30, 3]
    assert {unit.removeprefix("石城市") for one in wide for unit in one.units} == set(towns)
    assert [one.note for one in wide] == ["单位第1—30个，共63个", "单位第31—60个，共63个", "单位第61—63个，共63个"]
    assert len(culture.units) == 1
    assert report.title == "《石城市教育行动方案（2023—2025年）》等2份文件责任分工与问题分析报告"
    assert report_docx(report)
    assert all(town in report_html(report) for town in towns)


def test_tasks_of_a_plan_that_names_no_unit_are_listed() -> None:
    tasks = [Row("（一）", "办好展会", "甲"), Row("（一）", "办好赛事", "乙"), Row("（二）", "办好论坛", "乙")]
    cell = Cell("lead", "牵头单位：市科技局", "第1行", "LEADS:1")
    facts = SimpleNamespace(matrix=Matrix(tasks, ["市科技局"], {(0, "市科技局"): cell}))
    with use_language("zh"):
        first, second = matrix_tables(cast("Facts", facts))
    assert isinstance(first, MatrixTable)
    assert first.plans[0][0] == "甲"
    assert isinstance(second, Table)
    assert second.heads == ("《乙》",)
    assert [row[0][0] for row in second.rows] == ["（一）办好赛事", "（二）办好论坛"]


def test_a_page_tells_all_where_paper_has_no_room(sample: innograph.Workspace) -> None:
    paper, screen = report_of(sample), report_of(sample, paged=False)
    assert "正文节选部分的全文" in [one.heading for one in paper.annexes]
    assert "正文节选部分的全文" not in [one.heading for one in screen.annexes]
    full = annex(paper, "正文节选部分的全文").sections
    for section in full:
        (whole,) = section.blocks
        (told,) = next(one for one in screen.body if one.heading == section.heading).blocks
        assert isinstance(whole, Items)
        assert told == whole


def test_a_report_of_a_plan_that_is_only_named_says_what_to_load(sample: innograph.Workspace) -> None:
    named = "MATCH (p:Plan) WHERE NOT (p)-[]->() RETURN p.id AS id"
    (row,) = sample.store().query(named).dicts()
    with use_language("zh"), pytest.raises(NamedOnly, match=r"没有载入，只是被《昌吉市.*》点到名称.*innograph load"):
        build_report(sample, Chosen(plan=row["id"]))


def test_how_much_is_listed_and_quoted_is_limited(sample: innograph.Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (listed,) = annex(report_of(sample), "问题清单").blocks
    assert isinstance(listed, Table)
    count = len(sample.findings())
    assert (draft.MOST_FINDINGS, proof.MOST_QUOTES) == (100, 4)
    for most, rows, note in ((count, count, ""), (count - 1, count - 1, f"列出前{count - 1}条，共{count}条")):
        monkeypatch.setattr(draft, "MOST_FINDINGS", most)
        (listed,) = annex(report_of(sample), "问题清单").blocks
        assert isinstance(listed, Table)
        assert len(listed.rows) == rows
        assert listed.note.startswith(note)
        assert bool(listed.note) is bool(note)
    monkeypatch.setattr(proof, "MOST_QUOTES", 1)
    (one,) = annex(report_of(sample), "证据").blocks
    monkeypatch.setattr(proof, "MOST_QUOTES", 4)
    (four,) = annex(report_of(sample), "证据").blocks
    assert isinstance(one, Evidence)
    assert isinstance(four, Evidence)
    assert len(one.quotes) < len(four.quotes)


def test_the_command_takes_a_state_and_a_day(sample: innograph.Workspace, tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    asked = ["-w", str(sample.folder), "--lang", "zh", "report", "-o", str(out), "--state", "confirmed"]
    done = CliRunner().invoke(cli, [*asked, "--as-of", "2024-12-31"])
    assert done.exit_code == 0, done.output
    text = out.read_text(encoding="utf-8")
    assert "数据截至2024年12月31日" in text
    assert "只列已确认的问题" in text
    assert "没有需要列出的问题" in text  # nobody confirmed any
