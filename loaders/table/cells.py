"""What one cell says: its text without typing accidents, as a list, a region, or the name of a typed thing."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from innograph.graph.bodies import kind_of
from innograph.graph.identity import plain
from innograph.graph.regions import country_of, find_region, full_name
from innograph.graph.text import Text

from .values import BadCell, date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.graph.regions import Region

    from .model import Column

_SEPARATORS = frozenset("、；，;,\n")
_NO_VALUE = frozenset({"", "无", "暂无", "空", "N/A", "NA", "NULL"})
LONGEST_NO_VALUE = max(map(len, _NO_VALUE))
"""A word with more characters than this is a value, unless the column says otherwise."""
_MARKS = "/-_.。·*"
# What NFKC, quotes, dashes and spaces leave as it is.
_PLAIN = re.compile(r"[0-9A-Za-z_.,:/+]+")
_SHOWN_REGIONS = 4


def clean(cell: str) -> str:
    r"""Return the text of a cell on one line, without invisible characters.

    Examples:
        >>> clean(" 新疆信息\n产业园\ufeff"), clean("Silk\nRoad  Park"), clean("——")
        ('新疆信息产业园', 'Silk Road Park', '——')
    """
    if cell.isascii() and cell.isprintable():
        return cell if " " not in cell else " ".join(cell.split())
    visible = "".join(c for c in cell if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    lines = [line for line in (" ".join(line.split()) for line in visible.splitlines()) if line]
    if not lines:
        return ""
    # A line that wraps in a Chinese text does not end a word.
    joints = ("" if not (one[-1].isascii() and other[0].isascii()) else " " for one, other in pairwise(lines))
    return lines[0] + "".join(f"{joint}{line}" for joint, line in zip(joints, lines[1:], strict=True))


def folded(text: str) -> str:
    """Return what :func:`plain` does, quicker where there is nothing to fold, as in most cells of large tables.

    Examples:
        >>> folded("HES"), folded("Ｈ Ｅ Ｓ")
        ('HES', 'HES')
    """
    return text if _PLAIN.fullmatch(text) else plain(text)


def is_missing(text: str, column: Column) -> bool:
    """Whether ``text`` stands for an empty cell: 无, —, / and the like, and what the column names.

    Examples:
        >>> from innograph.loaders.table.model import Column
        >>> is_missing("NA", Column("a", Text("金额", "Amount"))), is_missing("NA", Column("c", Text("国别", "Country"), kind="country"))
        (True, False)
    """
    bare = folded(text)
    core = bare.strip(_MARKS)
    if bare in column.missing or not core:
        return True
    return column.kind != "country" and len(core) <= LONGEST_NO_VALUE and core.upper() in _NO_VALUE


def items(cell: str, column: Column) -> list[str]:
    """Return what a cell names, each once: one thing, or several where the column is a list.

    Raises:
        BadCell: the column's words are all known, and this is none of them; or it should be a date.

    Examples:
        >>> from innograph.loaders.table.model import Column
        >>> items("高企；科小（甲、乙）", Column("t", Text("梯度", "Tier"), split=True, values={"高企": "高新技术企业"}))
        ['高新技术企业', '科小（甲、乙）']
        >>> items("科普合作", Column("s", Text("内容", "Subject"), drop_ending="合作"))
        ['科普']
    """
    if not column.split:
        word = _word(clean(cell), column)
        return [word] if word else []
    parts = list(_split(cell)) if column.split is True else cell.split(column.split)
    return list(dict.fromkeys(word for word in (_word(clean(part), column) for part in parts) if word))


def _split(cell: str) -> Iterator[str]:
    """Yield the parts between separators; one with a closing bracket next is inside it and separates nothing."""
    ends = [len(cell)]
    inside = False
    for at in range(len(cell) - 1, -1, -1):
        if cell[at] in "（(）)":
            inside = cell[at] in "）)"
        elif cell[at] in _SEPARATORS and not inside:
            ends.append(at)
    ends.append(-1)
    for end, start in reversed(list(pairwise(ends))):
        yield cell[start + 1 : end]


def _word(text: str, column: Column) -> str:
    if is_missing(text, column):
        return ""
    shorter = (text.removesuffix(column.drop_ending) or text) if column.drop_ending else text
    if column.values:
        known = column.values.get(folded(shorter))
        if known is None and column.report_others:
            raise BadCell(not_among(column.values))
        shorter = known or shorter
    if column.kind == "indicator":
        # The plan reader is slow to import, and hardly a table needs it.
        from ..plan.emit import indicator_name

        return indicator_name(shorter)
    if column.kind == "date":
        try:
            return date_of(shorter, until=column.until).isoformat()
        except BadCell:
            raise
        except ValueError:
            raise BadCell(Text("应为日期，如 2022-06-17", "it should be a date such as 2022-06-17")) from None
    return shorter


def not_among(known: Iterable[str]) -> Text:
    """Return the problem of a word that is none of the ``known``.

    Examples:
        >>> not_among(["PRC", "HES"]).en
        'it should be one of PRC, HES'
    """
    listed = list(known)
    return Text(f"应为 {'、'.join(listed)} 之一", f"it should be one of {', '.join(listed)}")


def region_in(text: str, kind: str = "region", home: Region | None = None) -> Region:
    """Return the region a cell means: by code, by name, or by name after the names of what it lies within.

    Args:
        text: the cell.
        kind: ``country`` for a column of countries; ``address`` where more may stand behind the region.
        home: the region that tells which of several of one name is meant.

    Raises:
        BadCell: there is none of that name, or more than one.

    Examples:
        >>> [region_in(text).code for text in ("昌吉州", "652301", "吉林省长春市朝阳区", "德国")]
        ['652300', '652301', '220104', 'DE']
        >>> region_in("NA", "country").name, region_in("昌吉市建国路1号", "address").code
        ('纳米比亚', '652301')
        >>> from innograph.graph.text import use_language
        >>> with use_language("zh"):
        ...     try:
        ...         region_in("朝阳区")
        ...     except BadCell as error:
        ...         print(error.problem.show())
        可能是2个区域之一（北京市朝阳区、吉林省长春市朝阳区），请写明上级或代码
    """
    return settled_region(text, kind, home)[0]


def settled_region(text: str, kind: str = "region", home: Region | None = None) -> tuple[Region, str]:
    """Return what :func:`region_in` does, and the words that mean it where only ``home`` told that they do.

    Raises:
        BadCell: there is no such region, or more than one.

    Examples:
        >>> region, words = settled_region("朝阳区", home=region_in("北京市"))
        >>> region.code, words, settled_region("昌吉市")[1]
        ('110105', '朝阳区', '')
    """
    if kind == "country":
        country = country_of(text)
        if country is None:
            raise BadCell(Text("没有这个国家或地区", "there is no such country"))
        return country, ""
    place = find_region(text, home)
    if not place.regions or (place.rest and kind != "address"):
        raise BadCell(Text("行政区划表中没有这个区域", "the table of administrative divisions has no such region"))
    if place.region:
        return place.region, text.removesuffix(place.rest) if place.by_home else ""
    shown = "、".join(full_name(region) for region in place.regions[:_SHOWN_REGIONS])
    shown += "…" if len(place.regions) > _SHOWN_REGIONS else ""
    count = len(place.regions)
    raise BadCell(
        Text(
            f"可能是{count}个区域之一（{shown}），请写明上级或代码",
            f"it may be any of {count} regions ({shown}); write what it lies within, or its code",
        )
    )


def type_of(text: str, allowed: Sequence[str]) -> str:
    """Return which of the ``allowed`` node types the form of a name says, as the plan reader would say it.

    Raises:
        BadCell: the form says none of them.

    Examples:
        >>> [type_of(text, ("Region", "Institute", "Enterprise")) for text in ("昌吉州", "中科院新疆生地所", "某某集团")]
        ['Region', 'Institute', 'Enterprise']
    """
    if len(allowed) == 1:
        return allowed[0]
    found = next((label for label in _types_by_form(plain(text)) if label in allowed), None)
    if found is None:
        problem = Text(
            "看不出是哪一类机构或区域，请写全称",
            "its form does not say what kind of body or region it is; write the full name",
        )
        raise BadCell(problem)
    return found


def _types_by_form(name: str) -> Iterator[str]:
    from ..plan.names import words

    place = find_region(name)
    if place.regions and not place.rest:
        yield "Region"
    # 中科院新疆生地所 would be a department by its last character, so what institutes are called goes first.
    for label, pattern in (("Institute", words.INSTITUTE), ("Enterprise", words.ENTERPRISE)):
        if any(match.end() == len(name) for match in pattern.finditer(name)):
            yield label
    label, certain = kind_of(name)
    if certain:
        yield label
