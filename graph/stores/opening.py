"""From the address of a store to the store; only the engine that is asked for is imported."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from ..errors import BadStore, NoPassword, SecretInAddress

if TYPE_CHECKING:
    from pathlib import Path

    from .protocol import Rows, Store

EMBEDDED = "kglite"
_BOLT_SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})


def open_store(
    address: str, *, file: Path, workspace: str, user: str | None = None, password: str | None = None
) -> Store:
    """Open the store at ``address``.

    Args:
        address: ``kglite``, or the address of a Neo4j server, such as ``neo4j://host:7687``.
        file: where the embedded engine keeps the graph.
        workspace: the workspace's id, which sets its nodes apart in a shared database.
        user: of Neo4j; else the environment's ``NEO4J_USER``, else ``neo4j``.
        password: of Neo4j; else the environment's ``NEO4J_PASSWORD``.

    Returns:
        The store; on Neo4j, logged in.

    Raises:
        BadStore: no such store.
        SecretInAddress: the address holds a user or password.
        NoPassword: Neo4j, and no password is given.
        CannotConnect: no server answers there.
        LoginRefused: wrong user or password.
    """
    check_address(address)
    if address == EMBEDDED:
        from .kglite import KgliteStore

        return KgliteStore(file)
    user = user or os.environ.get("NEO4J_USER") or "neo4j"
    password = password or os.environ.get("NEO4J_PASSWORD")
    if not password:
        raise NoPassword(store=address)
    from .neo4j import Neo4jStore

    return Neo4jStore(address, workspace, user, password)


def query_file(file: Path, query: str, parameters: dict[str, Any], timeout: float, limit: int | None) -> Rows:
    """Answer one query from an embedded engine's file; see :meth:`Store.query`."""
    with open_store(EMBEDDED, file=file, workspace="") as store:
        return store.query(query, parameters, timeout=timeout, limit=limit)


def check_address(address: str) -> None:
    """Raise unless ``address`` is one that :func:`open_store` takes; nothing is opened.

    Raises:
        BadStore: no such store.
        SecretInAddress: the address holds a user or password.

    Examples:
        >>> check_address("kglite"), check_address("neo4j://localhost:7687")
        (None, None)
    """
    if address == EMBEDDED:
        return
    parts = _split(address)
    if "@" in parts.netloc:
        raise SecretInAddress
    if parts.scheme not in _BOLT_SCHEMES or not parts.hostname:
        raise BadStore(store=address)


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        # The address may hold a password, in a place where it cannot be told from the rest.
        raise (SecretInAddress if "@" in address else BadStore(store=address)) from None
    return parts
