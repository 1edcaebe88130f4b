"""Values as JSON text and back, exactly: what JSON has no word for is marked by a key that starts with ``$``.

A date is ``{"$date": "2022-06-17"}`` and a bilingual text ``{"$text": ["中文", "English"]}``. The marks make a cell
readable without the ontology, which may have changed since the cell was written.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

import orjson

from ..text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_OWN_DATES = orjson.OPT_PASSTHROUGH_DATETIME
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    r"""Return ``text`` with lone surrogates, which are no characters and fit no database, replaced by ``�``.

    Examples:
        >>> storable("a\ud800b"), storable("昌吉😀")
        ('a�b', '昌吉😀')
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def encode(values: Mapping[str, Any]) -> str:
    """Return ``values`` as JSON.

    Args:
        values: texts, numbers, booleans, dates, :class:`~innograph.graph.text.Text`, lists, or ``None``.

    Returns:
        One line of JSON, keys in the order given.

    Raises:
        TypeError: a value is of another type, or a whole number needs more than 64 bits.
        ValueError: a number is infinite or none.

    Examples:
        >>> encode({"issue_date": dt.date(2022, 6, 17), "year": 2022})
        '{"issue_date":{"$date":"2022-06-17"},"year":2022}'
    """
    try:
        said = orjson.dumps(values, default=_mark, option=_OWN_DATES)
    except TypeError:
        # Lone surrogates are refused; any other reason is raised again.
        said = orjson.dumps(_storable(values), default=_mark, option=_OWN_DATES)
    # As which orjson writes what is no finite number.
    if b"null" in said:
        _refuse_infinite(values)
    return said.decode()


def _refuse_infinite(values: Mapping[str, Any]) -> None:
    for value in values.values():
        if type(value) is float and not isfinite(value):
            raise ValueError(f"no finite number: {value}")


def decode(text: str) -> dict[str, Any]:
    """Return the values that :func:`encode` made ``text`` from.

    Raises:
        sqlite3.DatabaseError: the text is not what ``encode`` writes: the ledger it stands in is damaged.

    Examples:
        >>> decode('{"issue_date":{"$date":"2022-06-17"},"year":2022}')
        {'issue_date': datetime.date(2022, 6, 17), 'year': 2022}
    """
    try:
        values: dict[str, Any] = orjson.loads(text)
        if '{"$' in text:
            for name, value in values.items():
                if type(value) is dict:
                    values[name] = _unmark(cast("dict[str, Any]", value))
    except ValueError as error:
        raise sqlite3.DatabaseError(f"unreadable cell: {error}") from error
    return values


@lru_cache(maxsize=4096, typed=True)
def _mark(value: object) -> object:
    """Return the mark of what JSON has no word for; tables have the same days over and over."""
    if type(value) is dt.date:
        return orjson.Fragment(f'{{"$date":"{value.isoformat()}"}}')
    if isinstance(value, Text):
        return {"$text": list(value)}
    raise TypeError(type(value).__name__)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _storable(one) for name, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_storable(one) for one in cast("list[object]", value)]
    return Text(*map(storable, value)) if isinstance(value, Text) else value


def _unmark(marked: dict[str, Any]) -> object:
    if "$date" in marked:
        return dt.date.fromisoformat(marked["$date"])
    return Text(*marked["$text"]) if "$text" in marked else marked
