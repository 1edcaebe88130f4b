"""Places in words: a cell of a workbook as spreadsheet programs name it, anything else in words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_to_tuple

from innograph.graph.records import Locator
from innograph.graph.sheet_cells import cell_name, column_letters, quoted_sheet
from innograph.graph.text import use_language

WIDEST = 16_384  # XFD: the last column of Excel


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Locator(sheet="名单", row=12, column=3), "名单!C12", "名单!C12"),
        (Locator(sheet="Sheet1", row=2, column=27), "Sheet1!AA2", "Sheet1!AA2"),
        (Locator(sheet="第 1 批", row=2, column=1), "'第 1 批'!A2", "'第 1 批'!A2"),
        (Locator(sheet="甲", row=2, column=1, section="一.zip"), "一.zip 甲!A2", "一.zip 甲!A2"),
        (Locator(sheet="{value}", row=2, column=1), "'{value}'!A2", "'{value}'!A2"),
        (Locator(sheet="名单", row=12), "工作表“名单” 第12行", "sheet “名单” row 12"),
        (Locator(sheet="名单"), "工作表“名单”", "sheet “名单”"),
        (Locator(row=12, column=1), "第12行 第1列", "row 12 column 1"),
        (Locator(table=2, row=12, column=1), "表2 第12行 第1列", "table 2 row 12 column 1"),
        (Locator(line=26, section="二（一）"), "二（一） 第26行", "二（一） line 26"),
    ],
)
def test_a_place_in_words(place: Locator, zh: str, en: str) -> None:
    with use_language("zh"):
        assert place.show() == zh
    with use_language("en"):
        assert place.show() == en


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("名单（新）", "'名单（新）'"),
        ("a!b", "'a!b'"),
        ("it's", "'it''s'"),
        ("2022", "'2022'"),
        ("AB7", "'AB7'"),
        ("r1c1", "'r1c1'"),
        ("=SUM", "'=SUM'"),
        ("", "''"),
        ("企业_2022.新", "企业_2022.新"),
        ("Tables1", "Tables1"),
    ],
)
def test_a_sheet_is_quoted_where_it_would_be_taken_for_something_else(name: str, shown: str) -> None:
    assert quoted_sheet(name) == shown


@given(st.integers(1, WIDEST))
@example(WIDEST)
def test_columns_have_the_letters_of_spreadsheets(number: int) -> None:
    assert column_letters(number) == get_column_letter(number)


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="[]:*?/\\"), min_size=1, max_size=31),
    st.integers(1, 1_048_576),
    st.integers(1, WIDEST),
)
def test_a_spreadsheet_reader_finds_the_cell(sheet: str, row: int, column: int) -> None:
    name, bounds = range_to_tuple(cell_name(sheet, row, column))
    assert name.replace("''", "'") == sheet
    assert bounds == (column, row, column, row)
