"""What every loader says of a body, so that the same body is the same nodes in every source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.records import EdgeAssertion, Evidence, NodeAssertion

from .regions import region_assertions, region_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.bodies import Body
    from innograph.graph.records import Assertion, Value

_CONCLUDED = 0.9


def body_assertions(body: Body, said: Evidence) -> Iterator[Assertion]:
    """Yield a body, the body it is a branch of, and the regions both belong to.

    Examples:
        >>> from innograph.graph.bodies import identify
        >>> found = body_assertions(identify("昌吉市科技局"), Evidence("昌吉市科技局"))
        >>> [a.id for a in found if isinstance(a, NodeAssertion)][:2]
        ['Department:652301/科技局', 'Region:652301']
    """
    brief = f"{body.jurisdiction.short}{body.mandate}" if body.jurisdiction and not body.parent else body.short
    aliases = [n for n in dict.fromkeys((body.short, body.mandate, brief, *body.aliases)) if n != body.name]
    properties: dict[str, Value] = {"name": body.name, "short": body.short, "aliases": aliases}
    if body.label == "Department":
        jurisdiction = body.jurisdiction.code if body.jurisdiction else None
        properties |= {"level": body.level, "jurisdiction": jurisdiction, "mandate": body.mandate}
    yield NodeAssertion(body.label, body.id, properties, said)
    concluded = Evidence(said.quote, said.place, _CONCLUDED)
    if body.parent:
        yield from body_assertions(body.parent, concluded)
        yield EdgeAssertion("PART_OF", body.id, body.parent.id, concluded)
    seat = body.seat or body.jurisdiction
    if seat:
        yield from region_assertions(seat, concluded)
        yield EdgeAssertion("LOCATED_IN", body.id, region_id(seat), concluded)
