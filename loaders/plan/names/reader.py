"""Named things: the bodies, platforms, programmes, events, regions and industries that a sentence names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Cooperation, Findings, Ladder, Mention
from .bodies import bodies
from .cooperation import pairs
from .industries import industries
from .ladders import ladders
from .passage import Name, Passage
from .places import regions
from .platforms import platforms
from .programmes import programmes
from .same import with_whole_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.graph.regions import Region

    from ...document import Document, Span

# Inside a name of which categories another is only part of it: 新疆大学 in 新疆大学医院, but not in 新疆大学科技园. A place
# is named wherever it stands but in the name of a body.
_AROUND = {
    "Institute": ("Institute", "Event", "TalentProgram", "Enterprise"),
    "Enterprise": ("Enterprise", "Institute", "Event", "TalentProgram"),
    "Platform": ("Platform", "Institute", "Enterprise", "Event", "TalentProgram"),
    "Region": ("Institute", "Enterprise"),
    "TalentProgram": ("TalentProgram",),
    "Event": ("Event", "TalentProgram"),
    "Industry": ("Industry", "Institute", "Enterprise"),
}
# Where two readers read the same words, the first of these is right.
_RANK = ("Institute", "Enterprise", "TalentProgram", "Event", "Platform", "Region", "Industry")


def read_named(document: Document, sentences: Sequence[Span], home: Region | None = None) -> Findings:
    """Read what ``sentences`` name.

    Args:
        document: the document.
        sentences: what of it to read.
        home: the plan's own region: the other side where 加强与某地合作 names only one.

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
    tiers: list[Ladder] = []
    for sentence in sentences:
        text = document.folded[sentence.start : sentence.end]
        passage = Passage(text, home)
        names = list(_whole(_names_in(passage)))
        mentions.extend(dict.fromkeys(_mention(passage, name, sentence) for name in names))
        cooperations.extend(_cooperations(passage, names, home, sentence))
        tiers.extend(Ladder(ladder, sentence) for ladder in ladders(text))
    return with_whole_names([Findings(tuple(mentions), tuple(cooperations), tuple(tiers))])[0]


def _names_in(passage: Passage) -> Iterator[Name]:
    for reader in (programmes, bodies, platforms, regions, industries):
        yield from reader(passage)


def _whole(names: Iterable[Name]) -> Iterator[Name]:
    """Drop what only repeats part of a longer name at the same place."""
    reached: dict[str, int] = {}
    for name in sorted(names, key=lambda n: (n.begin, -n.end, _RANK.index(n.category), -n.confidence)):
        around = _AROUND[name.category]
        if all(reached.get(category, 0) < name.end for category in around):
            reached[name.category] = max(name.end, reached.get(name.category, 0))
            yield name


def _mention(passage: Passage, name: Name, sentence: Span) -> Mention:
    relation = passage.relation_before(name.begin) if name.relation is None else name.relation
    return Mention(name.category, name.name, relation, sentence, name.confidence)


def _cooperations(
    passage: Passage, names: Sequence[Name], home: Region | None, sentence: Span
) -> Iterator[Cooperation]:
    for pair in pairs(passage, names, home):
        left, right = (_mention(passage, party, sentence) for party in (pair.left, pair.right))
        yield Cooperation(left, right, pair.name, pair.kind, pair.subject, sentence)
