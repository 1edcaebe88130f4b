"""Takes the judgements of a file into the ledger: idempotent, and of two decisions about a pair the later one stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..text import Text, use_language
from .codec import storable
from .judgement_files import RowProblem
from .judgement_rules import BadJudgement, Contradiction, check_judgement, refuse_contradiction
from .standing import Judgement, Standing, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .judgement_files import JudgementRow
    from .judgement_table import JudgementTable


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row of a file and the judgement that stood about its pair and said otherwise; the later decision won."""

    row: int
    stood: Judgement
    stated: Judgement
    file_won: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking in a file did.

    Args:
        new: how many judgements the ledger did not hold.
        same: how many it held.
        withdrawn: how many it held that stood, and that the file says were withdrawn.
        conflicts: rows that said otherwise than what stood.
        problems: rows that were not taken in, by number.
        unknown: ids that no source states: a slip of the pen, or of files not loaded yet.
    """

    new: int
    same: int
    withdrawn: int
    conflicts: tuple[Conflict, ...]
    problems: tuple[RowProblem, ...]
    unknown: tuple[str, ...]


def take_in(table: JudgementTable, rows: Iterable[JudgementRow], unread: Iterable[RowProblem]) -> Imported:
    """Take in the rows of a file, inside a transaction.

    Args:
        table: of the ledger.
        rows: what the file states.
        unread: what is wrong with its other rows.
    """
    rows, problems = list(rows), list(unread)
    intake = _Intake(table)
    # What was withdrawn first: it stands in the way of nothing.
    for row in sorted(rows, key=lambda r: (r.judgement.stands, r.judgement.decided_at, r.row)):
        try:
            intake.take(row)
        except (BadJudgement, Contradiction) as error:
            problems.append(RowProblem(row.row, _both_languages(error)))
    problems.sort(key=lambda problem: problem.row)
    ids = sorted({storable(node) for row in rows for node in row.judgement.pair})
    unknown = tuple(node for node in ids if not table.is_stated(node))
    return Imported(intake.new, intake.same, intake.withdrawn, tuple(intake.conflicts), tuple(problems), unknown)


class _Intake:
    """Takes in the rows of a file, one by one, inside a transaction."""

    def __init__(self, table: JudgementTable) -> None:
        self.new = self.same = self.withdrawn = 0
        self.conflicts: list[Conflict] = []
        self._table = table
        self._known = {_identity(judgement): judgement for judgement in table.query("")}
        self._standing = Standing(table.query("WHERE withdrawn_at IS NULL"))

    def take(self, row: JudgementRow) -> None:
        """Take in one row.

        Raises:
            BadJudgement: it judges what cannot be judged.
            Contradiction: judgements about other pairs say otherwise.
        """
        stated = _storable(row.judgement)
        check_judgement(stated)
        known = self._known.get(_identity(stated))
        if known:
            self._take_known(known, stated)
            return
        if stated.stands:
            stated = self._settled(row.row, stated)
        self.new += 1
        self._keep(self._table.insert(stated))

    def _take_known(self, known: Judgement, stated: Judgement) -> None:
        if known.stands and stated.withdrawn_at:
            self.withdrawn += 1
            self._keep(self._table.withdraw(known, stated.withdrawn_at))
        else:
            self.same += 1

    def _settled(self, row: int, stated: Judgement) -> Judgement:
        """Return ``stated`` as it will be kept, having withdrawn what it replaces."""
        stood = self._standing.on(*stated.pair)
        if stood and stood.decided_at >= stated.decided_at:
            self._note_conflict(row, stood, stated, file_won=False)
            return replace(stated, withdrawn_at=stood.decided_at)
        self._standing.remove(stated.pair)
        try:
            refuse_contradiction(self._standing, stated, self._table.called)
        except Contradiction:
            if stood:
                self._standing.add(stood)
            raise
        if stood:
            self._note_conflict(row, stood, stated, file_won=True)
            self._keep(self._table.withdraw(stood, stated.decided_at))
        return stated

    def _note_conflict(self, row: int, stood: Judgement, stated: Judgement, *, file_won: bool) -> None:
        if stood.verdict is not stated.verdict:
            self.conflicts.append(Conflict(row, stood, stated, file_won))

    def _keep(self, judgement: Judgement) -> None:
        self._known[_identity(judgement)] = judgement
        if judgement.stands:
            self._standing.add(judgement)
        else:
            stood = self._standing.on(*judgement.pair)
            if stood and stood.id == judgement.id:
                self._standing.remove(judgement.pair)


def _identity(judgement: Judgement) -> tuple[object, ...]:
    """Return what makes two records one judgement; it may have been withdrawn in one place and not in the other."""
    return (*judgement.pair, judgement.verdict, judgement.note, judgement.author, judgement.decided_at)


def _storable(stated: Judgement) -> Judgement:
    """Return a judgement as :meth:`.judgements.Judgements.judge` would have kept it."""
    left, right = in_order(storable(stated.left), storable(stated.right))
    return replace(stated, left=left, right=right, note=storable(stated.note), author=storable(stated.author).strip())


def _both_languages(error: BadJudgement | Contradiction) -> Text:
    with use_language("zh"):
        zh = str(error)
    with use_language("en"):
        return Text(zh, str(error))
