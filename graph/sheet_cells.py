"""How spreadsheet programs name a cell: ``名单!C12``."""

from __future__ import annotations

import re
from functools import lru_cache

_PLAIN = re.compile(r"[^\W\d][\w.]*")
# Without quotes a program would take it for a cell: ``AB7``, ``R1C1``, ``R``, ``C3``.
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|R\d*(?:C\d*)?|C\d*", re.IGNORECASE | re.ASCII)
_LETTERS = 26


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """Return the letters of a column.

    Args:
        number: of the column, from 1.

    Examples:
        >>> column_letters(3), column_letters(26), column_letters(27), column_letters(703)
        ('C', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def quoted_sheet(name: str) -> str:
    """Return the name of a worksheet as it stands before ``!``: in quotes unless it is one word that is no cell.

    Examples:
        >>> quoted_sheet("名单"), quoted_sheet("2022年 名单"), quoted_sheet("it's"), quoted_sheet("AB7")
        ('名单', "'2022年 名单'", "'it''s'", "'AB7'")
    """
    if _PLAIN.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name):
        return name
    return "'{}'".format(name.replace("'", "''"))


def cell_name(sheet: str, row: int, column: int) -> str:
    """Return the name of a cell.

    Args:
        sheet: the worksheet's name.
        row: number of the row, from 1.
        column: number of the column, from 1.

    Examples:
        >>> cell_name("名单", 12, 3), cell_name("第 1 批", 12, 3)
        ('名单!C12', "'第 1 批'!C12")
    """
    return f"{quoted_sheet(sheet)}!{column_letters(column)}{row}"
