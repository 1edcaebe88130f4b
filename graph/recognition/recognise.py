"""Who is who in a ledger: which ids of its sources mean one thing, by registers, names, aliases and people's judgements."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ..ledger.standing import Verdict
from .aliases import aliases_at
from .branches import bare_ids, key_in
from .joining import Joining, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..ledger import Ledger, Stated
    from ..ledger.standing import Judgement
    from ..ontology import Ontology
    from .aliases import Alias

_REGION = "Region:"


@dataclass(frozen=True)
class Recognised:
    """Which ids mean one thing.

    Args:
        joined: for each id that is not its thing's own, the id that stands for it.
    """

    joined: Mapping[str, str] = field(default_factory=dict[str, str])

    def id_of(self, own_id: str) -> str:
        """Return the id under which the graph has what the sources call ``own_id``."""
        return self.joined.get(own_id, own_id)

    @cached_property
    def changed(self) -> frozenset[str]:
        """The ids, as the graph has them, of everything that several ids mean."""
        return frozenset(self.joined.values())


def recognise(
    ledger: Ledger, ontology: Ontology, own: Iterable[Alias] = (), nodes: Iterable[Stated] | None = None
) -> Recognised:
    """Return which ids of the ledger mean one thing.

    The steps, none of which joins what an earlier one holds apart: what people judged the same, and different; keys of
    registers; names that are equal but for typing; the dated table of aliases.

    Args:
        ledger: what the sources say, and what people judged.
        ontology: says which properties are keys, and which types are recognised by name.
        own: the workspace's own table of aliases, which goes before the bundled one.
        nodes: what the ledger says of nodes, if it has been read already.
    """
    known = mentions_in(ledger, ontology, nodes)
    return recognised(known.values(), ledger.judgements.standing(), ontology, own)


def recognised(
    mentions: Iterable[Mention], judgements: Iterable[Judgement], ontology: Ontology, own: Iterable[Alias] = ()
) -> Recognised:
    """Do the same with what was read from a ledger before; see :func:`recognise`."""
    judgements = list(judgements)
    known = Joining(mentions)
    for judgement in judgements:
        if judgement.verdict is Verdict.SAME:
            known.join(judgement.left, judgement.right)
    for judgement in judgements:
        if judgement.verdict is Verdict.DIFFERENT:
            known.keep_apart(judgement.left, judgement.right)
    known.by_keys()
    labels = {name for name, node_type in ontology.nodes.items() if node_type.recognised_by_name}
    known.by_names(labels)
    known.by_aliases(aliases_at(None, own), labels)
    joined = known.ids()
    return Recognised({**joined, **bare_ids(known.all_ids(), known.leader)})


def mentions_in(ledger: Ledger, ontology: Ontology, nodes: Iterable[Stated] | None = None) -> dict[str, Mention]:
    """Return what the ledger says of each thing that may be known under several ids, by id; see :func:`recognise`."""
    labels = {
        name
        for name, node_type in ontology.concrete.items()
        if node_type.recognised_by_name or any(p.identifier for p in node_type.properties.values())
    }
    found: dict[str, Mention] = {}
    registers = ontology.identifiers
    for stated in ledger.assertions("node") if nodes is None else nodes:
        if stated.type not in labels:
            continue
        own_id, properties = stated.subject, stated.properties
        one = found.get(own_id)
        if one is None:
            one = found[own_id] = Mention(own_id, stated.type)
            _take_key_of_id(one, registers.values())
        name = properties.get("name")
        if name and name not in one.names:
            one.names.append(name)
        if properties.get("level"):
            one.levels.add(properties["level"])
        one.aliases += properties.get("aliases") or ()
        for name, register in registers.items():
            if properties.get(name):
                one.keys[register] = properties[name]
    for own_id, region in ledger.ends_of("LOCATED_IN"):
        if own_id in found and region.startswith(_REGION):
            found[own_id].regions.add(region.removeprefix(_REGION))
    return dict(sorted(found.items()))  # who is who does not depend on which file was loaded first


def _take_key_of_id(one: Mention, registers: Iterable[str]) -> None:
    known = key_in(one.id)
    if known and known[0] in registers:
        one.keys[known[0]] = known[1]
