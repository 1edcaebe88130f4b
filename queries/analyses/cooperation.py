"""Who one body cooperates with, and by what: shared projects out of the arrays, direct cooperation as it is stated."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..network import Link, network_of
from ..network.network import KINDS
from .enterprises import lines
from .pairing import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

_DIRECT = {
    label: (
        f"MATCH (o:Organisation {{id: $body}})-[r:COOPERATES_WITH]->(q:{label})"
        " RETURN q.id AS id, r.id AS edge, r.kind AS kind, r.subject AS subject, o.id AS source ORDER BY edge",
        f"MATCH (o:Organisation {{id: $body}})<-[r:COOPERATES_WITH]-(q:{label})"
        " RETURN q.id AS id, r.id AS edge, r.kind AS kind, r.subject AS subject, q.id AS source ORDER BY edge",
    )
    for label in ("Organisation", "Region")
}
_WHERE = """
UNWIND $ids AS own
MATCH (q:Organisation {id: own})-[:LOCATED_IN]->(g:Region)
RETURN q.id AS id, g.name AS region
ORDER BY id, region
"""
_PROVEN = 3
"""By how many shared projects, the latest first, two bodies are proven partners."""


class _Tie(NamedTuple):
    """A direct cooperation."""

    link: Link
    kind: str | None
    subject: str | None

    @property
    def words(self) -> str:
        return "：".join(word for word in (self.kind, self.subject) if word)


@dataclass
class _Partner:
    """A partner: in how many projects both take part, and direct cooperation."""

    own_id: str
    name: str
    kind: str
    projects: int = 0
    ties: dict[str, _Tie] = field(default_factory=dict[str, _Tie])


class _Bodies(NamedTuple):
    """Bodies by number, and in how many projects each takes part together with the one asked about."""

    numbers: NDArray[np.int64]
    projects: NDArray[np.int64]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the partners of a body, those with most shared projects first."""
    network, body, top = network_of(store), parameters["body"], parameters["top"]
    stated = list(_stated(store, network, body).values())
    others = _by_projects(network, body, stated)
    wanted = [one for one in stated if parameters["kind"] in ("all", _group(one.kind))]
    fitting = _of_group(network, others, parameters["kind"])
    total = len(wanted) + len(fitting.numbers)
    wanted += [_partner(network, *one) for one in zip(*_most(fitting, top), strict=True)]
    wanted.sort(key=lambda one: (-one.projects, -len(one.ties), one.name, one.own_id))
    rows, remarks = cut(wanted, top, total)
    places: defaultdict[str, list[str]] = defaultdict(list)
    for own, region in store.query(_WHERE, {"ids": [one.own_id for one in rows if one.kind != "Region"]}).rows:
        places[own].append(region)
    shared = [_shared(network, body, one) for one in rows]
    links = [list(_links(network, body, one, some[:_PROVEN])) for one, some in zip(rows, shared, strict=True)]
    proof = lines(store, [[] for _ in rows], links)
    told = [
        _row(network, one, places[one.own_id], some, proven)
        for one, some, proven in zip(rows, shared, proof, strict=True)
    ]
    return Found(told, [_counted(network, body, stated, others), *remarks])


def _stated(store: Store, network: Network, body: str) -> dict[str, _Partner]:
    """Return the partners by direct cooperation as it is stated, by their id."""
    found: dict[str, _Partner] = {}
    rows = chain.from_iterable(store.query(cypher, {"body": body}).rows for cypher in chain(*_DIRECT.values()))
    for own, edge, kind, subject, source in rows:
        if own != body:
            link = Link(edge, "COOPERATES_WITH", source, body if source == own else own)
            partner = found.setdefault(own, _Partner(own, *_named(network, own)))
            partner.ties[edge] = _Tie(link, kind, subject)
    return found


def _by_projects(network: Network, body: str, stated: Iterable[_Partner]) -> _Bodies:
    """Tell the partners that are stated how many projects they share, and return the others that share some."""
    at = network.bodies.index[body]
    here = slice(int(network.shared.indptr[at]), int(network.shared.indptr[at + 1]))
    numbers, projects = network.shared.indices[here].astype(np.int64), network.shared.data[here]
    known = {network.bodies.index[one.own_id]: one for one in stated if one.kind != "Region"}
    twice = np.isin(numbers, list(known))
    for number, count in zip(numbers[twice].tolist(), projects[twice].tolist(), strict=True):
        known[number].projects = count
    return _Bodies(numbers[~twice], projects[~twice])


def _of_group(network: Network, bodies: _Bodies, group: str) -> _Bodies:
    """Return those of a group."""
    if group == "all":
        return bodies
    kinds = [number for number, kind in enumerate(KINDS) if _group(kind) == group]
    fitting = np.isin(network.kinds[bodies.numbers], kinds)
    return _Bodies(bodies.numbers[fitting], bodies.projects[fitting])


def _most(bodies: _Bodies, top: int) -> _Bodies:
    """Return those with most projects: so many, and all others that have as many as the last."""
    if len(bodies.numbers) <= top:
        return bodies
    enough = bodies.projects >= np.partition(bodies.projects, -top)[-top]
    return _Bodies(bodies.numbers[enough], bodies.projects[enough])


def _partner(network: Network, number: int, projects: int) -> _Partner:
    kind = KINDS[int(network.kinds[number])]
    return _Partner(network.bodies.ids[number], network.bodies.names[number], kind, int(projects))


def _shared(network: Network, body: str, partner: _Partner) -> list[int]:
    """Return the projects of both, the latest first; those of which it is not known when they began come last."""
    if not partner.projects:
        return []
    found = network.shared_projects(network.bodies.index[body], network.bodies.index[partner.own_id])
    return sorted(found, key=lambda project: (-int(network.years[project]), project))


def _named(network: Network, own: str) -> tuple[str, str]:
    """Return name and kind of a body or region."""
    if own in network.regions.things.index:
        return network.regions.things.names[network.regions.things.index[own]], "Region"
    body = network.bodies.index[own]
    return network.bodies.names[body], KINDS[int(network.kinds[body])]


def _group(kind: str) -> str:
    return {"Enterprise": "enterprise", "Institute": "institute", "Region": "region"}.get(kind, "other")


def _links(network: Network, body: str, partner: _Partner, shown: Iterable[int]) -> Iterable[Link]:
    for project in shown:
        yield network.participation(network.bodies.index[body], project)
        yield network.participation(network.bodies.index[partner.own_id], project)
    for edge in sorted(partner.ties):
        yield partner.ties[edge].link


def _row(
    network: Network, partner: _Partner, regions: Sequence[str], shared: Sequence[int], proof: tuple[Any, ...]
) -> tuple[Any, ...]:
    years = [year for project in shared if (year := int(network.years[project]))]
    return (
        partner.name,
        partner.kind,
        list(dict.fromkeys(regions)),
        partner.projects,
        [network.projects.names[project] for project in shared[:_PROVEN]],
        min(years, default=None),
        max(years, default=None),
        sorted({words for tie in partner.ties.values() if (words := tie.words)}),
        *proof,
    )


def _counted(network: Network, body: str, stated: Iterable[_Partner], by_projects: _Bodies) -> Text:
    groups = Counter(_group(one.kind) for one in stated)
    for kind, times in zip(KINDS, np.bincount(network.kinds[by_projects.numbers], minlength=len(KINDS)), strict=True):
        groups[_group(kind)] += int(times)
    firms, institutes, regions = groups["enterprise"], groups["institute"], groups["region"]
    bodies = groups.total() - regions
    others = bodies - firms - institutes
    at = network.bodies.index[body]
    own = network.incidence.indices[int(network.incidence.indptr[at]) : int(network.incidence.indptr[at + 1])]
    sizes = np.bincount(network.incidence.indices, minlength=len(network.projects.ids))
    alone = int((sizes[own] == 1).sum())
    return Text(
        f"伙伴{bodies}家：企业{firms}家，高校院所{institutes}家，其他{others}家；另与{regions}个区域直接合作。"
        f"参与项目{len(own)}个，其中{alone}个没有其他机构。",
        f"Partners: {bodies} (enterprises {firms}, institutes {institutes}, others {others}); regions it cooperates with "
        f"directly: {regions}. Projects: {len(own)}, of these with nobody else: {alone}.",
    )
