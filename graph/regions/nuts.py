"""The regions of Europe (NUTS, and statistical regions coded like them): read from the structure of their codes."""

from __future__ import annotations

import re
from functools import cache

from .countries import countries
from .model import Region

_CODE = re.compile(r"(?P<country>[A-Z]{2})(?P<place>[0-9A-Z]{1,3})", re.ASCII)


def nuts_region(code: str, name: str | None = None) -> Region | None:
    """Return the region that a NUTS code means, or ``None`` where it is none by its structure.

    Codes change with every edition of NUTS, so there is no list of them: two letters of a country that uses NUTS and
    one to three letters or digits are a code, unless they are the three letters of a country (FRA).

    Args:
        code: the code, in capitals or not.
        name: the region's name; without one the code stands for it.

    Examples:
        >>> region = nuts_region("DE21", "Oberbayern")
        >>> region.name, region.level, region.parent, nuts_region("EL3").parent, nuts_region("CN12")
        ('Oberbayern', 'nuts2', 'DE2', 'GR', None)
    """
    match = _CODE.fullmatch(code.strip().upper())
    if match is None or match["country"] not in _users() or match.group() in _alpha3():
        return None
    level = len(match["place"])
    around = match.group()[:-1]
    parent = around if level > 1 and around not in _alpha3() else _users()[match["country"]]
    shown = name or match.group()
    return Region(match.group(), shown, shown, f"nuts{level}", parent)


@cache
def _users() -> dict[str, str]:
    """The countries that use NUTS, by the letters their codes begin with."""
    return {country.eurostat or country.alpha2: country.alpha2 for country in countries().values() if country.nuts}


@cache
def _alpha3() -> frozenset[str]:
    return frozenset(country.alpha3 for country in countries().values())
