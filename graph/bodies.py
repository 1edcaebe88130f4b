"""Identity of public bodies: level, jurisdiction and function.

昌吉市科技局 and 昌吉州科技局 have one function at two levels and are two bodies. A plan writes 市科技局, or only 科技局
where 市 stands at the head of the list; the home region (read from the issuer) says which 市 is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .identity import node_id, plain
from .regions import Region, region_table

# 市场监督管理局 and 市政管理局 begin with 市 without carrying a level (市政务服务局 does); so does 区块链… with 区.
_LEVEL = re.compile(
    r"^(?P<level>自治区|自治州|自治县|省|市(?!场|政(?:管理|园林|公用|工程|设施|建设|养护|环卫|局|处|所)|容|民(?:服务|中心|热线)|域)"
    r"|州|盟|地区|地(?=委)|县|旗|区(?!块|域))"
    r"(?P<party>党?委(?!员会))?"
)
# What belongs to a party committee: after 市委组织部 in a list, 宣传部 is 市委宣传部.
_PARTY_ORGAN = re.compile(
    r"^(?:组织部|宣传部|统战部|政法委|编办|网信办|党校|老干部局|政研室|外办|台办|国安办|社会工作部|巡察办)$"
)
_LEAGUE = re.compile(r"^团(?P<level>自治区|省|市|州|盟|地|县|旗|区)委$")
# 市发改委（市粮食局）: a second name plate, no part of the first.
_NOTE = re.compile(r"(?<=.)[（(][^（）()]*[）)]$")
_OFFICE_BRACKETS = str.maketrans("()", "（）")
_LONGEST_NAME = 40
_REMEMBERED = 4096
_BRANCH = re.compile(r"^(?P<parent>.+?[局厅行院])(?P<branch>[^局厅]{2,8}?(?:分局|分院|支局|中心支行|支行))$")
_NATIONAL = re.compile(r"^(?:国家|中央|全国|中华人民共和国)")

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "Collective",
        re.compile(
            r"各|成员单位|(?:有关|相关|其他)(?:部门|单位|地区|企业|高校|院校|机构|园区)|等部门|所属单位|主管部门$"
        ),
    ),
    (
        "Institute",
        re.compile(
            r"^(?:中科院|中国科学院|中国农科院|中国农业科学院).*[院所台站园心]$|^中科院$|(?:大学|学院|研究院|研究所|科学院|农科院|医院|附院|分院|党校)$"
        ),
    ),
    ("Enterprise", re.compile(r"(?:公司|集团|银行|分行|支行|农商行|电网|铁塔|电信|移动|联通)$")),
    ("ServiceBody", re.compile(r"(?:协会|学会|商会|促进会|基金会|联盟)$")),
    (
        "Department",
        re.compile(
            r"(?:局|委|委员会|办|办公室|办公厅|厅|部|政府|院|署|处|科|站|所|中心|团委|妇联|科协|工商联|总工会|残联|文联|法院|检察院"
            r"|管委会|街道|乡|镇|村|人行|海关|税务|办事处|小组|专班|指挥部|联合会|红十字会|社|工会|大队|支队|政协|人大|军分区|人武部)$"
        ),
    ),
)
_UNCERTAIN_KIND = "Department"


@dataclass(frozen=True, slots=True)
class Body:
    """One body as identified.

    Args:
        label: its node type (``Department``, ``Enterprise``, ``Institute``, ``ServiceBody``, ``Collective``).
        id: its node id.
        name: the full name (昌吉市科技局).
        short: the name with its level word (市科技局).
        mandate: what it does, without level and place (科技局).
        level: ``province``, ``prefecture``, ``county`` or ``None`` where unknown.
        jurisdiction: the region it acts for.
        parent: the body it is a branch of.
        seat: the region a branch works in.
        certain: whether its form says that it is a body at all.
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


def level_word(name: str) -> str:
    """Return the level at the head of ``name`` (市, 州, 省, 市委 …; that of 团市委 stands inside), or an empty string.

    Examples:
        >>> [level_word(n) for n in ("市民政局", "市场监督管理局", "市市场监督管理局", "市委组织部", "州生态环境局昌吉市分局")]
        ['市', '', '市', '市委', '州']
    """
    league = _LEAGUE.match(name)
    if league:
        return league.group("level")
    match = _LEVEL.match(name)
    return match.group() if match else ""


def with_level(name: str, level: str) -> str:
    """Return ``name`` with the level at the head of its list restored; a party committee's is handed on to its organs.

    Examples:
        >>> with_level("财政局", "市"), with_level("宣传部", "市委"), with_level("财政局", "市委")
        ('市财政局', '市委宣传部', '市财政局')
    """
    match = _LEVEL.match(level)
    if match is None or (match.group("party") and _PARTY_ORGAN.match(name)):
        return level + name
    word = match.group("level")
    return f"{'地区' if word == '地' else word}{name}"


def is_branch(name: str) -> bool:
    """Whether ``name`` is a dispatched branch of another body (州生态环境局昌吉市分局)."""
    return _BRANCH.match(name) is not None


def is_collective(name: str) -> bool:
    """Whether ``name`` stands for bodies that are not listed (各乡镇, 各成员单位)."""
    return kind_of(name)[0] == "Collective"


@lru_cache(maxsize=_REMEMBERED)
def kind_of(name: str) -> tuple[str, bool]:
    """Return the node type that the form of ``name`` says, and whether it says so at all.

    Examples:
        >>> kind_of("市科技局"), kind_of("省铁塔公司"), kind_of("各乡镇")[0], kind_of("某某")
        (('Department', True), ('Enterprise', True), 'Collective', ('Department', False))
    """
    bare = _NOTE.sub("", name) if len(name) <= _LONGEST_NAME else ""
    for label, pattern in _KINDS:
        if pattern.search(bare):
            return label, True
    return _UNCERTAIN_KIND, False


@lru_cache(maxsize=_REMEMBERED)
def identify(name: str, home: Region | None = None) -> Body:
    """Identify the body that a document of region ``home`` calls ``name``.

    Args:
        name: the name with its level word restored (市科技局), or a full name (昌吉市科技局).
        home: the region whose 市, 州 or 省 is meant.

    Examples:
        >>> home = region_table()["652301"]
        >>> identify("市科技局", home).id, identify("州科技局", home).id
        ('Department:652301/科技局', 'Department:652300/科技局')
        >>> identify("昌吉市科技局").id
        'Department:652301/科技局'
        >>> branch = identify("州生态环境局昌吉市分局", home)
        >>> branch.parent.name, branch.seat.name
        ('昌吉州生态环境局', '昌吉市')
        >>> identify("团市委", home).id, identify("市发改委（粮食局）", home).id, identify("玛纳斯县").name
        ('Department:652301/团委', 'Department:652301/发改委', '玛纳斯县人民政府')
    """
    name = plain(name).translate(_OFFICE_BRACKETS)
    label, certain = kind_of(name)
    if label == "Collective":
        return _collective(name, home)
    name = _LEAGUE.sub(r"\g<level>团委", _NOTE.sub("", name))
    place = region_table().split_head(name)
    if place and not place[1]:
        return identify(f"{name}人民政府", home)
    split = _BRANCH.match(name)
    if split and label == "Department":
        return _branch(split.group("parent"), split.group("branch"), home)
    word = level_word(name)
    region, rest = _jurisdiction(name, home)
    if region is None or (label != "Department" and not word):
        return Body(label, node_id(label, name), name, name, rest or name, certain=certain)
    short = name if word else f"{_word_for(region)}{rest}"
    return Body(
        label,
        node_id(label, region.code, rest),
        f"{region.head}{rest}",
        short,
        rest,
        region.level,
        region,
        certain=certain,
    )


def _collective(name: str, home: Region | None) -> Body:
    """The bodies of a region that a document does not list: of the one its level word means, else of its own."""
    region, rest = _jurisdiction(name, home)
    if region is None:
        region, rest = home, name
    if region is None:
        return Body("Collective", node_id("Collective", name), name, name, name)
    identifier = node_id("Collective", region.code, rest)
    return Body("Collective", identifier, f"{region.head}{rest}", name, rest, region.level, region)


def _branch(parent_name: str, branch: str, home: Region | None) -> Body:
    parent = identify(parent_name, home)
    seat = region_table().head_of(branch)
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
        seat,
    )


def _jurisdiction(name: str, home: Region | None) -> tuple[Region | None, str]:
    """Return the region a body acts for, and its name without level and place."""
    if _NATIONAL.match(name):
        return None, name
    match = _LEVEL.match(name)
    if match:
        rest = f"{match.group('party') or ''}{name[match.end() :]}"
        return _region_of_word(match.group("level"), home), rest
    return region_table().split_head(name) or (None, name)


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
