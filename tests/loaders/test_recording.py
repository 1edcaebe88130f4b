"""What a file says and the copy of it are kept together, also when a load is killed, refused or repeated."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from innograph.graph.errors import InputError, Refused, SamePlan
from innograph.graph.text import use_language
from innograph.workspace import Workspace

KILLED = """
import os, signal, sys
from innograph.graph.ledger import Archive
from innograph.workspace import Workspace

keep = Archive.keep

def keep_and_die(*args, **kwargs):
    keep(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

Archive.keep = keep_and_die
with Workspace(sys.argv[1]) as workspace:
    workspace.load(sys.argv[2])
"""
ROWS = "企业名称,从业人数\n甲公司,{count}\n"
PLAN = "某市科技行动方案\n一、建设平台。建设平台{count}家。\n牵头单位：市科技局\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws")


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def copies(workspace: Workspace) -> list[str]:
    return sorted(file.name for file in (workspace.folder / "sources").iterdir())


def name_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() + file.suffix


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
class TestKilled:
    """Between the copy and the end of the transaction."""

    def killed(self, workspace: Workspace, file: Path) -> None:
        done = subprocess.run([sys.executable, "-c", KILLED, str(workspace.folder), str(file)], check=False)
        assert done.returncode == -signal.SIGKILL
        assert workspace.status().sources == []
        assert name_of(file) in copies(workspace), "the kill came before the copy: the test shows nothing"

    def test_the_next_load_removes_the_copy(self, workspace: Workspace, tmp_path: Path) -> None:
        self.killed(workspace, written(tmp_path, "a.csv", ROWS.format(count=5)))
        other = written(tmp_path, "b.csv", ROWS.format(count=6))
        workspace.load(other)
        assert copies(workspace) == [name_of(other)]

    def test_the_same_file_can_be_loaded(self, workspace: Workspace, tmp_path: Path) -> None:
        file = written(tmp_path, "a.csv", ROWS.format(count=5))
        self.killed(workspace, file)
        workspace.load(file)
        assert copies(workspace) == [name_of(file)]

    def test_what_was_loaded_before_stays(self, workspace: Workspace, tmp_path: Path) -> None:
        """Also a copy that no source refers to: should the ledger be lost, it is what that is made from again."""
        first = written(tmp_path, "a.csv", ROWS.format(count=5))
        workspace.load(first)
        workspace.close()
        (workspace.folder / "ledger.sqlite").unlink()
        with Workspace.create(workspace.folder) as again:
            self.killed(again, written(tmp_path, "b.csv", ROWS.format(count=6)))
            third = written(tmp_path, "c.csv", ROWS.format(count=7))
            again.load(third)
            assert copies(again) == sorted([name_of(first), name_of(third)])


class TestStrict:
    def test_a_doubtful_table_is_refused_the_second_time_too(self, workspace: Workspace, tmp_path: Path) -> None:
        file = written(tmp_path, "a.csv", ROWS.format(count="许多"))
        workspace.load(file)
        with use_language("en"), pytest.raises(Refused, match="not changed since; it has 1 doubtful") as refused:
            workspace.load(file, strict=True)
        assert "“许多” in column “从业人数”" in str(refused.value)
        assert len(workspace.status().sources) == 1

    def test_of_another_name_too(self, workspace: Workspace, tmp_path: Path) -> None:
        text = ROWS.format(count="许多")
        workspace.load(written(tmp_path, "a.csv", text))
        with pytest.raises(Refused):
            workspace.load(written(tmp_path, "b.csv", text), strict=True)

    def test_a_sound_table_is_not(self, workspace: Workspace, tmp_path: Path) -> None:
        # A column that nobody mapped is told, and no doubt.
        file = written(tmp_path, "a.csv", "企业名称,天气\n甲公司,晴\n")
        workspace.load(file)
        assert workspace.load(file, strict=True).change.value == "unchanged"


class TestEditions:
    def test_two_versions_stand_side_by_side(self, workspace: Workspace, tmp_path: Path) -> None:
        workspace.load(written(tmp_path, "a.txt", PLAN.format(count=30)))
        draft = written(tmp_path, "b.txt", PLAN.format(count=35))
        with pytest.raises(SamePlan, match="--edition"):
            workspace.load(draft)
        report = workspace.load(draft, edition="征求意见稿")
        assert report.title == "某市科技行动方案（征求意见稿）"
        plans = {one.id: one.properties["name"] for one in workspace.graph().nodes.values() if one.label == "Plan"}
        assert plans == {
            "Plan:某市科技行动方案": "某市科技行动方案",
            "Plan:某市科技行动方案@征求意见稿": "某市科技行动方案（征求意见稿）",
        }
        answer = workspace.ask("compare-plans", plan="Plan:某市科技行动方案@征求意见稿", other="Plan:某市科技行动方案")
        assert answer[["change", "value", "other_value"]].to_numpy().tolist() == [["raised", 35, 30]]

    def test_the_same_file_of_another_version_is_read_again(self, workspace: Workspace, tmp_path: Path) -> None:
        file = written(tmp_path, "a.txt", PLAN.format(count=30))
        changes = [workspace.load(file, edition=edition).change.value for edition in ("", "送审稿", "送审稿", "")]
        assert changes == ["added", "replaced", "unchanged", "replaced"]
        assert [one for one in workspace.graph().nodes if one.startswith("Plan:")] == ["Plan:某市科技行动方案"]

    def test_a_table_has_none(self, workspace: Workspace, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="--edition"):
            workspace.load(written(tmp_path, "a.csv", ROWS.format(count=5)), edition="送审稿")
        assert workspace.status().sources == []
