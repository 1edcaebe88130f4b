"""The one record for a question, and for its parameters, columns and finding rule."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.regions import relative_words
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from innograph.graph.regions import Region
    from innograph.graph.text import Language

    from .phrases import Phrase

_BARE = re.compile(r"[\w./=:-]+")
_EXPANDED = re.compile(r"[\"$`!\\]")


class ParameterType(StrEnum):
    """What a parameter takes.

    A thing is one of the graph, named in any way and resolved to its id; a choice is one of the parameter's options.
    """

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Args:
        name: what people type.
        type: what it takes.
        label: what it is, in a few words.
        required: whether it must be given.
        of: the node types that a thing may have.
        options: the words for each value of a choice.
        least: the least whole number or number that makes sense.
        default: the value where none is given.
        example: a value for the sample.
    """

    name: str
    type: ParameterType
    label: Text
    required: bool = False
    of: tuple[str, ...] = ()
    options: Mapping[str, Text] = field(default_factory=dict[str, Text])
    least: float | None = None
    default: Any = None
    example: Any = None


class Format(StrEnum):
    """How the numbers of a column are shown to people: a share of 1 as a percentage, an index with three decimals."""

    SHARE = "share"
    INDEX = "index"
    YEAR = "year"


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
    format: Format | None = None

    def show(self, value: object, language: Language | None = None) -> object:
        """Return ``value`` as people read it: in words where the column has a code for it, numbers as its format says.

        Examples:
            >>> share = Column("share", Text("占比", "Share"), {}, format=Format.SHARE)
            >>> share.show(0.21374), share.show(None), Column("n", Text("数", "Number"), {}).show(2)
            ('21.4%', None, 2)
        """
        if isinstance(value, list):
            return [self.show(one, language) for one in cast("list[object]", value)]
        if isinstance(value, str):
            return self.words[value].show(language) if value in self.words else value
        if self.format is Format.YEAR and isinstance(value, int):
            return str(value)
        if isinstance(value, float) and self.format is Format.SHARE:
            return f"{value:.1%}"
        return f"{value:.3f}" if isinstance(value, float) and self.format is Format.INDEX else value


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
    """Makes rows of a question findings: a severity and one sentence with the row's columns in it.

    Args:
        severity: how serious each is.
        statement: the sentence.
        when: for a column, the codes with which a row is a finding; without any, every row is one.
    """

    severity: Severity
    statement: Text
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def holds(self, row: Mapping[str, object]) -> bool:
        """Whether a row is a finding.

        Examples:
            >>> rule = FindingRule(Severity.LOW, Text("{name}", "{name}"), {"state": ("behind",)})
            >>> rule.holds({"state": "behind"}), rule.holds({"state": "met"})
            (True, False)
        """
        return all(row[name] in codes for name, codes in self.when.items())


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
        definition: how the answer is worked out, in a sentence or two; of a formula, where it comes from.
        phrases: by language, how people ask it in plain words, with ``{parameters}``; see
            :mod:`~innograph.queries.phrases`.
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
    definition: Text | None = None
    phrases: Mapping[Language, tuple[Phrase, ...]] = field(default_factory=dict["Language", "tuple[Phrase, ...]"])

    def at_home(self, home: Region | None) -> Question:
        """Return the question with the words that people at ``home`` have for how far a region is."""
        if home is None or not any(column.seen_from_home for column in self.columns):
            return self
        words: dict[str, Text] = dict(relative_words(home).items())
        columns = (replace(column, words=words) if column.seen_from_home else column for column in self.columns)
        return replace(self, columns=tuple(columns))

    def asked(self, given: Mapping[str, object]) -> str:
        """Return the question with its parameters in it: as given, else by default, else what they are.

        Examples:
            >>> from pathlib import Path
            >>> least = Parameter("least", ParameterType.INTEGER, Text("至少几项", "Least number"), default=3)
            >>> plan = Parameter("plan", ParameterType.THING, Text("文件", "Plan"))
            >>> asked = Text("{plan}里谁至少有{least}项任务？", "Who has {least} tasks in {plan}?")
            >>> Question("x", "plans", asked, asked, (least, plan), (), Path()).asked({"plan": "Plan A"})
            'Plan A里谁至少有3项任务？'
        """
        usual: dict[str, object] = {
            p.name: p.options.get(p.default, p.label if p.default is None else p.default) for p in self.parameters
        }
        chosen = {p.name: p.options.get(str(given[p.name]), given[p.name]) for p in self.parameters if p.name in given}
        words = {name: one.show() if isinstance(one, Text) else one for name, one in {**usual, **chosen}.items()}
        return self.question.show().format(**words)

    def command(self, given: Mapping[str, object], as_of: object = None) -> str:
        """Return the command line that asks this question with these parameters, as they were given; others are left out.

        Examples:
            >>> from pathlib import Path
            >>> plan = Parameter("plan", ParameterType.THING, Text("文件", "Plan"))
            >>> asked = Text("谁的任务？", "Whose tasks?")
            >>> question = Question("x", "plans", asked, asked, (plan,), (), Path())
            >>> print(question.command({"plan": "Plan A", "find": "b"}, as_of="2024-01-31"))
            innograph ask x --param "plan=Plan A" --as-of 2024-01-31
        """
        named = [f"{p.name}={given[p.name]}" for p in self.parameters if given.get(p.name) not in (None, "")]
        options = [f"--param {_quoted(one)}" for one in named]
        return " ".join([f"innograph ask {self.id}", *options, *([f"--as-of {as_of}"] if as_of else [])])

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(c for c in self.columns if c.name == name)


def _quoted(word: str) -> str:
    """Return a word as a shell takes it: in double quotes where they do, for the command line of Windows knows no others."""
    if _BARE.fullmatch(word):
        return word
    return shlex.quote(word) if _EXPANDED.search(word) else f'"{word}"'
