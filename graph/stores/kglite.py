"""The embedded engine: kglite, one file that is rebuilt whole and replaced in one step."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import time
from collections import defaultdict
from itertools import chain
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn

import kglite

from ..cypher import refuse_beyond_the_graph
from ..disk import DISK_FULL, NOT_ALLOWED
from ..errors import EngineError, NoPermission, NoSpace, QueryTooLong, WriteRefused
from ..text import Text
from .protocol import Progress, Rows, Store
from .values import batches, edge_columns, edge_values, node_columns, node_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from ..records import Edge, Graph, Node

kglite.set_query_warning_policy("silent")  # it would tell the terminal of each label that the graph happens not to have

BULK_FROM = 5_000
"""So many nodes of the same labels, or edges of the same type and ends, are worth loading pandas."""

_SOURCE, _TARGET = "source id", "target id"  # no names of properties
_STALE_SECONDS = 600.0
_STAMP = "MATCH (s:InnographStamp {id: 'stamp'}) RETURN s.value AS value"
_NOT_READABLE = (kglite.KgError, OSError, ValueError)

_Signature = tuple[int, int, int]


class KgliteStore(Store):
    """A graph in one file.

    The stamp is a node of the same file, labelled ``InnographStamp``, so that file and stamp never disagree. It has no
    edges; only a pattern that is a lone node without a label, as in ``MATCH (n) RETURN n.id``, would find it.

    Args:
        path: the file; it need not exist before the first :meth:`sync`.
    """

    engine = "kglite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._session: tuple[_Signature, kglite.Session] | None = None
        self._held = False

    def stamp(self) -> str | None:
        """Return the stamp in the file; ``None`` for a missing or damaged file, which is to be rebuilt."""
        try:
            stamps = self._open().cypher(_STAMP).to_list()
        except _NOT_READABLE:
            return None
        return str(stamps[0]["value"]) if stamps else None

    def sync(self, graph: Graph, progress: Progress | None = None) -> None:
        """Write ``graph`` to a new file and put it in the place of the old one, which stays whole until then."""
        built = _build(graph, progress)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._remove_leftovers()
            folder = Path(tempfile.mkdtemp(prefix=self._leftover_prefix, dir=self._path.parent))
            try:
                fresh = folder / self._path.name
                # "compact" is read into memory: a mapped file could not be replaced on Windows while it is read.
                built.save(str(fresh), fsync=True, layout="compact")
                fresh.replace(self._path)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        except (OSError, kglite.KgError) as error:
            self._cannot_write(error)

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 30.0,
        limit: int | None = None,
    ) -> Rows:
        """Answer a read-only query from the file as it is now; see :meth:`Store.query`."""
        refuse_beyond_the_graph(cypher)
        try:
            session = self._open()
        except _NOT_READABLE as error:
            raise EngineError(
                problem=Text(
                    f"图谱文件 {self._path} 不存在或已损坏。请执行 innograph build 重建",
                    f"the graph's file {self._path} is missing or damaged. Rebuild it: innograph build",
                )
            ) from error
        milliseconds = max(1, round(timeout * 1000))  # 0 would mean no limit
        try:
            # Session.cypher refuses writes; Session.execute would not.
            view = session.cypher(cypher, params=dict(parameters or {}), timeout_ms=milliseconds, row_limit=limit)
            columns = tuple(view.columns)
            return Rows(columns, _tuples(columns, view.to_list()))
        except kglite.ReadOnlyError as error:
            raise WriteRefused from error
        except kglite.CypherTimeoutError as error:
            raise QueryTooLong(seconds=f"{timeout:g}") from error
        except (kglite.KgError, ValueError, TypeError) as error:
            raise EngineError(problem=Text(str(error), str(error))) from error

    def hold(self, *, on: bool = True) -> bool:
        """Answer from the contents read by now, or at the next query, even if the file is replaced."""
        self._held = on
        return True

    def close(self) -> None:
        """Forget the file's contents."""
        with self._lock:
            self._session, self._held = None, False

    def _open(self) -> kglite.Session:
        """Return a snapshot of the file, read again if the file has been replaced."""
        with self._lock:
            if self._held and self._session:
                return self._session[1]
            status = self._path.stat()
            signature = (status.st_mtime_ns, status.st_ino, status.st_size)
            if self._session is None or self._session[0] != signature:
                self._session = None
                session = kglite.open_session(str(self._path), columns="memory", topology="memory", verify="eager")
                self._session = (signature, session)
            return self._session[1]

    @property
    def _leftover_prefix(self) -> str:
        return f".{self._path.name}.building-"

    def _remove_leftovers(self) -> None:
        """Remove what a killed build left; a folder that is young may be another process at work."""
        for folder in self._path.parent.glob(f"{self._leftover_prefix}*"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)

    def _cannot_write(self, error: Exception) -> NoReturn:
        number = error.errno if isinstance(error, OSError) else _error_number(str(error))
        if number in DISK_FULL:
            raise NoSpace(path=self._path) from error
        if number in NOT_ALLOWED:
            raise NoPermission(path=self._path) from error
        problem = Text(f"无法写入 {self._path}：{error}", f"cannot write {self._path}: {error}")
        raise EngineError(problem=problem) from error


def _tuples(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    if len(columns) < 2:  # of one name itemgetter gives no tuple
        return [tuple(row[c] for c in columns) for row in rows]
    return list(map(itemgetter(*columns), rows))


def _error_number(message: str) -> int | None:
    """Return the operating system's error number, which kglite has only in its message."""
    found = re.search(r"\(os error (\d+)\)", message)
    return int(found.group(1)) if found else None


def _build(graph: Graph, progress: Progress | None) -> kglite.KnowledgeGraph:
    """Return ``graph`` as a kglite graph in memory.

    Many rows of a kind go in through the bulk loader, at twice the speed; few by ``UNWIND … CREATE``, which needs no
    pandas. So do all rows that the bulk loader would merge.
    """
    built = kglite.KnowledgeGraph()
    total = len(graph.nodes) + len(graph.edges)
    done = 0
    for added in chain(_add_nodes(built, graph), _add_edges(built, graph)):
        done += added
        if progress:
            progress(done, total)
    built.cypher("CREATE (:InnographStamp {id: 'stamp', value: $stamp})", params={"stamp": graph.stamp})
    return built


def _add_nodes(built: kglite.KnowledgeGraph, graph: Graph) -> Iterator[int]:
    """Create the nodes; yield after each batch how many it had."""
    by_labels: defaultdict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in graph.nodes.values():
        by_labels[node.labels].append(node)
    for labels, nodes in by_labels.items():
        if len(nodes) >= BULK_FROM:
            built.add_nodes(_frame(node_columns(nodes)), labels[0], "id", "id", labels=list(labels[1:]) or None)
            yield len(nodes)
            continue
        for batch in batches(nodes):
            rows = [node_values(node) for node in batch]
            # A property that an earlier kind of the same first label lacks is refused inside CREATE, not by SET.
            built.cypher(
                f"UNWIND $rows AS r CREATE (n:{':'.join(labels)} {{id: r.id}}) SET n += r", params={"rows": rows}
            )
            yield len(batch)


def _add_edges(built: kglite.KnowledgeGraph, graph: Graph) -> Iterator[int]:
    """Create the edges; yield after each batch how many it had.

    The bulk loader takes one label for each end, and merges parallel edges in every call but the first for an edge type
    and the label of its source. So of the edges that share these two, those to one label, the most, go in by bulk.
    """
    by_ends: defaultdict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in graph.edges.values():
        # Only through the first label is a node found by its id without a search.
        source, target = graph.nodes[edge.source].labels[0], graph.nodes[edge.target].labels[0]
        by_ends[edge.type, source, target].append(edge)
    begun: set[tuple[str, str]] = set()
    for (edge_type, source, target), edges in sorted(by_ends.items(), key=lambda item: -len(item[1])):
        if len(edges) >= BULK_FROM and (edge_type, source) not in begun:
            begun.add((edge_type, source))
            _add_in_bulk(built, edges, source, target)
            yield len(edges)
            continue
        for batch in batches(edges):
            values = [edge_values(edge) for edge in batch]
            built.cypher(
                f"UNWIND $rows AS r MATCH (a:{source} {{id: r.a}}), (b:{target} {{id: r.b}})"
                f" CREATE (a)-[:{edge_type} {_map('r.p', values)}]->(b)",
                params={"rows": [{"a": e.source, "b": e.target, "p": p} for e, p in zip(batch, values, strict=True)]},
            )
            yield len(batch)


def _add_in_bulk(built: kglite.KnowledgeGraph, edges: list[Edge], source: str, target: str) -> None:
    values = edge_columns(edges)
    ends = {_SOURCE: [edge.source for edge in edges], _TARGET: [edge.target for edge in edges]}
    frame = _frame(values | ends)
    built.add_relationships(frame, edges[0].type, source, _SOURCE, target, _TARGET, columns=list(values))


def _frame(columns: dict[str, list[Any]]) -> pd.DataFrame:
    """Return a table of Python's own values: pandas would make floats of integers with gaps."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


def _map(row: str, rows: list[dict[str, Any]]) -> str:
    """Return a Cypher map of all the properties that ``rows`` have."""
    names = sorted({name for values in rows for name in values})
    return "{" + ", ".join(f"{name}: {row}.{name}" for name in names) + "}"
