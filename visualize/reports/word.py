"""A report as a Word document: in Chinese laid out as official documents are (GB/T 9704), in English plainly."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from innograph.graph.text import Text
from innograph.visualize.matrix import MARKS

from .model import (
    Evidence,
    Items,
    Line,
    MatrixTable,
    Paragraph,
    Report,
    Section,
    Table,
    annex_heading,
    heading_number,
)
from .word_style import STYLES, Style, keep_row, set_up, shade, turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.section import Section as PageSection
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as WordTable
    from docx.table import _Cell, _Row  # pyright: ignore[reportPrivateUsage]
    from docx.text.paragraph import Paragraph as WordParagraph

_EVIDENCE_HEADS = (Text("编号", "No."), Text("原文", "Quoted line"), Text("出处", "Document and place"))
_ANNEXES = Text("附件：", "Annexes: ")
_PLAN = Text("《{name}》", "{name}")
_EVIDENCE_WIDTHS = (9, 61, 30)
_UNIT_WIDTH, _MARK_WIDTH = 6.0, 6.0
_POINT = 0.353
_TALLEST = 52.0
_ROW_TITLE = Text("任务", "Task")


def report_docx(report: Report) -> bytes:
    """Return the report as the bytes of a .docx file.

    Examples:
        >>> import datetime as dt, io, docx
        >>> report = Report("报告", dt.date(2022, 5, 1), "zh", (Section("任务分工", (Paragraph(("共13项。",)),)),))
        >>> read = docx.Document(io.BytesIO(report_docx(report)))
        >>> [paragraph.text for paragraph in read.paragraphs]
        ['报告', '（2022年5月1日）', '一、任务分工', '共13项。']
    """
    document = docx.Document()
    _Writer(document, report).write()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    """Lays one report out in one document."""

    def __init__(self, document: Document, report: Report) -> None:
        self._document, self._report = document, report
        self._style: Style = STYLES[report.language]
        set_up(document, report.title, report.day, self._style)

    def write(self) -> None:
        """Write all of it."""
        report = self._report
        for line in report.title_lines:
            self._paragraph(line, "Title")
        dated = f"（{report.dated}）" if report.language == "zh" else report.dated
        self._paragraph(dated, "Subtitle")
        for position, section in enumerate(report.body, start=1):
            self._section(section, 1, heading_number(1, position, report.language))
        if report.annexes:
            self._contents()
        upright = True
        for position, annex in enumerate(report.annexes, start=1):
            upright = self._annex(annex, annex_heading(report, position), upright=upright)

    def _contents(self) -> None:
        """List the annexes under the body."""
        listed = [
            f"{position}．{annex.heading}" if self._report.language == "zh" else f"{position}. {annex.heading}"
            for position, annex in enumerate(self._report.annexes, start=1)
        ]
        text = _ANNEXES.show(self._report.language) + "　".join(listed)
        self._paragraph(text, "Body Text")

    def _annex(self, annex: Section, name: str, *, upright: bool) -> bool:
        """Write an annex from a new page, turned where it must be, and return whether its pages stand upright."""
        here = upright and not annex.is_wide
        if not here:
            self._turn(self._document.add_section(WD_SECTION.NEW_PAGE), upright=not annex.is_wide)
        self._paragraph(
            name, "Caption"
        ).paragraph_format.page_break_before = here  # a break of its own may leave a blank page
        self._paragraph(annex.heading, "Heading 1").alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._contents_of(annex, 1)
        return not annex.is_wide

    @staticmethod
    def _turn(page: PageSection, *, upright: bool) -> None:
        lies = page.orientation == WD_ORIENT.LANDSCAPE
        if lies == (not upright):
            return
        page.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
        top, right, bottom, left = page.top_margin, page.right_margin, page.bottom_margin, page.left_margin
        page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = left, top, right, bottom

    def _section(self, section: Section, level: int, numbered: str) -> None:
        self._paragraph(numbered + section.heading, f"Heading {level}")
        self._contents_of(section, level)

    def _contents_of(self, section: Section, level: int) -> None:
        for position, block in enumerate(section.blocks, start=1):
            match block:
                case Paragraph(line):
                    followed = position < len(section.blocks)
                    self._line(line, "Body Text").paragraph_format.keep_with_next = followed
                case Items(lines, first):
                    for own, line in enumerate(lines, start=first):
                        self._line((self._item(own), *line), "List Number")
                case Table():
                    self._table(block.heads, block.rows, block.widths)
                    if block.note:
                        self._paragraph(block.note, "Note")
                case Evidence(quotes):
                    heads = [head.show(self._report.language) for head in _EVIDENCE_HEADS]
                    comma = "，" if self._report.language == "zh" else ", "
                    rows = [
                        ((str(q.number),), (q.words,), (comma.join(filter(None, (q.document, q.place))),))
                        for q in quotes
                    ]
                    self._table(heads, rows, _EVIDENCE_WIDTHS)
                case MatrixTable():
                    self._matrix(block)
        for position, inner in enumerate(section.sections, start=1):
            self._section(inner, level + 1, heading_number(level + 1, position, self._report.language))

    def _item(self, position: int) -> str:
        return f"{position}．" if self._report.language == "zh" else f"{position}. "

    def _paragraph(self, text: str, style: str) -> WordParagraph:
        return self._line((text,), style)

    def _line(self, line: Line, style: str) -> WordParagraph:
        paragraph = self._document.add_paragraph(style=style)
        self._fill(paragraph, line)
        return paragraph

    def _fill(self, paragraph: WordParagraph, line: Line) -> None:
        for part in line:
            paragraph.add_run(part if isinstance(part, str) else part.show(self._report.language))

    @property
    def _width(self) -> float:
        """How wide the text of the page is, in millimetres."""
        page = self._document.sections[-1]
        lengths = (page.page_width, page.left_margin, page.right_margin)
        whole, left, right = (length.mm if length is not None else 0.0 for length in lengths)
        return whole - left - right

    def _made(self, heads: Sequence[str], widths: Sequence[float]) -> WordTable:
        """Return a table with its head, which is repeated on each page."""
        table: WordTable = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for cell, head, width in zip(table.rows[0].cells, heads, widths, strict=True):
            cell.width = Mm(width)
            self._cell(cell, (head,), "Table Head")
            shade(cell)
        keep_row(table.rows[0], head=True)
        return table

    @staticmethod
    def _row(table: WordTable) -> _Row:
        """Add a row that stays on one page."""
        added = cast("_Row", cast("Any", table).add_row())
        keep_row(added)
        return added

    def _cell(self, cell: _Cell, line: Line, style: str = "Table Text") -> WordParagraph:
        paragraph: WordParagraph = cell.paragraphs[0]
        paragraph.style = cast("ParagraphStyle", self._document.styles[style])
        self._fill(paragraph, line)
        return paragraph

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[Line]], parts: Sequence[int]) -> None:
        widths = [self._width * part / sum(parts) for part in parts]
        table = self._made(heads, widths)
        for row in rows:
            added = self._row(table)
            for cell, line, width in zip(added.cells, row, widths, strict=True):
                cell.width = Mm(width)
                self._cell(cell, line)

    def _matrix(self, matrix: MatrixTable) -> None:
        across = min(_UNIT_WIDTH, self._width * 0.75 / len(matrix.units))
        widths = [self._width - across * len(matrix.units), *([across] * len(matrix.units))]
        table = self._made([_ROW_TITLE.show(self._report.language), *matrix.units], widths)
        longest = max(turn(cell, unit) for cell, unit in zip(table.rows[0].cells[1:], matrix.units, strict=True))
        table.rows[0].height = Mm(min(longest * self._style.small * _POINT + 4, _TALLEST))
        for plan, rows in matrix.plans:
            if plan:
                whole = self._row(table)
                title = _PLAN.show(self._report.language).format(name=plan)
                self._cell(whole.cells[0].merge(whole.cells[-1]), (title,), "Table Head")
            for row in rows:
                added = self._row(table)
                self._cell(added.cells[0], (row.task,))
                for cell, role in zip(added.cells[1:], row.roles, strict=True):
                    mark = self._cell(cell, (MARKS[role].sign if role else "",))
                    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
                for cell, width in zip(added.cells, widths, strict=True):
                    cell.width = Mm(width)
        space = "　" if self._report.language == "zh" else "   "
        words = [f"{MARKS[role].sign} {MARKS[role].word.show(self._report.language)}" for role in matrix.roles]
        self._paragraph(space.join([*words, *([matrix.note] if matrix.note else [])]), "Note")
