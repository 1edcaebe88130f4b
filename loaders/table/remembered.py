"""Memory of what was seen lately, of a size that does not grow with the file."""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Known = TypeVar("Known")

_SIZE = 1 << 17


class Remembered(Generic[Key, Known]):
    """What was computed for a key lately: at least the last ``size`` keys, at most twice as many.

    What is asked for again stays: two generations cost a plain look-up, where an exact order would cost a move.

    Args:
        size: how many at least.

    Examples:
        >>> known = Remembered[str, int](2)
        >>> for word in "abac":
        ...     known[word] = ord(word)
        >>> known.get("a"), known.get("c"), len(known) <= 4
        (97, 99, True)
    """

    __slots__ = ("_new", "_old", "_size")

    def __init__(self, size: int = _SIZE) -> None:
        self._size = size
        self._new: dict[Key, Known] = {}
        self._old: dict[Key, Known] = {}

    def __len__(self) -> int:
        return len(self._new) + len(self._old)

    def __setitem__(self, key: Key, known: Known) -> None:
        if len(self._new) >= self._size:
            self._old, self._new = self._new, {}
        self._new[key] = known

    def get(self, key: Key) -> Known | None:
        """Return what is known for ``key``, or ``None``."""
        found = self._new.get(key)
        if found is None and self._old:
            found = self._old.get(key)
            if found is not None:
                self[key] = found
        return found

    def forget(self, key: Key) -> None:
        """Know nothing for ``key`` any more."""
        self._new.pop(key, None)
        self._old.pop(key, None)
