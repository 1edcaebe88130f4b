"""Administrative divisions of China (GB/T 2260): which region a name means, and what it lies within."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSIDE_A_WORD = re.compile(r"[\u4e00-\u9fff](?<![省市州县区盟在于和与及对到向由从是赴至、])")

_LONGEST_NAME = 15


@dataclass(frozen=True, slots=True)
class Region:
    """One division; ``short`` is the name documents use (昌吉州), ``level`` is province, prefecture or county."""

    code: str
    name: str
    short: str
    level: str
    parent: str

    @property
    def head(self) -> str:
        """The name at the head of a body's name: 湖北省 (科技厅), but 昌吉州 (科技局)."""
        return self.name if self.level == "province" else self.short


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

    def mentions(self, text: str) -> Iterator[tuple[re.Match[str], Region]]:
        """Yield each unambiguous region name in ``text`` with its match; the longest name wins."""
        for match in self._mentions.finditer(text):
            found = self._by_name[match.group()]
            if len(found) == 1 and not _is_tail_of_a_word(text, match):
                yield match, found[0]

    def lineage(self, region: Region) -> Iterator[Region]:
        """Yield the region, then each region it lies within, up to the province."""
        yield region
        while region.parent:
            region = self._by_code[region.parent]
            yield region

    def ancestor(self, region: Region, level: str) -> Region | None:
        """Return the region of ``level`` that ``region`` is or lies within."""
        return next((r for r in self.lineage(region) if r.level == level), None)


def _is_tail_of_a_word(text: str, match: re.Match[str]) -> bool:
    """Whether a two-character name is more likely the end of another word: 示范县 is not 范县."""
    before = text[max(0, match.start() - 1) : match.start()]
    return len(match.group()) == 2 and match.group()[-1] in "县区市旗" and bool(_INSIDE_A_WORD.match(before))


def _names_of(region: Region) -> set[str]:
    """Full and short name; for provinces and prefectures also without 省 or 市 (安徽, 深圳)."""
    names = {region.name, region.short}
    bare = region.name.removesuffix("省").removesuffix("市")
    if region.level != "county" and len(bare) >= 2:
        names.add(bare)
    return names


@cache
def region_table() -> RegionTable:
    """Return the bundled table (``data/lookups/regions.csv``; its date and source stand beside it)."""
    text = files("innograph").joinpath("data/lookups/regions.csv").read_text(encoding="utf-8")
    return RegionTable([Region(**row) for row in csv.DictReader(text.splitlines())])
