"""The OpenAPI document of the workbench: made from the catalogue, so that it says what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innograph import __version__
from innograph.graph.ledger.triage import STATE_WORDS
from innograph.graph.text import Text
from innograph.queries.question import SEVERITY_WORDS, Parameter, ParameterType
from innograph.visualize.schemas import both, parameter_schema

from ..exploring import DEEPEST, KINDS, LIMITS
from ..jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from innograph.queries import Catalogue
    from innograph.queries.question import Question

MOST_ROWS = 10_000
_LIMIT = Parameter("limit", ParameterType.INTEGER, Text("最多几行", "rows at most"), least=1, default=1000)
_OFFSET = Parameter("offset", ParameterType.INTEGER, Text("从第几行起", "rows to pass over"), least=0, default=0)
COMMON = (
    Parameter("as_of", ParameterType.DATE, Text("那一天的情况", "as it was on that day")),
    Parameter(
        "sort",
        ParameterType.TEXT,
        Text("按哪一列排序，前加 - 为从大到小", "column to sort by; - before it: descending"),
    ),
    Parameter("find", ParameterType.TEXT, Text("只要含有这些字的行", "only rows with this text")),
    _LIMIT,
    _OFFSET,
)
"""What can be said to every question."""
FILTERS = (
    Parameter("thing", ParameterType.TEXT, Text("只要与这个对象有关的（编号）", "only about this thing (its id)")),
    Parameter("rule", ParameterType.TEXT, Text("规则（问题编号）", "rule (id of a question)")),
    Parameter(
        "severity",
        ParameterType.CHOICE,
        Text("重要程度", "severity"),
        options={one.value: words for one, words in SEVERITY_WORDS.items()},
    ),
    Parameter(
        "state",
        ParameterType.CHOICE,
        Text("处理情况", "state"),
        options={one.value: words for one, words in STATE_WORDS.items()},
    ),
    COMMON[0],
    _LIMIT,
    _OFFSET,
)
OF_A_DAY = COMMON[:1]
"""What can be said of a thing."""
THING_PARAMETERS = (
    Parameter("q", ParameterType.TEXT, Text("名称", "a name"), required=True, example="市科技局"),
    Parameter("kinds", ParameterType.TEXT, Text("类型，以逗号分开", "node types, with commas between")),
    _LIMIT,
)
_TEXT, _CHOICE = ParameterType.TEXT, ParameterType.CHOICE
PICTURE_PARAMETERS = (
    Parameter(
        "centre", _TEXT, Text("中间的对象：名称或编号", "the thing in the middle: name or id"), example="市科技局"
    ),
    Parameter(
        "to",
        _TEXT,
        Text("到这个对象的最近路径：名称或编号", "another, to which the shortest paths are drawn: name or id"),
    ),
    Parameter(
        "kind",
        _CHOICE,
        Text("整体的图，代替 centre", "a picture of the whole, instead of centre"),
        options={kind: words for kind, (words, _) in KINDS.items()},
    ),
    Parameter(
        "depth",
        _CHOICE,
        Text("周围几步", "steps around the centre"),
        options={str(steps): Text(f"{steps}步", f"{steps} steps") for steps in range(1, DEEPEST + 1)},
        default="1",
    ),
    Parameter("types", _TEXT, Text("只要这些类型，以 | 分开", "only these node types, with | between")),
    Parameter(
        "most",
        _CHOICE,
        Text("最多几个节点", "most nodes"),
        options={str(most): Text(f"{most}个", f"{most} nodes") for most in LIMITS},
        default=str(LIMITS[0]),
    ),
    Parameter("expanded", _TEXT, Text("要展开的对象编号，以 | 分开", "ids of things to expand, with | between")),
    Parameter("hidden", _TEXT, Text("不画的对象编号，以 | 分开", "ids of things to leave out, with | between")),
    Parameter("at", _TEXT, Text("固定的位置：横,纵,编号，以 | 分开", "fixed places: x,y,id, with | between")),
    COMMON[0],
)
"""What the address of a part of the network says. As on the page, what makes no sense is as if it were not there."""
_ROWS: dict[str, Any] = {"type": "array", "items": {"type": "object"}}
_TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_SCHEMAS: dict[str, Any] = {
    "Answer": {
        "type": "object",
        "properties": {
            "question": {"type": "string"},
            "title": {"type": "string"},
            "understood": {"type": "object", "additionalProperties": {"type": "string"}},
            "columns": _ROWS,
            "rows": _ROWS,
            "remarks": _TEXTS,
            "total": {"type": "integer"},
            "left_out": {"type": "integer"},
            "next_offset": {"type": ["integer", "null"]},
        },
        "required": [
            "question",
            "title",
            "understood",
            "columns",
            "rows",
            "remarks",
            "total",
            "left_out",
            "next_offset",
        ],
    },
    "Questions": {"type": "object", "properties": {"questions": _ROWS}, "required": ["questions"]},
    "Findings": {
        "type": "object",
        "properties": {"findings": _ROWS, "total": {"type": "integer"}},
        "required": ["findings", "total"],
    },
    "Things": {"type": "object", "properties": {"things": _ROWS}, "required": ["things"]},
    "Picture": {
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "left": {"type": "integer", "minimum": 0},
            "nodes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {name: {"type": "string"} for name in ("id", "full", "kind")},
                    "required": ["id", "full", "kind"],
                },
            },
            "edges": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {name: {"type": "string"} for name in ("id", "from", "to", "quote", "place")},
                    "required": ["id", "from", "to", "quote", "place"],
                },
            },
        },
        "required": ["title", "left", "nodes", "edges"],
    },
    "Evidence": {
        "type": "object",
        "properties": {
            "subject": {"type": "string"},
            "lines": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        **{name: {"type": "string"} for name in ("quote", "source", "type")},
                        "place": {"type": "object"},
                        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                        "properties": {"type": "object"},
                    },
                    "required": ["quote", "source", "place", "confidence", "type", "properties"],
                },
            },
        },
        "required": ["subject", "lines"],
    },
    "Thing": {
        "type": "object",
        "properties": {
            **{name: {"type": "string"} for name in ("id", "type", "name", "quote")},
            "properties": {"type": "object"},
            "relations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        **{name: {"type": "string"} for name in ("type", "words")},
                        "direction": {"enum": ["out", "in"]},
                        "total": {"type": "integer", "minimum": 0},
                        "edges": _ROWS,
                    },
                    "required": ["type", "direction", "words", "total", "edges"],
                },
            },
        },
        "required": ["id", "type", "name", "properties", "quote", "relations"],
    },
    "Job": {
        "type": "object",
        "properties": {
            **{name: {"type": "string"} for name in ("id", "title", "word", "far", "error", "href")},
            "state": {"enum": [state.value for state in JobState]},
            "done": {"type": "integer", "minimum": 0},
            "total": {"type": "integer", "minimum": 0},
            "ended": {"type": "boolean"},
        },
        "required": ["id", "title", "state", "word", "done", "total", "far", "ended", "error", "href"],
    },
    "Error": {
        "type": "object",
        "properties": {
            "error": {
                "type": "object",
                "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
                "required": ["code", "message"],
            }
        },
        "required": ["error"],
    },
}
_TITLE = Text("创新图谱工作台", "innograph workbench")
_ERRORS = {
    "400": Text("参数有误", "A parameter is wrong"),
    "401": Text("没有令牌，或令牌不对", "The token is missing or wrong"),
    "403": Text("请求来自其他网站", "The request comes from another site"),
    "404": Text("没有所问的对象", "There is no such thing"),
    "409": Text("名称可能是几个对象", "A name fits several things"),
    "503": Text("太忙，或没能在时限内答复", "Too busy, or there was no answer in time"),
}


def document(catalogue: Catalogue, server: str) -> dict[str, Any]:
    """Return the document.

    Args:
        catalogue: the questions that can be asked.
        server: the address of the workbench.

    Examples:
        >>> from innograph.queries import load_catalogue
        >>> made = document(load_catalogue(), "http://127.0.0.1:8765/")
        >>> made["openapi"], "/q/unit.json" in made["paths"]
        ('3.1.0', True)
    """
    paths = {f"/q/{question.id}.json": _path(_of_question(question)) for question in catalogue}
    paths |= {
        "/questions.json": _path(_operation("questions", Text("可以问的问题", "The questions"), (), "Questions")),
        "/findings.json": _path(_operation("findings", Text("发现", "Findings"), FILTERS, "Findings")),
        "/things.json": _path(_operation("things", Text("按名称找", "Things by name"), THING_PARAMETERS, "Things")),
        "/explore.json": _path(
            _operation("explore", Text("网络图的一部分", "A part of the network"), PICTURE_PARAMETERS, "Picture")
        ),
        "/evidence/{subject}.json": _path(
            _operation("evidence", Text("依据", "Evidence"), (), "Evidence", in_path=("subject",))
        ),
        "/thing/{thing}.json": _path(
            _operation("thing", Text("一个对象", "A thing"), OF_A_DAY, "Thing", in_path=("thing",))
        ),
        "/jobs/{job}.json": _path(
            _operation("job", Text("一项工作的进度", "How far long work is"), (), "Job", in_path=("job",))
        ),
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": both(_TITLE), "version": __version__},
        "servers": [{"url": server.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": _SCHEMAS},
    }


def _of_question(question: Question) -> dict[str, Any]:
    own = {parameter.name for parameter in question.parameters}
    common = (parameter for parameter in COMMON if parameter.name not in own)
    made = _operation(question.id, question.title, (*question.parameters, *common), "Answer")
    return made | ({"description": both(question.definition)} if question.definition else {})


def _path(operation: Mapping[str, Any]) -> dict[str, Any]:
    return {"get": operation}


def _operation(
    name: str, title: Text, parameters: Iterable[Parameter], gives: str, in_path: Iterable[str] = ()
) -> dict[str, Any]:
    listed = [
        {"name": one.name, "in": "query", "required": one.required, "schema": parameter_schema(one)}
        for one in parameters
    ]
    listed += [
        {"name": one, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}} for one in in_path
    ]
    answers = {"200": _content(gives, title)}
    answers |= {code: _content("Error", why) for code, why in _ERRORS.items()}
    return {"operationId": name, "summary": both(title), "parameters": listed, "responses": answers}


def _content(schema: str, what: Text) -> dict[str, Any]:
    kind = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": both(what), "content": kind}
