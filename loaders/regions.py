"""What every loader says of a region, so that the same region is the same nodes in every source."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from innograph.graph.identity import node_id
from innograph.graph.records import EdgeAssertion, Evidence, NodeAssertion
from innograph.graph.regions import Region, ancestors, country_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.records import Assertion, Value


def region_id(region: Region) -> str:
    """Return the node id of a region.

    Examples:
        >>> from innograph.graph.regions import region_table
        >>> region_id(region_table()["652301"])
        'Region:652301'
    """
    return node_id("Region", region.code)


def region_assertions(region: Region, said: Evidence) -> Iterator[Assertion]:
    """Yield a region and all it lies within up to its nation or country, with the ``WITHIN`` edges between them.

    Examples:
        >>> from innograph.graph.regions import region_table
        >>> said = Evidence("昌吉市")
        >>> [a.id for a in region_assertions(region_table()["652301"], said) if isinstance(a, NodeAssertion)]
        ['Region:652301', 'Region:652300', 'Region:650000', 'Region:100000']
    """
    scopes = [region, *ancestors(region)]
    country = country_code(region)
    for one in scopes:
        properties: dict[str, Value] = {"name": one.name, "code": one.code, "level": one.level, "country": country}
        if one.short not in ("", one.name):
            properties["short"] = one.short
        yield NodeAssertion("Region", region_id(one), properties, said)
    for inner, outer in pairwise(scopes):
        yield EdgeAssertion("WITHIN", region_id(inner), region_id(outer), said)
