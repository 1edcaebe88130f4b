"""Sub-headings and subtotals in the column of the names: left out and told, each at its row, and nothing else with them."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.records import NodeAssertion
from innograph.graph.text import use_language
from innograph.loaders.table import choose_packs, load_table
from innograph.loaders.table.cells import clean
from innograph.loaders.table.columns import ColumnReader
from innograph.loaders.table.headings import Headings

FIRMS = "序号,企业名称,所在区域,梯度,从业人数"


def read(text: str, label: str = "Enterprise") -> tuple[list[str], list[tuple[int | None, int | None]]]:
    """Return the names of the things of that type, and row and column of each row that was taken for a heading."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        file.write_text(text, encoding="utf-8")
        loaded = load_table(file)
        said = [a for a in loaded.assertions if isinstance(a, NodeAssertion) and a.label == label]
    told = [(i.place.row, i.place.column) for i in loaded.issues if i.code == "table.heading-row"]
    return [str(a.properties["name"]) for a in said], told


HEADINGS = [
    "昌吉市",
    "昌吉市（12家）",
    "昌吉州小计",
    "昌吉市 小计：3家",
    "小计",
    "小计（2家）",
    "某集团合计",
    "Subtotal: 5",
    "一、工业企业",
    "（二）农业企业",
    "第三部分 其他",
    "第一批",
    "Ⅱ、商贸",
    "规模以上工业企业",
    "高新技术企业",
    "其他",
]
NAMES = [
    "第一批发市场有限公司",
    "一、二级市场管理有限公司",
    "昌吉市某公司",
    "总计划咨询有限公司",
    "小计然农业",
    "合计科技有限公司",
    "Total Energy",
    "一汽某厂",
    "新疆某某",
]


@pytest.mark.parametrize("text", HEADINGS)
def test_a_heading_in_the_column_of_names_is_no_enterprise(text: str) -> None:
    rows = f"{FIRMS}\n1,甲公司,昌吉市,高企,5\n,{text},,,\n2,乙公司,昌吉市,,6\n"
    assert read(rows) == (["甲公司", "乙公司"], [(3, 2)])


@pytest.mark.parametrize("text", NAMES)
def test_what_names_an_enterprise_stays_one(text: str) -> None:
    names, told = read(f"{FIRMS}\n1,甲公司,昌吉市,高企,5\n,{text},,,\n2,乙公司,昌吉市,,6\n")
    assert (names, told) == (["甲公司", text, "乙公司"], [])


def test_its_number_may_stand_in_a_column_before() -> None:
    rows = f"{FIRMS}\n一,工业企业,,,\n1,甲公司,昌吉市,,5\n（二）,农业,,,\n二,丙公司,,,\n3,农业,,,\n"
    assert read(rows) == (["甲公司", "丙公司", "农业"], [(2, 2), (4, 2)])


def test_it_may_stand_in_a_column_before_the_names() -> None:
    assert read(f"{FIRMS}\n1,甲公司,昌吉市,,5\n一、工业企业,,,,\n2,乙公司,昌吉市,,\n") == (
        ["甲公司", "乙公司"],
        [(3, 1)],
    )


def test_a_row_that_says_more_is_none() -> None:
    """Whoever has a number of employees is no heading, whatever it is called."""
    assert read(f"{FIRMS}\n1,昌吉市,,,5\n2,其他,昌吉市,,\n") == (["昌吉市", "其他"], [])


def test_a_list_of_names_alone_stays_one() -> None:
    assert read("企业名称\n昌吉市\n一、工业企业\n甲公司\n")[0] == ["昌吉市", "一、工业企业", "甲公司"]


def test_names_without_anything_else_filled_in_stay() -> None:
    names = ["甲公司", "乙厂", "丙某某"]
    assert read("企业名称,所在区域,梯度\n" + "".join(f"{name},,\n" for name in names)) == (names, [])


def test_of_tiers_a_category_is_the_name() -> None:
    assert read("梯度,下一级\n科技型中小企业,高新技术企业\n高新技术企业,\n", "Tier")[1] == []


def test_of_platforms_a_zone_is_the_name() -> None:
    rows = "平台名称,所在区域,级别\n甲园,昌吉市,省级\n昌吉高新区,,\n昌吉市,,\n"
    assert read(rows, "Platform") == (["甲园", "昌吉高新区"], [(4, 1)])


def test_a_short_row_is_told_once() -> None:
    names, told = read("企业名称,所在区域,梯度\n甲公司,昌吉市,高企\n昌吉市\n乙公司,昌吉市,高企\n")
    assert (names, told) == (["甲公司", "乙公司"], [(3, 1)])


def test_it_is_told_in_words() -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        file.write_text(
            f"{FIRMS}\n1,甲公司,昌吉市,高企,5\n,昌吉市13800000000,,,\n,二、农业13800000000,,,\n", encoding="utf-8"
        )
        loaded = load_table(file)
        list(loaded.assertions)
    found = [i for i in loaded.issues if i.code == "table.heading-row"]
    with use_language("en"):
        assert [i.message for i in found] == [
            "“二、农业…” reads as a sub-heading or subtotal; the row was not taken for data"
        ]
    assert not any("13800000000" in i.quote + str(i.values) for i in found)


(PACK,) = choose_packs("enterprises")
NAME = ColumnReader(PACK.columns["name"], 1, PACK, personal=False)
JUDGE = Headings(("序号", "企业名称", "备注"), PACK, {"name": NAME})


@given(st.lists(st.text(alphabet="一二、（）第批昌吉市小计：12家() \tⅠ.企业", max_size=12), min_size=3, max_size=3))
def test_only_the_column_of_names_and_one_before_it_may_be_filled(cells: list[str]) -> None:
    found = JUDGE.text_of(cells)
    filled = [at for at, cell in enumerate(cells) if cell.strip()]
    if found is not None:
        assert found[0] == filled[-1] <= 1
        assert found[1] == clean(cells[found[0]])
        assert JUDGE.text_of([*cells[:2], "5"]) is None


@pytest.mark.parametrize("piece", ["（", "：1", "一、", "小计", "第一", "合计（", "规上", "昌吉市"])
def test_a_hostile_cell_costs_no_more_than_its_length(piece: str) -> None:
    started = time.process_time()
    JUDGE.text_of(("", piece * 50_000, ""))
    assert time.process_time() - started < 2
