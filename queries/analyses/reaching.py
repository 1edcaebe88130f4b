"""What questions about the reach to institutes of a grade share: which these are, and how far each body is from one."""

from __future__ import annotations

import re
import unicodedata
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


NATIONAL = "国家级"
"""The grade that is asked for where none is named."""
_SAME = {NATIONAL: "national", "national": NATIONAL}
_PIECES = re.compile(r"[、，,;；/|()\n]")
_DENIED = re.compile(r"非|non|not\b")


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
    goals = sorted(network.bodies.index[own] for own, *words in rows if any(says(one, grade) for one in words if one))
    mask = np.zeros(len(network.bodies.ids), dtype=np.bool_)
    mask[goals] = True
    return Reach(np.array(goals, dtype=np.int64), steps_to(network.partners, mask))


def says(words: str, grade: str) -> bool:
    """Whether words in a roster say that an institute is of a grade; 国家级 and “national” are the same.

    A part that begins with 非 or “non” says that it is not, unless that is what is asked for.

    Args:
        words: a grade, level or kind as a roster has it.
        grade: what is asked for.

    Examples:
        >>> says("省部级、国家级", "国家级"), says("National", "国家级"), says("双一流", "一流")
        (True, True, True)
        >>> says("非国家级", "国家级"), says("international", "国家级"), says("非国家级", "非国家级")
        (False, False, True)
    """
    asked = _folded(grade)
    pieces = [piece.strip() for piece in _PIECES.split(_folded(words))]
    meant = [piece for piece in pieces if _DENIED.match(asked) or not _DENIED.match(piece)]
    return any(_has(piece, one) for one in (asked, _SAME.get(asked)) if one for piece in meant)


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold().strip()


def _has(piece: str, asked: str) -> bool:
    """Whether a piece has the words asked for: English ones from the beginning of a word on."""
    if asked[0].isascii() and asked[0].isalpha():
        return re.search(rf"(?<![a-z]){re.escape(asked)}", piece) is not None
    return bool(sought := plain(asked)) and sought in plain(piece)


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
