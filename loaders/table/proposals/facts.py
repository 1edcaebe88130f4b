"""What the values of a column look like."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from innograph.graph.recognition.keys import BadKey, check_key

from ..cells import region_in, type_of
from ..personal import is_personal
from ..values import BadCell, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from innograph.graph.ontology import ValueType
    from innograph.graph.regions import Region

_LOOKED_AT = 40
_SEPARATORS = "、；;"
_BODIES = ("Institute", "Enterprise", "Department")
_LONGEST_NAME = 60
_NEARLY_ALL = 0.8


class Facts:
    """The different values of one column, as far as they are looked at.

    Args:
        cells: its cells.
        home: the region whose 市 or 州 is meant.

    Examples:
        >>> facts = Facts(["甲有限公司", "乙有限公司", ""])
        >>> facts.bodies(), facts.distinct, facts.personal()
        (('Enterprise', 1.0), 1.0, 0.0)
    """

    def __init__(self, cells: Sequence[str], home: Region | None = None) -> None:
        filled = [cell.strip() for cell in cells if cell.strip()]
        self.filled = len(filled)
        self.values = list(dict.fromkeys(filled))[:_LOOKED_AT]
        self.distinct = len(set(filled)) / len(filled) if filled else 0.0
        self.home = home

    def keys(self, scheme: str) -> float:
        """How many of the values are keys that the register can have given, as a share."""
        return self._share(lambda text: bool(check_key(scheme, text)))

    def are(self, value_type: ValueType, unit: str = "") -> float:
        """How many of the values are of that type, as a share."""
        return self._share(lambda text: value_of(text, value_type, unit=unit) is not None)

    def regions(self, kind: str) -> float:
        """How many of the values name a region, as a share."""
        return self._share(lambda text: bool(region_in(text, kind, self.home)))

    def lists(self) -> float:
        """How many of the values have a separator, as a share."""
        return self._share(lambda text: any(mark in text for mark in _SEPARATORS))

    def personal(self) -> float:
        """How many of the values hold a person's number, as a share."""
        return self._share(is_personal)

    def names(self) -> bool:
        """Whether the values can be names: short, nearly all different, and no figures."""
        short = self._share(lambda text: len(text) <= _LONGEST_NAME and any(c.isalpha() for c in text))
        return self.filled > 0 and min(self.distinct, short) >= _NEARLY_ALL

    def bodies(self) -> tuple[str, float]:
        """Which kind of body most of the values are by their form, and their share."""
        counts: Counter[str] = Counter()
        for text in self.values:
            try:
                counts[type_of(text, _BODIES)] += 1
            except BadCell:
                continue
        label, count = counts.most_common(1)[0] if counts else ("", 0)
        return label, count / max(len(self.values), 1)

    def _share(self, holds: Callable[[str], bool]) -> float:
        count = 0
        for text in self.values:
            try:
                count += holds(text)
            except (BadCell, BadKey):
                continue
        return count / len(self.values) if self.values else 0.0
