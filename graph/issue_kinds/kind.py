"""What a kind of problem is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..text import Text


class Severity(StrEnum):
    """How much an issue matters: an error lost something, a warning is doubtful, info is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class IssueKind:
    """One kind of problem; ``text`` says what, ``hint`` says what to do."""

    code: str
    severity: Severity
    text: Text
    hint: Text
