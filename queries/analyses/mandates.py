"""Which public body's mandate covers which subject: the bundled table ``data/lookups/functions.yaml``.

Bodies are told apart by level and jurisdiction elsewhere; here only by what they do. 局, 委, 厅 and 办 of one place do the
same (卫健委, 卫健局), and a body that joins two mandates (商务和工信局) has both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from innograph.graph.bodies import identify
from innograph.graph.safe_yaml import LOADER
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.regions import Region

_LEVELS = ("county", "prefecture", "province")
_PARTY = re.compile(r"^党?委(?=..)")
_OFFICE = re.compile(r"[局厅委办部]$")
_JOINED = re.compile(r"[和与、]")


@dataclass(frozen=True, slots=True)
class Function:
    """A subject and the bodies whose mandate covers it.

    Args:
        subject: what it is called.
        words: a task that has one of them speaks of the subject.
        bodies: mandates as ids have them (文旅局), the usual one first.
        levels: the levels of government at which bodies have this mandate.
        valid_from: the first year in which this is so.
        source: the statute or the rules on the body's functions.
    """

    subject: Text
    words: tuple[str, ...]
    bodies: tuple[str, ...]
    levels: tuple[str, ...]
    valid_from: int
    source: str

    def covers(self, mandate: str) -> bool:
        """Whether a body with this mandate has this function.

        Examples:
            >>> tourism = next(f for f in load_functions() if "旅游" in f.words)
            >>> tourism.covers("文旅局"), tourism.covers("教育和文旅局"), tourism.covers("文联")
            (True, True, False)
        """
        return any(_OFFICE.sub("", _PARTY.sub("", body)) in fields_of(mandate) for body in self.bodies)

    def holds(self, level: str, year: int | None) -> bool:
        """Whether it may be expected of a plan of that level and year."""
        return level in self.levels and (year is None or year >= self.valid_from)

    def body_at(self, region: Region) -> str:
        """Return the full name of the usual body in a region.

        Examples:
            >>> from innograph.graph.regions import region_table
            >>> tourism = next(f for f in load_functions() if "旅游" in f.words)
            >>> [tourism.body_at(region_table()[code]) for code in ("652301", "650000", "110000")]
            ['昌吉市文旅局', '新疆维吾尔自治区文旅厅', '北京市文旅局']
        """
        body = self.bodies[0]
        if region.level == "province" and not region.name.endswith("市") and _OFFICE.sub("", body) in _table()[1]:
            body = _OFFICE.sub("厅", body)
        return identify(f"{region.head}{body}").name


def fields_of(mandate: str) -> frozenset[str]:
    """Return what a body does: its mandate without the word for office, whole and in its parts.

    Examples:
        >>> sorted(fields_of("商务和工信局")), sorted(fields_of("委组织部"))
        (['商务', '商务和工信', '工信'], ['组织'])
    """
    whole = _OFFICE.sub("", _PARTY.sub("", mandate))
    return frozenset({whole, *_JOINED.split(whole)} - {""})


def load_functions() -> tuple[Function, ...]:
    """Return the bundled table; what it says and from where stands beside it."""
    return _table()[0]


@cache
def _table() -> tuple[tuple[Function, ...], frozenset[str]]:
    """Return the functions, and the mandates whose bodies are called 厅 in provinces."""
    text = files("innograph").joinpath("data/lookups/functions.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506  # it makes no objects
    return tuple(_function(one) for one in told["functions"]), frozenset(told["called_ting"])


def _function(told: Mapping[str, Any]) -> Function:
    return Function(
        Text(told["subject"]["zh"], told["subject"]["en"]),
        tuple(told["words"]),
        tuple(told["bodies"]),
        tuple(told.get("levels", _LEVELS)),
        told["valid_from"],
        told["source"],
    )
