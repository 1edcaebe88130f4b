"""Places of a workbook's cells on the surfaces that show them: ``名单!C12``, and of a .csv the row in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

import innograph
from innograph.graph.text import use_language
from innograph.visualize.overview import evidence_text
from innograph.visualize.reports.proof import Proofs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = ["企业名称", "所在区域", "所属产业"]
ROW = ["示例甲农机有限公司", "昌吉市", "装备制造"]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[innograph.Workspace]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title in ("名单", "第 2 批"):
        sheet = book.create_sheet(title)
        sheet.append(HEAD)
        sheet.append(ROW if title == "名单" else ["示例乙乳业有限公司", "昌吉市", "现代农业"])
    book.save(tmp_path / "企业.xlsx")
    (tmp_path / "更多.csv").write_text(
        "\n".join(map(",".join, [HEAD, ["示例丙种业有限公司", "昌吉市", "现代农业"]])), encoding="utf-8"
    )
    with innograph.Workspace.create(tmp_path / "ws") as made:
        made.load(tmp_path / "企业.xlsx")
        made.load(tmp_path / "更多.csv")
        yield made


def edges(workspace: innograph.Workspace, name: str) -> dict[str, str]:
    found = workspace.store().query(
        "MATCH (a {name: $name})-[r]->() RETURN type(r) AS type, r.id AS id", {"name": name}
    )
    return {str(type_): str(own) for type_, own in found.rows}


def nodes(workspace: innograph.Workspace, name: str) -> str:
    return str(
        workspace.store().query("MATCH (a:Enterprise {name: $name}) RETURN a.id AS id", {"name": name}).rows[0][0]
    )


@pytest.mark.parametrize(
    ("name", "thing", "place"),
    [
        ("示例甲农机有限公司", "名单!A2", "名单!B2"),
        ("示例乙乳业有限公司", "'第 2 批'!A2", "'第 2 批'!B2"),
        ("示例丙种业有限公司", "第2行 第1列", "第2行 第2列"),
    ],
)
def test_evidence_names_the_cell(workspace: innograph.Workspace, name: str, thing: str, place: str) -> None:
    located = edges(workspace, name)["LOCATED_IN"]
    with use_language("zh"):
        shown = [json.loads(evidence_text(workspace, own, "json")) for own in (nodes(workspace, name), located)]
    assert [[line["place"] for line in lines] for lines in shown] == [[thing], [place]]


def test_the_graph_has_the_cell_behind_its_file(workspace: innograph.Workspace) -> None:
    found = workspace.store().query("MATCH (a:Enterprise) RETURN a.name AS name, a.place AS place ORDER BY name").rows
    assert sorted(str(row[1]) for row in found) == [
        "企业.xlsx '第 2 批'!A2",
        "企业.xlsx 名单!A2",
        "更多.csv 第2行 第1列",
    ]


def test_a_report_quotes_a_row_once_at_the_cell_that_is_cited_first(workspace: innograph.Workspace) -> None:
    with use_language("zh"):
        proofs = Proofs(workspace, workspace.status().sources)
        cited: list[tuple[int, ...]] = []
        for name in ("示例甲农机有限公司", "示例乙乳业有限公司", "示例丙种业有限公司"):
            ids = edges(workspace, name)["LOCATED_IN"], nodes(workspace, name)
            quote = workspace.evidence(ids[0])[0].quote
            cited += [proofs.cite([own], [quote]).numbers for own in ids]
    assert cited == [(1,), (1,), (2,), (2,), (3,), (3,)]
    assert [(quote.document, quote.place) for quote in proofs.quotes] == [
        ("企业.xlsx", "名单!B2"),
        ("企业.xlsx", "'第 2 批'!B2"),
        ("更多.csv", "第2行"),
    ]
