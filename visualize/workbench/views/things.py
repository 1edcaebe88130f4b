"""The page that every thing has: what it is, what it is tied to, what was found about it, what can be asked about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from innograph.queries.question import SEVERITY_WORDS, ParameterType
from innograph.queries.vocabulary import TOPICS

from .. import links
from ..grid import grid_of
from ..pages import fragment, page
from ..things import edges_at, known_thing
from ..web import day_in, reading

if TYPE_CHECKING:
    import datetime as dt

    from starlette.requests import Request
    from starlette.responses import Response

    from innograph.graph.ledger import EvidenceRecord
    from innograph.queries import Finding
    from innograph.workspace import Workspace

    from ..desk import Reader
    from ..grid import Grid
    from ..property_words import Fact
    from ..things import Thing

_MOST_FINDINGS, _MOST_EDGES, _MOST_PARTNERS = 12, 5_000, 10
_MOST_RECORDS = 500
_ROOMS = {"Task": "tasks", "Measure": "tasks", "Department": "units", "Target": "targets", "Indicator": "targets"}
_PARTNERED = frozenset({"PARTICIPATES_IN", "COOPERATES_WITH"})


@dataclass(frozen=True, slots=True)
class Sourced:
    """A fact and where the line stands that says it; empty where no single line has the words."""

    fact: Fact
    place: str


@dataclass(frozen=True, slots=True)
class Askable:
    """A question that can be asked about a thing, and the address that asks it."""

    title: str
    href: str


def thing(reader: Reader, request: Request) -> Response:
    """Show a thing; the address of an edge leads to its proof.

    Raises:
        NothingFound: there is no such thing.
    """
    own = request.path_params["thing"]
    if own.partition(":")[0] in reader.workspace.ontology.edges:
        return RedirectResponse(links.to_evidence(own), status_code=303)
    day = day_in(request)
    found = known_thing(reader.workspace, own, day)
    return page(
        reader,
        request,
        "thing.html",
        of_a_day=True,
        title=found.name,
        room=_ROOMS.get(found.type.name, ""),
        thing=found,
        facts=sourced(reader.workspace, found),
        partners=_partners(reader, request, found),
        concerning=concerning(reader, found.id, day) if reader.knows_findings(day) else None,
        askable=askable(reader.workspace, found, day),
        severities=SEVERITY_WORDS,
    )


def findings_part(reader: Reader, request: Request) -> Response:
    """Return the part of a thing's page with what was found about it, once that has been worked out."""
    own, day = request.path_params["thing"], day_in(request)
    return fragment(
        "thing_findings.html", concerning=concerning(reader, own, day), own=own, as_of=day, severities=SEVERITY_WORDS
    )


def sourced(workspace: Workspace, found: Thing) -> list[Sourced]:
    """Return the facts of a thing, each with the place of the line that has its words."""
    records = workspace.evidence(found.id)[:_MOST_RECORDS]
    return [Sourced(fact, _place_of(fact, records)) for fact in found.facts]


def _place_of(fact: Fact, records: list[EvidenceRecord]) -> str:
    words = fact.exact.replace(",", "") or fact.text
    record = next((record for record in records if words in record.quote), None)
    return f"{record.source} {record.place.show()}" if record else ""


@dataclass(frozen=True, slots=True)
class Concerning:
    """Findings that concern a thing: the first of them, and how many there are."""

    first: list[Finding]
    total: int


def concerning(reader: Reader, own: str, as_of: dt.date | None = None) -> Concerning:
    """Return the findings whose proof is the thing itself or one of its edges, the most serious first."""
    found = all_concerning(reader, own, as_of)
    return Concerning(found[:_MOST_FINDINGS], len(found))


def all_concerning(reader: Reader, own: str, as_of: dt.date | None = None) -> list[Finding]:
    """Return all findings that :func:`concerning` counts; those of a day, if one is given."""
    found = reader.findings(as_of)
    index = reader.once(f"findings by proof@{as_of or ''}", lambda _: _by_proof(found))
    near = [own, *edges_at(reader.workspace.store(as_of), own, _MOST_EDGES)]
    return [found[number] for number in sorted({number for subject in near for number in index.get(subject, ())})]


def _by_proof(found: list[Finding]) -> dict[str, list[int]]:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, finding in enumerate(found):
        for subject in finding.evidence:
            index[subject].append(number)
    return dict(index)


def _partners(reader: Reader, request: Request, found: Thing) -> Grid | None:
    """Return the nearest partners of a body that takes part in projects or cooperates directly."""
    if found.type.root != "Organisation" or not any(r.kind.name in _PARTNERED for r in found.relations):
        return None
    given = {"body": found.id, "top": _MOST_PARTNERS}
    answer = reader.workspace.answer("cooperation", given, as_of=day_in(request))
    return grid_of(answer, request) if answer.rows.rows else None


def askable(workspace: Workspace, found: Thing, as_of: dt.date | None = None) -> list[tuple[str, list[Askable]]]:
    """Return the questions that take a thing of this type, by topic, with the thing filled in."""
    labels = set(found.type.labels)
    by_topic: dict[str, list[Askable]] = {}
    for question in workspace.catalogue():
        fitting = [p for p in question.parameters if p.type is ParameterType.THING and labels & set(p.of)]
        fitting.sort(key=lambda parameter: not parameter.required)
        if fitting:
            href = links.to_question(question.id, {fitting[0].name: found.id, "as_of": as_of})
            by_topic.setdefault(question.topic, []).append(Askable(question.title.show(), href))
    return [(TOPICS[topic].show(), by_topic[topic]) for topic in TOPICS if topic in by_topic]


ROUTES = (
    Route("/thing/{thing:path}", reading(thing)),
    Route("/parts/findings/{thing:path}", reading(findings_part)),
)
