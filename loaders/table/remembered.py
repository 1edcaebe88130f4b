"""Memory of what was seen lately, of a size that does not grow with the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

Key = TypeVar("Key")
Answer = TypeVar("Answer")

_SIZE = 1 << 17


class Answers(dict[Key, Answer]):
    """What a function answers, asked once for each key; all is forgotten when there are ``size`` answers.

    A dictionary, because what most cells of a table say was said before, and no look-up is faster.

    Args:
        ask: the function.
        size: how many answers to keep.

    Examples:
        >>> asked = []
        >>> lengths = Answers(lambda word: asked.append(word) or len(word), size=2)
        >>> [lengths[word] for word in ("a", "bb", "a", "ccc")], asked, len(lengths)
        ([1, 2, 1, 3], ['a', 'bb', 'ccc'], 1)
    """

    __slots__ = ("_ask", "_size")

    def __init__(self, ask: Callable[[Key], Answer], size: int) -> None:
        super().__init__()
        self._ask = ask
        self._size = size

    def __missing__(self, key: Key) -> Answer:
        if len(self) >= self._size:
            self.clear()
        found = self[key] = self._ask(key)
        return found


class Always(dict[str, Answer]):
    """Gives the same answer to everything, and keeps nothing.

    Examples:
        >>> Always("EUR")["a"], len(Always("EUR"))
        ('EUR', 0)
    """

    __slots__ = ("_answer",)

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, _: str) -> Answer:
        return self._answer


def mark_of(properties: Mapping[str, object], *identity: Hashable) -> int:
    """Return a number that stands for a statement: what it is about, and its properties, lists among them.

    Examples:
        >>> mark_of({"a": 1}, "X") == mark_of({"a": 1}, "X"), mark_of({"a": 1}, "X") == mark_of({"b": 1}, "X")
        (True, False)
        >>> mark_of({"a": ["x", "y"]}, "X") == mark_of({"a": ["x"]}, "X"), mark_of({"a": -1}, "X") == mark_of({"a": -2}, "X")
        (False, False)
        >>> mark_of({"a": -1, "b": -2}, "X") == mark_of({"a": -2, "b": -1}, "X")
        False
    """
    if not properties:
        return hash(identity)
    values = properties.values()
    # For Python the hashes of -1 and -2 are the same.
    if -1 not in values:
        try:
            return hash((identity, *properties, *values))
        except TypeError:  # a list has none
            pass
    return hash((identity, *properties, *map(repr, values)))


class Seen:
    """What was seen lately: at least the last ``size`` keys, at most twice as many; what is met again stays.

    Args:
        size: how many at least.

    Examples:
        >>> seen = Seen(2)
        >>> [seen.is_new(word) for word in "abab"], [seen.is_new(word) for word in "ca"], len(seen) <= 4
        ([True, True, False, False], [True, False], True)
    """

    __slots__ = ("_new", "_old", "_size")

    def __init__(self, size: int = _SIZE) -> None:
        self._size = size
        self._new: set[Hashable] = set()
        self._old: set[Hashable] = set()

    def __len__(self) -> int:
        return len(self._new) + len(self._old)

    def is_new(self, key: Hashable) -> bool:
        """Whether ``key`` was not seen lately; now it is."""
        if key in self._new:
            return False
        new = key not in self._old
        if len(self._new) >= self._size:
            self._old, self._new = self._new, set()
        self._new.add(key)
        return new

    def forget(self, key: Hashable) -> None:
        """Take ``key`` for new when it comes next."""
        self._new.discard(key)
        self._old.discard(key)
