"""What the plan grammar reads: records that keep the span of the words they come from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..document import Span

if TYPE_CHECKING:
    import datetime as dt

    from innograph.graph.bodies import Body
    from innograph.graph.issues import Issue
    from innograph.graph.regions import Region

    from ..document import Document


class Role(StrEnum):
    """How a unit is assigned; the values are the ontology's edge types."""

    LEAD = "LEADS"
    SUPPORT = "SUPPORTS"
    RESPONSIBLE = "RESPONSIBLE_FOR"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit in one list: as written, with its level restored, and identified; ``role`` where （牵头） stands behind."""

    written: str
    canonical: str
    body: Body
    span: Span
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One list of units in one role; ``open`` where the list ends in 等."""

    role: Role
    units: tuple[Unit, ...]
    span: Span
    open: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """One measurable target.

    Args:
        indicator: what is measured, in the text's words.
        kind: ``numeric``, ``cap``, ``coverage``, ``trend``, ``scale`` or ``relative``.
        comparator: ``>``, ``>=``, ``=``, ``~``, ``<=``, ``range`` or ``growth``.
        value: the figure, before 万 or 亿 in ``unit``; ``None`` for a trend.
        value_to: the upper figure of a range.
        unit: the unit as written (家, %, 万人次).
        year: the year it is to be reached in.
        period: ``annual``, ``cumulative`` or ``new`` where the text says so.
        modality: ``aim`` (力争) or ``ensure`` (确保) where the text says so.
        span: the words.
    """

    indicator: str
    kind: str
    comparator: str
    value: float | None
    unit: str | None
    year: int | None
    span: Span
    value_to: float | None = None
    period: str | None = None
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing where the text names it.

    Args:
        category: a node type of the ontology, or ``Industry``.
        name: its name.
        relation: the word that ties it to the text (依托, 推进 …), or an empty string.
        span: the sentence that names it.
        confidence: less than 1 where the form of the name does not say what it is.
    """

    category: str
    name: str
    relation: str
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Cooperation:
    """Two parties that the text says cooperate."""

    left: Mention
    right: Mention
    name: str
    kind: str
    subject: str
    span: Span


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder of tiers, lowest first."""

    tiers: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Findings:
    """What a stretch of text names."""

    mentions: tuple[Mention, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()
    ladders: tuple[Ladder, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading and what stands under it, up to the next heading of its rank or a higher one.

    Args:
        number: as written (（十一）).
        rank: 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.
        title: the heading without number and full stop.
        path: its place in the outline, such as ``2.11``.
        heading: span of number and title.
        body: span of its own text, before its first subsection.
        children: its subsections.
        indent: how many characters of the heading stand before the title.
    """

    number: str
    rank: int
    title: str
    path: str
    heading: Span
    body: Span
    children: tuple[Section, ...] = ()
    indent: int = 0

    @property
    def title_span(self) -> Span:
        """The heading without its number."""
        return Span(self.heading.start + self.indent, self.heading.end)

    @property
    def end(self) -> int:
        """Offset after the last character under this heading."""
        return self.children[-1].end if self.children else self.body.end


@dataclass(frozen=True, slots=True)
class Task:
    """A task: a section, a passage of one, or a row of a table that units are responsible for.

    Args:
        section: its number, title and place.
        chapter: what it stands under.
        assignments: who is responsible, a list of units for each role.
        assignment_spans: where that stands.
        sentences: what is to be done.
        targets: what is to be reached.
        findings: what its sentences name.
        deadline: what stands behind 完成时限, in the plan's words.
        table: the caption of the table that it is a row of.
    """

    section: Section
    chapter: Section | None
    assignments: tuple[Assignment, ...]
    assignment_spans: tuple[Span, ...]
    sentences: tuple[Span, ...]
    targets: tuple[Target, ...]
    findings: Findings
    deadline: str | None = None
    table: str | None = None

    def units(self, role: Role) -> list[Unit]:
        """Return the units in ``role``."""
        return [unit for a in self.assignments if a.role is role for unit in a.units]

    @property
    def open(self) -> bool:
        """Whether a list ends in 等."""
        return any(a.open for a in self.assignments)


@dataclass(frozen=True, slots=True)
class Safeguard:
    """A 保障措施: a section that supports the tasks and is nobody's task."""

    section: Section
    chapter: Section
    sentences: tuple[Span, ...]
    targets: tuple[Target, ...]
    findings: Findings


@dataclass(frozen=True, slots=True)
class Parent:
    """A document that this plan is based on."""

    title: str
    doc_number: str | None
    relation: str
    span: Span


@dataclass(frozen=True, slots=True)
class Head:
    """What identifies the plan."""

    title: str
    title_span: Span
    doc_number: str | None = None
    doc_number_span: Span | None = None
    issuers: tuple[tuple[str, Span], ...] = ()
    issue_date: dt.date | None = None
    print_date: dt.date | None = None
    period: tuple[int, int] | None = None
    parents: tuple[Parent, ...] = ()

    @property
    def issuer(self) -> str | None:
        """The issuers' names, joined by 、."""
        return "、".join(name for name, _ in self.issuers) or None


@dataclass(frozen=True)
class ParsedPlan:
    """A plan as read.

    Args:
        document: the file it stands in.
        key: what identifies it.
        head: its title, issuers, dates and parents.
        home: the region of its issuer.
        tasks: sections and table rows that units are responsible for.
        safeguards: 保障措施.
        targets: those of the plan as a whole.
        findings: what its preamble and goals name.
        issues: what is doubtful in the whole file.
        others: the other plans that the file holds.
    """

    document: Document
    key: str
    head: Head
    home: Region | None
    tasks: tuple[Task, ...]
    safeguards: tuple[Safeguard, ...]
    targets: tuple[Target, ...]
    findings: Findings
    issues: tuple[Issue, ...] = ()
    others: tuple[ParsedPlan, ...] = ()
