"""From what sources say and people judge to one graph: merged nodes and edges, and what is left out and told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from innograph.graph.assemble import assemble, current_stamp
from innograph.graph.identity import edge_id
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.ledger.standing import Verdict
from innograph.graph.ontology import load_ontology
from innograph.graph.recognition.aliases import Alias
from innograph.graph.recognition.undecided import undecided
from innograph.graph.records import Edge, EdgeAssertion, Evidence, Flaw, Graph, LeftOut, Node, NodeAssertion
from innograph.graph.regions import region_table
from innograph.graph.validity import graph_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from innograph.graph.records import Assertion

ONTOLOGY = load_ontology()
CODE = "91652301MA0000001X"
PLAN, KEYED, ROSTER = "Enterprise:甲公司", f"Organisation:uscc={CODE}", "Enterprise:652301/甲公司"
HOME = "Region:652301"


def node(own_id: str, label: str = "", confidence: float = 1.0, **properties: Any) -> NodeAssertion:
    return NodeAssertion(label or own_id.split(":")[0], own_id, properties, Evidence(own_id, confidence=confidence))


def edge(edge_type: str, source: str, target: str, **properties: Any) -> EdgeAssertion:
    return EdgeAssertion(edge_type, source, target, Evidence(edge_type), properties)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite", create=True) as opened:
        yield opened


def say(ledger: Ledger, name: str, *said: Assertion) -> None:
    ledger.record(NewSource(name, name, name.ljust(64, "0"), 1, "table", "1"), said, [])


def graph_of(ledger: Ledger, *aliases: Alias) -> Graph:
    return assemble(ledger, ONTOLOGY, None, aliases)


class TestOneBodyInThreeFiles:
    @pytest.fixture
    def made(self, ledger: Ledger) -> Graph:
        say(ledger, "plan", node(PLAN, name="甲公司"), node("Task:p/1", name="任务"), edge("NAMES", "Task:p/1", PLAN))
        say(
            ledger,
            "roster",
            node(ROSTER, name="甲有限责任公司", credit_code=CODE, aliases=["甲"]),
            node(HOME, name="昌吉市", code="652301", level="county"),
            edge("LOCATED_IN", ROSTER, HOME),
        )
        say(ledger, "register", node(KEYED, "Enterprise", name="甲公司", credit_code=CODE, founded=1999))
        return graph_of(ledger)

    def test_one_node_with_what_all_say(self, made: Graph) -> None:
        assert [own_id for own_id in made.nodes if "甲" in own_id or CODE in own_id] == [PLAN]
        properties = made.nodes[PLAN].properties
        assert {k: properties[k] for k in ("name", "credit_code", "founded", "sources")} == {
            "name": "甲公司",  # the last source's
            "credit_code": CODE,
            "founded": 1999,
            "sources": 3,
        }
        assert properties["aliases"] == ["甲", "甲有限责任公司"]

    def test_its_edges_are_its_own(self, made: Graph) -> None:
        located = edge_id("LOCATED_IN", PLAN, HOME)
        assert {(e.type, e.source, e.target) for e in made.edges.values()} == {
            ("NAMES", "Task:p/1", PLAN),
            ("LOCATED_IN", PLAN, HOME),
        }
        assert made.origins[located] == (edge_id("LOCATED_IN", ROSTER, HOME),)
        assert set(made.origins[PLAN]) == {PLAN, KEYED, ROSTER}

    def test_a_judgement_takes_it_apart_and_withdrawing_joins_it_again(self, ledger: Ledger, made: Graph) -> None:
        before = current_stamp(ledger, ONTOLOGY)
        ledger.judgements.judge(ROSTER, KEYED, Verdict.DIFFERENT, author="t")
        assert current_stamp(ledger, ONTOLOGY) != before
        apart = graph_of(ledger)
        assert {PLAN, ROSTER} <= set(apart.nodes)
        assert set(apart.origins[PLAN]) == {PLAN, KEYED}  # by their name; the roster's name is another
        ledger.judgements.withdraw((ROSTER, KEYED))
        assert graph_of(ledger).nodes == made.nodes


def test_edges_that_become_one_unite_their_proof(ledger: Ledger) -> None:
    say(ledger, "a", node(PLAN, name="甲公司"), node("Tier:高企", name="高企"), edge("QUALIFIES_AS", PLAN, "Tier:高企"))
    say(
        ledger,
        "b",
        node(ROSTER, name="甲公司"),
        node("Tier:高企", name="高企"),
        edge("QUALIFIES_AS", ROSTER, "Tier:高企", year=2022),
    )
    (only,) = graph_of(ledger).edges.values()
    assert only.id == edge_id("QUALIFIES_AS", PLAN, "Tier:高企")
    assert (only.properties["year"], only.properties["sources"]) == (2022, 2)


def test_an_edge_between_what_proves_to_be_one_thing_is_left_out(ledger: Ledger) -> None:
    said = edge("COOPERATES_WITH", PLAN, ROSTER)
    say(ledger, "a", node(PLAN, name="甲公司"), node(ROSTER, name="甲公司"), said)
    made = graph_of(ledger)
    assert made.edges == {}
    assert made.left_out == (LeftOut(Flaw.ONE_END, edge_id("COOPERATES_WITH", PLAN, PLAN), PLAN),)


def test_two_types_of_one_key_the_surest_wins_and_it_is_told(ledger: Ledger) -> None:
    say(ledger, "a", node(KEYED, "Institute", 0.9, name="甲院"))
    say(ledger, "b", node(KEYED, "Enterprise", name="甲公司", employees=9))
    made = graph_of(ledger)
    assert made.nodes[KEYED].labels == ("Organisation", "Enterprise")
    assert made.left_out == (LeftOut(Flaw.TWO_TYPES, KEYED, "Enterprise / Institute"),)


def test_an_edge_that_the_type_forbids_is_left_out(ledger: Ledger) -> None:
    """The first file only knows the key; that it belongs to an institute, which has no tier, another file says."""
    wrong = edge("QUALIFIES_AS", KEYED, "Tier:高企")
    say(ledger, "a", node("Tier:高企", name="高企"), wrong)
    say(ledger, "b", node(KEYED, "Institute", name="甲院"))
    made = graph_of(ledger)
    assert made.edges == {}
    assert made.left_out == (LeftOut(Flaw.WRONG_END, wrong.id, "Institute → Tier"),)


def test_a_surer_source_says_the_type_whatever_the_files_are_called(ledger: Ledger) -> None:
    say(ledger, "a", node(KEYED, "Institute", 0.5, aliases=["甲"]))
    say(ledger, "z", node(KEYED, "Enterprise", name="甲公司"))
    made = graph_of(ledger).nodes[KEYED]
    assert (made.label, made.properties["aliases"]) == ("Enterprise", ["甲"])


def test_both_days_of_a_validity_are_one_statement(ledger: Ledger) -> None:
    """One source knows only when it ended, a later one only when it began: not a time that ends before it begins."""
    say(ledger, "a", node("Tier:高企", name="高企", valid_to=dt.date(2021, 12, 31)))
    say(ledger, "b", node("Tier:高企", name="高企", valid_from=dt.date(2023, 1, 1)))
    properties = graph_of(ledger).nodes["Tier:高企"].properties
    assert (properties.get("valid_from"), properties.get("valid_to")) == (dt.date(2023, 1, 1), None)


def test_a_thing_known_by_its_key_alone_is_called_by_it(ledger: Ledger) -> None:
    say(ledger, "a", node("Organisation:pic=999977172", "Institute", pic="999977172"))
    assert graph_of(ledger).nodes["Organisation:pic=999977172"].properties["name"] == "PIC 999977172"


def test_a_workspaces_own_table_of_aliases(ledger: Ledger) -> None:
    say(ledger, "a", node("Institute:甲地所", name="甲地所"), node("Institute:甲地研究所", name="甲地研究所"))
    assert len(graph_of(ledger).nodes) == 2
    own = Alias("甲地所", "甲地研究所")
    assert len(graph_of(ledger, own).nodes) == 1
    assert current_stamp(ledger, ONTOLOGY, None, [own]) != current_stamp(ledger, ONTOLOGY)


def test_what_is_settled_is_no_candidate(ledger: Ledger) -> None:
    alias = node("Institute:新大", name="新大")
    say(ledger, "a", alias, node("Institute:新疆大学", name="新疆大学", aliases=["新大"]), node(PLAN, name="甲公司"))
    pairs = [(one.left, one.right) for one in undecided(ledger, ONTOLOGY, least=0.5)]
    assert pairs == [("Institute:新大", "Institute:新疆大学")]
    ledger.judgements.judge(*pairs[0], Verdict.DIFFERENT, author="t")
    assert undecided(ledger, ONTOLOGY, least=0.5) == []


def test_how_far_from_home(ledger: Ledger) -> None:
    for code in ("652301", "652300", "650102", "620102", "DE"):
        say(ledger, code, node(f"Region:{code}", name=code, code=code))
    made = assemble(ledger, ONTOLOGY, region_table()["652301"])
    assert {own_id: n.properties["relative"] for own_id, n in made.nodes.items()} == {
        "Region:652301": "local",
        "Region:652300": "prefecture",
        "Region:650102": "province",
        "Region:620102": "nation",
        "Region:DE": "abroad",
    }


def _dated(name: str, begin: str | None, end: str | None) -> dict[str, Any]:
    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    return {"id": name, "valid_from": day(begin), "valid_to": day(end)}


@pytest.mark.parametrize(
    ("day", "nodes", "edges"),
    [
        ("2019-12-31", {"a", "b"}, set()),
        ("2020-01-01", {"a", "b", "c"}, {"r"}),
        ("2021-06-30", {"a", "b", "c"}, {"r"}),
        ("2021-07-01", {"a", "b", "c"}, set()),
        ("2022-12-31", {"a", "b", "c"}, set()),
        ("2023-01-01", {"a", "c"}, set()),
    ],
)
def test_the_graph_on_a_day(day: str, nodes: set[str], edges: set[str]) -> None:
    """b until the end of 2022, c from 2020 on, r between them in the first half year of 2021 and before."""
    things = [_dated("a", None, None), _dated("b", None, "2022-12-31"), _dated("c", "2020-01-01", None)]
    whole = Graph(
        {one["id"]: Node(one["id"], ("Tier",), one) for one in things},
        {"r": Edge("r", "NEXT_TIER", "b", "c", _dated("r", None, "2021-06-30"))},
        "s",
    )
    then = graph_on(whole, dt.date.fromisoformat(day))
    assert (set(then.nodes), set(then.edges)) == (nodes, edges)
    assert then.stamp.startswith(f"s@{day}")
