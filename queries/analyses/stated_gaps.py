"""What questions about things with two parts share, an operator and members, or a host and a field: which part is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text

from ..answering import Found
from .pairing import share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from innograph.graph.stores import Store


class Parts(NamedTuple):
    """The codes of what may be missing, and how a remark calls the things."""

    first: str
    second: str
    things: Text
    lack_first: Text
    lack_second: Text

    def missing(self, firsts: Sequence[Any], seconds: Sequence[Any]) -> str:
        """Return the code of what is missing: one part, ``both``, or ``none``.

        Args:
            firsts: what there is of the first part.
            seconds: of the second.
        """
        if not firsts:
            return self.first if seconds else "both"
        return "none" if seconds else self.second

    def counted(self, gaps: Sequence[str]) -> Text:
        """Return the remark on how many things lack which part.

        Args:
            gaps: the code of each thing.
        """
        number, ones = len(gaps), sum(gap in (self.first, "both") for gap in gaps)
        others, either = sum(gap in (self.second, "both") for gap in gaps), sum(gap != "none" for gap in gaps)
        return Text(
            f"{self.things.zh}共{number}个：{ones}个{self.lack_first.zh}，{others}个{self.lack_second.zh}，"
            f"两者至少缺一的{either}个（{share(either, number)}）。",
            f"{self.things.en}: {number}; {self.lack_first.en}: {ones}; {self.lack_second.en}: {others}; "
            f"lacking at least one of the two: {either} ({share(either, number)}).",
        )


def found(
    store: Store,
    cypher: str,
    parts: Parts,
    parameters: Mapping[str, Any],
    row: Callable[[dict[str, Any], str, str], Any],
) -> Found:
    """Return the things that lack a part.

    Args:
        store: the engine.
        cypher: gives each thing with the lists ``firsts`` and ``seconds``, in order.
        parts: what may be missing.
        parameters: of the question; ``gap`` says what must be missing.
        row: makes a row of a thing, the code of what it lacks, and whether sources state such parts of any thing.
    """
    values = {name: value for name, value in parameters.items() if name != "gap"}
    everything = store.query(cypher, dict.fromkeys(values)).dicts()
    things = store.query(cypher, values).dicts() if any(values.values()) else everything
    gaps = [parts.missing(thing["firsts"], thing["seconds"]) for thing in things]
    wanted = {"all": (parts.first, parts.second, "both")}.get(parameters["gap"], (parameters["gap"], "both"))
    known = "yes" if any(thing["firsts"] or thing["seconds"] for thing in everything) else "no"
    rows = [row(thing, gap, known) for thing, gap in zip(things, gaps, strict=True) if gap in wanted]
    return Found(rows, [parts.counted(gaps)])
