"""Lists of units: 市发改委、商务和工信局、财政局 are three units, and 市 belongs to each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from innograph.graph.bodies import (
    carries_its_own_rank,
    identify,
    is_branch,
    is_collective,
    kind_of,
    level_word,
    with_level,
)
from innograph.graph.identity import plain
from innograph.graph.regions import region_table

from ...document import Span
from ..model import Role, Unit
from ..structure.titles import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innograph.graph.regions import Region

    from ...document import Document

_SEPARATORS = "、，；/"
_TRAILING = "。；，、.～ \n\r"
_LONGEST_TAIL = 30
_KINDS_OF_UNIT = "(?:部门|单位|地区|地方|企业|机构)"
_AND_OTHERS = rf"等(?:\d+个|有关|相关|各)*{_KINDS_OF_UNIT}?(?:[和与及、]{_KINDS_OF_UNIT})?"
_TAIL = re.compile(rf"(?P<open>{_AND_OTHERS})?(?:按(?:照)?(?:各自)?(?:职责|职能)?(?:分工)?)?(?:分别|共同)?(?:负责)?$")
# 市教育局等有关部门，各有关单位: 等 inside a list leaves it open too.
_ETC = re.compile(rf"{_AND_OTHERS}$")
_ROLE_NOTE = re.compile(
    r"（(?:(?P<lead>牵头|主办|主责)|(?P<support>配合|协办|协同|参与|协助|参加))(?:单位|部门)?）(?= *$)"
)
# What is not a body of the level that the list's head names, unless it says so itself.
_OWN_NAME = frozenset({"Institute", "Enterprise", "ServiceBody"})
# Those that have no name of their own and so belong to that level all the same: 投资集团, 铁塔公司, 农科院.
_NAMELESS = re.compile(
    r"^(?:(?:投资|交通|交投|城投|城建|文旅|文化|旅游|水务|能源|金融|金控|国资|国有|资本|产业|科创|科技|发展|建设|控股|铁塔|电力|供电|电信|移动|联通|广电"
    r"|农业|农投|粮食|港口|海港|机场|轨道|供水|自来水|燃气|热力|公交|开发|融资|担保|数字|大数据|运营|烟草|邮政|人才|工业|创新|盐业)+"
    r"(?:集团|公司|集团公司|有限公司|集团有限公司|分公司)"
    r"|[农林社医环]科院|(?:农业|林业|社会)?科学院|党校|行政学院|农信社|农商行|供电局|人民医院|中心医院|中医院|职业技术学院)$"
)
_NO_UNITS = frozenset({"", "无", "—", "-", "/", "——"})
# 市财政局和人社局 are two bodies, 商务和工信局 is one: 和 joins bodies only where one stands before it and one behind.
_CONJUNCTION = re.compile("以及|[和与及]")
_GROUP_NOUN = re.compile(
    r"^(?:乡|镇|街道|园区|县|区|市直|村|社区|学校|企业|银行|部门|成员单位|开发区|设区市|行署|行政公署)"
)
_GROUP = re.compile(r"^(?:乡镇|街道|园区|社区|开发区|学校|企业|银行|高校)(?:办事处|办)?$")
# 各市、县（市、区）人民政府 and 各省、自治区、直辖市 name one group, the levels between the separators.
_LEVELS = r"(?:自治[区州县]|直辖市|县级市|设区市|地级市|[市县区州盟旗]区?)"
_FIRST_LEVEL = re.compile(r"^(?:各|有关|相关)+(?:[市县区州地设盟旗省]|自治[区州]|（[^（）]{0,24}+）?)+$")
_NEXT_LEVEL = re.compile(
    rf"^{_LEVELS}(?:（[^（）]{{0,24}}+）?)?(?P<end>(?:党委(?:和)?)?(?:人民政府|政府|管委会|党委)?)$"
)
# 双河镇 and 双河镇人民政府, but not 乡镇, 街道办事处 and 城镇: a town's own name needs no level before it.
_TOWN = re.compile(r"^(?P<town>(?![乡镇街各城市县区省州])[\u4e00-\u9fff]{2,5}?[镇乡])(?P<rest>(?:人民)?政府|党委|)$")
_GOVERNMENT = re.compile(r"^(?:人民)?政府$")
_NO_BODY_ALONE = re.compile(rf"^(?:{_KINDS_OF_UNIT}|(?:人民)?政府|个人|群众)$")
_LONGEST_BROKEN_NAME = 15
_LONGEST_JOINED = 120
_LONGEST_PLACE = 30
_LISTED_INSIDE = re.compile(r"(?<=.)[（〔](?P<inside>[^（）〔〕]{4,200})[）〕](?= *$)")
_IN_BRACKETS = re.compile(r"[（〔][^（）〔〕]{0,60}[）〕]")
# Separators inside brackets, out of the way while a list is cut.
_HELD_TOGETHER = str.maketrans(_SEPARATORS, "\0\1\2\3")
_LET_GO = str.maketrans("\0\1\2\3", _SEPARATORS)
_BRACKETS = str.maketrans("〔〕", "（）")


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units of a list, whether it ends in 等, and the level that a list right behind it goes on with."""

    units: tuple[Unit, ...]
    open: bool
    level: str = ""


def read_units(
    document: Document, span: Span, home: Region | None, *, level: str = "", people: bool = False
) -> UnitList:
    """Read the list of units in ``span``.

    Args:
        document: the plan.
        span: the list without its label.
        home: the region whose 市 or 州 is meant.
        level: the level word of the list before it in the same statement (省教育厅牵头，体育局配合).
        people: whether names of people stand among the units (责任单位及责任人：市科技局 王某某).

    Examples:
        >>> from innograph.loaders.document import document_of_lines
        >>> def names(text):
        ...     return [u.canonical for u in read_units(document_of_lines("a", text), Span(0, len(text)), None).units]
        >>> names("市发改委、商务和工信局、市场监督管理局")
        ['市发改委', '市商务和工信局', '市市场监督管理局']
        >>> names("市科技局、州生态环境局昌吉市分局、应急管理局，各乡镇、街道")
        ['市科技局', '州生态环境局昌吉市分局', '市应急管理局', '各乡镇', '各街道']
    """
    end = span.start + len(document.folded[span.start : span.end].rstrip(_TRAILING))
    tail = _TAIL.search(document.folded, max(span.start, end - _LONGEST_TAIL), end)
    units: list[Unit] = []
    collective = False
    is_open = bool(tail and tail.group("open"))
    for item, governs in _with_governments(
        document, list(_items(document, Span(span.start, tail.start() if tail else end)))
    ):
        etc = _ETC.search(document.folded, item.start, item.end)
        is_open = is_open or etc is not None
        part, role = _without_role(document, document.trim(Span(item.start, etc.start())) if etc else item)
        part = _without_person(document, part) if people else part
        name = _name_at(document, part)
        if name in _NO_UNITS or not plain(name):
            continue
        canonical = governs or _restore(name, level, collective=collective)
        collective = is_collective(canonical)
        if not is_branch(name) and not collective:
            level = level_word(name) or level or _place_of(name)
        body = identify(canonical, home)
        if name.count("（") != name.count("）"):
            body = replace(body, certain=False)
        units.append(Unit(document.quote(part), canonical, body, part, role))
    return UnitList(tuple(_distinct(units)), is_open, level)


def _without_role(document: Document, item: Span) -> tuple[Span, Role | None]:
    """A unit without the note behind it that states its role: 市科技局（牵头）."""
    note = _ROLE_NOTE.search(document.folded, item.start, item.end)
    if not note:
        return item, None
    return document.trim(Span(item.start, note.start())), Role.LEAD if note.group("lead") else Role.SUPPORT


def _without_person(document: Document, item: Span) -> Span:
    """The unit at the head of an item; empty where there is none and so only a person is named."""
    text = document.folded
    bracket = text.find("（", item.start, item.end)
    longest = min(bracket if bracket > item.start else item.end, item.start + _LONGEST_TAIL)
    ends = (end for end in range(longest, item.start + 1, -1) if kind_of(_name_at(document, Span(item.start, end)))[1])
    return document.trim(Span(item.start, next(ends, item.start)))


def _place_of(name: str) -> str:
    """The place at the head of a list, which belongs to the members behind it as 市 does: 吐鲁番市科技局、财政局."""
    if kind_of(name) != ("Department", True):
        return ""
    split = region_table().split_head(name)
    return name.removesuffix(split[1]) if split and split[1] else ""


def names_a_body(text: str) -> bool:
    """Whether a part of ``text`` is certainly a body.

    Examples:
        >>> names_a_body("省科技厅牵头，省财政厅"), names_a_body("另行通知")
        (True, False)
    """
    parts = re.split(rf"[{_SEPARATORS}：]|牵头|负责|配合|等|按", text.rstrip(_TRAILING))
    return any(len(name) > 1 and (kind_of(name)[1] or _is_place(name)) for name in map(squeezed, parts))


def is_unit_list(line: str) -> bool:
    """Whether a line consists of units and nothing else.

    Examples:
        >>> is_unit_list("市发改委、财政局和各区（县、市）"), is_unit_list("组织研学和讲座。")
        (True, False)
    """
    return all(map(_is_unit_or_two, unit_names(line)))


def unit_names(line: str) -> list[str]:
    """The parts of a list, cut at separators outside brackets.

    Examples:
        >>> unit_names("市科技局、各区（县、市）。")
        ['市科技局', '各区（县、市）']
    """
    whole = _IN_BRACKETS.sub(lambda found: found.group().translate(_HELD_TOGETHER), line.rstrip(_TRAILING))
    parts = re.split(f"[{_SEPARATORS}]", whole)
    return [squeezed(part.translate(_LET_GO)).translate(_BRACKETS) for part in parts]


def _is_unit_or_two(name: str) -> bool:
    """Whether ``name`` is certainly a body, or bodies joined by 和."""
    if kind_of(name)[1]:
        return True
    cuts = _CONJUNCTION.finditer(name) if len(name) <= _LONGEST_JOINED else ()
    return any(_joins_bodies(name[: cut.start()], name[cut.end() :]) for cut in cuts)


def _is_place(name: str) -> bool:
    """Whether ``name`` is a place alone, which means its government: 敦煌市."""
    place = region_table().split_head(name) if len(name) <= _LONGEST_PLACE else None
    return place is not None and not place[1]


def reads_as_units(text: str) -> bool:
    """Whether ``text`` reads like a list of units: it begins with a certain one, and at least half of it are.

    Examples:
        >>> reads_as_units("县科技局、丁河镇、五里桥镇人民政府等单位"), reads_as_units("县科技局组织专家、企业家和农户代表")
        (True, False)
    """
    items = [squeezed(item) for item in re.split(f"[{_SEPARATORS}]", _TAIL.sub("", text.rstrip(_TRAILING)))]
    certain = [kind_of(item)[1] for item in items]
    return certain[0] and sum(certain) * 2 >= len(certain) and max(map(len, items)) <= _LONGEST_TAIL


def breaks_a_name(text: str, after: str) -> bool:
    """Whether the break between two lines goes through a unit's name, so that only both parts together are one.

    Examples:
        >>> breaks_a_name("市发改委、市场监督", "管理局、人社局"), breaks_a_name("市发改委、市场监督管理局", "各单位")
        (True, False)
    """
    head = squeezed(re.split(f"[{_SEPARATORS}]", text)[-1])
    tail = squeezed(re.split(f"[{_SEPARATORS}]", after[: _LONGEST_BROKEN_NAME + 1], maxsplit=1)[0])
    if not head or not 0 < len(tail) <= _LONGEST_BROKEN_NAME or kind_of(head)[1]:
        return False
    return kind_of(head + tail.rstrip(_TRAILING)) == ("Department", True)


def _name_at(document: Document, span: Span) -> str:
    """What stands in ``span``, without spaces and with one form of brackets."""
    return squeezed(document.folded[span.start : span.end]).translate(_BRACKETS)


def _restore(name: str, level: str, *, collective: bool) -> str:
    """Put back what the list leaves out: 各 after a collective, the level word of the list's head elsewhere."""
    if is_collective(name):
        return name
    if collective and _GROUP_NOUN.match(name) and not _is_one_body(name):
        return f"各{name}"
    if not level or level_word(name) or carries_its_own_rank(name) or _TOWN.match(name):
        return name
    if kind_of(name)[0] in _OWN_NAME and not _NAMELESS.match(name):
        return name
    return with_level(name, level)


def _is_one_body(name: str) -> bool:
    """县科技局 is one body even after 各乡镇; 县（区）人民政府 stands for each."""
    return bool(level_word(name)) and kind_of(name)[1] and not name.endswith(("政府", "管委会"))


def _items(document: Document, span: Span) -> Iterator[Span]:
    """The parts of a list, where 各市、县（区）政府 is one."""
    group: Span | None = None
    for piece in document.pieces(span, _SEPARATORS):
        for item in (part for body in _bodies_in(document, piece) for part in _with_members(document, body)):
            text = _name_at(document, item)
            if group and (more := _NEXT_LEVEL.match(text)) and document.folded[group.end : item.start].strip() == "、":
                group = Span(group.start, item.end)
                if more.group("end"):
                    yield group
                    group = None
                continue
            if group:
                yield group
            group = item if _FIRST_LEVEL.match(text) else None
            if not group:
                yield item
    if group:
        yield group


def _with_members(document: Document, item: Span) -> Iterator[Span]:
    """A body, and those that a list behind it in brackets names: 市发改委（市能源局、市粮食局）; one alone is its name plate."""
    opening = _LISTED_INSIDE.search(document.folded, item.start, item.end)
    inside = list(document.pieces(Span(*opening.span("inside")), _SEPARATORS)) if opening else []
    names = [_name_at(document, member) for member in inside]
    if opening and len(names) > 1 and all(_is_whole(name) and not _FIRST_LEVEL.match(name) for name in names):
        yield document.trim(Span(item.start, opening.start()))
        yield from inside
    else:
        yield item


def _with_governments(document: Document, items: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Each part of a list; where it is a place alone before 某市人民政府, with that government's name: 甲市、乙市人民政府."""
    governs = False
    names: list[str] = []
    for item in reversed(items):
        place = _place_and_rest(document, item) or _town_and_rest(document, item)
        governs = place is not None and (bool(_GOVERNMENT.match(place[1])) or (governs and not place[1]))
        names.append(f"{place[0]}人民政府" if place and governs and not place[1] else "")
    yield from zip(items, reversed(names), strict=True)


def _place_and_rest(document: Document, item: Span) -> tuple[str, str] | None:
    # A place alone or a government is short; what is longer is another body.
    found = region_table().split_head(_name_at(document, item)) if len(item) <= _LONGEST_PLACE else None
    return (found[0].head, found[1]) if found else None


def _town_and_rest(document: Document, item: Span) -> tuple[str, str] | None:
    """A town and what follows its name; the table of regions ends at the counties."""
    found = _TOWN.match(_name_at(document, item))
    return (found.group("town"), found.group("rest")) if found else None


def _bodies_in(document: Document, piece: Span) -> Iterator[Span]:
    """The bodies in a piece without separators: a line each, or joined by 和; a name may also go on in the next line."""
    if not len(piece):
        return
    start = piece.start
    for line in document.pieces(piece, "\n"):
        head = Span(start, line.end)
        if line.end < piece.end and kind_of(squeezed(document.folded[head.start : head.end]))[1]:
            yield from _joined(document, head)
            start = line.end
    yield from _joined(document, Span(start, piece.end))


def _joined(document: Document, piece: Span) -> Iterator[Span]:
    piece = document.trim(piece)
    start = piece.start
    for match in _CONJUNCTION.finditer(document.folded, piece.start, piece.end):
        left, right = Span(start, match.start()), Span(match.end(), piece.end)
        if max(len(left), len(right)) > _LONGEST_JOINED:
            continue
        if _joins_bodies(_name_at(document, left), _name_at(document, right)):
            yield from _spaced(document, document.trim(left))
            start = match.end()
    yield from _spaced(document, document.trim(Span(start, piece.end)))


def _joins_bodies(before: str, after: str) -> bool:
    """Whether what stands before 和 is a body by itself, and what stands behind it too."""
    left, right = _ETC.sub("", before), _ETC.sub("", after)
    if not left or _NO_BODY_ALONE.match(right):
        return False
    if is_collective(left) and _GROUP.match(right):
        return True
    place = region_table().split_head(left)
    return (kind_of(left)[1] or (place is not None and not place[1])) and kind_of(right)[1]


def _spaced(document: Document, piece: Span) -> Iterator[Span]:
    """Bodies with nothing but spaces between them, where each part is certainly one by itself; 市 发改委 is one."""
    parts = [
        Span(match.start(), match.end())
        for match in re.compile(r"[^ ]+").finditer(document.folded, piece.start, piece.end)
    ]
    names = [squeezed(document.folded[part.start : part.end]) for part in parts]
    if len(parts) > 1 and all(map(_is_whole, names)) and not is_branch("".join(names)):
        yield from parts
    else:
        yield piece


def _is_whole(name: str) -> bool:
    return kind_of(name)[1] and len(name) > 2 and level_word(name) != name and name not in ("办公室", "办公厅")


def _distinct(units: list[Unit]) -> Iterator[Unit]:
    seen: set[str] = set()
    for unit in units:
        if unit.body.id not in seen:
            seen.add(unit.body.id)
            yield unit
