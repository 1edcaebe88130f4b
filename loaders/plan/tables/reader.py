"""Tables of tasks and indicators: each row, or each merged group of rows, is a task with its units and targets."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue

from ...document import Cell, Span
from ..model import Assignment, Role, Section, Task
from ..names.reader import read_named
from ..responsibility.assignments import Context, assignments_of
from ..responsibility.statements import statements_of
from ..structure.card import is_card
from ..structure.numbering import NUMBER, NUMERAL, rank_of, value_of
from ..structure.outline import sentences_of_line
from ..structure.titles import squeezed
from ..targets.cells import read_cell_target
from ..targets.due import due_by, due_in
from ..targets.reader import read_targets
from .columns import Column, Header, is_repeated_header, read_header
from .owners import read_owners
from .unread import headers_seen, nearest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ...document import Document, Table
    from ..model import Target

_NOTE = re.compile("(?:注|备注|说明|填表说明) ?[：:]|★|\\*")
_CAPTION = re.compile("(?:附?表 ?[\\d一二三四五六七八九十—-]{0,4}[：: ]*)?(?P<title>[^。；：]{2,60})$")
_YEAR = re.compile(r"(?<!\d)(20\d\d) ?年?")
_NUMERAL = re.compile(f"（?{NUMERAL}{{1,5}}）?[、.]?")
_BEFORE_ITEM, _ENDS_ITEM = "。；\n ", "。；， \n"
_LINES_ABOVE = 3
_SHORT_VALUE = 16
_ROLE_OF = {Column.LEAD: Role.LEAD, Column.SUPPORT: Role.SUPPORT, Column.RESPONSIBLE: Role.RESPONSIBLE}
#: Columns in which nobody looks for units.
_SILENT = frozenset({Column.NUMBER, Column.VALUE, Column.BASELINE, Column.PERSON})
#: What to do on the whole, and what is done for it: with both, the former is the title.
_COARSE = re.compile(
    "(?:重点|主要|目标|年度|重大|工作|改革|创新)*(?:任务|工作|项目|工程)(?:名称|清单|事项)?|.{1,8}名称"
)
_FILLED = (Column.AREA, *_ROLE_OF)


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one table says: tasks where it names units, targets of the plan where it only has indicators."""

    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of data, its missing merges restored, under the section row above it."""

    cells: tuple[Cell, ...]
    section: Cell | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all rows of a table share."""

    document: Document
    number: int
    header: Header
    title: int
    caption: Cell | None
    context: Context
    issued: dt.date | None

    def text(self, cell: Cell) -> str:
        return self.document.folded[cell.span.start : cell.span.end]

    def cells(self, row: _Row, *kinds: Column) -> list[Cell]:
        return [row.cells[index] for index in self.header.of(*kinds) if len(row.cells[index].span)]


def read_table(
    document: Document, table: Table, number: int, context: Context, issued: dt.date | None = None
) -> TableReading:
    """Read the ``number``-th table of a plan.

    Args:
        document: the plan.
        table: one of its tables.
        number: its place among the document's tables, from 1.
        context: what holds for every list of units.
        issued: the day 三年内 counts from.

    Examples:
        >>> from innograph.graph.records import Locator
        >>> from innograph.loaders.document import DocumentBuilder, Draft
        >>> rows = [["重点任务", "2027年目标值", "责任单位"], ["培育企业", "50家以上", "市科技局、工信局"]]
        >>> builder = DocumentBuilder("a")
        >>> builder.table([[Draft(text, Locator(row=r)) for text in row] for r, row in enumerate(rows, 1)], Locator())
        >>> document = builder.build()
        >>> [task] = read_table(document, document.tables[0], 1, Context()).tasks
        >>> task.section.title, [u.canonical for u in task.units(Role.RESPONSIBLE)], [t.value for t in task.targets]
        ('培育企业', ['市科技局', '市工信局'], [50.0])
    """
    header = read_header(document, table)
    if header is None:
        return TableReading(issues=tuple(_unread(document, table)))
    caption = caption_of(document, table, header)
    sheet = _Sheet(document, number, header, _title_column(table, header), caption, context, issued)
    groups = list(_groups(sheet, list(_rows(document, table, header))))
    if header.assigns:
        return TableReading(tasks=tuple(_task(sheet, rows, place) for place, rows in enumerate(groups, start=1)))
    return TableReading(targets=tuple(t for rows in groups for row in rows for t in _targets(sheet, row)))


def _unread(document: Document, table: Table) -> Iterator[Issue]:
    """What is told of a table that is none of tasks: how large it is, its headers, and what one of them should be."""
    if len(table.rows) > 1 and not is_card(document, table):
        headers = headers_seen(document, table)
        values = {"rows": len(table.rows), "headers": "、".join(headers), "nearest": nearest(headers)}
        yield Issue("plan.table-unread", table.place, values=values)


def caption_of(document: Document, table: Table, header: Header | None) -> Cell | None:
    """Return what the table is called: a row above its header, or the line above the table."""
    above = table.rows[: header.first] if header else ()
    for row in above:
        cells = [cell for cell in dict.fromkeys(row) if len(cell.span)]
        if len(cells) == 1 and _CAPTION.match(document.folded[cells[0].span.start : cells[0].span.end]):
            return cells[0]
    lines = [paragraph for paragraph in document.paragraphs if paragraph.span.start < table.at][-_LINES_ABOVE:]
    for line in reversed(lines):
        span = document.trim(line.span)
        match = _CAPTION.match(document.folded, span.start, span.end)
        if match and not NUMBER.match(document.folded[span.start : span.end]) and not _NOTE.match(match.group()):
            return Cell(Span(match.start("title"), match.end("title")), line.place)
    return None


def _rows(document: Document, table: Table, header: Header) -> Iterator[_Row]:
    """The rows of data, without section rows, notes and repeated headers."""
    body = table.rows[header.first + header.rows :]
    merged = _has_merges(body)
    numbers = {row[index] for row in body for index in header.of(Column.NUMBER)}
    # 一 | 产业 above 1 | 建平台: what counts sections is no number of a task where tasks are counted in digits.
    counted = any(document.quote(cell.span).isdigit() for cell in numbers)
    section: Cell | None = None
    above: tuple[Cell, ...] | None = None
    for row in body:
        filled = [cell for cell in dict.fromkeys(row) if len(cell.span)]
        if not filled or is_repeated_header(document, row, header):
            continue
        text = document.folded[filled[0].span.start : filled[0].span.end]
        if _NOTE.match(text):
            continue
        if len(filled) == 1 and len(row) > 2 and _is_section_row(row, filled[0], header, text):
            section, above = filled[0], None
            continue
        if counted and len(filled) == 2 and len(row) > 2 and filled[0] in numbers and _NUMERAL.fullmatch(text):
            section, above = filled[1], None
            continue
        cells = row if merged or above is None else _filled(document, header, row, above)
        above = cells
        yield _Row(cells, section)


def _has_merges(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(
        cell == below and len(cell.span)
        for upper, lower in itertools.pairwise(rows)
        for cell, below in zip(upper, lower, strict=True)
    )


def _is_section_row(row: Sequence[Cell], cell: Cell, header: Header, text: str) -> bool:
    spans_all = sum(other == cell for other in row) * 2 > len(row)
    return spans_all or bool(NUMBER.match(text)) or row.index(cell) in header.of(Column.NUMBER)


def _filled(document: Document, header: Header, row: tuple[Cell, ...], above: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row of a table whose format has no merges: an empty area or unit stands for the one above it.

    Who supports is only missing where who leads is missing too: otherwise nobody does. Nor is anything missing where
    another cell of the row says who is responsible.
    """
    owners = header.of(Column.LEAD, Column.RESPONSIBLE)
    owned = any(len(row[index].span) for index in owners)
    owned = owned or any(
        statements_of(document, [cell.span])
        for cell, column in zip(row, header.columns, strict=True)
        if column not in _ROLE_OF and len(cell.span)
    )
    kept = {index for index in header.of(*_ROLE_OF) if owned}
    return tuple(
        upper if header.columns[index] in _FILLED and index not in kept and not len(cell.span) else cell
        for index, (cell, upper) in enumerate(zip(row, above, strict=True))
    )


def _title_column(table: Table, header: Header) -> int:
    """The column that says what is to be done: of several the one that tells the most rows apart, or the coarser."""
    body = table.rows[header.first + header.rows :]

    def different(index: int) -> int:
        return len({row[index] for row in body if len(row[index].span)})

    for kinds in ((Column.TASK,), (Column.INDICATOR,), (Column.GOAL,), (Column.OTHER,), (Column.AREA,)):
        columns = header.of(*kinds)
        if columns:
            return max(columns, key=lambda index: (different(index), _is_coarse(header.names[index]), -index))
    return 0


def _is_coarse(name: str) -> bool:
    return _COARSE.fullmatch(name) is not None


def _groups(sheet: _Sheet, rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows whose title is one merged cell, or is missing below a title, are one task."""
    group: list[_Row] = []
    for row in rows:
        title = row.cells[sheet.title]
        goes_on = group and (title == group[-1].cells[sheet.title] if len(title.span) else True)
        if group and not goes_on:
            yield group
            group = []
        if group or len(title.span):
            group.append(row)
    if group:
        yield group


def _task(sheet: _Sheet, rows: Sequence[_Row], position: int) -> Task:
    document, first = sheet.document, rows[0]
    assignments = tuple(_assignments(sheet, rows))
    texts = _texts(sheet, rows)
    deadline = next((sheet.text(cell).strip() for cell in sheet.cells(first, Column.DEADLINE)), None)
    targets = (target for row in rows for target in _targets(sheet, row))
    return Task(
        section=_section(sheet, first, position),
        chapter=_chapter(sheet, first),
        assignments=assignments,
        assignment_spans=tuple(dict.fromkeys(a.span for a in assignments)),
        sentences=texts,
        targets=due_by(deadline, targets, sheet.issued),
        findings=read_named(document, texts, sheet.context.home),
        deadline=deadline,
        table=document.quote(sheet.caption.span) if sheet.caption else None,
    )


def _section(sheet: _Sheet, row: _Row, position: int) -> Section:
    cell = row.cells[sheet.title]
    text = sheet.document.quote(cell.span)
    number = next((squeezed(sheet.text(cell)) for cell in sheet.cells(row, Column.NUMBER)), str(position))
    written = NUMBER.match(sheet.text(cell))
    title = text[written.end() : _first_item(sheet.text(cell))] if written else text
    found = list(statements_of(sheet.document, [cell.span]))
    if found:
        title = sheet.document.quote(Span(cell.span.start + (written.end() if written else 0), found[0].whole.start))
    path = f"t{sheet.number}.{position}"
    return Section(number, 3, squeezed_lines(title), path, cell.span, cell.span)


def _first_item(text: str) -> int | None:
    """Where the first of several numbered items in a cell ends: 1.建平台；2.引企业."""
    first = NUMBER.match(text)
    found = (m for m in NUMBER.finditer(text, first.end() if first else 0) if text[m.start() - 1] in _BEFORE_ITEM)
    if not first:
        return None
    following = next(
        (m for m in found if rank_of(m) == rank_of(first) and value_of(m.group()) == value_of(first.group()) + 1), None
    )
    return len(text[: following.start()].rstrip(_ENDS_ITEM)) if following else None


def squeezed_lines(text: str) -> str:
    """Return the text of a cell as one line: a break inside Chinese text is none."""
    return re.sub(r"(?<=[^\x21-\x7e])\s*\n\s*|\s*\n\s*(?=[^\x21-\x7e])", "", text).replace("\n", " ").strip()


def _chapter(sheet: _Sheet, row: _Row) -> Section | None:
    """What the row stands under: its area, the section row above it, or the table's caption."""
    areas = sheet.cells(row, Column.AREA)
    coarser = [row.cells[i] for i in sheet.header.of(Column.TASK) if i < sheet.title and len(row.cells[i].span)]
    cell = next(iter([*areas[-1:], *coarser[-1:], *filter(None, [row.section, sheet.caption])]), None)
    if cell is None:
        return None
    found = list(statements_of(sheet.document, [cell.span]))
    span = sheet.document.trim(Span(cell.span.start, found[0].whole.start)) if found else cell.span
    return Section("", 1, squeezed_lines(sheet.document.quote(span)), f"t{sheet.number}", span, span)


def _assignments(sheet: _Sheet, rows: Sequence[_Row]) -> Iterator[Assignment]:
    """What the unit columns say, and what stands in brackets inside the other cells (智慧渔业（牵头单位：…）)."""
    seen: set[Cell] = set()
    for row in rows:
        for index, cell in enumerate(row.cells):
            column = sheet.header.columns[index]
            if cell in seen or not len(cell.span) or column in _SILENT:
                continue
            seen.add(cell)
            if column in _ROLE_OF:
                people = sheet.header.names_people(index)
                yield from read_owners(sheet.document, cell, _ROLE_OF[column], sheet.context, people=people)
            else:
                for statement in statements_of(sheet.document, [cell.span]):
                    yield from assignments_of(sheet.document, statement, sheet.context)


def _texts(sheet: _Sheet, rows: Sequence[_Row]) -> tuple[Span, ...]:
    """The sentences of a task's cells: what is to be done, not who, when and how many."""
    kinds = (Column.TASK, Column.INDICATOR, Column.GOAL, Column.CONTENT, Column.OTHER)
    cells = dict.fromkeys(cell for row in rows for cell in sheet.cells(row, *kinds))
    return tuple(s for cell in cells for s in sentences_of_line(sheet.document, cell.span))


def _targets(sheet: _Sheet, row: _Row) -> Iterator[Target]:
    header, document = sheet.header, sheet.document
    indicator = next(iter(sheet.cells(row, Column.INDICATOR)), row.cells[sheet.title])
    measure = next((sheet.text(cell).strip() for cell in sheet.cells(row, Column.MEASURE_UNIT)), "")
    values = [index for index in header.of(Column.VALUE) if len(row.cells[index].span)]
    for index in values:
        year = header.years[index] or _year_of(sheet)
        unit = measure or header.units[index]
        yield from read_cell_target(document, indicator.span, row.cells[index].span, year=year, header_unit=unit)
    for index in header.of(Column.GOAL):
        cell = row.cells[index]
        if not len(cell.span) or index == sheet.title:
            continue
        if len(cell.span) <= _SHORT_VALUE and "，" not in sheet.text(cell):
            short = tuple(read_cell_target(document, indicator.span, cell.span, year=header.years[index]))
            yield from short
            if short:
                continue
        found = read_targets(document, tuple(sentences_of_line(document, cell.span)), issued=sheet.issued)
        yield from due_in(header.years[index], found)
    if not values:
        cells = dict.fromkeys(
            [row.cells[sheet.title], *sheet.cells(row, Column.TASK, Column.CONTENT, Column.INDICATOR)]
        )
        yield from (
            t
            for c in cells
            for t in read_targets(document, tuple(sentences_of_line(document, c.span)), issued=sheet.issued)
        )


def _year_of(sheet: _Sheet) -> int | None:
    """The one year that the table's caption names (2027年主要指标), if it names one."""
    if sheet.caption is None:
        return None
    years = set(_YEAR.findall(sheet.text(sheet.caption)))
    return int(years.pop()) if len(years) == 1 else None
