"""The matrix of industries and institutes: each cell counted in the cooperation sample's CSVs, on every engine."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import cooperation_sample as sample
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import open_store
from innograph.queries import ask, load_catalogue

FIRMS = sample.firms()


def dicts(workspace: Workspace, **given: Any) -> list[dict[str, Any]]:
    rows = workspace.answer("industry-institute", given).dicts()
    assert all(row["evidence"] and row["quote"] and row["place"] for row in rows)
    return rows


def in_prefecture(code: str) -> bool:
    return code.startswith("6523")


def cells(inside: Any = lambda code: True) -> dict[tuple[str, str], tuple[str, int, int, int, int]]:
    """State, firms, firms tied, capacity and potential of the cells that are listed, from the CSVs."""
    found: dict[tuple[str, str], tuple[str, int, int, int, int]] = {}
    industry_of = {firm.name: firm.industries for firm in FIRMS if firm.name != sample.TWIN}
    region_of = {firm.name: firm.region for firm in FIRMS}
    ties = sample.firm_institute_pairs()
    for industry in {one for firm in FIRMS for one in firm.industries}:
        firms = sum(industry in firm.industries for firm in FIRMS if inside(firm.region))
        for institute in sample.institutes():
            tied = sum(
                industry in industry_of[firm] and inside(region_of[firm])
                for firm, other in ties
                if other == institute.name
            )
            projects = [p for p in sample.projects() if institute.name in p.parties and industry in p.industries]
            capacity = len(projects) + (industry in institute.industries)
            if firms and (tied or capacity):
                state = "tied" if tied else "empty"
                found[industry, institute.name] = (state, firms, tied, capacity, (firms - tied) * capacity)
    return found


class TestIndustryInstitute:
    COLUMNS = ("state", "enterprises", "partnered", "capacity", "potential")

    def found(self, rows: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[Any, ...]]:
        return {(row["industry"], row["institute"]): tuple(row[c] for c in self.COLUMNS) for row in rows}

    def test_all_cells(self, whole: Workspace) -> None:
        rows = dicts(whole)
        assert self.found(rows) == cells()
        assert all(len(row["partners"]) == row["partnered"] for row in rows)
        order = [(row["state"] == "tied", -row["potential"]) for row in rows]
        assert order == sorted(order)
        # By hand: 5 industries of firms, 16 institutes.
        told = " ".join(remark.en for remark in whole.answer("industry-institute", {}).remarks)
        assert "5 industries with enterprises × 16 institutes = 80 cells: 13 with partners, 2 empty" in told

    def test_the_empty_ones_by_hand(self, whole: Workspace) -> None:
        """西安生物研究院 works in the field of four firms and has a project in it; 机电大学's second field is 数字信息."""
        rows = dicts(whole, cells="empty")
        assert [tuple(row[c] for c in ("industry", "institute", "enterprises", "capacity", "potential")) for row in rows] == [
            ("生物医药", "示例西安生物研究院", 4, 2, 8),
            ("数字信息", "示例西安机电大学", 5, 1, 5),
        ]  # fmt: skip

    def test_for_the_firms_of_a_region(self, whole: Workspace) -> None:
        rows = dicts(whole, region="昌吉州")
        assert self.found(rows) == cells(in_prefecture)
        rows = dicts(whole, region="昌吉州", industry="生物医药")
        assert [row["institute"] for row in rows] == [
            "示例新疆医药大学",
            "示例西安生物研究院",
        ]  # 康泽 and 沙枣 have none

    def test_who_is_tied(self, whole: Workspace) -> None:
        rows = dicts(whole, cells="tied", industry="装备制造")
        found = {row["institute"]: row["partners"] for row in rows}
        assert found["示例新疆信息大学"] == ["示例天岭装备有限公司", "示例天岭装备有限公司乌鲁木齐分公司"]
        assert found["示例石河子农垦大学"] == ["示例棉海机械有限公司", "示例沃野农机有限公司"]

    def test_what_proves_a_cell(self, whole: Workspace) -> None:
        """The line that states the field of the institute, or a project of its in that field; and a tie if there is one."""
        nodes, edges = whole.graph().nodes, whole.graph().edges

        def named(own: str) -> str:
            return str(nodes[own].properties["name"])

        rows = dicts(whole)
        for row in rows:
            proof = [edges[own] for own in row["evidence"]]
            ends = {(edge.type, named(edge.source), named(edge.target)) for edge in proof}
            stated = ("FOCUSES_ON", row["institute"], row["industry"])
            if (own := next(i for i in sample.institutes() if i.name == row["institute"])).industries:
                assert (stated in ends) is (row["industry"] in own.industries)
            assert stated in ends or row["state"] == "tied" or any(edge.type == "PARTICIPATES_IN" for edge in proof)
            if row["partners"]:
                assert ("FOCUSES_ON", row["partners"][0], row["industry"]) in ends
                assert any(edge.type in ("PARTICIPATES_IN", "COOPERATES_WITH") for edge in proof)
        assert any(len(row["evidence"]) == 1 for row in rows), "a stated field of an empty cell takes one line"


def test_a_field_known_by_a_project_alone(tmp_path: Path) -> None:
    """The institute has no field of its own, and a project in medicine without an enterprise."""
    things: list[Node | Edge] = [
        node("Industry", "Industry:m"),
        node("Industry", "Industry:x"),
        node("Enterprise", "Enterprise:e"),
        node("Institute", "Institute:i"),
        node("Project", "Project:1"),
        node("Project", "Project:2"),
        edge("FOCUSES_ON", "Enterprise:e", "Industry:m", "field of e"),
        edge("PARTICIPATES_IN", "Institute:i", "Project:1", "i in 1"),
        edge("PARTICIPATES_IN", "Institute:i", "Project:2", "i in 2"),
        edge("FOCUSES_ON", "Project:1", "Industry:x", "field of 1"),
        edge("FOCUSES_ON", "Project:2", "Industry:m", "field of 2"),
    ]
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        store.sync(graph(things))
        (question,) = (one for one in load_catalogue() if one.id == "industry-institute")
        (row,) = ask(store, question, {}).dicts()
    assert (row["industry"], row["institute"], row["state"], row["capacity"]) == (
        "Industry:m",
        "Institute:i",
        "empty",
        1,
    )
    assert row["evidence"] == ["i in 2", "field of 2"]
