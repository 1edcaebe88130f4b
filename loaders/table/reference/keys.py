"""Every key of a mapping, with what it means and an example that the reader of packs takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class KeyExample:
    """A key of a mapping: what it means, and a piece of a mapping that has it."""

    key: str
    meaning: Text
    example: str


#: A mapping of which each example replaces one part; ``skip`` makes use of every column.
BASE = {
    "title": "title: { zh: 例, en: Example }",
    "match": "match: [[名称]]",
    "expect": "",
    "unfilled": "",
    "confidence": "",
    "skip": "skip: [name, place, code, day, state, aliases, other]",
    "columns": (
        "columns: { name: { zh: 名称, en: Name, required: true }, place: { zh: 所在地, en: Place, kind: address }, "
        "code: { zh: 代码, en: Code }, day: { zh: 日期, en: Day, kind: date }, state: { zh: 状态, en: State }, "
        "aliases: { zh: 别名, en: Aliases, split: true }, other: { zh: 项目, en: Project } }"
    ),
    "nodes": (
        "nodes: [{ as: firm, type: Enterprise, name: name }, { as: project, type: Project, name: other }, "
        "{ as: region, type: Region, name: place }]"
    ),
    "edges": "",
}
_COLUMN = (
    "columns: {{ name: {{ zh: 名称, en: Name }}, {} }}\nskip: [name{}]\n"
    "nodes: [{{ as: firm, type: Enterprise, name: name }}]"
)


@dataclass(frozen=True, slots=True)
class Section:
    """The keys that may stand in one place of a mapping, and how an example of one becomes a whole mapping."""

    title: Text
    keys: tuple[KeyExample, ...]
    place: Callable[[str], str]

    def mapping(self, example: str) -> str:
        """Return a whole mapping with ``example`` in it."""
        own = self.place(example)
        parts = [
            text
            for key, text in BASE.items()
            if text and not any(f"{key}:" == line.split(" ")[0] for line in own.splitlines())
        ]
        return "\n".join([*parts, own, ""])


def _column(example: str) -> str:
    return _COLUMN.format(example, "" if "quote_only" in example else f", {example.partition(':')[0]}")


def _node(example: str) -> str:
    return f"nodes: [{example}, {{ as: region, type: Region, name: place }}]"


def _edge(example: str) -> str:
    return f"edges: [{example}]"


SECTIONS: tuple[Section, ...] = (
    Section(
        Text("最上层", "At the top"),
        (
            KeyExample(
                "title", Text("这种表叫什么", "what such a table is called"), "title: { zh: 企业名单, en: Enterprises }"
            ),
            KeyExample(
                "match",
                Text(
                    "表头含有其中一组词的全部，就是这种表",
                    "a table whose header has all words of one set is of this kind",
                ),
                "match: [[名称, 代码], [Name, Code]]",
            ),
            KeyExample(
                "columns",
                Text("认得的列；键是映射里的叫法", "the columns it knows; the keys are their names here"),
                "columns: { name: { zh: 名称, en: Name } }\nskip: [name]\nnodes: [{ as: firm, type: Enterprise, name: name }]",
            ),
            KeyExample(
                "nodes",
                Text("每行说到的东西", "what a row names"),
                "nodes: [{ as: firm, type: Enterprise, name: name }]",
            ),
            KeyExample(
                "edges",
                Text("这些东西的关系", "how these relate"),
                "edges: [{ type: LOCATED_IN, source: firm, target: region }]",
            ),
            KeyExample(
                "skip",
                Text(
                    "略过的行，计数并提示；条件之间是“或”",
                    "rows that are left out, counted and told; any one condition does",
                ),
                "skip: [{ column: state, is: [已注销] }]\ncolumns: { name: { zh: 名称, en: Name }, state: { zh: 状态, en: State } }\nnodes: [{ as: firm, type: Enterprise, name: name }]",
            ),
            KeyExample(
                "unfilled",
                Text(
                    "一行在这些列里一格也没填，就是还没填写的表格行：不载入，计数并提示",
                    "a row that has none of these columns is a line of a form nobody filled in: left out, counted and told",
                ),
                "unfilled: [day, state]",
            ),
            KeyExample(
                "confidence",
                Text(
                    "把握，大于0、不大于1，默认1：几份来源说法不一时，信把握大的",
                    "how sure its tables are, above 0 and at most 1, by default 1: where sources differ, the surer is believed",
                ),
                "confidence: 0.5",
            ),
            KeyExample(
                "expect",
                Text("每份文件应有多少个节点", "how many nodes a file should name"),
                "expect: { Enterprise: { min: 100, max: 500 } }",
            ),
        ),
        str,
    ),
    Section(
        Text("`columns` 的一列", "A column in `columns`"),
        (
            KeyExample("zh", Text("中文表头", "its Chinese header"), "amount: { zh: 金额, en: Amount }"),
            KeyExample("en", Text("英文表头", "its English header"), "amount: { zh: 金额, en: Amount }"),
            KeyExample(
                "synonyms",
                Text("其他表头", "other headers"),
                "amount: { zh: 金额, en: Amount, synonyms: [经费, 总投资] }",
            ),
            KeyExample(
                "required",
                Text("为空或有误时，整行不载入", "where it is empty or wrong the row is not loaded"),
                "number: { zh: 编号, en: Number, required: true }",
            ),
            KeyExample(
                "split",
                Text(
                    "一格有几个值：`true` 按、；，和换行分开（括号里的不分），或写明分隔符",
                    "a cell has several values: `true` splits at 、；， and line breaks (not within brackets); or name the separator",
                ),
                'types: { zh: 类别, en: Types, split: "|" }',
            ),
            KeyExample(
                "values",
                Text("词的对照", "words that stand for others"),
                "tier: { zh: 梯度, en: Tier, values: { 高企: 高新技术企业 } }",
            ),
            KeyExample(
                "others",
                Text(
                    "对照以外的词：`keep` 保留（默认），`report` 报错",
                    "words that `values` lacks: `keep` them (if not said), or `report` them",
                ),
                "state: { zh: 状态, en: State, values: { 完成: 已完成 }, others: report }",
            ),
            KeyExample(
                "kind",
                Text("单元格是什么：{kinds}", "what its cells are: {kinds}"),
                "country: { zh: 国别, en: Country, kind: country }",
            ),
            KeyExample(
                "until",
                Text("年份或月份取最后一天", "a year or month is its last day"),
                "end: { zh: 截止, en: End, kind: date, until: true }",
            ),
            KeyExample(
                "unit",
                Text(
                    "数字以此为单位；单元格里可以另写万、亿",
                    "its figures are kept in this unit; a cell may say 万 or 亿",
                ),
                "amount: { zh: 金额, en: Amount, unit: 万元 }",
            ),
            KeyExample(
                "drop_ending",
                Text("去掉的词尾", "an ending that is dropped"),
                "subject: { zh: 内容, en: Subject, drop_ending: 合作 }",
            ),
            KeyExample(
                "missing",
                Text("另有哪些词表示没有填", "further words that stand for an empty cell"),
                "year: { zh: 年份, en: Year, missing: [不详] }",
            ),
            KeyExample(
                "quote_only",
                Text("只进引文，不成为节点或属性", "kept in the quote and made into nothing"),
                "basis: { zh: 依据, en: Source, quote_only: true }",
            ),
        ),
        _column,
    ),
    Section(
        Text("`nodes` 的一项", "A node in `nodes`"),
        (
            KeyExample(
                "as",
                Text("在 `edges` 和 `within` 里的叫法", "what `edges` and `within` call it"),
                "{ as: firm, type: Enterprise, name: name }",
            ),
            KeyExample(
                "type",
                Text("类型；几个时由名称的写法决定", "its type; of several, the form of the name decides"),
                "{ as: body, type: [Enterprise, Institute], name: name }",
            ),
            KeyExample(
                "name",
                Text("名称所在的列；几列合为一个名称", "the column that names it; several are one name"),
                "{ as: firm, type: Enterprise, name: [name, code] }",
            ),
            KeyExample(
                "key",
                Text("识别它的编码，先于名称", "the key that identifies it, before its name"),
                "{ as: firm, type: Enterprise, name: name, key: { scheme: uscc, column: code } }",
            ),
            KeyExample(
                "id",
                Text("这一列直接写图谱中的编号", "the column that has its id in the graph, typed out"),
                "{ as: goal, type: Target, id: code, reference: true }",
            ),
            KeyExample(
                "within",
                Text("所在区域计入编号", "its region belongs to its id"),
                "{ as: firm, type: Enterprise, name: name, within: region }",
            ),
            KeyExample(
                "reference",
                Text("由别的文件说明，这里只指向它", "another file states it; this one only points at it"),
                "{ as: body, type: Organisation, key: { scheme: ror, column: code }, reference: true }",
            ),
            KeyExample(
                "properties",
                Text("属性", "its properties"),
                "{ as: firm, type: Enterprise, name: name, properties: { status: state, aliases: aliases } }",
            ),
        ),
        _node,
    ),
    Section(
        Text("`type` 由列决定时", "`type`, where a column decides"),
        (
            KeyExample(
                "column",
                Text("决定类型的列", "the column that decides"),
                "{ column: state, values: { 企: Enterprise } }",
            ),
            KeyExample(
                "values",
                Text(
                    "词与类型；一格有几个词时，写在前面的算",
                    "the type for each word; of several, the one that stands first here counts",
                ),
                "{ column: state, values: { 企: Enterprise, 校: Institute } }",
            ),
            KeyExample(
                "types",
                Text("不用对照，看该列名称的写法", "the form of the name in that column decides among these"),
                "{ column: name, types: [Enterprise, Institute] }",
            ),
            KeyExample(
                "otherwise",
                Text("看不出时的类型", "the type where neither says"),
                "{ column: name, types: [Enterprise, Institute], otherwise: ServiceBody }",
            ),
        ),
        lambda example: _node(f"{{ as: body, type: {example}, name: name }}"),
    ),
    Section(
        Text("`key`", "`key`"),
        (
            KeyExample(
                "scheme",
                Text(
                    "登记机关：{registers} 会校验；别的名字照原样采用",
                    "the register: keys of {registers} are checked; any other name is taken at its word",
                ),
                "{ scheme: uscc, column: code }",
            ),
            KeyExample("column", Text("编码所在的列", "the column that has the key"), "{ scheme: pic, column: code }"),
            KeyExample(
                "columns",
                Text("没有登记机关时，几列合起来识别", "without a register, several columns that identify it together"),
                "{ columns: [name, day] }",
            ),
        ),
        lambda example: _node(f"{{ as: firm, type: Enterprise, name: name, key: {example} }}"),
    ),
    Section(
        Text(
            "`properties` 的一个值（也可以只写列名；列表取第一个有值的）",
            "A value in `properties` (or just a column; of a list, the first that has a value)",
        ),
        (
            KeyExample("column", Text("值所在的列", "the column that has it"), "{ column: state }"),
            KeyExample("constant", Text("固定的值", "a fixed value"), "{ constant: 存续 }"),
            KeyExample(
                "values",
                Text("词的对照，只用于这里", "words that stand for others, here only"),
                "{ column: state, values: { A: 存续 } }",
            ),
            KeyExample(
                "when",
                Text(
                    "有此条件才写：一列有值，或是某些词",
                    "said on this condition: a column is filled, or is one of some words",
                ),
                "{ constant: 存续, when: { column: state, is: [A, B] } }",
            ),
        ),
        lambda example: _node(f"{{ as: firm, type: Enterprise, name: name, properties: {{ status: {example} }} }}"),
    ),
    Section(
        Text("`edges` 的一项", "An edge in `edges`"),
        (
            KeyExample("type", Text("关系的类型", "its type"), "{ type: LOCATED_IN, source: firm, target: region }"),
            KeyExample(
                "source",
                Text("起点，`as` 的叫法", "where it starts, as named with `as`"),
                "{ type: PARTICIPATES_IN, source: firm, target: project }",
            ),
            KeyExample(
                "target", Text("终点", "where it ends"), "{ type: PARTICIPATES_IN, source: firm, target: project }"
            ),
            KeyExample(
                "properties",
                Text("属性，有效期也在这里", "its properties, validity too"),
                "{ type: PARTICIPATES_IN, source: firm, target: project, properties: { valid_from: day } }",
            ),
            KeyExample(
                "key",
                Text("区分并列关系的列", "columns that tell parallel edges apart"),
                "{ type: PARTICIPATES_IN, source: firm, target: project, key: [code, day] }",
            ),
            KeyExample(
                "when",
                Text("有此条件才有这条关系", "the condition under which it is said"),
                "{ type: LOCATED_IN, source: firm, target: region, when: { column: state, is: [存续] } }",
            ),
            KeyExample(
                "undirected",
                Text("两个方向是同一条", "both directions are one edge"),
                "{ type: COOPERATES_WITH, source: firm, target: region, undirected: true }",
            ),
        ),
        _edge,
    ),
)
