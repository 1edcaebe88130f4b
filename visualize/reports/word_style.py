"""How a Word report looks: page, fonts, spacing, and the pieces of Word's XML that python-docx has no word for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from docx import oxml
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import (
        _Cell,  # pyright: ignore[reportPrivateUsage]
        _Row,  # pyright: ignore[reportPrivateUsage]
    )
    from docx.text.paragraph import Paragraph

    from innograph.graph.text import Language


@dataclass(frozen=True, slots=True)
class Font:
    """A font for Chinese, one for Latin letters, and a size in points."""

    east: str
    latin: str
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a report in one language looks.

    Args:
        language: as Word names it.
        margins: top, right, bottom, left, in millimetres.
        fonts: by the name of Word's style.
        lines: exact spacing of lines of text in points; none for that of the font.
        indent: of the first line of a paragraph, in characters.
        small: size of the text of tables, in points.
        centred: whether title and day stand in the middle.
        dashes: whether the page's number stands between dashes, outside.
    """

    language: str
    margins: tuple[float, float, float, float]
    fonts: Mapping[str, Font]
    lines: float | None
    indent: int
    small: float
    centred: bool
    dashes: bool


_HEI, _FANG, _KAI, _SONG, _TITLE = "黑体", "仿宋_GB2312", "楷体_GB2312", "宋体", "方正小标宋简体"
_ALTERNATIVES = {_FANG: "仿宋", _KAI: "楷体", _TITLE: "华文中宋", _HEI: "SimHei", _SONG: "SimSun"}
"""What an office has where it lacks the font that the standard names."""
_TIMES, _CALIBRI, _YAHEI = "Times New Roman", "Calibri", "微软雅黑"
STYLES: Mapping[Language, Style] = {
    "zh": Style(
        "zh-CN",
        (37, 26, 35, 28),
        {
            "Title": Font(_TITLE, _TIMES, 22),
            "Subtitle": Font(_KAI, _TIMES, 16),
            "Heading 1": Font(_HEI, _TIMES, 16),
            "Heading 2": Font(_KAI, _TIMES, 16),
            "Body Text": Font(_FANG, _TIMES, 16),
            "List Number": Font(_FANG, _TIMES, 16),
            "Caption": Font(_HEI, _TIMES, 14),
            "Note": Font(_SONG, _TIMES, 10.5),
            "Table Text": Font(_SONG, _TIMES, 9),
            "Table Head": Font(_HEI, _TIMES, 9),
        },
        lines=28.5,
        indent=2,
        small=9,
        centred=True,
        dashes=True,
    ),
    "en": Style(
        "en-GB",
        (25, 25, 25, 25),
        {
            "Title": Font(_YAHEI, _CALIBRI, 18, bold=True),
            "Subtitle": Font(_YAHEI, _CALIBRI, 11),
            "Heading 1": Font(_YAHEI, _CALIBRI, 13, bold=True),
            "Heading 2": Font(_YAHEI, _CALIBRI, 11, bold=True),
            "Body Text": Font(_SONG, _CALIBRI, 11),
            "List Number": Font(_SONG, _CALIBRI, 11),
            "Caption": Font(_YAHEI, _CALIBRI, 11, bold=True),
            "Note": Font(_SONG, _CALIBRI, 9),
            "Table Text": Font(_SONG, _CALIBRI, 9),
            "Table Head": Font(_YAHEI, _CALIBRI, 9, bold=True),
        },
        lines=None,
        indent=0,
        small=9,
        centred=False,
        dashes=False,
    ),
}
_TABLE_STYLES = ("Table Text", "Table Head", "Note")
_INK = RGBColor(0, 0, 0)
_MIDNIGHT = dt.time(0, 0)
NARROW = 0.55
"""How wide a Latin letter is, in Chinese characters."""
_LAST_NARROW = 0x2E7F


def set_up(document: Document, title: str, day: dt.date, style: Style) -> None:
    """Make page, styles, page numbers and properties of an empty document those of ``style``."""
    _fonts_that_stand_in(document)
    for name, font in style.fonts.items():
        _paragraph_style(document, name, font, style)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = map(Mm, style.margins)
    page.footer_distance = Mm(style.margins[2] - 10)
    _page_numbers(document, page, style)
    said = document.core_properties
    said.title, said.author, said.comments = title, "innograph", ""
    said.language = style.language
    said.created = said.modified = dt.datetime.combine(day, _MIDNIGHT)


def _paragraph_style(document: Document, name: str, font: Font, style: Style) -> None:
    styles = document.styles
    add = cast("Any", styles).add_style
    made = cast("ParagraphStyle", styles[name] if name in styles else add(name, WD_STYLE_TYPE.PARAGRAPH))
    _set_font(made, font, style)
    layout = made.paragraph_format
    layout.widow_control = True
    layout.space_before = layout.space_after = Pt(0)
    layout.left_indent = layout.right_indent = Pt(0)
    if name in _TABLE_STYLES:
        layout.line_spacing = 1.0
        layout.space_before = layout.space_after = Pt(1)
    elif style.lines:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.lines)
    else:
        layout.line_spacing, layout.space_after = 1.15, Pt(6)
    if name in ("Title", "Subtitle"):
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if style.centred else WD_ALIGN_PARAGRAPH.LEFT
        layout.space_after = Pt(font.size if name == "Subtitle" else font.size / 4)
        if style.lines:
            layout.line_spacing = Pt(style.lines * font.size / 18 if name == "Title" else style.lines)
    elif style.indent and name in ("Heading 1", "Heading 2", "Body Text", "List Number"):
        layout.first_line_indent = Pt(font.size * style.indent)
        layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if name == "Body Text" else WD_ALIGN_PARAGRAPH.LEFT
    elif name == "List Number":
        layout.left_indent, layout.first_line_indent = Mm(7), Mm(-7)
    if name.startswith("Heading"):
        layout.keep_with_next = True
        layout.space_before = Pt(0 if style.lines else 12)
    if name in ("Caption", "Note"):
        layout.space_before = layout.space_after = Pt(4)
    _plain(made)


def _plain(style: ParagraphStyle) -> None:
    """Take from a style what Word's template draws: rules under titles, automatic numbers, gaps between Chinese and Latin."""
    properties = cast("Any", style.element).get_or_add_pPr()
    for tag in ("w:pBdr", "w:numPr", "w:contextualSpacing"):
        for found in properties.findall(qn(tag)):
            properties.remove(found)


def _set_font(style: ParagraphStyle, font: Font, look: Style) -> None:
    made = style.font
    made.name, made.size, made.bold, made.italic = font.latin, Pt(font.size), font.bold, False
    made.color.rgb = _INK
    properties = cast("Any", style.element).get_or_add_rPr()
    fonts = properties.rFonts
    for attribute in list(fonts.attrib):
        if "Theme" in str(attribute):
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), font.east)
    fonts.set(qn("w:cs"), font.latin)
    if look.language.startswith("zh"):
        fonts.set(qn("w:hint"), "eastAsia")  # else quotation marks come out in the Latin font, half as wide
    for found in properties.findall(qn("w:spacing")) + properties.findall(qn("w:kern")):
        properties.remove(found)
    latin = look.language if look.language.startswith("en") else "en-US"
    properties.append(_element("w:lang", {"w:val": latin, "w:eastAsia": "zh-CN"}))


def _fonts_that_stand_in(document: Document) -> None:
    """Say which font stands in for one that is not installed."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _ALTERNATIVES.items()
    )
    cast("Any", part)._blob = part.blob.replace(b"</w:fonts>", f"{told}</w:fonts>".encode())


def _page_numbers(document: Document, page: Section, style: Style) -> None:
    """Number the pages: between dashes and outside, as official documents do, or in the middle."""
    if not style.dashes:
        foot = page.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field(foot, "PAGE")
        return
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (page.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        foot = footer.paragraphs[0]
        foot.alignment = side
        foot.paragraph_format.left_indent = foot.paragraph_format.right_indent = Pt(14)
        foot.add_run("— ")
        field(foot, "PAGE")
        foot.add_run(" —")
        for run in foot.runs:
            run.font.size, run.font.name = Pt(14), _SONG


def field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that Word works out, such as the page's number."""
    for kind in ("begin", "", "end"):
        mark = _element("w:fldChar", {"w:fldCharType": kind}) if kind else _element("w:instrText")
        if not kind:
            mark.text = instruction
        cast("Any", paragraph.add_run())._r.append(mark)


def keep_row(row: _Row, *, head: bool = False) -> None:
    """Keep a row on one page; repeat it on each page if it is the head of its table."""
    properties = cast("Any", row)._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if head:
        properties.append(_element("w:tblHeader"))


def shade(cell: _Cell) -> None:
    """Give a cell of a head its grey."""
    _properties(cell).append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EFEFEF"}))


def turn(cell: _Cell, text: str) -> float:
    """Write a cell downwards, and return how many characters long it is; Latin letters lie on their side, half as long."""
    margins = _element("w:tcMar")
    for side in ("w:left", "w:right"):
        margins.append(_element(side, {"w:w": "0", "w:type": "dxa"}))
    _properties(cell).append(margins)
    _properties(cell).append(_element("w:textDirection", {"w:val": "tbRl"}))
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return sum(NARROW if is_narrow(letter) else 1.0 for letter in text)


def is_narrow(letter: str) -> bool:
    """Whether a letter is no wider than a Latin one.

    Examples:
        >>> is_narrow("a"), is_narrow("局")
        (True, False)
    """
    return ord(letter) <= _LAST_NARROW


def _properties(cell: _Cell) -> Any:
    return cast("Any", cell)._tc.get_or_add_tcPr()


def _element(tag: str, values: Mapping[str, str] | None = None) -> Any:
    """Return an element of Word's XML; python-docx does not say of what type its elements are."""
    made = cast("Any", oxml).OxmlElement(tag)
    for name, value in (values or {}).items():
        made.set(qn(name), value)
    return made
