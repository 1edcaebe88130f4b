"""Ladders of tiers: 初创企业—科技型中小企业—高新技术企业."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from innograph.graph.identity import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"梯[度次队]|逐级|阶梯")
_ARROWS = re.compile("[—–－→⟶➝⇒>]+|-+>?")
_CLAUSE = re.compile("[^。；]+")
_LONGEST, _LONGEST_TIER, _LEAST = 120, 30, 3
# How a tier of enterprises ends; where no word says that a chain is a ladder, its members must.
_TIER = re.compile("(?:企业|小巨人|公司|冠军|独角兽|瞪羚|雏鹰|团队|哪吒)[”]?(?:（[^（）]*）)?$")
_END_OF_TIER = re.compile("(?:企业|小巨人|公司|冠军|独角兽)(?:”?企业)?”?(?:（[^（）]{0,20}）)?")
_HEAD = re.compile("^.*(?:建立|完善|构建|形成|健全|打造|按照|实施|推动|沿着|畅通|从|由|以|：)“?")
_LIST = re.compile("[、和到至]|升级为|成长为|发展为|成为|晋升为")


def ladders(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the ladders of a sentence, lowest tier first.

    Examples:
        >>> list(ladders("形成微型企业→小型企业→规上企业的链条。"))
        [('微型企业', '小型企业', '规上企业')]
        >>> list(ladders("推动科技型中小企业、高新技术企业、科技领军企业梯次培育。"))
        [('科技型中小企业', '高新技术企业', '科技领军企业')]
        >>> list(ladders("形成选种试种-示范种植-大田推广的链条。"))
        []
    """
    for clause in _CLAUSE.finditer(text):
        tiers = _chain(clause.group()) or _listed(clause.group())
        if tiers:
            yield tiers


def _chain(clause: str) -> tuple[str, ...]:
    """Tiers joined by dashes or arrows, in the part of the clause that holds them."""
    for part in clause.split("，"):
        marks = list(_ARROWS.finditer(part))
        if len(marks) < _LEAST - 1:
            continue
        word = _WORD.search(part, marks[-1].end())
        first = _HEAD.sub("", part[max(0, marks[0].start() - _LONGEST) : marks[0].start()])
        inner = [part[a.end() : b.start()] for a, b in itertools.pairwise(marks)]
        last = part[marks[-1].end() : word.start() if word else None].removesuffix("的")
        tiers = tuple(_balanced(tier.strip(" “")) for tier in (first, *inner, _last_tier(last)))
        proper = all(len(plain(tier)) >= 2 and len(tier) <= _LONGEST_TIER for tier in tiers)
        if proper and (word or all(_TIER.search(tier) for tier in tiers)):
            return tiers
    return ()


def _last_tier(text: str) -> str:
    """Cut behind the last tier what is no part of it: 规上企业的链条."""
    end = _END_OF_TIER.search(text)
    return text[: end.end()] if end and not text.startswith("“") else text


def _balanced(name: str) -> str:
    name = name.removesuffix("”") if name.count("”") > name.count("“") else name
    return f"{name}”" if name.count("“") > name.count("”") else name


def _listed(clause: str) -> tuple[str, ...]:
    """Tiers in a list that the words behind it make a ladder: A、B、C梯次培育."""
    for word in _WORD.finditer(clause):
        part = re.split("[，：]", clause[max(0, word.start() - _LONGEST) : word.start()])[-1]
        items = [item for item in _LIST.split(_HEAD.sub("", part).removesuffix("的").removesuffix("等")) if item]
        tiers = tuple(item.strip() for item in items)
        if len(tiers) >= _LEAST and all(_TIER.search(tier) and len(tier) <= _LONGEST_TIER for tier in tiers):
            return tiers
    return ()
