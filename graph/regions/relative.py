"""How far a region is from home: the least level that contains both, and what people at home call that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ..text import Text
from .model import NATION, Region
from .table import region_table
from .tree import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RelativeLevel = Literal["local", "prefecture", "province", "nation", "abroad"]

# Divisions of China beyond its customs border: 境外.
_BEYOND_THE_BORDER = {"710000", "810000", "820000"}
# The word of a division in 市内, by the end of its name; its English word.
_UNITS = {
    "特别行政区": ("特区", "special region"),
    "自治区": ("区", "autonomous region"),
    "自治州": ("州", "prefecture"),
    "自治县": ("县", "county"),
    "自治旗": ("旗", "banner"),
    "地区": ("地区", "prefecture"),
    "特区": ("特区", "special district"),
    "林区": ("林区", "forestry district"),
    "省": ("省", "province"),
    "市": ("市", "city"),
    "盟": ("盟", "league"),
    "县": ("县", "county"),
    "区": ("区", "district"),
    "旗": ("旗", "banner"),
}
_UNIT = re.compile(f"(?:{'|'.join(_UNITS)})$")


def relative_level(region: Region, home: Region) -> RelativeLevel:
    """Return the least level that contains both ``region`` and ``home``.

    Hong Kong, Macao and Taiwan are abroad in the customs' sense: beyond the border.

    Args:
        region: any region.
        home: a division of China, or the nation.

    Examples:
        >>> table = region_table()
        >>> home = table["652301"]
        >>> [relative_level(table[code], home) for code in ("652301", "652300", "650100", "110000", "810000")]
        ['local', 'prefecture', 'province', 'nation', 'abroad']
    """
    if _beyond(region) != _beyond(home):
        return "abroad"
    around = {region.code, *(one.code for one in ancestors(region))}
    shared = next((one for one in (home, *ancestors(home)) if one.code in around), None)
    if shared == home:
        return "local"
    if shared is None or _beyond(home):
        return "abroad"
    return "nation" if shared == NATION else "prefecture" if shared.level == "prefecture" else "province"


def _beyond(region: Region) -> bool:
    return region.code in _BEYOND_THE_BORDER


def relative_words(home: Region) -> Mapping[RelativeLevel, Text]:
    """Return what the levels there are around ``home`` are called there, no two alike.

    Args:
        home: a division of China, or the nation.

    Examples:
        >>> table = region_table()
        >>> [word.zh for word in relative_words(table["652301"]).values()]
        ['市内', '州内', '区内', '区外', '境外']
        >>> [word.zh for word in relative_words(table["320585"]).values()]
        ['太仓市内', '苏州市内', '省内', '省外', '境外']
        >>> [word.zh for word in relative_words(table["110108"]).values()]
        ['区内', '市内', '市外', '境外']
    """
    if home == NATION:
        return {"local": Text("境内", "in China"), "abroad": _ABROAD}
    scopes = list(region_table().lineage(home))
    zh, en = _distinct([_unit(one)[0] for one in scopes], scopes), _distinct([_unit(one)[1] for one in scopes], scopes)
    words = dict(zip(_levels(scopes), (Text(f"{a}内", f"in {b}") for a, b in zip(zh, en, strict=True)), strict=True))
    if not _beyond(home):
        words["nation"] = Text(f"{zh[-1]}外", "elsewhere in China")
    return {**words, "abroad": _ABROAD}


_ABROAD = Text("境外", "beyond the border")


def _levels(scopes: list[Region]) -> Iterator[RelativeLevel]:
    yield "local"
    for scope in scopes[1:]:
        yield "prefecture" if scope.level == "prefecture" else "province"


def _unit(region: Region) -> tuple[str, str]:
    """The word of a division's kind, in Chinese and in English."""
    found = _UNIT.search(region.name)
    zh, en = _UNITS[found.group()] if found else (region.short, region.short)
    return zh, f"the {en}"


def _distinct(words: list[str], scopes: list[Region]) -> list[str]:
    """Return ``words``, the names instead of those that are alike."""
    return [scope.short if words.count(word) > 1 else word for word, scope in zip(words, scopes, strict=True)]
