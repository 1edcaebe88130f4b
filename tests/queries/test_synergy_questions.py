"""Synergy of regions and the indicators of ties, on small graphs by hand and on the sample."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import cooperation_sample as sample
import networkx as nx
import pytest
from store_helpers import edge, graph, node
from structure_samples import Rows, asked, rows

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store
from innograph.graph.stores.opening import open_store


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
