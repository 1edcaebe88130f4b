"""The head of a plan: title, document number, issuer, dates, period, and the documents it is based on."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import TYPE_CHECKING

from innograph.graph.regions import region_table

from ..document import Span
from .model import Head, Parent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Document

_BRACKETED_YEAR = r"[〔（] *\d{4} *[〕）]"
_DOC_NUMBER = re.compile(rf"(?P<number>[\u4e00-\u9fff]{{2,12}}? *{_BRACKETED_YEAR} *第? *\d{{1,5}} *号)")
_DATE = re.compile(r"(\d{4}) *年 *(\d{1,2}) *月 *(\d{1,2}) *日")
_ISSUED_TITLE = re.compile(r"(?:印发|发布|下发)《(?P<title>.{4,120}?)》的通知", re.DOTALL)
_KIND_WORDS = r"(?:方案|计划|规划|意见|措施|办法|政策|纲要|细则|要点|清单|条例|规定|决定|工作安排)"
_PLAN_TITLE = re.compile(rf".{{4,80}}{_KIND_WORDS}(?:的通知)?(?:（.{{2,20}}）)?$")
_TITLE_TAIL = re.compile(rf"^.*{_KIND_WORDS}(?:（.{{2,20}}）)?$")
_ISSUER = re.compile(
    r"^[\u4e00-\u9fff（）]{2,30}?(?:人民政府办公室|人民政府办公厅|人民政府|办公室|办公厅|委员会|领导小组|[局厅部委院])(?:办公室|办公厅)?$"
)
_PERIOD = re.compile(r"(?P<first>\d{4}) *年?[—–\-－至~～]+ *(?P<last>\d{4}) *年?")
_CITED = re.compile(rf"《(?P<title>[^》]{{6,80}})》(?:（(?P<number>[^）]{{2,12}}?{_BRACKETED_YEAR}\d{{1,5}}号)）)?")
_BASIS_WORDS = re.compile(r"(?:按照|根据|依据|依照|贯彻落实|贯彻|落实|结合)[^。；]{0,12}$")
# What stands between two titles of one 按照《…》（…）、《…》.
_CHAIN = re.compile(r"(?:（[^（）]{0,40}）)?(?:、|，|和|与|及|以及)?")
_CHINESE_DATE = r"[二〇○零一]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_CLOSING_LINE = re.compile(
    r"抄送[：:]|（此件.{0,12}(?:公开|发布).{0,6}）$|附件 *[\d一二三四五六七八九十]{0,3} *(?:[：:]|$)"
    r"|[\u4e00-\u9fff ]{2,40}\d{4} *年 *\d{1,2} *月 *\d{1,2} *日 *印发$"
)
_LINES_OF_HEAD = 30
_LINES_OF_TITLE = 6
_ATTACHMENT = re.compile(r"附件? *[\d一二三四五六七八九十]{0,3}$")


def read_head(document: Document, body_start: int) -> Head:
    """Read the head of a plan whose numbered sections begin at ``body_start``."""
    lines = [document.trim(p.span) for p in document.paragraphs]
    front = [s for s in lines if s.start < body_start]
    title, title_span = _title(document, front or lines[:_LINES_OF_HEAD])
    number = _first(_DOC_NUMBER, document, front[:_LINES_OF_HEAD])
    issuer = _signature(document, lines) or _issuer_in_title(document, front)
    return Head(
        title=title,
        title_span=title_span,
        doc_number=re.sub(r"\s+", "", document.quote(number)) if number else None,
        doc_number_span=number,
        issuer=document.quote(issuer[0]) if issuer else None,
        issuer_span=issuer[0] if issuer else None,
        issue_date=issuer[1] if issuer else None,
        print_date=_print_date(document),
        period=_period(title),
        parents=tuple(_parents(document, Span(title_span.end, body_start), title)),
    )


def closing_offsets(document: Document) -> tuple[int, ...]:
    """Return where what follows a text begins: the signature with its date, 抄送, …印发 and 附件."""
    lines = [document.trim(p.span) for p in document.paragraphs]
    found: list[int] = []
    for line, below in itertools.zip_longest(lines, lines[1:]):
        if _CLOSING_LINE.match(document.folded, line.start, line.end) or (below and _is_signed(document, line, below)):
            found.append(line.start)
    return tuple(found)


def _is_signed(document: Document, line: Span, below: Span) -> bool:
    date = document.folded[below.start : below.end]
    return bool(_ISSUER.match(document.folded[line.start : line.end])) and bool(
        _DATE.fullmatch(date) or re.fullmatch(_CHINESE_DATE, date)
    )


def _title(document: Document, lines: list[Span]) -> tuple[str, Span]:
    """The last block of lines before the body that reads like a title; else the one a notice announces.

    A title may be broken over lines, so lines without a full stop are joined upwards while the result still reads
    like one title.
    """
    announced = _announced_title(document, lines)
    for index in range(len(lines) - 1, -1, -1):
        text = document.quote(lines[index])
        if not _TITLE_TAIL.match(text) or text.endswith("。") or "《" in text:
            continue
        first = index
        while max(0, index - _LINES_OF_TITLE) < first and _continues_upward(
            document, lines[first - 1], announced, lines[first : index + 1]
        ):
            first -= 1
        span = Span(lines[first].start, lines[index].end)
        joined = re.sub(r"\s+", "", document.quote(span))
        if _PLAN_TITLE.match(joined) and not joined.startswith(("（", "附件")):
            return joined, span
    if announced:
        return announced
    span = lines[0] if lines else Span(0, 0)
    return document.quote(span)[:120], span


def _announced_title(document: Document, lines: list[Span]) -> tuple[str, Span] | None:
    if not lines:
        return None
    area = Span(lines[0].start, lines[-1].end)
    match = _ISSUED_TITLE.search(document.quote(area))
    if not match:
        return None
    span = Span(area.start + match.start("title"), area.start + match.end("title"))
    return re.sub(r"\s+", "", match.group("title")), span


def _continues_upward(document: Document, above: Span, announced: tuple[str, Span] | None, block: list[Span]) -> bool:
    """Whether the line ``above`` is the first part of the title that ``block`` ends."""
    text = document.quote(above)
    if len(text) > 40 or re.search(r"[。：；，]|的通知|《|》|文件$", text) or _DATE.search(text) or _ISSUER.match(text):
        return False
    if _ATTACHMENT.match(text) or _DOC_NUMBER.search(document.folded, above.start, above.end):
        return False
    joined = re.sub(r"\s+", "", text + "".join(document.quote(s) for s in block))
    if announced:
        return announced[0].startswith(re.sub(r"\s+", "", text)) or announced[0] == joined
    below = re.sub(r"\s+", "", "".join(document.quote(s) for s in block))
    head_of = region_table().head_of
    return not _PLAN_TITLE.match(below) or (head_of(text) is not None and head_of(below) is None)


def _first(pattern: re.Pattern[str], document: Document, lines: list[Span]) -> Span | None:
    for line in lines:
        match = pattern.search(document.folded, line.start, line.end)
        if match and not _is_cited(document, match.start()):
            return Span(match.start(), match.end())
    return None


def _is_cited(document: Document, offset: int) -> bool:
    """Whether a document number stands behind a cited title: 《…》（…号）."""
    return bool(re.search(r"》 *（? *$", document.folded[max(0, offset - 4) : offset]))


def _signature(document: Document, lines: list[Span]) -> tuple[Span, dt.date | None] | None:
    """The issuer that signs: a line that is a body's name, followed by a line that is a date."""
    for line, below in itertools.pairwise(lines):
        if not _ISSUER.match(document.folded[line.start : line.end]):
            continue
        match = _DATE.fullmatch(document.folded[below.start : below.end].strip())
        if match:
            return line, _date(match)
    return None


def _issuer_in_title(document: Document, lines: list[Span]) -> tuple[Span, dt.date | None] | None:
    """Without a signature: the body at the head of 某某人民政府关于…."""
    for line in lines:
        match = re.match(
            r"[\u4e00-\u9fff]{2,30}?(?:人民政府办公室|人民政府办公厅|人民政府|委员会|[局厅])(?=关于)",
            document.folded[line.start : line.end],
        )
        if match:
            dated = _DATE.search(document.folded, lines[0].start, lines[-1].end)
            return Span(line.start, line.start + match.end()), _date(dated) if dated else None
    return None


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(*(int(g) for g in match.groups()))
    except ValueError:
        return None


def _print_date(document: Document) -> dt.date | None:
    match = re.search(_DATE.pattern + r" *印发", document.folded)
    return _date(match) if match else None


def _period(title: str) -> tuple[int, int] | None:
    match = _PERIOD.search(title)
    return (int(match.group("first")), int(match.group("last"))) if match else None


def _parents(document: Document, preamble: Span, title: str) -> Iterator[Parent]:
    chain_end = -1
    for match in _CITED.finditer(document.folded, preamble.start, preamble.end):
        before = document.folded[max(preamble.start, match.start() - 20) : match.start()]
        chained = chain_end >= 0 and _CHAIN.fullmatch(document.folded, chain_end, match.start())
        if not chained and not _BASIS_WORDS.search(before):
            continue
        chain_end = match.end()
        cited = re.sub(r"\s+", "", document.text[match.start("title") : match.end("title")])
        if cited == title:
            continue
        number = document.text[match.start("number") : match.end("number")] if match.group("number") else None
        yield Parent(cited, number, "based_on", Span(match.start(), match.end()))
