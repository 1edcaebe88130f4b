"""Runs the stages: document -> lines -> parts -> outline -> head, tasks, tables, safeguards, goals."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from innograph.graph.bodies import identify
from innograph.graph.errors import NotAPlan
from innograph.graph.identity import plan_key
from innograph.graph.regions import region_table
from innograph.graph.text import Text

from ..document import Span
from .doubts import document_doubts, flat_doubts, plan_doubts
from .main import main_of
from .model import ParsedPlan, Section
from .names.reader import read_named
from .responsibility.additions import additions
from .responsibility.assignments import Context, states_that_the_first_leads
from .structure.card import without_card_lines
from .structure.head import counted_from, head_of_part, prose_above, read_head
from .structure.outline import Headings, sentences
from .structure.parts import read_parts
from .structure.relining import relined
from .structure.titles import reads_as_title, squeezed
from .tables.columns import read_header
from .tables.flat import flat_tables, without_flat_tables
from .tables.reader import TableReading, read_table
from .tables.unread import advice
from .targets.reader import read_targets
from .tasks import Sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.graph.regions import Region

    from ..document import Document
    from .model import Assignment, Head, Task

# The longest plans in use have some hundred thousand characters.
_LONGEST_TEXT = 3_000_000
_FEWEST_SECTIONS = 3
_LONGEST_NAME = 60


def parse(document: Document, home: Region | None = None) -> ParsedPlan:
    r"""Parse a plan.

    Args:
        document: what a reader made of the file.
        home: the region whose 市 or 州 is meant where the plan names no issuer.

    Returns:
        Everything read, with all issues; where the file holds several plans, the one with most tasks, and the
        others beside it.

    Raises:
        NotAPlan: nothing in it says who is responsible for what, or the text is far too long for a plan.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> text = "昌吉市试点方案\n一、重点任务\n（一）建平台。建设平台2个以上。（市科技局牵头，财政局配合）"
        >>> plan = parse(document_of_lines("a.txt", text))
        >>> [(t.section.title, [[u.canonical for u in a.units] for a in t.assignments]) for t in plan.tasks]
        [('建平台', [['市科技局'], ['市财政局']])]
    """
    if len(document.text) > _LONGEST_TEXT:
        raise _too_long(document)
    with_card = relined(document)
    flat = flat_tables(with_card)
    document = without_flat_tables(without_card_lines(with_card), flat)
    parts = read_parts(document)
    headings = Headings(document)
    outlines = [_outline(document, headings, part.span) for part in parts]
    whole = read_head(with_card, _body_start(document, parts[0].span, outlines[0]))
    stated = _home_of(whole)
    region = stated or home
    context = Context(region, states_that_the_first_leads(document))
    drafts: list[_Draft] = []
    for part, outline in zip(parts, outlines, strict=True):
        start = _body_start(document, part.span, outline)
        head = whole if part is parts[0] else head_of_part(document, part, whole, start)
        drafts.append(_Draft(part.span, start, head, Sections(document, outline, context, counted_from(head))))
    kept = [plan for draft in drafts if (plan := _plan(document, draft, context)).tasks]
    kept = kept or [plan for draft in drafts if (plan := _plan(document, draft, context, assigned=False)).tasks]
    if not kept:
        raise _not_a_plan(document)
    main, _ = main_of(kept)
    others = tuple(replace(plan, key=plan_key(plan.head.title, None)) for plan in kept if plan is not main)
    doubts = itertools.chain(
        document_doubts(with_card, whole, stated, region), flat_doubts(document, flat), *(plan.issues for plan in kept)
    )
    return replace(main, others=others, issues=(*document.issues, *doubts))


def _home_of(head: Head) -> Region | None:
    """The region that the issuer acts for (the nation for 国务院), else the one that the title begins with."""
    issuer = head.issuers[0][0] if head.issuers else ""
    of_issuer = region_table().head_of(issuer) or (identify(issuer).jurisdiction if issuer else None)
    return of_issuer or region_table().head_of(head.title)


def _outline(document: Document, headings: Headings, span: Span) -> tuple[Section, ...]:
    """The numbered sections; a text without numbers is one section, whose passages are told apart by their units."""
    outline = headings.outline(span)
    lines = document.paragraphs_in(span)
    if outline or len(lines) < 2:
        return outline
    title = squeezed(document.quote(lines[0]))[:_LONGEST_NAME]
    end = next((offset for offset in headings.closings if lines[1].start < offset < span.end), span.end)
    return (Section("", 1, title, "1", lines[0], Span(lines[1].start, end)),)


def _body_start(document: Document, span: Span, outline: Sequence[Section]) -> int:
    """Where the head ends: at the first heading or table."""
    starts = [section.heading.start for section in outline[:1] if section.number]
    starts += [t.at for t in document.tables if span.start <= t.at < span.end and read_header(document, t)]
    return min(starts, default=span.end)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A part of the file on its way to a plan."""

    span: Span
    body_start: int
    head: Head
    sections: Sections


def _plan(document: Document, draft: _Draft, context: Context, *, assigned: bool = True) -> ParsedPlan:
    """The plan in one part of the file; without ``assigned``, its sections are tasks although they name nobody."""
    head, sections = draft.head, draft.sections
    tables = list(_tables(document, draft.span, head, context))
    tasks = (*sections.tasks(), *(task for table in tables for task in table.tasks))
    if not assigned and len(sections.outline) >= _FEWEST_SECTIONS and reads_as_title(head.title):
        tasks = tuple(sections.unassigned_tasks())
    added = tuple(additions(document, draft.span, context))
    tasks = tuple(_with_additions(task, added) for task in tasks)
    above = (s for line in prose_above(document, draft.span.start, head.title_span) for s in sentences(document, line))
    front = (*above, *sentences(document, Span(head.title_span.end, max(draft.body_start, head.title_span.end))))
    goals = tuple(sections.goals())
    said = (*front, *goals)
    of_plan = read_targets(document, said, issued=counted_from(head), carry=True)
    safeguards = tuple(sections.safeguards())
    plan = ParsedPlan(
        document=document,
        key=plan_key(head.title, head.doc_number),
        head=head,
        home=context.home,
        tasks=tasks,
        safeguards=safeguards,
        targets=(*of_plan, *(target for table in tables for target in table.targets)),
        findings=read_named(document, said, context.home),
    )
    doubts = plan_doubts(plan, sections, said)
    return replace(plan, issues=(*(issue for table in tables for issue in table.issues), *doubts))


def _tables(document: Document, span: Span, head: Head, context: Context) -> Iterator[TableReading]:
    for number, table in enumerate(document.tables, start=1):
        if span.start <= table.at < span.end or (table.at == len(document.text) == span.end):
            yield read_table(document, table, number, context, counted_from(head))


def _with_additions(task: Task, added: Iterable[tuple[int, Assignment]]) -> Task:
    """The task with what the plan says once about all tasks, except of units that it names itself."""
    named = {unit.body.id for assignment in task.assignments for unit in assignment.units}
    extra: list[Assignment] = []
    for start, assignment in added:
        units = tuple(unit for unit in assignment.units if unit.body.id not in named)
        if units and task.section.heading.start >= start:
            extra.append(replace(assignment, units=units))
    return replace(task, assignments=(*task.assignments, *extra)) if extra else task


def _too_long(document: Document) -> NotAPlan:
    length = len(document.text)
    problem = Text(
        f"全文约{length // 10_000}万字，不像一份行动方案", f"{length:,} characters are too many for an action plan"
    )
    hint = Text(
        f"上限{_LONGEST_TEXT // 10_000}万字，请拆成一份方案一个文件",
        f"The limit is {_LONGEST_TEXT:,}; split it into one file for each plan",
    )
    return NotAPlan(file=document.name, problem=problem, hint=hint)


def _not_a_plan(document: Document) -> NotAPlan:
    problem = Text(
        "读到了文字，但没有找到写明负责单位的地方（如“牵头单位：”“（市科技局牵头，市财政局配合）”或分工表）",
        "the text was read, but nothing in it says who is responsible, such as 牵头单位：…, （市科技局牵头，市财政局配合） "
        "or a table with a column of units",
    )
    lacks = advice(document)
    if lacks:
        problem = Text(f"{problem.zh}；{lacks.zh}", f"{problem.en}; {lacks.en}")
    hint = Text(
        "能读的写法见项目文档 plan-format.zh-CN.md；若是企业、机构等名册，请用 innograph load 并存为 .csv",
        "The project's page plan-format.md lists the forms that are read; a roster of enterprises or institutes is loaded as .csv",
    )
    return NotAPlan(file=document.name, problem=problem, hint=hint)
