"""The cooperation sample loads without a doubt, and the graph has what its CSVs say, read by other means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cooperation_sample as sample
import pandas as pd
import pytest

from innograph import Workspace
from innograph.graph.records import Graph

ROSTERS = Path(sample.ALIASES).parent / "rosters"


@pytest.fixture(scope="module")
def graph(whole_on: Callable[[str], Workspace]) -> Graph:
    """The assembled graph, which is the same whatever engine holds it."""
    return whole_on("kglite").graph()


def named(graph: Graph, edge_type: str) -> set[tuple[str, str]]:
    """The ends of the edges of a type, by name; projects by number."""
    shown = {i: str(n.properties.get("number") or n.properties["name"]) for i, n in graph.nodes.items()}
    return {(shown[e.source], shown[e.target]) for e in graph.edges.values() if e.type == edge_type}


def test_nothing_in_it_is_doubtful(whole: Workspace) -> None:
    assert whole.status().issues == []
    assert len(whole.status().sources) == 13
    assert whole.graph().left_out == ()


def test_things_by_type(graph: Graph) -> None:
    count = Counter(node.labels[-1] for node in graph.nodes.values())
    # 26 firms, 12 institutes, 24 projects, 8 platforms, 5 programmes; the rest is the plan's own.
    assert (count["Enterprise"], count["Institute"], count["ServiceBody"]) == (26 + 4, 12 + 4, 1)
    assert (count["Project"], count["Platform"], count["TalentProgram"]) == (24 + 1, 8 + 6, 5 + 2)
    assert (count["Progress"], count["Tier"], count["Indicator"]) == (14, 4 + 1, 41 + 1)


def test_the_engine_holds_it(whole: Workspace) -> None:
    firms = {firm.name for firm in sample.firms()}
    held = whole.store().query(
        "MATCH (a:Enterprise)-[:PARTICIPATES_IN]->(p:Project) RETURN a.name AS firm, p.number AS project"
    )
    told = [(who, p.number) for p in sample.projects() for who in p.parties if who in firms]
    assert sorted((str(firm), str(project)) for firm, project in held.rows) == sorted(told)


def test_the_truth_is_what_pandas_reads() -> None:
    """The helpers that others work out expected rows with, against another reader of the same files."""
    read = {file.stem: pd.read_csv(file, encoding="utf-8-sig") for file in ROSTERS.glob("*.csv")}
    assert {name: len(frame) for name, frame in read.items()} == {
        "cooperation": 11,
        "enterprises": 26,
        "institutes": 12,
        "platforms": 8,
        "progress": 14,
        "projects": 24,
        "talents": 5,
    }
    amounts = read["projects"]["金额（万元）"]
    assert (amounts.sum(), amounts.isna().sum()) == (4980, 3)
    assert sum(project.amount or 0 for project in sample.projects()) == 4980
    assert len(sample.firms()) == 30
    assert len(sample.institutes()) == 16
    # By hand: the sizes are 2 twelve times, 3 nine times, and 1, 4 and 5 once.
    assert Counter(len(p.parties) for p in sample.projects()) == {1: 1, 2: 12, 3: 9, 4: 1, 5: 1}
    # Pairs: 12 + 9·3 + 6 + 10 = 55; twice or more: 天岭 with 工程研究所 2, 机电大学 2, 渭水 2; 博岭 with 材料研究所 2; 绿原
    # with 农业学院 3, 阿拉木图 2; 云杉 with 信息大学 2; 北泉 with 远山 2; so 9 less. 48 with 晨光, 金丝 and 丰年's cooperation.
    assert sum(map(len, sample.pairs("project").values())) == 55
    assert (len(sample.pairs("project")), len(sample.pairs())) == (55 - 9 - 1, 48)


def test_who_takes_part(graph: Graph) -> None:
    told = {(party, project.number) for project in sample.projects() for party in project.parties}
    assert named(graph, "PARTICIPATES_IN") == told | {("中科院新疆生地所", sample.PLAN_PROJECT)}


def test_who_cooperates(graph: Graph) -> None:
    told = {(tie.first, tie.second.replace("昌吉州", "昌吉回族自治州")) for tie in sample.ties()}
    assert named(graph, "COOPERATES_WITH") == told
    assert sum(e.type == "COOPERATES_WITH" for e in graph.edges.values()) == len(sample.ties()) == 12


def test_who_runs_and_joins_what(graph: Graph) -> None:
    assert named(graph, "OPERATES") == {(who, p.name) for p in sample.platforms() for who in p.runners}
    assert named(graph, "MEMBER_OF") == {(who, p.name) for p in sample.platforms() for who in p.members}
    assert named(graph, "HOSTS") == {(who, t.name) for t in sample.talents() for who in t.runners}


def test_where_and_in_what(graph: Graph) -> None:
    by_id = graph.nodes
    located = {
        (str(by_id[e.source].properties["name"]), e.target.removeprefix("Region:"))
        for e in graph.edges.values()
        if e.type == "LOCATED_IN" and by_id[e.source].labels[-1] in ("Enterprise", "Institute")
    }
    told = {(b.name, b.region) for b in (*sample.firms(), *sample.institutes()) if b.region}
    assert told <= located
    assert {name for name, _ in located} <= {b.name for b in (*sample.firms(), *sample.institutes())}
    focus = {pair for pair in named(graph, "FOCUSES_ON") if "示例" in pair[0]}
    fields = [*sample.firms(), *sample.institutes(), *sample.platforms(), *sample.talents()]
    assert focus == {(b.name, industry) for b in fields for industry in b.industries}
    assert named(graph, "QUALIFIES_AS") == {(f.name, f.tier) for f in sample.firms() if f.tier}


def test_the_awkward_is_there(graph: Graph) -> None:
    twins = [f for f in sample.firms() if f.name == sample.TWIN]
    assert [f.region for f in twins] == ["652301", "659001"]
    assert {i for i in graph.nodes if sample.TWIN in i} == {f"Enterprise:{f.region}/{sample.TWIN}" for f in twins}
    assert {f.name for f in sample.firms() if f.invented and not f.region} == {"示例无忧生物有限公司"}
    assert {f.name for f in sample.firms() if f.invented and not f.industries} == {"示例西域物流有限公司"}
    called = [n.properties for n in graph.nodes.values() if "京材研究院" in str(n.properties.get("aliases"))]
    assert [(own["name"], own["aliases"]) for own in called] == [("示例北京材料研究院", ["示例京材研究院"])]
    assert set(sample.tiers()) - {f.tier for f in sample.firms()} == {"科技型领军企业（专精特新“小巨人”企业）"}
    both = set(sample.firm_institute_pairs("project")) & set(sample.firm_institute_pairs("cooperation"))
    assert ("示例绿原农业有限公司", "示例昌吉农业学院") in both
    linked = {who for pair in sample.firm_institute_pairs() for who in pair}
    assert {i.name for i in sample.institutes() if i.invented and i.name not in linked} == {
        "示例西安生物研究院",
        "示例呼图壁节能研究所",
    }
    national = {i.name for i in sample.institutes() if i.grade == "国家级"}
    assert national == {
        str(n.properties["name"]) for n in graph.nodes.values() if n.properties.get("grade") == "国家级"
    }
    assert national == {"示例新疆材料研究所", "示例北京材料研究院"}


def test_progress_speaks_of_the_plan(graph: Graph) -> None:
    """But for one indicator, which the plan has no target for."""
    measured = {indicator for _, indicator in named(graph, "MEASURES")}
    reported = {e.target for e in graph.edges.values() if e.type == "REPORTS_ON"}
    indicators = {str(graph.nodes[i].properties["name"]) for i in reported if i.startswith("Indicator:")}
    assert indicators - measured == {"技术合同成交额"}
    assert [i for i in reported if i.startswith("Target:")] == ["Target:昌市政办发-2022-15/2.2#214836bb57b053ba"]
