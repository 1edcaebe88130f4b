"""Who is responsible: the lines that name units, and the role each line gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..document import Span
from .model import Assignment, Role
from .units import breaks_a_name, is_unit_list, names_a_body, read_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innograph.graph.regions import Region

    from ..document import Document

_UNIT_WORD = "(?:单位|部门|机构|科室|处室)"
_ROLE_LABELS: tuple[tuple[Role | None, str], ...] = (
    (None, r"责任领导|责任人|牵头领导|分管领导|联系人|完成时限|完成时间|时间要求|进度安排|工作目标|备注"),
    (Role.LEAD, rf"(?:牵头|主办|主责|组织)(?:责任)?{_UNIT_WORD}"),
    (Role.SUPPORT, rf"(?:配合|协办|协同|参与|参加|协作|支持|协助)(?:责任)?{_UNIT_WORD}"),
    (Role.RESPONSIBLE, rf"(?:责任|落实|实施|承办|负责|承担){_UNIT_WORD}"),
)


def _spaced(words: str) -> str:
    """A pattern of Chinese words that also matches them with spaces between and behind the characters."""
    return re.sub("([\u4e00-\u9fff])", r"\1 *", words)


_LABEL = re.compile(
    "(?:" + "|".join(f"(?P<r{i}>{_spaced(words)})" for i, (_, words) in enumerate(_ROLE_LABELS)) + ")[：:] *"
)
# What also names units, in forms that are not read yet: 主管单位：…, （责任单位：…）, （省科技厅牵头，省财政厅配合）.
_UNREAD = re.compile(
    rf"[\u4e00-\u9fff]{{0,4}} {{0,3}}{_spaced(_UNIT_WORD)}：(?P<listed>[^\n）〕。]*)"
    r"|（(?P<said>[^（）\n]{2,200}?)(?:牵头|负责|配合|落实)[^（）\n]{0,200}）"
)
_SEPARATORS = ("、", "，", "；", "/")


@dataclass(frozen=True, slots=True)
class Block:
    """The assignments of one section.

    Args:
        assignments: one for each role that a label line gives.
        spans: one for each run of label lines.
        several: whether more than one run says who leads or is responsible.
        unread: what names units in a form that is not read.
    """

    assignments: tuple[Assignment, ...] = ()
    spans: tuple[Span, ...] = ()
    several: bool = False
    unread: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    role: Role | None
    units: Span
    whole: Span


def read_assignments(document: Document, body: Span, home: Region | None) -> Block:
    r"""Read the label lines (牵头单位：… / 配合单位：…) in ``body``.

    Args:
        document: the plan.
        body: the section's own text.
        home: the region whose 市 or 州 is meant.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> document = document_of_lines("a", "牵头单位：市科技局\n配合单位：市财政局、人社局")
        >>> block = read_assignments(document, Span(0, len(document.text)), None)
        >>> [(a.role.value, [u.canonical for u in a.units]) for a in block.assignments]
        [('LEADS', ['市科技局']), ('SUPPORTS', ['市财政局', '市人社局'])]
    """
    lines = list(_label_lines(document, body))
    assignments = tuple(a for line in lines for a in _assignments_of(document, line, home))
    runs = _runs(document, lines)
    owners = [a.span for a in assignments if a.role is not Role.SUPPORT]
    owning = [run for run in runs if any(run.start <= span.start < run.end for span in owners)]
    return Block(assignments, runs, len(owning) > 1, tuple(_unread(document, body, runs)))


def _assignments_of(document: Document, line: _Line, home: Region | None) -> Iterator[Assignment]:
    """The line's assignment; where （牵头） behind a unit states another role, one for each role."""
    if line.role is None:
        return
    listed = read_units(document, line.units, home)
    for role in dict.fromkeys(unit.role or line.role for unit in listed.units):
        units = tuple(unit for unit in listed.units if (unit.role or line.role) is role)
        yield Assignment(role, units, line.whole, listed.open)


def _runs(document: Document, lines: Sequence[_Line]) -> tuple[Span, ...]:
    runs: list[Span] = []
    for line in lines:
        if runs and not document.text[runs[-1].end : line.whole.start].strip():
            runs[-1] = Span(runs[-1].start, line.whole.end)
        else:
            runs.append(line.whole)
    return tuple(runs)


def _unread(document: Document, body: Span, runs: Sequence[Span]) -> Iterator[Span]:
    for match in _UNREAD.finditer(document.folded, body.start, body.end):
        if any(run.start <= match.start() < run.end for run in runs):
            continue
        if names_a_body(match.group("listed") or match.group("said") or ""):
            yield document.trim(Span(match.start(), match.end()))


def _label_lines(document: Document, body: Span) -> Iterator[_Line]:
    paragraphs = document.paragraphs_in(body)
    position = 0
    while position < len(paragraphs):
        labels = _labels_in(document, paragraphs[position])
        if not labels:
            position += 1
            continue
        end = position
        listed = Span(labels[-1].end(), paragraphs[position].end)
        alone = not len(listed)
        while end + 1 < len(paragraphs) and _goes_on(document, listed, paragraphs[end + 1], alone=alone):
            end += 1
            listed = paragraphs[end]
        yield from _split_at_labels(document, labels, paragraphs[end].end)
        position = end + 1


def _labels_in(document: Document, paragraph: Span) -> list[re.Match[str]]:
    """The labels of a paragraph that begins with one; others may follow behind it on the same line."""
    first = _LABEL.match(document.folded, paragraph.start, paragraph.end)
    return list(_LABEL.finditer(document.folded, paragraph.start, paragraph.end)) if first else []


def _goes_on(document: Document, listed: Span, following: Span, *, alone: bool) -> bool:
    """Whether the list that ``listed`` ends was broken and goes on in the next paragraph.

    It does where a separator stands at the break, where the break goes through a name (市场监督 | 管理局), and where the
    label stands ``alone`` in its line and the units in lines of their own.
    """
    if _LABEL.match(document.folded, following.start):
        return False
    text = document.folded[listed.start : listed.end]
    after = document.folded[following.start : following.end]
    if alone and is_unit_list(after):
        return True
    return text.endswith(_SEPARATORS) or after.startswith(_SEPARATORS) or breaks_a_name(text, after)


def _split_at_labels(document: Document, labels: Sequence[re.Match[str]], end: int) -> Iterator[_Line]:
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else end
        yield _Line(_role_of(label), Span(label.end(), stop), document.trim(Span(label.start(), stop)))


def _role_of(label: re.Match[str]) -> Role | None:
    return next(role for i, (role, _) in enumerate(_ROLE_LABELS) if label.group(f"r{i}"))
