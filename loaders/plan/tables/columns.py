"""What the columns of a table mean: header words in any order and wording, over one row or several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..responsibility.units import names_a_body
from ..structure.titles import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...document import Cell, Document, Table


class Column(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    AREA = "area"
    TASK = "task"
    INDICATOR = "indicator"
    VALUE = "value"
    BASELINE = "baseline"
    MEASURE_UNIT = "measure unit"
    GOAL = "goal"
    CONTENT = "content"
    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"
    DEADLINE = "deadline"
    PERSON = "person"
    OTHER = "other"


_UNIT = "(?:单位|部门|机构|处室|科室|主体|厅局|委办局|司局|盟市|旗县区?|地市|州市|市州|市县|县区|区县|县市区?|地区|乡镇|镇街|街道)"
_PERSON = "(?:牵头|主要|具体)?(?:责任|负责|联系|经办|承办)人员?|(?:责任|分管|牵头|包抓|联系|主管|挂钩|包联|主要)?.{0,4}领导|牵头人"
#: 责任单位及责任人: the column names units and, beside them, people.
_AND_PEOPLE = "(?:(?:及|和|与|、|/|，)?(?:主要|具体|直接)?(?:责任人|负责人|联系人|责任领导|分管领导|牵头领导))?"
#: The words of headers, the first that fits counts.
HEADER_WORDS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, "序号|编号|项次|序|No\\.?"),
    (Column.PERSON, _PERSON),
    (
        Column.OTHER,
        "备注|说明|指标属性|属性|类型|属性类型|联系方式|联系电话|页码|依据|来源|数据来源",
    ),
    (
        Column.LEAD,
        rf"(?:总?牵头|主办|主责|第一责任)(?:责任|负责|实施)?{_UNIT}?{_AND_PEOPLE}|牵头|(?:由?谁|哪家|哪个单位)来?牵头",
    ),
    (
        Column.SUPPORT,
        rf"(?:配合|协办|协同|参与|参加|协作|支持|协助)(?:责任|实施)?{_UNIT}?{_AND_PEOPLE}|配合|(?:由?谁|哪家|哪些单位)来?(?:配合|参与)",
    ),
    (
        Column.RESPONSIBLE,
        rf"(?:责任|落实|实施|承办|负责|承担|主管|分工|执行){_UNIT}{_AND_PEOPLE}|责任分工|任务分工|责任|(?:由?谁|哪家|哪个单位)来?(?:负责|落实|承办)|(?:牵头|责任)(?:及|和|与|、)(?:配合|责任|参与){_UNIT}",
    ),
    (
        Column.DEADLINE,
        "(?:完成|办理|实施|推进|达成|建成|拟?投入运营)?(?:时限|时间|期限|节点|时间节点|进度|进度安排|时间安排|时限要求|时间要求|完成年份)",
    ),
    (
        Column.BASELINE,
        ".*(?:现状|基数|基期|基准|实际|完成情况|完成值|已完成|现有).*|20\\d\\d年(?:底|末)?(?:数|值)?(?:基础|基线)",
    ),
    (
        Column.VALUE,
        "(?:到|至)?“?(?:十.五)?”?(?:20\\d\\d年?)?(?:底|末)?(?:预期|计划|规划)?(?:目标值|目标数|指标值|目标任务数|计划数|目标数值|数值|预期值|规划值)|(?:到|至)?20\\d\\d年?(?:底|末)?(?:目标|预期目标|计划|任务)?|年度目标值",
    ),
    (Column.MEASURE_UNIT, "计量单位|单位|指标单位"),
    (Column.INDICATOR, "(?:主要|工作|具体|核心|考核|量化|发展|任务|评价|二级|三级|重点|目标)?指标(?:名称|内容)?"),
    (
        Column.GOAL,
        "(?:工作|预期|阶段性?|年度|任务|主要|总体|具体)?(?:目标|成效|成果|成果形式)(?:任务|要求)?|目标要求|完成标准|工作成效|预期成果",
    ),
    (
        Column.CONTENT,
        "(?:简要|主要|任务|项目|工作|建设|具体|基本)?(?:描述|简介|概述|概况|情况说明)|(?:建设|实施|主要建设)内容(?:及规模|和规模)?|应用场景",
    ),
    (
        Column.AREA,
        ".{0,6}(?:领域|类别|方面|板块|一级指标|分类|大类|专项|类型|环节|方向|行动|工程名称)|任务类别|重点方向|所属领域",
    ),
    (
        Column.TASK,
        "(?:重点|主要|工作|具体|目标|建设|改革|创新|年度|细化|分解|重大)*(?:任务|举措|措施|事项|内容|项目|工作|工程|政策)(?:(?:及|和|与|、)?(?:名称|内容|事项|分解|清单|举措|措施|任务|要点))*|名称|.{1,8}名称",
    ),
)
_FITS = tuple((column, re.compile(f"(?:{words})(?:（[^（）]*）)?")) for column, words in HEADER_WORDS)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MEASURE_IN_HEADER = re.compile(r"（(?:单位[：:])?(?P<unit>[^（）\d]{1,8})）")
_LONGEST_HEADER = 24
_LEAST_KNOWN = 2
_ROWS_SEARCHED = 12
_MOST_HEADER_ROWS = 4
_NAMES_PEOPLE = re.compile(r"(?:责任|负责|联系)人|(?:责任|分管|牵头)领导")
_OWNERS = frozenset({Column.LEAD, Column.SUPPORT, Column.RESPONSIBLE})


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table.

    Args:
        columns: what each column holds.
        years: the year that each column's header names, if any.
        units: the unit of measure that each column's header names, if any.
        names: the header's words of each column.
        first: index of the header's first row.
        rows: how many rows the header has.
    """

    columns: tuple[Column, ...]
    years: tuple[int | None, ...]
    units: tuple[str, ...]
    names: tuple[str, ...]
    first: int
    rows: int

    def of(self, *kinds: Column) -> list[int]:
        """Return the indexes of the columns of these kinds."""
        return [index for index, column in enumerate(self.columns) if column in kinds]

    @property
    def assigns(self) -> bool:
        """Whether a column names units."""
        return any(column in _OWNERS for column in self.columns)

    def names_people(self, index: int) -> bool:
        """Whether a column of units names people beside them."""
        return self.columns[index] in _OWNERS and bool(_NAMES_PEOPLE.search(self.names[index]))

    @property
    def measures(self) -> bool:
        """Whether the table is one of indicators and their values."""
        return Column.INDICATOR in self.columns and Column.VALUE in self.columns


def column_of(words: str) -> Column | None:
    """Return what a column with this header holds, or ``None`` where the words are no header known.

    Examples:
        >>> [str(column_of(w)) for w in ("序号", "牵头单位", "2027年目标值", "重点任务", "完成时限", "建设平台")]
        ['number', 'lead', 'value', 'task', 'deadline', 'None']
    """
    text = squeezed(words)
    return next((column for column, pattern in _FITS if pattern.fullmatch(text)), None)


def read_header(document: Document, table: Table) -> Header | None:
    """Return the header of a table of tasks or indicators; ``None`` for any other table."""
    for first, row in enumerate(table.rows[:_ROWS_SEARCHED]):
        if not _is_header(document, row):
            continue
        rows = _rows_of_header(document, table, first)
        names = tuple(_name(document, [table.rows[i][c] for i in range(first, first + rows)]) for c in range(len(row)))
        kinds = [_kind(document, table, first + rows, index, name) for index, name in enumerate(names)]
        header = Header(
            columns=tuple(kinds),
            years=tuple(_year(name) for name in names),
            units=tuple(_measure(name) for name in names),
            names=names,
            first=first,
            rows=rows,
        )
        return header if header.assigns or header.measures else None
    return None


def is_repeated_header(document: Document, row: Sequence[Cell], header: Header) -> bool:
    """Whether a row repeats the header, as on each new page."""
    words = [squeezed(_text(document, cell)) for cell in row]
    return any(words) and all(
        not word or word in squeezed(name) for word, name in zip(words, header.names, strict=True)
    )


def _is_header(document: Document, row: Sequence[Cell]) -> bool:
    cells = list(dict.fromkeys(row))
    words = [squeezed(_text(document, cell)) for cell in cells if len(cell.span)]
    if len(words) < _LEAST_KNOWN or any(len(word) > _LONGEST_HEADER for word in words):
        return False
    known = {column_of(word) for word in words} - {None}
    return len(known) >= _LEAST_KNOWN


def _rows_of_header(document: Document, table: Table, first: int) -> int:
    """How many rows the header has: a cell that reaches into the next row, or years below a common word, prolong it."""
    count = 1
    while count < _MOST_HEADER_ROWS and first + count < len(table.rows):
        above, row = table.rows[first + count - 1], table.rows[first + count]
        new = [cell for cell, upper in zip(row, above, strict=True) if cell != upper and len(cell.span)]
        reaches_down = any(cell == upper and len(cell.span) for cell, upper in zip(row, above, strict=True))
        if not new or not all(_is_subheader(_text(document, cell)) for cell in new):
            break
        if not reaches_down and any(len(cell.span) for cell in row if cell not in new):
            break
        count += 1
    return count


def _is_subheader(text: str) -> bool:
    words = squeezed(text)
    return len(words) <= _LONGEST_HEADER and column_of(words) not in (None, Column.OTHER)


def _name(document: Document, cells: Sequence[Cell]) -> str:
    return "".join(dict.fromkeys(squeezed(_text(document, cell)) for cell in cells))


def _kind(document: Document, table: Table, below: int, index: int, name: str) -> Column:
    """What a column holds; a header over two rows (目标值 | 2025年) counts by the lower part too."""
    found = column_of(name) or next(
        (column for size in range(len(name) - 1, 1, -1) if (column := column_of(name[-size:]))), None
    )
    if found is Column.MEASURE_UNIT and _holds_bodies(document, table, below, index):
        return Column.RESPONSIBLE
    return found or Column.OTHER


def _holds_bodies(document: Document, table: Table, below: int, index: int) -> bool:
    """Whether a column with the header 单位 holds bodies (市科技局) and not measures (家, 亿元)."""
    words = [squeezed(_text(document, row[index])) for row in table.rows[below:]]
    return sum(map(names_a_body, words)) * 2 > sum(map(bool, words))


def _year(name: str) -> int | None:
    years = _YEAR.findall(name)
    return int(years[-1]) if years else None


def _measure(name: str) -> str:
    match = _MEASURE_IN_HEADER.search(name.replace("(", "（").replace(")", "）"))
    return match.group("unit") if match else ""


def _text(document: Document, cell: Cell) -> str:
    return document.folded[cell.span.start : cell.span.end]
