"""How alike two names are, what they share, and what tells them apart for certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from ..text import Text
from .abbreviations import abbreviates
from .characters import alike_in_characters
from .forms import same_side
from .names import is_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .characters import Alike
    from .forms import Form
    from .weighing import Weights

_SAME_WORD = 85.0
_SHORTEST_FUZZY = 4
_SIBLINGS = 0.3
_ONE_COUNTS = 0.6
_OTHER_NOTE = 0.5
_OTHER_FORM = 0.9
_SAME_CORE = 0.95
_ONE_PLACE = 0.9
_LEGAL_FORMS = ("股份有限公司", "有限公司")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, with what speaks for and against; ``short`` if it may stand for other names as well."""

    score: float
    reasons: tuple[Text, ...]
    against: tuple[Text, ...] = ()
    short: str = ""


def differ_for_certain(one: Form, other: Form) -> bool:
    """Whether two names are never one body's: other numbers, other levels, or a branch and its parent.

    Examples:
        >>> from .forms import form_of
        >>> differ_for_certain(form_of("某市第一中学"), form_of("某市第二中学"))
        True
        >>> differ_for_certain(form_of("某某大学"), form_of("某某大学化学学院"))
        True
    """
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return True
    if one.dispatched != other.dispatched or (one.ranks and other.ranks and one.ranks != other.ranks):
        return True
    if one.parent == other.text or other.parent == one.text or _is_a_part(one, other) or _is_a_part(other, one):
        return True
    return _other_level(one, other)


def likeness(one: Form, other: Form, weights: Weights) -> Likeness | None:
    """Return how alike two names are that do not differ for certain; ``None`` if not at all."""
    if one.han != other.han:
        return None
    if one.han:
        return _alike_in_characters(one, other, weights)
    score, reason = _alike_in_words(one.words, other.words, weights)
    factor, against = _doubts(one, other)
    return Likeness(score * factor, (reason,), against)


def same_core(one: Form, other: Form, core: str) -> Likeness:
    """Return how likely two firms are one whose names differ in legal form and place only.

    How rare the rest is does not count: the whole of it is the same.

    Examples:
        >>> from .forms import form_of
        >>> same_core(form_of("鼎泽建材公司"), form_of("鼎泽建材有限公司"), "鼎泽建材").score
        0.95
    """
    factor, against = _doubts(one, other)
    if set(one.places) != set(other.places) and not all(_places_apart(one, other)):
        factor *= _ONE_PLACE
    reason = Text(f"去掉地名和公司形式后名称相同：{core}", f"The same name but for place and legal form: {core}")
    return Likeness(_SAME_CORE * factor, (reason,), against)


def abbreviation(one: Form, other: Form, weights: Weights) -> Likeness | None:
    """Return how well the shorter name abbreviates the longer one; ``None`` if not at all, or a part of it is meant."""
    short, full = sorted((one, other), key=lambda form: (len(form.text), form.text))
    score = abbreviates(short.text, full.text, weights)
    if not score or (full.parent and abbreviates(short.text, full.parent, weights)):
        return None
    factor, against = _doubts(one, other)
    reason = Text(
        f"“{short.text}”的字依次见于“{full.text}”，像是它的简称",
        f"The characters of “{short.text}” stand in “{full.text}” in order: it may abbreviate it",
    )
    return Likeness(score * factor, (reason,), against, short.text)


def _alike_in_characters(one: Form, other: Form, weights: Weights) -> Likeness | None:
    found = alike_in_characters(one, other, weights)
    if not found.score:
        return None
    factor, against = _doubts(one, other)
    short = min(one.text, other.text, key=lambda text: (len(text), text)) if found.extends else ""
    return Likeness(found.score * factor, (_difference(one, other, found),), against, short)


def _difference(one: Form, other: Form, found: Alike) -> Text:
    told = [(form.text, "、".join(parts)) for form, parts in ((one, found.left), (other, found.right)) if parts]
    if not told:
        return _only_a_note()
    zh = "；".join(f"“{name}”多出“{parts}”" for name, parts in told)
    en = "; ".join(f"“{name}” has “{parts}”" for name, parts in told)
    return Text(f"名称相近，只是{zh}", f"The names are alike, only {en}")


def _only_a_note() -> Text:
    return Text("名称相同，只差括号里的外文", "The names differ in a note in brackets only")


def _alike_in_words(one: Sequence[str], other: Sequence[str], weights: Weights) -> tuple[float, Text]:
    left, right = dict.fromkeys(one), dict.fromkeys(other)
    shared = sum(2 * weights.of(word) for word in left if word in right)
    total = sum(weights.of(word) for word in (*left, *right))
    only_left, only_right = [w for w in left if w not in right], [w for w in right if w not in left]
    free = [word for word in only_right if len(word) >= _SHORTEST_FUZZY]
    for word in only_left:
        if len(word) < _SHORTEST_FUZZY or not free:
            continue
        ratio, near = max((fuzz.ratio(word, candidate), candidate) for candidate in free)
        if ratio >= _SAME_WORD:
            free.remove(near)
            shared += (weights.of(word) + weights.of(near)) * ratio / 100
    told = ", ".join([*only_left, *only_right])
    reason = Text(f"词语相近，不同的词：{told}", f"The words are alike, other than: {told}")
    if not told:
        reason = Text("词语相同，次序或符号不同", "The same words, in another order or with other marks")
    return (min(1.0, shared / total) if total else 0.0), reason


def _doubts(one: Form, other: Form) -> tuple[float, tuple[Text, ...]]:
    """What the score is lowered by, and why."""
    factor, against = 1.0, list[Text]()
    if one.counted != other.counted:
        factor *= _ONE_COUNTS
        against.append(Text("只有一方的名称带序号", "Only one of the names has a number"))
    here, there = _places_apart(one, other)
    if here and there and not _compatible(one, other):
        factor *= _SIBLINGS
        zh, en = f"“{'、'.join(here)}”和“{'、'.join(there)}”", f"{', '.join(here)} and {', '.join(there)}"
        against.append(Text(f"名称中的地名不同：{zh}", f"The names have other places: {en}"))
    if not one.han and one.note and other.note and one.note != other.note:
        factor *= _OTHER_NOTE
        against.append(Text(f"括号里不同：{one.note}、{other.note}", f"Other brackets: {one.note}, {other.note}"))
    if _legal_form(one.text) and _legal_form(other.text) and _legal_form(one.text) != _legal_form(other.text):
        factor *= _OTHER_FORM
        against.append(Text("公司形式不同（股份有限公司、有限公司）", "Other legal forms (股份有限公司, 有限公司)"))
    return factor, tuple(against)


def _legal_form(text: str) -> str:
    return next((form for form in _LEGAL_FORMS if text.endswith(form)), "")


def _places_apart(one: Form, other: Form) -> tuple[list[str], list[str]]:
    return sorted(set(one.places) - set(other.places)), sorted(set(other.places) - set(one.places))


def _compatible(one: Form, other: Form) -> bool:
    here, there = _places_apart(one, other)
    return all(
        any(same_side(a, b) for a in one.places[place] for b in other.places[that]) for place in here for that in there
    )


def _is_a_part(form: Form, whole: Form) -> bool:
    """Whether ``form`` begins with the name of ``whole`` and goes on to a unit of another kind: 某某 and 某某学院."""
    behind = form.text.removeprefix(whole.text)
    return behind not in ("", form.text) and not form.firm and is_unit(behind)


def _other_level(one: Form, other: Form) -> bool:
    """Whether the names of two public bodies have places of two levels: 昌吉市人民医院 and 昌吉州人民医院."""
    here, there = _places_apart(one, other)
    if not here or not there or (one.firm and other.firm) or not _compatible(one, other):
        return False
    return not any(one.places[place] & other.places[that] for place in here for that in there)
