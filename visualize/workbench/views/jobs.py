"""Long work: how far it is, the wish to stop it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from innograph.graph.errors import NothingFound
from innograph.graph.text import Text, use_language

from ..jobs import job_words
from ..pages import counts_by_type, fragment, page
from ..uploading import Loaded
from ..web import desk_of, language_of, reading

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ..desk import Desk, Reader
    from ..jobs import Job, Jobs

_KIND = Text("工作", "job")
_NONE = Text("它已结束很久，或工作台已重新启动", "it ended long ago, or the workbench was started anew")
_MOST = 30


def _job(jobs: Jobs, request: Request) -> Job:
    name = request.path_params["job"]
    if name not in jobs:
        raise NothingFound(name=name[:20], kind=_KIND, near=_NONE)
    return jobs[name]


def job(reader: Reader, request: Request) -> Response:
    """Show a job: its bar, its result, or why it failed.

    Raises:
        NothingFound: there is no such job any more.
    """
    found = _job(reader.jobs, request)
    words = job_words(found)
    result = found.result if not words["going"] and isinstance(found.result, Loaded) else None
    return page(
        reader,
        request,
        "job.html",
        title=found.title,
        room="sources",
        **words,
        loaded=result,
        ontology=reader.workspace.ontology,
        counts=_counted(reader, result) if result else [],
        changed_findings=_findings(reader, result) if result and reader.knows_findings() else None,
    )


def _counted(reader: Reader, loaded: Loaded) -> list[tuple[str, int, int]]:
    """Return the types of which the graph has more or fewer than before, with both counts."""
    if loaded.counts is None or reader.updating:
        return []
    after = reader.once("counts", counts_by_type)
    types = sorted({*loaded.counts, *after})
    before = loaded.counts
    counted = [(name, before.get(name, 0), after.get(name, 0)) for name in types]
    return [one for one in counted if one[1] != one[2]]


def changes(reader: Reader, request: Request) -> Response:
    """Return the part of a job's page that tells which findings came and went.

    Raises:
        NothingFound: there is no such job any more.
    """
    found = _job(reader.jobs, request)
    loaded = found.result if isinstance(found.result, Loaded) else None
    return fragment("job_findings.html", changed_findings=_findings(reader, loaded) if loaded else None)


def _findings(reader: Reader, loaded: Loaded) -> dict[str, Any] | None:
    if loaded.findings is None:
        return None
    now = {one.id: one.statement for one in reader.findings()}
    new = [(name, statement) for name, statement in now.items() if name not in loaded.findings]
    gone = [statement for name, statement in loaded.findings.items() if name not in now]
    return {"new": new[:_MOST], "gone": gone[:_MOST], "new_count": len(new), "gone_count": len(gone)}


async def state(request: Request) -> Response:
    """Return how far a job is, for a page that shows it."""
    desk: Desk = desk_of(request)
    found = _job(desk.jobs, request)
    with use_language(language_of(request)):
        words = job_words(found)
        return JSONResponse(
            {
                "id": found.id,
                "title": found.title,
                "state": found.state.value,
                "word": words["word"],
                "done": found.done,
                "total": found.total,
                "far": words["far"],
                "ended": found.ended,
                "error": found.error,
                "href": found.href,
            }
        )


async def cancel(request: Request) -> Response:
    """Wish a job to stop."""
    found = _job(desk_of(request).jobs, request)
    found.stop()
    return RedirectResponse(f"/jobs/{found.id}", status_code=303)


ROUTES = (
    Route("/jobs/{job}.json", state),
    Route("/jobs/{job}", reading(job)),
    Route("/jobs/{job}/cancel", cancel, methods=["POST"]),
    Route("/parts/changes/{job}", reading(changes)),
)
