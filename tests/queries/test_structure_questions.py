"""Questions about the structure of the network, on every engine, against the CSVs of the sample and NetworkX."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import cooperation_sample as sample
import networkx as nx
import pytest
from store_helpers import edge, graph, node
from structure_samples import asked, rows

from innograph import Workspace
from innograph.graph.stores.opening import open_store
from innograph.queries.analyses import centrality as analysis
from innograph.queries.measures.centrality import betweenness


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
