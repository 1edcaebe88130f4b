"""The questions of a workspace as read-only tools for assistants, by the Model Context Protocol."""

from __future__ import annotations

from innograph.graph.errors import InnographError
from innograph.graph.text import Text


class NoProtocol(InnographError):
    """The package that speaks the protocol is an extra, and is not installed."""

    code = "no-protocol"
    text = Text(
        '缺少 MCP 组件。请安装：pip install "innograph[mcp]"',
        'The package for MCP is missing. Install it: pip install "innograph[mcp]"',
    )
