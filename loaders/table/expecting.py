"""How many things a file should name: judged while it is read, and again when it is loaded without having changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.issues import Issue
from innograph.graph.ontology import load_ontology
from innograph.graph.records import Locator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .model import Expected


def unmet(counts: Mapping[str, int], expect: Mapping[str, Expected]) -> Iterator[Issue]:
    """Yield an issue for each type of which there are too few or too many.

    Args:
        counts: how many things of each type a file names; a parent that is not among them has all of its types'.
        expect: how many it should name.

    Examples:
        >>> from .model import Expected
        >>> [issue.values["found"] for issue in unmet({"Enterprise": 3, "Institute": 1}, {"Organisation": Expected(5)})]
        [4]
    """
    nodes = load_ontology().nodes
    for label, limit in expect.items():
        found = counts.get(label, sum(count for name, count in counts.items() if label in nodes[name].labels))
        if found < limit.least or (limit.most is not None and found > limit.most):
            most = "…" if limit.most is None else limit.most
            values = {"type": nodes[label].label, "found": found, "least": limit.least, "most": most}
            yield Issue("table.count", Locator(), "", values)
