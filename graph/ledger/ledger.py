"""The ledger: a SQLite file that holds what every source says, with its evidence and its problems.

It is the source of truth: the graph and the engines are made from it and can be thrown away.

Safety. Every change is one transaction, in WAL mode with ``synchronous = FULL``: when a call returns, its change
outlives ``kill -9`` and a loss of power; when it does not return, the ledger is as before. One process writes at a
time; others read the state before it meanwhile.
"""

from __future__ import annotations

from contextlib import contextmanager
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ..errors import Ambiguous, LedgerDamaged, NothingFound
from ..text import Text
from .codec import encode, storable
from .connect import connect, transaction
from .failures import explained
from .judgements import Judgements
from .rows import (
    ASSERTION_COLUMNS,
    SOURCE_COLUMNS,
    Change,
    EvidenceRecord,
    IssueRecord,
    Kind,
    NewSource,
    Recorded,
    Row,
    Source,
    Stated,
    assertion_row,
    encode_place,
    evidence_of,
    first_cell,
    issue_of,
    issues_by_severity,
    source_cells,
    source_of,
    stated_of,
)
from .triage import Triage

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from ..issues import Issue
    from ..records import Assertion

_KIND = Text("来源文件", "source file")
_SHORTEST_HASH = 6  # characters by which a source may be named
_PREFIX_LIMIT = 20

_Record = TypeVar("_Record")


class Ledger:
    """What all sources of a workspace say. Open it with :meth:`open`; use it from the thread that opened it.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from innograph.graph.records import Evidence, NodeAssertion
        >>> said = NodeAssertion("Region", "Region:652301", {"name": "昌吉市"}, Evidence("昌吉市"))
        >>> file = NewSource("sources/plan.txt", "plan.txt", "ab" * 32, 9, "plan", "1")
        >>> with Ledger.open(Path(tempfile.mkdtemp()) / "ledger.sqlite", create=True) as ledger:
        ...     print(ledger.record(file, [said], []).change, ledger.record(file, [said], []).change)
        ...     print(ledger.evidence("Region:652301")[0].quote)
        added unchanged
        昌吉市
    """

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self._connection = connection

    @classmethod
    def open(cls, file: Path, *, create: bool = False) -> Self:
        """Open a ledger and bring it up to this program's version.

        One that cannot be written, in a folder that cannot either, is opened for reading.

        Args:
            file: the ledger.
            create: make it if it does not exist.

        Raises:
            WorkspaceError: one of those that :func:`~innograph.graph.ledger.connect.connect` names.
        """
        return cls(file, connect(file, create=create))

    def close(self) -> None:
        """Close the file; the ledger cannot be used after this."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- its state

    @property
    def workspace(self) -> str:
        """The workspace's id: twelve hexadecimal digits, made with the ledger and never changed."""
        return self._meta("workspace")

    @property
    def generation(self) -> int:
        """How many changes the ledger has seen."""
        return int(self._meta("generation"))

    @property
    def state(self) -> str:
        """A random word, new with every change: unlike the generation it does not come back with an old backup."""
        return self._meta("state")

    # --- transactions

    @contextmanager
    def writing(self) -> Generator[None]:
        """Make all changes inside the ``with`` block one change, and keep other processes from writing meanwhile.

        Raises:
            LedgerLocked: another process is writing.
            NoSpace: the disk is full; the ledger is as before.
            NoPermission: the ledger may not be written.
        """
        with explained(self.file), transaction(self._connection, "BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Generator[None]:
        """Read one state of the ledger inside the ``with`` block, whatever other processes write meanwhile."""
        with explained(self.file), transaction(self._connection, "BEGIN"):
            yield

    # --- changes

    def record(self, source: NewSource, assertions: Iterable[Assertion], issues: Iterable[Issue]) -> Recorded:
        """Record what a file says in place of what it said before; see :meth:`record_rows`."""
        return self.record_rows(source, map(assertion_row, assertions), issues)

    def record_rows(self, source: NewSource, rows: Iterable[Row], issues: Iterable[Issue]) -> Recorded:
        """Record what a file says in place of what it said before.

        Args:
            source: the file.
            rows: what it says, taken one by one; not touched when nothing needs to be written.
            issues: its problems, asked for after the last assertion.

        Returns:
            ``UNCHANGED`` if this content was recorded by this loader already, ``DUPLICATE`` if a new file has the
            content of another one that was read in the same way (nothing is written in both cases), ``REPLACED`` or ``ADDED``.

        Raises:
            LedgerLocked: another process is writing.
            NoSpace: the disk is full.
            NoPermission: the ledger may not be written.
            Exception: what ``rows`` raises. In every case the ledger is as before.
        """
        with self.writing():
            known = self._sources("WHERE origin = ?", storable(source.origin))
            if known and _same(known[0], source):
                return Recorded(Change.UNCHANGED, known[0])
            twins = self._sources("WHERE sha256 = ?", source.sha256)
            twins = [twin for twin in twins if _same(twin, source)]
            if twins and not known:
                return Recorded(Change.DUPLICATE, twins[0])
            source_id = self._replace(known[0], source) if known else self._add(source)
            self._connection.executemany(
                # Nothing but constants of this package goes into the statement.
                f"INSERT INTO assertion (source_id, {ASSERTION_COLUMNS}) VALUES (?, ?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
                ((source_id, *row) for row in rows),
            )
            self._connection.executemany(
                "INSERT INTO issue (source_id, code, place, quote, details) VALUES (?,?,?,?,?)",
                ((source_id, i.code, encode_place(i.place), storable(i.quote), encode(i.values)) for i in issues),
            )
            self._changed()
            change = Change.REPLACED if known else Change.ADDED
            return Recorded(change, self._sources("WHERE id = ?", source_id)[0])

    def forget(self, source_id: int) -> Source:
        """Remove a source and what it says; what other sources say too stays.

        Args:
            source_id: :attr:`Source.id`.

        Returns:
            The source as it was.

        Raises:
            NothingFound: there is no such source.
            LedgerLocked: another process is writing.
            NoSpace: the disk is full.
            NoPermission: the ledger may not be written.
        """
        with self.writing():
            known = self._sources("WHERE id = ?", source_id)
            if not known:
                raise self._no_source(str(source_id))
            self._connection.execute("DELETE FROM source WHERE id = ?", (source_id,))
            self._changed()
            return known[0]

    def _add(self, source: NewSource) -> int:
        row = self._connection.execute(
            """INSERT INTO source (origin, name, sha256, size, loader, loader_version, loaded_at, position)
            VALUES (?,?,?,?,?,?,?, (SELECT COALESCE(MAX(position), 0) + 1 FROM source)) RETURNING id""",
            source_cells(source),
        ).fetchone()
        return int(row[0])

    def _replace(self, known: Source, source: NewSource) -> int:
        self._connection.execute("DELETE FROM assertion WHERE source_id = ?", (known.id,))
        self._connection.execute("DELETE FROM issue WHERE source_id = ?", (known.id,))
        self._connection.execute(
            """UPDATE source SET (origin, name, sha256, size, loader, loader_version, loaded_at) = (?,?,?,?,?,?,?)
            WHERE id = ?""",
            (*source_cells(source), known.id),
        )
        if known.sha256 != source.sha256:
            self._connection.execute(
                "UPDATE source SET position = (SELECT MAX(position) + 1 FROM source) WHERE id = ?", (known.id,)
            )
        return known.id

    def _changed(self) -> None:
        self._connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
        self._connection.execute("UPDATE meta SET value = lower(hex(randomblob(4))) WHERE key = 'state'")

    @property
    def judgements(self) -> Judgements:
        """What people decided about who is who."""
        return Judgements(self.file, self._connection, self._changed)

    @property
    def triage(self) -> Triage:
        """What people decided about findings."""
        return Triage(self.file, self._connection)

    # --- questions

    def sources(self) -> list[Source]:
        """Return all sources in the order of their positions."""
        with self.snapshot():
            return self._sources("")

    def find_source(self, text: str) -> Source:
        """Return the source that ``text`` names: its origin, its name, or the first six or more digits of its hash.

        Raises:
            NothingFound: no source is meant.
            Ambiguous: several may be.
        """
        known, wanted = self.sources(), storable(text)
        matches = [s for s in known if s.origin == wanted] or [s for s in known if s.name == wanted]
        if not matches and len(text) >= _SHORTEST_HASH:
            matches = [s for s in known if s.sha256.startswith(text.lower())]
        if not matches:
            raise self._no_source(text)
        if len(matches) > 1:
            near = "、".join(s.origin for s in matches)
            raise Ambiguous(name=text, count=len(matches), kind=_KIND, near=near)
        return matches[0]

    def issues(self, source_id: int | None = None) -> list[IssueRecord]:
        """Return the problems of one source, or of all, in the order they were found."""
        where, values = ("", ()) if source_id is None else ("WHERE s.id = ?", (source_id,))
        rows = self._rows(
            issue_of,
            f"""SELECT s.id, s.name, s.origin, i.code, i.place, i.quote, i.details
            FROM issue i JOIN source s ON s.id = i.source_id {where} ORDER BY s.position, i.id""",  # noqa: S608
            *values,
        )
        return list(rows)

    def evidence(self, subject: str) -> list[EvidenceRecord]:
        """Return what speaks for a node or an edge: the surest first, then by file, then as it stands in the file.

        Args:
            subject: the id of the node or edge. What is said of a node's edges is no evidence for the node.

        Returns:
            The evidence; none if nobody says it.
        """
        rows = self._rows(
            evidence_of,
            """SELECT s.name, s.origin, a.type, a.quote, a.place, a.confidence, a.properties
            FROM assertion a JOIN source s ON s.id = a.source_id
            WHERE a.subject = ? ORDER BY a.confidence DESC, s.origin, a.id""",
            subject,
        )
        return list(rows)

    def assertions(self, kind: Kind | None = None) -> Iterator[Stated]:
        """Yield everything that is said, as it was recorded.

        Do not change the ledger through this object before the iterator is used up.

        Args:
            kind: only of nodes, or of edges.
        """
        known = {source.id: source for source in self.sources()}
        where = f"WHERE kind = '{kind}'" if kind else ""
        # By subject, each row would have to be looked up far from the last.
        return self._rows(
            partial(stated_of, known),
            f"SELECT source_id, {ASSERTION_COLUMNS} FROM assertion {where} ORDER BY id",  # noqa: S608
        )

    def said_by(self, source_id: int) -> Iterator[tuple[str, str, str]]:
        """Yield type, subject and properties, as they are written, of everything that a source says."""
        return self._rows(
            lambda row: (str(row[0]), str(row[1]), str(row[2])),
            "SELECT type, subject, properties FROM assertion WHERE source_id = ? ORDER BY id",
            source_id,
        )

    def counts(self, source_id: int) -> dict[str, int]:
        """Return how many different things of each node type a source names, by type."""
        rows = self._rows(
            lambda row: (str(row[0]), int(row[1])),
            """SELECT type, COUNT(DISTINCT subject) FROM assertion
            WHERE source_id = ? AND kind = 'node' GROUP BY type ORDER BY type""",
            source_id,
        )
        return dict(rows)

    def dangling(self, source_id: int) -> int:
        """Return how many edges a source states of which an end is stated by no source at all."""
        things = "SELECT subject FROM assertion WHERE kind = 'node'"
        rows = self._rows(
            lambda row: int(row[0]),
            f"""SELECT COUNT(DISTINCT subject) FROM assertion WHERE source_id = ? AND kind = 'edge'
            AND (from_id NOT IN ({things}) OR to_id NOT IN ({things}))""",  # noqa: S608
            source_id,
        )
        return next(rows)

    def ends_of(self, edge_type: str) -> Iterator[tuple[str, str]]:
        """Yield source and target of every edge of ``edge_type`` that is stated."""
        return self._rows(
            lambda row: (row[0], row[1]),
            "SELECT from_id, to_id FROM assertion WHERE kind = 'edge' AND type = ? ORDER BY id",
            edge_type,
        )

    def prefix_search(self, text: str) -> list[str]:
        """Return the ids of nodes and edges that start with ``text``, in order, at most twenty."""
        rows = self._rows(
            first_cell,
            "SELECT DISTINCT subject FROM assertion WHERE subject >= ? AND subject < ? ORDER BY subject LIMIT ?",
            text,
            text + "\U0010ffff",
            _PREFIX_LIMIT,
        )
        return list(rows)

    # --- plumbing

    def _rows(self, read: Callable[[tuple[Any, ...]], _Record], statement: str, *values: object) -> Iterator[_Record]:
        with explained(self.file):
            yield from map(read, self._connection.execute(statement, values))

    def _meta(self, key: str) -> str:
        for value in self._rows(first_cell, "SELECT value FROM meta WHERE key = ?", key):
            return value
        raise LedgerDamaged(file=self.file, problem=Text(f"缺少 {key}", f"it lacks its {key}"))

    def _sources(self, where: str, *values: object) -> list[Source]:
        counts = self._rows(tuple[Any, ...], "SELECT source_id, code, COUNT(*) FROM issue GROUP BY 1, 2")
        issues = issues_by_severity(counts)
        rows = self._rows(
            lambda row: source_of(row, issues.get(row[0], {})),
            f"""SELECT {SOURCE_COLUMNS}, (SELECT COUNT(*) FROM assertion WHERE source_id = source.id)
            FROM source {where} ORDER BY position""",  # noqa: S608
            *values,
        )
        return list(rows)

    def _no_source(self, text: str) -> NothingFound:
        names = [source.name for source in self.sources()]
        near = get_close_matches(text, names, n=3, cutoff=0.3) or names[:3]
        return NothingFound(name=text, kind=_KIND, near="、".join(near) or "—")


def _same(known: Source, source: NewSource) -> bool:
    return (known.sha256, known.loader, known.loader_version) == (source.sha256, source.loader, source.loader_version)
