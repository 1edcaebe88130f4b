"""Whether a name abbreviates another: its characters stand in the other in order, and every word keeps one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .weighing import Weights

_LEGAL_END = re.compile(r"(?:股份|集团股份|\(集团\)股份)?有限公司$")
# What an abbreviation keeps of the last word: 大学 is 大 (理工大), 委员会 is 委.
_LAST_WORDS = (("大学", "大"), ("委员会", "委"), ("办公室", "办"), ("联合会", "联"), ("集团", "集团"))
_LEVELS = "省市州县区"
_BY_LENGTH = {2: 0.5, 3: 0.75}
_LONG = 0.85
_LONGEST_GAP = 3
_LONGEST_LAST_GAP = 5
_PER_CHARACTER = 0.05
# How common a pair of characters is that is a word, and how much commoner one that shows where the next word begins.
_WORD = 100
_SURELY = 3
_SELDOM = 2


def endings_of(text: str) -> list[str]:
    """Return the forms of a full name whose last character an abbreviation may end in.

    Examples:
        >>> endings_of("甲乙大学"), endings_of("甲乙股份有限公司")
        (['甲乙大学', '甲乙大'], ['甲乙股份有限公司', '甲乙'])
    """
    found = [text]
    bare = _LEGAL_END.sub("", text)
    if bare != text and len(bare) > 1:
        found.append(bare)
    for word, kept in _LAST_WORDS:
        if kept != word and text.endswith(word) and len(text) > len(word):
            found.append(text[: -len(word)] + kept)
    return found


def abbreviates(short: str, full: str, weights: Weights) -> float:
    """Return how well ``short`` abbreviates ``full``, both in normal form: 0 not at all, 1 beyond doubt.

    北京大学 does not abbreviate 北京工业大学: a whole word is missing, and not the rest of each.

    Args:
        short: the shorter name.
        full: the longer one.
        weights: of pairs of characters, which say where words begin.
    """
    scores = [_fit(short, ending, weights) for ending in endings_of(full)]
    return max(scores, default=0.0)


def _fit(short: str, full: str, weights: Weights) -> float:
    if len(short) >= len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return 0.0
    places = _places_in(short, full)
    if places is None:
        return 0.0
    score = _BY_LENGTH.get(len(short), _LONG)
    for before, after in pairwise(places):
        gap = full[before + 1 : after]
        if not gap or gap in _LEVELS:
            continue
        if not _is_rest(full, before, after, weights):
            return 0.0
        score -= _PER_CHARACTER * (len(gap) - 1)
    return max(score, 0.0)


def _places_in(short: str, full: str) -> list[int] | None:
    """Where the characters of ``short`` stand in ``full``, each as early as can be, the last at the end."""
    places: list[int] = []
    at = 0
    for character in short[:-1]:
        at = full.find(character, at, len(full) - 1) + 1
        if not at:
            return None
        places.append(at - 1)
    return [*places, len(full) - 1]


def _is_rest(full: str, before: int, after: int, weights: Weights) -> bool:
    """Whether what stands between two kept characters is the rest of the word that the first one begins.

    It is none where it begins a word itself. Before the last character more may be left out: 工科院 is 工程科学技术研究院,
    理化所 is 理化技术研究所.
    """
    gap = full[before + 1 : after]
    joined = weights.common(full[before : before + 2])
    at_end = after == len(full) - 1 and len(gap) <= _LONGEST_LAST_GAP
    if at_end and (joined >= _WORD or (len(gap) > 1 and weights.common(gap[-2:]) >= _WORD)):
        return True
    following = weights.common(full[after - 1 : after + 1])
    if len(gap) > _LONGEST_GAP or following > _SURELY * joined or _SELDOM < joined <= min(following, _WORD):
        return False
    return all(weights.common(gap[at : at + 2]) <= joined for at in range(len(gap) - 1))
