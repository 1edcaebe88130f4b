"""Templates: workbooks to fill in, made from packs and the ontology, which the loader then reads without being told how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from innograph.graph.ontology import ValueType
from innograph.graph.text import Text

from .described import describe
from .model import NOTES_SHEET
from .workbooks import as_cell, put, safe_text, sheet_title, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from innograph.graph.records import Graph, Node
    from innograph.graph.regions import Region
    from innograph.graph.text import Language

    from .described import Described
    from .model import Pack

#: The pack whose template is filled with the targets of the plan.
PROGRESS = "progress"
_REQUIRED = Text("必填", "required")
_OPTIONAL = Text("选填", "optional")
_NOTE_HEADS = (
    Text("列", "Column"),
    Text("必填", "Required"),
    Text("含义", "Meaning"),
    Text("填法", "Form"),
    Text("可选或常用的值", "Allowed or usual values"),
    Text("例", "Example"),
)
_HOW = (
    Text(
        "一行填一条；表头不要改，列的先后可以变，用不到的列可以删。",
        "One entry a row. Keep the headers; columns may be moved, and unused ones deleted.",
    ),
    Text(
        "深色表头的列必填，缺了该行不载入；没有填的整行请删去。",
        "Columns with a dark header are required: a row without one is not loaded. Delete rows you do not fill.",
    ),
    Text(
        "填好后在工作台的“来源”页上传，或执行 innograph load 文件；先看有没有问题用 innograph check 文件。",
        "When done, upload it on the workbench's page of sources, or run innograph load FILE; innograph check FILE shows first"
        " what is wrong.",
    ),
    Text("不要填个人姓名、电话、证件号。", "Give no names, telephone numbers or card numbers of people."),
)
_FILLED_ROWS = 5_000
_LONGEST_LIST = 255
_LONGEST_PROMPT = 255
_LONGEST_PROMPT_TITLE = 32
_NOTE_WIDTHS = (30, 12, 44, 44, 40, 26)
_NARROWEST, _WIDEST = 12, 40
_COMMENT_SIZE = {"width": 300, "height": 130}
_DARK, _LIGHT = PatternFill("solid", fgColor="1F4E79"), PatternFill("solid", fgColor="D6E4F0")
_ON_DARK, _ON_LIGHT = Font(bold=True, color="FFFFFF"), Font(bold=True, color="1F2933")
_EXAMPLE = Font(italic=True, color="6B7280")
_TITLE, _HEADING, _HEAD = Font(bold=True, size=14), Font(bold=True, size=12), Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")
_LINE = Border(bottom=Side(style="thin", color="9AA5B1"))
_FORMATS = {ValueType.INTEGER: "0", ValueType.FLOAT: "General", ValueType.DATE: "yyyy-mm-dd"}
# Everything else is text, so that a code of 18 digits stays one.
_TEXT_FORMAT = "@"


@dataclass(frozen=True, slots=True)
class Filled:
    """A row that a template is filled with: cells by column, and a remark on the first of them."""

    cells: Mapping[str, str]
    remark: str = ""


def write_template(
    packs: Sequence[Pack],
    out: Path,
    language: Language,
    *,
    home: Region | None = None,
    filled: Mapping[str, Sequence[Filled]] | None = None,
) -> None:
    """Write a workbook with a sheet for each pack and one of notes.

    Args:
        packs: the packs.
        out: the workbook.
        language: that of headers and sheet names; the notes are in both.
        home: the region around which the user works.
        filled: rows to begin with, by pack.

    Raises:
        NoPermission: it may not be written.
        NoSpace: the disk is full.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    taken = [NOTES_SHEET.show(language)]
    described: list[tuple[Pack, list[Described]]] = []
    for pack in packs:
        title = sheet_title(pack.title.show(language), taken)
        taken.append(title)
        columns = describe(pack, language, home)
        described.append((pack, columns))
        _fill(book.create_sheet(title), columns, language, (filled or {}).get(pack.id, ()))
    _notes(book.create_sheet(NOTES_SHEET.show(language)), described)
    write_whole(out, book.save)


def _fill(sheet: Worksheet, columns: Sequence[Described], language: Language, rows: Sequence[Filled]) -> None:
    for index, one in enumerate(columns, start=1):
        letter = get_column_letter(index)
        head = as_cell(sheet.cell(1, index))
        put(head, one.head)
        head.fill, head.font = (_DARK, _ON_DARK) if one.column.required else (_LIGHT, _ON_LIGHT)
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        head.comment = Comment(safe_text(_told(one, language)), "innograph", **_COMMENT_SIZE)
        form = _FORMATS.get(one.type, _TEXT_FORMAT) if one.type else _TEXT_FORMAT
        form = _FORMATS[ValueType.DATE] if one.column.kind == "date" else form
        dimension = sheet.column_dimensions[letter]
        dimension.width = min(max(_NARROWEST, 2 * len(one.head) + 4), _WIDEST)
        dimension.number_format = form
        sheet.add_data_validation(_validation(one, f"{letter}2:{letter}{_FILLED_ROWS}", language))
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 30
    keys = [one.column.key for one in columns]
    for number, row in enumerate(rows, start=2):
        for index, key in enumerate(keys, start=1):
            if row.cells.get(key):
                put(as_cell(sheet.cell(number, index)), row.cells[key])
        if row.remark:
            sheet.cell(number, 1).comment = Comment(safe_text(row.remark), "innograph", **_COMMENT_SIZE)


def _told(one: Described, language: Language) -> str:
    must = _REQUIRED if one.column.required else _OPTIONAL
    lines = [f"{must.show(language)}　{one.meaning.show(language)}", one.form.show(language)]
    if one.words:
        lines.append("、".join(one.words))
    if one.example:
        lines.append(f"{_NOTE_HEADS[-1].show(language)}：{one.example}")
    return "\n".join(lines)


def _validation(one: Described, cells: str, language: Language) -> DataValidation:
    """A list to choose from where there are words; in any case what the column is, shown where it is filled in."""
    listed = ",".join(one.words)
    usable = bool(listed) and len(listed) <= _LONGEST_LIST and not any(c in word for word in one.words for c in ',"')
    told = _told(one, language)
    made = DataValidation(
        type="list" if usable else None,
        formula1=f'"{listed}"' if usable else None,
        allow_blank=True,
        # A list of usual words must not keep anybody from writing another one, nor any list from writing several.
        showErrorMessage=usable and one.closed and not one.column.split,
        showInputMessage=True,
        promptTitle=one.head[:_LONGEST_PROMPT_TITLE],
        prompt=told[:_LONGEST_PROMPT],
    )
    made.add(cells)  # pyright: ignore[reportUnknownMemberType]
    return made


def _notes(sheet: Worksheet, described: Sequence[tuple[Pack, Sequence[Described]]]) -> None:
    for index, width in enumerate(_NOTE_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    _write(sheet, 1, [_both(NOTES_SHEET)], _TITLE)
    number = 2
    for line in _HOW:
        _write(sheet, number, [f"{line.zh} {line.en}"], None)
        number += 1
    for pack, columns in described:
        number += 1
        _write(sheet, number, [_both(pack.title)], _HEADING)
        _write(sheet, number + 1, [_both(head) for head in _NOTE_HEADS], _HEAD)
        number += 2
        for one in columns:
            must = _REQUIRED if one.column.required else _OPTIONAL
            cells = [_both(one.column.label), _both(must), _lines(one.meaning), _lines(one.form), "、".join(one.words)]
            # The example stands in the notes and nowhere else, so that it is never loaded.
            _write(sheet, number, [*cells, f"{one.example}　" if one.example else ""], None)
            sheet.cell(number, len(_NOTE_HEADS)).font = _EXAMPLE
            number += 1


def _write(sheet: Worksheet, number: int, texts: Sequence[str], font: Font | None) -> None:
    for index, text in enumerate(texts, start=1):
        cell = as_cell(sheet.cell(number, index))
        if text:
            put(cell, text)
        if font:
            cell.font = font
        if len(texts) > 1:
            cell.alignment = _WRAP
            cell.border = _LINE


def _both(text: Text) -> str:
    # Both languages in one cell: a cell that holds nothing but a header would make the notes a table to load.
    return f"{text.zh} / {text.en}"


def _lines(text: Text) -> str:
    return f"{text.zh}\n{text.en}"


def progress_rows(graph: Graph) -> list[Filled]:
    """Return a row for each target of the plans in ``graph``, of which only day and value are left to fill in.

    Args:
        graph: the assembled graph.
    """
    rows: list[tuple[tuple[str, str, str], Filled]] = []
    for edge in graph.edges.values():
        target, indicator = graph.nodes.get(edge.source), graph.nodes.get(edge.target)
        if edge.type != "MEASURES" or not target or not indicator:
            continue
        said = target.properties
        aim = _aim(target)
        cells = {
            "indicator": str(indicator.properties.get("name") or ""),
            "about": target.id,
            "unit": str(said.get("unit") or ""),
            "basis": aim,
        }
        order = (cells["indicator"], str(said.get("year") or ""), target.id)
        rows.append((order, Filled(cells, aim)))
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


def _aim(target: Node) -> str:
    """What a target sets: its name, which has figure, unit and year."""
    name = str(target.properties.get("name") or "")
    year = target.properties.get("year")
    said = name if year is None or str(year) in name else f"{name}（{year}年）"
    return Text(f"计划目标：{said}", f"Planned: {said}").show()
