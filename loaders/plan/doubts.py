"""What is doubtful in a plan: every reading that a careful clerk would look up in the original."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue

from ..document import Span
from .model import Role
from .targets.reader import doubts as doubtful_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innograph.graph.regions import Region

    from ..document import Document
    from .model import Head, ParsedPlan, Section, Task
    from .responsibility.assignments import Block
    from .tasks import Sections

_LENGTH_OF_HEADER = 40


# 高新区管委会 names no region of the table, and is not elsewhere for it.
_PLACE = re.compile(
    r"(?!国家|高新|经开|经济|开发|园|示范|自治|本|全|各)[\u4e00-\u9fff]{2,10}?[省市州县区旗盟](?=人民政府|委|科|政府)"
)


def document_doubts(document: Document, head: Head, stated: Region | None, home: Region | None) -> Iterator[Issue]:
    """Yield what is doubtful about the head of the file; ``stated`` is its own region, ``home`` what stands in for it."""
    if head.doc_number is None:
        yield Issue("plan.no-number")
    issuer, span = head.issuers[0] if head.issuers else ("", None)
    if stated is None and span and _PLACE.match(issuer):
        yield Issue("plan.issuer-elsewhere", document.locate(span), document.quote(span), {"value": issuer})
    elif home is None:
        yield Issue("plan.no-issuer")


def flat_doubts(document: Document, tables: Sequence[Span]) -> Iterator[Issue]:
    """Yield one issue for each table that was pasted as text, with the words of its header."""
    for span in tables:
        header = document.quote(Span(span.start, min(span.end, span.start + _LENGTH_OF_HEADER)))
        yield Issue("plan.flat-table", document.locate(Span(span.start, span.start + 1)), " ".join(header.split()))


def plan_doubts(plan: ParsedPlan, sections: Sections, goals: Sequence[Span]) -> Iterator[Issue]:
    """Yield what is doubtful about the tasks of one plan."""
    document = plan.document
    if plan.tasks and not any(task.assignments for task in plan.tasks):
        yield Issue("plan.nobody-assigned", document.locate(plan.head.title_span), plan.head.title)
    else:
        for task in plan.tasks:
            yield from _task_doubts(document, task)
    texts = (*(task.sentences for task in plan.tasks), *(s.sentences for s in plan.safeguards), goals)
    for text in texts:
        yield from doubtful_targets(document, text)
    for section, block in sections.blocks():
        yield from _block_doubts(document, section, block)


def _block_doubts(document: Document, section: Section, block: Block) -> Iterator[Issue]:
    for span in block.unread:
        yield Issue("plan.assignment-unread", document.locate(span), document.quote(span))
    for span in block.unclosed:
        yield Issue("plan.bracket-unclosed", document.locate(span), document.quote(span))
    if len(block.passages) > 1:
        place = document.locate(section.heading)
        quote = "\n".join(document.quote(span) for span in block.spans)
        values = {"title": section.title or section.number, "count": len(block.passages)}
        yield Issue("plan.several-assignments", place, quote, values)


def _task_doubts(document: Document, task: Task) -> Iterator[Issue]:
    place = document.locate(task.section.heading)
    title = {"title": task.section.title or task.section.number}
    if not task.assignments:
        yield Issue("plan.no-assignment", place, document.quote(task.section.heading), title)
    elif not task.units(Role.LEAD) and not task.units(Role.RESPONSIBLE):
        yield Issue("plan.lead-missing", place, document.quote(task.section.heading), title)
    for assignment in task.assignments:
        for unit in assignment.units:
            if not unit.body.certain:
                where = document.locate(unit.span)
                yield Issue("plan.unit-unclear", where, document.quote(assignment.span), {"value": unit.written})
