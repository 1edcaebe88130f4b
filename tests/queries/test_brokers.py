"""Who ties regions together, and what hangs on one body: small graphs worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from store_helpers import edge, graph, new_workspace, node

from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store, open_store
from innograph.queries import ask, load_catalogue
from innograph.queries.analyses import gateways

CATALOGUE = load_catalogue()
QUESTIONS = {question.id: question for question in CATALOGUE}
Hold = Callable[[str, Iterable[str]], Store]


@pytest.fixture
def hold(tmp_path: Path) -> Iterator[Hold]:
    """Give a store with a body of a region for each word ``body:REGION`` (no region: nowhere), and who cooperates: ``a-b``.

    A region of two letters, as X1, is within that of the first.
    """
    with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())) as store:

        def held(bodies: str, ties: Iterable[str]) -> Store:
            places = dict(word.split(":") for word in bodies.split())
            things: list[Node | Edge] = [node("Enterprise", f"Enterprise:{name}") for name in places]
            used = set(places.values()) - {""}
            larger = {one[0] for one in used if one[1:]}
            things += [
                node("Region", f"Region:{one}", code=one, level="province" if one in larger else "prefecture")
                for one in used
            ]
            things += [
                edge("WITHIN", f"Region:{one}", f"Region:{one[0]}", f"W:{one}")
                for one in set(places.values())
                if one[1:]
            ]
            things += [
                edge("LOCATED_IN", f"Enterprise:{name}", f"Region:{place}", f"L:{name}")
                for name, place in places.items()
                if place
            ]
            things += [
                edge(
                    "COOPERATES_WITH",
                    *(f"Enterprise:{end}" for end in tie.split("-")),
                    tie,
                    quote=f"line {tie}",
                    place="1",
                )
                for tie in ties
            ]
            store.sync(graph(things, f"{bodies} {things}"))
            return store

        yield held


def rows(store: Store, question: str, **given: Any) -> list[dict[str, Any]]:
    return ask(store, QUESTIONS[question], given).dicts()


STAR = "hub:X a:X c:Y d:Z e:W f:V", ("a-hub", "c-hub", "d-hub", "e-hub", "f-hub")
"""Two-paths of the hub: a with each of four others (gateway), and each two of those four (liaison: six)."""


# --- gateways


@pytest.mark.parametrize(
    ("role", "proof"), [("gateway", {"a-hub", "c-hub"}), ("liaison", {"c-hub", "d-hub"}), ("total", {"c-hub", "d-hub"})]
)
def test_the_proof_is_of_the_role_asked_for(hold: Hold, role: str, proof: set[str]) -> None:
    (row,) = rows(hold(*STAR), "gateways", role=role)
    assert (row["gateway"], row["liaison"], row["total"]) == (4, 6, 10)
    assert set(row["evidence"]) == proof
    assert set(row["quote"]) == {f"line {tie}" for tie in proof}


def test_of_whom_only_a_larger_region_is_known_is_left_out(hold: Hold) -> None:
    """c is somewhere in X, perhaps in X1: of a-hub-c, c-hub-d and a-hub-d only the last is of a kind that one knows."""
    answer = ask(hold("hub:X1 a:X1 c:X d:Y1 y:Y", ("a-hub", "c-hub", "d-hub")), QUESTIONS["gateways"], {})
    (row,) = answer.dicts()
    assert (row["coordinator"], row["consultant"], row["gateway"], row["liaison"]) == (0, 0, 1, 0)
    assert "only a larger region is known and it may be the same: 1." in answer.remarks[1].en


def test_some_bodies_are_drawn_only_beyond_the_limit(hold: Hold, monkeypatch: pytest.MonkeyPatch) -> None:
    """The squared degrees sum to 30. From each of the five others start four two-paths of the hub, from the hub none."""
    monkeypatch.setattr(gateways, "_EXACT_UP_TO", 30)
    answer = ask(hold(*STAR), QUESTIONS["gateways"], {"credit": "partial"})
    assert [(row["total"], row["error"]) for row in answer.dicts()] == [(10, 0)]
    assert not any("drawn by chance" in remark.en for remark in answer.remarks)


def test_what_is_drawn_is_told_with_its_error(hold: Hold, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateways, "_EXACT_UP_TO", 29)
    monkeypatch.setattr(gateways, "_DRAWN", 5)
    answer = ask(hold(*STAR), QUESTIONS["gateways"], {"credit": "partial"})
    (row,) = answer.dicts()
    # With the hub among the five: a mean of 16/5 from six bodies, halved; sample variance 3.2. Without: always four.
    assert (row["total"], row["error"]) in [(9.6, round(3 * (3.2 / 5 / 6) ** 0.5, 3)), (12, 0)]
    assert any("estimated from 5 bodies drawn by chance" in remark.en for remark in answer.remarks)


def test_it_is_worked_out_once_for_each_level_and_credit(hold: Hold, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    for name in ("brokerage", "partial_brokerage"):
        real = getattr(gateways, name)
        monkeypatch.setattr(gateways, name, lambda *a, n=name, r=real, **k: made.append(n) or r(*a, **k))
    store = hold(*STAR)
    for role in ("gateway", "liaison", "total"):
        rows(store, "gateways", role=role)
        rows(store, "gateways", role=role, credit="partial")
    assert made == ["brokerage", "partial_brokerage"]
    rows(store, "gateways", level="country")
    assert made[2:] == ["brokerage"]


# --- what hangs on one body


TIED = "hub:X b:X c:Y d:Y e:Z n:", ("c-hub", "d-hub", "b-d", "e-hub", "n-hub")
"""X–Y: hub–c, hub–d and b–d, of which none is in all; X–Z: hub–e alone; c, b and e have one partner elsewhere."""


def test_two_regions_with_one_pair_hang_on_nobody(hold: Hold) -> None:
    """e loses its only partner elsewhere with the hub, and the hub's other partners are of Y; b has only d."""
    told = {r["body"]: (r["hangs"], r["regions_lost"], r["alone"]) for r in rows(hold(*TIED), "broker-dependence")}
    assert told == {
        "Enterprise:hub": ("bodies", 0, ["Enterprise:c", "Enterprise:e"]),
        "Enterprise:d": ("bodies", 0, ["Enterprise:b"]),
    }


def test_regions_that_only_one_body_ties(hold: Hold) -> None:
    store = hold("hub:X c:Y d:Y e:Z", ("c-hub", "d-hub", "e-hub"))
    (row,) = rows(store, "broker-dependence")
    assert (row["body"], row["hangs"], row["regions_lost"], row["between"]) == (
        "Enterprise:hub",
        "both",
        1,
        ["Region:X — Region:Y"],
    )
    assert (row["alone"], row["pieces_before"], row["pieces_after"]) == (
        ["Enterprise:c", "Enterprise:d", "Enterprise:e"],
        1,
        3,
    )
    assert row["evidence"] == ["Enterprise:hub", "c-hub"], "the pair of the regions, and that of the first body alone"
    other = rows(hold("hub:X a:X c:Y d:Y z:Y", ("d-hub", "c-hub", "z-hub", "c-a", "z-a", "d-a")), "broker-dependence")
    assert other == [], "all have a second partner elsewhere"


def test_a_finding_names_the_regions(hold: Hold) -> None:
    question = QUESTIONS["broker-dependence"]
    assert question.finding
    ((row,), (without, second)) = (
        rows(hold(*of), "broker-dependence") for of in (("hub:X c:Y d:Y e:Z", ("c-hub", "d-hub", "e-hub")), TIED)
    )
    assert question.finding.holds(row)
    assert not question.finding.holds(without)
    assert not question.finding.holds(second)


def test_one_region_asked_for_leaves_out_the_others(hold: Hold) -> None:
    """Asked for Z only hub–e counts; asked for Y, c and b, whose partners elsewhere are counted over all regions."""
    store = hold(*TIED)
    assert [(r["body"], r["alone"]) for r in rows(store, "broker-dependence", region="Region:Z")] == [
        ("Enterprise:hub", ["Enterprise:e"])
    ]
    assert {r["body"]: r["alone"] for r in rows(store, "broker-dependence", region="Region:Y")} == {
        "Enterprise:hub": ["Enterprise:c"],
        "Enterprise:d": ["Enterprise:b"],
    }


def test_what_breaks_without_one(hold: Hold) -> None:
    store = hold(*TIED)
    (hub,) = rows(store, "broker-dependence", body="Enterprise:hub")
    assert (hub["alone"], hub["pieces_before"], hub["pieces_after"]) == (["Enterprise:c", "Enterprise:e"], 1, 4)
    (nothing,) = rows(store, "broker-dependence", body="Enterprise:c")
    assert (nothing["hangs"], nothing["regions_lost"], nothing["bodies_lost"], nothing["pieces_after"]) == (
        "nothing",
        0,
        0,
        1,
    )
    assert nothing["evidence"] == ["Enterprise:c", "c-hub"]
    (nowhere,) = rows(store, "broker-dependence", body="Enterprise:n")
    assert (nowhere["region"], nowhere["hangs"]) == (None, "nothing")
    assert rows(hold("a:X b:Y c:Z", ["a-b"]), "broker-dependence", body="Enterprise:c") == []


def test_who_is_cut_off_without_one(hold: Hold) -> None:
    store = hold(*TIED)
    lost = {(r["body"], r["other"]) for r in rows(store, "bridges", body="Enterprise:d")}
    assert lost == {("Enterprise:d", None), ("Enterprise:b", "Enterprise:d"), ("Enterprise:d", "Enterprise:hub")}
    assert rows(store, "bridges", body="Enterprise:b", loss="body") == []


def test_a_tie_into_each_part_proves_that_a_body_holds_them_together(hold: Hold) -> None:
    hub = next(r for r in rows(hold(*TIED), "bridges", loss="body") if r["body"] == "Enterprise:hub")
    assert set(hub["evidence"]) == {"Enterprise:hub", "c-hub", "d-hub", "e-hub", "n-hub"}
    assert hub["parts"] == 4


# --- the matrix


def test_a_region_and_one_that_contains_it(hold: Hold) -> None:
    """c is somewhere in X: with a of X1 it is unsure whether they cross a region; with d of Y1 they do."""
    store = hold("a:X1 c:X d:Y1 y:Y", ("a-c", "c-d", "a-d"))
    answer = ask(store, QUESTIONS["region-matrix"], {})
    told = {(r["region"], r["other"]): (r["relation"], r["pairs"], r["evidence"]) for r in answer.dicts()}
    assert told == {
        ("Region:X", "Region:X1"): ("nested", 1, ["a-c"]),
        ("Region:X", "Region:Y1"): ("across", 1, ["c-d"]),
        ("Region:X1", "Region:Y1"): ("across", 1, ["a-d"]),
    }
    assert "3 pairs of partners: 2 across regions (66.7%), 0 within one" in answer.remarks[0].en
    assert "Of 1 pairs one body is only known to be in a larger region" in answer.remarks[1].en
