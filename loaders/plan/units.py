"""Lists of units: 市发改委、商务和工信局、财政局 are three units, and 市 belongs to each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from innograph.graph.bodies import identify, is_branch, is_collective, kind_of, level_word, with_level
from innograph.graph.identity import plain
from innograph.graph.regions import region_table

from ..document import Span
from .model import Role, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.regions import Region

    from ..document import Document

_SEPARATORS = "、，；/"
_TRAILING = "。；，、.～ \n\r"
_LONGEST_TAIL = 20
_TAIL = re.compile(r"(?P<open>等(?:有关|相关|各)?(?:部门|单位)?)?(?:按(?:照)?(?:各自)?(?:职责|职能)?分工)?(?:负责)?$")
# 市教育局等有关部门，各有关单位: 等 inside a list leaves it open too.
_ETC = re.compile(r"等(?:\d+个|有关|相关|各)?(?:部门|单位)?$")
_ROLE_NOTE = re.compile(
    r"（(?:(?P<lead>牵头|主办|主责)|(?P<support>配合|协办|协同|参与|协助|参加))(?:单位|部门)?）(?= *$)"
)
# What is not a body of the level that the list's head names, unless it says so itself.
_OWN_NAME = frozenset({"Institute", "Enterprise", "ServiceBody"})
_NO_UNITS = frozenset({"", "无", "—", "-", "/", "——"})
# 市财政局和人社局 are two bodies, 商务和工信局 is one: 和 joins bodies only where a whole body stands before it.
_JOINS_BODIES = re.compile(r"(?:(?<=[局厅委办])|(?<=政府|公司|大学|学院)|(?<=委员会|办公室))(?:以及|和|与|及)")
_GROUP_NOUN = re.compile(r"^(?:乡|镇|街道|园区|县|区|市直|村|社区|学校|企业|银行|部门|成员单位|开发区|设区市)")
_BARE_REGIONS = re.compile(r"^各[市县区州地设盟旗（）]+$")
_LONGEST_BROKEN_NAME = 15
# Names that carry their own rank or owner, so that the level at the head of the list is not theirs.
_OWN_RANK = re.compile(r"^(?:国家|中央|全国|中国|人行|国网|南方电网|兵团|新疆生产建设兵团|第[一二三四五六七八九十]+师)")
_ZONE = re.compile(r"(?:[高经]开区|高新区|开发区|园区|新区|试验区|保税区|示范区)(?:党工委|管委会|管理委员会)?$")
_NAMELESS_ZONE = re.compile(
    r"^(?:高新|经开|高开|经济|技术|产业|工业|农业|科技|综合|开发|高新区|园|新|区)+(?:党工委|管委会|管理委员会)?$"
)


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units of a list, and whether it ends in 等."""

    units: tuple[Unit, ...]
    open: bool


def read_units(document: Document, span: Span, home: Region | None) -> UnitList:
    """Read the list of units in ``span``.

    Args:
        document: the plan.
        span: the list without its label.
        home: the region whose 市 or 州 is meant.

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
    level = ""
    collective = False
    is_open = bool(tail and tail.group("open"))
    for item in _items(document, Span(span.start, tail.start() if tail else end)):
        etc = _ETC.search(document.folded, item.start, item.end)
        is_open = is_open or etc is not None
        span, role = _without_role(document, document.trim(Span(item.start, etc.start())) if etc else item)
        name = _squeezed(document.folded[span.start : span.end])
        if name in _NO_UNITS or not plain(name):
            continue
        canonical = _restore(name, level, collective=collective)
        collective = is_collective(canonical)
        if not is_branch(name) and not collective:
            level = level_word(name) or level or _place_of(name)
        body = identify(canonical, home)
        if name.count("（") != name.count("）"):
            body = replace(body, certain=False)
        units.append(Unit(document.quote(span), canonical, body, span, role))
    return UnitList(tuple(_distinct(units)), is_open)


def _without_role(document: Document, item: Span) -> tuple[Span, Role | None]:
    """A unit without the note behind it that states its role: 市科技局（牵头）."""
    note = _ROLE_NOTE.search(document.folded, item.start, item.end)
    if not note:
        return item, None
    return document.trim(Span(item.start, note.start())), Role.LEAD if note.group("lead") else Role.SUPPORT


def _place_of(name: str) -> str:
    """The place at the head of a list, which belongs to the members behind it as 市 does: 吐鲁番市科技局、财政局."""
    if kind_of(name) != ("Department", True) or _OWN_RANK.match(name):
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
    return any(len(name) > 1 and kind_of(name)[1] for name in map(_squeezed, parts))


def is_unit_list(line: str) -> bool:
    """Whether a line consists of units and nothing else.

    Examples:
        >>> is_unit_list("市发改委、财政局"), is_unit_list("组织研学和讲座。")
        (True, False)
    """
    return all(kind_of(_squeezed(item))[1] for item in re.split(f"[{_SEPARATORS}]", line.rstrip(_TRAILING)))


def breaks_a_name(text: str, after: str) -> bool:
    """Whether the break between two lines goes through a unit's name, so that only both parts together are one.

    Examples:
        >>> breaks_a_name("市发改委、市场监督", "管理局、人社局"), breaks_a_name("市发改委、市场监督管理局", "各单位")
        (True, False)
    """
    head = _squeezed(re.split(f"[{_SEPARATORS}]", text)[-1])
    tail = _squeezed(re.split(f"[{_SEPARATORS}]", after[: _LONGEST_BROKEN_NAME + 1], maxsplit=1)[0])
    if not head or not 0 < len(tail) <= _LONGEST_BROKEN_NAME or kind_of(head)[1]:
        return False
    return kind_of(head + tail.rstrip(_TRAILING)) == ("Department", True)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _restore(name: str, level: str, *, collective: bool) -> str:
    """Put back what the list leaves out: 各 after a collective, the level word of the list's head elsewhere."""
    if is_collective(name):
        return name
    if collective and _GROUP_NOUN.match(name) and not _is_one_body(name):
        return f"各{name}"
    if not level or level_word(name) or _stands_alone(name):
        return name
    if kind_of(name)[0] in _OWN_NAME and not name.endswith("党校"):
        return name
    return with_level(name, level)


def _is_one_body(name: str) -> bool:
    """县科技局 is one body even after 各乡镇; 县（区）人民政府 stands for each."""
    return bool(level_word(name)) and kind_of(name)[1] and not name.endswith(("政府", "管委会"))


def _stands_alone(name: str) -> bool:
    """Whether a name carries its own place or rank, so that a level word before it would be wrong."""
    if _OWN_RANK.match(name) or (_ZONE.search(name) and not _NAMELESS_ZONE.match(name)):
        return True
    return region_table().head_of(name) is not None


def _items(document: Document, span: Span) -> Iterator[Span]:
    """The parts of a list, where 各市、县（区）政府 is one."""
    pending: Span | None = None
    for piece in document.pieces(span, _SEPARATORS):
        for item in _bodies_in(document, piece):
            if pending and document.folded[item.start : item.end].endswith(("政府", "管委会")):
                yield Span(pending.start, item.end)
                pending = None
                continue
            if pending:
                yield pending
            pending = item if _BARE_REGIONS.match(document.folded[item.start : item.end]) else None
            if not pending:
                yield item
    if pending:
        yield pending


def _bodies_in(document: Document, piece: Span) -> Iterator[Span]:
    """The bodies in a piece without separators: a line each, or joined by 和; a name may also go on in the next line."""
    if not len(piece):
        return
    start = piece.start
    for line in document.pieces(piece, "\n"):
        head = Span(start, line.end)
        if line.end < piece.end and kind_of(_squeezed(document.folded[head.start : head.end]))[1]:
            yield from _joined(document, head)
            start = line.end
    yield from _joined(document, Span(start, piece.end))


def _joined(document: Document, piece: Span) -> Iterator[Span]:
    piece = document.trim(piece)
    start = piece.start
    for match in _JOINS_BODIES.finditer(document.folded, piece.start, piece.end):
        yield from _spaced(document, document.trim(Span(start, match.start())))
        start = match.end()
    yield from _spaced(document, document.trim(Span(start, piece.end)))


def _spaced(document: Document, piece: Span) -> Iterator[Span]:
    """Bodies with nothing but spaces between them, where each part is certainly one by itself; 市 发改委 is one."""
    parts = [
        Span(match.start(), match.end())
        for match in re.compile(r"[^ ]+").finditer(document.folded, piece.start, piece.end)
    ]
    names = [_squeezed(document.folded[part.start : part.end]) for part in parts]
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
