"""What loaders say of a region: it and all it lies within, up to the nation or the country."""

from __future__ import annotations

from itertools import pairwise

import pytest

from innograph.graph.records import EdgeAssertion, Evidence, NodeAssertion
from innograph.graph.regions import NATION, Region, country_of, nuts_region, region_table
from innograph.loaders.regions import region_assertions

SAID = Evidence("某地")
GREECE, ATTICA = country_of("希腊"), nuts_region("EL30", "Αττική")
assert GREECE
assert ATTICA


@pytest.mark.parametrize(
    ("region", "nodes"),
    [
        (
            region_table()["652301"],
            [
                ("Region:652301", "昌吉市", "county", "CN"),
                ("Region:652300", "昌吉回族自治州", "prefecture", "CN"),
                ("Region:650000", "新疆维吾尔自治区", "province", "CN"),
                ("Region:100000", "中华人民共和国", "nation", "CN"),
            ],
        ),
        (NATION, [("Region:100000", "中华人民共和国", "nation", "CN")]),
        (GREECE, [("Region:GR", "希腊", "country", "GR")]),
        (
            ATTICA,
            [
                ("Region:EL30", "Αττική", "nuts2", "GR"),
                ("Region:EL3", "EL3", "nuts1", "GR"),
                ("Region:GR", "希腊", "country", "GR"),
            ],
        ),
    ],
)
def test_nodes_and_edges(region: Region, nodes: list[tuple[str, str, str, str]]) -> None:
    said = list(region_assertions(region, SAID))
    found = [one for one in said if isinstance(one, NodeAssertion)]
    edges = [one for one in said if isinstance(one, EdgeAssertion)]
    keys = ("name", "level", "country")
    assert [(one.id, *(one.properties[key] for key in keys)) for one in found] == nodes
    assert [(one.type, one.source, one.target) for one in edges] == [
        ("WITHIN", inner[0], outer[0]) for inner, outer in pairwise(nodes)
    ]
    assert all(one.evidence == SAID for one in said)
