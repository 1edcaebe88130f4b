"""Formulas of a workbook whose result was never saved: the cell looks empty to whoever reads values.

Spreadsheet programs save what a formula gave. Files made by scripts and web exports often have the formula alone, until
somebody opens and saves them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue
from innograph.graph.records import Locator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sheet_parts import SheetParts

_FORMULA = re.compile(
    rb"<(?:\w{1,20}:)?c\s(?P<cell>[^<>]*[^<>/])>\s*"
    rb"<(?:\w{1,20}:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w{1,20}:)?f>)\s*"
    rb"(?:<(?:\w{1,20}:)?v\s*/>|<(?:\w{1,20}:)?v></(?:\w{1,20}:)?v>)?\s*</(?:\w{1,20}:)?c>"
)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_TEXT = re.compile(rb"\bt=\"str\"")


def unsaved_formulas(parts: SheetParts, sheet: str) -> Iterator[Issue]:
    """Yield one issue for a sheet in which formulas have no saved result, at the first of them.

    A formula that gave an empty text was saved as one and is none of them.

    Args:
        parts: of the workbook.
        sheet: its name.

    Raises:
        ValueError: the sheet is damaged.
    """
    text = parts.text_of(sheet)
    if b":f" not in text and b"<f" not in text:
        return
    found = [match.group("cell") for match in _FORMULA.finditer(text)]
    places = [place for cell in found if not _TEXT.search(cell) for place in _PLACE.findall(cell)]
    if places:
        letters, row = places[0]
        first = Locator(sheet=sheet, row=int(row), column=_column(letters))
        yield Issue("workbook.formula-unsaved", first, values={"count": len(places)})


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
