"""Which tasks are alike, and why: the phrases, indicators and named things that both have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..measures.similarity import containment, cosines, shared_phrases, terms, weighted

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .task_profiles import Mention, Proof, Task

ENOUGH = 8
"""So many characters must be in the phrases that two tasks share, or they only happen to use a common word."""
NEARLY_ALL = 0.8
"""With so much of its words in another task of its plan, a task is that one's breakdown."""
_PHRASE = 3
_MOST = 99
_SHOWN = 5


@dataclass(frozen=True)
class Reasons:
    """Why two tasks are alike.

    Args:
        phrases: what is written in both, the rarest words first.
        indicators: names of the indicators that both measure.
        things: names of what both name.
        proofs: the sentences of both that hold the phrases, and the targets and mentions.
    """

    phrases: list[str]
    indicators: list[str]
    things: list[str]
    proofs: list[Proof]

    def __bool__(self) -> bool:
        return bool(self.indicators or self.things) or sum(map(len, self.phrases)) >= ENOUGH


class Likeness:
    """How alike tasks are, each with each.

    Each task is a bag of pairs of characters, those of the title twice; an indicator or a named thing counts like a word
    that occurs once. See :func:`~innograph.queries.measures.similarity.weighted` for the weights.

    Args:
        tasks: all that are compared; what is rare depends on them.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks
        self._weights = weighted([_bag(task) for task in tasks], [task.plan for task in tasks])
        self.scores: NDArray[np.float64] = cosines(self._weights)

    def reasons(self, one: int, other: int) -> Reasons:
        """Return why two tasks are alike.

        Args:
            one: number of a task.
            other: number of another.
        """
        here, there = self.tasks[one], self.tasks[other]
        phrases = shared_phrases(here.text, there.text, self._weights[one], _MOST)
        phrases = [phrase for phrase in phrases if len(phrase) >= _PHRASE]
        indicators, targets = _both(here.targets, there.targets)
        things, named = _both(here.named, there.named)
        said = [proof for task in (here, there) for proof in _sentences(task, phrases[:_SHOWN])]
        return Reasons(phrases, indicators, things, [*said, *targets, *named])


def is_breakdown(task: Task, whole: Task) -> bool:
    """Whether a task is a part of another, told once more in another section of the plan, such as an annex (分解、附表).

    Args:
        task: a task.
        whole: the one of which it may be a part.

    Examples:
        >>> from .task_profiles import Proof, Task
        >>> quote = "建设智慧物流云平台，联动云平台用户数超10万"
        >>> whole = Task("a", "智慧物流", "p", "", "p", Proof("a", "", ""), section="任务", actions=[Proof("b", quote, "")])
        >>> part = Task("c", "联动云平台用户数", "p", "", "p", Proof("c", "", ""), section="附表")
        >>> is_breakdown(part, whole), is_breakdown(whole, part)
        (True, False)
    """
    elsewhere = task.plan == whole.plan and task.section != whole.section
    return elsewhere and containment(terms(task.text), terms(whole.text)) >= NEARLY_ALL


def _bag(task: Task) -> Counter[str]:
    bag = terms(task.text)
    bag.update(terms(task.name))
    for own in {fact.id for fact in (*task.targets, *task.named)}:
        bag[own] = 1
    return bag


def _both(here: Sequence[Mention], there: Sequence[Mention]) -> tuple[list[str], list[Proof]]:
    """Return the names of what both have, and the proofs of both sides."""
    common = {one.id for one in here} & {one.id for one in there}
    some = [one for one in (*here, *there) if one.id in common]
    return list(dict.fromkeys(one.name for one in some)), [one.proof for one in some]


def _sentences(task: Task, phrases: Sequence[str]) -> list[Proof]:
    """Return the heading if it holds a phrase, and the first sentence that holds each."""
    found: list[Proof] = []
    for phrase in phrases:
        holders = (p for p in (task.proof, *task.actions) if phrase in p.quote.casefold())
        found += [holder for holder in [next(holders, None)] if holder]
    return list(dict.fromkeys(found))
