"""Speaks the Model Context Protocol on standard input and output: the tools and resources of one workspace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import anyio
from mcp import MCPError, types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from innograph import __version__
from innograph.graph.text import Text, language
from innograph.visualize.schemas import both

from . import resources
from .schemas import ANSWERS
from .worker import Given, Refused, Worker

if TYPE_CHECKING:
    from .schemas import Tool

_Context = ServerRequestContext[dict[str, Any]]
_HINTS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = Text(
    "一份行动方案和若干名录组成的图谱。先用 plain_question 或 ask_… 提问；名称不确定时用 find_thing；每一行都有原文，"
    "引用时请写明原文和出处；evidence 给出全部依据。只读。",
    "An action plan and rosters as one graph. Ask with plain_question or an ask_… tool; where a name is unsure, use"
    " find_thing. Every row has its quoted line: quote it, with its place; evidence gives all lines behind it. Read-only.",
)


def serve(given: Given) -> None:
    """Answer on standard input and output until the client hangs up."""
    anyio.run(_serve, given)


async def _serve(given: Given) -> None:
    with Worker(given) as worker:
        server = server_for(worker)
        async with stdio_server() as (receiving, sending):
            worker.start()  # now, for it takes as long as the client's greeting; its output can no longer meet the protocol's
            await server.run(receiving, sending, server.create_initialization_options())


def server_for(worker: Worker) -> Server[dict[str, Any]]:
    """Return a server whose tools and resources are those of ``worker``."""

    async def list_tools(_: _Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        tools: list[Tool] = await _ask(worker, "tools")
        return types.ListToolsResult(tools=[_told(tool) for tool in tools])

    async def call_tool(_: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            said = await worker.ask("call", params.name, params.arguments or {})
        except Refused as refused:
            return types.CallToolResult(content=[types.TextContent(text=str(refused))], is_error=True)
        text = json.dumps(said, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=said)

    async def list_resources(_: _Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[_resource(one) for one in resources.listed()])

    async def list_templates(_: _Context, __: types.PaginatedRequestParams | None) -> types.ListResourceTemplatesResult:
        template = types.ResourceTemplate(
            name="ontology type", uri_template=f"{resources.ONTOLOGY}/{{type}}", mime_type=resources.MIME
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(_: _Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        text = await _ask(worker, "read", params.uri)
        return types.ReadResourceResult(
            contents=[types.TextResourceContents(uri=params.uri, mime_type=resources.MIME, text=text)]
        )

    return Server(
        "innograph",
        version=__version__,
        title="创新图谱 innograph",
        instructions=f"{both(_INSTRUCTIONS)}\n{both(ANSWERS)}",
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )


async def _ask(worker: Worker, what: str, *details: Any) -> Any:
    """Return what the worker answers to anything but a call; what is wrong is an error of the protocol.

    Raises:
        MCPError: the workspace cannot be used, or there is no such resource.
    """
    try:
        return await worker.ask(what, *details)
    except Refused as refused:
        raise MCPError(types.INVALID_PARAMS, str(refused)) from None


def _told(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title.show(language()),
        description=tool.description,
        input_schema=tool.takes,
        output_schema=tool.gives,
        annotations=_HINTS,
    )


def _resource(one: resources.Resource) -> types.Resource:
    return types.Resource(
        uri=one.uri, name=one.name, title=one.title.show(), description=both(one.description), mime_type=resources.MIME
    )
