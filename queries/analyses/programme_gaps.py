"""Talent programmes without a host or an industry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from .stated_gaps import Parts, found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from ..answering import Found

_PROGRAMMES = """
MATCH (g:TalentProgram)
OPTIONAL MATCH (o:Organisation)-[:HOSTS]->(g)
WITH g, o ORDER BY o.name, o.id
WITH g, collect(o.name) AS firsts
OPTIONAL MATCH (g)-[:FOCUSES_ON]->(i:Industry)
WITH g, firsts, i ORDER BY i.name, i.id
WITH g, firsts, collect(i.name) AS seconds
RETURN g.id AS id, g.name AS name, g.level AS level, firsts, seconds, g.quote AS quote, g.place AS place
ORDER BY name, id
"""
_PARTS = Parts(
    "host",
    "industry",
    Text("人才计划", "Talent programmes"),
    Text("没有写明承担单位", "without a stated host"),
    Text("没有写明产业", "without a stated industry"),
)


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the programmes in the order of their names."""
    return found(store, _PROGRAMMES, _PARTS, parameters, _row)


def _row(thing: dict[str, Any], gap: str, known: str) -> tuple[Any, ...]:
    shown = (thing["name"], thing["level"], gap, thing["firsts"], thing["seconds"])
    return (*shown, known, thing["quote"], thing["place"], [thing["id"]])
