"""Targets in the cells of indicator tables."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan.model import Target
from innograph.loaders.plan.targets.reader import read_cell_target


def cell(indicator: str, value: str, header_unit: str = "") -> tuple[Target, ...]:
    document = document_of_lines("a", f"{indicator}\t{value}")
    spans = Span(0, len(indicator)), Span(len(indicator) + 1, len(document.text))
    return read_cell_target(document, *spans, year=2026, header_unit=header_unit)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("80 个以上", (">=", 80, None, "个")),
        ("突破 3 万台", (">", 3, None, "万台")),
        ("20 个左右", ("~", 20, None, "个")),
        ("70‰", ("=", 70, None, "‰")),
        ("6条（个）以上", (">=", 6, None, "条（个）")),
        ("20万以上", (">=", 20, None, "万")),
        ("40%以上", (">=", 40, None, "%")),
        ("≥90%", (">=", 90, None, "%")),
        ("＞2.5%", (">", 2.5, None, "%")),
        ("不少于\n5家", (">=", 5, None, "家")),
        ("七处", ("=", 7, None, "处")),
        ("二十家以上", (">=", 20, None, "家")),
        ("9个（累计）", ("=", 9, None, "个")),
        ("4大高地", ("=", 4, None, "个")),
        ("三大中心", ("=", 3, None, "个")),
        ("两大航运枢纽", ("=", 2, None, "个")),
        ("3—5个", ("range", 3, 5, "个")),
        ("达到1.8亿人次", (">=", 1.8, None, "亿人次")),
    ],
)
def test_values(value: str, expected: tuple[str, float, float | None, str]) -> None:
    (found,) = cell("建设示范基地", value)
    assert (found.indicator, found.kind, found.year) == ("建设示范基地", "numeric", 2026)
    assert (found.comparator, found.value, found.value_to, found.unit) == expected


@pytest.mark.parametrize(
    ("indicator", "value", "header_unit", "expected"),
    [
        ("研发投入强度（%）", "3.2", "", ("研发投入强度", "=", 3.2, "%")),
        ("高新技术企业数（家）", "≥300", "", ("高新技术企业数", ">=", 300, "家")),
        ("高新技术企业数", "300", "家", ("高新技术企业数", "=", 300, "家")),
        ("技术合同成交额", "[90]", "亿元", ("技术合同成交额", "=", 90, "亿元")),
        ("综合指数", "86", "—", ("综合指数", "=", 86, None)),
        ("地区生产总值", "年均增长6.5%", "", ("地区生产总值年均增长", "=", 6.5, "%")),
        ("带动消费增长", "15%", "", ("带动消费增长", "=", 15, "%")),
        ("孵化器（个）", "8（国家级2）", "", ("孵化器", "=", 8, "个")),
        ("服务企业", "累计600", "家", ("服务企业", "=", 600, "家")),
    ],
)
def test_the_unit_may_stand_elsewhere(
    indicator: str, value: str, header_unit: str, expected: tuple[str, str, float, str | None]
) -> None:
    (found,) = cell(indicator, value, header_unit)
    assert (found.indicator, found.comparator, found.value, found.unit) == expected


def test_a_noun_in_the_value_belongs_to_the_indicator() -> None:
    first, second = cell("打造百亿级产业", "新材料1个、装备2个以上")
    assert (first.indicator, first.value) == ("打造百亿级产业（新材料）", 1)
    assert (second.indicator, second.comparator, second.value) == ("打造百亿级产业（装备）", ">=", 2)


def test_periods_and_years() -> None:
    assert [t.period for t in cell("每年开放场景数量", "80个")] == ["annual"]
    assert [t.period for t in cell("累计服务量", "80万人次")] == ["cumulative"]
    assert [t.period for t in cell("培训人数", "每年80人")] == ["annual"]
    assert [(t.value, t.year) for t in cell("企业数量", "2025年50家；2027年80家")] == [(50, 2025), (80, 2027)]
    assert [t.modality for t in cell("争取创建示范区", "2个")] == ["aim"]


@pytest.mark.parametrize(
    ("value", "kind", "comparator", "number"),
    [
        ("全覆盖", "coverage", "=", 100),
        ("基本全覆盖", "coverage", "~", 100),
        ("完成", "coverage", "=", 100),
        ("持续提升", "trend", "growth", None),
        ("逐年下降", "trend", "growth", None),
        ("稳步提高", "trend", "growth", None),
    ],
)
def test_values_without_a_figure(value: str, kind: str, comparator: str, number: float | None) -> None:
    (found,) = cell("公共服务水平", value)
    assert (found.kind, found.comparator, found.value) == (kind, comparator, number)


@pytest.mark.parametrize(
    ("value", "comparator", "number"),
    [("不低于上年", ">=", None), ("高于全省平均水平", ">", None), ("翻一番", "=", 2)],
)
def test_values_measured_by_something_else(value: str, comparator: str, number: float | None) -> None:
    (found,) = cell("技术交易额", value)
    assert (found.kind, found.comparator, found.value) == ("relative", comparator, number)
    assert found.indicator.startswith("技术交易额")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "—",
        "三年",
        "一级",
        "/",
        "2026年12月",
        "2026年",
        "2026",
        "启动",
        "省科技厅",
        "√",
        "三大体系",
        "五大行动",
        "四大机制",
    ],
)
def test_values_that_set_nothing(value: str) -> None:
    assert cell("建设平台", value) == ()


def test_the_quote_is_the_cell() -> None:
    document = document_of_lines("a", "建设平台\t 5 个以上 ")
    (found,) = read_cell_target(document, Span(0, 4), Span(5, len(document.text)), year=None)
    assert document.quote(found.span) == "5 个以上"


@settings(max_examples=200, deadline=timedelta(seconds=2))
@given(
    st.text(max_size=20),
    st.text("0123456789.％%个家万亿以上左右≥—（）[]年全覆盖每、；\n", max_size=20) | st.text(max_size=20),
)
def test_no_cell_is_too_odd(indicator: str, value: str) -> None:
    indicator = indicator.replace("\n", " ")
    document = document_of_lines("a", f"{indicator}\t{value}")
    spans = Span(0, len(indicator)), Span(len(indicator) + 1, len(document.text))
    for found in read_cell_target(document, *spans, year=2026):
        assert spans[1].start <= found.span.start < found.span.end <= spans[1].end
