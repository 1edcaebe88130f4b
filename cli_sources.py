"""The commands about source files: load and unload them, or only look at what they say."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.console import exit_on, format_option, parts_of, pass_options, progress_bar, say
from innograph.graph.errors import InnographError, NoWorkspace, OntologyError
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.console import Options
    from innograph.graph.ledger import Source
    from innograph.graph.reports import LoadReport
    from innograph.loaders.base import Loaded
    from innograph.loaders.loading import Reading
    from innograph.loaders.table import Expected
    from innograph.workspace import Workspace

_EXPECTED = re.compile(r"(?P<type>[A-Za-z]+)=(?P<least>\d{1,9})?(?P<to>\.\.)?(?P<most>\d{1,9})?")
_COUNT = "table.count"
_map_option = click.option(
    "--map", "mapping", metavar="PACK", help="按哪种名册读表：包名或 YAML 文件 / the mapping pack, by name or file"
)
_expect_option = click.option(
    "--expect",
    "expected",
    multiple=True,
    metavar="TYPE=MIN..MAX",
    help="每份文件应有多少个，不符则提示并以1退出，如 / how many each file should name, else it is told and the exit code is 1: "
    "Enterprise=100..500",
)


def _expectations(given: Sequence[str]) -> Mapping[str, Expected]:
    """Read ``Enterprise=100..500``, ``Enterprise=100..``, ``Enterprise=..500`` and ``Enterprise=100``."""
    from innograph.graph.ontology import load_ontology
    from innograph.loaders.table import read_expected

    limits: dict[str, dict[str, int]] = {}
    for text in given:
        match = _EXPECTED.fullmatch(text)
        if not match or not (match["least"] or match["most"]):
            problem = Text(
                f"“{text}”应写成 类型=最少..最多，如 Enterprise=100..500",
                f"“{text}” must be TYPE=MIN..MAX, such as Enterprise=100..500",
            )
            raise click.BadParameter(problem.show(), param_hint="--expect")
        least, most = match["least"], match["most"] if match["to"] else match["least"]
        limits[match["type"]] = {**({"min": int(least)} if least else {}), **({"max": int(most)} if most else {})}
    try:
        return read_expected(limits, load_ontology())
    except OntologyError as error:
        raise click.BadParameter(str(error), param_hint="--expect") from None


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_map_option
@_expect_option
@click.option("--strict", is_flag=True, help="有疑问就不载入 / refuse files with doubtful readings")
@click.option(
    "--edition",
    default="",
    metavar="NAME",
    help="同一方案的哪个版本，以便并存对照，如 / which version of a plan it is, to keep and compare several: 征求意见稿",
)
@click.option("--no-build", is_flag=True, help="先不更新图谱 / leave the graph engine as it is")
@pass_options
def load(
    options: Options,
    files: Sequence[str],
    mapping: str | None,
    expected: Sequence[str],
    strict: bool,
    edition: str,
    no_build: bool,
) -> None:
    """载入文件，并更新图谱 / Load files, and bring the graph up to date."""
    expect = _expectations(expected)
    problems: list[InnographError] = []
    with options.open() as workspace:
        reports: list[tuple[str, LoadReport]] = []
        with progress_bar(Text("载入", "Loading")) as progress:
            for file, within in parts_of(files, progress):
                try:
                    report = workspace.load(
                        file, mapping=mapping, expect=expect, strict=strict, edition=edition, progress=within
                    )
                    reports.append((file, report))
                except InnographError as error:  # one bad file must not stop the good ones
                    problems.append(error)
        for file, report in reports:
            _say_loaded(file, report)
        unmet = any(issue.code == _COUNT for _, report in reports for issue in report.issues)
        if reports and not no_build:
            problems += _build(workspace)
    exit_on(problems)
    if unmet:
        sys.exit(1)


def _build(workspace: Workspace) -> Iterator[InnographError]:
    """Bring the engine up to date; yield what keeps it from that. What was loaded is safe in the ledger."""
    try:
        with progress_bar(Text("写入图谱", "Writing the graph")) as progress:
            workspace.refresh(progress)
    except InnographError as error:
        say(
            Text(
                "文件已载入，图谱还没有更新；排除下面的问题后执行 innograph build",
                "The files are loaded, but the graph is not up to date; mend the problem below and run innograph build",
            )
        )
        yield error


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
        _say_found(report)
    if report.issues:
        _say_issues(file, report)


def _say_found(report: LoadReport) -> None:
    from innograph.graph.ontology import load_ontology

    nodes = load_ontology().nodes
    if report.counts:
        click.echo("  " + "  ".join(f"{nodes[k].label.show()} {v}" for k, v in report.counts.items()), err=True)
    if report.dangling:
        say(
            Text(
                "  {n}条关系所指的对象还没有任何来源说到，载入后自动接上",
                "  {n} edges point at things that no source states yet; they are joined when one does",
            ),
            n=report.dangling,
        )


def _say_issues(file: str, report: LoadReport) -> None:
    from innograph.visualize.checked import told_at_loading

    for line in told_at_loading(file, report.issues):
        click.echo(f"  {line}", err=True)


@click.command()
@click.argument("name")
@pass_options
def unload(options: Options, name: str) -> None:
    """撤回一份来源 / Take back one source."""
    with options.open() as workspace:
        source: Source = workspace.unload(name)
        say(Text("已撤回 {name}（{n}条）", "Took back {name} ({n} assertions)"), name=source.name, n=source.assertions)


@click.command()
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


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_map_option
@_expect_option
@click.option("--strict", is_flag=True, help="有疑问时以退出码1结束 / exit with 1 if anything is doubtful")
@click.option(
    "--annotated",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.xlsx",
    help="另存一份标出问题单元格的副本（只检查一份表格时）/ write a copy of the one table with the cells marked",
)
@click.option("--force", is_flag=True, help="可覆盖已有的副本 / overwrite an older copy")
@format_option
@pass_options
def check(
    options: Options,
    files: Sequence[str],
    mapping: str | None,
    expected: Sequence[str],
    strict: bool,
    annotated: Path | None,
    force: bool,
    form: str,
) -> None:
    """逐条列出文件里读得没有把握的地方 / List every doubtful reading in files, loading nothing."""
    from innograph.loaders.loading import load_file
    from innograph.visualize.checked import Checked, checked_text

    reading = _reading(options, mapping, _expectations(expected))
    if annotated:
        _may_annotate(files, annotated, force=force)
    checked: list[Checked] = []
    problems: list[InnographError] = []
    notes: list[Text] = []
    with progress_bar(Text("检查", "Checking")) as progress:
        for file, within in parts_of(files, progress):
            try:
                loaded = load_file(Path(file), reading, within)
                for _ in loaded.assertions:  # its issues are known when the last one has been taken
                    pass
                checked.append(Checked(file, tuple(loaded.issues)))
                if annotated:
                    notes += _annotate(Path(file), loaded, annotated, mapping, force=force)
            except InnographError as error:  # one bad file must not stop the good ones
                problems.append(error)
    if checked:
        click.echo(checked_text(checked, form), nl=form != "csv")
    if annotated and not problems:
        say(Text("已写入带标记的副本：{path}", "Wrote the annotated copy: {path}"), path=annotated)
        for note in notes:
            say(Text("  {note}", "  {note}"), note=note)
    exit_on(problems)
    if strict and any(one.doubtful for one in checked):
        sys.exit(1)


def _reading(options: Options, mapping: str | None, expect: Mapping[str, Expected]) -> Reading:
    """Return how files are read in the workspace that is meant, with its home and packs; without one, as anywhere."""
    from innograph.loaders.loading import Reading

    try:
        with options.open() as workspace:
            return workspace.reading(mapping, expect)
    except NoWorkspace:
        if options.workspace:
            raise
        return Reading(mapping=mapping, expect=expect)


def _may_annotate(files: Sequence[str], out: Path, *, force: bool) -> None:
    from innograph.loaders.table.annotating import check_annotated

    if len(files) > 1:
        problem = Text("一次只能标记一份表格", "only one table can be marked at a time")
        raise click.BadParameter(problem.show(), param_hint="--annotated")
    check_annotated(Path(files[0]), out, force=force)


def _annotate(file: Path, loaded: Loaded, out: Path, mapping: str | None, *, force: bool) -> list[Text]:
    """Write the annotated copy, and return what there is to say of it."""
    from innograph.graph.errors import InputError
    from innograph.loaders.loading import PLAN_LOADER
    from innograph.loaders.table.annotating import annotate

    if loaded.loader == PLAN_LOADER:
        problem = Text(
            "这是行动方案，不是名册表格，没有单元格可标", "this is a plan, not a table whose cells could be marked"
        )
        hint = Text("去掉 --annotated，疑问会逐条列出", "Leave out --annotated, and the doubts are listed")
        raise InputError(file=file.name, problem=problem, hint=hint)
    return annotate(file, loaded.issues, out, mapping=mapping, force=force)
