"""Makes a report of a workspace: what the plan assigns, findings, gaps, suggestions, and the quotes behind them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from innograph.graph.ledger.triage import STATE_WORDS, State
from innograph.graph.text import Text, language
from innograph.queries.question import SEVERITY_WORDS, Severity
from innograph.visualize.tables import number

from .facts import Facts, gaps, joined, matrix_table, overview
from .model import ANNEX, Evidence, Items, Line, Paragraph, Report, Section, Table, show_day
from .notes import how_made
from .picked import Chosen, Picked, Point, of_plan, pick, points
from .proof import Proofs
from .safe import one_line, printable
from .suggested import advice_lines, partner_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.graph.ledger import Source
    from innograph.queries import Finding
    from innograph.workspace import Workspace

__all__ = ["Chosen", "build_report", "resolved"]

MOST_FINDINGS = 100
"""So many findings are listed in the annex; the rest is counted."""
_MOST_POINTS = 12
_LONGEST = 300
_TITLE = Text("《{plan}》责任分工与问题分析报告", "Responsibilities and open questions in “{plan}”")
_TITLE_OF_ALL = Text("{workspace}创新工作责任分工与问题分析报告", "{workspace}: responsibilities and open questions")
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
_MORE_POINTS = Text("其余{n}条见", "For {n} more see ")
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


def build_report(
    workspace: Workspace,
    chosen: Chosen | None = None,
    *,
    findings: Sequence[Finding] | None = None,
    day: dt.date | None = None,
) -> Report:
    """Return the report, in the language in use.

    Args:
        workspace: what it is about.
        chosen: the plan, findings and day; everything as it is now if not given.
        findings: all findings as of that day with what was decided about them, where they are known already.
        day: the report's date; today if not given.

    Raises:
        NothingFound: the plan, or a finding, is not there.
        Ambiguous: its name fits several.

    Examples:
        >>> import tempfile, innograph
        >>> from pathlib import Path
        >>> with innograph.Workspace.create(Path(tempfile.mkdtemp()) / "changji") as workspace:
        ...     _ = workspace.load(innograph.sample("changji") / "plan.txt")
        ...     report = build_report(workspace, Chosen(severities=("high",)))
        >>> [section.heading for section in report.body]
        ['任务分工', '需要关注的问题', '缺口', '建议']
    """
    chosen = chosen or Chosen()
    plan, name = resolved(workspace, chosen)
    found = list(workspace.findings(as_of=chosen.as_of) if findings is None else findings)
    if plan:
        found = of_plan(workspace, found, plan, name, chosen.as_of)
    picked = pick(found, chosen)
    sources = workspace.status().sources
    facts = Facts.of(workspace, sources, plan, chosen.as_of)
    plans = facts.matrix.plans
    draft = _Draft(facts, picked, chosen, Proofs(workspace, sources), sources)
    title = chosen.title or (
        _TITLE.format(plan=plans[0]) if len(plans) == 1 else _TITLE_OF_ALL.format(workspace=workspace.settings.title)
    )
    day = day or dt.datetime.now().astimezone().date()
    return Report(one_line(title, _LONGEST), day, language(), *draft.parts(day), chosen.as_of)


def resolved(workspace: Workspace, chosen: Chosen) -> tuple[str | None, str]:
    """Return the id and the name of the chosen plan.

    Raises:
        NothingFound: there is no such plan.
        Ambiguous: the name fits several.
    """
    if not chosen.plan:
        return None, ""
    answer = workspace.answer("targets", {"plan": chosen.plan})
    own_id = str(answer.parameters["plan"])
    return own_id, answer.understood["plan"].removesuffix(f"（{own_id}）")


class _Draft:
    """A report in the making: body first, so that quotes are numbered as it reads."""

    def __init__(self, facts: Facts, picked: Picked, chosen: Chosen, proofs: Proofs, sources: Sequence[Source]) -> None:
        self._facts, self._picked, self._chosen = facts, picked, chosen
        self._proofs, self._sources = proofs, sources
        self._catalogue = facts.workspace.catalogue()
        self._matrix = matrix_table(facts)
        self._points: list[Point] = []

    def parts(self, day: dt.date) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
        """Return the body and the annexes."""
        body = (
            Section(_ASSIGNED.show(), tuple(Paragraph((told,)) for told in overview(self._facts))),
            Section(_FOUND.show(), self._intro(), tuple(self._found())),
            *self._listed(_MISSING, gaps(self._facts)),
            *self._to_do(),
        )
        return body, tuple(self._annexes(day))

    @property
    def _list_annex(self) -> str:
        """What the annex with the list of findings is called."""
        return f"{ANNEX.show()}{'' if language() == 'zh' else ' '}{2 if self._matrix else 1}"

    def _intro(self) -> tuple[Paragraph, ...]:
        listed, dismissed, left_out = self._picked
        counts = [_STATED.format(state=_state_words(some[0]), n=number(len(some))) for some in _by_heading(listed)]
        told = [_COUNTS.format(n=number(len(listed)), told=joined(counts)) if listed else _NONE.show()]
        told += [_FIRST_CHECK.show()] if any(one.state is State.OPEN for one in listed) else []
        told += [text.format(n=number(n)) for text, n in ((_DISMISSED, dismissed), (_LEFT_OUT, left_out)) if n]
        return (Paragraph((("" if language() == "zh" else " ").join(told),)),)

    def _found(self) -> Iterator[Section]:
        for some in _by_heading(self._picked.listed):
            if _is_hint(some[0]) and not self._chosen.findings:
                yield Section(_heading(some[0]), (Paragraph(self._hints(some)),))
                continue
            made = list(points(some, one_by_one=bool(self._chosen.findings)))
            shown = made[:_MOST_POINTS]
            lines = Items(tuple(self._point(one) for one in shown), len(self._points) + 1)
            self._points += shown
            rest = sum(len(one.findings) for one in made[_MOST_POINTS:])
            more = (
                (
                    Paragraph(
                        (f"{_MORE_POINTS.format(n=number(rest))}{self._list_annex}{_stop()}",),
                    ),
                )
                if rest
                else ()
            )
            yield Section(_heading(some[0]), (lines, *more))

    def _hints(self, some: Sequence[Finding]) -> Line:
        """Return one sentence that counts findings of little weight by rule; the annex has them."""
        counted = Counter(self._catalogue[one.rule].title.show() for one in some)
        told = joined([_HINT.format(title=title, n=number(n)) for title, n in counted.items()])
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
        told = _unstopped(one_line(finding.statement.show(), _LONGEST))
        told += _NOTED.format(note=one_line(note, _LONGEST)) if note else ""
        cite = self._proofs.of(finding)
        return (told + (" " if language() == "en" and cite.numbers else ""), cite, _stop())

    @staticmethod
    def _listed(heading: Text, sentences: Iterable[str]) -> Iterator[Section]:
        """Yield a section with a point for each sentence, if there are any."""
        lines = tuple((f"{_unstopped(printable(told))}{_stop()}",) for told in sentences)
        if lines:
            yield Section(heading.show(), (Items(lines),))

    def _to_do(self) -> Iterator[Section]:
        lines = (
            *advice_lines(self._catalogue, self._points),
            *partner_lines(self._facts, self._picked.listed, self._proofs),
        )
        if lines:
            yield Section(_TO_DO.show(), (Items(lines),))

    def _annexes(self, day: dt.date) -> Iterator[Section]:
        if self._matrix:
            yield Section(_MATRIX.show(), (self._matrix,))
        if self._picked.listed:
            yield Section(_LIST.show(), (self._list(),))
        if self._proofs.quotes:
            yield Section(_PROOF.show(), (Evidence(self._proofs.quotes),))
        yield how_made(self._sources, self._chosen, self._picked, show_day(day, language()))

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


def _is_hint(finding: Finding) -> bool:
    return finding.state is State.OPEN and finding.severity is Severity.LOW


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
