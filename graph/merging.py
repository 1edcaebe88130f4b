"""How several statements about one thing become one: see :mod:`~innograph.graph.assemble` for the rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .ledger import Stated

_PERIOD = frozenset(("valid_from", "valid_to"))


def by_trust(stated: list[Stated]) -> list[Stated]:
    """Return the statements, the surest first, then in an order that does not depend on when sources were loaded."""
    if len(stated) == 1:
        return stated
    return sorted(stated, key=lambda s: (-s.confidence, s.source.origin))


def merged(stated: Iterable[Stated], trusted: Sequence[Stated]) -> dict[str, Any]:
    """Return what the statements, in load order, say together."""
    found: dict[str, Any] = {}
    for statement in sorted(stated, key=lambda s: s.confidence):
        said = statement.properties
        if _PERIOD & said.keys():
            # Both days are one statement: the end that one source gives is not the end of another's beginning.
            for day in _PERIOD:
                found.pop(day, None)
        found.update((k, v) for k, v in said.items() if v is not None)
    for name, value in found.items():
        if isinstance(value, list):
            found[name] = list(dict.fromkeys(item for s in trusted for item in _items(s, name)))
    return found


def _items(statement: Stated, name: str) -> list[str]:
    value: Any = statement.properties.get(name)
    return cast("list[str]", value) if isinstance(value, list) else []


def name_by_key(own_id: str) -> str:
    """Return what a thing is called that only its register's key is known of.

    Examples:
        >>> name_by_key("Organisation:pic=999977172")
        'PIC 999977172'
    """
    scheme, _, key = own_id.partition(":")[2].partition("=")
    return f"{scheme.upper()} {key}"


def add_other_names(own: dict[str, Any], trusted: Iterable[Stated]) -> None:
    """Let a thing that was stated under several ids keep the names that did not win."""
    names = [str(one.properties["name"]) for one in trusted if one.properties.get("name")]
    known = (own.get("name"), own.get("short"))
    others = [name for name in dict.fromkeys([*own.get("aliases", []), *names]) if name not in known]
    if others:
        own["aliases"] = others


def all_names(own: Mapping[str, Any], trusted: Sequence[Stated]) -> list[str]:
    """Return the winning names, then what else any source calls it."""
    names: list[str] = []
    said = [own, *(s.properties for s in trusted)] if len(trusted) > 1 else [own]
    for properties in said:
        single: tuple[Any, ...] = (properties.get("name"), properties.get("short"))
        several: list[str] = properties.get("aliases") or []
        names += [name for name in single if name] + several
        names += _ways_to_write(properties.get("doc_number") or "")
    return names


def _ways_to_write(doc_number: str) -> list[str]:
    """Return a document number with each kind of brackets that people type for 〔〕, which few keyboards have."""
    if not doc_number:
        return []
    bare = re.sub(r"[\[(（【]", "〔", re.sub(r"[\])）】]", "〕", doc_number))
    return [doc_number, *(bare.replace("〔", left).replace("〕", right) for left, right in ("〔〕", "[]", "()"))]


def _winner(own: Mapping[str, Any], trusted: Sequence[Stated]) -> Stated:
    """Return the first statement that the properties bear out; if each was overridden in part, the one that did so last."""
    for statement in trusted:
        if all(own.get(name) == value for name, value in statement.properties.items() if _is_single(value)):
            return statement
    surest = [one for one in trusted if one.confidence == trusted[0].confidence]
    latest = max(one.source.position for one in surest)
    return [one for one in surest if one.source.position == latest][-1]


def _is_single(value: object) -> bool:
    """Whether a value is one of which there can be but one; lists of several sources are united."""
    return value is not None and not isinstance(value, list)


def proved(own_id: str, own: Mapping[str, Any], trusted: Sequence[Stated]) -> dict[str, Any]:
    """Return the properties with the id before them and, behind, why they are believed.

    That is the first quote of which nothing was overridden, its place, and how many sources say it.
    """
    first = trusted[0] if len(trusted) == 1 else _winner(own, trusted)
    sources = 1 if len(trusted) == 1 else len({s.source.id for s in trusted})
    return {"id": own_id, **own, "quote": first.quote, "place": first.place_in_words, "sources": sources}
