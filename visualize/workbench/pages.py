"""Makes pages: the view's own part inside the frame that all pages have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse

from innograph.graph.text import Text, language
from innograph.visualize.tables import number
from innograph.visualize.templating import templates_of

from . import links
from .assets import address as static
from .grid import day
from .proof import proof_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request

    from innograph.workspace import Workspace

    from .desk import Reader

_COUNTED = {"tasks": "Task", "targets": "Target"}
_UNITS = "MATCH (o:Organisation)-[:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(:Task) RETURN count(DISTINCT o.id)"
"""Bodies that have a part in a task, as the matrix and the load list them; not all of them are departments."""


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the rail: where it leads, what it is called, and which count stands behind it."""

    key: str
    href: str
    label: Text
    count: str = ""


RAIL = (
    Room("overview", "/", Text("总览", "Overview")),
    Room("ask", "/ask", Text("提问", "Ask")),
    Room("tasks", "/q/matrix", Text("任务", "Tasks"), "tasks"),
    Room("units", "/q/load", Text("单位", "Units"), "units"),
    Room("targets", "/q/targets", Text("指标", "Targets"), "targets"),
    Room("cooperation", "/cooperation", Text("合作", "Cooperation")),
    Room("findings", "/findings", Text("发现", "Findings"), "findings"),
    Room("sources", "/sources", Text("来源", "Sources"), "sources"),
)


@dataclass(frozen=True, slots=True)
class Here:
    """The address of a page, for links to the same page with something changed."""

    path: str
    query: str

    def changed(self, **values: object) -> str:
        """Return the address with some values of its query changed; ``None`` takes one away."""
        return links.changed(self.path, self.query, **values)

    def with_evidence(self, subject: str) -> str:
        """Return the address that opens the drawer on a node or edge."""
        return self.changed(evidence=subject)


def t(zh: str, en: str, **values: object) -> str:
    """Return one of two texts, for templates: both languages stand where they are used.

    Examples:
        >>> t("{n}项", "{n} items", n=3)
        '3项'
    """
    return Text(zh, en).format(**values)


@cache
def environment() -> Environment:
    """Return what reads the templates, with what all of them know."""
    made = templates_of("workbench")
    known: dict[str, Any] = {"t": t, "links": links, "static": static, "language": language}
    made.globals.update(known)
    made.filters.update({"number": number, "day": day})
    return made


def compile_templates() -> None:
    """Compile all templates, so that nobody's first page waits for it."""
    made = environment()
    for name in made.list_templates():
        made.get_template(name)


def page(
    reader: Reader,
    request: Request,
    template: str,
    *,
    title: str,
    room: str = "",
    status: int = 200,
    of_a_day: bool = False,
    **values: Any,
) -> HTMLResponse:
    """Return a page.

    Args:
        reader: what it was read from.
        request: what it answers.
        template: of the view's own part.
        title: its heading, in words.
        room: the entry of the rail it belongs to.
        status: of the answer.
        of_a_day: whether it heeds the day that an address asks for: only then it offers to choose one.
        values: what the template shows.
    """
    subject = request.query_params.get("evidence", "")
    here = Here(request.url.path, request.url.query)
    return HTMLResponse(
        environment()
        .get_template(template)
        .render(
            title=title,
            room=room,
            rail=[(one, _count(reader, one.count)) for one in RAIL],
            workspace=reader.workspace.settings.title,
            updating=reader.updating,
            trouble=reader.trouble,
            running=reader.jobs.running,
            proof=proof_of(reader, subject) if subject else None,
            changed=here.changed,
            with_evidence=here.with_evidence,
            query=dict(request.query_params),
            path=request.url.path,
            as_of=request.query_params.get("as_of", ""),
            of_a_day=of_a_day,
            **values,
        ),
        status_code=status,
    )


def fragment(template: str, **values: Any) -> HTMLResponse:
    """Return a part of a page by itself, for a script that puts it in."""
    return HTMLResponse(environment().get_template(template).render(**values))


def _count(reader: Reader, counted: str) -> str:
    """Return the count behind an entry of the rail; none that would take long."""
    if counted == "findings":
        return number(len(reader.findings())) if reader.knows_findings() else ""
    if counted == "sources":
        return number(len(reader.sources))
    if counted == "units":
        return number(int(reader.once("units", lambda workspace: workspace.store().query(_UNITS).rows[0][0])))
    if counted:
        return number(reader.once("counts", counts_by_type).get(_COUNTED[counted], 0))
    return ""


def counts_by_type(workspace: Workspace) -> dict[str, int]:
    """Return how many things of each type the graph has."""
    store = workspace.store()
    found: dict[str, int] = {}
    for name, node_type in workspace.ontology.nodes.items():
        if not node_type.abstract:
            found[name] = int(store.query(f"MATCH (n:{name}) RETURN count(n) AS n").rows[0][0])
    return found
