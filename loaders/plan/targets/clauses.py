"""Clauses as the target grammar reads them: without the spaces of typesetting, names blotted out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...document import Document

_ENDS = "，；。！\n"
# A space is typesetting (2027 年, 2 0 2 7, 10 000) unless it keeps two words or two numbers apart.
_SPACE = re.compile(
    r"(?<![A-Za-z\d ]) ++|(?<! ) ++(?![A-Za-z\d])|(?<=(?<!\d)\d) ++(?=\d(?!\d))"
    r"|(?:(?<=(?<![\d.])\d)|(?<=(?<![\d.])\d\d)|(?<=(?<![\d.])\d\d\d)) ++(?=\d{3}(?!\d))"
)
# Figures in a title or in quotation marks are part of a name (《…（2021—2025年）》, “四型”); “十四五” is a date. A day in
# figures (2025-06-30 09:30), as pages of the web say when they were put up, measures nothing.
_NAME = re.compile(
    r"《[^《》]{1,200}》|“(?!十[一二三四五六七八九]五[”时期末])[^“”]{1,200}”"
    r"|(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)(?: ?\d{1,2}:\d\d(?::\d\d)?)?"
)
_BLOT = "■"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Args:
        text: its folded text without spaces.
        masked: the same, with titles, quoted names and days blotted out; as long as ``text``.
        offsets: for each character of ``text``, its offset in the document.
    """

    text: str
    masked: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return where the characters from ``start`` to ``end`` stand in the document."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def clauses_of(document: Document, sentence: Span) -> Iterator[Clause]:
    """Yield the clauses of ``sentence`` that hold any text.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> text = "到 ２０２７ 年，建成“5G+”工厂 10 个。"
        >>> [c.masked for c in clauses_of(document_of_lines("a", text), Span(0, len(text)))]
        ['到2027年', '建成■■■■■工厂10个']
    """
    for piece in document.pieces(sentence, _ENDS):
        if len(piece):
            yield clause_at(document, piece)


def clause_at(document: Document, span: Span) -> Clause:
    """Return the clause that ``span`` is, whatever marks stand in it; the line breaks of a narrow cell are spaces."""
    text = document.folded[span.start : span.end].replace("\n", " ")
    offsets: Sequence[int] = range(span.start, span.end)
    if " " in text:
        ends = [(match.start(), match.end()) for match in _SPACE.finditer(text)]
        starts = (0, *(end for _, end in ends))
        kept = [
            range(start, end) for start, end in zip(starts, (*(start for start, _ in ends), len(text)), strict=True)
        ]
        text = "".join(text[part.start : part.stop] for part in kept)
        offsets = [span.start + i for part in kept for i in part]
    return Clause(text, _NAME.sub(lambda name: _BLOT * len(name.group()), text), offsets)
