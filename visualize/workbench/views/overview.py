"""The first page: what is loaded, how much of it, what is open."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from starlette.routing import Route

from innograph.graph.issues import Severity as IssueSeverity
from innograph.graph.ledger.triage import State
from innograph.graph.text import Text
from innograph.queries.question import SEVERITY_WORDS, Severity

from ..coverage import coverage_of
from ..pages import counts_by_type, fragment, page
from ..web import reading

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ..coverage import Covered
    from ..desk import Reader

_SHOWN = 8
_TITLE = Text("总览", "Overview")


def overview(reader: Reader, request: Request) -> Response:
    """Show what is loaded; findings and coverage come after the rest where they are not known yet."""
    sources = reader.sources
    counts = reader.once("counts", counts_by_type)
    types = [(node, counts[name]) for name, node in reader.workspace.ontology.nodes.items() if counts.get(name)]
    types.sort(key=lambda pair: -pair[1])
    doubts = sum(s.issues.get(IssueSeverity.ERROR, 0) + s.issues.get(IssueSeverity.WARNING, 0) for s in sources)
    quick = sum(counts.values()) < _QUICK
    return page(
        reader,
        request,
        "overview.html",
        title=reader.workspace.settings.title or _TITLE.show(),
        room="overview",
        sources=sources,
        types=types,
        doubts=doubts,
        coverage=_coverage(reader) if quick or reader.knows(_COVERAGE) else None,
        findings=_findings(reader) if quick or reader.knows_findings() else None,
    )


_QUICK = 20_000
"""Of so few things findings and coverage are worked out while the page waits."""
_COVERAGE = "coverage"


def open_findings(reader: Reader, request: Request) -> Response:
    """Return the part of the first page that has the findings."""
    del request
    return fragment("overview_findings.html", findings=_findings(reader))


def coverage(reader: Reader, request: Request) -> Response:
    """Return the part of the first page that says how much of what is loaded is covered."""
    del request
    return fragment("overview_coverage.html", coverage=_coverage(reader))


def _coverage(reader: Reader) -> list[Covered]:
    return reader.once(_COVERAGE, coverage_of)


def _findings(reader: Reader) -> dict[str, object]:
    found = [one for one in reader.findings() if one.state is State.OPEN]
    counted = Counter(one.severity for one in found)
    return {
        "first": found[:_SHOWN],
        "count": len(found),
        "severities": [(SEVERITY_WORDS[one], one.value, counted[one]) for one in Severity if counted[one]],
        "words": SEVERITY_WORDS,
    }


ROUTES = (
    Route("/", reading(overview)),
    Route("/parts/findings", reading(open_findings)),
    Route("/parts/coverage", reading(coverage)),
)
