"""The cells of a unit column: roles noted before the units, and people named beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from innograph.graph.bodies import is_collective, kind_of, level_word
from innograph.graph.regions import region_table

from ...document import Document, Span
from ..responsibility.assignments import assignments_of
from ..responsibility.statements import Statement
from ..structure.titles import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document import Cell
    from ..model import Assignment, Role
    from ..responsibility.assignments import Context

#: The words of a note （牵头）, each with the label of the same length that says so.
_NOTES = {
    "牵头": "牵头",
    "主办": "牵头",
    "主责": "牵头",
    "配合": "配合",
    "协办": "配合",
    "协同": "配合",
    "协助": "配合",
    "参与": "配合",
    "参加": "配合",
}
_NOTE_BEFORE = re.compile(
    rf"(?<![^\n、，；。 ])[（〔] ?(?P<note>{'|'.join(_NOTES)})(?:单位|部门)? ?[）〕](?= *[^\s、，；。）])"
)
_IN_BRACKETS = re.compile("（(?P<inner>[^（）]{1,40})）")
_PIECE = re.compile(r"[：/ ]{0,3}(?P<said>[^\s、，；。：/（）]{1,40})")
# 市科技局局长某某: the office's head, and a name behind the title.
_TITLE = re.compile(
    r"(?<=[局委办厅部院会室府])(?:党[组委])?副?(?:书记|[局主厅处科部院会所县市区镇乡州省]长|主任)[^、，；。：/（）\s]{0,4}"
)
_LONGEST_NAME = 4
_LABEL = re.compile("(?:单位|部门)$|牵头|配合|负责|协办|参与|落实")
# What ends so is rather a place or a body that no table knows than a person.
_NO_PERSON = re.compile("[省市州县区旗盟镇乡村园局厅委办院部社司处科站]$")


def read_owners(
    document: Document, cell: Cell, role: Role, context: Context, *, people: bool = False
) -> Iterator[Assignment]:
    """Yield what a cell of a unit column assigns.

    Args:
        document: the plan.
        cell: the cell.
        role: what the column says of its units.
        context: what holds for every list of units.
        people: whether the column names people beside the units, who are left out.

    Examples:
        >>> from innograph.graph.records import Locator
        >>> from innograph.loaders.document import Cell, document_of_lines
        >>> from innograph.loaders.plan.model import Role
        >>> from innograph.loaders.plan.responsibility.assignments import Context
        >>> def owners(text, people=False):
        ...     document, cell = document_of_lines("a", text), Cell(Span(0, len(text)), Locator())
        ...     found = read_owners(document, cell, Role.RESPONSIBLE, Context(), people=people)
        ...     return [(a.role.value, [u.canonical for u in a.units]) for a in found]
        >>> owners("（牵头）市商务局、（配合）市发改委")
        [('LEADS', ['市商务局']), ('SUPPORTS', ['市发改委'])]
        >>> owners("市科技局（张三）、财政局 李四", people=True)
        [('RESPONSIBLE_FOR', ['市科技局', '市财政局'])]
    """
    text = document.folded[cell.span.start : cell.span.end]
    changed = _NOTE_BEFORE.sub(_as_label, text)
    if people:
        changed = _without_people(changed)
    if changed == text:
        yield from assignments_of(document, Statement(cell.span, cell.span, role), context)
        return
    # The text keeps its length, so that what is found in it stands at the same place of the document.
    line = Span(0, len(changed))
    for assignment in assignments_of(Document(document.name, changed, ()), Statement(line, line, role), context):
        yield _moved(document, assignment, cell.span)


def _as_label(note: re.Match[str]) -> str:
    label = f" {_NOTES[note.group('note')]}："
    return label.ljust(len(note.group()))


def _moved(document: Document, assignment: Assignment, cell: Span) -> Assignment:
    """The assignment as it stands in the document."""
    units = tuple(
        replace(unit, span=span, written=document.quote(span))
        for unit in assignment.units
        for span in [Span(unit.span.start + cell.start, unit.span.end + cell.start)]
    )
    return replace(assignment, units=units, span=cell)


def _without_people(text: str) -> str:
    """The text with blanks where people stand, of the same length."""
    text = _IN_BRACKETS.sub(lambda found: _blank(found) if _only_people(found.group("inner")) else found.group(), text)
    text = _TITLE.sub(_blank, text)
    return _PIECE.sub(lambda found: _blank(found) if _is_person(found.group("said")) else found.group(), text)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _only_people(text: str) -> bool:
    return all(_is_person(piece.group("said")) for piece in _PIECE.finditer(text))


def _is_person(word: str) -> bool:
    """Whether a word beside units is a person, a title or a telephone number and no body, place or label."""
    word = squeezed(word)
    if word.isascii() or "·" in word:
        return True
    if len(word) > _LONGEST_NAME and not word.endswith(("责任人", "负责人", "联系人")):
        return False
    if _LABEL.search(word) or level_word(word) == word or kind_of(word)[1] or is_collective(word):
        return False
    return not _NO_PERSON.search(word) and region_table().split_head(word) is None
