"""What questions about the reach to institutes of a grade share: which these are, and how far each body is from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from innograph.graph.identity import plain
from innograph.graph.text import Text

from ..measures.gaps import steps_to
from .pairing import share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..measures.gaps import Steps
    from ..network import Network


class Reach(NamedTuple):
    """The institutes that count, by number, and how far every body is from the nearest."""

    goals: NDArray[np.int64]
    steps: Steps


def reach_of(store: Store, network: Network, grade: str) -> Reach:
    """Return how far every body is from the nearest institute of a grade.

    Args:
        store: the engine.
        network: the bodies and their ties.
        grade: words in the institute's grade, level or kind.
    """
    rows = store.query(
        "MATCH (o:Organisation:Institute) WHERE o.grade IS NOT NULL OR o.level IS NOT NULL OR o.kind IS NOT NULL"
        " RETURN o.id AS id, o.grade AS grade, o.level AS level, o.kind AS kind ORDER BY id"
    ).rows
    wanted = plain(grade).casefold()
    goals = sorted(network.bodies.index[own] for own, *words in rows if _says(words, wanted))
    mask = np.zeros(len(network.bodies.ids), dtype=np.bool_)
    mask[goals] = True
    return Reach(np.array(goals, dtype=np.int64), steps_to(network.partners, mask))


def _says(words: list[str | None], wanted: str) -> bool:
    return any(wanted in plain(one).casefold() for one in words if one)


def counted(reach: Reach, asked: NDArray[np.bool_], grade: str) -> list[Text]:
    """Return the remarks on how many enterprises reach an institute.

    Args:
        reach: the institutes and steps.
        asked: for each body, whether it is an enterprise that is asked for.
        grade: as it was given.
    """
    number, steps = int(asked.sum()), reach.steps.distance[asked]
    if not len(reach.goals):
        return [
            Text(
                f"没有级别、办学层次或类别为“{grade}”的高校院所，所以谁也到不了。请在名册的级别栏写明，或换一种写法。",
                f"No institute has “{grade}” in its grade, level or kind, so nobody reaches one. State it in the roster's "
                "column of grades, or ask for other words.",
            )
        ]
    near, two, far = int((steps == 1).sum()), int((steps == 2).sum()), int((steps > 2).sum())
    return [
        Text(
            f"“{grade}”高校院所{len(reach.goals)}家。{number}家企业：直接合作{near}家（{share(near, number)}），"
            f"两步{two}家（{share(two, number)}），更远{far}家，到不了{number - near - two - far}家。",
            f"Institutes that are “{grade}”: {len(reach.goals)}. Of {number} enterprises, partners of one: {near} "
            f"({share(near, number)}); two steps away: {two} ({share(two, number)}); farther: {far}; reaching none: "
            f"{number - near - two - far}.",
        )
    ]
