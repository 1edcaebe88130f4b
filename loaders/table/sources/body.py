"""What stands under a header and is no row of the table: the header again, notes, totals, blank rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue
from innograph.graph.records import Locator

from .heading import is_filled, trimmed
from .model import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .heading import Heading
    from .model import Grid

_NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明|数据来源|资料来源|来源|合计|总计|共计|notes?|remarks?|sources?|total)(?:$|[:：.、，（(\d一二三])"
    r"|注[①-⑳]|(?:填表|填报|制表|审核|复核|统计)(?:$|[:：]|人|单位|部门|机关|日期|时间)|[*＊※]",
    re.IGNORECASE,
)
_TOTALS = frozenset({"合计", "总计", "共计", "小计", "total", "sum"})
_FIGURE = re.compile(r"[-+]?[\d,.]{1,40}%?")
_SPACES = frozenset(c for c in map(chr, range(0x3001)) if c.isspace())
_LONGEST_WORD = 20
_NOTE_LENGTH = 40
_FEWEST_COLUMNS = 3
_MOST_HELD = 50
_SHOWN = 10


def sheet_of(grid: Grid, heading: Heading) -> Sheet:
    """Return a table with its header and, streamed, its rows.

    Examples:
        >>> from innograph.loaders.table.sources.heading import find_heading
        >>> from innograph.loaders.table.sources.model import Grid
        >>> lines = [(1, ["名称", "地区", "年份"]), (2, ["甲", "昌吉", "2022"]), (4, ["注：截至年底", "", ""])]
        >>> grid = Grid("a", iter(lines))
        >>> sheet = sheet_of(grid, find_heading(grid, lambda cells: True))
        >>> [row.number for row in sheet.rows], [issue.code for issue in sheet.issues]
        ([2], ['table.note'])
    """
    body = _Body(grid, heading)
    return Sheet(grid.name, grid.sheet, heading.header, heading.recognised, body.rows(), grid.issues)


class _Body:
    """The rows under one header, and the count of what is none."""

    def __init__(self, grid: Grid, heading: Heading) -> None:
        self._grid = grid
        self._heading = heading
        self._width = len(heading.header.cells)
        self._columns = sum(1 for cell in heading.header.cells if cell.strip())
        # A record of JSON or Parquet is a record, whatever it says.
        self._has_notes = grid.header is None and self._columns >= _FEWEST_COLUMNS
        # Nearly all rows begin with neither of these, and with two filled cells: they need no closer look.
        beginnings = (*_TOTALS, *(word.upper() for word in _TOTALS), *(cells[0] for cells in heading.again))
        self._suspicious = _SPACES | {word[:1] for word in beginnings}
        self._notes: list[int] = []
        self._repeated: list[int] = []

    def rows(self) -> Iterator[Row]:
        """Yield the rows of the table; what is none is counted, and told at the end."""
        last = self._heading.header.number
        held: list[Row] = []
        for number, cells in self._heading.rest:
            if not held and self._is_ordinary(cells):
                last = number
                yield Row(number, tuple(cells))
                continue
            if not is_filled(cells):
                continue
            row = Row(number, tuple(cells) if len(cells) == self._width else self._cut(cells))
            gap, last = number > last + 1, number
            if row.cells in self._heading.again:
                self._repeated.append(number)
            elif self._is_note(row):
                self._notes.append(number)
            elif (gap or held) and len(held) < _MOST_HELD and self._is_single(row):
                # Only the end of the table shows whether what stands after a gap is a note.
                held.append(row)
            else:
                held.append(row)
                yield from held
                held.clear()
        self._notes.extend(row.number for row in held)
        self._tell("table.repeated-header", self._repeated)
        self._tell("table.note", sorted(self._notes))

    def _is_ordinary(self, cells: Sequence[str]) -> bool:
        """Whether a row is surely one of the table; of others that is looked at in full."""
        if len(cells) != self._width or self._width == 1 or self._grid.across:
            return False
        first, second = cells[0], cells[1]
        return bool(first and second) and first[0] not in self._suspicious and second[0] not in _SPACES

    def _cut(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Without the empty cells behind the header's last; padded, if that is how the format writes empty cells."""
        return trimmed(cells, min(self._width, len(cells)) if self._grid.ragged else self._width)

    def _is_single(self, row: Row) -> bool:
        """Whether but one cell is filled, or one merged cell."""
        if not self._has_notes:
            return False
        return row.number in self._grid.across or sum(1 for cell in row.cells if cell.strip()) == 1

    def _is_note(self, row: Row) -> bool:
        if not self._has_notes:
            return False
        if not self._is_single(row):
            return self._is_total(row)
        # A record cannot say the same in all columns; a merged cell that reaches over all of them is a remark.
        if row.number in self._grid.across and len(set(row.cells[: self._width])) == 1:
            return True
        text = next(cell for cell in row.cells if cell.strip())
        return bool(_NOTE.match(_close(text)))

    def _is_total(self, row: Row) -> bool:
        """Whether a row says 合计 and figures, and nothing else."""
        word = next(cell for cell in row.cells if cell.strip())
        if len(word) > _LONGEST_WORD or _close(word).rstrip(":：").lower() not in _TOTALS:
            return False
        others = (cell.strip() for cell in row.cells if cell is not word)
        return all(not cell or _FIGURE.fullmatch(cell) for cell in others)

    def _tell(self, code: str, rows: list[int]) -> None:
        if rows:
            shown = "、".join(map(str, rows[:_SHOWN])) + ("…" if len(rows) > _SHOWN else "")
            place = Locator(sheet=self._grid.sheet, row=rows[0])
            self._grid.issues.append(Issue(code, place, values={"count": len(rows), "rows": shown}))


def _close(text: str) -> str:
    """The beginning of a text without spaces: 备　注 is 备注."""
    return "".join(text[:_NOTE_LENGTH].split())
