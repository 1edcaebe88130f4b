"""Answers as workbooks: words as people read them, numbers as numbers, and beside them what was asked, of what, and when.

Texts are texts: none is ever run as a formula.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from innograph.graph.text import Text, language
from innograph.queries.question import Format
from innograph.visualize.tables import formula_safe

from .model import show_day
from .safe import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from innograph.queries import Answer
    from innograph.queries.question import Column

_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"
_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_575
_WIDEST, _NARROWEST, _READ_FOR_WIDTH = 60, 8, 500
_CUT = Text("……（内容过长，已截断）", "… (cut: too long for a cell)")
_SHEET = Text("表", "Sheet")
_ABOUT = Text("说明", "About")
_FORMATS = {Format.SHARE: "0.0%", Format.INDEX: "0.000", Format.YEAR: "0"}
_HEAD_FONT, _HEAD_FILL = Font(bold=True), PatternFill("solid", fgColor="EFECE4")
_HEAD_LAYOUT, _LAYOUT = Alignment(vertical="center", wrap_text=True), Alignment(vertical="top", wrap_text=True)
_WORDS = {
    "question": Text("问题", "Question"),
    "id": Text("问题编号", "Question id"),
    "topic": Text("主题", "Topic"),
    "parameters": Text("参数", "Parameters"),
    "as_of": Text("数据截至", "As of"),
    "now": Text("现在", "now"),
    "made": Text("生成日期", "Made on"),
    "rows": Text("行数", "Rows"),
    "remark": Text("说明", "Remark"),
    "definition": Text("算法", "Definition"),
    "source": Text("来源", "Source"),
    "workspace": Text("工作区", "Workspace"),
}
_LOADED = Text("{name}（载入于世界时 {loaded}，SHA-256 {digest}）", "{name} (loaded {loaded} UTC, SHA-256 {digest})")
_ROWS_LEFT_OUT = Text("一张表放不下，只写前{n}行", "A sheet holds no more: only the first {n} rows are here")


class Sourced(NamedTuple):
    """A source as a cover names it: its name, when it was loaded (UTC), and its content's hash."""

    name: str
    loaded: str
    digest: str


@dataclass(frozen=True, slots=True)
class About:
    """Where an answer comes from.

    Args:
        workspace: its title.
        day: when the workbook was made.
        as_of: the day whose graph was asked; now if ``None``.
        sources: what is loaded.
    """

    workspace: str
    day: dt.date
    as_of: dt.date | None
    sources: Sequence[Sourced]

    def source_lines(self) -> list[str]:
        """Return a line for each source."""
        return [_LOADED.format(name=one.name, loaded=one.loaded, digest=one.digest) for one in self.sources]

    def show_as_of(self) -> str:
        """Return the day whose graph was asked, in words."""
        return show_day(self.as_of, language()) if self.as_of else _WORDS["now"].show()


def answer_xlsx(answer: Answer, about: About) -> bytes:
    """Return an answer as a workbook: its rows, and a second sheet that says what they are.

    Args:
        answer: of a question.
        about: where it comes from.
    """
    book = new_book(answer.question.title.show(), about.day)
    taken: set[str] = set()
    answer_sheet(book, sheet_name(answer.question.title.show(), taken), answer)
    note_sheet(book, sheet_name(_ABOUT.show(), taken), answer_notes(answer, about))
    return saved(book)


def answer_notes(answer: Answer, about: About) -> list[tuple[str, str]]:
    """Return what one must know of an answer: what was asked, of what, when, and how it is worked out."""
    question = answer.question
    told = [
        (_WORDS["question"].show(), asked(answer)),
        (_WORDS["id"].show(), question.id),
        *((_WORDS["parameters"].show(), one) for one in parameters(answer)),
        (_WORDS["as_of"].show(), about.show_as_of()),
        (_WORDS["made"].show(), show_day(about.day, language())),
        (_WORDS["rows"].show(), str(len(answer.rows.rows))),
        *((_WORDS["remark"].show(), remark.show()) for remark in answer.remarks),
    ]
    if len(answer.rows.rows) > _MOST_ROWS:
        told.append((_WORDS["remark"].show(), _ROWS_LEFT_OUT.format(n=_MOST_ROWS)))
    if question.definition:
        told.append((_WORDS["definition"].show(), question.definition.show()))
    told.append((_WORDS["workspace"].show(), about.workspace))
    return [*told, *((_WORDS["source"].show(), line) for line in about.source_lines())]


def asked(answer: Answer) -> str:
    """Return the question in words, with what was asked of."""
    given = {name: meant.partition("（")[0] for name, meant in answer.understood.items()}
    values = {p.name: _value(answer, p.name, given) or p.label.show() for p in answer.question.parameters}
    return answer.question.question.show().format(**values)


def parameters(answer: Answer) -> list[str]:
    """Return the parameters that have a value, in words."""
    colon = "：" if language() == "zh" else ": "
    return [
        f"{p.label.show()}{colon}{value}"
        for p in answer.question.parameters
        if (value := _value(answer, p.name, answer.understood))
    ]


def _value(answer: Answer, name: str, meant: Any) -> str:
    parameter = next(p for p in answer.question.parameters if p.name == name)
    value = answer.parameters[name]
    if name in meant:
        return str(meant[name])
    if isinstance(value, str) and value in parameter.options:
        return parameter.options[value].show()
    return "" if value is None else _told(value)


def sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and that none in ``taken`` has; it is added there.

    Examples:
        >>> taken = set()
        >>> sheet_name("目标/指标: [2023]?", taken), sheet_name("目标 指标 2023", taken), sheet_name("'", taken)
        ('目标 指标 2023', '目标 指标 2023 (2)', '表')
    """
    clean = " ".join(_FORBIDDEN.sub(" ", printable(title)).split()).strip("' ")
    name = (clean if len(clean) <= _LONGEST_NAME else _shortened(clean)) or _SHEET.show()
    if name.casefold() == _RESERVED:
        name = f"{name}_"
    own, position = name, 1
    while own.casefold() in taken:
        position += 1
        mark = f" ({position})"
        own = name[: _LONGEST_NAME - len(mark)].rstrip("' ") + mark
    taken.add(own.casefold())
    return own


def _shortened(name: str) -> str:
    """Return a name as long as a sheet's may be, cut between words where it has some."""
    cut = name[: _LONGEST_NAME - 1]
    words, space, _ = cut.rpartition(" ")
    whole = not space or name[len(cut)] == " " or len(words) < _LONGEST_NAME // 2
    return (cut if whole else words).rstrip("' ") + "…"


def new_book(title: str, day: dt.date) -> Workbook:
    """Return an empty workbook."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = printable(title), "innograph"
    book.properties.created = book.properties.modified = dt.datetime.combine(day, dt.time())
    return book


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook's file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def answer_sheet(book: Workbook, name: str, answer: Answer) -> None:
    """Add a sheet with the rows of an answer: its head frozen, with a filter."""
    columns = answer.question.columns
    rows = [[shown(column, value) for column, value in zip(columns, row, strict=True)] for row in answer.rows.rows]
    formats = [_FORMATS.get(column.format) if column.format else None for column in columns]
    table_sheet(book, name, [column.label.show() for column in columns], rows, formats)


def table_sheet(
    book: Workbook, name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], formats: Sequence[str | None] = ()
) -> None:
    """Add a sheet with a table: its head frozen, with a filter.

    Args:
        book: gets the sheet.
        name: of :func:`sheet_name`.
        heads: of the columns.
        rows: texts, numbers and dates.
        formats: of the numbers of each column.
    """
    rows = rows[:_MOST_ROWS]
    sheet = cast("Worksheet", book.create_sheet(name))
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(heads))
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for position, head in enumerate(heads):
        told = [row[position] for row in rows[:_READ_FOR_WIDTH]]
        sheet.column_dimensions[get_column_letter(position + 1)].width = _width([head, *told])
    sheet.append([_head(sheet, head) for head in heads])
    for row in rows:
        sheet.append(
            [cell(sheet, value, form) for value, form in zip(row, formats or [None] * len(heads), strict=True)]
        )


def note_sheet(book: Workbook, name: str, notes: Iterable[tuple[str, str]]) -> None:
    """Add a sheet with a name and a text in each row."""
    sheet = cast("Worksheet", book.create_sheet(name))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 110
    for label, text in notes:
        sheet.append([_head(sheet, label), cell(sheet, text)])


def shown(column: Column, value: Any) -> Any:
    """Return a value as a cell shows it: words for codes, lists as one text; numbers stay numbers."""
    if isinstance(value, list):
        items = list(dict.fromkeys(one for one in cast("list[object]", value) if one is not None))
        if len(items) == 1:
            return shown(column, items[0])
        return ("；" if language() == "zh" else "; ").join(_told(column.show(one)) for one in items)
    return column.show(value) if isinstance(value, str) else value


def _told(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def cell(sheet: Worksheet, value: Any, form: str | None = None) -> Cell | None:
    """Return a cell whose text is a text, whatever it begins with."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        made = _typed(sheet, _fitting(printable(value)))
        made.data_type = "s"  # openpyxl takes what begins with = for a formula, and #N/A for an error
        if formula_safe(value) != value:
            made.quotePrefix = True  # so that it stays a text when somebody edits the cell
        made.alignment = _LAYOUT
        return made
    if isinstance(value, float) and value.is_integer() and form is None:
        value = int(value)
    made = _typed(sheet, value)
    made.alignment = _LAYOUT
    if form:
        made.number_format = form
    return made


def _typed(sheet: Worksheet, value: Any) -> Cell:
    return WriteOnlyCell(sheet, value=value)


def _head(sheet: Worksheet, text: str) -> Cell:
    made = cast("Cell", cell(sheet, text or " "))
    made.font, made.fill, made.alignment = _HEAD_FONT, _HEAD_FILL, _HEAD_LAYOUT
    return made


def _fitting(text: str) -> str:
    if len(text) <= _LONGEST_CELL:
        return text
    cut = _CUT.show()
    return text[: _LONGEST_CELL - len(cut)] + cut


def _width(values: Iterable[Any]) -> float:
    """Return how wide a column should be: Chinese characters count two."""
    longest = max(
        (_columns(line) for value in values for line in str("" if value is None else value).split("\n")), default=0
    )
    return min(max(longest + 3, _NARROWEST), _WIDEST)


def _columns(line: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in line[:_WIDEST])
