"""What the listings say to people and to programs: words and codes, ids that can be used, a file Excel can read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import innograph
from innograph.graph.text import use_language
from innograph.visualize.found import findings_text
from innograph.visualize.overview import evidence_text, status_text
from innograph.visualize.tables import csv_text, render, table

PLAN = innograph.sample("changji") / "plan.txt"
ROSTERS = sorted((innograph.sample("changji") / "rosters").glob("*.csv"))


@pytest.fixture
def empty(tmp_path: Path) -> innograph.Workspace:
    return innograph.Workspace.create(tmp_path / "ws")


@pytest.fixture
def loaded(empty: innograph.Workspace) -> innograph.Workspace:
    empty.load(PLAN)
    return empty


def test_comparisons_are_no_formulas_in_csv(loaded: innograph.Workspace) -> None:
    text = render(loaded.answer("targets"), "csv")
    assert text.startswith("\ufeffowner,indicator")
    assert text.count("\ufeff") == 1
    found = {row["comparator"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert found == {">", ">=", "=", "growth"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(sign: str) -> None:
    text = csv_text([f"{sign}cmd"], [[f"{sign}1+1"], ["1" + sign]])
    read = sign.replace("\r", "\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[f"'{read}cmd"], [f"'{read}1+1"], ["1" + read]]


def test_lists_as_csv_are_marked_too(loaded: innograph.Workspace) -> None:
    assert status_text(loaded.status(), "csv").startswith("\ufeffname,")
    assert findings_text(loaded.findings(), "csv").startswith("\ufeffid,")


def test_a_finding_ends_with_an_id_that_evidence_takes(loaded: innograph.Workspace) -> None:
    found = loaded.findings()
    for finding, line in zip(found, findings_text(found, "table").splitlines()[1::2], strict=True):
        own_id = line.split("  ")[-1]
        assert own_id == finding.evidence[0]
        assert loaded.evidence(own_id)
    told = json.loads(findings_text(found, "json"))
    assert [(t["id"], tuple(t["evidence"])) for t in told] == [(f.id, f.evidence) for f in found]


def test_people_read_words_and_programs_codes(loaded: innograph.Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # a narrow terminal is shown rows one by one
    own_id = "Department:652301/科技局"
    with use_language("zh"):
        people, programs = evidence_text(loaded, own_id, "table"), evidence_text(loaded, own_id, "json")
        status = status_text(loaded.status(), "table")
    assert "部门" in people
    assert "Department" not in people
    assert {row["type"] for row in json.loads(programs)} == {"Department"}
    assert "方案" in status.splitlines()[-2]
    assert [s["loader"] for s in json.loads(status_text(loaded.status(), "json"))] == ["plan"]
    with use_language("en"):
        assert "plan " in status_text(loaded.status(), "table").splitlines()[-2]


def test_sources_of_one_name_are_told_apart(empty: innograph.Workspace, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / ROSTERS[0].name).write_bytes(ROSTERS[1].read_bytes())
    empty.load(ROSTERS[0])
    assert str(ROSTERS[0]) not in status_text(empty.status(), "table")
    empty.load(other / ROSTERS[0].name)
    said = status_text(empty.status(), "table").replace("\n", "").replace(" ", "")
    for source in empty.status().sources:
        assert source.name in said
    assert "（/" in said


def test_an_empty_workspace_says_what_to_do(empty: innograph.Workspace) -> None:
    with use_language("zh"):
        hint = "还没有载入文件：innograph load 文件"
        assert findings_text(empty.findings(), "table", empty) == hint
        assert render(empty.answer("matrix"), "table", empty) == hint
        assert render(empty.answer("matrix"), "json", empty) == "[]"
        assert json.loads(findings_text(empty.findings(), "json", empty)) == []
        empty.load(PLAN)
        assert "没有符合的内容" in render(empty.answer("unassigned"), "table", empty)


def test_up_to_date_says_whether_the_file_fits_the_ledger(empty: innograph.Workspace) -> None:
    empty.load(PLAN)
    with use_language("en"):
        assert not empty.status().up_to_date
        assert "out of date" in status_text(empty.status(), "table")
        empty.build()
        assert empty.status().up_to_date
        assert "is up to date" in status_text(empty.status(), "table")
        empty.unload("plan.txt")
        assert not empty.status().up_to_date


def test_counts_in_english() -> None:
    with use_language("en"):
        assert table(["a"], [["x"]]).endswith("\n1 row")
        assert table(["a"], [["x"]] * 1200).endswith("\n1,200 rows")
    with use_language("zh"):
        assert table(["a"], [["x"]] * 1200).endswith("\n共1200行")
