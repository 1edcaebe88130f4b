"""Records (of JSON, JSON Lines, Parquet) as a table: nested ones get dotted column names, lists are joined."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, cast

from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ...reading.refusing import DELETE_STRAY_CELLS, refuse
from .delimited import MOST_COLUMNS
from .model import Grid, Row
from .values import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .model import Line

#: The columns are the keys of so many records.
RECORDS_FOR_HEADER = 200
DEEPEST = 20
_SHOWN = 10
_JOINT = "；"


class TooDeep(ValueError):
    """A record is nested deeper than any table is."""


def flattened(record: Mapping[str, object]) -> dict[str, str]:
    """Return a record as texts: names of what is nested are joined by points, values of lists by ；.

    Raises:
        TooDeep: it is nested absurdly deep.

    Examples:
        >>> flattened({"name": "甲", "place": {"region": "昌吉"}, "tiers": ["高企", None, "专精特新"]})
        {'name': '甲', 'place.region': '昌吉', 'tiers': '高企；专精特新'}
        >>> flattened({"people": [{"post": "主任"}, {"post": "秘书"}], "none": []})
        {'people.post': '主任；秘书', 'none': ''}
    """
    if not any(isinstance(value, (dict, list, tuple)) for value in record.values()):
        return {key: value if isinstance(value, str) else cell_text(value) for key, value in record.items()}
    found: dict[str, list[str]] = {}
    _gather(found, "", record, 0)
    return {key: _JOINT.join(texts) for key, texts in found.items()}


def _gather(found: dict[str, list[str]], name: str, value: object, depth: int) -> None:
    if depth > DEEPEST:
        raise TooDeep
    if isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            _gather(found, f"{name}.{key}" if depth else key, inner, depth + 1)
    elif isinstance(value, (list, tuple)):
        found.setdefault(name, [])
        for inner in cast("list[object]", value):
            _gather(found, name, inner, depth + 1)
        if not found[name] and any(key.startswith(f"{name}.") for key in found):
            del found[name]
    else:
        texts = found.setdefault(name, [])
        if text := cell_text(value):
            texts.append(text)


def grid_of_records(name: str, records: Iterator[Mapping[str, str]], issues: list[Issue]) -> Grid:
    """Return records as a table whose header is row 1; a later record's unknown keys are told at the end.

    Args:
        name: the file's name.
        records: flat ones.
        issues: what is known of the file already.

    Raises:
        InputError: there is no record, or one has absurdly many keys.

    Examples:
        >>> grid = grid_of_records("a.json", iter([{"名称": "甲"}, {"名称": "乙", "级别": "省级"}]), [])
        >>> grid.header, list(grid.lines)
        (Row(number=1, cells=('名称', '级别')), [(2, ['甲', '']), (3, ['乙', '省级'])])
    """
    first = list(islice(records, RECORDS_FOR_HEADER))
    keys = dict.fromkeys(key for record in first for key in record)
    if not keys:
        refuse(
            name,
            Text("没有记录", "it holds no records"),
            Text("请检查文件是否保存完整", "Check that the whole file was saved"),
        )
    if len(keys) > MOST_COLUMNS:
        refuse(name, Text(f"有{len(keys)}列", f"it has {len(keys)} columns"), DELETE_STRAY_CELLS)
    lines = _lines(chain(first, records), keys, issues)
    return Grid(name, lines, header=Row(1, tuple(keys)), issues=issues)


def _lines(records: Iterator[Mapping[str, str]], keys: dict[str, None], issues: list[Issue]) -> Iterator[Line]:
    late: dict[str, int] = {}
    for number, record in enumerate(records, start=2):
        if not record.keys() <= keys.keys() and len(late) < MOST_COLUMNS:
            for key in record.keys() - keys.keys():
                late.setdefault(key, number)
        yield number, [record.get(key, "") for key in keys]
    if late:
        shown = "、".join(list(late)[:_SHOWN]) + ("…" if len(late) > _SHOWN else "")
        values = {"count": len(late), "keys": shown, "first": RECORDS_FOR_HEADER}
        issues.append(Issue("table.late-keys", Locator(row=min(late.values())), values=values))
