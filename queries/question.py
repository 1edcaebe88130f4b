"""The one record for a question, and for its parameters, columns and finding rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from innograph.graph.regions import relative_words
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from innograph.graph.regions import Region


class ParameterType(StrEnum):
    """What a parameter takes: words, a whole number, or a thing in the graph (named in any way, resolved to its id)."""

    TEXT = "text"
    INTEGER = "integer"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; ``of`` lists the node types a thing may have."""

    name: str
    type: ParameterType
    label: Text
    required: bool = False
    of: tuple[str, ...] = ()
    default: Any = None
    example: Any = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``words`` says how coded values are shown to people.

    With ``seen_from_home`` the codes are those of :func:`~innograph.graph.regions.relative_level`, and the words those
    that people at the workspace's home have for them.
    """

    name: str
    label: Text
    words: Mapping[str, Text]
    seen_from_home: bool = False

    def show(self, value: object) -> object:
        """Return ``value`` in words where the column has a code for it."""
        return self.words[value].show() if isinstance(value, str) and value in self.words else value


class Severity(StrEnum):
    """How serious a finding is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SEVERITY_WORDS = {
    Severity.HIGH: Text("重要", "high"),
    Severity.MEDIUM: Text("一般", "medium"),
    Severity.LOW: Text("提示", "low"),
}


@dataclass(frozen=True, slots=True)
class FindingRule:
    """Makes each row of a question a finding: a severity and one sentence with the row's columns in it."""

    severity: Severity
    statement: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the catalogue.

    Args:
        id: the file's name, and what people type.
        topic: the group it is listed under.
        title: a few words.
        question: the question as a person would ask it, with ``{parameters}``.
        parameters: in the order they are asked for.
        columns: in the order of the rows; ``evidence`` is always among them.
        file: where it is written.
        cypher: how it is answered, or empty where an analysis answers it.
        analysis: the name of the module in ``queries/analyses`` that answers it, or empty.
        finding: its rule, if its rows are findings.
    """

    id: str
    topic: str
    title: Text
    question: Text
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    file: Path
    cypher: str = ""
    analysis: str = ""
    finding: FindingRule | None = None

    def at_home(self, home: Region | None) -> Question:
        """Return the question with the words that people at ``home`` have for how far a region is."""
        if home is None or not any(column.seen_from_home for column in self.columns):
            return self
        words: dict[str, Text] = dict(relative_words(home).items())
        columns = (replace(column, words=words) if column.seen_from_home else column for column in self.columns)
        return replace(self, columns=tuple(columns))

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(c for c in self.columns if c.name == name)
