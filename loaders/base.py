"""What every loader hands over, and what it is called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.records import NodeAssertion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from innograph.graph.issues import Issue
    from innograph.graph.records import Assertion


@dataclass(slots=True)
class Loaded:
    """What one file says.

    Args:
        loader: the loader's name.
        version: the loader's version; a file is read again when it has changed.
        title: what the file is, in a few words.
        assertions: what it says. Of a large table a stream that can be taken once, so that no memory need hold it.
        issues: all its problems, once the last assertion has been taken.
        whole: whether both ends of every edge are among the nodes; a table may speak of what another file states.
    """

    loader: str
    version: str
    title: str
    assertions: Iterable[Assertion]
    issues: Sequence[Issue]
    whole: bool = True

    def counts(self) -> dict[str, int]:
        """Return how many different things of each node type the file names; it takes the assertions."""
        nodes = {(a.label, a.id) for a in self.assertions if isinstance(a, NodeAssertion)}
        return dict(sorted(Counter(label for label, _ in nodes).items()))
