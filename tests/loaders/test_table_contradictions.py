"""One thing, one property, two values: told at the second place with both; the last one counts, and its row is the quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.text import use_language
from innograph.loaders.table import load_table
from innograph.loaders.table.contradictions import Facts
from innograph.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from innograph.loaders.base import Loaded


def read(folder: Path, text: str) -> Loaded:
    file = folder / "a.csv"
    file.write_text(text, encoding="utf-8")
    loaded = load_table(file)
    loaded.assertions = list(loaded.assertions)
    return loaded


def told(loaded: Loaded) -> list[tuple[int | None, int | None, Any, Any, Any]]:
    found = [i for i in loaded.issues if i.code == "table.contradiction"]
    return [(i.place.row, i.place.column, i.values["row"], i.values["before"], i.values["value"]) for i in found]


def staff(loaded: Loaded) -> list[object]:
    return [
        a.properties.get("employees")
        for a in loaded.assertions
        if isinstance(a, NodeAssertion) and a.label == "Enterprise"
    ]


def graph_of(folder: Path, text: str) -> dict[str, dict[str, Any]]:
    file = folder / "a.csv"
    file.write_text(text, encoding="utf-8")
    with Workspace.create(folder / "ws") as workspace:
        workspace.load(file)
        graph = workspace.graph()
        return {one.id: one.properties for one in (*graph.nodes.values(), *graph.edges.values())}


def test_two_figures_of_one_firm(tmp_path: Path) -> None:
    loaded = read(tmp_path, "企业名称,所在区域,从业人数\n甲公司,昌吉市,5\n乙公司,昌吉市,7\n甲公司,昌吉市,6\n")
    assert told(loaded) == [(4, 3, 2, "5", "6")]
    (issue,) = [i for i in loaded.issues if i.code == "table.contradiction"]
    assert (issue.quote, issue.severity.value) == ("甲公司 | 昌吉市 | 6", "warning")
    with use_language("en"):
        assert issue.message == "Of one thing, “从业人数” is “5” in row 2 and “6” here; the later one was loaded"


def test_the_last_one_counts_also_if_it_was_said_first(tmp_path: Path) -> None:
    """5, 6, 5: the third row is no repetition of the first, for the second has contradicted it."""
    text = "企业名称,从业人数\n甲公司,5\n甲公司,6\n甲公司,5\n甲公司,5\n"
    loaded = read(tmp_path, text)
    assert staff(loaded) == [5, 6, 5]
    assert told(loaded) == [(3, 2, 2, "5", "6")]
    assert graph_of(tmp_path, text)["Enterprise:甲公司"]["employees"] == 5


def test_the_quote_is_that_of_the_value(tmp_path: Path) -> None:
    found = graph_of(tmp_path, "企业名称,从业人数\n甲公司,5\n甲公司,6\n甲公司,\n")["Enterprise:甲公司"]
    # The last row gives no number: the first that nothing contradicts is the second.
    assert (found["employees"], found["quote"], found["place"]) == (6, "甲公司 | 6", "a.csv 第3行 第1列")


def test_where_each_row_was_overridden_in_part_the_last_is_quoted(tmp_path: Path) -> None:
    rows = "企业名称,从业人数,成立年份\n甲公司,5,2001\n甲公司,6,2002\n甲公司,,2003\n"
    found = graph_of(tmp_path, rows)["Enterprise:甲公司"]
    assert (found["employees"], found["founded"], found["quote"]) == (6, 2003, "甲公司 |  | 2003")


def test_without_a_contradiction_the_first_row_is_quoted(tmp_path: Path) -> None:
    found = graph_of(tmp_path, "企业名称,从业人数\n甲公司,\n甲公司,6\n")["Enterprise:甲公司"]
    assert (found["employees"], found["quote"]) == (6, "甲公司 | ")


def test_of_a_relation(tmp_path: Path) -> None:
    text = "企业名称,梯度,认定年份\n甲公司,高企,2020\n甲公司,高企,2021\n甲公司,高企,2020\n"
    loaded = read(tmp_path, text)
    assert told(loaded) == [(3, 3, 2, "2020", "2021")]
    years = [
        a.properties["year"] for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "QUALIFIES_AS"
    ]
    assert years == [2020, 2021, 2020]


def test_what_held_at_another_time_is_another_fact(tmp_path: Path) -> None:
    text = "企业名称,梯度,认定年份,资质有效期自\n甲公司,高企,2020,2020-01-01\n甲公司,高企,2023,2023-01-01\n"
    assert told(read(tmp_path, text)) == []


def test_lists_add_up_and_widths_do_not_matter(tmp_path: Path) -> None:
    text = "企业名称,别名,经营状态\n甲公司,甲一,存续A\n甲公司,甲二,存续Ａ\n甲公司,,\n"
    assert told(read(tmp_path, text)) == []


def test_two_names_of_one_key(tmp_path: Path) -> None:
    text = "企业名称,统一社会信用代码\n甲公司,91350100M000100Y43\n乙公司,91350100M000100Y43\n"
    assert told(read(tmp_path, text)) == [(3, 1, 2, "甲公司", "乙公司")]


def test_a_row_that_is_not_loaded_contradicts_nothing(tmp_path: Path) -> None:
    text = "rcn,pic,type,total_cost\n1,999977172,PRC,5\n1,,PRC,6\n1,999977172,PRC,5\n"
    loaded = read(tmp_path, text)
    assert (told(loaded), {i.code for i in loaded.issues}) == ([], {"table.missing-value"})


@pytest.mark.parametrize("size", [1, 2, 100])
def test_memory_has_a_measure(size: int) -> None:
    facts = Facts(size)
    for number in range(1000):
        assert list(facts.take(number, {"a": 1}, number)) == []
    assert [one.now for one in facts.take(999, {"a": 2}, 1000)] == [2]
    assert len(facts) <= 2 * size + 1
