"""What one cell says: its text without typing accidents, as a list, a value, a region, or the name of a typed thing."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from itertools import product
from typing import TYPE_CHECKING

from innograph.graph.bodies import kind_of
from innograph.graph.identity import plain
from innograph.graph.ontology import ValueType
from innograph.graph.regions import Region, region_table
from innograph.graph.text import Text

from ..plan.names import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from innograph.graph.records import Value

    from .model import Column

_WRAP = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]\s*|\s*[\r\n]\s*(?=[^\x00-\x7f])")
_SEPARATOR = re.compile(r"[、；，;,\n](?![^（(]*[）)])")
_NO_VALUE = {"", "无", "暂无", "空", "N/A", "NA", "NULL"}
_MARKS = "/-_.。·*"
_LONGEST_REGION = 40
_SHOWN_REGIONS = 4
_LARGEST_INTEGER = 2**63 - 1
_BOOLEANS = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}


class BadCell(ValueError):
    """A cell that does not say what its column should; ``problem`` says why."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def clean(cell: str) -> str:
    r"""Return the text of a cell on one line, without invisible characters; nothing for 无, —, / and the like.

    Examples:
        >>> clean(" 新疆信息\n产业园\ufeff"), clean("Silk\nRoad  Park"), clean("——"), clean("暂无")
        ('新疆信息产业园', 'Silk Road Park', '', '')
    """
    visible = "".join(c for c in cell if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    text = " ".join(_WRAP.sub("", visible).split())
    bare = plain(text).strip(_MARKS)
    return "" if bare.upper() in _NO_VALUE else text


def items(cell: str, column: Column) -> list[str]:
    """Return what a cell names, each once: one thing, or several where the column is a list.

    Examples:
        >>> from innograph.loaders.table.model import Column
        >>> items("高企；科小（甲、乙）", Column("t", Text("梯度", "Tier"), split=True, values={"高企": "高新技术企业"}))
        ['高新技术企业', '科小（甲、乙）']
        >>> items("科普合作", Column("s", Text("内容", "Subject"), drop_ending="合作"))
        ['科普']
    """
    parts = _SEPARATOR.split(cell) if column.split else [cell]
    return list(dict.fromkeys(word for word in (_word(clean(part), column) for part in parts) if word))


def _word(text: str, column: Column) -> str:
    shorter = text.removesuffix(column.drop_ending) or text
    return (column.values or {}).get(plain(shorter), shorter)


def value_of(text: str, value_type: ValueType) -> Value:
    """Return ``text`` as one value of ``value_type``, which is no list.

    Raises:
        BadCell: it is none.

    Examples:
        >>> value_of("２０２２年", ValueType.INTEGER), value_of("2022-06-17", ValueType.DATE)
        (2022, datetime.date(2022, 6, 17))
    """
    try:
        return _CONVERTERS[value_type](text)
    except (ValueError, KeyError):
        kind = _KIND_WORDS[value_type]
        raise BadCell(Text(f"应为{kind.zh}", f"it should be {kind.en}")) from None


def _integer(text: str) -> int:
    number = int(plain(text).removesuffix("年"))
    if abs(number) > _LARGEST_INTEGER:
        raise ValueError(number)
    return number


def _float(text: str) -> float:
    number = float(plain(text))
    if not math.isfinite(number):
        raise ValueError(number)
    return number


_CONVERTERS: dict[ValueType, Callable[[str], Value]] = {
    ValueType.STRING: str,
    ValueType.INTEGER: _integer,
    ValueType.FLOAT: _float,
    ValueType.BOOLEAN: lambda text: _BOOLEANS[plain(text).lower()],
    ValueType.DATE: lambda text: dt.date.fromisoformat(plain(text)),
}
_KIND_WORDS = {
    ValueType.INTEGER: Text("整数", "a whole number"),
    ValueType.FLOAT: Text("数字", "a number"),
    ValueType.BOOLEAN: Text("“是”或“否”", "是 or 否"),
    ValueType.DATE: Text("日期，如 2022-06-17", "a date such as 2022-06-17"),
}


def region_of(text: str) -> Region:
    """Return the division a cell means: by code, by name, or by name after the names of what it lies within.

    Raises:
        BadCell: there is none of that name, or more than one.

    Examples:
        >>> [region_of(text).code for text in ("昌吉州", "652301", "吉林省长春市朝阳区")]
        ['652300', '652301', '220104']
        >>> from innograph.graph.text import use_language
        >>> with use_language("zh"):
        ...     try:
        ...         region_of("朝阳区")
        ...     except BadCell as error:
        ...         print(error.problem.show())
        有2个同名的区域（北京市朝阳区、吉林省长春市朝阳区），请写明上级或代码
    """
    name, table = plain(text), region_table()
    if name in table:
        return table[name]
    found = table.named(name) or list(_qualified(name))
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadCell(Text("行政区划表中没有这个区域", "the table of administrative divisions has no such region"))
    shown = "、".join(_full_name(region) for region in found[:_SHOWN_REGIONS])
    shown += "…" if len(found) > _SHOWN_REGIONS else ""
    raise BadCell(
        Text(
            f"有{len(found)}个同名的区域（{shown}），请写明上级或代码",
            f"{len(found)} regions have that name ({shown}); write what it lies within, or its code",
        )
    )


def _full_name(region: Region) -> str:
    return "".join(one.name for one in reversed(list(region_table().lineage(region))))


def _qualified(name: str) -> Iterator[Region]:
    """Yield the regions whose name ends ``name`` and whose forebears' names, all or some, stand before it."""
    for cut in range(2, min(len(name), _LONGEST_REGION) - 1):
        for region in region_table().named(name[cut:]):
            if name[:cut] in _heads(region):
                yield region


def _heads(region: Region) -> set[str]:
    forebears = list(region_table().lineage(region))[:0:-1]
    return {"".join(names) for names in product(*(("", one.name, one.short) for one in forebears))}


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
    if name in region_table() or region_table().named(name) or any(_qualified(name)):
        yield "Region"
    # 中科院新疆生地所 would be a department by its last character, so what institutes are called goes first.
    for label, pattern in (("Institute", words.INSTITUTE), ("Enterprise", words.ENTERPRISE)):
        if any(match.end() == len(name) for match in pattern.finditer(name)):
            yield label
    label, certain = kind_of(name)
    if certain:
        yield label
