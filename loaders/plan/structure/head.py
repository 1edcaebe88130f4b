"""The head of a plan: title, document number, issuer, dates, period, and the documents it is based on."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from ...document import Span
from ..model import Head, Parent
from .card import card_lines, read_card
from .days import DAY, MONTH, day_of
from .doc_number import DOC_NUMBER, YEAR_AND_PLACE
from .numbering import value_of
from .signature import issuers_in_title, lone_date, signatures, signed_by_month
from .titles import is_office, is_title, reads_as_title, squeezed, title_block, with_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...document import Document
    from .parts import Part

_ISSUED_TITLE = re.compile(
    r"(?:印发|发布|下发|批转|转发)《(?P<title>.{4,120}?)》(?P<note>[（(][^（）()]{2,20}[）)])?的通知", re.DOTALL
)
_PERIOD = re.compile(r"(?P<first>\d{4}) *年?[—–\-－至~～]+ *(?P<last>\d{4}) *年?")
_FIVE_YEARS = re.compile("[“”]?十(?P<five>[一二三四五六七八九])五[“”]?")
_CITED = re.compile(rf"《(?P<title>[^》]{{6,120}})》(?:（(?P<number>[^）]{{2,12}}?{YEAR_AND_PLACE})）)?")
_BASIS_WORDS = re.compile(r"(?:按照|根据|依据|依照|贯彻落实|贯彻|落实|结合|对照)[^。；]{0,12}$")
# What stands between two titles of one 按照《…》（…）、《…》.
_CHAIN = re.compile(r"(?:（[^（）]{0,40}）)?(?:、|，|和|与|及|以及)?(?:[\u4e00-\u9fff]{2,20}?(?:关于)?印发的?)?")
_YEAR = re.compile(r"(?<!\d)20\d\d(?= *年)")
_LINES_OF_HEAD = 30
_TENTH_PLAN = 2001
_LONGEST_TITLE = 120


def read_head(document: Document, body_start: int) -> Head:
    """Read the head of a plan whose numbered sections begin at ``body_start``."""
    lines = [document.trim(p.span) for p in document.paragraphs]
    front = [s for s in lines if s.start < body_start]
    card = read_card(document)
    on_lines = set(card_lines(document))
    candidates = [line for line in front or lines[:_LINES_OF_HEAD] if line not in on_lines]
    title, title_span = _title(document, candidates, card.get("title"))
    number = _first(DOC_NUMBER, document, front[:_LINES_OF_HEAD]) or card.get("number")
    signed = next(signatures(document, lines), None) or signed_by_month(document, front, lines)
    on_card = (card["issuer"],) if "issuer" in card else ()
    issuers = signed.issuers if signed else issuers_in_title(document, front) or on_card
    return Head(
        title=title,
        title_span=title_span,
        doc_number=squeezed(document.quote(number)) if number else None,
        doc_number_span=number,
        issuers=tuple((squeezed(document.quote(span)), span) for span in issuers),
        issue_date=(signed.date if signed else None) or _unsigned_date(document, front, lines, card),
        print_date=_print_date(document),
        period=period_of(title),
        parents=_parents_around(document, title_span, body_start, title),
    )


def counted_from(head: Head) -> dt.date | None:
    """Return the day from which 全年 and 三年内 count: the day of issue, or the first day of the title's only year.

    A plan for 2026 is often issued in December 2025.

    Examples:
        >>> str(counted_from(Head("甲市2026年工作要点", Span(0, 10), issue_date=dt.date(2025, 12, 20))))
        '2026-01-01'
        >>> str(counted_from(Head("甲市方案（2026—2028年）", Span(0, 10), issue_date=dt.date(2025, 12, 20))))
        '2025-12-20'
    """
    years = set(_YEAR.findall(head.title))
    if len(years) != 1 or period_of(head.title):
        return head.issue_date
    year = int(years.pop())
    return head.issue_date if head.issue_date and head.issue_date.year == year else dt.date(year, 1, 1)


def _unsigned_date(
    document: Document, front: Sequence[Span], lines: Sequence[Span], card: Mapping[str, Span]
) -> dt.date | None:
    """The day of a plan without a signature: on the site's card, or in a line of its own."""

    def on_card(name: str) -> dt.date | None:
        match = DAY.search(document.folded, card[name].start, card[name].end) if name in card else None
        return day_of(match) if match else None

    return on_card("date") or lone_date(document, front) or lone_date(document, lines) or on_card("published")


def head_of_part(document: Document, part: Part, whole: Head, body_start: int) -> Head:
    """Return the head of a further plan of the file: its own title, period and parents, and the file's issuers."""
    lines = list(document.lines_in(Span(part.span.start, body_start)))
    title, title_span = _title(document, lines)
    parents = tuple(_parents(document, Span(title_span.end, body_start), title))
    return replace(whole, title=title, title_span=title_span, period=period_of(title), parents=parents)


def _title(document: Document, lines: list[Span], on_card: Span | None = None) -> tuple[str, Span]:
    """The last block of lines before the body that reads like a title; else the one a notice announces.

    A title may be broken over lines, so lines without a full stop are joined upwards while the result still reads
    like one title.
    """
    announced = _announced_title(document, lines)
    titles = [index for index in range(len(lines) - 1, -1, -1) if is_title(document, lines[index])]
    # The caption of a table is the title only where there is no other.
    for index in sorted(titles, key=lambda index: document.folded[lines[index].end - 1] == "表"):
        span = title_block(document, lines[: index + 1], announced[0] if announced else None)
        span = with_note(document, span, lines[index + 1] if index + 1 < len(lines) else None)
        joined = squeezed(document.quote(span))
        if reads_as_title(joined):
            return joined, span
    if announced:
        return announced
    if on_card and reads_as_title(squeezed(document.quote(on_card))):
        return squeezed(document.quote(on_card)), on_card
    titled = [line for line in lines if reads_as_title(squeezed(document.quote(line)))]
    first = next(iter([*titled, *(line for line in lines if not _is_imprint(document, line)), *lines]), None)
    if first is None:
        return _title_of_tables(document)
    return squeezed(document.quote(first))[:_LONGEST_TITLE] or document.name, first


def _is_imprint(document: Document, line: Span) -> bool:
    """Whether a line says who, when or under which number, and is no title."""
    text = document.folded[line.start : line.end]
    dated = DAY.search(text) or MONTH.search(text)
    office = text[: dated.start()].strip(" （") if dated else text
    numbered = DOC_NUMBER.match(text)
    if numbered and numbered.end() == len(text):
        return True
    return is_office(office) or (dated is not None and not office)


def _title_of_tables(document: Document) -> tuple[str, Span]:
    """The first cell of a file that holds nothing but tables, where it reads like a title; else the file's name."""
    cells = (cell.span for table in document.tables for row in table.rows for cell in row if len(cell.span))
    first = next(cells, Span(0, 0))
    title = squeezed(document.quote(first))
    return (title if reads_as_title(title) else PurePath(document.name).stem or document.name), first


def _announced_title(document: Document, lines: list[Span]) -> tuple[str, Span] | None:
    if not lines:
        return None
    area = Span(lines[0].start, lines[-1].end)
    match = _ISSUED_TITLE.search(document.quote(area))
    if not match:
        return None
    end = match.end("note") if match.group("note") else match.end("title")
    span = Span(area.start + match.start("title"), area.start + end)
    return squeezed(match.group("title") + (match.group("note") or "")), span


def _first(pattern: re.Pattern[str], document: Document, lines: list[Span]) -> Span | None:
    for line in lines:
        match = pattern.search(document.folded, line.start, line.end)
        if match and not _is_cited(document, match.start()):
            letterhead = document.folded.rfind("文件", match.start(), match.end())
            return Span(letterhead + len("文件") if letterhead >= 0 else match.start(), match.end())
    return None


def _is_cited(document: Document, offset: int) -> bool:
    """Whether a document number stands behind a cited title: 《…》（…号）."""
    return bool(re.search(r"》 *（? *$", document.folded[max(0, offset - 4) : offset]))


def _print_date(document: Document) -> dt.date | None:
    match = re.search(DAY.pattern + " *印发", document.folded)
    return day_of(match) if match else None


def period_of(title: str) -> tuple[int, int] | None:
    """Return the first and last year that a title names, in figures or as a five-year plan.

    Examples:
        >>> period_of("创新行动方案（2022-2024年）"), period_of("“十四五”科技创新规划"), period_of("创新行动方案")
        ((2022, 2024), (2021, 2025), None)
    """
    match = _PERIOD.search(title)
    if match:
        return int(match.group("first")), int(match.group("last"))
    five = _FIVE_YEARS.search(title)
    if not five:
        return None
    first = _TENTH_PLAN + 5 * value_of(five.group("five"))
    return first, first + 4


def _parents_around(document: Document, title_span: Span, body_start: int, title: str) -> tuple[Parent, ...]:
    """What the preamble below the title is based on, and the notice above it."""
    below = tuple(_parents(document, Span(title_span.end, body_start), title))
    known = {parent.title for parent in below}
    above = (p for line in prose_above(document, 0, title_span) for p in _parents(document, line, title))
    return (*below, *(parent for parent in above if parent.title not in known))


def prose_above(document: Document, start: int, title: Span) -> Iterator[Span]:
    """Yield the lines of prose above a title: those of the notice that says what is issued, and why."""
    return (
        line for line in document.lines_in(Span(start, title.start)) if "。" in document.folded[line.start : line.end]
    )


def _parents(document: Document, preamble: Span, title: str) -> Iterator[Parent]:
    chain_end = -1
    for match in _CITED.finditer(document.folded, preamble.start, preamble.end):
        before = document.folded[max(preamble.start, match.start() - 20) : match.start()]
        chained = chain_end >= 0 and _CHAIN.fullmatch(document.folded, chain_end, match.start())
        if not chained and not _BASIS_WORDS.search(before):
            continue
        chain_end = match.end()
        cited = squeezed(document.text[match.start("title") : match.end("title")])
        if cited == title:
            continue
        number = document.text[match.start("number") : match.end("number")] if match.group("number") else None
        yield Parent(cited, number, "based_on", Span(match.start(), match.end()))
