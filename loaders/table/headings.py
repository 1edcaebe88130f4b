"""Rows that only head those below them, or add them up: 昌吉市, 一、工业企业, 小计. They name nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.regions import find_region

from .cells import clean, folded
from .remembered import Answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .columns import ColumnReader
    from .model import NodeRule, Pack

_TEXTS = 1 << 10
_FEWEST = 2
_NUMERAL = "一二三四五六七八九十百"
_NUMBER = re.compile(rf"[（(]?(?:第?[{_NUMERAL}]{{1,4}}|[IVXⅠ-Ⅻ]{{1,4}})[)）]?[、．.]?")
_NUMBERED = re.compile(
    rf"第[{_NUMERAL}\d]{{1,4}}(?:部分|[章节类组]|批(?!发))|[（(][{_NUMERAL}]{{1,4}}[)）]"
    rf"|[{_NUMERAL}]{{1,4}}[、．.]|[IVXⅠ-Ⅻ]{{1,4}}[、．.]"
)
_TOTAL = re.compile(r"小计|合计|总计|共计|累计|^(?:sub-?total|total|sum)\b", re.IGNORECASE)
# （12家）, ：12家 and the like say how many rows stand below.
_COUNT = re.compile(r"[：:]? ?[（(]?共?\d{0,6}[家个户项所名条]?[)）]?[：:]?")
_NAMED = re.compile(r"(?:公司|集团|合作社|[厂店场院所校馆站园]|大学|中心|基地|平台|实验室|联盟|协会)$")
_CATEGORY = re.compile(
    r"(?:规模以上|规模以下|规上|规下|大中型|中小微|中小|小微|大型|中型|小型|微型|龙头|骨干|重点|培育|入库|民营|国有|外资|上市"
    r"|工业|农业|商贸业?|服务业|建筑业|制造业|科技型|高新技术|专精特新|创新型|领军|初创|本科|专科|高职|职业|普通|成人|民办|公办"
    r"|高等|科研|其他|其它){1,4}(?:企业|院校|高校|院所|学校|机构|单位|类)?"
)
_ZONE = re.compile(r"(?:开发区|高新区|园区|新区|示范区|工业区|保税区)$")
#: Of these a category is the name itself.
_CATEGORIES = frozenset(("Tier", "Industry", "Indicator", "Region"))


class Headings:
    """Says which rows of a sheet are sub-headings or subtotals: those that fill but the column of the names.

    A sheet of one column has none: its rows have nothing else to fill.

    Args:
        header: the sheet's header.
        pack: what the columns mean.
        columns: those that the sheet has.
    """

    def __init__(self, header: Sequence[str], pack: Pack, columns: Mapping[str, ColumnReader]) -> None:
        filled = sum(1 for cell in header if cell.strip())
        rule = next((one for one in pack.nodes if one.name and "Region" not in one.type.types[:1]), None)
        self._at = columns[rule.name[0]].index if rule and rule.name[0] in columns else -1
        # One cell at most may be filled besides: the number of the heading, before the name.
        self.fewest_empty = max(len(header) - _FEWEST, 1) if filled >= _FEWEST and self._at >= 0 else len(header) + 1
        self._types = _types_named(pack, rule)
        self._words = frozenset(
            word
            for one in columns.values()
            if one.index != self._at
            for pair in one.column.values.items()
            for word in pair
        )
        self._is_heading: Answers[str, bool] = Answers(self._heads, _TEXTS)

    def text_of(self, cells: Sequence[str]) -> tuple[int, str] | None:
        """Return the index and the text of a row that is a heading, or ``None`` for a row that names something.

        Args:
            cells: the row, of whose cells ``fewest_empty`` are empty.
        """
        filled = [(at, cell) for at, cell in enumerate(cells) if cell.strip()]
        if not filled or filled[-1][0] > self._at or len(filled) > _FEWEST:
            return None
        at, cell = filled[-1]
        text = clean(cell)
        if len(filled) == _FEWEST:
            numbered = len(cells) > _FEWEST and _NUMBER.fullmatch(clean(filled[0][1]))
            return (at, text) if numbered and not _NAMED.search(text) else None
        return (at, text) if self._is_heading[text] else None

    def _heads(self, text: str) -> bool:
        core, total = _without_count(text)
        if total or not core:
            return total
        if _NUMBERED.match(core):
            return not _NAMED.search(core)
        if self._types & _CATEGORIES:
            return False
        return bool(_CATEGORY.fullmatch(core)) or folded(core) in self._words or self._is_region(core)

    def _is_region(self, text: str) -> bool:
        if text.isascii() or ("Platform" in self._types and _ZONE.search(text)):
            return False
        place = find_region(text)
        return bool(place.regions) and not place.rest


def _types_named(pack: Pack, rule: NodeRule | None) -> frozenset[str]:
    """Return the types of all things that the column of the names may name."""
    named = rule.name[:1] if rule else ()
    return frozenset(label for one in pack.nodes if one.name[:1] == named for label in one.type.types)


def _without_count(text: str) -> tuple[str, bool]:
    """Return a heading without how many rows it heads, and whether it is a subtotal: 昌吉市（12家）, 昌吉市小计：12."""
    found = list(_TOTAL.finditer(text))
    if found and _COUNT.fullmatch(text, found[-1].end()):
        return text[: found[-1].start()], True
    ends = [match for match in re.finditer(r"[（(：:]", text) if _COUNT.fullmatch(text, match.start())]
    return (text[: ends[0].start()].strip() if ends else text), False
