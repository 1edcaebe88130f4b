"""What one must know of an answer about a day: how many facts no source dates, so that they count on every day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from innograph.graph.text import Text

if TYPE_CHECKING:
    from innograph.graph.stores import Store

_UNDATED = """
MATCH (a)-[r]->(b)
WHERE r.valid_from IS NULL AND r.valid_to IS NULL AND (type(r) <> 'QUALIFIES_AS' OR r.year IS NULL)
  AND a.date IS NULL AND b.date IS NULL AND a.issue_date IS NULL AND b.issue_date IS NULL
RETURN count(r) AS number
"""
"""What a dated report or an issued plan says has the day of these."""
_TOLD = Text(
    "图谱在这一天有{number}条事实没有日期，视为一直有效。",
    "Facts that carry no dates count as always valid: {number} in the graph of that day.",
)
_known: WeakKeyDictionary[Store, tuple[str, int]] = WeakKeyDictionary()


def undated(store: Store) -> list[Text]:
    """Return the remark that facts without dates count on every day; none where all are dated.

    Args:
        store: the engine that holds the graph of a day, see :func:`~innograph.graph.validity.graph_on`.
    """
    stamp = store.stamp() or ""
    if _known.get(store, ("", 0))[0] != stamp or not stamp:
        _known[store] = stamp, int(store.query(_UNDATED).rows[0][0])
    number = _known[store][1]
    return [Text(*(words.format(number=number) for words in _TOLD))] if number else []
