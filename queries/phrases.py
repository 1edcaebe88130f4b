"""How people ask a question in plain words, as a pattern.

A phrase is words with slots: ``{unit}[都]牵头(哪些|什么)任务``. A slot takes what the parameter of that name takes, ``(a|b)`` is
one of several words, and ``[a]`` may be left out. Blanks, full-width characters, capitals and the marks at the end of a
sentence do not count, nor does what is only polite. Other words for the same, and another order of them, need no phrase of
their own: ``forms`` and ``spoken`` see to these.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .question import ParameterType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .question import Parameter

LONGEST = 200
"""Of how many characters a plain question may be."""
_PIECES = re.compile(r"\{(?P<slot>\w+)\}|(?P<mark>[()\[\]|])|(?P<words>[^{}()\[\]|]+)")
_MARKS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"}
_CLOSES = {")": "(", "]": "["}
_HAN_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_OPTION = re.compile(r"\[[^\[\]]*\]")
_CHOICE = re.compile(r"\(([^()|\[\]]*)(?:\|[^()\[\]]*)?\)")
_ENDS = " \t?!.,;:。，！？；：、…"
_POLITE = re.compile(
    r"^(?:请问|请|我想(?:知道|问一?下?|了解一?下?)|帮我(?:查一?下?|看一?下?|看看)?|查一?下|看一?下|看看|列出|告诉我"
    r"|please |can you tell me |could you tell me |tell me |show me |show |list of |list |i want to know )+",
    re.IGNORECASE,
)
_SLOTS = {
    ParameterType.INTEGER: r"\d{1,9}",
    ParameterType.NUMBER: r"\d{1,12}(?:\.\d{1,6})?%?",
    ParameterType.DATE: r"\d{4}-\d{2}-\d{2}",
}
_ANY = r".{1,60}?"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a question.

    Args:
        text: as the question's file has it.
        expression: a regular expression with a group for each slot.
        spoken: one way to say it, with its slots in braces.
    """

    text: str
    expression: str
    spoken: str

    def slots(self, asked: str) -> dict[str, str] | None:
        """Return what stands in each slot, or ``None`` if the phrase does not fit.

        Args:
            asked: the question as :func:`bare` makes it.
        """
        match = _compiled(self.expression).fullmatch(asked)
        return {name: text.strip() for name, text in match.groupdict().items() if text is not None} if match else None


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compile when a plain question is asked: the five hundred phrases take longer than most answers by id."""
    return re.compile(expression, re.IGNORECASE)


def bare(asked: str) -> str:
    """Return a question without what does not count.

    Examples:
        >>> bare("请问，市科技局 牵头哪些任务？"), bare("Tell me what  市科技局 leads.")
        ('市科技局牵头哪些任务', 'what 市科技局 leads')
    """
    return _POLITE.sub("", _folded(asked)).strip(_ENDS)


def _folded(text: str) -> str:
    """Return ``text`` with usual characters; no blank stands between Han characters."""
    return _HAN_BLANK.sub("", " ".join(unicodedata.normalize("NFKC", text).split())).strip(_ENDS)


def compile_phrase(text: str, parameters: Mapping[str, Parameter]) -> Phrase:
    """Return a phrase as a pattern.

    Args:
        text: the phrase.
        parameters: of its question, by name.

    Raises:
        KeyError: a slot is no parameter.
        ValueError: a bracket is not closed or not opened, or a slot comes twice; it says which.

    Examples:
        >>> from innograph.graph.text import Text
        >>> from innograph.queries.question import Parameter
        >>> unit = Parameter("unit", ParameterType.THING, Text("单位", "unit"))
        >>> phrase = compile_phrase("{unit}[都]牵头(哪些|什么)任务", {"unit": unit})
        >>> phrase.slots("市科技局都牵头什么任务"), phrase.slots("市科技局配合什么任务"), phrase.spoken
        ({'unit': '市科技局'}, None, '{unit}牵头哪些任务')
    """
    spoken = text
    for _ in range(text.count("(") + text.count("[")):  # the inner brackets first
        spoken = _CHOICE.sub(r"\1", _OPTION.sub("", spoken))
    _check(text)
    return Phrase(text, "".join(_pieces(text, parameters)), " ".join(spoken.split()))


def _check(text: str) -> None:
    open_marks: list[str] = []
    slots: set[str] = set()
    for piece in _PIECES.finditer(text):
        slot, mark = piece["slot"], piece["mark"]
        if slot in slots:
            raise ValueError(f"{{{slot}}}")
        if slot:
            slots.add(slot)
        if mark in _CLOSES.values():
            open_marks.append(mark)
        elif mark in _CLOSES and (not open_marks or open_marks.pop() != _CLOSES[mark]):
            raise ValueError(mark)
    if open_marks:
        raise ValueError(open_marks[-1])


def _pieces(text: str, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    for piece in _PIECES.finditer(text):
        if piece["slot"]:
            yield f"(?P<{piece['slot']}>{slot_pattern(parameters[piece['slot']])})"
        elif piece["mark"]:
            yield _MARKS[piece["mark"]]
        else:
            yield r"\s*".join(map(re.escape, re.split(r"\s+", unicodedata.normalize("NFKC", piece["words"]))))


def slot_pattern(parameter: Parameter) -> str:
    """Return the regular expression of what a parameter takes.

    Args:
        parameter: of a question.
    """
    if parameter.type is ParameterType.CHOICE:
        words = {word for code, text in parameter.options.items() for word in (code, *text)}
        return "|".join(re.escape(_folded(word)) for word in sorted(words, key=lambda word: (-len(word), word)))
    return _SLOTS.get(parameter.type, _ANY)
