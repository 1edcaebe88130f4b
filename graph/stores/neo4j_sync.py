"""One sync of a workspace's graph into a Neo4j database: whose turn it is, and what it writes."""

from __future__ import annotations

import secrets
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..errors import EngineError
from ..ontology import load_ontology
from ..ontology.generate import neo4j_constraints
from ..text import Text
from .neo4j_difference import find_difference
from .neo4j_rows import as_map, edge_rows, literal, names_of_edges, names_of_nodes, node_rows
from .values import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    import neo4j

    from ..records import Edge, Graph, Node
    from .protocol import Progress

    Errors = Callable[[], AbstractContextManager[None]]
    """Turns the driver's errors into ours."""

BOOKMARK = "(w:Innograph:InnographWorkspace {id: $workspace})"
"""The node that has the stamp, the token of the sync that began last, and the number of its last transaction."""

_BOOKKEEPING = "CREATE CONSTRAINT innograph_workspace IF NOT EXISTS FOR (n:InnographWorkspace) REQUIRE n.id IS UNIQUE"


class Sync:
    """A sync that has begun: the stamp is away, and any other sync of the workspace stops at its next transaction.

    Args:
        session: open for writing, and used by nobody else.
        workspace: the workspace's id.
        label: what its nodes carry.
        errors: in which all statements run.
    """

    def __init__(self, session: neo4j.Session, workspace: str, label: str, errors: Errors) -> None:
        self._session = session
        self._workspace = workspace
        self._label = label
        self._errors = errors
        self._token = secrets.token_hex(8)
        self._transactions = 0
        self._constrain()
        self._run(f"MERGE {BOOKMARK} SET w.stamp = null, w.done = null, w.token = $token", token=self._token)

    def complete(self, graph: Graph, progress: Progress | None = None) -> None:
        """Write what differs from ``graph``, then the stamp."""
        self._revive(graph)
        difference = find_difference(self._read, graph, self._label)
        total = len(graph.nodes) + len(graph.edges)
        done = total - difference.to_write
        self._delete_edges(difference.stale_edges)
        self._delete_nodes(difference.stale_nodes)
        for written in chain(
            self._create_nodes(difference.new_nodes),
            self._change_nodes(difference.changed_nodes),
            self._create_edges(difference.new_edges),
            self._change_edges(difference.changed_edges),
        ):
            done += written
            if progress:
                progress(done, total)
        self._write(f"MATCH {BOOKMARK} SET w.stamp = $stamp", stamp=graph.stamp)

    def _constrain(self) -> None:
        """See to it that our ids are unique; other people's records are not bound by that."""
        # Even a statement that finds its constraint there makes the server plan all its queries anew.
        there = {name for (name,) in self._read("SHOW CONSTRAINTS YIELD name")}
        for statement in (_BOOKKEEPING, *neo4j_constraints(load_ontology(), self._label)):
            if statement.removeprefix("CREATE CONSTRAINT ").split()[0] not in there:
                self._run(statement)

    def _read(self, cypher: str, **parameters: Any) -> Iterator[list[Any]]:
        with self._errors():
            for record in self._session.run(literal(cypher), workspace=self._workspace, **parameters):
                yield record.values()

    def _run(self, cypher: str, **parameters: Any) -> None:
        """Run one statement in a transaction of its own; the driver may run it twice, if it lost the first answer."""
        query = literal(cypher)
        with self._errors():
            self._session.execute_write(lambda tx: tx.run(query, workspace=self._workspace, **parameters).consume())

    def _write(self, cypher: str, **parameters: Any) -> None:
        """The same, but once, and only if no other sync has begun since.

        The bookmark says which transaction was the last: one that the driver repeats finds itself done. It stays locked
        until the statement is done.
        """
        self._transactions += 1
        number = self._transactions

        def run(tx: neo4j.ManagedTransaction) -> bool:
            # Two statements: in one, the server may have read the token before it had the lock that writing takes.
            ours: dict[str, Any] = {"workspace": self._workspace, "token": self._token, "number": number}
            tx.run(f"MATCH {BOOKMARK} SET w.writing = $token", ours).consume()
            found = tx.run(
                f"MATCH {BOOKMARK} WHERE w.token = $token WITH w, w.done AS done SET w.done = $number RETURN done", ours
            ).values()
            if not found:
                return False
            if found != [[number]]:
                tx.run(literal(cypher), workspace=self._workspace, **parameters).consume()
            return True

        with self._errors():
            is_ours = self._session.execute_write(run)
        if not is_ours:
            raise EngineError(
                problem=Text(
                    "另一个 innograph 同时在写这个工作区的图谱，本次写入已停止。请再执行一次 innograph build",
                    "another innograph began to write this workspace's graph meanwhile, so this one stopped."
                    " Run again: innograph build",
                )
            )

    def _revive(self, graph: Graph) -> None:
        """Take back retired nodes that the graph has again, and remove those that nobody refers to any more."""
        retired = "MATCH (n:Innograph {workspace: $workspace, retired: true})"
        self._write(f"{retired} WHERE NOT EXISTS {{ (n)--() }} DELETE n")
        back = [own_id for (own_id,) in self._read(f"{retired} RETURN n.id") if own_id in graph.nodes]
        self._write(f"{retired} WHERE n.id IN $ids SET n:{self._label}", ids=back)

    def _delete_edges(self, element_ids: Sequence[str]) -> None:
        for batch in batches(element_ids):
            self._write(
                "UNWIND $ids AS id MATCH ()-[r]->() WHERE elementId(r) = id AND r.workspace = $workspace DELETE r",
                ids=batch,
            )

    def _delete_nodes(self, ids: Sequence[str]) -> None:
        """Delete nodes. One that other people's relationships hold is retired: no query of ours sees it any more."""
        labels = ":".join([self._label, *sorted(load_ontology().nodes)])
        find = f"UNWIND $ids AS id MATCH (n:{self._label} {{id: id}})"
        for batch in batches(ids):
            self._write(
                f"{find} WHERE EXISTS {{ (n)--() }}"
                f" SET n = {{id: id, workspace: $workspace, retired: true}} REMOVE n:{labels}",
                ids=batch,
            )
            self._write(f"{find} DELETE n", ids=batch)

    def _create_nodes(self, nodes: Iterable[Node]) -> Iterator[int]:
        """Create nodes that are not there; yield after each batch how many it had."""
        for labels, of_kind in _by_labels(nodes).items():
            names = names_of_nodes(labels[-1], of_kind)
            create = f"CREATE (n:{':'.join([self._label, 'Innograph', *labels])} {as_map('r', names, 0)})"
            for batch in batches(of_kind):
                self._write(f"UNWIND $rows AS r {create}", rows=node_rows(batch, names))
                yield len(batch)

    def _change_nodes(self, nodes: Iterable[Node]) -> Iterator[int]:
        """Overwrite nodes, their labels too; yield after each batch how many it had."""
        for labels, of_kind in _by_labels(nodes).items():
            names = names_of_nodes(labels[-1], of_kind)
            others = ":".join(sorted(load_ontology().nodes.keys() - set(labels)))
            for batch in batches(of_kind):
                self._write(
                    f"UNWIND $rows AS r MERGE (n:{self._label} {{id: r[0]}})"
                    f" SET n = {as_map('r', names, 0)}, n:Innograph:{':'.join(labels)} REMOVE n:{others}",
                    rows=node_rows(batch, names),
                )
                yield len(batch)

    def _create_edges(self, edges: Iterable[Edge]) -> Iterator[int]:
        """Create edges that are not there; yield after each batch how many it had."""
        ends = f"MATCH (a:{self._label} {{id: r[0]}}) MATCH (b:{self._label} {{id: r[1]}})"
        for edge_type, of_type in _by_type(edges).items():
            names = names_of_edges(edge_type, of_type)
            create = f"CREATE (a)-[:{edge_type} {as_map('r', names, 2)}]->(b)"
            for batch in batches(of_type):
                self._write(f"UNWIND $rows AS r {ends} {create}", rows=edge_rows(batch, names))
                yield len(batch)

    def _change_edges(self, edges: Iterable[Edge]) -> Iterator[int]:
        """Overwrite edges, which the constraint's index finds; yield after each batch how many it had."""
        for edge_type, of_type in _by_type(edges).items():
            names = names_of_edges(edge_type, of_type)
            find = f"MATCH ()-[e:{edge_type} {{workspace: $workspace, id: r[2]}}]->()"
            for batch in batches(of_type):
                self._write(f"UNWIND $rows AS r {find} SET e = {as_map('r', names, 2)}", rows=edge_rows(batch, names))
                yield len(batch)


def _by_labels(nodes: Iterable[Node]) -> dict[tuple[str, ...], list[Node]]:
    found: defaultdict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        found[node.labels].append(node)
    return found


def _by_type(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    found: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        found[edge.type].append(edge)
    return found
