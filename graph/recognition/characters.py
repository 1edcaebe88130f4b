"""How alike two Chinese names are, by what stands in one and not in the other.

What differs is told apart: a place or an owner before the name, a legal form behind it, the rest of an abbreviated word and
a bracket cost little; a word that says what a body does costs much, although most names have such words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from .names import OWNER_END
from .weighing import LEGAL_WORDS, TRADE_WORDS

if TYPE_CHECKING:
    from .forms import Form
    from .weighing import Weights

_JOINTS = frozenset("和与及之的()、& ")
_LEVELS = frozenset("省市县州区")
_OWNER = re.compile(f"(?:{OWNER_END}|部|附属|集团|军|部队)$")
_LEGAL = re.compile(rf"(?>{'|'.join(map(re.escape, LEGAL_WORDS))}|[()])++")
_TRADE = re.compile(rf"(?>{'|'.join(map(re.escape, (*LEGAL_WORDS, *TRADE_WORDS)))}|[()])++")
_UPGRADES = {"大学", "学院"}
# What each way to differ takes from the score.
_COST = {
    "joint": 0.0,
    "level": 0.03,
    "legal": 0.03,
    "rest": 0.06,
    "trade": 0.08,
    "place": 0.1,
    "note": 0.1,
    "owner": 0.15,
    "upgrade": 0.3,
    "other trade": 0.35,
    "inner place": 0.4,
}
# A character that says what a body does, or that was mistyped, weighs this much at least.
_LEAST_OF_A_FIRM = 0.3
_LEAST_OF_OTHERS = 0.6
_LONE = 0.5
_LONGEST_REST = 3
# How common a pair is that is a word, and how much commoner than the pair across its end.
_WORD = 40
_SURELY = 2
# As if this much more were different: two names that share little tell little.
_DOUBT = 0.15
# Names that share fewer of the characters of the shorter one are not weighed at all.
_LEAST_COMMON = 0.6


class Alike(NamedTuple):
    """A score, what stands in the one and the other only, and whether one name is in the other entirely."""

    score: float
    left: tuple[str, ...]
    right: tuple[str, ...]
    extends: bool


_UNLIKE = Alike(0.0, (), (), extends=False)


class _Stretch(NamedTuple):
    form: Form
    begin: int
    end: int

    @property
    def part(self) -> str:
        return self.form.text[self.begin : self.end]

    @property
    def places(self) -> bool:
        """Whether a place stands in it."""
        return any(first >= self.begin and end <= self.end for first, end in self.form.place_spans)

    @property
    def bare(self) -> str:
        """The part without places and joints."""
        inside = ((a, b) for a, b in self.form.place_spans if a >= self.begin and b <= self.end)
        places = {at for first, end in inside for at in range(first, end)}
        text = self.form.text
        return "".join(text[at] for at in range(self.begin, self.end) if at not in places and text[at] not in _JOINTS)


def alike_in_characters(one: Form, other: Form, weights: Weights) -> Alike:
    """Return how alike two Chinese names are.

    Args:
        one: a name.
        other: another.
        weights: of pairs of characters.
    """
    common = LCSseq.similarity(one.text, other.text)
    if common < _LEAST_COMMON * min(len(one.text), len(other.text)):
        return _UNLIKE
    left, right = weights.along(one), weights.along(other)
    firm = one.firm or other.firm
    least = _LEAST_OF_A_FIRM if firm else _LEAST_OF_OTHERS
    shared, different, kept, extends = 0.0, 0.0, 1.0, True
    extra: tuple[list[str], list[str]] = ([], [])
    texts = one.text, other.text
    if {text[-2:] for text in texts} == _UPGRADES:
        kept, texts = 1 - _COST["upgrade"], (f"{one.text[:-2]}学院", f"{other.text[:-2]}学院")
    for op in Levenshtein.opcodes(*texts):
        a, a_end, b, b_end = op.src_start, op.src_end, op.dest_start, op.dest_end
        if op.tag == "equal":
            weight = sum(map(min, left[a:a_end], right[b:b_end]))
            shared += weight if a_end - a > 1 else weight * _LONE
            continue
        sides = (_Stretch(one, a, a_end), _Stretch(other, b, b_end))
        for parts, side in zip(extra, sides, strict=True):
            parts.extend([side.part] if side.part else [])
        kind = _both(*sides) if all(side.part for side in sides) else _alone(sides, firm, weights)
        if kind:
            kept *= 1 - _COST[kind]
        else:
            different += sum(max(weight, least) for weight in (*left[a:a_end], *right[b:b_end]))
            extends = False
    score = 2 * shared / (2 * shared + different + _DOUBT)
    return Alike(score * kept, tuple(extra[0]), tuple(extra[1]), extends and not (extra[0] and extra[1]))


def _both(one: _Stretch, other: _Stretch) -> str | None:
    """How two stretches differ that stand in each other's stead, if it matters little."""
    bare = one.bare, other.bare
    if all(side.places for side in (one, other)):
        return None
    if all(not part or _LEGAL.fullmatch(part) for part in bare):
        return "legal"
    if all(not part or _TRADE.fullmatch(part) for part in bare):
        return "trade" if any(not part or _LEGAL.fullmatch(part) for part in bare) else "other trade"
    return None


def _alone(sides: tuple[_Stretch, _Stretch], firm: bool, weights: Weights) -> str | None:
    """What a stretch is that stands in one name only; ``None`` where it says what the body is."""
    side, other = sides if sides[0].part else sides[::-1]
    side = _slid(side)
    part, bare, text = side.part, side.bare, side.form.text
    if part[0] == "(" and part[-1] == ")" and not firm:
        return "note"
    if not bare:
        if _JOINTS.issuperset(part):
            return "joint"
        return "place" if side.begin == 0 or firm else "inner place"
    if part in _LEVELS or _ends_a_place(side, other.form):
        return "level"
    if _LEGAL.fullmatch(bare) and ("公司" in text or "集团" in text):
        return "legal"
    if firm and _TRADE.fullmatch(bare):
        return "trade"
    if side.begin == 0 and _OWNER.search(part):
        return "owner"
    return "rest" if _is_rest(side, weights) else None


def _slid(side: _Stretch) -> _Stretch:
    """The same stretch at the head of the name where it may as well stand there: 乙甲|乙丙 is as good as 乙|甲乙|丙."""
    text, begin, end = side.form.text, side.begin, side.end
    while begin and text[begin - 1] == text[end - 1]:
        begin, end = begin - 1, end - 1
    return _Stretch(side.form, begin, end) if begin == 0 else side


def _ends_a_place(side: _Stretch, other: Form) -> bool:
    """Whether the stretch is left out of a place that the other name has in short: 宁夏(回族自治区)."""
    there = frozenset[str]().union(*other.places.values())
    return any(
        first < side.begin and side.end <= end and side.form.places[side.form.text[first:end]] & there
        for first, end in side.form.place_spans
    )


def _is_rest(side: _Stretch, weights: Weights) -> bool:
    """Whether the stretch is what an abbreviation leaves out of a word or place: the 学 of 科学, the 江 of 浙江."""
    part, text = side.part, side.form.text
    if not side.begin or len(part) > _LONGEST_REST:
        return False
    if any(first < side.begin and side.end <= end for first, end in side.form.place_spans):
        return True
    joined = weights.common(text[side.begin - 1] + part[0])
    following = weights.common(text[side.end - 1 : side.end + 1])
    return (
        joined > _WORD
        and joined > _SURELY * following
        and all(weights.common(part[at : at + 2]) <= joined for at in range(len(part) - 1))
    )
