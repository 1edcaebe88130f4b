"""``report`` and ``ask --format xlsx`` as people use them."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from cli_process import call

import innograph

PLAN = innograph.sample("changji") / "plan.txt"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "ws"
    assert call("init", folder, cwd=folder.parent).returncode == 0
    assert call("-w", folder, "load", PLAN, cwd=folder.parent).returncode == 0
    return folder


def test_word_by_default(loaded: Path, tmp_path: Path) -> None:
    done = call("-w", loaded, "report", "--title", "汇报", cwd=tmp_path, lang="zh")
    assert done.returncode == 0
    (file,) = tmp_path.glob("报告-*.docx")
    assert file.name in done.stderr
    assert done.stdout == ""
    assert docx.Document(str(file)).paragraphs[0].text == "汇报"


def test_the_ending_chooses(loaded: Path, tmp_path: Path) -> None:
    done = call("-w", loaded, "report", "-o", tmp_path / "deep" / "r.html", "--severity", "high", cwd=tmp_path)
    assert done.returncode == 0
    text = (tmp_path / "deep" / "r.html").read_text(encoding="utf-8")
    assert "Findings listed: 2, of which 2 open (high)." in text
    assert "Only findings of severity: high." in text


def test_workbook(loaded: Path, tmp_path: Path) -> None:
    done = call("-w", loaded, "report", "-o", tmp_path / "r.xlsx", "--question", "load", cwd=tmp_path)
    assert done.returncode == 0
    assert openpyxl.load_workbook(tmp_path / "r.xlsx")["Load of each unit"].max_row == 20


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "r.pdf"], ".docx, .html or .xlsx"),
        (["-o", "r.html", "--format", "docx"], "does not fit the format docx"),
        (["--question", "load"], "--format xlsx only"),
        (["--finding", "zzz"], "No finding's id begins with"),
        (["--plan", "没有这份"], "没有这份"),
        (["--as-of", "someday"], "someday"),
    ],
)
def test_what_is_wrong_is_said(loaded: Path, tmp_path: Path, words: list[str], told: str) -> None:
    done = call("-w", loaded, "report", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_ask_writes_a_workbook(loaded: Path, tmp_path: Path) -> None:
    done = call("-w", loaded, "ask", "unit", "--unit", "科技局", "--format", "xlsx", "-o", "a.xlsx", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == ""
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.worksheets[0].max_row == 13  # its twelve tasks
    assert book.sheetnames[1] == "About"


@pytest.mark.parametrize("words", [["--format", "xlsx"], ["--format", "xlsx", "-o", "a.csv"], ["-o", "a.pdf"]])
def test_a_workbook_needs_its_file(loaded: Path, tmp_path: Path, words: list[str]) -> None:
    done = call("-w", loaded, "ask", "load", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert "xlsx" in done.stderr


@pytest.mark.parametrize(("name", "begins"), [("a.csv", "\ufeffunit,"), ("a.json", "[")])
def test_the_ending_of_a_file_decides(loaded: Path, tmp_path: Path, name: str, begins: str) -> None:
    done = call("-w", loaded, "ask", "load", "-o", name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
