"""Templates: made, filled in as a person would, and loaded without being told how."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from innograph.graph.records import Edge, EdgeAssertion, Graph, Node, NodeAssertion
from innograph.graph.regions import region_table
from innograph.graph.text import Language, Text, use_language
from innograph.loaders.table import load_packs, load_table, match_pack
from innograph.loaders.table.described import describe, usual_words
from innograph.loaders.table.templates import Filled, progress_rows, write_template

PACKS = load_packs()
LANGUAGES: tuple[Language, ...] = ("zh", "en")
USCC = "91350100M000100Y43"


def made(folder: Path, *packs: str, language: Language = "zh", **more: Any) -> Path:
    out = folder / "t.xlsx"
    write_template([PACKS[name] for name in packs], out, language, **more)
    return out


def filled(file: Path, *rows: dict[str, Any], sheet: int = 0) -> Path:
    """Type ``rows`` under the headers, as a person does: the cells' formats stay."""
    book = load_workbook(file)
    page = book.worksheets[sheet]
    columns = {str(cell.value): cell.column for cell in page[1]}
    for number, row in enumerate(rows, start=2):
        for head, value in row.items():
            page.cell(number, columns[head], value)
    book.save(file)
    return file


def nodes(file: Path) -> dict[str, dict[str, Any]]:
    return {a.id: dict(a.properties) for a in load_table(file).assertions if isinstance(a, NodeAssertion)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(PACKS))
class TestEveryPack:
    """What holds of all packs, whatever columns they gain."""

    def test_its_template_has_a_column_for_every_column_and_is_known_as_its_own(
        self, tmp_path: Path, name: str, language: Language
    ) -> None:
        sheet = load_workbook(made(tmp_path, name, language=language)).worksheets[0]
        header = [str(cell.value) for cell in sheet[1]]
        pack = PACKS[name]
        assert list(pack.places(header)) == list(pack.columns)
        assert match_pack(header) is pack

    def test_every_column_is_in_the_notes_in_both_languages(
        self, tmp_path: Path, name: str, language: Language
    ) -> None:
        notes = load_workbook(made(tmp_path, name, language=language)).worksheets[1]
        said = [str(row[0].value) for row in notes.iter_rows()]
        for column in PACKS[name].columns.values():
            assert f"{column.label.zh} / {column.label.en}" in said

    def test_an_empty_one_says_nothing(self, tmp_path: Path, name: str, language: Language) -> None:
        loaded = load_table(made(tmp_path, name, language=language))
        assert list(loaded.assertions) == []
        assert {issue.code for issue in loaded.issues} == {"table.no-rows"}

    def test_required_columns_are_marked_in_words_and_colour(
        self, tmp_path: Path, name: str, language: Language
    ) -> None:
        sheet = load_workbook(made(tmp_path, name, language=language)).worksheets[0]
        must = {"zh": "必填", "en": "required"}[language]
        for cell, column in zip(sheet[1], PACKS[name].columns.values(), strict=True):
            assert cell.comment
            assert cell.comment.text.startswith(must) is column.required
            assert (cell.fill.fgColor.rgb == "001F4E79") is column.required


class TestFilledIn:
    def test_enterprises(self, tmp_path: Path) -> None:
        row = {"企业名称": "甲公司", "统一社会信用代码": USCC, "所在区域": "昌吉市", "梯度": "高企", "从业人数": 12}
        file = filled(made(tmp_path, "enterprises"), row)
        loaded = load_table(file)
        said = list(loaded.assertions)
        found = {a.id: dict(a.properties) for a in said if isinstance(a, NodeAssertion)}
        own = f"Organisation:uscc={USCC}"
        assert found[own] == {"name": "甲公司", "credit_code": USCC, "employees": 12}
        assert {(a.type, a.source, a.target) for a in said if isinstance(a, EdgeAssertion) and a.source == own} == {
            ("LOCATED_IN", own, "Region:652301"),
            ("QUALIFIES_AS", own, "Tier:高新技术企业"),
        }
        assert loaded.issues == []

    def test_projects_in_english(self, tmp_path: Path) -> None:
        row = {"Project": "P", "Lead": "某某有限公司", "Amount (10,000 yuan)": 3.5, "Start": dt.date(2022, 6, 17)}
        found = nodes(filled(made(tmp_path, "projects", language="en"), row))
        assert found["Project:P"] == {
            "name": "P",
            "amount": 3.5,
            "currency": "万元",
            "start_date": dt.date(2022, 6, 17),
        }
        assert "Enterprise:某某有限公司" in found

    def test_several_packs_in_one_file(self, tmp_path: Path) -> None:
        file = made(tmp_path, "tiers", "cooperation")
        filled(file, {"梯度": "甲级", "下一级": "乙级"})
        filled(file, {"甲方": "中科院新疆生地所", "乙方": "昌吉州", "类型": "院地"}, sheet=1)
        assert {"Tier:甲级", "Tier:乙级", "Institute:中科院新疆生地所", "Region:652300"} <= set(nodes(file))

    def test_texts_that_look_like_formulas_stay_texts(self, tmp_path: Path) -> None:
        rows = [Filled({"indicator": text}) for text in ("=1+1", "+x", "-x", "@x")]
        sheet = load_workbook(made(tmp_path, "progress", filled={"progress": rows})).worksheets[0]
        assert [(sheet.cell(n, 1).value, sheet.cell(n, 1).data_type) for n in range(2, 6)] == [
            ("=1+1", "s"),
            ("+x", "s"),
            ("-x", "s"),
            ("@x", "s"),
        ]


def validation(sheet: Worksheet, head: str) -> Any:
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == head)
    return next(v for v in sheet.data_validations.dataValidation if str(v.sqref).startswith(f"{letter}2:{letter}"))


class TestHelp:
    def test_what_a_column_lets_choose_from(self, tmp_path: Path) -> None:
        file = made(tmp_path, "enterprises", "platforms", "ror-relationships", home=region_table()["652301"])
        one, two, three = load_workbook(file).worksheets[:3]
        assert validation(one, "梯度").formula1 == '"科技型中小企业,高新技术企业"'
        # 甲公司's cell may name two tiers: a list that refused this would be wrong.
        assert not validation(one, "梯度").showErrorMessage
        assert '"昌吉回族自治州,昌吉市,' in validation(one, "所在区域").formula1
        assert validation(two, "级别").formula1 == '"国家级,自治区级,州级,市级"'
        assert validation(three, "关系").formula1 == '"上级,下级,关联,后继,前身"'
        assert validation(three, "关系").showErrorMessage
        assert validation(one, "企业名称").formula1 is None
        assert "必填" in validation(one, "企业名称").prompt

    def test_without_a_home_no_regions_are_listed(self, tmp_path: Path) -> None:
        sheet = load_workbook(made(tmp_path, "enterprises")).worksheets[0]
        assert validation(sheet, "所在区域").formula1 is None

    def test_codes_are_text_dates_are_dates(self, tmp_path: Path) -> None:
        sheet = load_workbook(made(tmp_path, "enterprises", "progress")).worksheets
        formats = {str(c.value): sheet[0].column_dimensions[c.column_letter].number_format for c in sheet[0][1]}
        assert (formats["统一社会信用代码"], formats["从业人数"]) == ("@", "0")
        formats = {str(c.value): sheet[1].column_dimensions[c.column_letter].number_format for c in sheet[1][1]}
        assert (formats["日期"], formats["完成值"], formats["指标"]) == ("yyyy-mm-dd", "General", "@")

    def test_the_header_stays_in_sight(self, tmp_path: Path) -> None:
        sheet = load_workbook(made(tmp_path, "tiers")).worksheets[0]
        assert sheet.freeze_panes == "A2"
        assert all((sheet.column_dimensions[c.column_letter].width or 0) >= 12 for c in sheet[1])

    def test_the_notes_tell_meaning_form_values_and_example(self, tmp_path: Path) -> None:
        notes = load_workbook(made(tmp_path, "platforms")).worksheets[1]
        assert notes.title == "填写说明"
        rows = {str(row[0].value): [cell.value for cell in row] for row in notes.iter_rows()}
        level = rows["级别 / Level"]
        assert level[1] == "选填 / optional"
        assert level[2] == "级别：国家级、自治区级、州级、市级等\nLevel: national, regional, prefectural or municipal"
        assert level[4] == "国家级、自治区级、州级、市级"
        assert str(level[5]).strip() == "自治区级"
        assert rows["平台名称 / Platform"][1] == "必填 / required"

    def test_examples_of_names_are_of_the_right_type(self) -> None:
        # The ontology's example of an organisation is a department, which is no example of an enterprise.
        said = {one.column.key: one.example for one in describe(PACKS["enterprises"], "zh")}
        assert said["name"] == "某某企业"
        assert said["employees"] == "120"

    @pytest.mark.parametrize(
        ("zh", "words"),
        [
            ("如甲、乙、丙", ["甲", "乙", "丙"]),
            ("来源所写，如已完成、滞后", ["已完成", "滞后"]),
            ("甲、乙等。", ["甲", "乙"]),
            ("甲、乙", []),
            ("如甲", []),
            ("", []),
        ],
    )
    def test_usual_words_of_a_description(self, zh: str, words: list[str]) -> None:
        assert usual_words(Text(zh, ""), "zh") == words


def graph(*targets: tuple[str, dict[str, Any]]) -> Graph:
    indicator = Node("Indicator:高企", ("Indicator",), {"name": "高新技术企业"})
    found = [Node(own_id, ("Target",), properties) for own_id, properties in targets]
    edges = [Edge(f"e{i}", "MEASURES", one.id, indicator.id, {}) for i, one in enumerate(found)]
    return Graph({one.id: one for one in (indicator, *found)}, {one.id: one for one in edges}, "s")


class TestProgress:
    def test_a_row_for_each_target_by_year(self) -> None:
        later = ("Target:b", {"name": "高新技术企业超过50家（2025年）", "year": 2025, "unit": "家"})
        sooner = ("Target:c", {"name": "高新技术企业超过30家", "year": 2023, "unit": "家"})
        with use_language("zh"):
            rows = progress_rows(graph(later, sooner))
        assert [dict(row.cells) for row in rows] == [
            {
                "indicator": "高新技术企业",
                "about": "Target:c",
                "unit": "家",
                "basis": "计划目标：高新技术企业超过30家（2023年）",
            },
            {
                "indicator": "高新技术企业",
                "about": "Target:b",
                "unit": "家",
                "basis": "计划目标：高新技术企业超过50家（2025年）",
            },
        ]
        assert set(rows[0].cells) <= set(PACKS["progress"].columns)

    def test_the_planner_fills_in_day_and_value_only(self, tmp_path: Path) -> None:
        rows = progress_rows(
            graph(("Target:b", {"name": "高新技术企业超过50家（2025年）", "year": 2025, "unit": "家"}))
        )
        file = made(tmp_path, "progress", filled={"progress": rows})
        sheet = load_workbook(file).worksheets[0]
        assert sheet["A2"].comment
        assert "超过50家" in sheet["A2"].comment.text
        found = list(load_table(filled(file, {"日期": dt.date(2023, 6, 30), "完成值": 48})).assertions)
        progress = next(a for a in found if isinstance(a, NodeAssertion) and a.label == "Progress")
        assert {name: progress.properties[name] for name in ("date", "value", "unit")} == {
            "date": dt.date(2023, 6, 30),
            "value": 48.0,
            "unit": "家",
        }
        ends = {(a.type, a.target) for a in found if isinstance(a, EdgeAssertion)}
        assert ("REPORTS_ON", "Target:b") in ends
