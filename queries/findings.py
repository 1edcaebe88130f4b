"""Findings: rows of the questions that have a finding rule, each with a stable id, one sentence, and its proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.identity import digest
from innograph.graph.ledger.triage import State
from innograph.graph.text import Text

from .answering import ask
from .question import Severity

if TYPE_CHECKING:
    from innograph.graph.ledger.triage import Decision
    from innograph.graph.stores import Store
    from innograph.graph.text import Language

    from .catalog import Catalogue
    from .question import Column, FindingRule, Question

_ORDER = list(Severity)
_ALL_ROWS = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a planner's look.

    Args:
        id: the same after every rebuild, as long as the graph ids behind it are.
        rule: the question that found it.
        severity: how serious it is.
        statement: one sentence with names and numbers.
        quotes: the lines that prove it.
        place: where they stand, and in which plan if there are several.
        evidence: ids of the nodes and edges behind it.
        decision: what a planner decided about it last; ``None`` if nobody has.
    """

    id: str
    rule: str
    severity: Severity
    statement: Text
    quotes: tuple[str, ...]
    place: str
    evidence: tuple[str, ...]
    decision: Decision | None = None

    @property
    def state(self) -> State:
        """Whether it is open, confirmed or dismissed."""
        return self.decision.state if self.decision else State.OPEN


def find_all(store: Store, catalogue: Catalogue) -> list[Finding]:
    """Return the findings of every rule, the most serious first; inside a rule in the order of its question.

    Where they come from several plans, :attr:`Finding.place` names the plan too.
    """
    rules = [(question, question.finding) for question in catalogue if question.finding]
    rows = [
        (question, rule, row)
        for question, rule in rules
        for row in ask(store, question, _uncut(question)).dicts()
        if rule.holds(row)
    ]
    several = len({plan for _, _, row in rows for plan in _plans(row)}) > 1
    found = [_finding(question, rule, row, several=several) for question, rule, row in rows]
    return sorted(found, key=lambda f: (_ORDER.index(f.severity), f.rule))


def _uncut(question: Question) -> dict[str, int]:
    """Return the parameters with which a question gives all its rows: a list cut for reading would hide findings."""
    return {"top": _ALL_ROWS} if any(parameter.name == "top" for parameter in question.parameters) else {}


def _finding(question: Question, rule: FindingRule, row: dict[str, Any], *, several: bool) -> Finding:
    evidence = tuple(_texts(row["evidence"]))
    where = [*(f"《{plan}》" for plan in _plans(row) if several), *dict.fromkeys(_texts(row.get("place")))]
    return Finding(
        id=digest(question.id, *sorted(evidence)),
        rule=question.id,
        severity=rule.severity,
        statement=_state(question, rule.statement, row),
        quotes=tuple(dict.fromkeys(_texts(row.get("quote")))),
        place="；".join(where),
        evidence=evidence,
    )


def _plans(row: dict[str, Any]) -> list[str]:
    return _texts(row.get("plan") or row.get("plans"))


def _texts(value: object) -> list[str]:
    """Return a value, or the values of a list, as texts."""
    return [str(one) for one in _items(value)]


def _items(value: object) -> list[object]:
    """Return a value, or the values of a list, without what is empty."""
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    return [one for one in values if one is not None and one != ""]


def _state(question: Question, statement: Text, row: dict[str, Any]) -> Text:
    """Fill the sentence in both languages: lists with 、 or commas, codes in words."""

    def filled(language: Language) -> str:
        values = {name: _words(question.column(name), value, language) for name, value in row.items()}
        return statement.show(language).format(**values)

    return Text(filled("zh"), filled("en"))


def _words(column: Column, value: object, language: Language) -> str:
    texts = [str(column.show(one, language)) for one in _items(value)]
    return ("、" if language == "zh" else ", ").join(texts)
