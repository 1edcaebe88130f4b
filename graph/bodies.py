"""Identity of public bodies: level, jurisdiction and function.

昌吉市科技局 and 昌吉州科技局 have one function at two levels and are two bodies. A plan writes 市科技局, or only 科技局
where 市 stands at the head of the list; the home region (read from the issuer) says which 市 is meant. Names that are
one body's (发改委, 发展和改革委员会) get one id; the table of names says which are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .body_forms import (
    LEAGUE,
    LONGEST_NAME,
    NOTE,
    PARTY_ORGAN,
    REMEMBERED,
    carries_its_own_rank,
    is_collective,
    kind_of,
    level_word,
    split_level,
    with_level,
)
from .body_names import body_names
from .identity import node_id, plain
from .regions import NATION, Region, region_table

if TYPE_CHECKING:
    from .body_names import National

__all__ = [
    "NATION",
    "Body",
    "carries_its_own_rank",
    "identify",
    "is_branch",
    "is_collective",
    "kind_of",
    "level_word",
    "with_level",
]

_OFFICE_BRACKETS = str.maketrans("()〔〕[]【】", "（）（）（）（）")
_BRANCH = re.compile(r"^(?P<parent>.+?[局厅行院])(?P<branch>[^局厅]{2,8}?(?:分局|分院|支局|中心支行|支行))$")
_NATIONAL = re.compile(r"^(?:国家|中央|全国|中华人民共和国|国务院|中共中央)")
_STATE_COUNCIL = re.compile(r"^(?:国务院|(?:中共)?中央(?:委员会)?)(?:办公厅)?$")
# A body of the nation that the table does not know is shown as 国家…局, and known again by that.
_NATIONAL_OFFICE = re.compile(r"^(?P<head>国家)?(?P<mandate>(?!国家|中央|全国|中华|国务院|中共).*[局委办署])$")
# 各县政府 and 各县人民政府 are the same governments.
_SHORT_GOVERNMENT = re.compile(r"(?<!人民)政府")


@dataclass(frozen=True, slots=True)
class Body:
    """One body as identified.

    Args:
        label: its node type (``Department``, ``Enterprise``, ``Institute``, ``ServiceBody``, ``Collective``).
        id: its node id.
        name: the full name (昌吉市科技局).
        short: the name with its level word (市科技局).
        mandate: what it does, without level and place (科技局), in the form that ids use.
        level: ``nation``, ``province``, ``prefecture``, ``county`` or ``None`` where unknown.
        jurisdiction: the region it acts for.
        parent: the body it is a branch of.
        seat: the region a branch works in.
        certain: whether its form says that it is a body at all.
        aliases: the written forms that ``name`` and ``short`` do not show (市发展和改革委员会).
    """

    label: str
    id: str
    name: str
    short: str
    mandate: str
    level: str | None = None
    jurisdiction: Region | None = None
    parent: Body | None = None
    seat: Region | None = None
    certain: bool = True
    aliases: tuple[str, ...] = ()


def is_branch(name: str) -> bool:
    """Whether ``name`` is a dispatched branch of another body (州生态环境局昌吉市分局)."""
    return _BRANCH.match(name) is not None


@lru_cache(maxsize=REMEMBERED)
def identify(name: str, home: Region | None = None) -> Body:
    """Identify the body that a document of region ``home`` calls ``name``.

    Args:
        name: the name with its level word restored (市科技局), or a full name (昌吉市科技局).
        home: the region whose 市, 州 or 省 is meant; ``NATION`` for a national document.

    Examples:
        >>> home = region_table()["652301"]
        >>> identify("市科技局", home).id, identify("州科技局", home).id
        ('Department:652301/科技局', 'Department:652300/科技局')
        >>> identify("昌吉市科技局").id
        'Department:652301/科技局'
        >>> {identify(n, home).id for n in ("市发改委", "市发展和改革委员会", "市发展改革委（粮食局）")}
        {'Department:652301/发改委'}
        >>> branch = identify("州生态环境局昌吉市分局", home)
        >>> branch.parent.name, branch.seat.name
        ('昌吉州生态环境局', '昌吉市')
        >>> identify("团市委", home).id, identify("玛纳斯县").name
        ('Department:652301/团委', '玛纳斯县人民政府')
        >>> identify("发展改革委", NATION).id, identify("财政部", home).id
        ('Department:100000/发改委', 'Department:100000/财政部')
    """
    name = plain(name).translate(_OFFICE_BRACKETS)
    label, certain = kind_of(name)
    if label == "Collective":
        return _collective(name, home, certain=certain)
    written, name = name, LEAGUE.sub(r"\g<level>团委", NOTE.sub("", name)) if len(name) <= LONGEST_NAME else name
    place = _place_at_head(name, home)
    if (place and not place[1]) or (split_level(name) or ("", "", name))[1:] == ("", ""):
        return identify(f"{name}人民政府", home)
    if label == "Department":
        found = _central(name, home) or _branch(name, home)
        if found:
            return found
    return _local(name, written, label, home, certain=certain)


def _local(name: str, written: str, label: str, home: Region | None, *, certain: bool) -> Body:
    """A body of a region, or one whose region is not said."""
    level = split_level(name)
    region, rest = _jurisdiction(name, home)
    mandate = _mandate(rest, region)
    word = level[0] if level else ""
    if region is None and not word and home and label == "Department" and body_names().knows(rest):
        region = home
    if label != "Department" and (region is None or _says_where(region, rest)):
        return _named(name, written, label, region, mandate, word, certain=certain)
    if region is None:
        bare = f"{word}{mandate}"
        return Body(
            label,
            node_id(label, bare),
            bare,
            bare,
            mandate or bare,
            certain=certain,
            aliases=_other((name, written), bare),
        )
    short, full = f"{word or _word_for(region)}{mandate}", f"{region.head}{mandate}"
    if region == NATION and _NATIONAL_OFFICE.match(mandate):
        short = full = f"国家{mandate}"
    also = (written, name, f"{region.head}{rest}")
    return Body(
        label,
        node_id(label, region.code, mandate),
        full,
        short,
        mandate,
        region.level,
        region,
        certain=certain,
        aliases=_other(also, short, full),
    )


def _says_where(region: Region, rest: str) -> bool:
    """Whether the region's name in front of ``rest`` means that region and no other."""
    return region_table().head_of(f"{region.head}{rest}") == region


def _named(
    name: str, written: str, label: str, region: Region | None, mandate: str, word: str, *, certain: bool
) -> Body:
    """An enterprise, institute or association: its full name is its identity (省电力公司 is 浙江省电力公司)."""
    if region is None:
        full = body_names().institute(f"{word}{mandate}" if word else name)
        return Body(
            label,
            node_id(label, full),
            full,
            full,
            mandate or full,
            certain=certain,
            aliases=_other((name, written), full),
        )
    found = region_table().split_head(name) if not word else None
    full = f"{name.removesuffix(found[1])}{mandate}" if found else f"{region.head}{mandate}"
    short = f"{word}{mandate}" if word else full
    return Body(
        label,
        node_id(label, full),
        full,
        short,
        mandate,
        # 吉林大学 is named for a place, and what it is named for is not always where it works.
        region.level if word else None,
        region if word else None,
        certain=certain,
        aliases=_other((written,), full, short),
    )


def _mandate(rest: str, region: Region | None) -> str:
    """What a body does, as ids write it; an organ of a party committee also where the text leaves out its 委."""
    party = re.match("党?委(?!员会)", rest)
    if party:
        return f"{party.group()}{body_names().canonical(rest[party.end() :])}"
    mandate = body_names().canonical(rest)
    if PARTY_ORGAN.match(mandate) and region != NATION:
        return f"{'党委' if region and region.name.endswith('自治区') else '委'}{mandate}"
    return mandate


def _other(names: tuple[str, ...], *shown: str) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name not in shown)


def _collective(name: str, home: Region | None, *, certain: bool) -> Body:
    """The bodies of a region that a document does not list: of the one its level word means, else of its own."""
    region, rest = _jurisdiction(name, home)
    if region is None:
        region, rest = home, name
    same = _SHORT_GOVERNMENT.sub("人民政府", rest)
    if region is None:
        return Body(
            "Collective", node_id("Collective", same), same, name, same, certain=certain, aliases=_other((name,), same)
        )
    full = f"{region.head}{same}"
    return Body(
        "Collective",
        node_id("Collective", region.code, same),
        full,
        name,
        same,
        region.level,
        region,
        certain=certain,
        aliases=_other((name,), name, full),
    )


def _central(name: str, home: Region | None) -> Body | None:
    """A body of the nation (财政部, 国家药监局), or a branch that it has sent out (人行南昌中心支行, 江西银保监局)."""
    names = body_names()
    if _STATE_COUNCIL.match(name):
        return Body("Department", node_id("Department", NATION.code, name), name, name, name, NATION.level, NATION)
    own = names.national(name, at_home=home == NATION)
    if own and not (names.dispatched(name) and home not in (None, NATION)):
        return _of_the_nation(own, name)
    head = names.national_head(name)
    place = _place_at_head(head[1], home) if head else None
    if head and place:
        # 国家税务总局浙江省税务局 is what the province calls 省税务局.
        if names.knows(place[1]) and names.dispatched(place[1]) is None:
            return identify(head[1], home)
        return _sent_out(head[0], place[0], name)
    return _sent_out_by_place(name, home)


def _sent_out_by_place(name: str, home: Region | None) -> Body | None:
    """浙江证监局, 市银保监分局 and, in a document of its place, 人行; but 省金融监管局 is the province's own."""
    region, rest = _jurisdiction(name, home)
    parent = body_names().dispatched(rest)
    seat = home if region is None and rest == name else region
    if parent is None or seat is None or seat == NATION:
        return None
    place = "" if split_level(name) else name.removesuffix(rest)
    if place in ("", seat.head):
        if body_names().knows(rest):
            return None
        place = seat.head if seat.level == "county" else seat.head.removesuffix("省").removesuffix("市")
    return _sent_out(parent, seat, f"{place}{rest}", name)


def _of_the_nation(found: National, written: str) -> Body:
    return Body(
        "Department",
        node_id("Department", NATION.code, found.mandate),
        found.name,
        found.short,
        found.mandate,
        NATION.level,
        NATION,
        aliases=_other((written,), found.name, found.short, found.mandate),
    )


def _sent_out(parent: National, seat: Region, name: str, written: str = "") -> Body:
    return Body(
        "Department",
        node_id("Department", NATION.code, parent.mandate, seat.code),
        name,
        name,
        name,
        NATION.level,
        NATION,
        _of_the_nation(parent, parent.name),
        seat,
        aliases=_other((written or name,), name),
    )


def _branch(name: str, home: Region | None) -> Body | None:
    split = _BRANCH.match(name)
    if split is None:
        return None
    parent, branch = identify(split.group("parent"), home), split.group("branch")
    path = (parent.jurisdiction.code, parent.mandate, branch) if parent.jurisdiction else (parent.name, branch)
    return Body(
        "Department",
        node_id("Department", *path),
        f"{parent.name}{branch}",
        f"{parent.short}{branch}",
        f"{parent.mandate}{branch}",
        parent.level,
        parent.jurisdiction,
        parent,
        region_table().head_of(branch),
        aliases=_other((name,), f"{parent.name}{branch}", f"{parent.short}{branch}"),
    )


def _jurisdiction(name: str, home: Region | None) -> tuple[Region | None, str]:
    """Return the region a body acts for, and its name without level and place."""
    if _NATIONAL.match(name):
        office = _NATIONAL_OFFICE.match(name)
        return NATION, office.group("mandate") if office else name
    level = split_level(name)
    if level:
        word, party, rest = level
        return _region_of_word(word, home), f"{party}{rest}"
    return _place_at_head(name, home) or (None, name)


def _place_at_head(name: str, home: Region | None) -> tuple[Region, str] | None:
    """The region at the head of ``name`` and the rest; of several of that name, the one that ``home`` is or lies near."""
    found = region_table().split_head(name)
    if found or home is None:
        return found
    for region in region_table().lineage(home):
        for head in (region.name, region.short):
            if head and name.startswith(head):
                return region, name[len(head) :]
    return None


def _region_of_word(word: str, home: Region | None) -> Region | None:
    """Which region ``word`` (市, 州, 省 …) means in a document of ``home``: the nearest of that form upwards."""
    ending = "地区" if word == "地" else word
    lineage = region_table().lineage(home) if home else ()
    return next((region for region in lineage if region.name.endswith(ending)), None)


def _word_for(region: Region) -> str:
    for word in ("自治区", "自治州", "自治县", "地区", "省", "市", "州", "盟", "县", "旗", "区"):
        if region.name.endswith(word):
            return "州" if word == "自治州" else word
    return ""
