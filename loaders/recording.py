"""Records what a file says and keeps a copy of it: both, or neither."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from innograph.graph.errors import SamePlan
from innograph.graph.text import Text
from innograph.graph.without_cycles import without_cycles

from .loading import PLAN_LOADER

if TYPE_CHECKING:
    from pathlib import Path

    from innograph.graph.ledger import Archive, Ledger, NewSource, Recorded

    from .loading import Told

_TASKS_COMPARED = 50


def record_file(file: Path, new: NewSource, told: Told, ledger: Ledger, archive: Archive) -> Recorded:
    """Record what a file says in place of what it said before, and keep a copy.

    A copy whose load was interrupted, and which therefore no source refers to, goes with the next file.

    Args:
        file: the file.
        new: the same, as the ledger knows it.
        told: what it says.
        ledger: takes it.
        archive: takes the copy.

    Raises:
        SamePlan: another file of the same plan is loaded.
        LedgerLocked: another process is writing.
        NoSpace: the disk is full.
        NoPermission: the ledger or the folder of copies may not be written.
        InnographError: what is raised while the rows are taken. In every case the ledger is as before.
    """
    with ledger.writing():
        held = {source.sha256 for source in ledger.sources()}
        archive.settle(held)
        if new.sha256 not in held and told.loader == PLAN_LOADER:
            told.rows = list(told.rows)
            _refuse_same_plan(new, told, ledger)
        with without_cycles():
            recorded = ledger.record_rows(new, told.rows, told.issues)
        suffixes = file.suffixes[-2:] if file.suffix == ".gz" else file.suffixes[-1:]
        archive.keep(file, new.sha256, "".join(suffixes), pending=True)
    archive.confirm(new.sha256)
    return recorded


def _refuse_same_plan(new: NewSource, told: Told, ledger: Ledger) -> None:
    """Two versions of one plan in the graph would make two leads of one, and 30 and 45 of one target."""
    edges = (subject for _, type_, subject, *_ in told.rows if type_ == "HAS_TASK")
    for edge in islice(edges, _TASKS_COMPARED):
        other = next((e for e in ledger.evidence(str(edge)) if e.origin != new.origin), None)
        if other:
            problem = Text(
                f"《{told.title}》已由 {other.origin} 载入", f"《{told.title}》 is loaded already, from {other.origin}"
            )
            hint = Text(
                f"若这是新版，先执行 innograph unload {other.source}，再载入；"
                "若要并存对照，载入时写明版次，如 --edition 征求意见稿",
                f"If this is a new version, run innograph unload {other.source} first;"
                " to keep and compare both, say which one this is, such as --edition 征求意见稿",
            )
            raise SamePlan(file=new.name, problem=problem, hint=hint)
