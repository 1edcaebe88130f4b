"""Tables of one thing by another, each cell shaded by its figure: industries by institutes, regions by regions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text
from innograph.visualize.pictures.gathered import home_at
from innograph.visualize.pictures.sankey import sankey_of
from innograph.visualize.tables import number

from ..links import to_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from innograph.queries import Answer

    from ..desk import Reader

SHADES = 5
"""So many shades a figure may have; the first is none."""
_MOST = 40


@dataclass(frozen=True, slots=True)
class Crossed:
    """A cell: its figure, its mark and that in words, its shade (0 to :data:`SHADES`), and where it leads."""

    text: str
    sign: str
    said: str
    shade: int
    evidence: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A table of one thing by another.

    Args:
        corner: what stands at its corner.
        rows: names down, the weightiest first.
        columns: names across.
        kinds: node types of rows and columns, for links.
        cells: by row and column.
        left_out: how many rows and columns are not shown.
        legend: what shades and marks mean.
    """

    corner: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    kinds: tuple[str, str]
    cells: Mapping[tuple[str, str], Crossed]
    left_out: int
    legend: tuple[Text, ...]


_TIED = Text("{n}家合作", "{n} cooperate")
_EMPTY = Text("空白，潜力{n}", "empty, potential {n}")
_PAIRS = Text("伙伴{n}对，项目{m}个", "{n} pairs of partners, {m} projects")
_GAP_LEGEND = (
    Text("● 有合作：数字为合作企业数", "● partners: the figure counts the enterprises that cooperate"),
    Text(
        "○ 空白：数字为潜力（企业数×院所能力），越深越大",
        "○ empty: the figure is the potential (enterprises × capacity), the darker the more",
    ),
)
_REGION_LEGEND = (Text("数字为伙伴对数，越深越多", "Figures count pairs of partners, the darker the more"),)


def shade_of(value: float, largest: float) -> int:
    """Return the shade of a figure: by its root, so that one large figure leaves the others some.

    Examples:
        >>> [shade_of(value, 100) for value in (0, 1, 16, 50, 100)]
        [0, 1, 2, 4, 5]
    """
    return 0 if value <= 0 or largest <= 0 else max(1, round((value / largest) ** 0.5 * SHADES))


def industries_and_institutes(reader: Reader, answer: Answer, request: Request) -> Mapping[str, Any]:
    """Return industries by institutes: where they cooperate, and how much an empty cell might give."""
    del reader, request
    rows = answer.dicts()
    largest = max((row["potential"] or 0 for row in rows if row["state"] == "empty"), default=0)

    def cell(row: Mapping[str, Any]) -> Crossed:
        proof = (row["evidence"] or [""])[0]
        if row["state"] == "tied":
            n = number(row["partnered"])
            return Crossed(n, "●", _TIED.format(n=n), 0, proof)
        n = number(round(row["potential"] or 0))
        href = to_question("industry-partners", {"industry": row["industry"]})
        return Crossed(n, "○", _EMPTY.format(n=n), shade_of(row["potential"] or 0, largest), proof, href)

    crossed = {(str(row["industry"]), str(row["institute"])): cell(row) for row in rows}
    weights = Counter({key: int(row["enterprises"] or 0) + 1 for key, row in zip(crossed, rows, strict=True)})
    return {"crossing": _crossing(Text("产业", "Industry"), crossed, weights, ("Industry", "Institute"), _GAP_LEGEND)}


def regions(reader: Reader, answer: Answer, request: Request) -> Mapping[str, Any]:
    """Return regions by regions: pairs of partners between each two and within each, as flows and as a table."""
    del request
    rows = answer.dicts()
    home = answer.understood.get("region", "").rpartition("（")[0] or home_at(
        reader.workspace, answer.parameters["level"]
    )
    largest = max((row["pairs"] or 0 for row in rows), default=0)
    crossed: dict[tuple[str, str], Crossed] = {}
    weights: Counter[tuple[str, str]] = Counter()
    for row in rows:
        n = number(row["pairs"])
        said = _PAIRS.format(n=n, m=number(row["projects"]))
        proof = (row["evidence"] or [""])[0]
        for key in ((str(row["region"]), str(row["other"])), (str(row["other"]), str(row["region"]))):
            crossed[key] = Crossed(n, "", said, shade_of(row["pairs"], largest), proof)
            weights[key] = int(row["pairs"])
    table = _crossing(Text("区域", "Region"), crossed, weights, ("Region", "Region"), _REGION_LEGEND)
    return {"sankey": sankey_of(rows, home), "crossing": table}


def _crossing(
    corner: Text,
    cells: Mapping[tuple[str, str], Crossed],
    weights: Mapping[tuple[str, str], int],
    kinds: tuple[str, str],
    legend: tuple[Text, ...],
) -> Crossing:
    downs, acrosses = (_weightiest(weights, axis) for axis in (0, 1))
    left_out = len(downs[_MOST:]) + len(acrosses[_MOST:])
    return Crossing(corner.show(), tuple(downs[:_MOST]), tuple(acrosses[:_MOST]), kinds, cells, left_out, legend)


def _weightiest(weights: Mapping[tuple[str, str], int], axis: int) -> Sequence[str]:
    total: Counter[str] = Counter()
    for key, weight in weights.items():
        total[key[axis]] += weight
    return sorted(total, key=lambda name: (-total[name], name))
