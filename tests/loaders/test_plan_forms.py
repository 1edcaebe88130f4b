"""One plan in every form: structures drawn at random come back from each rendering, and four file formats agree."""

from __future__ import annotations

import html
import io
import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_maker import PdfMaker

from innograph.graph.checking import check_assertions
from innograph.graph.errors import NotAPlan
from innograph.graph.ontology import load_ontology
from innograph.graph.records import Locator
from innograph.loaders.document import Document, DocumentBuilder, Draft, document_of_lines
from innograph.loaders.loading import parse_plan
from innograph.loaders.plan import ParsedPlan, parse
from innograph.loaders.plan.emit import assertions_of
from innograph.loaders.plan.export import to_json
from innograph.loaders.plan.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable

ONTOLOGY = load_ontology()
TITLE = "昌吉市创新平台试点方案"
UNITS = [
    "市科技局",
    "市财政局",
    "市人社局",
    "市市场监督管理局",
    "市委组织部",
    "州生态环境局昌吉市分局",
    "新疆农业大学",
    "各乡镇",
]
TITLES = ["完善服务平台", "培育创新企业", "推广先进技术", "壮大人才队伍", "深化对外合作", "优化营商环境"]
NUMBERS = "一二三四五六"
HEADER = ["序号", "重点任务", "工作目标", "牵头单位", "配合单位", "责任单位"]


@dataclass(frozen=True)
class Given:
    """A task as drawn; either some lead, with or without support, or all are responsible."""

    title: str
    target: int
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        return f"建设创新平台{self.target}个。"

    @property
    def labels(self) -> list[str]:
        named = (("牵头单位", self.lead), ("配合单位", self.support), ("责任单位", self.responsible))
        return [f"{label}：{'、'.join(units)}" for label, units in named if units]

    @property
    def verbs(self) -> str:
        if self.responsible:
            return f"{'、'.join(self.responsible)}按职责分工负责"
        return f"{'、'.join(self.lead)}牵头" + (f"，{'、'.join(self.support)}配合" if self.support else "")


@st.composite
def givens(draw: st.DrawFn) -> list[Given]:
    found: list[Given] = []
    for title in draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=6, unique=True)):
        target = draw(st.integers(2, 99))
        units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=5, unique=True))
        leads = draw(st.integers(0, len(units)))
        if leads:
            found.append(Given(title, target, lead=tuple(units[:leads]), support=tuple(units[leads:])))
        else:
            found.append(Given(title, target, responsible=tuple(units)))
    return found


def in_lines(tasks: list[Given], behind: str) -> str:
    """Each task as a section with its units behind it: ``behind`` says how, with LABELS or VERBS in it."""
    lines = [TITLE, "一、重点任务"]
    for number, task in zip(NUMBERS, tasks, strict=False):
        told = behind.replace("LABELS", "；".join(task.labels)).replace("LINES", "\n".join(task.labels))
        lines.append(f"（{number}）{task.title}。{task.content}{told.replace('VERBS', task.verbs)}")
    return "\n".join([*lines, "二、保障措施", "（一）加强领导。压实责任。"])


def in_table(tasks: list[Given], order: list[int]) -> Document:
    builder = DocumentBuilder("a.docx")
    builder.paragraph(TITLE, Locator(paragraph=1))
    rows = [HEADER]
    for number, task in enumerate(tasks, start=1):
        named = ["、".join(units) or "无" for units in (task.lead, task.support, task.responsible)]
        rows.append([str(number), task.title, task.content, *named])
    builder.table([[Draft(row[i], Locator(row=r)) for i in order] for r, row in enumerate(rows, start=1)], Locator())
    return builder.build()


def check_it_comes_back(tasks: list[Given], plan: ParsedPlan) -> None:
    found = [
        Given(
            t.section.title,
            *(int(x.value or 0) for x in t.targets),
            *(tuple(u.canonical for u in t.units(role)) for role in (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)),
        )
        for t in plan.tasks
    ]
    assert found == tasks
    assert plan.head.title == TITLE
    assert not [i for i in plan.issues if i.code not in ("plan.no-number", "plan.no-issuer")]


FORMS = [
    "\nLINES",
    "\nLABELS",
    "LABELS",
    "（LABELS）",
    "\n（LABELS）",
    "【LABELS】",
    "(LABELS)",
    "（VERBS）",
    "[VERBS]",
    "\n〔VERBS〕",
    "VERBS。",
    "\nVERBS。",
    "（VERBS，2025年底前完成）",
]
drawn = settings(max_examples=25, deadline=timedelta(seconds=3), suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("behind", FORMS)
@drawn
@given(givens())
def test_a_plan_in_lines_comes_back(behind: str, tasks: list[Given]) -> None:
    check_it_comes_back(tasks, parse(document_of_lines("a.txt", in_lines(tasks, behind))))


@pytest.mark.parametrize("between", ["", " ", "\u3000"])
@pytest.mark.parametrize("behind", ["\nLINES", "（LABELS）", "（VERBS）"])
@drawn
@given(givens())
def test_a_plan_that_lost_its_lines_comes_back(behind: str, between: str, tasks: list[Given]) -> None:
    text = in_lines(tasks, behind).replace("\n", between)
    check_it_comes_back(tasks, parse(document_of_lines("a.txt", text)))


@drawn
@given(givens(), st.permutations(range(len(HEADER))))
def test_a_plan_in_a_table_comes_back(tasks: list[Given], order: list[int]) -> None:
    check_it_comes_back(tasks, parse(in_table(tasks, order)))


PIECES = st.sampled_from(
    [
        *HEADER,
        *UNITS,
        "单位",
        "指标",
        "目标值",
        "2025年",
        "无",
        "50家以上",
        "1.",
        "一、",
        "注：",
        "、",
        "\n",
        "（",
        "）",
        "牵头",
        "配合",
        "负责",
        "等",
    ]
)
CELLS = st.lists(PIECES, max_size=4).map("".join) | st.text(max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> Document:
    """Any cells, some of them merged with the one above or to the left, between any lines."""
    builder = DocumentBuilder("a.docx")
    builder.paragraph(draw(CELLS), Locator(paragraph=1))
    for number in range(draw(st.integers(1, 2))):
        width = draw(st.integers(0, 5))
        grid: list[list[Draft]] = []
        for row in range(draw(st.integers(0, 6))):
            made: list[Draft] = []
            for column in range(width):
                how = draw(st.sampled_from(["new", "new", "new", "above", "left"]))
                if how == "above" and grid:
                    made.append(grid[-1][column])
                elif how == "left" and made:
                    made.append(made[-1])
                else:
                    words = HEADER[column] if not row and draw(st.booleans()) else draw(CELLS)
                    made.append(Draft(words, Locator(table=number, row=row, column=column)))
            grid.append(made)
        builder.table(grid, Locator(table=number))
        builder.paragraph(draw(CELLS), Locator(paragraph=2))
    return builder.build()


@settings(max_examples=150, deadline=timedelta(seconds=3), suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_any_table_is_a_plan_or_is_not(document: Document) -> None:
    try:
        plan = parse(document)
    except NotAPlan:
        return
    json.dumps(to_json(plan), allow_nan=False)
    said = list(assertions_of(plan))
    assert list(check_assertions(said, ONTOLOGY)) == said
    assert all(a.evidence.quote and a.evidence.quote in document.text for a in said)


def table_of(count: int) -> Document:
    return in_table(
        [Given("完善服务平台", 5, lead=("市科技局",), support=("市财政局", "各乡镇"))] * count, [0, 1, 2, 3, 4, 5]
    )


def task_lines(count: int, behind: str) -> Document:
    task = "（一）完善平台。建设平台5个。" + behind
    return document_of_lines("a.txt", f"{TITLE}\n一、任务\n" + "\n".join([task] * count))


@pytest.mark.parametrize(
    "made",
    [
        table_of,
        lambda n: task_lines(n, "\n牵头单位：市科技局\n配合单位：市财政局、人社局"),
        lambda n: task_lines(n, "（市科技局牵头，市财政局、人社局配合）"),
        lambda n: task_lines(n, "（责任单位：市科技局"),
        lambda n: task_lines(n, "（市科技局、\n财政局负责）"),
        lambda n: document_of_lines("a.txt", f"{TITLE}一、任务（一）甲。" + "做甲。（市科技局负责）" * n),
        lambda n: document_of_lines(
            "a.txt", f"{TITLE}。一、任务。" + "".join(f"{i % 900}.甲。责任单位：市科技局" for i in range(1, n))
        ),
    ],
)
def test_four_times_the_text_takes_no_more_than_nine_times_as_long(made: Callable[[int], Document]) -> None:
    def seconds(count: int) -> float:
        document = made(count)
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            parse(document)
            best = min(best, time.process_time() - start)
        return best

    seconds(10)
    # Linear is 4, quadratic 16.
    assert seconds(600) < 9 * max(seconds(150), 0.02)


# The same plan for each file format: a head, a section with labels, one with a bracket, one with a sentence, a table.
LINES = [
    "昌市政办发〔2024〕21号",
    "昌吉市创新平台试点方案（2024—2026年）",
    "根据《昌吉州创新平台规划》（昌州政发〔2023〕9号），制定本方案。",
    "一、重点任务",
    "（一）完善服务平台。到2025年，建设创新平台20个以上。",
    "牵头单位：市科技局",
    "配合单位：市财政局、人社局，各乡镇",
    "（二）培育创新企业。高新技术企业超过50家。（市商务和工信局牵头，市税务局、财政局等配合）",
    "（三）推广先进技术。每年推广新技术30项。由市农业农村局、科技局按职责分工负责。",
    "二、保障措施",
    "（一）加强领导。压实责任。",
    "重点任务分工表",
]
ROWS = [
    ["序号", "重点任务", "2026年目标值", "责任单位"],
    ["1", "引进急需人才", "15人", "市委组织部"],
    ["2", "培训技术经理人", "40人次以上", "市人社局、科技局"],
]


def as_txt() -> bytes:
    return "\n".join([*LINES, *("\t".join(row) for row in ROWS)]).encode()


def as_html() -> bytes:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in LINES)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f"<html><head><meta charset='utf-8'></head><body>{lines}<table>{rows}</table></body></html>".encode()


def as_docx() -> bytes:
    word = docx.Document()
    for line in LINES:
        word.add_paragraph(line)
    table = word.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def as_pdf() -> bytes:
    maker = PdfMaker(numbers="— {} —")
    for line in LINES[:2]:
        maker.centred(line, 16.0)
    for line in LINES[2:]:
        maker.paragraph(line)
    maker.table([list(row) for row in ROWS], [50.0, 140.0, 110.0, 148.0])
    return maker.bytes()


@pytest.mark.parametrize(("suffix", "made"), [("txt", as_txt), ("html", as_html), ("docx", as_docx), ("pdf", as_pdf)])
def test_formats_agree(suffix: str, made: Callable[[], bytes]) -> None:
    plan = parse_plan(f"plan.{suffix}", made())
    assert (plan.head.title, plan.head.doc_number) == (
        "昌吉市创新平台试点方案（2024—2026年）",
        "昌市政办发〔2024〕21号",
    )
    assert plan.head.period == (2024, 2026)
    assert [(p.title, p.doc_number) for p in plan.head.parents] == [("昌吉州创新平台规划", "昌州政发〔2023〕9号")]
    assert [s.section.title for s in plan.safeguards] == ["加强领导"]
    found = [(t.section.title, *([u.canonical for u in t.units(role)] for role in Role), t.open) for t in plan.tasks]
    assert found == [
        ("完善服务平台", ["市科技局"], ["市财政局", "市人社局", "各乡镇"], [], False),
        ("培育创新企业", ["市商务和工信局"], ["市税务局", "市财政局"], [], True),
        ("推广先进技术", [], [], ["市农业农村局", "市科技局"], False),
        ("引进急需人才", [], [], ["市委组织部"], False),
        ("培训技术经理人", [], [], ["市人社局", "市科技局"], False),
    ]
    assert [(x.comparator, x.value, x.unit, x.year) for t in plan.tasks for x in t.targets] == [
        (">=", 20, "个", 2025),
        (">", 50, "家", None),
        ("=", 30, "项", None),
        ("=", 15, "人", 2026),
        (">=", 40, "人次", 2026),
    ]
