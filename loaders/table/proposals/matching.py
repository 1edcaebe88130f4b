"""Says which column of a base each column of a table is: by the words of its header first, then by its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from innograph.graph.ontology import ValueType
from innograph.graph.text import Text

from ..model import header_word
from ..personal import is_personal_header
from .facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innograph.graph.regions import Region

    from .bases import Base

EXACT, CERTAIN, LIKELY = 1.0, 0.9, 0.7
_LISTED, _NEAR, _PART, _VALUES, _GUESSED = 0.8, 0.75, 0.65, 0.7, 0.4
_NEAREST = 75
_MOST = 0.8
_HALF = 0.5
_SOME = 0.1
_ENTRIES = 0.3
_SHORTEST_PART = 2
# What a mark or number before a header, and a remark in brackets behind it, do not change.
_BEFORE = re.compile(r"^(?:[*＊※]{1,3}|[(（]?\d{1,3}[)）.、．]{1,2})(?=.)")
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{0,40})[)）\]】]$")
_MONEY = re.compile(r"[十百千万亿]{0,3}(?:元|人民币|美元|欧元|yuan|rmb|usd|eur|万|亿)")
# Words that say nothing of what a column is about.
_GENERAL = frozenset(
    [
        "名称",
        "编号",
        "代码",
        "类型",
        "类别",
        "级别",
        "状态",
        "单位",
        "name",
        "number",
        "code",
        "type",
        "kind",
        "level",
        "status",
        "id",
    ]
)
_PERSONAL = Text("个人信息不进入图谱", "personal data does not enter the graph")
_NUMBERS = (ValueType.INTEGER, ValueType.FLOAT)


@dataclass(frozen=True, slots=True)
class Match:
    """What a column of the table is: the column ``key`` of the base, how surely (0 to 1), and why."""

    index: int
    key: str
    sureness: float
    why: Text


@dataclass(frozen=True, slots=True)
class Matched:
    """How the columns of a table go with a base.

    Args:
        found: what was matched, in the table's order.
        left: why each other column was not, by its index.
    """

    found: tuple[Match, ...]
    left: dict[int, Text]

    def index_of(self, key: str) -> int | None:
        """Return the index of the column that was matched with ``key``."""
        return next((match.index for match in self.found if match.key == key), None)

    def same_as(self, other: Matched) -> bool:
        """Whether the same columns are read as the same."""
        return {(match.index, match.key) for match in self.found} == {(match.index, match.key) for match in other.found}


class Table:
    """The header of a table and what its values look like.

    Args:
        header: the header.
        rows: the first rows.
        home: the region whose 市 or 州 is meant.
    """

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]], home: Region | None = None) -> None:
        self.header = header
        self.words = [header_word(cell) for cell in header]
        self.facts = [Facts([row[i] for row in rows if i < len(row)], home) for i in range(len(header))]
        self.never: dict[int, Text] = {}
        for index, cell in enumerate(header):
            if not self.words[index]:
                self.never[index] = Text("没有列名", "it has no header")
            elif self.words.index(self.words[index]) < index:
                first = self.words.index(self.words[index]) + 1
                self.never[index] = Text(f"与第{first}列同名", f"it has the header of column {first}")
            elif is_personal_header(cell) or (
                self.facts[index].personal() > _SOME and not self.facts[index].keys("uscc")
            ):
                self.never[index] = _PERSONAL

    @property
    def named(self) -> int:
        """How many columns have a header."""
        return sum(bool(word) for word in self.words)


def match_columns(table: Table, base: Base) -> Matched:
    """Return which column of ``base`` each column of ``table`` is; each is taken once, the surest first."""
    refused: dict[int, Text] = {}
    possible: list[Match] = []
    for index in range(len(table.header)):
        if index in table.never:
            continue
        for key in base.words:
            match = _by_words(table, base, index, key)
            problem = match and _problem(table, base, match)
            if match and problem is None:
                possible.append(match)
            elif problem:
                refused.setdefault(index, problem)
    taken = _surest(possible)
    taken |= _surest([one for one in _by_values(table, base) if one.index not in taken], set(_keys(taken)))
    if base.main and base.main not in _keys(taken):
        guess = _guessed_name(table, base, taken)
        if guess:
            taken[guess.index] = guess
    nothing = Text("没有相应的属性", "nothing in the graph corresponds to it")
    left = {i: table.never.get(i) or refused.get(i) or nothing for i in range(len(table.header)) if i not in taken}
    return Matched(tuple(taken[index] for index in sorted(taken)), left)


def _keys(taken: dict[int, Match]) -> list[str]:
    return [match.key for match in taken.values()]


def _surest(possible: Sequence[Match], used: set[str] | None = None) -> dict[int, Match]:
    keys: set[str] = set(used or ())
    taken: dict[int, Match] = {}
    for match in sorted(possible, key=lambda one: (-one.sureness, one.index)):
        if match.index not in taken and match.key not in keys:
            taken[match.index] = match
            keys.add(match.key)
    return taken


def bare(word: str) -> tuple[str, str]:
    """Return a header without number, mark and bracket around it, and what stands in the bracket.

    Examples:
        >>> bare("1.营业收入(亿元)"), bare("*企业名称"), bare("2023年产值")
        (('营业收入', '亿元'), ('企业名称', ''), ('2023年产值', ''))
    """
    shorter = _BEFORE.sub("", word)
    found = _BRACKETS.search(shorter)
    if found and found.start():
        return shorter[: found.start()], found[1]
    return shorter or word, ""


def _by_words(table: Table, base: Base, index: int, key: str) -> Match | None:
    word, words = table.words[index], base.words[key]
    shown = base.column(key)["zh"], base.column(key)["en"]
    if word in words:
        return Match(index, key, EXACT, Text("表头就是它的叫法", "its header is known"))
    short, _ = bare(word)
    plain_words = {bare(one)[0] for one in words}
    if short in plain_words:
        return Match(index, key, CERTAIN, Text(f"表头是“{shown[0]}”", f"its header is that of “{shown[1]}”"))
    others = base.others[key]
    if word in others or short in others:
        why = Text(f"表头在别的名册里是“{shown[0]}”", f"other tables call “{shown[1]}” so")
        return Match(index, key, _LISTED, why)
    if short in _GENERAL:
        return None
    score, near = max(((fuzz.ratio(short, one), one) for one in plain_words), default=(0.0, ""))
    if score >= _NEAREST:
        return Match(index, key, _NEAR, Text(f"表头与“{near}”相近", f"its header is like “{near}”"))
    part = next((one for one in plain_words if _is_part(one, short) or _is_part(short, one)), None)
    if part:
        return Match(index, key, _PART, Text(f"表头与“{part}”一头相同", f"its header begins or ends like “{part}”"))
    return None


def _is_part(part: str, whole: str) -> bool:
    if part in _GENERAL or len(part) < max(_SHORTEST_PART, len(whole) / 2):
        return False
    return whole.startswith(part) or whole.endswith(part)


def _problem(table: Table, base: Base, match: Match) -> Text | None:
    """Return why a column whose header fits must not be read so: another unit, or values of another kind."""
    if match.sureness == EXACT:
        return None
    facts, unit = table.facts[match.index], base.column(match.key).get("unit", "")
    value_type = base.values.get(match.key)
    own = bare(table.words[match.index])[1]
    if value_type in _NUMBERS:
        if unit and _MONEY.fullmatch(unit) and own != unit:
            said = (
                Text(f"表头的单位是“{own}”", f"its header says {own}")
                if own
                else Text("表头没有写单位", "its header says no unit")
            )
            return Text(
                f"{said.zh}，图谱中以{unit}计，请换算或在表头写明",
                f"{said.en}, and the graph has {unit}; convert it or write the unit into the header",
            )
        if not unit and _MONEY.fullmatch(own):
            return Text(
                f"图谱中的“{base.column(match.key)['zh']}”没有单位“{own}”",
                f"“{base.column(match.key)['en']}” has no unit {own} in the graph",
            )
    if facts.filled and not _fits(facts, base, match.key):
        return Text(
            f"表头像“{base.column(match.key)['zh']}”，但多数值不像",
            f"its header is like “{base.column(match.key)['en']}”, most values are not",
        )
    return None


def _fits(facts: Facts, base: Base, key: str) -> bool:
    """Whether at least half of the values can be what the column holds."""
    value_type, column = base.values.get(key), base.column(key)
    if key in base.schemes:
        return facts.keys(base.schemes[key]) >= _HALF
    if key in base.regions:
        return facts.regions(column.get("kind", "region")) >= _HALF
    if value_type in (None, ValueType.STRING, ValueType.STRINGS):
        return True
    return facts.are(value_type, column.get("unit", "")) >= _HALF


def _by_values(table: Table, base: Base) -> Iterator[Match]:
    """Yield what columns are by their values alone: keys with check digits, and regions."""
    for index, facts in enumerate(table.facts):
        if index in table.never or not facts.filled:
            continue
        for key, scheme in base.schemes.items():
            if scheme in ("uscc", "ror") and facts.keys(scheme) >= _MOST:
                yield Match(index, key, CERTAIN, Text("值的校验码都对", "the check digits of its values are right"))
        for key in base.regions:
            if facts.regions(base.column(key).get("kind", "region")) >= _MOST:
                yield Match(index, key, _VALUES, Text("值是行政区划", "its values are regions"))


def _guessed_name(table: Table, base: Base, taken: dict[int, Match]) -> Match | None:
    """Return the column that could name the things: by the form of its values, else the first of different texts."""
    free = [i for i in range(len(table.header)) if i not in taken and i not in table.never]
    for index in free:
        label, share = table.facts[index].bodies()
        if share >= _HALF and label in base.types:
            return Match(
                index, base.main, _VALUES, Text("值的样子是这类机构的名称", "its values have the form of such names")
            )
    first = next((i for i in free if table.facts[i].names()), None)
    if first is None:
        return None
    why = Text("猜的：各行不同的短文字", "a guess: short texts, different in each row")
    return Match(first, base.main, _GUESSED, why)


def has_lists(facts: Facts) -> bool:
    """Whether cells name several things."""
    return facts.lists() >= _ENTRIES
