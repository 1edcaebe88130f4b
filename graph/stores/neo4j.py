"""Neo4j: the graph beside other people's data in a database that may be shared.

Every node carries, besides its own labels, the label ``Innograph`` and the workspace's label ``Innograph_<workspace>``;
nodes and edges carry the property ``workspace``. Queries are confined to nodes of the workspace's label and to edges of
its ``workspace``, and nothing else is read or touched.

A node ``InnographWorkspace`` has the stamp, and the token of the sync that began last: only that one may write.
"""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, cast

import neo4j
from neo4j import exceptions

from ..cypher import confine, refuse_beyond_the_graph
from ..errors import (
    BadStore,
    CannotConnect,
    ConnectionLost,
    EngineError,
    LoginRefused,
    QueryTooLong,
    WriteRefused,
)
from ..ontology import load_ontology
from ..ontology.generate import neo4j_constraints
from ..text import Text
from .protocol import Progress, Rows, Store
from .values import batches, edge_values, node_values

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from ..records import Edge, Graph, Node

_CONNECT_SECONDS = 5.0
_LOST = (exceptions.ServiceUnavailable, exceptions.SessionExpired, OSError)

_BOOKKEEPING = "CREATE CONSTRAINT innograph_workspace IF NOT EXISTS FOR (n:InnographWorkspace) REQUIRE n.id IS UNIQUE"
_BOOKMARK = "(w:Innograph:InnographWorkspace {id: $workspace})"

# Without a handler of its own, Python would print the driver's warnings to the user's terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class _Turn:
    """One sync's session, and the token that says whether it is still this sync's turn to write."""

    session: neo4j.Session
    token: str


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
        with self._session(neo4j.READ_ACCESS) as session:
            found = self._read(session, f"MATCH {_BOOKMARK} RETURN w.stamp")
            return next((stamp for (stamp,) in found), None)

    def sync(self, graph: Graph, progress: Progress | None = None) -> None:
        """Write what differs from ``graph``: what the server holds is read and compared, so that nothing is marked.

        A sync that was cut off is completed by the next one, whatever it had reached. One that is overtaken, since
        another process began to sync the same workspace, writes nothing more and raises :class:`EngineError`.
        """
        with self._session(neo4j.WRITE_ACCESS) as session:
            turn = self._begin(session)
            self._revive(turn, graph)
            nodes, stale_nodes = self._compare_nodes(session, graph)
            edges, stale_edges = self._compare_edges(session, graph)
            total = len(graph.nodes) + len(graph.edges)
            done = total - len(nodes) - len(edges)
            self._delete_edges(turn, stale_edges)
            self._delete_nodes(turn, stale_nodes)
            for write in (self._write_nodes(turn, nodes), self._write_edges(turn, edges)):
                for written in write:
                    done += written
                    if progress:
                        progress(done, total)
            self._write(turn, f"MATCH {_BOOKMARK} SET w.stamp = $stamp", stamp=graph.stamp)

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
        text = _literal(confine(cypher, self._label, self._workspace))
        confined = neo4j.Query(text, timeout=max(timeout, 0.001))  # 0 means no limit
        with self._errors(timeout), self._session(neo4j.READ_ACCESS) as session:
            result = session.run(confined, dict(parameters or {}))
            records = list(result) if limit is None else result.fetch(limit)
            return Rows(tuple(result.keys()), [tuple(_native(value) for value in r.values()) for r in records])

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        session: neo4j.Session = self._driver.session(default_access_mode=access, database=self._database)
        return session

    def _read(self, session: neo4j.Session, cypher: str) -> Iterator[list[Any]]:
        with self._errors():
            for record in session.run(_literal(cypher), workspace=self._workspace):
                yield record.values()

    def _run(self, session: neo4j.Session, cypher: str, **parameters: Any) -> None:
        """Run one statement in a transaction of its own; the driver may run it twice, if it lost the first answer."""
        query = _literal(cypher)
        with self._errors():
            session.execute_write(lambda tx: tx.run(query, workspace=self._workspace, **parameters).consume())

    def _write(self, turn: _Turn, cypher: str, **parameters: Any) -> None:
        """The same in a sync, if no other has begun since: the bookmark stays locked until the statement is done."""

        def run(tx: neo4j.ManagedTransaction) -> bool:
            # Two statements: in one, the server may have read the token before it had the lock that writing takes.
            tx.run(f"MATCH {_BOOKMARK} SET w.writing = $token", workspace=self._workspace, token=turn.token).consume()
            tokens = tx.run(f"MATCH {_BOOKMARK} RETURN w.token", workspace=self._workspace).values()
            if tokens != [[turn.token]]:
                return False
            tx.run(_literal(cypher), workspace=self._workspace, **parameters).consume()
            return True

        with self._errors():
            is_ours = turn.session.execute_write(run)
        if not is_ours:
            raise EngineError(
                problem=Text(
                    "另一个 innograph 同时在写这个工作区的图谱，本次写入已停止。请再执行一次 innograph build",
                    "another innograph began to write this workspace's graph meanwhile, so this one stopped."
                    " Run again: innograph build",
                )
            )

    def _begin(self, session: neo4j.Session) -> _Turn:
        """Take the stamp away and the turn from any other sync, and see to it that our ids are unique.

        Other people's records are not bound by that.
        """
        # Even a statement that finds its constraint there makes the server plan all its queries anew.
        there = {name for (name,) in self._read(session, "SHOW CONSTRAINTS YIELD name")}
        for statement in (_BOOKKEEPING, *neo4j_constraints(load_ontology(), self._label)):
            if statement.removeprefix("CREATE CONSTRAINT ").split()[0] not in there:
                self._run(session, statement)
        turn = _Turn(session, secrets.token_hex(8))
        self._run(session, f"MERGE {_BOOKMARK} SET w.stamp = null, w.token = $token", token=turn.token)
        return turn

    def _revive(self, turn: _Turn, graph: Graph) -> None:
        """Take back retired nodes that the graph has again, and remove those that nobody refers to any more."""
        retired = "MATCH (n:Innograph {workspace: $workspace, retired: true})"
        self._write(turn, f"{retired} WHERE NOT EXISTS {{ (n)--() }} DELETE n")
        back = [own_id for (own_id,) in self._read(turn.session, f"{retired} RETURN n.id") if own_id in graph.nodes]
        self._write(turn, f"{retired} WHERE n.id IN $ids SET n:{self._label}", ids=back)

    def _compare_nodes(self, session: neo4j.Session, graph: Graph) -> tuple[list[Node], list[str]]:
        """Return the nodes to write (the server lacks them or has them otherwise) and the ids of those to delete."""
        wanted = dict(graph.nodes)
        stale: list[str] = []
        ours = _ontology_labels()
        for own_id, labels, properties in self._read(
            session, f"MATCH (n:{self._label}) RETURN n.id, labels(n), properties(n)"
        ):
            node = graph.nodes.get(own_id)
            if node is None:
                stale.append(own_id)
            elif ours.intersection(labels) == set(node.labels) and _same(properties, self._marked(node_values(node))):
                del wanted[own_id]
        return list(wanted.values()), stale

    def _compare_edges(self, session: neo4j.Session, graph: Graph) -> tuple[list[Edge], list[str]]:
        """Return the edges to write and the server's own ids of those to delete, duplicates among them."""
        wanted = dict(graph.edges)
        seen: set[str] = set()
        stale: list[str] = []
        for element_id, edge_type, source, target, properties in self._read(
            session,
            f"MATCH (a:{self._label})-[r {{workspace: $workspace}}]->(b:{self._label})"
            " RETURN elementId(r), type(r), a.id, b.id, properties(r)",
        ):
            edge = graph.edges.get(properties.get("id"))
            if edge is None or edge.id in seen or (edge_type, source, target) != (edge.type, edge.source, edge.target):
                stale.append(element_id)
                continue
            seen.add(edge.id)
            if _same(properties, self._marked(edge_values(edge))):
                del wanted[edge.id]
        return list(wanted.values()), stale

    def _delete_edges(self, turn: _Turn, element_ids: Sequence[str]) -> None:
        for batch in batches(element_ids):
            self._write(
                turn,
                "UNWIND $ids AS id MATCH ()-[r]->() WHERE elementId(r) = id AND r.workspace = $workspace DELETE r",
                ids=batch,
            )

    def _delete_nodes(self, turn: _Turn, ids: Sequence[str]) -> None:
        """Delete nodes. One that other people's relationships hold is retired: no query of ours sees it any more."""
        labels = ":".join([self._label, *sorted(_ontology_labels())])
        find = f"UNWIND $ids AS id MATCH (n:{self._label} {{id: id}})"
        for batch in batches(ids):
            self._write(
                turn,
                f"{find} WHERE EXISTS {{ (n)--() }}"
                f" SET n = {{id: id, workspace: $workspace, retired: true}} REMOVE n:{labels}",
                ids=batch,
            )
            self._write(turn, f"{find} DELETE n", ids=batch)

    def _write_nodes(self, turn: _Turn, nodes: Iterable[Node]) -> Iterator[int]:
        """Create or overwrite nodes; yield after each batch how many it had."""
        by_labels: defaultdict[tuple[str, ...], list[Node]] = defaultdict(list)
        for node in nodes:
            by_labels[node.labels].append(node)
        for labels, of_kind in by_labels.items():
            others = ":".join(sorted(_ontology_labels().difference(labels)))
            for batch in batches(of_kind):
                self._write(
                    turn,
                    f"UNWIND $rows AS r MERGE (n:{self._label} {{id: r.id}})"
                    f" SET n = r, n:Innograph:{':'.join(labels)} REMOVE n:{others}",
                    rows=[self._marked(node_values(node)) for node in batch],
                )
                yield len(batch)

    def _write_edges(self, turn: _Turn, edges: Iterable[Edge]) -> Iterator[int]:
        """Create or overwrite edges; yield after each batch how many it had."""
        by_type: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in edges:
            by_type[edge.type].append(edge)
        for edge_type, of_type in by_type.items():
            for batch in batches(of_type):
                self._write(
                    turn,
                    f"UNWIND $rows AS r MATCH (a:{self._label} {{id: r.a}}) MATCH (b:{self._label} {{id: r.b}})"
                    f" MERGE (a)-[e:{edge_type} {{id: r.p.id, workspace: $workspace}}]->(b) SET e = r.p",
                    rows=[{"a": e.source, "b": e.target, "p": self._marked(edge_values(e))} for e in batch],
                )
                yield len(batch)

    def _marked(self, values: dict[str, Any]) -> dict[str, Any]:
        values["workspace"] = self._workspace
        return values

    @contextmanager
    def _errors(self, seconds: float = 0.0) -> Generator[None, None, None]:
        """Turn the driver's errors into ours; ``seconds`` is the time limit of the query."""
        try:
            yield
        except _LOST as error:
            raise ConnectionLost(store=self._uri) from error
        except exceptions.AuthError as error:
            raise LoginRefused(store=self._uri, user=self._user) from error
        except (exceptions.Neo4jError, exceptions.DriverError, ValueError, TypeError) as error:
            code = str(getattr(error, "code", ""))
            if code == "Neo.ClientError.Statement.AccessMode":
                raise WriteRefused from error
            if ".TransactionTimedOut" in code:
                raise QueryTooLong(seconds=f"{seconds:g}") from error
            said = str(getattr(error, "message", None) or error)
            raise EngineError(problem=Text(said, said)) from error


def _ontology_labels() -> set[str]:
    return set(load_ontology().nodes)


def _same(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether both hold the same values, also of the same type (``1``, ``1.0`` and ``True`` are equal in Python)."""
    return stored.keys() == wanted.keys() and all(
        type(value := _native(stored[name])) is type(wanted[name]) and value == wanted[name] for name in wanted
    )


def _native(value: Any) -> Any:
    """Return the driver's dates and times as Python's own."""
    if isinstance(value, list):
        return [_native(item) for item in cast("Sequence[Any]", value)]
    if isinstance(value, (neo4j.time.Date, neo4j.time.DateTime, neo4j.time.Time)):
        return value.to_native()
    return value


def _literal(cypher: Any) -> LiteralString:
    """Vouch for a query text: the driver's types want one that holds no user's values, and ours are parameters."""
    return cast("LiteralString", cypher)
