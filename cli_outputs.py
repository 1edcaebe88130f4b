"""The commands that hand something out: pictures, reports, exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.console import pass_options, say
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
    width: int,
    output: Path | None,
) -> None:
    """画图，可离线打开 / Draw the plan, who cooperates, flows between regions, or what is around THING."""
    from innograph.visualize.pictures import Wanted, node_type, picture_form, picture_of, write_picture

    form = form or picture_form(output)
    wanted = Wanted(kind or "", thing or "", depth, tuple(node_type(one) for one in types), most or 0, level or "")
    with options.open() as workspace:
        picture = picture_of(workspace, wanted)
        content = picture.png(width) if form == "png" else picture.svg() if form == "svg" else picture.html()
    path = output or Path(f"{picture.name}.{form}")
    write_picture(path, content)
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
