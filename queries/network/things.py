"""Things of one type, numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Things:
    """Things of one type, in the order of their ids; ``index`` gives the number of each id."""

    ids: Sequence[str]
    names: Sequence[str]
    index: Mapping[str, int]

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, ...]]) -> Things:
        """Return things from rows that begin with id and name, in the order of the rows.

        Args:
            rows: a thing without a name goes by its id.

        Examples:
            >>> Things.of([("Region:1", "One"), ("Region:2", None)]).names
            ['One', 'Region:2']
        """
        pairs = [(str(row[0]), str(row[1] or row[0])) for row in rows]
        ids = [own for own, _ in pairs]
        return cls(ids, [name for _, name in pairs], {own: at for at, own in enumerate(ids)})
