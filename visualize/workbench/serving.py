"""Serves the workbench until it is stopped."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from innograph.graph.errors import UsageError
from innograph.graph.text import Text

from .app import create_app
from .desk import Desk
from .guard import Access

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import uvicorn

_BACKLOG = 128


class PortTaken(UsageError):
    """Another program listens there."""

    code = "port-taken"
    text = Text(
        "端口 {port} 已被占用，请用 --port 换一个（0 为自动选择）",
        "Port {port} is in use. Choose another with --port (0: any that is free)",
    )


class NoAddress(UsageError):
    """This machine has no such address, or it may not be listened on."""

    code = "no-address"
    text = Text("不能监听 {host}:{port}：{problem}", "Cannot listen on {host}:{port}: {problem}")


def serve(
    folder: Path,
    store: str | None,
    access: Access,
    language: str,
    ready: Callable[[str], object],
) -> None:
    """Serve the workbench of a workspace until it is interrupted.

    Args:
        folder: the workspace.
        store: an engine's address that goes before the one in the settings.
        access: who may come in; port 0 is any that is free.
        language: of the pages; empty: the browser's.
        ready: told the address when the first page can be asked for.

    Raises:
        PortTaken: another program listens there.
        NoAddress: nobody can listen there.
        InnographError: the workspace cannot be used.
    """
    with listening_at(access) as listening:
        port = listening.getsockname()[1]
        known = Access(access.host, port, access.token, access.names, access.limits)
        asyncio.run(_serve(Desk(folder, store), known, language, listening, ready))


async def _serve(
    desk: Desk, access: Access, language: str, listening: socket.socket, ready: Callable[[str], object]
) -> None:
    await desk.open()
    server = server_of(desk, access, language)
    ready(address_of(access))
    await server.serve(sockets=[listening])


def server_of(desk: Desk, access: Access, language: str) -> uvicorn.Server:
    """Return the server of a workbench, to be given the socket that :func:`listening_at` makes.

    Args:
        desk: of the workspace.
        access: who may come in.
        language: of the pages; empty: the browser's.
    """
    import uvicorn  # here, for other commands serve nothing

    config = uvicorn.Config(
        create_app(desk, access, language),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


def address_of(access: Access) -> str:
    """Return the address to open, with the token where one is needed.

    Examples:
        >>> address_of(Access()), address_of(Access(token="one&two#three four"))
        ('http://127.0.0.1:8765/', 'http://127.0.0.1:8765/?token=one%26two%23three+four')
    """
    host = f"[{access.host}]" if ":" in access.host else access.host
    return f"http://{host}:{access.port}/" + (f"?{urlencode({'token': access.token})}" if access.token else "")


def listening_at(access: Access) -> socket.socket:
    """Return a socket on which a workbench listens; close it.

    Args:
        access: on which address and port; port 0 is any that is free.

    Raises:
        PortTaken: another program listens there.
        NoAddress: nobody can listen there.
    """
    family = socket.AF_INET6 if ":" in access.host else socket.AF_INET
    # Only of a socket that names its protocol does asyncio send small parts at once; else each answer on a connection
    # that is kept waits 40 ms for the browser to confirm its head.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((access.host, access.port))
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port=access.port) from None
        raise NoAddress(host=access.host, port=access.port, problem=error.strerror or str(error)) from None
    made.listen(_BACKLOG)
    return made
