"""What every loader hands over, and what it is called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.records import NodeAssertion

if TYPE_CHECKING:
    from innograph.graph.issues import Issue
    from innograph.graph.records import Assertion


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one file says.

    Args:
        loader: the loader's name.
        version: the loader's version; a file is read again when it has risen.
        title: what the file is, in a few words.
        assertions: what it says, nodes before the edges that need them.
        issues: all its problems.
    """

    loader: str
    version: str
    title: str
    assertions: tuple[Assertion, ...]
    issues: tuple[Issue, ...]

    def counts(self) -> dict[str, int]:
        """Return how many different things of each node type the file names."""
        nodes = {(a.label, a.id) for a in self.assertions if isinstance(a, NodeAssertion)}
        return dict(sorted(Counter(label for label, _ in nodes).items()))
