"""Which part of the graph is exported, how its file is written, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from cli_process import call
from store_helpers import graph, node

import innograph
from innograph.graph.records import Graph
from innograph.visualize.exports.part import part_of
from innograph.visualize.exports.writing import NotEmpty, write_graph


@pytest.fixture(scope="module")
def changji(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "ws"
    with innograph.Workspace.create(folder) as workspace:
        workspace.load(innograph.sample("changji") / "plan.txt")
    return folder


def test_what_is_around_a_thing(changji: Path) -> None:
    with innograph.Workspace(changji) as workspace:
        whole = workspace.graph()
        near = part_of(workspace, around="kejiju")
        far = part_of(workspace, around="kejiju", depth=2)
        assert part_of(workspace) == whole
    centre = "Department:652301/科技局"
    ends = {end for e in whole.edges.values() if centre in (e.source, e.target) for end in (e.source, e.target)}
    assert set(near.nodes) == ends
    assert set(near.edges) == {e.id for e in whole.edges.values() if e.source in ends and e.target in ends}
    assert set(near.nodes) < set(far.nodes) < set(whole.nodes)


def test_the_graph_of_a_day(tmp_path: Path) -> None:
    table = tmp_path / "projects.csv"
    table.write_text("Project,Lead,Partners,Start,End\n联合攻关,甲大学,乙公司,2024-01,2025-12\n", encoding="utf-8")
    with innograph.Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(table)
        during, after = (part_of(workspace, as_of=day) for day in ("2024-06-30", "2026-06-30"))
    assert [n.properties["name"] for n in during.nodes.values() if n.label == "Project"] == ["联合攻关"]
    assert not [e for e in after.edges.values() if e.type == "PARTICIPATES_IN"]
    assert len([e for e in during.edges.values() if e.type == "PARTICIPATES_IN"]) == 2


def test_an_export_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "graph.jsonld"
    file.write_text("before")
    broken = graph([node("Task", "Task:t", name="任务", position=object())])
    with pytest.raises(TypeError):
        write_graph(broken, "jsonld", file)
    assert [f.name for f in tmp_path.iterdir()] == ["graph.jsonld"]
    assert file.read_text() == "before"


def test_the_command(changji: Path, tmp_path: Path) -> None:
    for name in ("a.graphml", "a.jsonld", "a.cypher", "a.zip", "folder"):
        done = call("-w", changji, "export", "-o", name, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith(f"Exported: {name} (")
    assert len(nx.read_graphml(tmp_path / "a.graphml")) == done.stderr.count("nodes") * int(done.stderr.split()[2][1:])
    assert len(json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))["@graph"]) > 200
    near = call("-w", changji, "export", "-o", "near", "--format", "graphml", "--around", "kejiju", cwd=tmp_path)
    assert near.returncode == 0
    assert "Department:652301/科技局" in nx.read_graphml(tmp_path / "near")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "graph.txt"), "does not say which format"),
        (("-o", ".", "--format", "graphml"), "is in the way"),
        (("-o", "plan", "--format", "csv", "--as-of", "soon"), "must be a date"),
        (("-o", "x.graphml", "--around", "nobody-at-all"), "nobody-at-all"),
        ((), "--output"),
    ],
)
def test_wrong_calls(changji: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = call("-w", changji, "export", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(NotEmpty):
        write_graph(Graph({}, {}, "s"), "csv", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
