"""Who one body cooperates with, and by what: read from what is around it; names and kinds are known of the network."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text

from ..answering import Found
from ..network import Link, network_of
from ..network.network import KINDS
from .enterprises import lines
from .pairing import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from innograph.graph.stores import Store

    from ..network import Network

_OWN = """
MATCH (o:Organisation {id: $body})-[r:PARTICIPATES_IN]->(p:Project)
RETURN p.id AS id, p.name AS name, p.start_date AS began, r.id AS edge
ORDER BY id, edge
"""
_SHARED = """
MATCH (o:Organisation {id: $body})-[:PARTICIPATES_IN]->(p:Project)<-[r:PARTICIPATES_IN]-(q:Organisation)
WHERE q.id <> $body
RETURN DISTINCT q.id AS id, p.id AS project, r.id AS edge
ORDER BY id, project, edge
"""
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


class _Project(NamedTuple):
    """A project of the body: its edge there, and the year in which it began."""

    name: str
    year: int | None
    edge: str


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
    """A partner: the projects that both take part in with the partner's edge there, and direct cooperation."""

    own_id: str
    name: str = ""
    kind: str = ""
    projects: dict[str, str] = field(default_factory=dict[str, str])
    ties: dict[str, _Tie] = field(default_factory=dict[str, _Tie])


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the partners of a body, those with most shared projects first."""
    body = parameters["body"]
    projects = _projects(store, body)
    partners = _partners(store, body)
    wanted = [one for one in partners if parameters["kind"] in ("all", _group(one))]
    wanted.sort(key=lambda one: (-len(one.projects), -len(one.ties), one.name, one.own_id))
    rows, remarks = cut(wanted, parameters["top"])
    places: defaultdict[str, list[str]] = defaultdict(list)
    for own, region in store.query(_WHERE, {"ids": [one.own_id for one in rows if one.kind != "Region"]}).rows:
        places[own].append(region)
    recent = [_latest(one, projects) for one in rows]
    links = [list(_links(body, one, shown, projects)) for one, shown in zip(rows, recent, strict=True)]
    proof = lines(store, [[] for _ in rows], links)
    told = [
        _row(one, places[one.own_id], [projects[p].name for p in shown], projects, proven)
        for one, shown, proven in zip(rows, recent, proof, strict=True)
    ]
    return Found(told, [_counted(partners, projects), *remarks])


def _projects(store: Store, body: str) -> dict[str, _Project]:
    rows = store.query(_OWN, {"body": body}).rows
    found = ((own, _Project(name or own, began.year if began else None, edge)) for own, name, began, edge in rows)
    return dict(reversed(list(found)))  # of several edges the first


def _partners(store: Store, body: str) -> list[_Partner]:
    found: dict[str, _Partner] = {}
    for own, project, edge in store.query(_SHARED, {"body": body}).rows:
        found.setdefault(own, _Partner(own)).projects.setdefault(project, edge)
    rows = chain.from_iterable(store.query(cypher, {"body": body}).rows for cypher in chain(*_DIRECT.values()))
    for own, edge, kind, subject, source in rows:
        if own != body:
            link = Link(edge, "COOPERATES_WITH", source, body if source == own else own)
            found.setdefault(own, _Partner(own)).ties[edge] = _Tie(link, kind, subject)
    network = network_of(store)
    known = [own for own in found if own in network.bodies.index or own in network.regions.things.index]
    for own in known:
        found[own].name, found[own].kind = _named(network, own)
    return [found[own] for own in known]


def _named(network: Network, own: str) -> tuple[str, str]:
    """Return name and kind of a body or region."""
    if own in network.regions.things.index:
        return network.regions.things.names[network.regions.things.index[own]], "Region"
    body = network.bodies.index[own]
    return network.bodies.names[body], KINDS[int(network.kinds[body])]


def _group(partner: _Partner) -> str:
    return {"Enterprise": "enterprise", "Institute": "institute", "Region": "region"}.get(partner.kind, "other")


def _latest(partner: _Partner, projects: Mapping[str, _Project]) -> list[str]:
    """Return the latest shared projects; those of which it is not known when they began come last."""
    return sorted(partner.projects, key=lambda own: (-(projects[own].year or 0), own))[:_PROVEN]


def _links(body: str, partner: _Partner, shown: Iterable[str], projects: Mapping[str, _Project]) -> Iterable[Link]:
    for project in shown:
        yield Link(projects[project].edge, "PARTICIPATES_IN", body, project)
        yield Link(partner.projects[project], "PARTICIPATES_IN", partner.own_id, project)
    for edge in sorted(partner.ties):
        yield partner.ties[edge].link


def _row(
    partner: _Partner,
    regions: Sequence[str],
    shown: Sequence[str],
    projects: Mapping[str, _Project],
    proof: tuple[Any, ...],
) -> tuple[Any, ...]:
    years = [year for own in partner.projects if (year := projects[own].year)]
    return (
        partner.name,
        partner.kind,
        list(dict.fromkeys(regions)),
        len(partner.projects),
        list(shown),
        min(years, default=None),
        max(years, default=None),
        sorted({words for tie in partner.ties.values() if (words := tie.words)}),
        *proof,
    )


def _counted(partners: Sequence[_Partner], projects: Mapping[str, _Project]) -> Text:
    groups = [_group(one) for one in partners]
    firms, institutes, regions = (groups.count(name) for name in ("enterprise", "institute", "region"))
    bodies = len(groups) - regions
    others = bodies - firms - institutes
    alone = len(projects.keys() - {project for one in partners for project in one.projects})
    return Text(
        f"伙伴{bodies}家：企业{firms}家，高校院所{institutes}家，其他{others}家；另与{regions}个区域直接合作。"
        f"参与项目{len(projects)}个，其中{alone}个没有其他机构。",
        f"Partners: {bodies} (enterprises {firms}, institutes {institutes}, others {others}); regions it cooperates with "
        f"directly: {regions}. Projects: {len(projects)}, of these with nobody else: {alone}.",
    )
