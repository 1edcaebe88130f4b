"""From the outline to tasks: which sections units are responsible for, and which belong to the section above them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..document import Span
from .model import Safeguard, Section, Task
from .names.reader import read_named
from .responsibility.assignments import Block, Passage, read_assignments
from .structure.outline import sections_of, sentences
from .targets.due import due_by
from .targets.reader import read_targets

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from ..document import Document
    from .responsibility.assignments import Context

SAFEGUARD_TITLE = re.compile(r"保障|组织实施|组织领导|工作要求|实施保障|有关要求")
GOAL_TITLE = re.compile(r"目标|总体要求|总体思路|主要指标|发展指标")
GENERAL_TITLE = re.compile(r"指导思想|基本原则|总体要求|总体思路|工作原则|发展思路|总则|适用范围|附则|指导意见")
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 40


class Sections:
    """The sections of one plan, settled into tasks and others."""

    def __init__(
        self, document: Document, outline: Sequence[Section], context: Context, issued: dt.date | None
    ) -> None:
        self._document = document
        self._context = context
        self._issued = issued
        self._blocks: dict[str, Block] = {}
        self.outline = tuple(self._settled(section) for section in outline)

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Yield each section with what it says about responsibility."""
        for section in sections_of(self.outline):
            yield section, self._blocks[section.path]

    @property
    def assigned(self) -> bool:
        """Whether any section names responsible units."""
        return any(block.assignments for _, block in self.blocks())

    def tasks(self) -> Iterator[Task]:
        """Yield the assigned sections and their unassigned sisters: a task that nobody owns must not disappear."""
        for chapter in self.outline:
            yield from self._tasks_of(chapter, None)
            if self._has_assigned(chapter):
                yield from self._tasks_below(chapter, chapter)

    def unassigned_tasks(self) -> Iterator[Task]:
        """Yield the sections of a plan that assigns nothing: what stands under its chapters of work."""
        for chapter in self.outline:
            if any(pattern.search(chapter.title) for pattern in (GOAL_TITLE, GENERAL_TITLE, SAFEGUARD_TITLE)):
                continue
            for section in chapter.children or (chapter,):
                whole = replace(section, body=Span(section.body.start, section.end), children=())
                above = chapter if section is not chapter else None
                yield self._task(whole, above, Passage((whole.body,)))

    def safeguards(self) -> Iterator[Safeguard]:
        """Yield the 保障措施 that nobody is named for."""
        for chapter in self.outline:
            if not SAFEGUARD_TITLE.search(chapter.title) or self._has_assigned(chapter):
                continue
            for section in chapter.children or (chapter,):
                text = sentences(self._document, Span(section.body.start, section.end))
                said = (section.title_span, *text)
                targets = read_targets(self._document, said, issued=self._issued)
                named = read_named(self._document, said, self._context.home)
                yield Safeguard(section, chapter, text, targets, named)

    def goals(self) -> Iterator[Span]:
        """Yield the sentences of the sections that say what the plan as a whole is to reach."""
        for section in self._goal_sections(self.outline):
            yield from sentences(self._document, Span(section.body.start, section.end))

    def _goal_sections(self, sections: Iterable[Section]) -> Iterator[Section]:
        for section in sections:
            if self._has_assigned(section):
                continue
            if GOAL_TITLE.search(section.title):
                yield section
            else:
                yield from self._goal_sections(section.children)

    def _settled(self, section: Section) -> Section:
        """The section with its children settled, or without them where what they say of units is said of it."""
        children = tuple(self._settled(child) for child in section.children)
        section = replace(section, children=children)
        if children and self._is_said_of_the_whole(section, children):
            section = replace(section, children=(), body=Span(section.body.start, section.end))
        self._blocks[section.path] = read_assignments(self._document, section.body, self._context)
        return section

    def _is_said_of_the_whole(self, section: Section, children: Sequence[Section]) -> bool:
        """Whether units named once stand for all subsections: before the first of them, or behind the last."""
        assigned = [child for child in children if self._has_assigned(child)]
        if not assigned:
            return bool(read_assignments(self._document, section.body, self._context).assignments)
        last = children[-1]
        return section.rank > 1 and len(children) > 1 and assigned == [last] and not last.children

    def _has_assigned(self, section: Section) -> bool:
        return any(self._blocks[s.path].assignments for s in sections_of((section,)))

    def _tasks_below(self, parent: Section, chapter: Section) -> Iterator[Task]:
        assigned_here = any(self._blocks[s.path].assignments for s in parent.children)
        for section in parent.children:
            if assigned_here and not self._has_assigned(section):
                yield self._task(section, chapter, self._blocks[section.path].passages[0])
            else:
                yield from self._tasks_of(section, chapter)
            if any(self._has_assigned(child) for child in section.children):
                yield from self._tasks_below(section, chapter)

    def _tasks_of(self, section: Section, chapter: Section | None) -> Iterator[Task]:
        """The task of a section, or one for each of its passages that an assignment closes."""
        block = self._blocks[section.path]
        if not block.assignments:
            return
        if len(block.passages) == 1:
            yield self._task(section, chapter, block.passages[0])
            return
        for position, passage in enumerate(block.passages, start=1):
            yield self._task(self._part_of(section, passage, position), chapter or section, passage)

    def _part_of(self, section: Section, passage: Passage, position: int) -> Section:
        """A passage as a section of its own: its first sentence is its title where that reads like one."""
        first = next((s for span in passage.text for s in sentences(self._document, span)), None)
        heading, title = section.heading, section.title
        if first and _SHORTEST_TITLE <= len(first) <= _LONGEST_TITLE and position + len(passage.text) > 1:
            heading = first
            title = self._document.quote(first).rstrip("。；：！ ")
        whole = Span(passage.text[0].start, passage.text[-1].end) if passage.text else passage.spans[0]
        return Section(section.number, section.rank, title, f"{section.path}-{position}", heading, whole)

    def _task(self, section: Section, chapter: Section | None, passage: Passage) -> Task:
        stretches = list(passage.text)
        if section.children and not any(self._has_assigned(child) for child in section.children):
            stretches.append(Span(section.children[0].heading.start, section.end))
        text = tuple(s for span in stretches for s in sentences(self._document, span))
        deadline = self._document.quote(passage.deadline) if passage.deadline else None
        said = tuple(dict.fromkeys((section.title_span, *text)))
        return Task(
            section=section,
            chapter=chapter,
            assignments=passage.assignments,
            assignment_spans=passage.spans,
            sentences=text,
            targets=due_by(deadline, read_targets(self._document, said, issued=self._issued), self._issued),
            findings=read_named(self._document, said, self._context.home),
            deadline=deadline,
        )
