"""Web pages: the article's paragraphs and tables, without the site around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.records import Locator
from innograph.graph.text import Text

from ..document import DocumentBuilder
from .grid import Grid, GridTooLarge
from .page import SOURCE_BREAK, article, boxes_of, rows_of, text_of
from .refusing import DELETE_STRAY_CELLS, SAVE_AS, TOO_LARGE_TABLE, refuse
from .text import check_text, decode, issues_of_decoding

if TYPE_CHECKING:
    from ..document import Document
    from .page import Box

_DEEPEST = 1000
# Comments and scripts are passed over whole; one that never ends takes the rest, so that each character is met once.
_TAG = re.compile(
    r"<!--(?:-?>|.*?--!?>|.*)|<(?:script|style)(?=[\s/>])(?:.*?</(?:script|style)|.*)|<(/?)([a-z][a-z0-9]{0,20})",
    re.IGNORECASE | re.DOTALL,
)
# Tags that a page may leave open, since the next of their kind closes them, and those that hold nothing.
_NEVER_NESTED = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "optgroup",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "a",
        "html",
        "head",
        "body",
        "br",
        "img",
        "hr",
        "input",
        "meta",
        "link",
        "col",
        "colgroup",
        "area",
        "base",
        "embed",
        "source",
        "track",
        "wbr",
        "param",
    ]
)
_ENTITIES = re.compile(r"<!DOCTYPE[^>\[]{0,1000}\[|<!ENTITY", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:-]{1,40})")
_CLOSED_AT_ONCE = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]*)/>")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_OTHER_ENCODINGS = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_CHINESE = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·"
_SPACE = rf"[ \t\r\f{SOURCE_BREAK}]"
_BROKEN_WORDS = re.compile(rf"(?<=[{_CHINESE}])(?:[ \t\r\f]*+){SOURCE_BREAK}(?:{_SPACE}*+)(?=[{_CHINESE}])")
_SPACES = re.compile(f"{_SPACE}+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"))


def read_html(name: str, data: bytes) -> Document:
    """Read an HTML or XHTML page.

    Raises:
        InputError: it declares entities, is nested absurdly deep, or is no text.
    """
    text, encoding = _decoded(data)
    check_text(name, text)
    if _ENTITIES.search(text):
        problem = Text("文件声明了实体，不允许", "the file declares entities, which is not allowed")
        refuse(name, problem, SAVE_AS)
    if _depth(text) > _DEEPEST:
        refuse(name, Text("网页嵌套过深", "the page is nested too deeply"), SAVE_AS)
    if text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        text = _CLOSED_AT_ONCE.sub(_opened, text)
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(text).root
    builder = DocumentBuilder(name)
    try:
        if root is not None:
            _fill(builder, boxes_of(root))
    except GridTooLarge:
        refuse(name, TOO_LARGE_TABLE, DELETE_STRAY_CELLS)
    return builder.build(issues_of_decoding(text, encoding))


def _fill(builder: DocumentBuilder, page: Box) -> None:
    tables = 0
    for number, part in enumerate((part for part in article(page) if not isinstance(part, str) or _clean(part)), 1):
        if isinstance(part, str):
            builder.paragraph(_clean(part), Locator(paragraph=number))
            continue
        tables += 1
        _add_table(builder, part, Locator(paragraph=number, table=tables))


def _add_table(builder: DocumentBuilder, table: Box, place: Locator) -> None:
    for caption in table.boxes:
        if caption.tag == "caption":
            builder.paragraph(_clean(text_of(caption)), place)
    grid = Grid()
    for row in rows_of(table):
        grid.new_row()
        for cell in row:
            grid.add(_clean(text_of(cell)), cell.width, cell.height)
    builder.table(grid.drafts(lambda row, column: Locator(table=place.table, row=row, column=column)), place)


def _decoded(data: bytes) -> tuple[str, str]:
    """Decode as the bytes say; a page's own word counts only where they do not."""
    said = _CHARSET.search(data[:4096])
    other = _OTHER_ENCODINGS.get(said.group(1).decode("ascii").lower()) if said else None
    if other:
        try:
            return data.decode(other), other
        except UnicodeDecodeError:
            pass
    return decode(data)


def _depth(text: str) -> int:
    """How deep elements that need an end are nested; a parser's work grows with the square of it."""
    depth = deepest = 0
    for match in _TAG.finditer(text):
        end, tag = match.groups()
        if tag and tag.lower() not in _NEVER_NESTED:
            depth = max(depth - 1, 0) if end else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _opened(match: re.Match[str]) -> str:
    """``<p/>`` of XML as HTML has it: there, only some elements may end at once."""
    tag, attributes = match.groups()
    return match.group() if tag.lower() in _VOID else f"<{tag}{attributes}></{tag}>"


def _clean(text: str) -> str:
    r"""Return the lines of ``text`` as a browser shows them; a break in the source parts no Chinese words.

    Examples:
        >>> _clean("  一、\x00  目标 \x00 A \x00 B\n 二、任务")
        '一、目标 A B\n二、任务'
    """
    shown = _SPACES.sub(" ", _BROKEN_WORDS.sub("", text.translate(_INVISIBLE)))
    return "\n".join(line for line in (line.strip() for line in shown.split("\n")) if line)
