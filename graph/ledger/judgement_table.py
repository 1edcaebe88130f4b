"""The ledger's table of judgements: rows in and out, inside the transactions of :class:`.judgements.Judgements`."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..text import Text
from .codec import decode, storable
from .failures import explained
from .judgement_files import moment_text
from .judgement_rules import NoJudgement
from .standing import Judgement, Verdict, in_order

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = "id, left_id, right_id, verdict, note, author, decided_at, withdrawn_at"


class JudgementTable:
    """Reads and writes judgements as they are told, and nothing more.

    Args:
        file: the ledger, for messages.
        connection: open on it.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self.connection = connection

    def query(self, where: str, *values: object) -> list[Judgement]:
        """Return the judgements that a clause of this package selects."""
        with explained(self.file):
            rows = self.connection.execute(f"SELECT {_COLUMNS} FROM judgement {where}", values)  # noqa: S608
            return [_judgement(row) for row in rows]

    def one(self, which: tuple[str, str] | int) -> Judgement:
        """Return the judgement of that number or about that pair that stands.

        Raises:
            NoJudgement: there is none.
        """
        if isinstance(which, int):
            found = self.query("WHERE id = ? AND withdrawn_at IS NULL", which)
            name = Text(f"编号为 {which} ", f"numbered {which}")
        else:
            found = [judgement for judgement in self.about(which) if judgement.stands]
            one, other = (self.called(storable(node)) for node in which)
            name = Text(f"关于 {one} 与 {other} ", f"on {one} and {other}")
        if not found:
            raise NoJudgement(name=name)
        return found[0]

    def about(self, pair: tuple[str, str]) -> list[Judgement]:
        """Return the history of a pair, given in either order."""
        left, right = in_order(*(storable(node) for node in pair))
        return self.query("WHERE left_id = ? AND right_id = ? ORDER BY decided_at, id", left, right)

    def insert(self, judgement: Judgement) -> Judgement:
        """Add a judgement; return it with its number."""
        moments = (judgement.decided_at, judgement.withdrawn_at)
        row = self.connection.execute(
            """INSERT INTO judgement (left_id, right_id, verdict, note, author, decided_at, withdrawn_at)
            VALUES (?,?,?,?,?,?,?) RETURNING id""",
            (
                *judgement.pair,
                judgement.verdict.value,
                judgement.note,
                judgement.author,
                *(moment_text(moment) if moment else None for moment in moments),
            ),
        ).fetchone()
        return replace(judgement, id=int(row[0]))

    def withdraw(self, judgement: Judgement, at: dt.datetime) -> Judgement:
        """Note since when a judgement no longer stands; return it so."""
        statement = "UPDATE judgement SET withdrawn_at = ? WHERE id = ?"
        self.connection.execute(statement, (moment_text(at), judgement.id))
        return replace(judgement, withdrawn_at=at)

    def name(self, node: str) -> str:
        """Return what sources call a node, in the surest one's words; empty if none says."""
        with explained(self.file):
            rows = self.connection.execute(
                "SELECT properties FROM assertion WHERE subject = ? AND kind = 'node' ORDER BY confidence DESC, id",
                (node,),
            )
            names = (decode(properties).get("name") for (properties,) in rows)
            return next((str(name) for name in names if name), "")

    def called(self, node: str) -> str:
        """Return a node's name and id for messages."""
        name = self.name(node)
        return f"{name}（{node}）" if name else node

    def is_stated(self, node: str) -> bool:
        """Whether any source states the node."""
        return bool(self.connection.execute("SELECT 1 FROM assertion WHERE subject = ? LIMIT 1", (node,)).fetchone())


def _judgement(row: tuple[Any, ...]) -> Judgement:
    number, left, right, verdict, note, author, decided_at, withdrawn_at = row
    try:
        withdrawn = dt.datetime.fromisoformat(withdrawn_at) if withdrawn_at else None
        decided = dt.datetime.fromisoformat(decided_at)
        return Judgement(number, left, right, Verdict(verdict), note, author, decided, withdrawn)
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(f"unreadable judgement: {error}") from error
