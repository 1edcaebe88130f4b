"""Which pairs of names are worth comparing: not all, because fifty thousand names have more than a thousand million.

Two names are compared that share rare parts, or of which the one may abbreviate the other.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import nsmallest
from typing import TYPE_CHECKING

from .abbreviations import endings_of
from .weighing import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .forms import Form
    from .weighing import Weights

# A part that more names have brings nobody together.
_COMMON = 150
_RAREST = 14
_NEAREST = 10
_LEAST_SHARE = 0.4
_LONGEST_ABBREVIATION = 9


def near_pairs(forms: Sequence[Form], weights: Weights) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share rare parts, each at most twice.

    Args:
        forms: the names, each once, in an order that does not depend on the input's.
        weights: of their parts.
    """
    rare = [_rarest(form, weights) for form in forms]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for at, parts in enumerate(rare):
        for part in parts:
            having[part].append(at)
    own = [sum(map(weights.of, parts)) for parts in rare]
    for at, parts in enumerate(rare):
        shared: dict[int, float] = {}
        for part in parts:
            weight = weights.of(part)
            for other in having[part]:
                shared[other] = shared.get(other, 0.0) + weight
        shared.pop(at, None)
        enough = [(-w, o) for o, w in shared.items() if w >= _LEAST_SHARE * min(own[at], own[o])]
        for _, other in nsmallest(_NEAREST, enough) if len(enough) > _NEAREST else enough:
            yield (at, other) if at < other else (other, at)


def _rarest(form: Form, weights: Weights) -> list[str]:
    parts = [part for part in dict.fromkeys(parts_of(form)) if 1 < weights.count(part) <= _COMMON]
    return nsmallest(_RAREST, parts, key=lambda part: (weights.count(part), part))


def abbreviated_pairs(forms: Sequence[Form]) -> Iterator[tuple[int, list[int]]]:
    """Yield each name that may be an abbreviation, with the names that may be meant.

    Args:
        forms: the names, each once.
    """
    short = [at for at, form in enumerate(forms) if form.han and 1 < len(form.text) <= _LONGEST_ABBREVIATION]
    wanted = {_bounds(forms[at].text) for at in short}
    long: defaultdict[tuple[str, str, str], set[int]] = defaultdict(set)
    for at, form in enumerate(forms):
        for text in endings_of(form.text) if form.han else ():
            for middle in {*text[1:-1], ""}:
                if (key := (text[0], middle, text[-1])) in wanted:
                    long[key].add(at)
    for at in short:
        text = forms[at].text
        found = sorted(long.get(_bounds(text), ()))
        yield at, [other for other in found if other != at and len(forms[other].text) > len(text)]


def _bounds(text: str) -> tuple[str, str, str]:
    """The first, a middle and the last character, which the full name has too."""
    return text[0], text[len(text) // 2] if len(text) > 2 else "", text[-1]
