"""The commands that help with tables: propose how one could be read, and make templates to fill in."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.console import format_option, pass_options, progress_bar, say
from innograph.graph.errors import NoWorkspace
from innograph.graph.text import Text, language

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from innograph.console import Options
    from innograph.graph.errors import InputError
    from innograph.loaders.table import Pack
    from innograph.loaders.table.proposals import Proposal
    from innograph.loaders.table.templates import Filled
    from innograph.workspace import Workspace

_PACKS = "packs"


@contextmanager
def _workspace_if_any(options: Options) -> Generator[Workspace | None]:
    """Open the workspace that was named, or that is around; where neither is, there is none."""
    from innograph.workspace import Workspace

    if not (options.workspace or os.environ.get("INNOGRAPH_WORKSPACE")):
        try:
            Workspace.around(Path.cwd())
        except NoWorkspace:
            yield None
            return
    with options.open() as workspace:
        yield workspace


@click.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PACK.yaml",
    help="写入文件 / write it to a file",
)
@click.option("--like", metavar="PACK", help="参照的映射包：包名或 YAML 文件 / the pack to start from, by name or file")
@click.option(
    "--type", "of_type", metavar="TYPE", help="每行说的是什么，如/what the rows are about, such as Enterprise"
)
@click.option("--sheet", metavar="NAME", help="只看这张工作表 / only this worksheet")
@click.option(
    "--rows",
    type=click.IntRange(0, 1000),
    default=5,
    show_default=True,
    help="试读几行 / rows to show as they would load",
)
@click.option("--force", is_flag=True, help="可覆盖已有的文件 / overwrite an older file")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="输出格式 / output format",
)
@pass_options
def map_table(
    options: Options,
    file: Path,
    output: Path | None,
    like: str | None,
    of_type: str | None,
    sheet: str | None,
    rows: int,
    force: bool,
    form: str,
) -> None:
    """提出怎样读一张表，并试读几行 / Propose a mapping for a table, and show its first rows as they would load.

    Without -o the mapping goes to standard output, and the rows to standard error.
    """
    from innograph.loaders.table.proposals import propose
    from innograph.loaders.table.workbooks import check_output
    from innograph.visualize.files import write_file
    from innograph.visualize.proposed import proposals_text

    unread: list[InputError] = []
    _check_type(of_type)
    if output:
        check_output(output, source=file, force=force)
    with _workspace_if_any(options) as workspace, progress_bar(Text("读取", "Reading")) as progress:
        home = workspace.settings.home if workspace else None
        packs = workspace.folder / _PACKS if workspace else None
        found = propose(
            file,
            like=like,
            of_type=of_type,
            sheet=sheet,
            rows=rows,
            home=home,
            packs=packs,
            tell=unread.append,
            progress=progress,
        )
        for problem in unread:
            click.echo(f"innograph: {problem}", err=True)
        files = _files(output, found) if output else []
        for path in files[1:]:
            check_output(path, source=file, force=force)
        if form == "json" or output:
            click.echo(proposals_text(found, form))
        else:
            click.echo("---\n".join(one.text for one in found), nl=False)
            click.echo(proposals_text(found, form), err=True)
        for path, one in zip(files, found, strict=True) if files else ():
            write_file(path, one.text)
            say(
                Text(
                    "已写入 {path}。核对后：innograph load {file} --map {path}",
                    "Wrote {path}. Check it, then: innograph load {file} --map {path}",
                ),
                path=path,
                file=file,
            )


def _check_type(of_type: str | None) -> None:
    from difflib import get_close_matches

    from innograph.loaders.table.proposals import proposable

    known = proposable()
    if of_type is None or of_type in known:
        return
    near = "、".join(get_close_matches(of_type, known, n=3, cutoff=0.4) or known)
    problem = Text(f"每行不能是“{of_type}”，可用：{near}", f"rows cannot be of type “{of_type}”; there are {near}")
    raise click.BadParameter(problem.show(), param_hint="--type")


def _files(output: Path, found: Sequence[Proposal]) -> list[Path]:
    """One file for each sheet: a mapping is for one kind of table."""
    return [output if not i else output.with_name(f"{output.stem}-{i + 1}{output.suffix}") for i in range(len(found))]


@click.command()
@click.argument("packs", nargs=-1, metavar="[PACK]...")
@click.option("--all", "all_packs", is_flag=True, help="全部映射包 / all packs")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.xlsx",
    help="输出文件 / output file",
)
@click.option("--force", is_flag=True, help="可覆盖已有的文件 / overwrite an older file")
@format_option
@pass_options
def template(
    options: Options, packs: Sequence[str], all_packs: bool, output: Path | None, force: bool, form: str
) -> None:
    """填表用的 XLSX 模板；不写 PACK 则列出有哪些 / Make XLSX templates to fill in; without PACK, list them.

    In a workspace with a plan, the template "progress" comes with the plan's targets.
    """
    from innograph.loaders.table import load_packs
    from innograph.loaders.table.templates import write_template
    from innograph.loaders.table.workbooks import check_output
    from innograph.visualize.proposed import packs_text

    with _workspace_if_any(options) as workspace:
        folder = workspace.folder / _PACKS if workspace else None
        known = {**load_packs(), **(load_packs(folder) if folder and folder.is_dir() else {})}
        if not packs and not all_packs:
            click.echo(packs_text(known.values(), form), nl=form != "csv")
            return
        chosen = list(known.values()) if all_packs else [_pack(name, known) for name in dict.fromkeys(packs)]
        out = output or Path(f"{chosen[0].id}.xlsx" if len(chosen) == 1 else "templates.xlsx")
        _check_suffix(out)
        check_output(out, force=force)
        home = workspace.settings.home if workspace else None
        filled = _filled(workspace, chosen)
        write_template(chosen, out, language(), home=home, filled=filled)
    say(
        Text(
            "已写入模板：{path}。填好后：innograph load {path}",
            "Wrote the template: {path}. Fill it in, then: innograph load {path}",
        ),
        path=out,
    )
    for name, rows in filled.items():
        say(
            Text("  {name}：已填入方案的{n}个目标", "  {name}: filled with {n} targets of the plan"),
            name=name,
            n=len(rows),
        )


def _pack(name: str, known: Mapping[str, Pack]) -> Pack:
    from difflib import get_close_matches

    if name in known:
        return known[name]
    near = "、".join(get_close_matches(name, known, n=3, cutoff=0.4) or known)
    problem = Text(f"没有叫“{name}”的映射包，可用：{near}", f"there is no pack “{name}”; there are {near}")
    raise click.BadParameter(problem.show(), param_hint="PACK")


def _check_suffix(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        problem = Text("模板是工作簿，请以 .xlsx 为扩展名", "a template is a workbook; let its name end in .xlsx")
        raise click.BadParameter(problem.show(), param_hint="--output")


def _filled(workspace: Workspace | None, chosen: Sequence[Pack]) -> Mapping[str, Sequence[Filled]]:
    """The rows that templates begin with: what the workspace's plan sets as targets."""
    from innograph.loaders.table.templates import PROGRESS, progress_rows

    if workspace is None or all(pack.id != PROGRESS for pack in chosen):
        return {}
    rows = progress_rows(workspace.graph())
    return {PROGRESS: rows} if rows else {}
