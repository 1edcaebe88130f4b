"""Sums up the issues of a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from innograph.graph.issues import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.issues import Issue

#: The gravest first.
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def by_code(issues: Sequence[Issue]) -> Iterator[tuple[str, int, Issue]]:
    """Yield each code with how many issues have it and the first of them; the gravest codes first, then the commonest.

    Examples:
        >>> from innograph.graph.issues import Issue
        >>> codes = ["table.note", "table.bad-value", "table.note", "table.missing-value", "table.missing-value"]
        >>> [(code, count) for code, count, _ in by_code([Issue(code) for code in codes])]
        [('table.missing-value', 2), ('table.bad-value', 1), ('table.note', 2)]
    """
    counts = Counter(issue.code for issue in issues)
    first: Mapping[str, Issue] = {issue.code: issue for issue in reversed(issues)}
    ordered = sorted(counts, key=lambda code: (SEVERITIES.index(first[code].severity), -counts[code], code))
    return ((code, counts[code], first[code]) for code in ordered)
