"""Neo4j: the graph beside other people's data in a database that may be shared.

Every node carries, besides its own labels, the label ``Innograph`` and the workspace's label ``Innograph_<workspace>``;
nodes and edges carry the property ``workspace``. Queries are confined to nodes of the workspace's label and to edges of
its ``workspace``, and nothing else is read or touched.

A node ``InnographWorkspace`` has the stamp, and the token of the sync that began last: only that one may write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import neo4j
from neo4j import exceptions

from ..cypher import confine, refuse_beyond_the_graph
from ..errors import BadStore, CannotConnect, ConnectionLost
from .neo4j_errors import driver_errors
from .neo4j_rows import literal, native
from .neo4j_sync import BOOKMARK, Sync
from .protocol import Progress, Rows, Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from ..records import Graph

_CONNECT_SECONDS = 5.0


class Neo4jStore(Store):
    """The graph of one workspace in a Neo4j database.

    Args:
        uri: the server's address, without user and password.
        workspace: the workspace's id, 12 hexadecimal digits.
        user: who logs in.
        password: the user's password.
        database: the database; by default the user's own.

    Raises:
        BadStore: the address cannot be one.
        CannotConnect: no server answers there.
        LoginRefused: wrong user or password.
    """

    engine = "neo4j"

    def __init__(self, uri: str, workspace: str, user: str, password: str, database: str | None = None) -> None:
        self._uri = uri
        self._user = user
        self._workspace = workspace
        self._label = f"Innograph_{workspace}"
        self._database = database
        try:
            # Any: the driver's own types leave its settings open, and strict checks would stop at each call.
            self._driver: Any = cast("Any", neo4j.GraphDatabase).driver(
                uri,
                auth=(user, password),
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=2 * _CONNECT_SECONDS,
                max_transaction_retry_time=_CONNECT_SECONDS,
            )
        except (ValueError, exceptions.ConfigurationError) as error:
            raise BadStore(store=uri) from error
        try:
            with self._errors():
                self._driver.verify_connectivity()
        except BaseException as error:
            self._driver.close()
            if isinstance(error, ConnectionLost):
                raise CannotConnect(store=uri) from error
            raise

    def stamp(self) -> str | None:
        """Return the stamp of the last sync that was completed."""
        with self._errors(), self._session(neo4j.READ_ACCESS) as session:
            found = session.run(literal(f"MATCH {BOOKMARK} RETURN w.stamp"), workspace=self._workspace).values()
        return next((stamp for (stamp,) in found), None)

    def sync(self, graph: Graph, progress: Progress | None = None) -> None:
        """Write what differs from ``graph``: what the server holds is read and compared, so that nothing is marked.

        A sync that was cut off is completed by the next one, whatever it had reached. One that is overtaken, since
        another process began to sync the same workspace, writes nothing more and raises :class:`EngineError`.
        """
        with self._session(neo4j.WRITE_ACCESS) as session:
            Sync(session, self._workspace, self._label, self._errors).complete(graph, progress)

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 30.0,
        limit: int | None = None,
    ) -> Rows:
        """Answer a read-only query from this workspace's nodes and edges; see :meth:`Store.query`."""
        refuse_beyond_the_graph(cypher)
        text = literal(confine(cypher, self._label, self._workspace))
        confined = neo4j.Query(text, timeout=max(timeout, 0.001))  # 0 means no limit
        with self._errors(timeout), self._session(neo4j.READ_ACCESS) as session:
            result = session.run(confined, dict(parameters or {}))
            records = list(result) if limit is None else result.fetch(limit)
            return Rows(tuple(result.keys()), [tuple(native(value) for value in r.values()) for r in records])

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        session: neo4j.Session = self._driver.session(default_access_mode=access, database=self._database)
        return session

    def _errors(self, seconds: float = 0.0) -> AbstractContextManager[None]:
        return driver_errors(self._uri, self._user, seconds)
