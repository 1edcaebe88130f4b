"""Writing workbooks: what came from elsewhere stays text, whatever it begins with, and a file is written whole or not."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, cast

from innograph.graph.disk import DISK_FULL
from innograph.graph.errors import InputError, NoPermission, NoSpace
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from openpyxl.cell.cell import Cell

#: As many characters as a cell of a spreadsheet holds.
LONGEST_CELL = 32_767
#: As many rows as a sheet of a spreadsheet has.
MOST_ROWS = 1_048_576
_LONGEST_TITLE = 31
# What XML cannot hold; a lone half of a surrogate pair comes from JSON.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = ("=", "+", "-", "@", "#")
_CUT = "…"


def safe_text(text: str, longest: int = LONGEST_CELL) -> str:
    r"""Return ``text`` as a cell can hold it: characters that XML refuses become �, and what is too long is cut.

    Examples:
        >>> safe_text("a\x00b\nc"), safe_text("abcdef", 4), len(safe_text("x" * 40000))
        ('a�b\nc', 'abc…', 32767)
    """
    if not text.isprintable():
        text = _UNWRITABLE.sub("\ufffd", text)
    return text if len(text) <= longest else text[: longest - 1] + _CUT


def may_be_run(text: str) -> bool:
    """Whether a spreadsheet, or openpyxl for it, could take ``text`` for more than text."""
    return text.startswith(_SPECIAL)


def put(cell: Cell, text: str) -> None:
    """Make ``text`` the cell's value, and keep it text: no formula, no error value."""
    cell.value = safe_text(text)
    cell.data_type = "s"
    if may_be_run(text):
        # Else it becomes a formula as soon as somebody edits the cell.
        cell.quotePrefix = True


def sheet_title(wanted: str, taken: Collection[str]) -> str:
    """Return a name that a worksheet may have, as near to ``wanted`` as can be.

    Args:
        wanted: any text.
        taken: the names of the other sheets, which case does not tell apart.

    Examples:
        >>> sheet_title("名单[2022]/终稿", []), sheet_title("a", ["A", "A 2"]), len(sheet_title("x" * 99, []))
        ('名单 2022  终稿', 'a 3', 31)
        >>> sheet_title("''", [])
        'Sheet'
    """
    known = {name.casefold() for name in taken} | {"history"}
    base = _NOT_IN_TITLES.sub(" ", wanted)[:_LONGEST_TITLE].strip().strip("'").strip() or "Sheet"
    title, number = base, 1
    while title.casefold() in known:
        number += 1
        title = f"{base[: _LONGEST_TITLE - len(str(number)) - 1]} {number}"
    return title


def check_output(out: Path, *, source: Path | None = None, force: bool) -> None:
    """Refuse to write over the file that is read, and over any other without ``force``.

    Args:
        out: the file to be written.
        source: the file that is read.
        force: whether an older file may go.

    Raises:
        InputError: it must not be written.
    """
    if source and out.exists() and source.exists() and out.samefile(source):
        raise InputError(
            file=str(out),
            problem=Text("这是要检查的文件本身", "it is the very file that is read"),
            hint=Text("请换一个输出文件名", "Give the output another name"),
        )
    if out.is_dir() or (out.exists() and not force):
        raise InputError(
            file=str(out),
            problem=Text("已有同名文件或文件夹，没有覆盖", "it exists already and was not overwritten"),
            hint=Text("请换一个文件名，或加 --force", "Give another name, or add --force"),
        )


def write_whole(out: Path, write: Callable[[Path], None]) -> None:
    """Have ``write`` make a file that takes the place of ``out`` when all of it is there.

    Raises:
        NoPermission: it may not be written.
        NoSpace: the disk is full.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write(part)
        part.replace(out)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise NoSpace(path=out) from None
        raise NoPermission(path=out) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def link_to(title: str, place: str) -> str:
    """Return the address of a cell of the same workbook.

    Examples:
        >>> link_to("it's", "C12")
        "'it''s'!C12"
    """
    return "'{}'!{}".format(title.replace("'", "''"), place)


def as_cell(cell: object) -> Cell:
    """Return what openpyxl gives as a cell that can be written: its own types also allow for covered ones."""
    return cast("Cell", cell)
