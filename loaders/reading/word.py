"""Word documents (.docx): paragraphs and tables in the order they stand."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, cast

from innograph.graph.errors import InputError
from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ..document import DocumentBuilder, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as WordDocument

    from ..document import Document

# Word writes a text box twice; this element holds the form for old readers.
_OLD_FORM = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_UNPACKED = 512 * 1024 * 1024
_LARGEST_MAIN_PART = 64 * 1024 * 1024
_ALWAYS_SANE = 8 * 1024 * 1024
_LARGEST_RATIO = 200
_MAIN_PART = "word/document.xml"
_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


@dataclass(frozen=True, slots=True)
class _Cell:
    element: _Element
    text: str


class _Element(Protocol):
    """What is used of lxml, which has no types."""

    @property
    def tag(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    def get(self, key: str) -> str | None: ...
    def getparent(self) -> _Element | None: ...
    def iterancestors(self, *tags: str) -> Iterator[_Element]: ...
    def iterdescendants(self, *tags: str) -> Iterator[_Element]: ...


def read_word(name: str, data: bytes) -> Document:
    """Read a .docx file.

    Raises:
        InputError: it is damaged, no Word document, encrypted, or unpacks to an absurd size.
    """
    _check_archive(name, data)
    import docx

    try:
        word = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(word))
        numbered = _numbered(word)
    except Exception as error:  # python-docx and lxml raise many kinds on damaged files, none of them documented
        _fail(name, Text(f"Word 文件已损坏（{error}）", f"the Word file is damaged ({error})"))
    builder = DocumentBuilder(name)
    tables = 0
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, str):
            builder.paragraph(block, Locator(paragraph=number))
            continue
        tables += 1
        builder.table(_drafts(block, tables), Locator(paragraph=number, table=tables))
    issues = (Issue("word.auto-numbering", values={"count": numbered}),) if numbered else ()
    return builder.build(issues)


def _drafts(rows: Sequence[Sequence[_Cell]], table: int) -> list[list[Draft]]:
    """The cells of a table; python-docx hands over a merged cell once for each position, always the same element."""
    made: dict[_Element, Draft] = {}
    return [
        [
            made.get(cell.element)
            or made.setdefault(cell.element, Draft(cell.text, Locator(table=table, row=r, column=c)))
            for c, cell in enumerate(row, start=1)
        ]
        for r, row in enumerate(rows, start=1)
    ]


def _numbered(document: WordDocument) -> int:
    """How many paragraphs with text Word numbers by itself, by their own setting or by that of their style."""
    from docx.oxml.ns import qn

    def numbering(holder: _Element) -> bool | None:
        number = next(holder.iterdescendants(qn("w:numId")), None)
        return None if number is None else number.get(qn("w:val")) != "0"

    root = cast("_Element", document.styles.element)  # pyright: ignore[reportUnknownMemberType]
    styles = {style.get(qn("w:styleId")) for style in root.iterdescendants(qn("w:style")) if numbering(style)}
    body = cast("_Element", document.element.body)  # pyright: ignore[reportUnknownMemberType]
    count = 0
    for paragraph in body.iterdescendants(qn("w:p")):
        settings = next(paragraph.iterdescendants(qn("w:pPr")), None)
        if settings is None or not "".join(_words(paragraph)).strip():
            continue
        style = next(settings.iterdescendants(qn("w:pStyle")), None)
        own = numbering(settings)
        count += own if own is not None else style is not None and style.get(qn("w:val")) in styles
    return count


def _blocks(document: WordDocument) -> Iterator[str | list[list[_Cell]]]:
    """The text of each paragraph and the cells of each table, also those inside content controls and text boxes.

    python-docx alone leaves out what a reviser inserted and what stands in a content control.
    """
    from docx.oxml.ns import qn
    from docx.table import Table as WordTable

    paragraph, table = qn("w:p"), qn("w:tbl")
    body = cast("_Element", document.element.body)  # pyright: ignore[reportUnknownMemberType]
    for element in body.iterdescendants(paragraph, table):
        if any(parent.tag in (table, _OLD_FORM) for parent in element.iterancestors()):
            continue
        if element.tag == table:
            rows = WordTable(cast("Any", element), document).rows
            yield [[_Cell(cast("_Element", cell._tc), cell.text) for cell in row.cells] for row in rows]
        else:
            yield "".join(_words(element))


def _words(paragraph: _Element) -> Iterator[str]:
    """The words of a paragraph: typed text and breaks, without what a reviser deleted and text boxes that hang on it."""
    from docx.oxml.ns import qn

    marks = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    for node in paragraph.iterdescendants(qn("w:t"), *marks):
        holder = node.getparent()
        if holder is None or holder.tag != qn("w:r") or next(holder.iterancestors(qn("w:p"))) is not paragraph:
            continue
        if next(holder.iterancestors(qn("w:del")), None) is None:
            yield marks.get(node.tag) or node.text or ""


def _check_archive(name: str, data: bytes) -> None:
    """Refuse, before anything is unpacked, what is no Word document or would unpack to an absurd size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if not _sane(entries, data):
                _fail(name, Text("压缩包解开后大得不合理", "the archive would unpack to an absurd size"))
            if not any(entry.filename == _MAIN_PART for entry in entries):
                _fail(name, Text("是压缩包，但不是 Word 文档", "it is an archive, but no Word document"))
            parts = (archive.read(entry) for entry in entries if entry.filename.endswith((".xml", ".rels")))
            if any(mark in part for part in parts for mark in _DOCTYPE):
                _fail(name, Text("文件含有不允许的 DOCTYPE 声明", "the file holds a DOCTYPE, which is not allowed"))
    # zipfile and zlib raise all of these on archives that were cut off, damaged or encrypted
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        _fail(name, Text(f"文件不完整或已损坏（{error}）", f"the file is cut off or damaged ({error})"))


def _sane(entries: list[zipfile.ZipInfo], data: bytes) -> bool:
    unpacked = sum(entry.file_size for entry in entries)
    main = max((entry.file_size for entry in entries if entry.filename == _MAIN_PART), default=0)
    if unpacked > _LARGEST_UNPACKED or main > _LARGEST_MAIN_PART:
        return False
    return unpacked <= _ALWAYS_SANE or unpacked <= _LARGEST_RATIO * len(data)


def _fail(name: str, problem: Text) -> NoReturn:
    hint = Text("请在 Word 或 WPS 中重新另存为 .docx", "Open it in Word or WPS and save it as .docx again")
    raise InputError(file=name, problem=problem, hint=hint)
