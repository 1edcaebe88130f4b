"""Tasks of one plan and what is nearest to them in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .task_likeness import Likeness, Reasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .task_profiles import Task

LEAST = 0.15
"""Tasks of two plans that are less alike share everyday words only; one plan's own share less, see ``similar_tasks``."""

NOTHING = Reasons([], [], [], [])


class Match(NamedTuple):
    """Tasks of two plans, how alike they are, and why; ``known`` says whether that is enough to be counterparts."""

    task: Task
    other: Task
    score: float
    reasons: Reasons
    known: bool


def matches(tasks: Sequence[Task], others: Sequence[Task], least: float) -> list[list[Match]]:
    """Return for each task the tasks of other plans, the nearest first.

    Two are counterparts if they are alike at least so much and for a reason, or have one name.

    Args:
        tasks: of one plan.
        others: of another plan, or of several.
        least: how alike counterparts are at least.
    """
    likeness = Likeness([*tasks, *others])
    found: list[list[Match]] = []
    for at, task in enumerate(tasks):
        near: list[Match] = []
        for number, other in enumerate(others, start=len(tasks)):
            score = float(likeness.scores[at, number])
            same = task.name == other.name
            if score > 0 or same:
                reasons = likeness.reasons(at, number) if score >= least or same else None
                known = same or (reasons is not None and bool(reasons))
                near.append(Match(task, other, score, reasons or NOTHING, known))
        near.sort(key=lambda match: (not match.known, -round(match.score, 9), match.other.plan_name, match.other.id))
        found.append(near)
    return found
