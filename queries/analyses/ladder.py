"""The ladder of tiers: how many enterprises stand on each step, and steps on which nobody stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..measures.gaps import ladders
from ..network import Link, network_of
from .enterprises import EXAMPLES, Enterprises, by_name, lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innograph.graph.stores import Store

    from ..network import Network
    from .enterprises import Qualification

_TIERS = "MATCH (t:Tier) RETURN t.id AS id, t.name AS name ORDER BY id"
_NEXT = "MATCH (a:Tier)-[r:NEXT_TIER]->(b:Tier) RETURN r.id AS id, a.id AS lower, b.id AS higher ORDER BY id"


class _Step(NamedTuple):
    """A tier with its place on a ladder, or none; who stands on it, and who ever attained it, by number."""

    tier: str | None
    place: int | None
    standing: set[int]
    attained: Sequence[Qualification]

    def state(self, *, told: bool) -> str:
        """Return the code of a step; ``told`` says whether any enterprise has a tier."""
        if self.tier is None:
            return "untiered"
        if self.place is None:
            return "off"
        return "held" if self.standing else "empty" if told else "unknown"


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the steps from the lowest, then tiers that are on no ladder, then the enterprises without any tier."""
    network = network_of(store)
    firms = Enterprises(store, network)
    asked, unknown = firms.asked(parameters)
    year = parameters["year"]
    everybody = firms.qualifications()
    held = [one for one in everybody if asked[one.body]]
    counting = [one for one in held if year is None or (one.year is not None and one.year <= year)]
    links = [Link(own, "NEXT_TIER", lower, higher) for own, lower, higher in store.query(_NEXT).rows]
    names = {own: str(name) for own, name in store.query(_TIERS).rows}
    steps = _steps(ladders((link.source, link.target) for link in links), names, counting)
    untiered = set(np.flatnonzero(asked).tolist()) - {one.body for one in counting}
    if untiered:
        steps.append(_Step(None, None, untiered, []))
    proof = lines(store, [_nodes(network, step) for step in steps], [_links(network, step, links) for step in steps])
    told = [
        _row(step, names, links, step.state(told=bool(everybody)), proven)
        for step, proven in zip(steps, proof, strict=True)
    ]
    undated = sum(one.year is None for one in held) if year is not None else 0
    return Found(told, [_counted(steps, int(asked.sum())), *_undated(undated, year), *unknown])


def _steps(known: Sequence[Mapping[str, int]], names: Mapping[str, str], held: Sequence[Qualification]) -> list[_Step]:
    """Return the steps of each ladder, with the enterprises on the highest that they attained, and all other tiers."""
    attained: defaultdict[str, list[Qualification]] = defaultdict(list)
    for one in held:
        attained[one.tier].append(one)
    found: list[_Step] = []
    for ladder in known:
        highest: dict[int, str] = {}
        for tier in ladder:
            highest |= {one.body: tier for one in attained[tier]}
        standing = {tier: {body for body, own in highest.items() if own == tier} for tier in ladder}
        found += [_Step(tier, place, standing[tier], attained[tier]) for tier, place in ladder.items()]
    on_ladder = {body for step in found for body in step.standing}
    off = sorted(attained.keys() - {step.tier for step in found}, key=lambda tier: (names[tier], tier))
    return found + [_Step(tier, None, {o.body for o in attained[tier]} - on_ladder, attained[tier]) for tier in off]


def _nodes(network: Network, step: _Step) -> list[str]:
    if step.tier is not None:
        return [step.tier]
    return [network.bodies.ids[body] for body in by_name(network, step.standing)[:EXAMPLES]]


def _links(network: Network, step: _Step, ties: Sequence[Link]) -> list[Link]:
    """Return the edges that make it a step of the ladder, and those by which the first enterprises stand on it."""
    if step.tier is None:
        return []
    bodies = network.bodies
    shown = set(by_name(network, {one.body for one in step.attained})[:EXAMPLES])
    first = {one.body: one for one in reversed(step.attained) if one.body in shown}
    held = [Link(one.edge, "QUALIFIES_AS", bodies.ids[body], step.tier) for body, one in sorted(first.items())]
    return [*(tie for tie in ties if step.tier in (tie.source, tie.target)), *held]


def _row(
    step: _Step, names: Mapping[str, str], ties: Sequence[Link], state: str, proof: tuple[Any, ...]
) -> tuple[Any, ...]:
    years = Counter(one.year for one in {(o.body, o.year): o for o in step.attained}.values() if one.year is not None)
    following = sorted({names[tie.target] for tie in ties if step.tier is not None and tie.source == step.tier})
    return (
        step.place,
        names[step.tier] if step.tier else None,
        state,
        len(step.standing),
        len({one.body for one in step.attained}),
        sorted(years),
        [years[year] for year in sorted(years)],
        following,
        *proof,
    )


def _counted(steps: Sequence[_Step], number: int) -> Text:
    on_ladder = {body for step in steps if step.place is not None for body in step.standing}
    off = {body for step in steps if step.place is None and step.tier is not None for body in step.standing}
    return Text(
        f"{number}家企业：{len(on_ladder)}家在梯度上，{len(off)}家的认定不在梯度上，"
        f"{number - len(on_ladder) - len(off)}家没有认定。",
        f"On the ladder: {len(on_ladder)} of {number} enterprises; with a tier that is on no ladder: {len(off)}; "
        f"without any: {number - len(on_ladder) - len(off)}.",
    )


def _undated(number: int, year: int | None) -> list[Text]:
    if not number:
        return []
    return [
        Text(
            f"{number}条认定没有年份，不知是否在{year}年以前，未计入。",
            f"Left out, since the year is unknown and may be after {year}: {number}.",
        )
    ]
