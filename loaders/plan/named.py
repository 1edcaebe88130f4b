"""Named things: the bodies, platforms, programmes, events, regions and industries that a sentence names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from innograph.graph.identity import plain
from innograph.graph.regions import region_table

from . import words
from .model import Cooperation, Findings, Ladder, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..document import Document, Span

_RELATION = re.compile(words.RELATIONS)
_LONGEST_NAME = 30
_RELATION_REACH = 80
_SPECIFIC_PLATFORM = 9
_CERTAIN, _LIKELY, _UNSURE_CUT, _POSSIBLE = 1.0, 0.8, 0.7, 0.6
# Category, endings, least length of a name, confidence.
_ENDINGS = (
    ("Institute", words.INSTITUTE, 3, _CERTAIN),
    ("TalentProgram", words.TALENT, 4, _CERTAIN),
    ("Enterprise", words.ENTERPRISE, 4, _CERTAIN),
    ("Region", words.AREA, 4, _LIKELY),
)
_LONGEST_LADDER, _LEAST_TIERS = 120, 3


def read_named(document: Document, sentences: Sequence[Span]) -> Findings:
    """Read what ``sentences`` name.

    Examples:
        >>> from innograph.loaders.document import Span, document_of_lines
        >>> text = "依托新疆信息产业园，推动中国科学院资源集聚。依托特变电工、笑厨等科普教育基地开展研学。"
        >>> found = read_named(document_of_lines("a", text), [Span(0, len(text))])
        >>> sorted((m.category, m.name, m.relation) for m in found.mentions if m.category != "Region")
        ... # doctest: +NORMALIZE_WHITESPACE
        [('Enterprise', '特变电工', '依托'), ('Enterprise', '笑厨', '依托'), ('Institute', '中国科学院', '推动'),
         ('Platform', '新疆信息产业园', '依托')]
    """
    mentions: list[Mention] = []
    cooperations: list[Cooperation] = []
    ladders: list[Ladder] = []
    for sentence in sentences:
        text = document.folded[sentence.start : sentence.end]
        named = list(_named_in(text, sentence))
        mentions.extend(_without_parts(tuple(_distinct(named))))
        cooperations.extend(_cooperations(text, sentence, named))
        ladders.extend(_ladders(text, sentence))
    return Findings(tuple(mentions), tuple(cooperations), tuple(ladders))


def _named_in(text: str, sentence: Span) -> Iterator[Mention]:
    yield from _events(text, sentence)
    # A body or place inside an event's name (“中国科学院—新疆科技洽谈会”) is part of that name and not named itself.
    masked = words.QUOTED_EVENT.sub(lambda match: "＃" * len(match.group()), text)
    for finder in (_by_ending, _counted_lists, _platforms, _examples, _regions, _industries):
        yield from finder(masked, sentence)


def _mention(category: str, name: str, text: str, at: int, sentence: Span, confidence: float) -> Mention:
    return Mention(category, name, _relation_before(text, at), sentence, confidence)


def _relation_before(text: str, at: int) -> str:
    """The last relation word of the clause that stands before ``at`` and not far from it."""
    reach = max(0, at - _RELATION_REACH)
    clause = max(reach, *(text.rfind(mark, reach, at) + 1 for mark in "。；，"))
    found = _RELATION.findall(text, clause, at)
    return found[-1] if found else ""


def _name_before(text: str, end: int, start: int) -> tuple[str, int]:
    """The name that ends at ``end`` with the ending that starts at ``start``: back to the nearest boundary."""
    floor = max(0, end - _LONGEST_NAME)
    boundaries = list(words.BOUNDARY.finditer(_guarded(text[floor:start], text[start:end])))
    begin = floor + (boundaries[-1].end() if boundaries else 0)
    name = text[begin:end]
    if name.count("”") > name.count("“"):
        begin = max(floor, text.rfind("“", 0, begin))
        name = text[begin:end]
    if "“" in name and "”" not in name:
        opened = name.index("“") + 1
        name, begin = name[opened:], begin + opened
    return name, begin


def _guarded(text: str, ending: str = "") -> str:
    """Return ``text`` with every word masked that contains a boundary and is none: 华为, 和田, 中国联合网络."""
    whole = f"{text}{ending}"
    places = [match.span() for match, _ in region_table().mentions(text)]
    masked = [match.span() for match in words.PROTECTED.finditer(whole)]
    masked += (span for span in places if words.ONE_CHARACTER.search(text, *span))
    masked += _short_places(text, {begin for begin, _ in places})
    after_place = {end for _, end in places}
    for match in words.VERB_IN_NAME.finditer(whole):
        if match.start() in after_place or words.PLACE_BEFORE.search(text, 0, match.start()):
            masked.append(match.span())
    guarded = list(text)
    for begin, end in masked:
        guarded[begin : min(end, len(text))] = "＃" * (min(end, len(text)) - begin)
    return "".join(guarded)


def _short_places(text: str, starts: set[int]) -> Iterator[tuple[int, int]]:
    """Yield where 和田 stands in 和田学院: a place without 县 or 地区.

    Two characters are a place only where no connective can stand: behind a boundary (依托和田学院, but not
    企业和政府), and before no other place (从江西).
    """
    ends = {0, *(match.end() for match in words.BOUNDARY.finditer(text))}
    for match in _names_like_connectives().finditer(text):
        if len(match.group()) > 2 or (match.start() in ends and match.start() + 1 not in starts):
            yield match.span()


@cache
def _names_like_connectives() -> re.Pattern[str]:
    """The names of places, without the word for their level, that contain a character that could be a boundary."""
    stems = {words.LEVEL_OF_PLACE.sub("", name) for region in region_table() for name in (region.name, region.short)}
    found = sorted(
        (stem for stem in stems if len(stem) > 1 and words.ONE_CHARACTER.search(stem)), key=len, reverse=True
    )
    return re.compile("|".join(map(re.escape, found)))


def _cut_confidence(text: str, begin: int, confidence: float) -> float:
    """Less where the name begins behind a single character, which may as well be part of the name."""
    return min(confidence, _UNSURE_CUT) if words.ONE_CHARACTER.match(text, max(0, begin - 1), begin) else confidence


def _by_ending(text: str, sentence: Span) -> Iterator[Mention]:
    """Names whose ending says what they are: institutes, talent programmes, companies, areas."""
    for category, pattern, shortest, confidence in _ENDINGS:
        for match in pattern.finditer(text):
            name, begin = _name_before(text, match.end(), match.start())
            if len(name) >= shortest and not words.GENERIC.match(name) and not words.GENERIC_WHOLE.match(name):
                yield _mention(category, name, text, begin, sentence, _cut_confidence(text, begin, confidence))


def _counted_lists(text: str, sentence: Span) -> Iterator[Mention]:
    """电信、移动、联通三大数据中心 and 10万亩现代畜牧业产业园: a list or a size that belongs to the name."""
    for pattern in (words.COUNTED_LIST, words.SIZED_PLATFORM):
        for match in pattern.finditer(text):
            name = match.group()
            head = _RELATION.match(name)
            name = name[head.end() :] if head else name
            yield _mention("Platform", name, text, match.end() - len(name), sentence, _CERTAIN)


def _platforms(text: str, sentence: Span) -> Iterator[Mention]:
    for match in words.PLATFORM.finditer(text):
        name, begin = _name_before(text, match.end(), match.start())
        if words.GENERIC.match(name) or words.GENERIC_PLATFORM.match(name):
            continue
        if len(name) < 4 or words.COUNTED.match(text, match.end()):
            continue
        proper = bool(words.PROPER.search(name)) or any(True for _ in region_table().mentions(name))
        if proper or len(name) >= _SPECIFIC_PLATFORM:
            confidence = _cut_confidence(text, begin, _CERTAIN if proper else _LIKELY)
            yield _mention("Platform", name, text, begin, sentence, confidence)


def _events(text: str, sentence: Span) -> Iterator[Mention]:
    for match in words.QUOTED_EVENT.finditer(text):
        yield _mention("Event", match.group("name"), text, match.start(), sentence, _CERTAIN)
    for match in words.EVENT.finditer(text):
        if "“" in text[: match.start()] and text[: match.end()].count("“") > text[: match.end()].count("”"):
            continue
        name, begin = _name_before(text, match.end(), match.start())
        shortest = 3 if name.endswith("博会") else 4
        if len(name) >= shortest and not words.GENERIC.match(name) and not words.ACTIVITY_GENERIC.search(name):
            yield _mention("Event", name, text, begin, sentence, _CERTAIN)
    for match in words.ACTIVITY_LIST.finditer(text):
        yield from _activities(match, text, sentence)


def _activities(match: re.Match[str], text: str, sentence: Span) -> Iterator[Mention]:
    """开展春风行动、科技之冬等…活动: each item of the list is an event; a single one keeps the word 活动."""
    start = match.start("list") + max(
        (m.end() for m in re.finditer("开展|组织|举办|办好", match.group("list"))), default=0
    )
    items = text[start : match.end("list")].split("、")
    for item in items:
        if not 3 <= len(item) <= 14 or words.ACTIVITY_GENERIC.search(item) or words.BOUNDARY.search(item):
            continue
        name = item if len(items) > 1 else f"{item}活动"
        yield _mention("Event", name, text, start, sentence, _LIKELY)


def _examples(text: str, sentence: Span) -> Iterator[Mention]:
    """依托特变电工、笑厨等科普教育基地: items that no ending identifies are enterprises, with less confidence."""
    for match in words.EXAMPLES.finditer(text):
        if not words.EXAMPLE_NOUN_OF_BODIES.search(match.group("noun")):
            continue
        verb = match.group("verb")
        behind = words.LEANS_BEHIND.get(verb)
        leans = verb in words.LEANS_ON or bool(behind and behind.search(match.group("noun")))
        if not leans and (verb == "以" or not re.search("企业|公司", match.group("noun"))):
            continue
        items = match.group("list").split("、")
        if any(words.BOUNDARY.search(_guarded(item)) for item in items):
            continue
        relation = "依托" if verb == "以" else verb
        for item in items:
            if 2 <= len(item) <= 12 and _is_unknown_brand(item):
                yield Mention("Enterprise", item, relation, sentence, _POSSIBLE)


def _is_unknown_brand(item: str) -> bool:
    known = (words.INSTITUTE, words.PLATFORM, words.TALENT, words.EVENT)
    return not any(p.search(item) for p in known) and not words.GENERIC.match(item)


def _regions(text: str, sentence: Span) -> Iterator[Mention]:
    for match, region in region_table().mentions(text):
        yield _mention("Region", region.name, text, match.start(), sentence, _CERTAIN)


def _industries(text: str, sentence: Span) -> Iterator[Mention]:
    for match in words.INDUSTRY_LIST.finditer(text):
        for item in words.INDUSTRY_SEPARATOR.split(match.group("list")):
            if len(item) >= 2 and not words.GENERIC.match(item) and not words.BOUNDARY.search(item):
                yield _mention("Industry", item, text, match.start("list"), sentence, _LIKELY)


def _ladders(text: str, sentence: Span) -> Iterator[Ladder]:
    """初创企业—科技型中小企业—高新技术企业梯度: at least three tiers, joined by dashes, in the clause before 梯度."""
    for match in words.LADDER.finditer(text):
        clause = text[max(0, match.start() - _LONGEST_LADDER) : match.start()]
        clause = re.split("[。；，]", clause)[-1].removesuffix("的").removesuffix("”")
        listed = re.sub(r"^.*“(?=[^“”]*[—–])", "", clause)
        tiers = tuple(_balanced(part.strip(" “")) for part in words.DASHES.split(listed))
        if len(tiers) >= _LEAST_TIERS and all(len(plain(tier)) >= 2 for tier in tiers):
            yield Ladder(tiers, sentence)


def _balanced(name: str) -> str:
    return name.removesuffix("”") if name.count("”") > name.count("“") else name


def _cooperations(text: str, sentence: Span, named: Iterable[Mention]) -> Iterator[Cooperation]:
    """中科院新疆生地所—昌吉州科普合作: two known parties joined by a dash, and what they do together."""
    parties = [m for m in named if m.category in ("Institute", "Enterprise")]
    for match in words.COOPERATION.finditer(text):
        left = next((m for m in parties if text.endswith(m.name, 0, match.start())), None)
        place = region_table().split_head(match.group("right"))
        if left is None or place is None:
            continue
        region, subject = place
        right = Mention("Region", region.name, left.relation, sentence)
        kind = "院地" if left.category == "Institute" else "企地"
        name = f"{left.name}—{match.group('right')}合作"
        yield Cooperation(left, right, name, kind, subject, sentence)


def _without_parts(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Drop a name that only repeats part of a longer name of the same category in the same sentence."""
    names = {(m.category, m.name) for m in mentions if m.category != "Region"}
    parts = {
        (category, name)
        for category, name in names
        if any(category == other and name != longer and name in longer for other, longer in names)
    }
    return (m for m in mentions if (m.category, m.name) not in parts)


def _distinct(mentions: Iterable[Mention]) -> Iterator[Mention]:
    seen: set[tuple[str, str, str, Span]] = set()
    for mention in mentions:
        key = (mention.category, mention.name, mention.relation, mention.span)
        if key not in seen:
            seen.add(key)
            yield mention
