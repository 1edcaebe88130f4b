"""What ties regions, two by two: the larger ones by themselves, the smaller ones taken together, each with its colour."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text
from innograph.queries.network import network_of

from ..tables import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from innograph.workspace import Workspace

COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
"""Okabe and Ito's, which people who see few colours can tell apart; names stand beside them in any case."""
REST = "#a59d90"
"""Of those that are taken together, and of those after the first seven."""
_OTHERS = Text("其他{n}个区域", "{n} other regions")
_PAIRS = Text("伙伴{pairs}对", "{pairs} pairs of partners")
_PROJECTS = Text("，共同项目{projects}个", ", {projects} shared projects")
_BETWEEN = Text("{one} — {other}：{said}", "{one} — {other}: {said}")
_WITHIN = Text("{one}之内：{said}", "within {one}: {said}")


class Flow(NamedTuple):
    """What ties two regions, or one within: pairs of partners, shared projects, and the row that is its example.

    ``projects`` is ``None`` where regions are taken together: one project may tie several of them.
    """

    one: str
    other: str
    pairs: int
    projects: int | None
    row: Mapping[str, Any]

    @property
    def said(self) -> str:
        """It in words."""
        told = _PAIRS.format(pairs=number(self.pairs))
        told += _PROJECTS.format(projects=number(self.projects)) if self.projects is not None else ""
        return (_WITHIN if self.one == self.other else _BETWEEN).format(one=self.one, other=self.other, said=told)


class Gathered(NamedTuple):
    """Regions in the order in which they are drawn, the flows between them, and what the rest is called."""

    order: tuple[str, ...]
    flows: tuple[Flow, ...]
    totals: Mapping[str, int]
    others: str

    def color(self, name: str) -> str:
        """Return the colour of a region."""
        at = self.order.index(name)
        return COLORS[at] if at < len(COLORS) and name != self.others else REST


def gather(rows: Sequence[Mapping[str, Any]], home: str, most: int) -> Gathered:
    """Return the flows that rows of the question ``region-matrix`` tell of, the widest first.

    Args:
        rows: with ``region``, ``other``, ``pairs`` and ``projects``.
        home: the name of the home region, which comes first.
        most: so many regions stand by themselves; one more does if it would be alone among the rest.

    Examples:
        >>> rows = [{"region": a, "other": b, "pairs": n, "projects": n} for a, b, n in (("A", "B", 3), ("B", "C", 2), ("D", "B", 1))]
        >>> found = gather(rows, home="C", most=2)
        >>> found.order, [(flow.one, flow.other, flow.pairs, flow.projects) for flow in found.flows]
        (('C', 'B', '其他2个区域'), [('B', '其他2个区域', 4, None), ('C', 'B', 2, 2)])
    """
    totals = _totals((row["region"], row["other"], row["pairs"]) for row in rows)
    ranked = sorted(totals, key=lambda name: (name != home, -totals[name], name))
    kept = set(ranked if len(ranked) <= most + 1 else ranked[:most])
    others = _OTHERS.format(n=number(len(ranked) - len(kept)))
    place = {name: at for at, name in enumerate([*(name for name in ranked if name in kept), others])}
    found: dict[tuple[str, str], Flow] = {}
    for row in rows:
        names = (name if name in kept else others for name in (row["region"], row["other"]))
        one, other = sorted(names, key=place.__getitem__)
        known = found.get((one, other), Flow(one, other, 0, 0, row))
        both = known.projects + row["projects"] if known.projects is not None and others != other else None
        found[one, other] = known._replace(pairs=known.pairs + row["pairs"], projects=both)
    flows = sorted(found.values(), key=lambda flow: (-flow.pairs, place[flow.one], place[flow.other]))
    order = tuple(name for name in place if name != others or len(kept) < len(ranked))
    return Gathered(order, tuple(flows), _totals((flow.one, flow.other, flow.pairs) for flow in flows), others)


def home_at(workspace: Workspace, level: str) -> str:
    """Return the name of the region of a level in which the workspace is at home; empty if it is not among those known."""
    network, home = network_of(workspace.store()), workspace.settings.home
    region = network.regions.things.index.get(f"Region:{home.code}") if home else None
    return network.regions.things.names[network.regions.at(region, level)] if region is not None else ""


def _totals(ties: Iterable[tuple[str, str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one, other, pairs in ties:
        for name in {one, other}:
            found[name] += pairs
    return found
