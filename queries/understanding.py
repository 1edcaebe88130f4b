"""Finds the question that people mean, and what they fill its parameters with."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.errors import Ambiguous, BadParameter, NothingFound, UsageError
from innograph.graph.text import Text

from .answering import parameter_value
from .forms import forms_of, may_be_named, names_something
from .likeness import Candidate, likeness
from .lookup import Fit, look_up
from .phrases import LONGEST, bare
from .question import ParameterType
from .spoken import NOT, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.stores import Store
    from innograph.graph.text import Language

    from .catalog import Catalogue
    from .forms import Reading
    from .phrases import Phrase
    from .question import Parameter, Question

_NEAREST, _OF_CONCEPTS = 3, 2.0
_MOST_TRIED = 12
_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_Unfit = (NothingFound, Ambiguous, BadParameter)
_FIND, _NAME = "find", "name"
_STARTERS = ("unit", "responsible", "things")
_CALLED = frozenset({Fit.NAME, Fit.PART, Fit.PINYIN, Fit.SHORT})


class _Denied(Exception):
    """A reading that nobody means, whatever the graph holds."""


class NotUnderstood(UsageError):
    """No phrase of any question fits."""

    code = "not-understood"
    text = Text(
        "不明白“{asked}”。最接近的问法：{near}。全部问题：innograph questions",
        "“{asked}” is not understood. The nearest: {near}. All questions: innograph questions",
    )


class NothingAsked(NotUnderstood):
    """There are no words."""

    code = "nothing-asked"
    text = Text(
        "没有写要问什么。可以这样问：{near}。全部问题：innograph questions",
        "Nothing is asked. One can ask: {near}. All questions: innograph questions",
    )


@dataclass(frozen=True, slots=True)
class Understood:
    """What a plain question was taken for.

    Args:
        question: the question of the catalogue.
        given: its parameters as they were said.
        phrase: the phrase that fits.
    """

    question: Question
    given: Mapping[str, str]
    phrase: str


class _Fit(NamedTuple):
    """A phrase that fits; ``words`` is how many characters of what was asked are its own and not a slot's."""

    words: int
    question: Question
    phrase: Phrase
    slots: Mapping[str, str]


def understand(store: Store, catalogue: Catalogue, asked: str) -> Understood:
    """Return the question that ``asked`` means: of the phrases that fit, the one with most words of its own.

    A phrase fits only if what stands in its slots is in the graph. Where none fits word for word, words that mean the same
    count as the same (:mod:`~innograph.queries.forms`); nothing may be left over, and of two questions neither is guessed.
    A name alone asks what is known about it.

    Args:
        store: the engine.
        catalogue: the questions.
        asked: a question in Chinese or English.

    Raises:
        NotUnderstood: no phrase fits; the nearest are named.
        NothingFound: the best phrase speaks of what is not in the graph.
        Ambiguous: it speaks of what may be several things.
        BadParameter: a slot cannot have that value.
    """
    words = bare(asked[: LONGEST + 1])
    if len(words) > LONGEST:
        raise _not_understood(catalogue, asked, words)
    problem: UsageError | None = None
    for fit in sorted(_fits(catalogue, words), key=lambda fit: (-fit.words, fit.question.id)):
        try:
            _refuse_unknown(store, fit.question, fit.slots)
        except _Unfit as error:
            problem = _telling(fit, error, problem)
        except _Denied:
            continue
        else:
            return Understood(fit.question, fit.slots, fit.phrase.text)
    meant = _surest(store, words, forms_of(catalogue).readings(words))
    if meant:
        return meant
    if _FIND in catalogue and _is_known(store, words):
        return Understood(catalogue[_FIND], {_NAME: words}, f"{{{_NAME}}}")
    raise problem or _not_understood(catalogue, asked, words)


def _telling(fit: _Fit, error: UsageError, before: UsageError | None) -> UsageError | None:
    """Return which of two problems to tell: that a name fits several things tells more than that nothing is called so."""
    things = {p.name for p in fit.question.parameters if p.type is ParameterType.THING}
    if not all(may_be_named(text) for name, text in fit.slots.items() if name in things):
        return before  # what fills the slot is no name: its phrase only happened to fit
    return error if before is None or (isinstance(error, Ambiguous) and not isinstance(before, Ambiguous)) else before


def _refuse_unknown(store: Store, question: Question, given: Mapping[str, str]) -> None:
    for parameter in question.parameters:
        if parameter.name in given:
            _value(store, question, parameter, given[parameter.name])


def _value(store: Store, question: Question, parameter: Parameter, text: str) -> str:
    """Return what a text means as a value, if it names a thing.

    Raises:
        NothingFound: nothing has that name.
        Ambiguous: several have it.
        BadParameter: it is no such value.
        _Denied: a “not” was taken for a part of the name, and the contrary would be answered.
    """
    if question.id == _FIND and not _is_known(store, text):
        raise _Denied
    nots = [text[one.start : one.end] for one in tokens(text) if one.known and one.word == NOT]
    if nots and text.endswith(nots[-1]):
        raise _Denied
    _, meant = parameter_value(store, question, parameter, text)
    if meant and any(one not in meant for one in nots):
        raise _Denied
    return meant


def _is_known(store: Store, name: str) -> bool:
    """Whether something in the graph is called so; what is merely alike does not count."""
    found = look_up(store, name)
    return bool(found) and found[0].fit in _CALLED


def _surest(store: Store, asked: str, readings: Sequence[Reading]) -> Understood | None:
    """Return the surest reading whose names are in the graph; none where two that are as sure mean different questions."""
    tried = 0
    for _, alike in groupby(readings, key=lambda reading: reading.score):
        sound: list[Reading] = []
        for reading in alike:
            tried += bool(reading.form.slots)
            if tried > _MOST_TRIED:
                return None
            if _is_sound(store, reading, asked):
                sound.append(reading)
        if len({reading.form.question.id for reading in sound}) > 1:
            return None
        if sound:
            # 部门 and 机构 mean the same: what was said is meant.
            said = max(sound, key=lambda reading: sum(word in asked for word in reading.form.given.values()))
            return Understood(said.form.question, said.given, said.form.phrase.text)
    return None


def _is_sound(store: Store, reading: Reading, asked: str) -> bool:
    """Whether all names of a reading are in the graph, and none is a piece of a longer one that was asked for."""
    for parameter in reading.form.question.parameters:
        given = reading.given.get(parameter.name)
        try:
            meant = _value(store, reading.form.question, parameter, given) if given else ""
        except (*_Unfit, _Denied):
            return False
        if given and meant and _is_cut(given, asked, meant):
            return False
    return True


def _is_cut(given: str, asked: str, meant: str) -> bool:
    at = asked.find(given)
    before, after = asked[max(at - 1, 0) : at], asked[at + len(given) : at + len(given) + 1]
    return any(longer in meant for longer in (before + given, given + after) if len(longer) > len(given))


def _not_understood(catalogue: Catalogue, asked: str, words: str) -> NotUnderstood:
    if not words:
        return NothingAsked(
            asked="", near=Text(_listed(_starters(catalogue, "zh")).zh, _listed(_starters(catalogue, "en")).en)
        )
    return NotUnderstood(asked=asked[:LONGEST], near=_listed(nearest(catalogue, words)))


def _listed(questions: Sequence[str]) -> Text:
    quoted = [f"“{one}”" for one in questions]
    return Text("、".join(quoted), ", ".join(quoted))


def _starters(catalogue: Catalogue, spoken_in: Language) -> list[str]:
    """Return what one might begin with."""
    return [next(_spoken(catalogue[one], spoken_in)) for one in _STARTERS]


def is_id(text: str, catalogue: Catalogue) -> bool:
    """Whether ``text`` is, or is nearly, the id of a question, and no plain words.

    Examples:
        >>> from innograph.queries import load_catalogue
        >>> [is_id(text, load_catalogue()) for text in ("unit", "respnsible", "weather", "市科技局牵头哪些任务")]
        [True, True, False, False]
    """
    near = difflib.get_close_matches(text, [question.id for question in catalogue], n=1)
    return text in catalogue or bool(_ID.fullmatch(text) and near)


def _fits(catalogue: Catalogue, words: str) -> Iterator[_Fit]:
    for question in catalogue:
        for phrase in chain.from_iterable(question.phrases.values()):
            slots = phrase.slots(words)
            texts = {p.name for p in question.parameters if p.type is ParameterType.TEXT}
            if slots is not None and all(names_something(text) for name, text in slots.items() if name in texts):
                # What is chosen among words counts as the phrase's own: it is as sure.
                chosen = {p.name for p in question.parameters if p.options}
                theirs = sum(len(text) for name, text in slots.items() if name not in chosen)
                yield _Fit(len(words) - theirs, question, phrase, slots)


def nearest(catalogue: Catalogue, asked: str) -> list[str]:
    """Return the three questions that are most like ``asked``, each as one could type it, with its examples.

    Args:
        catalogue: the questions.
        asked: what was not understood.
    """
    # In the language of the question, whatever the language of messages is.
    spoken_in: Language = "en" if asked.isascii() and asked else "zh"
    spoken = [(question, text) for question in catalogue for text in _spoken(question, spoken_in)]
    shares = likeness(asked, [Candidate([text], question.title.show()) for question, text in spoken])
    concepts = forms_of(catalogue).overlaps(asked)
    found: dict[str, tuple[float, str]] = {}
    for share, (question, text) in zip(shares, spoken, strict=True):
        score = share + _OF_CONCEPTS * concepts.get(question.id, 0.0)
        if score > found.get(question.id, (-1.0, ""))[0]:
            found[question.id] = score, text
    return [text for _, text in sorted(found.values(), key=lambda one: -one[0])][:_NEAREST]


def _spoken(question: Question, spoken_in: Language) -> Iterator[str]:
    """Yield the phrases in a language, with examples in their slots as people say them."""
    examples: dict[str, Any] = {
        p.name: p.options[p.example].show(spoken_in) if p.example in p.options else p.example
        for p in question.parameters
    }
    for phrase in question.phrases.get(spoken_in, ()):
        yield phrase.spoken.format(**examples)
