"""What stands above the rows of some questions: the matrix, the shaded table, the flows. The rows stay below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..grid import grid_of
from .crossing import industries_and_institutes, regions
from .matrix import responsibilities
from .shares import coverage, coverage_by_industry
from .targets import due, overview, register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from innograph.queries import Answer

    from ..desk import Reader
    from ..grid import Grid

    Maker = Callable[[Reader, Answer, Request], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: the template that shows it, and what it shows."""

    template: str
    values: Mapping[str, Any]


FIGURES: Mapping[str, tuple[str, Maker]] = {
    "matrix": ("figure_matrix.html", responsibilities),
    "industry-institute": ("figure_crossing.html", industries_and_institutes),
    "due": ("figure_targets.html", due),
    "targets": ("figure_targets.html", overview),
    "partner-coverage": ("figure_shares.html", coverage),
    "partnerless": ("figure_shares.html", coverage_by_industry),
    "region-matrix": ("figure_flows.html", regions),
}
"""By question: the template of its figure, and what makes the values of it."""

GRIDS: Mapping[str, Callable[[Reader, Answer, Request], Grid]] = {"targets": register}
"""By question: what makes the table of its rows, where cells are put together that a column each would tear apart."""


def rows_of(reader: Reader, answer: Answer, request: Request) -> Grid:
    """Return the page of an answer's rows that a request asks for."""
    make = GRIDS.get(answer.question.id)
    return make(reader, answer, request) if make and answer.rows.rows else grid_of(answer, request)


def figure_of(reader: Reader, answer: Answer, request: Request) -> Figure | None:
    """Return the figure of an answer, if its question has one and there are rows."""
    known = FIGURES.get(answer.question.id)
    if known is None or not answer.rows.rows:
        return None
    template, make = known
    return Figure(template, make(reader, answer, request))
