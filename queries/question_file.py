"""Reads one question file and checks it, so that a mistake is told with its file and line before any engine sees it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from innograph.graph.errors import CatalogueError
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text

from .check import check_cypher
from .header import Header
from .parameters import Unfit, read_value
from .phrases import compile_phrase
from .question import Column, FindingRule, Format, Parameter, ParameterType, Question, Severity
from .vocabulary import TOPICS, WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from innograph.graph.text import Language

    from .header import Key
    from .phrases import Phrase

_ANALYSES = Path(__file__).parent / "analyses"
_KEYS = {"topic", "title", "question", "parameters", "columns", "finding", "analysis", "definition", "phrases"}
_PARAMETER_KEYS = {"type", "label", "required", "of", "options", "least", "default", "example"}
_COLUMN_KEYS = {"zh", "en", "words", "format"}
_FINDING_KEYS = {"severity", "statement", "when"}
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FRONT_MATTER = re.compile(r"\A---\n(?P<yaml>.*?\n)---\n(?P<cypher>.*)\Z", re.DOTALL)
_FIELD = re.compile(r"\{(\w+)\}")


def read_question(file: Path, *, own: bool = False) -> Question:
    """Read and check one question file.

    Args:
        file: ``.cypher`` or ``.yaml``; its name without the ending is the question's id.
        own: whether it is a workspace's own: no analysis answers it, and as a finding rule it must give the line itself.

    Raises:
        CatalogueError: with the file and line that is wrong.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        fail_in(file, 1, "文件不是 UTF-8 编码，请另存为 UTF-8", "the file is not UTF-8; save it as UTF-8")
    except OSError as error:
        fail_in(file, 1, f"无法读取：{error.strerror}", f"it cannot be read: {error.strerror}")
    if file.suffix == ".yaml":
        return _Reader(Header(file, text), own=own).question("")
    match = _FRONT_MATTER.match(text)
    if match is None:
        fail_in(file, 1, "文件应以两行 --- 之间的 YAML 开头", "the file must start with YAML between two lines of ---")
    header = Header(file, match["yaml"], lines_before=1)
    question = _Reader(header, own=own).question(match["cypher"])
    if question.cypher:
        check_cypher(question, load_ontology(), header, first_line=text[: match.start("cypher")].count("\n"))
    return question


def fail_in(file: Path, line: int, zh: str, en: str) -> NoReturn:
    """Raise a :class:`CatalogueError` about a line of ``file``."""
    raise CatalogueError(file=file.name, line=line, problem=Text(zh, en))


class _Reader:
    """Makes a question of one header."""

    def __init__(self, header: Header, *, own: bool) -> None:
        self.header = header
        self.fail = header.fail
        self.own = own

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
            definition=self.text(data["definition"], ("definition",)) if "definition" in data else None,
        )
        self.check_answered(question)
        self.check_fields(question)
        return replace(question, phrases={language: self.phrases(question, language) for language in _LANGUAGES})

    def phrases(self, question: Question, language: Language) -> tuple[Phrase, ...]:
        """Return how people ask the question in plain words; each phrase has known fields, and all that must be given."""
        data, key = self.section("phrases"), ("phrases", language)
        self.only(data, _LANGUAGES, ("phrases",))
        parameters = {p.name: p for p in question.parameters}
        wanted = {p.name for p in question.parameters if p.required}
        found: list[Phrase] = []
        for text in self.words_of(data.get(language) or [], key):
            fields = set(_FIELD.findall(text))
            if re.search(r"[{}]", _FIELD.sub("", text)):
                self.fail(key, f"“{text}”里的花括号只能是 {{名称}}", f"“{text}”: braces must be {{name}}")
            if unknown := sorted(fields - parameters.keys()):
                self.fail(key, f"“{text}”里没有参数 {unknown[0]}", f"“{text}”: there is no parameter {unknown[0]}")
            if missing := sorted(wanted - fields):
                self.fail(key, f"“{text}”缺少 {{{missing[0]}}}", f"“{text}” lacks {{{missing[0]}}}")
            try:
                found.append(compile_phrase(text, parameters))
            except ValueError as wrong:
                self.fail(
                    key, f"“{text}”里的 {wrong} 不成对或重复", f"“{text}”: {wrong} has no partner, or comes twice"
                )
        return tuple(found)

    def words_of(self, value: object, key: Key) -> tuple[str, ...]:
        """Return a list of words."""
        if not isinstance(value, list) or not all(isinstance(one, str) for one in cast("list[object]", value)):
            name = ".".join(key)
            self.fail(key, f"{name} 应为文字的列表", f"{name} must be a list of words")
        return tuple(cast("list[str]", value))

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
        if not isinstance(data.get("least", 0), int | float):
            self.fail((*key, "least"), "least 应为数", "‘least’ must be a number")
        parameter = Parameter(
            name=name,
            type=kind,
            label=self.text(data.get("label"), (*key, "label")),
            required=bool(data.get("required", False)),
            of=self.things(data.get("of"), kind, (*key, "of")),
            options=self.options(data.get("options"), kind, (*key, "options")),
            least=data.get("least"),
            default=data.get("default"),
            example=data.get("example"),
        )
        self.check_values(parameter, key)
        return parameter

    def check_values(self, parameter: Parameter, key: Key) -> None:
        """Check that the default, the example and the least value are such as people may give."""
        for name, value in (("default", parameter.default), ("example", parameter.example)):
            if value is not None and parameter.type is not ParameterType.THING:
                try:
                    read_value(parameter, value)
                except Unfit as unfit:
                    self.fail((*key, name), f"{name}：{unfit.problem.zh}", f"{name}: {unfit.problem.en}")

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

    def options(self, value: object, kind: ParameterType, key: Key) -> Mapping[str, Text]:
        if (kind is ParameterType.CHOICE) != bool(value):
            self.fail(
                key,
                f"参数 {key[1]}：type 为 choice 时，且只有这时，用 options 列出可选的值",
                f"parameter {key[1]}: a choice, and nothing else, lists its values in ‘options’",
            )
        return self.words(value, key)

    def words(self, value: object, key: Key) -> Mapping[str, Text]:
        """Return the words for codes: those given, or a shared set by its name."""
        if isinstance(value, str):
            return WORDS[self.one_of(value, list(WORDS), key)]
        given = self.header.mapping(value or {}, key)
        return {code: self.text(text, (*key, code)) for code, text in given.items()}

    def column(self, name: str, value: object) -> Column:
        key = ("columns", name)
        data = self.header.mapping(value, key)
        self.only(data, _COLUMN_KEYS, key)
        label = self.text(data, key)
        if data.get("words") == "home":
            return Column(name, label, {}, seen_from_home=True)
        shape = data.get("format")
        if shape is not None:
            shape = Format(self.one_of(shape, [one.value for one in Format], (*key, "format")))
        return Column(name, label, self.words(data.get("words"), (*key, "words")), format=shape)

    def finding(self) -> FindingRule | None:
        if "finding" not in self.header.data:
            return None
        data = self.section("finding")
        self.only(data, _FINDING_KEYS, ("finding",))
        severity = self.one_of(data.get("severity"), [s.value for s in Severity], ("finding", "severity"))
        key = ("finding", "when")
        when = self.header.mapping(data.get("when") or {}, key)
        codes = {name: self.words_of(value, (*key, name)) for name, value in when.items()}
        return FindingRule(Severity(severity), self.text(data.get("statement"), ("finding", "statement")), codes)

    def check_answered(self, question: Question) -> None:
        if bool(question.analysis) == bool(question.cypher):
            self.fail(
                ("analysis",),
                "须有 Cypher 或 analysis，且只有其一",
                "the answer must come from Cypher or from an analysis, and not from both",
            )
        if question.analysis and self.own:
            self.fail(
                ("analysis",),
                "自定问题只能用 Cypher 回答",
                "a question of your own is answered by Cypher, not by an analysis",
            )
        if question.analysis and not (_ANALYSES / f"{question.analysis}.py").is_file():
            name = question.analysis
            self.fail(("analysis",), f"没有 analyses/{name}.py", f"there is no analyses/{name}.py")
        if question.analysis and not question.definition:
            self.fail(
                (),
                "由分析程序回答的问题须有 definition：怎样算的",
                "a question that an analysis answers needs a definition: how it is worked out",
            )

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
            for name in ("quote", "place"):
                if self.own and name not in columns:
                    zh, en = (
                        f"发现规则须有 {name} 列：每条发现都要有原文",
                        f"a finding rule needs a column {name}: each finding has its line",
                    )
                    self.fail(("columns",), zh, en)
            for name in question.finding.when:
                if name not in columns:
                    self.fail(("finding", "when", name), f"没有 {name} 列", f"there is no column {name}")
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
            if re.search(r"[{}]", _FIELD.sub("", words)):
                self.fail((*key, language), "文字里的花括号只能是 {名称}", "braces in the text must be {name}")
            for field in _FIELD.findall(words):
                if field not in known:
                    self.fail(
                        (*key, language),
                        f"文字里的 {{{field}}} 不是{kind.zh}",
                        f"{{{field}}} in the text is no {kind.en}",
                    )
