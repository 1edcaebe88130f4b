"""What every graph engine offers: hold exactly one assembled graph, and answer questions about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from ..records import Graph

Progress = Callable[[int, int], None]
"""Is called with how many records are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query.

    Values are of the same Python types on every engine: ``str``, ``int``, ``float``, ``bool``, ``datetime.date``,
    ``list`` and ``None``.

    Examples:
        >>> Rows(("name", "tasks"), [("市科技局", 4)]).dicts()
        [{'name': '市科技局', 'tasks': 4}]
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """Return each row as a dictionary."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Store(Protocol):
    """A projection of the assembled graph into an engine; it can be thrown away and rebuilt at any time.

    A store is a context manager: leaving the ``with`` block closes it. Its queries may run in several threads at once.
    """

    engine: str
    derived: Path | None = None
    """The file in which queries may keep what they made of the graph; ``None`` where nothing is to be kept."""
    day: dt.date | None = None
    """The day whose graph it is; ``None`` for that of today."""

    def stamp(self) -> str | None:
        """Return the :attr:`Graph.stamp` of the graph the engine holds; ``None`` if it holds no whole graph."""
        ...

    def sync(self, graph: Graph, progress: Progress | None = None) -> None:
        """Make the engine hold exactly ``graph``. May be repeated; the stamp is set last.

        If another sync of the same workspace starts meanwhile, on a server, that one wins and this one stops.

        Args:
            graph: the graph; all ends of its edges are among its nodes.
            progress: told after each batch.

        Raises:
            EngineError: the graph was not written, or not completely: :meth:`stamp` will not be the graph's.
            NoSpace: the disk is full.
            NoPermission: the engine's file may not be written.
        """
        ...

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 30.0,
        limit: int | None = None,
    ) -> Rows:
        """Answer a read-only query from this workspace's graph and nothing else.

        Args:
            cypher: portable Cypher; it returns values, not whole nodes. It calls no procedures and reads no files.
            parameters: the values of its ``$parameters``.
            timeout: seconds after which the engine stops it.
            limit: keep only so many rows, the first.

        Returns:
            Its columns and rows.

        Raises:
            WriteRefused: it would write.
            QueryTooLong: it took longer than ``timeout``.
            EngineError: the engine does not understand it, or cannot answer; or it asks for more than the graph.
        """
        ...

    def hold(self, *, on: bool = True) -> bool:  # noqa: ARG002  # those that can have a body of their own
        """Answer from the graph held now until told otherwise, even if another is put in its place.

        Args:
            on: false ends it.

        Returns:
            Whether this engine can; a server's graph changes for all who read it.
        """
        return False

    def close(self) -> None:
        """Let go of the engine; closing twice is harmless."""
        ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
