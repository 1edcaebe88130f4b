"""The command line: a thin surface. Data goes to standard output, everything else to standard error.

Exit codes: 0 done, 1 it failed, 2 the call was wrong. Heavy modules are imported inside the commands, so that
``innograph --help`` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from innograph import __version__
from innograph.cli_outputs import draw, export, report
from innograph.cli_questions import ask, cypher, findings, questions, triage
from innograph.cli_review import review
from innograph.cli_serving import mcp, serve
from innograph.cli_sources import check, load, parse, unload
from innograph.cli_tables import map_table, template
from innograph.console import (
    Options,
    Surface,
    command_name,
    format_option,
    pass_options,
    progress_bar,
    run,
    say,
)
from innograph.graph.text import Text


@click.group(cls=Surface, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("-w", "--workspace", metavar="DIR", help="工作区文件夹 / the workspace folder")
@click.option("--store", metavar="STORE", help="kglite 或/or neo4j://HOST:7687 (口令/password: NEO4J_PASSWORD)")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="界面语言 / language of messages")
@click.version_option(__version__, prog_name="innograph")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None, store: str | None, lang: str | None) -> None:
    """创新图谱：行动方案与名录成一张图，每个回答都有原文为证。

    innograph: an action plan and rosters as one graph, every answer with its quoted line.
    """
    ctx.obj = Options(workspace, store, lang)


for command in (
    load,
    unload,
    check,
    map_table,
    template,
    parse,
    review,
    questions,
    ask,
    findings,
    triage,
    cypher,
    draw,
    report,
    serve,
    export,
    mcp,
):
    cli.add_command(command)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="名称 / title")
@click.option("--home", default="", metavar="CODE", help="所在地区划代码，如/GB/T 2260 code, such as 652301")
@pass_options
def init(options: Options, folder: Path, title: str, home: str) -> None:
    """新建工作区 / Make a workspace."""
    from innograph.graph.regions import region_table
    from innograph.graph.settings import Settings
    from innograph.graph.stores.opening import check_address
    from innograph.workspace import Workspace

    if home and home not in region_table():
        raise click.BadParameter(
            Text(f"没有区划代码 {home}", f"no region has the code {home}").show(), param_hint="--home"
        )
    check_address(options.store or "kglite")
    settings = Settings(title or folder.resolve().name, home, options.lang or "", options.store or "kglite")
    Workspace.create(folder, settings).close()
    say(
        Text(
            "已建立工作区 {folder}。下一步：innograph -w {folder} load 文件",
            "Made the workspace {folder}. Next: innograph -w {folder} load FILE",
        ),
        folder=folder,
    )


@cli.command()
@click.option("--force", is_flag=True, help="即使没有变化也重建 / rebuild even if nothing changed")
@pass_options
def build(options: Options, force: bool) -> None:
    """重建图谱 / Bring the graph engine up to date."""
    with options.open() as workspace, progress_bar(Text("写入图谱", "Writing the graph")) as progress:
        report = workspace.build(progress, force=force)
    done = Text("{engine}：{nodes}个节点，{edges}条关系", "{engine}: {nodes} nodes, {edges} edges")
    same = Text(
        "{engine}：已是最新，{nodes}个节点，{edges}条关系", "{engine}: up to date, {nodes} nodes, {edges} edges"
    )
    say(done if report.rebuilt else same, engine=report.engine, nodes=report.nodes, edges=report.edges)


@cli.command()
@format_option
@pass_options
def status(options: Options, form: str) -> None:
    """工作区里有什么 / What the workspace holds."""
    from innograph.visualize.overview import status_text

    with options.open() as workspace:
        click.echo(status_text(workspace.status(), form))


@cli.command()
@click.argument("subject", metavar="ID")
@format_option
@pass_options
def evidence(options: Options, subject: str, form: str) -> None:
    """一个节点或关系的全部依据 / Every source line behind a node or edge."""
    from innograph.visualize.overview import evidence_text

    with options.open() as workspace:
        click.echo(evidence_text(workspace, subject, form), nl=form != "csv")


@cli.group()
def schema() -> None:
    """本体 / The ontology."""


@schema.command("show")
@click.argument("name", required=False)
@format_option
def schema_show(name: str | None, form: str) -> None:
    """列出类型，或一个类型的属性 / List the types, or one type's properties."""
    from innograph.visualize.overview import schema_text

    click.echo(schema_text(name, form), nl=form != "csv")


@schema.command("generate")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("docs"))
@click.option("--check", is_flag=True, help="只检查是否最新 / only check that the files are up to date")
def schema_generate(folder: Path, check: bool) -> None:
    """由本体、问题目录和方案语法生成文档 / Generate the pages made from ontology, catalogue and plan grammar."""
    from innograph.visualize.generated import stale, write_generated

    if check:
        old = stale(folder, cli)
        for name in old:
            click.echo(Text(f"不是最新：{folder / name}", f"out of date: {folder / name}").show(), err=True)
        sys.exit(1 if old else 0)
    for path in write_generated(folder, cli):
        click.echo(path)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("innograph-demo"))
@pass_options
def demo(options: Options, folder: Path) -> None:
    """用自带样例走一遍 / Run the main job on the bundled sample."""
    from innograph.visualize.demo import run_demo

    with progress_bar(Text("演示", "Demo")) as progress:
        lines = run_demo(folder, options.store, progress, command_name())
    click.echo(lines)


def main() -> None:
    """Run the command line."""
    run(cli)
