"""Which pairs are still to be judged: found beside reading and writing, and kept until what is loaded changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from innograph.graph.confined import Ended, Fault, confined
from innograph.graph.errors import EngineError
from innograph.graph.identity import plain
from innograph.graph.ledger.standing import Standing, in_order
from innograph.graph.ontology import load_ontology
from innograph.graph.recognition.candidates import SUGGESTED
from innograph.graph.text import Text
from innograph.loaders.reading.confined import MEMORY
from innograph.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from innograph.graph.ledger.judgements import Judgement
    from innograph.graph.recognition.candidates import Candidate
    from innograph.graph.stores import Progress

    from .desk import Desk, Reader
    from .jobs import Job

_TITLE = Text("查找可能相同的", "Looking for what may be one")
_SECONDS = 600.0
_FEW = 10_000
"""So many statements are compared sooner than a process of its own starts."""
_State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs that may be one.

    Args:
        candidates: the likeliest first.
        names: what each side is called.
        left_out: how many pairs were not compared, since too many things have one name.
    """

    candidates: tuple[Candidate, ...] = ()
    names: Mapping[str, str] | None = None
    left_out: int = 0

    def open(self, standing: Iterable[Judgement], kinds: Collection[str] = (), find: str = "") -> list[Candidate]:
        """Return the pairs that nothing is known of yet.

        Args:
            standing: what was judged until now.
            kinds: only pairs of these root types; empty: all.
            find: only pairs with this text in a name.
        """
        known = Standing(standing)
        needle = plain(find).casefold().strip()
        return [
            one
            for one in self.candidates
            if not kinds or {_root(one.left), _root(one.right)} & set(kinds)
            if not needle or any(needle in plain(self.name(end)).casefold() for end in (one.left, one.right))
            if not known.between(one.left, one.right)
        ]

    def name(self, node: str) -> str:
        """Return what a side is called."""
        return (self.names or {}).get(node) or node

    def kinds(self) -> list[str]:
        """Return the root types that pairs have: what has a key is told apart no further by its id."""
        return sorted({_root(end) for one in self.candidates for end in (one.left, one.right)})

    def has(self, pair: tuple[str, str]) -> bool:
        """Whether a pair is among them, judged or not."""
        return any(in_order(one.left, one.right) == pair for one in self.candidates)


def _root(node: str) -> str:
    kind = node.partition(":")[0]
    known = load_ontology().nodes
    return known[kind].root if kind in known else kind


class Reviewing:
    """The pairs of one workspace; they are looked for again when a source comes or goes, not with every judgement."""

    def __init__(self) -> None:
        self.job: Job | None = None
        self.found: Found | None = None
        self._state: _State | None = None

    def look(self, desk: Desk, reader: Reader) -> Job | None:
        """Begin to look for pairs, unless that was done for what is loaded; return the job that was begun."""
        state = _state_of(reader)
        if self._state == state or (self.job and not self.job.ended):
            return None
        self._state = state
        few = sum(source.assertions for source in reader.sources) <= _FEW
        self.job = desk.aside(_TITLE.show(), lambda progress: self._look(desk, progress, few=few))
        self.job.href = "/review"
        return self.job

    def forget(self, pair: tuple[str, str]) -> None:
        """Look for pairs anew where one that was settled, and so was not found, is open again."""
        if self.found and not self.found.has(pair):
            self._state = None

    def _look(self, desk: Desk, progress: Progress, *, few: bool) -> None:
        progress(0, 0)
        if few:
            self.found = find_pairs(desk.folder)
            return
        try:
            (found,) = confined(find_pairs, (desk.folder,), seconds=_SECONDS, memory=MEMORY)
        except (Ended, Fault):
            raise NotCompared from None
        self.found = cast("Found", found)


class NotCompared(EngineError):
    """Looking for pairs took too long, or too much memory."""

    code = "not-compared"
    text = Text(
        "没有在限定的时间和内存内比较完；可在页首的框里写两个名称，只比较这两个，如：甲局和乙局",
        "Comparing all took too long or too much memory; name two things in the box at the top to compare these, such as A and B",
    )


def find_pairs(folder: Path) -> Found:
    """Return the pairs of a workspace that may be one; of a large one in a process of its own, so that pages stay quick.

    Args:
        folder: of the workspace.
    """
    left_out: list[int] = []
    with Workspace(folder) as workspace:
        candidates = workspace.candidates(SUGGESTED, left_out.append)
        ends = sorted({end for one in candidates for end in (one.left, one.right)})
        names = {end: workspace.judgements.name(end) for end in ends}
    return Found(tuple(candidates), names, sum(left_out))


def _state_of(reader: Reader) -> _State:
    """Return what pairs depend on besides judgements: the sources, and the workspace's own table of aliases."""
    aliases = reader.workspace.folder / "aliases.csv"
    changed = aliases.stat().st_mtime_ns if aliases.is_file() else 0
    return (changed, *((source.sha256, source.loader_version) for source in reader.sources))


def pages_of(found: Sequence[Candidate], page: int, size: int) -> tuple[list[Candidate], int, int]:
    """Return a page of pairs, which it is, and how many there are.

    Examples:
        >>> pages_of([], 3, 10)
        ([], 1, 1)
    """
    pages = max(1, -(-len(found) // size))
    page = min(max(1, page), pages)
    return list(found[(page - 1) * size : page * size]), page, pages
