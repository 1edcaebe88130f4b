"""What people decided about findings: confirmed, dismissed or open again, with a note, and kept for ever.

Findings are worked out anew each time; their ids stay as long as the evidence behind them is the same. So a decision
waits in the ledger until its finding comes back.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..text import Text
from .codec import storable
from .connect import transaction
from .failures import explained

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_COLUMNS = "finding, state, note, author, decided_at"


class State(StrEnum):
    """What a planner decided about a finding."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


STATE_WORDS = {
    State.OPEN: Text("待核", "open"),
    State.CONFIRMED: Text("已确认", "confirmed"),
    State.DISMISSED: Text("已排除", "dismissed"),
}


class BadDecision(UsageError):
    """A decision that lacks its reason or its author."""

    code = "bad-decision"
    text = Text("不能这样处理发现：{problem}", "This finding cannot be decided so: {problem}")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a finding.

    Args:
        finding: the finding's id.
        state: what was decided.
        note: why.
        author: who decided.
        decided_at: when, in UTC.
    """

    finding: str
    state: State
    note: str
    author: str
    decided_at: dt.datetime


class Triage:
    """The decisions in one ledger.

    They change no graph, so engines stay up to date.

    Args:
        file: the ledger, for messages.
        connection: open on it.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from innograph.graph.ledger import Ledger
        >>> with Ledger.open(Path(tempfile.mkdtemp()) / "ledger.sqlite", create=True) as ledger:
        ...     _ = ledger.triage.decide("3f9a0c12ab", State.DISMISSED, "已有联席会议", author="planner")
        ...     _ = ledger.triage.decide("3f9a0c12ab", State.OPEN, author="planner")
        ...     print(ledger.triage.current()["3f9a0c12ab"].state, len(ledger.triage.history("3f9a0c12ab")))
        open 2
    """

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self._file = file
        self._connection = connection

    def decide(self, finding: str, state: State, note: str = "", *, author: str) -> Decision:
        """Decide about a finding; what stood before stays in the history.

        Args:
            finding: its id.
            state: what it is from now on.
            note: why; needed to dismiss it.
            author: who decides.

        Raises:
            BadDecision: it is dismissed without a reason, or nobody decides.
            LedgerLocked: another process is writing.
            NoSpace: the disk is full.
            NoPermission: the ledger may not be written.
        """
        author, note = storable(author).strip(), storable(note).strip()
        if not author:
            raise BadDecision(problem=Text("没有写明是谁", "nobody is named who decides"))
        if state is State.DISMISSED and not note:
            problem = Text("排除时请写明理由（--note）", "give the reason why it is dismissed (--note)")
            raise BadDecision(problem=problem)
        made = Decision(storable(finding), state, note, author, dt.datetime.now(dt.UTC))
        with self._writing():
            self._connection.execute(
                f"INSERT INTO triage ({_COLUMNS}) VALUES (?,?,?,?,?)",  # noqa: S608
                (made.finding, made.state.value, made.note, made.author, made.decided_at.isoformat()),
            )
        return made

    def current(self) -> dict[str, Decision]:
        """Return the decision that stands about each finding, by the finding's id."""
        return {decision.finding: decision for decision in self._query("")}

    def history(self, finding: str) -> list[Decision]:
        """Return all decisions about a finding, the first one first."""
        return self._query("WHERE finding = ?", storable(finding))

    @contextmanager
    def _writing(self) -> Generator[None]:
        with explained(self._file), transaction(self._connection, "BEGIN IMMEDIATE"):
            yield

    def _query(self, where: str, *values: object) -> list[Decision]:
        with explained(self._file):
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM triage {where} ORDER BY id", values)  # noqa: S608
            return [_decision(row) for row in rows]


def _decision(row: tuple[Any, ...]) -> Decision:
    finding, state, note, author, decided_at = row
    try:
        return Decision(finding, State(state), note, author, dt.datetime.fromisoformat(decided_at))
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(f"unreadable decision: {error}") from error
