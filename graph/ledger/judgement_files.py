"""Judgements as a file, for colleagues and for keeping: CSV for a spreadsheet, JSON lines for programs.

A spreadsheet would run a cell that begins with ``=``, ``+``, ``-``, ``@`` or white space as a formula, so such a cell
gets an apostrophe, and so does one that has apostrophes before such a character: taking one away gives the text back.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from ..errors import InputError
from ..text import Text
from .standing import Judgement, Verdict, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Form = Literal["csv", "jsonl"]

COLUMNS = ("verdict", "left", "left_name", "right", "right_name", "note", "author", "decided_at", "withdrawn_at")
_REQUIRED = ("verdict", "left", "right", "author", "decided_at")
_RISKY = re.compile(r"'*[=+\-@\t\r\n]")
_MADE_SAFE = re.compile(r"'+[=+\-@\t\r\n]")
_SEPARATORS = ",;\t"
_BYTE_ORDER_MARK = "\ufeff"
_BROKEN = Text(
    "引号不配对或单元格过长，从这里起没有读取",
    "its quotes are not paired or a cell is too long; nothing from here on was read",
)
_NO_OBJECT = Text("不是一个 JSON 对象", "it is no JSON object")
_HINT = Text(
    "请用 innograph review export 导出的文件，另存时选 CSV UTF-8",
    "Use a file that innograph review export wrote; save it as CSV UTF-8",
)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row of a file: ``row`` is the spreadsheet's number, or the line of JSON lines."""

    row: int
    problem: Text


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One judgement as a file states it, with the row's number; its :attr:`Judgement.id` means nothing."""

    row: int
    judgement: Judgement


def write_judgements(judgements: Iterable[Judgement], form: Form, name: Callable[[str], str]) -> str:
    r"""Return judgements as the text of a file.

    Args:
        judgements: in the order in which they are written.
        form: ``csv``, with a byte order mark so that Excel reads its Chinese, or ``jsonl``.
        name: of a node, by its id: it stands beside the id for people, and is not read again.

    Examples:
        >>> at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        >>> one = Judgement(1, "Industry:a", "Industry:b", Verdict.SAME, "=1+1", "reviewer", at)
        >>> write_judgements([one], "csv", lambda id: "").splitlines()[1]
        "same,Industry:a,,Industry:b,,'=1+1,reviewer,2026-01-01T00:00:00.000000+00:00,"
        >>> read_judgements("x.csv", write_judgements([one], "csv", str).encode())[0][0].judgement.note
        '=1+1'
    """
    rows = [_cells(judgement, name) for judgement in judgements]
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # so that it quotes a cell that holds either
    writer.writerow(COLUMNS)
    writer.writerows([_safe(row[column] or "") for column in COLUMNS] for row in rows)
    return _BYTE_ORDER_MARK + out.getvalue()


def read_judgements(file: str, data: bytes) -> tuple[list[JudgementRow], list[RowProblem]]:
    """Read what :func:`write_judgements` wrote, in either form, whatever a spreadsheet did to it.

    Args:
        file: its name, for messages.
        data: its bytes, in UTF-8, or in GB18030 as Chinese spreadsheets save them.

    Returns:
        The rows that can be read, and what is wrong with the others.

    Raises:
        InputError: the file is no such file.
    """
    text = _decoded(file, data)
    rows: list[JudgementRow] = []
    problems: list[RowProblem] = []
    for number, cells in _lines(text) if text.lstrip().startswith("{") else _records(file, text):
        try:
            rows.append(JudgementRow(number, _judgement(cells)))
        except _BadRow as error:
            problems.append(RowProblem(number, error.problem))
    return rows, problems


def moment_text(moment: dt.datetime) -> str:
    """Return a moment as the ledger and files hold it: in UTC, of one length, so that text sorts as time does."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


class _BadRow(Exception):
    def __init__(self, problem: Text) -> None:
        super().__init__(problem)
        self.problem = problem


def _cells(judgement: Judgement, name: Callable[[str], str]) -> dict[str, str | None]:
    withdrawn = judgement.withdrawn_at
    return {
        "verdict": judgement.verdict.value,
        "left": judgement.left,
        "left_name": name(judgement.left),
        "right": judgement.right,
        "right_name": name(judgement.right),
        "note": judgement.note,
        "author": judgement.author,
        "decided_at": moment_text(judgement.decided_at),
        "withdrawn_at": moment_text(withdrawn) if withdrawn else None,
    }


def _safe(text: str) -> str:
    return f"'{text}" if _RISKY.match(text) else text


def _unsafe(text: str) -> str:
    return text[1:] if _MADE_SAFE.match(text) else text


def _decoded(file: str, data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(file=file, problem=Text("不是文本文件", "it is no text file"), hint=_HINT)


def _lines(text: str) -> Iterator[tuple[int, Mapping[str, Any] | RowProblem]]:
    """Yield each line's object; only a line feed ends a line, for texts may hold other characters that break one."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value: Any = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        yield number, cast("dict[str, Any]", value) if isinstance(value, dict) else RowProblem(number, _NO_OBJECT)


def _records(file: str, text: str) -> Iterator[tuple[int, Mapping[str, Any] | RowProblem]]:
    """Yield each row's cells by column."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or ",", strict=True)
    number = 0
    try:
        header = [cell.strip().lower() for cell in next(reader, list[str]())]
        number = 1
        missing = [column for column in _REQUIRED if column not in header]
        if missing:
            listed = "、".join(missing)
            problem = Text(f"第一行缺少列 {listed}", f"its first row lacks the columns {listed}")
            raise InputError(file=file, problem=problem, hint=_HINT)
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield number, {column: _unsafe(cell) for column, cell in zip(header, cells, strict=False)}
    except csv.Error:
        yield number + 1, RowProblem(number + 1, _BROKEN)


def _separator(text: str) -> str:
    """Return what separates the columns' names: some spreadsheets write semicolons."""
    head = text.partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def _judgement(cells: Mapping[str, Any] | RowProblem) -> Judgement:
    if isinstance(cells, RowProblem):
        raise _BadRow(cells.problem)
    for column in _REQUIRED:
        if not _text(cells, column).strip():
            raise _BadRow(Text(f"“{column}”是空的，请补填", f"“{column}” is empty; fill it in"))
    left, right = in_order(_text(cells, "left"), _text(cells, "right"))
    decided_at, withdrawn_at = _moment(cells, "decided_at"), None
    if _text(cells, "withdrawn_at").strip():
        withdrawn_at = _moment(cells, "withdrawn_at")
        if withdrawn_at < decided_at:
            raise _BadRow(
                Text("withdrawn_at 早于 decided_at，请改正", "withdrawn_at is before decided_at; correct one of them")
            )
    note, author = _text(cells, "note"), _text(cells, "author")
    return Judgement(0, left, right, _verdict(cells), note, author, decided_at, withdrawn_at)


def _text(cells: Mapping[str, Any], column: str) -> str:
    value = cells.get(column)
    if value is not None and not isinstance(value, str):
        raise _BadRow(Text(f"“{column}”应是文字", f"“{column}” must be a text"))
    return value or ""


def _verdict(cells: Mapping[str, Any]) -> Verdict:
    word = _text(cells, "verdict").strip().lower()
    if word not in tuple(Verdict):
        raise _BadRow(
            Text(f"verdict 只能是 same 或 different，不能是“{word}”", f"verdict is same or different, not “{word}”")
        )
    return Verdict(word)


def _moment(cells: Mapping[str, Any], column: str) -> dt.datetime:
    """Return a moment in UTC; one that names no time zone is taken to be."""
    written = _text(cells, column).strip()
    try:
        moment = dt.datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise _BadRow(
            Text(
                f"“{column}”的值“{written}”不是时间，请写成 2026-01-31 或 2026-01-31T08:30:00+00:00",
                f"“{written}” in “{column}” is no date; write 2026-01-31 or 2026-01-31T08:30:00+00:00",
            )
        ) from None
