"""Answers as workbooks: the rows that a page of the same address has, with what one must know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from innograph.graph.days import day_of
from innograph.visualize.reports.notes import about
from innograph.visualize.reports.workbook import answer_xlsx

from ..web import reading
from .answers import download, shown_answer

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ..desk import Reader

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer_workbook(reader: Reader, request: Request) -> Response:
    """Answer a question with a workbook: all rows that the page has, over all its pages.

    Raises:
        UsageError: no such question, or a parameter is wrong.
    """
    asked = reader.workspace.catalogue()[request.path_params["question"]]
    answer = shown_answer(reader, request, asked)
    day = request.query_params.get("as_of", "").strip()
    known = about(reader.workspace, day_of(day) if day else None)
    return download(answer_xlsx(answer, known), f"{asked.id}.xlsx", KIND)


ROUTES = (Route("/q/{question}.xlsx", reading(answer_workbook)),)
