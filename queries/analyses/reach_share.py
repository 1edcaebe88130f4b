"""Which share of the enterprises of an industry, region or tier reaches a national institute, and in how many steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answering import Found
from ..network import network_of
from .enterprises import EXAMPLES, Enterprises, by_name, lines
from .pairing import cut
from .reaching import counted, reach_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from ..network import Network
    from .enterprises import Group
    from .reaching import Reach


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each group of enterprises: the largest first, last those of which it is unknown."""
    network = network_of(store)
    firms = Enterprises(store, network)
    asked, unknown = firms.asked(parameters)
    reach = reach_of(store, network, parameters["grade"])
    groups = firms.groups(parameters["by"], parameters["level"], asked)
    known = [group for group in groups if group.own_id]
    known.sort(key=lambda one: (-len(one.members), one.name, one.own_id))
    some, remarks = cut(known, parameters["top"])
    rows = [*some, *(group for group in groups if not group.own_id)]
    own = [[group.own_id] if group.own_id else _examples(network, group) for group in rows]
    proof = lines(store, own, [_links(network, reach, group) for group in rows])
    told = [_row(reach, group, proven) for group, proven in zip(rows, proof, strict=True)]
    return Found(told, [*counted(reach, asked, parameters["grade"]), *unknown, *remarks])


def _examples(network: Network, group: Group) -> list[str]:
    return [network.bodies.ids[body] for body in by_name(network, group.members.tolist())[:EXAMPLES]]


def _links(network: Network, reach: Reach, group: Group) -> list[Any]:
    """Return what proves the first enterprises of a group partners of an institute."""
    near = by_name(network, group.members[reach.steps.distance[group.members] == 1].tolist())[:EXAMPLES]
    return [link for body in near for link in network.links(body, int(reach.steps.towards[body]), most=1)]


def _row(reach: Reach, group: Group, proof: tuple[Any, ...]) -> tuple[Any, ...]:
    steps, number = reach.steps.distance[group.members], len(group.members)
    one, two, more = int((steps == 1).sum()), int((steps == 2).sum()), int((steps > 2).sum())
    return (group.by, group.name, number, one, two, more, number - one - two - more, (one + two) / number, *proof)
