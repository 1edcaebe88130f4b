"""What people decided about who is who: kept for ever, with date and author, and withdrawn rather than deleted.

Of the judgements about one pair at most one stands. Those that stand never contradict each other: what would is
refused, with the judgements that speak against it.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ..text import Text
from .codec import storable
from .connect import transaction
from .failures import explained
from .judgement_files import moment_text, read_judgements, write_judgements
from .judgement_intake import Conflict, Imported, take_in
from .judgement_rules import BadJudgement, Contradiction, NoJudgement, check_judgement, now, refuse_contradiction
from .judgement_table import JudgementTable
from .standing import Judgement, Standing, Verdict, in_order

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Generator
    from pathlib import Path

    from .judgement_files import Form

__all__ = [
    "BadJudgement",
    "Conflict",
    "Contradiction",
    "Imported",
    "Judgement",
    "Judgements",
    "NoJudgement",
    "Undone",
    "Verdict",
]

_TICK = dt.timedelta(microseconds=1)


class Undone(NamedTuple):
    """A judgement taken back and, where it had replaced one about the same pair, that one, which stands again."""

    judgement: Judgement
    restored: Judgement | None


class Judgements:
    """The judgements of one ledger; each change is one transaction, or a part of the one that is open.

    Args:
        file: the ledger, for messages.
        connection: open on it.
        changed: notes in the ledger that it changed, so that engines are made anew.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from innograph.graph.ledger import Ledger
        >>> with Ledger.open(Path(tempfile.mkdtemp()) / "ledger.sqlite", create=True) as ledger:
        ...     judged = ledger.judgements.judge("Industry:煤炭", "Industry:煤炭产业", Verdict.SAME, author="reviewer")
        ...     print(judged.pair, ledger.judgements.standing() == [judged])
        ...     print(ledger.judgements.undo_last("reviewer").judgement.stands, ledger.judgements.standing())
        ('Industry:煤炭', 'Industry:煤炭产业') True
        False []
    """

    def __init__(self, file: Path, connection: sqlite3.Connection, changed: Callable[[], None]) -> None:
        self._table = JudgementTable(file, connection)
        self._changed = changed

    # --- changes

    def judge(self, left: str, right: str, verdict: Verdict, note: str = "", *, author: str) -> Judgement:
        """Decide whether two nodes are the same; a former judgement about them is withdrawn.

        Deciding again exactly what stands, by the same author with the same note, changes nothing.

        Raises:
            BadJudgement: they cannot be judged, such as a region and a company.
            Contradiction: judgements about other pairs say otherwise.
            LedgerLocked: another process is writing.
            NoSpace: the disk is full.
            NoPermission: the ledger may not be written.
        """
        left, right = in_order(storable(left), storable(right))
        judgement = Judgement(0, left, right, verdict, storable(note), storable(author).strip(), now())
        check_judgement(judgement)
        with self._writing():
            standing = Standing(self.standing())
            former = standing.on(*judgement.pair)
            if former and (former.verdict, former.note, former.author) == (verdict, judgement.note, judgement.author):
                return former
            standing.remove(judgement.pair)
            refuse_contradiction(standing, judgement, self._table.called)
            if former:
                later = max(judgement.decided_at, former.decided_at + _TICK)  # a clock may go back
                judgement = replace(judgement, decided_at=later)
                self._table.withdraw(former, later)
            self._changed()
            return self._table.insert(judgement)

    def withdraw(self, which: tuple[str, str] | int) -> Judgement:
        """Let a judgement stand no longer; it stays in the history.

        Args:
            which: the ids of a pair in either order, or the number of a judgement.

        Returns:
            The judgement, withdrawn.

        Raises:
            NoJudgement: none of them stands.
        """
        with self._writing():
            found = self._table.one(which)
            withdrawn = self._table.withdraw(found, max(now(), found.decided_at))
            self._changed()
            return withdrawn

    def undo(self, number: int) -> Undone:
        """Take back a judgement as if it had not been made: one that it replaced stands again.

        One that it replaced stays withdrawn where it would contradict what was decided since.

        Raises:
            NoJudgement: it does not stand.
        """
        with self._writing():
            withdrawn = self.withdraw(number)
            replaced = self._table.query(
                "WHERE left_id = ? AND right_id = ? AND withdrawn_at = ? AND id <> ? ORDER BY decided_at DESC LIMIT 1",
                *(*withdrawn.pair, moment_text(withdrawn.decided_at), withdrawn.id),
            )
            if not replaced or Standing(self.standing()).against(*replaced[0].pair, replaced[0].verdict):
                return Undone(withdrawn, None)
            self._table.connection.execute("UPDATE judgement SET withdrawn_at = NULL WHERE id = ?", (replaced[0].id,))
            return Undone(withdrawn, self._table.one(replaced[0].id))

    def undo_last(self, author: str) -> Undone:
        """Take back the latest judgement of ``author`` that stands, see :meth:`undo`.

        Raises:
            NoJudgement: none of theirs stands.
        """
        with self._writing():
            last = self._table.query(
                "WHERE author = ? AND withdrawn_at IS NULL ORDER BY decided_at DESC, id DESC", author
            )
            if not last:
                raise NoJudgement(name=Text(f"{author} 作出", f"by {author}"))
            return self.undo(last[0].id)

    def take_in(self, file: str, data: bytes) -> Imported:
        """Take in a file that :meth:`export` wrote, with its dates and authors; again, and nothing changes.

        Where it says otherwise about a pair than what stands, the later decision stands. A judgement that was
        withdrawn here stays so.

        Args:
            file: its name, for messages.
            data: its bytes.

        Raises:
            InputError: it is no such file.
        """
        rows, problems = read_judgements(file, data)
        with self._writing():
            imported = take_in(self._table, rows, problems)
            if imported.new or imported.withdrawn:
                self._changed()
            return imported

    # --- questions

    def standing(self) -> list[Judgement]:
        """Return the judgements that stand, in the order in which they were decided."""
        return self._table.query("WHERE withdrawn_at IS NULL ORDER BY decided_at, id")

    def history(self, pair: tuple[str, str] | None = None) -> list[Judgement]:
        """Return all judgements, or those about a pair in either order, as they were decided."""
        if pair is None:
            return self._table.query("ORDER BY decided_at, id")
        return self._table.about(pair)

    def export(self, form: Form) -> str:
        """Return the whole history as the text of a CSV file or of JSON lines."""
        return write_judgements(self.history(), form, self.name)

    def name(self, node: str) -> str:
        """Return what sources call a node, in the surest one's words; empty if none says."""
        return self._table.name(node)

    @contextmanager
    def _writing(self) -> Generator[None]:
        with explained(self._table.file), transaction(self._table.connection, "BEGIN IMMEDIATE"):
            yield
