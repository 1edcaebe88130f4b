"""What a file of rows is read as: sheets, each a header and a stream of rows of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from innograph.graph.issues import Issue

    IsHeader = Callable[[Sequence[str]], bool]
    Line = tuple[int, Sequence[str]]


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, from 1, and its cells as text.

    A row of a sheet has as many cells as the header, or more; fewer only where the format would write empty ones.

    Examples:
        >>> Row(2, ("某某公司", "昌吉市")).quote
        '某某公司 | 昌吉市'
    """

    number: int
    cells: tuple[str, ...]

    @property
    def quote(self) -> str:
        """The row as evidence."""
        return " | ".join(self.cells)


@dataclass(eq=False, slots=True)
class Sheet:
    """One table, streamed.

    Args:
        name: the file, or file/member of an archive.
        sheet: the worksheet's name; ``None`` where the format has none.
        header: its cells end with the last that has a word.
        recognised: whether the header is one that was asked for; if not, it is the first row that looks like one.
        rows: to be taken once; without blank rows, repeated headers and what stands under the table.
        issues: grows while rows are taken.
        member: which file of an archive it is in; ``None`` where the file is none.
    """

    name: str
    sheet: str | None
    header: Row
    recognised: bool
    rows: Iterator[Row]
    issues: list[Issue]
    member: str | None = None


@dataclass(eq=False, slots=True)
class Grid:
    """What the reader of a format makes of one table, before its header is looked for.

    Args:
        name: the file, or file/member of an archive.
        lines: the number and the cells of each row, as wide as they are; blank ones may be left out.
        sheet: the worksheet's name.
        header: where the format itself says it; all lines are rows then.
        issues: what the reader noticed; may grow while lines are taken.
        ragged: whether a row with fewer cells than the header is a mistake, and not just written short.
        across: numbers of the rows that hold nothing but one merged cell.
        grouped: numbers of the rows in which a merged cell reaches over several columns.
        plain: whether nothing but its rows says that it is a table, as a text file of one column.
    """

    name: str
    lines: Iterator[Line]
    sheet: str | None = None
    header: Row | None = None
    issues: list[Issue] = field(default_factory=list["Issue"])
    ragged: bool = False
    across: frozenset[int] = frozenset()
    grouped: frozenset[int] = frozenset()
    plain: bool = False
