"""Workbooks: cells as people read them, numbers as numbers, and no text that a spreadsheet would run."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innograph
from innograph.graph.ledger.triage import State
from innograph.graph.text import use_language
from innograph.visualize.reports.build import Chosen
from innograph.visualize.reports.notes import about
from innograph.visualize.reports.workbook import answer_xlsx, new_book, saved, sheet_name, table_sheet
from innograph.visualize.reports.xlsx import report_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = dt.date(2026, 11, 23)
FORBIDDEN = set("[]:*?/\\")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[innograph.Workspace]:
    with innograph.Workspace.create(tmp_path_factory.mktemp("workbook") / "ws") as made:
        made.load(innograph.sample("changji") / "plan.txt")
        yield made


def read(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def answered(workspace: innograph.Workspace, question: str, lang: str = "zh") -> Any:
    with use_language("zh" if lang == "zh" else "en"):
        return read(answer_xlsx(workspace.answer(question), about(workspace, None, DAY)))


def test_an_answer_is_as_people_read_it(workspace: innograph.Workspace) -> None:
    book = answered(workspace, "concentration")
    sheet = book.worksheets[0]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("责任集中度", "A2", "A1:L3")
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    kind, index, units, largest, share = sheet[2][0], sheet[2][1], sheet[2][2], sheet[2][4], sheet[2][5]
    assert kind.value == "牵头（或负责）"
    assert round(index.value, 3) == 0.314  # the design's reference value
    assert index.number_format == "0.000"
    assert (units.value, largest.value) == (6, "昌吉市科技局")
    # 科技局 leads 6 tasks alone and one with another: 6.5 of 13
    assert (share.value, share.number_format) == (0.5, "0.0%")
    assert len(row) == 12
    assert all(6 < dimension.width < 64 for dimension in sheet.column_dimensions.values())


def test_the_second_sheet_says_what_was_asked(workspace: innograph.Workspace) -> None:
    with use_language("en"):
        answer = workspace.answer("unit", {"unit": "科技局"}, as_of=dt.date(2023, 1, 1))
        book = read(answer_xlsx(answer, about(workspace, dt.date(2023, 1, 1), DAY)))
    notes = [(row[0], row[1]) for row in book["About"].values]
    assert ("Question id", "unit") in notes
    assert ("As of", "2023-01-01") in notes
    assert ("Made on", "2026-11-23") in notes
    assert ("Rows", str(len(answer.rows.rows))) in notes
    assert any(label == "Parameters" and "昌吉市科技局" in text for label, text in notes)
    source = workspace.status().sources[0]
    assert any(label == "Source" and source.sha256[:12] in text and "plan.txt" in text for label, text in notes)


def test_years_stay_years_and_lists_are_texts(workspace: innograph.Workspace) -> None:
    sheet = answered(workspace, "targets-unowned").worksheets[0]
    year = sheet[2][4]
    assert (year.value, year.number_format) == (2023, "0")
    assert sheet[2][1].value == "超过"  # not >


def test_the_report_has_a_sheet_for_each_question_with_rows(workspace: innograph.Workspace) -> None:
    book = read(report_xlsx(workspace, day=DAY))
    cover, contents, findings, *others = book.worksheets
    assert (cover.title, contents.title, findings.title) == ("封面", "目录", "发现")
    assert [sheet.title for sheet in others] == [row[0].value for row in list(contents.rows)[1:] if row[0].value]
    rows = {row[3].value: row[5].value for row in list(contents.rows)[1:]}
    assert rows["matrix"] == 61
    assert rows["load"] == 19
    assert rows["targets"] == 42
    empty = [row for row in list(contents.rows)[1:] if not row[0].value]
    assert {"unassigned", "no-lead", "lead-alone"} <= {row[3].value for row in empty}  # that there is none is an answer
    assert all(row[5].value == 0 and "没有符合的内容" in row[6].value for row in empty)
    for sheet, row in zip(others, [row for row in list(contents.rows)[1:] if row[0].value], strict=True):
        assert sheet.max_row - 1 == row[5].value
        assert sheet.freeze_panes == "A2"


def test_chosen_questions_and_findings(tmp_path: Path) -> None:
    with innograph.Workspace.create(tmp_path / "ws") as made:
        made.load(innograph.sample("changji") / "plan.txt")
        one, *_ = made.findings()
        made.triage.decide(one.id, State.DISMISSED, "不成立", author="planner")
        chosen = Chosen(severities=("high",))
        book = read(report_xlsx(made, chosen, ("unassigned", "load"), day=DAY))
    assert book.sheetnames == ["封面", "目录", "发现", "没有责任单位的任务", "各单位的任务量"]
    listed = [row[0].value for row in list(book["发现"].rows)[1:]]
    assert one.id not in listed
    assert len(listed) == 1
    cover = [row[1] for row in book["封面"].values]
    assert "已排除的发现1条，未列出。" in cover
    assert "只列程度为重要的问题。" in cover


def test_the_cover_says_of_which_day_from_what_and_what_was_chosen(workspace: innograph.Workspace) -> None:
    plan = "昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）"
    chosen = Chosen(plan=plan, severities=("high",), states=("open",), as_of=dt.date(2023, 6, 30))
    for language, expected in {
        "zh": {"生成日期": "2026年11月23日", "数据截至": "2023年6月30日"},
        "en": {"Made on": "2026-11-23", "As of": "2023-06-30"},
    }.items():
        with use_language("zh" if language == "zh" else "en"):
            book = read(report_xlsx(workspace, chosen, day=DAY))
        cover = [(str(row[0]), str(row[1])) for row in book.worksheets[0].values if row[0]]
        assert {label: text for label, text in cover if label in expected} == expected
        told = " ".join(text for _, text in cover)
        assert plan in told
        assert {"zh": "重要", "en": "high"}[language] in told
        assert {"zh": "待核", "en": "open"}[language] in told
        digest = hashlib.sha256((innograph.sample("changji") / "plan.txt").read_bytes()).hexdigest()
        assert any("plan.txt" in text and digest[:12] in text for _, text in cover)


def test_unknown_question_is_refused(workspace: innograph.Workspace) -> None:
    with pytest.raises(innograph.InnographError):
        report_xlsx(workspace, questions=("nothing",))


@given(st.lists(st.text(max_size=80), max_size=12))
def test_sheet_names_are_valid_and_unique(titles: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(title, taken) for title in titles]
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not FORBIDDEN & set(name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=40) | st.sampled_from(
    ["=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "#N/A", "=1+1", "TRUE", "2024-01-01", "\x00=1"]
)


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(deadline=None)  # a busy machine is no fault of a cell
def test_no_text_is_a_formula(texts: list[str]) -> None:
    book = new_book("t", DAY)
    table_sheet(book, "t", ["=head"], [[text] for text in texts])
    sheet = read(saved(book))["t"]
    cells = [sheet["A1"], *(row[0] for row in list(sheet.rows)[1:])]
    assert len(cells) == len(texts) + 1
    for cell in cells:
        assert cell.data_type in ("s", "n", "inlineStr")
        assert cell.data_type != "n" or cell.value is None
        assert not (str(cell.value).startswith(("=", "+", "@")) and len(str(cell.value)) > 1) or cell.quotePrefix


def test_long_cells_and_columns_fit() -> None:
    book = new_book("t", DAY)
    with use_language("zh"):
        table_sheet(book, "t", ["字"], [["长" * 40_000], ["a" * 300]])
    sheet = read(saved(book))["t"]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("已截断）")
    assert sheet.column_dimensions["A"].width == 60


def test_numbers_are_numbers() -> None:
    book = new_book("t", DAY)
    table_sheet(book, "t", ["n", "s", "d"], [[3.0, 0.25, dt.date(2024, 5, 1)], [-2, None, None]], [None, "0.0%", None])
    sheet = read(saved(book))["t"]
    assert [sheet["A2"].value, sheet["B2"].value, sheet["A3"].value] == [3, 0.25, -2]
    assert isinstance(sheet["A2"].value, int)
    assert sheet["C2"].is_date
