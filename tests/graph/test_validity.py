"""What was not yet so on a day is left out of its graph, also where only a year says it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from store_helpers import edge, graph, node

from innograph.graph.records import Edge, Graph, Node
from innograph.graph.validity import graph_on


def standing(own_id: str, edge_type: str = "QUALIFIES_AS", **properties: Any) -> Edge:
    return Edge(own_id, edge_type, "Enterprise:a", "Tier:t", properties)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2019-12-31", {"undated", "other"}),
        ("2020-01-01", {"undated", "other", "2020"}),  # of the day in the year nothing is known
        ("2023-06-30", {"undated", "other", "2020", "2023"}),
    ],
)
def test_a_standing_of_a_later_year_was_not_yet(day: str, held: set[str]) -> None:
    edges = [
        standing("undated"),
        standing("2020", year=2020),
        standing("2023", year=2023),
        standing("later", year=2023, valid_from=dt.date(2023, 7, 1)),
        standing("other", "APPLIES_FOR", year=2023),
    ]
    nodes = {one: Node(one, (one.partition(":")[0],), {"name": one}) for one in ("Enterprise:a", "Tier:t")}
    then = graph_on(Graph(nodes, {one.id: one for one in edges}, "s"), dt.date.fromisoformat(day))
    assert set(then.edges) == held


@pytest.mark.parametrize(
    ("day", "reports"),
    [
        ("2026-06-29", {"undated"}),
        ("2026-06-30", {"undated", "june"}),  # of that day itself it counts
        ("2026-07-31", {"undated", "june", "july"}),
    ],
)
def test_what_was_reported_later_was_not_yet_known(day: str, reports: set[str]) -> None:
    """Also where the report is dated and nothing says from when it holds."""
    things = [
        node("Indicator", "x"),
        node("Progress", "june", date=dt.date(2026, 6, 30)),
        node("Progress", "july", date=dt.date(2026, 7, 31)),
        node("Progress", "undated"),
        *(edge("REPORTS_ON", one, "x", f"on-{one}") for one in ("june", "july", "undated")),
    ]
    then = graph_on(graph(things), dt.date.fromisoformat(day))
    assert set(then.nodes) == {"x", *reports}
    assert set(then.edges) == {f"on-{one}" for one in reports}


@pytest.mark.parametrize(
    ("day", "gone"),
    [
        ("2022-06-16", {"plan", "task", "action", "target"}),  # what another plan sets too is there
        ("2022-06-17", set[str]()),
        ("2030-01-01", set[str]()),  # nothing says that it was repealed
    ],
)
def test_what_a_plan_sets_is_not_there_before_it_is_issued(day: str, gone: set[str]) -> None:
    things = [
        node("Plan", "plan", issue_date=dt.date(2022, 6, 17), print_date=dt.date(2022, 6, 30)),
        node("Plan", "undated"),
        *(node("Task", own) for own in ("task", "shared")),
        node("Action", "action"),
        *(node("Target", own) for own in ("target", "kept")),
        node("Department", "unit"),
        edge("HAS_TASK", "plan", "task", "1"),
        edge("HAS_TASK", "plan", "shared", "2"),
        edge("HAS_TASK", "undated", "shared", "3"),
        edge("HAS_ACTION", "task", "action", "4"),
        edge("SETS_TARGET", "action", "target", "5"),
        edge("SETS_TARGET", "undated", "kept", "6"),
        edge("LEADS", "unit", "task", "7"),
    ]
    whole = graph(things)
    then = graph_on(whole, dt.date.fromisoformat(day))
    assert whole.nodes.keys() - then.nodes.keys() == gone
    assert whole.edges.keys() - then.edges.keys() == ({"1", "2", "4", "5", "7"} if gone else set())


def test_a_plan_of_which_only_the_day_of_print_is_known() -> None:
    printed = graph([node("Plan", "p", print_date=dt.date(2022, 6, 30))])
    assert [len(graph_on(printed, dt.date(2022, 6, day)).nodes) for day in (29, 30)] == [0, 1]
