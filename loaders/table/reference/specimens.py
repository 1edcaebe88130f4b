"""What the page shows and runs: formats, a whole mapping with rows, cells, names that are one thing or two, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.ontology import ValueType
from innograph.graph.recognition.joining import Mention
from innograph.graph.regions import country_of, find_region
from innograph.graph.text import Text

from ...reading.formats import Format
from ..cells import items
from ..model import Column
from ..values import value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from innograph.graph.regions import Region

    from ..model import Kind

#: Which files are taken for tables by their names; any other is one where ``--map`` says so.
TABLE_FORMATS: tuple[Format, ...] = (
    Format(
        (".csv", ".tsv", ".tab"),
        Text("分隔的文本", "delimited text"),
        Text(
            "UTF-8（含 BOM）、UTF-16、GB18030；逗号、分号、制表符、竖线等分隔符自动辨认；引号里可以换行",
            "UTF-8 (with or without BOM), UTF-16, GB18030; the separator is found; quoted cells may hold line breaks",
        ),
    ),
    Format(
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"),
        Text("工作簿", "workbooks"),
        Text(
            "每张可见的工作表；合并单元格填满它盖住的格子；日期、百分比和文本型数字照所见读",
            "every visible sheet; a merged cell fills those it covers; dates, percentages and numbers as text as they show",
        ),
    ),
    Format(
        (".json", ".jsonl", ".ndjson"),
        Text("记录", "records"),
        Text(
            "一组对象，或每行一个；嵌套的键写作 `a.b`，列表的值以；相连",
            "an array of objects, or one a line; nested keys become `a.b`, the values of lists are joined by ；",
        ),
    ),
    Format(
        (".parquet",),
        Text("Parquet", "Parquet"),
        Text("需要 `pip install '.[parquet]'`", "needs `pip install '.[parquet]'`"),
    ),
    Format(
        (".gz", ".zip"),
        Text("压缩的上述文件", "the above, compressed"),
        Text(
            ".gz 里一个，.zip 里可以有多个；不解到磁盘上",
            "one in a .gz, any number in a .zip; nothing is unpacked to disk",
        ),
    ),
)


WHOLE_MAPPING = """\
title: { zh: "孵化企业", en: "Incubated firms" }
match: [[企业, 孵化器]]
skip: [{ column: state, is: [已注销] }]
columns:
  firm: { zh: 企业, en: Firm, required: true }
  place: { zh: 注册地, en: Place, kind: address }
  park: { zh: 孵化器, en: Incubator }
  from: { zh: 入驻, en: From, kind: date }
  state: { zh: 状态, en: State }
nodes:
  - { as: place, type: Region, name: place }
  - { as: firm, type: Enterprise, name: firm, within: place }
  - { as: park, type: Platform, name: park, properties: { kind: { constant: 孵化器 } } }
edges:
  - { type: LOCATED_IN, source: firm, target: place, properties: { valid_from: from } }
  - { type: LOCATED_IN, source: park, target: place }
"""
WHOLE_ROWS = (
    ("企业", "注册地", "孵化器", "入驻", "状态"),
    ("示例一号有限公司", "昌吉市", "示例孵化器", "2024年3月", "存续"),
    ("示例二号有限公司", "朝阳区", "示例孵化器", "2024-05-06", "存续"),
    ("示例三号有限公司", "昌吉市", "示例孵化器", "2023", "已注销"),
)


def _items(
    *, split: bool | str = False, kind: Kind = "text", values: dict[str, str] | None = None, until: bool = False
) -> Callable[[str], str]:
    column = Column("a", Text("例", "Example"), split=split, kind=kind, values=values or {}, until=until)
    return lambda cell: " | ".join(items(cell, column))


#: A kind of column, what a cell says, and what reads it.
CELL_EXAMPLES: tuple[tuple[Text, str, Callable[[str], str]], ...] = (
    (Text("split: true", "split: true"), "新材料、节能环保；生物（育种、制种）", _items(split=True)),
    (Text("split: true", "split: true"), "无", _items(split=True)),
    (Text("values", "values"), "高企", _items(values={"高企": "高新技术企业"})),
    (Text("整数", "whole number"), "２０２２年", lambda cell: str(value_of(cell, ValueType.INTEGER))),
    (Text("数字", "number"), "1,234.5", lambda cell: str(value_of(cell, ValueType.FLOAT))),
    (
        Text("数字，unit: 万元", "number, unit: 万元"),
        "1.2亿元",
        lambda cell: str(value_of(cell, ValueType.FLOAT, unit="万元")),
    ),
    (Text("日期", "date"), "2024年3月", _items(kind="date")),
    (Text("日期，until: true", "date, until: true"), "2024.2", _items(kind="date", until=True)),
    (Text("日期", "date"), "20220617", _items(kind="date")),
    (Text("是否", "yes or no"), "是", lambda cell: str(value_of(cell, ValueType.BOOLEAN)).lower()),
    (
        Text("kind: country", "kind: country"),
        "NA",
        lambda cell: _shown(country_of(cell)),
    ),
    (
        Text("kind: country", "kind: country"),
        "德国",
        lambda cell: _shown(country_of(cell)),
    ),
    (
        Text("kind: address", "kind: address"),
        "昌吉市建国路1号",
        lambda cell: _shown(find_region(cell).region),
    ),
)


def _shown(region: Region | None) -> str:
    return f"{region.code} {region.name}" if region else ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions, whether they are one thing, and why."""

    left: Mention
    right: Mention
    one: bool
    why: Text


def _firm(number: int, name: str, *, region: str = "", key: str = "") -> Mention:
    return Mention(
        f"Enterprise:{number}",
        "Enterprise",
        [name],
        keys={"uscc": key} if key else {},
        regions={region} if region else set(),
    )


PAIRS: tuple[Pair, ...] = (
    Pair(_firm(1, "示例农机有限责任公司"), _firm(2, "示例农机有限公司"), True, Text("只差书写", "typing only")),
    Pair(_firm(1, "示例農機（集團）公司"), _firm(2, "示例农机(集团)公司"), True, Text("只差书写", "typing only")),
    Pair(
        _firm(1, "示例农机", region="652300"),
        _firm(2, "示例农机", region="652301"),
        False,
        Text("级别不同，由人判定", "another level: for people to judge"),
    ),
    Pair(
        _firm(1, "示例农机", region="650100"),
        _firm(2, "示例农机", region="652301"),
        False,
        Text("区域不同，由人判定", "another region: for people to judge"),
    ),
    Pair(
        _firm(1, "示例农机", key="91350100M000100Y43"),
        _firm(2, "例农集团", key="91350100M000100Y43"),
        True,
        Text("编码相同", "one key"),
    ),
    Pair(
        _firm(1, "示例农机有限公司"),
        _firm(2, "示例农机股份有限公司"),
        False,
        Text("公司形式不同，由人判定", "different forms of company: for people to judge"),
    ),
    Pair(
        _firm(1, "示例农机有限公司"),
        _firm(2, "示例农机有限公司昌吉分公司"),
        False,
        Text("总公司与分公司", "head and branch"),
    ),
    Pair(
        Mention("Institute:1", "Institute", ["中科院"]),
        Mention("Institute:2", "Institute", ["中国科学院"]),
        True,
        Text("别名表", "table of aliases"),
    ),
)

ADDRESSES = (
    "昌吉市",
    "昌吉州",
    "652301",
    "新疆昌吉市建国路1号",
    "吉林省长春市朝阳区",
    "朝阳区",
    "德国",
    "DE21",
    "某地",
)
HOMES = ("652301", "320585", "110108", "100000")
HEADERS_REFUSED = ("法定代表人", "联系人", "联系电话", "手机号码", "身份证号", "E-mail", "Contact person")
HEADERS_TAKEN = ("负责部门", "法人单位", "统一社会信用代码", "公司名称")
NOTHING = ("无", "暂无", "空", "N/A", "NA", "NULL")
