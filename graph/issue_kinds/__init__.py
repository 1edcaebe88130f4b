"""The kinds of problems that an input may have: the one list of their codes."""

from __future__ import annotations

from .documents import DOCUMENT_KINDS
from .kind import IssueKind, Severity
from .tables import TABLE_KINDS

__all__ = ["ISSUE_KINDS", "IssueKind", "Severity"]

ISSUE_KINDS: dict[str, IssueKind] = {kind.code: kind for kind in (*DOCUMENT_KINDS, *TABLE_KINDS)}
"""Every kind by its code."""
