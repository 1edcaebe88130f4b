"""Pictures and paths of a workspace on a server are those of the same workspace on the embedded engine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from store_helpers import remove_workspace

from innograph import Workspace
from innograph.visualize.pictures import Wanted, picture_of
from innograph.visualize.workbench.exploring import Asked, explored
from innograph.visualize.workbench.paths import shortest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from neo4j_fixtures import Neo4j

UNIT, OTHER = "Department:652301/科技局", "Department:652301/教育局"


@pytest.fixture(scope="module", params=["neo4j"])
def on_both(
    sample_snapshot: Path, neo4j_server: Neo4j, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Workspace]]:
    """The samples on the embedded engine and on a server."""
    folder = tmp_path_factory.mktemp("engines")
    for name in ("local", "remote"):
        shutil.copytree(sample_snapshot, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_USER", neo4j_server.user)
        patch.setenv("NEO4J_PASSWORD", neo4j_server.password)
        with Workspace(folder / "local", "kglite") as local, Workspace(folder / "remote", neo4j_server.uri) as remote:
            remote.build()
            yield local, remote
            own = remote.status().id
    remove_workspace(neo4j_server, own)


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("types", [(), ("Task", "Organisation")])
def test_a_neighbourhood(on_both: tuple[Workspace, Workspace], depth: int, types: tuple[str, ...]) -> None:
    local, remote = (picture_of(one, Wanted("neighbourhood", UNIT, depth, types)).drawing for one in on_both)
    assert local is not None
    assert remote is not None
    assert len(local.nodes) > 10
    assert remote.nodes == local.nodes
    assert remote.edges == local.edges
    assert remote.note == local.note


@pytest.mark.parametrize("kind", ["cooperation", "responsibility"])
def test_pictures_of_the_whole(on_both: tuple[Workspace, Workspace], kind: str) -> None:
    local, remote = (picture_of(one, Wanted(kind)).drawing for one in on_both)
    assert local is not None
    assert remote == local
    assert len(local.nodes) > 5


def test_paths_and_what_is_expanded(on_both: tuple[Workspace, Workspace]) -> None:
    local, remote = (shortest(one.store(), UNIT, OTHER) for one in on_both)
    assert remote == local
    assert local.steps == 2
    task = local.paths[0][1]
    asked = Asked(centre=UNIT, expanded=(task, UNIT), hidden=(OTHER,))
    here, there = (explored(one, asked) for one in on_both)
    assert here == there
    assert len(here.drawing.nodes) > 15
