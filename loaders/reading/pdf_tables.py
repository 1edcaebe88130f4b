"""Tables of pages to tables of the document: one that the end of a page cuts is one, and so are its cut cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.records import Locator

from ..document import Draft
from .pdf_lines import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .pdf_lines import Line

_SAME_EDGE = 4.0
_LONGEST_MARK = 40
_LONGEST_HEADING = 40  # of a row that reaches over all columns and so looks like a frame
_CONTINUED = re.compile(r"续表?\s?[\d一二三四五六七八九十]{0,3}|.{0,30}[（(]\s?续.{0,4}[）)]|.{0,30}续表?")


@dataclass(slots=True, eq=False)
class TableCell:
    """A cell: its text and the page it stands on."""

    text: str
    page: int


@dataclass(slots=True)
class PageTable:
    """A table, or the part of it that a page holds.

    Args:
        page: the page it begins on.
        last_page: the page it ends on.
        top: the height at which it begins.
        edges: those of its columns, from the left.
        rows: for each position its cell; a merged cell in each position that it covers.
        framed: the lines of a frame around a text, which is a table only where it goes on one.
    """

    page: int
    last_page: int
    top: float
    edges: tuple[float, ...]
    rows: list[list[TableCell]]
    framed: tuple[Line, ...] = ()


def is_continuation_mark(text: str) -> bool:
    """Whether a line above a table only says that it goes on.

    Examples:
        >>> [is_continuation_mark(text) for text in ("续表", "表2 重点任务（续）", "附件2")]
        [True, True, False]
    """
    return len(text) <= _LONGEST_MARK and bool(_CONTINUED.fullmatch(text))


def continued(table: PageTable, part: PageTable) -> bool:
    """Add the part of a later page to a table if it has the same columns; return whether it was added."""
    columns = _common_columns(table.edges, part.edges)
    if columns is None or any(len(cell.text) > _LONGEST_HEADING for row in part.rows for cell in row if part.framed):
        return False
    edges, of_table, of_part = columns
    rows = [[row[column] for column in of_table] for row in table.rows]
    more = [[row[column] for column in of_part] for row in part.rows]
    more = more[_repeated(rows, more) :]
    if more and rows:
        _join_at_break(rows, more)
    table.edges, table.rows, table.last_page = edges, rows + more, part.last_page
    return True


def drafts_of(table: PageTable, number: int) -> list[list[Draft]]:
    """Return the table's rows for the document; a row's number counts through all pages, without repeated headers."""
    made: dict[TableCell, Draft] = {}
    return [
        [
            made.get(cell)
            or made.setdefault(cell, Draft(cell.text, Locator(page=cell.page, table=number, row=r, column=c)))
            for c, cell in enumerate(row, start=1)
        ]
        for r, row in enumerate(table.rows, start=1)
    ]


def _common_columns(
    one: Sequence[float], other: Sequence[float]
) -> tuple[tuple[float, ...], list[int], list[int]] | None:
    """The edges that serve both, and for each column between them the column of each; None if they differ.

    A page may lack some of the inner edges, where all of its cells are merged; all that it has must be the other's.
    """
    if abs((one[-1] - one[0]) - (other[-1] - other[0])) > 2 * _SAME_EDGE:
        return None
    moved = [edge - other[0] + one[0] for edge in other]
    fine, coarse = (list(one), moved) if len(one) >= len(moved) else (moved, list(one))
    nearest = [min(range(len(fine)), key=lambda index: abs(fine[index] - edge)) for edge in coarse]
    if any(abs(fine[index] - edge) > _SAME_EDGE for index, edge in zip(nearest, coarse, strict=True)):
        return None
    all_columns = list(range(len(fine) - 1))
    of_coarse = [sum(edge <= column for edge in nearest) - 1 for column in all_columns]
    of_both = (all_columns, of_coarse) if len(one) >= len(moved) else (of_coarse, all_columns)
    return tuple(fine), *of_both


def _repeated(rows: list[list[TableCell]], more: list[list[TableCell]]) -> int:
    """How many rows at the top of the next page repeat those at the top of the table."""
    count = 0
    for row, other in zip(rows, more, strict=False):
        texts = [_bare(cell.text) for cell in row]
        if texts != [_bare(cell.text) for cell in other] or not any(texts):
            break
        count += 1
    return count


def _bare(text: str) -> str:
    return "".join(text.split())


def _join_at_break(above: list[list[TableCell]], below: list[list[TableCell]]) -> None:
    """Make one cell of those that the end of the page cut in two."""
    if _is_rest_of_row(above, below):
        seen: set[tuple[TableCell, TableCell]] = set()
        for upper, lower in zip(above[-1], list(below[0]), strict=True):
            if (upper, lower) not in seen and upper is not lower:
                seen.add((upper, lower))
                upper.text = joined(upper.text, lower.text)
                _replace(below, lower, upper)
        del below[0]
        return
    for upper, lower in [(a, b) for a, b in zip(above[-1], below[0], strict=True)]:
        columns = [column for column, cell in enumerate(above[-1]) if cell is upper]
        if upper is lower or columns != [column for column, cell in enumerate(below[0]) if cell is lower]:
            continue
        if not lower.text and _is_cut(above, below, columns):
            _replace(below, lower, upper)
        elif not upper.text and lower.text and (_height(above, upper) > 1 or _height(below, lower) > 1):
            _replace(above, upper, lower)


def _is_rest_of_row(above: list[list[TableCell]], below: list[list[TableCell]]) -> bool:
    """Whether the first row of a page is the rest of the last row before: its leading cell, never empty else, is."""
    first = below[0]
    if len(set(first)) != len(set(above[-1])) or not any(cell.text for cell in first):
        return False
    for column in range(len(first)):
        cells = [row[column] for row in [*above, *below]]
        if len(set(cells)) < len(cells):
            continue
        others = [cell for cell in cells if cell is not first[column]]
        if all(cell.text for cell in others):
            return not first[column].text and any(
                lower.text and upper.text for upper, lower in zip(above[-1], first, strict=True)
            )
    return False


def _is_cut(above: list[list[TableCell]], below: list[list[TableCell]], columns: list[int]) -> bool:
    """Whether an empty cell under a break belongs to the one above: the lines show it, or the rest of its column."""
    upper, lower = above[-1][columns[0]], below[0][columns[0]]
    if _height(above, upper) > 1 or _height(below, lower) > 1:
        return True
    cells = [row[columns[0]] for row in [*above, *below] if row[columns[0]] is not lower]
    return len(set(cells)) < len(cells) and all(cell.text for cell in cells)


def _height(rows: list[list[TableCell]], cell: TableCell) -> int:
    return sum(cell in row for row in rows)


def _replace(rows: list[list[TableCell]], old: TableCell, new: TableCell) -> None:
    for row in rows:
        row[:] = [new if cell is old else cell for cell in row]
