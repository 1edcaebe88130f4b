"""Values in cells: days, amounts, years and units."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapping_samples import codes

from innograph.graph.ontology import ValueType
from innograph.graph.records import NodeAssertion
from innograph.graph.text import Text
from innograph.loaders.table import load_table
from innograph.loaders.table.cells import clean, items
from innograph.loaders.table.model import Column
from innograph.loaders.table.values import BadCell, date_of, value_of


@given(
    st.dates(min_value=dt.date(1000, 1, 1)),
    st.sampled_from(["{0}-{1}-{2}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日"]),
)
def test_every_day_is_read(day: dt.date, form: str) -> None:
    assert date_of(form.format(day.year, day.month, day.day)) == day
    assert date_of(f"{day:%Y%m%d}") == day


@given(st.decimals(-(10**12), 10**12, places=2))
def test_every_amount_is_read(amount: Any) -> None:
    assert value_of(f"{amount:,}", ValueType.FLOAT) == float(amount)
    assert value_of(f"{amount}", ValueType.FLOAT) == float(amount)


@given(st.text(), st.sampled_from(list(ValueType)[:5]))
def test_any_text_is_a_value_or_a_bad_cell(text: str, value_type: ValueType) -> None:
    with contextlib.suppress(BadCell):
        assert value_type.accepts(value_of(text, value_type, unit="万元"))


@given(st.text(alphabet="甲乙a （）()、；\n\r\t\u200b", max_size=30))
def test_cleaning_and_splitting_lose_no_letter(cell: str) -> None:
    letters = [c for c in cell if c in "甲乙a"]
    assert [c for c in clean(cell) if c in "甲乙a"] == letters
    assert clean(clean(cell)) == clean(cell)
    assert set("".join(items(cell, Column("a", Text("甲", "a"), split=True)))) >= set(letters)


@pytest.mark.parametrize("year", ["2015", "2015年", "2015年度", "２０１５", "2015-03-01", "2015年3月", "2015/3/1"])
def test_years(tmp_path: Path, year: str) -> None:
    (tmp_path / "a.csv").write_text(f"企业名称,成立年份\n甲公司,{year}\n", encoding="utf-8")
    loaded = load_table(tmp_path / "a.csv")
    assert [dict(a.properties) for a in loaded.assertions] == [{"name": "甲公司", "founded": 2015}]
    assert loaded.issues == []


@pytest.mark.parametrize("year", ["0000", "0", "999", "2101", "20150", "-2015", "0000-01-01", "2015.5.5.5", "去年"])
def test_years_that_are_none(tmp_path: Path, year: str) -> None:
    (tmp_path / "a.csv").write_text(f"企业名称,成立年份\n甲公司,{year}\n", encoding="utf-8")
    loaded = load_table(tmp_path / "a.csv")
    assert [dict(a.properties) for a in loaded.assertions] == [{"name": "甲公司"}]
    assert [(i.code, i.place.row, i.place.column) for i in loaded.issues] == [("table.bad-value", 2, 2)]


@pytest.mark.parametrize(
    ("cell", "unit", "value", "kept"),
    [
        ("1.5%", "", 1.5, "%"),
        ("1.5%", "%", 1.5, "%"),
        ("１．５％", "百分比", 1.5, "百分比"),
        ("60家", "家", 60.0, "家"),
        ("60家", "", 60.0, "家"),
        ("12.3亿元", "亿元", 12.3, "亿元"),
        ("12.3亿元", "", 12.3, "亿元"),
        ("12.3亿元", "万元", 123000.0, "万元"),
        ("12.3", "亿元", 12.3, "亿元"),
        ("1,200", "", 1200.0, None),
    ],
)
def test_values_with_their_unit(tmp_path: Path, cell: str, unit: str, value: float, kept: str | None) -> None:
    (tmp_path / "a.csv").write_text(f'指标,日期,完成值,单位\n某数,2023,"{cell}",{unit}\n', encoding="utf-8")
    loaded = load_table(tmp_path / "a.csv")
    found = next(a.properties for a in loaded.assertions if isinstance(a, NodeAssertion) and a.label == "Progress")
    assert (found["value"], found.get("unit")) == (value, kept)
    assert loaded.issues == []


@pytest.mark.parametrize(("cell", "unit"), [("60家", "个"), ("约60", ""), ("60家左右（含）", "家"), ("3美元", "万元")])
def test_values_in_another_unit(tmp_path: Path, cell: str, unit: str) -> None:
    (tmp_path / "a.csv").write_text(f"指标,日期,完成值,单位\n某数,2023,{cell},{unit}\n", encoding="utf-8")
    loaded = load_table(tmp_path / "a.csv")
    found = next(a.properties for a in loaded.assertions if isinstance(a, NodeAssertion) and a.label == "Progress")
    assert (found.get("value"), found.get("unit")) == (None, unit or None)
    assert codes(loaded) == [("table.bad-value", 2, 3)]
