"""The outline: numbered headings, found at the head of paragraphs, nested by the form of their numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.bodies import kind_of

from ...document import Span
from ..model import Section
from ..responsibility.units import is_unit_list
from .numbering import NUMBER, rank_of
from .signature import closing_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...document import Document

_LONGEST_TITLE = 60
_SENTENCE_ENDS = "。！；\n"
_LONGEST_SENTENCE = 2000
# 1.建平台（责任单位：市科技局）: the units behind a title are no part of it.
_UNITS_BEHIND = re.compile("[（〔][^（）〔〕]{0,200}?(?:单位|部门|牵头|负责|配合)")
_BRACKET_AT_END = re.compile("[（〔](?P<content>[^（）〔〕]{3,200})[）〕]$")


@dataclass(frozen=True, slots=True)
class _Heading:
    number: str
    rank: int
    title: str
    span: Span
    indent: int
    body_start: int


def read_outline(document: Document, span: Span | None = None) -> tuple[Section, ...]:
    r"""Return the top sections of ``document``, or of the part of it in ``span``, each with its subsections.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> text = "一、目标\n超过5家。\n二、任务\n（一）建平台。建设平台。\n牵头单位：市科技局"
        >>> [(s.path, s.title, [c.title for c in s.children]) for s in read_outline(document_of_lines("a", text))]
        [('1', '目标', []), ('2', '任务', ['建平台'])]
    """
    return Headings(document).outline(span or Span(0, len(document.text)))


class Headings:
    """The headings of a document and where its texts end, found once for all its parts.

    Args:
        document: the plan.
    """

    def __init__(self, document: Document) -> None:
        self.closings = closing_offsets(document)
        self._headings = list(_headings(document))
        self._starts = [heading.span.start for heading in self._headings]

    def outline(self, span: Span) -> tuple[Section, ...]:
        """Return the top sections in ``span``, each with its subsections."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return _nest(self._headings[first:last], "", span.end, self.closings)


def sections_of(outline: Sequence[Section]) -> Iterator[Section]:
    """Yield every section of an outline, each before its subsections."""
    for section in outline:
        yield section
        yield from sections_of(section.children)


def sentences(document: Document, span: Span) -> tuple[Span, ...]:
    """Return the sentences of ``span``; none crosses a line, and what stands in tables is none.

    What runs on without a full stop is no prose; it is cut, so that no later stage meets a sentence without bounds.
    """
    return tuple(part for line in document.lines_in(span) for part in sentences_of_line(document, line))


def sentences_of_line(document: Document, line: Span) -> Iterator[Span]:
    """Yield the sentences of one line, or of the text of one cell."""
    for sentence in document.pieces(line, _SENTENCE_ENDS, with_mark=True):
        yield from _parts(document, sentence)


def _parts(document: Document, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    while sentence.end - start > _LONGEST_SENTENCE:
        cut = document.folded.rfind("，", start, start + _LONGEST_SENTENCE) + 1 or start + _LONGEST_SENTENCE
        yield from _not_empty(document, Span(start, cut))
        start = cut
    yield from _not_empty(document, Span(start, sentence.end))


def _not_empty(document: Document, span: Span) -> Iterator[Span]:
    trimmed = document.trim(span)
    if len(trimmed):
        yield trimmed


def _headings(document: Document) -> Iterator[_Heading]:
    for paragraph in document.paragraphs:
        span = document.trim(paragraph.span)
        match = NUMBER.match(document.folded[span.start : span.end])
        if match:
            yield _heading(document, span, rank_of(match), match)


def _heading(document: Document, paragraph: Span, rank: int, match: re.Match[str]) -> _Heading:
    """Split a paragraph that starts with a number: the title ends at its first full stop, colon or at the line's end."""
    line = document.folded[paragraph.start : paragraph.end]
    ends = [i for i in (line.find(mark, match.end()) for mark in "。：") if i >= 0]
    title_end = min(ends, default=len(line))
    if title_end - match.end() > _LONGEST_TITLE:
        title_end = match.end()
    units = _UNITS_BEHIND.search(line, match.end(), title_end) or _bodies_behind(line, match.end(), title_end)
    title = Span(paragraph.start + match.end(), paragraph.start + (units.start() if units else title_end))
    body_start = min(title.end + (units is None), paragraph.end)
    return _Heading(
        number=match.group().strip(" 、."),
        rank=rank,
        # A title set in bold in Markdown keeps its stars in the text, whose offsets are the file's.
        title=document.quote(document.trim(title)).replace("**", ""),
        span=document.trim(Span(paragraph.start, title.end)),
        indent=min(match.end(), title.end - paragraph.start),
        body_start=body_start,
    )


def _bodies_behind(line: str, start: int, end: int) -> re.Match[str] | None:
    """The bracket at the end of a title that holds units and nothing else: 建平台（市科技局、市财政局）."""
    bracket = _BRACKET_AT_END.search(line, start, end)
    if bracket is None or not is_unit_list(bracket.group("content")):
        return None
    offices = (kind_of(name) for name in re.split("[、，；]", bracket.group("content")))
    return bracket if ("Department", True) in offices else None


def _nest(headings: Sequence[_Heading], prefix: str, end: int, closings: Sequence[int]) -> tuple[Section, ...]:
    """Group headings under the first of the highest rank among them; the rank that comes first is the top one.

    A section's own text ends at the signature, if one stands in it.
    """
    found: list[Section] = []
    position = 0
    while position < len(headings):
        head = headings[position]
        stop = position + 1
        while stop < len(headings) and headings[stop].rank > head.rank:
            stop += 1
        section_end = headings[stop].span.start if stop < len(headings) else end
        own_end = headings[position + 1].span.start if stop > position + 1 else section_end
        path = f"{prefix}{len(found) + 1}"
        children = _nest(headings[position + 1 : stop], f"{path}.", section_end, closings)
        closing = bisect_left(closings, head.body_start)
        if closing < len(closings):
            own_end = min(own_end, closings[closing])
        found.append(
            Section(
                number=head.number,
                rank=head.rank,
                title=head.title,
                path=path,
                heading=head.span,
                body=Span(head.body_start, own_end),
                children=children,
                indent=head.indent,
            )
        )
        position = stop
    return tuple(found)
