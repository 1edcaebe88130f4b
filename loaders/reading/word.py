"""Word documents (.docx): paragraphs and tables in the order they stand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.issues import Issue
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ..document import DocumentBuilder
from .archive import open_archive
from .grid import Grid, GridCell, GridTooLarge
from .refusing import DELETE_STRAY_CELLS, SAVE_AGAIN, TOO_LARGE_TABLE, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

    from ..document import Document
    from .elements import Element

# Word writes a text box twice; this element holds the form for old readers.
_OLD_FORM = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_word(name: str, data: bytes) -> Document:
    """Read a .docx file.

    Raises:
        InputError: it is damaged, no Word document, encrypted, or unpacks to an absurd size.
    """
    open_archive(name, data)
    import docx

    try:
        return _Reader(name, docx.Document(io.BytesIO(data))).read()
    except GridTooLarge:
        refuse(name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
    except Exception:  # python-docx and lxml raise many kinds on damaged files, none of them documented
        refuse(name, Text("Word 文件已损坏", "the Word file is damaged"), SAVE_AGAIN)


class _Reader:
    """Goes through the body once: what python-docx has no way to ask for is read from the elements themselves."""

    def __init__(self, name: str, word: WordDocument) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        from .numbering import Numbering

        self._qn = qn
        self._body = cast("Element", word.element.body)  # pyright: ignore[reportUnknownMemberType]
        self._marks = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
        parts = [r.target_part for r in word.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING]
        root = cast("Any", parts[0]).element if parts else None
        self._numbering = Numbering(root, cast("Element", word.styles.element))  # pyright: ignore[reportUnknownMemberType]
        self._builder = DocumentBuilder(name)
        self._tables = 0
        self._unnumbered = 0

    def read(self) -> Document:
        for number, element in enumerate(self._blocks(), start=1):
            if element.tag == self._qn("w:p"):
                self._builder.paragraph(self._text(element), Locator(paragraph=number))
            else:
                self._tables += 1
                self._table(element, Locator(paragraph=number, table=self._tables))
        issues = (Issue("word.auto-numbering", values={"count": self._unnumbered}),) if self._unnumbered else ()
        return self._builder.build(issues)

    def _blocks(self) -> Iterator[Element]:
        """Each paragraph and table outside tables, also in content controls and text boxes, in order."""
        paragraph, table = self._qn("w:p"), self._qn("w:tbl")
        for element in self._body.iterdescendants(paragraph, table):
            if not any(parent.tag in (table, _OLD_FORM) for parent in element.iterancestors()):
                yield element

    def _table(self, table: Element, place: Locator) -> None:
        """Add a table, or its paragraphs where it is but a frame around a text."""
        grid = Grid()
        open_above: dict[int, GridCell] = {}  # the column where a cell that reaches further down begins -> the cell
        for row in self._own(table, "w:tr"):
            if self._setting(row, "w:trPr", "w:del") is not None:
                continue
            grid.new_row(skip=_number(self._setting(row, "w:trPr", "w:gridBefore")))
            below: dict[int, GridCell] = {}
            for cell in self._own(row, "w:tc"):
                column = grid.next_column
                width = _number(self._setting(cell, "w:tcPr", "w:gridSpan")) or 1
                merge = self._merge(cell)
                if merge == "continue" and column in open_above:
                    grid.repeat(open_above[column], width)
                    below[column] = open_above[column]
                else:
                    made = grid.add(self._text_of_cell(cell), width)
                    if merge:
                        below[column] = made
            open_above = below
        if grid.is_frame:
            for text, at_row, at_column in grid.texts():
                self._builder.paragraph(text, place._replace(row=at_row, column=at_column))
        else:
            rows = grid.drafts(lambda row, column: Locator(table=place.table, row=row, column=column))
            self._builder.table(rows, place)

    def _own(self, holder: Element, tag: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, also those in content controls, but none of a table inside."""
        wanted, table = self._qn(tag), self._qn("w:tbl")
        waiting = [holder.iterchildren()]
        while waiting:
            element = next(waiting[-1], None)
            if element is None:
                waiting.pop()
            elif element.tag == wanted:
                yield element
            elif element.tag != table:
                waiting.append(element.iterchildren())

    def _setting(self, holder: Element, settings: str, tag: str) -> str | None:
        found = next(holder.iterchildren(self._qn(settings)), None)
        value = None if found is None else next(found.iterchildren(self._qn(tag)), None)
        return None if value is None else value.get(self._qn("w:val")) or ""

    def _merge(self, cell: Element) -> str | None:
        """``restart``, ``continue``, or None for a cell of one row."""
        merge = self._setting(cell, "w:tcPr", "w:vMerge")
        return None if merge is None else merge or "continue"

    def _text_of_cell(self, cell: Element) -> str:
        """The words of a cell, those of tables in it too, a line a paragraph."""
        texts = (self._text(p) for p in cell.iterdescendants(self._qn("w:p")) if not self._is_old_form(p))
        return "\n".join(texts).strip()

    def _is_old_form(self, element: Element) -> bool:
        return next(element.iterancestors(_OLD_FORM), None) is not None

    def _text(self, paragraph: Element) -> str:
        """The words of a paragraph after the number that Word shows before them."""
        label = self._numbering.label(paragraph)
        words = "".join(self._words(paragraph))
        if not words.strip():
            return words
        self._unnumbered += label is None
        return (label or "") + words

    def _words(self, paragraph: Element) -> Iterator[str]:
        """Typed text and breaks, without what a reviser deleted and without text boxes that hang on the paragraph."""
        run, deleted = self._qn("w:r"), self._qn("w:del")
        for node in paragraph.iterdescendants(self._qn("w:t"), *self._marks):
            holder = node.getparent()
            if holder is None or holder.tag != run or next(holder.iterancestors(self._qn("w:p"))) is not paragraph:
                continue
            if next(holder.iterancestors(deleted), None) is None:
                yield self._marks.get(node.tag) or node.text or ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
