"""The questions about targets against rows worked out by hand from the sample plan, on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from plan_by_hand import ASSIGNED, PARENT, PLAN, TARGETS, full, rows
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace
from innograph.graph.stores import Store, open_store
from innograph.queries import ask, load_catalogue


def target_rows(wanted: list[int]) -> list[tuple[Any, ...]]:
    """The expected rows of the targets of these tasks (0 for the plan)."""
    return [
        (PLAN if at == 0 else ASSIGNED[at - 1].name, kind, comparator, value, None, unit, year,
         [full(u) for u in ASSIGNED[at - 1].leads] if at else [], PLAN, words)
        for at, words, kind, comparator, value, unit, year in TARGETS
        if at in wanted
    ]  # fmt: skip


class TestTargets:
    COLUMNS = (
        "owner", "kind", "comparator", "value", "value_to", "unit_of_measure", "year", "leads", "plan", "quote"
    )  # fmt: skip

    def test_all_42(self, changji: Workspace) -> None:
        found = rows(changji, "targets", *self.COLUMNS)
        assert len(found) == 42
        assert found == target_rows(list(range(14)))

    def test_of_a_task(self, changji: Workspace) -> None:
        assert rows(changji, "targets", *self.COLUMNS, task="完善创新创业服务平台建设") == target_rows([8])

    def test_of_a_unit_whatever_its_role(self, changji: Workspace) -> None:
        assert rows(changji, "targets", *self.COLUMNS, unit="教育局") == target_rows([12, 13])
        assert rows(changji, "targets", *self.COLUMNS, unit="卫健委") == target_rows([5, 6, 10])

    def test_of_a_task_and_a_unit(self, changji: Workspace) -> None:
        assert rows(changji, "targets", *self.COLUMNS, task="科学素质", unit="教育局") == target_rows([13])
        assert rows(changji, "targets", *self.COLUMNS, task="科学素质", unit="税务局") == []

    def test_of_a_plan(self, changji: Workspace) -> None:
        assert len(rows(changji, "targets", plan=PLAN)) == 42
        assert rows(changji, "targets", plan=PARENT) == []

    def test_indicators_are_named_by_what_is_measured(self, changji: Workspace) -> None:
        named = dict(rows(changji, "targets", "quote", "indicator"))
        assert named["高新技术企业数量超过50家"] == named["高新技术企业超过50家"] == "高新技术企业"
        assert named["科技特派员人数突破200人"] == "科技特派员人数"
        assert named["万人有效发明专利拥有量超过2.4件"] == "万人有效发明专利拥有量"


class TestUnquantified:
    # Every task has a figure. 按一定比例逐年递增 (line 24) names none; nor do the four safeguards (lines 100 to 106).
    def test_one_target_and_four_safeguards(self, changji: Workspace) -> None:
        trend = "财政科技经费投入按一定比例逐年递增"
        safeguards = [
            (100, "（一）", "加强组织领导"), (102, "（二）", "强化政策保障"),
            (104, "（三）", "完善投入机制"), (106, "（四）", "做好宣传引导"),
        ]  # fmt: skip
        assert rows(changji, "unquantified") == [
            ("target", None, trend, "完善区域创新体系建设", PLAN, trend, "二（一） 第24行"),
            *(("measure", n, name, PLAN, PLAN, f"{n}{name}", f"三{n} 第{at}行") for at, n, name in safeguards),
        ]
        assert [f.statement.zh for f in changji.findings() if f.rule == "unquantified"] == [
            f"目标“{trend}”没有目标值"
        ], "safeguards are listed, and are no findings"


class TestSafeguardsWithAFigure:
    """A plan whose second safeguard says 市财政每年安排专项资金不低于5000万元, as a graph made by hand."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())) as store:
            quote = "市财政每年安排专项资金不低于5000万元"
            store.sync(
                graph(
                    [
                        node("Plan", "p", quote="p"),
                        node("Task", "t", position=1, content="", quote="t"),
                        node("Measure", "m1", number="（一）", position=1, content="", quote="m1"),
                        node("Measure", "m2", number="（二）", position=2, content=quote, quote="m2"),
                        node("Target", "g0", kind="numeric", comparator=">", value=3.0, quote="g0"),
                        node("Target", "g2", kind="numeric", comparator=">=", value=5000.0, unit="万元", quote=quote),
                        node("Indicator", "i"),
                        edge("HAS_TASK", "p", "t", "e1"),
                        edge("HAS_MEASURE", "p", "m1", "e2"),
                        edge("HAS_MEASURE", "p", "m2", "e3"),
                        edge("SETS_TARGET", "m2", "g2", "e4"),
                        edge("SETS_TARGET", "t", "g0", "e5"),
                        edge("MEASURES", "g2", "i", "e6"),
                        edge("MEASURES", "g0", "i", "e7"),
                    ]
                )
            )
            yield store

    def test_it_is_among_the_targets(self, store: Store) -> None:
        found = ask(store, load_catalogue()["targets"], {}).dicts()
        assert [(r["owner"], r["plan"], r["value"], r["unit_of_measure"], r["leads"]) for r in found] == [
            ("t", "p", 3.0, None, []),
            ("m2", "p", 5000.0, "万元", []),
        ]

    def test_only_the_other_has_no_figure(self, store: Store) -> None:
        found = ask(store, load_catalogue()["unquantified"], {}).dicts()
        assert [(r["kind"], r["name"]) for r in found] == [("measure", "m1")]


class TestSameIndicator:
    # 高新技术企业 is counted in the goals (line 20) and in （二） (line 29); 专精特新企业 and 小巨人 are other things.
    def test_one(self, changji: Workspace) -> None:
        words = ["高新技术企业数量超过50家", "高新技术企业超过50家"]
        owners = [PLAN, "推动高新技术企业提质增量"]
        places = ["第20行", "二（二） 第29行"]
        assert rows(changji, "same-indicator") == [("高新技术企业", 2, "places", owners, words, [PLAN], words, places)]
