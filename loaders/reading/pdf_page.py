"""One page of a PDF as pdfium sees it: letters with their places, ruling lines, and how much of it is a picture.

Coordinates come out upright, from the lower left corner of the visible page, whichever way the page is turned: most
letters of a page run from left to right.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from .pdf_rules import Rule, read_drawing
from .pdfium import raw

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_LETTERS = 50_000
_RIGHT_ANGLE = math.pi / 2
_TILTED = math.radians(8)
_REPLACEMENT = {0xFFFD, 0xFFFE, 0xFFFF}
_WHOLE_PLANE = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class PageTooLarge(Exception):
    """A page holds absurdly many letters or drawings."""


class Letter(NamedTuple):
    """A letter: its box from left to right, its base line, its size, and whether a typed space stands before it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    spaced: bool


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page before anything is made of it.

    Args:
        width: of the visible page, upright, in points.
        height: of the visible page.
        letters: in the order of the file.
        rules: lines along the sides of the page.
        pictured: the share of the page that its largest picture covers.
        unreadable: how many letters say nothing of which they are.
        objects: how many letters, lines and pictures are drawn on it.
    """

    width: float
    height: float
    letters: list[Letter]
    rules: list[Rule]
    pictured: float
    unreadable: int
    objects: int


class _Found(NamedTuple):
    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    angle: float
    spaced: bool


def read_page(page: Any) -> RawPage:
    """Read a page of pypdfium2, which has no types.

    Raises:
        PageTooLarge: it holds more letters or drawings than a page can.
    """
    left, bottom, right, top = page.get_cropbox()
    width, height = abs(right - left), abs(top - bottom)
    left, bottom = min(left, right), min(bottom, top)
    found, unreadable = _letters(page)
    drawing = read_drawing(page.raw)
    quarter = _most_common_quarter(found)
    turn = _turn(quarter, left, bottom, width, height)
    letters: list[Letter] = []
    wide, high = (height, width) if quarter % 2 else (width, height)
    for letter in found:
        if abs(math.remainder(letter.angle - quarter * _RIGHT_ANGLE, 2 * math.pi)) > _TILTED:
            continue  # a stamp or watermark across the page
        x0, y0 = turn(letter.box[0], letter.box[1])
        x1, y1 = turn(letter.box[2], letter.box[3])
        base = turn(*letter.origin)[1]
        if -1 <= (x0 + x1) / 2 <= wide + 1 and -1 <= (y0 + y1) / 2 <= high + 1:
            letters.append(Letter(letter.text, min(x0, x1), max(x0, x1), base, letter.size, letter.spaced))
    rules = [Rule(*turn(rule.x0, rule.y0), *turn(rule.x1, rule.y1)) for rule in drawing.rules]
    pictured = drawing.largest_picture / (width * height) if width * height else 0.0
    return RawPage(wide, high, letters, rules, pictured, unreadable, drawing.objects)


def _letters(page: Any) -> tuple[list[_Found], int]:
    """All letters but spaces, and how many the file gives no meaning."""
    pdfium = raw()
    text_page = page.get_textpage()
    try:
        handle, count = text_page.raw, text_page.count_chars()
        if count > MOST_LETTERS:
            raise PageTooLarge
        found: list[_Found] = []
        unreadable = 0
        spaced = False
        box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(handle, index)
            if pdfium.FPDFText_IsGenerated(handle, index) == 1:
                continue
            if _is_unreadable(code) or pdfium.FPDFText_HasUnicodeMapError(handle, index) == 1:
                unreadable += 1
                continue
            text = chr(code)
            if text.isspace() or code < 0x20 or code == 0xAD or 0x200B <= code <= 0x200F or code == 0xFEFF:
                spaced = spaced or text.isspace()
                continue
            if not (
                pdfium.FPDFText_GetLooseCharBox(handle, index, box)
                and pdfium.FPDFText_GetMatrix(handle, index, matrix)
                and pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
            ):
                continue
            size = pdfium.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
            numbers = (box.left, box.bottom, box.right, box.top, x.value, y.value, size)
            if all(map(math.isfinite, numbers)) and 0 < size < 1000:
                angle = math.atan2(matrix.b, matrix.a)
                found.append(_Found(text, numbers[:4], (x.value, y.value), size, angle, spaced))
                spaced = False
        return found, unreadable
    finally:
        text_page.close()


def _is_unreadable(code: int) -> bool:
    return code in _REPLACEMENT or code > _WHOLE_PLANE or code in _SURROGATES or code == 0


def _most_common_quarter(found: list[_Found]) -> int:
    """Which way most letters run: 0 to the right, 1 upwards, 2 to the left, 3 downwards."""
    quarters = Counter(round(letter.angle / _RIGHT_ANGLE) % 4 for letter in found)
    return quarters.most_common(1)[0][0] if quarters else 0


def _turn(
    quarter: int, left: float, bottom: float, width: float, height: float
) -> Callable[[float, float], tuple[float, float]]:
    """What turns a point of the page so that its letters run to the right."""

    def turn(x: float, y: float) -> tuple[float, float]:
        x, y = x - left, y - bottom
        if quarter == 1:
            return y, width - x
        if quarter == 2:
            return width - x, height - y
        if quarter == 3:
            return height - y, x
        return x, y

    return turn
