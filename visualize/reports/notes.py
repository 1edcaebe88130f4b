"""How a report was made: day, sources, what was chosen, what was left out. Its last annex, and a workbook's cover."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from innograph.graph.ledger.triage import STATE_WORDS, State
from innograph.graph.text import Text, language
from innograph.queries.question import SEVERITY_WORDS, Severity
from innograph.visualize.tables import number

from .facts import joined
from .model import Paragraph, Section, Table, show_day
from .proof import document_names
from .safe import one_line
from .workbook import About, Sourced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innograph.graph.ledger import Source
    from innograph.workspace import Workspace

    from .picked import Chosen, Picked

MOST_SOURCES = 60
_LONGEST_NAME = 80
HEADING = Text("编制说明", "How this report was made")
_MADE = Text(
    "本报告由“创新图谱”（innograph）于{day}根据下列来源自动整理，每条结论都附原文；“疑似”“可能”的内容须由人核实。",
    "Made by innograph on {day} from the sources below. Every finding has its quoted line; what is only possible is for"
    " people to judge.",
)
_AS_OF = Text("数据截至{day}的情况。", "The graph is as of {day}.")
_OF_PLAN = Text("只看文件：{plan}。", "Only the plan: {plan}.")
_SEVERITIES = Text("只列程度为{told}的问题。", "Only findings of severity: {told}.")
_STATES = Text("只列{told}的问题。", "Only findings that are: {told}.")
_FINDINGS = Text("问题由编制人逐条选定。", "The findings were chosen one by one.")
_COUNTED = Text(
    "列出问题{listed}条，已排除{dismissed}条，未选入{left_out}条。",
    "Findings listed: {listed}; dismissed: {dismissed}; not chosen: {left_out}.",
)
_MORE = Text("列出前{shown}份来源，共{n}份。", "The first {shown} of {n} sources are shown.")
_HEADS = (
    Text("来源", "Source"),
    Text("载入时间（世界时）", "Loaded (UTC)"),
    Text("内容指纹（SHA-256 前12位）", "SHA-256, first 12 digits"),
)


def choices(chosen: Chosen) -> list[str]:
    """Return in words what was chosen.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> from innograph.visualize.reports.picked import Chosen
        >>> with use_language("zh"):
        ...     choices(Chosen(severities=("high",)))
        ['只列程度为重要的问题。']
    """
    told: list[str] = []
    if chosen.as_of:
        told.append(_AS_OF.format(day=show_day(chosen.as_of, language())))
    if chosen.plan:
        told.append(_OF_PLAN.format(plan=one_line(chosen.plan, _LONGEST_NAME)))
    if chosen.severities:
        told.append(_SEVERITIES.format(told=joined([SEVERITY_WORDS[Severity(s)].show() for s in chosen.severities])))
    if set(chosen.states) < {State.OPEN.value, State.CONFIRMED.value}:
        told.append(_STATES.format(told=joined([STATE_WORDS[State(state)].show() for state in chosen.states])))
    if chosen.findings:
        told.append(_FINDINGS.show())
    return told


def sources_of(sources: Sequence[Source]) -> list[Sourced]:
    """Return sources as people are told of them."""
    names = document_names(sources)
    return [Sourced(names[one.origin], one.loaded_at[:16].replace("T", " "), one.sha256[:12]) for one in sources]


def about(workspace: Workspace, as_of: dt.date | None = None, day: dt.date | None = None) -> About:
    """Return what the cover of a workbook says of a workspace.

    Args:
        workspace: what was asked.
        as_of: the day whose graph was asked.
        day: when the workbook is made; today if not given.
    """
    sources = sources_of(workspace.status().sources)
    return About(workspace.settings.title, day or dt.datetime.now().astimezone().date(), as_of, sources)


def how_made(sources: Sequence[Source], chosen: Chosen, picked: Picked, day: str) -> Section:
    """Return the annex that says how the report was made."""
    counted = _COUNTED.format(
        listed=number(len(picked.listed)), dismissed=number(picked.dismissed), left_out=number(picked.left_out)
    )
    space = "" if language() == "zh" else " "
    told = Paragraph((space.join([_MADE.format(day=day), *choices(chosen), counted]),))
    rows = sources_of(sources)
    note = _MORE.format(shown=MOST_SOURCES, n=number(len(rows))) if len(rows) > MOST_SOURCES else ""
    cells = tuple(tuple((cell,) for cell in row) for row in rows[:MOST_SOURCES])
    table = Table(tuple(head.show() for head in _HEADS), cells, (50, 24, 26), note)
    return Section(HEADING.show(), (told, table) if rows else (told,))
