"""Runs the stages: document -> outline -> head, tasks, safeguards, goals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.errors import NotAPlan
from innograph.graph.issues import Issue
from innograph.graph.regions import region_table
from innograph.graph.text import Text

from ..document import Span
from .assignments import Block, read_assignments
from .head import read_head
from .model import ParsedPlan, Role, Safeguard, Section, Task
from .named import read_named
from .outline import read_outline, sections_of, sentences
from .targets import read_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from innograph.graph.regions import Region

    from ..document import Document
    from .model import Head

_SAFEGUARD_TITLE = re.compile(r"保障|组织实施|组织领导|工作要求|实施保障")
# The longest plans in use have some hundred thousand characters.
_LONGEST_TEXT = 3_000_000
_GOAL_TITLE = re.compile(r"目标|总体要求|总体思路|主要指标|发展指标")


def parse(document: Document, home: Region | None = None) -> ParsedPlan:
    r"""Parse a plan.

    Args:
        document: what a reader made of the file.
        home: the region whose 市 or 州 is meant where the plan names no issuer.

    Returns:
        Everything read, with all issues.

    Raises:
        NotAPlan: no section has a line that names responsible units, or the text is far too long for a plan.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> text = "昌吉市试点方案\n一、重点任务\n（一）建平台。建设平台2个以上。\n牵头单位：市科技局"
        >>> plan = parse(document_of_lines("a.txt", text))
        >>> [(t.section.title, [u.canonical for u in t.units(Role.LEAD)], len(t.targets)) for t in plan.tasks]
        [('建平台', ['市科技局'], 1)]
    """
    if len(document.text) > _LONGEST_TEXT:
        raise _too_long(document)
    outline = read_outline(document)
    head = read_head(document, outline[0].heading.start if outline else len(document.text))
    region = _home_of(head) or home
    blocks = {s.path: read_assignments(document, s.body, region) for s in sections_of(outline)}
    if not any(block.assignments for block in blocks.values()):
        raise _not_a_plan(document)
    tasks = tuple(_tasks(document, outline, blocks))
    safeguards = tuple(_safeguards(document, outline, blocks))
    front = _front_sentences(document, outline, head)
    goals = tuple(
        s
        for section in _goal_sections(outline, blocks)
        for s in sentences(document, Span(section.body.start, section.end))
    )
    return ParsedPlan(
        document=document,
        head=head,
        home=region,
        tasks=tasks,
        safeguards=safeguards,
        targets=read_targets(document, goals),
        findings=read_named(document, (*front, *goals)),
        issues=(*document.issues, *_issues(document, head, region, tasks), *_block_issues(document, outline, blocks)),
    )


def _home_of(head: Head) -> Region | None:
    return region_table().head_of(head.issuer or "") or region_table().head_of(head.title)


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
        "读到了文字，但没有找到“牵头单位：”“责任单位：”这样写明负责单位的行",
        "the text was read, but no line that names responsible units was found, such as 牵头单位： or 责任单位：",
    )
    hint = Text(
        "目前能读的写法：编号的任务（如“（一）……”），下面另起一行写“牵头单位：”或“责任单位：”；句末括号和表格中的分工暂不能读",
        "Read at present: numbered tasks, such as （一）…, each with lines of their own that begin with 牵头单位： or "
        "责任单位：; units in brackets at a sentence's end or in tables are not read yet",
    )
    return NotAPlan(file=document.name, problem=problem, hint=hint)


def _has_assigned(section: Section, blocks: dict[str, Block]) -> bool:
    return any(blocks[s.path].assignments for s in sections_of((section,)))


def _tasks(document: Document, outline: Iterable[Section], blocks: dict[str, Block]) -> Iterator[Task]:
    """Sections with an assignment, and their unassigned sisters: a task that nobody owns must not disappear."""
    for chapter in outline:
        if blocks[chapter.path].assignments:
            yield _task(document, chapter, None, blocks[chapter.path])
        if _has_assigned(chapter, blocks):
            yield from _tasks_below(document, chapter, chapter, blocks)


def _tasks_below(document: Document, parent: Section, chapter: Section, blocks: dict[str, Block]) -> Iterator[Task]:
    assigned_here = any(blocks[s.path].assignments for s in parent.children)
    for section in parent.children:
        if blocks[section.path].assignments or (assigned_here and not _has_assigned(section, blocks)):
            yield _task(document, section, chapter, blocks[section.path])
        if any(_has_assigned(child, blocks) for child in section.children):
            yield from _tasks_below(document, section, chapter, blocks)


def _task(document: Document, section: Section, chapter: Section | None, block: Block) -> Task:
    children_are_tasks = bool(section.children) and chapter is None
    end = section.body.end if children_are_tasks else section.end
    text = _sentences_outside(document, Span(section.body.start, end), block.spans)
    return Task(
        section=section,
        chapter=chapter,
        assignments=block.assignments,
        assignment_spans=block.spans,
        sentences=text,
        targets=read_targets(document, text),
        findings=read_named(document, text),
    )


def _sentences_outside(document: Document, body: Span, assignments: tuple[Span, ...]) -> tuple[Span, ...]:
    """The sentences of a section without its label lines."""
    starts = (body.start, *(span.end for span in assignments))
    ends = (*(span.start for span in assignments), body.end)
    return tuple(s for start, end in zip(starts, ends, strict=True) for s in sentences(document, Span(start, end)))


def _safeguards(document: Document, outline: Iterable[Section], blocks: dict[str, Block]) -> Iterator[Safeguard]:
    for chapter in outline:
        if not _SAFEGUARD_TITLE.search(chapter.title) or _has_assigned(chapter, blocks):
            continue
        for section in chapter.children or (chapter,):
            text = sentences(document, Span(section.body.start, section.end))
            yield Safeguard(section, chapter, text, read_targets(document, text), read_named(document, text))


def _goal_sections(outline: Iterable[Section], blocks: dict[str, Block]) -> Iterator[Section]:
    for section in outline:
        if _GOAL_TITLE.search(section.title) and not _has_assigned(section, blocks):
            yield section
        elif not _has_assigned(section, blocks):
            yield from _goal_sections(section.children, blocks)


def _front_sentences(document: Document, outline: tuple[Section, ...], head: Head) -> tuple[Span, ...]:
    """The preamble: what stands between the title and the first heading."""
    end = outline[0].heading.start if outline else len(document.text)
    return sentences(document, Span(head.title_span.end, max(end, head.title_span.end)))


def _issues(document: Document, head: Head, home: Region | None, tasks: tuple[Task, ...]) -> Iterator[Issue]:
    if head.doc_number is None:
        yield Issue("plan.no-number")
    if home is None:
        yield Issue("plan.no-issuer")
    for table in document.tables:
        yield Issue("plan.table-unread", table.place, values={"rows": len(table.rows)})
    for task in tasks:
        yield from _task_issues(document, task)


def _block_issues(document: Document, outline: tuple[Section, ...], blocks: dict[str, Block]) -> Iterator[Issue]:
    for section in sections_of(outline):
        block = blocks[section.path]
        for span in block.unread:
            yield Issue("plan.assignment-unread", document.locate(span), document.quote(span))
        if block.several:
            place = document.locate(section.heading)
            quote = "\n".join(document.quote(span) for span in block.spans)
            yield Issue("plan.several-assignments", place, quote, {"title": section.title or section.number})


def _task_issues(document: Document, task: Task) -> Iterator[Issue]:
    place = document.locate(task.section.heading)
    title = {"title": task.section.title}
    if not task.assignments:
        yield Issue("plan.no-assignment", place, document.quote(task.section.heading), title)
    elif not task.units(Role.LEAD) and not task.units(Role.RESPONSIBLE):
        yield Issue("plan.lead-missing", place, document.quote(task.section.heading), title)
    for assignment in task.assignments:
        for unit in assignment.units:
            if not unit.body.certain:
                yield Issue(
                    "plan.unit-unclear",
                    document.locate(unit.span),
                    document.quote(assignment.span),
                    {"value": unit.written},
                )
