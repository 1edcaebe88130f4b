"""Findings as cards: what was found, the lines that prove it, and what was decided about it, by forms without script."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from starlette.routing import Route

from innograph.graph.errors import NothingFound, UsageError
from innograph.graph.ledger.triage import STATE_WORDS, Decision, State
from innograph.graph.text import Text
from innograph.queries.question import SEVERITY_WORDS, Severity
from innograph.visualize.found import finding_like

from .. import links
from ..authors import author_of, signing
from ..pages import page
from ..things import name_of
from ..web import day_in, inside, one, reading
from .things import all_concerning

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from innograph.queries import Finding
    from innograph.workspace import Workspace

    from ..desk import Reader
    from ..web import Form

PAGE_CARDS = 50
LONGEST_NOTE = 1000
SEVERITY_SIGNS = {Severity.HIGH: "▲", Severity.MEDIUM: "◆", Severity.LOW: "▽"}
STATE_SIGNS = {State.OPEN: "○", State.CONFIRMED: "✓", State.DISMISSED: "✕"}
_TITLE = Text("发现", "Findings")
_SHOWN_LINES = 4
_TOLD = ("decided", "problem", "note", "evidence", "lang")
"""What an address says of the moment; filters, pages and forms lead on without it."""
_NO_REASON, _NO_AUTHOR, _CHANGED = "reason", "author", "changed"
PROBLEMS = {
    _NO_REASON: Text("排除要写明理由，请填写后再按“排除”", "Say why it is dismissed, then press “Dismiss” again"),
    _NO_AUTHOR: Text("请先在页首填写核对人", "First say at the top who decides"),
    _CHANGED: Text(
        "此后又有新的决定，没有撤销；见经过", "It was decided anew since, so nothing was undone; see its history"
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that findings may be filtered by, with what it is called and how many there would be."""

    value: str
    label: str
    count: int
    chosen: bool


class Line(NamedTuple):
    """A quoted line, where it stands, and the node or edge that it proves."""

    quote: str
    place: str
    subject: str


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as a page shows it.

    Args:
        finding: what was found.
        rule: the title of the question that found it.
        lines: quoted lines.
        more: how many further nodes and edges prove it.
        history: all decisions about it, the first one first.
        following: the id of the card after it on the page, or its own.
    """

    finding: Finding
    rule: str
    lines: tuple[Line, ...]
    more: int
    history: tuple[Decision, ...]
    following: str


def findings(reader: Reader, request: Request) -> Response:
    """Show the findings that an address asks for.

    Raises:
        NothingFound: the finding or the thing it names is not there.
    """
    query = request.query_params
    thing, named = query.get("thing", ""), query.get("id", "")
    found = findings_about(reader, thing, day_in(request))
    fitting = [finding_like(found, named)] if named else [one for one in found if _fits(one, query)]
    pages = max(1, -(-len(fitting) // PAGE_CARDS))
    number = query.get("page", "1")
    at = min(max(1, int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1), pages)
    shown = fitting[(at - 1) * PAGE_CARDS : at * PAGE_CARDS]
    decided = next((one for one in found if one.id == query.get("decided") and one.decision), None)
    return page(
        reader,
        request,
        "findings.html",
        title=_TITLE.show(),
        room="findings",
        of_a_day=True,
        cards=list(_cards(reader, shown)),
        total=len(found),
        fitting=len(fitting),
        page=at,
        pages=pages,
        named=named,
        about=_name_of(reader, thing) if thing else "",
        facets=_facets(reader, found, query),
        author=author_of(request),
        decided=decided,
        earlier=reader.triage.history(decided.id)[:-1] if decided else [],
        problem=PROBLEMS.get(query.get("problem", ""), Text("", "")).show(),
        troubled=query.get("decided", "") if query.get("problem") else "",
        missing=query.get("problem", ""),
        note=query.get("note", ""),
        here=links.changed(request.url.path, request.url.query, **dict.fromkeys(_TOLD)),
        longest=LONGEST_NOTE,
        state_words=STATE_WORDS,
        severity_words=SEVERITY_WORDS,
        severity_signs=SEVERITY_SIGNS,
        state_signs=STATE_SIGNS,
        said=said_when,
    )


def findings_about(reader: Reader, thing: str, as_of: dt.date | None = None) -> list[Finding]:
    """Return the findings about a thing, or all if none is named.

    Args:
        reader: what the page reads from.
        thing: its id, or empty.
        as_of: the day whose graph is looked at; by default that of now.

    Raises:
        NothingFound: there is no such thing.
    """
    if not thing:
        return reader.findings(as_of)
    _name_of(reader, thing)
    return all_concerning(reader, thing, as_of)


def _name_of(reader: Reader, own: str) -> str:
    name = name_of(reader.workspace.store(), own)
    if name is None:
        raise NothingFound(name=own[:100], kind=_THING, near="—")
    return name


def decide(workspace: Workspace, form: Form) -> str:
    """Confirm, dismiss or reopen a finding as a form says, and lead back to where it was sent from.

    A decision that lacks its reason or its author is not made: the page says so, with what was typed.

    Raises:
        BadForm: the form asks for no decision.
        NothingFound: there is no such finding.
    """
    wish, finding = one(form, "state"), _known(one(form, "finding"))
    if wish not in set(State):
        raise BadForm(value=wish[:40])
    note, author = one(form, "note")[:LONGEST_NOTE], one(form, "author")
    if wish == State.DISMISSED and not note:
        return _back(form, finding, finding, problem=_NO_REASON)
    if not author:
        return _back(form, finding, finding, problem=_NO_AUTHOR, note=note)
    workspace.triage.decide(finding, State(wish), note, author=author)
    return _back(form, finding, one(form, "following") or finding)


def undo(workspace: Workspace, form: Form) -> str:
    """Take back a decision: what stood before it stands again, and the history has both.

    Raises:
        NothingFound: there is no such finding.
    """
    finding, author = _known(one(form, "finding")), one(form, "author")
    history = workspace.triage.history(finding)
    if not author:
        return _back(form, finding, finding, problem=_NO_AUTHOR)
    if not history or history[-1].decided_at.isoformat() != one(form, "decided_at"):
        return _back(form, finding, finding, problem=_CHANGED)
    before = history[-2] if len(history) > 1 else None
    state, note = (before.state, before.note) if before else (State.OPEN, "")
    workspace.triage.decide(finding, state, note, author=author)
    return _back(form, "", finding)


def remember(workspace: Workspace, form: Form) -> str:
    """Only remember who decides."""
    del workspace
    return inside(one(form, "next"), "/findings")


class BadForm(UsageError):
    """A form asks for what cannot be done."""

    code = "bad-form"
    text = Text("不能把发现改为“{value}”", "A finding cannot be made “{value}”")


_FINDING, _THING = Text("发现", "finding"), Text("对象", "thing")


def said_when(moment: dt.datetime) -> str:
    """Return when something was decided, by the clock of this machine.

    Examples:
        >>> import datetime as dt
        >>> said_when(dt.datetime(2022, 5, 1, 9, 30).astimezone())
        '2022-05-01 09:30'
    """
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _known(finding: str) -> str:
    """Return the id of a finding; of one that is gone too, as long as something was decided about it.

    Raises:
        NothingFound: it has not the form of one.
    """
    if len(finding) != _ID_LENGTH or not set(finding) <= set("0123456789abcdef"):
        raise NothingFound(name=finding[:40], kind=_FINDING, near="—")
    return finding


_ID_LENGTH = 16


def _back(form: Form, finding: str, card: str, *, problem: str = "", note: str = "") -> str:
    """Return the address of the page that a form was sent from, at a card, with what is to be said of a finding."""
    path, _, query = inside(one(form, "next"), "/findings").partition("?")
    told = {"decided": finding or None, "problem": problem or None, "note": note or None}
    return links.changed(path, query, **told) + f"#f-{card}"


def _fits(finding: Finding, query: Mapping[str, str], but: str = "") -> bool:
    """Return whether a finding passes the filters of an address, but for one of them."""
    values = {"severity": finding.severity.value, "state": finding.state.value, "rule": finding.rule}
    return all(query.get(name, "") in ("", value) for name, value in values.items() if name != but)


def _facets(reader: Reader, found: Sequence[Finding], query: Mapping[str, str]) -> dict[str, list[Choice]]:
    """Return for each filter its values, each with how many findings there are that pass the other filters."""
    titles = {question.id: question.title.show() for question in reader.workspace.catalogue()}
    states = {state.value: STATE_WORDS[state].show() for state in State}
    severities = {severity.value: SEVERITY_WORDS[severity].show() for severity in Severity}
    present = {finding.rule for finding in found}
    rules = {rule: title for rule, title in titles.items() if rule in present}

    def facet(name: str, labels: Mapping[str, str], value_of: Callable[[Finding], str]) -> list[Choice]:
        counted = Counter(value_of(finding) for finding in found if _fits(finding, query, name))
        chosen = query.get(name, "")
        return [
            Choice(value, label, counted[value], value == chosen)
            for value, label in labels.items()
            if counted[value] or value == chosen or name != "rule"
        ]

    return {
        "state": facet("state", states, lambda finding: finding.state.value),
        "severity": facet("severity", severities, lambda finding: finding.severity.value),
        "rule": facet("rule", rules, lambda finding: finding.rule),
    }


def _cards(reader: Reader, shown: Sequence[Finding]) -> Iterable[Card]:
    catalogue, following = reader.workspace.catalogue(), [*shown[1:], *shown[-1:]]
    for finding, after in zip(shown, following, strict=True):
        lines: dict[tuple[str, str], Line] = {}
        for subject in finding.evidence[:_SHOWN_LINES]:
            for record in reader.workspace.evidence(subject)[:1]:
                place = f"{record.source} {record.place.show()}"
                lines.setdefault((record.quote, place), Line(record.quote, place, subject))
        yield Card(
            finding,
            catalogue[finding.rule].title.show(),
            tuple(lines.values()),
            len(finding.evidence) - min(len(finding.evidence), _SHOWN_LINES),
            tuple(reader.triage.history(finding.id)) if finding.decision else (),
            after.id,
        )


ROUTES = (
    Route("/findings", reading(findings)),
    Route("/findings", signing(decide), methods=["POST"]),
    Route("/findings/undo", signing(undo), methods=["POST"]),
    Route("/findings/author", signing(remember), methods=["POST"]),
)
