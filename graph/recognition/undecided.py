"""What a person should look at: things in a ledger that may be one, and that neither a rule nor a person has settled."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from math import comb
from typing import TYPE_CHECKING

from ..text import Text
from .branches import is_part, why_apart
from .candidates import Body, Candidate, candidates
from .joining import by_readability
from .recognise import mentions_in, recognised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..ledger import Ledger
    from ..ontology import Ontology
    from .aliases import Alias
    from .joining import Mention
    from .recognise import Recognised

# One key is strong, and what speaks against it is only a name: a person should see such a pair early.
_SAME_KEY = 0.9
_MOST_OF_A_KEY = 50


def undecided(
    ledger: Ledger,
    ontology: Ontology,
    own: Iterable[Alias] = (),
    *,
    least: float,
    tell_left_out: Callable[[int], object] | None = None,
) -> list[Candidate]:
    """Return the pairs that may be one thing, the likeliest first, by the ids that the graph has for them.

    Things are compared with their like: a platform is never the body that runs it. What has one key and was not joined,
    because the names are of a body and its branch, comes with the reason.

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
    found = {
        (one.left, one.right): one
        for root in sorted(of_root)
        for one in candidates(of_root[root], decided, least=least, tell_left_out=tell_left_out)
    }
    if least <= _SAME_KEY:
        for pair in _of_one_key(mentions.values(), known, ontology, tell_left_out):
            if frozenset((pair.left, pair.right)) not in decided:
                found[pair.left, pair.right] = pair
    return sorted(found.values(), key=lambda one: (-one.score, one.left, one.right))


def _of_one_key(
    mentions: Iterable[Mention],
    known: Recognised,
    ontology: Ontology,
    tell_left_out: Callable[[int], object] | None,
) -> Iterator[Candidate]:
    """Yield the pairs that one register knows by one key, and whose names say that they are two."""
    holders: defaultdict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for one in mentions:
        for register_and_key in one.keys.items() if one.names else ():
            holders[register_and_key].setdefault(known.id_of(one.id), []).extend(one.names)
    for (register, key), called in sorted(holders.items()):
        pairs, left_out = _with_head(called)
        if tell_left_out and left_out:
            tell_left_out(left_out)
        for left, right in pairs:
            why = next((why for a in called[left] for b in called[right] if (why := why_apart(a, b))), None)
            if why:
                yield Candidate(left, right, _SAME_KEY, (_same_key(register, key, ontology),), (why,))


def _with_head(called: Mapping[str, list[str]]) -> tuple[list[tuple[str, str]], int]:
    """The pairs of what has one key, and how many of them there are too many.

    Where there is a head office, only the pairs with it: who it is tells the rest of its branches.
    """
    parts = [own_id for own_id in sorted(called) if all(map(is_part, called[own_id]))]
    heads = sorted(called.keys() - parts) or parts
    others = parts if heads is not parts else []
    total = comb(len(heads), 2) + len(heads) * len(others)
    some = heads[:_MOST_OF_A_KEY]
    pairs = [*combinations(some, 2), *product(some, others[:_MOST_OF_A_KEY])]
    return [(min(pair), max(pair)) for pair in pairs], total - len(pairs)


def _same_key(register: str, key: str, ontology: Ontology) -> Text:
    properties = (about for node in ontology.nodes.values() for about in node.properties.values())
    named = next((about.label for about in properties if about.identifier == register), Text(register, register))
    return Text(f"{named.zh}相同：{key}", f"The same {named.en}: {key}")


def _body(own_id: str, group: list[Mention]) -> Body:
    first, *others = sorted(group, key=lambda one: by_readability(one.id))
    name = first.names[-1]
    names = [name for one in (first, *others) for name in one.names] + [alias for one in group for alias in one.aliases]
    keys: Mapping[str, str] = {register: key for one in group for register, key in one.keys.items()}
    regions = sorted({code for one in group for code in one.regions}, key=len)
    aliases = tuple(name for name in dict.fromkeys(names) if name != first.names[-1])
    return Body(own_id, first.label, name, aliases, regions[-1] if regions else None, keys)
