"""Lines of a text file: paragraphs, and the tables that a clerk typed or a tool wrote among them.

A table in a text is a run of lines whose cells are parted by ``|`` (Markdown), by box characters, or by tabs. Its
cells are spans of the file's own text; it has no merged cells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue
from innograph.graph.records import Locator

from ..document import Cell, Document, Paragraph, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BARS = "|│┃"
_BAR = re.compile(rf"(?<!\\)[{_BARS}]")
_TAB = re.compile("\t")
_HINT = re.compile(rf"[{_BARS}\t┌├╔╠┏┣+]")
_FENCED = re.compile(rf"[ \t\u3000]{{0,9}}[{_BARS}].*[{_BARS}]\s*")
_RULE = re.compile(r"[\s|:+\-=─━═┄┈┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬│┃]{3,}")
_RULE_MARK = re.compile("[-=─━═┄┈]")
_MARKDOWN_RULE = re.compile(r"[\s|:\-]*-{2}[\s|:\-]*")
_FEWEST_TABS = 2
_SHORT = 12
_FEWEST_ROWS_OF_TWO = 3
_MOST_COLUMNS = 100
_PROSE = re.compile(r"[。；，]|^[\d一二三四五六七八九十]{1,3}[、.．]")
_EMPHASIS = "*_`"
_SPACES = " \t\r\u3000"
_NUMBERED = r"(?:[*_]{0,3}(?:[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百]{1,4}[）)]|第[一二三四五六七八九十百]{1,4}[章条部]))"
# What Markdown puts before a line: #, > and emphasis; marks of a list only before a number that the author typed.
_BEFORE = re.compile(
    rf"\s{{0,20}}(?:#{{1,6}}[ \t]{{1,9}}|>[ \t]{{0,9}}|(?:[-*+]|\d{{1,3}}\.)[ \t]{{1,9}}(?={_NUMBERED}))"
)
_FIRST_MARKS = "#>-*+_=~` \t\r\u3000\xa00123456789"
_MARKS_BEFORE = 8
_EMPHASISED = re.compile(r"\s{0,20}(\*{2,3}|_{2,3})(?=\S)")
_EMPTY_MARKS = re.compile(r"\s*(?:[-=*_~]{3,}|#{1,6}|>+|`{3}\w{0,20})\s*")


def read_lines(name: str, text: str, issues: tuple[Issue, ...] = ()) -> Document:
    r"""Return the document that the lines of ``text`` make: tables, and each other line a paragraph.

    Examples:
        >>> document = read_lines("a.md", "# 一、分工\n\n| 任务 | 单位 |\n|---|---|\n| 建平台 | 科技局 |\n")
        >>> [document.quote(paragraph.span) for paragraph in document.paragraphs]
        ['一、分工']
        >>> [[document.quote(cell.span) for cell in row] for row in document.tables[0].rows]
        [['任务', '单位'], ['建平台', '科技局']]
        >>> document.locate(document.tables[0].rows[1][1].span).line
        5
    """
    lines = list(_lines(text))
    paragraphs: list[Paragraph] = []
    tables: list[Table] = []
    position = no_table_before = 0
    while position < len(lines):
        line = lines[position]
        if position >= no_table_before and _HINT.search(text, line.start, line.end):
            after, is_table = _end_of_table(text, lines, position)
            if is_table:
                tables.append(_table(text, lines, position, after, len(tables) + 1))
                position = after
                continue
            no_table_before = after
        span = _without_marks(text, line)
        if len(span):
            paragraphs.append(Paragraph(span, Locator(line=position + 1)))
        position += 1
    if (unread := text.lower().count("<table")) and not tables:
        issues = (*issues, Issue("text.html-table", values={"count": unread}))
    return Document(name, text, tuple(paragraphs), tuple(tables), issues)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _end_of_table(text: str, lines: Sequence[Span], first: int) -> tuple[int, bool]:
    """Return the index after the last line of the table that begins at line ``first``, and True.

    If none begins there, False and the index of the line where one may begin next.
    """
    if "\t" in _quote(text, lines[first]) and (after := _end_of_tabs(text, lines, first)) > first:
        return after, True
    after = first
    rows: list[str] = []
    while after < len(lines):
        row = _quote(text, lines[after])
        if not (_FENCED.fullmatch(row) or _is_rule(row)):
            break
        rows.append(row)
        after += 1
    if sum(not _is_rule(row) for row in rows) >= _FEWEST_TABS and _one_line_a_row(rows):
        return after, True
    if (end := _end_of_bare(text, lines, first)) > first:
        return end, True
    return max(after - 1, first + 1), False


def _one_line_a_row(rows: Sequence[str]) -> bool:
    """Whether no cell goes on in the next line: either each row has its own rule, or only the header has one."""
    runs: list[int] = []
    length = 0
    for row in rows:
        if _is_rule(row):
            runs.append(length)
            length = 0
        else:
            length += 1
    runs.append(length)
    inner = [run for run in runs if run]
    return len(inner) <= 2 or all(run == 1 for run in inner)


def _end_of_bare(text: str, lines: Sequence[Span], first: int) -> int:
    """A Markdown table may do without bars at its sides, but not without the rule under its header."""
    if first + 1 >= len(lines):
        return first
    rule = _quote(text, lines[first + 1])
    if "|" not in _quote(text, lines[first]) or "|" not in rule or not _MARKDOWN_RULE.fullmatch(rule):
        return first
    after = first + 2
    while after < len(lines) and _BAR.search(_quote(text, lines[after])):
        after += 1
    return after


def _end_of_tabs(text: str, lines: Sequence[Span], first: int) -> int:
    header = _quote(text, lines[first])
    names = header.rstrip("\r").split("\t")
    tabs = len(names) - 1
    if tabs >= _MOST_COLUMNS or not all(name.strip() for name in names) or any(map(_is_prose, names)):
        return first
    after = first + 1
    while after < len(lines) and _quote(text, lines[after]).count("\t") == tabs and _quote(text, lines[after]).strip():
        after += 1
    enough = _FEWEST_TABS if tabs >= _FEWEST_TABS else _FEWEST_ROWS_OF_TWO
    return after if after - first >= enough else first


def _is_prose(name: str) -> bool:
    return len(name.strip()) > 2 * _SHORT or bool(_PROSE.search(name.strip()))


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line) and _RULE_MARK.search(line) and (any(m in line for m in "|+│┃") or "─" in line))


def _table(text: str, lines: Sequence[Span], first: int, after: int, number: int) -> Table:
    parted = _TAB if "\t" in _quote(text, lines[first]) and not _BAR.search(_quote(text, lines[first])) else _BAR
    rows: list[list[Cell]] = []
    for index in range(first, after):
        line = lines[index]
        if parted is _BAR and _is_rule(_quote(text, line)):
            continue
        row = len(rows) + 1
        rows.append(
            [
                Cell(_trimmed(text, span, _EMPHASIS), Locator(line=index + 1, table=number, row=row, column=column))
                for column, span in enumerate(_cells(text, line, parted), start=1)
            ]
        )
    width = max(len(row) for row in rows)
    end = Span(lines[after - 1].end, lines[after - 1].end)
    place = Locator(line=first + 1, table=number)
    filled = ((*row, *[Cell(end, place)] * (width - len(row))) for row in rows)
    return Table(tuple(filled), place, lines[first].start)


def _cells(text: str, line: Span, parted: re.Pattern[str]) -> list[Span]:
    """The stretches between the marks; what stands before the first and after the last bar is no cell if empty."""
    cells: list[Span] = []
    start = line.start
    for match in parted.finditer(text, line.start, line.end):
        cells.append(Span(start, match.start()))
        start = match.end()
    cells.append(Span(start, line.end))
    if parted is _BAR:
        for end in (0, -1):
            if len(cells) > 1 and not _quote(text, cells[end]).strip():
                cells.pop(end)
    return cells[:_MOST_COLUMNS]


def _without_marks(text: str, line: Span) -> Span:
    """The line without the Markdown around it; empty if it holds nothing else."""
    words = _quote(text, line)
    if words[:1] not in _FIRST_MARKS:
        return line
    if not words.strip() or _EMPTY_MARKS.fullmatch(words):
        return Span(line.start, line.start)
    start = line.start
    heading = False
    for _ in range(_MARKS_BEFORE):
        match = _BEFORE.match(text, start, line.end)
        if not match:
            break
        heading = heading or "#" in match.group()
        start = match.end()
    emphasis = _EMPHASISED.match(text, start, line.end)
    if emphasis:
        start = emphasis.end()
    elif start == line.start:
        return line
    rest = _trimmed(text, Span(start, line.end), "")
    end = rest.end
    if emphasis and text.endswith(emphasis.group(1), start, end):
        end -= len(emphasis.group(1))
    if heading:
        end = start + len(text[start:end].rstrip("#" + _SPACES))
    return Span(start, end)


def _trimmed(text: str, span: Span, marks: str) -> Span:
    words = _quote(text, span)
    around = _SPACES + marks
    lead = len(words) - len(words.lstrip(around))
    return Span(span.start + lead, max(span.start + len(words.rstrip(around)), span.start + lead))


def _quote(text: str, span: Span) -> str:
    return text[span.start : span.end]
