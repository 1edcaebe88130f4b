"""A workspace that is held shows one state, whatever is loaded meanwhile."""

from pathlib import Path

import pytest
from neo4j_fixtures import Neo4j
from store_helpers import remove_workspace
from workspace_samples import workspace_beside

from innograph import Workspace
from innograph.graph.errors import GraphChanged
from innograph.graph.stores.kglite import KgliteStore

FIRST = "方案甲\n\n一、重点任务\n\n（一）办好科技活动。\n\n牵头单位：石城市科技局\n"
SECOND = "方案乙\n\n一、重点任务\n\n（一）建设创新平台。\n\n牵头单位：石城市财政局\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return workspace_beside(tmp_path, {"first.txt": FIRST, "second.txt": SECOND}, "first.txt").parent


def leads(workspace: Workspace) -> set[str]:
    return {row["unit"] for row in workspace.answer("matrix").dicts()}


def load_and_build(folder: Path) -> None:
    with Workspace(folder / "ws") as other:
        other.load(folder / "second.txt")
        other.refresh()


def test_graph_and_sources_stay_as_they_were(folder: Path) -> None:
    with Workspace(folder / "ws") as workspace:
        with workspace.held():
            before = workspace.stamp
            assert leads(workspace) == {"石城市科技局"}
            load_and_build(folder)
            assert leads(workspace) == {"石城市科技局"}
            assert [source.name for source in workspace.status().sources] == ["first.txt"]
            assert workspace.stamp == before
        assert leads(workspace) == {"石城市科技局", "石城市财政局"}
        assert workspace.stamp != before


def test_what_is_decided_elsewhere_is_seen_after_the_block(folder: Path) -> None:
    from innograph.graph.ledger.triage import State

    with Workspace(folder / "ws") as workspace, Workspace(folder / "ws") as other:
        with workspace.held():
            workspace.answer("matrix")
            other.triage.decide("3f9a0c12ab", State.CONFIRMED, author="planner")
            assert workspace.triage.current() == {}
        assert set(workspace.triage.current()) == {"3f9a0c12ab"}


def test_a_dated_graph_is_held_too(folder: Path) -> None:
    with Workspace(folder / "ws") as workspace, workspace.held():
        dated = {row["unit"] for row in workspace.answer("matrix", as_of="2030-01-01").dicts()}
        load_and_build(folder)
        with Workspace(folder / "ws") as other:
            assert len(other.answer("matrix", as_of="2030-01-01").dicts()) == 2
        assert {row["unit"] for row in workspace.answer("matrix", as_of="2030-01-01").dicts()} == dated


def test_a_graph_that_is_replaced_again_and_again_is_never_held(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workspace(folder / "ws") as workspace:
        workspace.build()
        with Workspace.create(folder / "other") as other:
            other.load(folder / "second.txt")
            other.build()
        foreign = (folder / "other" / "graph.kgl").read_bytes()
        holds: list[bool] = []
        real = KgliteStore.hold

        def replaced_before(self: KgliteStore, *, on: bool = True) -> bool:
            if on:
                holds.append(on)
                if len(holds) <= 3:  # somebody else's graph, three times between the look and the hold
                    self.close()
                    (folder / "ws" / "graph.kgl").write_bytes(foreign)
            return real(self, on=on)

        monkeypatch.setattr(KgliteStore, "hold", replaced_before)
        with workspace.held():
            assert len(holds) > 3
            assert leads(workspace) == {"石城市科技局"}
            load_and_build(folder)
            assert leads(workspace) == {"石城市科技局"}


def test_a_change_on_neo4j_is_told(folder: Path, neo4j_server: Neo4j, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    address = neo4j_server.uri
    with Workspace(folder / "ws", store=address) as workspace:
        with workspace.held():
            assert leads(workspace) == {"石城市科技局"}
            with Workspace(folder / "ws", store=address) as other:
                other.load(folder / "second.txt")
                other.refresh()
            with pytest.raises(GraphChanged):
                leads(workspace)
        assert leads(workspace) == {"石城市科技局", "石城市财政局"}
        remove_workspace(neo4j_server, workspace.status().id)
