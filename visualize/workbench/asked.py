"""What an address asks of a question: its parameters, its answer, and the question in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text

from .web import day_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from innograph.queries import Answer
    from innograph.queries.question import Question

    from .desk import Reader

_EXPLAINED = re.compile(r" ?[（(]")
"""Where a label begins to explain itself."""
_NARROWED = Text("{what}：{name}", "{what}: {name}")


def given_in(request: Request, asked: Question) -> dict[str, str]:
    """Return the parameters of a question that an address gives."""
    names = {parameter.name for parameter in asked.parameters}
    return {name: value for name, value in request.query_params.items() if name in names and value.strip()}


def answer_to(reader: Reader, request: Request, asked: Question) -> Answer:
    """Return the answer that an address asks for.

    Raises:
        UsageError: a parameter is wrong.
    """
    return reader.workspace.answer(asked.id, given_in(request, asked), as_of=day_in(request))


def heading(asked: Question, given: Mapping[str, str], answer: Answer | None) -> str:
    """Return the question in words, with the things as they are called where they are known.

    What its words do not speak of and yet narrows the answer follows behind it.
    """
    values: dict[str, Any] = {parameter.name: parameter.label.show() for parameter in asked.parameters}
    values |= given
    meant = {name: told.rpartition("（")[0] for name, told in answer.understood.items()} if answer else {}
    for parameter in asked.parameters:
        if answer and parameter.options and answer.parameters.get(parameter.name) is not None:
            meant[parameter.name] = parameter.options[str(answer.parameters[parameter.name])].show()
    words = asked.question.show()
    narrowed = [
        _NARROWED.format(what=_EXPLAINED.split(parameter.label.show(), maxsplit=1)[0], name=meant[parameter.name])
        for parameter in asked.parameters
        if meant.get(parameter.name) and given.get(parameter.name) and f"{{{parameter.name}}}" not in words
    ]
    return " · ".join([words.format(**(values | meant)), *narrowed])
