"""The rows of a loaded roster as they stand in its file, without what is personal, some at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, cast

from innograph.graph.confined import confined
from innograph.loaders.table.packs import choose_packs, packs_for
from innograph.loaders.table.personal import is_personal_header, without_personal
from innograph.loaders.table.sources import open_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from innograph.loaders.table.sources import Row, Sheet

PAGE_ROWS = 100
_SECONDS, _MEMORY = 60.0, 2 * 1024**3
_PLAIN = (".csv", ".tsv", ".tab", ".txt")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row: its number as a spreadsheet shows it, its cells, and whether it is what the page is to show."""

    number: int
    cells: tuple[str, ...]
    asked: bool = False


@dataclass(frozen=True, slots=True)
class FileRows:
    """A page of the rows of one sheet.

    Args:
        sheet: the worksheet's name; empty where the format has none.
        sheets: the names of all sheets up to that one, and of the next if there is one.
        header: its cells; those of personal columns are left out, here and in the rows.
        rows: those of the page.
        page: which page, from 1.
        more: whether there are further rows.
        left_out: how many columns are personal.
    """

    sheet: str
    sheets: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[FileRow, ...]
    page: int
    more: bool
    left_out: int


def page_with(number: int) -> int:
    """Return the page that has the row of that number.

    Examples:
        >>> page_with(1), page_with(100), page_with(101)
        (1, 1, 2)
    """
    return (max(1, number) - 1) // PAGE_ROWS + 1


def rows_of(copy: Path, packs: Path, *, sheet: str, page: int, asked: Sequence[int], personal: bool) -> FileRows:
    """Return a page of the rows of a file.

    Args:
        copy: the file.
        packs: the folder of the workspace's own mapping packs.
        sheet: the worksheet's name; empty for the first.
        page: which page, from 1.
        asked: numbers of the rows to be shown.
        personal: whether personal data may be shown.

    Raises:
        InputError: it can no longer be read.
        Ended: reading it took too long, or too much memory.
    """
    given = (copy, packs, sheet, page, personal)
    if copy.suffix.lower() in _PLAIN:
        found = read_rows(*given)
    else:  # parsers of other formats are large and partly native code
        (answer,) = confined(read_rows, given, seconds=_SECONDS, memory=_MEMORY)
        found = cast("FileRows", answer)
    rows = tuple(FileRow(row.number, row.cells, row.number in asked) for row in found.rows)
    return replace(found, rows=rows)


def read_rows(copy: Path, packs: Path, sheet: str, page: int, personal: bool) -> FileRows:
    """Return a page of the rows of a file: in this process, wherever it runs; see :func:`rows_of`."""
    known = choose_packs(None, packs, personal=personal)
    names: list[str] = []
    chosen: FileRows | None = None
    for one in open_sheets(copy, lambda cells: bool(packs_for(cells, known))):
        name = _name(one)
        names.append(name)
        if chosen is None and (not sheet or name == sheet):
            chosen = _page(one, name, page, personal=personal)
        elif chosen is None:
            for _ in one.rows:  # a sheet is to be used up before the next is asked for
                pass
        else:
            break
    if chosen is None:
        return FileRows(sheet, tuple(names), (), (), 1, False, 0)
    return replace(chosen, sheets=tuple(names))


def _name(sheet: Sheet) -> str:
    return without_personal("/".join(part for part in (sheet.member, sheet.sheet) if part))


def _page(sheet: Sheet, name: str, page: int, *, personal: bool) -> FileRows:
    shown = [at for at, cell in enumerate(sheet.header.cells) if personal or not is_personal_header(cell)]
    first, last = (page - 1) * PAGE_ROWS + 1, page * PAGE_ROWS
    rows = (row for row in sheet.rows if row.number >= first)
    taken = list(islice(rows, PAGE_ROWS + 1))
    inside = [row for row in taken if row.number <= last]
    cells = tuple(FileRow(row.number, _cells(row, shown, personal=personal)) for row in inside)
    header = _cells(sheet.header, shown, personal=personal)
    return FileRows(name, (), header, cells, page, len(taken) > len(inside), len(sheet.header.cells) - len(shown))


def _cells(row: Row, shown: Sequence[int], *, personal: bool) -> tuple[str, ...]:
    texts = [row.cells[at] if at < len(row.cells) else "" for at in shown]
    cut = [text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for text in texts]
    return tuple(cut if personal else map(without_personal, cut))
