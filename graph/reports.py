"""What happened to a workspace, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .issues import Issue
    from .ledger import Change, Source
    from .settings import Settings


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading one file did.

    Args:
        change: what became of it.
        source: the file as the ledger holds it.
        title: what it is.
        counts: how many things it names, by node type.
        issues: all its problems.
        dangling: how many of its edges speak of things that no source loaded so far states.
    """

    change: Change
    source: Source
    title: str
    counts: Mapping[str, int]
    issues: Sequence[Issue]
    dangling: int = 0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What the engine holds after a build; ``rebuilt`` is false where it was up to date."""

    engine: str
    nodes: int
    edges: int
    rebuilt: bool


@dataclass(frozen=True, slots=True)
class Status:
    """What a workspace holds.

    Args:
        folder: where it is.
        settings: from its ``innograph.toml``.
        id: sets its nodes apart in a shared database.
        sources: what is loaded, in the order of loading.
        store: the engine's address.
        up_to_date: whether the embedded engine's file fits the ledger.
        issues: the problems of all sources, each with its source's name.
    """

    folder: Path
    settings: Settings
    id: str
    sources: Sequence[Source]
    store: str
    up_to_date: bool
    issues: Sequence[tuple[str, Issue]]
