"""Pairs of bodies that may be one, for a person to judge: each with a score, what speaks for it and what against.

Never suggested: two keys of one register, names that differ in number or level, a branch and its parent, and what a
person has decided.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from math import comb
from typing import TYPE_CHECKING

from ..text import Text
from .blocking import abbreviated_pairs, near_pairs
from .cores import core_of
from .forms import Form, form_of, names_in, same_side
from .likeness import Likeness, abbreviation, differ_for_certain, likeness, same_core
from .weighing import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

SUGGESTED = 0.62
"""The score from which a pair is suggested."""
_SAME_NAME = 0.95
_IS_ALIAS = 0.95
_SHARED_ALIAS = 0.8
_SIBLINGS = 0.3
_OTHER_LABEL = 0.8
_PER_MEANING = 0.92
_MOST_MEANINGS = 6
# Of more bodies of one name or core, only so many are compared; how many pairs are not, the caller is told.
_MOST_OF_A_NAME = 50
# Of more bodies of one name, only so many are compared with those of a name like it.
_MOST_ALIKE = 20


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of one body.

    Args:
        id: its node id.
        label: its type.
        name: what it is called.
        aliases: what else it is called.
        region: the code of the region it is in, if one is known.
        keys: what each register calls it.
    """

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    region: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two bodies that may be one.

    Args:
        left: the id of one, the smaller.
        right: the id of the other.
        score: from 0 to 1.
        reasons: what speaks for it.
        against: what speaks against it.
    """

    left: str
    right: str
    score: float
    reasons: tuple[Text, ...]
    against: tuple[Text, ...]


def candidates(
    bodies: Iterable[Body],
    decided: Collection[frozenset[str]] = (),
    *,
    least: float = SUGGESTED,
    tell_left_out: Callable[[int], object] | None = None,
) -> list[Candidate]:
    """Return the pairs that may be one body, the likeliest first; the order of ``bodies`` does not matter.

    Args:
        bodies: all of them, with ids of their own.
        decided: pairs of ids that a person has judged.
        least: the score from which a pair is returned.
        tell_left_out: told how many pairs of one name or core were not compared, because too many bodies have it; not
            called if all were.

    Examples:
        >>> found = candidates([Body("1", "Institute", "中国科学院"), Body("2", "Institute", "中科院")])
        >>> [(one.left, one.right) for one in found]
        [('1', '2')]
        >>> candidates([Body("1", "Enterprise", "甲科技有限公司"), Body("2", "Enterprise", "乙科技有限公司")])
        []
    """
    finder = _Finder(bodies, least)
    done = decided if isinstance(decided, set | frozenset) else set(decided)
    found = [one for one in finder.all() if frozenset((one.left, one.right)) not in done]
    if tell_left_out and finder.left_out:
        tell_left_out(finder.left_out)
    return sorted(found, key=lambda one: (-one.score, one.left, one.right))


class _Finder:
    def __init__(self, bodies: Iterable[Body], least: float) -> None:
        self.left_out = 0
        self._least = least
        self._bodies = sorted(bodies, key=lambda body: body.id)
        self._main = [form_of(body.name) for body in self._bodies]
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        self._aliased: defaultdict[str, list[int]] = defaultdict(list)
        forms: dict[str, Form] = {}
        for at, body in enumerate(self._bodies):
            self._named[self._main[at].text].append(at)
            forms[self._main[at].text] = self._main[at]
            main, *others = names_in(body.name)
            for alias in {form.text: form for form in (*others, *map(form_of, body.aliases))}.values():
                forms[alias.text] = alias
                if alias.text != main.text:
                    self._aliased[alias.text].append(at)
        self._forms = [forms[text] for text in sorted(forms) if text]
        self._weights = Weights(self._forms)
        self._best: dict[tuple[int, int], Likeness] = {}

    def all(self) -> Iterator[Candidate]:
        self._take_equal()
        self._take_cores()
        alike = [*self._near(), *self._abbreviations()]
        fitting = Counter(found.short for found in {(one.text, two.text): found for one, two, found in alike}.values())
        for one, two, found in alike:
            if not found.short or fitting[found.short] <= _MOST_MEANINGS:
                self._take_forms(one, two, _among(found, fitting[found.short]) if found.short else found)
        for (at, other), found in self._best.items():
            yield Candidate(self._bodies[at].id, self._bodies[other].id, found.score, found.reasons, found.against)

    def _take_equal(self) -> None:
        for text, named in self._named.items():
            same = Text(f"规范化后的名称相同：{text}", f"The same name in normal form: {text}")
            for pair in combinations(self._some(named), 2):
                self._take(*pair, Likeness(_SAME_NAME, (same,)), exact=True)
            alias = Text(f"“{text}”是一方的名称、另一方的别名", f"“{text}” is one's name and the other's alias")
            aliased = self._aliased.get(text, ())
            self.left_out += len(named) * len(aliased) - len(named[:_MOST_OF_A_NAME]) * len(aliased[:_MOST_OF_A_NAME])
            for pair in product(named[:_MOST_OF_A_NAME], aliased[:_MOST_OF_A_NAME]):
                self._take(*pair, Likeness(_IS_ALIAS, (alias,)), exact=True)
        for text, aliased in self._aliased.items():
            both = Text(f"双方都有别名“{text}”", f"Both have the alias “{text}”")
            for pair in combinations(self._some(aliased), 2):
                self._take(*pair, Likeness(_SHARED_ALIAS, (both,)))

    def _some(self, group: Sequence[int]) -> Sequence[int]:
        """As many of a group as are compared with each other; the pairs that are not are counted."""
        some = group[:_MOST_OF_A_NAME]
        self.left_out += comb(len(group), 2) - comb(len(some), 2)
        return some

    def _take_cores(self) -> None:
        """Compare firms whose names are the same but for legal form and place, however common their parts are."""
        of_core: defaultdict[str, list[Form]] = defaultdict(list)
        for form in self._forms:
            if core := core_of(form):
                of_core[core].append(form)
        for core, forms in of_core.items():
            if len(forms) > 1 and any(form.firm for form in forms):
                self._take_core(core, forms)

    def _take_core(self, core: str, forms: list[Form]) -> None:
        having = [(form, at) for form in forms for at in self._having(form)]
        some = having[:_MOST_OF_A_NAME]
        self.left_out += _pairs_across(having) - _pairs_across(some)
        for (one, at), (two, other) in combinations(some, 2):
            if one is not two and (one.firm or two.firm) and not differ_for_certain(one, two):
                self._take(at, other, same_core(one, two, core))

    def _near(self) -> Iterator[tuple[Form, Form, Likeness]]:
        for at, other in sorted(set(near_pairs(self._forms, self._weights))):
            one, two = self._forms[at], self._forms[other]
            found = likeness(one, two, self._weights)
            if found and found.score >= self._least and not differ_for_certain(one, two):
                yield one, two, found

    def _abbreviations(self) -> Iterator[tuple[Form, Form, Likeness]]:
        for at, full in abbreviated_pairs(self._forms):
            short = self._forms[at]
            for form in map(self._forms.__getitem__, full):
                found = abbreviation(short, form, self._weights)
                if found and not differ_for_certain(short, form):
                    yield min(short, form, key=_text), max(short, form, key=_text), found

    def _take_forms(self, one: Form, two: Form, found: Likeness) -> None:
        for at, other in product(self._called(one), self._called(two)):
            self._take(at, other, found)

    def _called(self, form: Form) -> list[int]:
        """The bodies of that name or alias."""
        return self._having(form)[:_MOST_ALIKE]

    def _having(self, form: Form) -> list[int]:
        return [*self._named.get(form.text, ()), *self._aliased.get(form.text, ())]

    def _take(self, at: int, other: int, found: Likeness, *, exact: bool = False) -> None:
        """Keep what speaks for a pair of bodies, if nothing rules it out and nothing better is known."""
        at, other = min(at, other), max(at, other)
        if at == other or not self._may_be_one(at, other, exact=exact):
            return
        found = self._doubted(at, other, found)
        if found.score < self._least:
            return
        known = self._best.get((at, other))
        if known is None or (found.score, found.reasons) > (known.score, known.reasons):
            self._best[at, other] = found

    def _may_be_one(self, at: int, other: int, *, exact: bool) -> bool:
        one, two = self._bodies[at], self._bodies[other]
        if any(two.keys.get(register, key) != key for register, key in one.keys.items()):
            return False
        return exact or not differ_for_certain(self._main[at], self._main[other])

    def _doubted(self, at: int, other: int, found: Likeness) -> Likeness:
        one, two = self._bodies[at], self._bodies[other]
        score, against = found.score, list(found.against)
        if one.region and two.region and not same_side(one.region, two.region):
            score *= _SIBLINGS
            against.append(
                Text(f"所在地区不同：{one.region}、{two.region}", f"Other regions: {one.region}, {two.region}")
            )
        if one.label != two.label:
            score *= _OTHER_LABEL
            against.append(Text(f"类型不同：{one.label}、{two.label}", f"Other types: {one.label}, {two.label}"))
        return Likeness(round(score, 4), found.reasons, tuple(against))


def _among(found: Likeness, meanings: int) -> Likeness:
    """``found``, less likely where the shorter name may stand for others too."""
    if meanings == 1:
        return found
    others = meanings - 1
    doubt = Text(
        f"“{found.short}”也可能指另外{others}个名称", f"“{found.short}” may stand for {others} other names too"
    )
    return replace(found, score=found.score * _PER_MEANING**others, against=(*found.against, doubt))


def _pairs_across(having: Sequence[tuple[Form, int]]) -> int:
    """How many pairs there are of bodies under two different names."""
    return comb(len(having), 2) - sum(comb(count, 2) for count in Counter(form.text for form, _ in having).values())


def _text(form: Form) -> str:
    return form.text
