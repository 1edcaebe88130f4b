"""The report for the director: chosen on a form, written beside reading, handed over as a file."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from innograph.graph.days import day_of
from innograph.graph.errors import NothingFound, UsageError
from innograph.graph.ledger.triage import STATE_WORDS
from innograph.graph.text import Text, use_language
from innograph.queries.question import SEVERITY_WORDS, Severity
from innograph.visualize.reports.build import Chosen, build_report
from innograph.visualize.reports.picked import LISTED

from ..pages import page
from ..web import desk_of, form_of, language_of, one, reading
from .findings import SEVERITY_SIGNS, STATE_SIGNS, findings_about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from innograph.graph.stores import Progress
    from innograph.queries import Finding

    from ..desk import Desk, Reader
    from ..web import Form

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_LISTED = 200
"""So many findings can be chosen one by one."""
LONGEST_TITLE = 200
PATIENCE = 3.0
"""Seconds a browser waits for the file; what takes longer is a job with a page of its own."""
_STEP = 0.05
_LOADED_PLANS = "MATCH (p:Plan)-[]->() RETURN DISTINCT p.id AS id, p.name AS name ORDER BY name, id"
"""Of what is only named by another plan, there is nothing to report."""
_TITLE = Text("报告", "Report")
_NAME = Text("报告-{day}.{form}", "report-{day}.{form}")
_FILE, _GONE = Text("报告文件", "file of a report"), Text("请重新生成", "make it anew")


class BadForm(UsageError):
    """A report is asked for in a form that there is none of."""

    code = "bad-form"
    text = Text("没有“{form}”这种格式，可用：{known}", "There is no form “{form}”; there are {known}")


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written: its contents, name and type."""

    content: bytes
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that is asked for.

    Args:
        chosen: what it is to be about.
        form: one of :data:`FORMS`.
        findings: all findings, where they are known.
    """

    chosen: Chosen
    form: str
    findings: Sequence[Finding] | None


def report(reader: Reader, request: Request) -> Response:
    """Show the form: plan, findings, day, title. What an address names is chosen already."""
    query = request.query_params
    found = [one for one in reader.findings() if one.state in LISTED]
    found.sort(key=lambda one: (LISTED.index(one.state), list(Severity).index(one.severity)))
    named = set(query.getlist("finding")) | _narrowed(reader, query)
    found.sort(key=lambda one: one.id not in named)  # those come before the ones that do not fit on the page
    states = [state for state in LISTED if state.value in query.getlist("state")] or LISTED
    severities = [one for one in Severity if one.value in query.getlist("severity")] or list(Severity)
    plans = reader.workspace.store().query(_LOADED_PLANS).dicts()
    return page(
        reader,
        request,
        "report.html",
        title=_TITLE.show(),
        room="findings",
        plans=plans,
        plan=query.get("plan", ""),
        states=[(state, STATE_WORDS[state].show(), STATE_SIGNS[state], state in states) for state in LISTED],
        severities=[(one, SEVERITY_WORDS[one].show(), SEVERITY_SIGNS[one], one in severities) for one in Severity],
        findings=found[:MOST_LISTED],
        more=max(0, len(found) - MOST_LISTED),
        named=named,
        longest=LONGEST_TITLE,
        state_words=STATE_WORDS,
        severity_words=SEVERITY_WORDS,
        severity_signs=SEVERITY_SIGNS,
        state_signs=STATE_SIGNS,
    )


def _narrowed(reader: Reader, query: QueryParams) -> set[str]:
    """Return the findings that a rule or a thing in an address chooses; none where it names neither."""
    rule, thing = query.get("rule", ""), query.get("thing", "")
    if not rule and not thing:
        return set()
    return {one.id for one in findings_about(reader, thing) if rule in ("", one.rule)}


async def make(request: Request) -> Response:
    """Write the report that a form asks for: as a file at once if that is quick, else as a job.

    Raises:
        UsageError: what is asked for is not there.
    """
    desk, form = desk_of(request), await form_of(request)
    with use_language(language_of(request)):
        wanted = await desk.read(partial(wanted_in, form))
        job = desk.aside(_TITLE.show(), partial(_written, desk, wanted))
    job.href = f"/report/files/{job.id}"
    begun = time.monotonic()
    while not job.ended and time.monotonic() - begun < PATIENCE:
        await asyncio.sleep(_STEP)
    return file_of(job.result) if isinstance(job.result, Made) else RedirectResponse(f"/jobs/{job.id}", status_code=303)


def written(reader: Reader, request: Request) -> Response:
    """Hand over what a job wrote.

    Raises:
        NothingFound: it is there no more, or not yet.
    """
    name = request.path_params["job"]
    made = reader.jobs[name].result if name in reader.jobs else None
    if not isinstance(made, Made):
        raise NothingFound(name=name[:20], kind=_FILE, near=_GONE)
    return file_of(made)


def wanted_in(form: Form, reader: Reader) -> Wanted:
    """Return what a form asks for.

    Raises:
        BadForm: there is no such form of a report.
        BadDay: the day is none.
    """
    kind, day = one(form, "form", "docx"), one(form, "as_of")
    if kind not in FORMS:
        raise BadForm(form=kind[:20], known="、".join(FORMS))
    as_of = day_of(day) if day else None
    chosen = Chosen(
        one(form, "plan") or None,
        tuple(form.get("finding", [])),
        _known(form, "severity", [severity.value for severity in Severity]),
        _known(form, "state", [state.value for state in LISTED]) or Chosen().states,
        as_of,
        one(form, "title")[:LONGEST_TITLE],
    )
    return Wanted(chosen, kind, None if as_of else reader.findings())


def _known(form: Form, name: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return which of some values are ticked."""
    return tuple(value for value in values if value in form.get(name, []))


def _written(desk: Desk, wanted: Wanted, progress: Progress) -> Made:
    with desk.workspace() as workspace, workspace.held():
        progress(0, 2)
        if wanted.form == "xlsx":
            from innograph.visualize.reports.xlsx import report_xlsx

            content = report_xlsx(workspace, wanted.chosen, findings=wanted.findings)
        else:
            made = build_report(workspace, wanted.chosen, findings=wanted.findings, paged=wanted.form != "html")
            progress(1, 2)
            if wanted.form == "html":
                from innograph.visualize.reports.page import report_html

                content = report_html(made).encode()
            else:
                from innograph.visualize.reports.word import report_docx

                content = report_docx(made)
    progress(2, 2)
    today = dt.datetime.now().astimezone().date()
    return Made(content, _NAME.format(day=today, form=wanted.form), FORMS[wanted.form])


def file_of(made: Made) -> Response:
    """Return a file for a browser to keep: never shown as a page of this address."""
    named = f"attachment; filename*=UTF-8''{quote(made.name)}"
    return Response(made.content, media_type=made.kind, headers={"content-disposition": named})


ROUTES = (
    Route("/report", reading(report)),
    Route("/report", make, methods=["POST"]),
    Route("/report/files/{job}", reading(written)),
)
