"""Cooperation across regions: rows counted in the cooperation sample's CSVs, on every engine; and small graphs by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any

import cooperation_sample as sample
import networkx as nx
import pytest
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store, open_store
from innograph.queries import ask, load_catalogue

QUESTIONS = {question.id: question for question in load_catalogue()}
PREFECTURES = {
    "652301": "昌吉回族自治州",
    "652302": "昌吉回族自治州",
    "652323": "昌吉回族自治州",
    "650100": "乌鲁木齐市",
    "650104": "乌鲁木齐市",
    "659001": "石河子市",  # directly under the autonomous region
    "610100": "西安市",
    "110000": "北京市",
    "KZ": "哈萨克斯坦",
}
COUNTRIES = {code: "哈萨克斯坦" if code == "KZ" else "中华人民共和国" for code in PREFECTURES}
BANDS = {"市内": "local", "州内": "prefecture", "区内": "province", "区外": "nation", "境外": "abroad"}
KINDS = {name: body.kind for name, body in sample.bodies().items()}
CODES = {name: body.region for name, body in sample.bodies().items()}
PREFECTURE = {name: PREFECTURES.get(code, "") for name, code in CODES.items()}


def dicts(workspace: Workspace, question: str, **given: Any) -> list[dict[str, Any]]:
    rows = workspace.answer(question, given).dicts()
    assert rows
    assert all(row["evidence"] and row["quote"] and row["place"] for row in rows)
    return rows


def remarks(workspace: Workspace, question: str, **given: Any) -> str:
    return " ".join(remark.en for remark in workspace.answer(question, given).remarks)


# --- region × region


def cells(
    names: dict[str, str], wanted: tuple[str, str] | None = None, region: str = ""
) -> dict[tuple[str, ...], list[Any]]:
    """Pairs, projects, money, and projects with money, of each two regions."""
    place = {name: names.get(code, "") for name, code in CODES.items()}

    def counts(one: str, other: str) -> bool:
        right = wanted is None or tuple(sorted((KINDS[one], KINDS[other]))) == wanted
        return right and (not region or CODES[one].startswith(region) or CODES[other].startswith(region))

    found: defaultdict[tuple[str, ...], list[Any]] = defaultdict(lambda: [0, 0, 0.0, 0])
    for one, other in sample.pairs():
        if place[one] and place[other] and counts(one, other):
            found[tuple(sorted((place[one], place[other])))][0] += 1
    for project in sample.projects():
        between = {
            tuple(sorted((place[one], place[other])))
            for one, other in combinations(project.parties, 2)
            if place[one] and place[other] and counts(one, other)
        }
        for key in between:
            found[key][1] += 1
            found[key][2] += project.amount or 0
            found[key][3] += project.amount is not None
    return dict(found)


def asked_cells(rows: list[dict[str, Any]]) -> dict[tuple[str, ...], list[Any]]:
    for row in rows:
        assert row["relation"] == ("within" if row["region"] == row["other"] else "across")
        assert row["currency"] == (["万元"] if row["amount_known"] else [])
    return {
        tuple(sorted((row["region"], row["other"]))): [
            row["pairs"], row["projects"], sum(row["amount"]), row["amount_known"]
        ]
        for row in rows
    }  # fmt: skip


def test_the_matrix_of_prefectures(whole: Workspace) -> None:
    rows = dicts(whole, "region-matrix")
    expected = cells(PREFECTURES)
    assert asked_cells(rows) == expected
    assert expected["昌吉回族自治州", "西安市"] == [7, 3, 1590.0, 3], "S2019-03 S2020-05 S2021-01: 500 + 90 + 1000"
    order = [(-row["projects"], -row["pairs"]) for row in rows]
    assert order == sorted(order)


def test_the_matrix_of_countries(whole: Workspace) -> None:
    assert asked_cells(dicts(whole, "region-matrix", level="country")) == cells(COUNTRIES)


def test_the_matrix_of_a_kind_of_pair_and_a_region(whole: Workspace) -> None:
    rows = dicts(whole, "region-matrix", pair="enterprise-institute", region="阜康市")
    assert asked_cells(rows) == cells(PREFECTURES, ("Enterprise", "Institute"), "652302")
    for kind, pair in (("Enterprise", "enterprise-enterprise"), ("Institute", "institute-institute")):
        assert asked_cells(dicts(whole, "region-matrix", pair=pair)) == cells(PREFECTURES, (kind, kind))


def test_the_matrix_across_and_within(whole: Workspace) -> None:
    across = asked_cells(dicts(whole, "region-matrix", cells="across"))
    within = asked_cells(dicts(whole, "region-matrix", cells="within"))
    assert {len(set(key)) for key in across} == {2}
    assert {len(set(key)) for key in within} == {1}
    assert {**across, **within} == cells(PREFECTURES)


def test_the_matrix_tells_denominators_and_what_is_cut(whole: Workspace) -> None:
    pairs = list(sample.pairs())
    unknown = [pair for pair in pairs if not all(PREFECTURE[name] for name in pair)]
    across = [pair for pair in pairs if pair not in unknown and PREFECTURE[pair[0]] != PREFECTURE[pair[1]]]
    over = [p for p in sample.projects() if len({PREFECTURE[name] for name in p.parties} - {""}) > 1]
    told = remarks(whole, "region-matrix", top=2)
    assert f"{len(pairs)} pairs of partners: {len(across)} across regions" in told
    assert f"{len(unknown)} with a seat unknown" in told
    assert f"{len(over)} projects over two or more regions" in told
    assert f"the first 2 of {len(cells(PREFECTURES))} rows" in told


# --- how far away


def test_shares_by_distance(whole: Workspace) -> None:
    own = {name for name, code in CODES.items() if code == sample.HOME}
    bands: Counter[str] = Counter()
    firm_institute: Counter[str] = Counter()
    for one, other in sample.pairs():
        if own & {one, other}:
            band = sample.band(CODES[other if one in own else one])
            bands[band] += 1
            firm_institute[band] += {KINDS[one], KINDS[other]} == {"Enterprise", "Institute"}
    rows = dicts(whole, "distance-shares")
    total = sum(bands.values())
    expected = [(BANDS[b], bands[b], total, bands[b] / total, firm_institute[b]) for b in BANDS if bands[b]]
    told = [(r["distance"], r["pairs"], r["total"], r["share"], r["enterprise_institute"]) for r in rows]
    assert told == expected
    assert [r["pairs"] for r in rows] == [7, 2, 9, 10, 2]
    of_kind = dicts(whole, "distance-shares", pair="enterprise-institute")
    assert {r["distance"]: r["pairs"] for r in of_kind} == {BANDS[b]: n for b, n in firm_institute.items() if n}


def test_shares_by_distance_from_another_region(whole: Workspace) -> None:
    """阜康市: 铝业 with 硅材, 新疆材料 and 北京材料; 硅材 with the same two; 远山装备 with 北泉, 天岭, 渭水 and 西安机电."""
    rows = dicts(whole, "distance-shares", region="阜康市")
    assert [(r["distance"], r["pairs"]) for r in rows] == [
        ("local", 1),
        ("prefecture", 2),
        ("province", 2),
        ("nation", 4),
    ]
    assert "seen from 阜康市" in remarks(whole, "distance-shares", region="阜康市")


# --- partner regions


def outward(own: set[str]) -> list[tuple[str, str]]:
    turned = [
        (one, other) if one in own else (other, one) for one, other in sample.pairs() if (one in own) != (other in own)
    ]
    return [pair for pair in turned if PREFECTURE[pair[1]]]


def test_partner_regions(whole: Workspace) -> None:
    for of, own in (
        ("阜康市", {name for name, code in CODES.items() if code == "652302"}),
        ("示例天岭装备有限公司", {"示例天岭装备有限公司"}),
    ):
        expected: dict[str, tuple[int, int, int, int]] = {}
        ties = outward(own)
        for region in {PREFECTURE[other] for _, other in ties}:
            here = [tie for tie in ties if PREFECTURE[tie[1]] == region]
            projects = [
                p for p in sample.projects()
                if own & set(p.parties) and any(PREFECTURE[name] == region for name in set(p.parties) - own)
            ]  # fmt: skip
            expected[region] = len(here), len({o for _, o in here}), len({o for o, _ in here}), len(projects)
        rows = dicts(whole, "partner-regions", of=of)
        assert {r["region"]: (r["pairs"], r["partners"], r["bodies"], r["projects"]) for r in rows} == expected
        assert sum(r["share"] for r in rows) == pytest.approx(1)


def test_partner_regions_by_year(whole: Workspace) -> None:
    own = {name for name, code in CODES.items() if code == sample.HOME}
    pairs: defaultdict[tuple[int, str], set[tuple[str, str]]] = defaultdict(set)
    projects: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for project in sample.projects():
        for one in own & set(project.parties):
            for other in set(project.parties) - own:
                if PREFECTURE[other]:
                    key = project.start.year, PREFECTURE[other]
                    pairs[key].add((one, other))
                    projects[key].add(project.number)
    rows = dicts(whole, "partner-regions", by="year")
    expected = {key: (len(pairs[key]), len(projects[key])) for key in pairs}
    assert {(r["year"], r["region"]): (r["pairs"], r["projects"]) for r in rows} == expected
    assert [r["year"] for r in rows] == sorted(r["year"] for r in rows)


# --- gateways


def brokers(partial: bool) -> dict[str, list[float]]:
    """By the definition: two without a tie of their own, and each who is tied to both."""
    network = nx.Graph(pair for pair in sample.pairs() if all(PREFECTURE[name] for name in pair))
    found: defaultdict[str, list[float]] = defaultdict(lambda: [0, 0, 0, 0])
    for one, other in combinations(network, 2):
        both = set(network[one]) & set(network[other])
        if not network.has_edge(one, other):
            for broker in both:
                places = [PREFECTURE[name] for name in (one, broker, other)]
                same = {1: 0, 3: 3}.get(len(set(places)), 1 if places[0] == places[2] else 2)
                found[broker][same] += 1 / len(both) if partial else 1
    return dict(found)


@pytest.mark.parametrize("credit", ["whole", "partial"])
def test_gateways(whole: Workspace, credit: str) -> None:
    rows = dicts(whole, "gateways", credit=credit)
    expected = brokers(credit == "partial")
    told = {r["body"]: [r["coordinator"], r["consultant"], r["gateway"], r["liaison"]] for r in rows}
    assert told.keys() == expected.keys()
    for body, counted in told.items():
        assert counted == pytest.approx(expected[body], abs=0.001)
    assert [r["total"] for r in rows] == sorted((r["total"] for r in rows), reverse=True)
    assert {r["error"] for r in rows} == {0}


def test_gateways_of_a_region_by_role(whole: Workspace) -> None:
    rows = dicts(whole, "gateways", region="昌吉州", role="gateway")
    expected = {b: n for b, (_, _, n, _) in brokers(False).items() if n and PREFECTURE[b] == "昌吉回族自治州"}
    assert {r["body"]: r["gateway"] for r in rows} == expected
    assert [r["gateway"] for r in rows] == sorted(expected.values(), reverse=True)


# --- what hangs on one body


def test_what_hangs_on_one_body(whole: Workspace) -> None:
    across = [p for p in sample.pairs() if all(PREFECTURE[n] for n in p) and PREFECTURE[p[0]] != PREFECTURE[p[1]]]
    by_regions: defaultdict[frozenset[str], list[set[str]]] = defaultdict(list)
    for pair in across:
        by_regions[frozenset(PREFECTURE[name] for name in pair)].append(set(pair))
    elsewhere = nx.Graph(across)
    everyone = nx.Graph(sample.pairs().keys())
    expected: dict[str, tuple[int, list[str], int, int]] = {}
    for body in elsewhere:
        cut = sum(len(pairs) > 1 and all(body in pair for pair in pairs) for pairs in by_regions.values())
        alone = sorted(other for other in elsewhere[body] if elsewhere.degree(other) == 1)
        left = everyone.copy()
        left.remove_node(body)
        pieces = nx.number_connected_components(everyone), nx.number_connected_components(left)
        if cut or alone:
            expected[body] = cut, alone, *pieces
    rows = dicts(whole, "broker-dependence")
    told = {r["body"]: (r["regions_lost"], r["alone"], r["pieces_before"], r["pieces_after"]) for r in rows}
    assert told == expected
    assert sum(cut for cut, *_ in expected.values()) > 0
    assert {r["body"] for r in rows if r["hangs"] in ("regions", "both")} == {
        b for b, (cut, *_) in expected.items() if cut
    }


# --- small graphs


def located(body: str, region: str) -> Edge:
    return edge(
        "LOCATED_IN",
        f"Enterprise:{body}",
        f"Region:{region}",
        f"LOCATED_IN:{body}{region}",
        quote=f"{body} {region}",
        place="1",
    )


def works(body: str, project: str) -> Edge:
    return edge(
        "PARTICIPATES_IN",
        f"Enterprise:{body}",
        f"Project:{project}",
        f"PARTICIPATES_IN:{body}{project}",
        quote=f"{body} {project}",
        place="2",
    )


THINGS: list[Node | Edge] = [
    node("Region", "Region:100000", code="100000", level="nation", country="CN"),
    node("Region", "Region:810000", code="810000", level="province", country="CN"),
    node("Region", "Region:NA", code="NA", level="country", country="NA"),
    edge("WITHIN", "Region:810000", "Region:100000", "WITHIN:1"),
    *(node("Enterprise", f"Enterprise:{body}") for body in "abcd"),
    node("Project", "Project:p", amount=3.0, currency="EUR"),
    node("Project", "Project:q", amount=4.0, currency="万元"),
    node("Project", "Project:r"),
    located("a", "100000"), located("b", "810000"), located("c", "NA"),
    works("a", "p"), works("b", "p"), works("a", "q"), works("b", "q"), works("a", "r"), works("c", "r"), works("d", "r"),
]  # fmt: skip


@pytest.fixture
def small(opened: Callable[[Iterable[Node | Edge]], Store]) -> Store:
    """China, Hong Kong and Namibia, on each engine; no home; d is nowhere."""
    return opened(THINGS)


def test_hong_kong_and_namibia_count_for_themselves(small: Store) -> None:
    answer = ask(small, QUESTIONS["region-matrix"], {"level": "country"})
    told = [(r["region"], r["other"], r["pairs"], r["projects"], r["amount"], r["currency"]) for r in answer.dicts()]
    assert told == [
        ("Region:100000", "Region:810000", 1, 2, [3.0, 4.0], ["EUR", "万元"]),
        ("Region:100000", "Region:NA", 1, 1, [], []),
    ]
    assert "4 pairs of partners: 2 across regions (50.0%), 0 within one, 2 with a seat unknown" in answer.remarks[0].en


def test_without_a_home_it_says_so(small: Store) -> None:
    for question in ("distance-shares", "partner-regions"):
        answer = ask(small, QUESTIONS[question], {})
        assert not answer.rows.rows
        assert "home region" in answer.remarks[0].en


def test_an_unknown_seat_is_in_the_denominator(small: Store) -> None:
    rows = ask(small, QUESTIONS["distance-shares"], {"region": "Region:NA"}).dicts()
    assert [(r["distance"], r["pairs"], r["total"], r["share"], r["share_known"]) for r in rows] == [
        ("abroad", 1, 2, 0.5, 1.0),
        (None, 1, 2, 0.5, None),
    ]


def test_no_partners_at_all(tmp_path: Path) -> None:
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        store.sync(graph([node("Enterprise", "Enterprise:a")]))
        for question in ("region-matrix", "distance-shares", "partner-regions", "gateways", "broker-dependence"):
            answer = ask(store, QUESTIONS[question], {})
            assert (answer.rows.rows, bool(answer.remarks)) == ([], True), question
