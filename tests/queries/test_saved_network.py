"""A network kept in a file: the same as the engine's, and never another graph's, a damaged one, or another version's."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from scipy import sparse
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace, sample
from innograph.graph.records import Edge, Graph, Node
from innograph.graph.settings import Settings
from innograph.graph.stores import Store, open_store
from innograph.queries.network import network_of, read, saved
from innograph.queries.network.reading import Parts

THINGS: list[Node | Edge] = [
    node("Enterprise", "Enterprise:甲", name="甲公司"),
    node("Institute", "Institute:b"),
    node("Institute", "Institute:c"),
    node("Project", "Project:p", name="P", amount=1.5, currency="EUR"),
    node("Project", "Project:q"),
    node("Region", "Region:652301", name="昌吉市", level="county", code="652301"),
    node("Region", "Region:652300", level="prefecture", code="652300"),
    node("Industry", "Industry:x"),
    edge("PARTICIPATES_IN", "Enterprise:甲", "Project:p", "r1", amount=0.5, currency="EUR"),
    edge("PARTICIPATES_IN", "Institute:b", "Project:p", "r2"),
    edge("COOPERATES_WITH", "Institute:c", "Institute:b", "r3", kind="共建"),
    edge("LOCATED_IN", "Institute:b", "Region:652301", "r4"),
    edge("WITHIN", "Region:652301", "Region:652300", "r5"),
    edge("FOCUSES_ON", "Institute:b", "Industry:x", "r6"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())) as opened:
        opened.derived = tmp_path / "graph.network"
        opened.sync(graph(THINGS))
        yield opened


@pytest.fixture
def asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the engine is asked for."""
    queries: list[str] = []
    query = store.query

    def told(cypher: str, *given: Any, **named: Any) -> Any:
        queries.append(cypher)
        return query(cypher, *given, **named)

    monkeypatch.setattr(store, "query", told)
    return queries


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal in every part and of one type; nan is nan."""
    if type(one) is not type(other):
        return False
    if hasattr(one, "toarray"):
        return one.shape == other.shape and bool((one.toarray() == other.toarray()).all())
    if hasattr(one, "dtype"):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, tuple):
        parts = zip(cast("tuple[Any, ...]", one), cast("tuple[Any, ...]", other), strict=True)
        return all(same(a, b) for a, b in parts)
    return bool(one == other)


def test_what_differs_is_not_the_same() -> None:
    one = np.array([1.0, math.nan])
    assert same((one, "a"), (one.copy(), "a"))
    assert not same((one, "a"), (one + 1, "a"))
    assert not same(np.array([1]), np.array([1.0]))
    assert not same(sparse.csr_array(np.eye(2)), sparse.csr_array(np.ones((2, 2))))


def test_the_same_comes_back(store: Store, tmp_path: Path) -> None:
    parts = read(store)
    assert parts.participations.edges == ["r1", "r2"], "the graph is read"
    assert parts.fields.edges == {(1, 0): "r6"}
    saved.save(tmp_path / "x", "s1", parts)
    found = saved.load(tmp_path / "x", "s1")
    assert same(parts, found)
    assert found is not None
    assert found.bodies.things.names[0] == "甲公司"
    assert found.regions.parents.tolist() == [-1, 0]


def test_a_graph_with_nothing_in_it(store: Store, tmp_path: Path) -> None:
    store.sync(Graph({}, {}, "s0"))
    parts = read(store)
    saved.save(tmp_path / "x", "s0", parts)
    assert same(parts, saved.load(tmp_path / "x", "s0"))


def test_another_process_reads_the_file_and_asks_nothing(store: Store, asked: list[str], tmp_path: Path) -> None:
    network_of(store)
    assert asked
    assert store.derived
    asked.clear()
    with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())) as again:
        again.derived = store.derived
        again.query = store.query  # type: ignore[method-assign]
        assert network_of(again).pairs[0].tolist() == [0, 1]
    assert asked == []


def test_another_graph_is_read_anew_and_kept_instead(store: Store, asked: list[str]) -> None:
    network_of(store)
    store.sync(graph(THINGS[:5], "s2"))
    asked.clear()
    assert network_of(store).partners.nnz == 0
    assert asked
    assert store.derived
    assert saved.load(store.derived, "s1") is None
    assert saved.load(store.derived, "s2") is not None


def damage_end(content: bytes) -> bytes:
    return content[:-1]


def damage_middle(content: bytes) -> bytes:
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def damage_all(content: bytes) -> bytes:
    return b"" if content else content


def damage_kind(content: bytes) -> bytes:
    return b"PK" + content[2:]


@pytest.mark.parametrize("damage", [damage_end, damage_middle, damage_all, damage_kind])
def test_a_damaged_file_is_made_anew(store: Store, damage: Callable[[bytes], bytes]) -> None:
    parts = read(store)
    assert store.derived
    saved.save(store.derived, "s1", parts)
    whole = store.derived.read_bytes()
    store.derived.write_bytes(damage(whole))
    assert saved.load(store.derived, "s1") is None
    network_of(store)
    assert store.derived.read_bytes() == whole


def test_a_file_of_another_version_is_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    network_of(store)
    assert store.derived
    monkeypatch.setattr(saved, "_VERSION", saved._VERSION + 1)
    assert saved.load(store.derived, "s1") is None


def test_where_nothing_can_be_written_the_network_is_read_all_the_same(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    store.derived = tmp_path / "taken" / "graph.network"
    assert network_of(store).partners.nnz == 4


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    network_of(store)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def full(_: Path, __: Path) -> Path:
        raise OSError(28, "no space")

    parts: Parts = read(store)
    monkeypatch.setattr(Path, "replace", full)
    assert store.derived
    saved.save(store.derived, "s2", parts)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_what_a_killed_process_left_is_removed_once_it_is_old(store: Store, tmp_path: Path) -> None:
    old, young = (tmp_path / f".graph.network.part-{name}" for name in ("old", "young"))
    for part in (old, young):
        part.write_bytes(b"half")
    hour_ago = time.time() - 3600
    os.utime(old, (hour_ago, hour_ago))
    network_of(store)
    assert sorted(file.name for file in tmp_path.iterdir()) == [young.name, "graph.kgl", "graph.network"]


def test_a_workspace_keeps_it_and_drops_it_with_the_graph(tmp_path: Path) -> None:
    """What was unloaded must not stay in the folder; a graph of another day is not kept."""
    folder = tmp_path / "ws"
    rosters = sample("cooperation") / "rosters"
    with Workspace.create(folder, Settings(title="t", home_region="652301")) as workspace:
        workspace.load(rosters / "enterprises.csv")
        network_of(workspace.store("2020-01-01"))
        assert not (folder / "graph.network").exists()
        bodies = len(network_of(workspace.store()).bodies.ids)
        assert bodies > 10
        assert (folder / "graph.network").exists()
        workspace.unload("enterprises.csv")
        store = workspace.store()
        assert not (folder / "graph.network").exists()
        assert len(network_of(store).bodies.ids) == 0
