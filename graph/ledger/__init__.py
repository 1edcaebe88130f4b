"""The ledger, where everything that any source says is kept with its evidence, and the archive of source files."""

from .archive import Archive
from .ledger import Ledger
from .rows import Change, EvidenceRecord, IssueRecord, NewSource, Recorded, Source, Stated

__all__ = [
    "Archive",
    "Change",
    "EvidenceRecord",
    "IssueRecord",
    "Ledger",
    "NewSource",
    "Recorded",
    "Source",
    "Stated",
]
