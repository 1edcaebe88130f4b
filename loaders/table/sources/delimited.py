"""Rows of .csv, .tsv and .txt: any separator, quoted line breaks, the numbers a spreadsheet shows.

Python's csv module does the splitting, and not pandas: pandas neither numbers the records nor says where a quote that is
never closed was opened, and it mends, drops or pads what a person should be told of.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NoReturn

from innograph.graph.text import Text

from ...reading.refusing import DELETE_STRAY_CELLS, refuse
from .heading import MOST_HEADS
from .model import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from .decoding import Decoded
    from .model import IsHeader, Line

SEPARATORS = ",\t;|，"
#: As many as a spreadsheet has.
MOST_COLUMNS = 16_384
_SAMPLE = 256 * 1024
_LONGEST_LINE = 8 * 1024**2
_MOST_LINES = 10_000
_MEND_QUOTES = Text(
    "含分隔符、引号或换行的单元格要用一对英文引号括起，其中的英文引号写两遍",
    'Put a cell that holds a separator, quote or line break between a pair of ", and write a " inside it twice',
)
_CHECK_SEPARATORS = Text("请检查分隔符、引号和换行", "Check separators, quotes and line breaks")


def read_delimited(decoded: Decoded, is_header: IsHeader) -> Grid:
    """Return a text file's table.

    Args:
        decoded: the file.
        is_header: decides between separators.
    """
    with decoded.text() as text:
        sample = text.read(_SAMPLE)
    separator = separator_of(sample, is_header)
    plain = all(len(cells) == 1 for cells in _sampled(sample, separator))
    return Grid(
        decoded.stream.name, _lines(decoded, separator), issues=list(decoded.issues), ragged=not plain, plain=plain
    )


def separator_of(sample: str, is_header: IsHeader) -> str:
    r"""Return the separator that gives a known header, or else the most rows of one width; a comma if none does.

    Examples:
        >>> separator_of("名称;地址\n甲;A路1号,2楼\n乙;B路\n", lambda cells: False)
        ';'
        >>> separator_of("企业名称|地区;县\n甲|乙;丙\n", lambda cells: "企业名称" in cells)
        '|'
    """
    return max(SEPARATORS, key=lambda separator: _fit(_sampled(sample, separator), is_header))


def _sampled(sample: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(cells):
                rows.append(cells)
            if len(rows) == MOST_HEADS:
                break
    except csv.Error:
        # What is wrong with the quotes is said when the rows are read; what stands before will do here.
        pass
    return rows


def _fit(rows: Sequence[Sequence[str]], is_header: IsHeader) -> tuple[int, int, int]:
    """How well a separator fits: by a known header, then by how many rows have one width, then by that width."""
    widths = [len(cells) for cells in rows if len(cells) > 1]
    known = max((min(len(cells), 2) for cells in rows if len(cells) <= MOST_COLUMNS and is_header(cells)), default=0)
    # A header of one column says that there is nothing to separate, whatever its rows hold.
    if not widths or known == 1:
        return known, 0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return known, widths.count(usual), usual


def _lines(decoded: Decoded, separator: str) -> Iterator[Line]:
    name = decoded.stream.name
    held: list[str] = []
    with decoded.text(told=True) as text:
        reader = csv.reader(_physical(name, text, separator, held, nuls=decoded.nuls), delimiter=separator, strict=True)
        try:
            for line in enumerate(reader, start=1):
                held.clear()
                if len(line[1]) > MOST_COLUMNS:
                    number, columns = line[0], len(line[1])
                    problem = Text(f"第{number}行有{columns}列", f"row {number} has {columns} columns")
                    refuse(name, problem, DELETE_STRAY_CELLS)
                yield line
        except csv.Error:
            _explain(name, reader.line_num, held, separator)


def _physical(name: str, text: TextIO, separator: str, held: list[str], *, nuls: bool) -> Iterator[str]:
    """Yield the lines of the file, and keep those of the record that is being read, whose length is bounded."""
    for number, line in enumerate(iter(partial(text.readline, _LONGEST_LINE), ""), start=1):
        held.append(line)
        if len(held) > _MOST_LINES:
            _explain(name, number, held, separator)
        if len(line) == _LONGEST_LINE:
            refuse(name, Text(f"第{number}行长得不合理", f"line {number} is absurdly long"), _CHECK_SEPARATORS)
        yield line.replace("\0", "") if nuls else line


def _explain(name: str, line: int, held: Sequence[str], separator: str) -> NoReturn:
    """Refuse a record that csv could not split, by the line in which the quote was opened that is to blame."""
    first = line - len(held) + 1
    record = "".join(held)
    at = open_quote(record, separator)
    if at is None:
        problem = Text(f"第{first}行有一个单元格过长", f"line {first} has a cell that is too long")
        refuse(name, problem, _CHECK_SEPARATORS)
    opened = first + bisect_right(list(accumulate(len(one) for one in held)), at)
    problem = Text(f"第{opened}行打开的引号不成对", f"the quote opened in line {opened} is not paired")
    refuse(name, problem, _MEND_QUOTES)


def open_quote(record: str, separator: str) -> int | None:
    r"""Return where the quote was opened that a record does not close, or not before a separator.

    Examples:
        >>> open_quote('a,"b ""c"" d,\ne', ","), open_quote('"a" b,c', ","), open_quote('a,b"c,"d"', ",")
        (2, 0, None)
    """
    at = 0
    while at < len(record):
        opened, end = at, at
        if record[at] == '"':
            end = _closed(record, at)
            if end < 0 or record[end : end + 1] not in ("", separator, "\r", "\n"):
                return opened
        end = record.find(separator, end)
        if end < 0:
            return None
        at = end + 1
    return None


def _closed(record: str, opened: int) -> int:
    """Where a quoted cell ends, after the first quote that is not doubled; -1 if it does not."""
    at = record.find('"', opened + 1)
    while at >= 0 and record[at + 1 : at + 2] == '"':
        at = record.find('"', at + 2)
    return at if at < 0 else at + 1
