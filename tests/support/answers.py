"""Answers as tests compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from innograph import Workspace


def dicts(workspace: Workspace, question: str, **given: Any) -> list[dict[str, Any]]:
    """Return the rows of an answer; each has its proof."""
    rows = workspace.answer(question, given).dicts()
    assert all(row["evidence"] and row["quote"] and row["place"] for row in rows)
    return rows


def remarks(workspace: Workspace, question: str, **given: Any) -> str:
    """Return the remarks on an answer, in English."""
    return " ".join(remark.en for remark in workspace.answer(question, given).remarks)
