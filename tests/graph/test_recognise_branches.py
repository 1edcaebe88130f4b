"""A branch under its head office's credit code, from the row to the graph and to review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from innograph.graph.ledger.standing import Verdict
from innograph.graph.settings import Settings
from innograph.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.issues import Issue

HEAD, CODE, OTHER = "鼎泽康瑞科技有限公司", "91652301MA0000015T", "91652301MA0000023M"
BRANCH, PLANT = f"{HEAD}阜康分公司", f"{HEAD}昌吉工厂"
KEYED = f"Organisation:uscc={CODE}"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "ws", Settings(home_region="652301")) as made:
        yield made


def load(workspace: Workspace, folder: Path, name: str, *rows: str) -> list[Issue]:
    file = folder / name
    file.write_text("\n".join(["企业名称,统一社会信用代码,所在区域", *rows, ""]), encoding="utf-8")
    return list(workspace.load(file).issues)


def firms(workspace: Workspace) -> dict[str, str]:
    nodes = workspace.graph().nodes.values()
    return {node.id: str(node.properties["name"]) for node in nodes if node.label == "Enterprise"}


def located(workspace: Workspace, own_id: str) -> set[str]:
    edges = workspace.graph().edges.values()
    return {edge.target for edge in edges if edge.type == "LOCATED_IN" and edge.source == own_id}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
@pytest.mark.parametrize("files", [1, 3])
def test_they_are_three_whatever_the_order_and_the_files(
    workspace: Workspace, tmp_path: Path, order: tuple[int, ...], files: int
) -> None:
    rows = [f"{HEAD},{CODE},昌吉市", f"{BRANCH},{CODE},阜康市", f"{PLANT},{CODE},昌吉市"]
    said = [rows[at] for at in order]
    if files == 1:
        load(workspace, tmp_path, "all.csv", *said)
    else:
        for number, row in enumerate(said):
            load(workspace, tmp_path, f"{number}.csv", row)
    assert firms(workspace) == {KEYED: HEAD, f"{KEYED}/{BRANCH}": BRANCH, f"{KEYED}/{PLANT}": PLANT}
    assert located(workspace, KEYED) == {"Region:652301"}
    assert located(workspace, f"{KEYED}/{BRANCH}") == {"Region:652302"}
    assert {n.properties["credit_code"] for n in workspace.graph().nodes.values() if n.label == "Enterprise"} == {CODE}


def test_the_row_tells_and_review_asks(workspace: Workspace, tmp_path: Path) -> None:
    issues = load(workspace, tmp_path, "a.csv", f"{HEAD},{CODE},昌吉市", f"{BRANCH},{CODE},阜康市")
    assert [(i.code, i.place.row, i.place.column, i.values["name"], i.values["other"]) for i in issues] == [
        ("table.shared-key", 3, 2, BRANCH, HEAD)
    ]
    (pair,) = workspace.candidates(0.6)
    assert (pair.left, pair.right) == (KEYED, f"{KEYED}/{BRANCH}")
    assert [reason.zh for reason in pair.reasons] == [f"统一社会信用代码相同：{CODE}"]
    assert [reason.zh for reason in pair.against] == [f"从名称看，“{BRANCH}”是“{HEAD}”的分支或下属单位"]
    workspace.judgements.judge(pair.left, pair.right, Verdict.DIFFERENT, author="t")
    assert workspace.candidates(0.6) == []
    workspace.judgements.judge(pair.left, pair.right, Verdict.SAME, author="t")
    assert list(firms(workspace)) == [KEYED]
    assert workspace.candidates(0.6) == []


def test_a_branch_with_a_code_of_its_own_is_one_in_all_files(workspace: Workspace, tmp_path: Path) -> None:
    assert load(workspace, tmp_path, "a.csv", f"{HEAD},{CODE},昌吉市", f"{BRANCH},{OTHER},阜康市") == []
    assert load(workspace, tmp_path, "b.csv", f"鼎泽康瑞科技有限责任公司阜康分公司,{OTHER},阜康市") == []
    assert sorted(firms(workspace)) == [KEYED, f"Organisation:uscc={OTHER}/{BRANCH}"]
    assert workspace.candidates(0.6) == []


def test_a_table_that_knows_only_the_key_speaks_of_the_branch(workspace: Workspace, tmp_path: Path) -> None:
    pack = tmp_path / "titles.yaml"
    pack.write_text(
        "title: { zh: 称号, en: Titles }\nmatch: [[代码, 称号]]\ncolumns:\n"
        "  code: { zh: 代码, en: code, required: true }\n  tier: { zh: 称号, en: tier, required: true }\nnodes:\n"
        "  - { as: firm, type: Enterprise, key: { scheme: uscc, column: code }, reference: true }\n"
        "  - { as: tier, type: Tier, name: tier }\nedges:\n  - { type: QUALIFIES_AS, source: firm, target: tier }\n",
        encoding="utf-8",
    )
    load(workspace, tmp_path, "a.csv", f"{BRANCH},{OTHER},阜康市")
    table = tmp_path / "titles.csv"
    table.write_text(f"代码,称号\n{OTHER},高新技术企业\n", encoding="utf-8")
    workspace.load(table, mapping=str(pack))
    edges = workspace.graph().edges.values()
    assert [e.source for e in edges if e.type == "QUALIFIES_AS"] == [f"Organisation:uscc={OTHER}/{BRANCH}"]
    assert workspace.graph().left_out == ()


def test_names_of_one_body_under_one_code_are_one(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tmp_path, "a.csv", f"{HEAD},{CODE},昌吉市")
    assert load(workspace, tmp_path, "b.csv", f"旧名实业有限公司,{CODE},昌吉市") == []
    assert list(firms(workspace)) == [KEYED]
