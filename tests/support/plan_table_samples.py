"""A plan with one table, built cell by cell, and what is read of it."""

from __future__ import annotations

from innograph.graph.records import Locator
from innograph.loaders.document import Document, DocumentBuilder, Draft
from innograph.loaders.plan import ParsedPlan, parse
from innograph.loaders.plan.model import Role, Target, Task

LEADS, SUPPORTS, RESPONSIBLE = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE
TITLE = "昌吉市重点任务分工方案"


def document_of(*rows: list[str], above: list[str] | None = None, below: list[str] | None = None) -> Document:
    """A document with one table; ``^`` is the cell above, ``<`` the one to the left, as merged cells are."""
    builder = DocumentBuilder("a.docx")
    for line in above if above is not None else [TITLE]:
        builder.paragraph(line, Locator(paragraph=1))
    grid: list[list[Draft]] = []
    for number, row in enumerate(rows, start=1):
        made: list[Draft] = []
        for index, text in enumerate(row):
            if text == "^":
                made.append(grid[-1][index])
            elif text == "<":
                made.append(made[-1])
            else:
                made.append(Draft(text, Locator(table=1, row=number, column=index + 1)))
        grid.append(made)
    builder.table(grid, Locator(table=1))
    for line in below or []:
        builder.paragraph(line, Locator(paragraph=2))
    return builder.build()


def plan_of(*rows: list[str], above: list[str] | None = None, below: list[str] | None = None) -> ParsedPlan:
    return parse(document_of(*rows, above=above, below=below))


def units(task: Task) -> dict[Role, list[str]]:
    return {role: [u.canonical for u in task.units(role)] for role in Role if task.units(role)}


def tasks(plan: ParsedPlan) -> list[tuple[str, dict[Role, list[str]]]]:
    return [(t.section.title, units(t)) for t in plan.tasks]


def figures(targets: tuple[Target, ...]) -> list[tuple[str, str, float | None, str | None, int | None]]:
    return [(t.indicator, t.comparator, t.value, t.unit, t.year) for t in targets]
