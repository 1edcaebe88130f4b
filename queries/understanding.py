"""Finds the question that people mean, and what they fill its parameters with."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.errors import Ambiguous, BadParameter, NothingFound, UsageError
from innograph.graph.text import Text

from .answering import parameter_value
from .likeness import Candidate, likeness
from .phrases import LONGEST, bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.graph.stores import Store
    from innograph.graph.text import Language

    from .catalog import Catalogue
    from .phrases import Phrase
    from .question import Question

_NEAREST = 3
_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_Unfit = (NothingFound, Ambiguous, BadParameter)


class NotUnderstood(UsageError):
    """No phrase of any question fits."""

    code = "not-understood"
    text = Text(
        "不明白“{asked}”。最接近的问法：{near}。全部问题：innograph questions",
        "“{asked}” is not understood. The nearest: {near}. All questions: innograph questions",
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

    A phrase fits only if what stands in its slots is in the graph.

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
    fits = (
        [] if len(words) > LONGEST else sorted(_fits(catalogue, words), key=lambda fit: (-fit.words, fit.question.id))
    )
    problem: UsageError | None = None
    for fit in fits:
        try:
            for parameter in fit.question.parameters:
                if parameter.name in fit.slots:
                    parameter_value(store, fit.question, parameter, fit.slots[parameter.name])
        except _Unfit as error:
            problem = problem or error
        else:
            return Understood(fit.question, fit.slots, fit.phrase.text)
    if problem:
        raise problem
    near = [f"“{one}”" for one in nearest(catalogue, words)]
    raise NotUnderstood(asked=asked[:LONGEST], near=Text("、".join(near), ", ".join(near)))


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
            if slots is not None:
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
    language: Language = "en" if asked.isascii() and asked else "zh"
    spoken = [(question, text) for question in catalogue for text in _spoken(question, language)]
    shares = likeness(asked, [Candidate([text], question.title.show()) for question, text in spoken])
    ranked = sorted(zip(shares, range(len(spoken)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    found: dict[str, str] = {}
    for _, at in ranked:
        question, text = spoken[at]
        found.setdefault(question.id, text)
    return list(found.values())[:_NEAREST]


def _spoken(question: Question, language: Language) -> Iterator[str]:
    """Yield the phrases in a language, with examples in their slots as people say them."""
    examples: dict[str, Any] = {
        p.name: p.options[p.example].show(language) if p.example in p.options else p.example
        for p in question.parameters
    }
    for phrase in question.phrases.get(language, ()):
        yield phrase.spoken.format(**examples)
