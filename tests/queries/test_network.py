"""The network of bodies as arrays: against the cooperation sample's CSVs on every engine, and small graphs by hand."""

from __future__ import annotations

import gc
import re
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any, cast

import cooperation_sample as sample
import numpy as np
import pytest
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace
from innograph.graph.errors import EngineError
from innograph.graph.records import Edge, Graph, Node
from innograph.graph.stores import Rows, Store, open_store
from innograph.queries.network import LEVELS, Network, network_of, proofs, proofs_of_nodes, read

Hold = Callable[[Iterable[Node | Edge]], Store]


@pytest.fixture
def hold(tmp_path: Path) -> Iterator[Hold]:
    """Give a store that holds a graph made by hand."""
    with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())) as store:

        def held(things: Iterable[Node | Edge], stamp: str = "s1") -> Store:
            store.sync(graph(things, stamp))
            return store

        yield held


@pytest.fixture
def network(whole: Workspace) -> Network:
    return network_of(whole.store())


def named(network: Network, pairs: Iterable[tuple[int, int]]) -> set[tuple[str, ...]]:
    return {tuple(sorted(network.bodies.names[body] for body in pair)) for pair in pairs}


# --- the sample


def test_bodies_and_kinds(network: Network) -> None:
    known = {name: body.kind for name, body in sample.bodies().items()}
    for kind in ("Enterprise", "Institute"):
        told = Counter(name for name, of in zip(network.bodies.names, network.of_kind(kind), strict=True) if of)
        expected = Counter(name for name, k in known.items() if k == kind)
        if kind == "Enterprise":
            expected[sample.TWIN] = 2
        assert told == expected
    assert list(network.bodies.ids) == sorted(network.bodies.ids)
    assert all(network.bodies.index[own] == at for at, own in enumerate(network.bodies.ids))


def test_projects_years_and_money(network: Network) -> None:
    told = dict(
        zip(network.projects.names, zip(network.years.tolist(), network.money.amounts, strict=True), strict=True)
    )
    assert told.keys() == {project.name for project in sample.projects()} | {sample.PLAN_PROJECT}
    for project in sample.projects():
        year, amount = told[project.name]
        assert year == project.start.year
        assert amount == project.amount if project.amount is not None else np.isnan(amount)
    assert told[sample.PLAN_PROJECT][0] == 0
    assert np.isnan(told[sample.PLAN_PROJECT][1])


def test_who_takes_part_in_what(network: Network) -> None:
    incidence = network.incidence.tocoo()
    told = {
        (network.bodies.names[body], network.projects.names[project])
        for body, project in zip(incidence.row, incidence.col, strict=True)
    }
    expected = {(party, project.name) for project in sample.projects() for party in project.parties}
    assert {pair for pair in told if pair[1] != sample.PLAN_PROJECT} == expected
    assert set(incidence.data) == {1}


def test_partners(network: Network) -> None:
    ones, others = network.pairs
    assert named(network, zip(ones, others, strict=True)) == set(sample.pairs())
    assert (ones < others).all()
    assert (network.partners != network.partners.T).nnz == 0
    assert not network.partners.diagonal().any()
    direct = network.direct.tocoo()
    assert named(network, zip(direct.row, direct.col, strict=True)) == set(sample.pairs("cooperation"))


def test_shared_projects_and_joint_rows(network: Network) -> None:
    expected = {pair: len(projects) for pair, projects in sample.pairs("project").items()}
    shared = network.shared.tocoo()
    told = {
        tuple(sorted(network.bodies.names[body] for body in pair)): count
        for *pair, count in zip(shared.row, shared.col, shared.data, strict=True)
    }
    assert told == expected
    joint = Counter(
        (tuple(sorted((network.bodies.names[one], network.bodies.names[other]))), network.projects.names[project])
        for one, other, project in zip(*network.joint, strict=True)
    )
    every = [(pair, p.name) for p in sample.projects() for pair in combinations(sorted(p.parties), 2)]
    assert joint == Counter(every)
    assert (network.joint.ones < network.joint.others).all()


def test_seats(network: Network) -> None:
    codes = network.regions.codes
    told = {
        name: codes[seat] if seat >= 0 else "" for name, seat in zip(network.bodies.names, network.seats, strict=True)
    }
    for name, body in sample.bodies().items():
        assert told[name] == body.region, name


def test_who_is_within_a_region(network: Network) -> None:
    region = network.regions.things.index["Region:652300"]
    inside = {network.bodies.names[body] for body in np.flatnonzero(network.within(region))}
    firms_and_institutes = {name for name, body in sample.bodies().items() if body.region.startswith("6523")}
    assert inside & set(sample.bodies()) == firms_and_institutes


def test_fields(network: Network) -> None:
    told = {
        (network.bodies.names[body], network.fields.industries.names[industry])
        for body, industry in network.fields.edges
    }
    expected = {(name, field) for name, body in sample.bodies().items() for field in body.industries}
    assert {pair for pair in told if pair[0] in sample.bodies()} == expected
    assert network.fields.matrix.nnz == len(network.fields.edges)


def test_every_pair_has_its_proof(whole: Workspace, network: Network) -> None:
    for one, other in zip(*network.pairs, strict=True):
        links = network.links(int(one), int(other))
        found = proofs(whole.store(), links)
        assert found.keys() == {link.edge for link in links}
        for link in links:
            name = network.bodies.names[network.bodies.index[link.source]]
            written = re.split(" \\| |、", found[link.edge].quote)
            assert name in {sample.canonical(part) for part in written}
            assert found[link.edge].place


def test_proofs_of_nodes(whole: Workspace, network: Network) -> None:
    ids = list(network.projects.ids)[:3]
    found = proofs_of_nodes(whole.store(), ids)
    assert list(found) == ids
    assert all(network.projects.names[network.projects.index[own]] in found[own].quote for own in ids)


# --- by hand


def body(name: str) -> Node:
    return node("Enterprise", f"Enterprise:{name}")


def region(code: str, level: str) -> Node:
    return node("Region", f"Region:{code}", code=code, level=level)


def within(inner: str, outer: str) -> Edge:
    return edge("WITHIN", f"Region:{inner}", f"Region:{outer}", f"WITHIN:{inner}")


def located(name: str, code: str) -> Edge:
    return edge("LOCATED_IN", f"Enterprise:{name}", f"Region:{code}", f"LOCATED_IN:{name}-{code}")


LAND = [
    region("100000", "nation"), region("650000", "province"), region("652300", "prefecture"), region("652301", "county"),
    region("659001", "county"), region("810000", "province"), region("KZ", "country"), region("DE", "country"),
    region("DE2", "nuts1"), region("DE21", "nuts2"), region("", ""),
    within("650000", "100000"), within("652300", "650000"), within("652301", "652300"), within("659001", "650000"),
    within("810000", "100000"), within("DE2", "DE"), within("DE21", "DE2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "country", "province", "prefecture", "county"),
    [
        ("652301", "100000", "650000", "652300", "652301"),
        ("652300", "100000", "650000", "652300", "652300"),  # the county is not known
        ("659001", "100000", "650000", "659001", "659001"),  # directly under the autonomous region
        ("100000", "100000", "100000", "100000", "100000"),
        ("810000", "810000", "810000", "810000", "810000"),  # a customs territory of its own
        ("KZ", "KZ", "KZ", "KZ", "KZ"),
        ("DE21", "DE", "DE2", "DE21", "DE21"),
        ("", None, None, None, None),  # an area of no level
    ],
)
def test_the_region_of_a_level(
    hold: Hold, code: str, country: str, province: str, prefecture: str, county: str
) -> None:
    network = Network(read(hold([*LAND, body("a"), body("b"), located("a", code)])))
    assert network.bodies.names == ["Enterprise:a", "Enterprise:b"]
    for level, expected in zip(LEVELS, (country, province, prefecture, county), strict=True):
        own, nowhere = network.seats_at(level).tolist()
        assert (network.regions.codes[own] if own >= 0 else None) == expected
        assert nowhere == -1


def test_the_smallest_of_several_seats_counts(hold: Hold) -> None:
    network = Network(
        read(hold([*LAND, body("a"), located("a", "100000"), located("a", "652301"), located("a", "652300")]))
    )
    assert network.regions.codes[network.seats[0]] == "652301"


def test_of_seats_equally_deep_the_first_counts(hold: Hold) -> None:
    network = Network(read(hold([*LAND, body("a"), located("a", "KZ"), located("a", "DE")])))
    assert network.regions.codes[network.seats[0]] == "DE"


def test_what_lies_within_what(hold: Hold) -> None:
    regions = Network(read(hold(LAND))).regions
    at = regions.things.index
    assert regions.nested(at["Region:652301"], at["Region:100000"])
    assert regions.nested(at["Region:650000"], at["Region:652301"])
    assert not regions.nested(at["Region:810000"], at["Region:100000"]), "beyond the border of the customs"
    assert not regions.nested(at["Region:659001"], at["Region:652300"])
    assert not regions.nested(at["Region:KZ"], at["Region:KZ"])


def test_a_ring_of_regions_does_not_hang(hold: Hold) -> None:
    ring = [region("1", "county"), region("2", "county"), within("1", "2"), within("2", "1")]
    regions = Network(read(hold(ring))).regions
    assert regions.above(0) == [0, 1]


def takes_part(name: str, project: str, own_id: str) -> Edge:
    return edge("PARTICIPATES_IN", f"Enterprise:{name}", f"Project:{project}", own_id, quote=own_id, place="1")


def cooperates(one: str, other: str, own_id: str) -> Edge:
    return edge("COOPERATES_WITH", f"Enterprise:{one}", f"Enterprise:{other}", own_id, quote=own_id, place="2")


def test_what_sources_say_twice_counts_once(hold: Hold) -> None:
    """a and b are in p, a twice over; b and c cooperate both ways; d cooperates with itself."""
    store = hold(
        [*(body(name) for name in "abcd"), node("Project", "Project:p"), takes_part("a", "p", "PARTICIPATES_IN:1"),
         takes_part("a", "p", "PARTICIPATES_IN:2"), takes_part("b", "p", "PARTICIPATES_IN:3"),
         cooperates("b", "c", "COOPERATES_WITH:2"), cooperates("c", "b", "COOPERATES_WITH:1"),
         cooperates("d", "d", "COOPERATES_WITH:3")]
    )  # fmt: skip
    network = Network(read(store))
    assert network.incidence.toarray().tolist() == [[1], [1], [0], [0]]
    assert network.shared.toarray().tolist() == [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert network.partners.toarray().tolist() == [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    assert [array.tolist() for array in network.pairs] == [[0, 1], [1, 2]]
    assert [array.tolist() for array in network.joint] == [[0], [1], [0]]
    assert [link.edge for link in network.links(1, 0)] == ["PARTICIPATES_IN:3", "PARTICIPATES_IN:1"]
    assert [link.edge for link in network.links(1, 2)] == ["COOPERATES_WITH:2", "COOPERATES_WITH:1"]
    assert network.links(0, 3) == []
    assert proofs(store, network.links(1, 2))["COOPERATES_WITH:2"] == ("COOPERATES_WITH:2", "2")


def test_nothing_at_all(hold: Hold) -> None:
    network = Network(read(hold([])))
    assert network.partners.shape == (0, 0)
    assert [len(part) for part in network.joint] == [0, 0, 0]
    assert network.seats_at("county").tolist() == []


def test_the_same_network_as_long_as_the_graph_stays(hold: Hold) -> None:
    store = hold([body("a")])
    first = network_of(store)
    assert network_of(store) is first
    assert first.bodies.names == ["Enterprise:a"]
    hold_again = graph([body("a"), body("b")], "s2")
    store.sync(hold_again)
    assert network_of(store) is not first
    assert network_of(store).bodies.names == ["Enterprise:a", "Enterprise:b"]


class Meanwhile:
    """A store that is given other graphs by somebody else while it is read: one each time it has been asked ``after`` times."""

    derived = None

    def __init__(self, store: Store, graphs: Iterable[Graph], after: int) -> None:
        self.store, self.graphs, self.after, self.asked = store, iter(graphs), after, 0

    def stamp(self) -> str | None:
        return self.store.stamp()

    def query(self, cypher: str, *given: Any, **named: Any) -> Rows:
        self.asked += 1
        if self.asked % self.after == 0 and (loaded := next(self.graphs, None)):
            self.store.sync(loaded)
        return self.store.query(cypher, *given, **named)


FEWER = [body("a"), body("b"), node("Project", "Project:p"), takes_part("a", "p", "r1"), takes_part("b", "p", "r2")]
MORE = [*FEWER, body("c"), takes_part("c", "p", "r3")]


@pytest.mark.parametrize("after", range(1, 12))
@pytest.mark.parametrize(("before", "loaded", "pairs"), [(FEWER, MORE, 3), (MORE, FEWER, 1), (FEWER, FEWER[:3], 0)])
def test_a_load_meanwhile_is_never_mixed_in(
    hold: Hold, after: int, before: list[Node | Edge], loaded: list[Node | Edge], pairs: int
) -> None:
    """Whenever the other graph comes, the network is wholly of it, and a question under way keeps the graph it began with."""
    store = cast("Store", Meanwhile(hold(before), [graph(loaded, "s2")], after))
    network = network_of(store)
    assert len(network.pairs[0]) == pairs
    assert network_of(store) is network
    cast("Meanwhile", store).store.sync(graph(MORE, "s3"))
    assert len(network.joint[0]) == pairs, "nothing is asked of the engine later"
    assert len(network_of(store).pairs[0]) == 3


def test_a_graph_that_does_not_come_to_rest_is_told(hold: Hold) -> None:
    graphs = (graph(MORE if number % 2 else FEWER, f"t{number}") for number in range(100))
    with pytest.raises(EngineError, match="正在更新"):
        network_of(cast("Store", Meanwhile(hold(MORE), graphs, 1)))


def test_an_engine_that_is_gone_takes_its_network_with_it(tmp_path: Path) -> None:
    store = open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())
    store.sync(graph(FEWER))
    assert network_of(store).partners.nnz == 2
    store.close()
    gone = weakref.ref(store)
    del store
    gc.collect()
    assert gone() is None


def test_what_is_surely_apart(hold: Hold) -> None:
    regions = Network(read(hold(LAND))).regions
    pairs = [
        ("652301", "652300"),
        ("652301", "659001"),
        ("652301", "652301"),
        ("100000", "810000"),
        ("KZ", "DE"),
        ("KZ", ""),
    ]
    index = {**{code: regions.things.index[f"Region:{code}"] for pair in pairs for code in pair if code}, "": -1}
    ones, others = (np.array([index[pair[side]] for pair in pairs]) for side in (0, 1))
    assert regions.surely_apart(ones, others).tolist() == [False, True, False, True, True, False]
    assert regions.unsure(ones, others).tolist() == [True, False, False, False, False, False]
    assert regions.unsure(others, ones).tolist() == [True, False, False, False, False, False]
