"""Joins ids that mean one thing, as far as that is certain; what is not certain stays apart, for a person to judge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..identity import is_keyed
from .branches import may_share_key
from .names import normal_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_MARKS = ("regions", "levels")


@dataclass(slots=True)
class Mention:
    """What the sources say of one id, as far as it tells who is meant.

    Args:
        id: the node's id.
        label: its type.
        names: what it is called, by whichever source.
        aliases: what else it is called, in the order of the sources.
        keys: what each register calls it.
        regions: codes of the regions it is said to be in.
        levels: the levels that sources give it: a 国家级 platform is not the 市级 one of its name.
    """

    id: str
    label: str
    names: list[str] = field(default_factory=list[str])
    aliases: list[str] = field(default_factory=list[str])
    keys: dict[str, str] = field(default_factory=dict[str, str])
    regions: set[str] = field(default_factory=set[str])
    levels: set[str] = field(default_factory=set[str])


class Joining:
    """Groups of mentions that are one thing each. No step joins what an earlier one, or a person, says is different.

    Args:
        mentions: all of them.

    Examples:
        >>> known = Joining([Mention("Enterprise:甲", "Enterprise", ["甲公司"]),
        ...                  Mention("Enterprise:652301/甲", "Enterprise", ["甲公司"], regions={"652301"})])
        >>> known.by_names(["Enterprise"])
        >>> known.ids()
        {'Enterprise:652301/甲': 'Enterprise:甲'}
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._groups = {one.id: [one] for one in mentions}
        self._leader = {own_id: own_id for own_id in self._groups}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)

    def leader(self, own_id: str) -> str:
        """Return the id that stands for the group."""
        return self._leader.get(own_id, own_id)

    def all_ids(self) -> Collection[str]:
        """Return the ids of all mentions."""
        return self._leader.keys()

    # --- what people say

    def keep_apart(self, one: str, other: str) -> None:
        """Let nothing join these two."""
        one, other = self.leader(one), self.leader(other)
        if one != other:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: str, other: str) -> None:
        """Join two groups, whatever speaks against it, as a person says; nothing is done for ids nobody states."""
        one, other = self.leader(one), self.leader(other)
        if one == other or one not in self._groups or other not in self._groups:
            return
        kept, gone = sorted((one, other), key=by_readability)
        for mention in self._groups[gone]:
            self._leader[mention.id] = kept
        self._groups[kept] += self._groups.pop(gone)
        for apart in self._apart.pop(gone, set()):
            self._apart[apart].discard(gone)
            self._apart[apart].add(kept)
            self._apart[kept].add(apart)

    # --- what is certain

    def by_keys(self) -> None:
        """Join what one register knows by one key, but for a body and its branch: its row may have the head office's key."""
        holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for group in self._groups.values():
            for mention in group:
                for register_and_key in mention.keys.items():
                    holders[register_and_key].append(mention.id)
        for register_and_key in sorted(key for key, ids in holders.items() if len(ids) > 1):
            self._join_agreeing(holders[register_and_key], by_key=True)

    def by_names(self, labels: Collection[str]) -> None:
        """Join mentions of one of ``labels`` that have the same label and, but for typing, the same name.

        Where some of them are known to differ, those of which nothing is known could be either, and stay alone.
        """
        named: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for leader, group in self._groups.items():
            keys = {(one.label, normal_name(name)) for one in group if one.label in labels for name in one.names}
            for key in keys:
                named[key].append(leader)
        for ids in (named[key] for key in sorted(named) if len(named[key]) > 1):
            self._join_alike(ids)

    def by_aliases(self, aliases: Mapping[str, str], labels: Collection[str]) -> None:
        """Join a mention under an alias with the one mention under the name it stands for, if there is just one.

        Args:
            aliases: the name for each alias.
            labels: the types to which that applies.
        """
        stands_for = {normal_name(alias): normal_name(name) for alias, name in aliases.items()}
        wanted = {stands_for.get(name, name) for name in stands_for.values()}
        named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for leader, group in self._groups.items():
            for one in group:
                for name in one.names if one.label in labels else ():
                    form = normal_name(name)
                    meant = stands_for.get(form, form)
                    if meant in wanted:
                        named[one.label, meant].add(leader)
        for key in sorted(named):
            self._join_alike(named[key])

    def ids(self) -> dict[str, str]:
        """Return the id that stands for each id that is not its group's own."""
        return {own_id: leader for own_id, leader in self._leader.items() if own_id != leader}

    # --- may they be one?

    def _join_alike(self, ids: Iterable[str]) -> None:
        """Join groups with the same name: those with marks of their own where they agree, then one without any."""
        alike = sorted({self.leader(own_id) for own_id in ids}, key=by_readability)
        marked = [own_id for own_id in alike if self._marked(own_id)]
        self._join_agreeing(marked)
        left = {self.leader(own_id) for own_id in marked}
        if len(left) <= 1:
            self._join_agreeing([*left, *(own_id for own_id in alike if own_id not in marked)])

    def _join_agreeing(self, ids: Iterable[str], *, by_key: bool = False) -> None:
        alike = sorted({self.leader(own_id) for own_id in ids}, key=by_readability)
        for cluster in self._agreeing(alike, by_key=by_key):
            for other in cluster[1:]:
                self.join(cluster[0], other)

    def _agreeing(self, ids: list[str], *, by_key: bool) -> list[list[str]]:
        """Return the groups of ids all of which may be one; one that fits several that differ stands alone."""
        fits = {
            one: {other for other in ids if other != one and self._may_join(one, other, by_key=by_key)} for one in ids
        }
        done: set[str] = set()
        found: list[list[str]] = []
        for one in ids:
            cluster = {one, *fits[one]}
            if one not in done and all(fits[other] == cluster - {other} for other in cluster):
                found.append([one, *sorted(cluster - {one}, key=by_readability)])
                done |= cluster
        return found

    def _marked(self, own_id: str) -> bool:
        """Whether anything but its name tells the group from others."""
        return any(one.keys or one.regions or one.levels for one in self._groups[own_id])

    def _may_join(self, one: str, other: str, *, by_key: bool) -> bool:
        """Whether nothing speaks against it: a person, another key of one register or, by name alone, region or level.

        One key does not join what is a body and its branch by their names.

        A region around the other's is another: 昌吉州 has a centre of agricultural technology, and 昌吉市 its own.
        """
        one, other = self.leader(one), self.leader(other)
        if other in self._apart.get(one, ()):
            return False
        keys, others = self._keys(one), self._keys(other)
        if any(keys[register] != others[register] for register in keys.keys() & others.keys()):
            return False
        groups = self._groups[one], self._groups[other]
        if by_key:
            called = ([name for mention in group for name in mention.names] for group in groups)
            return may_share_key(*called)
        regions, levels = ([{v for m in group for v in getattr(m, what)} for group in groups] for what in _MARKS)
        return _agree(*regions) and _agree(*levels)

    def _keys(self, own_id: str) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._groups[own_id]:
            for register, key in one.keys.items():
                found[register].add(key)
        return found


def _agree(ones: Collection[str], others: Collection[str]) -> bool:
    """Whether both sides have one in common, or one side has none."""
    return not ones or not others or not set(ones).isdisjoint(others)


def by_readability(own_id: str) -> tuple[bool, int, str]:
    """Order ids by how well a person reads them: names before registers' keys, those without a region first."""
    return is_keyed(own_id), own_id.count("/"), own_id
