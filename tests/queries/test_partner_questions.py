"""Partner suggestions: rows worked out by hand and from the sample's CSVs by the definition; the back-test on a toy history."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import cooperation_sample as sample
import pytest
from partner_samples import E1, I1, QUESTIONS, dicts, told
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace
from innograph.graph.stores import open_store
from innograph.queries import Answer, ask

BODIES = sample.bodies()
PARTNERS = sample.partners()
SOFTWARE = "示例晨光软件有限公司"
# The regions of two codes that are the same: county, prefecture (four digits), province (two).
PREFECTURES = {code: code[:4] for code in sample.CODES.values()} | {"659001": "659001", "KZ": "KZ"}
PROVINCES = {code: code[:2] for code in sample.CODES.values()}


def l3(one: str) -> dict[str, tuple[float, int]]:
    """The L3 score of every body that is no partner, and the number of paths, by the definition."""
    found: dict[str, list[float]] = {}
    for u in PARTNERS.get(one, ()):
        for v in PARTNERS[u]:
            for other in PARTNERS[v] - PARTNERS[one] - {one}:
                found.setdefault(other, []).append(1 / sqrt(len(PARTNERS[u]) * len(PARTNERS[v])))
    return {other: (sum(paths), len(paths)) for other, paths in found.items()}


def nearness(one: str, other: str) -> float:
    here, there = BODIES[one].region, BODIES[other].region
    if not here or not there:
        return 0.0
    return ((here == there) + (PREFECTURES[here] == PREFECTURES[there]) + (PROVINCES[here] == PROVINCES[there])) / 3


def suggest(workspace: Workspace, body: str, **given: Any) -> Answer:
    return workspace.answer("suggest-partners", {"body": body, "top": 100, **given})


# --- suggest-partners


def test_suggestions_by_hand(whole: Workspace) -> None:
    """示例晨光 has one partner, 示例新疆信息大学, which has five: 晨光, 云杉, 丝路, 天岭 and its branch."""
    rows = {row["candidate"]: row for row in dicts(suggest(whole, SOFTWARE))}
    first = rows["示例云杉数据有限公司"]
    # By way of 丝路, which has two partners: 1/√(5·2). The highest there is; same field, same city: 1 + 0.3 + 0.1.
    assert first["l3"] == pytest.approx(1 / sqrt(10))
    assert [first["score"], first["network"], first["field"], first["near"]] == pytest.approx([1.4, 1, 1, 1])
    assert (first["through"], first["paths"]) == (["示例新疆信息大学 → 示例丝路软件有限公司"], 1)
    assert (first["fields"], first["nearby"], first["distance"]) == (["数字信息"], "昌吉市", "local")
    assert (first["basis"], first["kind"], first["partners"]) == ("paths-match", "Enterprise", 3)
    # By way of 天岭, which has eight partners: 1/√(5·8). Field, but another province.
    other = rows["示例西安机电大学"]
    assert [other["l3"], other["network"], other["score"]] == pytest.approx([1 / sqrt(40), 0.5, 0.8])
    assert (other["nearby"], other["near"], other["distance"]) == (None, 0, "nation")
    # Nothing but the province speaks for 示例石河子农垦大学.
    weak = rows["示例石河子农垦大学"]
    assert (weak["basis"], weak["paths"], weak["through"], weak["nearby"]) == ("match", 0, [], "新疆维吾尔自治区")
    assert weak["score"] == pytest.approx(0.1 / 3)


@pytest.mark.parametrize("body", [SOFTWARE, "示例绿原农业有限公司", "示例新疆材料研究所", "示例无忧生物有限公司"])
def test_suggestions_by_the_definition(body: str, whole: Workspace) -> None:
    rows, expected = dicts(suggest(whole, body)), l3(body)
    most = max((value for value, _ in expected.values()), default=1.0)
    own = set(BODIES[body].industries)
    assert {row["candidate"] for row in rows if row["paths"]} == set(expected)
    for row in rows:
        name = row["candidate"]
        assert name not in PARTNERS[body] | {body}
        if name not in BODIES:  # the two of one name
            continue
        value, paths = expected.get(name, (0.0, 0))
        same = own & set(BODIES[name].industries)
        assert (row["l3"], row["paths"]) == (pytest.approx(value), paths)
        assert set(row["fields"]) == same
        share = len(same) / len(own) if own else 0
        assert row["near"] == pytest.approx(nearness(body, name))
        assert row["score"] == pytest.approx(value / most + 0.3 * share + 0.1 * nearness(body, name))
        assert bool(row["through"]) is bool(paths), "no score without its reasons"
        assert row["through"] or row["fields"] or row["nearby"]
    order = [(-round(row["score"], 9), -row["partners"]) for row in rows]
    assert order == sorted(order)


def test_the_strongest_paths_are_shown_and_proven(whole: Workspace) -> None:
    """Of three ways to 示例石河子农垦大学 the evidence has the edges of the strongest, which are a chain."""
    nodes, edges = whole.graph().nodes, whole.graph().edges
    for row in dicts(suggest(whole, "示例绿原农业有限公司", kind="enterprise")):
        ties = [edges[own] for own in row["evidence"] if own.startswith(("PARTICIPATES_IN", "COOPERATES_WITH"))]
        if not row["through"]:
            assert not ties
            continue
        ways = [("示例绿原农业有限公司", *way.split(" → "), row["candidate"]) for way in row["through"]]
        for way in ways:
            assert all(other in PARTNERS[one] for one, other in pairwise(way))
        strength = [1 / sqrt(len(PARTNERS[u]) * len(PARTNERS[v])) for _, u, v, _ in ways]
        assert strength == sorted(strength, reverse=True)
        ends = {end for tie in ties for end in (tie.source, tie.target)}
        names = {nodes[end].properties["name"] for end in ends}
        assert set(ways[0]) <= names


def test_filters_keep_the_scores(whole: Workspace) -> None:
    everything = {row["candidate"]: row["score"] for row in dicts(suggest(whole, SOFTWARE))}
    institutes = dicts(suggest(whole, SOFTWARE, kind="高校院所", region="昌吉州", industry="装备制造"))
    assert [row["candidate"] for row in institutes] == ["示例昌吉工程研究所"]
    assert institutes[0]["score"] == everything["示例昌吉工程研究所"] == pytest.approx(0.5 + 0.1)
    firms = suggest(whole, SOFTWARE, kind="enterprise", region="阜康市")
    assert {row["kind"] for row in dicts(firms)} == {"Enterprise"}
    assert {row["region"] for row in dicts(firms)} == {"阜康市"}


def test_what_is_cut_is_told(whole: Workspace) -> None:
    answer = suggest(whole, SOFTWARE, top=2)
    everything = suggest(whole, SOFTWARE).dicts()
    assert answer.dicts() == everything[:2]
    assert f"The first 2 of {len(everything)} rows" in told(answer)
    assert "now: 1; bodies that are none yet and are reached by way of partners of partners: 11." in told(answer)


def test_a_newcomer_is_told_that_the_advice_is_weak(whole: Workspace) -> None:
    answer = suggest(whole, "示例康泽生物有限公司", kind="institute")
    assert "The advice is weak" in told(answer)
    rows = dicts(answer)
    assert {row["basis"] for row in rows} == {"match"}
    # Same field and province: 0.3 + 0.1/3; same field alone: 0.3.
    assert [(row["candidate"], row["score"]) for row in rows[:2]] == [
        ("示例新疆医药大学", pytest.approx(0.3 + 0.1 / 3)),
        ("示例西安生物研究院", pytest.approx(0.3)),
    ]
    assert "weak" not in told(suggest(whole, SOFTWARE))


def test_what_is_not_known_is_told(whole: Workspace) -> None:
    no_region = suggest(whole, "示例无忧生物有限公司")
    assert "Its seat is not known" in told(no_region)
    assert "Its fields are not known" not in told(no_region)
    assert not any(row["nearby"] for row in no_region.dicts())
    no_field = suggest(whole, "示例西域物流有限公司")
    assert "Its fields are not known" in told(no_field)
    assert not any(row["fields"] for row in no_field.dicts())
    nothing = suggest(whole, next(body.name for body in sample.firms() if not body.invented))
    assert nothing.rows.rows == []
    assert all(words in told(nothing) for words in ("seat is not known", "fields are not known", "is weak"))


def test_who_is_no_addressee(tmp_path: Path) -> None:
    """All in one county. A bureau that partners of partners lead to may be suggested; another, and a collective, may not."""
    firm, near, far = "Enterprise:firm", "Department:near", "Department:far"
    bodies = [firm, E1, I1, near, far, "Collective:towns"]
    some = [node(own.partition(":")[0], own, quote=f"line of {own}", place="row") for own in bodies]
    some += [edge("LOCATED_IN", own, "Region:c", f"LOCATED_IN:{own}", quote="seat", place="row") for own in bodies]
    chain = [(firm, I1), (I1, E1), (E1, near)]
    some += [edge("COOPERATES_WITH", *ends, f"COOPERATES_WITH:{at}") for at, ends in enumerate(chain)]
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        store.sync(graph([node("Region", "Region:c", level="county"), *some]))
        rows = ask(store, QUESTIONS["suggest-partners"], {"body": firm}).dicts()
    assert [row["candidate"] for row in rows] == [near, E1]


# --- industry-partners


def test_institutes_for_an_industry_by_hand(whole: Workspace) -> None:
    """Without institute in 数字信息: 灞上, a partner of 云杉, and one of the two 同辉, without partners."""
    answer = whole.answer("industry-partners", {"industry": "数字信息"})
    first, second = dicts(answer)
    assert first["institute"] == "示例新疆信息大学"
    # 灞上–云杉–丝路–信息大学: 云杉 has three partners, 丝路 two. 灞上 is in 西安, 同辉 in the same province: (0 + 1/3) / 2.
    assert first["through"] == ["示例灞上智能有限公司 → 示例云杉数据有限公司 → 示例丝路软件有限公司"]
    assert [first["l3"], first["network"], first["near"]] == pytest.approx([1 / sqrt(6), 1, 1 / 6])
    assert first["score"] == pytest.approx(1 + 0.3 + 0.1 / 6)
    assert (first["reached"], first["nearby"], first["enterprises"]) == (1, 1, 2)
    assert first["examples"] == ["示例灞上智能有限公司", sample.TWIN]
    # 西安机电大学 has the field too, and 灞上 is in its city.
    assert (second["institute"], second["basis"], second["through"]) == ("示例西安机电大学", "match", [])
    assert second["score"] == pytest.approx(0.3 + 0.1 / 2)
    assert "Enterprises without an institute as partner: 2 of 5" in told(answer)
    assert "weak" not in told(answer)


def test_institutes_for_an_industry_in_a_region(whole: Workspace) -> None:
    answer = whole.answer("industry-partners", {"industry": "生物医药", "region": "昌吉州", "top": 1})
    rows = dicts(answer)
    # 康泽 in 昌吉市 and 沙枣 in 阜康市, both newcomers.
    assert [(row["institute"], row["basis"], row["enterprises"]) for row in rows] == [("示例新疆医药大学", "match", 2)]
    assert rows[0]["examples"] == ["示例康泽生物有限公司", "示例沙枣医药有限公司"]
    assert "The advice is weak" in told(answer)
    assert "The first 1 of 2 rows" in told(answer)


def test_nobody_needs_an_institute(whole: Workspace) -> None:
    answer = whole.answer("industry-partners", {"industry": "节能环保"})
    assert answer.rows.rows == []
    assert "0 of 0" in told(answer)
