"""Who is who: pairs side by side for a person to judge, the history of judgements, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from innograph.graph.errors import InnographError
from innograph.graph.ledger.judgements import Verdict
from innograph.graph.text import Text, use_language
from innograph.visualize.review import VERDICTS, imported_lines, judgement_text, thing_id
from innograph.visualize.sides import Sides

from .. import links
from ..authors import author_of, signing
from ..pages import page
from ..receiving import BadForm, place_for, receive
from ..reviewing import Found, pages_of
from ..web import desk_of, inside, language_of, one, reading
from .uploads import settled, uploads_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from innograph.graph.ledger.judgements import Judgement
    from innograph.graph.recognition.candidates import Candidate
    from innograph.visualize.sides import Side
    from innograph.workspace import Workspace

    from ..desk import Reader
    from ..reviewing import Reviewing
    from ..web import Form

_TITLE = Text("哪些是同一个", "Who is who")
_HISTORY = Text("判定的历史", "Judgements so far")
_IMPORTED = Text("载入判定：{name}", "Judgements taken in: {name}")
_NO_FILE = Text("请先选择文件", "choose a file first")
_PAIRS, _JUDGEMENTS = 10, 100
_LARGEST = 20_000_000
_TOO_LARGE = Text("判定文件不会超过20 MB", "a file of judgements has no more than 20 MB")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides beside each other, with what speaks for and against their being one."""

    left: Side
    right: Side
    score: float | None
    reasons: Sequence[Text]
    against: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of the history, with the names of its sides."""

    judgement: Judgement
    left: str
    right: str


_PATIENCE = 0.6
"""In seconds: long enough for few pairs; a page that is only read shall show something within a second."""


def reviewing_of(request: Request) -> Reviewing:
    """Return what is known of the pairs of the workbench that a request is sent to."""
    found: Reviewing = request.app.state.reviewing
    return found


async def review(request: Request) -> Response:
    """Show the pairs that are open, a page of them, or two things that were named."""
    desk, known = desk_of(request), reviewing_of(request)
    with use_language(language_of(request)):
        begun = await desk.read(lambda reader: known.look(desk, reader))
        if begun and known.found is None:
            await settled(begun, _PATIENCE)
    return await reading(_review)(request)


def _review(reader: Reader, request: Request) -> Response:
    known, query = reviewing_of(request), request.query_params
    # Before what it finds is looked at: where it ends in between, the page says that it still looks.
    job = known.job if known.job and not known.job.ended else None
    found = known.found or Found()
    kind, find = query.get("type", ""), query.get("find", "")
    left = found.open(reader.judgements.standing(), [kind] if kind else (), find)
    sides = Sides(reader.workspace)
    problem, named = "", None
    if query.get("one", "").strip() and query.get("other", "").strip():
        try:
            named = _named(reader.workspace, sides, found, query["one"].strip(), query["other"].strip())
        except InnographError as error:
            problem = str(error)
    wanted = query.get("page", "1")
    part, at, pages = pages_of(left, int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 1, _PAIRS)
    types = reader.workspace.ontology.nodes
    last = query.get("last", "")
    return page(
        reader,
        request,
        "review.html",
        title=_TITLE.show(),
        room="sources",
        pairs=[named] if named else [] if problem else [_pair(sides, one) for one in part],
        named=named,
        problem=problem,
        total=len(left),
        page=at,
        pages=pages,
        left_out=found.left_out,
        kinds=[(name, types[name].label) for name in found.kinds() if name in types],
        job=job,
        failed=known.job.error if known.job and known.found is None else "",
        author=author_of(request),
        last=_last(reader, last),
        stood=VERDICTS[verdict] if named and (verdict := _between(reader, named)) else None,
        here=links.changed(request.url.path, request.url.query, last=None, one=None, other=None, lang=None),
    )


def _pair(sides: Sides, candidate: Candidate) -> Pair:
    left, right = sides[candidate.left], sides[candidate.right]
    return Pair(left, right, candidate.score, candidate.reasons, candidate.against)


def _named(workspace: Workspace, sides: Sides, found: Found, first: str, second: str) -> Pair:
    """Return two things that were named, with what is known of them as a pair.

    Raises:
        NothingFound: the graph has no such thing.
        Ambiguous: a name may mean several.
    """
    left, right = thing_id(workspace, first), thing_id(workspace, second)
    for candidate in found.candidates:
        if {candidate.left, candidate.right} == {left, right}:
            return _pair(sides, candidate)
    return Pair(sides[left], sides[right], None, (), ())


def _between(reader: Reader, pair: Pair) -> Verdict | None:
    ids = {pair.left.id, pair.right.id}
    return next((one.verdict for one in reader.judgements.standing() if set(one.pair) == ids), None)


def _last(reader: Reader, number: str) -> tuple[int, str] | None:
    """Return the judgement that was just made, to be undone."""
    if not number.isdecimal() or len(number) > 15:
        return None
    made = next((one for one in reader.judgements.standing() if one.id == int(number)), None)
    return (made.id, judgement_text(made, reader.workspace)) if made else None


def judge(workspace: Workspace, form: Form) -> str:
    """Keep what a person decided about a pair; the next page shows the rest.

    Raises:
        BadJudgement: it cannot be judged, or nobody judges.
        Contradiction: other judgements say otherwise.
    """
    verdict = Verdict.SAME if one(form, "verdict") == Verdict.SAME.value else Verdict.DIFFERENT
    made = workspace.judgements.judge(
        one(form, "left"), one(form, "right"), verdict, one(form, "note"), author=one(form, "author")
    )
    path, _, query = inside(one(form, "next"), "/review").partition("?")
    return links.changed(path, query, last=made.id)


def undo(workspace: Workspace, form: Form) -> str:
    """Take back the judgement that was just made, and lead to the pair again.

    Raises:
        NoJudgement: it does not stand.
    """
    undone = workspace.judgements.undo(_number(form)).judgement
    return links.with_query("/review", {"one": undone.left, "other": undone.right})


def set_author(workspace: Workspace, form: Form) -> str:
    """Lead back; the name is remembered by the browser."""
    del workspace
    return inside(one(form, "next"), "/review")


def _number(form: Form) -> int:
    text = one(form, "number")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


async def withdraw(request: Request) -> Response:
    """Withdraw a judgement of the history."""
    known = reviewing_of(request)

    def withdrawn(workspace: Workspace, form: Form) -> str:
        known.forget(workspace.judgements.withdraw(_number(form)).pair)
        return inside(one(form, "next"), "/review/history")

    return await signing(withdrawn)(request)


def history(reader: Reader, request: Request) -> Response:
    """Show all judgements, withdrawn ones too, the latest first."""
    judgements = reader.judgements.history()[::-1]
    pages = max(1, -(-len(judgements) // _JUDGEMENTS))
    wanted = request.query_params.get("page", "1")
    at = min(max(1, int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 1), pages)
    name = reader.judgements.name
    part = judgements[(at - 1) * _JUDGEMENTS : at * _JUDGEMENTS]
    return page(
        reader,
        request,
        "review_history.html",
        title=_HISTORY.show(),
        room="sources",
        judged=[Judged(one, name(one.left) or one.left, name(one.right) or one.right) for one in part],
        total=len(judgements),
        page=at,
        pages=pages,
        words=VERDICTS,
    )


def export(reader: Reader, request: Request) -> Response:
    """Answer with the whole history as a file."""
    form: Literal["csv", "jsonl"] = "jsonl" if request.path_params["form"] == "jsonl" else "csv"
    text = reader.judgements.export(form)
    kind = "application/jsonl" if form == "jsonl" else "text/csv; charset=utf-8"
    head = {"content-disposition": f'attachment; filename="judgements.{form}"'}
    return Response(text.encode(), media_type=kind, headers=head)


async def take_in(request: Request) -> Response:
    """Take in a file of judgements with their dates and authors, and say what came of it."""
    desk = desk_of(request)
    with use_language(language_of(request)):
        with place_for(uploads_of(request).folder) as place:
            sent = await receive(request.headers.get("content-type", ""), request.stream(), place)
            if not sent.files:
                raise BadForm(problem=_NO_FILE)
            name, path = sent.files[0]
            if path.stat().st_size > _LARGEST:
                raise BadForm(problem=_TOO_LARGE)
            data = path.read_bytes()

        def taken(workspace: Workspace) -> list[str]:
            imported = workspace.judgements.take_in(name, data)
            return list(imported_lines(name, imported, workspace))

        lines = await desk.change(taken)
        title = _IMPORTED.format(name=name)
        return await desk.read(
            lambda reader: page(reader, request, "review_imported.html", title=title, room="sources", lines=lines)
        )


def to_review(reader: Reader, request: Request) -> Response:
    """Lead to the pairs: a form's own address, opened by hand."""
    del reader, request
    return RedirectResponse("/review", status_code=303)


ROUTES = (
    Route("/review", review),
    Route("/review/judge", signing(judge), methods=["POST"]),
    Route("/review/judge", reading(to_review)),
    Route("/review/undo", signing(undo), methods=["POST"]),
    Route("/review/author", signing(set_author), methods=["POST"]),
    Route("/review/history", reading(history)),
    Route("/review/withdraw", withdraw, methods=["POST"]),
    Route("/review/judgements.{form}", reading(export)),
    Route("/review/import", take_in, methods=["POST"]),
)
