"""The report as Word and HTML: read back and held against the sample plan, whose figures were counted by hand."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import cooperation_sample as cooperation
import docx
import pytest
from paper import body_pages
from selectolax.lexbor import LexborHTMLParser

import innograph
from innograph.graph.ledger.triage import State
from innograph.graph.text import use_language
from innograph.queries import load_catalogue
from innograph.visualize.reports.advice import ADVICE
from innograph.visualize.reports.build import Chosen, build_report
from innograph.visualize.reports.model import Evidence, Items, MatrixTable, Paragraph, Report, Section, Table, TaskRow
from innograph.visualize.reports.page import report_html
from innograph.visualize.reports.word import report_docx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser import PageLog
    from playwright.sync_api import Page

DAY = dt.date(2026, 11, 23)
PLAN = innograph.sample("changji") / "plan.txt"
OTHER_PLAN = """石城市科技创新行动方案（2023—2025年）

二、重点任务

（一）办好科技活动。举办科技活动周。

牵头单位：石城市科技局

（二）建设创新平台。推广好的经验。
"""
PAYLOAD = "</td><script>window.ran=1</script><img src=x onerror=window.ran=2>"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[innograph.Workspace]:
    with innograph.Workspace.create(tmp_path / "ws") as made:
        made.load(PLAN)
        yield made


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[innograph.Workspace]:
    with innograph.Workspace.create(tmp_path_factory.mktemp("report") / "ws") as made:
        made.load(PLAN)
        yield made


def report_of(workspace: innograph.Workspace, chosen: Chosen | None = None, lang: str = "zh") -> Report:
    with use_language("zh" if lang == "zh" else "en"):
        return build_report(workspace, chosen, day=DAY)


def lines(report: Report, heading: str) -> list[str]:
    """All lines under a heading of the body, with their citations."""

    def of(section: Section) -> Iterator[str]:
        for block in section.blocks:
            told = (block.line,) if isinstance(block, Paragraph) else block.lines if isinstance(block, Items) else ()
            yield from ("".join(p if isinstance(p, str) else p.show(report.language) for p in one) for one in told)
        for inner in section.sections:
            yield from of(inner)

    return [line for section in report.body if section.heading == heading for line in of(section)]


def annex(report: Report, heading: str) -> Section:
    return next(section for section in report.annexes if section.heading == heading)


def test_overview_counts_as_the_plan_does(sample: innograph.Workspace) -> None:
    (told,) = lines(report_of(sample), "任务分工")
    for words in (
        "任务13项",
        "目标42个",
        "19个单位承担分工61项",
        "牵头15项、配合46项",
        "牵头单位共6个",
        "昌吉市科技局（7项）、昌吉市商务和工信局（3项）、昌吉市农业农村局（2项）",
        "前3个单位承担了全部牵头的80.0%",  # 12 of 15
        "参与任务最多的是昌吉市科技局，牵头、配合合计12项",
        "2项任务由几个单位共同牵头",
    ):
        assert words in told
    (english,) = lines(report_of(sample, lang="en"), "What is assigned")
    assert "13 tasks and 42 targets. 19 units have 61 assignments in them: 15 as lead, 46 in support." in english


def test_matrix_has_every_assignment(sample: innograph.Workspace) -> None:
    (matrix,) = annex(report_of(sample), "任务责任矩阵").blocks
    assert isinstance(matrix, MatrixTable)
    ((plan, rows),) = matrix.plans
    roles = [role for row in rows for role in row.roles if role]
    assert (plan, len(rows), len(matrix.units), len(roles)) == ("", 13, 19, 61)
    assert (roles.count("lead"), roles.count("joint-lead"), roles.count("support")) == (11, 4, 46)
    seventh = rows[6]
    assert seventh.task == "（七）支持研发机构建设"
    assert {unit: role for unit, role in zip(matrix.units, seventh.roles, strict=True) if role} == {
        "昌吉市科技局": "lead",
        "昌吉市发改委": "support",
        "昌吉市商务和工信局": "support",
        "昌吉市人社局": "support",
    }


def test_confirmed_come_first_and_dismissed_are_counted(workspace: innograph.Workspace) -> None:
    found = workspace.findings()
    joint = [one for one in found if one.rule == "joint-leads"]
    hint = next(one for one in found if one.rule == "supports-only")
    workspace.triage.decide(hint.id, State.CONFIRMED, "已请示", author="planner")
    workspace.triage.decide(joint[0].id, State.DISMISSED, "已有联席会议", author="planner")
    report = report_of(workspace)
    intro, first, second, *_ = lines(report, "需要关注的问题")
    assert first.startswith("昌吉市发改委配合7项任务，却不牵头任何一项（核对说明：已请示）［1")
    assert second.startswith("“组建各类专家智库”由2个单位共同牵头")
    assert f"共列出问题{len(found) - 1}条：已确认1条、待核（重要）1条" in intro
    assert "另有1条经核对已排除" in intro
    assert "推动高新技术企业提质增量”由2个单位" not in report_html(report)
    only = report_of(workspace, Chosen(states=("confirmed",)))
    assert len(lines(only, "需要关注的问题")) == 2
    assert lines(only, "建议") == ["配合任务多的单位，核对工作量和配合内容（见附件2第1条）。"]


def test_chosen_findings_are_told_one_by_one(sample: innograph.Workspace) -> None:
    unowned = [one for one in sample.findings() if one.rule == "targets-unowned"]
    assert len(unowned) == 11
    report = report_of(sample, Chosen(findings=(unowned[0].id[:8], unowned[1].id)))
    assert len(lines(report, "需要关注的问题")) == 3
    with pytest.raises(innograph.InnographError, match="没有编号以"):
        report_of(sample, Chosen(findings=("zzz",)))


def test_evidence_is_the_line_of_the_plan(sample: innograph.Workspace) -> None:
    report = report_of(sample)
    (evidence,) = annex(report, "证据").blocks
    assert isinstance(evidence, Evidence)
    text = PLAN.read_text(encoding="utf-8").splitlines()
    assert [quote.number for quote in evidence.quotes] == list(range(1, len(evidence.quotes) + 1))
    for quote in evidence.quotes:
        (line,) = re.findall(r"第(\d+)行", quote.place)
        assert quote.document == "plan.txt"
        assert quote.words in text[int(line) - 1]
    assert evidence.quotes[0].words == "牵头单位：市商务和工信局、科技局"  # the first point's, task two


def test_every_citation_is_in_the_annex(sample: innograph.Workspace) -> None:
    for lang in ("zh", "en"):
        page = LexborHTMLParser(report_html(report_of(sample, lang=lang)))
        targets = {node.attributes["id"] for node in page.css("tr[id]")}
        cited = {str(node.attributes["href"]).removeprefix("#") for node in page.css("a.cite")}
        assert cited
        assert cited <= targets


def test_word_has_what_the_page_has(sample: innograph.Workspace) -> None:
    report = report_of(sample)
    word = docx.Document(io.BytesIO(report_docx(report)))
    told = [paragraph.text for paragraph in word.paragraphs]
    page = LexborHTMLParser(report_html(report))
    headings = [node.text() for node in page.css("h2, h3")]
    assert [text for text in told if text in headings] == headings
    assert headings[:3] == ["一、任务分工", "二、需要关注的问题", "（一）待核问题（重要）"]
    tables = page.css("table")
    assert [len(table.rows) for table in word.tables] == [len(table.css("tr")) for table in tables]
    marks = [cell.text for row in word.tables[0].rows for cell in row.cells if cell.text in "●◉○" and cell.text]
    assert (marks.count("●"), marks.count("◉"), marks.count("○")) == (11, 4, 46)
    assert "● 牵头　◉ 共同牵头　○ 配合" in told


def test_word_is_laid_out_as_official_documents_are(sample: innograph.Workspace) -> None:
    word = docx.Document(io.BytesIO(report_docx(report_of(sample))))
    page = word.sections[0]
    size = [
        round(length.mm) for length in (page.page_width, page.page_height, page.top_margin, page.left_margin) if length
    ]
    assert size == [210, 297, 37, 28]
    body = next(p for p in word.paragraphs if p.text.startswith("方案部署任务"))
    assert body.style is not None
    assert body.style.font.size is not None
    assert body.style.font.size.pt == 16  # 三号
    assert body.style.paragraph_format.line_spacing is not None
    assert body.style.paragraph_format.line_spacing == 28.5 * 12700
    assert 'w:eastAsia="仿宋_GB2312"' in body.style.element.xml
    assert "PAGE" in page.footer.paragraphs[0]._p.xml


def test_wide_matrix_lies_on_its_side_and_nothing_else() -> None:
    units = tuple(f"单位{i}" for i in range(26))
    wide = MatrixTable(units, (("", (TaskRow("（一）任务", ("lead",) * 26),)),), ("lead",))
    report = Report(
        "报告",
        DAY,
        "zh",
        (Section("任务分工", (Paragraph(("正文",)),)),),
        (Section("矩阵", (wide,)), Section("说明", (Paragraph(("尾",)),))),
    )
    word = docx.Document(io.BytesIO(report_docx(report)))
    shapes = [(s.page_width or 0) > (s.page_height or 0) for s in word.sections]
    assert shapes == [False, True, False]
    assert LexborHTMLParser(report_html(report)).css_first("section.wide") is not None


def test_only_one_plan(workspace: innograph.Workspace, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(OTHER_PLAN, encoding="utf-8")
    workspace.load(tmp_path / "other.txt")
    both = report_of(workspace)
    assert len(lines(both, "任务分工")) == 2
    report = report_of(workspace, Chosen(plan="石城市科技创新"))
    (told,) = lines(report, "任务分工")
    assert "任务2项" in told
    assert "1项任务没有责任单位" in told
    (listed,) = annex(report, "问题清单").blocks
    assert isinstance(listed, Table)
    statements = ["".join(str(part) for part in row[2]) for row in listed.rows]
    assert any("建设创新平台" in statement for statement in statements)
    assert not any("专家智库" in statement for statement in statements)


@pytest.mark.parametrize(("lang", "words"), [("zh", "还没有载入文件"), ("en", "Nothing is loaded yet")])
def test_empty_workspace(tmp_path: Path, lang: str, words: str) -> None:
    with innograph.Workspace.create(tmp_path / "ws") as empty:
        report = report_of(empty, lang=lang)
    assert words in report_html(report)
    assert docx.Document(io.BytesIO(report_docx(report))).paragraphs[0].text == report.title


def test_no_chinese_words_of_ours_in_english_and_the_other_way_round(sample: innograph.Workspace) -> None:
    own_zh = re.compile("问题|附件|证据|建议|缺口|来源")
    english = LexborHTMLParser(report_html(report_of(sample, lang="en")))
    assert not [node.text() for node in english.css("h2, h3, th[scope=col]:not(.unit)") if own_zh.search(node.text())]
    chinese = LexborHTMLParser(report_html(report_of(sample)))
    heads = [node.text() for node in chinese.css("h2, h3, th[scope=col], section:not(.annex) p")]
    assert not [text for text in heads if re.search("[A-Za-z]{3}", text.replace("SHA", ""))]


@pytest.mark.parametrize("rule", [question.id for question in load_catalogue() if question.finding])
def test_every_rule_has_its_advice(rule: str) -> None:
    assert ADVICE[rule].zh
    assert ADVICE[rule].en


def hostile() -> Report:
    long = "长" * 300
    row = ((PAYLOAD,), ("控制\x00\x0b符\u202e",), (long,))
    return Report(
        PAYLOAD,
        DAY,
        "zh",
        (Section(PAYLOAD, (Paragraph((PAYLOAD,)), Items(((PAYLOAD,), (long,))))),),
        (Section(PAYLOAD, (Table((PAYLOAD, "b", "c"), (row,), (1, 1, 1), PAYLOAD),)),),
    )


def test_nothing_runs_in_the_page(page: Page, page_log: PageLog, tmp_path: Path) -> None:
    file = tmp_path / "报告.html"
    file.write_text(report_html(hostile()), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.evaluate("window.ran") is None
    assert page.locator("h1").inner_text() == PAYLOAD
    assert page.locator("script, img").count() == 0
    page_log.assert_clean()


def test_payload_in_a_plan_is_told_as_text(tmp_path: Path) -> None:
    text = OTHER_PLAN.replace("石城市科技局", "石城市科技局、<script>alert(1)</script>局").replace("办好", "=cmd|办好")
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    with innograph.Workspace.create(tmp_path / "ws") as made:
        made.load(tmp_path / "plan.txt")
        report = report_of(made, Chosen(title="标题\x00\x1b"))
    parsed = LexborHTMLParser(report_html(report))
    assert not parsed.css("script")
    assert docx.Document(io.BytesIO(report_docx(report))).paragraphs[0].text == "标题"


def test_page_prints_and_is_self_contained(sample: innograph.Workspace) -> None:
    text = report_html(report_of(sample))
    assert "default-src 'none'" in text
    assert not re.search(r"(src|href)=\"(?!#)", text)
    assert "@page" in text


def test_the_head_says_whose_day_the_report_is_about(sample: innograph.Workspace) -> None:
    chosen = Chosen(as_of=dt.date(2024, 12, 31))
    for lang, told in (
        ("zh", "2026年11月23日，数据截至2024年12月31日"),
        ("en", "2026-11-23; data as of 2024-12-31"),
    ):
        report = report_of(sample, chosen, lang)
        word = docx.Document(io.BytesIO(report_docx(report)))
        (day,) = [one.text for one in word.paragraphs if one.style and one.style.name == "Subtitle"]
        assert day.strip("（）") == told
        (line,) = LexborHTMLParser(report_html(report)).css("p.day")
        assert line.text() == told
    assert report_of(sample).dated == "2026年11月23日"


LARGE_PLAN = """石城市科技创新行动方案（2023—2025年）

二、重点任务
""" + "".join(
    f"""
（{number}）{name}。到2025年建设{name}平台{at}个以上。

牵头单位：市科技局、市工信局、市农业农村局

配合单位：市财政局、各乡镇
"""
    for at, (number, name) in enumerate(
        zip(
            "一二三四五六七八九十",
            ["种业", "冷链", "光伏", "氢能", "纺织", "造纸", "铸造", "水泥", "医药", "物流"],
            strict=True,
        ),
        start=2,
    )
)


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the larger plan and all rosters, with its graph: to be copied."""
    folder = tmp_path_factory.mktemp("larger")
    (folder / "large.txt").write_text(LARGE_PLAN, encoding="utf-8")
    with innograph.Workspace.create(folder / "ws") as made:
        made.load(folder / "large.txt")
        for file in cooperation.FILES:
            made.load(file)
        made.build()
    return folder / "ws"


@pytest.mark.parametrize(("lang", "annex_word"), [("zh", "附件"), ("en", "Annex")])
@pytest.mark.parametrize("confirmed", [False, True])
def test_a_larger_plan_and_its_rosters_keep_the_body_to_two_pages(
    larger: Path, tmp_path: Path, lang: str, annex_word: str, *, confirmed: bool
) -> None:
    shutil.copytree(larger, tmp_path / "ws")
    with innograph.Workspace(tmp_path / "ws") as made:
        for one in made.findings() if confirmed else ():
            made.triage.decide(
                one.id, State.CONFIRMED, "已与各单位逐一核对，情况属实，请在下次联席会议上研究", author="planner"
            )
        assert sum(one.rule == "joint-leads" for one in made.findings()) == 10 + 2  # two are of the sample plan
        report = report_of(made, lang=lang)
    assert body_pages(report_docx(report), tmp_path, annex_word) == 2


def test_what_the_body_leaves_out_stands_in_an_annex(sample: innograph.Workspace) -> None:
    report = report_of(sample)
    (listed,) = annex(report, "问题清单").blocks
    assert isinstance(listed, Table)
    assert len(listed.rows) == len(sample.findings())
    findings = lines(report, "需要关注的问题")
    (rest,) = [int(found[1]) for line in findings if (found := re.fullmatch(r"其余(\d+)条见附件2。", line))]
    grouped = [int(found[1]) for line in findings if (found := re.search(r"（(\d+)条），如", line))]
    medium = [one for one in sample.findings() if one.severity.value == "medium"]
    assert rest + sum(grouped) == len(medium) == 24
    full = {one.heading: one.blocks[0] for one in annex(report, "正文节选部分的全文").sections}
    for heading in full:
        block, body = full[heading], lines(report, heading)
        assert isinstance(block, Items)
        (more,) = [int(found[1]) for line in body if (found := re.fullmatch(r"其余(\d+)条见附件3。", line))]
        assert len(block.lines) == len(body) - 1 + more
    suggestions = full["建议"]
    assert isinstance(suggestions, Items)
    rules = {one.rule for one in sample.findings()}
    told = "".join(str(line[0]) for line in suggestions.lines)
    assert all(ADVICE[rule].zh in told for rule in rules)
    assert "附件2第1、2条" in told  # the two tasks with joint leads head the list


def test_word_and_page_have_the_same_annexes(sample: innograph.Workspace) -> None:
    report = report_of(sample)
    word = docx.Document(io.BytesIO(report_docx(report)))
    told = [one.text for one in word.paragraphs if one.style and one.style.name.startswith("Heading")]
    page = LexborHTMLParser(report_html(report))
    assert told == [node.text() for node in page.css("h2, h3")]
    assert "（一）缺口" in told or "（一）建议" in told


@pytest.mark.parametrize("cooperating", [False, True])
def test_a_network_is_told_of_only_where_somebody_cooperates(tmp_path: Path, *, cooperating: bool) -> None:
    with innograph.Workspace.create(tmp_path / "ws") as made:
        rosters = cooperation.FILES[-5:] if cooperating else (PLAN.parent / "rosters" / "enterprises.csv",)
        for file in rosters:
            made.load(file)
        told = " ".join(lines(report_of(made), "任务分工"))
    assert ("网络有" in told) is cooperating
