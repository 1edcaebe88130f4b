"""The commands that answer others: the workbench for browsers, and tools for assistants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from innograph.console import pass_options, say
from innograph.graph.text import Text

if TYPE_CHECKING:
    from innograph.console import Options


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address to listen on")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="端口；0 自动 / port; 0: any"
)
@click.option(
    "--token", envvar="INNOGRAPH_TOKEN", default="", help="令牌；对外监听时必须 / token; needed beyond this machine"
)
@click.option("--name", "names", multiple=True, metavar="HOST", help="浏览器里用的其他主机名 / further host names")
@click.option("--open/--no-open", "show", default=True, help="是否打开浏览器 / whether to open the browser")
@pass_options
def serve(options: Options, host: str, port: int, token: str, names: tuple[str, ...], show: bool) -> None:
    """打开工作台（浏览器）/ Open the workbench in a browser."""
    import webbrowser

    from innograph.visualize.workbench.guard import Access
    from innograph.visualize.workbench.serving import serve as serve_until_stopped

    def ready(address: str) -> None:
        say(Text("工作台：{address}（按 Ctrl+C 停止）", "Workbench: {address} (Ctrl+C stops it)"), address=address)
        if show:
            webbrowser.open(address)

    with options.open() as workspace:  # errors of the workspace are told before anything listens
        folder, language = workspace.folder, options.lang or workspace.settings.language
    serve_until_stopped(folder, options.store, Access(host, port, token, names), language, ready)
