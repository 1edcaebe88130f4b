"""Which region an address or a name means, without guessing: where several are possible, it says which."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..identity import plain
from .countries import country_of
from .model import NATION, Region
from .names import bare_allowed, bare_names, ends, inside, is_complete, is_within, stands_for_itself
from .nuts import nuts_region
from .table import region_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The regions of an address stand at its head.
_LONGEST_HEAD = 80
_CODE = re.compile(r"([0-9]{6})(?:[0-9]{6})?", re.ASCII)
_POSTCODE = re.compile(r"[0-9]{6}(?=[^0-9])", re.ASCII)
_NATION = re.compile("(?:中华人民共和国|中国)(?=.)")
_PUNCTUATION = "-/,、。.·>|_;:()\\"
_MARKS = rf"[{re.escape(_PUNCTUATION)}]*"
# What stands between two divisions and is none: the grouping rows of the standard, the Corps, a development zone.
_GROUPING = re.compile(
    rf"{_MARKS}(?:(?:省|自治区)?直辖(?:县级)?(?:行政区划|行政单位)?|市辖[区县]|县(?=.+县)"
    rf"|(?:(?:新疆)?生产建设)?兵团(?:[第农]?[一二三四五六七八九十]+师)?)?{_MARKS}"
)
_ZONE = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,12}?(?:开发区|高新区|经开区|(?:产业|工业|科技)园区?|园区|新区|示范区|保税区|试验区|合作区|度假区|自贸区|自由贸易港)"
)
_NO_NAME_BEHIND = re.compile("[场路街巷]")
_CITY_OR_COUNTY = re.compile("(?:[省市县州盟旗]|自治区|地区)$")


@dataclass(frozen=True, slots=True)
class Place:
    """What a text says of a region: one, several that are possible, or none.

    Args:
        regions: those it may mean.
        rest: what follows the region's name, such as street and number; empty where the text is the region alone.
        by_home: whether only the home region told which one is meant.
    """

    regions: tuple[Region, ...] = ()
    rest: str = ""
    by_home: bool = False

    @property
    def region(self) -> Region | None:
        """The region, if exactly one is possible."""
        return self.regions[0] if len(self.regions) == 1 else None


def find_region(text: str, home: Region | None = None) -> Place:
    """Return which region ``text`` means: a code, a name, a name behind what it lies within, or an address.

    A country's name or code and a NUTS code are read where they are the whole text. A division's name may lack 省 or
    市, and behind what it lies within also 州, 县 or 区; development zones and the standard's grouping rows are passed
    over. Where a name has several readings of which one contains the others, it is that one, which is right in any case.

    Args:
        text: the text of a cell.
        home: the region whose rosters these are: of several regions, the only one in or around it is meant.

    Examples:
        >>> found = find_region("新疆维吾尔自治区昌吉回族自治州昌吉市延安北路1号")
        >>> found.region.code, found.rest
        ('652301', '延安北路1号')
        >>> [find_region(t).region.code for t in ("652301000000", "吉林长春市朝阳区", "合肥市高新区望江西路", "DE21", "德国")]
        ['652301', '220104', '340100', 'DE21', 'DE']
        >>> [region.code for region in find_region("朝阳区").regions]
        ['110105', '220104']
        >>> found = find_region("朝阳区", region_table()["220100"])
        >>> found.region.code, found.by_home
        ('220104', True)
        >>> find_region("延安北路1号").regions
        ()
    """
    name = plain(text)
    if code := _CODE.fullmatch(name):
        return Place(_coded(code[1]))
    place = _settled(_walk(name, home, address=True), home)
    if place.regions and place.rest:
        return place
    foreign = country_of(text) or nuts_region(name)
    if foreign is None or foreign in place.regions:
        return place
    return replace(place, regions=(*place.regions, foreign))


def region_in_name(name: str) -> Region | None:
    """Return the region at the head of an organisation's name, or ``None`` where there is none or it is not certain.

    Examples:
        >>> region_in_name("昌吉市某某公司").code, region_in_name("北京市朝阳区某某中心").code, region_in_name("某某公司")
        ('652301', '110105', None)
        >>> region_in_name("朝阳区某某中心") is None
        True
    """
    return _settled(_walk(plain(name), None, address=False), None).region


def _coded(code: str) -> tuple[Region, ...]:
    if code == NATION.code:
        return (NATION,)
    table = region_table()
    return (table[code],) if code in table else ()


def _settled(place: Place, home: Region | None) -> Place:
    """Of several readings take the one that contains the others, else the only one in or around home."""
    if len(place.regions) < 2:
        return place
    if around := _containing(place.regions):
        return replace(place, regions=(around,))
    for scope in region_table().lineage(home) if home and home != NATION else ():
        near = [region for region in place.regions if is_within(region, scope)]
        if one := _containing(near):
            return replace(place, regions=(one,), by_home=True)
    return place


def _containing(regions: Sequence[Region]) -> Region | None:
    return next((outer for outer in regions if all(is_within(one, outer) for one in regions)), None)


def _walk(name: str, home: Region | None, *, address: bool) -> Place:
    """Read one division after the other from the head of ``name``, each within the one before."""
    head = name[:_LONGEST_HEAD]
    found, end = _head(head, home, address=address)
    while found:
        step = _inner(head, end, found, address=address) or (_elsewhere(head, end, found) if address else None)
        if step is None:
            break
        found, end = step
    return Place(tuple(found), name[end:].lstrip(_PUNCTUATION) if found else "")


def _head(name: str, home: Region | None, *, address: bool) -> tuple[list[Region], int]:
    begins = [0]
    if address:
        postcode = _POSTCODE.match(name)
        begins = [postcode.end() if postcode else 0]
        if nation := _NATION.match(name, begins[0]):
            begins.append(nation.end())
    for begin in begins:
        for end in ends(name, begin):
            if found := _first(name, begin, end, home, address=address):
                return found, end
    return [], 0


def _first(name: str, begin: int, end: int, home: Region | None, *, address: bool) -> list[Region]:
    """Return the divisions that the first name may mean; a bare one only where it is all, or that of a neighbour."""
    piece = name[begin:end]
    found = _named(name, begin, end, region_table().named(piece), address=address)
    if not address or (found and is_complete(piece, found)):
        return found
    bare = bare_allowed(name, begin, end, bare_names().get(piece, ()))
    near = [region for region in bare if home and _is_near(region, home) and region not in found]
    return found + near or (bare if end == len(name) else [])


def _is_near(region: Region, home: Region) -> bool:
    """Whether ``region`` lies in the prefecture or province around ``home``, or around it itself."""
    if home == NATION:
        return False
    table = region_table()
    around = table.ancestor(home, "prefecture") or home
    return is_within(region, around) or is_within(home, region)


def _named(name: str, begin: int, end: int, regions: Sequence[Region], *, address: bool) -> list[Region]:
    """Return ``regions``, whose name stands there, unless it is part of the name of something else."""
    if not regions:
        return []
    if is_complete(name[begin:end], regions):
        return [] if name.startswith("场", end) else list(regions)
    for_itself = stands_for_itself(name, begin, end) or _inner(name, end, regions, address=address)
    return list(regions) if for_itself else []


def _inner(name: str, at: int, outer: Sequence[Region], *, address: bool) -> tuple[list[Region], int] | None:
    """Return the divisions within ``outer`` that are named next, and where their name ends."""
    for begin, complete in _begins(name, at):
        for end in ends(name, begin):
            if found := _within(name, begin, end, outer, bare=address and not complete, complete=complete):
                return found, end
    return None


def _begins(name: str, at: int) -> Iterator[tuple[int, bool]]:
    """Yield where the next name may begin, and whether it must be complete there."""
    yield at, False
    grouping = _GROUPING.match(name, at)
    if grouping and grouping.end() > at:
        yield grouping.end(), False
    if name[at - 1] == "市":  # 青岛市南区 is 青岛, 市南区
        yield at - 1, True
    if zone := _ZONE.match(name, at):
        yield zone.end(), True


def _within(name: str, begin: int, end: int, outer: Sequence[Region], *, bare: bool, complete: bool) -> list[Region]:
    piece = name[begin:end]
    named = region_table().named(piece)
    found = [region for region in named if _lies_in(region, outer)]
    # 北京市北京市海淀区
    found = found or [region for region in named if region in outer]
    if found and is_complete(piece, found):
        return found
    if complete:
        return []
    found = _named(name, begin, end, found, address=bare)
    if found or not bare:
        return found
    return bare_allowed(name, begin, end, [r for r in bare_names().get(piece, ()) if _lies_in(r, outer)])


def _lies_in(region: Region, outer: Sequence[Region]) -> bool:
    forebears = inside()[region.code]
    return any(one.code in forebears for one in outer)


def _elsewhere(name: str, at: int, found: list[Region]) -> tuple[list[Region], int] | None:
    """Return what a complete name behind ``found`` means that doesn't lie within it.

    Another of the same province is meant (伊犁州塔城地区, whose code hangs on the province); where the two can't both be
    true, either is possible.
    """
    begin = len(name) - len(name[at:].lstrip(_PUNCTUATION))
    for end in ends(name, begin):
        piece = name[begin:end]
        named = region_table().named(piece)
        if not named or not _CITY_OR_COUNTY.search(piece) or not is_complete(piece, named):
            continue
        if _NO_NAME_BEHIND.match(name, end) or any(is_within(one, region) for one in found for region in named):
            return None
        same = [region for region in named if any(_province(region) == _province(one) for one in found)]
        if same:
            return same, end
        return ([*found, *named], len(name)) if not set(named) <= set(found) else None
    return None


def _province(region: Region) -> Region | None:
    return region_table().ancestor(region, "province")
