"""Rows of an answer as a page shows them: what is empty, what is long, what is over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.requests import Request

from innograph.graph.stores import Rows
from innograph.graph.text import Text
from innograph.queries import Answer, load_catalogue
from innograph.queries.question import Column
from innograph.visualize.workbench.grid import PAGE_ROWS, arranged, grid_of


def answer(columns: str, rows: list[tuple[Any, ...]]) -> Answer:
    """An answer with these columns, whatever the question."""
    names = columns.split()
    question = replace(load_catalogue()["load"], columns=tuple(Column(name, Text(name, name), {}) for name in names))
    return Answer(question, {}, {}, Rows(tuple(names), rows))


def request(query: str = "") -> Request:
    return Request({"type": "http", "path": "/q/load", "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("sort", "order"), [("n", [1, 2, 10, None]), ("-n", [10, 2, 1, None]), ("x", [10, None, 2, 1])]
)
def test_what_is_not_known_comes_last_either_way(sort: str, order: list[int | None]) -> None:
    asked = answer("n", [(10,), (None,), (2,), (1,)])
    assert [row["n"] for row in arranged(asked, sort, "")] == order


def test_lists_are_sorted_by_how_long_they_are() -> None:
    asked = answer("units", [(["z"],), (["a", "b", "c"],), ([],), (["m", "n"],)])
    assert [len(row["units"]) for row in arranged(asked, "-units", "")] == [3, 2, 1, 0]


def test_a_long_list_says_how_many_more_there_are() -> None:
    (row,) = grid_of(answer("units", [([f"u{n}" for n in range(15)] + ["u0"],)]), request()).rows
    assert (len(row.cells[0].items), row.cells[0].more) == (12, 3)  # said twice is one


@pytest.mark.parametrize(("rows", "pages", "last"), [(0, 1, 0), (PAGE_ROWS, 1, PAGE_ROWS), (PAGE_ROWS + 1, 2, 1)])
def test_the_last_page_has_what_is_over(rows: int, pages: int, last: int) -> None:
    grid = grid_of(answer("n", [(n,) for n in range(rows)]), request("page=99999"))
    assert (grid.pages, grid.page, len(grid.rows)) == (pages, pages, last)


def test_what_is_found_is_told_of_how_many() -> None:
    grid = grid_of(answer("unit", [("市科技局",), ("市财政局",), ("县科技局",)]), request("find=%E7%A7%91%E6%8A%80"))
    assert (grid.total, grid.fitting) == (3, 2)


def test_sorting_begins_at_the_first_page_and_keeps_what_is_sought() -> None:
    (head,) = grid_of(answer("n", [(1,)]), request("find=1&page=3&sort=n&evidence=e")).heads
    assert parse_qs(urlsplit(head.href).query) == {"find": ["1"], "sort": ["-n"]}


def test_one_plan_is_no_column_and_several_are() -> None:
    rows = [("甲方案", 1), ("乙方案", 2)]
    assert [head.name for head in grid_of(answer("plan n", rows[:1]), request()).heads] == ["n"]
    assert [head.name for head in grid_of(answer("plan n", rows), request()).heads] == ["plan", "n"]


@pytest.mark.parametrize(
    ("text", "room"), [("短", ""), ("伙伴的伙伴相通", "some"), ("伙伴的伙伴相通，领域或区域也相同", "much")]
)
def test_a_column_has_room_for_the_longest_of_its_texts(text: str, room: str) -> None:
    (head,) = grid_of(answer("basis", [("短",), (text,)]), request()).heads
    assert head.room == room


def test_the_id_of_a_thing_is_where_its_name_leads() -> None:
    asked = answer("thing thing_id", [("科技局", "Department:652301/科技局")])
    grid = grid_of(asked, request())
    assert [head.name for head in grid.heads] == ["thing"]
    assert [item.href for item in grid.rows[0].cells[0].items] == [
        "/thing/Department:652301/%E7%A7%91%E6%8A%80%E5%B1%80"
    ]
