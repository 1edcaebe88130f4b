"""The body of a report, as full as two pages allow, and the annexes that hold everything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from innograph.graph.ledger.triage import STATE_WORDS, State
from innograph.graph.text import Text, language
from innograph.queries.question import SEVERITY_WORDS, Severity
from innograph.visualize.tables import number

from .facts import Facts, gaps, joined, matrix_tables, overview
from .model import ANNEX, Evidence, Items, Line, Paragraph, Section, Table, show_day
from .notes import HEADING as HOW_MADE
from .notes import how_made
from .picked import Chosen, Picked, Point, points
from .room import fullest, height, room
from .safe import one_line, printable
from .suggested import advice_lines, partner_line, partners_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.ledger import Source
    from innograph.queries import Finding

    from .proof import Proofs

MOST_PLANS = 40
"""So many plans are described in the annex; the rest is counted."""
MOST_FINDINGS = 100
"""So many findings are listed in the annex; the rest is counted."""
_LONGEST = 300
_LONGEST_POINT = Text("120", "300")
"""Letters of a finding, or of what was noted of it, in the body; the annex has it whole."""
_MOST = {"plans": 5, "confirmed": 12, "high": 12, "medium": 12, "low": 12, "gaps": 8, "advice": 8}
"""So much of each kind at most stands in the body."""
_WEIGHTS = {"plans": 2, "confirmed": 1, "high": 1, "medium": 2.5, "low": 4, "gaps": 2.5, "advice": 2.5}
"""What is long for its weight gets no more room; what weighs twice as much gets half as many places."""
_LEAST = {"plans": 1, "confirmed": 2, "high": 1, "gaps": 1, "advice": 1}
"""So much of each is told whatever the room, if there is so much."""
_ASSIGNED, _FOUND = Text("任务分工", "What is assigned"), Text("需要关注的问题", "Findings")
_MISSING, _TO_DO = Text("缺口", "Gaps"), Text("建议", "Suggestions")
_MATRIX = Text("任务责任矩阵", "Responsibility matrix")
_LIST, _PROOF = Text("问题清单", "List of findings"), Text("证据", "Evidence")
_COUNTS = Text("共列出问题{n}条：{told}。", "Findings listed: {n}, of which {told}.")
_NONE = Text("没有需要列出的问题。", "There are no findings to list.")
_DISMISSED = Text("另有{n}条经核对已排除，不再列出。", "{n} more were looked at and dismissed, and are not listed.")
_LEFT_OUT = Text("另有{n}条不在本次选择之内。", "{n} more were not chosen for this report.")
_STATED = Text("{state}{n}条", "{n} {state}")
_WITH_SEVERITY = Text("{state}（{severity}）", "{state} ({severity})")
_OPEN = Text("待核问题（{severity}）", "Open ({severity})")
_CONFIRMED = Text("已确认问题", "Confirmed by the planner")
_NOTED = Text("（核对说明：{note}）", " (note: {note})")
_GROUP = Text("{title}（{n}条），如", "{title} ({n}), for example: ")
_HINT, _HINTS = Text("{title}{n}条", "{title} ({n})"), Text("{told}，逐条见{annex}。", "{told}; see {annex}.")
_MOST_HINTS = 2
_OTHERS = Text("、其他{n}条", ", others ({n})")
_MORE = Text("其余{n}条见{annex}。", "For {n} more see {annex}.")
_IN_FULL = Text("正文节选部分的全文", "In full: what the body shortens")
_FIRST_CHECK = Text("待核的问题请先核实。", "Check open findings before acting on them.")
_MORE_FINDINGS = Text(
    "列出前{shown}条，共{n}条；全部见命令 innograph findings 或 innograph report --format xlsx。",
    "The first {shown} of {n} are shown; innograph findings and innograph report --format xlsx have all.",
)
_HEADS = (
    Text("序号", "No."),
    Text("状态", "State"),
    Text("问题", "Finding"),
    Text("证据", "Evidence"),
)


class Draft:
    """A report in the making: body first, so that quotes are numbered as it reads.

    Args:
        facts: what it counts in.
        picked: its findings.
        chosen: what it is to be about.
        proofs: numbers the quotes.
        sources: what is loaded.
    """

    def __init__(self, facts: Facts, picked: Picked, chosen: Chosen, proofs: Proofs, sources: Sequence[Source]) -> None:
        self._picked, self._chosen = picked, chosen
        self._proofs, self._sources = proofs, sources
        self._catalogue = facts.workspace.catalogue()
        self._matrix = matrix_tables(facts)
        self._overview = overview(facts)
        self._gaps = tuple((f"{_unstopped(printable(told))}{_stop()}",) for told in gaps(facts))
        self._partners = tuple(partners_of(facts, picked.listed))
        self._cut: dict[str, bool] = {}

    def parts(
        self, titles: Sequence[str], day: dt.date, *, paged: bool = True
    ) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
        """Return the body and the annexes: the fullest body that has room.

        Args:
            titles: the lines of the title, which take room too.
            day: when the report is made.
            paged: whether its body must stay on so many pages; one that need not is told in full.
        """

        def fits(counts: Mapping[str, int]) -> bool:
            return height(titles, self._body(counts), self._names(), language()) <= room(language())

        there = self._there()
        most = {kind: min(most, there[kind]) for kind, most in _MOST.items()}
        body = self._body(fullest(most, _WEIGHTS, _LEAST, fits) if paged else there)
        return body, tuple(self._annexes(day))

    def _there(self) -> dict[str, int]:
        """Return how much there is of each kind."""
        made = Counter[str]()
        for some in _by_heading(self._picked.listed):
            made[_kind(some[0])] = len(self._points(some))
        if not self._chosen.findings:
            made["low"] = 0
        made.update(plans=len(self._overview.plans), gaps=len(self._gaps), advice=self._most_advice)
        return {kind: made[kind] for kind in _MOST}

    def _points(self, some: Sequence[Finding]) -> list[Point]:
        return list(points(some, one_by_one=bool(self._chosen.findings)))

    def _body(self, counts: Mapping[str, int]) -> tuple[Section, ...]:
        """Return the sections with so much of each kind."""
        self._proofs.begin_again()
        found = tuple(self._found(counts))
        advice = self._advice(counts["advice"])
        whole = self._most_advice
        self._cut = {
            "plans": len(self._overview.plans) > counts["plans"],
            "gaps": len(self._gaps) > counts["gaps"],
            "advice": whole > len(advice),
        }
        assigned = tuple(Paragraph((told,)) for told in self._overview.lines(counts["plans"]))
        return (
            Section(_ASSIGNED.show(), assigned),
            Section(_FOUND.show(), self._intro(), found),
            *self._listed(_MISSING, self._gaps, counts["gaps"], len(self._gaps)),
            *self._listed(_TO_DO, advice, len(advice), whole),
        )

    @property
    def _most_advice(self) -> int:
        """How much advice there is: a line for each rule that found something, and one for each industry without partners."""
        return len({one.rule for one in self._picked.listed}) + len(self._partners)

    def _advice(self, most: int) -> tuple[Line, ...]:
        """Return what rules call for, then whom to approach; only what is told has its quotes numbered."""
        rules = [one.rule for one in self._picked.listed]
        told = tuple(advice_lines(self._catalogue, rules, self._list_annex))[:most]
        partners = self._partners[: most - len(told)]
        return (*told, *(partner_line(industry, answer, self._proofs) for industry, answer in partners))

    @property
    def _list_annex(self) -> str:
        """What the annex with the list of findings is called."""
        return _annex(self._names().index(_LIST.show()) + 1) if self._picked.listed else ""

    @property
    def _full_annex(self) -> str:
        """What the annex with the whole of what the body shortens is called."""
        return _annex(1 + bool(self._matrix) + bool(self._picked.listed))

    def _names(self) -> list[str]:
        """Return the headings of the annexes, in order."""
        told = (
            (_MATRIX, self._matrix),
            (_LIST, self._picked.listed),
            (_IN_FULL, any(self._cut.values())),
            (_PROOF, self._picked.listed),
            (HOW_MADE, True),
        )
        return [heading.show() for heading, there in told if there]

    def _intro(self) -> tuple[Paragraph, ...]:
        listed, dismissed, left_out = self._picked
        counts = [_STATED.format(state=_state_words(some[0]), n=number(len(some))) for some in _by_heading(listed)]
        told = [_COUNTS.format(n=number(len(listed)), told=joined(counts)) if listed else _NONE.show()]
        told += [_FIRST_CHECK.show()] if any(one.state is State.OPEN for one in listed) else []
        told += [text.format(n=number(n)) for text, n in ((_DISMISSED, dismissed), (_LEFT_OUT, left_out)) if n]
        return (Paragraph((("" if language() == "zh" else " ").join(told),)),)

    def _found(self, counts: Mapping[str, int]) -> Iterator[Section]:
        told = 0
        for some in _by_heading(self._picked.listed):
            made = self._points(some)
            shown = made[: counts[_kind(some[0])]]
            if not shown:
                yield Section(_heading(some[0]), (Paragraph(self._hints(some)),))
                continue
            lines = Items(tuple(self._point(one) for one in shown), told + 1)
            told += len(shown)
            rest = sum(len(one.findings) for one in made[len(shown) :])
            yield Section(_heading(some[0]), (lines, *_more(rest, self._list_annex)))

    def _hints(self, some: Sequence[Finding]) -> Line:
        """Return one sentence that counts findings by rule, the commonest by name; the annex has them."""
        counted = Counter(self._catalogue[one.rule].title.show() for one in some).most_common()
        named = [_HINT.format(title=title, n=number(n)) for title, n in counted[:_MOST_HINTS]]
        told = joined([*named[:1], *(f"{one[0].lower()}{one[1:]}" for one in named[1:])])
        rest = sum(n for _, n in counted[_MOST_HINTS:])
        told += _OTHERS.format(n=number(rest)) if rest else ""
        return (_HINTS.format(told=told, annex=self._list_annex),)

    def _point(self, point: Point) -> Line:
        first = point.findings[0]
        if len(point.findings) == 1:
            return self._sentence(first)
        title = self._catalogue[point.rule].title.show()
        start = _GROUP.format(title=title, n=number(len(point.findings)))
        shortest = min(point.findings, key=lambda one: len(one.statement.show()))
        return (start, *self._sentence(shortest))

    def _sentence(self, finding: Finding) -> Line:
        note = finding.decision.note if finding.decision and finding.state is State.CONFIRMED else ""
        longest = int(_LONGEST_POINT.show())
        told = _unstopped(one_line(finding.statement.show(), longest))
        told += _NOTED.format(note=one_line(note, longest)) if note else ""
        cite = self._proofs.of(finding)
        return (told + (" " if language() == "en" and cite.numbers else ""), cite, _stop())

    def _listed(self, heading: Text, lines: Sequence[Line], most: int, whole: int) -> Iterator[Section]:
        """Yield a section with the first of some lines and how many more the annex has, if there are any."""
        shown = tuple(lines[:most])
        items = (Items(shown),) if shown else ()
        if whole:
            yield Section(heading.show(), (*items, *_more(whole - len(shown), self._full_annex)))

    def _annexes(self, day: dt.date) -> Iterator[Section]:
        if self._matrix:
            yield Section(_MATRIX.show(), self._matrix)
        if self._picked.listed:
            yield Section(_LIST.show(), (self._list(),))
        if any(self._cut.values()):
            yield Section(_IN_FULL.show(), (), tuple(self._in_full()))
        if self._proofs.quotes:
            yield Section(_PROOF.show(), (Evidence(self._proofs.quotes),))
        yield how_made(self._sources, self._chosen, self._picked, show_day(day, language()))

    def _in_full(self) -> Iterator[Section]:
        """Yield the whole of each section that the body shortens."""
        if self._cut["plans"]:
            told = self._overview.lines(MOST_PLANS)
            yield Section(_ASSIGNED.show(), tuple(Paragraph((one,)) for one in told))
        if self._cut["gaps"]:
            yield Section(_MISSING.show(), (Items(self._gaps),))
        if self._cut["advice"]:
            yield Section(_TO_DO.show(), (Items(self._advice(self._most_advice)),))

    def _list(self) -> Table:
        listed = self._picked.listed
        rows = tuple(
            (
                (str(position),),
                (_state_words(one),),
                (one_line(one.statement.show(), _LONGEST),),
                (self._proofs.of(one),),
            )
            for position, one in enumerate(listed[:MOST_FINDINGS], start=1)
        )
        cut = len(listed) > MOST_FINDINGS
        note = _MORE_FINDINGS.format(shown=MOST_FINDINGS, n=number(len(listed))) if cut else ""
        return Table(tuple(head.show() for head in _HEADS), rows, (7, 16, 59, 18), note)


def _by_heading(listed: Sequence[Finding]) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings that stand under one heading: the confirmed ones, then the open ones by severity."""
    groups: dict[str, list[Finding]] = {}
    for one in listed:
        groups.setdefault(_heading(one), []).append(one)
    yield from map(tuple, groups.values())


def _kind(finding: Finding) -> str:
    """Return which of the kinds that share the body a finding is of."""
    return "confirmed" if finding.state is State.CONFIRMED else finding.severity.value


def _more(rest: int, annex: str) -> tuple[Paragraph, ...]:
    """Return the sentence that says where the rest of a list is, if there is any."""
    return (Paragraph((_MORE.format(n=number(rest), annex=annex),)),) if rest > 0 else ()


def _annex(position: int) -> str:
    return f"{ANNEX.show()}{'' if language() == 'zh' else ' '}{position}"


def _heading(finding: Finding) -> str:
    if finding.state is State.CONFIRMED:
        return _CONFIRMED.show()
    return _OPEN.format(severity=SEVERITY_WORDS[Severity(finding.severity)])


def _state_words(finding: Finding) -> str:
    state = STATE_WORDS[finding.state]
    if finding.state is State.CONFIRMED:
        return state.show()
    return _WITH_SEVERITY.format(state=state, severity=SEVERITY_WORDS[finding.severity])


def _unstopped(sentence: str) -> str:
    return sentence.rstrip().rstrip("。.")


def _stop() -> str:
    return "。" if language() == "zh" else "."
