"""Which cells of a workbook (.xlsx, .xlsm) are shown as percentages, and with how many digits.

A workbook stores 1.8% as 0.018; only the cell's style says that people see a percentage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sheet_parts import SheetParts

_BUILT_IN = {"9": "0%", "10": "0.00%"}
# What a format shows as it stands: "…", \x, [Red], and the width of a character: _x, *x.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]|[_*].')
_DECIMALS = re.compile(r"\.(?P<always>0*)(?P<maybe>[#?]*)")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_DECIMALS = 15
_LARGEST = 1e9


@dataclass(frozen=True, slots=True)
class Percentage:
    """How a percentage is shown: with so many digits behind the point, of which so many even where they are zero."""

    always: int
    most: int

    def show(self, value: float) -> str | None:
        """Return a stored number as people see it; ``None`` for what is no number of sense, such as infinity.

        Examples:
            >>> Percentage(1, 1).show(0.018), Percentage(0, 2).show(0.65), Percentage(0, 0).show(0.125)
            ('1.8%', '65%', '13%')
        """
        if not abs(value) < _LARGEST:
            return None
        exact = Decimal(f"{value:.15g}") * 100
        text = f"{exact.quantize(Decimal(1).scaleb(-self.most), ROUND_HALF_UP):f}"
        whole, _, digits = text.partition(".")
        digits = digits[: self.always] + digits[self.always :].rstrip("0")
        return f"{whole}.{digits}%" if digits else f"{whole}%"


def percentage(code: str) -> Percentage | None:
    """Return how the number format ``code`` shows percentages, or ``None`` where it shows none.

    Examples:
        >>> percentage("0.0%"), percentage("#,##0.0#%;[Red]-0%"), percentage('0.0"%"')
        (Percentage(always=1, most=1), Percentage(always=1, most=2), None)
    """
    shown = _LITERAL.sub("", code).partition(";")[0]
    if "%" not in shown:
        return None
    decimals = _DECIMALS.search(shown)
    always, maybe = (len(decimals.group("always")), len(decimals.group("maybe"))) if decimals else (0, 0)
    return Percentage(min(always, _MOST_DECIMALS), min(always + maybe, _MOST_DECIMALS))


class Percentages:
    """The cells of a workbook that are shown as percentages, sheet by sheet.

    Args:
        parts: of the workbook.

    Raises:
        ValueError: a part of it is damaged or no XML.
    """

    def __init__(self, parts: SheetParts) -> None:
        self._parts = parts
        self._styles = dict(self._read_styles())

    def of(self, sheet: str) -> dict[tuple[int, int], Percentage]:
        """Return how each such cell of a sheet is shown, by its row and column from 0."""
        path = self._parts.path_of(sheet) if self._styles else ""
        return dict(self._cells(path)) if path else {}

    def _read_styles(self) -> Iterator[tuple[str, Percentage]]:
        """The number of each style that shows percentages, as cells name it."""
        if "xl/styles.xml" not in self._parts:
            return
        codes, styles = dict(_BUILT_IN), 0
        of_cells = False
        for element in self._parts.elements("xl/styles.xml", "numFmt", "cellStyleXfs", "cellXfs", "xf"):
            number = element.get("numFmtId") or ""
            if element.tag.endswith("}numFmt"):
                codes[number] = element.get("formatCode") or ""
            elif not element.tag.endswith("}xf"):
                of_cells = element.tag.endswith("}cellXfs")
            elif of_cells:
                if shown := percentage(codes.get(number, "")):
                    yield str(styles), shown
                styles += 1

    def _cells(self, path: str) -> Iterator[tuple[tuple[int, int], Percentage]]:
        row = column = -1
        for element in self._parts.elements(path, "row", "c"):
            if element.tag.endswith("}row"):
                number = element.get("r") or ""
                row, column = int(number) - 1 if number.isdecimal() and len(number) < 8 else row + 1, -1
                continue
            place = _REFERENCE.fullmatch(element.get("r") or "")
            column = _column(place.group(1)) if place else column + 1
            shown = self._styles.get(element.get("s") or "")
            if shown:
                yield (row, column), shown


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
