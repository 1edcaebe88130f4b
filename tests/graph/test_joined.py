"""The proof of a thing with several ids is found without assembling the graph, and never from another graph's list."""

from pathlib import Path

import pytest

from innograph import Workspace
from innograph.graph import engines

HEAD = "企业名称,所在地\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.csv").write_text(HEAD + "示例农机有限责任公司,昌吉市\n", encoding="utf-8")
    (tmp_path / "two.csv").write_text(HEAD + "示例农机有限公司,昌吉市\n", encoding="utf-8")
    with Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(tmp_path / "one.csv", mapping="enterprises")
        workspace.load(tmp_path / "two.csv", mapping="enterprises")
        workspace.refresh()
    return tmp_path / "ws"


def firm(workspace: Workspace) -> str:
    (row,) = workspace.store().query("MATCH (e:Enterprise) RETURN e.id AS id").rows
    return str(row[0])


def never(*_: object) -> None:
    raise AssertionError("the graph was assembled")


def test_both_lines_without_assembling(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "assemble", never)
    with Workspace(folder) as workspace:
        assert {record.source for record in workspace.evidence(firm(workspace))} == {"one.csv", "two.csv"}


@pytest.mark.parametrize("damage", [b"", b"{", b'{"stamp": 1}', b'{"stamp": "x", "joined": []}', b"[]"])
def test_a_damaged_list_is_made_anew(folder: Path, damage: bytes) -> None:
    (folder / "graph.joined").write_bytes(damage)
    with Workspace(folder) as workspace:
        assert len(workspace.evidence(firm(workspace))) == 2
    assert (folder / "graph.joined").read_bytes() != damage


def test_of_another_state_it_is_not_believed(folder: Path) -> None:
    kept = (folder / "graph.joined").read_bytes()
    with Workspace(folder) as workspace:
        workspace.unload("two.csv")
        workspace.refresh()
    (folder / "graph.joined").write_bytes(kept)
    with Workspace(folder) as workspace:
        assert {record.source for record in workspace.evidence(firm(workspace))} == {"one.csv"}
