"""The commands that hand something out: pictures, reports, exports."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.console import as_of_option, pass_options, say
from innograph.graph.text import Text

if TYPE_CHECKING:
    from innograph.console import Options


@click.command()
@click.argument("thing", required=False)
@click.option(
    "--kind",
    type=click.Choice(["neighbourhood", "cooperation", "responsibility", "regions", "matrix"]),
    help="画什么，默认为责任分工，有 THING 时为其周围 / by default responsibility, or around THING if there is one",
)
@click.option("--depth", type=click.IntRange(1, 4), default=1, show_default=True, help="步数 / steps around THING")
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="只画这些类型 / only these types (Enterprise, 企业)"
)
@click.option("--most", type=click.IntRange(2, 1000), help="最多几个节点，默认300 / nodes at most; 300")
@click.option(
    "--level",
    type=click.Choice(["country", "province", "prefecture", "county"]),
    help="regions 按哪一级区域 / level of the regions",
)
@click.option(
    "--format", "form", type=click.Choice(["html", "svg", "png"]), help="默认看文件名 / by default the file's ending"
)
@as_of_option
@click.option("--width", type=click.IntRange(200, 8000), default=1600, show_default=True, help="PNG 像素宽 / of a PNG")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="输出文件 / output (.html .svg .png)"
)
@pass_options
def draw(
    options: Options,
    thing: str | None,
    kind: str | None,
    depth: int,
    types: tuple[str, ...],
    most: int | None,
    level: str | None,
    form: str | None,
    as_of: dt.date | None,
    width: int,
    output: Path | None,
) -> None:
    """画图，可离线打开 / Draw the plan, who cooperates, flows between regions, or what is around THING."""
    from innograph.visualize.files import write_file
    from innograph.visualize.pictures import Wanted, node_type, picture_form, picture_of

    form = picture_form(output, form)
    day = as_of.isoformat() if as_of else ""
    wanted = Wanted(kind or "", thing or "", depth, tuple(node_type(one) for one in types), most or 0, level or "", day)
    with options.open() as workspace:
        picture = picture_of(workspace, wanted)
        content = picture.png(width) if form == "png" else picture.svg() if form == "svg" else picture.html()
    path = output or Path(f"{picture.name}.{form}")
    write_file(path, content)
    if picture.note:
        say(Text("{note}", "{note}"), note=picture.note)
    how = Text("", "") if form == "png" else Text("（用浏览器打开）", " (open it in a browser)")
    say(Text("已画好：{path}{how}", "Drawn: {path}{how}"), path=path, how=how)


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="输出文件或文件夹 / file or folder"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["graphml", "jsonld", "csv", "cypher"]),
    help="格式，默认看文件名结尾 / by default what the file's ending says (.graphml .jsonld .cypher .zip; a folder: csv)",
)
@click.option("--as-of", metavar="DATE", help="那一天的情况，如 / as it was on that day, such as 2024-12-31")
@click.option("--around", metavar="THING", help="只导出它周围 / only what is around it")
@click.option("--depth", type=click.IntRange(1, 4), default=1, show_default=True, help="步数 / steps around THING")
@pass_options
def export(options: Options, output: Path, form: str | None, as_of: str | None, around: str | None, depth: int) -> None:
    """导出图谱，供 Gephi、Neo4j、Excel 等使用 / Export the graph for Gephi, Neo4j, Excel and others."""
    from innograph.visualize.exports.part import part_of
    from innograph.visualize.exports.writing import form_for, write_graph

    chosen = form_for(output, form)
    with options.open() as workspace:
        graph = part_of(workspace, as_of=as_of, around=around, depth=depth)
        write_graph(graph, chosen, output)
    done = Text("已导出：{path}（{nodes}个节点，{edges}条关系）", "Exported: {path} ({nodes} nodes, {edges} edges)")
    say(done, path=output, nodes=len(graph.nodes), edges=len(graph.edges))


_REPORTS = ("docx", "html", "xlsx")
_REPORT_NAME = Text("报告-{day}.{form}", "report-{day}.{form}")


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="输出文件 / output file")
@click.option(
    "--format",
    "form",
    type=click.Choice(_REPORTS),
    help="格式，默认看文件名结尾，否则 docx / by default what the file's ending says, else docx",
)
@click.option("--plan", metavar="PLAN", help="只看这份文件 / only this plan")
@click.option("--finding", "findings", multiple=True, metavar="ID", help="只列这些发现 / only these findings")
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(["high", "medium", "low"]),
    help="只列这一级的发现 / only findings of this severity",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["open", "confirmed"]),
    help="只列待核或已确认的；已排除的从不列出 / only open or confirmed ones; dismissed ones are never listed",
)
@as_of_option
@click.option("--title", default="", help="标题 / title")
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="ID",
    help="xlsx 里放哪些问题，默认为全部 / questions of an xlsx; by default all",
)
@pass_options
def report(
    options: Options,
    output: Path | None,
    form: str | None,
    plan: str | None,
    findings: tuple[str, ...],
    severities: tuple[str, ...],
    states: tuple[str, ...],
    as_of: dt.date | None,
    title: str,
    questions: tuple[str, ...],
) -> None:
    """写报告：公文格式的 docx、html，或每个问题一张表的 xlsx / Write a report, every point with its quoted line."""
    from innograph.visualize.files import write_file
    from innograph.visualize.reports.build import Chosen, build_report

    form = _report_form(output, form)
    if questions and form != "xlsx":
        problem = Text("只用于 --format xlsx", "goes with --format xlsx only")
        raise click.BadParameter(problem.show(), param_hint="--question")
    chosen = Chosen(plan, findings, severities, states or Chosen().states, as_of, title)
    content: str | bytes
    with options.open() as workspace:
        if form == "xlsx":
            from innograph.visualize.reports.xlsx import report_xlsx

            content = report_xlsx(workspace, chosen, questions)
        elif form == "html":
            from innograph.visualize.reports.page import report_html

            content = report_html(build_report(workspace, chosen, paged=False))
        else:
            from innograph.visualize.reports.word import report_docx

            content = report_docx(build_report(workspace, chosen))
    path = output or Path(_REPORT_NAME.format(day=dt.datetime.now().astimezone().date(), form=form))
    write_file(path, content)
    say(Text("已写好：{path}", "Written: {path}"), path=path)


def _report_form(output: Path | None, form: str | None) -> str:
    """Return the form of a report: the one that is asked for, which the file's ending must not contradict."""
    ending = output.suffix.lower().lstrip(".") if output else ""
    if ending and ending not in _REPORTS:
        problem = Text("文件名应以 .docx、.html 或 .xlsx 结尾", "the file's name must end in .docx, .html or .xlsx")
        raise click.BadParameter(problem.show(), param_hint="--output")
    if form and ending and form != ending:
        problem = Text(f"文件名的结尾与格式 {form} 不符", f"the file's ending does not fit the format {form}")
        raise click.BadParameter(problem.show(), param_hint="--output")
    return form or ending or "docx"
