"""Uploads: files are received, looked at before anything enters, read as a person wants, then loaded or discarded."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from innograph.graph.errors import NothingFound
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text, language, use_language
from innograph.loaders.table.packs import choose_packs
from innograph.loaders.table.proposals import proposable
from innograph.loaders.table.proposals.writing import sureness_words
from innograph.loaders.table.templates import write_template
from innograph.visualize.checked import SEVERITIES
from innograph.visualize.overview import PLAN_HEADS, plan_rows
from innograph.visualize.proposed import row_words

from ..jobs import JOB_WORDS, JobState, job_words
from ..lines import Busy
from ..looking import Wish
from ..pages import counts_by_type, page
from ..receiving import BadForm, place_for, receive
from ..uploading import Loaded, Upload, load, look, write_marked
from ..web import desk_of, form_of, language_of, one, reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from innograph.graph.regions import Region
    from innograph.graph.stores import Progress
    from innograph.loaders.table.model import Pack
    from innograph.loaders.table.proposals import Proposal
    from innograph.workspace import Workspace

    from ..desk import Desk, Reader
    from ..jobs import Job
    from ..looking import Look
    from ..uploading import Seen, Uploads
    from ..web import Form

_TITLE = Text("上传文件", "Upload files")
_LOOKING = Text("查看 {name}", "Looking at {name}")
_LOADING = Text("载入 {name}", "Loading {name}")
_PREVIEW = Text("{name}：载入前先看一看", "{name}: before it is loaded")
_NO_FILE = Text("请先选择文件", "choose a file first")
_MOST_TASKS, _MOST_ISSUES = 12, 200
_QUICK = 20_000
"""Of so few things the findings are worked out while a request waits."""
_PATIENCE = 2.0
"""Seconds a request waits for work that may be quick, so that the next page is the last one."""


def uploads_of(request: Request) -> Uploads:
    """Return the uploads of the workbench that a request is sent to."""
    found: Uploads = request.app.state.uploads
    return found


def uploads(reader: Reader, request: Request) -> Response:
    """Show the form for files, and the files that are neither loaded nor discarded yet.

    One that cannot be read is listed until its page has said so.
    """
    uploads_of(request).forget_rejected()
    return _uploads(reader, request, "")


def _uploads(reader: Reader, request: Request, problem: str) -> Response:
    return page(
        reader,
        request,
        "uploads.html",
        title=_TITLE.show(),
        room="sources",
        status=400 if problem else 200,
        uploads=[(one, size_words(one.size), _state(one)) for one in uploads_of(request).all],
        problem=problem,
    )


_REJECTED = Text("不能读", "cannot be read")
_READY = Text("可以载入", "can be loaded")
_BEING_LOADED = Text("正在载入", "being loaded")


def _state(upload: Upload) -> str:
    """Return how far a file is, in words."""
    if upload.loading and not upload.loading.ended:
        return _BEING_LOADED.show()
    if upload.rejected:
        return _REJECTED.show()
    if upload.job is None or upload.job.ended:
        return _READY.show()
    return JOB_WORDS[upload.job.state].show()


def size_words(size: int) -> str:
    """Return the size of a file as people write it.

    Examples:
        >>> size_words(300), size_words(25_000), size_words(3_400_000)
        ('300 B', '25 KB', '3.4 MB')
    """
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


async def received(request: Request) -> Response:
    """Take files in and begin to look at them; where there is one, its page is the next."""
    desk, known = desk_of(request), uploads_of(request)
    with use_language(language_of(request)):
        try:
            with place_for(known.folder) as place:
                sent = await receive(request.headers.get("content-type", ""), request.stream(), place)
                made = [known.new(name, path) for name, path in sent.files]
            if not made:
                raise BadForm(problem=_NO_FILE)
        except BadForm as error:
            told = str(error)
            return await desk.read(lambda reader: _uploads(reader, request, told))
        for number, upload in enumerate(made):
            try:
                _begin_look(desk, upload)
            except Busy:
                for unseen in made[number:]:
                    known.remove(unseen.id)
                raise
        await _settled(made[0])
    return RedirectResponse(f"/uploads/{made[0].id}" if len(made) == 1 else "/uploads", status_code=303)


def _begin_look(desk: Desk, upload: Upload) -> None:
    def work(progress: Progress) -> Seen:
        with desk.workspace() as workspace:
            return look(workspace, upload, progress)

    upload.job = desk.aside(_LOOKING.format(name=upload.name), work)
    upload.told = False
    upload.marked.unlink(missing_ok=True)
    upload.job.href = f"/uploads/{upload.id}"


async def _settled(upload: Upload) -> None:
    if upload.job:
        await settled(upload.job)


async def settled(job: Job, seconds: float = _PATIENCE) -> None:
    """Wait a little for a job to end."""
    for _ in range(round(seconds / 0.05)):
        if job.ended:
            return
        await asyncio.sleep(0.05)


def upload(reader: Reader, request: Request) -> Response:
    """Show what a file would say, what is doubtful in it, and what it would change; or how far the look is.

    Raises:
        NothingFound: there is no such upload any more.
    """
    found = uploads_of(request)[request.path_params["upload"]]
    title = _PREVIEW.format(name=found.name)
    words, seen = job_words(found.job), found.seen
    if words["going"] or seen is None:
        found.told = not words["going"]
        return page(reader, request, "upload_wait.html", title=title, room="sources", upload=found, **words)
    look_, found.told = seen.look, True
    return page(
        reader,
        request,
        "upload.html",
        title=title,
        room="sources",
        upload=found,
        seen=seen,
        look=look_,
        ontology=reader.workspace.ontology,
        severities=SEVERITIES,
        issues=look_.issues[:_MOST_ISSUES],
        plan_heads=PLAN_HEADS,
        tasks=plan_rows(dict(look_.plan))[:_MOST_TASKS] if look_.plan else [],
        **_mapping_words(reader.workspace, found, look_),
    )


def _mapping_words(workspace: Workspace, upload: Upload, look_: Look) -> dict[str, Any]:
    """Return what the form of columns shows: the sheet that is meant, its columns, and what could be chosen instead."""
    shown = next((p for p in look_.proposals if upload.wish.sheet in (p.sheet, p.name)), None)
    shown = shown or next(iter(look_.proposals), None)
    nodes = load_ontology().nodes
    packs = choose_packs(None, workspace.reading().packs)
    return {
        "shown": shown,
        "columns": _columns(shown) if shown else [],
        "rows": [(row, *row_words(row)) for row in shown.rows] if shown else [],
        "packs": [(pack.id, pack.title) for pack in packs],
        "types": [(name, nodes[name].label) for name in proposable()],
    }


def _columns(shown: Proposal) -> list[tuple[int, str, str, Text | None, Text]]:
    """Return for each column its index, header, what it is read as, how surely, and why."""
    found = {match.index: match for match in shown.matched.found}
    made: list[tuple[int, str, str, Text | None, Text]] = []
    for index, header in enumerate(shown.header):
        match = found.get(index)
        if match:
            made.append((index, header, match.key, sureness_words(match.sureness), match.why))
        elif header.strip():
            made.append((index, header, "", None, shown.matched.left.get(index, Text("", ""))))
    return made


async def read_as(request: Request) -> Response:
    """Look again at a table, as a person wants it to be read."""
    desk, found = desk_of(request), uploads_of(request)[request.path_params["upload"]]
    form = await form_of(request)
    with use_language(language_of(request)):
        found.wish = _wish(form, found)
        _begin_look(desk, found)
        await _settled(found)
    return RedirectResponse(f"/uploads/{found.id}", status_code=303)


def _wish(form: Form, upload: Upload) -> Wish:
    """Return what a form wants: choices of columns go with the pack and sheet they were made for."""
    if one(form, "as_proposed"):
        return Wish()
    old = upload.wish
    wish = Wish(one(form, "like"), one(form, "of_type"), one(form, "sheet"))
    if (wish.like, wish.of_type, wish.sheet) != (old.like, old.of_type, old.sheet):
        return wish
    before = {name.removeprefix("was-"): value[0] for name, value in form.items() if name.startswith("was-")}
    changed = {
        int(name): one(form, f"column-{name}")
        for name, was in before.items()
        if name.isdecimal() and len(name) < 5 and one(form, f"column-{name}") != was
    }
    return Wish(wish.like, wish.of_type, wish.sheet, {**old.columns, **changed})


async def accept(request: Request) -> Response:
    """Begin to load a file; what changes is told on the job's page."""
    desk, known = desk_of(request), uploads_of(request)
    found = known[request.path_params["upload"]]
    form = await form_of(request)
    with use_language(language_of(request)):
        before = await desk.read(_before)
        job = found.loading
        if job is None or job.state in (JobState.FAILED, JobState.STOPPED):  # who presses twice is led to the first
            origin, edition = one(form, "origin"), one(form, "edition")
            found.origin, found.edition = origin, edition  # the page shows them again if it cannot be loaded so
            job = desk.begin(_LOADING.format(name=found.name), partial(_load, found, known, before, origin, edition))
            found.loading = job
        await settled(job)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


_Before = tuple["Mapping[str, int] | None", "Mapping[str, Text] | None"]


def _before(reader: Reader) -> _Before:
    """Return what the graph has now, to tell later what changed; nothing while it is behind what is loaded."""
    if reader.updating:
        return None, None
    counts = reader.once("counts", counts_by_type)
    known = reader.knows_findings() or sum(counts.values()) < _QUICK
    return counts, {one.id: one.statement for one in reader.findings()} if known else None


def _load(
    upload: Upload,
    known: Uploads,
    before: _Before,
    origin: str,
    edition: str,
    workspace: Workspace,
    progress: Progress,
) -> Loaded:
    report = load(workspace, upload, origin, edition, progress)
    seen = upload.seen
    told = seen is not None and origin == (seen.earlier.origin if seen.earlier else "")
    known.remove(upload.id)
    return Loaded(report, seen.differences if seen and told else (), *before)


async def discard(request: Request) -> Response:
    """Remove a file that is not wanted."""
    uploads_of(request).discard(request.path_params["upload"])
    return RedirectResponse("/uploads", status_code=303)


async def discard_all(request: Request) -> Response:
    """Remove all files that are not loaded."""
    known = uploads_of(request)
    for one_ in known.all:
        known.discard(one_.id)
    return RedirectResponse("/uploads", status_code=303)


async def template(request: Request) -> Response:
    """Answer with a workbook to fill in, whose header is read without being told how.

    Raises:
        NothingFound: there is no such kind of table.
    """
    wanted = request.path_params["pack"]

    def made(reader: Reader) -> tuple[Pack, Region | None]:
        packs = {pack.id: pack for pack in choose_packs(None, reader.workspace.reading().packs)}
        if wanted not in packs:
            raise NothingFound(name=wanted[:40], kind=_PACK, near="—")
        return packs[wanted], reader.workspace.settings.home

    with use_language(language_of(request)):
        pack, home = await desk_of(request).read(made)
        with place_for(uploads_of(request).folder) as place:
            file = place / "template.xlsx"
            await run_in_threadpool(write_template, [pack], file, language(), home=home)
            content = await run_in_threadpool(file.read_bytes)
        name = _TEMPLATE.format(title=pack.title)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}.xlsx"}
    return Response(content, media_type=_WORKBOOK, headers=headers)


_PACK = Text("名录", "kind of table")
_TEMPLATE = Text("模板-{title}", "template-{title}")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def marked(request: Request) -> Response:
    """Answer with a copy of a table in which what is wrong is marked.

    Raises:
        NothingFound: there is no such upload any more.
        InputError: it is no table.
    """
    desk, found = desk_of(request), uploads_of(request)[request.path_params["upload"]]

    def made() -> str:
        with desk.workspace() as workspace:
            return str(write_marked(workspace, found))

    with use_language(language_of(request)):
        path = await run_in_threadpool(made)
        name = _MARKED.format(name=found.file.stem)
    return FileResponse(path, filename=name)


_MARKED = Text("{name}-标出问题.xlsx", "{name}-marked.xlsx")

ROUTES = (
    Route("/uploads", reading(uploads)),
    Route("/uploads", received, methods=["POST"]),
    Route("/uploads/discard", discard_all, methods=["POST"]),
    Route("/uploads/{upload}", reading(upload)),
    Route("/uploads/{upload}/read", read_as, methods=["POST"]),
    Route("/uploads/{upload}/accept", accept, methods=["POST"]),
    Route("/uploads/{upload}/discard", discard, methods=["POST"]),
    Route("/uploads/{upload}/marked.xlsx", marked),
    Route("/templates/{pack}.xlsx", template),
)
