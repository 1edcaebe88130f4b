"""Administrative divisions of China (GB/T 2260): which region a name means, and what it lies within."""

from __future__ import annotations

import csv
import re
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from .model import Region

if TYPE_CHECKING:
    from collections.abc import Iterator, KeysView

_INSIDE_A_WORD = re.compile(r"[\u4e00-\u9fff](?<![省市州县区盟在于和与及对到向由从是赴至、])")

_LONGEST_NAME = 15
# One character for a province, where several stand together: 沪苏浙, 川渝. Those that words are made of (新, 云, 宁,
# 港 …) count only in the combinations in use.
_LETTERS: dict[str, str] = dict(
    re.findall(
        r"(\D)(\d\d)",
        "京11津12冀13晋14蒙15辽21吉22黑23沪31苏32浙33皖34闽35赣36鲁37豫41鄂42湘43粤44桂45琼46渝50川51黔52贵52滇53云53藏54"
        "陕61甘62青63宁64新65台71港81澳82",
    )
)
_LETTER_RUN = re.compile(
    "(?:(?:云贵川|云贵|陕甘宁|陕甘|甘青宁|甘青|晋陕蒙|蒙晋冀|辽吉黑|黑吉辽|吉黑|粤港澳|港澳台|港澳|闽台|闽宁|川藏|青藏)"
    "|[京津冀晋辽沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇陕]{2,23})(?!铁路|高铁|高速|公路|高原|[线剧菜])"
)
# Words in which the name of a prefecture stands by chance.
NO_PLACE = re.compile(
    "天山南|江山南|长治久|长白山|朝阳(?:产业|行业|企业)|中卫生|中山(?:大学|医院|先生|[陵装])|日照(?:时|充|强|率|条|资|长)"
    "|来宾(?![市、])|延安精神|安康(?:[码杯]|工程)|大同(?:小异|社会)|四平八|三明治|白银(?:产|价|生|冶|、)|宁德时代"
)
# The abbreviation of a banner's name: 科左中旗 for 科尔沁左翼中旗.
_BANNER = re.compile("(.).{1,3}([左右])翼?([前中后]?)旗")
_LEVEL = re.compile("[省市州县区旗盟]$")
# Bare names of counties that are words of every plan.
EVERYDAY = re.compile(
    "公安|东方|合作|资源|和平|友谊|共和|兴业|同心|同德|大方|大新|天全|威信|安宁|富民|富裕|建平|开化|惠民|新兴|新民|新和|正定|民乐|民权|"
    "永安|裕民|南部|台前|灯塔|石棉|集贤|温泉|前进|前锋|振兴|光明|红旗|解放|工农|爱民|平安|平房|太平|江北|江南|海港|港口|滨海|滨江|滨湖|湖滨|"
    "城东|城北|城西|城区|新市|新城|新北|新建|复兴|站前|友好|古城|老城|二道|中原|宏伟|安居|安定|运河|城关|市中|市辖|中站|高新|桥东|桥西|郊"
)
_JOINTS = "、—–－和与及"
_BEHIND_A_PLACE = "、—–－和与及等两三，。；：“”（）试"


class RegionTable:
    """All divisions, by code and by name.

    Examples:
        >>> table = region_table()
        >>> table["652301"].name, table.ancestor(table["652301"], "prefecture").short
        ('昌吉市', '昌吉州')
        >>> table.head_of("昌吉市人民政府办公室").code
        '652301'
    """

    def __init__(self, regions: list[Region]) -> None:
        self._by_code = {region.code: region for region in regions}

    def __getitem__(self, code: str) -> Region:
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Region]:
        return iter(self._by_code.values())

    @cached_property
    def _by_name(self) -> dict[str, list[Region]]:
        names: dict[str, list[Region]] = {}
        for region in self:
            for name in sorted(_names_of(region)):
                names.setdefault(name, []).append(region)
        return names

    @property
    def names(self) -> KeysView[str]:
        """All names, each of one or more regions."""
        return self._by_name.keys()

    @cached_property
    def _mentions(self) -> re.Pattern[str]:
        """All names, the longest first; grouped by their first character, so that few are tried at each place."""
        tails: dict[str, list[str]] = {}
        for name in sorted(self._by_name, key=len, reverse=True):
            tails.setdefault(name[0], []).append(name[1:])
        return re.compile("|".join(f"{head}(?:{'|'.join(rest)})" for head, rest in tails.items()))

    def named(self, name: str) -> list[Region]:
        """Return every region of that name: several where the name alone is ambiguous (朝阳区)."""
        return self._by_name.get(name, [])

    def head_of(self, name: str) -> Region | None:
        """Return the region at the head of a body's name, or ``None`` where there is none or more than one."""
        found = self.split_head(name)
        return found[0] if found else None

    def split_head(self, name: str) -> tuple[Region, str] | None:
        """Return the region at the head of ``name`` and what follows; a region may stand before a smaller one.

        Examples:
            >>> region, rest = region_table().split_head("北京市朝阳区科技局")
            >>> region.code, rest
            ('110105', '科技局')
        """
        found: tuple[Region, str] | None = None
        while step := self._step(found[1] if found else name, found[0] if found else None):
            found = step
        return found

    def _step(self, name: str, within: Region | None) -> tuple[Region, str] | None:
        for end in range(min(len(name), _LONGEST_NAME), 1, -1):
            found = self.named(name[:end])
            if within:
                found = [region for region in found if region != within and within in self.lineage(region)]
            if found:
                return (found[0], name[end:]) if len(found) == 1 else None
        return None

    def mentions(self, text: str) -> Iterator[tuple[int, int, Region]]:
        """Yield where ``text`` names a region unambiguously: begin, end, region; the longest name wins.

        Several one-character names of provinces are each a mention. A county's name without 县 or 市 is one only
        where it is joined to another place; a name that several regions have is one only behind the region around it.

        Examples:
            >>> [r.short for _, _, r in region_table().mentions("加强与沪苏浙合作，推进杭州—桐乡—德清试点，走访朝阳区、北京市朝阳区")]
            ['上海', '江苏', '浙江', '杭州市', '桐乡市', '德清县', '北京', '朝阳区']
        """
        chance = [match.span() for match in NO_PLACE.finditer(text)]
        for match in _LETTER_RUN.finditer(text):
            for at in range(match.start(), match.end()):
                yield at, at + 1, self[f"{_LETTERS[text[at]]}0000"]
        before: tuple[int, Region] | None = None
        for match in self._mentions.finditer(text):
            found = self._by_name[match.group()]
            by_chance = any(begin <= match.start() < end for begin, end in chance)
            if len(found) > 1 and before and before[0] == match.start():
                found = [region for region in found if before[1] in self.lineage(region)]
            if len(found) == 1 and not by_chance and not _is_tail_of_a_word(text, match):
                before = match.end(), found[0]
                yield match.start(), match.end(), found[0]
                yield from self._joined(text, match.end())

    def _joined(self, text: str, at: int) -> Iterator[tuple[int, int, Region]]:
        """Yield the counties named by their bare names behind a place: 杭州—桐乡—德清."""
        while text[at : at + 1] and text[at] in _JOINTS:
            begin = at + 1
            ends = (begin + size for size in (4, 3, 2))
            at = next((end for end in ends if text[begin:end] in self._bare_counties and _ends_at(text, end)), -1)
            if at < 0:
                return
            yield begin, at, self._bare_counties[text[begin:at]]

    def unique_name(self, region: Region) -> str:
        """Return the name of ``region``, behind that of its parent where others have the same.

        Examples:
            >>> table = region_table()
            >>> table.unique_name(table["110105"]), table.unique_name(table["652301"])
            ('北京市朝阳区', '昌吉市')
        """
        shared = len(self.named(region.name)) > 1 and region.parent
        return f"{self[region.parent].name}{region.name}" if shared else region.name

    def county_at(self, name: str) -> Region | None:
        """Return the county whose name without 县 or 市, if it is no everyday word, stands at the head of ``name``.

        Examples:
            >>> region_table().county_at("石河子经济技术").name
            '石河子市'
        """
        heads = (name[:size] for size in (4, 3, 2))
        found = (head for head in heads if head in self._bare_counties and not EVERYDAY.fullmatch(head))
        return next((self._bare_counties[head] for head in found), None)

    def bare_names_around(self, home: Region) -> frozenset[str]:
        """Return the bare names that mean ``home``, what it lies within, or what lies within it.

        A plan of 泾县 says 泾县 or 宣城; a plan of 德清县 may name a park after 德清 alone.

        Examples:
            >>> sorted(region_table().bare_names_around(region_table()["330521"]))
            ['德清', '浙江', '湖州']
        """
        near = [r for r in self if home in self.lineage(r) or r in self.lineage(home)]
        bare = {_LEVEL.sub("", r.short) for r in near}
        return frozenset(name for name in bare if len(name) > 1 and not EVERYDAY.fullmatch(name))

    @cached_property
    def _bare_counties(self) -> dict[str, Region]:
        bare: dict[str, list[Region]] = {}
        for region in self:
            if region.level == "county" and region.name[-1] in "县市":
                bare.setdefault(region.name[:-1], []).append(region)
        return {name: found[0] for name, found in bare.items() if len(found) == 1 and name not in self._by_name}

    def lineage(self, region: Region) -> Iterator[Region]:
        """Yield the region, then each region it lies within, up to the province."""
        yield region
        while (outer := self._by_code.get(region.parent)) is not None:
            yield outer
            region = outer

    def ancestor(self, region: Region, level: str) -> Region | None:
        """Return the region of ``level`` that ``region`` is or lies within."""
        return next((r for r in self.lineage(region) if r.level == level), None)


def _is_tail_of_a_word(text: str, match: re.Match[str]) -> bool:
    """Whether a two-character name is more likely the end of another word: 示范县 is not 范县."""
    before = text[max(0, match.start() - 1) : match.start()]
    return len(match.group()) == 2 and match.group()[-1] in "县区市旗" and bool(_INSIDE_A_WORD.match(before))


def _ends_at(text: str, end: int) -> bool:
    """Whether a bare name can end at ``end``: no further character of a word follows."""
    return text[end : end + 1] in ("", *_BEHIND_A_PLACE)


def _names_of(region: Region) -> set[str]:
    """Full and short name; for provinces and prefectures also without 省 or 市 (安徽, 深圳)."""
    names = {region.name, region.short}
    bare = region.name.removesuffix("省").removesuffix("市")
    if region.level != "county" and len(bare) >= 2:
        names.add(bare)
    if banner := _BANNER.fullmatch(region.name):
        names.add(f"{banner[1]}{banner[2]}{banner[3]}旗")
    return names


@cache
def region_table() -> RegionTable:
    """Return the bundled table (``data/lookups/regions.csv``; its date and source stand beside it)."""
    text = files("innograph").joinpath("data/lookups/regions.csv").read_text(encoding="utf-8")
    return RegionTable([Region(**row) for row in csv.DictReader(text.splitlines())])
