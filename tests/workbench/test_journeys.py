"""The ten journeys: each from the front page within its clicks, in Chinese and in English, four with keys alone.

What is to be seen at the end of each is worked out by hand from the sample plan (`responsibility_sample`), from the CSVs of
the cooperation sample (`cooperation_sample`), or from the files below.
"""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cooperation_sample as cooperation
import docx
import openpyxl
import pytest
import responsibility_sample as plan
from journeys import Journey, keep
from paper import body_pages
from workbench_server import running

from innograph import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Locator, Page
    from workbench_server import Workbench

# A plan of two tasks: both bureaus of one name have a part in it, and the second task has no number to reach.
BUREAUS = """示例县科技创新三年行动方案
一、重点任务
（一）建设创新平台。到2026年建设平台2个以上。
牵头单位：昌吉州科技局
配合单位：昌吉市科技局
（二）加强宣传引导。多讲政策和典型。
牵头单位：昌吉州科技局
"""
NUMBERLESS = "加强宣传引导"
NEW_PLAN = """示例乡科普行动方案
一、重点任务
（一）建设科普基地。到2025年建设科普基地3个以上。
牵头单位：县教育局
配合单位：县财政局
（二）开办讲座。到2025年举办讲座731场以上。
牵头单位：县文旅局
"""
# Headers of no pack. The last digit of the second code does not go with the others: 3 would.
ROSTER = """公司,统一代码,落户地方
甲云科技有限公司,91350100M000100Y43,一
乙禾农业有限公司,91350100M000100Y44,二
"""
GOOD_CODE, BAD_CODE = "91350100M000100Y43", "91350100M000100Y44"
LED = [task for task in plan.LEADS if "科技局" in plan.LEADS[task][1].split()]
SUPPORTED = [task for task in plan.SUPPORTS if "科技局" in plan.SUPPORTS[task][1].split()]
ACROSS = 11
"""The task 加强跨区域协同创新."""


WAYS = pytest.mark.parametrize(
    ("t", "keys"),
    [("zh", False), ("zh", True), ("en", False)],
    indirect=["t"],
    ids=["zh-mouse", "zh-keys", "en-mouse"],
    scope="module",
)
"""Both languages with the mouse; keys go the same way in both."""


@dataclass(frozen=True)
class Tongue:
    """The language of a journey."""

    key: str

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.key == "zh" else en


@pytest.fixture(scope="module", params=["zh", "en"])
def t(request: pytest.FixtureRequest) -> Tongue:
    return Tongue(request.param)


@pytest.fixture(scope="module")
def own(t: Tongue, sample_snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workbench that journeys may change: the samples, and a plan with what the samples lack."""
    home = tmp_path_factory.mktemp("journeys")
    file, folder = home / "三年方案.txt", home / "samples"
    file.write_text(BUREAUS, encoding="utf-8")
    shutil.copytree(sample_snapshot, folder)
    with Workspace(folder) as workspace:
        workspace.load(file)
        workspace.build()
    with running(folder, language=t.key) as started:
        yield started


@pytest.fixture(autouse=True)
def clean(page_log: PageLog, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No journey leaves an error on the console, asks another host for anything, or shows on a picture who ran it."""
    monkeypatch.setenv("LOGNAME", "planner")
    yield
    page_log.assert_clean()


def begin(page: Page, workbench: Workbench, t: Tongue, most: int, *, keys: bool = False) -> Journey:
    page.goto(workbench.url(f"/?lang={t.key}"))
    return Journey(page, most, keys)


def rail(page: Page, label: str) -> Locator:
    return page.locator(".rail").get_by_role("link", name=label)


def shot(page: Page, name: str, t: Tongue) -> None:
    keep(page, f"{name}-{t.key}")


def firsts(page: Page, region: str) -> list[str]:
    """The first cell of each row in a part of the page."""
    return page.get_by_role("region", name=region, exact=True).locator("tbody th").all_inner_texts()


@WAYS
def test_1_what_a_unit_leads_and_supports(page: Page, workbench: Workbench, t: Tongue, *, keys: bool) -> None:
    way = begin(page, workbench, t, 1, keys=keys)
    shot(page, "overview", t)
    way.search("科技局")
    assert page.locator("h1").inner_text() == "昌吉市科技局"
    assert firsts(page, t("牵头", "Leads")) == [plan.name(task) for task in LED]
    assert firsts(page, t("配合", "Supports")) == [plan.name(task) for task in SUPPORTED]
    row = page.get_by_role("row").filter(has_text=plan.name(ACROSS))
    assert row.get_by_role("link", name="实施各类区域创新合作项目30个以上").count() == 1
    shot(page, "unit", t)


def test_2_who_leads_and_the_sentence(page: Page, workbench: Workbench, t: Tongue) -> None:
    line = plan.LEADS[ACROSS][0]
    way = begin(page, workbench, t, 2)
    way.search(t("谁牵头跨区域科技合作", "who leads 跨区域科技合作"))
    rows = page.locator("table.rows tbody tr")
    assert rows.count() == 1
    assert rows.locator("td").all_inner_texts()[:3] == [plan.name(ACROSS), t("牵头", "lead"), "昌吉市科技局"]
    shot(page, "ask", t)
    way.click(rows.get_by_role("link", name="牵头单位：市科技局"))
    drawer = page.locator("#drawer")
    drawer.locator("mark").wait_for()
    assert drawer.locator("mark").inner_text() == plan.LINES[line - 1].strip()
    assert t(f"第{line}行", f"line {line}") in drawer.inner_text()
    shot(page, "evidence", t)


@WAYS
def test_3_from_the_matrix_to_the_source(page: Page, workbench: Workbench, t: Tongue, *, keys: bool) -> None:
    load = Counter(unit for task in plan.LEADS for unit in [*plan.leads(task), *plan.supports(task)])
    kept = {unit for unit, tasks in load.items() if tasks > 1}
    way = begin(page, workbench, t, 3, keys=keys)
    way.go(rail(page, t("任务", "Tasks")))  # the busiest units come first without being asked
    way.choose(page.locator("#m-least"), "2")
    page.wait_for_url("**least=2*")
    shown = page.locator(".matrix thead th a").all_inner_texts()
    assert set(shown) == kept
    assert [load[unit] for unit in shown] == sorted((load[unit] for unit in kept), reverse=True)
    shot(page, "matrix", t)
    row = page.locator(".matrix tbody tr").filter(has_text=plan.name(ACROSS))
    way.click(row.locator("td").nth(shown.index("昌吉市科技局")).get_by_role("link"))
    drawer = page.locator("#drawer")
    drawer.locator("mark").wait_for()
    assert drawer.locator("mark").inner_text() == "牵头单位：市科技局"
    assert drawer.get_by_role("link", name=t("在来源中看", "See it in its source")).is_visible()
    page.keyboard.press("Escape")
    assert drawer.is_hidden()
    assert "evidence=" not in page.url


def test_4_tasks_without_a_number_are_sent_on(page: Page, own: Workbench, t: Tongue) -> None:
    way = begin(page, own, t, 2)
    way.go(rail(page, t("指标", "Targets")))
    shot(page, "targets", t)
    door = page.locator(".doors li").filter(has_text=t("没有数值的任务", "Tasks without a figure"))
    link = door.get_by_role("link").first.get_attribute("href")
    with page.expect_download() as downloaded:
        way.click(door.get_by_role("link", name="XLSX"))
    book = openpyxl.load_workbook(io.BytesIO(downloaded.value.path().read_bytes()))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert NUMBERLESS in cells
    assert not [name for name in plan.NAMES if name in cells]
    # The link to copy leads a colleague to the same.
    page.goto(own.url(str(link)))
    names = page.locator("table.rows tbody tr td:nth-of-type(2)")
    assert [name.strip() for name in names.all_inner_texts()] == [NUMBERLESS]


def statements(page: Page) -> list[str]:
    return page.locator(".card h2").all_inner_texts()


def test_5_findings_are_confirmed_dismissed_and_undone(page: Page, own: Workbench, t: Tongue) -> None:
    way = begin(page, own, t, 4)
    way.go(page.locator("#findings-part").get_by_role("link", name=t("重要", "high")))
    assert page.locator("#author").input_value() == "planner"
    shot(page, "findings", t)
    first, second = statements(page)[:2]
    # Tasks （二） and （十） have two leads each, by reading the plan.
    assert any(plan.name(2) in said for said in statements(page))
    assert any(plan.name(10) in said for said in statements(page))
    way.click(page.locator(".card").first.get_by_role("button", name=t("确认", "Confirm")))
    page.get_by_role("status").filter(has_text=first).wait_for()
    page.locator(".keys").wait_for()  # the page takes keys now
    note = page.locator(".card").first.locator("textarea")
    page.keyboard.press("d")
    assert note.evaluate("element => element === document.activeElement")
    page.keyboard.type("已有联席会议")
    way.press("Enter")
    page.get_by_role("status").filter(has_text=second).wait_for()
    assert second not in statements(page)
    way.click(page.get_by_role("button", name=t("撤销", "Undo")))
    page.locator(".card h2", has_text=second).wait_for()
    assert first not in statements(page)
    page.goto(own.url("/findings?state=confirmed"))
    assert first in statements(page)
    undo_all(own)


@pytest.mark.parametrize("t", ["zh"], indirect=True, scope="module")
def test_5_with_keys_alone(page: Page, own: Workbench, t: Tongue) -> None:
    way = begin(page, own, t, 4, keys=True)
    way.go(page.locator("#findings-part").get_by_role("link", name=t("重要", "high")))
    first, second = statements(page)[:2]
    way.reach(page.locator(".card").first)
    way.press("c")
    page.get_by_role("status").filter(has_text=first).wait_for()
    page.locator(".keys").wait_for()  # the page takes keys now
    page.keyboard.press("d")
    page.keyboard.type("已有联席会议")
    way.press("Enter")
    page.get_by_role("status").filter(has_text=second).wait_for()
    page.locator(".keys").wait_for()  # the page takes keys now
    way.press("u")
    page.locator(".card h2", has_text=second).wait_for()
    undo_all(own)


def undo_all(workbench: Workbench) -> None:
    """Leave no decision behind, for the next test."""
    for one in workbench.get("/findings.json?state=confirmed").json()["findings"]:
        workbench.post("/findings", {"finding": one["id"], "state": "open", "author": "规划科"})


def drop(page: Page, name: str, text: str) -> None:
    """Let go of a file over the form, as a mouse does."""
    page.evaluate(
        """([name, text]) => {
          const data = new DataTransfer();
          data.items.add(new File([text], name));
          const form = document.querySelector("[data-upload]");
          for (const kind of ["dragover", "drop"]) {
            form.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
          }
        }""",
        [name, text],
    )
    assert page.locator("#upload-file").evaluate("input => input.files[0].name") == name


def test_6_a_new_plan_is_dropped_looked_at_and_accepted(page: Page, own: Workbench, t: Tongue) -> None:
    before = task_count(own)
    way = begin(page, own, t, 3)
    way.go(rail(page, t("来源", "Sources")))
    drop(page, "新方案.txt", NEW_PLAN)
    way.click(page.get_by_role("button", name=t("查看", "Look at it")))
    load = page.get_by_role("button", name=t("载入", "Load it"))
    load.wait_for()
    told = page.locator(".sum").inner_text()
    assert t("任务 2", "Task 2") in told
    assert t("部门 3", "Department 3") in told
    assert t("0处疑问", "0 doubts") in told
    assert page.get_by_role("cell", name="县文旅局").count() == 1
    assert page.get_by_role("cell", name="举办讲座 ≥731场（2025）").count() == 1
    assert task_count(own) == before
    shot(page, "upload", t)
    way.click(load)
    page.get_by_role("heading", name=t("图谱里变了什么", "What changed in the graph")).wait_for()
    tasks = page.locator(".counts tr").filter(has=page.get_by_role("rowheader", name=t("任务", "Task"), exact=True))
    assert [row.split()[1:] for row in tasks.all_inner_texts()] == [["2", "0", "0"], [str(before), str(before + 2)]]
    assert page.get_by_role("heading", name=t("发现", "Findings"), exact=True).is_visible()


def task_count(workbench: Workbench) -> int:
    with Workspace(workbench.folder) as workspace:
        return int(workspace.cypher("MATCH (t:Task) RETURN count(t) AS n").rows[0][0])


def test_7_a_table_with_bad_rows(page: Page, own: Workbench, t: Tongue) -> None:
    way = begin(page, own, t, 4)
    way.go(rail(page, t("来源", "Sources")))
    drop(page, "企业.csv", ROSTER)
    way.click(page.get_by_role("button", name=t("查看", "Look at it")))
    load = page.get_by_role("button", name=t("载入好的内容", "Load what is good"))
    load.wait_for()
    proposed = {
        page.locator(f"label[for=column-{at}]").inner_text(): page.locator(f"#column-{at}").input_value()
        for at in range(3)
    }
    assert proposed["公司"] == "name"
    assert proposed["统一代码"] == "credit_code"
    bad = page.get_by_role("row").filter(has_text="table.bad-key")
    assert bad.count() == 1
    assert BAD_CODE in bad.inner_text()
    with page.expect_download() as downloaded:
        way.click(page.get_by_role("link", name=t("下载标出问题的副本", "Download a copy")))
    sheet = openpyxl.load_workbook(io.BytesIO(downloaded.value.path().read_bytes())).worksheets[1]
    commented = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
    assert "B3" in commented
    assert "B2" not in commented
    way.click(load)
    page.get_by_role("heading", name=t("图谱里变了什么", "What changed in the graph")).wait_for()
    with Workspace(own.folder) as workspace:
        found = workspace.cypher(
            "MATCH (e:Enterprise) WHERE e.name IN ['甲云科技有限公司', '乙禾农业有限公司'] "
            "RETURN e.name AS name, e.credit_code AS code ORDER BY name"
        ).rows
    assert sorted(tuple(row) for row in found) == [("乙禾农业有限公司", None), ("甲云科技有限公司", GOOD_CODE)]


@WAYS
def test_8_two_bureaus_are_two_and_stay_so(page: Page, own: Workbench, t: Tongue, *, keys: bool) -> None:
    way = begin(page, own, t, 2, keys=keys)
    way.search(t("昌吉州科技局 和 昌吉市科技局是同一个吗", "昌吉州科技局 and 昌吉市科技局"))
    assert page.locator(".pair").count() == 1
    sides = page.locator(".pair .names td").all_inner_texts()
    assert sorted(sides) == ["昌吉州科技局", "昌吉市科技局"]
    assert page.locator(".pair").get_by_text(t("第4行", "line 4")).count() == 1
    # Of the other, whom many lines name, three are shown: which these are depends on where the files lie.
    assert page.locator(".pair").get_by_text(re.compile(t(r"第\d+行", r"line \d+"))).count() > 1
    shot(page, "review", t)
    different = page.get_by_role("button", name=t("不同", "Different"))
    if keys:
        way.press("n")
    else:
        way.click(different)
    page.get_by_role("status").filter(has_text=t("已判定：", "Judged: ")).wait_for()
    with Workspace(own.folder) as workspace:
        verdicts = {frozenset((one.left, one.right)): one.verdict.value for one in workspace.judgements.standing()}
        workspace.build()
    pair = frozenset({"Department:652300/科技局", "Department:652301/科技局"})
    assert verdicts[pair] == "different"
    page.goto(own.url("/review"))
    page.get_by_role("status").filter(has_text=t("待核对", "pair")).or_(
        page.get_by_text(t("没有需要核对的", "Nothing needs a decision"))
    ).first.wait_for()
    for asked in page.locator(".pair .names").all():
        assert sorted(asked.locator("td").all_inner_texts()) != sorted(sides)
    page.goto(own.url("/review?one=昌吉州科技局&other=昌吉市科技局"))
    assert page.get_by_text(t("已判为不同", "Judged already: different")).is_visible()


def test_9_from_a_gap_to_suggestions(page: Page, workbench: Workbench, t: Tongue) -> None:
    industry = "生物医药"
    tied = {firm for firm, _ in cooperation.firm_institute_pairs()}
    firms = [body.name for body in cooperation.firms() if industry in body.industries]
    without = sorted(name for name in firms if name not in tied)
    able = sorted(body.name for body in cooperation.institutes() if industry in body.industries)
    way = begin(page, workbench, t, 3)
    way.go(rail(page, t("合作", "Cooperation")))
    cells = page.locator(".shares tr").filter(has_text=industry).locator("td").all_inner_texts()
    assert [cells[0], cells[1], cells[2].strip(), cells[3]] == [
        str(len(firms)),
        str(len(firms) - len(without)),
        f"{100 * (1 - len(without) / len(firms)):.1f}%",
        str(len(without)),
    ]
    way.go(page.get_by_role("link", name=t("产业与院所对接矩阵", "Industries by institutes"), exact=True))
    shot(page, "gaps", t)
    columns = page.locator(".crossing thead th a").all_inner_texts()
    row = page.locator(".crossing tbody tr").filter(has=page.get_by_role("rowheader", name=industry))
    # Its field is this industry, and none of the firms works with it.
    empty = row.locator("td").nth(columns.index("示例西安生物研究院")).get_by_role("link")
    assert empty.inner_text().startswith("○")
    way.go(empty)
    assert sorted(page.locator("table.rows tbody th").all_inner_texts()) == able
    for one in page.locator("table.rows tbody tr").all():
        told = one.inner_text()
        assert t("只有领域或区域相同", "field or region only") in told or "L3" in told
        assert all(name in told for name in without)
    shot(page, "suggestions", t)


def test_10_the_report_for_the_director(page: Page, workbench: Workbench, t: Tongue, tmp_path: Path) -> None:
    way = begin(page, workbench, t, 3)
    way.go(page.get_by_role("link", name=t("写成报告", "Make a report")))
    way.choose(
        page.locator("#plan"), page.locator("#plan option").filter(has_text=plan.PLAN).get_attribute("value") or ""
    )
    shot(page, "report", t)
    with page.expect_download() as downloaded:
        way.click(page.get_by_role("button", name="DOCX"))
    content = downloaded.value.path().read_bytes()
    assert body_pages(content, tmp_path, t("附件", "Annex")) == 2
    document = docx.Document(io.BytesIO(content))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    heads = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert plan.PLAN in said.partition(heads[0])[0]
    assert heads[:4] == [
        t("一、任务分工", "1. What is assigned"),
        t("二、需要关注的问题", "2. Findings"),
        t("三、缺口", "3. Gaps"),
        t("四、建议", "4. Suggestions"),
    ]
    assert t("部署任务13项", "13 tasks") in said
    matrix = document.tables[0]
    units = [cell.text for cell in matrix.rows[0].cells][1:]
    for at, row in enumerate(matrix.rows[1:], start=1):
        cells = [cell.text for cell in row.cells]
        assert plan.name(at) in cells[0]
        led = {unit for unit, mark in zip(units, cells[1:], strict=True) if mark in ("●", "◉")}
        supporting = {unit for unit, mark in zip(units, cells[1:], strict=True) if mark == "○"}
        assert led == set(plan.leads(at)) & set(units)
        assert supporting == set(plan.supports(at)) & set(units)


def test_from_a_unit_to_the_network_around_it(page: Page, workbench: Workbench, t: Tongue) -> None:
    """No journey of the ten: the picture that the tutorial shows of the network."""
    way = begin(page, workbench, t, 2)
    way.search("示例天岭装备有限公司")
    way.go(page.get_by_role("link", name=t("周围的网络", "Network around it")))
    page.locator("#explorer-board canvas").wait_for()
    around = page.locator("main").inner_text()
    assert [
        name for name in sorted(cooperation.partners("cooperation")["示例天岭装备有限公司"]) if name not in around
    ] == []
    shot(page, "explorer", t)
