"""Where a plan says who is responsible: label lines, brackets of every kind, and lines that say nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.bodies import kind_of, level_word

from ...document import Span
from ..model import Role
from ..structure.numbering import NUMBER
from .roles import FIRST_LEADS, LABEL, VERB_AT_END, label_role, read_shares
from .units import breaks_a_name, is_unit_list, names_a_body, reads_as_units, unit_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...document import Document

_OPENING, _CLOSING = "（〔", "）〕"
# Brackets that are written for other things; they hold a statement where a label or a verb stands in them.
_ODD = {"{": "}", "｛": "｝", "「": "」", "『": "』", "<": ">", "＜": "＞", "〈": "〉", "《": "》"}
_ANY_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_ANY_OPENING = re.compile(f"[{re.escape(_OPENING + ''.join(_ODD))}]")
_SEPARATORS = ("、", "，", "；", "/")
# A label begins a line, a sentence or a column of blanks; 由责任单位：… in a sentence is none.
#: What may stand before a label for the eye only.
BULLETS = "—–●■◆◇★☆▲△·•*- \n"
_BEFORE_LABEL = re.compile(rf"[。；！？）〕\s{re.escape(BULLETS)}]$")
_SENTENCE_END = "。；！？："
_LONGEST_STATEMENT = 800
_LONGEST_BARE = 240
_LONGEST_TAIL = 20
_MOST_LINES_OF_BRACKET = 5
_MARKS_BETWEEN = re.compile(r"[\s。；，]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """One place that says who is responsible.

    Args:
        whole: with brackets and label.
        content: what stands behind the label or inside the brackets.
        default: the role where no verb gives another; ``None`` where it names people or dates.
        closed: whether its bracket is closed.
    """

    whole: Span
    content: Span
    default: Role | None
    closed: bool = True


def statements(document: Document, region: Span) -> tuple[Statement, ...]:
    r"""Return the statements in ``region``, in order.

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> def found(text):
        ...     document = document_of_lines("a", text)
        ...     return [document.quote(s.content) for s in statements(document, Span(0, len(text)))]
        >>> found("建平台（含园区）。（责任单位：市科技局）\n做宣传。牵头单位：市科协\n引人才。由市人社局牵头，市财政局配合。")
        ['责任单位：市科技局', '市科协', '由市人社局牵头，市财政局配合']
    """
    return statements_of(document, list(document.lines_in(region)))


def statements_of(document: Document, lines: Sequence[Span]) -> tuple[Statement, ...]:
    """Return the statements in ``lines``, or in the texts of cells, in order."""
    lines = list(_joined(document, lines))
    found: list[Statement] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        brackets = list(_brackets(document, line))
        labels = _labels_outside(document, line, brackets)
        used = 1
        if labels:
            found.extend(_before_labels(document, Span(line.start, labels[0].start()), brackets))
            end, used = _end_of_list(document, labels[-1], lines[position:])
            found.extend(_labelled(document, labels, end))
        elif brackets:
            found.extend(brackets)
        else:
            found.extend(_bare(document, line))
        position += used
    return tuple(found)


def runs_of(document: Document, found: Sequence[Statement]) -> list[list[Statement]]:
    """Group the statements that stand together, with nothing but marks between them."""
    runs: list[list[Statement]] = []
    for statement in found:
        if runs and _MARKS_BETWEEN.fullmatch(document.folded, runs[-1][-1].whole.end, statement.whole.start):
            runs[-1].append(statement)
        else:
            runs.append([statement])
    return runs


def _joined(document: Document, lines: Sequence[Span]) -> Iterator[Span]:
    """The lines, where one that ends inside a bracket is one with those that the bracket reaches over."""
    position = 0
    while position < len(lines):
        first, last = lines[position], position
        opening = _left_open(document.folded, first)
        if opening is not None:
            last = _closing_line(document, opening, lines, position)
        yield Span(first.start, lines[last].end)
        position = last + 1


def _closing_line(document: Document, opening: int, lines: Sequence[Span], position: int) -> int:
    """The index of the line in which the bracket at ``opening`` closes; ``position``, its own, where it never does."""
    for index in range(position + 1, min(position + _MOST_LINES_OF_BRACKET, len(lines))):
        line = lines[index]
        if NUMBER.match(document.folded[line.start : line.end]):
            break
        if _closing(document.folded, opening, min(line.end, opening + _LONGEST_STATEMENT)) is not None:
            return index
    return position


def _surplus(text: str) -> int:
    """How many brackets open in ``text`` without closing; negative where more close."""
    return sum(map(text.count, _OPENING)) - sum(map(text.count, _CLOSING))


def _left_open(text: str, line: Span) -> int | None:
    """Where the first bracket of a line opens that does not close in it."""
    if _surplus(text[line.start : line.end]) <= 0:
        return None
    opened: list[int] = []
    for position in range(max(line.start, line.end - _LONGEST_STATEMENT), line.end):
        if text[position] in _OPENING:
            opened.append(position)
        elif text[position] in _CLOSING and opened:
            opened.pop()
    return opened[0] if opened else None


def _labels_outside(document: Document, line: Span, brackets: Sequence[Statement]) -> list[re.Match[str]]:
    """The labels of a line outside brackets, from the first that begins a sentence."""
    found: list[re.Match[str]] = []
    for label in LABEL.finditer(document.folded, line.start, line.end):
        if any(b.whole.start <= label.start() < b.whole.end for b in brackets) or _is_prose(document, label, line):
            continue
        before = document.folded[max(line.start, label.start() - 1) : label.start()]
        lead_in = Span(max(line.start, label.start() - _LONGEST_BARE - 2), label.start())
        if found or not before or _BEFORE_LABEL.match(before) or (before == "，" and any(_bare(document, lead_in))):
            found.append(label)
    return found


def _is_prose(document: Document, label: re.Match[str], line: Span) -> bool:
    """Whether 为 or 是 stands behind the label in place of a colon, and no units behind that."""
    if not label.group().rstrip().endswith(("为", "是")):
        return False
    behind = document.folded[label.end() : min(line.end, label.end() + _LONGEST_BARE)]
    return not reads_as_units(re.split("[。；，]", behind, maxsplit=1)[0])


def _before_labels(document: Document, lead_in: Span, brackets: Sequence[Statement]) -> Iterator[Statement]:
    """What stands before the first label of a line: brackets, or who leads without one: 市科技局牵头；配合单位：…."""
    before = [b for b in brackets if b.whole.end <= lead_in.end]
    yield from before or _bare(document, lead_in)


def _end_of_list(document: Document, label: re.Match[str], lines: Sequence[Span]) -> tuple[int, int]:
    """Where the list behind a line's last label ends, and how many lines it takes."""
    line = lines[0]
    stop = document.folded.find("。", label.end(), line.end)
    if 0 <= stop < line.end - 1:
        return stop + 1, 1
    listed = Span(label.end(), line.end)
    alone = not len(document.trim(listed))
    used = 1
    while used < len(lines) and _goes_on(document, listed, lines[used], alone=alone):
        listed = lines[used]
        used += 1
    return lines[used - 1].end, used


def _goes_on(document: Document, listed: Span, following: Span, *, alone: bool) -> bool:
    """Whether the list that ``listed`` ends was broken and goes on in the next paragraph.

    It does where a separator stands at the break, where the break goes through a name (市场监督 | 管理局), and where
    nothing but units follows; behind a label ``alone`` in its line that may be any unit.
    """
    if LABEL.match(document.folded, following.start):
        return False
    text = document.folded[listed.start : listed.end]
    after = document.folded[following.start : following.end]
    if (alone and is_unit_list(after)) or _is_rest_of_list(after):
        return True
    return text.endswith(_SEPARATORS) or after.startswith(_SEPARATORS) or breaks_a_name(text, after)


def _is_rest_of_list(line: str) -> bool:
    """Whether a line behind a list is nothing but more of it: several units, or one that a signature is not (市科技局)."""
    return is_unit_list(line) and (len(unit_names(line)) > 1 or bool(level_word(line)))


def _labelled(document: Document, labels: Sequence[re.Match[str]], end: int) -> Iterator[Statement]:
    stops = [*(label.start() for label in labels[1:]), end]
    for label, stop in zip(labels, stops, strict=True):
        whole = document.trim(Span(label.start(), stop))
        yield Statement(whole, Span(label.end(), max(whole.end, label.end())), label_role(label))


def _brackets(document: Document, line: Span) -> Iterator[Statement]:
    text = document.folded
    pairs: dict[int, int] | None = None
    position = line.start
    while opener := _ANY_OPENING.search(text, position, line.end):
        position = opener.start()
        pairs = _pairs(text, line) if pairs is None else pairs
        limit = min(line.end, position + _LONGEST_STATEMENT + 2)
        odd = _ODD.get(text[position])
        end = pairs.get(position) if odd is None else _found(text, odd, position, limit)
        end = None if end is not None and end >= limit else end
        if odd and (end is None or text.find(text[position], position + 1, end) >= 0):
            position += 1
            continue
        content = Span(position + 1, end if end is not None else line.end)
        whole = Span(position, content.end + (end is not None))
        statement = Statement(whole, content, Role.RESPONSIBLE, closed=end is not None)
        if len(content) <= _LONGEST_STATEMENT and _is_statement(document, statement, line):
            yield statement
            position = whole.end
        else:
            position += 1


def _pairs(text: str, line: Span) -> dict[int, int]:
    """Where each bracket of a line closes, by where it opens; one pass, however many are never closed."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for mark in _ANY_BRACKET.finditer(text, line.start, line.end):
        if mark.group() in _OPENING:
            opened.append(mark.start())
        elif opened:
            pairs[opened.pop()] = mark.start()
    return pairs


def _closing(text: str, opening: int, end: int) -> int | None:
    """Where the bracket that opens at ``opening`` closes; brackets of all kinds count, since their kinds get mixed up."""
    depth = 0
    for position in range(opening, end):
        if text[position] in _OPENING:
            depth += 1
        elif text[position] in _CLOSING:
            depth -= 1
            if not depth:
                return position
    return None


def _found(text: str, mark: str, start: int, end: int) -> int | None:
    found = text.find(mark, start, end)
    return found if found >= 0 else None


def _is_statement(document: Document, statement: Statement, line: Span) -> bool:
    """Whether a bracket says who is responsible, and not just something that has to do with it."""
    text, content = document.folded, statement.content
    if LABEL.match(text, content.start + (text[content.start : content.start + 1] == " "), content.end):
        return True
    before = text[line.start : statement.whole.start].rstrip()[-1:]
    behind = text[statement.whole.end : line.end].lstrip()[:1]
    if behind and behind not in _SENTENCE_END and before not in _SENTENCE_END:
        return False
    rule = FIRST_LEADS.search(text, content.start, content.end)
    words = text[content.start : rule.start() if rule else content.end]
    if VERB_AT_END.search(words):
        return all(names_a_body(text[s.units.start : s.units.end]) for s in read_shares(document, content))
    if text[statement.whole.start] in _ODD or not is_unit_list(words):
        return False
    return before in ("。", "；", "！", "") or not _ends_in_units(text[line.start : statement.whole.start])


def _ends_in_units(before: str) -> bool:
    """Whether the words before a bracket are units themselves, which it only tells more of: 有关部门（市科技局）."""
    said = re.split("[、，；。：]", before[-_LONGEST_TAIL:])[-1].rstrip()
    return any(len(said) - start > 1 and kind_of(said[start:])[1] for start in range(len(said)))


def _bare(document: Document, line: Span) -> Iterator[Statement]:
    """The last sentence of a line, where it says who is responsible and nothing else: 市科技局牵头，市财政局配合。"""
    last = [piece for piece in document.pieces(line, "。！") if len(piece)][-1:]
    for whole in last:
        written = document.folded[whole.start : whole.end]
        # A bracket that never opened: 市科技局负责）
        never_opened = written.endswith(tuple(_CLOSING)) and _surplus(written) < 0
        sentence = Span(whole.start, whole.end - never_opened)
        words = written[: len(sentence)]
        if len(words) > _LONGEST_BARE or not VERB_AT_END.search(words):
            continue
        shares = read_shares(document, sentence)
        if shares and all(reads_as_units(document.folded[s.units.start : s.units.end]) for s in shares):
            yield Statement(whole, sentence, Role.RESPONSIBLE, closed=not never_opened)
