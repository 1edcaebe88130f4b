"""What an assistant is told of the tools: their names, and JSON Schemas of what they take and give."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text
from innograph.queries.question import SEVERITY_WORDS, Parameter, ParameterType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from innograph.queries.question import Column, Question

PREFIX = "ask_"
_JSON_TYPES: Mapping[ParameterType, dict[str, Any]] = {
    ParameterType.TEXT: {"type": "string"},
    ParameterType.INTEGER: {"type": "integer"},
    ParameterType.NUMBER: {"type": "number"},
    ParameterType.DATE: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    ParameterType.CHOICE: {"type": "string"},
    ParameterType.THING: {"type": "string"},
}
_NAMED = Text(
    "任何叫法都行：全称、简称、一部分、拼音或编号", "named in any way: in full, in part, in pinyin, or by its id"
)
_FINDINGS = Text("每一行（或其中符合条件的）是一条发现", "Rows, or some of them, are findings")
_COLUMNS = Text("各列的含义；words 是代码的说法", "What the columns mean; words says what codes stand for")
_ROWS = Text(
    "每一行都有原文 quote、出处 place 和依据编号 evidence",
    "Each has its quoted line, where it stands, and ids for the tool evidence",
)
_REMARKS = Text("读这些行时必须知道的", "What one must know to read the rows")
_UNDERSTOOD = Text("所给名称被理解为什么", "What each name given was taken for")
_TOTAL = Text("一共多少行", "How many rows there are in all")
_LEFT_OUT = Text("这几行之后还有多少行", "How many more rows follow these")
_NEXT = Text("接着读时的 offset；没有更多则为空", "The offset to go on from; null where there is no more")


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its name, and the two schemas."""

    name: str
    title: Text
    description: str
    takes: dict[str, Any]
    gives: dict[str, Any]


def both(text: Text) -> str:
    """Return a text in both languages: assistants read either, whichever the user speaks."""
    return f"{text.zh} / {text.en}"


def tool_name(question: str) -> str:
    """Return the name of the tool for a question.

    Examples:
        >>> tool_name("joint-leads")
        'ask_joint_leads'
    """
    return PREFIX + question.replace("-", "_")


def question_tool(question: Question, common: Iterable[Parameter]) -> Tool:
    """Return the tool that asks ``question``.

    Args:
        question: of the catalogue.
        common: what can be said to any question.

    Examples:
        >>> from innograph.queries import load_catalogue
        >>> tool = question_tool(load_catalogue()["unit"], ())
        >>> tool.name, tool.takes["required"], tool.takes["properties"]["role"]["enum"]
        ('ask_unit', ['unit'], ['lead', 'joint-lead', 'support', 'responsible'])
    """
    asked = Text(
        question.question.zh.format(**{p.name: f"〔{p.label.zh}〕" for p in question.parameters}),
        question.question.en.format(**{p.name: f"[{p.label.en}]" for p in question.parameters}),
    )
    told = [asked, *([question.definition] if question.definition else [])]
    if question.finding:
        severity = SEVERITY_WORDS[question.finding.severity]
        told.append(Text(f"{_FINDINGS.zh}（{severity.zh}）", f"{_FINDINGS.en} ({severity.en})"))
    own = {p.name for p in question.parameters}
    takes = (*question.parameters, *(p for p in common if p.name not in own))
    description = "\n".join(both(text) for text in told)
    return Tool(
        tool_name(question.id), question.title, description, takes_schema(takes), gives_schema(question.columns)
    )


def takes_schema(parameters: Iterable[Parameter]) -> dict[str, Any]:
    """Return the schema of what a tool with these parameters takes."""
    listed = list(parameters)
    return {
        "type": "object",
        "properties": {p.name: _parameter_schema(p) for p in listed},
        "required": [p.name for p in listed if p.required],
        "additionalProperties": False,
    }


def gives_schema(columns: Iterable[Column] = ()) -> dict[str, Any]:
    """Return the schema of a tool's answer; every tool gives rows in this form."""
    row: dict[str, Any] = {"type": "object", "description": both(_ROWS)}
    known = {column.name: {"description": both(column.label)} for column in columns}
    if known:
        row |= {"properties": known, "required": list(known)}
    fields: dict[str, Any] = {
        "question": {"type": "string"},
        "understood": {"type": "object", "description": both(_UNDERSTOOD)},
        "columns": {"type": "array", "items": {"type": "object"}, "description": both(_COLUMNS)},
        "rows": {"type": "array", "items": row},
        "remarks": {"type": "array", "items": {"type": "string"}, "description": both(_REMARKS)},
        "total": {"type": "integer", "description": both(_TOTAL)},
        "left_out": {"type": "integer", "description": both(_LEFT_OUT)},
        "next_offset": {"type": ["integer", "null"], "description": both(_NEXT)},
    }
    return {"type": "object", "properties": fields, "required": list(fields)}


def _parameter_schema(parameter: Parameter) -> dict[str, Any]:
    words = [both(parameter.label)]
    if parameter.type is ParameterType.THING:
        kinds = [load_ontology().nodes[name].label for name in parameter.of]
        words += [both(Text("／".join(k.zh for k in kinds), ", ".join(k.en for k in kinds))), both(_NAMED)]
    schema: dict[str, Any] = dict(_JSON_TYPES[parameter.type])
    if parameter.options:
        schema["enum"] = list(parameter.options)
        words += [f"{code} = {both(text)}" for code, text in parameter.options.items()]
    if parameter.least is not None:
        schema["minimum"] = _plain(parameter.least)
    if parameter.default is not None:
        schema["default"] = _plain(parameter.default)
    if parameter.example is not None:
        schema["examples"] = [_plain(parameter.example)]
    return schema | {"description": "; ".join(words)}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
