"""Parameters and rows of questions as JSON Schema, for programs that ask: the JSON API, and tools for assistants."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text
from innograph.queries.question import Parameter, ParameterType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_JSON_TYPES: Mapping[ParameterType, dict[str, Any]] = {
    ParameterType.TEXT: {"type": "string"},
    ParameterType.INTEGER: {"type": "integer"},
    ParameterType.NUMBER: {"type": "number"},
    ParameterType.DATE: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    ParameterType.CHOICE: {"type": "string"},
    ParameterType.THING: {"type": "string"},
}
_NAMED = Text("名称、一部分、拼音或编号", "name, part of it, pinyin or id")


def both(text: Text) -> str:
    """Return a text in both languages: programs do not say which their reader speaks."""
    return f"{text.zh} / {text.en}"


def parameter_schema(parameter: Parameter) -> dict[str, Any]:
    """Return the schema of what a parameter takes.

    Examples:
        >>> schema = parameter_schema(Parameter("year", ParameterType.INTEGER, Text("年份", "year"), least=1900, example=2023))
        >>> schema["type"], schema["minimum"], schema["examples"], schema["description"]
        ('integer', 1900, [2023], '年份 / year')
    """
    words = [both(parameter.label)]
    if parameter.type is ParameterType.THING:
        kinds = [load_ontology().nodes[name].label for name in parameter.of]
        words += [f"{'／'.join(kind.show() for kind in kinds)}: {_NAMED.show()}"]
    schema: dict[str, Any] = dict(_JSON_TYPES[parameter.type])
    if parameter.options:
        schema["enum"] = list(parameter.options)
        words += [f"{code} = {text.show()}" for code, text in parameter.options.items()]
    if parameter.required and schema["type"] == "string" and not parameter.options:
        schema |= {"minLength": 1, "pattern": r"\S"}
    if parameter.least is not None:
        schema["minimum"] = plain(parameter.least)
    if parameter.default is not None:
        schema["default"] = plain(parameter.default)
    if parameter.example is not None:
        schema["examples"] = [plain(parameter.example)]
    return schema | {"description": "; ".join(words)}


def plain(value: Any) -> Any:
    """Return a value as JSON has it: a day as ISO text, a number that is none as null.

    Examples:
        >>> plain({"day": dt.date(2022, 6, 17), "names": ("a", "b"), "n": 2.0})
        {'day': '2022-06-17', 'names': ['a', 'b'], 'n': 2}
    """
    if isinstance(value, dict):
        fields: dict[Any, Any] = value  # pyright: ignore[reportUnknownVariableType]
        return {str(name): plain(one) for name, one in fields.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in cast("Sequence[Any]", value)]
    if isinstance(value, float):
        if value - value != 0:
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if value is None or isinstance(value, (str, int)):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)
