"""What the tools do, without any protocol: names and values in, rows with their proof out."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innograph.graph.errors import BadParameter, UsageError
from innograph.graph.ledger.triage import STATE_WORDS
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text
from innograph.queries.lookup import FINDABLE, look_up
from innograph.queries.parameters import Unfit, read_value
from innograph.queries.question import SEVERITY_WORDS, Parameter, ParameterType
from innograph.visualize.found import findings_text
from innograph.visualize.overview import evidence_text
from innograph.visualize.schemas import plain
from innograph.visualize.tables import NOTHING_LOADED, is_empty

from .paging import page_of
from .schemas import Tool, gives_schema, question_tool, takes_schema, tool_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from innograph.queries import Answer
    from innograph.queries.question import Question
    from innograph.workspace import Workspace

ROWS, MOST_ROWS = 50, 1000
_TEXT, _DATE, _INTEGER, _CHOICE = ParameterType.TEXT, ParameterType.DATE, ParameterType.INTEGER, ParameterType.CHOICE
_AS_OF = Parameter("as_of", _DATE, Text("那一天的情况", "as it was on that day"), example="2024-12-31")
_OFFSET = Parameter("offset", _INTEGER, Text("跳过几行", "skip rows"), least=0, default=0)
_LIMIT = Parameter(
    "limit",
    _INTEGER,
    Text(f"最多几行（至多{MOST_ROWS}）", f"most rows (up to {MOST_ROWS})"),
    least=1,
    default=ROWS,
)
_PAGING = (_OFFSET, _LIMIT)
_COMMON = (_AS_OF, *_PAGING)


class UnknownTool(UsageError):
    """There is no such tool."""

    code = "unknown-tool"
    text = Text("没有工具“{name}”。最接近的有：{near}", "There is no tool “{name}”. The nearest: {near}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a tool may give, and how long it may take.

    Args:
        characters: of the text of an answer's rows; Chinese text is about a token a character.
        seconds: for one call, not counting the time the graph takes to be brought up to date.
    """

    characters: int = 20_000
    seconds: float = 60.0


class Tools:
    """The tools of a workspace.

    Args:
        workspace: opened; the tools only read.
        limits: of an answer.
        as_of: the day whose graph is asked where a call names none.

    Examples:
        >>> import tempfile, innograph
        >>> with innograph.Workspace.create(tempfile.mkdtemp() + "/changji") as workspace:
        ...     report = workspace.load(innograph.sample("changji") / "plan.txt")
        ...     said = Tools(workspace).call("ask_responsible", {"task": "跨区域协同创新", "role": "lead"})
        >>> said["rows"][0]["unit"], said["rows"][0]["quote"], said["left_out"]
        ('昌吉市科技局', '牵头单位：市科技局', 0)
    """

    def __init__(self, workspace: Workspace, limits: Limits | None = None, as_of: dt.date | None = None) -> None:
        self._workspace = workspace
        self._limits = limits or Limits()
        self._as_of = as_of

    def prepare(self) -> None:
        """Bring the graph up to date, which may take long after a load."""
        self._workspace.store(self._as_of)

    def listed(self) -> list[Tool]:
        """Return all tools: a few of their own, and one for each question."""
        return [*(one.tool for one in self._own().values()), *(question_tool(q, _COMMON) for q in self._questions())]

    def call(self, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the tool ``name`` answers.

        Raises:
            UnknownTool: there is none of that name.
            UsageError: a value is wrong.
            EngineError: the engine failed.
        """
        own, questions = self._own(), {tool_name(q.id): q for q in self._questions()}
        if name not in own and name not in questions:
            near = difflib.get_close_matches(name, [*own, *questions], n=3, cutoff=0.0)
            raise UnknownTool(name=name[:100], near="、".join(near))
        with self._workspace.held():
            if name in own:
                return own[name].do(self._read(name, own[name].parameters, given))
            return self._ask(questions[name], given)

    # --- the tools

    def _questions(self) -> Iterable[Question]:
        return (question.at_home(self._workspace.settings.home) for question in self._workspace.catalogue())

    def _own(self) -> dict[str, _Own]:
        rules = {q.id: q.title for q in self._workspace.catalogue() if q.finding}
        types = {name: load_ontology().nodes[name].label for name in FINDABLE}
        states = {state.value: text for state, text in STATE_WORDS.items()}
        severities = {severity.value: text for severity, text in SEVERITY_WORDS.items()}
        text = Parameter("question", _TEXT, Text("一句话", "A question"), required=True, example="市科技局牵头哪些任务")
        name = Parameter(
            "name",
            _TEXT,
            Text("名称、一部分、拼音或编号", "A name, part of one, pinyin or an id"),
            required=True,
            example="kejiju",
        )
        made = (
            _Own(
                "plain_question",
                Text("用一句话提问", "Ask in plain words"),
                Text(
                    "理解一句话是哪个问题并回答；不明白就列出最接近的问法",
                    "Finds the question that is meant and answers it; else names the nearest",
                ),
                (text, *_COMMON),
                self._plain_question,
            ),
            _Own(
                "find_thing",
                Text("按名称查找", "Find a thing by name"),
                Text(
                    "图谱里叫这个名称的对象及其编号，最像的在前",
                    "The things that a name may mean, with their ids, the likeliest first",
                ),
                (name, Parameter("type", _CHOICE, Text("只找这一类", "Only of this type"), options=types), *_COMMON),
                self._find_thing,
            ),
            _Own(
                "findings",
                Text("值得核对的发现", "What is worth a look"),
                Text(
                    "所有规则找到的发现，重要的在前，每条有原文；state 是核对结果",
                    "What all rules find, the most serious first, each with its quoted line; state is what was decided about it",
                ),
                (
                    Parameter("rule", _CHOICE, Text("只看这一规则", "Only those of this rule"), options=rules),
                    Parameter("severity", _CHOICE, Text("只看这一级", "Only of this severity"), options=severities),
                    Parameter("state", _CHOICE, Text("只看这一状态", "Only in this state"), options=states),
                    *_COMMON,
                ),
                self._findings,
            ),
            _Own(
                "evidence",
                Text("全部原文依据", "Every source line behind it"),
                Text(
                    "一个节点或关系（编号见各行的 evidence）的全部原文、出处和前后文",
                    "All lines that prove a node or an edge (its id is in the rows' evidence), with place and surroundings",
                ),
                (
                    Parameter("id", _TEXT, Text("编号", "Id"), required=True, example="Department:652301/科技局"),
                    *_PAGING,
                ),
                self._evidence,
            ),
        )
        return {one.name: one for one in made}

    def _ask(self, question: Question, given: Mapping[str, Any]) -> dict[str, Any]:
        own = {parameter.name for parameter in question.parameters}
        known = [parameter for parameter in _COMMON if parameter.name not in own]
        ours = {parameter.name for parameter in known}
        common = self._read(tool_name(question.id), known, {k: v for k, v in given.items() if k in ours})
        asked = {name: _scalar(question.id, name, value) for name, value in given.items() if name not in ours}
        answer = self._workspace.answer(question.id, asked, as_of=common.get("as_of") or self._as_of)
        return self._answered(answer, common, dict(answer.understood))

    def _plain_question(self, given: Mapping[str, Any]) -> dict[str, Any]:
        understood = self._workspace.understand(given["question"])
        answer = self._workspace.answer(understood.question.id, understood.given, as_of=given["as_of"] or self._as_of)
        return self._answered(answer, given, {**understood.given, **answer.understood})

    def _find_thing(self, given: Mapping[str, Any]) -> dict[str, Any]:
        labels = [given["type"]] if given["type"] else FINDABLE
        things = look_up(self._workspace.store(given["as_of"] or self._as_of), given["name"], labels)
        rows = [
            {"id": t.id, "type": t.label, "name": t.name, "fit": t.fit.value, "score": round(t.score, 1)}
            for t in things
        ]
        return self._page("find_thing", rows, given)

    def _findings(self, given: Mapping[str, Any]) -> dict[str, Any]:
        found = [
            one
            for one in self._workspace.findings(as_of=given["as_of"] or self._as_of)
            if given["rule"] in (None, one.rule)
            and given["severity"] in (None, one.severity)
            and given["state"] in (None, one.state)
        ]
        return self._page("findings", json.loads(findings_text(found, "json")), given)

    def _evidence(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return self._page("evidence", json.loads(evidence_text(self._workspace, given["id"], "json")), given)

    # --- in and out

    def _read(self, tool: str, parameters: Iterable[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of ``parameters``, as the questions' own are read.

        Raises:
            BadParameter: one is missing, unknown or of the wrong kind.
        """
        known = {parameter.name: parameter for parameter in parameters}
        for name in given:
            if name not in known:
                listed = "、".join(difflib.get_close_matches(name, known, n=1) or known)
                problem = Text(f"没有这个参数。可用：{listed}", f"there is no such parameter. Known: {listed}")
                raise BadParameter(question=tool, parameter=name[:100], problem=problem)
        return {name: _value(tool, parameter, given.get(name)) for name, parameter in known.items()}

    def _answered(self, answer: Answer, given: Mapping[str, Any], understood: Mapping[str, Any]) -> dict[str, Any]:
        columns = [
            {
                "name": c.name,
                "label": c.label.show(),
                **({"words": {k: w.show() for k, w in c.words.items()}} if c.words else {}),
            }
            for c in answer.question.columns
        ]
        remarks = [remark.show() for remark in answer.remarks]
        return self._page(answer.question.id, answer.dicts(), given, understood, columns, remarks)

    def _page(
        self,
        question: str,
        rows: list[dict[str, Any]],
        given: Mapping[str, Any],
        understood: Mapping[str, Any] | None = None,
        columns: Iterable[dict[str, Any]] = (),
        remarks: Iterable[str] = (),
    ) -> dict[str, Any]:
        offset, limit = given.get("offset", 0), min(given.get("limit", ROWS), MOST_ROWS)
        page = page_of(rows, offset, limit, self._limits.characters)
        told = [*remarks, *(remark.show() for remark in page.remarks)]
        if not rows and is_empty(self._workspace):
            told.append(NOTHING_LOADED.show())
        return {
            "question": question,
            "understood": plain(dict(understood or {})),
            "columns": list(columns),
            "rows": page.rows,
            "remarks": told,
            "total": page.total,
            "left_out": page.left_out,
            "next_offset": page.next_offset,
        }


@dataclass(frozen=True, slots=True)
class _Own:
    """A tool that is no question."""

    name: str
    title: Text
    description: Text
    parameters: tuple[Parameter, ...]
    do: Callable[[Mapping[str, Any]], dict[str, Any]]

    @property
    def tool(self) -> Tool:
        told = f"{self.description.zh} / {self.description.en}"
        return Tool(self.name, self.title, told, takes_schema(self.parameters), gives_schema())


def _value(tool: str, parameter: Parameter, given: Any) -> Any:
    """Return the value of a parameter that is no thing."""
    if given is None or given == "":
        if parameter.required:
            problem = Text(f"必须给出，例如 {parameter.example}", f"must be given, for example {parameter.example}")
            raise BadParameter(question=tool, parameter=parameter.name, problem=problem)
        return parameter.default
    try:
        return read_value(parameter, _scalar(tool, parameter.name, given))
    except Unfit as unfit:
        raise BadParameter(question=tool, parameter=parameter.name, problem=unfit.problem) from None


def _scalar(question: str, name: str, given: Any) -> str | None:
    """Return a value as people would type it, so that it is read by the same rules.

    Raises:
        BadParameter: it is a list, an object or a truth value.
    """
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        problem = Text("应是文字或数", "must be a text or a number")
        raise BadParameter(question=question, parameter=name[:100], problem=problem)
    return str(int(given)) if isinstance(given, float) and given.is_integer() else str(given)
