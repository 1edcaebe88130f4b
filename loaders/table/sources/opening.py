"""From a file to its sheets."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from innograph.graph.errors import InputError
from innograph.graph.issues import Issue
from innograph.graph.text import Text

from ...reading.refusing import refuse
from .archives import is_document, members
from .body import sheet_of
from .formats import ZIP, grids_of
from .heading import find_heading
from .streams import of_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from innograph.graph.stores import Progress

    from .model import IsHeader, Row, Sheet
    from .streams import Stream

_EMPTY = Text("表是空的", "the table is empty")
_CHECK_SAVED = Text("请检查是否保存成功", "Check that it was saved")
_NO_TABLE = Text("看不出是表格", "it does not look like a table")


def open_sheets(file: Path, is_header: IsHeader, progress: Progress | None = None) -> Iterator[Sheet]:
    r"""Yield the tables of a file one after the other; each is to be used up before the next is asked for.

    Args:
        file: a .csv, .tsv, .txt, .json, .jsonl, .parquet or workbook, one of them as .gz, or several in a .zip.
        is_header: whether a row of cells could be a header; the first such row of the first fifty is it.
        progress: told how many of the file's bytes were read, and how many it has.

    Raises:
        InputError: the file cannot be read, or holds no table. It may be raised while rows are taken.
        NoPermission: it may not be read.

    Examples:
        >>> import pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder) / "a.csv"
        ...     _ = file.write_text("园区名册\n名称;级别\n某园;省级\n", encoding="gb18030")
        ...     for sheet in open_sheets(file, lambda cells: "名称" in cells):
        ...         print(sheet.header.cells, list(sheet.rows))
        ('名称', '级别') [Row(number=3, cells=('某园', '省级'))]
    """
    stream = of_file(file, progress)
    held: Sheet | None = None
    early: list[Issue] = []
    with ExitStack() as opened:
        # One sheet is held back, so that what is known of the file by then reaches somebody who takes the last one.
        for found in _found(stream, is_header, progress, opened):
            if isinstance(found, Issue):
                (held.issues if held else early).append(found)
                continue
            if held:
                yield held
            held = found
            held.issues[:0] = early
            early = []
        if held is None:
            refuse(file.name, *_reason(early))
        yield held
    if progress:
        size = file.stat().st_size
        progress(size, size)


def _reason(issues: list[Issue]) -> tuple[Text, Text]:
    """Why nothing was found: what was wrong with the first member of an archive, or that there was nothing."""
    problem = next((issue.values["problem"] for issue in issues if "problem" in issue.values), None)
    return (problem if isinstance(problem, Text) else _EMPTY), _CHECK_SAVED


def _found(
    stream: Stream, is_header: IsHeader, progress: Progress | None, opened: ExitStack
) -> Iterator[Sheet | Issue]:
    if not stream.head().startswith(ZIP) or stream.path is None:
        yield from _sheets(stream, is_header, progress)
        return
    try:
        archive = opened.enter_context(zipfile.ZipFile(stream.path))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        refuse(stream.name, Text("文件不完整或已损坏", "the file is cut off or damaged"), _CHECK_SAVED)
    if is_document(archive):
        yield from _sheets(stream, is_header, progress)
        return
    for member in members(stream, archive, progress):
        yield from _of_member(member, is_header)


def _sheets(stream: Stream, is_header: IsHeader, progress: Progress | None) -> Iterator[Sheet | Issue]:
    for grid in grids_of(stream, is_header, progress):
        if isinstance(grid, Issue):
            yield grid
        elif heading := find_heading(grid, is_header):
            yield sheet_of(grid, heading)


def _of_member(member: Stream, is_header: IsHeader) -> Iterator[Sheet | Issue]:
    """The sheets of one member of an archive; what is wrong with it does not keep the others from being read."""
    own = member.name.partition("/")[2]
    try:
        for grid in grids_of(member, is_header):
            if isinstance(grid, Issue):
                yield replace(grid, place=grid.place._replace(section=own))
                continue
            heading = find_heading(grid, is_header)
            if heading is None or (grid.plain and not heading.recognised):
                yield _unread(member.name, _NO_TABLE)
                continue
            sheet = sheet_of(grid, heading)
            sheet.member = own
            sheet.rows = _while_sound(sheet, sheet.rows)
            yield sheet
    except InputError as error:
        yield _unread(member.name, error.values["problem"])


def _while_sound(sheet: Sheet, rows: Iterator[Row]) -> Iterator[Row]:
    try:
        yield from rows
    except InputError as error:
        sheet.issues.append(_unread(sheet.name, error.values["problem"]))


def _unread(name: str, problem: object) -> Issue:
    return Issue("table.member-unreadable", values={"name": name, "problem": problem})
