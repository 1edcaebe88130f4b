"""Sources: the list of all, the page of each with its doubts and its text, and taking one back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from starlette.routing import Route

from innograph.graph.confined import Ended, Fault
from innograph.graph.errors import InnographError, NothingFound
from innograph.graph.issues import Severity
from innograph.graph.text import Text
from innograph.visualize.checked import SEVERITIES

from .. import links
from ..grid import day
from ..pages import page
from ..source_rows import page_with, rows_of
from ..source_text import Whereabouts, copy_of, document_of, marks_in, text_page
from ..web import changing, one, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from innograph.graph.issues import Issue
    from innograph.graph.ledger import EvidenceRecord, Source
    from innograph.workspace import Workspace

    from ..desk import Reader
    from ..source_rows import FileRows
    from ..source_text import TextPage
    from ..web import Form

_SOURCE = Text("来源", "source")
_SOURCES = Text("来源", "Sources")
_UNLOAD = Text("撤下“{name}”？", "Unload “{name}”?")
_TOO_LONG = Text("这份文件太大，没能在时限内读出", "The file is too large to be read in the time there is")
_MOST_ISSUES = 200
_DOCUMENTS = "plan"
LOADER_WORDS = {"plan": Text("方案文件", "plan document"), "table": Text("名册表格", "roster")}


def sources(reader: Reader, request: Request) -> Response:
    """List what is loaded, with its doubts."""
    return page(
        reader,
        request,
        "sources.html",
        title=_SOURCES.show(),
        room="sources",
        sources=[(source, loader_words(source), loaded_on(source)) for source in reader.sources],
        several={name for name, count in Counter(source.name for source in reader.sources).items() if count > 1},
        severities=SEVERITIES,
        unloaded=request.query_params.get("unloaded", ""),
    )


def source(reader: Reader, request: Request) -> Response:
    """Show a source: its doubts, and its text with what the graph has from it.

    Raises:
        NothingFound: nothing of that content is loaded.
    """
    found = _found(reader, request.path_params["sha256"])
    listed = reader.once("issues", _issues_by_source).get(found.id, [])
    mark = request.query_params.get("mark", "")
    records = [record for record in reader.workspace.evidence(mark) if record.origin == found.origin] if mark else []
    text, rows, problem = None, None, ""
    try:
        if found.loader == _DOCUMENTS:
            text = _text(reader, request, found, records)
        else:
            rows = _rows(reader, request, found, records)
    except InnographError as error:
        problem = str(error)
    except (Ended, Fault):
        problem = _TOO_LONG.show()
    return page(
        reader,
        request,
        "source.html",
        title=found.name,
        room="sources",
        source=found,
        loader=loader_words(found),
        loaded=loaded_on(found),
        counted=_counted(listed, request),
        issues=_chosen(listed, request)[:_MOST_ISSUES],
        chosen=len(_chosen(listed, request)),
        severities=SEVERITIES,
        mark=mark,
        marked=bool(records),
        text=text,
        rows=rows,
        problem=problem,
    )


def ask_to_unload(reader: Reader, request: Request) -> Response:
    """Ask whether a source is to be taken back, and say what that does.

    Raises:
        NothingFound: nothing of that content is loaded.
    """
    found = _found(reader, request.path_params["sha256"])
    title = _UNLOAD.format(name=found.name)
    return page(reader, request, "unload.html", title=title, room="sources", source=found)


def unload(workspace: Workspace, form: Form) -> str:
    """Take a source back, and lead to the list.

    Raises:
        NothingFound: nothing of that content is loaded.
    """
    gone = workspace.unload(one(form, "sha256"))
    return links.with_query("/sources", {"unloaded": gone.name})


def loader_words(found: Source) -> str:
    """Return what kind of file a source is."""
    return LOADER_WORDS[found.loader].show() if found.loader in LOADER_WORDS else found.loader


def loaded_on(found: Source) -> str:
    """Return when a source was loaded: the day and the time, here."""
    when = dt.datetime.fromisoformat(found.loaded_at).astimezone()
    return f"{day(when.date())} {when:%H:%M}"


def _found(reader: Reader, sha256: str) -> Source:
    for found in reader.sources:
        if found.sha256 == sha256:
            return found
    near = "、".join(source.name for source in reader.sources[:3]) or "—"
    raise NothingFound(name=sha256[:70], kind=_SOURCE, near=near)


def _issues_by_source(workspace: Workspace) -> dict[int, list[Issue]]:
    """Return the issues of each source, by its number: they come in the order of the sources, so many of each."""
    status = workspace.status()
    issues = iter([issue for _, issue in status.issues])
    ordered = sorted(status.sources, key=lambda source: source.position)
    return {source.id: list(islice(issues, sum(source.issues.values()))) for source in ordered}


def _counted(issues: Sequence[Issue], request: Request) -> list[tuple[str, list[tuple[str, str, int, bool]]]]:
    """Return the filters: for each field of the address its values, with words, counts, and which is chosen."""
    query = request.query_params
    severities = Counter(issue.severity for issue in issues)
    codes = Counter(issue.code for issue in issues)
    return [
        (
            "severity",
            [
                (one.value, SEVERITIES[one].show(), severities[one], query.get("severity") == one.value)
                for one in Severity
                if severities[one]
            ],
        ),
        ("code", [(code, code, count, query.get("code") == code) for code, count in codes.most_common()]),
    ]


def _chosen(issues: Sequence[Issue], request: Request) -> list[Issue]:
    severity, code = request.query_params.get("severity", ""), request.query_params.get("code", "")
    return [issue for issue in issues if severity in ("", issue.severity.value) and code in ("", issue.code)]


def _text(reader: Reader, request: Request, found: Source, records: Sequence[EvidenceRecord]) -> TextPage | None:
    document = document_of(reader.workspace, found)
    if document is None:
        return None
    marks = reader.once(f"marks {found.origin}", lambda workspace: marks_in(workspace, found, document))
    asked = Whereabouts(document).of(found, records)
    return text_page(document, marks, asked, _page_asked(request))


def _rows(reader: Reader, request: Request, found: Source, records: Sequence[EvidenceRecord]) -> FileRows | None:
    copy = copy_of(reader.workspace, found.sha256)
    if copy is None:
        return None
    place = records[0].place if records else None
    sheet = "/".join(part for part in (place.section, place.sheet) if part) if place else ""
    numbers = [record.place.row for record in records if record.place.row is not None]
    workspace = reader.workspace
    return rows_of(
        copy,
        workspace.folder / "packs",
        sheet=request.query_params.get("sheet", sheet),
        page=_page_asked(request) or page_with(min(numbers, default=1)),
        asked=numbers,
        personal=workspace.settings.personal_data == "allow",
    )


def _page_asked(request: Request) -> int | None:
    text = request.query_params.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else None


ROUTES = (
    Route("/sources", reading(sources)),
    Route("/sources/{sha256}", reading(source)),
    Route("/sources/{sha256}/unload", reading(ask_to_unload)),
    Route("/sources/{sha256}/unload", changing(unload), methods=["POST"]),
)
