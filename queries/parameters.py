"""Values of parameters as people and question files write them, read as what the parameter takes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from innograph.graph.days import BadDay, day_of
from innograph.graph.identity import plain
from innograph.graph.text import Text

from .question import Parameter, ParameterType

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping


class Unfit(Exception):
    """A value that a parameter cannot take, and why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.problem = Text(zh, en)


def read_value(parameter: Parameter, given: Any) -> Any:
    """Return what ``given`` means as a value of a parameter that is no thing.

    Raises:
        Unfit: it is of the wrong kind, no choice, or too small.

    Examples:
        >>> read_value(Parameter("year", ParameterType.INTEGER, Text("年份", "year")), "2023")
        2023
    """
    read = _READERS.get(parameter.type)
    value: Any = read(parameter, given) if read else str(given)
    if parameter.least is not None and value < parameter.least:
        raise Unfit(f"“{given}”小于 {parameter.least:g}", f"“{given}” is less than {parameter.least:g}")
    return value


def _integer(_: Parameter, given: Any) -> int:
    try:
        return int(given)
    except (TypeError, ValueError, OverflowError):
        raise Unfit(f"“{given}”不是整数", f"“{given}” is not a whole number") from None


def _number(_: Parameter, given: Any) -> float:
    try:
        value = float(given)
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise Unfit(f"“{given}”不是数", f"“{given}” is no number")
    return value


def _date(_: Parameter, given: Any) -> dt.date:
    try:
        return day_of(given)
    except BadDay as bad:
        raise Unfit(bad.text.zh.format(given=given), bad.text.en.format(given=given)) from None


def _choice(parameter: Parameter, given: Any) -> str:
    """Return the code that was chosen by itself or by its words."""
    asked = plain(str(given)).casefold()
    for code, words in parameter.options.items():
        if asked in {plain(one).casefold() for one in (code, *words)}:
            return code
    known = "、".join(f"{code}（{words.show()}）" for code, words in parameter.options.items())
    raise Unfit(f"“{given}”不可选，可用：{known}", f"“{given}” is no choice; known: {known}")


_READERS: Mapping[ParameterType, Callable[[Parameter, Any], Any]] = {
    ParameterType.INTEGER: _integer,
    ParameterType.NUMBER: _number,
    ParameterType.DATE: _date,
    ParameterType.CHOICE: _choice,
}
