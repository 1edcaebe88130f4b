"""What every loader says of an administrative region, so that the same region is the same nodes in every source."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from innograph.graph.identity import node_id
from innograph.graph.records import EdgeAssertion, Evidence, NodeAssertion
from innograph.graph.regions import Region, region_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.records import Assertion


def region_id(region: Region) -> str:
    """Return the node id of a region.

    Examples:
        >>> region_id(region_table()["652301"])
        'Region:652301'
    """
    return node_id("Region", region.code)


def region_assertions(region: Region, said: Evidence) -> Iterator[Assertion]:
    """Yield a region and all it lies within, with the ``WITHIN`` edges between them.

    Examples:
        >>> said = Evidence("昌吉市")
        >>> [a.id for a in region_assertions(region_table()["652301"], said) if isinstance(a, NodeAssertion)]
        ['Region:652301', 'Region:652300', 'Region:650000']
    """
    lineage = list(region_table().lineage(region))
    for one in lineage:
        yield NodeAssertion("Region", region_id(one), {"name": one.name, "code": one.code, "level": one.level}, said)
    for inner, outer in pairwise(lineage):
        yield EdgeAssertion("WITHIN", region_id(inner), region_id(outer), said)
