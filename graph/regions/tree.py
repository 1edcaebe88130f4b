"""What a region lies within, up to its nation or country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .countries import country_of
from .model import NATION, Region
from .nuts import nuts_region
from .table import region_table

if TYPE_CHECKING:
    from collections.abc import Iterator


def ancestors(region: Region) -> Iterator[Region]:
    """Yield what ``region`` lies within, the smallest first, up to the nation or the country.

    Examples:
        >>> [one.code for one in ancestors(region_table()["652301"])]
        ['652300', '650000', '100000']
        >>> [one.code for one in ancestors(nuts_region("EL303"))]
        ['EL30', 'EL3', 'GR']
    """
    while (outer := _around(region)) is not None:
        yield outer
        region = outer


def region_by_code(code: str) -> Region | None:
    """Return the region with this code, of whichever register; ``None`` where there is none.

    Examples:
        >>> [region_by_code(code).name for code in ("652301", "100000", "DE")], region_by_code("999999")
        (['昌吉市', '中华人民共和国', '德国'], None)
    """
    table = region_table()
    if code in table:
        return table[code]
    return NATION if code == NATION.code else nuts_region(code) or country_of(code)


def _around(region: Region) -> Region | None:
    if region.parent:
        return region_by_code(region.parent)
    return NATION if region.level == "province" else None


def country_code(region: Region) -> str:
    """Return the two letters (ISO 3166) of the country ``region`` is or lies within.

    Examples:
        >>> country_code(region_table()["652301"]), country_code(nuts_region("EL303"))
        ('CN', 'GR')
    """
    *_, outermost = region, *ancestors(region)
    return "CN" if outermost == NATION else outermost.code


def full_name(region: Region) -> str:
    """Return the name of a division behind the names of those it lies within, the nation left out.

    Examples:
        >>> full_name(region_table()["220104"])
        '吉林省长春市朝阳区'
    """
    table = region_table()
    return "".join(one.name for one in reversed(list(table.lineage(region)))) if region.code in table else region.name
