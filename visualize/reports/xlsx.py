"""The workbook of a report: a cover, the findings, and a sheet for each question, with all its rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.ledger.triage import STATE_WORDS, State
from innograph.graph.text import Text, language
from innograph.queries.question import SEVERITY_WORDS
from innograph.queries.vocabulary import TOPICS

from .build import resolved
from .facts import joined
from .model import show_day
from .notes import about, choices
from .picked import Chosen, of_plan, pick
from .workbook import (
    answer_sheet,
    asked,
    new_book,
    note_sheet,
    parameters,
    saved,
    sheet_name,
    table_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innograph.queries import Answer, Catalogue, Finding
    from innograph.queries.question import Question
    from innograph.workspace import Workspace

    from .workbook import About

MOST_ROWS = 1000
"""So many rows of a question are on its sheet at most; ``innograph ask ID --top N`` gives more."""
_COVER, _FINDINGS = Text("封面", "Cover"), Text("发现", "Findings")
_TITLE = Text("{workspace}：问题与答案", "{workspace}: questions and answers")
_WORDS = {
    "title": Text("标题", "Title"),
    "day": Text("生成日期", "Made on"),
    "as_of": Text("数据截至", "As of"),
    "chosen": Text("选择", "Chosen"),
    "source": Text("来源", "Source"),
    "note": Text("说明", "Note"),
}
_NOTE = Text(
    "每个问题一张工作表，文字按原样存放，不作公式；占比为百分数。逐行的原文和出处在各表右侧。",
    "A sheet for each question. Texts are kept as they are and never run; shares are percentages. Quotes and places are on"
    " the right of each sheet.",
)
_DISMISSED = Text("已排除的发现{n}条，未列出。", "Dismissed findings: {n}, not listed.")
_CUT = Text(
    "最多列出{n}行；更多见命令 innograph ask {id} --top。", "At most {n} rows; innograph ask {id} --top has more."
)
_EMPTY = Text("没有符合的内容：已载入的来源中查无此类情况", "No rows: the loaded sources state no such case")
_INDEX = (
    Text("工作表", "Sheet"),
    Text("主题", "Topic"),
    Text("问题", "Question"),
    Text("编号", "Id"),
    Text("参数", "Parameters"),
    Text("行数", "Rows"),
    Text("说明", "Remarks"),
    Text("算法", "Definition"),
)
_CONTENTS = Text("目录", "Contents")
_FINDING_HEADS = (
    Text("编号", "Id"),
    Text("程度", "Severity"),
    Text("状态", "State"),
    Text("核对说明", "Note"),
    Text("问题", "Finding"),
    Text("规则", "Rule"),
    Text("原文", "Quoted lines"),
    Text("出处", "Places"),
)


class _Sheet(NamedTuple):
    name: str
    answer: Answer
    cut: bool


def report_xlsx(
    workspace: Workspace,
    chosen: Chosen | None = None,
    questions: Sequence[str] = (),
    *,
    findings: Sequence[Finding] | None = None,
    day: dt.date | None = None,
) -> bytes:
    """Return the workbook, in the language in use.

    Args:
        workspace: what is asked.
        chosen: the plan, findings and day.
        questions: ids of the questions; by default all that need no parameter; those without rows
            are named in the contents and have no sheet.
        findings: all findings as of that day, where they are known already.
        day: the workbook's date; today if not given.

    Raises:
        UsageError: no such question, or one that must be told what it is about.
        NothingFound: the plan, or a finding, is not there.
    """
    chosen = chosen or Chosen()
    day = day or dt.datetime.now().astimezone().date()
    plan, name = resolved(workspace, chosen)
    found = list(workspace.findings(as_of=chosen.as_of) if findings is None else findings)
    if plan:
        found = of_plan(workspace, found, plan, name, chosen.as_of)
    picked = pick(found, chosen)
    catalogue = workspace.catalogue()
    taken: set[str] = set()
    cover, index, listed = (sheet_name(text.show(), taken) for text in (_COVER, _CONTENTS, _FINDINGS))
    known = about(workspace, chosen.as_of, day)
    asked_for = [catalogue[one] for one in dict.fromkeys(questions)] or _usual(catalogue)
    sheets = [
        _Sheet(
            sheet_name(answer.question.title.show(), taken) if answer.rows.rows or questions else "",
            answer,
            cut=len(answer.rows.rows) == MOST_ROWS,
        )
        for answer in (_answer(workspace, question, plan, chosen) for question in asked_for)
    ]
    with_rows = [sheet for sheet in sheets if sheet.answer.rows.rows or questions]
    title = chosen.title or _TITLE.format(workspace=workspace.settings.title)
    book = new_book(title, day)
    note_sheet(book, cover, _cover(title, known, chosen, picked.dismissed))
    table_sheet(book, index, [head.show() for head in _INDEX], [_index_row(sheet) for sheet in sheets])
    if picked.listed:
        rows = [_finding_row(catalogue, one) for one in picked.listed]
        table_sheet(book, listed, [head.show() for head in _FINDING_HEADS], rows)
    for sheet in with_rows:
        answer_sheet(book, sheet.name, sheet.answer)
    return saved(book)


def _usual(catalogue: Catalogue) -> list[Question]:
    """Return the questions that can be asked without saying of what."""
    return [question for question in catalogue if not any(one.required for one in question.parameters)]


def _answer(workspace: Workspace, question: Question, plan: str | None, chosen: Chosen) -> Answer:
    taken = {parameter.name for parameter in question.parameters}
    given = {name: value for name, value in (("plan", plan), ("top", MOST_ROWS)) if name in taken and value}
    return workspace.answer(question.id, given, as_of=chosen.as_of)


def _cover(title: str, known: About, chosen: Chosen, dismissed: int) -> list[tuple[str, str]]:
    told = [
        (_WORDS["title"].show(), title),
        (_WORDS["day"].show(), show_day(known.day, language())),
        (_WORDS["as_of"].show(), known.show_as_of()),
        *((_WORDS["chosen"].show(), choice) for choice in choices(chosen)),
        (_WORDS["note"].show(), _NOTE.show()),
    ]
    if dismissed:
        told.append((_WORDS["note"].show(), _DISMISSED.format(n=dismissed)))
    return [*told, *((_WORDS["source"].show(), line) for line in known.source_lines())]


def _index_row(sheet: _Sheet) -> list[str | int]:
    answer = sheet.answer
    question = answer.question
    remarks = [remark.show() for remark in answer.remarks]
    if not answer.rows.rows:
        remarks.append(_EMPTY.show())
    if sheet.cut:
        remarks.append(_CUT.format(n=MOST_ROWS, id=question.id))
    return [
        sheet.name,
        TOPICS[question.topic].show(),
        asked(answer),
        question.id,
        joined(parameters(answer)),
        len(answer.rows.rows),
        "\n".join(remarks),
        question.definition.show() if question.definition else "",
    ]


def _finding_row(catalogue: Catalogue, finding: Finding) -> list[str]:
    return [
        finding.id,
        SEVERITY_WORDS[finding.severity].show(),
        STATE_WORDS[finding.state].show(),
        finding.decision.note if finding.decision and finding.state is not State.OPEN else "",
        finding.statement.show(),
        catalogue[finding.rule].title.show(),
        "\n".join(finding.quotes),
        finding.place,
    ]
