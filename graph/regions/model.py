"""What a region is: its code, its names, its level, and what it lies within."""

from __future__ import annotations

from dataclasses import dataclass

# From the largest to the smallest, each tree for itself: a division's nation, a NUTS region's country.
LEVELS = ("nation", "province", "prefecture", "county", "country", "nuts1", "nuts2", "nuts3")


@dataclass(frozen=True, slots=True)
class Region:
    """A division of China (GB/T 2260), the nation itself, another country (ISO 3166), or a European region (NUTS).

    Args:
        code: the code of its register.
        name: the full name.
        short: the name documents use (昌吉州).
        level: one of ``LEVELS``.
        parent: the code of what it lies within; empty for a country, and for a province, whose nation is understood.
    """

    code: str
    name: str
    short: str
    level: str
    parent: str

    @property
    def head(self) -> str:
        """The name at the head of a body's name: 湖北省 (科技厅), but 昌吉州 (科技局)."""
        return self.name if self.level == "province" else self.short


# GB/T 2260's code for the whole; 国务院 and 中共中央 act for it: the home of national documents.
NATION = Region(code="100000", name="中华人民共和国", short="", level="nation", parent="")
