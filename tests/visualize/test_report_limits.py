"""How many findings, quotes, rows and letters a report holds before it counts the rest; each limit and one beyond it."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

import innograph
from innograph.graph.ledger.triage import Decision, State
from innograph.graph.text import Text, use_language
from innograph.queries import Finding
from innograph.queries.question import Severity
from innograph.visualize.pictures import KINDS, Wanted
from innograph.visualize.reports import xlsx
from innograph.visualize.reports.model import MatrixTable
from innograph.visualize.reports.picked import Chosen, pick, points
from innograph.visualize.reports.workbook import new_book, saved, table_sheet

DAY = dt.date(2026, 11, 23)


def found(
    count: int, severity: Severity = Severity.HIGH, state: State = State.OPEN, rule: str = "joint-leads"
) -> list[Finding]:
    decision = (
        None if state is State.OPEN else Decision("", state, "", "planner", dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    )
    return [
        Finding(f"{rule}-{severity.value}-{state.value}-{at}", rule, severity, Text("一", "a"), (), "", (), decision)
        for at in range(count)
    ]


@pytest.mark.parametrize(
    ("severity", "state", "count", "made"),
    [
        (Severity.HIGH, State.OPEN, 4, 4),
        (Severity.HIGH, State.OPEN, 5, 1),
        (Severity.MEDIUM, State.OPEN, 2, 1),
        (Severity.MEDIUM, State.OPEN, 1, 1),
        (Severity.MEDIUM, State.CONFIRMED, 12, 12),
        (Severity.LOW, State.CONFIRMED, 13, 1),
    ],
)
def test_findings_of_a_rule_are_told_one_by_one_up_to_so_many(
    severity: Severity, state: State, count: int, made: int
) -> None:
    listed = found(count, severity, state)
    told = list(points(listed))
    assert len(told) == made
    assert [one for point in told for one in point.findings] == listed
    assert len(list(points(listed, one_by_one=True))) == count


def test_rules_are_never_told_in_one_point() -> None:
    listed = found(2, Severity.MEDIUM, rule="a") + found(3, Severity.MEDIUM, rule="b")
    assert [(point.rule, len(point.findings)) for point in points(listed)] == [("a", 2), ("b", 3)]


def test_confirmed_findings_come_first_and_then_the_serious_ones() -> None:
    low, high = found(1, Severity.LOW), found(1, Severity.HIGH)
    confirmed, dismissed = found(1, Severity.LOW, State.CONFIRMED), found(2, Severity.HIGH, State.DISMISSED)
    medium = found(1, Severity.MEDIUM)
    every = [*low, *medium, *dismissed, *high, *confirmed]
    assert pick(every, Chosen()) == ((*confirmed, *high, *medium, *low), 2, 0)
    assert pick(every, Chosen(severities=("low",))) == ((*confirmed, *low), 2, 2)
    assert pick(every, Chosen(states=("confirmed",))) == (tuple(confirmed), 2, 3)
    assert pick(every, Chosen(states=("open", "dismissed"))) == ((*high, *medium, *low), 2, 1)
    assert pick(every, Chosen(findings=(high[0].id,))) == (tuple(high), 2, 3)


@pytest.mark.parametrize(("length", "kept", "cut"), [(32_767, 32_767, False), (32_768, 32_767, True)])
def test_a_cell_holds_as_many_letters_as_excel_does_and_says_so(length: int, kept: int, cut: bool) -> None:
    with use_language("zh"):
        book = new_book("t", DAY)
        table_sheet(book, "t", ["a"], [["字" * length]])
        text = openpyxl.load_workbook(io.BytesIO(saved(book)))["t"]["A2"].value
    assert len(text) == kept
    assert text.endswith("……（内容过长，已截断）") is cut
    assert text.startswith("字" * 32_000)


def test_columns_are_as_wide_as_their_first_rows_within_bounds() -> None:
    book = new_book("t", DAY)
    table_sheet(book, "t", ["a", "b", "c", "d"], [["字" * 10, "x" * 10, "字" * 99, "x\ny"]])
    made = openpyxl.load_workbook(io.BytesIO(saved(book)))["t"].column_dimensions
    assert [made[letter].width for letter in "ABCD"] == [23, 13, 60, 8]  # Chinese counts two, three are left free


@pytest.mark.parametrize(("units", "wide"), [(20, False), (21, True)])
def test_a_matrix_of_more_than_twenty_units_lies_on_its_side(units: int, wide: bool) -> None:
    assert MatrixTable(("局",) * units, (), ()).is_wide is wide


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_has_at_most_three_hundred_nodes_unless_asked(kind: str) -> None:
    assert Wanted(kind).limit <= 300
    assert Wanted(kind, most=301).limit == 301
    assert Wanted(thing="科技局").limit == 300


def test_a_question_with_a_thousand_rows_is_said_to_be_cut(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with use_language("zh"), innograph.Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(innograph.sample("changji") / "plan.txt")
        for most, said in ((19, True), (20, False)):  # the sample has nineteen units
            monkeypatch.setattr(xlsx, "MOST_ROWS", most)
            book = openpyxl.load_workbook(io.BytesIO(xlsx.report_xlsx(workspace, questions=("load",), day=DAY)))
            (row,) = list(book["目录"].values)[1:]
            assert (f"最多列出{most}行" in str(row[6] or "")) is said
    monkeypatch.undo()
    assert xlsx.MOST_ROWS == 1000
