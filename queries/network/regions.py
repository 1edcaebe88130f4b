"""Regions: what each lies within, and which region of a level a place counts with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from innograph.graph.regions import NATION, region_by_code, relative_level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .things import Things

LEVELS = ("country", "province", "prefecture", "county")
"""The levels at which regions are compared, the largest first."""
_RANKS = {"nation": 0, "country": 0, "province": 1, "nuts1": 1, "prefecture": 2, "nuts2": 2, "county": 3, "nuts3": 3}
_HIGHEST = 6


class Regions(NamedTuple):
    """Regions with code, level, what each lies within (-1: nothing known), and how far it is from home (a code, or None).

    Examples:
        >>> import numpy as np
        >>> from innograph.queries.network import Things
        >>> things = Things.of([("Region:100000", "China"), ("Region:650000", "Xinjiang"), ("Region:652300", "Changji"),
        ...     ("Region:810000", "Hong Kong"), ("Region:KZ", "Kazakhstan")])
        >>> levels = ["nation", "province", "prefecture", "province", "country"]
        >>> codes = [own.partition(":")[2] for own in things.ids]
        >>> regions = Regions(things, codes, levels, np.array([-1, 0, 1, 0, -1]), [None] * 5)
        >>> [things.names[regions.at(region, "country")] for region in range(5)]
        ['China', 'China', 'China', 'Hong Kong', 'Kazakhstan']
        >>> [things.names[regions.at(region, "prefecture")] for region in range(5)]
        ['China', 'Xinjiang', 'Changji', 'Hong Kong', 'Kazakhstan']
    """

    things: Things
    codes: Sequence[str]
    levels: Sequence[str]
    parents: NDArray[np.int64]
    relative: Sequence[str | None]

    def above(self, region: int) -> list[int]:
        """Return a region and all that it lies within, the smallest first.

        Args:
            region: its number.
        """
        found = [region]
        while (parent := int(self.parents[found[-1]])) >= 0 and len(found) < _HIGHEST and parent not in found:
            found.append(parent)
        return found

    def at(self, region: int, level: str) -> int:
        """Return the region that a place counts with at ``level``, or -1 where its own level is unknown.

        That is the region of this level in which it lies. Where there is none because the place lies directly in a larger
        one (a city directly under its province), the largest that is not above the level; where all that is known of the
        place is larger, it counts with that. Hong Kong, Macao and Taiwan are customs territories of their own, as ISO 3166
        and the trade statistics count them.

        Args:
            region: number of the place.
            level: one of :data:`LEVELS`.
        """
        known = [one for one in self._in_one_territory(region) if self.levels[one] in _RANKS]
        fitting = [one for one in known if self._rank(one) >= _RANKS[level]]
        return (fitting[-1:] or known[:1] or [-1])[0]

    def nested(self, one: int, other: int) -> bool:
        """Whether of two different regions one lies within the other.

        Args:
            one: number of a region.
            other: number of another.
        """
        return one != other and (other in self._in_one_territory(one) or one in self._in_one_territory(other))

    def surely_apart(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each two places whether they are surely different: known, not the same, and neither within the other.

        Args:
            ones: numbers of places, -1 where none is known.
            others: the same.
        """
        known = np.minimum(ones, others) >= 0
        return np.logical_and(known & np.not_equal(ones, others), ~self.unsure(ones, others))

    def unsure(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each two places whether one lies within the other, so that nobody can say if they are the same.

        Args:
            ones: numbers of places, -1 where none is known.
            others: the same.
        """
        count = max(len(self.things.ids), 1)
        known = (ones >= 0) & (others >= 0) & (ones != others)
        keys = np.where(known, ones * count + others, -1)
        nested = [int(key) for key in np.unique(keys[known]) if self.nested(*divmod(int(key), count))]
        return np.isin(keys, nested)

    def larger(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each place whether another of them lies within it: whether it may be the same, nobody can say.

        Args:
            places: numbers of places, -1 where none is known.
        """
        around = {above for one in np.unique(places[places >= 0]).tolist() for above in self._in_one_territory(one)[1:]}
        return np.isin(places, sorted(around))

    def _in_one_territory(self, region: int) -> list[int]:
        """Return a region and what it lies within, up to the border of its customs territory."""
        around = self.above(region)
        border = next((at for at, one in enumerate(around) if self._beyond_the_border(one)), len(around))
        return around[: border + 1]

    def _rank(self, region: int) -> int:
        return 0 if self._beyond_the_border(region) else _RANKS[self.levels[region]]

    def _beyond_the_border(self, region: int) -> bool:
        if self.levels[region] != "province":
            return False
        known = region_by_code(self.codes[region])
        return known is not None and relative_level(known, NATION) == "abroad"
