"""The marks of an annotated copy: colours and comments of cells, and the sheet that lists every issue with a link."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from innograph.graph.issues import Severity
from innograph.graph.sheet_cells import quoted_sheet
from innograph.graph.text import Text

from .summary import SEVERITIES, by_code
from .workbooks import as_cell, link_to, may_be_run, put, safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from innograph.graph.issues import Issue

_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="F4B6A6"),
    Severity.WARNING: PatternFill("solid", fgColor="FFF2B3"),
    Severity.INFO: PatternFill("solid", fgColor="CFE3F5"),
}
SEVERITY_WORDS = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("存疑", "doubt"),
    Severity.INFO: Text("提示", "note"),
}
_BOLD, _TITLE, _LINK = Font(bold=True), Font(bold=True, size=14), Font(color="0563C1", underline="single")
_WRAP = Alignment(wrap_text=True, vertical="top")
_LONGEST_COMMENT = 2_000
_LONGEST_MESSAGE = 2_000
_COMMENT_SIZE = {"width": 320, "height": 140}
_AUTHOR = "innograph"
# A spreadsheet takes a sheet with more for damaged.
_MOST_LINKS = 60_000
_MOST_STYLED = 5_000
# A sheet has 1,048,576 rows; the summary and the words above take some.
_MOST_LISTED = 1_000_000
_WIDTHS = (10, 14, 70, 50, 26)


def grave(issues: Sequence[Issue]) -> Severity:
    """Return the severity of the gravest issue."""
    return min((issue.severity for issue in issues), key=SEVERITIES.index)


def mark(cell: Cell, issues: Sequence[Issue], *, commented: bool = True) -> None:
    """Colour a cell by its gravest issue and, if wanted, say in a comment what all of them are.

    Args:
        cell: the cell.
        issues: those of the cell.
        commented: whether it gets a comment; one that it has is kept above.
    """
    cell.fill = _FILLS[grave(issues)]
    if not commented:
        return
    before = cell.comment.text if cell.comment else ""
    texts = ([before] if before else []) + [_comment(issue) for issue in issues]
    cell.comment = Comment(safe_text("\n".join(texts), _LONGEST_COMMENT), _AUTHOR, **_COMMENT_SIZE)


def _comment(issue: Issue) -> str:
    return f"[{SEVERITY_WORDS[issue.severity].show()} {issue.code}] {issue.message}　{issue.hint}"


def column_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of a sheet's first columns."""
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def write_issues(
    sheet: Worksheet,
    name: str,
    issues: Sequence[Issue],
    titles: Callable[[Issue], str | None],
    notes: Sequence[Text],
) -> None:
    """Fill the sheet of issues: a summary by code, then all of them, each with a link to its cell.

    Args:
        sheet: a new sheet.
        name: the file's name.
        issues: all of the file, in order.
        titles: the sheet of this workbook in which an issue stands; ``None`` if in none.
        notes: what else there is to say of the copy.
    """
    column_widths(sheet, _WIDTHS)
    _Writer(sheet, titles).write(name, issues, notes)


def coordinate(issue: Issue) -> str | None:
    """Return the cell that an issue is about, as spreadsheets name it; of a row the first, ``None`` without one.

    Examples:
        >>> from innograph.graph.issues import Issue
        >>> from innograph.graph.records import Locator
        >>> coordinate(Issue("table.bad-value", Locator(row=7, column=28))), coordinate(Issue("table.count"))
        ('AB7', None)
    """
    row = issue.place.row
    return None if row is None else f"{get_column_letter(issue.place.column or 1)}{row}"


class _Writer:
    """Appends rows to the sheet of issues, which may be one that can only be appended to."""

    def __init__(self, sheet: Worksheet, titles: Callable[[Issue], str | None]) -> None:
        self.sheet = sheet
        self.titles = titles
        self.links = 0
        self.rows = 0

    def write(self, name: str, issues: Sequence[Issue], notes: Sequence[Text]) -> None:
        doubts = sum(issue.severity is not Severity.INFO for issue in issues)
        title = Text(
            "“{name}”的检查结果：{doubts}处疑问，{notes}条提示", "Check of “{name}”: {doubts} doubts, {notes} notes"
        )
        self._row(self._cell(title.format(name=name, doubts=doubts, notes=len(issues) - doubts), font=_TITLE))
        words = Text(
            "有颜色的单元格有问题，批注写明是什么、怎么办：",
            "Coloured cells have issues; their comments say what and what to do:",
        )
        colours = [self._cell(SEVERITY_WORDS[one].show(), fill=_FILLS[one]) for one in SEVERITIES]
        self._row(self._cell(words.show()))
        self._row(*colours)
        for note in notes:
            self._row(self._cell(note.show()))
        self._row()
        if issues:
            self._summary(issues)
            self._row()
            self._list(issues)

    def _summary(self, issues: Sequence[Issue]) -> None:
        heads = (
            Text("程度", "Severity"),
            Text("第一处", "First"),
            Text("问题（第一处）", "Issue (the first)"),
            Text("处数", "Count"),
            Text("代码", "Code"),
        )
        self._heads(heads)
        for code, count, first in by_code(issues):
            severity = self._cell(SEVERITY_WORDS[first.severity].show(), fill=_FILLS[first.severity])
            self._row(severity, self._place(first), self._text(first.message), self._number(count), self._text(code))

    def _list(self, issues: Sequence[Issue]) -> None:
        heads = (
            Text("程度", "Severity"),
            Text("位置", "Place"),
            Text("问题", "Issue"),
            Text("怎么办", "What to do"),
            Text("代码", "Code"),
        )
        self._heads(heads)
        for number, issue in enumerate(islice(issues, _MOST_LISTED)):
            texts = (issue.message, issue.hint, issue.code)
            if number < _MOST_STYLED:
                severity = self._cell(SEVERITY_WORDS[issue.severity].show(), fill=_FILLS[issue.severity])
                self._row(severity, self._place(issue), *map(self._text, texts))
            else:
                self._row(SEVERITY_WORDS[issue.severity].show(), self._place(issue), *map(self._short, texts))
        if len(issues) > _MOST_LISTED:
            more = Text("共{n}处，其余从略", "{n} in all; the rest is left out")
            self._row(self._cell(more.format(n=len(issues))))

    def _heads(self, heads: Sequence[Text]) -> None:
        self._row(*(self._cell(head.show(), font=_BOLD) for head in heads))

    def _place(self, issue: Issue) -> str | Cell:
        place, title = coordinate(issue), self.titles(issue)
        if place is None or title is None:
            return self._short(issue.place.show())
        shown = place if issue.place.sheet is None else f"{quoted_sheet(issue.place.sheet)}!{place}"
        if self.links >= _MOST_LINKS:
            return self._short(shown)
        self.links += 1
        cell = self._cell(shown, font=_LINK)
        cell.hyperlink = Hyperlink(ref="", location=link_to(title, place))
        return cell

    def _short(self, text: str) -> str | Cell:
        """A text without a style of its own; styles take the time where there are very many issues."""
        shown = safe_text(" ".join(text.split()), _LONGEST_MESSAGE)
        return self._cell(shown) if may_be_run(shown) else shown

    def _text(self, text: str) -> Cell:
        cell = self._cell(safe_text(" ".join(text.split()), _LONGEST_MESSAGE))
        cell.alignment = _WRAP
        return cell

    def _number(self, number: int) -> Cell:
        cell = self._cell("")
        cell.value = number
        return cell

    def _cell(self, text: str, *, font: Font | None = None, fill: PatternFill | None = None) -> Cell:
        cell = as_cell(WriteOnlyCell(self.sheet))
        put(cell, text)
        if font:
            cell.font = font
        if fill:
            cell.fill = fill
        return cell

    def _row(self, *cells: str | Cell) -> None:
        self.rows += 1
        for column, cell in enumerate(cells, start=1):
            if not isinstance(cell, str) and cell.hyperlink:
                cell.hyperlink.ref = f"{get_column_letter(column)}{self.rows}"
        self.sheet.append(cells)
