"""Questions about the structure of the network, on every engine, against the CSVs of the sample and NetworkX."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import cooperation_sample as sample
import networkx as nx
import pytest
from store_helpers import edge, graph, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store
from innograph.graph.stores.opening import open_store
from innograph.queries import load_catalogue
from innograph.queries.analyses import centrality as analysis
from innograph.queries.answering import Answer, ask
from innograph.queries.measures.centrality import betweenness

QUESTIONS = {question.id: question for question in load_catalogue()}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def partners() -> nx.Graph:
    """Who works with whom, with the number of projects and direct cooperation as weight."""
    projects, direct = sample.pairs("project"), sample.pairs("cooperation")
    found = nx.Graph()
    for pair in sample.pairs():
        found.add_edge(*pair, weight=len(projects.get(pair, ())) + (pair in direct))
    return found


def rows(workspace: Workspace, question: str, **given: Any) -> Rows:
    return workspace.answer(question, given).dicts()


def by_body(workspace: Workspace, question: str, column: str, **given: Any) -> dict[str, Any]:
    return {row["body"]: row[column] for row in rows(workspace, question, **given)}


# --- centrality


def test_every_measure(whole: Workspace, partners: nx.Graph) -> None:
    size = len(partners)
    near = nx.harmonic_centrality(partners)
    ranks = nx.pagerank(partners, tol=1e-13, max_iter=2000)
    largest = partners.subgraph(max(nx.connected_components(partners), key=len))
    vector = nx.eigenvector_centrality_numpy(largest)
    most = max(vector.values())
    expected = {
        "degree": dict(partners.degree()),
        "strength": dict(partners.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(partners),
        "harmonic": {name: value / (size - 1) for name, value in near.items()},
        "pagerank": {name: value * size for name, value in ranks.items()},
        "eigenvector": {name: vector.get(name, 0) / most for name in partners},
    }
    for measure, values in expected.items():
        found = rows(whole, "centrality", measure=measure)
        assert {row["body"]: row["value"] for row in found} == pytest.approx(values, abs=1e-6), measure
        assert all(one["value"] >= other["value"] for one, other in pairwise(found))
        assert [row["rank"] for row in found] == list(range(1, size + 1))
        assert {row["error"] for row in found} == {None}, "a small network is worked out exactly"
    degrees = by_body(whole, "centrality", "partners")
    assert (degrees, by_body(whole, "centrality", "ties")) == (expected["degree"], expected["strength"])


def test_filters_keep_the_measure_of_the_whole_network(whole: Workspace, partners: nx.Graph) -> None:
    here = {name for name, body in sample.bodies().items() if body.region == "652301" and body.kind == "Enterprise"}
    found = rows(whole, "centrality", kind="企业", region="昌吉市", measure="中介中心性")
    between = nx.betweenness_centrality(partners)
    assert {row["body"]: row["value"] for row in found} == pytest.approx(
        {name: between[name] for name in here & set(partners)}, abs=1e-8
    )
    assert {row["kind"] for row in found} == {"Enterprise"}
    assert {row["region"] for row in found} == {"昌吉市"}
    assert found[0]["body"] == "示例天岭装备有限公司"
    wide = rows(whole, "centrality", region="昌吉州")
    assert {row["region"] for row in wide} == {"昌吉市", "阜康市", "呼图壁县"}, "a region holds those within it"


def test_a_list_cut_short_says_so(whole: Workspace) -> None:
    answer = whole.answer("centrality", {"top": 2})
    assert len(answer.rows.rows) == 2
    assert "The first 2 of 33 rows are shown." in [remark.en for remark in answer.remarks]
    assert "33 bodies and 48 pairs" in answer.remarks[0].en
    assert not any("are shown" in remark.en for remark in whole.answer("centrality", {}).remarks)


# --- structural holes


@pytest.mark.parametrize(("ties", "weight"), [("equal", None), ("counted", "weight")])
def test_constraint(whole: Workspace, partners: nx.Graph, ties: str, weight: str | None) -> None:
    expected = nx.constraint(partners, weight=weight)
    assert by_body(whole, "holes", "constraint", ties=ties) == pytest.approx(expected, abs=1e-8)


def test_effective_size(whole: Workspace, partners: nx.Graph) -> None:
    """Of equal ties Borgatti's simple form: partners, less twice their ties among each other for each of them."""
    found = rows(whole, "holes")
    for row in found:
        circle = partners.subgraph(partners[row["body"]])
        size = len(circle) - 2 * circle.size() / len(circle)
        assert (row["effective_size"], row["efficiency"]) == pytest.approx((size, size / len(circle)), abs=1e-8)
        local = {other: nx.local_constraint(partners, row["body"], other) for other in circle}
        assert local[row["main_partner"]] == pytest.approx(max(local.values()))
        assert row["main_share"] == pytest.approx(max(local.values()) / sum(local.values()), abs=1e-8)
    assert [row["effective_size"] for row in found] == sorted((row["effective_size"] for row in found), reverse=True)


def test_one_body_and_what_proves_it(whole: Workspace) -> None:
    (row,) = rows(whole, "holes", body="示例晨光软件有限公司")
    assert (row["partners"], row["effective_size"], row["constraint"], row["main_partner"]) == (
        1,
        1,
        1,
        "示例新疆信息大学",
    )
    assert "示例新疆信息大学 | 示例晨光软件有限公司 | 实习实训 | 校企 | 虚构样例" in row["quote"]
    assert any(own.startswith("COOPERATES_WITH:") for own in row["evidence"])
    assert rows(whole, "holes", body="示例呼图壁节能研究所") == [], "who has no partner has no holes"


# --- communities


def test_communities_are_a_good_division(whole: Workspace, partners: nx.Graph) -> None:
    answer = whole.answer("communities", {})
    found = answer.dicts()
    assert (
        sum(row["size"] for row in found)
        == len(partners)
        == sum(row["enterprises"] + row["institutes"] + row["others"] for row in found)
    )
    best = nx.community.louvain_communities(partners, seed=1)
    told = next(remark.en for remark in answer.remarks if "modularity" in remark.en)
    modularity = float(told.partition("modularity ")[2][:5])
    assert modularity >= round(nx.community.modularity(partners, best), 3) - 0.01
    dairy = next(row for row in found if "示例青格乳业有限公司" in row["central"])
    assert (dairy["size"], dairy["inner_share"], dairy["regions"], dairy["industries"]) == (
        2,
        1,
        ["呼图壁县 2"],
        ["现代农业 2"],
    )
    # The medical university with its three partners is a component of its own.
    medical = next(row for row in found if "示例新疆医药大学" in row["central"])
    assert (medical["enterprises"], medical["institutes"], medical["others"], medical["inner_share"]) == (2, 2, 0, 1)
    assert medical["central"][0] == "示例新疆医药大学"
    assert (medical["regions"], medical["industries"]) == (["乌鲁木齐市 2", "西安市 1"], ["生物医药 4"])


def test_the_community_of_one(whole: Workspace) -> None:
    (row,) = rows(whole, "communities", body="示例青格乳业有限公司")
    assert row["size"] == 2
    assert rows(whole, "communities", body="示例呼图壁节能研究所") == []
    assert len(rows(whole, "communities", resolution=0.01)) == 4, "nothing but the components: 22, 5, 4 and 2 bodies"


# --- bridges


def test_what_the_network_hangs_on(whole: Workspace, partners: nx.Graph) -> None:
    found = rows(whole, "bridges")
    assert {row["body"] for row in found if row["loss"] == "body"} == set(nx.articulation_points(partners))
    pairs = {frozenset((row["body"], row["other"])) for row in found if row["loss"] == "pair"}
    assert pairs == {frozenset(pair) for pair in nx.bridges(partners)}
    kinds = {name: body.kind for name, body in sample.bodies().items()}
    for row in found:
        left = partners.subgraph(nx.node_connected_component(partners, row["body"])).copy()
        left.remove_node(row["body"]) if row["other"] is None else left.remove_edge(row["body"], row["other"])
        sizes = sorted((len(part) for part in nx.connected_components(left)), reverse=True)
        assert (row["parts"], row["remaining"], row["cut_off"]) == (len(sizes), sizes[0], sum(sizes[1:]))
        assert row["enterprises"] + row["institutes"] == row["cut_off"]
        if row["cut_off"] <= 5 and sizes[:2] != [1, 1]:
            off = [kinds[name] for name in row["examples"]]
            assert (off.count("Enterprise"), off.count("Institute")) == (row["enterprises"], row["institutes"])
    assert [row["cut_off"] for row in found] == sorted((row["cut_off"] for row in found), reverse=True)


def test_the_worst_loss_by_hand(whole: Workspace) -> None:
    """天岭 joins the branch with software (6 bodies), and the other firms of its field (5) and agriculture (10)."""
    row = rows(whole, "bridges", loss="body", kind="Enterprise", region="昌吉市")[0]
    assert (row["body"], row["parts"], row["cut_off"], row["remaining"]) == ("示例天岭装备有限公司", 3, 11, 10)
    assert len(row["examples"]) == 5
    assert any(own.startswith("Enterprise:") for own in row["evidence"])
    bridge = next(row for row in rows(whole, "bridges", loss="pair") if row["other"] == "示例灞上智能有限公司")
    assert (bridge["body"], bridge["examples"]) == ("示例云杉数据有限公司", ["示例灞上智能有限公司"])
    assert "边缘计算网关" in bridge["quote"][0]


# --- synergy


def test_the_sample_is_too_small_and_that_is_said(whole: Workspace) -> None:
    answer = whole.answer("synergy", {})
    known = [firm for firm in sample.firms() if firm.region and firm.industries]
    whole_row, *parts = answer.dicts()
    assert (whole_row["region"], whole_row["state"], whole_row["bits"]) == (None, "too-few", None)
    assert (whole_row["enterprises"], whole_row["total"]) == (len(known), len(known)) == (24, 24)
    cells = {(firm.region, industry, firm.tier) for firm in known for industry in firm.industries}
    assert whole_row["combinations"] == len(cells)
    assert {row["region"]: row["enterprises"] for row in parts} == {
        "昌吉回族自治州": 17,
        "乌鲁木齐市": 3,
        "西安市": 2,
        "石河子市": 2,
    }
    assert any("too few" in remark.en.casefold() for remark in answer.remarks)
    assert "Of 30 enterprises, all three traits are known of 24" in answer.remarks[0].en


def of_two_provinces() -> list[Node | Edge]:
    """80 firms in two provinces; in the first the tier is the exclusive or of county and industry, in the second all are alike."""
    things: list[Node | Edge] = [node("Region", f"Region:{p}", level="province") for p in ("P", "Q")]
    things += [node("Region", f"Region:{p}{c}", level="county") for p in ("P", "Q") for c in (0, 1)]
    things += [edge("WITHIN", f"Region:{p}{c}", f"Region:{p}", f"w{p}{c}") for p in ("P", "Q") for c in (0, 1)]
    things += [node("Industry", f"Industry:{i}") for i in (0, 1)] + [node("Tier", f"Tier:{i}") for i in (0, 1)]
    for number in range(80):
        province, county, industry = ("P", "Q")[number % 2], number // 2 % 2, number // 4 % 2
        tier = county ^ industry
        if province == "Q":
            county = industry = tier = 0
        own = f"Enterprise:{number:02}"
        things.append(node("Enterprise", own))
        things.append(edge("LOCATED_IN", own, f"Region:{province}{county}", f"l{number}"))
        things.append(edge("FOCUSES_ON", own, f"Industry:{industry}", f"f{number}"))
        things.append(edge("QUALIFIES_AS", own, f"Tier:{tier}", f"q{number}", year=2020))
    return things


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace="synergy")) as store:
        yield store


@pytest.fixture
def exclusive(empty: Store) -> Store:
    empty.sync(graph(of_two_provinces()))
    return empty


def asked(store: Store, question: str, **given: Any) -> Answer:
    return ask(store, QUESTIONS[question], given)


def test_synergy_by_region(exclusive: Store) -> None:
    answer = asked(exclusive, "synergy", level="province")
    whole, *parts = answer.dicts()
    by_region = {row["region"]: row for row in parts}
    assert (by_region["Region:P"]["bits"], by_region["Region:Q"]["bits"]) == pytest.approx((-1, 0))
    assert by_region["Region:P"]["contribution"] == pytest.approx(-0.5)
    # At the edge of what can be, draws lie on one side of it only.
    assert (by_region["Region:P"]["low"], by_region["Region:P"]["high"]) == pytest.approx((-1.1, -1), abs=0.12)

    def entropy(*shares: float) -> float:
        return -sum(share * math.log2(share) for share in shares)

    # Counties 1/4, 1/4, 1/2; industry and tier 3/4, 1/4; each pair with the county, and all three, the four cells of P and Q.
    county, trait = entropy(0.25, 0.25, 0.5), entropy(0.75, 0.25)
    with_county, pair, all_three = (
        entropy(*[1 / 8] * 4, 0.5),
        entropy(1 / 8, 1 / 8, 1 / 8, 5 / 8),
        entropy(*[1 / 8] * 4, 0.5),
    )
    expected = county + 2 * trait - 2 * with_county - pair + all_three
    assert whole["bits"] == pytest.approx(expected)
    assert f"{expected + 0.5:.3f} bits lie between" in answer.remarks[-1].en
    assert (whole["enterprises"], whole["combinations"]) == (80, 5)


def test_the_latest_tier_counts(empty: Store) -> None:
    """All firms stood on the first step in 2010, and some on the second at an unknown time: neither is what they are now."""
    before = [edge("QUALIFIES_AS", f"Enterprise:{n:02}", "Tier:0", f"before{n}", year=2010) for n in range(80)]
    undated = [edge("QUALIFIES_AS", f"Enterprise:{n:02}", "Tier:1", f"undated{n}") for n in range(40)]
    empty.sync(graph([*of_two_provinces(), *before, *undated]))
    bits = {row["region"]: row["bits"] for row in asked(empty, "synergy", level="province").dicts()}
    assert (bits["Region:P"], bits["Region:Q"]) == pytest.approx((-1, 0))


def test_an_enterprise_of_two_industries_counts_half_in_each(empty: Store) -> None:
    """20 firms of county, industry and tier 0; 20 of county and tier 1 with industries 1 and 2.

    In bits: county 1, tier 1, both 1; industry 1.5, and 1.5 with one or both of the others: T = 1 + 1 + 1.5 - 1 - 1.5 - 1.5 + 1.5.
    """
    things: list[Node | Edge] = [node("Region", f"Region:{c}", level="county") for c in (0, 1)]
    things += [node("Industry", f"Industry:{i}") for i in (0, 1, 2)] + [node("Tier", f"Tier:{t}") for t in (0, 1)]
    for number in range(40):
        own, which = f"Enterprise:{number:02}", number % 2
        things += [node("Enterprise", own), edge("LOCATED_IN", own, f"Region:{which}", f"l{number}")]
        things.append(edge("QUALIFIES_AS", own, f"Tier:{which}", f"q{number}"))
        for industry in (1, 2) if which else (0,):
            things.append(edge("FOCUSES_ON", own, f"Industry:{industry}", f"f{number}-{industry}"))
    empty.sync(graph(things))
    row = asked(empty, "synergy").dicts()[0]
    assert (row["bits"], row["enterprises"], row["combinations"]) == (pytest.approx(1), 40, 3)


def test_of_a_place_without_level_nothing_lies_between(empty: Store) -> None:
    """One firm is in a region of which it is not known whether it lies in one of the provinces."""
    own = "Enterprise:80"
    lost: list[Node | Edge] = [
        node("Region", "Region:N"),
        node("Enterprise", own),
        edge("LOCATED_IN", own, "Region:N", "l80"),
        edge("FOCUSES_ON", own, "Industry:0", "f80"),
    ]
    empty.sync(graph([*of_two_provinces(), *lost]))
    answer = asked(empty, "synergy", level="province")
    whole, *parts = answer.dicts()
    assert (whole["enterprises"], sum(row["enterprises"] for row in parts)) == (81, 80)
    assert whole["bits"] is not None
    assert "cannot be told" in answer.remarks[-1].en


def test_no_enterprise_with_all_traits(exclusive: Store) -> None:
    answer = asked(exclusive, "synergy", third="size")
    assert answer.rows.rows == []
    assert "Of 80 enterprises, all three traits are known of 0" in answer.remarks[0].en


# --- indicators of links


def told(found: Rows) -> dict[tuple[str, str | None], tuple[int, int]]:
    return {(row["indicator"], row["industry"]): (row["numerator"], row["denominator"]) for row in found}


def test_link_indicators(whole: Workspace, partners: nx.Graph) -> None:
    firms, institutes = sample.firms(), sample.institutes()
    pairs = sample.firm_institute_pairs()
    prefecture = {code: code[:4] if code.isdigit() else code for code in sample.CODES.values()}
    known = [ends for _, ends in sample.region_pairs() if all(ends)]
    apart = [ends for ends in known if prefecture[ends[0]] != prefecture[ends[1]]]
    national = [one.name for one in institutes if one.grade == "国家级"]
    near = {name for one in national for name in nx.single_source_shortest_path_length(partners, one, cutoff=2)}
    expected = {
        ("with-institute", None): (len({firm for firm, _ in pairs}), len(firms)),
        ("external", None): (len(apart), len(known)),
        ("density", None): (len(pairs), len(firms) * len(institutes)),
        ("reach", None): (len(near & {firm.name for firm in firms}), len(firms)),
    }
    for industry in {name for body in (*firms, *institutes) for name in body.industries}:
        ours, theirs = ([one.name for one in some if industry in one.industries] for some in (firms, institutes))
        tied = sum((one, other) in pairs for one in ours for other in theirs)
        expected["density", industry] = (tied, len(ours) * len(theirs))
    found = rows(whole, "link-indicators")
    assert told(found) == expected
    for row in found:
        share = row["numerator"] / row["denominator"] if row["denominator"] else None
        assert row["share"] == share
        if row["indicator"] == "density" and row["numerator"]:
            assert all(own.startswith(("PARTICIPATES_IN:", "COOPERATES_WITH:")) for own in row["evidence"])
        assert row["evidence"]


def test_link_indicators_of_a_region(whole: Workspace) -> None:
    """Of 昌吉州: firms from there, institutes from anywhere; by provinces, only what leaves Xinjiang is external."""
    found = told(rows(whole, "link-indicators", region="昌吉州", level="省区"))
    firms = {firm.name for firm in sample.firms() if firm.region.startswith("6523")}  # the twin of 昌吉市 is one
    pairs = [pair for pair in sample.firm_institute_pairs() if pair[0] in firms]
    assert found["with-institute", None] == (len({firm for firm, _ in pairs}), 17)
    assert found["density", None] == (len(pairs), 17 * 16)
    ends = [ends for _, ends in sample.region_pairs() if all(ends) and any(code.startswith("6523") for code in ends)]
    apart = [codes for codes in ends if len({code[:2] for code in codes}) == 2]
    assert found["external", None] == (len(apart), len(ends))


def test_without_national_institutes_that_is_said(exclusive: Store) -> None:
    answer = asked(exclusive, "link-indicators", level="province")
    assert told(answer.dicts())["reach", None] == (0, 80)
    assert any("None of 0 institutes is said to be national" in remark.en for remark in answer.remarks)


# --- on a larger network


def test_a_large_network_is_sampled_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ring of 600 with a hub that all are tied to: 1,200 ties, which a small effort cannot search from everywhere."""
    monkeypatch.setattr(analysis, "betweenness", partial(betweenness, effort=2400 * 200))
    hub = node("Enterprise", "Enterprise:hub")
    rim = [node("Institute", f"Institute:{number:03}") for number in range(600)]
    ties = [edge("COOPERATES_WITH", hub.id, one.id, f"h{at}") for at, one in enumerate(rim)]
    ties += [edge("COOPERATES_WITH", one.id, rim[at - 1].id, f"r{at}") for at, one in enumerate(rim)]
    store = open_store("kglite", file=tmp_path / "graph.kgl", workspace="large")
    store.sync(graph([hub, *rim, *ties]))
    answer = asked(store, "centrality", measure="betweenness", top=2)
    row, second = answer.dicts()
    # Of pairs of the rim all but neighbours and half of those two apart, who have another way of two steps, pass the hub.
    pairs = 600 * 599 / 2
    exact = (pairs - 600 - 600 / 2) / pairs
    assert row["body"] == "Enterprise:hub"
    assert abs(row["value"] - exact) <= row["error"] + 0.005
    assert second["error"] > 0
    assert any("began at 200 of 601 bodies" in remark.en for remark in answer.remarks)
    store.close()
