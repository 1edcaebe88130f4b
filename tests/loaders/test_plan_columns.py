"""The words of headers, each by hand; deep headers; and a site's card above a plan."""

from __future__ import annotations

import pytest

from innograph.graph.records import Locator
from innograph.loaders.document import Document, DocumentBuilder, Draft
from innograph.loaders.plan import parse
from innograph.loaders.plan.model import Role
from innograph.loaders.plan.tables.columns import Column, column_of


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (Column.NUMBER, "序号 编号 序"),
        (Column.LEAD, "牵头单位 牵头部门 主办单位 主责单位 牵头责任单位 总牵头单位 牵头"),
        (Column.SUPPORT, "配合单位 配合部门 协办单位 协同单位 参与单位 参加单位 协作单位 支持单位 协助单位 配合"),
        (
            Column.RESPONSIBLE,
            "责任单位 责任部门 落实单位 实施单位 承办单位 负责单位 承担单位 主管部门 分工单位 执行单位 责任分工",
        ),
        (
            Column.DEADLINE,
            "完成时限 完成时间 办理时限 实施时间 推进时间 达成时限 建成时间 时间节点 进度安排 时限要求 完成年份",
        ),
        (Column.VALUE, "目标值 2027年目标值 2027年目标 2025年 到2025年目标值 年度目标值 预期目标值"),
        (Column.INDICATOR, "指标 主要指标 工作指标 指标名称 考核指标 量化指标"),
        (Column.AREA, "领域 重点领域 类别 重点方向 任务类别 板块"),
        (Column.TASK, "重点任务 工作任务 主要任务 具体举措 工作内容 任务名称 项目名称"),
    ],
)
def test_every_word_of_a_header(column: Column, words: str) -> None:
    assert {word: column_of(word) for word in words.split()} == dict.fromkeys(words.split(), column)


def document_of(*rows: tuple[str, ...]) -> Document:
    """A table whose cells with one text beside or below each other are one merged cell."""
    drafts: dict[tuple[int, int], Draft] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            beside, above = drafts.get((r, c - 1)), drafts.get((r - 1, c))
            merged = next((d for d in (beside, above) if d and d.text == text), None)
            drafts[r, c] = merged or Draft(text, Locator(table=1, row=r + 1, column=c + 1))
    builder = DocumentBuilder("a.docx")
    builder.paragraph("武夷山市重点任务分工方案", Locator(paragraph=1))
    builder.table([[drafts[r, c] for c in range(len(row))] for r, row in enumerate(rows)], Locator(table=1))
    return builder.build()


def test_a_header_of_three_rows_below_a_title_and_remarks() -> None:
    document = document_of(
        *((text,) * 4 for text in ("武夷山市分工表", "填报说明甲", "填报说明乙", "填报说明丙")),
        ("重点任务", "目标", "责任分工", "责任分工"),
        ("重点任务", "目标值", "单位", "单位"),
        ("重点任务", "2027年目标值", "牵头单位", "配合单位"),
        ("建设茶园", "30个以上", "市农业农村局", "市财政局"),
        ("培育企业", "5家", "市工信局", "市商务局"),
    )
    tasks = parse(document).tasks
    assert [task.section.title for task in tasks] == ["建设茶园", "培育企业"]
    assert [[u.canonical for u in task.units(Role.LEAD)] for task in tasks] == [["市农业农村局"], ["市工信局"]]
    assert [[u.canonical for u in task.units(Role.SUPPORT)] for task in tasks] == [["市财政局"], ["市商务局"]]
    assert [[(t.value, t.year) for t in task.targets] for task in tasks] == [[(30.0, 2027)], [(5.0, 2027)]]


@pytest.mark.parametrize("label", ["完成时限", "完成时间", "完成期限", "时间要求", "时间节点", "时限要求"])
def test_every_word_of_a_deadline(label: str) -> None:
    from innograph.loaders.document import document_of_lines

    text = f"武夷山市方案\n一、任务\n（一）建茶园。建设茶园。\n牵头单位：市农业农村局\n{label}：2026年6月"
    assert [task.deadline for task in parse(document_of_lines("a.txt", text)).tasks] == ["2026年6月"]


def test_a_card_tells_what_the_text_does_not() -> None:
    builder = DocumentBuilder("a.html")
    card = ["文号：", "武政办〔2024〕7号", "发文机关：", "武夷山市人民政府办公室", "成文日期：", "2024年3月2日"]
    builder.table(
        [[Draft(text, Locator(table=1, row=1, column=c)) for c, text in enumerate(card, 1)]], Locator(table=1)
    )
    for number, line in enumerate(("武夷山市茶业行动方案", "一、任务", "（一）建茶园。做。（市农业农村局负责）"), 1):
        builder.paragraph(line, Locator(paragraph=number))
    head = parse(builder.build()).head
    assert (head.doc_number, head.issuer, str(head.issue_date)) == (
        "武政办〔2024〕7号",
        "武夷山市人民政府办公室",
        "2024-03-02",
    )
