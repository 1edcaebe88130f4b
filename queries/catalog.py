"""Reads the catalogue: every ``.cypher`` and ``.yaml`` file in ``queries/catalogue`` is one question.

A ``.cypher`` file starts with YAML between two ``---`` lines and goes on with portable Cypher. A ``.yaml`` file has the
same keys and names an analysis. This is the only registry: surfaces list and answer what it holds.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from innograph.graph.errors import CatalogueError, UnknownQuestion
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text

from .check import check_cypher
from .header import Header
from .question import Column, FindingRule, Parameter, ParameterType, Question, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from .header import Key

FOLDER = Path(__file__).parent / "catalogue"
_ANALYSES = Path(__file__).parent / "analyses"
TOPICS = {
    "responsibility": Text("责任分工", "Responsibility"),
    "overlap": Text("交叉重叠", "Overlap"),
    "targets": Text("目标指标", "Targets"),
    "cooperation": Text("合作缺口", "Cooperation gaps"),
    "plans": Text("政策文件", "Plans"),
    "search": Text("查找", "Finding things"),
}
_KEYS = {"topic", "title", "question", "parameters", "columns", "finding", "analysis"}
_PARAMETER_KEYS = {"type", "label", "required", "of", "default", "example"}
_COLUMN_KEYS = {"zh", "en", "words"}
_FINDING_KEYS = {"severity", "statement"}
_FRONT_MATTER = re.compile(r"\A---\n(?P<yaml>.*?\n)---\n(?P<cypher>.*)\Z", re.DOTALL)
_FIELD = re.compile(r"\{(\w+)\}")


class Catalogue:
    """All questions by id, in topic order.

    Examples:
        >>> catalogue = load_catalogue()
        >>> catalogue["responsible"].title.zh
        '谁负责这项任务'
        >>> catalogue["responsibel"]
        Traceback (most recent call last):
        innograph.graph.errors.UnknownQuestion: ...
    """

    def __init__(self, questions: list[Question]) -> None:
        order = list(TOPICS)
        self._questions = {q.id: q for q in sorted(questions, key=lambda q: (order.index(q.topic), q.id))}

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())

    def __len__(self) -> int:
        return len(self._questions)

    def __getitem__(self, question_id: str) -> Question:
        try:
            return self._questions[question_id]
        except KeyError:
            near = difflib.get_close_matches(question_id, self._questions, n=3, cutoff=0.0)
            raise UnknownQuestion(question=question_id, near="、".join(near)) from None


@cache
def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read and check every question in ``folder``.

    Raises:
        CatalogueError: with the file and line that is wrong.
    """
    files = sorted((*folder.glob("*.cypher"), *folder.glob("*.yaml")))
    for before, after in pairwise(files):
        if before.stem == after.stem:
            _fail(after, 1, f"{before.name} 已用这个编号", f"{before.name} has this id already")
    return Catalogue([read_question(file) for file in files])


def read_question(file: Path) -> Question:
    """Read and check one question file.

    Raises:
        CatalogueError: with the file and line that is wrong.
    """
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".yaml":
        return _Reader(Header(file, text)).question("")
    match = _FRONT_MATTER.match(text)
    if match is None:
        _fail(file, 1, "文件应以两行 --- 之间的 YAML 开头", "the file must start with YAML between two lines of ---")
    header = Header(file, match["yaml"], lines_before=1)
    question = _Reader(header).question(match["cypher"])
    if question.cypher:
        check_cypher(question, load_ontology(), header, first_line=text[: match.start("cypher")].count("\n"))
    return question


def _fail(file: Path, line: int, zh: str, en: str) -> NoReturn:
    raise CatalogueError(file=file.name, line=line, problem=Text(zh, en))


class _Reader:
    """Makes a question of one header."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.fail = header.fail

    def question(self, cypher: str) -> Question:
        data = self.header.data
        self.only(data, _KEYS, ())
        question = Question(
            id=self.header.file.stem,
            topic=self.one_of(data.get("topic"), list(TOPICS), ("topic",)),
            title=self.text(data.get("title"), ("title",)),
            question=self.text(data.get("question"), ("question",)),
            parameters=tuple(self.parameter(name, value) for name, value in self.section("parameters").items()),
            columns=tuple(self.column(name, value) for name, value in self.section("columns").items()),
            file=self.header.file,
            cypher=cypher if cypher.strip() else "",
            analysis=str(data.get("analysis") or ""),
            finding=self.finding(),
        )
        self.check_answered(question)
        self.check_fields(question)
        return question

    def section(self, name: str) -> dict[str, Any]:
        """Return a part that may be left out."""
        value = self.header.data.get(name)
        return {} if value is None else self.header.mapping(value, (name,))

    def only(self, data: Mapping[str, Any], allowed: Collection[str], key: Key) -> None:
        for name in data:
            if name not in allowed:
                known = ", ".join(sorted(allowed))
                self.fail((*key, name), f"不认识的键 {name}，可用：{known}", f"unknown key {name}; known: {known}")

    def one_of(self, value: object, allowed: Sequence[str], key: Key) -> str:
        if value not in allowed:
            known = ", ".join(allowed)
            self.fail(key, f"{key[-1]} 应为其中之一：{known}", f"{key[-1]} must be one of {known}")
        return str(value)

    def text(self, value: object, key: Key) -> Text:
        data = self.header.mapping(value, key) if value is not None else {}
        for language in ("zh", "en"):
            if not str(data.get(language) or "").strip():
                name = ".".join(key)
                self.fail(key, f"{name} 需要 zh 和 en 两种文字", f"{name} needs both zh and en")
        return Text(str(data["zh"]), str(data["en"]))

    def parameter(self, name: str, value: object) -> Parameter:
        key = ("parameters", name)
        data = self.header.mapping(value, key)
        self.only(data, _PARAMETER_KEYS, key)
        kind = ParameterType(self.one_of(data.get("type"), [t.value for t in ParameterType], (*key, "type")))
        return Parameter(
            name=name,
            type=kind,
            label=self.text(data.get("label"), (*key, "label")),
            required=bool(data.get("required", False)),
            of=self.things(data.get("of"), kind, (*key, "of")),
            default=data.get("default"),
            example=data.get("example"),
        )

    def things(self, value: object, kind: ParameterType, key: Key) -> tuple[str, ...]:
        of = tuple(str(label) for label in cast("list[object]", value)) if isinstance(value, list) else ()
        if (kind is ParameterType.THING) != bool(of):
            self.fail(
                key,
                f"参数 {key[1]}：type 为 thing 时，且只有这时，用 of 列出节点类型",
                f"parameter {key[1]}: a thing, and nothing else, lists its node types in ‘of’",
            )
        for label in of:
            if label not in load_ontology().nodes:
                self.fail(key, f"没有节点类型 {label}", f"there is no node type {label}")
        return of

    def column(self, name: str, value: object) -> Column:
        key = ("columns", name)
        data = self.header.mapping(value, key)
        self.only(data, _COLUMN_KEYS, key)
        if data.get("words") == "home":
            return Column(name, self.text(data, key), {}, seen_from_home=True)
        words = self.header.mapping(data.get("words") or {}, (*key, "words"))
        shown = {code: self.text(text, (*key, "words", code)) for code, text in words.items()}
        return Column(name, self.text(data, key), shown)

    def finding(self) -> FindingRule | None:
        if "finding" not in self.header.data:
            return None
        data = self.section("finding")
        self.only(data, _FINDING_KEYS, ("finding",))
        severity = self.one_of(data.get("severity"), [s.value for s in Severity], ("finding", "severity"))
        return FindingRule(Severity(severity), self.text(data.get("statement"), ("finding", "statement")))

    def check_answered(self, question: Question) -> None:
        if bool(question.analysis) == bool(question.cypher):
            self.fail(
                ("analysis",),
                "须有 Cypher 或 analysis，且只有其一",
                "the answer must come from Cypher or from an analysis, and not from both",
            )
        if question.analysis and not (_ANALYSES / f"{question.analysis}.py").is_file():
            name = question.analysis
            self.fail(("analysis",), f"没有 analyses/{name}.py", f"there is no analyses/{name}.py")

    def check_fields(self, question: Question) -> None:
        columns = {c.name for c in question.columns}
        if "evidence" not in columns:
            self.fail(
                ("columns",),
                "必须有 evidence 列：每个回答都要有依据",
                "there must be a column evidence: every answer has its proof",
            )
        parameters = {p.name for p in question.parameters}
        self.check_text(question.question, ("question",), parameters, Text("参数", "parameter"))
        if question.finding:
            self.check_text(question.finding.statement, ("finding", "statement"), columns, Text("列", "column"))
            for parameter in question.parameters:
                if parameter.required:
                    self.fail(
                        ("parameters", parameter.name, "required"),
                        "发现规则不能有必填参数",
                        "a finding rule can have no required parameter",
                    )

    def check_text(self, text: Text, key: Key, known: Collection[str], kind: Text) -> None:
        """Check that the ``{fields}`` of a text are ``known``; ``kind`` says what they name."""
        for language, words in zip(("zh", "en"), text, strict=True):
            for field in _FIELD.findall(words):
                if field not in known:
                    self.fail(
                        (*key, language),
                        f"文字里的 {{{field}}} 不是{kind.zh}",
                        f"{{{field}}} in the text is no {kind.en}",
                    )
