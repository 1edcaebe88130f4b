"""What an assistant is told of the tools: their names, and JSON Schemas of what they take and give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text
from innograph.queries.question import SEVERITY_WORDS
from innograph.visualize.schemas import both, parameter_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from innograph.queries.question import Column, Parameter, Question

PREFIX = "ask_"
_FINDINGS = Text("每一行（或其中符合条件的）是一条发现", "Rows, or some of them, are findings")
_GIVES: Mapping[str, Any] = {
    "question": {"type": "string"},
    "understood": {"type": "object"},
    "columns": {"type": "array", "items": {"type": "object"}},
    "rows": {"type": "array", "items": {"type": "object"}},
    "remarks": {"type": "array", "items": {"type": "string"}},
    "total": {"type": "integer"},
    "left_out": {"type": "integer"},
    "next_offset": {"type": ["integer", "null"]},
}
"""What every tool gives. It goes to assistants once for each tool, so what it means is said once: :data:`ANSWERS`."""
ANSWERS = Text(
    "每个工具都给出：rows（每行有原文 quote、出处 place、依据编号 evidence）；columns（各列的含义，words 是代码的说法）；"
    "remarks（读这些行时必须知道的）；understood（所给名称被理解为什么）；total（总行数）；left_out（后面还有几行，从 next_offset 接着读）。",
    "Every tool gives: rows (each with its quoted line, its place, and ids for the tool evidence); columns (what they mean;"
    " words: what codes stand for); remarks (what one must know to read the rows); understood (what each name was taken for);"
    " total (of rows); left_out (how many more follow; go on from next_offset).",
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its name, and the two schemas."""

    name: str
    title: Text
    description: str
    takes: dict[str, Any]
    gives: dict[str, Any]


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
        ('ask_unit', ['unit'], ['lead', 'support', 'responsible'])
    """
    asked = Text(
        question.question.zh.format(**{p.name: f"〔{p.label.zh}〕" for p in question.parameters}),
        question.question.en.format(**{p.name: f"[{p.label.en}]" for p in question.parameters}),
    )
    told = [both(asked)]
    if question.definition:  # the longest text, for which one language must do
        told.append(question.definition.show())
    if question.finding:
        told.append(f"{_FINDINGS.show()} ({SEVERITY_WORDS[question.finding.severity].show()})")
    own = {p.name for p in question.parameters}
    takes = (*question.parameters, *(p for p in common if p.name not in own))
    description = "\n".join(told)
    return Tool(
        tool_name(question.id), question.title, description, takes_schema(takes), gives_schema(question.columns)
    )


def takes_schema(parameters: Iterable[Parameter]) -> dict[str, Any]:
    """Return the schema of what a tool with these parameters takes."""
    listed = list(parameters)
    return {
        "type": "object",
        "properties": {p.name: parameter_schema(p) for p in listed},
        "required": [p.name for p in listed if p.required],
        "additionalProperties": False,
    }


def gives_schema(columns: Iterable[Column] = ()) -> dict[str, Any]:
    """Return the schema of a tool's answer; every tool gives rows in this form.

    Examples:
        >>> gives_schema()["properties"]["left_out"]
        {'type': 'integer'}
    """
    fields = dict(_GIVES)
    if names := [column.name for column in columns]:
        fields["rows"] = {"type": "array", "items": {"type": "object", "required": names}}
    return {"type": "object", "properties": fields, "required": list(fields)}
