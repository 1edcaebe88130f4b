"""Platforms without an operator or member enterprises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from .stated_gaps import Parts, found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store

    from ..answering import Found

_PLATFORMS = """
MATCH (f:Platform)
WHERE ($region IS NULL OR EXISTS { MATCH (f)-[:LOCATED_IN]->(:Region {id: $region}) }
    OR EXISTS { MATCH (f)-[:LOCATED_IN]->(:Region)-[:WITHIN*1..4]->(:Region {id: $region}) })
    AND ($industry IS NULL OR EXISTS { MATCH (f)-[:FOCUSES_ON]->(:Industry {id: $industry}) })
OPTIONAL MATCH (o:Organisation)-[:OPERATES]->(f)
WITH f, o ORDER BY o.name, o.id
WITH f, collect(o.name) AS firsts
OPTIONAL MATCH (e:Organisation:Enterprise)-[:MEMBER_OF]->(f)
WITH f, firsts, e ORDER BY e.name, e.id
WITH f, firsts, collect(e.name) AS seconds
RETURN f.id AS id, f.name AS name, f.level AS level, f.kind AS kind, firsts, seconds, f.quote AS quote, f.place AS place
ORDER BY name, id
"""
_PARTS = Parts(
    "operator",
    "members",
    Text("平台载体", "Platforms"),
    Text("没有写明运营单位", "without a stated operator"),
    Text("没有写明成员企业", "without stated member enterprises"),
)


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return the platforms in the order of their names."""
    return found(store, _PLATFORMS, _PARTS, parameters, _row)


def _row(thing: dict[str, Any], gap: str, known: str) -> tuple[Any, ...]:
    shown = (thing[name] for name in ("name", "level", "kind"))
    return (*shown, gap, thing["firsts"], len(thing["seconds"]), known, thing["quote"], thing["place"], [thing["id"]])
