"""The command line: a thin surface. Data goes to standard output, everything else to standard error.

Exit codes: 0 done, 1 it failed, 2 the call was wrong. Heavy modules are imported inside the commands, so that
``innograph --help`` answers at once.
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph import __version__
from innograph.console import Surface, command_name, parts_of, progress_bar, run, say
from innograph.graph.errors import InnographError
from innograph.graph.text import Text, choose_language

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from innograph.workspace import LoadReport, Workspace

FORMATS = ("table", "json", "csv")


@dataclass(slots=True)
class Options:
    """What was said before the command."""

    workspace: str | None
    store: str | None
    lang: str | None

    @contextlib.contextmanager
    def open(self) -> Generator[Workspace]:
        """Open the workspace: the one named, else ``INNOGRAPH_WORKSPACE``, else this folder or one above it."""
        from innograph.workspace import Workspace

        named = self.workspace or os.environ.get("INNOGRAPH_WORKSPACE")
        folder = Path(named) if named else Workspace.around(Path.cwd())
        with Workspace(folder, self.store) as workspace:
            chosen = workspace.settings.chosen_language
            if chosen and not self.lang and not os.environ.get("INNOGRAPH_LANG"):
                choose_language(chosen)  # also for an error that leaves this block
            yield workspace


pass_options = click.make_pass_decorator(Options)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="输出格式 / output format"
)


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
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="有疑问就不载入 / refuse files with doubtful readings")
@pass_options
def load(options: Options, files: Sequence[str], strict: bool) -> None:
    """载入文件 / Load files."""
    reports: list[tuple[str, LoadReport]] = []
    problems: list[InnographError] = []
    with options.open() as workspace, progress_bar(Text("载入", "Loading")) as progress:
        for file, within in parts_of(files, progress):
            try:
                reports.append((file, workspace.load(file, strict=strict, progress=within)))
            except InnographError as error:  # one bad file must not stop the good ones
                problems.append(error)
    for file, report in reports:
        _say_loaded(file, report)
    _exit_on(problems)


def _exit_on(problems: Sequence[InnographError]) -> None:
    """Say all problems and end with the gravest one's exit code; without any, go on."""
    for problem in problems:
        click.echo(f"innograph: {problem}", err=True)
    if problems:
        sys.exit(max(problem.exit_code for problem in problems))


def _say_loaded(file: str, report: LoadReport) -> None:
    words = {
        "added": Text("已载入 {name}：{title}", "Loaded {name}: {title}"),
        "replaced": Text("已更新 {name}：{title}", "Updated {name}: {title}"),
        "unchanged": Text("{name} 没有变化", "{name} has not changed"),
        "duplicate": Text(
            "内容与已载入的 {name} 相同，未重复载入", "The same content is loaded already as {name}; nothing was done"
        ),
    }
    say(words[report.change.value], name=report.source.name, title=report.title)
    if report.change.value in ("added", "replaced"):
        from innograph.graph.ontology import load_ontology
        from innograph.visualize.checked import told_at_loading

        nodes = load_ontology().nodes
        say(
            Text("  {found}", "  {found}"),
            found="  ".join(f"{nodes[k].label.show()} {v}" for k, v in report.counts.items()),
        )
        for line in told_at_loading(file, report.issues):
            click.echo(f"  {line}", err=True)


@cli.command()
@click.argument("name")
@pass_options
def unload(options: Options, name: str) -> None:
    """撤回一份来源 / Take back one source."""
    with options.open() as workspace:
        source = workspace.unload(name)
        say(Text("已撤回 {name}（{n}条）", "Took back {name} ({n} assertions)"), name=source.name, n=source.assertions)


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
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="输出格式 / output format",
)
def parse(file: Path, form: str) -> None:
    """只解析，不载入 / Parse a plan and show what is read, loading nothing."""
    from innograph.loaders.loading import parse_plan
    from innograph.loaders.plan.export import to_json
    from innograph.loaders.reading import read_bytes
    from innograph.visualize.overview import parsed_text
    from innograph.visualize.tables import json_text

    with progress_bar(Text("读取", "Reading")) as progress:
        plan = to_json(parse_plan(file.name, read_bytes(file), progress=progress))
    click.echo(json_text(plan) if form == "json" else parsed_text(plan))


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="有疑问时以退出码1结束 / exit with 1 if anything is doubtful")
@format_option
def check(files: Sequence[str], strict: bool, form: str) -> None:
    """逐条列出文件里读得没有把握的地方 / List every doubtful reading in files, loading nothing."""
    from innograph.loaders.loading import load_file
    from innograph.loaders.reading import read_bytes
    from innograph.visualize.checked import Checked, checked_text

    checked: list[Checked] = []
    problems: list[InnographError] = []
    with progress_bar(Text("检查", "Checking")) as progress:
        for file, within in parts_of(files, progress):
            try:
                loaded = load_file(Path(file).name, read_bytes(Path(file)), progress=within)
                checked.append(Checked(file, loaded.issues))
            except InnographError as error:  # one bad file must not stop the good ones
                problems.append(error)
    click.echo(checked_text(checked, form), nl=form != "csv")
    _exit_on(problems)
    if strict and any(one.doubtful for one in checked):
        sys.exit(1)


@cli.command()
@format_option
def questions(form: str) -> None:
    """可以问什么 / List the questions."""
    from innograph.visualize.overview import questions_text

    click.echo(questions_text(form))


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("question", metavar="ID")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="参数 / a parameter; also --NAME VALUE"
)
@format_option
@click.argument("more", nargs=-1, type=click.UNPROCESSED, metavar="[--NAME VALUE]...")
@pass_options
def ask(options: Options, question: str, params: Sequence[str], form: str, more: Sequence[str]) -> None:
    """提问 / Ask a question of the catalogue."""
    from innograph.visualize.tables import render

    with options.open() as workspace:
        answer = workspace.answer(question, _parameters(params, more))
        for name, meant in answer.understood.items():
            click.echo(f"{name} = {meant}", err=True)
        click.echo(render(answer, form, workspace), nl=form != "csv")


def _parameters(params: Sequence[str], more: Sequence[str]) -> dict[str, str]:
    """Read ``-p name=value`` and ``--name value`` alike."""
    given: dict[str, str] = {}
    for pair in params:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(
                Text(f"“{pair}”应写成 名称=值", f"“{pair}” must be NAME=VALUE").show(), param_hint="--param"
            )
        given[name.strip()] = value
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


@cli.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="输出格式 / output format"
)
@pass_options
def findings(options: Options, form: str) -> None:
    """值得核对的发现 / What is worth a look, each with its quoted line."""
    from innograph.visualize.overview import findings_text

    with options.open() as workspace:
        click.echo(findings_text(workspace.findings(), form, workspace), nl=form != "csv")


@cli.command()
@click.argument("thing", required=False)
@click.option("--depth", type=click.IntRange(1, 4), default=1, show_default=True, help="步数 / steps around THING")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="输出文件 / output file (.html)")
@pass_options
def draw(options: Options, thing: str | None, depth: int, output: Path | None) -> None:
    """画图（一个可离线打开的 HTML）/ Draw the plan, or what is around THING."""
    from innograph.visualize.drawing import draw_overview, draw_thing
    from innograph.visualize.files import write_file

    with options.open() as workspace:
        page, name = draw_thing(workspace, thing, depth) if thing else draw_overview(workspace)
    path = output or Path(f"{name}.html")
    write_file(path, page)
    say(Text("已画好：{path}（用浏览器打开）", "Drawn: {path} (open it in a browser)"), path=path)


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
        old = stale(folder)
        for name in old:
            click.echo(Text(f"不是最新：{folder / name}", f"out of date: {folder / name}").show(), err=True)
        sys.exit(1 if old else 0)
    for path in write_generated(folder):
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
