"""Bodies and their branches under one key: a branch's row often carries its head office's code, which makes it no head office.

A register of legal persons knows the branch too, or leaves it to its head office. Which of the two a row means is seen
from its name: so the name of a branch belongs to its id besides the key, and one key does not join what names hold apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..identity import is_keyed, keyed_id, plain
from ..text import Text
from .names import branch_of, is_dispatched, is_unit, normal_name, owners_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

# Registers whose keys people write down for a branch as well; those of the others come from the register's own tables.
_LENT = frozenset({"uscc"})
_MOST_KEYS = 1 << 16


def is_lent(scheme: str) -> bool:
    """Whether the keys of the register ``scheme`` are written down for branches too.

    Examples:
        >>> is_lent("uscc"), is_lent("ror")
        (True, False)
    """
    return scheme in _LENT


def is_part(name: str) -> bool:
    """Whether ``name`` says that it is a branch or a part of another body.

    Examples:
        >>> [is_part(name) for name in ("某某公司昌吉分公司", "某某公司昌吉工厂", "昌吉办事处", "某某公司", "某某研究院")]
        [True, True, True, False, False]
    """
    normal = normal_name(name)
    return is_dispatched(normal) or branch_of(normal) is not None


def id_by_key(root: str, scheme: str, key: str, name: str) -> str:
    """Return the id of a thing that a register knows; the name of a branch belongs to it, because its key may be lent.

    Args:
        root: the most general label of the thing's type.
        scheme: the register.
        key: what the register calls it.
        name: what the source calls it; may be empty.

    Examples:
        >>> id_by_key("Organisation", "uscc", "91652301MA0000015T", "某某公司昌吉分公司")
        'Organisation:uscc=91652301MA0000015T/某某公司昌吉分公司'
        >>> id_by_key("Organisation", "uscc", "91652301MA0000015T", "某某公司")
        'Organisation:uscc=91652301MA0000015T'
    """
    # What keyed_id makes of it, without folding what has nothing to fold.
    own_id = f"{root}:{scheme}={key}" if key.isascii() and key.isalnum() else keyed_id(root, scheme, key)
    return f"{own_id}/{plain(name)}" if scheme in _LENT and name and is_part(name) else own_id


def key_in(own_id: str) -> tuple[str, str] | None:
    """Return the register and the key that an id was made of, if it was made of one.

    Examples:
        >>> key_in("Organisation:uscc=91652301MA0000015T/某某公司昌吉分公司")
        ('uscc', '91652301MA0000015T')
        >>> key_in("Project:h2020=2020/1"), key_in("Enterprise:某某公司")
        (('h2020', '2020/1'), None)
    """
    if not is_keyed(own_id):
        return None
    register, _, key = own_id.partition(":")[2].partition("=")
    return register, key.partition("/")[0] if register in _LENT else key


def bare_ids(ids: Collection[str], leader: Callable[[str], str]) -> dict[str, str]:
    """Return what the id of a key alone means, where no source states it and one branch is all that has the key.

    A table that knows only keys speaks of a branch by the branch's own.

    Args:
        ids: all that are stated.
        leader: says which id stands for each.

    Examples:
        >>> bare_ids(["Organisation:uscc=1/甲公司乙分公司"], str)
        {'Organisation:uscc=1': 'Organisation:uscc=1/甲公司乙分公司'}
        >>> bare_ids(["Organisation:uscc=1/甲公司乙分公司", "Organisation:uscc=1"], str)
        {}
    """
    found: dict[str, set[str]] = {}
    for own_id in ids:
        # Few ids have both, and only the id of a key and a name is of interest.
        known = key_in(own_id) if "=" in own_id and "/" in own_id else None
        if known and known[0] in _LENT and (bare := keyed_id(own_id.partition(":")[0], *known)) not in ids:
            found.setdefault(bare, set()).add(leader(own_id))
    return {bare: meant.pop() for bare, meant in sorted(found.items()) if len(meant) == 1}


def why_apart(one: str, other: str) -> Text | None:
    """Return why two names are of a body and its branch, or of two branches; ``None`` if they do not say so.

    The names may be of one body under one key otherwise, however different: firms change theirs.

    Args:
        one: a name.
        other: another.

    Examples:
        >>> why_apart("某某公司昌吉工厂", "某某公司").zh
        '从名称看，“某某公司昌吉工厂”是“某某公司”的分支或下属单位'
        >>> why_apart("某某科学院甲乙丙研究所", "甲丙所") is None
        True
    """
    left, right = normal_name(one), normal_name(other)
    if left == right:
        return None
    for part, whole, names in ((left, right, (one, other)), (right, left, (other, one))):
        if _is_part_of(part, whole):
            return _told("“{}”是“{}”的分支或下属单位", "“{}” is a branch or a part of “{}”", names)
        if _is_of_another_kind(part, whole):
            return _told("“{}”是分支或下属单位，“{}”不是", "“{}” is a branch or a part, and “{}” is none", names)
    if _are_two_parts(left, right):
        return _told("“{}”和“{}”是两个分支或下属单位", "“{}” and “{}” are two branches or parts", (one, other))
    return None


def may_share_key(names: Collection[str], others: Collection[str]) -> bool:
    """Whether what goes by ``names`` and what goes by ``others`` may be one body if both have one key.

    Examples:
        >>> may_share_key(["甲公司"], ["乙公司"]), may_share_key(["甲公司"], ["甲公司乙分公司"]), may_share_key([], ["甲公司乙厂"])
        (True, False, True)
    """
    return not names or not others or any(why_apart(one, other) is None for one in names for other in others)


class KeysMet:
    """Remembers under which name each key was met first in a table, the last many of them.

    Examples:
        >>> met = KeysMet()
        >>> met.apart_from("uscc", "1", "甲公司"), met.apart_from("uscc", "1", "甲公司乙分公司")
        (None, '甲公司')
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def apart_from(self, scheme: str, key: str, name: str) -> str | None:
        """Return the name that the key was met under before, if that is the name of a branch of this one or so.

        Args:
            scheme: the register.
            key: what it calls the thing.
            name: what the row calls it.
        """
        if scheme not in _LENT or not name:
            return None
        if len(self._names) >= _MOST_KEYS:
            self._names.clear()
        first = self._names.setdefault(key, name)
        return first if first != name and why_apart(first, name) else None


def _told(zh: str, en: str, names: tuple[str, str]) -> Text:
    return Text(f"从名称看，{zh.format(*names)}", f"By their names, {en.format(*names)}")


def _is_part_of(part: str, whole: str) -> bool:
    """Whether a name goes on from that of ``whole``, or of what abbreviates it, to a unit of it."""
    owners = owners_of(part)
    if whole in owners or (part.startswith(whole) and is_unit(part[len(whole) :])):
        return True
    # The head office may be known by a name that is shorter or longer.
    return not is_part(whole) and any(_abbreviates(*sorted((whole, owner), key=len)) for owner in owners)


def _is_of_another_kind(part: str, whole: str) -> bool:
    """Whether only the one is a part, and the other ends as no such part does: 昌吉工厂 and a 公司 of another name."""
    if is_part(whole):
        return False
    return is_dispatched(part) or (bool(owners_of(part)) and whole[-1] != part[-1])


def _are_two_parts(one: str, other: str) -> bool:
    """Whether both names are of parts, and neither part's own name may abbreviate the other's."""
    here, there = _own_part(one), _own_part(other)
    if not here or not there:
        return False
    return is_dispatched(one) != is_dispatched(other) or not _abbreviates(*sorted((here, there), key=len))


def _own_part(name: str) -> str:
    found = branch_of(name)
    return found[1] if found else name if is_dispatched(name) else ""


def _abbreviates(short: str, full: str) -> bool:
    """Whether the characters of ``short`` stand in ``full`` in their order."""
    rest = iter(full)
    return all(character in rest for character in short)
