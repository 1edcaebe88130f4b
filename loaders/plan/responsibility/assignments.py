"""Who is responsible for what: the statements of a section, the roles they give, and the text each one closes."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...document import Span
from ..model import Assignment, Role
from ..structure.titles import squeezed
from .roles import DEADLINE_LABEL, DUE, FIRST_LEADS, LABEL, PEOPLE, read_shares
from .statements import BULLETS, Statement, runs_of, statements
from .units import names_a_body, read_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.graph.regions import Region

    from ...document import Document

# What also seems to name units, in forms that are not read: 主管单位：…, （由…等研究落实）.
# What every wording of the rule of position has in it.
_MAY_RULE = re.compile("第[一1]|首[位个家]|最前")
_SECTION_OF_OFFICE = re.compile("[\u4e00-\u9fff ]{2,8}(?:科 *室|处 *室) *：")
_UNREAD = re.compile(
    r"[\u4e00-\u9fff]{0,4} {0,3}(?:单 *位|部 *门|机 *构|科 *室|处 *室) *：(?P<listed>[^\n）〕。]*)"
    r"|（(?P<said>[^（）\n]{2,200}?)(?:牵头|负责|配合|落实)[^（）\n]{0,200}）"
)
# What would say who is responsible if it were read, where nothing else in the section does.
_MAYBE = re.compile(
    r"(?:单位|部门|主体)(?:为|是|有| |(?=[省市州县区]))(?P<listed>[^\n。；]{2,200})"
    r"|(?<![^。；！\n])(?:由|请)?(?P<said>[^，。；\n]{2,60}?)(?:牵头|负责)[^。；\n]{0,200}"
    r"|[（〔{「<《](?P<inside>(?:[^（）〔〕\n]|（[^（）〔〕\n]{0,30}）){2,200})[）〕}」>》](?=[。；\n]|$)"
)
# 下同 means the lists from here on, unless a note for all of them says it.
_FROM_HERE = re.compile("^(?!.*(?:[注均]|说明|各项|所有|本方案)).*同$", re.DOTALL)
_BEFORE_RULE = "（〔，；。 \n"
_MARKS = "。；， \n"
_NO_MARK = re.compile(r"[^。；，\s]")


@dataclass(frozen=True, slots=True)
class FirstLeads:
    """The rule that the first unit of a list leads: it holds for statements that end at ``start`` or behind it."""

    start: int


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for every list of a plan: the region whose 市 is meant, and from where on the first unit leads."""

    home: Region | None = None
    first_leads: FirstLeads | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a section with the assignments that close it.

    Args:
        text: the stretch without its statements.
        assignments: one for each role that a statement gives.
        spans: one for each run of statements.
        deadline: what stands behind 完成时限, if anything.
    """

    text: tuple[Span, ...]
    assignments: tuple[Assignment, ...] = ()
    spans: tuple[Span, ...] = ()
    deadline: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """What a section says about responsibility.

    Args:
        passages: one where the section has one assignment or none; one for each assignment where it has several.
        unread: what names units in a form that is not read.
        unclosed: statements whose bracket is never closed.
    """

    passages: tuple[Passage, ...]
    unread: tuple[Span, ...] = ()
    unclosed: tuple[Span, ...] = ()

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """The assignments of all passages."""
        return tuple(a for passage in self.passages for a in passage.assignments)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The runs of statements of all passages."""
        return tuple(s for passage in self.passages for s in passage.spans)


def states_that_the_first_leads(document: Document) -> FirstLeads | None:
    r"""The rule of a plan that says once that the first unit of each list leads (列第一位的为牵头单位，下同).

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> states_that_the_first_leads(document_of_lines("a", "建平台。（市科技局、财政局，列首位的为牵头单位，下同）"))
        FirstLeads(start=13)
        >>> states_that_the_first_leads(document_of_lines("a", "建平台。（市科技局）\n注：各项任务列首位的均为牵头单位"))
        FirstLeads(start=0)
    """
    text = document.folded
    if not _MAY_RULE.search(text):
        return None
    starts = [
        len(text[: rule.start()].rstrip(_BEFORE_RULE)) if _FROM_HERE.search(rule.group()) else 0
        for rule in FIRST_LEADS.finditer(text)
    ]
    return FirstLeads(min(starts)) if starts else None


def read_assignments(document: Document, body: Span, context: Context) -> Block:
    r"""Read who is responsible in ``body``.

    Args:
        document: the plan.
        body: the section's own text.
        context: what holds for the whole plan.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> document = document_of_lines("a", "建平台。\n牵头单位：市科技局\n配合单位：市财政局、人社局")
        >>> block = read_assignments(document, Span(0, len(document.text)), Context())
        >>> [(a.role.value, [u.canonical for u in a.units]) for a in block.assignments]
        [('LEADS', ['市科技局']), ('SUPPORTS', ['市财政局', '市人社局'])]
    """
    found = statements(document, body)
    runs = runs_of(document, found)
    read = [
        tuple(a for s in _with_offices(document, run) for a in assignments_of(document, s, context)) for run in runs
    ]
    passages = tuple(_passages(document, body, runs, read))
    covered = [Span(run[0].whole.start, run[-1].whole.end) for run in runs]
    nobody = not any(read)
    return Block(
        passages,
        tuple(_unread(document, body, covered, _MAYBE if nobody else None)),
        tuple(s.whole for s in found if not s.closed),
    )


def _with_offices(document: Document, run: Sequence[Statement]) -> list[Statement]:
    """A run without the section of the leading office (牵头科室) where the office itself is named beside it."""
    offices = [s for s in run if not _SECTION_OF_OFFICE.match(document.folded, s.whole.start)]
    return offices if any(s.default is not None for s in offices) else list(run)


def assignments_of(document: Document, statement: Statement, context: Context) -> Iterator[Assignment]:
    """Yield what one statement assigns, a list of units for each role."""
    if statement.default is None:
        return
    level = ""
    people = PEOPLE.search(document.folded, statement.whole.start, statement.content.start) is not None
    found: list[Assignment] = []
    for share in read_shares(document, statement.content, statement.default):
        listed = read_units(document, share.units, context.home, level=level, people=people or share.people)
        level = listed.level
        marked = any(unit.role is Role.LEAD for unit in listed.units)
        other = Role.SUPPORT if marked and share.role is Role.RESPONSIBLE else share.role
        for role in dict.fromkeys(unit.role or other for unit in listed.units):
            units = tuple(unit for unit in listed.units if (unit.role or other) is role)
            found.append(Assignment(role, units, statement.whole, listed.open))
    rule = context.first_leads
    yield from _with_first_leading(found) if rule and statement.whole.end >= rule.start else found


def _with_first_leading(found: Sequence[Assignment]) -> Iterator[Assignment]:
    """The first unit leads and the others support it, where nothing else tells them apart."""
    first = found[0].units[0] if found else None
    if first is None or {a.role for a in found} != {Role.RESPONSIBLE}:
        yield from found
        return
    yield replace(found[0], role=Role.LEAD, units=(first,), open=False)
    for position, assignment in enumerate(found):
        others = assignment.units[1:] if not position else assignment.units
        if others or assignment.open:
            yield replace(assignment, role=Role.SUPPORT, units=others)


def _passages(
    document: Document,
    body: Span,
    runs: Sequence[Sequence[Statement]],
    read: Sequence[tuple[Assignment, ...]],
) -> Iterator[Passage]:
    """Cut a section where one assignment ends and the text of the next begins.

    A run that only names who supports belongs to the assignment before it. Where the first run stands before all text,
    assignments open what they are about instead of closing it.
    """
    groups: list[list[int]] = []
    for index, assignments in enumerate(read):
        owns = any(a.role is not Role.SUPPORT for a in assignments)
        if groups and (not owns or not any(a.role is not Role.SUPPORT for i in groups[-1] for a in read[i])):
            groups[-1].append(index)
        else:
            groups.append([index])
    if not groups:
        yield Passage(_without(document, body, ()))
        return
    opens = len(groups) > 1 and not document.text[body.start : runs[0][0].whole.start].strip()
    if opens:
        cuts = [runs[group[0]][0].whole.start for group in groups[1:]]
    else:
        cuts = [runs[group[-1]][-1].whole.end for group in groups[:-1]]
    for group, start, end in zip(groups, (body.start, *cuts), (*cuts, body.end), strict=True):
        spans = tuple(Span(runs[i][0].whole.start, runs[i][-1].whole.end) for i in group)
        yield Passage(
            text=_without(document, Span(start, end), spans),
            assignments=tuple(a for i in group for a in read[i]),
            spans=spans,
            deadline=_deadline(document, (s for i in group for s in runs[i])),
        )


def _without(document: Document, span: Span, holes: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches of ``span`` outside ``holes``, without the marks that are left between them."""
    found: list[Span] = []
    start = span.start
    for hole in (*holes, Span(span.end, span.end)):
        text = document.quote(Span(start, max(start, hole.start)))
        stretch = document.trim(Span(start, start + len(text.rstrip(BULLETS if hole.start < span.end else None))))
        if document.quote(stretch).strip(_MARKS):
            found.append(stretch)
        behind = _NO_MARK.search(document.folded, hole.end, span.end)
        start = behind.start() if behind else span.end
    return tuple(found)


def _deadline(document: Document, found: Iterable[Statement]) -> Span | None:
    """What stands behind 完成时限, else the date among the units."""
    found = tuple(found)
    for statement in found:
        labels = list(LABEL.finditer(document.folded, statement.whole.start, statement.content.end))
        for label, following in itertools.zip_longest(labels, labels[1:]):
            if DEADLINE_LABEL.search(squeezed(label.group())):
                end = following.start() if following else statement.content.end
                said = next(document.pieces(Span(label.end(), end), "；。\n"))
                return Span(said.start, said.start + len(document.folded[said.start : said.end].rstrip("，、 ")))
    for statement in found:
        due = DUE.search(document.folded, statement.content.start, statement.content.end)
        if due and statement.default is not None:
            return Span(due.start(), due.end())
    return None


def _unread(document: Document, body: Span, covered: Sequence[Span], maybe: re.Pattern[str] | None) -> Iterator[Span]:
    """What names units and is not read; where nobody is assigned, also what only may do so."""
    seen = sorted(covered, key=_start)
    for pattern in filter(None, (_UNREAD, maybe)):
        for match in pattern.finditer(document.folded, body.start, body.end):
            before = bisect_right(seen, match.start(), key=_start)
            if before and match.start() < seen[before - 1].end:
                continue
            if any(names_a_body(said) for said in match.groups() if said):
                found = document.trim(Span(match.start(), match.end()))
                seen.insert(bisect_right(seen, found.start, key=_start), found)
                yield found


def _start(span: Span) -> int:
    return span.start
