"""Rows of an answer as a page shows them: sorted, filtered, page by page, each cell as text with its links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from innograph.graph.identity import plain
from innograph.graph.text import language
from innograph.queries.vocabulary import THINGS
from innograph.visualize.pictures.labels import width

from .links import changed, to_name, to_thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from starlette.requests import Request

    from innograph.queries import Answer
    from innograph.queries.question import Column

PAGE_ROWS = 200
_PROOF = ("quote", "place", "evidence")
_CODES = ("edge_type", "thing_id")
"""Columns for programs: words stand in others, and the id of a thing is where its name leads."""
_ITEMS = 12
_SOME, _MUCH = 5, 12
"""From how many Chinese characters on a column needs room."""
_TEN_THOUSAND, _HUNDRED_MILLION = 10_000, 100_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A text of a cell, and where it leads."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Args:
        items: its texts.
        more: how many further ones are not shown.
        exact: the exact figure, where a rounded one is shown.
    """

    items: tuple[Item, ...]
    more: int = 0
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column.

    Args:
        name: by which it is sorted.
        label: its words.
        numeric: whether it holds numbers.
        sorted: ``ascending``, ``descending`` or empty.
        href: where a click leads: to the same rows, sorted by it.
        room: how wide it has to be at least for its texts: ``some``, ``much``, or empty if they are short.
    """

    name: str
    label: str
    numeric: bool
    sorted: str
    href: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its cells, its quoted line with place, and the ids that prove it."""

    cells: tuple[Cell, ...]
    quotes: tuple[str, ...]
    place: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of rows.

    Args:
        heads: the columns.
        rows: those of this page.
        total: how many there are, before anything is filtered.
        fitting: how many fit the filter.
        page: which page this is, from 1.
        pages: how many there are.
        find: what is filtered for.
    """

    heads: tuple[Head, ...]
    rows: tuple[GridRow, ...]
    total: int
    fitting: int
    page: int
    pages: int
    find: str


def grid_of(answer: Answer, request: Request, links: Mapping[str, Mapping[str, str]] | None = None) -> Grid:
    """Return the page of an answer that a request asks for with ``sort``, ``find`` and ``page``.

    Args:
        answer: of a question.
        request: for the page.
        links: for a column, where its texts lead; by default to the things they name.
    """
    query = request.query_params
    columns = shown_columns(answer)
    rows = arranged(answer, query.get("sort", ""), query.get("find", ""))
    pages = max(1, -(-len(rows) // PAGE_ROWS))
    page = min(max(1, _whole(query.get("page", "1"))), pages)
    part = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    made = tuple(_row(row, columns, links or {}) for row in part)
    heads = (_head(column, answer, request) for column in columns)
    return Grid(
        tuple(replace(head, room=_room(row.cells[at] for row in made)) for at, head in enumerate(heads)),
        made,
        len(answer.rows.rows),
        len(rows),
        page,
        pages,
        query.get("find", ""),
    )


def arranged(answer: Answer, sort: str, find: str) -> list[dict[str, Any]]:
    """Return the rows of an answer that have ``find`` in them, sorted by a column; exports and pages show the same.

    Args:
        answer: of a question.
        sort: a column's name, with ``-`` before it for the largest first; another text leaves the question's order.
        find: a text that a row must have in one of its cells, as people read them.
    """
    rows = answer.dicts()
    if find.strip():
        needle = plain(find).casefold()
        columns = answer.question.columns
        rows = [row for row in rows if needle in plain(_words(row, columns)).casefold()]
    name = sort.removeprefix("-")
    if name in answer.rows.columns and name not in _PROOF:
        filled = [row for row in rows if row[name] not in (None, [])]
        empty = [row for row in rows if row[name] in (None, [])]
        filled.sort(key=lambda row: _order(row[name]), reverse=sort.startswith("-"))
        rows = [*filled, *empty]
    return rows


def shown_columns(answer: Answer) -> list[Column]:
    """Return the columns that a page has: the proof has a place of its own, and one plan is named once, above."""
    plans = set(answer.column("plan")) if _has_plan(answer) else set[Any]()
    return [
        column
        for column in answer.question.columns
        if column.name not in (*_PROOF, *_CODES) and not (column.name == "plan" and len(plans) == 1)
    ]


def _has_plan(answer: Answer) -> bool:
    return "plan" in answer.rows.columns and answer.question.topic != "plans"


def figure(value: float) -> Cell:
    """Return a number as people write it: 万 and 亿 in Chinese with the exact figure behind them, else separators.

    Examples:
        >>> figure(1234567.0).items[0].text, figure(1234567.0).exact, figure(12).items[0].text
        ('123.5万', '1,234,567', '12')
    """
    exact = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    if language() == "zh" and abs(value) >= 100 * _TEN_THOUSAND:
        unit, word = (_HUNDRED_MILLION, "亿") if abs(value) >= _HUNDRED_MILLION else (_TEN_THOUSAND, "万")
        return Cell((Item(f"{value / unit:.1f}{word}"),), exact=exact)
    return Cell((Item(exact if language() == "en" else exact.replace(",", "")),))


def day(value: dt.date) -> str:
    """Return a day as people write it.

    Examples:
        >>> day(dt.date(2022, 5, 1))
        '2022年5月1日'
    """
    return f"{value.year}年{value.month}月{value.day}日" if language() == "zh" else value.isoformat()


def _head(column: Column, answer: Answer, request: Request) -> Head:
    current = request.query_params.get("sort", "")
    state = {column.name: "ascending", f"-{column.name}": "descending"}.get(current, "")
    following = f"-{column.name}" if state == "ascending" else column.name
    numeric = any(isinstance(value, int | float) for value in answer.column(column.name))
    href = changed(request.url.path, request.url.query, sort=following, page=None, evidence=None)
    return Head(column.name, column.label.show(), numeric, state, href)


def _room(cells: Iterable[Cell]) -> str:
    """Return how wide a column has to be for the longest of its texts."""
    longest = max((width(item.text) for cell in cells for item in cell.items), default=0)
    return "much" if longest > _MUCH else "some" if longest > _SOME else ""


def _row(row: Mapping[str, Any], columns: Sequence[Column], links: Mapping[str, Mapping[str, str]]) -> GridRow:
    return GridRow(
        tuple(_cell(row[column.name], column, links.get(column.name) or _by_id(row, column)) for column in columns),
        tuple(dict.fromkeys(_texts(row.get("quote")))),
        "；".join(dict.fromkeys(_texts(row.get("place")))),
        tuple(_texts(row.get("evidence"))),
    )


def _by_id(row: Mapping[str, Any], column: Column) -> Mapping[str, str] | None:
    """Return where a name leads, if another column of its row has the thing's id."""
    own = row.get(f"{column.name}_id")
    return {str(row[column.name]): to_thing(str(own))} if own else None


def _cell(value: Any, column: Column, links: Mapping[str, str] | None) -> Cell:
    if value is None:
        return Cell(())
    if isinstance(value, list):
        values: list[Any] = list(dict.fromkeys(value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        items = tuple(_item(one, column, links) for one in values[:_ITEMS])
        return Cell(items, len(values) - len(items))
    shown = column.show(value)
    if isinstance(shown, int | float) and not isinstance(shown, bool):
        return figure(shown)
    return Cell((_item(value, column, links),))


def _item(value: Any, column: Column, links: Mapping[str, str] | None) -> Item:
    shown = column.show(value)
    if isinstance(shown, int | float):
        return figure(shown).items[0]
    text = day(shown) if isinstance(shown, dt.date) else str(shown)
    if links is not None:
        return Item(text, links.get(str(value), ""))
    names = isinstance(value, str) and not column.words and column.name in THINGS
    return Item(text, to_name(str(value), THINGS[column.name]) if names else "")


def _words(row: Mapping[str, Any], columns: Sequence[Column]) -> str:
    shown = (column.show(row[column.name]) for column in columns if column.name != "evidence")
    return " ".join(" ".join(_texts(value)) for value in shown)


def _texts(value: Any) -> list[str]:
    values: list[Any] = value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType]
    return [str(one) for one in values if one not in (None, "")]


def _order(value: Any) -> tuple[int, Any]:
    """Numbers before days before texts, each in its own order; of a list, how long it is."""
    if isinstance(value, list):
        return (0, len(value))  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, int | float):
        return (0, value)
    if isinstance(value, dt.date):
        return (1, value.toordinal())
    return (2, str(value))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
