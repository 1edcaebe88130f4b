"""The catalogue as a page to read: every question, what it asks for and gives, and how it is answered."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING, cast

from innograph.graph.ontology import load_ontology
from innograph.graph.ontology.markdown import code, prose, table
from innograph.graph.text import Text, use_language

from .question import SEVERITY_WORDS, ParameterType
from .vocabulary import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from innograph.graph.text import Language

    from .answering import Answer
    from .catalog import Catalogue
    from .question import Column, FindingRule, Parameter, Question

_NOTE = Text(
    "本页由程序生成，请勿手改：innograph schema generate",
    "This page is generated; do not edit it: innograph schema generate",
)
_TITLE = Text("可以问的问题", "The questions")
_INTRO = Text(
    "共 {count} 个问题。`evidence` 列给出每行背后的节点和关系。",
    "{count} questions. The column `evidence` names the nodes and edges behind each row.",
)
_PARAMETERS = Text("**参数**", "**Parameters**")
_COLUMNS = Text("**回答的列**", "**Columns of the answer**")
_ANSWERED = Text("**怎样回答**", "**How it is answered**")
_ANALYSIS = Text("由分析程序 {name} 计算。", "By the analysis {name}.")
_FINDING = Text(
    "**每一行都是一条发现**（{severity}）：{statement}", "**Each row is a finding** ({severity}): {statement}"
)
_FINDING_WHEN = Text(
    "**符合 {when} 的每一行都是一条发现**（{severity}）：{statement}",
    "**Each row with {when} is a finding** ({severity}): {statement}",
)
_PARAMETER_HEADER = (
    Text("参数", "Parameter"),
    Text("名称", "Name"),
    Text("要填什么", "Takes"),
    Text("必填", "Required"),
    Text("默认", "Default"),
    Text("示例", "Example"),
)
_COLUMN_HEADER = (Text("列", "Column"), Text("名称", "Name"), Text("取值", "Values"))
_YES = Text("是", "yes")
_EXAMPLE = Text(
    "在自带样例上（名录为虚构）共 {count} 行，前 {shown} 行：",
    "On the bundled samples (the rosters are invented), {count} rows, of which the first {shown}:",
)
_NO_EXAMPLE = Text("在自带样例上没有符合的内容。", "On the bundled samples nothing fits.")
_ROWS_SHOWN, _CELL = 3, 40
_TAKES = {
    ParameterType.TEXT: Text("文字", "words"),
    ParameterType.INTEGER: Text("整数", "a whole number"),
    ParameterType.NUMBER: Text("数", "a number"),
    ParameterType.DATE: Text("日期，如 2024-12-31", "a date such as 2024-12-31"),
    ParameterType.CHOICE: Text("{options} 之一", "one of {options}"),
    ParameterType.THING: Text(
        "图谱中的{kinds}：名称、简称、拼音或编号", "a thing in the graph ({kinds}): name, short name, pinyin or id"
    ),
}


def questions_page(catalogue: Catalogue, language: Language, examples: Mapping[str, Answer] | None = None) -> str:
    """Return the reference page of the catalogue, as Markdown, by topic.

    Args:
        catalogue: the questions.
        language: of the page.
        examples: by question, what it answers with its required examples.

    Returns:
        The page; the same catalogue gives the same page.

    Examples:
        >>> from innograph.queries import load_catalogue
        >>> page = questions_page(load_catalogue(), "en")
        >>> print(page.partition("### Who is responsible for a task")[2].partition("**")[0].strip())
        `responsible`
        <BLANKLINE>
        Who leads, supports or is responsible for “{task}”?
        <BLANKLINE>
        ```sh
        innograph ask responsible --param task=跨区域协同创新
        innograph ask responsible --param task=跨区域协同创新 --param role=lead
        ```
    """
    with use_language(language):
        return _Page(catalogue, language, examples or {}).text()


def commands(question: Question) -> list[str]:
    """Return the command lines that ask ``question`` with its examples: as short as can be, then with each option.

    Examples:
        >>> from innograph.queries import load_catalogue
        >>> for line in commands(load_catalogue()["targets"])[:3]:
        ...     print(line)
        innograph ask targets
        innograph ask targets --param task=跨区域协同创新
        innograph ask targets --param unit=市科技局
    """
    required = {p.name: p.example for p in question.parameters if p.required}
    optional = {p.name: p.example for p in question.parameters if not p.required and p.example is not None}
    return [question.command(required), *(question.command({**required, name: one}) for name, one in optional.items())]


class _Page:
    """Writes one page in one language."""

    def __init__(self, catalogue: Catalogue, language: Language, examples: Mapping[str, Answer]) -> None:
        self.catalogue = catalogue
        self.examples = examples
        self.language: Language = language
        self.comma = "、" if language == "zh" else ", "

    def text(self) -> str:
        return "\n\n".join(chain(self.head(), self.topics())) + "\n"

    def say(self, text: Text, **values: object) -> str:
        return text.show(self.language).format(**values)

    def head(self) -> Iterator[str]:
        yield f"<!-- {self.say(_NOTE)} -->"
        yield f"# {self.say(_TITLE)}"
        yield self.say(_INTRO, count=len(self.catalogue))

    def topics(self) -> Iterator[str]:
        for topic, questions in groupby(self.catalogue, key=lambda q: q.topic):
            yield f"## {self.say(TOPICS[topic])}"
            for question in questions:
                yield from self.question(question)

    def question(self, question: Question) -> Iterator[str]:
        yield f"### {prose(question.title.show(self.language))} {code(question.id)}"
        yield prose(question.question.show(self.language))
        yield "\n".join(["```sh", *commands(question), "```"])
        if question.id in self.examples:
            yield from self.example(self.examples[question.id])
        if question.parameters:
            yield self.say(_PARAMETERS)
            yield self.table(_PARAMETER_HEADER, map(self.parameter, question.parameters))
        yield self.say(_COLUMNS)
        yield self.table(_COLUMN_HEADER, map(self.column, question.columns))
        if question.finding:
            yield self.finding(question.finding)
        yield self.say(_ANSWERED)
        if question.definition:
            yield prose(question.definition.show(self.language))
        if question.analysis:
            yield self.say(_ANALYSIS, name=code(question.analysis))
        else:
            yield f"```cypher\n{question.cypher.strip()}\n```"

    def example(self, answer: Answer) -> Iterator[str]:
        """Yield the first rows of an answer, without ids, then what there is to say about them."""
        rows = answer.dicts()
        columns = [one for one in answer.question.columns if one.name != "evidence"]
        shown = [[self.cell(one, row[one.name]) for one in columns] for row in rows[:_ROWS_SHOWN]]
        yield self.say(_EXAMPLE, count=len(rows), shown=len(shown)) if rows else self.say(_NO_EXAMPLE)
        if rows:
            yield self.table([one.label for one in columns], shown)
        yield from (prose(self.say(remark)) for remark in answer.remarks)

    def cell(self, column: Column, value: object) -> str:
        """Return a value as people read it, cut where it is long."""
        shown = column.show(value, self.language)
        items = cast("list[object]", shown) if isinstance(shown, list) else [shown]
        text = self.comma.join(
            "" if one is None else f"{one:g}" if isinstance(one, float) else str(one) for one in items
        )
        return prose(text if len(text) <= _CELL else f"{text[:_CELL]}…")

    def table(self, header: Iterable[Text], rows: Iterable[list[str]]) -> str:
        return "\n".join(table([self.say(title) for title in header], rows))

    def parameter(self, parameter: Parameter) -> list[str]:
        nodes = load_ontology().nodes
        kinds = self.comma.join(self.say(nodes[name].label) for name in parameter.of)
        options = self.comma.join(f"{value} ({self.say(text)})" for value, text in parameter.options.items())
        return [
            code(parameter.name),
            prose(self.say(parameter.label)),
            prose(self.say(_TAKES[parameter.type], kinds=kinds, options=options)),
            self.say(_YES) if parameter.required else "",
            _value(parameter.default),
            _value(parameter.example),
        ]

    def column(self, column: Column) -> list[str]:
        words = self.comma.join(f"{code(value)} {prose(self.say(text))}" for value, text in column.words.items())
        return [code(column.name), prose(self.say(column.label)), words]

    def finding(self, rule: FindingRule) -> str:
        statement = prose(rule.statement.show(self.language))
        when = self.comma.join(f"{code(name)} = {' / '.join(map(code, codes))}" for name, codes in rule.when.items())
        told = _FINDING_WHEN if when else _FINDING
        return self.say(told, when=when, severity=self.say(SEVERITY_WORDS[rule.severity]), statement=statement)


def _value(value: object) -> str:
    return "" if value is None else code(str(value))
