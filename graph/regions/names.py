"""By which names a division is found in an address, beside those of the table: without 州, 盟, 县, 区."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .table import EVERYDAY, NO_PLACE, region_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Region

_LEVEL = re.compile("(?:地区|新区|[市州盟县区旗])$")
# A road, a gate or a village is named for a place that it need not lie in: 长春路, 中山北一路, 朝阳门.
_NAMED_FOR_IT = re.compile(
    "[东南西北中]{0,2}[一二三四五六七八九十0-9]{0,2}(?:路|街|大街|大道|巷|胡同)|门|桥|村|镇|乡|广场|大厦|大楼|饭店|酒店|宾馆"
)
_END = re.compile(r"$|[^\u4e00-\u9fffA-Za-z]")


@cache
def inside() -> dict[str, frozenset[str]]:
    """Return the codes of all that each division lies within, by its code."""
    table = region_table()
    return {region.code: frozenset(one.code for one in table.lineage(region)) - {region.code} for region in table}


def is_within(region: Region, outer: Region) -> bool:
    """Whether a division is ``outer`` or lies within it."""
    return region == outer or outer.code in inside()[region.code]


@cache
def bare_names() -> dict[str, list[Region]]:
    """Return the divisions by names that prove little on their own: 昌吉 (州 and 市), 太仓, 海淀, 浦东."""
    bare: dict[str, list[Region]] = {}
    for region in region_table():
        name = _LEVEL.sub("", region.short)
        if len(name) >= 2 and region.level != "province" and not EVERYDAY.fullmatch(name):
            bare.setdefault(name, []).append(region)
    return bare


@cache
def _longest() -> dict[str, int]:
    """The length of the longest name by its first two characters."""
    longest: dict[str, int] = {}
    for name in sorted((*region_table().names, *bare_names()), key=len):
        longest[name[:2]] = len(name)
    return longest


def ends(text: str, begin: int) -> range:
    """Return where a name that begins there may end, the longest first; nowhere where none begins."""
    longest = _longest().get(text[begin : begin + 2], 0)
    return range(min(len(text), begin + longest), begin + 1, -1)


def is_complete(name: str, regions: Sequence[Region]) -> bool:
    """Whether ``name`` says the level too (苏州市, 昌吉州, not 苏州)."""
    return any(name in (region.name, region.head) for region in regions)


def stands_for_itself(text: str, begin: int, end: int) -> bool:
    """Whether a name without its level is the place itself here, not part of another name (长春路, 中山大学)."""
    return not _NAMED_FOR_IT.match(text, end) and not NO_PLACE.match(text, begin)


def bare_allowed(text: str, begin: int, end: int, regions: Sequence[Region]) -> list[Region]:
    """Return which of ``regions`` their bare name in ``text`` may mean: a district only where nothing follows."""
    if not stands_for_itself(text, begin, end):
        return []
    last = _END.match(text, end)
    return [region for region in regions if last or not region.name.endswith("区") or region.level == "prefecture"]
