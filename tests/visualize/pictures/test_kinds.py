"""What each kind of picture shows, held against the plan's text and the CSVs of the sample."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import cooperation_sample as sample
import pytest

import innograph
from innograph.graph.errors import NothingFound
from innograph.graph.text import use_language
from innograph.visualize.pictures import Drawing, Wanted, flows_of, node_type, picture_of
from innograph.visualize.pictures.wanted import NotDrawn

UNIT = "Department:652301/科技局"


def drawing_of(workspace: innograph.Workspace, wanted: Wanted) -> Drawing:
    found = picture_of(workspace, wanted).drawing
    assert found is not None
    return found


def names(drawing: Drawing) -> set[str]:
    return {node["full"] for node in drawing.nodes}


class TestNeighbourhood:
    def test_one_step(self, planned: innograph.Workspace) -> None:
        drawing = drawing_of(planned, Wanted(thing="科技局"))
        assert len(drawing.nodes) == 1 + 12 + 1  # itself, its tasks and its city
        assert {edge["kind"] for edge in drawing.edges} == {"LEADS", "SUPPORTS", "LOCATED_IN"}
        assert [(node["x"], node["y"]) for node in drawing.nodes if node["mark"] == "centre"] == [(0.0, 0.0)]
        assert drawing.note == ""

    def test_more_steps_hold_fewer(self, planned: innograph.Workspace) -> None:
        near, far = (names(drawing_of(planned, Wanted(thing="科技局", depth=depth))) for depth in (1, 2))
        assert near < far

    def test_the_way_does_not_lead_through_a_region(self, planned: innograph.Workspace) -> None:
        """市委组织部 and 科技局 share a city and no task: three steps apart, by way of the plan's tasks."""
        assert "昌吉市委组织部" not in names(drawing_of(planned, Wanted(thing="科技局", depth=2)))
        assert "昌吉市委组织部" in names(drawing_of(planned, Wanted(thing="昌吉市", depth=1)))

    def test_one_type(self, planned: innograph.Workspace) -> None:
        drawing = drawing_of(planned, Wanted(thing="科技局", types=("Task",)))
        assert Counter(node["kind"] for node in drawing.nodes) == {"Department": 1, "Task": 12}

    def test_too_many_are_left_out_with_the_way_to_them(self, planned: innograph.Workspace) -> None:
        with use_language("en"):
            drawing = drawing_of(planned, Wanted(thing="科技局", most=5))
        assert len(drawing.nodes) == 5
        assert drawing.note == (
            "5 nodes are drawn; 9 more are left out. To see more: innograph draw 科技局 --most 14; to see one type:"
            " innograph draw 科技局 --type Task"
        )
        with use_language("en"):
            two = drawing_of(planned, Wanted(thing="科技局", most=5, depth=2))
        assert two.note.endswith("Step 1 already fills the picture: nothing farther out is drawn")

    def test_a_thing_must_be_named_and_known(self, planned: innograph.Workspace) -> None:
        with pytest.raises(NotDrawn):
            picture_of(planned, Wanted("neighbourhood"))
        with pytest.raises(NothingFound):
            picture_of(planned, Wanted(thing="无此单位的名字"))

    def test_arrows_only_where_direction_means_something(self, whole: innograph.Workspace) -> None:
        edges = drawing_of(whole, Wanted(thing="示例昌吉农业学院", depth=2)).edges
        assert {edge["kind"] for edge in edges if not edge["arrow"]} == {"COOPERATES_WITH"}
        assert {"LOCATED_IN", "PARTICIPATES_IN"} <= {edge["kind"] for edge in edges if edge["arrow"]}


class TestCooperation:
    def test_all_pairs_with_their_strength(self, whole: innograph.Workspace) -> None:
        drawing = drawing_of(whole, Wanted("cooperation"))
        name = {node["id"]: node["full"] for node in drawing.nodes}
        shown = Counter(tuple(sorted((name[edge["from"]], name[edge["to"]]))) for edge in drawing.edges)
        expected = {pair: proofs for pair, proofs in sample.pairs().items() if sample.TWIN not in pair}
        assert {pair for pair in shown if sample.TWIN not in pair} == {tuple(sorted(pair)) for pair in expected}
        assert max(shown.values()) == 1
        widths = {tuple(sorted((name[e["from"]], name[e["to"]]))): e["width"] for e in drawing.edges}
        strongest = max(expected, key=lambda pair: len(expected[pair]))
        weakest = min(expected, key=lambda pair: len(expected[pair]))
        assert widths[tuple(sorted(strongest))] == max(widths.values()) == 8
        assert widths[tuple(sorted(weakest))] == min(widths.values()) == 1

    def test_each_line_has_its_proof(self, whole: innograph.Workspace) -> None:
        for edge in drawing_of(whole, Wanted("cooperation")).edges:
            assert edge["quote"], edge["id"]
            assert edge["place"], edge["id"]

    def test_partners_of_one(self, whole: innograph.Workspace) -> None:
        asked = "示例昌吉农业学院"
        drawing = drawing_of(whole, Wanted("cooperation", asked))
        assert names(drawing) == {asked} | sample.partners()[asked]

    def test_bodies_at_home_are_marked(self, whole: innograph.Workspace) -> None:
        drawing = drawing_of(whole, Wanted("cooperation"))
        home = {name for name, body in sample.bodies().items() if body.region == sample.HOME}
        assert {n["full"] for n in drawing.nodes if n["mark"] == "home"} == home & names(drawing)

    def test_too_many_ties_are_thinned_without_taking_bodies_apart(self, whole: innograph.Workspace) -> None:
        import networkx as nx
        from scipy.sparse import csr_array

        from innograph.visualize.pictures.cooperation import _readable  # pyright: ignore[reportPrivateUsage]

        dense = nx.complete_graph(20)
        weights = {pair: 1 + (pair[0] * 7 + pair[1] * 3) % 5 for pair in dense.edges}
        both = [(a, b, w) for (one, other), w in weights.items() for a, b, w in ((one, other, w), (other, one, w))]
        ones, others, data = zip(*both, strict=True)
        left = nx.from_scipy_sparse_array(_readable(csr_array((data, (ones, others)), shape=(20, 20))))
        assert left.number_of_edges() < 60 < dense.number_of_edges()
        assert nx.is_connected(left)
        assert all(d["weight"] == weights[min(a, b), max(a, b)] for a, b, d in left.edges(data=True))


class TestResponsibility:
    def test_tasks_units_and_what_they_name(self, planned: innograph.Workspace) -> None:
        drawing = drawing_of(planned, Wanted())
        kinds = Counter(node["kind"] for node in drawing.nodes)
        assert (kinds["Task"], kinds["Measure"], kinds["Collective"]) == (13, 4, 3)
        roles = Counter(edge["kind"] for edge in drawing.edges)
        assert (roles["LEADS"], roles["SUPPORTS"], roles["HAS_TASK"]) == (15, 46, 13)
        assert "Action" not in kinds
        assert "Region" not in kinds
        assert all(edge["quote"] for edge in drawing.edges)

    def test_rosters_do_not_flood_it(self, whole: innograph.Workspace) -> None:
        assert "示例西域物流有限公司" not in names(drawing_of(whole, Wanted()))

    def test_plans_and_tasks_stay_when_it_is_cut(self, planned: innograph.Workspace) -> None:
        kinds = Counter(node["kind"] for node in drawing_of(planned, Wanted(most=20)).nodes)
        assert (kinds["Plan"], kinds["Task"], kinds["Measure"], sum(kinds.values())) == (2, 13, 4, 20)


class TestRegions:
    def test_pairs_of_the_sample(self, whole: innograph.Workspace) -> None:
        """By prefecture, with the counties of 昌吉州 taken together and what has no prefecture as itself."""
        at = {**{code: code for code in sample.CODES.values()}, "652301": "652300", "652302": "652300"}
        at |= {"652323": "652300", "650104": "650100"}
        expected: Counter[tuple[str, ...]] = Counter()
        for _, (one, other) in sample.region_pairs():
            if one and other:
                expected[tuple(sorted((at[one], at[other])))] += 1
        flows = picture_of(whole, Wanted("regions", level="prefecture")).flows
        assert flows is not None
        with use_language("zh"):
            flows = picture_of(whole, Wanted("regions", level="prefecture")).flows
        assert flows is not None
        shown = sorted(int(band.said.partition("伙伴")[2].partition("对")[0]) for band in flows.sankey.bands)
        assert shown == sorted(expected.values())
        assert flows.sankey.nodes[0].home
        assert flows.sankey.nodes[0].name == flows.names[0] == "昌吉回族自治州"
        # the table has each pair of regions twice, and what is within a region once
        told = [int(cell.text) for (one, other), cell in flows.cells.items() if one <= other]
        assert sorted(told) == shown
        assert all(flows.cells[other, one] == cell for (one, other), cell in flows.cells.items())
        assert {cell.shade for cell in flows.cells.values()} <= {1, 2, 3, 4, 5}
        assert all(cell.quote and cell.place and cell.edge for cell in flows.cells.values())

    def test_of_one_region(self, whole: innograph.Workspace) -> None:
        flows = picture_of(whole, Wanted("regions", "北京市", level="prefecture")).flows
        assert flows is not None
        assert all("北京" in band.said for band in flows.sankey.bands)
        assert "北京" in flows.title

    def test_small_regions_are_taken_together(self) -> None:
        rows = [
            {
                "region": f"R{i:02}",
                "other": "Hub",
                "pairs": 40 - i,
                "projects": 1,
                "quote": "",
                "place": "",
                "evidence": [],
            }
            for i in range(20)
        ]
        with use_language("en"):
            flows = flows_of(rows, "many")
        rest = sum(40 - i for i in range(11, 20))
        assert len(flows.names) == 13
        assert flows.names[-1] == "9 other regions"  # Hub and R00 to R10 have places of their own
        assert flows.left_out.startswith("9 smaller regions are taken together; all ties of one: innograph draw REGION")
        assert flows_of(rows[:12], "few").left_out == ""
        assert flows.sankey.nodes[-1].label == f"9 other regions {rest}"
        assert flows.cells["9 other regions", "Hub"].text == str(rest)
        assert flows.cells["Hub", "R00"][1:3] == ("Hub — R00: 40 pairs of partners, 1 shared projects", 2)
        assert sum(int(b.said.split(": ")[1].split()[0]) for b in flows.sankey.bands) == sum(40 - i for i in range(20))

    def test_labels_have_room(self, whole: innograph.Workspace) -> None:
        rows = [
            {"region": f"R{i:02}", "other": "Hub", "pairs": 1, "projects": 1, "quote": "", "place": "", "evidence": []}
            for i in range(14)
        ]
        rows[0]["pairs"] = 5000
        nodes = flows_of(rows, "crowded").sankey.nodes
        for anchor in ("start", "end"):
            heights = sorted(node.label_y for node in nodes if node.anchor == anchor)
            assert all(low - high >= 16 for high, low in pairwise(heights))

    def test_nothing_is_drawn_of_nothing(self) -> None:
        nothing = flows_of([], "none")
        assert (nothing.sankey.nodes, nothing.names, dict(nothing.cells)) == ((), (), {})


def test_types_are_known_in_both_languages() -> None:
    assert [node_type(word) for word in ("企业", "enterprise", "Enterprise")] == ["Enterprise"] * 3
    with pytest.raises(NotDrawn, match="Enterprise"):
        node_type("火箭")


def test_the_whole_graph_is_never_read(whole: innograph.Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the whole graph was asked for")

    whole.store()
    monkeypatch.setattr(innograph.Workspace, "graph", refuse)
    monkeypatch.setattr(innograph.Workspace, "networkx", refuse)
    for wanted in (Wanted(), Wanted(thing="科技局"), Wanted("cooperation"), Wanted("regions"), Wanted("matrix")):
        assert picture_of(whole, wanted).title


class TestOfADay:
    """The sample plan was issued in 2022."""

    @pytest.mark.parametrize(("day", "tasks"), [("2021-12-31", 0), ("2023-01-01", 13), ("", 13)])
    def test_the_matrix_and_the_network(self, planned: innograph.Workspace, day: str, tasks: int) -> None:
        matrix = picture_of(planned, Wanted("matrix", day=day)).matrix
        assert matrix is not None
        assert len(matrix.tasks) == tasks
        drawing = drawing_of(planned, Wanted(day=day))
        assert sum(node["kind"] == "Task" for node in drawing.nodes) == tasks

    def test_it_is_said_and_kept_in_the_commands(self, planned: innograph.Workspace) -> None:
        with use_language("en"):
            picture = picture_of(planned, Wanted(thing="科技局", most=5, day="2023-01-01"))
        assert picture.title == "昌吉市科技局: within one step (as of 2023-01-01)"
        assert "innograph draw 科技局 --as-of 2023-01-01 --most 14" in picture.note

    def test_a_command_that_draws_more_keeps_the_types(self, planned: innograph.Workspace) -> None:
        with use_language("en"):
            note = picture_of(planned, Wanted(thing="科技局", types=("Task",), most=5)).note
        assert "To see more: innograph draw 科技局 --type Task --most 13;" in note

    def test_flows(self, whole: innograph.Workspace) -> None:
        """No project had begun in 1990: what ties regions then is cooperation that nobody dates."""
        then, now = (picture_of(whole, Wanted("regions", day=day)) for day in ("1990-01-01", ""))
        rows = whole.answer("region-matrix", {"level": "prefecture"}, as_of="1990-01-01").dicts()
        assert then.flows is not None
        assert now.flows is not None
        assert then.html() != now.html()
        assert all(row["projects"] == 0 for row in rows)
        assert "1990-01-01" in then.title


class TestMatrixOf:
    def matrix(self, workspace: innograph.Workspace, thing: str) -> tuple[str, int, int]:
        picture = picture_of(workspace, Wanted("matrix", thing))
        assert picture.matrix is not None
        return picture.title, len(picture.matrix.tasks), len(picture.matrix.units)

    def test_a_unit_a_task_and_a_plan(self, planned: innograph.Workspace) -> None:
        assert self.matrix(planned, "科技局") == ("昌吉市科技局　责任矩阵", 12, 1)
        assert self.matrix(planned, "完善区域创新体系建设") == ("完善区域创新体系建设　责任矩阵", 1, 6)
        assert self.matrix(planned, "Plan:昌市政办发-2022-15")[1:] == (13, 19)

    def test_what_is_not_there_is_said(self, planned: innograph.Workspace) -> None:
        with pytest.raises(NothingFound):
            picture_of(planned, Wanted("matrix", "没有这个单位"))
