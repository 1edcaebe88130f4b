"""One sentence as the readers of names see it: its text, the places in it, and where a name can begin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from innograph.graph.regions import region_table

from . import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.regions import Region

CERTAIN, LIKELY, UNSURE_CUT, POSSIBLE = 1.0, 0.8, 0.7, 0.6
_LONGEST_NAME = 30
_RELATION_REACH = 80
# The titles of documents name no body and no event; a body inside an event's name (“中国科学院—新疆科技洽谈会”) is part
# of that name.
_TITLE = re.compile(r"《[^《》]{1,80}》")
_NO_EVENT = "[协商学社机]会|理事会|[董监]事会|委员?会|议事会|联席会|促进会|基金会|工会|[发进开拓扩]展|[环细情季调]节|[旺淡四每]季|[每当本近]月"
_EVENT_DAY = (
    "(?:国家|全国|世界|国际|中国)[^”“]{1,12}日|[^”“]{0,8}(?:开放|宣传|体验|购物|品牌|科普|文化|公益|企业家|纪念|丰收)日"
)
_QUOTED_EVENT = re.compile(
    rf"“(?P<name>(?!(?:[^”“]{{0,16}}(?:{_NO_EVENT}))”)(?!一.一)(?:[^”“]{{2,20}}?(?:会|节|周|月|季|展|大赛|论坛)|{_EVENT_DAY}))”"
)
# Quotation marks of a typewriter: the first opens, the second closes.
_QUOTED = re.compile('"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands; without ``relation`` the word that ties it to the text is looked for before it."""

    category: str
    name: str
    begin: int
    end: int
    confidence: float = CERTAIN
    relation: str | None = None


class Passage:
    """A sentence.

    Examples:
        >>> passage = Passage("支持新疆大学和华为技术有限公司落实《某某行动方案》")
        >>> passage.name_before(15, 11)
        ('华为技术有限公司', 7)
        >>> passage.relation_before(2)
        '支持'
    """

    def __init__(self, text: str, home: Region | None = None) -> None:
        text = _QUOTED.sub(r"“\1”", text) if '"' in text else text
        self._local = _names_at_home(home)
        self.quoted_events = tuple(_QUOTED_EVENT.finditer(text))
        # What a quoted event is called is masked for every reader; a cited title only hides no place.
        self.with_titles = _QUOTED_EVENT.sub(_mask, text)
        self.text = _TITLE.sub(_mask, self.with_titles)

    @cached_property
    def places(self) -> list[tuple[int, int, Region]]:
        """The regions named, in the order of the text."""
        return sorted(region_table().mentions(self.with_titles), key=lambda place: place[:2])

    @cached_property
    def guarded(self) -> str:
        """The text with every word masked that contains a boundary and is none: 华为, 和田, 中国联合网络."""
        text = self.text
        places = [(begin, end) for begin, end, _ in self.places]
        masked = [match.span() for match in words.PROTECTED.finditer(text)]
        masked += (span for span in places if words.ONE_CHARACTER.search(text, *span))
        masked += _short_places(text, {begin for begin, _ in places})
        after_place = self._ends_of_places
        masked += _joints_of_fields(text, after_place)
        for match in words.VERB_IN_NAME.finditer(text):
            if match.start() in after_place or text.endswith(words.PLACE_BEFORE, 0, match.start()):
                masked.append(match.span())
        if not masked:
            return text
        guarded = list(text)
        for begin, end in masked:
            guarded[begin:end] = "＊" * (end - begin)
        return "".join(guarded)

    @cached_property
    def _boundaries(self) -> list[int]:
        return [match.end() for match in words.BOUNDARY.finditer(self.guarded)]

    def is_cut(self, begin: int) -> bool:
        """Whether the name that begins at ``begin`` does so behind a single character, which may be part of it."""
        return bool(words.ONE_CHARACTER.match(self.guarded, max(0, begin - 1), begin))

    def bounded(self, begin: int, end: int) -> bool:
        """Whether no boundary stands between two offsets."""
        return bisect_right(self._boundaries, end) == bisect_right(self._boundaries, begin)

    def start_before(self, at: int) -> int:
        """Return where the name that reaches to ``at`` begins: behind the nearest boundary."""
        found = bisect_right(self._boundaries, at)
        return self._boundaries[found - 1] if found else 0

    def name_before(self, end: int, ending: int) -> tuple[str, int]:
        """Return the name that ends at ``end`` with the ending that starts at ``ending``, and where it begins.

        It is empty where nothing tells where it begins.
        """
        begin = self.start_before(ending)
        if end - begin > _LONGEST_NAME:
            return "", begin
        name = self.text[begin:end]
        if name.count("”") > name.count("“"):
            begin = max(end - _LONGEST_NAME, self.text.rfind("“", max(0, end - _LONGEST_NAME), begin), 0)
            name = self.text[begin:end]
        if "“" in name and "”" not in name:
            opened = name.index("“") + 1
            name, begin = name[opened:], begin + opened
        balanced = name.count("“") == name.count("”") and name.count("（") == name.count("）")
        return (name if balanced and "＃" not in name else ""), begin

    def relation_before(self, at: int) -> str:
        """Return the last relation word of the clause that stands before ``at`` and not far from it."""
        reach = max(0, at - _RELATION_REACH)
        clause = max(reach, *(self.text.rfind(mark, reach, at) + 1 for mark in "。；，"))
        found = words.RELATION.findall(self.guarded, clause, at)
        return found[-1] if found else ""

    def is_local(self, name: str) -> bool:
        """Whether ``name`` begins with the bare name of a place at home: 德清 in a plan of 德清县."""
        return any(name[:size] in self._local for size in (2, 3, 4))

    def place_at(self, begin: int) -> int:
        """Return where the place that begins at ``begin`` ends; ``begin`` itself where none does."""
        first = bisect_left(self.places, begin, key=lambda place: place[0])
        return self.places[first][1] if first < len(self.places) and self.places[first][0] == begin else begin

    def place_ends(self, end: int) -> bool:
        """Whether a region's name ends at ``end``."""
        return end in self._ends_of_places

    @cached_property
    def _ends_of_places(self) -> set[int]:
        return {end for _, end, _ in self.places}

    def has_place(self, begin: int, end: int) -> bool:
        """Whether a region is named between two offsets."""
        first = bisect_left(self.places, begin, key=lambda place: place[0])
        return first < len(self.places) and self.places[first][1] <= end


def _mask(match: re.Match[str]) -> str:
    return "＃" * len(match.group())


@cache
def _names_at_home(home: Region | None) -> frozenset[str]:
    return region_table().bare_names_around(home) if home else frozenset()


def _short_places(text: str, starts: set[int]) -> Iterator[tuple[int, int]]:
    """Yield where 和田 stands in 和田学院: a place without 县 or 地区.

    Two characters are a place only where no connective can stand: behind a boundary (依托和田学院, but not
    企业和政府) and before no other place (从江西), or before a body's noun (新疆大学和田学院).
    """
    ends = {0, *(match.end() for match in words.BOUNDARY.finditer(text))}
    for match in _names_like_connectives().finditer(text):
        begin, end = match.span()
        alone = begin in ends and begin + 1 not in starts
        if end - begin > 2 or alone or words.NOUN_OF_BODY.match(text, end):
            yield begin, end


def _joints_of_fields(text: str, ends_of_places: set[int]) -> Iterator[tuple[int, int]]:
    """Yield where 与 joins two fields in the name of one body behind a place, and no two bodies."""
    for end in ends_of_places:
        match = words.TWO_FIELDS.match(text, end)
        if match and not words.RELATION.search(text, end, match.end("rest")):
            yield match.span("joint")


@cache
def _names_like_connectives() -> re.Pattern[str]:
    """The names of places, without the word for their level, that contain a character that could be a boundary."""
    stems = {words.LEVEL_OF_PLACE.sub("", name) for region in region_table() for name in (region.name, region.short)}
    found = sorted(
        (stem for stem in stems if len(stem) > 1 and words.ONE_CHARACTER.search(stem)), key=len, reverse=True
    )
    return re.compile("|".join(map(re.escape, found)))
