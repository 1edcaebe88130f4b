"""A report as one HTML page: it opens offline, makes no request, runs no script, and prints as the Word document does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from markupsafe import Markup

from innograph.graph.text import Text, use_language
from innograph.visualize.matrix import MARKS
from innograph.visualize.templating import csp_hash, own_text, templates_of

from .model import Cite, Evidence, Items, MatrixTable, Paragraph, Report, Table, annex_heading, heading_number

if TYPE_CHECKING:
    from jinja2 import Environment

    from .model import Block

_WORDS = {
    "task": Text("任务", "Task"),
    "number": Text("编号", "No."),
    "quote": Text("原文", "Quoted line"),
    "where": Text("出处", "Document and place"),
    "annexes": Text("附件", "Annexes"),
    "legend": Text("图例", "Legend"),
    "colon": Text("：", ": "),
}
_COMMA = Text("，", ", ")
_BLOCKS = {Paragraph: "paragraph", Items: "items", Table: "table", MatrixTable: "matrix", Evidence: "evidence"}


def report_html(report: Report) -> str:
    """Return the report as a page.

    Examples:
        >>> import datetime as dt
        >>> from innograph.visualize.reports.model import Section
        >>> page = report_html(Report("<报告>", dt.date(2022, 5, 1), "zh", (Section("任务分工"),)))
        >>> "<h1>&lt;报告&gt;</h1>" in page, "一、任务分工" in page
        (True, True)
    """
    style = own_text("reports", "report.css")
    with use_language(report.language):
        return (
            _environment()
            .get_template("report.html")
            .render(
                report=report,
                lang="zh-CN" if report.language == "zh" else "en",
                words={name: text.show() for name, text in _WORDS.items()},
                comma=_COMMA.show(),
                style=Markup(style),  # noqa: S704  # our own file
                style_hash=csp_hash(style),
            )
        )


@cache
def _environment() -> Environment:
    made = templates_of("reports")
    cast("dict[str, Any]", made.tests)["cite"] = _is_cite
    ours: dict[str, Any] = {
        "marks": MARKS,
        "kind_of": _kind_of,
        "heading_number": heading_number,
        "annex_heading": annex_heading,
    }
    made.globals.update(ours)
    return made


def _is_cite(part: object) -> bool:
    return isinstance(part, Cite)


def _kind_of(block: Block) -> str:
    return _BLOCKS[type(block)]
