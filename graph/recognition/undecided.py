"""What a person should look at: things in a ledger that may be one, and that neither a rule nor a person has settled."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .candidates import Body, candidates
from .joining import by_readability
from .recognise import mentions_in, recognised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..ledger import Ledger
    from ..ontology import Ontology
    from .aliases import Alias
    from .candidates import Candidate
    from .joining import Mention


def undecided(
    ledger: Ledger,
    ontology: Ontology,
    own: Iterable[Alias] = (),
    *,
    least: float,
    tell_left_out: Callable[[int], object] | None = None,
) -> list[Candidate]:
    """Return the pairs that may be one thing, the likeliest first, by the ids that the graph has for them.

    Things are compared with their like: a platform is never the body that runs it.

    Args:
        ledger: what the sources say, and what people judged.
        ontology: says which types are recognised by name: only these are compared.
        own: the workspace's own table of aliases.
        least: the least score, 0 to 1.
        tell_left_out: told how many pairs were not compared, since too many bodies have one name.
    """
    mentions = mentions_in(ledger, ontology)
    judgements = ledger.judgements.standing()
    known = recognised(mentions.values(), judgements, ontology, own)
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for one in mentions.values():
        if one.names and ontology.concrete[one.label].recognised_by_name:
            groups[known.id_of(one.id)].append(one)
    decided = {frozenset(map(known.id_of, judgement.pair)) for judgement in judgements}
    of_root: defaultdict[str, list[Body]] = defaultdict(list)
    for own_id, group in groups.items():
        of_root[ontology.nodes[group[0].label].root].append(_body(own_id, group))
    found = [
        one
        for root in sorted(of_root)
        for one in candidates(of_root[root], decided, least=least, tell_left_out=tell_left_out)
    ]
    return sorted(found, key=lambda one: (-one.score, one.left, one.right))


def _body(own_id: str, group: list[Mention]) -> Body:
    first, *others = sorted(group, key=lambda one: by_readability(one.id))
    name = first.names[-1]
    names = [name for one in (first, *others) for name in one.names] + [alias for one in group for alias in one.aliases]
    keys: Mapping[str, str] = {register: key for one in group for register, key in one.keys.items()}
    regions = sorted({code for one in group for code in one.regions}, key=len)
    aliases = tuple(name for name in dict.fromkeys(names) if name != first.names[-1])
    return Body(own_id, first.label, name, aliases, regions[-1] if regions else None, keys)
