"""Applies a pack to a table: what its rows say, and every problem at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.errors import InputError
from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ..base import Loaded
from .model import header_word
from .packs import load_packs, packs_for
from .reader import RowReader
from .rows import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.graph.records import Assertion

    from .model import Pack
    from .rows import Sheet

LOADER = "table"
VERSION = "1"


def load_table(name: str, data: bytes) -> Loaded:
    r"""Load a roster: read it, find the pack its header fits, and say what its rows say.

    Args:
        name: the file's name, for messages.
        data: its bytes.

    Raises:
        InputError: it cannot be read, or its header fits no pack or more than one.

    Examples:
        >>> loaded = load_table("a.csv", "企业名称,所在区域\n特变电工,昌吉市\n笑厨,朝阳区\n".encode())
        >>> loaded.counts(), [(issue.code, issue.place.row, issue.place.column) for issue in loaded.issues]
        ({'Enterprise': 2, 'Region': 3}, [('table.bad-value', 3, 2)])
    """
    sheet = read_table(name, data)
    pack = _pack_for(sheet)
    assertions, issues = apply_pack(pack, sheet)
    return Loaded(LOADER, VERSION, pack.title.show(), assertions, (*sheet.issues, *issues))


def apply_pack(pack: Pack, sheet: Sheet) -> tuple[tuple[Assertion, ...], tuple[Issue, ...]]:
    """Return what the rows of ``sheet`` say, read by ``pack``, and all problems; every row is judged.

    Args:
        pack: one that fits the sheet's header.
        sheet: the table.
    """
    places = pack.places(sheet.header.cells)
    width = len(sheet.header.cells)
    assertions: list[Assertion] = []
    issues = list(_header_issues(pack, sheet, places))
    for row in sheet.rows:
        if len(row.cells) != width:
            sizes = {"found": len(row.cells), "wanted": width}
            issues.append(Issue("table.row-too-short", Locator(row=row.number), row.quote, sizes))
            continue
        reader = RowReader(pack, sheet.header, places, row)
        assertions.extend(reader.read())
        issues.extend(reader.issues)
    return tuple(assertions), tuple(issues)


def _header_issues(pack: Pack, sheet: Sheet, places: Mapping[str, int]) -> Iterator[Issue]:
    header = sheet.header
    if not sheet.rows:
        yield Issue("table.no-rows", Locator(row=header.number), header.quote)
    keys = {word: key for key, column in pack.columns.items() for word in column.words}
    for index, cell in enumerate(header.cells):
        if index in places.values() or not cell.strip():
            continue
        place = Locator(row=header.number, column=index + 1)
        key = keys.get(header_word(cell))
        if key is None:
            yield Issue("table.unmapped-column", place, header.quote, {"column": cell.strip()})
        else:
            values = {"column": cell.strip(), "first": header.cells[places[key]].strip()}
            yield Issue("table.repeated-column", place, header.quote, values)


def _pack_for(sheet: Sheet) -> Pack:
    fitting = packs_for(sheet.header.cells)
    if len(fitting) == 1:
        return fitting[0]
    header = "、".join(cell.strip() for cell in sheet.header.cells)
    if fitting:
        problem = Text(f"表头“{header}”同时像几种名册", f"its header “{header}” is that of several kinds of table")
    else:
        problem = Text(
            f"表头“{header}”不是已知的任何一种名册", f"its header “{header}” is that of no known kind of table"
        )
    known = fitting or list(load_packs().values())
    hint = Text(
        f"第一行须恰好含有一种名册的列名。{'；'.join(f'{pack.title.zh}：{_ways(pack)}' for pack in known)}",
        f"The first row must hold the column names of exactly one kind. {'; '.join(f'{pack.title.en}: {_ways(pack)}' for pack in known)}",
    )
    raise InputError(file=sheet.name, problem=problem, hint=hint)


def _ways(pack: Pack) -> str:
    """Return what identifies the pack's tables, as a person would type it: any of the sets of columns."""
    return " / ".join("+".join(words) for words in pack.match)
