"""What there is of one kind: all of it, or what is in a region, an industry or a tier, or has partners of a kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text

from ..answering import Found
from ..network import network_of
from ..network.network import KINDS
from .enterprises import lines, partners_by_kind
from .pairing import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from innograph.graph.stores import Store

_LABELS = {
    "body": "Organisation",
    "department": "Department",
    "enterprise": "Enterprise",
    "institute": "Institute",
    "service": "ServiceBody",
    "task": "Task",
    "measure": "Measure",
    "platform": "Platform",
    "programme": "TalentProgram",
    "project": "Project",
    "event": "Event",
    "industry": "Industry",
    "plan": "Plan",
}
_ALL = "MATCH (n:{label}) RETURN n.id AS id, n.name AS name"
_BELONGING = "MATCH (n:{label})-[r:{edge}]->(g:{other}) RETURN n.id AS id, g.id AS other, g.name AS name"
_IN_PLANS = """
MATCH (p:Plan)-[r:HAS_TASK|HAS_MEASURE]->(n:{label})
RETURN p.name AS plan, p.id AS plan_id, coalesce(n.position, 0) AS position, n.id AS id
"""
_WITHIN = "MATCH (g:Region)-[:WITHIN]->(h:Region) RETURN g.id AS id, h.id AS larger"
_OF_PLANS = frozenset({"Task", "Measure"})
_UNTOLD = {
    "region": Text("{number}个没有写明所在区域，未计入。", "Left out: {number} without a stated region."),
    "industry": Text("{number}个没有写明产业，未计入。", "Left out: {number} without a stated industry."),
    "tier": Text("{number}个没有梯度认定，未计入。", "Left out: {number} without a tier."),
}


class _Belonging(NamedTuple):
    """To which things of another type each thing belongs: names to show by its id, and ids."""

    names: Mapping[str, Sequence[str]]
    ids: Mapping[str, Set[str]]


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each thing of the kind that is asked for, and how many there are."""
    label = _LABELS[parameters["kind"]]
    belonging = {
        "region": _belonging(store, label, "LOCATED_IN", "Region"),
        "industry": _belonging(store, label, "FOCUSES_ON", "Industry"),
        "tier": _belonging(store, label, "QUALIFIES_AS", "Tier"),
    }
    names, plans = _named(store, label)
    meant, untold = list(names), list[Text]()
    for by, held in belonging.items():
        if parameters[by]:
            wanted = _inside(store, parameters[by]) if by == "region" else {parameters[by]}
            unknown = sum(own not in held.ids for own in names)
            untold += [_filled(_UNTOLD[by], unknown)] if unknown else []
            meant = [own for own in meant if held.ids.get(own, frozenset()) & wanted]
    if parameters["partner"]:
        partnered = _partnered(store, parameters["partner"])
        meant = [own for own in meant if own in partnered]
    shown, remarks = cut(meant, parameters["top"])
    facts = [[held.names.get(own, ()) for held in belonging.values()] for own in shown]
    rows = [
        (names[own], _kind(own), *map(list, told), plans.get(own), *proof)
        for own, told, proof in zip(shown, facts, lines(store, [[own] for own in shown]), strict=True)
    ]
    return Found(rows, [_counted(label, len(meant)), *untold, *remarks])


def _named(store: Store, label: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of all things of a type, and of each that a plan holds the plan, in whose order they then stand."""
    rows = store.query(_ALL.format(label=label)).rows
    names = {own: name or own for own, name in sorted(rows, key=lambda row: (row[1] or row[0], row[0]))}
    plans: dict[str, str] = {}
    if label in _OF_PLANS:
        for plan, _, _, own in sorted(store.query(_IN_PLANS.format(label=label)).rows):
            plans.setdefault(own, plan)
    return {own: names[own] for own in (*plans, *(own for own in names if own not in plans))}, plans


def _belonging(store: Store, label: str, edge: str, other: str) -> _Belonging:
    names: dict[str, set[str]] = defaultdict(set)
    ids: dict[str, set[str]] = defaultdict(set)
    for own, other_id, name in store.query(_BELONGING.format(label=label, edge=edge, other=other)).rows:
        names[own].add(name)
        ids[own].add(other_id)
    return _Belonging({own: sorted(some) for own, some in names.items()}, dict(ids))


def _inside(store: Store, region: str) -> set[str]:
    """Return a region and all that lies within it."""
    smaller: dict[str, list[str]] = defaultdict(list)
    for own, larger in store.query(_WITHIN).rows:
        smaller[larger].append(own)
    found, ahead = {region}, [region]
    while ahead:
        inner = [own for own in smaller[ahead.pop()] if own not in found]
        found.update(inner)
        ahead += inner
    return found


def _partnered(store: Store, kind: str) -> set[str]:
    """Return the bodies that have a partner of a kind."""
    network = network_of(store)
    number = partners_by_kind(network)[:, KINDS.index(_LABELS[kind])]
    return {network.bodies.ids[body] for body in np.flatnonzero(number).tolist()}


def _kind(own_id: str) -> str:
    return load_ontology().nodes[own_id.partition(":")[0]].label.show()


def _counted(label: str, number: int) -> Text:
    kind = load_ontology().nodes[label].label
    return Text(f"{kind.zh}共{number}个。", f"{number} in all ({kind.en}).")


def _filled(text: Text, number: int) -> Text:
    return Text(*(words.format(number=number) for words in text))
