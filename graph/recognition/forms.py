"""What a name shows besides its letters: the places, numbers and levels in it, and whether it is a branch's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ..regions import NATION, ancestors, region_by_code, region_table
from .names import REMEMBERED, branch_of, is_dispatched, normal_name

_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_NOTE = re.compile("\\([^()\u3400-\u9fff]*\\)")
_NOTE = re.compile(r"\(([^()]*)\)$")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile("[0-9]+|[零〇一二三四五六七八九十百]+")
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
_COUNTED = re.compile("第[零〇一二三四五六七八九十百0-9]+|[0-9]+")
# 国家重点实验室 and 教育部重点实验室, 省工程中心 and 市工程中心 are two bodies each.
_RANK = re.compile(
    "(国家|省部共建|省|自治区|兵团|市|自治州|州|[\u4e00-\u9fff]{2,6}?部)(?:级|地方联合)?(?=(?:重点|工程|企业|技术|临床|产业|制造业|野外)[\u4e00-\u9fff]{0,14}?(?:实验室|中心|研究院|研究站|观测站))"
)
_FIRM = re.compile("(?:公司|集团|股份|科技|医药|生物|能源|智能|厂|银行|合作社|(?<=[\u4e00-\u9fff])店)$")
_LEVEL = re.compile("(?:省|市|盟|地区)$")
_AUTONOMOUS = re.compile("州$")
_LONGEST_PLACE = 11
_SHORTEST_OTHER_NAME = 4


@dataclass(frozen=True, slots=True)
class Form:
    """One name, taken apart.

    Args:
        text: its normal form, without notes in Latin letters behind a Chinese name.
        han: whether it is written in Chinese characters.
        words: the words of a name in another script.
        places: the names of divisions in it, with the codes of those that have that name.
        place_spans: where they stand.
        numbers: the numbers in it, as digits.
        counted: whether a number counts bodies (第一医院).
        ranks: the levels of laboratories and centres.
        parent: the body it says it is a part of.
        dispatched: whether it ends as only branches do.
        firm: whether it ends as a firm's name does.
        note: what stands in brackets at its end.
    """

    text: str
    han: bool
    words: tuple[str, ...]
    places: dict[str, frozenset[str]]
    place_spans: tuple[tuple[int, int], ...]
    numbers: frozenset[str]
    counted: bool
    ranks: frozenset[str]
    parent: str | None
    dispatched: bool
    firm: bool
    note: str


def form_of(name: str) -> Form:
    """Take ``name`` apart.

    Examples:
        >>> form = form_of("昌吉市第一中学")
        >>> form.places, form.numbers, form.counted
        ({'昌吉市': frozenset({'652301'})}, frozenset({'1'}), True)
    """
    return _form(normal_name(name))


@lru_cache(maxsize=REMEMBERED)
def _form(normal: str) -> Form:
    han = _HAN.search(normal) is not None
    text = (_LATIN_NOTE.sub("", normal) if han else normal) or normal
    words = () if han else tuple(_WORD.findall(text))
    spans = tuple(_place_spans(text)) if han else ()
    numbers = {n.translate(_DIGITS) for n in _NUMBER.findall(text)} | {_ROMAN[w] for w in words[1:] if w in _ROMAN}
    owner = branch_of(text) if han else None
    note = _NOTE.search(text)
    return Form(
        text=text,
        han=han,
        words=words,
        places={text[a:b]: place_names()[text[a:b]] for a, b in spans},
        place_spans=spans,
        numbers=frozenset(numbers),
        counted=_COUNTED.search(text) is not None,
        ranks=frozenset(_RANK.findall(text)),
        parent=owner[0] if owner else None,
        dispatched=is_dispatched(text) if han else False,
        firm=_FIRM.search(text) is not None,
        note=note.group(1) if note else "",
    )


def names_in(name: str) -> tuple[Form, ...]:
    """Return the form of ``name``, and of the two names it is made of where one stands in brackets behind the other.

    Examples:
        >>> [form.text for form in names_in("甲市牙科医院（甲市乙区口腔医院）")]
        ['甲市牙科医院(甲市乙区口腔医院)', '甲市牙科医院', '甲市乙区口腔医院']
        >>> [form.text for form in names_in("某某大学（北京）")]
        ['某某大学(北京)']
    """
    form = form_of(name)
    if (
        not form.han
        or len(form.note) < _SHORTEST_OTHER_NAME
        or form_of(form.note).place_spans == ((0, len(form.note)),)
    ):
        return (form,)
    before = form.text[: -len(form.note) - 2]
    return (form, form_of(before), form_of(form.note)) if before else (form,)


def same_side(one: str, other: str) -> bool:
    """Whether one of two regions is the other, or lies within it; codes that no register has say nothing.

    Examples:
        >>> same_side("652301", "650000"), same_side("652301", "652302")
        (True, False)
    """
    return one == other or one in _around(other) or other in _around(one) or not (_known(one) and _known(other))


def _known(code: str) -> bool:
    return region_by_code(code) is not None


@lru_cache(maxsize=REMEMBERED)
def _around(code: str) -> frozenset[str]:
    region = region_by_code(code)
    return frozenset(outer.code for outer in ancestors(region)) if region else frozenset()


def _place_spans(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at, places, heads = 0, place_names(), _heads()
    while at < len(text) - 1:
        end = at
        if text[at] in heads:
            ends = range(min(len(text), at + _LONGEST_PLACE), at + 1, -1)
            end = next((end for end in ends if text[at:end] in places), at)
        if end > at:
            found.append((at, end))
        at = max(end, at + 1)
    return found


@cache
def _heads() -> frozenset[str]:
    return frozenset(name[0] for name in place_names())


@cache
def place_names() -> dict[str, frozenset[str]]:
    """Return the names of all divisions with the codes of those that have them; larger ones also without their level.

    Examples:
        >>> sorted(place_names()["昌吉"]), "某地" in place_names()
        (['652300'], False)
    """
    found: dict[str, set[str]] = {}
    for region in region_table():
        names = {region.name, region.short}
        if region.level != "county":
            names |= {(_AUTONOMOUS if region.name.endswith("自治州") else _LEVEL).sub("", name) for name in names}
        for name in names:
            if len(name) > 1:
                found.setdefault(normal_name(name), set()).add(region.code)
    found |= {name: {NATION.code} for name in ("中国", "中华人民共和国", "全国")}
    return {name: frozenset(codes) for name, codes in found.items()}
