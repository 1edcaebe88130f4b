"""All wordings of the catalogue's phrases by the concepts in them, so that a question is found whatever words it is put in.

A phrase with brackets is several spellings; each is kept under its concepts (:mod:`~innograph.queries.spoken`), in any
order where it has one slot at most. What stands in a slot is whatever stretch leaves the concepts of a spelling.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from .phrases import slot_pattern
from .question import ParameterType
from .spoken import AND, NOT, WHICH, counted, counts, head, lists, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from innograph.graph.text import Language

    from .catalog import Catalogue
    from .phrases import Phrase
    from .question import Parameter, Question
    from .spoken import Token

_SLOT = "{}"
_SLOTTED = re.compile(r"\{\w+\}")
_PIECES = re.compile(r"\{(?P<slot>\w+)\}|(?P<mark>[()\[\]|])|(?P<words>[^{}()\[\]|]+)")
_MOST_SPELLINGS = 2000
_LONGEST, _LONGEST_OF_TWO = 40, 20
_SAY_NOTHING = frozenset({_SLOT, AND, "unit", "region"})
_MOST_SLOTS = 2
_NEVER_NAMED = frozenset({WHICH, NOT, "unit", "most", "moved", "removed", "merged", "lead", "support", "only"})
_ASKS = frozenset({WHICH, "most"})
_NO_NAMES = _ASKS | {"lead", "support", "responsible"}
_Key = tuple[str, ...]


class Asks(NamedTuple):
    """What is asked for, empty where it is not said, and whether it is asked how many."""

    head: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a phrase.

    Args:
        question: whose phrase it is.
        phrase: the phrase.
        given: what its words choose among the options of parameters.
        slots: the parameters that stand in it, in order.
        sequence: its concepts in order, with a mark for each slot.
        asks: what it asks for, and whether it asks how many.
    """

    question: Question
    phrase: Phrase
    given: Mapping[str, str]
    slots: tuple[Parameter, ...]
    sequence: _Key
    asks: Asks


class Reading(NamedTuple):
    """A form that a question may have; the greater ``score``, the surer."""

    score: tuple[int, ...]
    form: Form
    given: Mapping[str, str]


class Forms:
    """The forms of a catalogue.

    Args:
        catalogue: the questions.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.of: list[Form] = list(_forms(catalogue))
        self._loose: dict[tuple[int, _Key], list[Form]] = defaultdict(list)
        self._strict: dict[_Key, list[Form]] = defaultdict(list)
        concepts: dict[str, set[str]] = defaultdict(set)
        for form in self.of:
            if len(form.slots) == 2:
                self._strict[form.sequence].append(form)
            else:
                self._loose[len(form.slots), _loosely(form.sequence)].append(form)
            for word in form.sequence:
                concepts[word].add(form.question.id)
        self._weight = {word: 1 / len(questions) ** 0.5 for word, questions in concepts.items()}

    def readings(self, asked: str) -> list[Reading]:
        """Return the forms that ``asked`` may have, the surest first.

        Args:
            asked: a question as :func:`~innograph.queries.phrases.bare` makes it.
        """
        words = tokens(asked)
        which = _asks(words)
        words = counted(words)
        if not words or len(words) > _LONGEST:
            return []
        found = [*self._without(asked, words, which), *self._with_one(asked, words, which)]
        if len(words) <= _LONGEST_OF_TWO:
            found += self._with_two(asked, words, which)
        return sorted(found, key=lambda reading: tuple(-part for part in reading.score))

    def _without(self, asked: str, words: Sequence[Token], which: Asks) -> Iterator[Reading]:
        """Yield the readings without a slot. One word that counts is a request for a list only if all else is idle in one."""
        sequence = _sequence(words)
        if len(sequence) == 1 and words[0].known and not lists(asked):
            return
        for form in self._loose.get((0, _loosely(sequence)), ()):
            yield from _reading(form, sequence, which, {})

    def _with_one(self, asked: str, words: Sequence[Token], which: Asks) -> Iterator[Reading]:
        for start, end in combinations(range(len(words) + 1), 2):
            sequence = (*_sequence(words[:start]), _SLOT, *_sequence(words[end:]))
            for form in self._loose.get((1, _loosely(sequence)), ()):
                yield from _filled(form, asked, sequence, which, [words[start:end]])

    def _with_two(self, asked: str, words: Sequence[Token], which: Asks) -> Iterator[Reading]:
        ends = range(len(words) + 1)
        stretches = combinations(ends, 2)
        for (a, b), (c, d) in ((one, two) for one in stretches for two in combinations(ends[one[1] :], 2)):
            parts = _sequence(words[:a]), _sequence(words[b:c]), _sequence(words[d:])
            sequence = (*parts[0], _SLOT, *parts[1], _SLOT, *parts[2])
            for form in self._strict.get(sequence, ()):
                yield from _filled(form, asked, sequence, which, [words[a:b], words[c:d]])

    def overlaps(self, asked: str) -> dict[str, float]:
        """Return for each question how much its nearest form has in common with ``asked``, from 0 to 1."""
        words = tokens(asked)
        which = head(words)
        wanted = Counter(token.word for token in counted(words) if token.known or token.word in self._weight)
        best: dict[str, float] = {}
        for form in self.of:
            share = self._share(wanted, Counter(word for word in form.sequence if word != _SLOT))
            share *= 1.0 if not which or not form.asks.head or which == form.asks.head else 0.6
            best[form.question.id] = max(share, best.get(form.question.id, 0.0))
        return best

    def _share(self, one: Counter[str], other: Counter[str]) -> float:
        either = sum(self._weight.get(word, 1.0) * count for word, count in (one | other).items())
        return sum(self._weight[word] * count for word, count in (one & other).items()) / either if either else 0.0


_KNOWN: WeakKeyDictionary[Catalogue, Forms] = WeakKeyDictionary()


def forms_of(catalogue: Catalogue) -> Forms:
    """Return the forms of a catalogue, made when first asked for."""
    if catalogue not in _KNOWN:
        _KNOWN[catalogue] = Forms(catalogue)
    return _KNOWN[catalogue]


def spellings(text: str) -> list[str]:
    """Return all that a phrase with brackets may be, its slots as they are.

    Examples:
        >>> spellings("{unit}[都](牵头|负责)什么")
        ['{unit}牵头什么', '{unit}负责什么', '{unit}都牵头什么', '{unit}都负责什么']
    """
    stack: list[tuple[str, list[str], list[str]]] = [("", [], [""])]
    for piece in _PIECES.finditer(text):
        mark = piece["mark"]
        if mark in ("(", "["):
            stack.append((mark, [], [""]))
        elif mark == "|":
            opened, done, now = stack.pop()
            stack.append((opened, done + now, [""]))
        elif mark:
            opened, done, now = stack.pop()
            inside = [*([""] if opened == "[" else []), *done, *now]
            outer, before, left = stack.pop()
            stack.append((outer, before, [a + b for a in left for b in inside][:_MOST_SPELLINGS]))
        else:
            opened, done, now = stack.pop()
            stack.append((opened, done, [one + piece[0] for one in now]))
    return list(dict.fromkeys(stack[0][2]))


def _forms(catalogue: Catalogue) -> Iterator[Form]:
    for question in catalogue:
        seen: set[tuple[_Key, tuple[str, ...], tuple[str, ...]]] = set()
        for language, phrases in question.phrases.items():
            for phrase in phrases:
                for form in _forms_of(question, phrase, language):
                    own = form.sequence, tuple(p.name for p in form.slots), tuple(form.given.values())
                    if own not in seen and _says_enough(form):
                        seen.add(own)
                        yield form


def _says_enough(form: Form) -> bool:
    """Whether a form can be known by its words: any text fits a slot for text, so that 谁是… alone says nothing."""
    idle = _SAY_NOTHING if any(p.type is ParameterType.TEXT for p in form.slots) else {_SLOT}
    return len(form.slots) <= _MOST_SLOTS and any(word not in idle for word in form.sequence)


def _forms_of(question: Question, phrase: Phrase, language: Language) -> Iterator[Form]:
    parameters = {p.name: p for p in question.parameters}
    for spelling in spellings(phrase.text):
        names = [slot[1:-1] for slot in _SLOTTED.findall(spelling)]
        chosen = [name for name in names if parameters[name].options]
        open_slots = tuple(parameters[name] for name in names if name not in chosen)
        for words in product(*(_words(parameters[name], language) for name in chosen)):
            given = dict(zip(chosen, words, strict=True))
            parts = [tokens(part) for part in _SLOTTED.split(_chosen(spelling, given))]
            sequence = [_sequence(counted(part)) for part in parts]
            marked = [word for part in sequence for word in (*part, _SLOT)][:-1]
            yield Form(question, phrase, given, open_slots, tuple(marked), _asks([t for part in parts for t in part]))


def _chosen(spelling: str, given: Mapping[str, str]) -> str:
    for name, word in given.items():
        spelling = spelling.replace(f"{{{name}}}", word)
    return spelling


def _words(parameter: Parameter, language: Language) -> list[str]:
    return list(dict.fromkeys(text.show(language) for text in parameter.options.values()))


def _asks(words: Sequence[Token]) -> Asks:
    return Asks(head(words), counts(words))


def _sequence(words: Iterable[Token]) -> _Key:
    return tuple(token.word for token in words)


def _loosely(sequence: Iterable[str]) -> _Key:
    return tuple(sorted(word for word in sequence if word not in (_SLOT, AND)))


def _filled(
    form: Form, asked: str, sequence: _Key, which: Asks, stretches: Sequence[Sequence[Token]]
) -> Iterator[Reading]:
    texts = [asked[stretch[0].start : stretch[-1].end] for stretch in stretches]
    if all(_may_be(p, stretch, text) for p, stretch, text in zip(form.slots, stretches, texts, strict=True)):
        yield from _reading(form, sequence, which, {p.name: text for p, text in zip(form.slots, texts, strict=True)})


def names_something(text: str) -> bool:
    """Whether a text can be a subject or an indicator: it has a word of its own, and asks or denies nothing.

    Examples:
        >>> names_something("新材料"), names_something("的任务最多")
        (True, False)
    """
    return _names(tokens(text), _ASKS)


def may_be_named(text: str) -> bool:
    """Whether a text can be the name of a thing that is not in the graph, not a piece of another question.

    Examples:
        >>> may_be_named("滨江市林草局"), may_be_named("市科技局不牵头"), may_be_named("which tasks")
        (True, False, False)
    """
    return _names(tokens(text), _NO_NAMES)


def _may_be(parameter: Parameter, stretch: Sequence[Token], text: str) -> bool:
    """Whether a stretch may be what a parameter takes."""
    if parameter.type in (ParameterType.THING, ParameterType.TEXT):
        return _names(stretch, _NEVER_NAMED if parameter.type is ParameterType.TEXT else {WHICH})
    return re.fullmatch(slot_pattern(parameter), text) is not None


def _names(words: Sequence[Token], never: Set[str]) -> bool:
    """Whether words can be a name: one of them means nothing else, and none is what a name never has."""
    return any(not token.known for token in words) and not never & {token.word for token in words if token.known}


def _reading(form: Form, sequence: _Key, which: Asks, named: Mapping[str, str]) -> Iterator[Reading]:
    if which.head and form.asks.head and which.head != form.asks.head:
        return
    if any(p.type is ParameterType.TEXT for p in form.slots) and (sequence, which.head) != (
        form.sequence,
        form.asks.head,
    ):
        return  # any name fits it: only the order tells whether it does something or something is done to it
    own = sum(word != _SLOT for word in sequence)
    things = sum(p.type is not ParameterType.TEXT for p in form.slots)
    score = own, which.counts == form.asks.counts, which.head == form.asks.head, sequence == form.sequence, things
    yield Reading(score, form, {**form.given, **named})
