"""Small texts of our own, one for each form that is read, that the page for clerks runs through the grammar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.records import Locator
from innograph.graph.text import Text

from ...document import Document, DocumentBuilder, Draft, document_of_lines

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Specimen:
    """A form, what to know about it, and a text in it: lines, then the rows of a table if it has one."""

    title: Text
    note: Text
    text: str
    rows: tuple[tuple[str, ...], ...] = ()

    def document(self) -> Document:
        """Return the text as a reader hands it over; an empty cell below a filled one in column 1 is merged with it."""
        return document_of_lines("example.txt", self.text) if not self.rows else _with_table(self.text, self.rows)


def _with_table(text: str, rows: Sequence[Sequence[str]]) -> Document:
    builder = DocumentBuilder("example.docx")
    for number, line in enumerate(text.split("\n"), start=1):
        builder.paragraph(line, Locator(paragraph=number))
    grid: list[list[Draft]] = []
    for number, row in enumerate(rows, start=1):
        drafts = [Draft(cell, Locator(table=1, row=number, column=i)) for i, cell in enumerate(row, start=1)]
        if grid and not row[0]:
            drafts[0] = grid[-1][0]
        grid.append(drafts)
    builder.table(grid, Locator(table=1))
    return builder.build()


WHOLE = Specimen(
    Text("一份完整的方案", "A whole plan"),
    Text("文字是虚构的。", "The text is made up."),
    """\
昌市政办发〔2025〕0号

昌吉市科技服务提升行动方案（2025—2027年）

为贯彻《昌吉州科技服务发展规划》，制定本方案。

一、发展目标
到2027年，科技服务机构达到30家以上，力争技术合同成交额突破2亿元。

二、重点任务
（一）建设服务平台。建设检测平台2个以上，每年开展培训不少于10场。
牵头单位：市科技局
配合单位：市财政局、人社局
完成时限：2026年底

（二）壮大服务机构。新增技术经纪人20名左右。
责任单位：市商务和工信局、教育局

三、保障措施
（一）加强督导。每季度通报一次进展。

昌吉市人民政府办公室
2025年3月10日""",
)

FORMS: tuple[Specimen, ...] = (
    Specimen(
        Text("标签行", "Label lines"),
        Text(
            "推荐的写法：每种角色一行，标签在行首，后接冒号。",
            "The form to prefer: one line for each role, with the label and a colon at its head.",
        ),
        "科技服务行动方案\n一、重点任务\n（一）建设服务平台。建设检测平台2个以上。\n牵头单位：市科技局\n"
        "配合单位：市财政局、人社局",
    ),
    Specimen(
        Text("括号内有标签", "A bracket with a label"),
        Text(
            "没有写谁牵头，就不推定谁牵头，各单位都是“负责”。",
            "Where nothing says who leads, nobody is taken to lead: all are responsible.",
        ),
        "科技服务行动方案\n一、重点任务\n（一）培育骨干企业。培育骨干企业5家。（责任单位：市教育局、科技局）\n"
        "（二）办好赛事。举办赛事3场以上。[牵头单位：市科协；配合单位：市教育局]",
    ),
    Specimen(
        Text("括号内用动词", "A bracket with verbs"),
        Text(
            "“会同”之前的单位牵头。括号放在段末。", "What stands before 会同 leads. The bracket closes its paragraph."
        ),
        "科技服务行动方案\n一、重点任务\n（一）引进人才。引进人才10名。（市人社局牵头，市科技局、财政局等配合）\n"
        "（二）开放仪器。共享仪器80台。（市科技局会同市教育局负责）\n"
        "（三）宣传推广。开展活动6次。（市科协、科技局按职责分工负责）",
    ),
    Specimen(
        Text("段末一句", "A sentence at the end"),
        Text("这句话里除了单位和动词，没有别的。", "The sentence holds units and verbs and nothing else."),
        "科技服务行动方案\n一、重点任务\n（一）推广良种。推广良种4个。由市农业农村局牵头，市水利局配合。",
    ),
    Specimen(
        Text("列第一位的牵头", "The first one leads"),
        Text(
            "全文写一次即可，对每个没有区分角色的单位列表都有效。", "Said once, it holds for each list without roles."
        ),
        "科技服务行动方案\n一、重点任务\n"
        "（一）建设基地。建设基地2个。（责任单位：市科技局、财政局。列第一位的为牵头单位，下同）\n"
        "（二）培训人员。培训300人次。（责任单位：市人社局、教育局、科协）",
    ),
    Specimen(
        Text("对各项任务统一说明", "Said once of all tasks"),
        Text("逐条分工之外，再加上这些单位。", "These units are added to those of each task."),
        "科技服务行动方案\n一、重点任务\n以下各项工作均需各乡镇人民政府配合，不再单独列出。\n"
        "（一）建设基地。建设基地2个。（责任单位：市科技局）",
    ),
    Specimen(
        Text("任务分工表", "A table of tasks"),
        Text(
            "表头至少有一列是单位；列的顺序不限，单元格可以合并。",
            "At least one column is of units; columns stand in any order, and cells may be merged.",
        ),
        "科技服务行动方案\n重点任务分工表",
        (
            ("领域", "重点任务", "2027年目标值", "牵头单位", "配合单位", "完成时限"),
            ("平台", "建设检测平台", "2个以上", "市科技局", "市财政局、教育局", "2026年底"),
            ("", "共享仪器设备", "80台", "市教育局", "", "2027年底"),
            ("人才", "引进技术经纪人", "20名左右", "市人社局", "市科技局", ""),
        ),
    ),
    Specimen(
        Text("指标表", "A table of indicators"),
        Text(
            "要有“指标”和“目标值”两列；没有单位列时，是整份方案的目标。",
            "It has a column 指标 and one 目标值; without a column of units its targets are the plan's own.",
        ),
        "科技服务行动方案\n一、重点任务\n（一）壮大机构。（责任单位：市科技局）\n附件\n主要指标",
        (
            ("序号", "主要指标", "计量单位", "2024年现状", "2027年目标值"),
            ("1", "科技服务机构数量", "家", "18", "≥30"),
            ("2", "技术合同成交额", "亿元", "1.2", "2"),
            ("3", "重点企业研发平台", "", "60%", "全覆盖"),
        ),
    ),
    Specimen(
        Text("全文一行", "All in one line"),
        Text(
            "从网页复制、换行丢失的文字，按编号断开。",
            "Text that lost its line breaks is cut at the numbers of headings.",
        ),
        "科技服务行动方案 一、重点任务 （一）建设平台。建设平台2个。牵头单位：市科技局 配合单位：市财政局 "
        "（二）引进人才。引进人才10名。牵头单位：市人社局",
    ),
)

#: Sentences that set targets.
TARGETS: tuple[str, ...] = (
    "到2027年，高新技术企业超过50家。",
    "培训企业20家以上、科技特派员三百名以上。",
    "技术交易额增长10%左右。",
    "年能耗控制在5万吨标准煤以内。",
    "建设孵化器1到2个。",
    "引进人才２０ 名。",
    "申请量和授权量分别达到120件和80件。",
    "确保合同按期履约率达到百分之九十五。",
    "力争每年举办对接会不少于4场。",
    "合作项目累计超过15个。",
    "实现重点企业研发平台全覆盖。",
    "财政科技投入逐年递增。",
    "技术交易额实现翻一番。",
    "展会观众人数不低于2019年同期。",
)
#: Sentences with figures that set none, and why.
NO_TARGETS: tuple[tuple[str, Text], ...] = (
    ("对新认定的企业给予10万元奖励。", Text("奖补和条件", "gives money, or says to whom")),
    ("贷款贴息比例最高30%。", Text("比例、上限", "a rate or a limit")),
    ("申请后15个工作日内办结。", Text("办理期限", "a term")),
    ("每季度召开1次调度会。", Text("开会、检查", "meetings and inspections")),
    ("聚焦5个重点方向。", Text("工作范围", "what the work is about")),
    ("落实《促进创新二十条》30项措施。", Text("书名号、引号内的数", "part of a title or a name")),
    ("目前全市共有机构18家。", Text("已有的", "what there is already")),
    ("第3批试点启动。", Text("序数", "an ordinal")),
)
#: Words that name a year, or only seem to.
DEADLINES: tuple[str, ...] = (
    "到2027年",
    "2026年底前",
    "二〇二七年末",
    "2025—2027年",
    "到2026年、2027年",
    "到“十五五”末",
    "三年内",
    "未来五年",
    "今年底前",
    "明年",
    "较2024年",
    "2020年以来",
    "2019年同期",
    "自2025年1月1日起",
)
#: A text that raises each doubt about a plan.
DOUBTFUL: dict[str, str] = {
    "plan.no-assignment": "（一）建平台。建设平台。（责任单位：市科技局）\n（二）引人才。引进人才。",
    "plan.lead-missing": "（一）建平台。建设平台。\n配合单位：市财政局",
    "plan.bracket-unclosed": "（一）建平台。建设平台。（责任单位：市科技局",
    "plan.several-assignments": "（一）建平台。建设检测平台。（责任单位：市科技局）建设共享平台。（责任单位：市教育局）",
    "plan.assignment-unread": "（一）建平台。建设平台。（责任单位：市科技局）\n指导部门：市财政局",
    "plan.unit-unclear": "（一）建平台。建设平台。（责任单位：市科技局、平台运维）",
    "target.number-without-unit": "（一）建平台。服务企业超过3000。（责任单位：市科技局）",
    "target.two-years": "（一）建平台。到2026年2027年培育企业5家。（责任单位：市科技局）",
}


def doubtful(code: str) -> Document:
    """Return the document that raises the doubt ``code``.

    Examples:
        >>> doubtful("plan.lead-missing").text.splitlines()[-1]
        '配合单位：市财政局'
    """
    return document_of_lines("example.txt", f"科技服务行动方案\n一、重点任务\n{DOUBTFUL[code]}")
