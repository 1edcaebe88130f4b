"""Cuts an answer to what an assistant can read at once, and says what was left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text
from innograph.visualize.schemas import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORTENED = Text(
    "有的单元格太长，只留了开头；“…”后面是原来的长度",
    "Some cells are too long: only their beginning is here, with the full length behind “…”",
)
_FIRST_CUT = 2000


class Page(NamedTuple):
    """Some rows of an answer, and how many more follow them."""

    rows: list[dict[str, Any]]
    total: int
    left_out: int
    next_offset: int | None
    remarks: list[Text]


def page_of(rows: Sequence[dict[str, Any]], offset: int, limit: int, characters: int) -> Page:
    """Return the rows from ``offset`` on: at most ``limit``, and so many that their text has at most ``characters``.

    Examples:
        >>> page = page_of([{"n": 1}, {"n": 2}, {"n": 3}], 1, 1, 1000)
        >>> page.rows, page.total, page.left_out, page.next_offset
        ([{'n': 2}], 3, 1, 2)
        >>> page_of([{"text": "ab" * 3000}], 0, 10, 1000).rows
        [{'text': 'ababab...abab…6000'}]
    """
    kept: list[dict[str, Any]] = []
    remarks: list[Text] = []
    left = characters
    for row in rows[offset : offset + limit]:
        one = plain(row)
        if not kept:
            fitting = _fitting(one, characters)
            if fitting is not one:
                remarks.append(_SHORTENED)
                one = fitting
        left -= _length(one)
        if kept and left < 0:
            break
        kept.append(one)
    end = min(offset, len(rows)) + len(kept)
    more = len(rows) - end
    return Page(kept, len(rows), more, end if more else None, remarks)


def _length(row: dict[str, Any]) -> int:
    return len(json.dumps(row, ensure_ascii=False))


def _fitting(row: dict[str, Any], characters: int) -> dict[str, Any]:
    """Return a row that has room by itself: with long texts and lists cut, more and more until it fits."""
    most, found = _FIRST_CUT, row
    while _length(found) > characters and most > 1:
        most //= 2
        found = {name: _cut(value, most) for name, value in row.items()}
    return found


def _cut(value: Any, most: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= most else f"{value[:most]}…{len(value)}"
    if isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
        shown = [_cut(one, most) for one in items[: max(1, most // 40)]]
        return shown if len(shown) == len(items) else [*shown, f"…{len(items)}"]
    return value
