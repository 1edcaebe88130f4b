"""An annotated copy of a table: every cell that has an issue is coloured and says what is wrong, and a sheet lists all."""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import MergedCell

from innograph.graph.errors import InputError
from innograph.graph.text import Text

from .issue_sheet import mark, write_issues
from .model import ISSUES_SHEET
from .packs import choose_packs
from .sources.archives import is_document, members
from .sources.formats import ZIP, grids_of
from .sources.model import Grid
from .sources.streams import of_file
from .workbooks import MOST_ROWS, as_cell, check_output, may_be_run, put, safe_text, sheet_title, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from innograph.graph.issues import Issue

    from .sources.model import IsHeader

    Marks = Mapping[str | None, Mapping[int, Mapping[int, Sequence[Issue]]]]

# A comment is a drawing, which spreadsheets keep in memory.
_MOST_COMMENTS = 5_000
_WIDTH = 18
_WORKBOOK = "xl/workbook.xml"
_MACROS = "xl/vbaProject.bin"
_NOT_KEPT: Mapping[str, Text] = {
    "xl/activeX/": Text("控件", "controls"),
    "xl/ctrlProps/": Text("控件", "controls"),
    "xl/slicers/": Text("切片器", "slicers"),
    "xl/timelines/": Text("日程表", "timelines"),
    "xl/threadedComments/": Text("批注的回复", "replies to comments"),
    "xl/embeddings/": Text("嵌入的文件", "embedded files"),
    "xl/diagrams/": Text("SmartArt 图形", "SmartArt"),
}
_DRAWINGS = "xl/drawings/drawing"
_SHAPES = (b"<xdr:sp ", b"<xdr:sp>", b"<xdr:cxnSp")
_SHAPE_WORDS = Text("文本框和图形", "text boxes and shapes")
_PICTURES = Text("图片", "pictures")
_LARGEST_DRAWING = 20_000_000


def annotate(
    file: Path, issues: Sequence[Issue], out: Path, *, mapping: str | None = None, force: bool = False
) -> list[Text]:
    """Write a copy of a table in which the cells that have issues are marked.

    An .xlsx keeps what openpyxl can keep: formats, formulas, other sheets. Of anything else the rows are written as they
    were read, in the rows and columns of the original.

    Args:
        file: the table.
        issues: all of its issues.
        out: the workbook to write.
        mapping: the pack by which the table was read.
        force: whether an older ``out`` may go.

    Returns:
        What the copy lacks or a reader of it should know.

    Raises:
        InputError: ``out`` must not be written, or the table does not fit into a workbook.
        NoPermission: ``out`` may not be written.
        NoSpace: the disk is full.
    """
    check_output(out, source=file, force=force)
    if _is_workbook(file):
        notes = _marked_workbook(file, issues, out)
        if notes is not None:
            return notes
    return _marked_rows(file, issues, out, mapping)


def check_annotated(file: Path, out: Path, *, force: bool) -> None:
    """Refuse what :func:`annotate` would refuse, before the table is read.

    Raises:
        InputError: ``out`` is no name of a workbook, or must not be written.
    """
    if out.suffix.lower() not in (".xlsx", ".xlsm"):
        raise InputError(
            file=str(out),
            problem=Text("带标记的副本是工作簿", "an annotated copy is a workbook"),
            hint=Text("请以 .xlsx 为扩展名", "Let its name end in .xlsx"),
        )
    check_output(out, source=file, force=force)


def _is_workbook(file: Path) -> bool:
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        return _WORKBOOK in archive.namelist()


def _marks(issues: Sequence[Issue]) -> tuple[Marks, int]:
    """Return the issues by sheet, row and column, and of how many cells they are; one of a row is its first cell's."""
    found: dict[str | None, dict[int, dict[int, list[Issue]]]] = defaultdict(lambda: defaultdict(dict))
    count = 0
    for issue in issues:
        place = issue.place
        if place.row is not None:
            cells = found[place.sheet][place.row]
            column = place.column or 1
            count += column not in cells
            cells.setdefault(column, []).append(issue)
    return found, count


def _about_comments(count: int) -> list[Text]:
    if count <= _MOST_COMMENTS:
        return []
    return [
        Text(
            f"有问题的单元格有{count}个，前{_MOST_COMMENTS}个有批注，其余只有颜色；下面列出全部",
            f"{count} cells have issues; the first {_MOST_COMMENTS} have comments, the others a colour; all are listed below",
        )
    ]


# --- workbooks that openpyxl opens


def _marked_workbook(file: Path, issues: Sequence[Issue], out: Path) -> list[Text] | None:
    """Write a marked copy of a workbook; ``None`` where openpyxl cannot open what others can."""
    keep_macros = out.suffix.lower() == ".xlsm"
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            book = load_workbook(file, keep_vba=keep_macros, rich_text=True)
    except Exception:  # whatever openpyxl raises on a workbook that other programs open: the rows can still be marked
        return None
    marks, count = _marks(issues)
    notes = [*_not_kept(file, keep_macros=keep_macros, warned=bool(caught)), *_about_comments(count)]
    formulas, left = False, _MOST_COMMENTS
    for sheet in book.worksheets:
        formulas = formulas or any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        left = _mark_sheet(sheet, marks.get(sheet.title, {}), left)
    if formulas:
        notes.append(
            Text(
                "公式保留，用 Excel 或 WPS 打开并保存一次后才有结果；载入请用保存后的文件或原文件",
                "Formulas are kept; they have results once the copy was opened and saved in Excel or WPS. Load it after that, or the original",
            )
        )
    titles = {sheet.title for sheet in book.worksheets}
    listed = book.create_sheet(sheet_title(ISSUES_SHEET.show(), book.sheetnames), 0)
    write_issues(
        listed, file.name, issues, lambda issue: issue.place.sheet if issue.place.sheet in titles else None, notes
    )
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is listed
    book.active = 0
    write_whole(out, book.save)
    return notes


def _mark_sheet(sheet: Worksheet, rows: Mapping[int, Mapping[int, Sequence[Issue]]], left: int) -> int:
    """Mark the cells of a sheet, and return how many more comments there may be."""
    covered: dict[tuple[int, int], tuple[int, int]] | None = None
    for row, cells in rows.items():
        for column, found in cells.items():
            at = row, column
            if isinstance(sheet.cell(*at), MergedCell):
                covered = _covered(sheet) if covered is None else covered
                at = covered.get(at, at)
            cell = sheet.cell(*at)
            if not isinstance(cell, MergedCell):
                mark(cell, found, commented=left > 0)
                left -= 1
    return left


def _covered(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the cell that shows, for each that a merged one covers."""
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def _not_kept(file: Path, *, keep_macros: bool, warned: bool) -> list[Text]:
    """Return what a workbook has that openpyxl does not keep."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        lost = [words for start, words in _NOT_KEPT.items() if any(name.startswith(start) for name in names)]
        if _MACROS in names and not keep_macros:
            lost.append(Text("宏（输出为 .xlsm 时保留）", "macros (kept if the output is an .xlsm)"))
        drawings = [one for one in archive.infolist() if one.filename.startswith(_DRAWINGS)]
        small = [archive.read(one) for one in drawings if one.file_size <= _LARGEST_DRAWING]
    if any(shape in drawing for drawing in small for shape in _SHAPES):
        lost.append(_SHAPE_WORDS)
    if any(name.startswith("xl/media/") for name in names) and not _keeps_pictures():
        lost.append(_PICTURES)
    if warned:
        lost.append(
            Text(
                "Excel 的扩展功能（如迷你图、扩展的数据验证）",
                "extensions of Excel, such as sparklines or newer validations",
            )
        )
    if not lost:
        return []
    kinds = list(dict.fromkeys(lost))
    return [
        Text(
            f"副本中没有原表的：{'、'.join(one.zh for one in kinds)}。请在原文件中改正",
            f"The copy lacks of the original: {', '.join(one.en for one in kinds)}. Mend the original file",
        )
    ]


def _keeps_pictures() -> bool:
    from importlib.util import find_spec

    return find_spec("PIL") is not None


# --- everything else, row by row


def _marked_rows(file: Path, issues: Sequence[Issue], out: Path, mapping: str | None) -> list[Text]:
    packs = choose_packs(mapping)

    def is_header(cells: Sequence[str]) -> bool:
        return any(pack.reads(cells) if mapping else pack.fits(cells) for pack in packs)

    marks, count = _marks(issues)
    notes = _about_comments(count)
    with ExitStack() as opened:
        tables = list(_grids(file, is_header, opened))
        titles: dict[str | None, str] = {}
        taken = [ISSUES_SHEET.show()]
        for table in tables:
            titles[table.sheet] = sheet_title(table.sheet or file.name.split(".")[0], taken)
            taken.append(titles[table.sheet])
        book = Workbook(write_only=True)
        opened.callback(_close, book)
        write_issues(
            book.create_sheet(ISSUES_SHEET.show()), file.name, issues, lambda one: titles.get(one.place.sheet), notes
        )
        left = _MOST_COMMENTS
        for table in tables:
            sheet = book.create_sheet(titles[table.sheet])
            left = _Copy(file.name, sheet, marks.get(table.sheet, {}), left).write(table)
        write_whole(out, book.save)
    return notes


def _close(book: Workbook) -> None:
    """Close the sheets of a workbook that is not written after all: openpyxl complains of those left open."""
    for sheet in book.worksheets:
        unfinished: Any = sheet
        if not unfinished.closed:
            unfinished.close()


def _grids(file: Path, is_header: IsHeader, opened: ExitStack) -> Iterator[Grid]:
    """Yield the tables of a file as their format has them, with all that stands above and below the rows."""
    stream = of_file(file)
    if stream.head().startswith(ZIP) and stream.path is not None:
        archive = opened.enter_context(zipfile.ZipFile(stream.path))
        if not is_document(archive):
            parts = list(members(stream, archive, None))
            if len(parts) != 1:
                # Cells are marked by sheet, and several members may have one of the same name.
                raise InputError(
                    file=file.name,
                    problem=Text(
                        "压缩包里有几个文件，不能在一份副本里标记",
                        "it is an archive of several files, which one copy cannot mark",
                    ),
                    hint=Text("请解压后逐个检查", "Unpack it and check them one by one"),
                )
            stream = parts[0]
    yield from (grid for grid in grids_of(stream, is_header) if isinstance(grid, Grid))


class _Copy:
    """Writes the rows of a table into a sheet that can only be appended to.

    Args:
        name: the file, for messages.
        sheet: the sheet, of a workbook that is written while it is made.
        marks: its issues, by row and column.
        left: how many comments there may be.
    """

    def __init__(
        self, name: str, sheet: Worksheet, marks: Mapping[int, Mapping[int, Sequence[Issue]]], left: int
    ) -> None:
        self.name = name
        self.sheet = sheet
        self.marks = marks
        self.left = left
        self.last = 0

    def write(self, grid: Grid) -> int:
        """Write all rows, and return how many more comments there may be."""
        self.sheet.sheet_format.defaultColWidth = _WIDTH
        if grid.header:
            self._row(grid.header.number, grid.header.cells)
        for number, cells in grid.lines:
            self._row(number, cells)
        for number in sorted(row for row in self.marks if row > self.last):
            self._row(number, ())
        return self.left

    def _row(self, number: int, cells: Sequence[str]) -> None:
        if number > MOST_ROWS:
            raise InputError(
                file=self.name,
                problem=Text(
                    f"超过{MOST_ROWS}行，一张工作表放不下",
                    f"it has more than {MOST_ROWS} rows, which no worksheet holds",
                ),
                hint=Text("请拆成几个文件后再标记", "Split it into several files first"),
            )
        while self.last < number - 1:
            self.last += 1
            self.sheet.append(self._cells((), self.marks.get(self.last)))
        self.last = number
        self.sheet.append(self._cells(cells, self.marks.get(number)))

    def _cells(self, cells: Sequence[str], marks: Mapping[int, Sequence[Issue]] | None) -> list[object]:
        written: list[object] = [self._plain(cell) for cell in cells]
        for column, issues in (marks or {}).items():
            written += [None] * (column - len(written))
            cell = as_cell(WriteOnlyCell(self.sheet))
            if column <= len(cells) and cells[column - 1]:
                put(cell, cells[column - 1])
            mark(cell, issues, commented=self.left > 0)
            self.left -= 1
            written[column - 1] = cell
        return written

    def _plain(self, text: str) -> object:
        if not text:
            return None
        if not may_be_run(text):
            return safe_text(text)
        cell = as_cell(WriteOnlyCell(self.sheet))
        put(cell, text)
        return cell
