"""What was not yet so on a day is left out of its graph, also where only a year says it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

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
