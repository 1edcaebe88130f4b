"""An issuer whose region is not in the table is a doubt, not silently the workspace's home."""

from __future__ import annotations

import pytest

from innograph.graph.regions import region_table
from innograph.loaders.document import document_of_lines
from innograph.loaders.plan.pipeline import parse

TEXT = """关于印发《科技服务行动方案》的通知

{issuer}

2025年3月10日

科技服务行动方案

一、重点任务

（一）建平台。建设平台。

牵头单位：市科技局
"""


@pytest.mark.parametrize(
    ("issuer", "codes"),
    [
        ("滨沙市人民政府办公室", ["plan.no-number", "plan.issuer-elsewhere"]),
        ("昌吉市人民政府办公室", ["plan.no-number"]),
        ("市人民政府办公室", ["plan.no-number"]),
        ("自治区人民政府办公室", ["plan.no-number"]),
        ("高新区管委会", ["plan.no-number"]),
    ],
)
def test_the_place_of_the_issuer(issuer: str, codes: list[str]) -> None:
    plan = parse(document_of_lines("plan.txt", TEXT.format(issuer=issuer)), region_table()["652301"])
    assert [issue.code for issue in plan.issues] == codes
    for issue in plan.issues[1:]:
        assert (issue.quote, issue.values) == (issuer, {"value": issuer})


def test_no_issuer_and_no_home() -> None:
    plan = parse(document_of_lines("plan.txt", TEXT.format(issuer="")))
    assert [issue.code for issue in plan.issues] == ["plan.no-number", "plan.no-issuer"]
