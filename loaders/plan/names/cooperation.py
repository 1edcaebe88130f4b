"""Sentences that say that two named parties cooperate: 推动甲大学与乙公司共建联合实验室."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .passage import POSSIBLE, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innograph.graph.regions import Region

    from .passage import Passage

_PARTIES = ("Institute", "Enterprise", "Region")
_LINK = re.compile("(?P<dash>[—–－]{1,4})|(?P<joins>联合|联手|携手|牵手)|(?P<with>与|和|同)")
_TOGETHER = re.compile("合作|共建|共同|联合|签约|签订|签署|对接|联建|共设|协作|协同|结对|医联体|联合体|联盟")
_AT_ONCE = re.compile("(?:等[^，。；]{0,6})?(?:合作|共建|共同|联合|签约|签订|签署|联建|共设|结对)")
_NEXT = re.compile("[、和与及]|以及")
_REACH, _LONGEST_SUBJECT, _MOST_PARTIES = 28, 20, 8
# Before 与 where the other side is the plan's own region: 加强与某地合作, but not 鼓励企业与某校合作.
_OURS = re.compile(
    "(?:^|[，；：]|加强|深化|推进|推动|开展|扩大|拓展|密切|强化|主动|积极|持续|加快|我[省市州区县]|全面|深入|探索|寻求|签订|签署|达成)$"
)
# 鼓励企业加强与某校合作: somebody else than the region does so, named or not.
_OTHERS = re.compile("企业|公司|集团|高校|院校|院所|机构|医院|学校|园区|银行|协会|商会")
# What may stand between the parties and the link: 某某、某某等龙头企业深化与….
_FILLER = re.compile(
    "(?:等[\u4e00-\u9fff]{0,8}?(?:企业|公司|集团|高校|院校|院所|机构|单位))?(?:积极|主动|持续|深入|全面|加强|深化|推进|开展|扩大|拓展|密切|强化)*"
)
_REACH_OF_FILLER, _REACH_OF_NOUN = 16, 4
_BUILDS = re.compile("共建|共设|联建")
_OBJECT = re.compile("[^，。；、“”（）]{2,16}")
_LEADS_IN = re.compile(
    "^等?(?:国内|知名|重点|科研|著名)*(?:单位|企业|大院大所|高校院所|高校|院校|院所|科研院所|机构|省市|地区|地市|城市|地|市)?的?(?:在|就|围绕|开展|进行|加强|深化|建立)?"
)
_LEADS_OUT = re.compile(
    "(?:等?(?:方面|领域))?的?(?:开展|进行|深化|加强|全面|全方位|深度|战略|长期|紧密|务实|深入|广泛|密切|建立|达成|的|方面)*$"
)
_SCHOOL = re.compile("大学|(?<!科)学院(?!.*研究)|大$|清华|同济|复旦|北航|北理工|师专|高专")
_KINDS = "校院企地"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties, what their cooperation is called, and what it is about."""

    left: Name
    right: Name
    name: str
    kind: str
    subject: str


def pairs(passage: Passage, names: Sequence[Name], home: Region | None = None) -> Iterator[Pair]:
    """Yield each pair of parties that a sentence says cooperate; one left unsaid is the plan's region ``home``.

    Examples:
        >>> from .bodies import bodies
        >>> from .passage import Passage
        >>> passage = Passage("推动江南大学与某某食品有限公司共建联合实验室。")
        >>> [(p.left.name, p.right.name, p.kind, p.subject) for p in pairs(passage, list(bodies(passage)))]
        [('江南大学', '某某食品有限公司', '校企', '联合实验室')]
    """
    reader = _Reader(passage, names, home)
    for link in _LINK.finditer(passage.text):
        yield from reader.pairs_at(link)


class _Reader:
    """The parties of one sentence by where they begin and end."""

    def __init__(self, passage: Passage, names: Sequence[Name], home: Region | None) -> None:
        parties = sorted((n for n in names if n.category in _PARTIES), key=lambda n: n.end - n.begin)
        self.text = passage.text
        self.home = home
        self.beginning = {n.begin: n for n in parties}
        self.ending = {n.end: n for n in parties}

    def pairs_at(self, link: re.Match[str]) -> Iterator[Pair]:
        right = self._right(link.end())
        if not right:
            return
        rest = re.split("[，。；]", self.text[right[-1].end : right[-1].end + _REACH])[0]
        together = _TOGETHER.search(rest)
        # 与某校合作的企业 says of the companies that they do so.
        left = self._left(link, of_others=bool(together and rest.startswith("的", together.end())))
        # 和 also goes on lists: what they do together must follow at once.
        if not link.group("joins") and not (_AT_ONCE.match(rest) if link.group() == "和" else together):
            return
        subject = self._subject(right[-1].end, rest, together)
        verb = "共建" if together and _BUILDS.match(together.group()) else ""
        about = f"{verb}{subject}" if verb else f"{subject}合作"
        for one, other in itertools.product(left, right):
            if one.name != other.name:
                written = self.text[other.begin : other.end] if link.group("dash") else other.name
                yield Pair(one, other, f"{one.name}—{written}{about}", kind_of(one, other), subject)

    def _right(self, at: int) -> list[Name]:
        found: list[Name] = []
        while len(found) < _MOST_PARTIES and (party := self.beginning.get(at)):
            found.append(party)
            step = _NEXT.match(self.text, party.end)
            at = step.end() if step else -1
        return found

    def _left(self, link: re.Match[str], *, of_others: bool) -> list[Name]:
        """The parties before the link; none where they only go on a list that another link began."""
        found: list[Name] = []
        at = self._end_of_parties(link)
        while len(found) < _MOST_PARTIES and (party := self.ending.get(at)):
            found.insert(0, party)
            at = party.begin
            if self.text[at - 1 : at] not in ("、", "和"):
                break
            at -= 1
        before = self.text[max(0, at - 2) : at]
        if found:
            return (
                []
                if link.group() == "和" and before.endswith(("与", "同", "和", "联合", "联手", "携手", "牵手", "—"))
                else found
            )
        unsaid = link.group() != "和" and not link.group("dash") and not of_others
        if (
            self.home
            and unsaid
            and not self._is_said_of_others(link.start())
            and _OURS.search(self.text[max(0, link.start() - 3) : link.start()])
        ):
            return [Name("Region", self.home.name, link.start(), link.start(), POSSIBLE)]
        return []

    def _is_said_of_others(self, at: int) -> bool:
        """Whether the clause that reaches to ``at``, or the end of the one before its comma, is about other bodies."""
        clause = max(self.text.rfind(mark, 0, at) + 1 for mark in "，。；")
        if clause < at or not clause:
            return bool(_OTHERS.search(self.text, clause, at))
        return at - 1 in self.ending or bool(_OTHERS.search(self.text, max(0, at - _REACH_OF_NOUN), at - 1))

    def _end_of_parties(self, link: re.Match[str]) -> int:
        """Where the parties before the link end: right before it, or before 等…企业深化."""
        at = link.start()
        if not link.group("dash") and link.group() != "和":
            for end in range(at, max(0, at - _REACH_OF_FILLER), -1):
                if end in self.ending and _FILLER.fullmatch(self.text, end, at):
                    return end
        return at

    def _subject(self, end: int, rest: str, together: re.Match[str] | None) -> str:
        if together is None:
            return ""
        if _BUILDS.match(together.group()):
            built = _OBJECT.match(self.text, end + together.end())
            return built.group() if built else ""
        subject = _LEADS_OUT.sub("", _LEADS_IN.sub("", rest[: together.start()]))
        return subject if len(subject) <= _LONGEST_SUBJECT else ""


def kind_of(left: Name, right: Name) -> str:
    """Return the kind of a cooperation: 校 a school, 院 an institute, 企 an enterprise, 地 a region.

    Examples:
        >>> kind_of(Name("Enterprise", "某公司", 0, 3), Name("Institute", "某大学", 4, 7))
        '校企'
    """
    letters = (_letter(party) for party in (left, right))
    return "".join(sorted(letters, key=_KINDS.index))


def _letter(party: Name) -> str:
    if party.category == "Institute":
        return "校" if _SCHOOL.search(party.name) else "院"
    return "企" if party.category == "Enterprise" else "地"
