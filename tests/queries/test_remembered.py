"""What is worked out of a network is kept: once for each network, by name, and the last few of what is free to choose."""

from __future__ import annotations

import gc
import threading
import weakref
from contextlib import closing
from pathlib import Path

import pytest
from store_helpers import graph, new_workspace, node

from innograph.graph.stores import open_store
from innograph.queries.analyses.structure import remembered
from innograph.queries.network import Network, read


@pytest.fixture
def networks(tmp_path: Path) -> tuple[Network, Network]:
    with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())) as store:
        store.sync(graph([node("Enterprise", "Enterprise:a")]))
        return Network(read(store)), Network(read(store))


def test_made_once_for_each_network(networks: tuple[Network, Network]) -> None:
    first, second = networks
    assert remembered(first, "thing", lambda: 1) == 1
    assert remembered(first, "thing", lambda: 2) == 1
    assert remembered(first, "other", lambda: 3) == 3
    assert remembered(second, "thing", lambda: 4) == 4


def test_one_thing_may_need_another(networks: tuple[Network, Network]) -> None:
    network, _ = networks
    assert remembered(network, "sum", lambda: remembered(network, "part", lambda: 1) + 1) == 2


def test_the_last_few_of_what_is_free_to_choose(networks: tuple[Network, Network]) -> None:
    network, _ = networks
    made: list[float] = []

    def ask(number: float) -> None:
        assert remembered(network, "divided", lambda: made.append(number) or number, given=number) == number

    for number in (1, 2, 3, 4, 1, 5):  # the fifth takes the place of 2, which was not asked for the longest
        ask(number)
    assert made == [1, 2, 3, 4, 5]
    for number in (1, 3, 4, 5):
        ask(number)
    assert made == [1, 2, 3, 4, 5]
    ask(2)
    assert made == [1, 2, 3, 4, 5, 2]


def test_one_network_does_not_wait_for_another(networks: tuple[Network, Network]) -> None:
    slow, quick = networks
    begun, go_on = threading.Event(), threading.Event()

    def make() -> bool:
        begun.set()
        return go_on.wait(30)

    working = threading.Thread(target=remembered, args=(slow, "thing", make))
    working.start()
    assert begun.wait(30)
    asking = threading.Thread(target=remembered, args=(quick, "thing", lambda: 1), daemon=True)
    asking.start()
    asking.join(10)
    waits = asking.is_alive()
    go_on.set()
    working.join(30)
    assert not waits


def test_a_network_that_is_gone_takes_it_along(tmp_path: Path) -> None:
    with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())) as store:
        store.sync(graph([node("Enterprise", "Enterprise:a")]))
        network = Network(read(store))
    remembered(network, "thing", lambda: 1)
    gone = weakref.ref(network)
    del network
    gc.collect()
    assert gone() is None
