"""Which row of a table is its header: the first that is known, alone or with a row of groups above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from .model import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model import Grid, IsHeader, Line

#: Of so many rows the first that is known is the header.
MOST_HEADS = 50
# 填报单位：市科技局 above a header; the name of a group of columns has no colon with words after it.
_FILLED_IN = re.compile(r"[：:]\s*\S")


@dataclass(frozen=True, slots=True)
class Heading:
    """A table's header.

    Args:
        header: its cells end with the last that has a word; of a header in two rows the number is the lower one's.
        recognised: whether it is one that was asked for.
        again: what the cells of a row look like that repeats it.
        rest: what stands below.
    """

    header: Row
    recognised: bool
    again: frozenset[tuple[str, ...]]
    rest: Iterator[Line]


def find_heading(grid: Grid, is_header: IsHeader) -> Heading | None:
    """Return a table's header, or ``None`` if it has no row that is not blank.

    Examples:
        >>> from innograph.loaders.table.sources.model import Grid
        >>> rows = [(1, ["名册", ""]), (2, ["企业", ""]), (3, ["名称", "代码"]), (4, ["甲", "1"])]
        >>> found = find_heading(Grid("a", iter(rows)), lambda cells: "企业名称" in cells)
        >>> found.header, list(found.rest)
        (Row(number=3, cells=('企业名称', '企业代码')), [(4, ['甲', '1'])])
    """
    if grid.header:
        return Heading(grid.header, is_header(grid.header.cells), frozenset(), grid.lines)
    lines = iter(grid.lines)
    top = list(islice((line for line in lines if is_filled(line[1])), MOST_HEADS))
    for index in range(len(top)):
        for last, cells in _candidates(top, index, grouped=top[index][0] in grid.grouped):
            if is_header(cells):
                return _heading(top, index, last, cells, lines)
    fallback = next((i for i, line in enumerate(top) if _parts(grid, line) > 1), 0)
    return _heading(top, fallback, fallback, trimmed(top[fallback][1]), lines, known=False) if top else None


def trimmed(cells: Sequence[str], width: int = 0) -> tuple[str, ...]:
    """Return cells without the empty ones that a spreadsheet adds at the end, but at least ``width`` of them.

    Examples:
        >>> trimmed(["甲", "", " "]), trimmed(["甲", "", ""], 2), trimmed(["甲"], 2)
        (('甲',), ('甲', ''), ('甲', ''))
    """
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return (*cells[:end], *("",) * (width - end))


def is_filled(cells: Sequence[str]) -> bool:
    """Return whether a row holds anything.

    Examples:
        >>> is_filled(["", " "]), is_filled(["", "甲"])
        (False, True)
    """
    return any(cells) and not "".join(cells).isspace()


def _parts(grid: Grid, line: Line) -> int:
    return 1 if line[0] in grid.across else sum(1 for cell in line[1] if cell.strip())


def _heading(
    top: list[Line], first: int, last: int, cells: tuple[str, ...], below: Iterator[Line], *, known: bool = True
) -> Heading:
    width = len(cells)
    again = frozenset({cells, *(trimmed(top[i][1], width) for i in range(first, last + 1))})
    return Heading(Row(top[last][0], cells), known, again, chain(top[last + 1 :], below))


def _candidates(top: list[Line], index: int, *, grouped: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield what could be the header from row ``index`` on: its last row and its cells.

    Where a merged cell stands over several columns, the names of the columns are below it, and so those are tried first.
    """
    alone = index, trimmed(top[index][1])
    if not grouped:
        yield alone
    if index + 1 < len(top) and not any(_FILLED_IN.search(cell) for cell in alone[1]):
        upper, lower = _aligned(top[index][1], top[index + 1][1])
        pairs = list(zip(upper, lower, strict=True))
        # A title, which is one cell, is not the name of a column that has none.
        if len({cell for cell in upper if cell.strip()}) > 1:
            yield index + 1, trimmed([below if below.strip() else above for above, below in pairs])
        groups = _carried(upper)
        yield index + 1, trimmed([_joined(group, *pair) for group, pair in zip(groups, pairs, strict=True)])
    if grouped:
        yield alone


def _aligned(upper: Sequence[str], lower: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    width = max(len(upper), len(lower))
    return trimmed(upper, width), trimmed(lower, width)


def _carried(upper: Sequence[str]) -> list[str]:
    """The group each column is in: outside a workbook a merged cell stands in its first column only."""
    groups: list[str] = []
    for cell in upper:
        groups.append(cell if cell.strip() or not groups else groups[-1])
    return groups


def _joined(group: str, above: str, below: str) -> str:
    if not below.strip():
        return above
    return below if below.strip() == above.strip() else group.strip() + below.strip()
