"""How much lies with few: the Herfindahl-Hirschman index, and how what several share is credited."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

Unit = TypeVar("Unit", bound="Hashable")


def herfindahl(weights: Iterable[float]) -> float:
    """Return the Herfindahl-Hirschman index of what each of several holds: the sum of the squared shares.

    1 means that one holds everything; n equal holders give 1/n, the least that is possible.

    Args:
        weights: what each holds, in any unit; shares are made here.

    Returns:
        The index, above 0 and at most 1. (Competition authorities state it with shares in per cent: 10,000 times this.)

    Raises:
        ValueError: nothing is held, or a weight is negative or not finite.

    Examples:
        The four firms in the Horizontal Merger Guidelines of the US Department of Justice (1997, section 1.5), an index of
        2,600:

        >>> round(herfindahl([30, 30, 20, 20]), 3)
        0.26
        >>> herfindahl([1, 1, 1, 1])
        0.25

    References:
        A. O. Hirschman, The Paternity of an Index, American Economic Review 54 (1964); O. C. Herfindahl, Concentration in
        the Steel Industry (1950).
    """
    held = list(weights)
    if any(not (math.isfinite(weight) and weight >= 0) for weight in held):
        raise ValueError("a weight is negative or not finite")
    largest = max(held, default=0.0)
    if largest == 0:
        raise ValueError("nothing is held")
    scaled = [weight / largest for weight in held]  # the squares of very small or very large weights stay numbers
    return math.fsum(weight * weight for weight in scaled) / math.fsum(scaled) ** 2


def equal_credit(groups: Iterable[Collection[Unit]]) -> dict[Unit, float]:
    """Return what each unit is credited with if each group counts 1, shared equally by its members.

    Args:
        groups: the members of each group; an empty one credits nobody.

    Returns:
        The credit of each unit that is in a group, in the order in which they first occur; they add up to the number of
        groups that have members.

    Examples:
        >>> equal_credit([["a"], ["a", "b"], []])
        {'a': 1.5, 'b': 0.5}

    References:
        Fractional counting: D. Lindsey, Production and Citation Measures in the Sociology of Science, Social Studies of
        Science 10 (1980).
    """
    parts: defaultdict[Unit, list[float]] = defaultdict(list)
    for group in groups:
        for unit in dict.fromkeys(group):
            parts[unit].append(1 / len(set(group)))
    return {unit: math.fsum(some) for unit, some in parts.items()}
