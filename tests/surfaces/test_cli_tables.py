"""``map``, ``template`` and ``check --annotated`` as people use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_process import call
from openpyxl import load_workbook

import innograph

PLAN = innograph.sample("changji") / "plan.txt"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "a.csv"
    file.write_text("公司,公司地址,联系人\n甲有限公司,昌吉市,某\n,昌吉市,某\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "ws"
    assert call("init", folder, "--home", "652301", cwd=folder.parent).returncode == 0
    assert call("-w", folder, "load", PLAN, cwd=folder.parent).returncode == 0
    return folder


class TestMap:
    def test_the_mapping_goes_to_standard_output_the_rows_to_standard_error(self, roster: Path) -> None:
        done = call("map", roster, cwd=roster.parent)
        assert done.returncode == 0
        assert done.stdout.startswith("# Proposed by innograph map from a.csv")
        assert "Enterprise 甲有限公司" in done.stderr
        (roster.parent / "p.yaml").write_text(done.stdout, encoding="utf-8")
        again = call("check", roster, "--map", "p.yaml", "--format", "json", cwd=roster.parent)
        assert [row["code"] for row in json.loads(again.stdout)] == ["table.unmapped-column", "table.missing-value"]

    def test_to_a_file_that_then_loads(self, roster: Path, workspace: Path) -> None:
        done = call("-w", workspace, "map", roster, "-o", "p.yaml", cwd=roster.parent, lang="zh")
        assert done.returncode == 0
        assert "个人信息不进入图谱" in done.stdout
        assert "“公司”为空，该行未载入" in done.stdout
        loaded = call("-w", workspace, "load", roster, "--map", "p.yaml", "--no-build", cwd=roster.parent)
        assert loaded.returncode == 0, loaded.stderr
        assert "Enterprise 1" in loaded.stderr

    def test_as_json(self, roster: Path) -> None:
        done = call("map", roster, "--format", "json", "--rows", "1", cwd=roster.parent)
        (found,) = json.loads(done.stdout)
        assert found["pack"] == "enterprises"
        assert [one["key"] for one in found["columns"]] == ["name", "region"]
        assert [one["header"] for one in found["unmapped"]] == ["联系人"]
        (row,) = found["rows"]
        assert {
            "type": "Enterprise",
            "id": "Enterprise:652301/甲有限公司",
            "properties": {"name": "甲有限公司"},
        } in row["nodes"]
        assert found["yaml"].startswith("# ")

    def test_an_older_file_is_not_overwritten(self, roster: Path) -> None:
        old = roster.parent / "p.yaml"
        old.write_text("old", encoding="utf-8")
        done = call("map", roster, "-o", "p.yaml", cwd=roster.parent)
        assert done.returncode == 1
        assert "--force" in done.stderr
        assert old.read_text(encoding="utf-8") == "old"
        assert call("map", roster, "-o", "p.yaml", "--force", cwd=roster.parent).returncode == 0
        assert old.read_text(encoding="utf-8") != "old"

    def test_never_over_the_table(self, roster: Path) -> None:
        before = roster.read_bytes()
        assert call("map", roster, "-o", roster, "--force", cwd=roster.parent).returncode == 1
        assert roster.read_bytes() == before

    def test_a_wrong_type(self, roster: Path) -> None:
        done = call("map", roster, "--type", "Enterprize", cwd=roster.parent)
        assert done.returncode == 2
        assert "Enterprise" in done.stderr

    def test_two_sheets_are_two_files(self, tmp_path: Path) -> None:
        made = call("template", "tiers", "enterprises", "-o", "t.xlsx", cwd=tmp_path)
        assert made.returncode == 0
        done = call("map", "t.xlsx", "-o", "p.yaml", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert {"p.yaml", "p-2.yaml"} <= {path.name for path in tmp_path.iterdir()}


class TestTemplate:
    def test_without_a_pack_they_are_listed(self, tmp_path: Path) -> None:
        done = call("template", "--format", "json", cwd=tmp_path)
        found = {row["pack"]: row for row in json.loads(done.stdout)}
        assert found["tiers"] == {"pack": "tiers", "title": "Enterprise tiers", "required": "Tier"}
        assert {"enterprises", "institutes", "platforms", "talents", "projects", "progress"} <= set(found)
        assert list(tmp_path.iterdir()) == []

    def test_all(self, tmp_path: Path) -> None:
        assert call("template", "--all", cwd=tmp_path, lang="zh").returncode == 0
        names = load_workbook(tmp_path / "templates.xlsx").sheetnames
        assert names[-1] == "填写说明"
        assert {"企业名单", "进展台账"} <= set(names)

    def test_progress_outside_a_workspace_is_empty(self, tmp_path: Path) -> None:
        assert call("template", "progress", cwd=tmp_path).returncode == 0
        sheet = load_workbook(tmp_path / "progress.xlsx").worksheets[0]
        assert sheet["A1"].value == "Indicator"
        assert sheet["A2"].value is None

    def test_progress_in_a_workspace_is_filled_with_the_plans_targets_and_loads(
        self, tmp_path: Path, workspace: Path
    ) -> None:
        done = call("-w", workspace, "template", "progress", cwd=tmp_path, lang="zh")
        assert done.returncode == 0, done.stderr
        book = load_workbook(tmp_path / "progress.xlsx")
        sheet = book.worksheets[0]
        places = {str(cell.value): cell.column for cell in sheet[1]}
        with innograph.Workspace(workspace) as opened:
            graph = opened.graph()
        wanted = {graph.nodes[e.target].properties["name"] for e in graph.edges.values() if e.type == "MEASURES"}
        targets = [node for node in graph.nodes.values() if node.label == "Target"]
        assert len(targets) == sheet.max_row - 1 > 0
        rows = range(2, sheet.max_row + 1)
        assert {sheet.cell(n, places["指标"]).value for n in rows} == wanted
        assert all(str(sheet.cell(n, places["目标编号"]).value).startswith("Target:") for n in rows)
        target = sheet.cell(2, places["目标编号"]).value
        sheet.cell(2, places["日期"], "2023-06-30")
        sheet.cell(2, places["完成值"], 48)
        sheet.delete_rows(3, sheet.max_row)
        book.save(tmp_path / "filled.xlsx")
        loaded = call("-w", workspace, "load", "filled.xlsx", "--no-build", cwd=tmp_path)
        assert loaded.returncode == 0, loaded.stderr
        with innograph.Workspace(workspace) as opened:
            graph = opened.graph()
        ends = {edge.target for edge in graph.edges.values() if edge.type == "REPORTS_ON"}
        assert target in ends

    def test_an_unknown_pack_names_the_nearest(self, tmp_path: Path) -> None:
        done = call("template", "enterprise", cwd=tmp_path)
        assert done.returncode == 2
        assert "enterprises" in done.stderr

    def test_an_older_file_is_not_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / "tiers.xlsx").write_bytes(b"old")
        done = call("template", "tiers", cwd=tmp_path)
        assert done.returncode == 1
        assert (tmp_path / "tiers.xlsx").read_bytes() == b"old"


class TestAnnotated:
    def test_the_copy_is_written_and_said(self, roster: Path) -> None:
        done = call("check", roster, "--map", "enterprises", "--annotated", "o.xlsx", cwd=roster.parent)
        assert done.returncode == 1  # 公司 is no header of that pack
        roster.write_text("企业名称,从业人数\n甲公司,x\n", encoding="utf-8")
        done = call("check", roster, "--annotated", "o.xlsx", cwd=roster.parent)
        assert done.returncode == 0
        assert "o.xlsx" in done.stderr
        book = load_workbook(roster.parent / "o.xlsx")
        assert book.sheetnames == ["Issues", "a"]
        assert book["a"]["B2"].comment

    def test_a_plan_has_no_cells(self, tmp_path: Path) -> None:
        done = call("check", PLAN, "--annotated", "o.xlsx", cwd=tmp_path)
        assert done.returncode == 1
        assert "a plan" in done.stderr
        assert not (tmp_path / "o.xlsx").exists()

    def test_one_file_at_a_time(self, roster: Path) -> None:
        done = call("check", roster, PLAN, "--annotated", "o.xlsx", cwd=roster.parent)
        assert done.returncode == 2

    def test_another_kind_of_output(self, roster: Path) -> None:
        done = call("check", roster, "--annotated", "o.csv", cwd=roster.parent)
        assert done.returncode == 1
        assert ".xlsx" in done.stderr

    def test_a_summary_by_code_before_many_issues(self, roster: Path) -> None:
        roster.write_text("企业名称,从业人数\n" + "甲公司,x\n" * 21, encoding="utf-8")
        lines = call("check", roster, cwd=roster.parent).stdout.splitlines()
        assert lines[0] == str(roster)
        assert lines[1].split() == ["Severity", "Count", "First", "Doubt", "(the", "first)", "Code"]
        assert lines[3].split()[:6] == ["error", "21", "row", "2", "column", "2"]
        roster.write_text("企业名称,从业人数\n" + "甲公司,x\n" * 20, encoding="utf-8")
        assert call("check", roster, cwd=roster.parent).stdout.splitlines()[0].split()[0] == "File"
