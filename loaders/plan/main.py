"""Which of a file's plans it is about: one rule for what is loaded, listed and written as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import ParsedPlan, Task


def part_of(plan: ParsedPlan, task: Task) -> str:
    """Return the title a task stands under: that of its table, or of its plan."""
    return task.table or plan.head.title


def main_of(plans: Sequence[ParsedPlan]) -> tuple[ParsedPlan, str]:
    """Return the plan that a file is about, and the part of it: the one that sets the most targets for its tasks.

    A part is the text of a plan, or one of its tables. Where the text of the plan with most tasks holds none itself,
    its tables belong to it.
    """
    largest = max(plans, key=lambda plan: len(plan.tasks))
    counts: dict[tuple[int, str], int] = {}
    for index, plan in enumerate(plans):
        for task in plan.tasks:
            key = (index, part_of(plan, task))
            counts[key] = counts.get(key, 0) + len(task.targets)
    own = (next(index for index, plan in enumerate(plans) if plan is largest), largest.head.title)
    if own not in counts:
        return largest, largest.head.title
    index, title = max(counts, key=lambda key: (counts[key], key == own))
    return plans[index], title
