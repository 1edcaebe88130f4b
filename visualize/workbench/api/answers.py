"""Answers, findings, things and proof for programs: what the page of the same address shows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.routing import Route

from innograph.graph.errors import BadParameter, NothingFound
from innograph.graph.stores import Rows
from innograph.graph.text import Text
from innograph.queries.lookup import FINDABLE, look_up
from innograph.queries.parameters import Unfit, read_value
from innograph.queries.question import Parameter, ParameterType
from innograph.visualize.schemas import both, plain
from innograph.visualize.tables import csv_file

from ..asked import answer_to
from ..grid import arranged
from ..things import known_thing
from ..views.findings import findings_about
from ..web import reading
from .openapi import COMMON, FILTERS, MOST_ROWS, OF_A_DAY, THING_PARAMETERS, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request

    from innograph.queries import Answer, Finding
    from innograph.queries.question import Question

    from ..desk import Reader

_TYPE = Text("类型", "type")
_ITEM = Text("条目", "node or edge")


def answer_json(reader: Reader, request: Request) -> Response:
    """Answer a question with its rows, and what there is to know of them.

    Raises:
        UsageError: no such question, or a parameter is wrong.
    """
    asked = reader.workspace.catalogue()[request.path_params["question"]]
    said = _said(request, asked.id, (*asked.parameters, *COMMON))
    answer = _answer(reader, asked, said)
    rows = arranged(answer, said.get("sort", ""), said.get("find", ""))
    offset, limit = said["offset"], min(said["limit"], MOST_ROWS)
    part = rows[offset : offset + limit]
    left = max(0, len(rows) - offset - len(part))
    return _json(
        {
            "question": asked.id,
            "title": both(asked.title),
            "understood": dict(answer.understood),
            "columns": [
                {"name": c.name, "label": both(c.label), "words": {code: both(w) for code, w in c.words.items()}}
                for c in asked.columns
            ],
            "rows": part,
            "remarks": [both(remark) for remark in answer.remarks],
            "total": len(rows),
            "left_out": left,
            "next_offset": offset + len(part) if left else None,
        }
    )


def answer_csv(reader: Reader, request: Request) -> Response:
    """Answer a question with a table for spreadsheets: all rows that the page has, over all its pages.

    Raises:
        UsageError: no such question, or a parameter is wrong.
    """
    asked = reader.workspace.catalogue()[request.path_params["question"]]
    answer = shown_answer(reader, request, asked)
    text = csv_file([column.label.show() for column in asked.columns], map(_shown(asked), answer.rows.rows))
    return download(text.encode(), f"{asked.id}.csv", "text/csv; charset=utf-8")


def questions_json(reader: Reader, request: Request) -> Response:
    """List the questions that can be asked."""
    _said(request, "questions", ())
    return _json(
        {
            "questions": [
                {"id": q.id, "topic": q.topic, "title": both(q.title), "page": f"/q/{q.id}"}
                for q in reader.workspace.catalogue()
            ]
        }
    )


def findings_json(reader: Reader, request: Request) -> Response:
    """List findings.

    Raises:
        BadParameter: a filter is wrong.
        NothingFound: there is no such thing.
    """
    said = _said(request, "findings", FILTERS)
    found = [
        finding
        for finding in findings_about(reader, said.get("thing", ""), said.get("as_of"))
        if said.get("severity") in (None, finding.severity)
        and said.get("state") in (None, finding.state)
        and said.get("rule") in (None, finding.rule)
    ]
    part = found[said["offset"] : said["offset"] + min(said["limit"], MOST_ROWS)]
    return _json({"findings": [_finding(one) for one in part], "total": len(found)})


def things_json(reader: Reader, request: Request) -> Response:
    """List the things that a name may mean, the best first.

    Raises:
        BadParameter: no name is given.
        NothingFound: there is no such type.
    """
    said = _said(request, "things", THING_PARAMETERS)
    known = reader.workspace.ontology.nodes
    kinds = [kind for kind in said.get("kinds", "").split(",") if kind]
    for kind in kinds:
        if kind not in known:
            raise NothingFound(name=kind[:100], kind=_TYPE, near="—")
    found = look_up(reader.workspace.store(), said["q"], kinds or FINDABLE)[: min(said["limit"], MOST_ROWS)]
    return _json(
        {"things": [{"id": t.id, "type": t.label, "name": t.name, "score": t.score, "fit": t.fit.value} for t in found]}
    )


def evidence_json(reader: Reader, request: Request) -> Response:
    """List the quoted lines behind a node or edge.

    Raises:
        NothingFound: nobody states it.
    """
    _said(request, "evidence", ())
    subject = request.path_params["subject"]
    records = reader.workspace.evidence(subject)
    if not records:
        raise NothingFound(name=subject[:200], kind=_ITEM, near="—")
    return _json(
        {
            "subject": subject,
            "lines": [
                {
                    "quote": r.quote,
                    "source": r.source,
                    "place": r.place.to_dict(),
                    "confidence": r.confidence,
                    "type": r.type,
                    "properties": r.properties,
                }
                for r in records
            ],
        }
    )


def thing_json(reader: Reader, request: Request) -> Response:
    """Tell what the page of a thing shows.

    Raises:
        BadParameter: the day is none.
        NothingFound: there is no such thing.
    """
    said = _said(request, "thing", OF_A_DAY)
    found = known_thing(reader.workspace, request.path_params["thing"], said.get("as_of"))
    relations = [
        {
            "type": relation.kind.name,
            "direction": "out" if relation.forward else "in",
            "words": relation.words,
            "total": relation.total,
            "edges": [
                {"id": line.edge, "other": line.own, "name": line.name, "quote": line.quote, "place": line.place}
                for line in relation.lines
            ],
        }
        for relation in found.relations
    ]
    properties = {fact.name: fact.exact or fact.text for fact in found.facts}
    return _json(
        {
            "id": found.id,
            "type": found.type.name,
            "name": found.name,
            "properties": properties,
            "quote": found.quote,
            "relations": relations,
        }
    )


def openapi_json(reader: Reader, request: Request) -> Response:
    """Return what this interface takes and gives, as an OpenAPI document."""
    return _json(document(reader.workspace.catalogue(), str(request.base_url)))


def shown_answer(reader: Reader, request: Request, asked: Question) -> Answer:
    """Return the answer that a page shows, with its rows sorted and filtered as they are there.

    Raises:
        UsageError: a parameter is wrong.
    """
    answer = answer_to(reader, request, asked)
    query = request.query_params
    rows = arranged(answer, query.get("sort", ""), query.get("find", ""))
    columns = answer.rows.columns
    return replace(answer, rows=Rows(columns, [tuple(row[name] for name in columns) for row in rows]))


def download(content: bytes, name: str, kind: str) -> Response:
    """Return a file that a browser keeps under ``name``, which is ASCII."""
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _said(request: Request, question: str, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """Return what a request says, each value read as its parameter takes it; defaults stand in for what is not said.

    Raises:
        BadParameter: it says something that there is no parameter for, or that does not fit.
    """
    known = {parameter.name: parameter for parameter in parameters}
    said = {name: parameter.default for name, parameter in known.items() if parameter.default is not None}
    for name, text in request.query_params.multi_items():
        if name == "lang":
            continue
        if name not in known:
            problem = Text("没有这个参数", "there is no such parameter")
            raise BadParameter(question=question, parameter=name[:100], problem=problem)
        try:
            parameter = known[name]
            said[name] = text if parameter.type is ParameterType.THING else read_value(parameter, text)
        except Unfit as unfit:
            raise BadParameter(question=question, parameter=name, problem=unfit.problem) from None
    for parameter in known.values():
        if parameter.required and not said.get(parameter.name):
            problem = Text("必须给出", "must be given")
            raise BadParameter(question=question, parameter=parameter.name, problem=problem)
    return said


def _answer(reader: Reader, asked: Question, said: Mapping[str, Any]) -> Answer:
    names = {parameter.name for parameter in asked.parameters}
    given = {name: value for name, value in said.items() if name in names}
    return reader.workspace.answer(asked.id, given, as_of=said.get("as_of"))


def _shown(asked: Question) -> Any:
    def row(values: tuple[Any, ...]) -> list[Any]:
        return [column.show(value) for column, value in zip(asked.columns, values, strict=True)]

    return row


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "state": finding.state.value,
        "note": finding.decision.note if finding.decision else "",
        "statement": {"zh": finding.statement.zh, "en": finding.statement.en},
        "quotes": list(finding.quotes),
        "place": finding.place,
        "evidence": list(finding.evidence),
    }


def _json(value: Any) -> Response:
    # A page of another site cannot read it: no other origin is allowed to, and the kind is said.
    return Response(json.dumps(plain(value), ensure_ascii=False), media_type="application/json")


ROUTES = (
    Route("/openapi.json", reading(openapi_json)),
    Route("/questions.json", reading(questions_json)),
    Route("/q/{question}.json", reading(answer_json)),
    Route("/q/{question}.csv", reading(answer_csv)),
    Route("/findings.json", reading(findings_json)),
    Route("/things.json", reading(things_json)),
    Route("/evidence/{subject:path}.json", reading(evidence_json)),
    Route("/thing/{thing:path}.json", reading(thing_json)),
)
