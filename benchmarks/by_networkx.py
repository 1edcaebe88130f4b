"""The same answers as anybody would get them with pandas and NetworkX: what ``questions.py`` is measured by.

    python benchmarks/by_networkx.py FILE BODIES OUT

``FILE`` is h2020.csv.gz, ``BODIES`` a JSON list of organisations by pic. ``OUT`` gets the seconds of each answer, by the
question that it stands beside, and what is known of the file, counted here.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from itertools import combinations, combinations_with_replacement
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd
from load import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

GERMANY, BRITAIN = "DE", "UK"
_NAMES = {GERMANY: "德国", BRITAIN: "英国"}
_SAMPLE = 20


class Plain:
    """Organisations as nodes, and an edge with their projects for each two that share one."""

    def __init__(self, file: Path) -> None:
        rows = pd.read_csv(
            file, dtype={"rcn": str, "pic": str}, keep_default_na=False, na_values={"contribution": [""]}
        )
        self.graph: Any = nx.Graph()
        for row in rows.drop_duplicates("pic").itertuples():
            self.graph.add_node(row.pic, kind=LABELS[row.type], country=row.country)
        self.members = {rcn: sorted(set(pics)) for rcn, pics in rows.groupby("rcn").pic}
        for rcn, members in self.members.items():
            for one, other in combinations(members, 2):
                if self.graph.has_edge(one, other):
                    self.graph[one][other]["projects"].append(rcn)
                else:
                    self.graph.add_edge(one, other, projects=[rcn])

    def partners(self, body: str) -> list[tuple[str, str, int]]:
        """Return who shares projects with a body, those with most first."""
        found = [(one, self.graph.nodes[one]["kind"], len(at["projects"])) for one, at in self.graph[body].items()]
        return sorted(found, key=lambda row: (-row[2], row[0]))

    def without(self, kind: str, partner: str) -> tuple[list[str], int]:
        """Return the bodies of a kind that have no partner of another, and how many there are of the kind."""
        kinds = self.graph.nodes(data="kind")
        bodies = [one for one, its in kinds if its == kind]
        lone = [one for one in bodies if not any(self.graph.nodes[o]["kind"] == partner for o in self.graph[one])]
        return lone, len(bodies)

    def countries(self) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], int]:
        """Return for each two countries the pairs of bodies and the projects, and the projects over two or more."""
        where = dict(self.graph.nodes(data="country"))
        pairs: Counter[tuple[str, str]] = Counter()
        for one, other in self.graph.edges:
            pairs[tuple(sorted((where[one], where[other])))] += 1  # type: ignore[index]
        projects: Counter[tuple[str, str]] = Counter()
        several = 0
        for members in self.members.values():
            seats = Counter(where[one] for one in members)
            several += len(seats) > 1
            for pair in combinations_with_replacement(sorted(seats), 2):
                projects[pair] += pair[0] != pair[1] or seats[pair[0]] > 1
        return pairs, projects, several

    def links(self) -> tuple[int, int]:
        """Return how many pairs are of an enterprise and an institute, and how many are of two countries."""
        nodes = self.graph.nodes
        mixed = sum({nodes[a]["kind"], nodes[b]["kind"]} == {"Enterprise", "Institute"} for a, b in self.graph.edges)
        return mixed, sum(nodes[a]["country"] != nodes[b]["country"] for a, b in self.graph.edges)

    def both(self) -> int:
        """Return how many projects have an enterprise and an institute."""
        nodes = self.graph.nodes
        wanted = {"Enterprise", "Institute"}
        return sum(wanted <= {nodes[one]["kind"] for one in members} for members in self.members.values())

    def central(self) -> list[tuple[str, float]]:
        """Return the fifty with most partners."""
        return sorted(nx.degree_centrality(self.graph).items(), key=lambda row: (-row[1], row[0]))[:50]

    def middling(self) -> list[str]:
        """Return bodies with as many partners as half of all have: NetworkX takes minutes for one that has thousands."""
        ranked = sorted(self.graph, key=lambda one: (self.graph.degree(one), one))
        return ranked[len(ranked) // 2 :][:_SAMPLE]


def measure(file: Path, bodies: Sequence[str]) -> dict[str, Any]:
    """Return seconds and answers."""
    seconds: dict[str, float] = {}

    def timed(name: str, work: Any, *given: Any) -> Any:
        start = time.perf_counter()
        found = work(*given)
        seconds[name] = time.perf_counter() - start
        return found

    plain: Plain = timed("graph", Plain, file)
    each = sorted(_seconds(plain, body) for body in bodies)
    if each:
        seconds["cooperation"] = each[int(0.95 * len(each))]
    lone, firms = timed("partnerless", plain.without, "Enterprise", "Institute")
    timed("institutes-alone", plain.without, "Institute", "Enterprise")
    pairs, projects, several = timed("region-matrix", plain.countries)
    mixed, across = timed("link-indicators", plain.links)
    timed("centrality", plain.central)
    timed(f"constraint of {_SAMPLE}", nx.constraint, plain.graph, plain.middling())
    timed("bridges loss=pair", lambda: list(nx.bridges(plain.graph)))
    timed("bridges", lambda: list(nx.articulation_points(plain.graph)))
    top = max((pair for pair in projects if pair[0] != pair[1]), key=lambda pair: projects[pair])
    answers = {
        "pairs": sum(pairs.values()),
        "pairs of an enterprise and an institute": mixed,
        "projects with both": plain.both(),
        "pairs across countries": across,
        "projects over two or more countries": several,
        "pair of countries with most projects": [*sorted(_NAMES.get(one, one) for one in top), projects[top]],
        "enterprises without an institute, of all": [len(lone), firms],
    }
    return {"seconds": seconds, "answers": answers}


def _seconds(plain: Plain, body: str) -> float:
    start = time.perf_counter()
    plain.partners(body)
    return time.perf_counter() - start


if __name__ == "__main__":
    found = measure(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8")))
    Path(sys.argv[3]).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
