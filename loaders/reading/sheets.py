"""What a sheet of cells holds: titles above the header and notes below are paragraphs, the rest is a table."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..document import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.graph.records import Locator

    from ..document import DocumentBuilder

# 填报单位：市科技局 above a header; a column's own name has no colon with words after it.
_FILLED_IN = re.compile(r"[^：:]{1,20}[：:]\s*\S")
_REMARK = re.compile(r"\s*(?:注|备注|说明|填表|填报|附[:：]|[*※])|[^。]*。")

Row = tuple[int, list[Draft]]


def add_sheet(builder: DocumentBuilder, rows: Iterable[Row], place: Locator) -> int:
    """Add what the rows of one sheet hold, in order, and return how many tables that was.

    Args:
        builder: the document.
        rows: the number of each row that is not empty, and its cells; the same draft in all that a merged cell covers.
        place: where the sheet is.
    """
    tables = 0
    for block in _blocks(rows):
        first = 0
        while first < len(block) and _is_title(block[first]):
            first += 1
        last = len(block)
        while last > first + 1 and _is_note(block[last - 1]):
            last -= 1
        _paragraphs(builder, block[:first])
        if first < last:
            tables += 1
            builder.table(_trimmed([cells for _, cells in block[first:last]]), place)
        _paragraphs(builder, block[last:])
    return tables


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Part rows where an empty row is followed by a title; any other empty row is but a gap in its table."""
    block: list[Row] = []
    for row, following in pairwise((*rows, None)):
        if row is None:
            break
        if block and row[0] > block[-1][0] + 1 and following and _is_title(row):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _filled(row: Row) -> list[Draft]:
    """The cells with words, each once."""
    return list(dict.fromkeys(draft for draft in row[1] if draft.text.strip()))


def _is_title(row: Row) -> bool:
    filled = _filled(row)
    return len(filled) == 1 or all(_FILLED_IN.match(draft.text) for draft in filled)


def _is_note(row: Row) -> bool:
    """Whether a row below a table is a remark: one cell, which reaches over several columns or reads like one."""
    filled = _filled(row)
    return len(filled) == 1 and (row[1].count(filled[0]) > 1 or bool(_REMARK.match(filled[0].text)))


def _paragraphs(builder: DocumentBuilder, rows: Sequence[Row]) -> None:
    for row in rows:
        for draft in _filled(row):
            builder.paragraph(draft.text.strip(), draft.place)


def _trimmed(rows: Sequence[list[Draft]]) -> list[list[Draft]]:
    """The rows without the empty columns at both sides."""
    used = [i for row in rows for i, draft in enumerate(row) if draft.text.strip()]
    return [row[min(used) : max(used) + 1] for row in rows]
