"""Answers as a table for people, or as JSON or CSV for programs. Data goes to standard output and nothing else does."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from innograph.graph.stores import Rows
    from innograph.queries import Answer
    from innograph.queries.understanding import Understood
    from innograph.workspace import Workspace

FORMATS = ("table", "json", "csv")
_WIDTH_WITHOUT_TERMINAL = 200
_ROWS = Text("共{n}行", "{n} rows")
_NARROWEST = 14
"""So many columns of the terminal each column of a table should have."""
_ITEMS_SHOWN = 4
_MORE = Text("……另{n}项", "… {n} more")
_ONE_ROW = Text("共1行", "1 row")
NOTHING_LOADED = Text("还没有载入文件：innograph load 文件", "Nothing is loaded yet: innograph load FILE")
_NO_ROWS = Text("没有符合的内容", "Nothing fits")
# A spreadsheet would run a cell that begins with one of these as a formula; some take full-width signs for the others.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_OPERATORS = frozenset(_FORMULA_STARTS[:4])  # alone, they are comparisons and run nothing
_BYTE_ORDER_MARK = "\ufeff"


def render(answer: Answer, form: str, workspace: Workspace | None = None) -> str:
    """Return ``answer`` as ``table``, ``json`` (an array of row objects with ASCII keys) or ``csv``.

    Args:
        answer: of a question.
        form: one of :data:`FORMATS`.
        workspace: that was asked; if nothing is loaded there, a table says so.
    """
    if form == "json":
        return json_text(answer.dicts())
    if form == "csv":
        return csv_file([c.name for c in answer.question.columns], answer.rows.rows)
    if workspace and not answer.rows.rows and is_empty(workspace):
        return NOTHING_LOADED.show()
    plans = {row["plan"] for row in answer.dicts() if "plan" in row}
    # One plan is named once, above the table; a column that says the same in every row only takes room.
    shown = [
        c for c in answer.question.columns if c.name != "plan" or len(plans) != 1 or answer.question.topic == "plans"
    ]
    rows = [[_cell(c.show(row[c.name]), _ITEMS_SHOWN) for c in shown] for row in answer.dicts()]
    title = plans.pop() if len(shown) < len(answer.question.columns) else None
    drawn = table([c.label.show() for c in shown], rows, title)
    return "\n".join([drawn, remarks_text(answer)]) if answer.remarks else drawn


def remarks_text(answer: Answer) -> str:
    """Return what one must know to read the rows of ``answer``."""
    return "\n".join(remark.show() for remark in answer.remarks)


def understood_text(understood: Understood, as_of: object = None) -> str:
    """Return which question a plain one was taken for, the command that asks just that, and how it is answered."""
    question = understood.question
    asked = question.asked(understood.given)
    head = Text("理解为 {id}：{asked}", "Taken for {id}: {asked}").format(id=question.id, asked=asked)
    by = Text("由分析程序 {name} 计算", "By the analysis {name}").format(name=question.analysis)
    return "\n".join([head, question.command(understood.given, as_of), question.cypher.strip() or by])


def rows_text(rows: Rows, form: str) -> str:
    """Return rows of no question as ``table``, ``json`` or ``csv``."""
    if form == "json":
        return json_text(rows.dicts())
    if form == "csv":
        return csv_file(rows.columns, rows.rows)
    return table(rows.columns, [[_cell(value) for value in row] for row in rows.rows])


def is_empty(workspace: Workspace) -> bool:
    """Whether nothing is loaded in ``workspace``."""
    return not workspace.status().sources


def json_text(value: Any) -> str:
    """Return ``value`` as JSON; dates become ISO text, Chinese stays readable.

    Examples:
        >>> print(json_text([{"unit": "市科技局", "date": dt.date(2022, 6, 17)}]))
        [
          {
            "unit": "市科技局",
            "date": "2022-06-17"
          }
        ]
    """
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV; a text that a spreadsheet would run as a formula gets an apostrophe before it.

    Examples:
        >>> csv_text(["a", "b"], [["=1+1", ["x", "y"]], [-2, None]]).splitlines()
        ['a,b', "'=1+1,x；y", '-2,']
        >>> csv_text(["comparator"], [["="], [">="], ["=A1"]]).splitlines()
        ['comparator', '=', '>=', "'=A1"]
        >>> csv_text(["=a"], [["＝A1"]]).splitlines()
        ["'=a", "'＝A1"]
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_one_break(formula_safe(name)) for name in columns])
    writer.writerows([_one_break(formula_safe(value)) for value in row] for row in rows)
    return out.getvalue()


def _one_break(value: Any) -> Any:
    """The writer quotes a line feed, not a carriage return: that alone would begin a row."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV with a byte order mark before them, without which Excel does not read Chinese in UTF-8."""
    return _BYTE_ORDER_MARK + csv_text(columns, rows)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None = None) -> str:
    """Return a table for people, as wide as the terminal; Chinese characters count two columns.

    One with too many columns for that is shown row by row, a line for each cell that says something.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    out = io.StringIO()
    width = shutil.get_terminal_size((_WIDTH_WITHOUT_TERMINAL, 0)).columns
    counted = (_ONE_ROW if len(rows) == 1 else _ROWS).format(n=number(len(rows))) if rows else _NO_ROWS.show()
    if rows and len(columns) * _NARROWEST > width:
        return "\n\n".join([*([title] if title else []), *(_card(columns, row) for row in rows), counted])
    console = Console(file=out, width=width, force_terminal=False, markup=False, highlight=False, emoji=False)
    drawn = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", show_edge=False, pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    console.print(drawn)
    out.write(counted)
    # rich pads every line to the table's width
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _card(columns: Sequence[str], row: Sequence[str]) -> str:
    """Return one row with a line for each cell that is not empty."""
    colon = "：" if language() == "zh" else ": "
    filled = [
        (column, cell.replace("\n", "；" if language() == "zh" else "; "))
        for column, cell in zip(columns, row, strict=True)
        if cell
    ]
    first, *others = (f"{column}{colon}{cell}" for column, cell in filled)
    return "\n    ".join([first, *others])


def number(count: int) -> str:
    """Return a count for people: with thousands separators in English, without in Chinese.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> with use_language("en"):
        ...     number(12345)
        '12,345'
    """
    return str(count) if language() == "zh" else f"{count:,}"


def _cell(value: Any, most: int | None = None) -> str:
    """Return a value as the text of a cell, of a list at most so many items."""
    if value is None:
        return ""
    if isinstance(value, list):
        items: list[Any] = list(dict.fromkeys(value))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        more = [_MORE.format(n=number(len(items) - most))] if most and len(items) > most + 1 else []
        return "\n".join([*(str(v) for v in (items[:most] if more else items)), *more])
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def formula_safe(value: Any) -> Any:
    """Return a value as a spreadsheet may have it: a list as one text, and an apostrophe before what it would run.

    Examples:
        >>> formula_safe("=1+1"), formula_safe(["a", "b"]), formula_safe(-2)
        ("'=1+1", 'a；b', -2)
    """
    if isinstance(value, list):
        value = "；".join(str(v) for v in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS) and value not in _OPERATORS:
        return f"'{value}"
    return value


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(value)
