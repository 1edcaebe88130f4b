"""Asks a question: parameters in any words, rows out, on any engine."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from innograph.graph.errors import BadParameter
from innograph.graph.stores import Rows
from innograph.graph.text import Text

from .lookup import resolve
from .parameters import Unfit, read_value
from .question import Parameter, ParameterType, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from innograph.graph.stores import Store

TIME_LIMIT = 60.0
_NOTHING_THEN = Text(
    "用的是{day}的图谱：此后印发的文件和其中的任务、此后报告的进展、当天不在有效期内的，都不计入。",
    "It is the graph of {day}: plans issued later with their tasks, progress reported later, and what did not hold that day"
    " do not count.",
)
"""Said where a graph of a day answers with nothing: else one might think that there is nothing at all."""


class Found(NamedTuple):
    """What an analysis found.

    Args:
        rows: in the order of the question's columns.
        remarks: what one must know to read them: denominators, what was left out, how sure a sample is.
    """

    rows: Iterable[tuple[Any, ...]]
    remarks: Sequence[Text] = ()


class Analysis(Protocol):
    """What a module in ``queries/analyses`` offers."""

    def answer(self, store: Store, parameters: Mapping[str, Any]) -> Found:
        """Return rows in the order of the question's columns, and what there is to say about them."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's rows.

    Args:
        question: the question.
        parameters: their values, defaults among them.
        understood: what each given parameter was taken to mean.
        rows: the rows.
        remarks: what one must know to read them.
    """

    question: Question
    parameters: Mapping[str, Any]
    understood: Mapping[str, str]
    rows: Rows
    remarks: tuple[Text, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Return the rows as a DataFrame with the question's columns; ``attrs["remarks"]`` has what to know of them."""
        import pandas as pd

        frame = pd.DataFrame(self.rows.rows, columns=list(self.rows.columns))
        frame.attrs["remarks"] = [remark.show() for remark in self.remarks]
        return frame

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        return self.rows.dicts()

    def column(self, name: str) -> list[Any]:
        """Return the values of one column, row by row."""
        at = self.rows.columns.index(name)
        return [row[at] for row in self.rows.rows]


def ask(store: Store, question: Question, given: Mapping[str, Any]) -> Answer:
    """Answer ``question``.

    Args:
        store: the engine that holds the graph.
        question: from the catalogue.
        given: parameter values; a thing may be given by name, part of a name, pinyin or id.

    Raises:
        BadParameter: a parameter is missing, unknown or of the wrong kind.
        NothingFound: a named thing is not in the graph.
        Ambiguous: a name fits several things.
        EngineError: the engine failed.
    """
    _refuse_unknown(question, given)
    values: dict[str, Any] = {}
    understood: dict[str, str] = {}
    for parameter in question.parameters:
        values[parameter.name], meant = parameter_value(store, question, parameter, given.get(parameter.name))
        if meant:
            understood[parameter.name] = meant
    if question.analysis:
        module = cast("Analysis", import_module(f"innograph.queries.analyses.{question.analysis}"))
        found = module.answer(store, values)
        rows = Rows(tuple(c.name for c in question.columns), list(found.rows))
        return Answer(question, values, understood, rows, (*found.remarks, *_of_that_day(store, rows)))
    rows = store.query(question.cypher, values, timeout=TIME_LIMIT)
    return Answer(question, values, understood, rows, _of_that_day(store, rows))


def _of_that_day(store: Store, rows: Rows) -> tuple[Text, ...]:
    if store.day is None or rows.rows:
        return ()
    return (Text(_NOTHING_THEN.zh.format(day=store.day), _NOTHING_THEN.en.format(day=store.day)),)


def _refuse_unknown(question: Question, given: Mapping[str, Any]) -> None:
    known = [p.name for p in question.parameters]
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            listed = "、".join(near or known)
            problem = Text(
                f"没有这个参数。可用：{listed or '无'}", f"there is no such parameter. Known: {listed or 'none'}"
            )
            raise BadParameter(question=question.id, parameter=name, problem=problem)


def parameter_value(store: Store, question: Question, parameter: Parameter, given: Any) -> tuple[Any, str]:
    """Return the value that a parameter gets, and what it was taken to mean if it names a thing.

    Raises:
        BadParameter: it is missing, or of the wrong kind.
        NothingFound: a named thing is not in the graph.
        Ambiguous: a name fits several things.
    """
    if given is None or (isinstance(given, str) and not given.strip()):
        if parameter.required:
            problem = Text(f"必须给出，例如 {parameter.example}", f"must be given, for example {parameter.example}")
            raise BadParameter(question=question.id, parameter=parameter.name, problem=problem)
        return parameter.default, ""
    if parameter.type is ParameterType.THING:
        thing = resolve(store, str(given), parameter.of)
        return thing.id, f"{thing.name}（{thing.id}）"
    try:
        return read_value(parameter, given), ""
    except Unfit as unfit:
        raise BadParameter(question=question.id, parameter=parameter.name, problem=unfit.problem) from None
