"""Builds the grid of a table from cells that say how many columns and rows they cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..document import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from innograph.graph.records import Locator

MOST_CELLS = 1_000_000
_WIDEST = 1000
_LONG = 100


class GridTooLarge(Exception):
    """The cells of a table cover more than :data:`MOST_CELLS` positions."""


@dataclass(frozen=True, slots=True, eq=False)
class GridCell:
    """One cell: its text and where it begins, from 1."""

    text: str
    row: int
    column: int


class Grid:
    """A table while it is being read, row by row.

    Examples:
        >>> from innograph.graph.records import Locator
        >>> grid = Grid()
        >>> for texts in (("一", "建平台"), ("引企业",)):
        ...     grid.new_row()
        ...     for text in texts:
        ...         _ = grid.add(text, height=2 if text == "一" else 1)
        >>> [[draft.text for draft in row] for row in grid.drafts(lambda row, column: Locator(row=row, column=column))]
        [['一', '建平台'], ['一', '引企业']]
    """

    def __init__(self) -> None:
        self._rows: list[list[GridCell | None]] = []
        self._below: dict[int, tuple[GridCell, int]] = {}
        self._filled = 0

    @property
    def next_column(self) -> int:
        """The column that the next cell goes to, from 0."""
        return len(self._rows[-1])

    def new_row(self, skip: int = 0) -> None:
        """Begin a row, after ``skip`` columns without cells."""
        self._close_row()
        self._rows.append([])
        self._place(None, min(skip, _WIDEST))
        self._take_over()

    def add(self, text: str, width: int = 1, height: int = 1) -> GridCell:
        """Add a cell that covers ``width`` columns and, as long as there are rows, ``height`` rows."""
        cell = GridCell(text, len(self._rows), self.next_column + 1)
        self.repeat(cell, width, height)
        return cell

    def repeat(self, cell: GridCell, width: int = 1, height: int = 1) -> None:
        """Let a cell cover the next ``width`` positions of this row too."""
        width = min(max(width, 1), _WIDEST)
        if height > 1:
            for column in range(self.next_column, self.next_column + width):
                self._below[column] = (cell, height)
        self._place(cell, width)
        self._take_over()

    @property
    def is_frame(self) -> bool:
        """True for a table that is but a frame around a text: its one cell, or the one with words holds many."""
        texts = [text for text, _, _ in self.texts()]
        cells = {cell for row in self._rows for cell in row}
        return len(cells) <= 1 or not texts or (len(texts) == 1 and len(texts[0]) > _LONG)

    def texts(self) -> Iterator[tuple[str, int, int]]:
        """Yield the text of each cell that has one, with the row and column it begins at."""
        seen: set[GridCell] = set()
        for row in self._rows:
            for cell in row:
                if cell and cell.text and cell not in seen:
                    seen.add(cell)
                    yield cell.text, cell.row, cell.column

    def drafts(self, place: Callable[[int, int], Locator]) -> list[list[Draft]]:
        """Return all rows, with the same draft in each position that a cell covers.

        Args:
            place: the locator of the row and column, from 1, where a cell begins.
        """
        self._close_row()
        made: dict[GridCell, Draft] = {}

        def draft(cell: GridCell | None, row: int, column: int) -> Draft:
            if cell is None:
                return Draft("", place(row, column))
            return made.get(cell) or made.setdefault(cell, Draft(cell.text, place(cell.row, cell.column)))

        return [
            [draft(cell, r, c) for c, cell in enumerate(row, start=1)]
            for r, row in enumerate(self._rows, start=1)
            if row
        ]

    def _place(self, cell: GridCell | None, width: int) -> None:
        self._filled += width
        if self._filled > MOST_CELLS:
            raise GridTooLarge
        self._rows[-1].extend([cell] * width)

    def _take_over(self) -> None:
        """Fill the positions that cells of rows above reach down to."""
        column = self.next_column
        while column in self._below and self._below[column][0].row < len(self._rows):
            cell, left = self._below.pop(column)
            if left > 2:
                self._below[column] = (cell, left - 1)
            self._place(cell, 1)
            column += 1

    def _close_row(self) -> None:
        """Fill up a row that ends before cells of rows above do."""
        if not self._rows:
            return
        row = len(self._rows)
        for column in sorted(self._below):
            if column >= self.next_column and self._below[column][0].row < row:
                self._place(None, column - self.next_column)
                self._take_over()
