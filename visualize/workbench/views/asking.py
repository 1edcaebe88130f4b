"""Questions: in plain words, from the list of all, and the page that every question has."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from innograph.graph.errors import Ambiguous, InnographError, NothingFound
from innograph.graph.text import Text
from innograph.queries.lookup import FINDABLE, Fit, look_up
from innograph.queries.question import ParameterType
from innograph.queries.vocabulary import TOPICS

from .. import links
from ..asked import answer_to, given_in, heading
from ..figures import figure_of, rows_of
from ..pages import page
from ..web import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from innograph.queries import Answer
    from innograph.queries.question import Parameter

    from ..desk import Reader

_ASK = Text("提问", "Ask")
_SEARCH = Text("“{words}”可能是", "“{words}” may be")
_NONE = Text("没有找到“{words}”", "Nothing found for “{words}”")
_MOST = 30
OWN = frozenset({"sort", "find", "page", "evidence", "as_of", "lang", "asked", "view"})
"""What an address says of the page, not of the question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page says of one parameter: itself, what was given, and what that was taken to mean."""

    parameter: Parameter
    given: str
    meant: str


def ask(reader: Reader, request: Request) -> Response:
    """Lead to the page of the question that plain words mean, or show all questions with the nearest three."""
    words = request.query_params.get("q", "").strip()
    problem = ""
    if words:
        try:
            understood = reader.workspace.understand(words)
        except InnographError as error:
            problem = str(error)
        else:
            given = {**understood.given, "asked": words}
            return RedirectResponse(links.to_question(understood.question.id, given), status_code=303)
    catalogue = reader.workspace.catalogue()
    topics = [
        (label, [question for question in catalogue if question.topic == topic]) for topic, label in TOPICS.items()
    ]
    return page(
        reader,
        request,
        "ask.html",
        title=_ASK.show(),
        room="ask",
        words=words,
        problem=problem,
        topics=[(label, questions) for label, questions in topics if questions],
        problems=[str(one) for one in catalogue.problems],
    )


def search(reader: Reader, request: Request) -> Response:
    """Answer the box at the top: a thing's page, else a question's, else what may be meant."""
    words = request.query_params.get("q", "").strip()
    if not words:
        return RedirectResponse("/ask", status_code=303)
    found = look_up(reader.workspace.store(), words, FINDABLE)
    best = [thing for thing in found if thing.score == found[0].score]
    named = best[0] if len(best) == 1 and best[0].fit is not Fit.ALIKE else None
    if named and named.fit is not Fit.DESCRIBED:  # a whole question may describe a thing too
        return RedirectResponse(links.to_thing(named.id), status_code=303)
    try:
        understood = reader.workspace.understand(words)
    except InnographError:
        if named:
            return RedirectResponse(links.to_thing(named.id), status_code=303)
        if two := _two_things(reader, words):
            return RedirectResponse(links.with_query("/review", {"one": two[0], "other": two[1]}), status_code=303)
        title = (_SEARCH if found else _NONE).format(words=words)
        types = reader.workspace.ontology.nodes
        shown = [(thing, types[thing.label].label) for thing in found[:_MOST]]
        return page(reader, request, "search.html", title=title, words=words, found=shown, more=len(found) - len(shown))
    return RedirectResponse(
        links.to_question(understood.question.id, {**understood.given, "asked": words}), status_code=303
    )


_BETWEEN = (" 和 ", " 与 ", "/", "／", " vs ", " and ", "和", "与", " ")
_WHETHER = ("是不是同一个", "是否同一个", "是同一个吗", "是否同一", "the same")


def _two_things(reader: Reader, words: str) -> tuple[str, str] | None:
    """Return the names of two things that plain words set side by side, such as “甲局和乙局是不是同一个”."""
    pair = words.rstrip("？?")
    for ending in _WHETHER:
        pair = pair.removesuffix(ending).strip()
    for between in _BETWEEN:
        one, found, other = (part.strip() for part in pair.partition(between))
        if one and other and (found or between == " ") and all(_is_one_thing(reader, name) for name in (one, other)):
            return one, other
    return None


def _is_one_thing(reader: Reader, name: str) -> bool:
    found = look_up(reader.workspace.store(), name, FINDABLE)
    best = [thing for thing in found if thing.score == found[0].score]
    return len(best) == 1 and best[0].fit is not Fit.ALIKE


def go(reader: Reader, request: Request) -> Response:
    """Lead to the page of the thing that a cell names, or show those that it may name.

    Raises:
        NothingFound: nothing has that name.
    """
    name = request.query_params.get("name", "")
    known = reader.workspace.ontology.nodes
    kinds = [kind for kind in request.query_params.get("kinds", "").split(",") if kind in known] or list(FINDABLE)
    found = look_up(reader.workspace.store(), name, kinds)
    best = [thing for thing in found if thing.score == found[0].score]
    if not found:
        raise NothingFound(name=name, kind="／".join(known[kind].label.show() for kind in kinds), near="—")
    if len(best) == 1:
        return RedirectResponse(links.to_thing(best[0].id), status_code=303)
    shown = [(thing, known[thing.label].label) for thing in found[:_MOST]]
    return page(
        reader,
        request,
        "search.html",
        title=_SEARCH.format(words=name),
        words=name,
        found=shown,
        more=len(found) - len(shown),
    )


def question(reader: Reader, request: Request) -> Response:
    """Show a question: its form, and its answer where all that it needs is given.

    Raises:
        UsageError: no such question.
    """
    asked = reader.workspace.catalogue()[request.path_params["question"]]
    given = given_in(request, asked)
    answer, problem, seconds = None, "", 0.0
    if all(given.get(p.name) for p in asked.parameters if p.required):
        begun = time.perf_counter()
        try:
            answer = answer_to(reader, request, asked)
        except (NothingFound, Ambiguous) as error:
            problem = str(error)
        seconds = time.perf_counter() - begun
    return page(
        reader,
        request,
        "question.html",
        of_a_day=True,
        title=heading(asked, given, answer),
        room=_ROOMS.get(asked.id, _ROOMS_OF_TOPICS.get(asked.topic, "ask")),
        status=404 if problem else 200,
        question=asked,
        asked=[_asked(parameter, given, answer) for parameter in asked.parameters],
        answer=answer,
        problem=problem,
        seconds=seconds,
        grid=rows_of(reader, answer, request) if answer else None,
        figure=figure_of(reader, answer, request) if answer else None,
        plain=request.query_params.get("asked", ""),
        taken={**given, **{name: request.query_params.get(name, "") for name in ("sort", "find", "as_of")}},
        sources=reader.sources,
        thing=ParameterType.THING,
    )


def _asked(parameter: Parameter, given: Mapping[str, str], answer: Answer | None) -> Asked:
    meant = answer.understood.get(parameter.name, "").rpartition("（")[0] if answer else ""
    said = given.get(parameter.name, "")
    if answer and said and parameter.options:
        said = str(answer.parameters[parameter.name])  # an address may say a choice in words
    return Asked(parameter, said, meant)


_ROOMS = {"matrix": "tasks", "unassigned": "tasks", "load": "units", "unit": "units"}
_ROOMS_OF_TOPICS = {
    "targets": "targets",
    "cooperation": "cooperation",
    "regions": "cooperation",
    "structure": "cooperation",
    "partners": "cooperation",
}

ROUTES = (
    Route("/ask", reading(ask)),
    Route("/search", reading(search)),
    Route("/go", reading(go)),
    Route("/q/{question}", reading(question)),
)
