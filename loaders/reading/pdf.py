"""PDF files: the paragraphs of the text and the tables that lines rule, in the order they stand.

A place is the page, and on it the paragraph, counted from 1 among those that begin on that page; for a cell the page
it stands on, the table, counted through the document, and row and column of the whole table.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ..document import DocumentBuilder
from .pdf_grid import find_tables
from .pdf_lines import PADDING, cell_text, lines_of
from .pdf_page import PageTooLarge, read_page
from .pdf_paragraphs import Margins, PageLines, PlacedLine, margins_of, paragraphs_of, without_running
from .pdf_rules import DrawingTooLarge
from .pdf_tables import PageTable, TableCell, continued, drafts_of, is_continuation_mark
from .pdfium import pdfium, raw
from .refusing import PROTECTED, REMOVE_PASSWORD, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..document import Document
    from .pdf_grid import Ruled
    from .pdf_page import Letter, RawPage

    _Blocks = list[PageTable | list[PlacedLine]]

MOST_PAGES = 2000
SECONDS = 120.0
_MOST_LETTERS = 5_000_000
_PICTURE = 0.25
_SMALL_PICTURE = 0.02
_FEW_LETTERS = 50
_MOST_NAMED = 20
_FEW_OBJECTS = 20
_MANY_UNREADABLE = 0.3
_BORDER = 0.8

_PRINT_AGAIN = Text(
    "请用 PDF 阅读器打开，“打印为 PDF”另存后再试，或改用 .docx",
    "Open it in a PDF viewer, print it to PDF and try again, or use the .docx",
)
_SPLIT = Text("请拆成几个文件，或改用 .docx", "Split it into several files, or use the .docx")
_USE_OCR = Text(
    "请先做文字识别（OCR），例如用 WPS、Acrobat 或 ocrmypdf，核对后另存为 .docx 或带文字的 PDF，或向发文单位索取 .docx 原件",
    "Recognise its text first (OCR), with WPS, Acrobat or ocrmypdf, check it and save it as .docx or as a PDF with text;"
    " or ask the issuer for the .docx",
)


@dataclass(slots=True)
class _Pages:
    """What was read so far: each page's lines, its tables, and the pages that are pictures."""

    lines: list[PageLines] = field(default_factory=list[PageLines])
    tables: defaultdict[int, list[PageTable]] = field(default_factory=lambda: defaultdict[int, list[PageTable]](list))
    pictures: list[int] = field(default_factory=list[int])
    letters: int = 0
    blank: int = 0


def read_pdf(name: str, data: bytes, progress: Callable[[int, int], None] | None = None) -> Document:
    """Read a PDF file.

    Args:
        name: the file's name, for messages.
        data: its bytes.
        progress: told after each page how many are read, and of how many.

    Raises:
        InputError: it is damaged, encrypted, scanned, absurdly large, or takes too long.
    """
    try:
        pdf: Any = pdfium().PdfDocument(data)
    except pdfium().PdfiumError as error:
        if getattr(error, "err_code", None) in (raw().FPDF_ERR_PASSWORD, raw().FPDF_ERR_SECURITY):
            refuse(name, PROTECTED, REMOVE_PASSWORD)
        refuse(name, Text("PDF 文件不完整或已损坏", "the PDF file is cut off or damaged"), _PRINT_AGAIN)
    try:
        pages = _read_pages(name, pdf, progress)
    finally:
        pdf.close()
    return _document(name, pages)


def _read_pages(name: str, pdf: Any, progress: Callable[[int, int], None] | None) -> _Pages:
    pages = _Pages()
    total = len(pdf)
    if total > MOST_PAGES:
        problem = Text(
            f"页数过多（{total}页，上限{MOST_PAGES}页）", f"it has too many pages ({total}; at most {MOST_PAGES})"
        )
        refuse(name, problem, _SPLIT)
    end = time.monotonic() + SECONDS
    unreadable = 0
    for number in range(1, total + 1):
        if time.monotonic() > end:
            problem = Text(
                f"{SECONDS:.0f}秒内只读了{number - 1}页（共{total}页）",
                f"only {number - 1} of {total} pages could be read within {SECONDS:.0f} seconds",
            )
            refuse(name, problem, _SPLIT)
        try:
            page = pdf[number - 1]
            try:
                _add_page(pages, number, read_page(page))
            finally:
                page.close()
        except (PageTooLarge, DrawingTooLarge):
            problem = Text(f"第{number}页的内容多得不合理", f"page {number} holds absurdly much")
            refuse(name, problem, _PRINT_AGAIN)
        except pdfium().PdfiumError:
            unreadable += 1
            pages.pictures.append(number)
        if pages.letters > _MOST_LETTERS:
            refuse(name, Text("文字多得不合理", "it holds absurdly much text"), _SPLIT)
        if progress:
            progress(number, total)
    if unreadable == total:
        refuse(name, Text("PDF 文件不完整或已损坏", "the PDF file is cut off or damaged"), _PRINT_AGAIN)
    if pages.pictures and len(pages.pictures) + pages.blank == total:
        refuse(name, Text("PDF 里是扫描的图片，没有文字", "the PDF holds scanned pictures and no text"), _USE_OCR)
    return pages


def _add_page(pages: _Pages, number: int, page: RawPage) -> None:
    """Part a page's letters into the cells of its tables and the lines outside."""
    pages.letters += len(page.letters)
    if _is_picture(page):
        pages.pictures.append(number)
    elif not page.letters:
        pages.blank += 1
    tables = [table for table in find_tables(page.rules) if not _is_border(table, page)]
    inside: list[dict[tuple[int, int], list[Letter]]] = [{} for _ in tables]
    outside: list[Letter] = []
    for letter in page.letters:
        x, y = (letter.left + letter.right) / 2, letter.base + 0.35 * letter.size
        for table, cells in zip(tables, inside, strict=True):
            if index := table.index_at(x, y):
                cells.setdefault(index, []).append(letter)
                break
        else:
            outside.append(letter)
    # A table without any letter is a form's empty boxes, or a drawing.
    pages.tables[number] = [_table(number, table, cells) for table, cells in zip(tables, inside, strict=True) if cells]
    pages.lines.append(PageLines(number, page.width, page.height, tuple(lines_of(outside))))


def _is_border(table: Ruled, page: RawPage) -> bool:
    """Whether a frame stands around all that is on a page."""
    return len(table.boxes) == 1 and table.ys[0] - table.ys[-1] > _BORDER * page.height


def _table(number: int, table: Ruled, letters: dict[tuple[int, int], list[Letter]]) -> PageTable:
    rows: list[list[TableCell]] = [[TableCell("", number)] * (len(table.xs) - 1) for _ in table.ys[1:]]
    for box in table.boxes:
        covered = [(r, c) for r in range(box.row, box.row_end) for c in range(box.column, box.column_end)]
        width = table.xs[box.column_end] - table.xs[box.column]
        cell = TableCell(cell_text([letter for at in covered for letter in letters.get(at, ())], width), number)
        for row, column in covered:
            rows[row][column] = cell
    is_frame = len(table.xs) == 2
    framed = lines_of(letter for cell in letters.values() for letter in cell) if is_frame else ()
    return PageTable(number, number, table.top, table.xs, rows, tuple(framed))


def _is_picture(page: RawPage) -> bool:
    """Whether what a page says is in a picture, in outlines, or in letters that don't say which they are."""
    letters = len(page.letters)
    if page.unreadable > _MANY_UNREADABLE * (letters + page.unreadable):
        return True
    if not letters:
        return page.pictured >= _SMALL_PICTURE or page.objects > _FEW_OBJECTS
    return letters < _FEW_LETTERS and page.pictured >= _PICTURE


def _document(name: str, pages: _Pages) -> Document:
    builder = DocumentBuilder(name)
    begun: Counter[int] = Counter()
    tables = 0
    for block in _blocks(pages):
        if isinstance(block, PageTable):
            tables += 1
            builder.table(drafts_of(block, tables), Locator(page=block.page, table=tables))
            continue
        for text, page in paragraphs_of(block):
            begun[page] += 1
            builder.paragraph(text, Locator(page=page, paragraph=begun[page]))
    return builder.build(_issues(pages))


def _blocks(pages: _Pages) -> _Blocks:
    """Tables, each whole, and the lines between them, in order."""
    blocks: _Blocks = []
    lines_of_page = without_running(pages.lines)
    for page, margins in zip(lines_of_page, margins_of(lines_of_page), strict=True):
        lines = [(line.base, PlacedLine(line, page.page, margins)) for line in page.lines]
        parts: list[tuple[float, PlacedLine | PageTable]] = [*lines]
        parts.extend((table.top, table) for table in pages.tables.get(page.page, ()))
        for _, part in sorted(parts, key=lambda part: -part[0]):
            if isinstance(part, PageTable):
                _add_table(blocks, part, margins)
            else:
                _add_lines(blocks, [part])
    return blocks


def _add_lines(blocks: _Blocks, lines: list[PlacedLine]) -> None:
    if blocks and isinstance(blocks[-1], list):
        blocks[-1].extend(lines)
    else:
        blocks.append(lines)


def _add_table(blocks: _Blocks, part: PageTable, margins: Margins) -> None:
    """Add a table, or the rest of one: at the top of the page after its beginning, but for a line that says so."""
    between = blocks[-1] if blocks and isinstance(blocks[-1], list) else []
    marked = all(line.page == part.page and is_continuation_mark(line.line.text) for line in between)
    before = blocks[-2 if between else -1 :][:1]
    table = before[0] if marked and before else None
    if not isinstance(table, PageTable) or table.last_page != part.page - 1 or not continued(table, part):
        if part.framed:
            inner = Margins(part.edges[0] + PADDING, part.edges[-1] - PADDING, margins.size, margins.leading)
            _add_lines(blocks, [PlacedLine(line, part.page, inner) for line in part.framed])
        else:
            blocks.append(part)
    elif between:
        blocks.pop()


def _issues(pages: _Pages) -> tuple[Issue, ...]:
    """That some pages are pictures: a plan whose tables were scanned is read without them."""
    if not pages.pictures:
        return ()
    numbers = "、".join(map(str, pages.pictures[:_MOST_NAMED]))
    more = "…" if len(pages.pictures) > _MOST_NAMED else ""
    values = {"pages": numbers + more, "count": len(pages.pictures)}
    return (Issue("pdf.pictures", Locator(page=pages.pictures[0]), values=values),)
