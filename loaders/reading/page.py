"""A web page as boxes: what a reader sees of it, and what of that is the article and not the site around it.

Nothing here knows any site. Text in links is navigation; text with full stops or numbered headings is prose. A box
without prose in which links have a share goes; so does one with little prose and many links beside much prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "footer",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "iframe",
        "object",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
        "datalist",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "section",
        "article",
        "main",
        "header",
        "center",
        "pre",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "hr",
        "address",
        "figure",
        "figcaption",
        "fieldset",
        "legend",
        "form",
        "details",
        "summary",
    ]
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"[\s\u3000\x00]{0,40}(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,5}[章条])"
)
_SENTENCE = re.compile("[。；]")
_ATTACHED = re.compile(r"\s{0,20}附\s?[件表]")
_LINK_SHARE = 0.2
_MANY_LINKS = 3
_MANY_BLOCKS = 3
_MUCH_MORE = 10
_FULL_CELL = 0.8
_LONG_CELL = 400
_LARGEST_SPAN = 65_534
# What stands in a box's text for a line feed in the source, which is but a space to a browser.
SOURCE_BREAK = "\x00"


@dataclass(slots=True, eq=False)
class Box:
    """A block of the page: text and boxes in order, and what is in it all together.

    Args:
        tag: its element.
        width: columns that a cell covers.
        height: rows that a cell covers.
        parts: text as it stands, with a line feed for a break, and boxes.
        length: characters of text.
        linked: characters of text in links.
        links: how many links.
        prose: characters of text that reads as an article does.
        numbered: whether a numbered heading is in it.
        layout: of a table, whether it holds no data but parts of the page.
    """

    tag: str
    width: int = 1
    height: int = 1
    parts: list[str | Box] = field(default_factory=list["str | Box"])
    length: int = 0
    linked: int = 0
    links: int = 0
    prose: int = 0
    numbered: bool = False
    layout: bool = False
    own_linked: int = 0
    columns: int = 0
    cells: int = 0
    blocks: int = 0
    tables: int = 0
    largest: int = 0
    largest_mixed: bool = False

    @property
    def boxes(self) -> Iterator[Box]:
        """The boxes directly in it."""
        return (part for part in self.parts if isinstance(part, Box))

    @property
    def is_data(self) -> bool:
        """True for a table of data."""
        return self.tag == "table" and not self.layout


def boxes_of(root: LexborNode) -> Box:
    """Return the page below ``root`` as boxes, without what is never seen."""
    return _Builder().build(root)


class _Builder:
    """Walks the tree without recursion: how deep a page is nested is up to who wrote it."""

    def __init__(self) -> None:
        self._open: list[Box] = [Box("html")]
        self._tables: list[Box] = []
        self._in_link = 0

    def build(self, root: LexborNode) -> Box:
        waiting: list[tuple[LexborNode, bool]] = [(root, False)]
        while waiting:
            node, seen = waiting.pop()
            tag = node.tag or ""
            if seen:
                self._leave(tag)
                continue
            if tag == "-text":
                self._text(node.text_content or "")
                continue
            attributes = node.attributes if tag[:1].isalpha() else {}
            if tag in _UNSEEN or not tag[:1].isalpha() or _is_hidden(attributes):
                continue
            is_link = tag == "a" and attributes.get("href") is not None
            if tag == "br":
                self._open[-1].parts.append("\n")
                continue
            self._enter(tag, attributes, is_link=is_link)
            if is_link or tag in _BLOCKS:
                waiting.append((node, True))
            below: list[tuple[LexborNode, bool]] = []
            child = node.child
            while child is not None:
                below.append((child, False))
                child = child.next
            waiting.extend(reversed(below))
        return self._close(self._open.pop())

    def _enter(self, tag: str, attributes: dict[str, str | None], *, is_link: bool) -> None:
        if is_link:
            self._in_link += 1
            self._open[-1].links += 1
        if tag not in _BLOCKS:
            return
        box = Box(tag, _span(attributes.get("colspan")), _span(attributes.get("rowspan"), _LARGEST_SPAN))
        self._open[-1].parts.append(box)
        self._open.append(box)
        if tag == "table":
            box.layout = attributes.get("role") in ("presentation", "none")
            self._tables.append(box)

    def _leave(self, tag: str) -> None:
        if tag not in _BLOCKS:
            self._in_link -= 1
            return
        box = self._close(self._open.pop())
        parent = self._open[-1]
        for name in ("length", "linked", "links", "prose", "blocks", "tables"):
            setattr(parent, name, getattr(parent, name) + getattr(box, name))
        parent.blocks += 1
        parent.numbered |= box.numbered
        if tag == "table":
            self._tables.pop()
            parent.tables += 1
        elif self._tables:
            self._weigh(self._tables[-1], box)

    @staticmethod
    def _weigh(table: Box, part: Box) -> None:
        """Note of a row or cell of ``table`` what tells whether it is a table of data."""
        if part.tag == "tr":
            table.columns = max(table.columns, sum(box.width for box in part.boxes if box.tag in _CELLS))
        elif part.tag in _CELLS:
            table.cells += bool(part.length)
            unlinked = part.length - part.linked
            if unlinked > table.largest:
                table.largest = unlinked
                is_part_of_page = bool(part.tables) or part.blocks >= _MANY_BLOCKS
                table.largest_mixed = is_part_of_page and (part.numbered or unlinked > _LONG_CELL)

    def _text(self, text: str) -> None:
        box = self._open[-1]
        box.parts.append(text if box.tag == "pre" else text.replace("\n", SOURCE_BREAK))
        words = len(text.strip())
        box.length += words
        if self._in_link:
            box.linked += words
            box.own_linked += words

    def _close(self, box: Box) -> Box:
        """Weigh the box's own text, and say of a table whether it is one."""
        own = "".join(part for part in box.parts if isinstance(part, str))
        unlinked = len(own.strip()) - box.own_linked
        if unlinked > 0:
            box.numbered = box.numbered or bool(_NUMBERED.match(own))
            if box.numbered or _SENTENCE.search(own):
                box.prose += unlinked
        if box.tag == "table":
            mostly_one = box.largest > _FULL_CELL * (box.length - box.linked)
            one_column = box.columns <= 1
            box.layout = box.layout or box.cells <= 1 or one_column or (mostly_one and box.largest_mixed)
            if not box.layout:
                box.prose = max(box.prose, box.length - box.linked)
        return box


def article(page: Box) -> Iterator[str | Box]:
    """Yield the paragraphs and data tables of the article on the page, in order."""
    waiting: list[Iterator[str | Box]] = [iter(page.parts)]
    words: list[str] = []
    while waiting:
        part = next(waiting[-1], None)
        if isinstance(part, str):
            words.append(part)
            continue
        if words:
            yield "".join(words)
            words.clear()
        if part is None:
            waiting.pop()
        elif part.is_data:
            yield part
        else:
            waiting.append(iter(_kept(part)))


def _kept(box: Box) -> list[str | Box]:
    """What of a box belongs to the article."""
    if _is_navigation(box):
        return []
    most = max((part.prose for part in box.boxes), default=0)
    return [part for part in box.parts if isinstance(part, str) or not _is_aside(part, most)]


def _is_navigation(box: Box) -> bool:
    if box.prose or not box.links:
        return False
    if not any(box.boxes) and _ATTACHED.match("".join(part for part in box.parts if isinstance(part, str))):
        return False
    return box.links >= _MANY_LINKS or box.linked >= _LINK_SHARE * box.length


def _is_aside(box: Box, most: int) -> bool:
    return not box.numbered and box.links >= _MANY_LINKS and box.prose * _MUCH_MORE < most


def text_of(cell: Box) -> str:
    """Return the words of a cell, a line a block, those of tables in it too."""
    lines: list[str] = []
    waiting: list[Iterator[str | Box]] = [iter(cell.parts)]
    words: list[str] = []
    while waiting:
        part = next(waiting[-1], None)
        if isinstance(part, str):
            words.append(part)
            continue
        lines.append("".join(words))
        words.clear()
        if part is None:
            waiting.pop()
        else:
            waiting.append(iter(part.parts))
    return "\n".join(lines)


def rows_of(table: Box) -> Iterator[list[Box]]:
    """Yield the cells of each row of a table, and none of a table inside."""
    waiting = [table.boxes]
    while waiting:
        box = next(waiting[-1], None)
        if box is None:
            waiting.pop()
        elif box.tag == "tr":
            yield [cell for cell in box.boxes if cell.tag in _CELLS]
        elif box.tag != "table":
            waiting.append(box.boxes)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN.search((attributes.get("style") or "")[:1000]))
    )


def _span(text: str | None, of_zero: int = 1) -> int:
    digits = (text or "1").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 6):
        return 1
    return int(digits) or of_zero
