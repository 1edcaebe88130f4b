"""The commands that ask: questions of the catalogue, findings and what is decided about them, and Cypher."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from innograph.console import (
    FORMATS,
    as_of_option,
    author_option,
    author_or_user,
    exit_on,
    format_option,
    pass_options,
    say,
)
from innograph.graph.text import Text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from innograph.console import Options
    from innograph.queries import Answer
    from innograph.workspace import Workspace

_SECONDS, _ROWS = 30.0, 1000


@click.command()
@format_option
@pass_options
def questions(options: Options, form: str) -> None:
    """可以问什么 / List the questions: the bundled ones, and those of the workspace."""
    from innograph.graph.errors import NoWorkspace
    from innograph.queries import load_catalogue
    from innograph.visualize.overview import questions_text

    try:
        with options.open() as workspace:
            catalogue = workspace.catalogue()
    except NoWorkspace:
        if options.workspace:
            raise
        catalogue = load_catalogue()
    click.echo(questions_text(catalogue, form), nl=form != "csv")
    exit_on(catalogue.problems)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("question", metavar="ID|WORDS")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="参数 / a parameter; also --NAME VALUE"
)
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice((*FORMATS, "xlsx")),
    default="table",
    show_default=True,
    help="输出格式；xlsx 须有 -o / output format; xlsx needs -o",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写入文件：.xlsx、.csv 或 .json / write to a file: .xlsx, .csv or .json",
)
@click.argument("more", nargs=-1, type=click.UNPROCESSED, metavar="[--NAME VALUE]...")
@pass_options
def ask(
    options: Options,
    question: str,
    params: Sequence[str],
    as_of: dt.date | None,
    form: str,
    output: Path | None,
    more: Sequence[str],
) -> None:
    """提问：用问题编号，或直接用一句话 / Ask a question by its id, or in plain words.

    \b
    innograph ask unit --unit 科技局
    innograph ask 市科技局牵头哪些任务
    innograph ask "what does 市科技局 lead"
    """  # noqa: D301  # the mark that click keeps lines by
    from innograph.graph.errors import NothingFound
    from innograph.queries.understanding import is_id
    from innograph.visualize.tables import NOTHING_LOADED, is_empty, remarks_text, render, understood_text

    form = _form_of(output, form)
    words = list(takewhile(lambda word: not word.startswith("--"), more))
    question = " ".join([question, *words])  # plain words need no quotation marks
    with options.open() as workspace:
        given = _parameters(params, more[len(words) :])
        if not is_id(question, workspace.catalogue()):
            understood = workspace.understand(question)
            understood = replace(understood, given={**understood.given, **given})
            click.echo(understood_text(understood, as_of), err=True)
            question, given = understood.question.id, dict(understood.given)
        try:
            answer = workspace.answer(question, given, as_of=as_of)
        except NothingFound:
            if is_empty(workspace):
                say(NOTHING_LOADED)
            raise
        for name, meant in answer.understood.items():
            click.echo(f"{name} = {meant}", err=True)
        if output is None:
            click.echo(render(answer, form, workspace), nl=form != "csv")
        else:
            _write(workspace, answer, as_of, output, form)
        if form != "table" and answer.remarks:
            click.echo(remarks_text(answer), err=True)


def _form_of(output: Path | None, form: str) -> str:
    """Return the form in which an answer is given: the ending of a file decides, where there is one."""
    if output is None:
        if form == "xlsx":
            problem = Text("--format xlsx 要写明文件：-o 文件.xlsx", "--format xlsx needs a file: -o FILE.xlsx")
            raise click.UsageError(problem.show())
        return form
    ending = output.suffix.lower().removeprefix(".")
    if ending not in ("xlsx", "csv", "json") or form not in ("table", ending):
        problem = Text(
            f"{output.name} 应以 .xlsx、.csv 或 .json 结尾，且与 --format 一致",
            f"{output.name} must end in .xlsx, .csv or .json, as --format says",
        )
        raise click.UsageError(problem.show())
    return ending


def _write(workspace: Workspace, answer: Answer, as_of: dt.date | None, output: Path, form: str) -> None:
    """Write an answer to a file."""
    from innograph.visualize.files import write_file
    from innograph.visualize.reports.notes import about
    from innograph.visualize.reports.workbook import answer_xlsx
    from innograph.visualize.tables import render

    if form == "xlsx":
        write_file(output, answer_xlsx(answer, about(workspace, as_of)))
    else:
        write_file(output, render(answer, form))
    say(Text("已写好：{path}", "Written: {path}"), path=output)


def _pairs(params: Sequence[str]) -> dict[str, str]:
    """Read ``name=value``."""
    given: dict[str, str] = {}
    for pair in params:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(
                Text(f"“{pair}”应写成 名称=值", f"“{pair}” must be NAME=VALUE").show(), param_hint="--param"
            )
        given[name.strip()] = value
    return given


def _parameters(params: Sequence[str], more: Sequence[str]) -> dict[str, str]:
    """Read ``-p name=value`` and ``--name value`` alike."""
    given = _pairs(params)
    words = list(more)
    while words:
        word = words.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name or not (equals or words):
            raise click.UsageError(
                Text(
                    f"不明白“{word}”，参数请写 --名称 值",
                    f"“{word}” is not understood; write parameters as --NAME VALUE",
                ).show()
            )
        given[name] = value if equals else words.pop(0)
    return given


@click.command()
@as_of_option
@click.option("--rule", metavar="ID", help="只看这一规则 / only those of this question")
@click.option("--severity", type=click.Choice(["high", "medium", "low"]), help="只看这一级 / only of this severity")
@click.option(
    "--state",
    type=click.Choice(["open", "confirmed", "dismissed", "all"]),
    default="all",
    show_default=True,
    help="待核、已确认、已排除或全部 / what was decided",
)
@format_option
@pass_options
def findings(
    options: Options, as_of: dt.date | None, rule: str | None, severity: str | None, state: str, form: str
) -> None:
    """值得核对的发现 / What is worth a look, each with its quoted line."""
    from innograph.visualize.found import findings_text

    with options.open() as workspace:
        if rule is not None and workspace.catalogue()[rule].finding is None:
            problem = Text(f"问题 {rule} 不是发现规则", f"the question {rule} is no finding rule")
            raise click.BadParameter(problem.show(), param_hint="--rule")
        found = [
            one
            for one in workspace.findings(as_of=as_of)
            if rule in (None, one.rule) and severity in (None, one.severity) and state in ("all", one.state)
        ]
        click.echo(findings_text(found, form, workspace), nl=form != "csv")
        exit_on(workspace.catalogue().problems)


@click.command()
@click.argument("finding", metavar="ID")
@click.argument("decision", type=click.Choice(["confirm", "dismiss", "reopen"]))
@click.option("--note", default="", help="理由；排除时必填 / why; needed to dismiss")
@author_option
@pass_options
def triage(options: Options, finding: str, decision: str, note: str, author: str | None) -> None:
    """确认、排除或重新打开一条发现 / Confirm, dismiss or reopen a finding."""
    from innograph.graph.ledger.triage import STATE_WORDS, State
    from innograph.visualize.found import finding_like

    states = {"confirm": State.CONFIRMED, "dismiss": State.DISMISSED, "reopen": State.OPEN}
    with options.open() as workspace:
        found = finding_like(workspace.findings(), finding)
        made = workspace.triage.decide(found.id, states[decision], note, author=author_or_user(author))
    told = Text(
        "{id} {state}：{statement}。改回：innograph triage {id} reopen",
        "{id} {state}: {statement}. To take it back: innograph triage {id} reopen",
    )
    say(told, id=found.id, state=STATE_WORDS[made.state], statement=found.statement)


@click.command()
@click.argument("query")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="查询里 $NAME 的值 / the value of $NAME"
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=_SECONDS, show_default=True, help="秒 / seconds")
@click.option("--limit", type=click.IntRange(min=1), default=_ROWS, show_default=True, help="最多行数 / most rows")
@format_option
@pass_options
def cypher(options: Options, query: str, params: Sequence[str], timeout: float, limit: int, form: str) -> None:
    """用 Cypher 只读查询图谱 / Ask the graph in Cypher, read-only."""
    from innograph.graph.stores import Rows
    from innograph.visualize.tables import rows_text

    with options.open() as workspace:
        found = workspace.cypher(query, _values(params), timeout=timeout, limit=limit + 1)
    shown = Rows(found.columns, found.rows[:limit])
    click.echo(rows_text(shown, form), nl=form != "csv")
    if len(found.rows) > limit:
        say(Text("只显示前 {n} 行，见 --limit", "Only the first {n} rows are shown; see --limit"), n=limit)


def _values(params: Sequence[str]) -> dict[str, Any]:
    """Read the values of a query's parameters: JSON where it is JSON, else the words themselves."""
    import json

    found: dict[str, Any] = {}
    for name, text in _pairs(params).items():
        try:
            found[name] = json.loads(text)
        except ValueError:
            found[name] = text
    return found
