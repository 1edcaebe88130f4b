"""What a file says of one thing at two places, where the two cannot both be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .cells import folded

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from innograph.graph.records import Value

_SIZE = 1 << 17
_PERIOD = ("valid_from", "valid_to")
_Facts = dict[str, "tuple[Value, int]"]


class Contradiction(NamedTuple):
    """A property that has one value at an earlier place and another here."""

    name: str
    before: Value
    row: int
    now: Value


class Facts:
    """What was said lately of each thing and relation, the last word on each property, and the row that had it.

    Memory does not grow with the file: of very many things, those that were said longest ago are forgotten.

    Args:
        size: how many to keep at least.

    Examples:
        >>> facts = Facts()
        >>> list(facts.take(1, {"name": "甲", "staff": 5}, 2)), list(facts.take(1, {"staff": 6}, 9))
        ([], [Contradiction(name='staff', before=5, row=2, now=6)])
        >>> facts.differs(1, {"staff": 5}), facts.differs(1, {"staff": 6})
        (True, False)
    """

    __slots__ = ("_new", "_old", "_size", "contested")

    def __init__(self, size: int = _SIZE) -> None:
        self._size = size
        self._new: dict[Hashable, tuple[Mapping[str, Value], int] | _Facts] = {}
        self._old: dict[Hashable, tuple[Mapping[str, Value], int] | _Facts] = {}
        #: That of which two values were said: of it each word counts, also one that was said before, as the last one wins.
        self.contested: set[Hashable] = set()

    def __len__(self) -> int:
        return len(self._new) + len(self._old)

    def take(self, subject: Hashable, properties: Mapping[str, Value], row: int) -> Iterator[Contradiction]:
        """Remember what a row says of a subject, and yield what an earlier row says otherwise.

        Args:
            subject: the thing's id, or what stands for the relation.
            properties: what is said.
            row: the row's number.
        """
        if self.is_first(subject, properties, row):
            return iter(())
        facts = _spread(self._new.get(subject) or self._old[subject])
        found = list(_contradictions(facts, properties))
        if found:
            self.contested.add(subject)
        self._keep(subject, {**facts, **{name: (v, row) for name, v in properties.items() if v is not None}})
        return iter(found)

    def is_first(self, subject: Hashable, properties: Mapping[str, Value], row: int) -> bool:
        """Whether nothing was said of a subject lately; if so, this is remembered."""
        if subject in self._new or subject in self._old:
            return False
        self._keep(subject, (properties, row))
        return True

    def forget(self, subject: Hashable) -> None:
        """Forget what was said of a subject: its row is not loaded after all."""
        self._new.pop(subject, None)
        self._old.pop(subject, None)

    def differs(self, subject: Hashable, properties: Mapping[str, Value]) -> bool:
        """Whether something else was said last of a contested subject."""
        if subject not in self.contested:
            return False
        known = self._new.get(subject) or self._old.get(subject)
        return known is not None and any(_contradictions(_spread(known), properties))

    def _keep(self, subject: Hashable, known: tuple[Mapping[str, Value], int] | _Facts) -> None:
        if len(self._new) >= self._size:
            self._old, self._new = self._new, {}
        self._new[subject] = known


def _spread(known: tuple[Mapping[str, Value], int] | _Facts) -> _Facts:
    if isinstance(known, dict):
        return known
    properties, row = known
    return {name: (value, row) for name, value in properties.items() if value is not None}


def _contradictions(facts: _Facts, properties: Mapping[str, Value]) -> Iterator[Contradiction]:
    """Yield the properties whose values differ; what is listed adds up, and what held at another time is another fact."""
    if any(facts.get(day, (None, 0))[0] != properties.get(day) for day in _PERIOD):
        return
    for name, value in properties.items():
        before, row = facts.get(name, (None, 0))
        if before is None or value is None or isinstance(value, list) or before == value:
            continue
        if not (isinstance(before, str) and isinstance(value, str) and folded(before) == folded(value)):
            yield Contradiction(name, before, row, value)
