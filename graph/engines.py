"""Keeps a workspace's engines in step with its ledger: assembles the graph when it is asked for, and no oftener."""

from __future__ import annotations

import contextlib
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from .assemble import assemble, current_stamp
from .confined import Ended, Fault, confined
from .days import DayNotReady, may_make_day, teller_of_days
from .deadline import check_deadline
from .errors import EngineError, GraphChanged, QueryTooLarge, QueryTooLong
from .joined import Origins, read_joined, write_joined
from .recognition.aliases import read_aliases
from .search_text import search_text
from .stores import open_store
from .stores.opening import EMBEDDED, query_file
from .text import Text
from .validity import day_stamp, graph_on, recipe_on
from .without_cycles import without_cycles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator, Mapping, Sequence
    from pathlib import Path

    from .ledger import Ledger
    from .ontology import Ontology
    from .recognition.aliases import Alias
    from .records import Graph
    from .regions import Region
    from .stores import Progress, Rows, Store

_MEMORY = 3 * 1024**3
_STARTING = 10.0
"""Seconds for the child to start and open the graph."""
_GRAPH, _GRAPH_ON, _DERIVED, _ALIASES = "graph.kgl", "graph@", "graph.network", "aliases.csv"
_JOINED = "graph.joined"
_DAYS_KEPT = 3
"""Of so many days a copy of the graph is kept."""


def import_ahead() -> None:
    """Import what making a large graph needs and other work does not, while there is time for it."""
    search_text(["昌吉"])
    import_module("pandas")


class Engines:
    """The engine of a workspace, and embedded copies of its graph as it was on other days.

    Args:
        folder: of the workspace; the embedded engine's files and the table of aliases lie there.
        ledger: what the sources say.
        ontology: the types.
        home: the region of the workspace.
        address: of the engine, see :func:`~innograph.graph.stores.opening.open_store`.
    """

    def __init__(self, folder: Path, ledger: Ledger, ontology: Ontology, home: Region | None, address: str) -> None:
        self.address = address
        self._folder = folder
        self._ledger = ledger
        self._ontology = ontology
        self._home = home
        self._opened: dict[str, Store] = {}
        self._graph: Graph | None = None
        self._held = False
        self._origins: tuple[str, Origins] | None = None

    def close(self) -> None:
        """Let go of the engines."""
        for store in self._opened.values():
            store.close()
        self._opened.clear()

    @property
    def embedded(self) -> bool:
        """Whether the graph is in a file of the workspace, not on a server."""
        return self.address == EMBEDDED

    def aliases(self) -> Sequence[Alias]:
        """Return the workspace's own table of aliases, if it has one."""
        file = self._folder / _ALIASES
        return read_aliases(file) if file.is_file() else ()

    def stamp(self) -> str:
        """Return the stamp of an engine that is up to date."""
        return current_stamp(self._ledger, self._ontology, self._home, self.aliases())

    def graph(self, progress: Progress | None = None) -> Graph:
        """Return the assembled graph; ``progress`` is told how far it is where it has to be assembled."""
        stamp = self.stamp()
        if self._graph is None or self._graph.stamp != stamp:
            self._graph = assemble(self._ledger, self._ontology, self._home, self.aliases(), progress)
        return self._graph

    def origins(self, subject: str) -> tuple[str, ...]:
        """Return the ids under which sources speak of a node or edge; the graph is assembled only if need be."""
        stamp = self.stamp()
        if self._origins is None or self._origins[0] != stamp:
            file = self._folder / _JOINED
            known = read_joined(file, stamp)
            if known is None:
                known = dict(self.graph().origins)
                write_joined(file, stamp, known)
            self._origins = (stamp, known)
        return self._origins[1].get(subject, (subject,))

    def refresh(self, progress: Progress | None = None, *, force: bool = False) -> bool:
        """Bring the engine up to date where it is not, and return whether it was written.

        Args:
            progress: told how far the writing is.
            force: write even if it seems to be up to date.

        Raises:
            EngineError: the engine cannot be reached or written.
            GraphChanged: inside :meth:`held`, another process has changed what a server holds.
        """
        store = self._today()
        stale = force or store.stamp() != self.stamp()
        if stale and self._held:
            raise GraphChanged
        if stale:
            for made in (self._folder / _DERIVED, *self._folder.glob(f"{_GRAPH_ON}*")):
                with contextlib.suppress(OSError):  # what was taken back must not stay in it
                    made.unlink()
            with without_cycles():
                store.sync(self.graph(), progress)
            write_joined(self._folder / _JOINED, self.graph().stamp, self.graph().origins)
        return stale

    @contextlib.contextmanager
    def held(self) -> Generator[None]:
        """Read one state of ledger and graph inside the ``with`` block, whatever other processes load meanwhile.

        Where the engine is a server, a change of its graph is noticed: :meth:`refresh` then raises ``GraphChanged``.
        """
        with self._ledger.snapshot():
            self.refresh()
            while self._today().hold() and self._today().stamp() != self.stamp():
                self._let_go()  # replaced between the two
                self.refresh()
            self._held = True
            try:
                yield
            finally:
                self._held = False
                self._let_go()

    def _let_go(self) -> None:
        for store in self._opened.values():
            store.hold(on=False)

    def store(self) -> Store:
        """Return the engine as it is, if what is to be asked of it is still wanted.

        Raises:
            TookTooLong: see :func:`~innograph.graph.deadline.deadline`.
        """
        check_deadline()
        return self._today()

    def _today(self) -> Store:
        """Return the engine; what is made of its graph is kept in the workspace, whichever engine it is."""
        store = self._open(self.address, _GRAPH)
        store.derived = self._folder / _DERIVED
        return store

    def store_on(self, day: dt.date) -> Store:
        """Return the embedded engine with the graph of that day, whichever engine holds the graph of today.

        Where it has to be made, :func:`~innograph.graph.days.told_of_days` says how far it is: first of what the
        sources say how much is assembled, then of the nodes and edges of that day how many are written.

        Raises:
            DayNotReady: inside :func:`~innograph.graph.days.ready_days_only`, it would have to be made first.
            TookTooLong: see :func:`~innograph.graph.deadline.deadline`.
        """
        check_deadline()
        name = f"{_GRAPH_ON}{day.isoformat()}.kgl"
        store = self._open("kglite", name)
        store.day = day
        if store.stamp() != day_stamp(self.stamp(), day):
            if not may_make_day():
                raise DayNotReady(day.isoformat(), recipe_on(day, self._ontology, self._home))
            progress = teller_of_days()
            with without_cycles():
                store.sync(graph_on(self.graph(progress), day), progress)
            self._remove_old_days()
        self._close_old_days()
        if self._held:
            store.hold()
        return store

    def _remove_old_days(self) -> None:
        """Keep the files of the days that were made last."""
        with contextlib.suppress(OSError):  # another process may be removing or reading them; they are only copies
            files = sorted(self._folder.glob(f"{_GRAPH_ON}*.kgl"), key=lambda file: file.stat().st_mtime)
            for old in files[:-_DAYS_KEPT]:
                old.unlink()

    def _close_old_days(self) -> None:
        """Keep in memory the graphs of the days that were asked for last, whoever made them."""
        dated = [key for key in self._opened if f" {_GRAPH_ON}" in key]
        for key in dated[:-_DAYS_KEPT]:
            self._opened.pop(key).close()

    def query_freely(
        self, query: str, parameters: Mapping[str, Any] | None, *, timeout: float, limit: int | None
    ) -> Rows:
        """Answer a query that a user wrote, see :meth:`Store.query`.

        The embedded engine answers it in a process of its own: what fills the memory or does not heed the time ends there.

        Raises:
            QueryTooLong: it took too long.
            QueryTooLarge: it took too much memory.
            EngineError: the engine does not understand it, or it asks for more than the graph.
        """
        if not self.embedded:
            return self.store().query(query, parameters, timeout=timeout, limit=limit)
        given = (self._folder / _GRAPH, query, dict(parameters or {}), timeout, limit)
        try:
            (rows,) = confined(query_file, given, seconds=timeout + _STARTING, memory=_MEMORY)
        except Ended as ended:
            raise (QueryTooLong(seconds=f"{timeout:g}") if ended.late else QueryTooLarge) from None
        except Fault as fault:
            raise EngineError(problem=Text(str(fault), str(fault))) from None
        return cast("Rows", rows)

    def embedded_is_up_to_date(self) -> bool:
        """Whether the embedded engine's file holds the graph of the ledger; no server is asked."""
        with open_store("kglite", file=self._folder / _GRAPH, workspace=self._ledger.workspace) as local:
            return local.stamp() == self.stamp()

    def _open(self, address: str, name: str) -> Store:
        key = f"{address} {name}"
        found = self._opened.pop(key, None)  # so that they stand in the order in which they were asked for
        self._opened[key] = found or open_store(address, file=self._folder / name, workspace=self._ledger.workspace)
        return self._opened[key]
