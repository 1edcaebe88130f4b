"""What judgements say together: what follows from them, and what would contradict them.

Sameness spreads: A same B and B same C make A same C. Difference does not, but it holds between everything that is
the same as either side. So judgements contradict each other exactly where two things that a chain of *same* joins
are judged *different*.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping


class Verdict(StrEnum):
    """What was decided about two nodes."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person decided about two nodes, in either order.

    Args:
        id: its number in the ledger.
        left: the id of the node that sorts first.
        right: the id of the other one.
        verdict: whether they are the same thing.
        note: why, in the author's words.
        author: who decided.
        decided_at: when, in UTC.
        withdrawn_at: since when it no longer stands; ``None`` while it does.
    """

    id: int
    left: str
    right: str
    verdict: Verdict
    note: str
    author: str
    decided_at: dt.datetime
    withdrawn_at: dt.datetime | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids, in order."""
        return self.left, self.right

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


def in_order(one: str, other: str) -> tuple[str, str]:
    """Return two ids in the order in which judgements hold them.

    Examples:
        >>> in_order("Region:b", "Region:a")
        ('Region:a', 'Region:b')
    """
    return (one, other) if one < other else (other, one)


class Standing:
    """The judgements that stand, as one body of knowledge.

    Args:
        judgements: that do not contradict each other, at most one about each pair.

    Examples:
        >>> import datetime as dt
        >>> at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        >>> def judged(left, right, verdict):
        ...     return Judgement(0, left, right, Verdict(verdict), "", "reviewer", at)
        >>> standing = Standing([judged("a", "b", "same"), judged("c", "d", "same"), judged("b", "c", "different")])
        >>> standing.between("a", "d").value
        'different'
        >>> [f"{j.left}-{j.right}" for j in standing.against("a", "d", Verdict.SAME)]
        ['a-b', 'b-c', 'c-d']
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._about: dict[Verdict, dict[str, dict[str, Judgement]]] = {Verdict.SAME: {}, Verdict.DIFFERENT: {}}
        self._by_pair: dict[tuple[str, str], Judgement] = {}
        for judgement in judgements:
            self.add(judgement)

    def add(self, judgement: Judgement) -> None:
        """Let ``judgement`` stand, in place of one about the same pair."""
        self.remove(judgement.pair)
        self._by_pair[judgement.pair] = judgement
        about = self._about[judgement.verdict]
        about.setdefault(judgement.left, {})[judgement.right] = judgement
        about.setdefault(judgement.right, {})[judgement.left] = judgement

    def remove(self, pair: tuple[str, str]) -> None:
        """Let nothing stand about ``pair``, whose ids are in order."""
        judgement = self._by_pair.pop(pair, None)
        if judgement:
            about = self._about[judgement.verdict]
            del about[judgement.left][judgement.right], about[judgement.right][judgement.left]

    def __iter__(self) -> Iterator[Judgement]:
        return iter(self._by_pair.values())

    def on(self, one: str, other: str) -> Judgement | None:
        """Return the judgement about exactly these two."""
        return self._by_pair.get(in_order(one, other))

    def between(self, one: str, other: str) -> Verdict | None:
        """Return what is known of two nodes: judged itself, or following from other judgements."""
        if one == other or self.against(one, other, Verdict.DIFFERENT):
            return Verdict.SAME
        return Verdict.DIFFERENT if self.against(one, other, Verdict.SAME) else None

    def against(self, one: str, other: str, verdict: Verdict) -> list[Judgement]:
        """Return the chain of judgements that contradict ``verdict`` about two nodes, from the one to the other."""
        here, there = _Reach(self._about[Verdict.SAME], one), _Reach(self._about[Verdict.SAME], other)
        # Step by step from both sides: the smaller group is all that need be seen, unless something differs from it.
        while here.step() and there.step():
            pass
        if here.todo:
            return self._against(there, here, verdict)[::-1]
        return self._against(here, there, verdict)

    def _against(self, group: _Reach, other: _Reach, verdict: Verdict) -> list[Judgement]:
        """Return the chain from the start of ``group``, which is all known, to that of ``other``."""
        if verdict is Verdict.DIFFERENT:
            return group.chain(other.start) if other.start in group.reached else []
        for node in group.reached:
            for end, difference in self._about[Verdict.DIFFERENT].get(node, {}).items():
                while end not in other.reached and other.step():
                    pass
                if end in other.reached:
                    return [*group.chain(node), difference, *reversed(other.chain(end))]
        return []


class _Reach:
    """What is judged the same as ``start``, itself first, each with the judgement that it was reached by."""

    def __init__(self, same: Mapping[str, Mapping[str, Judgement]], start: str) -> None:
        self.start = start
        self.reached: dict[str, Judgement | None] = {start: None}
        self.todo = deque([start])
        self._same = same

    def step(self) -> bool:
        """Go one node further; return whether there is more."""
        if self.todo:
            here = self.todo.popleft()
            for there, judgement in self._same.get(here, {}).items():
                if there not in self.reached:
                    self.reached[there] = judgement
                    self.todo.append(there)
        return bool(self.todo)

    def chain(self, end: str) -> list[Judgement]:
        """Return the judgements that lead from the start to ``end``."""
        chain: list[Judgement] = []
        while step := self.reached[end]:
            chain.append(step)
            end = step.left if end == step.right else step.right
        return chain[::-1]
