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


@click.command()
@click.option("--as-of", metavar="DATE", help="那一天的情况，如 / as it was on that day, such as 2024-12-31")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="每次提问最多几秒 / most seconds for one call",
)
@click.option(
    "--characters",
    type=click.IntRange(min=1000),
    default=20_000,
    show_default=True,
    help="每次回答最多多少字 / most characters of an answer's rows",
)
@pass_options
def mcp(options: Options, as_of: str | None, timeout: float, characters: int) -> None:
    """供智能助手提问（MCP，标准输入输出）/ Let assistants ask: a Model Context Protocol server on stdio."""
    import sys

    from innograph.graph.days import day_of
    from innograph.graph.text import language
    from innograph.visualize.mcp import NoProtocol
    from innograph.visualize.mcp.tools import Limits
    from innograph.visualize.mcp.worker import Given

    try:
        from innograph.visualize.mcp.server import serve as speak
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise NoProtocol from None
    day = day_of(as_of) if as_of else None
    with options.open() as workspace:  # errors of the workspace are told before a client waits for an answer
        folder = workspace.folder
        for problem in workspace.catalogue().problems:
            click.echo(f"innograph: {problem}", err=True)
    if sys.stdin.isatty():
        say(
            Text(
                "正在等待 MCP 客户端从标准输入提问；配置方法见 README，Ctrl+C 结束",
                "Waiting for an MCP client on standard input; README says how to set one up; Ctrl+C ends this",
            )
        )
    speak(Given(folder, options.store, language(), Limits(characters, timeout), day))
