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
